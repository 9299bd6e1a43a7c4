/* xlsrecords: the records of a BIFF8 stream one after the other, and what goes on in CONTINUE records behind one.
 *
 * Shape:  a record is an id, a length and that many bytes; only a window of the stream is in memory
 * Errors: "format": the stream ends inside a record, or inside what a record promises
 * Owner:  records_clear frees the window; the bytes of a record live until the next call
 * Source: [MS-XLS] 2.1.4 records, 2.5.293 rich strings
 */
#ifndef INGEST_XLSRECORDS_H
#define INGEST_XLSRECORDS_H

#include "base/buf.h"
#include "base/bytes.h"
#include "base/diag.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Ids. */
enum {
	XLS_FORMULA = 0x0006,
	XLS_EOF = 0x000A,
	XLS_DATE1904 = 0x0022,
	XLS_FILEPASS = 0x002F,
	XLS_FONT = 0x0031,
	XLS_CONTINUE = 0x003C,
	XLS_COLINFO = 0x007D,
	XLS_BOUNDSHEET = 0x0085,
	XLS_MULRK = 0x00BD,
	XLS_MULBLANK = 0x00BE,
	XLS_RSTRING = 0x00D6,
	XLS_XF = 0x00E0,
	XLS_MERGEDCELLS = 0x00E5,
	XLS_SST = 0x00FC,
	XLS_LABELSST = 0x00FD,
	XLS_BLANK = 0x0201,
	XLS_NUMBER = 0x0203,
	XLS_LABEL = 0x0204,
	XLS_BOOLERR = 0x0205,
	XLS_STRING = 0x0207,
	XLS_ROW = 0x0208,
	XLS_ARRAY = 0x0221,
	XLS_TABLE = 0x0236,
	XLS_RK = 0x027E,
	XLS_FORMAT = 0x041E,
	XLS_SHRFMLA = 0x04BC,
	XLS_BOF = 0x0809,
};

/* The stream, wherever it is. */
struct xls_bytes {
	void *ctx;
	size_t n;
	bool (*read)(void *ctx, size_t at, void *into, size_t n); /* false: it is damaged there */
};

struct record {
	unsigned id;
	size_t at; /* of its head in the stream */
	const unsigned char *data;
	size_t n;
};

struct records {
	struct xls_bytes bytes;
	const char *shown;
	unsigned char *window;
	size_t first; /* of the stream, in the window */
	size_t n_window;
	size_t ahead; /* [bytes] to read at once */
	size_t next; /* where the next record begins */
};

void records_init(struct records *, struct xls_bytes, const char *shown);
void records_clear(struct records *);
void records_seek(struct records *, size_t at); /* to the head of a record */
void records_pass(struct records *, const struct record *); /* to behind it, wherever reading went on */
bool records_next(struct records *, struct record *, struct diags *);

/* The finding for what cannot be, at that byte of the stream. Always false. */
bool records_damaged(const struct records *, size_t at, struct diags *);

/* The bytes of a record and of the CONTINUE records behind it. */
struct pieces {
	struct records *records;
	struct record now;
	size_t at; /* in now */
};

void pieces_init(struct pieces *, struct records *, struct record first);
bool pieces_take(struct pieces *, void *into, size_t n, struct diags *);
bool pieces_pass(struct pieces *, size_t n, struct diags *);

/* So many characters as UTF-8, appended. Each further record begins with a byte that says whether it has two bytes for a
 * character or one (U+0000 to U+00FF). What is no character becomes U+FFFD. */
bool pieces_text(struct pieces *, size_t n_char, bool is_wide, struct buf *, struct diags *);

#endif
