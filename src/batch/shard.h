/* shard: a batch in parts, each made by itself, on whatever machine: which areas each part has, and how its files are named.
 *
 * Shape:  parts are numbered 1 to n. The codes are put in the order of a checksum of theirs and dealt out one after another: parts
 *         have the same number of areas, but for one, and what lies together in the list (a province, large communes) is spread
 * Same:   depends on the codes of the list and on nothing else: not on their order, the machine, or zeros in front of codes
 * Files:  batch.K-of-N.json for batch.json, batch.K-of-N.part for batch.part, its journal: parts that are made at once write no file of
 *         each other
 */
#ifndef BATCH_SHARD_H
#define BATCH_SHARD_H

#include "base/diag.h"

enum { SHARDS_MAX = 1000 };

struct shard {
	unsigned k; /* 1.. */
	unsigned n; /* 0: the batch is not in parts */
};

/* "2/8". Error "usage". */
bool shard_read(const char *text, struct shard *, struct diags *);

/* code: as they are compared (list_code). part[i]: 1 to n. */
void shard_divide(const char *const *code, size_t n_code, unsigned n, unsigned *part);

/* What a part has in place of the file of the whole: "batch.json" gives "batch.2-of-8.json". */
const char *shard_file(struct shard, const char *whole, struct arena *);
/* Whether a file is named so, and of which part. */
bool shard_is_file(const char *name, const char *whole, struct shard *);

#endif
