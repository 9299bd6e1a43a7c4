/* xls: the parts of the reader of old Excel workbooks (BIFF8: Excel 97 to 2003) that need no container, for tests.
 *
 * Errors: "format": not BIFF8, damaged, or a formula without a stored value; "encrypted"; "sheet"; "limit"
 * Source: [MS-XLS]
 */
#ifndef INGEST_XLS_H
#define INGEST_XLS_H

#include "ingest/reader.h"
#include "ingest/sheets.h"
#include "ingest/xlsrecords.h"
#include "ingest/xlsstrings.h"
#include "ingest/xlsstyles.h"

/* What the workbook's own records say, in front of those of its sheets. */
struct xls_book {
	struct records records;
	struct xls_strings strings;
	struct xls_styles styles;
	struct sheet_fonts fonts;
	struct arena arena;	  /* names */
	struct sheet_name *sheet; /* [n_sheet] */
	size_t *sheet_at;	  /* [n_sheet] where its records begin */
	size_t n_sheet;
	bool is_1904;
};

void xls_book_init(struct xls_book *, struct xls_bytes, const struct reader_options *);
void xls_book_clear(struct xls_book *);
bool xls_book_read(struct xls_book *, struct diags *);

/* The cells of the sheet to the sink. */
bool xls_sheet_read(struct xls_book *, const struct sheet_name *, size_t at, const struct reader_options *, struct row_sink *,
	struct diags *);

/* The finding for a workbook older than BIFF8. Always false. */
bool xls_is_old(const char *shown, struct diags *);

/* A whole Workbook stream. */
bool xls_read_stream(struct xls_bytes, const struct reader_options *, struct row_sink *, struct diags *);

#endif
