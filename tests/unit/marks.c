#include "base/marks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void test_put(void **state)
{
	static const struct {
		const char *plain;
		int least;
		const char *want;
	} cases[] = {
		{ "0", 1, "0" }, { "999", 1, "999" }, { "2000", 1, "2.000" }, { "-2000", 1, "-2.000" }, { "1234567", 1, "1.234.567" },
		{ "0.84", 1, "0,84" }, { "-1528.50", 1, "-1.528,50" }, { "0.123456", 1, "0,123456" }, { "5", 2, "05" },
		{ "-5", 3, "-005" }, { "5", 4, "0.005" }, { "25", 1, "25" },
	};
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(marks_put(cases[i].plain, cases[i].least, &a), cases[i].want);
	arena_clear(&a);
}

static void test_exact(void **state)
{
	static const struct {
		struct ratio x;
		const char *want;
	} cases[] = {
		{ { 2000, 1 }, "2.000" }, { { -5, 2 }, "-2,5" }, { { 1528, 7 }, "1.528/7" }, { { -1, 30000 }, "-1/30.000" },
		{ { INT64_MAX, 1 }, "9.223.372.036.854.775.807" },
	};
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(marks_exact(cases[i].x, &a), cases[i].want);
	arena_clear(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_put),
		cmocka_unit_test(test_exact),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
