/* What must hold of the cells of every sheet: values, formulas, formats, merged ranges, links. */
#include "sheetlint/linting.h"

#include "base/utf8.h"

#include <string.h>

/* ---- one cell ---- */

/* Circles are wanted where the workbook says how often they are gone round. */
static bool may_iterate(const struct xl *x)
{
	return xl_flag(xl_child(x->book.root, "calcPr"), "iterate", false);
}

static void check_formula(struct xl *x, const struct xl_sheet *s, const struct xl_cell *c)
{
	/* A formula with "" in it may come to an empty text, which is a value. */
	bool may_be_empty = c->kind == CELL_TEXT && (!c->formula || strstr(c->formula, "\"\""));

	if (!c->has_value || (!*c->text && !may_be_empty))
		xl_found(x, XL_FORMULA_VALUE, XL_AT(s, c->row, c->col), "the formula has no value beside it");
	if (!c->formula)
		return;
	xl_check_references(x, XL_FORMULA_REFERENCE, XL_AT(s, c->row, c->col), c->formula);
	if (!may_iterate(x) && xl_refers_to(x, s, c))
		xl_found(x, XL_FORMULA_CIRCLE, XL_AT(s, c->row, c->col), "the formula refers to the cell that it stands in");
}

static bool is_error(const struct xl_cell *c)
{
	static const char *const errors[] = { "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!" };

	if (c->kind == CELL_ERROR)
		return true;
	for (size_t i = 0; *c->text == '#' && i < sizeof errors / sizeof *errors; i++)
		if (!strcmp(c->text, errors[i]))
			return true;
	return false;
}

static void check_cell(struct xl *x, const struct xl_sheet *s, const struct xl_cell *c)
{
	const struct xl_place at = XL_AT(s, c->row, c->col);
	size_t n = strlen(c->text);
	uint32_t code;

	if (c->style && c->style >= x->n_format)
		xl_found(x, XL_STYLE, at, "the cell has the format number %u (counted from 0), but there are only %zu", c->style, x->n_format);
	if (c->has_formula)
		check_formula(x, s, c);
	if (is_error(c))
		xl_found(x, XL_ERROR_VALUE, at, "the cell shows the error '%s'", xl_show(x, c->text));
	if (c->kind == CELL_TEXT && utf8_find_refused(c->text, n, &code) < n)
		xl_found(x, XL_TEXT, at, "the text of the cell has the character U+%04X", code);
}

/* ---- merged ranges ---- */

static void check_hidden(struct xl *x, const struct xl_sheet *s, struct merges *m)
{
	bool is_covered;

	for (size_t i = 0; i < s->n_cell; i++) {
		const struct xl_cell *c = &s->cell[i];

		merges_at(m, c->row, c->col, &is_covered);
		if (is_covered && !xl_is_blank(c))
			xl_found(x, XL_MERGE_HIDES, XL_AT(s, c->row, c->col), "the cell has a value that a merged range hides");
	}
}

void xl_merges(const struct xl_sheet *s, struct merges *m)
{
	struct sheet_range r;

	for (const struct xl_node *e = xl_child(xl_child(s->tree.root, "mergeCells"), "mergeCell"); e && m->n < SHEET_MERGES_MAX;
		e = xl_sibling(e, "mergeCell"))
		if (xl_value(e, "ref") && xl_range(xl_value(e, "ref"), &r))
			merges_add(m, r);
}

static void check_merges(struct xl *x, const struct xl_sheet *s)
{
	struct merges m = { 0 };
	struct sheet_range r;

	for (const struct xl_node *e = xl_child(xl_child(s->tree.root, "mergeCells"), "mergeCell"); e; e = xl_sibling(e, "mergeCell")) {
		const char *ref = xl_value(e, "ref");

		if (!ref || !xl_range(ref, &r))
			xl_found(x, XL_RANGE, XL_SHEET(s), "the merged range '%s' is none", xl_show(x, ref ? ref : "-"));
		else
			xl_found(x, XL_D3_MERGE, XL_AT(s, r.first_row, r.first_col), "the cells %s are merged", xl_show(x, ref));
	}
	xl_merges(s, &m);
	if (!merges_sort(&m, &r))
		xl_found(x, XL_MERGE_OVERLAP, XL_AT(s, r.first_row, r.first_col), "a merged range begins here that shares cells with another one");
	else if (m.n)
		check_hidden(x, s, &m);
	merges_clear(&m);
}

/* ---- ranges and links ---- */

/* Which attribute of which elements is a list of ranges. */
static const struct {
	const char *element, *attribute;
} ranged[] = {
	{ "dimension", "ref" }, { "autoFilter", "ref" }, { "conditionalFormatting", "sqref" }, { "dataValidation", "sqref" }, { "hyperlink", "ref" },
	{ "selection", "sqref" }, { "protectedRange", "sqref" }, { "ignoredError", "sqref" },
};

static void check_ranges(struct xl *x, const struct xl_sheet *s, const struct xl_node *e)
{
	for (size_t i = 0; i < sizeof ranged / sizeof *ranged; i++) {
		const char *value = strcmp(ranged[i].element, e->name) ? NULL : xl_value(e, ranged[i].attribute);
		struct sheet_range *r;
		size_t n;

		if (value && !xl_ranges(x, value, &r, &n))
			xl_found(x, XL_RANGE, XL_SHEET(s), "%s=\"%s\" of %s is no range of cells", ranged[i].attribute, xl_show(x, value), e->name);
	}
}

static bool leads_inside(struct xl *x, const char *location)
{
	const struct xl_sheet *sheet;
	struct sheet_range r;

	return xl_is_named(x, location) || xl_sheet_range(x, location, &sheet, &r) || xl_range(location, &r);
}

static void check_link(struct xl *x, const struct xl_sheet *s, const struct xl_node *e)
{
	const char *id = xl_value(e, "id"), *location = xl_value(e, "location"), *ref = xl_value(e, "ref");
	struct sheet_range r = { 0 };

	if (!ref || !xl_range(ref, &r))
		r = (struct sheet_range){ 0 };
	if (id && !opc_by_id(&s->relations, id))
		xl_found(x, XL_HYPERLINK, XL_AT(s, r.first_row, r.first_col), "the link has the relationship '%s', which the sheet has not", xl_show(x, id));
	else if (!id && (!location || !leads_inside(x, location)))
		xl_found(x, XL_HYPERLINK, XL_AT(s, r.first_row, r.first_col), "the link leads to '%s', which the workbook has not",
			xl_show(x, location ? location : "-"));
}

/* Of columns and rows. */
static void check_styles(struct xl *x, const struct xl_sheet *s)
{
	for (const struct xl_node *e = xl_child(xl_child(s->tree.root, "cols"), "col"); e; e = xl_sibling(e, "col")) {
		const char *style = xl_value(e, "style");

		if (style && xl_number(style, UINT32_MAX) >= x->n_format)
			xl_found(x, XL_STYLE, XL_SHEET(s), "a column has the format number %s (counted from 0), but there are only %zu", xl_show(x, style),
				x->n_format);
	}
	for (size_t i = 0; i < s->n_row; i++)
		if (s->row[i].style > x->n_format)
			xl_found(x, XL_STYLE, XL_AT(s, s->row[i].row, 1), "the row has the format number %u (counted from 0), but there are only %zu",
				s->row[i].style - 1, x->n_format);
}

/* Elements of a sheet that put something else than cells into it, or that run. */
static const char *const embedded[] = { "oleObjects", "controls" };

static void check_embedded(struct xl *x, const struct xl_sheet *s, const struct xl_node *e)
{
	for (size_t i = 0; i < sizeof embedded / sizeof *embedded; i++)
		if (!strcmp(e->name, embedded[i]))
			xl_found(x, XL_MACRO, XL_SHEET(s), "the sheet has embedded objects: <%s>", e->name);
}

/* Of conditional formats and of what may be typed into cells. */
static void check_rule(struct xl *x, const struct xl_sheet *s, const struct xl_node *e)
{
	if (!strcmp(e->name, "formula") || !strcmp(e->name, "formula1") || !strcmp(e->name, "formula2"))
		xl_check_references(x, XL_FORMULA_REFERENCE, XL_SHEET(s), e->text);
}

void xl_cells(struct xl *x, const struct xl_sheet *s)
{
	for (size_t i = 0; i < s->n_cell; i++)
		check_cell(x, s, &s->cell[i]);
	check_styles(x, s);
	check_merges(x, s);
	for (const struct xl_node *e = s->tree.root; e; e = xl_next(s->tree.root, e)) {
		check_ranges(x, s, e);
		check_embedded(x, s, e);
		check_rule(x, s, e);
		if (!strcmp(e->name, "hyperlink"))
			check_link(x, s, e);
	}
}
