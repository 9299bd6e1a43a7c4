#include "compose/numbertext.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct {
	struct ratio x;
	struct number_style style;
	const char *text;
	const char *format;
} cases[] = {
	{ { 0, 1 }, { 0, 0, ROUND_HALF_UP, FORM_DIGITS, false }, "0", "#,##0" },
	{ { 2024, 1 }, { 0, 0, ROUND_HALF_UP, FORM_DIGITS, false }, "2.024", "#,##0" },
	{ { 999, 1 }, { 0, 0, ROUND_HALF_UP, FORM_DIGITS, false }, "999", "#,##0" },
	{ { 1234567, 1 }, { 0, 0, ROUND_HALF_UP, FORM_DIGITS, false }, "1.234.567", "#,##0" },
	{ { -1234, 1 }, { 0, 0, ROUND_HALF_UP, FORM_DIGITS, false }, "-1.234", "#,##0" },
	{ { 5, 1 }, { 0, 2, ROUND_HALF_UP, FORM_DIGITS, false }, "05", "#,#00" },
	{ { -5, 1 }, { 0, 2, ROUND_HALF_UP, FORM_DIGITS, false }, "-05", "#,#00" },
	{ { 1128, 1 }, { 0, 2, ROUND_HALF_UP, FORM_DIGITS, false }, "1.128", "#,#00" },
	{ { 7, 1 }, { 0, 1, ROUND_HALF_UP, FORM_DIGITS, false }, "7", "#,##0" },
	{ { 7, 1 }, { 0, 4, ROUND_HALF_UP, FORM_DIGITS, false }, "0.007", "0,000" },
	{ { 7, 1 }, { 0, 5, ROUND_HALF_UP, FORM_DIGITS, false }, "00.007", "00,000" },
	{ { 1, 3 }, { 2, 0, ROUND_HALF_UP, FORM_DIGITS, false }, "0,33", "#,##0.00" },
	{ { 107, 40 }, { 2, 0, ROUND_HALF_UP, FORM_DIGITS, false }, "2,68", "#,##0.00" },
	{ { 107, 40 }, { 2, 0, ROUND_TRUNCATE, FORM_DIGITS, false }, "2,67", "#,##0.00" },
	{ { 1, 4 }, { 1, 0, ROUND_HALF_EVEN, FORM_DIGITS, false }, "0,2", "#,##0.0" },
	{ { 123456, 10 }, { 1, 2, ROUND_HALF_UP, FORM_DIGITS, false }, "12.345,6", "#,##0.0" },
	{ { -1, 25 }, { 1, 0, ROUND_HALF_UP, FORM_DIGITS, false }, "0,0", "#,##0.0" },
	{ { 19999, 2 }, { 0, 0, ROUND_HALF_UP, FORM_DIGITS, false }, "10.000", "#,##0" },
};

static void test_numbers(void **state)
{
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_string_equal(
			number_text(figure_of(cases[i].x), cases[i].style, &a), cases[i].text);
		assert_string_equal(number_format(cases[i].style, &a), cases[i].format);
	}
	arena_clear(&a);
}

static const struct {
	struct ratio x;
	const char *form;
	int decimals;
	const char *text; /* NULL: the form cannot say it */
} form_cases[] = {
	{ { 90, 1 }, "words", 0, "chín mươi" },
	{ { 105, 2 }, "Words", 0, "Năm mươi hai phẩy năm" },
	{ { 1, 3 }, "words", 0, NULL },
	{ { 4, 1 }, "roman", 0, "IV" },
	{ { 0, 1 }, "roman", 0, NULL },
	{ { 5, 2 }, "roman", 0, NULL },
	{ { 5723000000, 1 }, "triệu", 0, "5.723 triệu đồng" },
	{ { 5723000000, 1 }, "tỷ", 1, "5,7 tỷ đồng" },
	{ { 250000, 1 }, "nghìn", 0, "250 nghìn đồng" },
	{ { 12500000, 1 }, "triệu", 9, "12,5 triệu đồng" },
};

static void test_forms(void **state)
{
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof form_cases / sizeof *form_cases; i++) {
		struct number_style style = { .decimals = form_cases[i].decimals, .own = form_cases[i].decimals == 9 };

		assert_true(number_form_parse(form_cases[i].form, strlen(form_cases[i].form), &style.form));
		assert_int_equal(number_form_fits(form_cases[i].x, style.form), form_cases[i].text != NULL);
		if (form_cases[i].text)
			assert_string_equal(number_text(figure_of(form_cases[i].x), style, &a), form_cases[i].text);
	}
	assert_true(number_is_exact((struct ratio){ 5723000000, 1 }, (struct number_style){ .form = FORM_MILLION }));
	assert_false(number_is_exact((struct ratio){ 5723000000, 1 }, (struct number_style){ .form = FORM_BILLION }));
	assert_true(number_is_exact((struct ratio){ 5723000000, 1 }, (struct number_style){ .form = FORM_BILLION, .decimals = 3 }));
	assert_false(number_form_parse("tr", 2, &(enum number_form){ FORM_DIGITS }));
	arena_clear(&a);
}

static void test_states(void **state)
{
	struct arena a = { 0 };
	struct number_style style = { 2, 0, ROUND_HALF_UP, FORM_DIGITS, false };

	(void)state;
	assert_string_equal(number_text(figure_missing(), style, &a), "");
	assert_string_equal(
		number_text((struct figure){ .state = FIGURE_NOT_APPLICABLE }, style, &a), "-");
	assert_string_equal(
		number_text((struct figure){ .state = FIGURE_CONFIDENTIAL }, style, &a), "[c]");
	arena_clear(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_states),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
