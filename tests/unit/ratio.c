#include "base/ratio.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct origin here = { .file = "t" };

static void test_arithmetic(void **state)
{
	static const struct {
		struct ratio a;
		char op;
		struct ratio b;
		struct ratio want; /* den 0: overflow */
	} cases[] = {
		{ { 1, 2 }, '+', { 1, 3 }, { 5, 6 } },
		{ { 1, 2 }, '+', { -1, 2 }, { 0, 1 } },
		{ { 1, 2 }, '-', { 1, 3 }, { 1, 6 } },
		{ { 2, 3 }, '*', { 3, 4 }, { 1, 2 } },
		{ { 0, 1 }, '*', { -3, 4 }, { 0, 1 } },
		{ { 1, 2 }, '/', { -1, 4 }, { -2, 1 } },
		{ { -1, 2 }, '/', { -1, 4 }, { 2, 1 } },
		{ { 0, 1 }, '/', { -7, 1 }, { 0, 1 } },
		{ { INT64_MAX, 1 }, '+', { 1, 1 }, { 0, 0 } },
		{ { INT64_MAX, 1 }, '+', { 0, 1 }, { INT64_MAX, 1 } },
		{ { -INT64_MAX, 1 }, '-', { 1, 1 }, { 0, 0 } }, /* INT64_MIN is no number here */
		{ { -INT64_MAX, 1 }, '-', { 0, 1 }, { -INT64_MAX, 1 } },
		{ { INT64_MIN, 1 }, '-', { 0, 1 }, { 0, 0 } },
		{ { INT64_MIN, 1 }, '+', { 1, 1 }, { -INT64_MAX, 1 } },
		{ { INT64_MIN, 1 }, '*', { INT64_MIN, 1 }, { 0, 0 } },
		{ { INT64_MIN, 1 }, '/', { INT64_MIN, 1 }, { 1, 1 } },
		{ { INT64_MAX, 2 }, '*', { 2, INT64_MAX }, { 1, 1 } },
		{ { INT64_MAX, 1 }, '*', { INT64_MAX, 1 }, { 0, 0 } },
		{ { 1, INT64_MAX }, '*', { 1, INT64_MAX }, { 0, 0 } },
		{ { 1, INT64_MAX }, '+', { 1, INT64_MAX - 1 }, { 0, 0 } },
		{ { INT64_MAX, 3 }, '+', { INT64_MAX, 3 }, { 0, 0 } },
		{ { INT64_MAX - 1, 3 }, '/', { INT64_MAX - 1, 1 }, { 1, 3 } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct diags d = { 0 };
		struct ratio x = { 0, 0 };
		bool ok = cases[i].op == '+'   ? ratio_add(cases[i].a, cases[i].b, here, &x, &d)
			  : cases[i].op == '-' ? ratio_sub(cases[i].a, cases[i].b, here, &x, &d)
			  : cases[i].op == '*' ? ratio_mul(cases[i].a, cases[i].b, here, &x, &d)
					       : ratio_div(cases[i].a, cases[i].b, here, &x, &d);

		assert_int_equal(ok, cases[i].want.den != 0);
		assert_int_equal(d.n_error, !ok);
		if (!ok)
			assert_string_equal(d.finding[0].rule, "overflow");
		assert_true(x.num == cases[i].want.num);
		assert_true(x.den == cases[i].want.den);
		diags_clear(&d);
	}
}

static void test_compare(void **state)
{
	static const struct {
		struct ratio a;
		struct ratio b;
		int want;
	} cases[] = {
		{ { 1, 2 }, { 1, 2 }, 0 },
		{ { 1, 3 }, { 1, 2 }, -1 },
		{ { -1, 3 }, { -1, 2 }, 1 },
		{ { INT64_MAX, INT64_MAX - 1 }, { INT64_MAX - 1, INT64_MAX - 2 }, -1 },
		{ { INT64_MIN, 1 }, { INT64_MAX, 1 }, -1 },
		{ { INT64_MAX, 1 }, { 1, INT64_MAX }, 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(ratio_compare(cases[i].a, cases[i].b), cases[i].want);
		assert_int_equal(ratio_compare(cases[i].b, cases[i].a), -cases[i].want);
	}
}

static void test_parse(void **state)
{
	static const struct {
		const char *text;
		struct ratio want; /* den 0: refused */
	} cases[] = {
		{ "0", { 0, 1 } },
		{ "-0", { 0, 1 } },
		{ "-0.00", { 0, 1 } },
		{ "12.50", { 25, 2 } },
		{ "-12.5", { -25, 2 } },
		{ "007", { 7, 1 } },
		{ "0.1", { 1, 10 } },
		{ "1000000000000000000000000000000000000000.0", { 0, 0 } },
		{ "00000000000000000000000000000000000000000000000000.5", { 1, 2 } },
		{ "0.50000000000000000000000000000000000000000000000000", { 1, 2 } },
		{ "5.00000000000000000000000000000000000000000000000000", { 5, 1 } },
		{ "0.30000000000000004", { 7500000000000001, 25000000000000000 } },
		{ "0.0000000000000000000000000000000000000000000000000001", { 0, 0 } },
		{ "9223372036854775807", { INT64_MAX, 1 } },
		{ "-9223372036854775807", { -INT64_MAX, 1 } },
		{ "9223372036854775808", { 0, 0 } },
		{ "-9223372036854775808", { 0, 0 } },
		{ "99999999999999999999999999999999999999", { 0, 0 } },
		{ "", { 0, 0 } },
		{ "-", { 0, 0 } },
		{ ".", { 0, 0 } },
		{ ".5", { 0, 0 } },
		{ "5.", { 0, 0 } },
		{ "1.2.3", { 0, 0 } },
		{ "1..2", { 0, 0 } },
		{ "1,5", { 0, 0 } },
		{ "+5", { 0, 0 } },
		{ "--5", { 0, 0 } },
		{ "5 ", { 0, 0 } },
		{ "1e5", { 0, 0 } },
		{ "\xEF\xBC\x91", { 0, 0 } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct ratio x = { 0, 0 };

		assert_int_equal(ratio_parse(cases[i].text, strlen(cases[i].text), &x),
			cases[i].want.den != 0);
		assert_true(x.num == cases[i].want.num);
		assert_true(x.den == cases[i].want.den);
	}
}

static const struct {
	struct ratio x;
	int decimals;
	enum rounding how;
	const char *want;
} texts[] = {
	{ { 1, 4 }, 1, ROUND_HALF_UP, "0.3" }, /* away from zero, as spreadsheets show it */
	{ { 1, 4 }, 1, ROUND_HALF_EVEN, "0.2" },
	{ { 3, 4 }, 1, ROUND_HALF_EVEN, "0.8" },
	{ { 1, 4 }, 1, ROUND_TRUNCATE, "0.2" },
	{ { -1, 4 }, 1, ROUND_HALF_UP, "-0.3" },
	{ { -1, 4 }, 1, ROUND_HALF_EVEN, "-0.2" },
	{ { -29, 10 }, 0, ROUND_TRUNCATE, "-2" },
	{ { 107, 40 }, 2, ROUND_HALF_UP, "2.68" }, /* 2.675, which is no double */
	{ { 77, 40 }, 2, ROUND_HALF_UP, "1.93" },
	{ { 2, 3 }, 2, ROUND_TRUNCATE, "0.66" },
	{ { 2, 3 }, 2, ROUND_HALF_UP, "0.67" },
	{ { 2, 3 }, 15, ROUND_HALF_UP, "0.666666666666667" },
	{ { -1, 25 }, 1, ROUND_HALF_UP, "0.0" }, /* no "-0.0" */
	{ { -1, 3 }, 0, ROUND_HALF_UP, "0" },
	{ { -1, 2 }, 0, ROUND_HALF_UP, "-1" },
	{ { -1, 2 }, 0, ROUND_HALF_EVEN, "0" },
	{ { 3, 2 }, 0, ROUND_HALF_EVEN, "2" },
	{ { 5, 2 }, 0, ROUND_HALF_EVEN, "2" },
	{ { 0, 1 }, 3, ROUND_HALF_UP, "0.000" },
	{ { 5421, 1 }, 0, ROUND_HALF_UP, "5421" },
	{ { 1, 100 }, 1, ROUND_HALF_UP, "0.0" },
	{ { 5, 100 }, 2, ROUND_HALF_UP, "0.05" },
	{ { 999, 1000 }, 2, ROUND_HALF_UP, "1.00" },
	{ { INT64_MAX, 1 }, 15, ROUND_HALF_UP, "9223372036854775807.000000000000000" },
	{ { INT64_MIN, 1 }, 15, ROUND_HALF_UP, "-9223372036854775808.000000000000000" },
	{ { INT64_MAX, 2 }, 0, ROUND_HALF_UP, "4611686018427387904" },
	{ { INT64_MAX, 2 }, 1, ROUND_HALF_UP, "4611686018427387903.5" },
	{ { 1, INT64_MAX }, 15, ROUND_HALF_UP, "0.000000000000000" },
	{ { INT64_MAX - 1, INT64_MAX }, 15, ROUND_HALF_UP, "1.000000000000000" },
	{ { INT64_MAX - 1, INT64_MAX }, 15, ROUND_TRUNCATE, "0.999999999999999" },
};

static void test_text(void **state)
{
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		assert_string_equal(
			ratio_text(texts[i].x, texts[i].decimals, texts[i].how, &a), texts[i].want);
	arena_clear(&a);
}

/* The text of the rounded number is the text of the number, and rounding again changes nothing. */
static void test_round(void **state)
{
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct diags d = { 0 };
		struct ratio x;
		struct ratio again;

		if (ratio_round(texts[i].x, texts[i].decimals, texts[i].how, here, &x, &d)) {
			const char *text = ratio_text(x, texts[i].decimals, ROUND_TRUNCATE, &a);

			assert_string_equal(text, texts[i].want);
			assert_true(ratio_round(x, texts[i].decimals, texts[i].how, here, &again,
				&d));
			assert_int_equal(ratio_compare(x, again), 0);
		} else {
			assert_string_equal(d.finding[0].rule, "overflow");
			assert_true(texts[i].x.num == INT64_MIN);
		}
		diags_clear(&d);
	}
	arena_clear(&a);
}

static void test_round_overflow(void **state)
{
	struct diags d = { 0 };
	struct ratio x;

	(void)state;
	assert_true(ratio_round((struct ratio){ INT64_MAX, 2 }, 0, ROUND_HALF_UP, here, &x, &d));
	assert_true(x.num == INT64_MAX / 2 + 1);
	assert_false(ratio_round((struct ratio){ INT64_MAX, 2 * 3 }, 15, ROUND_TRUNCATE, here, &x,
		&d));
	assert_int_equal(d.n_error, 1);
	diags_clear(&d);
}

static void test_exact(void **state)
{
	static const struct {
		struct ratio x;
		const char *want;
	} cases[] = {
		{ { 51, 2 }, "25.5" },
		{ { -51, 2 }, "-25.5" },
		{ { 7, 1 }, "7" },
		{ { 0, 1 }, "0" },
		{ { 1, 3 }, "1/3" },
		{ { -4, 30 }, "-4/30" },
		{ { 1, 8 }, "0.125" },
		{ { 3, 40 }, "0.075" },
		{ { INT64_MAX, 1 }, "9223372036854775807" },
		{ { INT64_MIN, 1 }, "-9223372036854775808" },
		{ { 1, 1000000000000000000 }, "0.000000000000000001" },
		{ { INT64_MAX, 1000000000000000000 }, "9.223372036854775807" },
		{ { INT64_MAX, 262144 }, "35184372088831.999996185302734375" },
		{ { 1, 524288 }, "1/524288" }, /* 19 decimals */
		{ { 1, INT64_MAX }, "1/9223372036854775807" },
	};
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(ratio_exact(cases[i].x, &a), cases[i].want);
	arena_clear(&a);
}

static void test_double(void **state)
{
	static const struct {
		struct ratio x;
		double want;
	} cases[] = {
		{ { 0, 1 }, 0.0 },
		{ { 1, 2 }, 0.5 },
		{ { -1, 10 }, -0.1 },
		{ { 1, 3 }, 1.0 / 3.0 },
		{ { 193, 100 }, 1.93 },
		{ { INT64_MAX, 1 }, 9223372036854775808.0 },
		{ { INT64_MIN, 1 }, -9223372036854775808.0 },
		{ { 9007199254740993, 1 }, 9007199254740992.0 }, /* a tie goes to even */
		{ { 9007199254740995, 1 }, 9007199254740996.0 },
		{ { 1, INT64_MAX }, 0x1p-63 },
		{ { 7500000000000001, 25000000000000000 }, 0.30000000000000004 },
		{ { 123456789012345678, 1000000000000000000 }, 0.123456789012345678 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_true(ratio_double(cases[i].x) == cases[i].want);
}

static void test_names(void **state)
{
	enum rounding how = ROUND_HALF_UP;

	(void)state;
	assert_true(rounding_parse("half-even", &how));
	assert_int_equal(how, ROUND_HALF_EVEN);
	assert_true(rounding_parse("truncate", &how));
	assert_int_equal(how, ROUND_TRUNCATE);
	assert_true(rounding_parse("half-up", &how));
	assert_int_equal(how, ROUND_HALF_UP);
	assert_false(rounding_parse("", &how));
	assert_false(rounding_parse("half", &how));
	assert_int_equal(ratio_whole(-3).num, -3);
	assert_int_equal(ratio_whole(-3).den, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_arithmetic),
		cmocka_unit_test(test_compare),
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_round),
		cmocka_unit_test(test_round_overflow),
		cmocka_unit_test(test_exact),
		cmocka_unit_test(test_double),
		cmocka_unit_test(test_names),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
