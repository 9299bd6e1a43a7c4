/* What is printed: a sheet of several pages repeats its header on each. */
#include "sheetlint/linting.h"

#include "base/ratio.h"

#include <string.h>

enum { A4 = 9, HEIGHT_UNIT = 100, PERCENT = 100 };

/* [pt] upright */
static const struct paper {
	uint32_t size; /* as pageSetup has it */
	double width, height;
} papers[] = {
	{ A4, 595, 842 }, { 1, 612, 792 }, { 5, 612, 1008 }, { 8, 842, 1191 }, { 11, 420, 595 },
};

static const double pt_per_inch = 72;
static const double pt_per_character = 5.25; /* of the width of a column */
static const double plain_column = 9.14;     /* [characters] */
static const double plain_row_pt = 15;
static const double margin_across = 0.7, margin_along = 0.75; /* [inch] where none is said */
static const double pages_least = 1.05;	     /* of its height: programs differ a little in how high rows are */

static double decimal(const char *s, double otherwise)
{
	struct ratio x;

	return s && ratio_parse(s, strlen(s), &x) && x.num >= 0 ? ratio_double(x) : otherwise;
}

static const struct paper *paper_of(const struct xl_node *setup)
{
	uint32_t size = xl_number(xl_value(setup, "paperSize"), A4);

	for (size_t i = 0; i < sizeof papers / sizeof *papers; i++)
		if (papers[i].size == size)
			return &papers[i];
	return papers;
}

/* ---- how high and wide it is ---- */

static double sheet_width(const struct xl_sheet *s)
{
	const struct xl_node *list = xl_child(s->tree.root, "cols");
	double plain = decimal(xl_value(xl_child(s->tree.root, "sheetFormatPr"), "defaultColWidth"), plain_column);
	double width = plain * s->last_col;

	for (const struct xl_node *e = xl_child(list, "col"); e; e = xl_sibling(e, "col")) {
		uint32_t first = xl_number(xl_value(e, "min"), 0), last = xl_number(xl_value(e, "max"), 0);

		last = last < s->last_col ? last : s->last_col;
		if (first && first <= last)
			width += (double)(last - first + 1) * ((xl_flag(e, "hidden", false) ? 0 : decimal(xl_value(e, "width"), plain)) - plain);
	}
	return width * pt_per_character;
}

static double sheet_height(const struct xl_sheet *s)
{
	double plain = decimal(xl_value(xl_child(s->tree.root, "sheetFormatPr"), "defaultRowHeight"), plain_row_pt);
	double height = 0;
	size_t n = 0;

	for (; n < s->n_row && s->row[n].row <= s->last_row; n++)
		height += s->row[n].hidden ? 0 : s->row[n].height ? (double)s->row[n].height / HEIGHT_UNIT : plain;
	return height + plain * (double)(s->last_row > n ? s->last_row - n : 0);
}

/* ---- pages ---- */

static double margins_pt(const struct xl_sheet *s, const char *one, const char *other, double unsaid)
{
	const struct xl_node *margins = xl_child(s->tree.root, "pageMargins");

	return pt_per_inch * (decimal(xl_value(margins, one), unsaid) + decimal(xl_value(margins, other), unsaid));
}

static double fitting_scale(const struct xl_sheet *s, double across_pt)
{
	double width = sheet_width(s);

	return width > across_pt && across_pt > 0 ? across_pt / width : 1;
}

/* Room of a page along it, in points of the sheet; 0: nobody can say. */
static double page_room(const struct xl_sheet *s, bool fits)
{
	const struct xl_node *setup = xl_child(s->tree.root, "pageSetup");
	const struct paper *paper = paper_of(setup);
	const char *orientation = xl_value(setup, "orientation");
	bool lies = orientation && !strcmp(orientation, "landscape");
	double across = (lies ? paper->height : paper->width) - margins_pt(s, "left", "right", margin_across);
	double along = (lies ? paper->width : paper->height) - margins_pt(s, "top", "bottom", margin_along);
	double scale = fits ? fitting_scale(s, across) : decimal(xl_value(setup, "scale"), PERCENT) / PERCENT;

	return scale > 0 && along > 0 ? along / scale : 0;
}

/* Pages below each other, about; 0: nobody can say. */
static double count_pages(const struct xl_sheet *s)
{
	const struct xl_node *root = s->tree.root;
	bool fits = xl_flag(xl_child(xl_child(root, "sheetPr"), "pageSetUpPr"), "fitToPage", false);
	double room, pages;

	if (fits && xl_number(xl_value(xl_child(root, "pageSetup"), "fitToHeight"), 1) == 1)
		return 1;
	room = page_room(s, fits);
	pages = room > 0 ? sheet_height(s) / room : 0;
	return pages < SHEET_ROWS_MAX ? pages : SHEET_ROWS_MAX;
}

/* ---- the header ---- */

static bool has_frozen_rows(const struct xl_sheet *s)
{
	const struct xl_node *pane = xl_child(xl_child(xl_child(s->tree.root, "sheetViews"), "sheetView"), "pane");
	const char *state = xl_value(pane, "state");

	return state && !strncmp(state, "frozen", strlen("frozen")) && xl_number(xl_value(pane, "ySplit"), 0) > 0;
}

void xl_printing(struct xl *x, const struct xl_sheet *s)
{
	double pages;

	if ((s->state && strcmp(s->state, "visible") != 0) || !(s->n_table || has_frozen_rows(s)) || xl_repeats_rows(x, s))
		return;
	pages = count_pages(s);
	if (pages > pages_least)
		xl_found(x, XL_PRINT_TITLES, XL_SHEET(s), "the sheet is printed on %u pages or more, but repeats no rows on each", (unsigned)pages + 1);
}
