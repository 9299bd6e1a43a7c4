/* model/number.c: numbers as people write them. */
#include "model/number.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define NBSP "\xC2\xA0"
#define NARROW "\xE2\x80\xAF"

static const struct {
	const char *s;
	unsigned flags;
	enum number_found want;
	int64_t num;
	int64_t den;
} cases[] = {
	{ "5", 0, NUMBER_OK, 5, 1 },
	{ " 05 ", 0, NUMBER_OK, 5, 1 },
	{ "0", 0, NUMBER_OK, 0, 1 },
	{ "000", 0, NUMBER_OK, 0, 1 },
	{ "5,13", 0, NUMBER_OK, 513, 100 },
	{ "0,84", 0, NUMBER_OK, 21, 25 },
	{ "1,234", 0, NUMBER_OK, 617, 500 },
	{ "1.234", 0, NUMBER_OK, 1234, 1 },
	{ "1 234", 0, NUMBER_OK, 1234, 1 },
	{ "1" NBSP "234", 0, NUMBER_OK, 1234, 1 },
	{ "1" NARROW "234" NARROW "567", 0, NUMBER_OK, 1234567, 1 },
	{ NBSP "7" NBSP, 0, NUMBER_OK, 7, 1 },
	{ "1.234.567,5", 0, NUMBER_OK, 2469135, 2 },
	{ "12 345,25", 0, NUMBER_OK, 49381, 4 },
	{ "-3", 0, NUMBER_OK, -3, 1 },
	{ "\xE2\x88\x92" "3,5", 0, NUMBER_OK, -7, 2 },
	{ "-0", 0, NUMBER_OK, 0, 1 },
	{ "1,234", NUMBER_WHOLE, NUMBER_COMMA_GROUPS, 0, 0 },
	{ "5,000", NUMBER_WHOLE, NUMBER_COMMA_GROUPS, 0, 0 },
	{ "0,500", NUMBER_WHOLE, NUMBER_OK, 1, 2 },
	{ "12,5", NUMBER_WHOLE, NUMBER_OK, 25, 2 },
	{ "1.234", NUMBER_WHOLE, NUMBER_OK, 1234, 1 },
	{ "5.130", NUMBER_PERCENT, NUMBER_POINT, 0, 0 },
	{ "5,130", NUMBER_PERCENT, NUMBER_OK, 513, 100 },
	{ "1.234,5", NUMBER_PERCENT, NUMBER_OK, 2469, 2 },
	{ "5.130", NUMBER_PERCENT | NUMBER_DECIMAL_POINT, NUMBER_OK, 513, 100 },
	{ "1,234,567", 0, NUMBER_COMMA_GROUPS, 0, 0 },
	{ "1,234.56", 0, NUMBER_COMMA_GROUPS, 0, 0 },
	{ "1,234,567.8", 0, NUMBER_COMMA_GROUPS, 0, 0 },
	{ "12.5", 0, NUMBER_POINT, 0, 0 },
	{ "0.84", 0, NUMBER_POINT, 0, 0 },
	{ "0.844", 0, NUMBER_POINT, 0, 0 },
	{ ".5", 0, NUMBER_POINT, 0, 0 },
	{ "1234.567", 0, NUMBER_POINT, 0, 0 },
	{ "-12.5", 0, NUMBER_POINT, 0, 0 },
	{ "1.23.4", 0, NUMBER_BAD_GROUPS, 0, 0 },
	{ "12.3456", 0, NUMBER_BAD_GROUPS, 0, 0 },
	{ "1234 567", 0, NUMBER_BAD_GROUPS, 0, 0 },
	{ "1 23", 0, NUMBER_BAD_GROUPS, 0, 0 },
	{ "1.234 567", 0, NUMBER_BAD_GROUPS, 0, 0 },
	{ "1 234" NBSP "567", 0, NUMBER_BAD_GROUPS, 0, 0 },
	{ "12.5,3", 0, NUMBER_BAD_GROUPS, 0, 0 },
	{ "1,2,3", 0, NUMBER_BAD_GROUPS, 0, 0 },
	{ "012.345.678", 0, NUMBER_BAD_GROUPS, 0, 0 },
	{ "12.5", NUMBER_DECIMAL_POINT, NUMBER_OK, 25, 2 },
	{ "0.84", NUMBER_DECIMAL_POINT, NUMBER_OK, 21, 25 },
	{ "1,234.5", NUMBER_DECIMAL_POINT, NUMBER_OK, 2469, 2 },
	{ "1,234", NUMBER_DECIMAL_POINT | NUMBER_WHOLE, NUMBER_OK, 1234, 1 },
	{ "1 234.5", NUMBER_DECIMAL_POINT, NUMBER_OK, 2469, 2 },
	{ "1.234", NUMBER_DECIMAL_POINT, NUMBER_OK, 617, 500 },
	{ "1.234.567", NUMBER_DECIMAL_POINT, NUMBER_BAD_GROUPS, 0, 0 },
	{ "1,5", NUMBER_DECIMAL_POINT, NUMBER_BAD_GROUPS, 0, 0 },
	{ "1.5,000", NUMBER_DECIMAL_POINT, NUMBER_BAD_GROUPS, 0, 0 },
	{ "5,13%", NUMBER_PERCENT, NUMBER_OK, 513, 100 },
	{ "5,13 %", NUMBER_PERCENT, NUMBER_OK, 513, 100 },
	{ "5,13%", 0, NUMBER_NONE, 0, 0 },
	{ "%", NUMBER_PERCENT, NUMBER_NONE, 0, 0 },
	{ "", 0, NUMBER_EMPTY, 0, 0 },
	{ "   ", 0, NUMBER_EMPTY, 0, 0 },
	{ "-", 0, NUMBER_EMPTY, 0, 0 },
	{ "–", 0, NUMBER_EMPTY, 0, 0 },
	{ "...", 0, NUMBER_EMPTY, 0, 0 },
	{ "[c]", 0, NUMBER_CONFIDENTIAL, 0, 0 },
	{ "[x]", 0, NUMBER_EMPTY, 0, 0 },
	{ " [z]", 0, NUMBER_EMPTY, 0, 0 },
	{ "[y]", 0, NUMBER_NONE, 0, 0 },
	{ "abc", 0, NUMBER_NONE, 0, 0 },
	{ "5 hộ", 0, NUMBER_NONE, 0, 0 },
	{ "+5", 0, NUMBER_NONE, 0, 0 },
	{ "- 5", 0, NUMBER_NONE, 0, 0 },
	{ "--5", 0, NUMBER_NONE, 0, 0 },
	{ "5,", 0, NUMBER_NONE, 0, 0 },
	{ "5.", 0, NUMBER_NONE, 0, 0 },
	{ ",5", 0, NUMBER_NONE, 0, 0 },
	{ "1..234", 0, NUMBER_NONE, 0, 0 },
	{ "1  234", 0, NUMBER_NONE, 0, 0 },
	{ "1e5", 0, NUMBER_NONE, 0, 0 },
	{ "\xFF", 0, NUMBER_NONE, 0, 0 },
	{ "9223372036854775807", 0, NUMBER_OK, INT64_MAX, 1 },
	{ "9.223.372.036.854.775.807", 0, NUMBER_OK, INT64_MAX, 1 },
	{ "9223372036854775808", 0, NUMBER_TOO_LARGE, 0, 0 },
	{ "0,0000000000000000000000001", 0, NUMBER_TOO_LARGE, 0, 0 },
	{ "1111111111111111111111111111111111111111111111111111111111111111111111111111111111111111", 0,
		NUMBER_TOO_LARGE, 0, 0 },
};

static void test_cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct ratio x = { 0, 0 };
		enum number_found found = number_parse(cases[i].s, strlen(cases[i].s),
			cases[i].flags, &x);

		if (found != cases[i].want)
			fail_msg("'%s' (flags %u): found %d, wanted %d", cases[i].s,
				cases[i].flags, (int)found, (int)cases[i].want);
		if (found == NUMBER_OK && (x.num != cases[i].num || x.den != cases[i].den))
			fail_msg("'%s': %lld/%lld", cases[i].s, (long long)x.num,
				(long long)x.den);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = { cmocka_unit_test(test_cases) };

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("number", tests, NULL, NULL);
}
