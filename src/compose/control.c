/* each, if, else and include: what stands in a plan, how often. */
#include "compose/composer.h"

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

static void visit_each(
	struct composer *c, const struct node *n, struct scope scope, const struct visitor *v)
{
	const struct table *table = scope.table;
	size_t n_shown = 0;

	for (size_t i = 0; table && i < table->n_leaf; i++) {
		struct scope row = { table, table->leaf[i] };

		if (!compose_room(c, ROOM_NODE / 2, n->at))
			return;
		if (node_attribute(n, "where") && !is_true(c, n, "where", row))
			continue;
		if (n_shown++ && v->between)
			v->between(c, n, v->ctx);
		visit_children(c, n, row, v);
	}
}

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
		else if (!node_is(n, "else"))
			v->visit(c, n, scope, v->ctx);
	}
}
