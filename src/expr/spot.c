#include "expr/spot.h"

enum { RESOLVE_MAX = 64 }; /* names that stand for names */

struct span span_row(size_t row)
{
	return (struct span){ .first = row, .last = row };
}

struct formula_token span_token(struct span at, size_t column)
{
	return (struct formula_token){
		.kind = at.range ? FORMULA_RANGE : FORMULA_CELL,
		.row = (unsigned)at.first,
		.row_last = (unsigned)at.last,
		.column = (unsigned)column,
	};
}

static bool is_leaf(const struct formula_env *env, size_t row)
{
	for (size_t i = 0; i < env->n_leaf; i++)
		if (row >= env->leaf[i].first && row <= env->leaf[i].last)
			return true;
	return false;
}

static bool go_to_total(struct maker *m, struct spot *s)
{
	if (!m->env->has_total)
		m->failed = true;
	s->at = span_row(m->env->total);
	s->tree = s->tree->operand[0].tree;
	return true;
}

static bool go_to_key(struct maker *m, struct spot *s)
{
	const char *key = s->tree->operand[0].tree->text;
	size_t row = 0;

	if (!m->env->find_row || !m->env->find_row(m->env->ctx, key, &row))
		m->failed = true;
	s->at = span_row(row);
	s->tree = s->tree->operand[1].tree;
	return true;
}

/* A name that stands for an expression gives way to it. */
static bool go_to_expression(struct maker *m, struct spot *s)
{
	const struct formula_env *env = m->env;
	bool leaf = s->at.range || is_leaf(env, s->at.first);

	s->name = (struct formula_name){ .meaning = MEANS_NOTHING };
	env->name(env->ctx, s->tree->symbol, s->tree->view, &s->name);
	if (s->name.meaning == MEANS_NOTHING ||
		(s->name.meaning == MEANS_EXPRESSION && !s->name.expr)) {
		m->failed = true;
		return false;
	}
	if (s->name.meaning != MEANS_EXPRESSION)
		return false;
	s->name.summed = s->name.summed && !leaf;
	if (s->name.summed && s->at.first != env->total)
		m->failed = true; /* a group: its leaves are not known here */
	if (s->tree->view == VIEW_SHOWN)
		return false;
	s->summed = s->name.summed;
	s->tree = s->name.expr->root;
	return !s->summed;
}

struct spot spot_find(struct maker *m, const struct tree *t, struct span at)
{
	struct spot s = { .tree = t, .at = at };
	bool more = true;

	for (int i = 0; more && !m->failed; i++) {
		if (s.tree->kind == TREE_TOTAL || tree_is_total(s.tree))
			more = go_to_total(m, &s);
		else if (s.tree->kind == TREE_AT)
			more = go_to_key(m, &s);
		else
			more = s.tree->kind == TREE_NAME && go_to_expression(m, &s);
		if (i > RESOLVE_MAX)
			m->failed = true;
	}
	return s;
}
