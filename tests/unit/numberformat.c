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
		enum cell_kind kind;
	} cases[] = {
		{ "General", CELL_NUMBER },
		{ "0", CELL_NUMBER },
		{ "#,##0.00", CELL_NUMBER },
		{ "0.00%", CELL_PERCENT },
		{ "0\\%", CELL_NUMBER },
		{ "0\" %\"", CELL_NUMBER },
		{ "dd/mm/yyyy", CELL_DATE },
		{ "[$-42A]dd mmmm yyyy", CELL_DATE },
		{ "[h]:mm", CELL_DATE },
		{ "[Red]#,##0;[Blue]-#,##0", CELL_NUMBER },
		{ "#,##0 \"hộ\"", CELL_NUMBER },
		{ "_(* #,##0_);_(* (#,##0);_(* \"-\"_);_(@_)", CELL_NUMBER },
		{ "0;yyyy", CELL_NUMBER },
		{ "\"", CELL_NUMBER },
		{ "\\", CELL_NUMBER },
		{ "[", CELL_NUMBER },
		{ "", CELL_NUMBER },
		{ "@", CELL_NUMBER },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (format_kind(cases[i].code) != cases[i].kind)
			fail_msg("%s", cases[i].code);
	assert_int_equal(format_builtin_kind(9), CELL_PERCENT);
	assert_int_equal(format_builtin_kind(14), CELL_DATE);
	assert_int_equal(format_builtin_kind(3), CELL_NUMBER);
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
		const char *number;
		bool is_1904;
		enum cell_kind kind;
		const char *text;
	} cases[] = {
		{ "0.5", false, CELL_TEXT, "12:00" },
		{ "0.270833333333333", false, CELL_TEXT, "06:30" },
		{ "0.000011574074", false, CELL_TEXT, "00:00:01" },
		{ "0.999999999999999", false, CELL_TEXT, "24:00" },
		{ "0", false, CELL_TEXT, "00:00" },
		{ "0.5", true, CELL_TEXT, "12:00" },
		{ "0", true, CELL_DATE, "1904-01-01" },
		{ "45292.75", false, CELL_DATE, "2024-01-01" },
		{ "-1", false, CELL_NUMBER, "-1" },
		{ "99999999999999999999", false, CELL_NUMBER, "99999999999999999999" },
	};
	char text[NUMBER_TEXT_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		enum cell_kind kind;
		size_t n = date_cell_text(cases[i].number, cases[i].is_1904, &kind, text);

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
