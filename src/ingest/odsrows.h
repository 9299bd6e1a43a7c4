/* odsrows: columns, rows and cells of the one sheet of an OpenDocument spreadsheet that is read, from the elements of its table to
 * sheet_rows; the walk (odscontent.c) says when they begin and end. A repeated cell or row is given away as often as it is repeated.
 *
 * Owner:  ods_rows_open and ods_rows_close; styles and fonts are borrowed
 * Errors: "format", "limit", as odscontent.h says
 */
#ifndef INGEST_ODSROWS_H
#define INGEST_ODSROWS_H

#include "ingest/formulas.h"
#include "ingest/odscell.h"
#include "ingest/sheetxml.h"

/* A cell with text, or that begins a merged range. */
struct ods_kept {
	size_t text; /* offset in texts */
	struct cell cell;
	uint32_t n_repeated;
};

/* What a style says of a cell. */
struct ods_look {
	ods_shown shown;
	struct legacy_font font;
};

/* A run of a text. */
struct ods_span {
	bool has_font; /* else it is the cell's */
	struct legacy_font font;
};

struct ods_rows {
	const struct ods_styles *styles;
	struct sheet_fonts *fonts;
	struct sheet_rows *rows;
	bool has_null_date; /* days are counted from another one */
	bool wrong; /* an error was added; cells go on */
	uint64_t row;	   /* the current one, or the last of it where it is repeated */
	uint32_t n_repeated_row;
	bool row_hidden;
	uint64_t col; /* the last cell's last */
	uint64_t column;
	uint64_t n_copy;      /* cells of the sheet that repeated ones stand for, beyond the first */
	uint64_t n_copy_text; /* [bytes] of their texts */
	uint64_t n_blank;     /* that elements of the sheet stand for */
	uint64_t last_col; /* of any cell that was kept */
	bool hidden_column[SHEET_COLUMNS_MAX + 1];
	struct ods_look column_look[SHEET_COLUMNS_MAX + 1];
	struct ods_look row_look;
	bool row_has_style;
	bool has_covered;   /* the covered cell being read has a value */
	uint32_t n_covered; /* columns it is repeated in */
	struct formulas formulas;
	struct ods_cell cell;
	struct legacy_font font; /* of the cell */
	struct ods_span span[SAX_DEPTH_MAX]; /* [n_span] open in it, each in the one before */
	size_t n_span;
	struct ods_kept *kept; /* [n_kept] of the current row */
	size_t n_kept;
	size_t cap_kept;
	struct buf texts; /* of those */
};

/* The rest is zero. */
void ods_rows_open(struct ods_rows *, struct sheet_rows *, const struct ods_styles *, struct sheet_fonts *, bool has_null_date);
/* ok: the walk came to its end. Gives the rest away. */
bool ods_rows_close(struct ods_rows *, bool ok, struct diags *);

/* Where the last cell stands. */
struct origin ods_rows_place(const struct ods_rows *);

/* table:table-column, table-row, table-cell. */
bool ods_rows_column(struct ods_rows *, const struct sax_element *, struct diags *);
bool ods_rows_row(struct ods_rows *, const struct sax_element *, struct diags *);
bool ods_rows_row_end(struct ods_rows *, struct diags *);
bool ods_rows_cell(struct ods_rows *, const struct sax_element *, struct diags *);
bool ods_rows_cell_end(struct ods_rows *, struct diags *);

/* In the paragraphs of a cell: text, text:s, and text:span, which may have a font of its own. */
void ods_rows_text(struct ods_rows *, const char *s, size_t n);
bool ods_rows_spaces(struct ods_rows *, const struct sax_element *, struct diags *);
void ods_rows_span(struct ods_rows *, const struct sax_element *);
void ods_rows_span_end(struct ods_rows *);

/* What a cell that is merged into another one still holds is not shown, and not read; only that there is something. */
bool ods_rows_covered(struct ods_rows *, const struct sax_element *, struct diags *);
void ods_rows_covered_text(struct ods_rows *, const char *s, size_t n);
void ods_rows_covered_end(struct ods_rows *);

#endif
