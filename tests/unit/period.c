/* model/period.c: how long a period is, what is before and behind it. */
#include "model/job.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct {
	struct period p;
	int months, last;
	struct period next;
	struct date end;
} cases[] = {
	{ { 2024, 5, 0 }, 1, 5, { 2024, 6, 0 }, { 2024, 6, 1 } },
	{ { 2024, 12, 0 }, 1, 12, { 2025, 1, 0 }, { 2025, 1, 1 } },
	{ { 2024, 6, 4 }, 3, 6, { 2024, 9, 7 }, { 2024, 7, 1 } },
	{ { 2024, 12, 10 }, 3, 12, { 2025, 3, 1 }, { 2025, 1, 1 } },
	{ { 2024, 6, 1 }, 6, 6, { 2024, 12, 7 }, { 2024, 7, 1 } },
	{ { 2024, 12, 7 }, 6, 12, { 2025, 6, 1 }, { 2025, 1, 1 } },
	{ { 2024, 0, 0 }, 12, 12, { 2025, 0, 0 }, { 2025, 1, 1 } },
	{ { 2024, 12, 1 }, 12, 12, { 2025, 0, 0 }, { 2025, 1, 1 } },
};

static void test_around(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct period next = period_next(&cases[i].p);
		struct date end = period_end(&cases[i].p);

		assert_int_equal(period_months(&cases[i].p), cases[i].months);
		assert_int_equal(period_last(&cases[i].p), cases[i].last);
		assert_int_equal(next.year, cases[i].next.year);
		assert_int_equal(next.month, cases[i].next.month);
		assert_int_equal(next.first_month, cases[i].next.first_month);
		assert_int_equal(end.year, cases[i].end.year);
		assert_int_equal(end.month, cases[i].end.month);
		assert_int_equal(end.day, cases[i].end.day);
	}
}

static void test_before(void **state)
{
	static const struct period may = { 2024, 5, 0 }, june = { 2024, 6, 0 }, quarter = { 2024, 6, 4 }, half = { 2024, 6, 1 }, year = { 2024, 0, 0 },
				   december = { 2023, 12, 0 };

	(void)state;
	assert_true(period_is_before(&may, &june) && !period_is_before(&june, &may) && !period_is_before(&may, &may));
	assert_true(period_is_before(&june, &quarter) && !period_is_before(&quarter, &june));
	assert_true(period_is_before(&quarter, &half) && period_is_before(&half, &year));
	assert_true(period_is_before(&december, &may) && !period_is_before(&year, &december));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_around),
		cmocka_unit_test(test_before),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("period", tests, NULL, NULL);
}
