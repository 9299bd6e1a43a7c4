#include "expr/spot.h"

enum { STEPS_MAX = 20000 }; /* of one formula */

static struct piece value(struct maker *m, const struct tree *t, struct span at,
	struct scope *scope)
{
	return spot_value(m, spot_find(m, t, at), scope);
}

/* ---- cells and names ---- */

static struct piece cell_value(struct maker *m, const struct spot *s, struct scope *scope)
{
	struct guarded g = {
		.piece = piece_new(),
		.text = s->tree->type == EXPR_TEXT,
		.na = s->name.may_be_na,
		.n_row = s->at.range ? s->at.last - s->at.first + 1 : 0,
	};

	if (s->tree->type == EXPR_TRUTH)
		m->failed = true; /* how it is printed is not known */
	piece_token(m, &g.piece, span_token(s->at, s->name.column));
	g.piece.ranged = s->at.range;
	scope_operand(m, scope, &g);
	return g.piece;
}

static struct piece shown_value(struct maker *m, const struct spot *s, struct scope *scope)
{
	struct piece p;

	if (s->name.meaning == MEANS_CELL)
		p = cell_value(m, s, scope);
	else if (s->name.meaning == MEANS_CONSTANT)
		p = piece_number(m, s->name.constant);
	else if (s->name.summed)
		p = spot_over_rows(m, s->name.expr->root, false, scope);
	else
		p = value(m, s->name.expr->root, s->at, scope);
	if (s->at.range && s->name.rounding == ROUND_HALF_EVEN)
		m->not_array = true; /* holds an IF */
	return piece_rounded(m, &p, s->name.decimals, s->name.rounding);
}

static struct piece name_value(struct maker *m, const struct spot *s, struct scope *scope)
{
	if (s->tree->view == VIEW_SHOWN)
		return shown_value(m, s, scope);
	if (s->name.meaning == MEANS_CELL)
		return cell_value(m, s, scope);
	if (s->tree->type != EXPR_NUMBER)
		m->failed = true;
	return piece_number(m, s->name.constant);
}

/* ---- operators and functions ---- */

static struct piece sum_value(struct maker *m, const struct spot *s, struct scope *scope)
{
	const struct tree *t = s->tree;
	struct piece p = { .level = LEVEL_ADD };

	for (size_t i = 0; i < t->n_operand && !m->failed; i++) {
		struct piece term = value(m, t->operand[i].tree, s->at, scope);

		if (i) {
			piece_add_term(m, &p, term, t->operand[i].inverse);
		} else {
			piece_add_level(m, &p, &term, LEVEL_ADD);
			p.minus = term.minus;
		}
	}
	return p;
}

static const char *sign_of(enum lex_kind compare)
{
	if (compare == LEX_EQUAL)
		return "=";
	if (compare == LEX_UNEQUAL)
		return "<>";
	if (compare == LEX_LESS)
		return "<";
	if (compare == LEX_LESS_EQUAL)
		return "<=";
	return compare == LEX_GREATER ? ">" : ">=";
}

/* The opposite of a condition. NOT would make one value of a range. */
static struct piece opposite(struct maker *m, const struct piece *condition, bool range)
{
	struct piece p = { .level = LEVEL_ADD };

	if (!range)
		return piece_call(m, "NOT", condition, 1);
	piece_text(m, &p, "1-");
	piece_add_level(m, &p, condition, LEVEL_MULTIPLY);
	return p;
}

static struct piece comparison_value(struct maker *m, const struct spot *s, struct scope *scope)
{
	const struct tree *t = s->tree;
	struct piece side[2];
	struct piece p;

	for (size_t i = 0; i < 2; i++)
		side[i] = value(m, t->operand[i].tree, s->at, scope);
	if (t->operand[0].tree->type != EXPR_TEXT)
		return piece_compared(m, &side[0], sign_of(t->compare), &side[1]);
	p = piece_call(m, "EXACT", side, 2); /* = would take A and a for the same */
	return t->compare == LEX_EQUAL ? p : opposite(m, &p, s->at.range);
}

/* and, or of each row of a range: AND and OR would make one value of it. */
static struct piece joined_range(struct maker *m, const struct piece *all, size_t n, bool both)
{
	struct piece p = { .level = both ? LEVEL_MULTIPLY : LEVEL_COMPARE };

	for (size_t i = 0; i < n; i++) {
		if (i)
			piece_text(m, &p, both ? "*" : "+");
		piece_add_level(m, &p, &all[i], both ? LEVEL_MULTIPLY : LEVEL_ADD);
	}
	if (!both)
		piece_text(m, &p, ">0");
	return p;
}

/* NAME(a, b, ...) of all operands. */
static struct piece operands_value(struct maker *m, const struct spot *s, const char *function,
	struct scope *scope)
{
	const struct tree *t = s->tree;
	struct piece *all = ARENA_ARRAY(&m->tmp, t->n_operand, struct piece);
	bool both = t->kind == TREE_AND;

	for (size_t i = 0; i < t->n_operand && !m->failed; i++)
		all[i] = value(m, t->operand[i].tree, s->at, scope);
	if (s->at.range && (both || t->kind == TREE_OR))
		return joined_range(m, all, t->n_operand, both);
	if (s->at.range && t->kind != TREE_ABS)
		m->not_array = true;
	return piece_call(m, function, all, t->n_operand);
}

/* if() inside a larger expression has its own guards, and is asked for its state like a cell. */
static struct piece if_value(struct maker *m, const struct spot *s, struct scope *scope)
{
	struct guarded g = { .piece = piece_new() };

	if (s->at.range)
		m->not_array = true;
	if (s->tree->type != EXPR_NUMBER)
		m->failed = true; /* "" and "-" could be a value */
	g.piece = spot_full(m, s->tree, s->at, NULL);
	g.na = g.piece.na;
	scope_operand(m, scope, &g);
	return g.piece;
}

static struct piece one_value(struct maker *m, const struct spot *s, struct scope *scope)
{
	const struct tree *t = s->tree;
	struct piece p = value(m, t->operand[0].tree, s->at, scope);

	if (t->kind == TREE_ROUND)
		return piece_rounded(m, &p, t->decimals, ROUND_HALF_UP);
	if (t->kind == TREE_CEIL)
		return piece_ceiled(m, &p);
	return opposite(m, &p, s->at.range);
}

static struct piece kind_value(struct maker *m, const struct spot *s, struct scope *scope)
{
	const struct tree *t = s->tree;

	switch (t->kind) {
	case TREE_NUMBER:
		return piece_number(m, t->number);
	case TREE_TEXT:
		return piece_quoted(m, t->text);
	case TREE_NAME:
		return name_value(m, s, scope);
	case TREE_NEGATE:
	case TREE_MULTIPLY:
		return spot_product(m, s, scope);
	case TREE_ADD:
		return sum_value(m, s, scope);
	case TREE_COMPARE:
		return comparison_value(m, s, scope);
	case TREE_AND:
		return operands_value(m, s, "AND", scope);
	case TREE_OR:
		return operands_value(m, s, "OR", scope);
	case TREE_MIN:
		return operands_value(m, s, "MIN", scope);
	case TREE_MAX:
		return operands_value(m, s, "MAX", scope);
	case TREE_ABS:
		return operands_value(m, s, "ABS", scope);
	case TREE_NOT:
	case TREE_ROUND:
	case TREE_CEIL:
		return one_value(m, s, scope);
	case TREE_IF:
		return if_value(m, s, scope);
	case TREE_SUM:
	case TREE_COUNT:
		return spot_over_rows(m, t->operand[0].tree, t->kind == TREE_COUNT, scope);
	case TREE_KNOWN: /* a cell that is blank, or has a mark, is not told from one that will be filled in */
	case TREE_TOTAL: /* the rest is resolved before */
	case TREE_AT:
	case TREE_UNKNOWN:
		break;
	}
	m->failed = true;
	return piece_new();
}

struct piece spot_value(struct maker *m, struct spot s, struct scope *scope)
{
	struct piece p;

	if (m->failed || m->depth > TREE_DEPTH_MAX || m->n_step++ > STEPS_MAX) {
		m->failed = true;
		return piece_new();
	}
	m->depth++;
	if (s.summed)
		p = spot_over_rows(m, s.tree, false, scope);
	else
		p = kind_value(m, &s, scope);
	m->depth--;
	return p;
}

/* ---- with guards ---- */

static struct piece full_if(struct maker *m, const struct spot *s, const struct shown *shown)
{
	struct scope scope = { .n_operand = 0 };
	struct piece condition = value(m, s->tree->operand[0].tree, s->at, &scope);
	struct piece p = piece_if(m, condition, spot_full(m, s->tree->operand[1].tree, s->at, shown),
		spot_full(m, s->tree->operand[2].tree, s->at, shown));

	return scope_guard(m, &scope, &p);
}

struct piece spot_full(struct maker *m, const struct tree *t, struct span at,
	const struct shown *shown)
{
	struct spot s = spot_find(m, t, at);
	struct scope scope = { .n_operand = 0 };
	struct piece p;

	if (m->failed || m->depth > TREE_DEPTH_MAX) {
		m->failed = true;
		return piece_new();
	}
	m->depth++;
	if (s.tree->kind == TREE_IF && !s.summed) {
		p = full_if(m, &s, shown);
	} else {
		p = spot_value(m, s, &scope);
		if (shown && shown->rounds && s.tree->type == EXPR_NUMBER)
			p = piece_rounded(m, &p, shown->decimals, shown->how);
		p = scope_guard(m, &scope, &p);
	}
	m->depth--;
	return p;
}
