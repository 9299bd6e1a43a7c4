/* How an accessible workbook looks: fonts, fills, panes and filters, what is hidden, what floats. */
#include "sheetlint/linting.h"

#include <string.h>

enum { LEAST_SIZE = 1200 }; /* [1/100 pt] */

/* ---- fonts and fills ---- */

/* Links are coloured by every program: the cells that they begin in. */
static void read_links(struct xl *x, const struct xl_sheet *s, struct map *links)
{
	map_init(links, &x->arena);
	for (const struct xl_node *e = xl_child(xl_child(s->tree.root, "hyperlinks"), "hyperlink"); e; e = xl_sibling(e, "hyperlink")) {
		struct sheet_range r;

		if (xl_value(e, "ref") && xl_range(xl_value(e, "ref"), &r))
			map_add(links, xl_address(x, r.first_row, r.first_col), 0, NULL);
	}
}

/* Which of the figures' cells are bold: not headers, not texts. */
static bool is_figure(const struct xl_sheet *s, const struct xl_cell *c)
{
	const struct xl_table *t = c->kind == CELL_NUMBER ? xl_table_at(s, c->row, c->col) : NULL;

	return t && c->row >= t->range.first_row + t->n_header && c->row + t->n_total <= t->range.last_row;
}

static void check_font(struct xl *x, const struct xl_sheet *s, const struct xl_cell *c, const struct map *links)
{
	const struct xl_font *f = xl_font(x, c->style);
	const struct xl_place at = XL_AT(s, c->row, c->col);

	if (f->size < LEAST_SIZE)
		xl_found(x, XL_D15_FONT, at, "the text has %u.%02u pt", f->size / 100, f->size % 100);
	else if (f->is_roman || !xl_is_word(x, WORD_SANS, f->name))
		xl_found(x, XL_D15_FONT, at, "the font is '%s'", xl_show(x, f->name));
	else if (f->italic)
		xl_found(x, XL_D15_FONT, at, "the text is italic");
	else if (f->bold && is_figure(s, c))
		xl_found(x, XL_D15_FONT, at, "the figure is bold");
	else if (xl_format(x, c->style)->rotated)
		xl_found(x, XL_D15_FONT, at, "the text is turned");
	else if (xl_ink(f->colour) != 0 && !map_find(links, xl_address(x, c->row, c->col), &(size_t){ 0 }))
		xl_found(x, XL_D15_FONT, at, "the text has the colour #%06X", xl_ink(f->colour));
}

/* A style of tables without a ground of its own: the light ones with lines only, without stripes. */
static bool is_plain_style(const struct xl_node *info)
{
	static const char light[] = "TableStyleLight";
	const char *name = xl_value(info, "name");
	uint32_t number;

	if (!name || !*name)
		return true;
	if (strncmp(name, light, strlen(light)) != 0)
		return !strcmp(name, "None");
	number = xl_number(name + strlen(light), 0);
	return (number < 8 || number > 14) && number && !xl_flag(info, "showRowStripes", false) && !xl_flag(info, "showColumnStripes", false);
}

static void check_fills(struct xl *x, const struct xl_sheet *s)
{
	for (size_t i = 0; i < s->n_cell; i++)
		if (xl_fill(x, s->cell[i].style)->n)
			xl_found(x, XL_D18_FILL, XL_AT(s, s->cell[i].row, s->cell[i].col), "the cell has a fill or pattern");
	for (size_t i = 0; i < s->n_row; i++)
		if (s->row[i].style && xl_fill(x, s->row[i].style - 1)->n)
			xl_found(x, XL_D18_FILL, XL_AT(s, s->row[i].row, 1), "the row has a fill or pattern");
	for (const struct xl_node *e = xl_child(xl_child(s->tree.root, "cols"), "col"); e; e = xl_sibling(e, "col"))
		if (xl_fill(x, xl_number(xl_value(e, "style"), 0))->n)
			xl_found(x, XL_D18_FILL, XL_AT(s, 1, xl_number(xl_value(e, "min"), 1)), "the column has a fill or pattern");
	for (size_t i = 0; i < s->n_table; i++)
		if (!is_plain_style(xl_child(s->table[i].node, "tableStyleInfo")))
			xl_found(x, XL_D18_FILL, XL_AT(s, s->table[i].range.first_row, s->table[i].range.first_col), "the style of the table '%s' fills cells",
				xl_show(x, s->table[i].name));
}

/* ---- panes, filters, what is hidden ---- */

static void check_panes(struct xl *x, const struct xl_sheet *s)
{
	for (const struct xl_node *e = xl_child(xl_child(s->tree.root, "sheetViews"), "sheetView"); e; e = xl_sibling(e, "sheetView"))
		if (xl_child(e, "pane"))
			xl_found(x, XL_D7_FILTER, XL_SHEET(s), "the sheet has frozen or split panes");
	if (xl_child(s->tree.root, "autoFilter"))
		xl_found(x, XL_D7_FILTER, XL_SHEET(s), "the sheet has filter buttons");
	for (size_t i = 0; i < s->n_table; i++)
		if (xl_child(s->table[i].node, "autoFilter"))
			xl_found(x, XL_D7_FILTER, XL_AT(s, s->table[i].range.first_row, s->table[i].range.first_col), "the table '%s' has filter buttons",
				xl_show(x, s->table[i].name));
}

static bool is_zero(const char *s)
{
	return s && *s && !s[strspn(s, "0.")];
}

static void check_hidden(struct xl *x, const struct xl_sheet *s)
{
	if (xl_flag(xl_child(s->tree.root, "sheetFormatPr"), "zeroHeight", false))
		xl_found(x, XL_D9_HIDDEN, XL_SHEET(s), "rows without cells are hidden");
	for (size_t i = 0; i < s->n_row; i++)
		if (s->row[i].hidden)
			xl_found(x, XL_D9_HIDDEN, XL_AT(s, s->row[i].row, 1), "the row is hidden");
	for (const struct xl_node *e = xl_child(xl_child(s->tree.root, "cols"), "col"); e; e = xl_sibling(e, "col"))
		if (xl_flag(e, "hidden", false) || is_zero(xl_value(e, "width")))
			xl_found(x, XL_D9_HIDDEN, XL_AT(s, 1, xl_number(xl_value(e, "min"), 1)), "the column is hidden");
}

/* ---- what floats, and colours of sheets ---- */

static void check_floating(struct xl *x, const struct xl_sheet *s)
{
	const struct xl_node *page = xl_child(s->tree.root, "headerFooter");

	for (const struct xl_node *e = page ? page->child : NULL; e; e = e->next)
		if (*e->text) {
			xl_found(x, XL_D17_FLOATING, XL_SHEET(s), "the sheet has a page header or footer: '%s'", xl_show(x, e->text));
			break;
		}
	for (size_t i = 0; i < s->relations.n; i++)
		if (!strcmp(s->relations.relation[i].type, "comments") || !strcmp(s->relations.relation[i].type, "threadedComment"))
			xl_found(x, XL_D17_FLOATING, XL_SHEET(s), "the sheet has comments");
	if (xl_child(s->tree.root, "picture"))
		xl_found(x, XL_D20_PICTURE, XL_SHEET(s), "a picture lies behind the sheet");
	if (xl_child(xl_child(s->tree.root, "sheetPr"), "tabColor"))
		xl_found(x, XL_D19_COLOUR, XL_SHEET(s), "the tab of the sheet has a colour");
}

void xl_access_looks(struct xl *x, const struct xl_sheet *s)
{
	struct map links;

	read_links(x, s, &links);
	for (size_t i = 0; i < s->n_cell; i++)
		if (!xl_is_blank(&s->cell[i]))
			check_font(x, s, &s->cell[i], &links);
	check_fills(x, s);
	check_panes(x, s);
	check_hidden(x, s);
	check_floating(x, s);
}
