#include "base/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void test_parse(void **state)
{
	static const struct {
		const char *text;
		struct date want; /* year 0: refused */
	} cases[] = {
		{ "2024-01-31", { 2024, 1, 31 } },
		{ "2024-02-29", { 2024, 2, 29 } },
		{ "2000-02-29", { 2000, 2, 29 } },
		{ "2024-12", { 2024, 12, 0 } },
		{ "2026", { 2026, 0, 0 } },
		{ "2023-02-29", { 0 } },
		{ "1900-02-29", { 0 } },
		{ "2024-04-31", { 0 } },
		{ "2024-13-01", { 0 } },
		{ "2024-00", { 0 } },
		{ "2024-01-00", { 0 } },
		{ "2024-1-31", { 0 } },
		{ "2024-01-311", { 0 } },
		{ "2024-01-31 ", { 0 } },
		{ " 2024", { 0 } },
		{ "0000-01-01", { 0 } },
		{ "24", { 0 } },
		{ "20245", { 0 } },
		{ "2024-", { 0 } },
		{ "2024-01-", { 0 } },
		{ "31/01/2024", { 0 } },
		{ "", { 0 } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct date d = { 0 };

		assert_int_equal(date_parse(cases[i].text, &d), cases[i].want.year != 0);
		assert_int_equal(d.year, cases[i].want.year);
		assert_int_equal(d.month, cases[i].want.month);
		assert_int_equal(d.day, cases[i].want.day);
	}
}

static void test_days(void **state)
{
	static const char *const same[] = { "31/01/2024", "31/1/2024", "31.01.2024", "31-1-2024", "2024-01-31" };
	static const char *const none[] = { "31.01-2024", "31 01 2024", "32.01.2024", "31.01.24", "31.01", "31", "", "31.", "2024-01" };
	struct date d;

	(void)state;
	for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
		assert_true(date_read(same[i], &d));
		assert_int_equal(d.year * 10000 + d.month * 100 + d.day, 20240131);
	}
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		assert_false(date_read(none[i], &d));
}

static void test_moments(void **state)
{
	static const struct {
		const char *text;
		const char *want; /* NULL: it is none */
	} moments[] = {
		{ "31/1/2024", "2024-01-31" },
		{ "31/01/2024 9:05", "2024-01-31T09:05" },
		{ "2024-01-31T23:59:59", "2024-01-31T23:59" },
		{ "2024-01-31 00:00", "2024-01-31T00:00" },
		{ "2024-01-31T24:00", NULL },
		{ "2024-01-31T10", NULL },
		{ "2024-01-31T10:60", NULL },
		{ "2024-01-31T10:30:", NULL },
		{ "2024-01-31 10:30 ", NULL },
		{ "31/02/2024 10:30", NULL },
		{ "2024-01-31-1 10:30", NULL },
		{ "10:30", NULL },
	};
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof moments / sizeof *moments; i++) {
		struct date d;
		int hour, minute;
		bool is = date_read_moment(moments[i].text, &d, &hour, &minute);

		assert_int_equal(is, moments[i].want != NULL);
		if (is)
			assert_string_equal(date_moment_iso(d, hour, minute, &a), moments[i].want);
	}
	arena_clear(&a);
}

static void test_texts(void **state)
{
	static const struct {
		struct date date;
		const char *in_short;
		const char *in_long;
		const char *iso;
	} cases[] = {
		{ { 2024, 1, 31 }, "31/01/2024", "ngày 31 tháng 01 năm 2024", "2024-01-31" },
		{ { 2024, 5, 10 }, "10/5/2024", "ngày 10 tháng 5 năm 2024", "2024-05-10" },
		{ { 2023, 3, 9 }, "09/3/2023", "ngày 09 tháng 3 năm 2023", "2023-03-09" },
		{ { 2020, 2, 5 }, "05/02/2020", "ngày 05 tháng 02 năm 2020", "2020-02-05" },
		{ { 2020, 12, 25 }, "25/12/2020", "ngày 25 tháng 12 năm 2020", "2020-12-25" },
		{ { 2021, 4, 0 }, "   /4/2021", "ngày      tháng 4 năm 2021", "2021-04-01" },
		{ { 2026, 0, 0 }, "   /   /2026", "ngày      tháng      năm 2026", "2026-01-01" },
	};
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_string_equal(date_short(cases[i].date, &a), cases[i].in_short);
		assert_string_equal(date_long(cases[i].date, &a), cases[i].in_long);
		assert_string_equal(date_iso(cases[i].date, &a), cases[i].iso);
	}
	arena_clear(&a);
}

static void test_unix(void **state)
{
	static const struct {
		struct date date;
		int64_t want;
	} cases[] = {
		{ { 1970, 1, 1 }, 0 },
		{ { 1969, 12, 31 }, -86400 },
		{ { 2000, 2, 29 }, 951782400 },
		{ { 2000, 3, 1 }, 951868800 },
		{ { 2023, 3, 9 }, 1678320000 },
		{ { 2026, 0, 0 }, 1767225600 },
		{ { 2021, 4, 0 }, 1617235200 },
		{ { 1900, 3, 1 }, -2203891200 },
		{ { 9999, 12, 31 }, 253402214400 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_true(date_unix(cases[i].date) == cases[i].want);
}

/* "DAY/MONTH/YEAR" of each, with spaces between. */
static void test_find(void **state)
{
	static const struct {
		const char *text;
		const char *want;
	} cases[] = {
		{ "15/6", "15/6/0" },
		{ "15/06/2024", "15/6/2024" },
		{ "trước ngày 15/6/2024.", "15/6/2024" },
		{ "ngày 15 tháng 6 năm 2024", "15/6/2024" },
		{ "15 tháng 6", "15/6/0" },
		{ "15/6 năm 2024", "15/6/2024" },
		{ "15-6-2024", "15/6/2024" },
		{ "15.6.2024", "15/6/2024" },
		{ "2024-06-15", "15/6/2024" },
		{ "29/02", "29/2/0" },
		{ "29/02/2024", "29/2/2024" },
		{ "từ 15/6 đến 20/6/2024", "15/6/0 20/6/2024" },
		{ "15/6-20/6", "15/6/0 20/6/0" },
		/* no days */
		{ "29/02/2023", "" },
		{ "31/4", "" },
		{ "15.6", "" },
		{ "tháng 6/2024", "" },
		{ "12/NQ-HĐND", "" },
		{ "15/6/NQ-HĐND", "" },
		{ "15/6/24", "" },
		{ "1.015/6", "" },
		{ "100/6", "" },
		{ "", "" },
	};
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *found = "";
		struct date d;
		size_t end = 0;

		while (date_find(cases[i].text, end, &d, &end))
			found = arena_printf(&a, "%s%s%d/%d/%d", found, *found ? " " : "", d.day, d.month, d.year);
		if (strcmp(found, cases[i].want) != 0)
			fail_msg("%s gives %s, not %s", cases[i].text, found, cases[i].want);
	}
	arena_clear(&a);
}

static void test_last(void **state)
{
	static const struct {
		struct date date;
		struct date want;
	} cases[] = {
		{ { 2024, 5, 10 }, { 2024, 5, 10 } },
		{ { 2021, 4, 0 }, { 2021, 4, 30 } },
		{ { 2024, 2, 0 }, { 2024, 2, 29 } },
		{ { 2023, 0, 0 }, { 2023, 12, 31 } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_true(date_unix(date_last(cases[i].date)) == date_unix(cases[i].want));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_days),
		cmocka_unit_test(test_moments),
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_unix),
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_last),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
