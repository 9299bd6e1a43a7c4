/* Colours: no cell says something by colour alone, and every text is told from its ground. */
#include "sheetlint/linting.h"

#include "base/colour.h"

#include <math.h>
#include <string.h>
#include <strings.h>

/* What formats of numbers call colours. */
static const struct {
	const char *name;
	uint32_t rgb;
} inks[] = {
	{ "[red]", 0xFF0000 }, { "[green]", 0x00FF00 }, { "[blue]", 0x0000FF }, { "[yellow]", 0xFFFF00 }, { "[cyan]", 0x00FFFF },
	{ "[magenta]", 0xFF00FF }, { "[white]", 0xFFFFFF },
};

static bool is_coloured(const struct xl_fill *fill)
{
	for (size_t i = 0; i < fill->n; i++)
		if (xl_ground(fill->ground[i]) != WHITE)
			return true;
	return false;
}

static uint32_t ground_at(const struct xl_fill *fill, size_t i)
{
	return i < fill->n ? xl_ground(fill->ground[i]) : WHITE;
}

static void found(struct xl *x, struct xl_place at, uint32_t ink, uint32_t ground)
{
	double contrast = floor(colour_contrast(ink, ground) * 100) / 100;

	xl_found(x, XL_CONTRAST, at, "text of the colour #%06X stands on #%06X, a contrast of %.2f:1", ink, ground, contrast);
}

/* False and a finding where the text is hard to read. */
static bool check_ink(struct xl *x, struct xl_place at, uint32_t ink, const struct xl_fill *fill)
{
	for (size_t i = 0; i < (fill->n ? fill->n : 1); i++)
		if (colour_contrast(ink, ground_at(fill, i)) < COLOUR_CONTRAST_MIN) {
			found(x, at, ink, ground_at(fill, i));
			return false;
		}
	return true;
}

unsigned xl_inks_of(const char *code)
{
	unsigned of = 0;

	if (!code || strnlen(code, XL_CODE_MAX + 1) > XL_CODE_MAX)
		return 0;
	for (const char *s = strchr(code, '['); s; s = strchr(s + 1, '['))
		for (size_t i = 0; i < sizeof inks / sizeof *inks; i++)
			if (!strncasecmp(s, inks[i].name, strlen(inks[i].name)))
				of |= 1U << i;
	return of;
}

static bool check_number(struct xl *x, struct xl_place at, const struct xl_cell *c, const struct xl_fill *fill)
{
	unsigned of = c->kind == CELL_NUMBER ? xl_format(x, c->style)->inks : 0;

	for (size_t i = 0; of && i < sizeof inks / sizeof *inks; i++)
		if (of & 1U << i && !check_ink(x, at, inks[i].rgb, fill))
			return false;
	return true;
}

static void check_cell(struct xl *x, const struct xl_sheet *s, const struct xl_cell *c)
{
	const struct xl_place at = XL_AT(s, c->row, c->col);
	const struct xl_fill *fill = xl_fill(x, c->style);
	const struct xl_string *string = c->string ? &x->string[c->string - 1] : NULL;

	if (!check_ink(x, at, xl_ink(xl_font(x, c->style)->colour), fill) || !check_number(x, at, c, fill))
		return;
	for (size_t i = 0; string && i < string->n_colour; i++)
		if (!check_ink(x, at, xl_ink(string->colour[i]), fill))
			return;
}

/* Which fills have a text in a row: what is coloured there says it too. */
struct worded {
	uint32_t *row; /* by number of the fill: the last row where it has one */
};

static void note_words(const struct xl *x, const struct xl_sheet *s, size_t i, struct worded *w)
{
	for (uint32_t row = s->cell[i].row; i < s->n_cell && s->cell[i].row == row; i++) {
		uint32_t fill = xl_format(x, s->cell[i].style)->fill;

		if (fill < x->n_fill && !xl_is_blank(&s->cell[i]))
			w->row[fill] = row;
	}
}

/* An open cell of a form is coloured because something is to be typed there. */
static void check_blank(struct xl *x, const struct xl_sheet *s, const struct xl_cell *c, const struct worded *w)
{
	const struct xl_format *format = xl_format(x, c->style);

	if (is_coloured(xl_fill(x, c->style)) && !format->unlocked && !c->has_formula && w->row[format->fill] != c->row)
		xl_found(x, XL_STATUS_WORD, XL_AT(s, c->row, c->col), "the cell has a colour (#%06X), but neither it nor another one of the row says in words why",
			xl_ground(xl_fill(x, c->style)->ground[0]));
}

static void check_cells(struct xl *x, const struct xl_sheet *s)
{
	struct worded w = { ARENA_ARRAY(&x->arena, x->n_fill + 1, uint32_t) };
	struct merges m = { 0 };
	struct sheet_range r;
	bool is_covered = false;
	bool is_merged;

	xl_merges(s, &m);
	is_merged = m.n && merges_sort(&m, &r);
	for (size_t i = 0; i < s->n_cell; i++) {
		if (!i || s->cell[i - 1].row != s->cell[i].row)
			note_words(x, s, i, &w);
		if (is_merged)
			merges_at(&m, s->cell[i].row, s->cell[i].col, &is_covered);
		if (xl_is_blank(&s->cell[i]) && !is_covered)
			check_blank(x, s, &s->cell[i], &w);
		else if (!xl_is_blank(&s->cell[i]))
			check_cell(x, s, &s->cell[i]);
	}
	merges_clear(&m);
}

/* ---- conditional formats ---- */

/* What one rule may put on the cells: on their own ink or ground where it has none. */
struct paint {
	const struct xl_dxf *dxf;
	struct xl_fill scale; /* of colours that stand behind */
};

static size_t first_from(const struct xl_sheet *s, unsigned row)
{
	size_t low = 0, high = s->n_cell;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (s->cell[mid].row < row)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* One more range or cell of a rule; false: there are too many. */
static bool look(struct xl *x, const struct xl_sheet *s)
{
	return ++x->n_look <= XL_LOOKS_MAX
	       || diag_error(x->d, (struct origin){ .file = x->shown, .sheet = s->name }, "limit",
			"the conditional formats of the workbook cover more than %d cells; make their ranges smaller", XL_LOOKS_MAX);
}

/* Stops at the first cell that is hard to read. */
static bool check_painted(struct xl *x, const struct xl_sheet *s, const struct sheet_range *r, const struct paint *p)
{
	for (size_t i = first_from(s, r->first_row); i < s->n_cell && s->cell[i].row <= r->last_row; i++) {
		const struct xl_cell *c = &s->cell[i];
		const struct xl_fill *fill = p->scale.n ? &p->scale : p->dxf && p->dxf->fill.n ? &p->dxf->fill : xl_fill(x, c->style);
		struct xl_colour ink = p->dxf && p->dxf->has_colour ? p->dxf->colour : xl_font(x, c->style)->colour;

		if (!look(x, s))
			return false;
		if (xl_inside(r, c->row, c->col) && !xl_is_blank(c) && !check_ink(x, XL_AT(s, c->row, c->col), xl_ink(ink), fill))
			return false;
	}
	return true;
}

static struct xl_fill scale_of(const struct xl *x, const struct xl_node *rule)
{
	const struct xl_node *list = xl_child(rule, "colorScale");
	struct xl_fill fill = { 0 };

	if (!list)
		list = xl_child(rule, "dataBar");
	for (const struct xl_node *e = xl_child(list, "color"); e; e = xl_sibling(e, "color"))
		fill.ground[fill.n < GROUNDS ? fill.n++ : GROUNDS - 1] = xl_colour_of(x, e);
	return fill;
}

static void check_rule(struct xl *x, const struct xl_sheet *s, const struct xl_node *e, const struct sheet_range *range, size_t n_range)
{
	const char *type = xl_value(e, "type"), *id = xl_value(e, "dxfId");
	uint32_t dxf = xl_number(id, UINT32_MAX);
	struct paint p = { .dxf = dxf < x->n_dxf ? &x->dxf[dxf] : NULL, .scale = scale_of(x, e) };
	const struct xl_place at = XL_AT(s, range->first_row, range->first_col);

	if (id && !p.dxf)
		xl_found(x, XL_STYLE, at, "a conditional format has dxfId=\"%s\", but there are only %zu", xl_show(x, id), x->n_dxf);
	if ((type && !strcmp(type, "containsBlanks") && p.dxf && is_coloured(&p.dxf->fill)) || !xl_flag(xl_child(e, "iconSet"), "showValue", true)
		|| !xl_flag(xl_child(e, "dataBar"), "showValue", true))
		xl_found(x, XL_STATUS_WORD, at, "a conditional format shows a colour or icon in cells without text");
	if (p.scale.n || (p.dxf && (p.dxf->has_colour || p.dxf->fill.n)) || xl_child(e, "iconSet"))
		xl_found(x, XL_D19_COLOUR, at, "a conditional format shows colours or icons");
	if (!p.scale.n && !p.dxf)
		return;
	for (size_t i = 0; i < n_range; i++)
		if (!look(x, s) || !check_painted(x, s, &range[i], &p))
			return;
}

void xl_looks(struct xl *x, const struct xl_sheet *s)
{
	check_cells(x, s);
	for (const struct xl_node *e = xl_child(s->tree.root, "conditionalFormatting"); e && x->n_look <= XL_LOOKS_MAX; e = xl_sibling(e, "conditionalFormatting")) {
		const char *sqref = xl_value(e, "sqref");
		struct sheet_range *range;
		size_t n;

		if (!sqref || !xl_ranges(x, sqref, &range, &n))
			continue; /* told already */
		for (const struct xl_node *rule = xl_child(e, "cfRule"); rule && x->n_look <= XL_LOOKS_MAX; rule = xl_sibling(rule, "cfRule"))
			check_rule(x, s, rule, range, n);
	}
}
