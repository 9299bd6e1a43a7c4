/* Charts and pictures: what is told of them to those who do not see them, and what charts show. */
#include "sheetlint/linting.h"

#include <string.h>

static const struct xl_node *find(const struct xl_node *root, const char *name)
{
	const struct xl_node *e = root;

	while (e && strcmp(e->name, name) != 0)
		e = xl_next(root, e);
	return e;
}

/* The cell that a drawing begins in: an anchor says it first. */
static struct xl_place anchor(const struct xl_sheet *s, const struct xl_node *e)
{
	const struct xl_node *from = NULL;

	for (; e && !from; e = e->parent)
		from = e->child && !strcmp(e->child->name, "from") ? e->child : NULL;
	return from && xl_child(from, "row") && xl_child(from, "col")
		       ? XL_AT(s, xl_number(xl_child(from, "row")->text, 0) + 1, xl_number(xl_child(from, "col")->text, 0) + 1)
		       : XL_SHEET(s);
}

static void check_chart(struct xl *x, const struct xl_node *root, struct xl_place at)
{
	for (const struct xl_node *e = root; e; e = xl_next(root, e)) {
		const struct xl_sheet *sheet;
		struct sheet_range r;

		if (strcmp(e->name, "f") != 0)
			continue;
		if (strchr(e->text, '['))
			xl_found(x, XL_EXTERNAL, at, "the chart refers to another file: '%s'", xl_show(x, e->text));
		else if (*e->text != '(' && (!xl_sheet_range(x, e->text, &sheet, &r) || r.last_row > sheet->last_row || r.last_col > sheet->last_col))
			xl_found(x, XL_CHART_REFERENCE, at, "the chart refers to '%s', which are no cells of the workbook", xl_show(x, e->text));
	}
}

static bool read_chart(struct xl *x, const struct opc_relations *relations, const struct xl_node *frame, struct xl_place at)
{
	const struct xl_node *chart = find(frame, "chart");
	const char *id = chart ? xl_value(chart, "id") : NULL;
	const struct opc_relation *r = id ? opc_by_id(relations, id) : NULL;
	struct xl_tree tree;

	if (!r || !r->inside) {
		xl_found(x, XL_CHART_REFERENCE, at, "a drawing shows a chart that is not in the workbook");
		return true;
	}
	if (!xl_take_part(x, r->part))
		return true; /* shown a second time: told already */
	if (!xl_tree_read(x, r->part, &tree))
		return false;
	check_chart(x, tree.root, at);
	return true;
}

static bool check_shape(struct xl *x, const struct opc_relations *relations, const struct xl_sheet *s, const struct xl_node *e)
{
	const struct xl_place at = anchor(s, e);
	const struct xl_node *properties = find(e, "cNvPr");
	const char *alternative = properties ? xl_value(properties, "descr") : NULL;
	bool is_chart = !strcmp(e->name, "graphicFrame");

	if (!strcmp(e->name, "sp")) {
		xl_found(x, XL_D17_FLOATING, at, "a text box or shape floats above the cells");
		return true;
	}
	if (!is_chart && strcmp(e->name, "pic") != 0)
		return true;
	if (!alternative || !alternative[strspn(alternative, " \t\r\n")])
		xl_found(x, XL_CHART_ALT, at, "a chart or picture has no alternative text");
	xl_found(x, XL_D20_PICTURE, at, "a chart or picture floats above the cells");
	return !is_chart || read_chart(x, relations, e, at);
}

void xl_drawings(struct xl *x, const struct xl_sheet *s)
{
	const struct xl_node *drawing = xl_child(s->tree.root, "drawing");
	const char *id = drawing ? xl_value(drawing, "id") : NULL;
	const struct opc_relation *r = id ? opc_by_id(&s->relations, id) : NULL;
	struct opc_relations relations;
	struct xl_tree tree;

	if (!r || !r->inside || !xl_take_part(x, r->part) || !xl_tree_read(x, r->part, &tree)
		|| !opc_relations(x->container, container_name(x->container, r->part), &x->arena, &relations, x->d))
		return;
	for (const struct xl_node *e = tree.root; e; e = xl_next(tree.root, e))
		if (!check_shape(x, &relations, s, e))
			return;
}
