#include "batch/shown.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void test_number(void **state)
{
	static const struct {
		const char *text;
		struct ratio exact, want;
	} cases[] = {
		{ "3,86", { 386, 100 }, { 193, 50 } }, { "5,13", { 41, 8 }, { 41, 8 } }, /* rounded half up: exact */
		{ "5,12", { 41, 8 }, { 128, 25 } }, { "-5,12", { -41, 8 }, { -128, 25 } }, /* cut off, or to the even digit */
		{ "2.000", { 20004, 10 }, { 20004, 10 } }, { "2000", { 20004, 10 }, { 20004, 10 } },
		{ "2.000", { 20009, 10 }, { 2000, 1 } }, { "hai", { 2, 1 }, { 2, 1 } }, { "", { 1, 3 }, { 1, 3 } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(ratio_compare(shown_figure(cases[i].text, cases[i].exact), cases[i].want), 0);
}

static void test_format(void **state)
{
	struct arena a = { 0 };

	(void)state;
	assert_string_equal(shown_format(shown_decimals("1.528"), &a), "#,##0");
	assert_string_equal(shown_format(shown_decimals("1.528,50"), &a), "#,##0.00");
	assert_int_equal(shown_decimals("0,12345678901234567890"), RATIO_DECIMALS);
	assert_string_equal(shown_format(RATIO_DECIMALS, &a), "#,##0.000000000000000");
	arena_clear(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_number), cmocka_unit_test(test_format) };

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
