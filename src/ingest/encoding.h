/* encoding: the bytes of a text file as UTF-8, block after block.
 *
 * Shape:  what the job says, else a byte order mark, else zero bytes, else UTF-8; at the first byte that is not UTF-8,
 *         where all before it was ASCII, one of the encodings of legacy.h if detect.h finds it (with a note)
 * Errors: bytes that are not of the encoding and NULs end the text; what was found is kept, since only the reader knows
 *         the place. With options->faults they are NULs in UTF-8 that goes on, once it is known to be that: the job says so,
 *         characters beyond ASCII come before them, no other encoding has them, or few rows do (badrows.h). I/O is a fault
 * Owner:  text_close frees what text_init and text_read took
 */
#ifndef INGEST_ENCODING_H
#define INGEST_ENCODING_H

#include "base/diag.h"
#include "ingest/detect.h"
#include "ingest/reader.h"

#include <stdio.h>

enum { TEXT_RAW = 32 << 10 }; /* [bytes] of UTF-16 decoded at once */

enum encoding { ENCODING_UTF8, ENCODING_UTF16_LE, ENCODING_UTF16_BE, ENCODING_LEGACY };

/* By the byte order mark, else by zero bytes. False when there are zero bytes but it is no UTF-16. */
bool encoding_find(const unsigned char *head, size_t n, enum encoding *, size_t *n_mark);

/* Whether a job may ask for it: "utf-8", "utf-16", or NULL. Error "encoding". */
bool encoding_check(const char *name, struct origin at, struct diags *);
/* The same of a text file: also the names that legacy_named knows. */
bool encoding_check_text(const char *name, struct origin at, struct diags *);
bool encoding_is_wide(const char *name);
bool encoding_is_utf8(const char *name); /* as is this one */

enum text_problem {
	TEXT_FINE,
	TEXT_BAD_BYTES,
	TEXT_NUL,
	TEXT_UNDECIDED, /* looks: how it looks in the encodings that it may be in */
};

struct text_source {
	FILE *file; /* borrowed */
	const struct reader_options *options; /* borrowed: shown, encoding, known */
	enum encoding encoding;
	struct legacy legacy; /* of ENCODING_LEGACY */
	enum legacy_charset stored; /* UTF-8 whose cells are texts of this encoding (see legacy_text); else LEGACY_NONE */
	bool begun;
	bool ended;
	bool beyond_ascii; /* something that was read */
	bool is_utf8; /* characters beyond ASCII came before any other bytes, or those are nothing else */
	bool has_bad; /* NULs were given */
	enum text_problem problem; /* of the byte behind all that was read */
	unsigned char bad;	   /* that byte */
	const char *looks;
	unsigned char raw[TEXT_RAW];
	size_t n_raw; /* carried over: a cut character */
	unsigned char *ahead; /* [n_ahead] read to find the encoding; given again from at_ahead on */
	size_t n_ahead;
	size_t at_ahead;
	struct arena arena;
};

/* Both must outlive the source. */
void text_init(struct text_source *, FILE *, const struct reader_options *);
void text_close(struct text_source *);

/* Up to room bytes of whole characters; room is at least 16. None at the end of the text and before a problem. */
bool text_read(struct text_source *, char *into, size_t room, size_t *n, struct diags *);

#endif
