#include "base/xstring.h"

#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void test_escape(void **state)
{
	static const char *const cases[][2] = {
		{ "", "" },
		{ "a_b __ _x", "a_b __ _x" },
		{ "_x0041_ chu", "_x005F_x0041_ chu" },
		{ "_x00e_ _xyz10_ _X0041_", "_x00e_ _xyz10_ _X0041_" },
		{ "a _x00fF", "a _x00fF" },
		{ "_x0041_x0042_", "_x005F_x0041_x005F_x0042_" },
		{ "__x005F_x0041_", "__x005F_x005F_x005F_x0041_" },
		{ "hộ_x0007_", "hộ_x005F_x0007_" },
	};
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(xstring_escape(cases[i][0], &a), cases[i][1]);
	arena_clear(&a);
}

static void test_begins(void **state)
{
	uint32_t code;

	(void)state;
	assert_true(xstring_begins("_x1eA0_...", 10, &code));
	assert_int_equal(code, 0x1EA0);
	assert_false(xstring_begins("_x1EA0_", 6, &code));
	assert_false(xstring_begins("_x1E\0" "0_", 7, &code));
}

static void test_units(void **state)
{
	(void)state;
	assert_int_equal(utf8_units("hộ", strlen("hộ")), 2);
	assert_int_equal(utf8_units("\xF0\x9F\x98\x80 a", 6), 4);
	assert_int_equal(utf8_units("", 0), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_escape),
		cmocka_unit_test(test_begins),
		cmocka_unit_test(test_units),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
