/* xlsstrings: texts as BIFF8 has them, and the table of those that cells share (SST).
 *
 * Errors: "format": a text ends too early; "limit": too many of them, or too much text
 * Owner:  xls_strings_clear frees the table
 * Source: [MS-XLS] 2.5.293 XLUnicodeRichExtendedString, 2.4.265 SST
 */
#ifndef INGEST_XLSSTRINGS_H
#define INGEST_XLSSTRINGS_H

#include "ingest/xlsrecords.h"

/* A text behind the number of its characters; that number has two bytes or one. Its runs are appended to runs as they
 * stand: XLS_RUN_SIZE bytes each, the first character (in UTF-16) and the font. Where runs is NULL they are passed over, as
 * phonetic texts always are. */
enum { XLS_RUN_SIZE = 4 };

bool xls_text(struct pieces *, struct buf *text, struct buf *runs, struct diags *);
bool xls_runs(struct pieces *, size_t n_run, struct buf *runs, struct diags *);
bool xls_short_text(struct pieces *, struct buf *text, struct diags *);

struct shared_string {
	uint32_t at; /* in bytes: the text, its runs behind it */
	uint32_t n_text;
};

/* All zero is an empty table. */
struct xls_strings {
	struct buf bytes;
	struct shared_string *string;
	size_t n;
	size_t cap;
};

struct rich_text {
	const char *text;
	size_t n_text;
	const unsigned char *run; /* [XLS_RUN_SIZE * n_run] */
	size_t n_run;
};

bool xls_strings_read(struct xls_strings *, struct pieces *sst, struct diags *);
bool xls_strings_find(const struct xls_strings *, size_t i, struct rich_text *); /* borrowed; false: there is none */
void xls_strings_clear(struct xls_strings *);

#endif
