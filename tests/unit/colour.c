#include "base/colour.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void test_parse(void **state)
{
	static const char *const wrong[] = { "", "12345", "1234567", "#12345", "12345g", "0x1234", " 12345" };
	uint32_t rgb;

	(void)state;
	assert_true(colour_parse("0aB9Ff", &rgb));
	assert_int_equal(rgb, 0x0AB9FF);
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_false(colour_parse(wrong[i], &rgb));
}

static void test_contrast(void **state)
{
	(void)state;
	assert_true(colour_contrast(0x000000, 0xFFFFFF) > 20.99 && colour_contrast(0x000000, 0xFFFFFF) < 21.01);
	assert_true(colour_contrast(0x777777, 0xFFFFFF) < COLOUR_CONTRAST_MIN); /* the usual example of a grey that is too light */
	assert_true(colour_contrast(0x767676, 0xFFFFFF) > COLOUR_CONTRAST_MIN);
	assert_true(colour_contrast(0xFFFFFF, 0x767676) > COLOUR_CONTRAST_MIN);
	assert_true(colour_contrast(0xFF0000, 0xFFFFFF) < 4.0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_contrast),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
