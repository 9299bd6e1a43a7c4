#include "expr/spot.h"

#include <string.h>

/* What a factor is multiplied into: numerators before denominators. */
struct product {
	struct piece *factor[2]; /* [n_factor]: numerators, denominators */
	size_t n_factor[2];
	size_t cap[2];
	bool minus;
};

/* The number a factor is, if it is known by itself. */
static bool constant_of(const struct spot *s, struct ratio *x)
{
	if (s->tree->kind == TREE_NUMBER)
		*x = s->tree->number;
	else if (s->tree->kind == TREE_NAME && s->tree->view != VIEW_SHOWN &&
		s->name.meaning == MEANS_CONSTANT && s->tree->type == EXPR_NUMBER)
		*x = s->name.constant;
	else
		return false;
	return true;
}

static void add_factor(struct maker *m, struct product *p, bool inverse, struct piece factor)
{
	if (factor.minus && factor.level >= LEVEL_MULTIPLY) {
		p->minus = !p->minus;
		factor = piece_unsigned(&factor);
	}
	*ARENA_PUSH(&m->tmp, p->factor[inverse], p->n_factor[inverse], &p->cap[inverse]) = factor;
}

/* p/q without a decimal form becomes a numerator and a denominator. */
static void add_constant(struct maker *m, struct product *p, bool inverse, struct ratio x)
{
	if (!strchr(ratio_exact(x, &m->tmp), '/')) {
		add_factor(m, p, inverse, piece_number(m, x));
		return;
	}
	if (x.num != 1)
		add_factor(m, p, inverse, piece_number(m, ratio_whole(x.num)));
	add_factor(m, p, !inverse, piece_number(m, ratio_whole(x.den)));
}

/* inverse: a denominator of the whole product; checked: some denominator in it holds the factor. */
enum factor_flags { FACTOR_INVERSE = 1, FACTOR_CHECKED = 2 };

static void flatten(struct maker *m, struct spot s, unsigned flags, struct scope *scope,
	struct product *p)
{
	const struct tree *t = s.tree;
	struct piece factor;
	struct ratio x;

	if (m->failed)
		return;
	if (!s.summed && (t->kind == TREE_NEGATE || t->kind == TREE_MULTIPLY)) {
		if (m->depth++ > TREE_DEPTH_MAX)
			m->failed = true;
		p->minus = p->minus != (t->kind == TREE_NEGATE);
		for (size_t i = 0; i < t->n_operand && !m->failed; i++) {
			unsigned inner = flags;

			if (t->operand[i].inverse)
				inner = (flags ^ FACTOR_INVERSE) | FACTOR_CHECKED;
			flatten(m, spot_find(m, t->operand[i].tree, s.at), inner, scope, p);
		}
		m->depth--;
		return;
	}
	if (!s.summed && constant_of(&s, &x) && (x.num || !(flags & FACTOR_CHECKED))) {
		add_constant(m, p, flags & FACTOR_INVERSE, x);
		return;
	}
	factor = spot_value(m, s, scope);
	if (flags & FACTOR_CHECKED)
		scope_zero(m, scope, &factor);
	add_factor(m, p, flags & FACTOR_INVERSE, factor);
}

struct piece spot_product(struct maker *m, const struct spot *s, struct scope *scope)
{
	struct product all = { .minus = false };
	struct piece p = { .level = LEVEL_MULTIPLY };

	flatten(m, *s, 0, scope, &all);
	if (m->failed)
		return p;
	if (all.minus)
		piece_text(m, &p, "-");
	p.minus = all.minus;
	if (!all.n_factor[0])
		piece_text(m, &p, "1");
	for (size_t i = 0; i < all.n_factor[0]; i++) {
		if (i)
			piece_text(m, &p, "*");
		piece_add_level(m, &p, &all.factor[0][i], LEVEL_MULTIPLY);
	}
	for (size_t i = 0; i < all.n_factor[1]; i++) {
		piece_text(m, &p, "/");
		piece_add_level(m, &p, &all.factor[1][i], LEVEL_PRIMARY);
		p.divides = true;
	}
	if (all.n_factor[0] == 1 && !all.n_factor[1] && all.factor[0][0].level >= LEVEL_PRIMARY)
		p.level = all.minus ? LEVEL_NEGATE : LEVEL_PRIMARY;
	return p;
}
