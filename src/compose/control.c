/* each, if, else and include: what stands in a plan, how often. */
#include "compose/composer.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

static bool is_true(
	struct composer *c, const struct node *n, const char *attribute, struct scope scope)
{
	const struct expr *expr = condition_find(c, n, attribute, scope.table);
	struct origin at = node_place(n, attribute, 0);
	struct evaluated result;

	if (!expr)
		return false;
	result = scope_eval(c, expr, scope, at);
	if (result.failed)
		return false;
	switch (result.value.figure.state) {
	case FIGURE_OK:
		return result.value.truth;
	case FIGURE_MISSING:
		if (scope.row != NO_ROW && node_is(n, "each"))
			diag_warning(c->d, at, "missing-figure",
				"'%s' needs a figure that '%s' does not have; the row is left out",
				expr_source(expr), scope.table->row[scope.row].label);
		else
			diag_error(c->d, at, "missing-figure",
				"'%s' needs a figure that is missing; fill it in", expr_source(expr));
		return false;
	case FIGURE_NOT_APPLICABLE:
	case FIGURE_CONFIDENTIAL:
		break;
	}
	return false;
}

bool compose_is_full(const struct composer *c)
{
	return c->size > ROOM_MAX;
}

bool compose_room(struct composer *c, size_t n, struct origin at)
{
	if (compose_is_full(c))
		return false;
	c->size += n;
	if (!compose_is_full(c))
		return true;
	return diag_error(c->d, at, "limit",
		"the plan becomes too long here; let <each> go over fewer rows, include less, or put the figures "
		"into an appendix");
}

/* ---- each ---- */

/* A row an <each> goes over, with what it is sorted by. */
struct each_row {
	size_t row;
	size_t position;
	struct value key;
	const char *folded; /* the key's text */
};

struct each_rows {
	struct each_row *row; /* [n] */
	size_t n;
};

static void add_row(struct each_rows *rows, size_t row)
{
	rows->row[rows->n] = (struct each_row){ .row = row, .position = rows->n };
	rows->n++;
}

static void add_leaves(const struct table *table, size_t first, size_t n, struct each_rows *rows)
{
	for (size_t i = first; i < first + n; i++)
		add_row(rows, table->leaf[i]);
}

static void add_groups(struct composer *c, const struct node *n, const struct table *table, struct each_rows *rows)
{
	for (size_t i = 0; i < table->n_row; i++)
		if (table->row[i].kind == ROW_GROUP)
			add_row(rows, i);
	if (!rows->n && table->n_leaf)
		diag_error(c->d, node_place(n, "rows", 0), "groups",
			"the table '%s' has no rows of groups; give it groups=\"...\" and a <subtotal>", table->id);
}

static void add_members(struct composer *c, const struct node *n, struct scope scope, struct each_rows *rows)
{
	const struct table_row *group = scope.row == NO_ROW ? NULL : &scope.table->row[scope.row];

	if (group && group->kind == ROW_GROUP)
		add_leaves(scope.table, group->first_leaf, group->n_leaf, rows);
	else
		diag_error(c->d, node_place(n, "rows", 0), "groups",
			"rows=\"members\" stands inside an <each rows=\"groups\"> over the same table");
}

static struct each_rows rows_of_each(struct composer *c, const struct node *n, struct scope scope)
{
	struct each_rows rows = { ARENA_ARRAY(c->a, scope.table->n_row, struct each_row), 0 };
	const char *kind = node_attribute(n, "rows");

	if (kind && !strcmp(kind, "groups"))
		add_groups(c, n, scope.table, &rows);
	else if (kind && !strcmp(kind, "members"))
		add_members(c, n, scope, &rows);
	else
		add_leaves(scope.table, 0, scope.table->n_leaf, &rows);
	return rows;
}

/* What has no value stands last, upwards and downwards. */
static int compare_rows(const struct each_row *p, const struct each_row *q, int sign)
{
	bool p_is = p->key.figure.state == FIGURE_OK;
	bool q_is = q->key.figure.state == FIGURE_OK;
	int order = q_is - p_is;

	if (!order && p_is)
		order = sign * (p->folded ? label_compare(p->folded, q->folded) : ratio_compare(p->key.figure.x, q->key.figure.x));
	return order ? order : (p->position > q->position) - (p->position < q->position);
}

static int upwards(const void *p, const void *q)
{
	return compare_rows(p, q, 1);
}

static int downwards(const void *p, const void *q)
{
	return compare_rows(p, q, -1);
}

static void sort_rows(struct composer *c, const struct node *n, const struct table *table, struct each_rows *rows)
{
	bool down;
	const struct expr *expr = order_find(c, n, table, &down);

	for (size_t i = 0; expr && i < rows->n; i++) {
		struct each_row *row = &rows->row[i];
		struct evaluated e = scope_eval(c, expr, (struct scope){ table, row->row }, node_place(n, "order", 0));

		if (e.failed)
			return;
		row->key = e.value;
		if (e.value.type == EXPR_TEXT)
			row->folded = e.value.text ? utf8_fold(e.value.text, strlen(e.value.text), c->a) : "";
	}
	if (expr && rows->n)
		qsort(rows->row, rows->n, sizeof *rows->row, down ? downwards : upwards);
}

static void visit_each(
	struct composer *c, const struct node *n, struct scope scope, const struct visitor *v)
{
	struct each_rows rows = { 0 };
	size_t n_shown = 0;

	if (scope.table)
		rows = rows_of_each(c, n, scope);
	if (node_attribute(n, "order") && scope.table)
		sort_rows(c, n, scope.table, &rows);
	for (size_t i = 0; i < rows.n; i++) {
		struct scope row = { scope.table, rows.row[i].row };

		if (!compose_room(c, ROOM_NODE / 2, n->at))
			return;
		if (node_attribute(n, "where") && !is_true(c, n, "where", row))
			continue;
		if (n_shown++ && v->between)
			v->between(c, n, v->ctx);
		visit_children(c, n, row, v);
	}
}

/* ---- if, else, include ---- */

static const struct node *else_of(const struct node *n)
{
	const struct node *next = n->next;

	while (next && !next->name)
		next = next->next;
	return next && node_is(next, "else") ? next : NULL;
}

static void visit_if(
	struct composer *c, const struct node *n, struct scope scope, const struct visitor *v)
{
	const struct node *other = else_of(n);

	if (is_true(c, n, "test", scope))
		visit_children(c, n, scope, v);
	else if (other)
		visit_children(c, other, scope_enter(c, other, scope), v);
}

static void visit_include(
	struct composer *c, const struct node *n, struct scope scope, const struct visitor *v)
{
	const struct node *part = plan_part_find(c->plan, node_attribute(n, "part"));

	visit_children(c, part, scope_enter(c, part, scope), v);
}

void visit_children(
	struct composer *c, const struct node *parent, struct scope outer, const struct visitor *v)
{
	for (const struct node *n = parent->child; n; n = n->next) {
		struct scope scope = scope_enter(c, n, outer);

		if (!compose_room(c, ROOM_NODE, n->at))
			return;
		if (!n->name)
			v->visit(c, n, outer, v->ctx);
		else if (node_is(n, "each"))
			visit_each(c, n, scope, v);
		else if (node_is(n, "if"))
			visit_if(c, n, scope, v);
		else if (node_is(n, "include"))
			visit_include(c, n, scope, v);
		else if (node_is(n, "slot"))
			visit_children(c, plan_content(c->plan, n), scope_enter(c, plan_content(c->plan, n), scope), v);
		else if (!node_is(n, "else"))
			v->visit(c, n, scope, v->ctx);
	}
}
