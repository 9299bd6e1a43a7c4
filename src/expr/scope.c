#include "expr/piece.h"

#include <string.h>

/* Ranges, cells by row and column, then what else there is as it came. */
static int compare_operands(const struct guarded *a, const struct guarded *b)
{
	const struct formula_token *x = a->piece.token;
	const struct formula_token *y = b->piece.token;
	bool other_a = a->piece.n_token != 1;
	bool other_b = b->piece.n_token != 1;

	if (other_a || other_b)
		return other_a - other_b;
	if (x->kind != y->kind)
		return x->kind == FORMULA_RANGE ? -1 : 1;
	if (x->row != y->row)
		return x->row < y->row ? -1 : 1;
	return (x->column > y->column) - (x->column < y->column);
}

void scope_operand(struct maker *m, struct scope *s, const struct guarded *g)
{
	size_t i = s->n_operand;

	if (m->failed)
		return;
	for (size_t k = 0; k < s->n_operand; k++)
		if (piece_same(&s->operand[k].piece, &g->piece)) {
			s->operand[k].na = s->operand[k].na || g->na;
			return;
		}
	ARENA_PUSH(&m->tmp, s->operand, s->n_operand, &s->cap_operand);
	for (; i && compare_operands(g, &s->operand[i - 1]) < 0; i--)
		s->operand[i] = s->operand[i - 1];
	s->operand[i] = *g;
	if (s->n_operand > FORMULA_ARGUMENTS_MAX)
		m->failed = true;
}

static void add_zero(struct maker *m, struct scope *s, const struct piece *zero)
{
	if (m->failed)
		return;
	for (size_t k = 0; k < s->n_zero; k++)
		if (piece_same(&s->zero[k], zero))
			return;
	*ARENA_PUSH(&m->tmp, s->zero, s->n_zero, &s->cap_zero) = *zero;
}

void scope_zero(struct maker *m, struct scope *s, const struct piece *denominator)
{
	struct piece nothing = piece_literal(m, "0");
	struct piece zero = piece_compared(m, denominator, "=", &nothing);
	struct piece any = { .level = LEVEL_COMPARE, .divides = denominator->divides };
	struct piece each = piece_new();

	if (!denominator->ranged) {
		add_zero(m, s, &zero);
		return;
	}
	piece_text(m, &each, "--(");
	piece_add(m, &each, &zero);
	piece_text(m, &each, ")");
	each = piece_call(m, "SUMPRODUCT", &each, 1);
	piece_add(m, &any, &each);
	piece_text(m, &any, ">0");
	any.ranged = false;
	add_zero(m, s, &any);
}

void scope_merge(struct maker *m, struct scope *s, const struct scope *more)
{
	for (size_t i = 0; i < more->n_operand; i++)
		scope_operand(m, s, &more->operand[i]);
	for (size_t i = 0; i < more->n_zero; i++)
		add_zero(m, s, &more->zero[i]);
}

/* One of them alone, or all in the function. */
static struct piece joined(struct maker *m, const char *function, const struct piece *all, size_t n)
{
	return n == 1 ? *all : piece_call(m, function, all, n);
}

static struct piece not_applicable(struct maker *m)
{
	struct piece p = piece_literal(m, "\"-\"");

	p.na = true;
	return p;
}

/* Conditions that divide stand behind those that tell whether they may. */
static struct piece guard_zeros(struct maker *m, const struct scope *s, const struct piece *value)
{
	struct piece *plain = ARENA_ARRAY(&m->tmp, s->n_zero, struct piece);
	struct piece p = *value;
	size_t n_plain = 0;

	for (size_t i = s->n_zero; i--;)
		if (s->zero[i].divides)
			p = piece_if(m, s->zero[i], not_applicable(m), p);
	for (size_t i = 0; i < s->n_zero; i++)
		if (!s->zero[i].divides)
			plain[n_plain++] = s->zero[i];
	if (n_plain)
		p = piece_if(m, joined(m, "OR", plain, n_plain), not_applicable(m), p);
	p.divides = false;
	return p;
}

/* COUNTBLANK(range)>0, or cell="" */
static struct piece blank(struct maker *m, const struct guarded *g, const char *sign,
	const char *range_sign)
{
	struct piece p = { .level = LEVEL_COMPARE };
	struct piece count;

	if (g->n_row) {
		count = piece_call(m, "COUNTBLANK", &g->piece, 1);
		piece_add(m, &p, &count);
		piece_text(m, &p, range_sign);
	} else {
		piece_add_level(m, &p, &g->piece, LEVEL_ADD);
		piece_text(m, &p, sign);
	}
	return p;
}

/* COUNT(...)=n, and a test for each text. */
static struct piece all_there(struct maker *m, const struct scope *s)
{
	struct piece *number = ARENA_ARRAY(&m->tmp, s->n_operand, struct piece);
	struct piece *test = ARENA_ARRAY(&m->tmp, s->n_operand + 1, struct piece);
	struct piece count = { .level = LEVEL_COMPARE };
	size_t n_number = 0;
	size_t n_test = 0;
	size_t want = 0;

	for (size_t i = 0; i < s->n_operand; i++)
		if (!s->operand[i].text) {
			number[n_number++] = s->operand[i].piece;
			want += s->operand[i].n_row ? s->operand[i].n_row : 1;
		}
	if (n_number) {
		struct piece call = piece_call(m, "COUNT", number, n_number);

		piece_add(m, &count, &call);
		piece_text(m, &count, arena_printf(&m->tmp, "=%zu", want));
		test[n_test++] = count;
	}
	for (size_t i = 0; i < s->n_operand; i++)
		if (s->operand[i].text)
			test[n_test++] = blank(m, &s->operand[i], "<>\"\"", "=0");
	return joined(m, "AND", test, n_test);
}

/* What is shown where an operand is not there: "", or "-" where none is missing. */
static struct piece otherwise(struct maker *m, const struct scope *s)
{
	struct piece *test = ARENA_ARRAY(&m->tmp, s->n_operand, struct piece);
	struct piece nothing = piece_literal(m, "\"\"");
	bool na = false;

	for (size_t i = 0; i < s->n_operand; i++) {
		test[i] = blank(m, &s->operand[i], "=\"\"", ">0");
		na = na || s->operand[i].na;
	}
	if (!na)
		return nothing;
	return piece_if(m, joined(m, "OR", test, s->n_operand), nothing, not_applicable(m));
}

struct piece scope_guard(struct maker *m, const struct scope *s, const struct piece *value)
{
	struct piece p;

	if (m->failed)
		return piece_new();
	p = guard_zeros(m, s, value);
	if (s->n_operand)
		p = piece_if(m, all_there(m, s), p, otherwise(m, s));
	p.divides = false;
	p.ranged = false;
	return p;
}
