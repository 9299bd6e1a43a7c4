#include "expr/expr.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { N_ROW = 5, TOTAL = 4 };

enum { ALL = 1 << VIEW_ROW | 1 << VIEW_PREVIOUS | 1 << VIEW_SHOWN };

static const struct symbol symbols[] = {
	{ "a", EXPR_NUMBER, NULL, false, ALL, 0, false },
	{ "b", EXPR_NUMBER, NULL, false, ALL, 1, false },
	{ "gap", EXPR_NUMBER, NULL, false, ALL, 2, false },
	{ "na", EXPR_NUMBER, NULL, false, ALL, 3, false },
	{ "secret", EXPR_NUMBER, NULL, false, ALL, 4, false },
	{ "big", EXPR_NUMBER, NULL, false, ALL, 5, false },
	{ "area", EXPR_TEXT, NULL, false, 1, 6, false },
	{ "urban", EXPR_TRUTH, NULL, false, 1, 7, false },
	{ "gap_text", EXPR_TEXT, NULL, false, 1, 8, false },
	{ "gap_truth", EXPR_TRUTH, NULL, false, 1, 9, false },
	{ "holes", EXPR_NUMBER, NULL, false, 1, 10, false }, /* missing in row 2 */
};

static const struct symbols names = { symbols, sizeof symbols / sizeof *symbols, true };

static const size_t leaf[] = { 0, 1, 2, 3 };

static const struct origin places[N_ROW][2] = {
	{ { "f", NULL, 1, 1 }, { "f", NULL, 1, 2 } },
	{ { "f", NULL, 2, 1 }, { "f", NULL, 2, 2 } },
	{ { "f", NULL, 3, 1 }, { "f", NULL, 3, 2 } },
	{ { "f", NULL, 4, 1 }, { "f", NULL, 4, 2 } },
	{ { "f", NULL, 5, 1 }, { "f", NULL, 5, 2 } },
};

/* a is 10 20 30 40, in total 100; b is 0 1 2 3, in total 6. */
static void lookup_number(size_t index, enum expr_view view, size_t row, struct figure *f)
{
	static const enum figure_state states[] = { FIGURE_OK, FIGURE_OK, FIGURE_MISSING,
		FIGURE_NOT_APPLICABLE, FIGURE_CONFIDENTIAL, FIGURE_OK };
	int64_t k = (int64_t)row;

	*f = figure_of(ratio_whole(row == TOTAL ? 100 : 10 * (k + 1)));
	if (index == 1)
		f->x = ratio_whole(row == TOTAL ? 6 : k);
	else if (index == 5)
		f->x = ratio_whole(INT64_MAX);
	if (index < sizeof states / sizeof *states)
		f->state = states[index];
	else if (row == 2)
		f->state = FIGURE_MISSING;
	if (index < 2) {
		f->from = &places[row][index];
		f->n_from = 1;
	}
	if (view == VIEW_PREVIOUS)
		f->x.num += 1000;
	if (view == VIEW_SHOWN)
		f->x.num += 5000;
}

static bool lookup(void *ctx, const struct symbol *s, enum expr_view view, size_t row,
	struct value *v, struct diags *d)
{
	static const char *const areas[N_ROW] = { "A", "B", "C", "D", "" };

	if (ctx)
		++*(size_t *)ctx;
	(void)d;
	if (s->type == EXPR_NUMBER) {
		lookup_number(s->index, view, row, &v->figure);
		return true;
	}
	v->figure = figure_of(ratio_whole(0));
	if (s->index >= 8)
		v->figure.state = FIGURE_MISSING;
	v->text = areas[row];
	v->truth = row % 2;
	return true;
}

static bool find_row(void *ctx, const char *key, size_t *row)
{
	(void)ctx;
	if (key[0] < 'A' || key[0] > 'D' || key[1])
		return false;
	*row = (size_t)(key[0] - 'A');
	return true;
}

static const struct expr_env env = { NULL, lookup, find_row, leaf, 4, TOTAL, NULL };

static const struct {
	const char *text;
	size_t row;
	const char *want; /* exact number, or the name of a state */
} numbers[] = {
	{ "1 + 2 * 3", 0, "7" },
	{ "(1 + 2) * 3 - 4 / 2", 0, "7" },
	{ "10 - 4 - 3", 0, "3" },
	{ "100 / 10 / 5 * 2", 0, "4" },
	{ "--5 - -2", 0, "7" },
	{ "-2 * -3", 0, "6" },
	{ "1 / 3", 0, "1/3" },
	{ "0.1 + 0.2", 0, "0.3" },
	{ "a / b * 100", 1, "2000" },
	{ "a / b * 100", 0, "not-applicable" },
	{ "a / (b / b)", 0, "not-applicable" },
	{ "a / 0", 1, "not-applicable" },
	{ "a + gap", 1, "missing" },
	{ "gap / b", 0, "missing" },
	{ "a / b + gap", 0, "missing" }, /* missing before not applicable */
	{ "gap + a / b", 0, "missing" },
	{ "na + a", 1, "not-applicable" },
	{ "na * gap", 1, "missing" },
	{ "secret + gap + na", 1, "confidential" },
	{ "secret / 0", 1, "confidential" },
	{ "0 * gap", 1, "missing" },
	{ "-gap", 1, "missing" },
	{ "if(a > 10, 1, 2)", 0, "2" },
	{ "if(a > 10, 1, 2)", 1, "1" },
	{ "if(b = 0, 0, a / b)", 0, "0" },
	{ "if(b != 0, gap, 3)", 0, "3" },
	{ "if(b == 0, gap, 3)", 0, "missing" },
	{ "if(gap > 1, 1, 2)", 0, "missing" },
	{ "if(na > 1, 1, 2)", 0, "not-applicable" },
	{ "if(gap_truth, 1, 2)", 0, "missing" },
	{ "if(a > 0 or gap > 0, 1, 2)", 0, "missing" }, /* no short cut */
	{ "if(a < 0 and gap > 0, 1, 2)", 0, "missing" },
	{ "if(a < 0 and na > 0, 1, 2)", 0, "not-applicable" },
	{ "if(a >= 10 and b <= 0, 1, 2)", 0, "1" },
	{ "if(a > 10 or not b <> 0, 1, 2)", 0, "1" },
	{ "if(area = 'B', 1, 2)", 1, "1" },
	{ "if(area = 'b', 1, 2)", 1, "2" },
	{ "if(area != 'B', 1, 2)", 1, "2" },
	{ "if(gap_text = '', 1, 2)", 1, "missing" },
	{ "round(2.675, 2)", 0, "2.68" },
	{ "round(-2.5, 0)", 0, "-3" },
	{ "round(gap, 1)", 0, "missing" },
	{ "abs(b - a)", 2, "28" },
	{ "ceil(7 / 2)", 2, "4" },
	{ "ceil(6 / 2)", 2, "3" },
	{ "ceil(-7 / 2)", 2, "-3" },
	{ "ceil(1 / 1000)", 2, "1" },
	{ "if(known(a), 1, 2)", 0, "1" },
	{ "if(known(gap), 1, 2)", 0, "2" },
	{ "if(known(gap_text) or known(a / 0), 1, 2)", 1, "2" },
	{ "if(known(secret), 1, 2)", 1, "2" },
	{ "count(known(holes)) - count(holes > 15 or not known(holes))", 0, "missing" },
	{ "min(a, 25, b)", 2, "2" },
	{ "max(a, 25, b)", 2, "30" },
	{ "max(a, gap)", 2, "missing" },
	{ "sum(a)", 0, "100" },
	{ "sum(a * b)", 0, "200" },
	{ "sum(a / b)", 0, "not-applicable" },
	{ "sum(holes)", 0, "missing" },
	{ "sum(a / b + holes)", 0, "missing" },
	{ "count(a > 15)", 0, "3" },
	{ "count(urban)", 0, "2" },
	{ "count(holes > 15)", 0, "missing" },
	{ "total.b", 1, "6" },
	{ "b / total(b)", 3, "0.5" },
	{ "total(a - b)", 3, "94" },
	{ "at('C', a + b)", 0, "32" },
	{ "at('C', a) - a", 1, "10" },
	{ "previous.a", 0, "1010" },
	{ "total(shown(a))", 0, "5100" },
};

static const struct expr *parse(const char *text, enum expr_type want, struct arena *a,
	struct diags *d)
{
	struct expr_place place = { .node = NULL };
	const struct expr *e = expr_parse(text, strlen(text), place, &names, want, a, d);

	if (!e)
		fail_msg("%s: %s", text, d->finding[0].message);
	return e;
}

static void test_numbers(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		struct arena a = { .left = 0 };
		struct diags d = { .n_error = 0 };
		const struct expr *e = parse(numbers[i].text, EXPR_NUMBER, &a, &d);
		struct value v;
		const char *got;

		assert_true(expr_eval(e, &env, numbers[i].row, &v, &a, &d));
		assert_int_equal(v.type, EXPR_NUMBER);
		got = v.figure.state == FIGURE_OK ? ratio_exact(v.figure.x, &a)
						  : figure_state_name(v.figure.state);
		if (strcmp(got, numbers[i].want))
			fail_msg("%s: %s, not %s", numbers[i].text, got, numbers[i].want);
		diags_clear(&d);
		arena_clear(&a);
	}
}

static const struct {
	const char *text;
	enum figure_state state;
	bool truth;
} truths[] = {
	{ "a > b", FIGURE_OK, true },
	{ "a < b", FIGURE_OK, false },
	{ "not a < b and 1 <= 1", FIGURE_OK, true },
	{ "1 != 1 or 2 >= 3", FIGURE_OK, false },
	{ "gap > 1", FIGURE_MISSING, false },
	{ "not gap > 1", FIGURE_MISSING, false },
	{ "na = 1 or a = 10", FIGURE_NOT_APPLICABLE, false },
	{ "if(urban, a > 1, a > 100)", FIGURE_OK, true },
};

static void test_truths(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof truths / sizeof *truths; i++) {
		struct arena a = { .left = 0 };
		struct diags d = { .n_error = 0 };
		struct value v;
		const struct expr *e = parse(truths[i].text, EXPR_TRUTH, &a, &d);

		assert_true(expr_eval(e, &env, 1, &v, &a, &d));
		assert_int_equal(v.type, EXPR_TRUTH);
		assert_int_equal(v.figure.state, truths[i].state);
		assert_int_equal(v.truth, truths[i].truth);
		diags_clear(&d);
		arena_clear(&a);
	}
}

/* What a condition compares. */
static const struct {
	const char *text;
	const char *want; /* NULL: it compares no figures, or one cannot be computed */
} compared[] = {
	{ "a > b", "20 1" }, { "a - 5 <= total(b) + 1", "15 7" }, { "1 = 2", "1 2" }, { "a = gap", "20 missing" },
	{ "not a > b", NULL }, { "a > b and b > 1", NULL }, { "area = 'B'", NULL }, { "urban", NULL }, { "big * big > 1", NULL },
};

static const char *said(struct figure figure, struct arena *a)
{
	return figure.state == FIGURE_OK ? ratio_exact(figure.x, a) : figure_state_name(figure.state);
}

static void test_compared(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof compared / sizeof *compared; i++) {
		struct arena a = { .left = 0 };
		struct diags d = { .n_error = 0 };
		struct figure left, right;
		bool is = expr_comparison(parse(compared[i].text, EXPR_TRUTH, &a, &d), &env, 1, &left, &right, &a);

		assert_int_equal(is, compared[i].want != NULL);
		if (is)
			assert_string_equal(arena_printf(&a, "%s %s", said(left, &a), said(right, &a)), compared[i].want);
		diags_clear(&d);
		arena_clear(&a);
	}
}

static void test_texts(void **state)
{
	struct arena a = { .left = 0 };
	struct diags d = { .n_error = 0 };
	const struct expr *e = parse("if(urban, area, 'rural')", EXPR_TEXT, &a, &d);
	struct value v;

	(void)state;
	assert_true(expr_eval(e, &env, 1, &v, &a, &d));
	assert_string_equal(v.text, "B");
	assert_true(expr_eval(e, &env, 2, &v, &a, &d));
	assert_string_equal(v.text, "rural");
	assert_true(expr_eval(parse("gap_text", EXPR_TEXT, &a, &d), &env, 2, &v, &a, &d));
	assert_int_equal(v.figure.state, FIGURE_MISSING);
	assert_null(v.text);
	diags_clear(&d);
	arena_clear(&a);
}

static const struct {
	const char *text;
	size_t row;
	size_t n_from;
} from[] = {
	{ "1", 0, 0 },
	{ "a", 0, 1 },
	{ "a + a", 0, 1 },
	{ "a / b", 0, 2 },
	{ "gap + a", 0, 0 }, /* the hole has no place */
	{ "if(gap > 1, a, b)", 0, 0 },
	{ "sum(a)", 0, 4 },
	{ "sum(a) + sum(a + b)", 0, 8 },
	{ "count(a > 1)", 0, 4 },
	{ "if(a > 1, b, 0)", 0, 2 },
	{ "if(a > 1, 1, b)", 0, 1 },
	{ "a / total.a", 0, 2 },
};

static void test_from(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof from / sizeof *from; i++) {
		struct arena a = { .left = 0 };
		struct diags d = { .n_error = 0 };
		const struct expr *e = parse(from[i].text, EXPR_NUMBER, &a, &d);
		struct value v;

		assert_true(expr_eval(e, &env, from[i].row, &v, &a, &d));
		v.figure = figure_listed(v.figure, &a);
		assert_int_equal(v.figure.n_from, from[i].n_from);
		for (size_t k = 0; k < v.figure.n_from; k++)
			assert_string_equal(v.figure.from[k].file, "f");
		diags_clear(&d);
		arena_clear(&a);
	}
}

/* Where one row alone decides, its places are those of the sum, and stay there (as AddressSanitizer sees). */
static void test_places_of_one_row(void **state)
{
	struct arena a = { .left = 0 };
	struct diags d = { .n_error = 0 };
	struct expr_env one = env;
	struct value v;

	(void)state;
	one.n_leaf = 1;
	assert_true(expr_eval(parse("sum(a * b)", EXPR_NUMBER, &a, &d), &one, 0, &v, &a, &d));
	assert_int_equal(v.figure.n_from, 2);
	assert_string_equal(v.figure.from[0].file, "f");
	assert_int_equal(v.figure.from[1].col, 2);
	assert_true(expr_eval(parse("sum(a + if(b = 2, gap, 0))", EXPR_NUMBER, &a, &d), &env, 0, &v, &a, &d));
	assert_int_equal(v.figure.state, FIGURE_MISSING);
	for (size_t i = 0; i < v.figure.n_from; i++)
		assert_int_equal(v.figure.from[i].row, 3);
	diags_clear(&d);
	arena_clear(&a);
}

/* While no row changes, sums are computed once for all rows, and so are their errors. */
static void test_sums_once(void **state)
{
	struct arena a = { .left = 0 };
	struct diags d = { .n_error = 0 };
	const struct expr *e = parse("a / sum(a) + count(a > 10 and b > 1)", EXPR_NUMBER, &a, &d);
	const struct expr *wrong = parse("sum(big)", EXPR_NUMBER, &a, &d);
	struct expr_env once = env;
	size_t n_lookup = 0;
	struct value v;

	(void)state;
	once.ctx = &n_lookup;
	once.same = &n_lookup;
	for (size_t row = 0; row < 4; row++) {
		assert_true(expr_eval(e, &once, row, &v, &a, &d));
		assert_int_equal(n_lookup, 4 + 2 * 4 + row + 1);
		assert_int_equal(figure_listed(v.figure, &a).n_from, 8);
	}
	assert_string_equal(ratio_exact(v.figure.x, &a), "2.4");
	once.same = leaf;
	assert_true(expr_eval(e, &once, 0, &v, &a, &d));
	assert_int_equal(n_lookup, 2 * (4 + 2 * 4) + 5);
	for (size_t row = 0; row < 4; row++)
		assert_false(expr_eval(wrong, &once, row, &v, &a, &d));
	assert_int_equal(d.n_error, 1);
	diags_clear(&d);
	arena_clear(&a);
}

static const struct {
	const char *text;
	const char *rule;
} errors[] = {
	{ "big * big", "overflow" },
	{ "big + 1", "overflow" },
	{ "sum(big)", "overflow" },
	{ "at('Z', a)", "key" },
	{ "a + at('Z', a)", "key" },
};

static void test_errors(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
		struct arena a = { .left = 0 };
		struct diags d = { .n_error = 0 };
		struct value v;
		const struct expr *e = parse(errors[i].text, EXPR_NUMBER, &a, &d);

		assert_false(expr_eval(e, &env, 0, &v, &a, &d));
		assert_int_equal(d.n_error, 1);
		assert_string_equal(d.finding[0].rule, errors[i].rule);
		diags_clear(&d);
		arena_clear(&a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_truths),
		cmocka_unit_test(test_compared),
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_from),
		cmocka_unit_test(test_places_of_one_row),
		cmocka_unit_test(test_sums_once),
		cmocka_unit_test(test_errors),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("eval", tests, NULL, NULL);
}
