#include "ingest/odsrows.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

struct origin ods_rows_place(const struct ods_rows *o)
{
	return sheet_rows_place(o->rows, sheetxml_bounded(o->row), sheetxml_bounded(o->col));
}

/* ---- columns ---- */

static bool is_hidden(const struct sax_element *e)
{
	const char *visibility = sax_value(e, "visibility");

	return visibility && (!strcmp(visibility, "collapse") || !strcmp(visibility, "filter"));
}

static struct ods_look look_of(const struct ods_rows *o, const char *style)
{
	return (struct ods_look){ ods_styles_shown(o->styles, style), ods_styles_font(o->styles, style) };
}

bool ods_rows_column(struct ods_rows *o, const struct sax_element *e, struct diags *d)
{
	const struct sax_attribute *repeated = sax_attribute(e, "number-columns-repeated");
	uint32_t n = 1;
	bool hidden = is_hidden(e);
	struct ods_look look = look_of(o, sax_value(e, "default-cell-style-name"));

	if (repeated && !sheetxml_count(repeated, 1, sheet_rows_place(o->rows, 0, sheetxml_bounded(o->column + 1)), &n, d))
		return false;
	for (uint32_t i = 0; i < n && o->column + i < SHEET_COLUMNS_MAX; i++) {
		o->hidden_column[o->column + i + 1] = hidden;
		o->column_look[o->column + i + 1] = look;
	}
	o->column += n;
	return true;
}

/* ---- rows ---- */

bool ods_rows_row(struct ods_rows *o, const struct sax_element *e, struct diags *d)
{
	const struct sax_attribute *repeated = sax_attribute(e, "number-rows-repeated");
	const char *style = sax_value(e, "default-cell-style-name");

	o->row++;
	o->col = 0;
	o->n_repeated_row = 1;
	o->row_hidden = is_hidden(e);
	o->row_has_style = style != NULL;
	o->row_look = look_of(o, style);
	o->n_kept = 0;
	o->texts.n = 0;
	return !repeated || sheetxml_count(repeated, 1, ods_rows_place(o), &o->n_repeated_row, d);
}

static bool push_row(struct ods_rows *o, unsigned row, struct diags *d)
{
	for (size_t i = 0; i < o->n_kept; i++) {
		struct ods_kept *k = &o->kept[i];
		struct cell c = k->cell;

		c.text = o->texts.text + k->text;
		c.row = row;
		for (uint32_t n = 0; n < k->n_repeated; n++, c.col++)
			if (!sheet_rows_cell(o->rows, &c, d))
				return false;
	}
	return true;
}

/* A few bytes can stand for all cells of a sheet. */
static bool count_copies(struct ods_rows *o, struct origin at, struct diags *d)
{
	uint64_t n_row = o->n_repeated_row;
	uint64_t n_text = 0; /* of the row; one that is too long is refused at its cell */

	for (size_t i = 0; i < o->n_kept; i++) {
		uint64_t n = n_row * o->kept[i].n_repeated - 1;

		o->n_copy += n;
		n_text += (uint64_t)o->kept[i].n_repeated * o->kept[i].cell.n_text;
		o->n_copy_text += n_text <= SHEET_ROW_MAX ? n * o->kept[i].cell.n_text : 0;
		if (o->n_copy > SHEET_COPIES_MAX || o->n_copy_text > SHEET_COPIES_TEXT_MAX)
			return diag_error(d, at, "limit",
				"repeated rows and cells stand for more than %d cells or %d bytes up to this row; delete what is repeated beside "
				"and below the table",
				SHEET_COPIES_MAX, SHEET_COPIES_TEXT_MAX);
	}
	return true;
}

bool ods_rows_row_end(struct ods_rows *o, struct diags *d)
{
	uint64_t first = o->row;

	o->row += o->n_repeated_row - 1;
	if (!o->n_kept)
		return true;
	if (o->n_repeated_row > SHEET_REPEATED_MAX)
		return diag_error(d, sheet_rows_place(o->rows, sheetxml_bounded(first), 0), "limit",
			"this row is repeated %u times, more than %d; delete the rows below the table that look like it",
			(unsigned)o->n_repeated_row, SHEET_REPEATED_MAX);
	if (!count_copies(o, sheet_rows_place(o->rows, sheetxml_bounded(first), 0), d))
		return false;
	if (o->row_hidden)
		sheet_rows_hidden_rows(o->rows, sheetxml_bounded(first), sheetxml_bounded(o->row));
	for (uint64_t row = first; row <= o->row; row++)
		if (!push_row(o, sheetxml_bounded(row), d))
			return false;
	return true;
}

/* ---- cells ---- */

/* By the style of the cell, or that of the row or the column. */
static void set_look(struct ods_rows *o, const struct sax_element *e)
{
	const char *style = sax_value(e, "style-name");
	bool is_number = o->cell.type == ODS_FLOAT;
	struct ods_look look;

	if (!style && o->row_has_style)
		look = o->row_look;
	else if (!style && o->col <= o->column && o->col <= SHEET_COLUMNS_MAX)
		look = o->column_look[o->col];
	else
		look = (struct ods_look){ is_number ? ods_styles_shown(o->styles, style) : 0, ods_styles_font(o->styles, style) };
	o->cell.shown = is_number ? look.shown : 0;
	o->font = look.font;
}

bool ods_rows_cell(struct ods_rows *o, const struct sax_element *e, struct diags *d)
{
	o->col++;
	if (!ods_cell_begin(&o->cell, e, ods_rows_place(o), d))
		return false;
	set_look(o, e);
	o->cell.has_null_date = o->has_null_date;
	sheet_fonts_begin(o->fonts);
	o->n_span = 0;
	if (!ods_cell_wants_text(&o->cell))
		*e->skip = SAX_UNWANTED;
	return true;
}

/* ---- texts ---- */

static void tell_run(struct ods_rows *o)
{
	const struct ods_span *span = o->n_span ? &o->span[o->n_span - 1] : NULL;

	sheet_fonts_run(o->fonts, o->cell.text.n, span && span->has_font ? &span->font : NULL);
}

void ods_rows_span(struct ods_rows *o, const struct sax_element *e)
{
	struct ods_span span = o->n_span ? o->span[o->n_span - 1] : (struct ods_span){ 0 };

	if (!o->styles->charset || o->n_span == SAX_DEPTH_MAX)
		return;
	if (ods_styles_span(o->styles, sax_value(e, "style-name"), &span.font))
		span.has_font = true;
	o->span[o->n_span++] = span;
	tell_run(o);
}

void ods_rows_span_end(struct ods_rows *o)
{
	if (!o->n_span)
		return;
	o->n_span--;
	tell_run(o);
}

bool ods_rows_spaces(struct ods_rows *o, const struct sax_element *e, struct diags *d)
{
	const struct sax_attribute *count = sax_attribute(e, "c");
	uint32_t n = 1;

	if (count && !sheetxml_count(count, 0, ods_rows_place(o), &n, d))
		return false;
	if (!ods_cell_wants_text(&o->cell))
		return true;
	o->n_blank += n;
	if (n > SHEET_BLANKS_MAX || o->n_blank > SHEET_BLANKS_IN_ALL)
		return diag_error(d, ods_rows_place(o), "limit",
			"a text has more than %d blanks in a row, or all texts of the sheet more than %d; delete them", SHEET_BLANKS_MAX,
			SHEET_BLANKS_IN_ALL);
	ods_cell_character(&o->cell, ' ', n);
	return true;
}

void ods_rows_text(struct ods_rows *o, const char *s, size_t n)
{
	if (ods_cell_wants_text(&o->cell))
		ods_cell_text(&o->cell, s, n);
}

/* ---- ends of cells ---- */

static bool keep_cell(struct ods_rows *o, const struct cell *cell, struct diags *d)
{
	uint64_t last = o->col + o->cell.n_repeated - 1;

	if (last > SHEET_COLUMNS_MAX && o->col <= SHEET_COLUMNS_MAX)
		return diag_error(d, ods_rows_place(o), "limit",
			"this cell is repeated up to column %u, but a sheet has %d columns; delete what stands beside the table",
			sheetxml_bounded(last), SHEET_COLUMNS_MAX);
	if (o->n_kept && o->texts.n + cell->n_text > SHEET_ROW_MAX)
		return diag_error(d, ods_rows_place(o), "limit", "a row has more than %d bytes; is this a table?", SHEET_ROW_MAX);
	if (o->n_kept == o->cap_kept) {
		o->cap_kept = o->cap_kept ? 2 * o->cap_kept : 64;
		o->kept = memory_resize(o->kept, o->cap_kept, sizeof *o->kept);
	}
	o->kept[o->n_kept] = (struct ods_kept){ o->texts.n, *cell, o->cell.n_repeated };
	o->kept[o->n_kept++].cell.col = sheetxml_bounded(o->col);
	buf_put(&o->texts, cell->text, cell->n_text);
	o->last_col = last > o->last_col ? last : o->last_col;
	return true;
}

/* Where the attribute has the text, nothing is known of runs in it. */
static bool take_value(struct ods_rows *o, struct cell *cell, struct diags *d)
{
	if (cell->kind == CELL_TEXT) {
		if (o->cell.has_value)
			sheet_fonts_begin(o->fonts);
		sheet_fonts_text(o->fonts, o->font, &cell->text, &cell->n_text, ods_rows_place(o), d);
	}
	return (!cell->n_text && cell->n_rows <= 1 && cell->n_cols <= 1) || keep_cell(o, cell, d);
}

bool ods_rows_cell_end(struct ods_rows *o, struct diags *d)
{
	struct cell cell;
	bool ok = true;

	if (o->cell.has_formula)
		formulas_add(&o->formulas, sheetxml_bounded(o->row), sheetxml_bounded(o->col),
			ods_cell_has_result(&o->cell) ? FORMULA_FULL : FORMULA_NONE);
	if (ods_cell_end(&o->cell, ods_rows_place(o), &cell, d))
		ok = take_value(o, &cell, d);
	else
		o->wrong = true;
	o->col += o->cell.n_repeated - 1;
	return ok;
}

/* ---- covered cells ---- */

bool ods_rows_covered(struct ods_rows *o, const struct sax_element *e, struct diags *d)
{
	const struct sax_attribute *repeated = sax_attribute(e, "number-columns-repeated");
	const char *type = sax_value(e, "value-type");
	const char *text = sax_value(e, "string-value");

	o->n_covered = 1;
	if (repeated && !sheetxml_count(repeated, 1, ods_rows_place(o), &o->n_covered, d))
		return false;
	o->has_covered = (type && strcmp(type, "string") != 0 && strcmp(type, "void") != 0) || (text && *text);
	return true;
}

void ods_rows_covered_text(struct ods_rows *o, const char *s, size_t n)
{
	utf8_trim(&s, &n);
	o->has_covered = o->has_covered || n;
}

void ods_rows_covered_end(struct ods_rows *o)
{
	if (o->has_covered)
		sheet_rows_covered(o->rows, sheetxml_bounded(o->row), sheetxml_bounded(o->col + 1), o->n_covered);
	o->col += o->n_covered;
}

/* ---- the sheet ---- */

void ods_rows_open(struct ods_rows *o, struct sheet_rows *rows, const struct ods_styles *styles, struct sheet_fonts *fonts,
	bool has_null_date)
{
	o->styles = styles;
	o->fonts = fonts;
	o->rows = rows;
	o->has_null_date = has_null_date;
}

bool ods_rows_close(struct ods_rows *o, bool ok, struct diags *d)
{
	ok = formulas_check(&o->formulas, o->rows, ok, d);
	sheetxml_hidden_columns(o->rows, o->hidden_column, o->last_col);
	ok = sheet_rows_close(o->rows, ok, d) && !o->wrong;
	ods_cell_clear(&o->cell);
	buf_clear(&o->texts);
	free(o->kept);
	return ok;
}
