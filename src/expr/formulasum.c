#include "expr/formulasum.h"

#include "expr/spot.h"

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

	if (!rows_in(range, n_range))
		return (struct formula){ .n_token = 0 };
	p = spot_column_sum(&m, column, range, n_range, may_be_na, &scope);
	if (!m.failed)
		p = skip ? skipping(&m, &scope, &p, may_be_na) : scope_guard(&m, &scope, &p);
	return piece_formula(&m, &p, arena);
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
	struct piece own = one_token(&m, span_token(span_row(k->own), k->key));
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
	return piece_formula(&m, &p, arena);
}
