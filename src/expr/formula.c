#include "expr/formula.h"

#include "base/buf.h"
#include "expr/spot.h"

struct formula formula_rounded(const struct expr *e, const struct formula_env *env, size_t row,
	int decimals, enum rounding how, struct arena *arena)
{
	struct maker m = { .env = env };
	struct shown shown = { true, decimals, how };
	struct piece p = spot_full(&m, e->root, span_row(row), &shown);

	return piece_formula(&m, &p, arena);
}

struct formula formula_of(const struct expr *e, const struct formula_env *env, size_t row,
	struct arena *arena)
{
	struct maker m = { .env = env };
	struct piece p = spot_full(&m, e->root, span_row(row), NULL);

	return piece_formula(&m, &p, arena);
}

/* ---- for every row ---- */

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

static bool stands_elsewhere(const struct formula_token *t, size_t row)
{
	return t->kind == FORMULA_RANGE || t->kind == FORMULA_FIXED || t->kind == FORMULA_ELSEWHERE
		|| (t->kind == FORMULA_CELL && t->row != row);
}

bool formula_shared(struct formula f, size_t row, struct arena *arena, struct formula *shared)
{
	for (size_t i = 0; i < f.n_token; i++)
		if (stands_elsewhere(&f.token[i], row))
			return false;
	*shared = with_cells(f, FORMULA_CELL, FORMULA_BESIDE, 0, arena);
	return true;
}

struct formula formula_in_row(struct formula f, size_t row, struct arena *arena)
{
	return with_cells(f, FORMULA_BESIDE, FORMULA_CELL, row, arena);
}

/* ---- as a text ---- */

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
