#include "ingest/numberformat.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void test_format_codes(void **state)
{
	static const struct {
		const char *code;
		enum number_format format;
	} cases[] = {
		{ "General", FORMAT_NUMBER },
		{ "0", FORMAT_NUMBER },
		{ "#,##0.00", FORMAT_NUMBER },
		{ "0.00%", FORMAT_PERCENT },
		{ "0\\%", FORMAT_MARKED },
		{ "0\" %\"", FORMAT_MARKED },
		{ "General\"%\"", FORMAT_MARKED },
		{ "0.00\\ \"%\";-0.00", FORMAT_MARKED },
		{ "0.0%\"%\"", FORMAT_PERCENT },
		{ "0\" % so\"", FORMAT_NUMBER },
		{ "0[%]", FORMAT_NUMBER },
		{ "0\"\"", FORMAT_NUMBER },
		{ "0\"", FORMAT_NUMBER },
		{ "0;0\\%", FORMAT_NUMBER },
		{ "dd/mm/yyyy", FORMAT_DAY },
		{ "[$-42A]dd mmmm yyyy", FORMAT_DAY },
		{ "[h]:mm", FORMAT_DURATION },
		{ "[mm]:ss", FORMAT_DURATION },
		{ "[$-42A][ss].00", FORMAT_DURATION },
		{ "[hx]:mm", FORMAT_DAY },
		{ "[Red]#,##0;[Blue]-#,##0", FORMAT_NUMBER },
		{ "#,##0 \"hộ\"", FORMAT_NUMBER },
		{ "_(* #,##0_);_(* (#,##0);_(* \"-\"_);_(@_)", FORMAT_NUMBER },
		{ "0;yyyy", FORMAT_NUMBER },
		{ "\"", FORMAT_NUMBER },
		{ "\\", FORMAT_NUMBER },
		{ "[", FORMAT_NUMBER },
		{ "", FORMAT_NUMBER },
		{ "@", FORMAT_NUMBER },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (format_of_code(cases[i].code) != cases[i].format)
			fail_msg("%s", cases[i].code);
	assert_int_equal(format_of_id(9), FORMAT_PERCENT);
	assert_int_equal(format_of_id(14), FORMAT_DAY);
	assert_int_equal(format_of_id(45), FORMAT_DAY);
	assert_int_equal(format_of_id(46), FORMAT_DURATION);
	assert_int_equal(format_of_id(3), FORMAT_NUMBER);
}

static void test_numbers(void **state)
{
	static const struct {
		const char *written;
		const char *text;
	} cases[] = {
		{ "5", "5" },
		{ "-12.5", "-12.5" },
		{ "5.1299999999999998E-2", "0.0513" },
		{ "0.28999999999999998", "0.29" },
		{ "84.459459459459453", "84.4594594594595" },
		{ "1E+20", "100000000000000000000" },
		{ "-1.5e-7", "-0.00000015" },
		{ "12.50", "12.5" },
		{ "1.", "1" },
		{ "-0", "0" },
		{ "0", "0" },
		{ "123456789012345", "123456789012345" },
		{ "1234567890123456", "1234567890123460" },
		{ "999999999999999.9", "1000000000000000" },
		{ "", "" },
		{ "inf", "" },
		{ "nan", "" },
		{ "0x10", "" },
		{ "-", "" },
		{ "1 2", "" },
		{ "1e5x", "" },
		{ "1.2.3", "" },
		{ ".5", "0.5" },
		{ "007", "7" },
		{ "+3", "3" },
		{ "1e", "" },
		{ "1e+", "" },
		{ "9.99999999999999999E2", "1000" },
		{ "0.00099999999999999999", "0.001" },
		{ "1e310", "" },
		{ "1e99999999", "" },
		{ "5e-324", "" },
		{ "0e5", "0" },
		{ "0.000", "0" },
		{ "-0.00", "0" },
	};
	char text[NUMBER_TEXT_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		size_t n = number_text_of(cases[i].written, strlen(cases[i].written), text);

		if (n != strlen(cases[i].text) || memcmp(text, cases[i].text, n) != 0)
			fail_msg("%s: %.*s", cases[i].written, (int)n, text);
	}
}

static void test_doubles(void **state)
{
	static const struct {
		double x;
		const char *text;
	} cases[] = {
		{ 0, "0" },
		{ -0.0, "0" },
		{ 5, "5" },
		{ -12, "-12" },
		{ -12.5, "-12.5" },
		{ 0.1 + 0.2, "0.3" },
		{ 999999999999999, "999999999999999" },
		{ -999999999999999, "-999999999999999" },
		{ 1e15, "1000000000000000" },
		{ 1234567890123456, "1234567890123460" },
		{ 1e20, "100000000000000000000" },
		{ INFINITY, "" },
		{ NAN, "" },
	};
	char text[NUMBER_TEXT_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		size_t n = double_text(cases[i].x, text);

		if (n != strlen(cases[i].text) || memcmp(text, cases[i].text, n) != 0)
			fail_msg("%g: %.*s", cases[i].x, (int)n, text);
	}
}

static void test_days(void **state)
{
	static const struct {
		double serial;
		bool is_1904;
		const char *text;
	} cases[] = {
		{ 1, false, "1900-01-01" },
		{ 59, false, "1900-02-28" },
		{ 60, false, "" },
		{ 61, false, "1900-03-01" },
		{ 45292, false, "2024-01-01" },
		{ 45292.75, false, "2024-01-01" },
		{ 45351, false, "2024-02-29" },
		{ 43830, true, "2024-01-01" },
		{ 0, true, "1904-01-01" },
		{ 0, false, "" },
		{ -1, false, "" },
		{ 2958465, false, "9999-12-31" },
		{ 2958466, false, "" },
		{ 1e300, false, "" },
	};
	char text[NUMBER_TEXT_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		size_t n = serial_text(cases[i].serial, cases[i].is_1904, text);

		if (n != strlen(cases[i].text) || memcmp(text, cases[i].text, n) != 0)
			fail_msg("%g: %.*s", cases[i].serial, (int)n, text);
	}
}

static void test_date_cells(void **state)
{
	static const struct {
		enum number_format format;
		const char *number;
		bool is_1904;
		enum cell_kind kind;
		const char *text;
	} cases[] = {
		{ FORMAT_DAY, "0.5", false, CELL_TEXT, "12:00" },
		{ FORMAT_DAY, "0.270833333333333", false, CELL_TEXT, "06:30" },
		{ FORMAT_DAY, "0.000011574074", false, CELL_TEXT, "00:00:01" },
		{ FORMAT_DAY, "0.999999999999999", false, CELL_TEXT, "24:00" },
		{ FORMAT_DAY, "0", false, CELL_TEXT, "00:00" },
		{ FORMAT_DAY, "0.5", true, CELL_TEXT, "12:00" },
		{ FORMAT_DAY, "0", true, CELL_DATE, "1904-01-01" },
		{ FORMAT_DAY, "45292.75", false, CELL_DATE, "2024-01-01T18:00" },
		{ FORMAT_DAY, "45292.604166666664", false, CELL_DATE, "2024-01-01T14:30" },
		{ FORMAT_DAY, "45292.0001", false, CELL_DATE, "2024-01-01" },
		{ FORMAT_DAY, "45292.999999999999", false, CELL_DATE, "2024-01-01" },
		{ FORMAT_DAY, "-1", false, CELL_NUMBER, "-1" },
		{ FORMAT_DAY, "99999999999999999999", false, CELL_NUMBER, "99999999999999999999" },
		{ FORMAT_DURATION, "0.5", false, CELL_TEXT, "12:00" },
		{ FORMAT_DURATION, "1", false, CELL_TEXT, "24:00" },
		{ FORMAT_DURATION, "1.26041666666667", true, CELL_TEXT, "30:15" },
		{ FORMAT_DURATION, "1.999999999999", false, CELL_TEXT, "48:00" },
		{ FORMAT_DURATION, "-0.104166666666667", false, CELL_TEXT, "-02:30" },
		{ FORMAT_DURATION, "0", true, CELL_TEXT, "00:00" },
		{ FORMAT_DURATION, "9999999.5", false, CELL_TEXT, "239999988:00" },
		{ FORMAT_DURATION, "10000000", false, CELL_NUMBER, "10000000" },
		{ FORMAT_PERCENT, "0.05", false, CELL_PERCENT, "0.05" },
		{ FORMAT_MARKED, "5.13", false, CELL_MARKED, "5.13" },
		{ FORMAT_NUMBER, "-5", false, CELL_NUMBER, "-5" },
	};
	char text[NUMBER_TEXT_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		enum cell_kind kind;
		size_t n = number_cell_text(cases[i].format, cases[i].number, cases[i].is_1904, &kind, text);

		assert_string_equal(text, cases[i].text);
		assert_int_equal(n, strlen(text));
		assert_int_equal(kind, cases[i].kind);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_format_codes),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_doubles),
		cmocka_unit_test(test_days),
		cmocka_unit_test(test_date_cells),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
