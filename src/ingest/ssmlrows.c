#include "ingest/ssmlrows.h"

#include <string.h>

static bool is_yes(const char *value)
{
	return value && (!strcmp(value, "1") || !strcmp(value, "true"));
}

struct origin ssml_rows_place(const struct ssml_rows *s)
{
	return sheet_rows_place(s->rows, sheetxml_bounded(s->row), sheetxml_bounded(s->cell.col));
}

static bool take_count(const struct sax_element *e, const char *name, uint32_t least, struct origin at, uint32_t *count,
	struct diags *d)
{
	const struct sax_attribute *a = sax_attribute(e, name);

	return !a || sheetxml_count(a, least, at, count, d);
}

static bool not_in_order(struct origin at, struct diags *d)
{
	return diag_error(d, at, "format",
		"the cells of the sheet are not in order; open and save the file in a spreadsheet program");
}

/* ---- columns and rows ---- */

bool ssml_rows_table(struct ssml_rows *s, const struct sax_element *e, struct diags *d)
{
	uint32_t row = 1;
	uint32_t col = 1;

	if (s->has_table)
		return sheet_out_of_place(e->name, ssml_rows_place(s), d);
	s->has_table = true;
	if (!take_count(e, "TopCell", 1, sheet_rows_place(s->rows, 0, 0), &row, d)
		|| !take_count(e, "LeftCell", 1, sheet_rows_place(s->rows, 0, 0), &col, d))
		return false;
	s->row = row - 1;
	s->first_col = col - 1;
	s->column = s->first_col;
	s->table_look = ssml_styles_look(s->styles, sax_value(e, "StyleID"));
	return true;
}

bool ssml_rows_column(struct ssml_rows *s, const struct sax_element *e, struct diags *d)
{
	struct origin at = sheet_rows_place(s->rows, 0, sheetxml_bounded(s->column + 1));
	const char *style = sax_value(e, "StyleID");
	bool hidden = is_yes(sax_value(e, "Hidden"));
	uint32_t index = sheetxml_bounded(s->column + 1);
	uint32_t n_further = 0;
	struct ssml_look look = style ? ssml_styles_look(s->styles, style) : (struct ssml_look){ 0 };

	if (!take_count(e, "Index", 1, at, &index, d) || !take_count(e, "Span", 0, at, &n_further, d))
		return false;
	if (index <= s->column)
		return not_in_order(sheet_rows_place(s->rows, 0, index), d);
	s->column = (uint64_t)index + n_further;
	for (uint64_t col = index; col <= s->column && col <= SHEET_COLUMNS_MAX; col++) {
		s->hidden_column[col] = hidden;
		s->column_look[col] = look;
	}
	return true;
}

bool ssml_rows_row(struct ssml_rows *s, const struct sax_element *e, struct diags *d)
{
	const char *style = sax_value(e, "StyleID");
	uint64_t next = s->row + s->n_row_span + 1;
	struct origin at = sheet_rows_place(s->rows, sheetxml_bounded(next), 0);
	uint32_t index = sheetxml_bounded(next);
	uint32_t n_further = 0;

	if (!take_count(e, "Index", 1, at, &index, d) || !take_count(e, "Span", 0, at, &n_further, d))
		return false;
	if (index < next)
		return not_in_order(at, d);
	s->row = index;
	s->n_row_span = n_further;
	s->col = s->first_col;
	s->row_hidden = is_yes(sax_value(e, "Hidden"));
	s->row_has_style = style != NULL;
	s->row_look = ssml_styles_look(s->styles, style);
	return true;
}

/* ---- cells ---- */

/* What the style of a cell says, or that of the row, the column or the table. */
static struct ssml_look cell_look(const struct ssml_rows *s, const char *style)
{
	uint64_t col = s->cell.col;

	if (style)
		return ssml_styles_look(s->styles, style);
	if (s->row_has_style)
		return s->row_look;
	if (col <= SHEET_COLUMNS_MAX && s->column_look[col].has_format)
		return s->column_look[col];
	return s->table_look;
}

bool ssml_rows_cell(struct ssml_rows *s, const struct sax_element *e, struct diags *d)
{
	struct origin at = sheet_rows_place(s->rows, sheetxml_bounded(s->row), sheetxml_bounded(s->col + 1));
	uint32_t index = sheetxml_bounded(s->col + 1);
	uint32_t n_across = 0;
	uint32_t n_down = 0;

	if (!take_count(e, "Index", 1, at, &index, d) || !take_count(e, "MergeAcross", 0, at, &n_across, d)
		|| !take_count(e, "MergeDown", 0, at, &n_down, d))
		return false;
	if (index <= s->col)
		return not_in_order(at, d);
	s->cell = (struct ssml_cell){ .col = index };
	s->value.type = SSML_STRING;
	s->value.has_formula = sax_attribute(e, "Formula") != NULL;
	if (n_across >= SHEET_COLUMNS_MAX || n_down >= SHEET_ROWS_MAX)
		return diag_error(d, ssml_rows_place(s), "format",
			"a merged range has impossible bounds; open and save the file in a spreadsheet program");
	s->cell.n_cols = n_across + 1;
	s->cell.n_rows = n_down + 1;
	s->value.look = cell_look(s, sax_value(e, "StyleID"));
	s->col = (uint64_t)index + n_across;
	s->value.text.n = 0;
	return true;
}

bool ssml_rows_data(struct ssml_rows *s, const struct sax_element *e, struct diags *d)
{
	const char *type = sax_value(e, "Type");

	if (s->cell.has_data)
		return sheet_several_values(ssml_rows_place(s), d);
	s->cell.has_data = true;
	s->value.text.n = s->n_run = 0;
	sheet_fonts_begin(s->fonts);
	return ssml_value_type(type, &s->value.type)
	       || diag_error(d, ssml_rows_place(s), "format",
		       "the value of this cell is of a kind that no spreadsheet has; open and save the file in a spreadsheet program");
}

/* ---- runs of a text ---- */

static void tell_run(struct ssml_rows *s)
{
	sheet_fonts_run(s->fonts, s->value.text.n, s->n_run ? &s->run_font[s->n_run - 1] : NULL);
}

void ssml_rows_run(struct ssml_rows *s, const struct sax_element *e)
{
	const char *face = sax_value(e, "Face");

	if (s->n_run == SAX_DEPTH_MAX)
		return;
	if (face)
		s->run_font[s->n_run] = sheet_font_named(face);
	else
		s->run_font[s->n_run] = s->n_run ? s->run_font[s->n_run - 1] : s->value.look.font;
	s->n_run++;
	tell_run(s);
}

void ssml_rows_run_end(struct ssml_rows *s)
{
	if (!s->n_run)
		return;
	s->n_run--;
	tell_run(s);
}

void ssml_rows_text(struct ssml_rows *s, const char *text, size_t n)
{
	if (s->value.text.n <= SHEET_TEXT_MAX)
		buf_put(&s->value.text, text, n);
}

/* ---- ends ---- */

static bool push_cell(struct ssml_rows *s, const struct cell *c, struct diags *d)
{
	if (c->n_text || c->n_rows > 1 || c->n_cols > 1) {
		s->last_col = c->col > s->last_col ? c->col : s->last_col;
		if (s->row_hidden)
			sheet_rows_hidden_rows(s->rows, c->row, c->row);
		s->row_hidden = false;
	}
	return sheet_rows_cell(s->rows, c, d);
}

static bool has_result(const struct ssml_rows *s)
{
	return s->cell.has_data && (s->value.text.n || s->value.type == SSML_STRING);
}

bool ssml_rows_cell_end(struct ssml_rows *s, struct diags *d)
{
	struct cell c = { .text = s->value.text.n ? s->value.text.text : "", .n_text = s->value.text.n, .row = sheetxml_bounded(s->row),
		.col = sheetxml_bounded(s->cell.col), .n_rows = s->cell.n_rows, .n_cols = s->cell.n_cols };
	bool has_value = s->cell.has_data && (has_result(s) || !s->value.has_formula);

	if (s->value.has_formula)
		formulas_add(&s->formulas, c.row, c.col, has_value ? FORMULA_FULL : FORMULA_NONE);
	if (has_value && !ssml_value_end(&s->value, s->fonts, ssml_rows_place(s), &c, d)) {
		s->wrong = true;
		return true;
	}
	return push_cell(s, &c, d);
}

void ssml_rows_open(struct ssml_rows *s, struct sheet_rows *rows, const struct ssml_styles *styles, struct sheet_fonts *fonts, bool is_1904)
{
	s->styles = styles;
	s->fonts = fonts;
	s->rows = rows;
	s->value.is_1904 = is_1904;
}

bool ssml_rows_close(struct ssml_rows *s, bool ok, struct diags *d)
{
	ok = formulas_check(&s->formulas, s->rows, ok, d);
	sheetxml_hidden_columns(s->rows, s->hidden_column, s->last_col);
	ok = sheet_rows_close(s->rows, ok, d) && !s->wrong;
	buf_clear(&s->value.text);
	return ok;
}
