/* encoding: the bytes of a text file as UTF-8, block after block.
 *
 * Errors: bytes that are not of the encoding and NULs end the text; what was found is kept, since only the reader knows
 *         the place. I/O is a fault
 */
#ifndef INGEST_ENCODING_H
#define INGEST_ENCODING_H

#include "base/diag.h"

#include <stdio.h>

enum { TEXT_RAW = 32 << 10 }; /* [bytes] of UTF-16 decoded at once */

enum encoding { ENCODING_UTF8, ENCODING_UTF16_LE, ENCODING_UTF16_BE };

/* By the byte order mark, else by zero bytes. False when there are zero bytes but it is no UTF-16. */
bool encoding_find(const unsigned char *head, size_t n, enum encoding *, size_t *n_mark);

/* Whether a job may ask for it: "utf-8", "utf-16", or NULL. Error "encoding". */
bool encoding_check(const char *name, struct origin at, struct diags *);
bool encoding_is_wide(const char *name);

enum text_problem {
	TEXT_FINE,
	TEXT_BAD_BYTES,
	TEXT_NUL,
};

struct text_source {
	FILE *file; /* borrowed */
	const char *shown;
	enum encoding encoding;
	bool begun;
	bool ended;
	enum text_problem problem; /* of the byte behind all that was read */
	unsigned char bad;	   /* that byte */
	unsigned char raw[TEXT_RAW];
	size_t n_raw; /* carried over: a cut character */
};

/* encoding: as the job says it, or NULL. Both pointers must outlive the source. */
void text_init(struct text_source *, FILE *, const char *shown, const char *encoding);

/* Up to room bytes of whole characters; room is at least 16. None at the end of the text and before a problem. */
bool text_read(struct text_source *, char *into, size_t room, size_t *n, struct diags *);

#endif
