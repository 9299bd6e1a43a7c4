/* ssmlrows: columns, rows and cells of the one sheet of XML Spreadsheet 2003 that is read, from the elements of its table to
 * sheet_rows; the walk (ssml.c) says when they begin and end.
 *
 * Owner:  ssml_rows_open and ssml_rows_close; styles and fonts are borrowed
 * Errors: "format": what does not stand in order or is no count, values that do not fit; those of sheets.h
 */
#ifndef INGEST_SSMLROWS_H
#define INGEST_SSMLROWS_H

#include "ingest/formulas.h"
#include "ingest/sheetxml.h"
#include "ingest/ssmlvalue.h"

struct ssml_cell {
	uint64_t col;
	uint32_t n_rows; /* merged over */
	uint32_t n_cols;
	bool has_data;
};

struct ssml_rows {
	const struct ssml_styles *styles;
	struct sheet_fonts *fonts;
	struct sheet_rows *rows;
	bool has_table; /* it began */
	bool wrong; /* an error was added; cells go on */
	uint64_t row;
	uint64_t n_row_span; /* further rows like the current one */
	uint64_t column;
	uint64_t first_col; /* columns before the table */
	uint64_t col;	    /* the last that the last cell covers */
	struct ssml_look table_look;
	struct ssml_look row_look;
	bool row_has_style;
	bool row_hidden; /* and no cell of it was given away */
	uint64_t last_col; /* of any cell that was given away */
	bool hidden_column[SHEET_COLUMNS_MAX + 1];
	struct ssml_look column_look[SHEET_COLUMNS_MAX + 1]; /* without a format: no style */
	struct formulas formulas;
	struct ssml_cell cell;
	struct ssml_value value; /* of it */
	struct legacy_font run_font[SAX_DEPTH_MAX]; /* [n_run] of the runs that are open, each in the one before */
	size_t n_run;
};

/* The rest is zero. */
void ssml_rows_open(struct ssml_rows *, struct sheet_rows *, const struct ssml_styles *, struct sheet_fonts *, bool is_1904);
/* ok: the walk came to its end. Gives the rest away. */
bool ssml_rows_close(struct ssml_rows *, bool ok, struct diags *);

/* Where the last cell stands. */
struct origin ssml_rows_place(const struct ssml_rows *);

/* Table, Column, Row, Cell, Data. */
bool ssml_rows_table(struct ssml_rows *, const struct sax_element *, struct diags *);
bool ssml_rows_column(struct ssml_rows *, const struct sax_element *, struct diags *);
bool ssml_rows_row(struct ssml_rows *, const struct sax_element *, struct diags *);
bool ssml_rows_cell(struct ssml_rows *, const struct sax_element *, struct diags *);
bool ssml_rows_data(struct ssml_rows *, const struct sax_element *, struct diags *);
bool ssml_rows_cell_end(struct ssml_rows *, struct diags *);

/* HTML in the data: a run may have a font of its own. */
void ssml_rows_run(struct ssml_rows *, const struct sax_element *);
void ssml_rows_run_end(struct ssml_rows *);
void ssml_rows_text(struct ssml_rows *, const char *text, size_t n);

#endif
