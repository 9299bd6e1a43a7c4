/* hashlog: hashes and what belongs to each, written down as they come and looked through once, for finding what repeats among more
 * rows than memory holds.
 *
 * Shape:  up to HASHLOG_KEPT records in memory; beyond it parts of a temporary file that has no name, chosen by the hash, so that
 *         equal hashes are in one part. It is in the folder $TMPDIR, else in /var/tmp, which is mostly no memory
 * Errors: fault "io"; after one nothing more is written, and looking through fails
 * Owner:  hashlog_close
 */
#ifndef BASE_HASHLOG_H
#define BASE_HASHLOG_H

#include "base/diag.h"

#include <stdint.h>

enum {
	HASHLOG_KEPT = 1 << 19, /* records in memory before the first goes to the file */
	HASHLOG_PARTS = 128,
};

struct hash_record {
	uint64_t hash;
	uint64_t with;
};

struct hashlog;

struct hashlog *hashlog_open(size_t kept); /* for tests: less than HASHLOG_KEPT */
void hashlog_close(struct hashlog *);	   /* accepts NULL */

/* The hash, but for its lowest bits, which are those of that part: for records that are looked up by something else. */
uint64_t hashlog_in_part(uint64_t hash, size_t part);

void hashlog_add(struct hashlog *, uint64_t hash, uint64_t with);

/* Takes over another log with the same meaning. With `number` [what with >> HASHLOG_LOW is at most] that upper part of each of its
 * records is another number here, HASHLOG_GONE for those that are left out; it lives as long. */
enum { HASHLOG_LOW = 16 };
#define HASHLOG_GONE UINT32_MAX
void hashlog_join(struct hashlog *, struct hashlog *more, const uint32_t *number);

/* The records of one part, in a new array that the caller frees. Several processes may do so at once, if nothing is added any more. */
bool hashlog_part(const struct hashlog *, size_t part, struct hash_record **, size_t *n, struct diags *);

#endif
