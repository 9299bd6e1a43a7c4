#include "expr/tree.h"

#include <string.h>

struct run {
	const struct expr *expr;
	const struct expr_env *env;
	struct arena *arena;
	struct diags *diags;
};

static bool eval(const struct run *, const struct tree *, size_t row, struct value *);

/* Nothing is left of a value that is not ok but its state and places. */
static void settle(struct value *v)
{
	if (v->figure.state == FIGURE_OK)
		return;
	v->figure.x = ratio_whole(0);
	v->text = NULL;
	v->truth = false;
}

static bool eval_name(const struct run *r, const struct tree *t, size_t row, struct value *v)
{
	*v = (struct value){ .type = t->type, .figure = figure_missing() };
	if (!r->env->lookup(r->env->ctx, t->symbol, t->view, row, v, r->diags))
		return false;
	v->type = t->type;
	if (t->type == EXPR_TEXT && !v->text)
		v->text = "";
	settle(v);
	return true;
}

static bool add(const struct run *r, const struct operand *o, struct ratio more, struct ratio *x)
{
	if (o->inverse)
		return ratio_sub(*x, more, r->expr->at, x, r->diags);
	return ratio_add(*x, more, r->expr->at, x, r->diags);
}

static bool multiply(const struct run *r, const struct operand *o, struct ratio more,
	struct value *v)
{
	struct ratio *x = &v->figure.x;

	if (!o->inverse)
		return ratio_mul(*x, more, r->expr->at, x, r->diags);
	if (more.num)
		return ratio_div(*x, more, r->expr->at, x, r->diags);
	v->figure.state = FIGURE_NOT_APPLICABLE;
	return true;
}

static void pick(const struct tree *t, struct ratio more, struct ratio *x)
{
	int c = ratio_compare(more, *x);

	if (t->kind == TREE_MIN ? c < 0 : c > 0)
		*x = more;
}

/* One more operand of a chain, whose operands are all ok so far. */
static bool apply(const struct run *r, const struct tree *t, const struct operand *o,
	const struct value *more, struct value *v)
{
	switch (t->kind) {
	case TREE_ADD:
		return add(r, o, more->figure.x, &v->figure.x);
	case TREE_MULTIPLY:
		return multiply(r, o, more->figure.x, v);
	case TREE_AND:
		v->truth = v->truth && more->truth;
		return true;
	case TREE_OR:
		v->truth = v->truth || more->truth;
		return true;
	case TREE_MIN:
	case TREE_MAX:
		pick(t, more->figure.x, &v->figure.x);
		return true;
	case TREE_NUMBER:
	case TREE_TEXT:
	case TREE_NAME:
	case TREE_NEGATE:
	case TREE_COMPARE:
	case TREE_NOT:
	case TREE_IF:
	case TREE_ROUND:
	case TREE_ABS:
	case TREE_CEIL:
	case TREE_KNOWN:
	case TREE_SUM:
	case TREE_COUNT:
	case TREE_TOTAL:
	case TREE_AT:
	case TREE_UNKNOWN:
		break;
	}
	return true;
}

enum { FEW_OPERANDS = 4 };

/* + - * / and or min max: every operand is looked at. */
static bool eval_chain(const struct run *r, const struct tree *t, size_t row, struct value *v)
{
	struct figure few[FEW_OPERANDS];
	struct figure *all = few;

	if (t->n_operand > FEW_OPERANDS)
		all = ARENA_ARRAY(r->arena, t->n_operand, struct figure);
	if (!eval(r, t->operand[0].tree, row, v))
		return false;
	all[0] = v->figure;
	for (size_t i = 1; i < t->n_operand; i++) {
		struct value more;

		if (!eval(r, t->operand[i].tree, row, &more))
			return false;
		all[i] = more.figure;
		v->figure.state = figure_joint_state(v->figure.state, more.figure.state);
		if (v->figure.state == FIGURE_OK && !apply(r, t, &t->operand[i], &more, v))
			return false;
	}
	figure_join(&v->figure, all, t->n_operand, r->arena);
	settle(v);
	return true;
}

static bool holds(enum lex_kind compare, int c)
{
	if (compare == LEX_EQUAL)
		return c == 0;
	if (compare == LEX_UNEQUAL)
		return c != 0;
	if (compare == LEX_LESS)
		return c < 0;
	if (compare == LEX_LESS_EQUAL)
		return c <= 0;
	return compare == LEX_GREATER ? c > 0 : c >= 0;
}

static bool eval_comparison(const struct run *r, const struct tree *t, size_t row, struct value *v)
{
	struct figure both[2];
	struct value right;
	int c;

	if (!eval(r, t->operand[0].tree, row, v) || !eval(r, t->operand[1].tree, row, &right))
		return false;
	both[0] = v->figure;
	both[1] = right.figure;
	figure_join(&v->figure, both, 2, r->arena);
	if (v->figure.state == FIGURE_OK) {
		c = v->type == EXPR_TEXT ? strcmp(v->text, right.text)
					 : ratio_compare(v->figure.x, right.figure.x);
		v->truth = holds(t->compare, c);
	}
	v->type = EXPR_TRUTH;
	v->text = NULL;
	v->figure.x = ratio_whole(0);
	settle(v);
	return true;
}

static bool eval_if(const struct run *r, const struct tree *t, size_t row, struct value *v)
{
	struct value condition;

	if (!eval(r, t->operand[0].tree, row, &condition))
		return false;
	if (condition.figure.state != FIGURE_OK) {
		*v = condition;
		v->type = t->type;
		settle(v);
		return true;
	}
	if (!eval(r, t->operand[condition.truth ? 1 : 2].tree, row, v))
		return false;
	figure_add_places(&v->figure, &condition.figure, r->arena);
	return true;
}

static bool ceil_of(struct ratio x, const struct run *r, struct ratio *whole)
{
	if (!ratio_round(x, 0, ROUND_TRUNCATE, r->expr->at, whole, r->diags))
		return false;
	return ratio_compare(x, *whole) <= 0 || ratio_add(*whole, ratio_whole(1), r->expr->at, whole, r->diags);
}

static bool eval_one(const struct run *r, const struct tree *t, size_t row, struct value *v)
{
	struct ratio *x = &v->figure.x;

	if (!eval(r, t->operand[0].tree, row, v))
		return false;
	if (v->figure.state != FIGURE_OK)
		return true;
	if (t->kind == TREE_NOT)
		v->truth = !v->truth;
	else if (t->kind == TREE_ROUND)
		return ratio_round(*x, t->decimals, ROUND_HALF_UP, r->expr->at, x, r->diags);
	else if (t->kind == TREE_CEIL)
		return ceil_of(*x, r, x);
	else if (t->kind == TREE_NEGATE || x->num < 0)
		x->num = -x->num;
	return true;
}

/* Whether there is a figure: that is known, also of one that is missing. */
static bool eval_known(const struct run *r, const struct tree *t, size_t row, struct value *v)
{
	struct value x;

	if (!eval(r, t->operand[0].tree, row, &x))
		return false;
	*v = (struct value){ .type = EXPR_TRUTH, .figure = figure_of(ratio_whole(0)) };
	v->truth = x.figure.state == FIGURE_OK;
	figure_add_places(&v->figure, &x.figure, r->arena);
	return true;
}

/* sum and count over the leaves; all[n_leaf] is for their figures. */
static bool eval_leaves(const struct run *r, const struct tree *t, struct figure *all,
	struct value *v)
{
	for (size_t i = 0; i < r->env->n_leaf; i++) {
		struct ratio *x = &v->figure.x;
		struct value more;

		if (!eval(r, t->operand[0].tree, r->env->leaf[i], &more))
			return false;
		all[i] = more.figure;
		v->figure.state = figure_joint_state(v->figure.state, more.figure.state);
		if (v->figure.state != FIGURE_OK)
			continue;
		if (t->kind == TREE_COUNT)
			more.figure.x = ratio_whole(more.truth);
		if (!ratio_add(*x, more.figure.x, r->expr->at, x, r->diags))
			return false;
	}
	return true;
}

/* The places of operands may lie in memory that is about to go. */
static void keep_places(struct figure *f, struct arena *a)
{
	if (f->is_joint)
		*f = figure_listed(*f, a);
	else if (f->n_from)
		f->from = memcpy(ARENA_ARRAY(a, f->n_from, struct origin), f->from, f->n_from * sizeof *f->from);
}

static bool sum_rows(const struct run *r, const struct tree *t, struct value *v)
{
	struct arena tmp = { .left = 0 };
	struct run inner = { r->expr, r->env, &tmp, r->diags };
	struct figure *all = ARENA_ARRAY(&tmp, r->env->n_leaf, struct figure);
	bool ok;

	*v = (struct value){ .type = EXPR_NUMBER, .figure = figure_of(ratio_whole(0)) };
	ok = eval_leaves(&inner, t, all, v);
	if (ok) {
		figure_join(&v->figure, all, r->env->n_leaf, r->arena);
		keep_places(&v->figure, r->arena);
	}
	arena_clear(&tmp);
	settle(v);
	return ok;
}

static bool eval_rows(const struct run *r, const struct tree *t, struct value *v)
{
	struct known *known = t->known;

	if (tree_is_total(t))
		return eval(r, t->operand[0].tree, r->env->total, v);
	if (!r->env->same)
		return sum_rows(r, t, v);
	if (known->same != r->env->same) {
		known->failed = !sum_rows(r, t, &known->value);
		known->same = r->env->same;
	}
	*v = known->value;
	return !known->failed;
}

static bool eval_at(const struct run *r, const struct tree *t, struct value *v)
{
	const char *key = t->operand[0].tree->text;
	size_t row;

	if (!r->env->find_row || !r->env->find_row(r->env->ctx, key, &row))
		return diag_error(r->diags, t->at, "key", "no single row has the key or label `%s`",
			key);
	return eval(r, t->operand[1].tree, row, v);
}

static bool eval(const struct run *r, const struct tree *t, size_t row, struct value *v)
{
	switch (t->kind) {
	case TREE_NUMBER:
		*v = (struct value){ .type = EXPR_NUMBER, .figure = figure_of(t->number) };
		return true;
	case TREE_TEXT:
		*v = (struct value){ .type = EXPR_TEXT, .figure = figure_of(ratio_whole(0)) };
		v->text = t->text;
		return true;
	case TREE_NAME:
		return eval_name(r, t, row, v);
	case TREE_ADD:
	case TREE_MULTIPLY:
	case TREE_AND:
	case TREE_OR:
	case TREE_MIN:
	case TREE_MAX:
		return eval_chain(r, t, row, v);
	case TREE_COMPARE:
		return eval_comparison(r, t, row, v);
	case TREE_NEGATE:
	case TREE_NOT:
	case TREE_ROUND:
	case TREE_ABS:
	case TREE_CEIL:
		return eval_one(r, t, row, v);
	case TREE_KNOWN:
		return eval_known(r, t, row, v);
	case TREE_IF:
		return eval_if(r, t, row, v);
	case TREE_SUM:
	case TREE_COUNT:
		return eval_rows(r, t, v);
	case TREE_TOTAL:
		return eval(r, t->operand[0].tree, r->env->total, v);
	case TREE_AT:
		return eval_at(r, t, v);
	case TREE_UNKNOWN:
		break;
	}
	return false;
}

bool expr_eval(const struct expr *e, const struct expr_env *env, size_t row, struct value *v,
	struct arena *arena, struct diags *d)
{
	struct run r = { e, env, arena, d };

	return eval(&r, e->root, row, v);
}

/* The row that total() and at() go to; *t is what is in them. */
static bool go_to_row(const struct expr_env *env, const struct tree **t, size_t *row)
{
	if ((*t)->kind == TREE_TOTAL) {
		*row = env->total;
		*t = (*t)->operand[0].tree;
	} else if ((*t)->kind == TREE_AT) {
		if (!env->find_row || !env->find_row(env->ctx, (*t)->operand[0].tree->text, row))
			return false;
		*t = (*t)->operand[1].tree;
	}
	return true;
}

bool expr_lone_row(const struct expr *e, const struct expr_env *env, size_t *row)
{
	const struct tree *t = e->root;

	return go_to_row(env, &t, row);
}

/* Of two numbers. */
static bool both_operands(const struct run *r, const struct tree *t, size_t row, struct figure *left, struct figure *right)
{
	struct value both[2];

	for (size_t i = 0; i < 2; i++)
		if (!eval(r, t->operand[i].tree, row, &both[i]) || both[i].type != EXPR_NUMBER)
			return false;
	*left = both[0].figure;
	*right = both[1].figure;
	return true;
}

bool expr_difference(const struct expr *e, const struct expr_env *env, size_t row, struct figure *left, struct figure *right,
	struct arena *arena)
{
	struct diags scratch = { .quiet = true };
	struct run r = { e, env, arena, &scratch };
	const struct tree *t = e->root;

	return go_to_row(env, &t, &row) && t->kind == TREE_ADD && t->n_operand == 2 && t->operand[1].inverse
	       && both_operands(&r, t, row, left, right);
}

bool expr_comparison(const struct expr *e, const struct expr_env *env, size_t row, struct figure *left, struct figure *right,
	struct arena *arena)
{
	struct diags scratch = { .quiet = true };
	struct run r = { e, env, arena, &scratch };

	return e->root->kind == TREE_COMPARE && both_operands(&r, e->root, row, left, right);
}
