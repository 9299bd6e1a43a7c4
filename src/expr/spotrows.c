#include "expr/spot.h"

static struct span leaf_span(const struct formula_env *env, size_t i)
{
	return (struct span){ true, env->leaf[i].first, env->leaf[i].last };
}

size_t rows_in(const struct row_range *leaf, size_t n_leaf)
{
	size_t n = 0;

	for (size_t i = 0; i < n_leaf; i++)
		n += leaf[i].last - leaf[i].first + 1;
	return n;
}

struct piece spot_column_sum(struct maker *m, size_t column, const struct row_range *range,
	size_t n_range, bool may_be_na, struct scope *scope)
{
	struct piece *all = ARENA_ARRAY(&m->tmp, n_range, struct piece);
	struct piece p;

	for (size_t i = 0; i < n_range; i++) {
		struct span at = { true, range[i].first, range[i].last };
		struct guarded g = { .na = may_be_na, .n_row = at.last - at.first + 1 };

		g.piece = piece_new();
		piece_token(m, &g.piece, span_token(at, column));
		scope_operand(m, scope, &g);
		all[i] = g.piece;
	}
	p = piece_call(m, "SUM", all, n_range);
	return p;
}

/* SUMPRODUCT over one range. False when a spreadsheet would not compute it row by row. */
static bool range_term(struct maker *m, const struct spot *s, bool count, struct scope *scope,
	struct piece *term)
{
	struct piece x = spot_value(m, *s, scope);
	struct piece argument = piece_new();
	bool truth = count && s->tree->kind != TREE_AND && s->tree->kind != TREE_NOT;

	if (m->failed || m->not_array || !x.ranged)
		return false;
	if (truth)
		piece_text(m, &argument, "--(");
	piece_add(m, &argument, &x);
	if (truth)
		piece_text(m, &argument, ")");
	*term = piece_call(m, "SUMPRODUCT", &argument, 1);
	term->ranged = false;
	return true;
}

static bool sum_ranges(struct maker *m, const struct tree *t, bool count, struct scope *scope,
	struct piece *p)
{
	struct scope inner = { .n_operand = 0 };
	bool not_array = m->not_array;
	bool ok = true;

	m->not_array = false;
	*p = (struct piece){ .level = m->env->n_leaf > 1 ? LEVEL_ADD : LEVEL_PRIMARY };
	for (size_t i = 0; i < m->env->n_leaf && ok; i++) {
		struct spot s = spot_find(m, t, leaf_span(m->env, i));
		struct piece term;

		ok = range_term(m, &s, count, &inner, &term);
		if (ok && i)
			piece_text(m, p, "+");
		if (ok)
			piece_add(m, p, &term);
	}
	m->not_array = not_array;
	if (ok)
		scope_merge(m, scope, &inner);
	return ok;
}

static struct piece row_term(struct maker *m, const struct tree *t, bool count, size_t row,
	struct scope *scope)
{
	struct piece x = spot_value(m, spot_find(m, t, span_row(row)), scope);

	if (!count)
		return x;
	return piece_if(m, x, piece_literal(m, "1"), piece_literal(m, "0"));
}

static struct piece sum_row_by_row(struct maker *m, const struct tree *t, bool count,
	struct scope *scope)
{
	const struct row_range *leaf = m->env->leaf;
	struct piece p = { .level = LEVEL_ADD };

	if (rows_in(leaf, m->env->n_leaf) > FORMULA_ROWS_MAX)
		m->failed = true;
	for (size_t i = 0; i < m->env->n_leaf && !m->failed; i++)
		for (size_t row = leaf[i].first; row <= leaf[i].last && !m->failed; row++) {
			struct piece term = row_term(m, t, count, row, scope);

			if (p.n_token) {
				piece_add_term(m, &p, term, false);
			} else {
				piece_add_level(m, &p, &term, LEVEL_ADD);
				p.minus = term.minus;
			}
		}
	return p;
}

struct piece spot_over_rows(struct maker *m, const struct tree *t, bool count,
	struct scope *scope)
{
	const struct formula_env *env = m->env;
	struct spot s;
	struct piece p;

	if (m->depth > TREE_DEPTH_MAX)
		m->failed = true;
	if (m->failed || !rows_in(env->leaf, env->n_leaf))
		return piece_literal(m, "0");
	m->depth++;
	s = spot_find(m, t, leaf_span(env, 0));
	if (!m->failed && !count && s.at.range && s.tree->kind == TREE_NAME &&
		s.name.meaning == MEANS_CELL && s.tree->view != VIEW_SHOWN)
		p = spot_column_sum(m, s.name.column, env->leaf, env->n_leaf, s.name.may_be_na, scope);
	else if (!sum_ranges(m, t, count, scope, &p) && !m->failed)
		p = sum_row_by_row(m, t, count, scope);
	m->depth--;
	return p;
}
