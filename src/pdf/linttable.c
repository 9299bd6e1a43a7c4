/* Tables: cells as a grid. What ties them to their header cells: lintheaders.c. */
#include "pdf/linting.h"

#include <string.h>

enum { SPAN_MAX = 1000, COLUMNS_MAX = LINT_COLUMNS_MAX, ROWS_MAX = 100000 };

struct table {
	struct lint *lint;
	const struct lint_element *element;
	struct lint_cell *cell;
	size_t n_cell, cap_cell;
	unsigned left[COLUMNS_MAX]; /* rows that a cell above still takes in the column */
	unsigned n_column;	    /* of the first row */
	unsigned n_row;
	bool is_regular;
};

/* ---- attributes ---- */

static bool is_table_attribute(struct lint *l, const struct pdf_object *o)
{
	return lint_is_dict(o) && pdf_name_is(lint_look(l, o, "O"), "Table");
}

const struct pdf_object *lint_attribute(struct lint *l, const struct lint_element *e, const char *key)
{
	const struct pdf_object *own = lint_look(l, e->object, "A");
	bool many = own->kind == PDF_ARRAY;

	for (uint32_t i = 0; i < (many ? own->n : 1); i++) {
		const struct pdf_object *o = many ? pdf_item(l->view, own, i) : own;

		if (is_table_attribute(l, o) && pdf_has(o, key))
			return lint_look(l, o, key);
	}
	return &pdf_null;
}

static unsigned span(struct table *t, const struct lint_element *e, const char *key)
{
	const struct pdf_object *o = lint_attribute(t->lint, e, key);

	if (o->kind == PDF_NULL)
		return 1;
	if (o->kind == PDF_INTEGER && o->number >= 1 && o->number <= SPAN_MAX)
		return (unsigned)o->number;
	lint_found(t->lint, LINT_GRID, LINT_AT(e->number), "/%s %s", key, lint_text(t->lint, o));
	t->is_regular = false;
	return 1;
}

static void read_scope(struct table *t, const struct lint_element *e, struct lint_cell *c)
{
	const struct pdf_object *scope = lint_attribute(t->lint, e, "Scope");
	bool both = pdf_name_is(scope, "Both");

	c->scopes_column = c->is_header && (both || pdf_name_is(scope, "Column"));
	c->scopes_row = c->is_header && (both || pdf_name_is(scope, "Row"));
	if (c->is_header && !c->scopes_column && !c->scopes_row)
		lint_found(t->lint, LINT_SCOPE, LINT_AT(e->number), "/Scope %s", lint_text(t->lint, scope));
}

/* ---- the grid ---- */

static void broken(struct table *t, const struct lint_element *row, unsigned n)
{
	if (t->is_regular)
		lint_found(t->lint, LINT_GRID, LINT_AT(row->number), "TR %u: %u, %u", t->n_row + 1, n, t->n_column);
	t->is_regular = false;
}

static unsigned skip_taken(const struct table *t, unsigned column)
{
	while (column < COLUMNS_MAX && t->left[column])
		column++;
	return column;
}

/* False where it does not fit. */
static bool put_cell(struct table *t, uint32_t element, unsigned *column)
{
	const struct lint_element *e = &t->lint->element[element];
	struct lint_cell c = { .element = element, .row = t->n_row, .is_header = e->role == ROLE_TH };

	c.rows = span(t, e, "RowSpan");
	c.columns = span(t, e, "ColSpan");
	read_scope(t, e, &c);
	if (pdf_has(e->object, "C"))
		lint_found(t->lint, LINT_GRID, LINT_AT(e->number), "/C %s", lint_text(t->lint, pdf_find(e->object, "C")));
	c.column = skip_taken(t, *column);
	if (c.column + c.columns > COLUMNS_MAX)
		return false;
	for (unsigned k = c.column; k < c.column + c.columns; k++) {
		if (t->left[k])
			return false;
		t->left[k] = c.rows;
	}
	*column = c.column + c.columns;
	*ARENA_PUSH(&t->lint->arena, t->cell, t->n_cell, &t->cap_cell) = c;
	return true;
}

static bool is_cell(const struct lint *l, const struct lint_kid *k)
{
	return k->kind == KID_ELEMENT && (l->element[k->value].role == ROLE_TH || l->element[k->value].role == ROLE_TD);
}

static void put_row(struct table *t, const struct lint_element *row)
{
	struct lint *l = t->lint;
	unsigned column = 0;
	bool ok = true;

	for (uint32_t k = row->kid; ok && k < row->kid + row->n_kid; k++)
		if (is_cell(l, &l->kid[k]))
			ok = put_cell(t, l->kid[k].value, &column);
	column = skip_taken(t, column);
	if (!t->n_row)
		t->n_column = column;
	if (!ok || column != t->n_column)
		broken(t, row, column);
	for (unsigned k = 0; k < COLUMNS_MAX; k++) {
		if (k >= t->n_column && t->left[k])
			broken(t, row, k + 1);
		t->left[k] -= t->left[k] > 0;
	}
	t->n_row++;
}

static void put_rows(struct table *t, const struct lint_element *group)
{
	struct lint *l = t->lint;

	for (uint32_t k = group->kid; k < group->kid + group->n_kid; k++)
		if (l->kid[k].kind == KID_ELEMENT && l->element[l->kid[k].value].role == ROLE_TR && t->n_row < ROWS_MAX)
			put_row(t, &l->element[l->kid[k].value]);
}

static void put_groups(struct table *t)
{
	struct lint *l = t->lint;

	put_rows(t, t->element);
	for (uint32_t k = t->element->kid; k < t->element->kid + t->element->n_kid; k++) {
		const struct lint_element *e = l->kid[k].kind == KID_ELEMENT ? &l->element[l->kid[k].value] : NULL;

		if (e && (e->role == ROLE_THEAD || e->role == ROLE_TBODY || e->role == ROLE_TFOOT))
			put_rows(t, e);
	}
	for (unsigned k = 0; t->n_row && k < t->n_column; k++)
		if (t->left[k])
			broken(t, t->element, t->n_column);
}

void lint_tables(struct lint *l)
{
	l->header = ARENA_ARRAY(&l->arena, l->n_element, uint32_t);
	for (size_t i = 0; i < l->n_element; i++) {
		struct table t = { .lint = l, .element = &l->element[i], .is_regular = true };

		if (l->element[i].role != ROLE_TABLE || !lint_applies(l, LINT_GRID))
			continue;
		put_groups(&t);
		if (t.is_regular)
			lint_headers(l, t.element, t.cell, t.n_cell);
	}
}
