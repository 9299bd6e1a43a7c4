/* Whether the texts of tables are seen as a whole: widths of columns and heights of rows against the texts, estimated without the
 * font and in favour of the workbook: a character counts as 0.8 of a digit. */
#include "sheetlint/linting.h"

#include "base/ratio.h"
#include "base/utf8.h"

#include <string.h>

static const double plain_width = 8.43; /* [digits of the first font] */
static const double widest = 254, widest_written = 256; /* that programs allow: 255, to which some add the padding */
static const double highest = 40900;			 /* [1/100 pt] the same */
static const double of_digit = 0.8;
static const double line_pt = 1.1; /* of a line to the size of its font, at least */

struct widths {
	double of[SHEET_COLUMNS_MAX + 1];
};

static double read_width(const char *s, double otherwise)
{
	struct ratio x;

	return s && ratio_parse(s, strlen(s), &x) && x.num >= 0 && ratio_double(x) <= widest_written ? ratio_double(x) : otherwise;
}

/* A workbook names each column once, so that they are no more in all than a sheet has. */
static void read_widths(const struct xl_sheet *s, struct widths *w)
{
	double plain = read_width(xl_value(xl_child(s->tree.root, "sheetFormatPr"), "defaultColWidth"), plain_width);
	uint32_t left = SHEET_COLUMNS_MAX;

	for (size_t i = 0; i <= SHEET_COLUMNS_MAX; i++)
		w->of[i] = plain;
	for (const struct xl_node *e = xl_child(xl_child(s->tree.root, "cols"), "col"); e && left; e = xl_sibling(e, "col")) {
		uint32_t min = xl_number(xl_value(e, "min"), 1), max = xl_number(xl_value(e, "max"), 0);
		double width = read_width(xl_value(e, "width"), plain);

		for (uint32_t i = min; i <= max && i <= SHEET_COLUMNS_MAX && left; i++, left--)
			w->of[i] = width;
	}
}

/* [digits] in a font of the size */
static double width_of(const struct xl *x, const struct xl_cell *c, size_t n_character)
{
	double base = x->n_font && x->font[0].size ? x->font[0].size : 1100;

	return of_digit * (double)n_character * (double)xl_font(x, c->style)->size / base;
}

static size_t longest_word(const char *s)
{
	size_t longest = 0;

	while (*s) {
		size_t n = strcspn(s, " \n-/");
		size_t length = utf8_length(s, n);

		if (length > longest)
			longest = length;
		s += n + (s[n] != '\0');
	}
	return longest;
}

static size_t longest_line(const char *s)
{
	size_t longest = 0;

	while (*s) {
		size_t n = strcspn(s, "\n");
		size_t length = utf8_length(s, n);

		if (length > longest)
			longest = length;
		s += n + (s[n] != '\0');
	}
	return longest;
}

/* What has as much room as a cell can have is no fault: there the text itself is too long. */
static bool text_fits(const struct xl *x, const struct xl_sheet *s, const struct xl_cell *c, double width)
{
	const struct xl_row *row = xl_row_in(s, c->row);
	double lines = width > 0 ? width_of(x, c, utf8_length(c->text, strlen(c->text))) / width : 0;
	double size = xl_font(x, c->style)->size;

	if (!xl_format(x, c->style)->wrap)
		return width >= widest || width_of(x, c, longest_line(c->text)) <= width;
	if (width < widest && width_of(x, c, longest_word(c->text)) > width)
		return false;
	return !row || !row->height || row->height >= highest || lines <= 1 || (double)(size_t)lines * size * line_pt <= row->height;
}

/* The whole part is never cut by the program but shown as ###. */
static bool number_fits(const struct xl *x, const struct xl_cell *c, double width)
{
	return width_of(x, c, strspn(c->text, "-0123456789")) <= width;
}

static void check_table(struct xl *x, const struct xl_sheet *s, const struct xl_table *t, const struct widths *w)
{
	for (size_t i = 0; i < s->n_cell; i++) {
		const struct xl_cell *c = &s->cell[i];
		bool is_text = c->kind == CELL_TEXT;

		if (!xl_inside(&t->range, c->row, c->col) || xl_is_blank(c))
			continue;
		if (is_text ? !text_fits(x, s, c, w->of[c->col]) : !number_fits(x, c, w->of[c->col]))
			xl_found(x, XL_D6_WRAP, XL_AT(s, c->row, c->col), "the cell has no room for '%s'", xl_show(x, c->text));
	}
}

void xl_access_fit(struct xl *x, const struct xl_sheet *s)
{
	struct widths *w;

	if (!s->n_table)
		return;
	w = ARENA_NEW(&x->arena, struct widths);
	read_widths(s, w);
	check_table(x, s, &s->table[0], w);
	arena_drop(&x->arena, w);
}
