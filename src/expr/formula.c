#include "expr/formula.h"

#include "base/buf.h"
#include "expr/piece.h"
#include "expr/tree.h"

#include <string.h>

enum {
	RESOLVE_MAX = 64,  /* names that stand for names */
	TREE_DEPTH_MAX = 300,
	STEPS_MAX = 20000, /* of one formula */
};

/* Where a tree is computed: in one row, or in each row of a range at once. */
struct span {
	bool range;
	size_t first;
	size_t last;
};

/* What a tree comes down to: names that stand for expressions, total() and at() are gone. */
struct spot {
	const struct tree *tree;
	struct span at;
	struct formula_name name; /* TREE_NAME */
	bool summed;		  /* the sum of tree over the leaves */
};

/* What a factor is multiplied into: numerators before denominators. */
struct product {
	struct piece *factor[2]; /* [n_factor]: numerators, denominators */
	size_t n_factor[2];
	size_t cap[2];
	bool minus;
};

struct shown {
	bool rounds;
	int decimals;
	enum rounding how;
};

static struct piece value_of(struct maker *, struct spot, struct scope *);
static struct piece full(struct maker *, const struct tree *, struct span, const struct shown *);
static struct piece over_rows(struct maker *, const struct tree *, bool count, struct scope *);

static struct span row_span(size_t row)
{
	return (struct span){ .first = row, .last = row };
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
	s->at = row_span(m->env->total);
	s->tree = s->tree->operand[0].tree;
	return true;
}

static bool go_to_key(struct maker *m, struct spot *s)
{
	const char *key = s->tree->operand[0].tree->text;
	size_t row = 0;

	if (!m->env->find_row || !m->env->find_row(m->env->ctx, key, &row))
		m->failed = true;
	s->at = row_span(row);
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

static struct spot resolve(struct maker *m, const struct tree *t, struct span at)
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

static struct piece value(struct maker *m, const struct tree *t, struct span at,
	struct scope *scope)
{
	return value_of(m, resolve(m, t, at), scope);
}

static struct formula_token reference(struct span at, size_t column)
{
	return (struct formula_token){
		.kind = at.range ? FORMULA_RANGE : FORMULA_CELL,
		.row = (unsigned)at.first,
		.row_last = (unsigned)at.last,
		.column = (unsigned)column,
	};
}

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
	piece_token(m, &g.piece, reference(s->at, s->name.column));
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
		p = over_rows(m, s->name.expr->root, false, scope);
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
			flatten(m, resolve(m, t->operand[i].tree, s.at), inner, scope, p);
		}
		m->depth--;
		return;
	}
	if (!s.summed && constant_of(&s, &x) && (x.num || !(flags & FACTOR_CHECKED))) {
		add_constant(m, p, flags & FACTOR_INVERSE, x);
		return;
	}
	factor = value_of(m, s, scope);
	if (flags & FACTOR_CHECKED)
		scope_zero(m, scope, &factor);
	add_factor(m, p, flags & FACTOR_INVERSE, factor);
}

static struct piece product_value(struct maker *m, const struct spot *s, struct scope *scope)
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

/* One more term; the sign it begins with goes into the operator. */
static void add_term(struct maker *m, struct piece *p, struct piece term, bool inverse)
{
	if (term.minus && term.level >= LEVEL_MULTIPLY) {
		inverse = !inverse;
		term = piece_unsigned(&term);
	}
	p->subtracts = p->subtracts || inverse;
	piece_text(m, p, inverse ? "-" : "+");
	piece_add_level(m, p, &term, inverse || term.minus ? LEVEL_MULTIPLY : LEVEL_ADD);
}

static struct piece sum_value(struct maker *m, const struct spot *s, struct scope *scope)
{
	const struct tree *t = s->tree;
	struct piece p = { .level = LEVEL_ADD };

	for (size_t i = 0; i < t->n_operand && !m->failed; i++) {
		struct piece term = value(m, t->operand[i].tree, s->at, scope);

		if (i) {
			add_term(m, &p, term, t->operand[i].inverse);
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
	g.piece = full(m, s->tree, s->at, NULL);
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
		return product_value(m, s, scope);
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
		return over_rows(m, t->operand[0].tree, t->kind == TREE_COUNT, scope);
	case TREE_KNOWN: /* a cell that is blank, or has a mark, is not told from one that will be filled in */
	case TREE_TOTAL: /* the rest is resolved before */
	case TREE_AT:
	case TREE_UNKNOWN:
		break;
	}
	m->failed = true;
	return piece_new();
}

static struct piece value_of(struct maker *m, struct spot s, struct scope *scope)
{
	struct piece p;

	if (m->failed || m->depth > TREE_DEPTH_MAX || m->n_step++ > STEPS_MAX) {
		m->failed = true;
		return piece_new();
	}
	m->depth++;
	if (s.summed)
		p = over_rows(m, s.tree, false, scope);
	else
		p = kind_value(m, &s, scope);
	m->depth--;
	return p;
}

static struct span leaf_span(const struct formula_env *env, size_t i)
{
	return (struct span){ true, env->leaf[i].first, env->leaf[i].last };
}

static size_t count_leaves(const struct row_range *leaf, size_t n_leaf)
{
	size_t n = 0;

	for (size_t i = 0; i < n_leaf; i++)
		n += leaf[i].last - leaf[i].first + 1;
	return n;
}

/* SUM of a column, whose ranges become operands of the scope. */
static struct piece column_sum(struct maker *m, size_t column, const struct row_range *range,
	size_t n_range, bool may_be_na, struct scope *scope)
{
	struct piece *all = ARENA_ARRAY(&m->tmp, n_range, struct piece);
	struct piece p;

	for (size_t i = 0; i < n_range; i++) {
		struct span at = { true, range[i].first, range[i].last };
		struct guarded g = { .na = may_be_na, .n_row = at.last - at.first + 1 };

		g.piece = piece_new();
		piece_token(m, &g.piece, reference(at, column));
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
	struct piece x = value_of(m, *s, scope);
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
		struct spot s = resolve(m, t, leaf_span(m->env, i));
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
	struct piece x = value(m, t, row_span(row), scope);

	if (!count)
		return x;
	return piece_if(m, x, piece_literal(m, "1"), piece_literal(m, "0"));
}

static struct piece sum_row_by_row(struct maker *m, const struct tree *t, bool count,
	struct scope *scope)
{
	const struct row_range *leaf = m->env->leaf;
	struct piece p = { .level = LEVEL_ADD };

	if (count_leaves(leaf, m->env->n_leaf) > FORMULA_ROWS_MAX)
		m->failed = true;
	for (size_t i = 0; i < m->env->n_leaf && !m->failed; i++)
		for (size_t row = leaf[i].first; row <= leaf[i].last && !m->failed; row++) {
			struct piece term = row_term(m, t, count, row, scope);

			if (p.n_token) {
				add_term(m, &p, term, false);
			} else {
				piece_add_level(m, &p, &term, LEVEL_ADD);
				p.minus = term.minus;
			}
		}
	return p;
}

/* The sum of t, or the count of rows where it holds, over the leaves. */
static struct piece over_rows(struct maker *m, const struct tree *t, bool count,
	struct scope *scope)
{
	const struct formula_env *env = m->env;
	struct spot s;
	struct piece p;

	if (m->depth > TREE_DEPTH_MAX)
		m->failed = true;
	if (m->failed || !count_leaves(env->leaf, env->n_leaf))
		return piece_literal(m, "0");
	m->depth++;
	s = resolve(m, t, leaf_span(env, 0));
	if (!m->failed && !count && s.at.range && s.tree->kind == TREE_NAME &&
		s.name.meaning == MEANS_CELL && s.tree->view != VIEW_SHOWN)
		p = column_sum(m, s.name.column, env->leaf, env->n_leaf, s.name.may_be_na, scope);
	else if (!sum_ranges(m, t, count, scope, &p) && !m->failed)
		p = sum_row_by_row(m, t, count, scope);
	m->depth--;
	return p;
}

static struct piece full_if(struct maker *m, const struct spot *s, const struct shown *shown)
{
	struct scope scope = { .n_operand = 0 };
	struct piece condition = value(m, s->tree->operand[0].tree, s->at, &scope);
	struct piece p = piece_if(m, condition, full(m, s->tree->operand[1].tree, s->at, shown),
		full(m, s->tree->operand[2].tree, s->at, shown));

	return scope_guard(m, &scope, &p);
}

/* An expression with all its guards: a number, a text, "" or "-". */
static struct piece full(struct maker *m, const struct tree *t, struct span at,
	const struct shown *shown)
{
	struct spot s = resolve(m, t, at);
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
		p = value_of(m, s, &scope);
		if (shown && shown->rounds && s.tree->type == EXPR_NUMBER)
			p = piece_rounded(m, &p, shown->decimals, shown->how);
		p = scope_guard(m, &scope, &p);
	}
	m->depth--;
	return p;
}

/* Texts that follow each other become one. */
static struct formula finish(struct maker *m, const struct piece *p, struct arena *arena)
{
	size_t n_token = m->failed ? 0 : p->n_token;
	struct formula_token *token = p->token;
	struct formula made = { .n_token = 0 };
	struct buf text = { .n = 0 };
	size_t n = 0;

	for (size_t i = 0; i < n_token; i++) {
		struct formula_token next = p->token[i];

		if (next.kind == FORMULA_TEXT) {
			buf_puts(&text, next.text);
			if (i + 1 < n_token && p->token[i + 1].kind == FORMULA_TEXT)
				continue;
			next.text = arena_slice(arena, text.text, text.n);
			text.n = 0;
		}
		token[n++] = next;
	}
	if (n) {
		made.token = memcpy(ARENA_ARRAY(arena, n, struct formula_token), token, n * sizeof *token);
		made.n_token = n;
	}
	buf_clear(&text);
	arena_clear(&m->tmp);
	return made;
}

struct formula formula_rounded(const struct expr *e, const struct formula_env *env, size_t row,
	int decimals, enum rounding how, struct arena *arena)
{
	struct maker m = { .env = env };
	struct shown shown = { true, decimals, how };
	struct piece p = full(&m, e->root, row_span(row), &shown);

	return finish(&m, &p, arena);
}

struct formula formula_of(const struct expr *e, const struct formula_env *env, size_t row,
	struct arena *arena)
{
	struct maker m = { .env = env };
	struct piece p = full(&m, e->root, row_span(row), NULL);

	return finish(&m, &p, arena);
}

/* With tokens of one kind made the other. */
static struct formula with_cells(struct formula f, enum formula_kind from, enum formula_kind to, size_t row, struct arena *a)
{
	struct formula_token *token = ARENA_ARRAY(a, f.n_token, struct formula_token);

	for (size_t i = 0; i < f.n_token; i++) {
		token[i] = f.token[i];
		if (token[i].kind != from)
			continue;
		token[i].kind = to;
		token[i].row = (unsigned)row;
	}
	return (struct formula){ token, f.n_token };
}

bool formula_shared(struct formula f, size_t row, struct arena *arena, struct formula *shared)
{
	for (size_t i = 0; i < f.n_token; i++)
		if (f.token[i].kind == FORMULA_RANGE || f.token[i].kind == FORMULA_FIXED || f.token[i].kind == FORMULA_ELSEWHERE || (f.token[i].kind == FORMULA_CELL && f.token[i].row != row))
			return false;
	*shared = with_cells(f, FORMULA_CELL, FORMULA_BESIDE, 0, arena);
	return true;
}

struct formula formula_in_row(struct formula f, size_t row, struct arena *arena)
{
	return with_cells(f, FORMULA_BESIDE, FORMULA_CELL, row, arena);
}

/* "-" where a cell holds one; else "" where all are missing. */
static struct piece skipping(struct maker *m, const struct scope *s, const struct piece *sum,
	bool may_be_na)
{
	struct piece *range = ARENA_ARRAY(&m->tmp, s->n_operand, struct piece);
	struct piece none = { .level = LEVEL_COMPARE };
	struct piece other = { .level = LEVEL_COMPARE };
	struct piece count;
	struct piece p;
	size_t n = 0;

	for (size_t i = 0; i < s->n_operand; i++)
		range[i] = s->operand[i].piece;
	count = piece_call(m, "COUNT", range, s->n_operand);
	piece_add(m, &none, &count);
	piece_text(m, &none, "=0");
	p = piece_if(m, none, piece_literal(m, "\"\""), *sum);
	if (!may_be_na)
		return p;
	piece_add(m, &other, &count);
	for (size_t i = 0; i < s->n_operand; i++) {
		struct piece blank = piece_call(m, "COUNTBLANK", &range[i], 1);

		piece_text(m, &other, "+");
		piece_add(m, &other, &blank);
		n += s->operand[i].n_row;
	}
	piece_text(m, &other, arena_printf(&m->tmp, "<%zu", n));
	return piece_if(m, other, piece_literal(m, "\"-\""), p);
}

struct formula formula_sum(size_t column, const struct row_range *range, size_t n_range, bool skip,
	bool may_be_na, struct arena *arena)
{
	struct maker m = { .env = NULL };
	struct scope scope = { .n_operand = 0 };
	struct piece p;

	if (!count_leaves(range, n_range))
		return (struct formula){ .n_token = 0 };
	p = column_sum(&m, column, range, n_range, may_be_na, &scope);
	if (!m.failed)
		p = skip ? skipping(&m, &scope, &p, may_be_na) : scope_guard(&m, &scope, &p);
	return finish(&m, &p, arena);
}

static struct piece one_token(struct maker *m, struct formula_token token)
{
	struct piece p = piece_new();

	piece_token(m, &p, token);
	return p;
}

static struct piece fixed_rows(struct maker *m, const struct row_range *rows, size_t column)
{
	return one_token(m, (struct formula_token){ .kind = FORMULA_FIXED, .row = (unsigned)rows->first, .row_last = (unsigned)rows->last,
		.column = (unsigned)column });
}

/* COUNTIFS(key,own), or of its rows those that have a number: COUNTIFS(key,own,column,">-9E+99") */
static struct piece count_keyed(struct maker *m, const struct piece *key, const struct piece *own, const struct piece *column)
{
	struct piece argument[4] = { *key, *own };

	if (column) {
		argument[2] = *column;
		argument[3] = piece_literal(m, "\">-9E+99\"");
	}
	return piece_call(m, "COUNTIFS", argument, column ? 4 : 2);
}

struct formula formula_sum_keyed(const struct keyed_sum *k, struct arena *arena)
{
	struct maker m = { .env = NULL };
	struct piece column = fixed_rows(&m, &k->rows, k->column), key = fixed_rows(&m, &k->rows, k->key);
	struct piece own = one_token(&m, reference(row_span(k->own), k->key));
	struct piece sum = piece_call(&m, "SUMIFS", (struct piece[]){ column, key, own }, 3);
	struct piece known = count_keyed(&m, &key, &own, &column), none = piece_literal(&m, "\"\""), all;
	struct piece p;

	if (k->skip) {
		all = piece_literal(&m, "0");
		p = piece_if(&m, piece_compared(&m, &known, "=", &all), none, sum);
	} else {
		all = count_keyed(&m, &key, &own, NULL);
		p = piece_if(&m, piece_compared(&m, &known, "=", &all), sum, none);
	}
	return finish(&m, &p, arena);
}

static void put_column(struct buf *b, size_t column)
{
	char name[16];
	size_t n = sizeof name;

	for (column++; column && n; column = (column - 1) / 26)
		name[--n] = (char)('A' + (column - 1) % 26);
	buf_put(b, name + n, sizeof name - n);
}

const char *formula_text(struct formula f, size_t first_row, size_t first_column,
	struct arena *arena)
{
	struct buf b = { .n = 0 };
	const char *text;

	for (size_t i = 0; i < f.n_token; i++) {
		const struct formula_token *t = &f.token[i];

		if (!i)
			buf_putc(&b, '=');
		if (t->kind == FORMULA_TEXT) {
			buf_puts(&b, t->text);
			continue;
		}
		if (t->kind == FORMULA_ELSEWHERE)
			buf_printf(&b, "%s!", t->text);
		put_column(&b, first_column + t->column);
		buf_printf(&b, "%s%zu", t->kind == FORMULA_FIXED ? "$" : "", first_row + t->row);
		if (t->kind != FORMULA_RANGE && t->kind != FORMULA_FIXED)
			continue;
		buf_putc(&b, ':');
		put_column(&b, first_column + t->column);
		buf_printf(&b, "%s%zu", t->kind == FORMULA_FIXED ? "$" : "", first_row + t->row_last);
	}
	text = b.n ? arena_slice(arena, b.text, b.n) : "";
	buf_clear(&b);
	return text;
}
