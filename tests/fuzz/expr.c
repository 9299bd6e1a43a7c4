/* Any text as an expression: read, evaluated with fixed figures, made a formula. */
#include "expr/formula.h"

#include <string.h>

enum { N_LEAF = 3, TOTAL = 3, ALL_VIEWS = 31 };

static const struct symbol symbols[] = {
	{ "a", EXPR_NUMBER, "hộ", false, ALL_VIEWS, 0, false },
	{ "b", EXPR_NUMBER, "hộ", false, ALL_VIEWS, 1, false },
	{ "c", EXPR_NUMBER, "đồng/tháng", false, ALL_VIEWS, 2, false },
	{ "d", EXPR_NUMBER, NULL, true, 1, 3, false },
	{ "e", EXPR_NUMBER, "%", false, ALL_VIEWS, 4, false },
	{ "area", EXPR_TEXT, NULL, false, 1, 5, false },
	{ "urban", EXPR_TRUTH, NULL, false, 1, 6, false },
};

static const struct symbols names = { symbols, sizeof symbols / sizeof *symbols, true };

/* What e stands for in a formula. */
struct sheet {
	const struct expr *expr;
};

static bool lookup(void *ctx, const struct symbol *s, enum expr_view view, size_t row,
	struct value *v, struct diags *d)
{
	static const struct origin at = { "f", NULL, 1, 1 };

	(void)ctx;
	(void)d;
	v->figure = figure_of(ratio_whole((int64_t)(row * 7 + s->index * 3) - (int64_t)view));
	if (s->index == 1)
		v->figure.state = (enum figure_state)row;
	if (s->index == 2)
		v->figure.x = (struct ratio){ INT64_MAX, 3 };
	v->figure.from = &at;
	v->figure.n_from = 1;
	v->text = "x";
	v->truth = row == 1;
	return true;
}

static bool find_row(void *ctx, const char *key, size_t *row)
{
	(void)ctx;
	*row = strlen(key) % (N_LEAF + 1);
	return *key;
}

static void name(void *ctx, const struct symbol *s, enum expr_view view, struct formula_name *n)
{
	const struct sheet *sheet = ctx;

	*n = (struct formula_name){ .meaning = MEANS_CELL, .column = s->index, .decimals = 2 };
	n->may_be_na = s->index == 1;
	n->rounding = (enum rounding)((s->index + (size_t)view) % 3);
	if (s->constant) {
		n->meaning = MEANS_CONSTANT;
		n->constant = (struct ratio){ -2, 3 };
	} else if (s->index == 4) {
		n->meaning = MEANS_EXPRESSION; /* itself, at worst */
		n->expr = sheet->expr;
		n->summed = view == VIEW_ROW;
	}
}

static void make_formulas(const struct expr *e, struct arena *a)
{
	static const struct row_range leaf[] = { { 0, 1 }, { 2, 2 } };
	struct sheet sheet = { e };
	struct formula_env env = { &sheet, name, find_row, leaf, 2, TOTAL, true };

	for (size_t row = 0; row <= TOTAL; row += TOTAL) {
		formula_text(formula_of(e, &env, row, a), 1, 0, a);
		for (int how = ROUND_HALF_UP; how <= ROUND_HALF_EVEN; how++)
			formula_text(formula_rounded(e, &env, row, how, (enum rounding)how, a),
				1, 0, a);
	}
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n)
{
	static const size_t leaf[N_LEAF] = { 0, 1, 2 };
	const struct expr_env env = { NULL, lookup, find_row, leaf, N_LEAF, TOTAL, NULL };
	const struct expr_place place = { .node = NULL };

	for (int type = EXPR_NUMBER; type <= EXPR_TRUTH; type++) {
		struct arena a = { .left = 0 };
		struct diags d = { .n_error = 0 };
		const struct expr *e = expr_parse((const char *)data, n, place, &names,
			(enum expr_type)type, &a, &d);
		struct value v;

		for (size_t row = 0; e && row <= TOTAL; row++)
			expr_eval(e, &env, row, &v, &a, &d);
		if (e)
			make_formulas(e, &a);
		diags_clear(&d);
		arena_clear(&a);
	}
	return 0;
}
