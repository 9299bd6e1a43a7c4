/* model/numberslip.c: texts that are no numbers. */
#include "model/numberslip.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct {
	const char *s;
	const char *unit;
	enum slip what;
	const char *number;
	const char *words;
} slips[] = {
	{ "9*", "hộ", SLIP_MARK, "9", NULL },
	{ "9 (1)", "hộ", SLIP_MARK, "9", NULL },
	{ "15x (1)", "hộ", SLIP_OTHER, NULL, NULL },
	{ "1,5 triệu đồng", "đồng", SLIP_SCALE, "1,5", "triệu đồng" },
	{ "1,5 triệu đồng", "hộ", SLIP_WORDS, "1,5", "triệu đồng" },
	{ "200 người", "hộ", SLIP_WORDS, "200", "người" },
	{ "200 hộ nghèo", "", SLIP_WORDS, "200", "hộ nghèo" },
	{ "2OO", "hộ", SLIP_LETTER, "200", NULL },
	{ "O5", "hộ", SLIP_LETTER, "05", NULL },
	{ "l2.5OO", "hộ", SLIP_LETTER, "12.500", NULL },
	{ "5l", "hộ", SLIP_WORDS, "5", "l" },
	{ "OO", "hộ", SLIP_OTHER, NULL, NULL },
	{ "'100", "hộ", SLIP_QUOTE, "100", NULL },
	{ "’100", "hộ", SLIP_QUOTE, "100", NULL },
	{ "'x", "hộ", SLIP_OTHER, NULL, NULL },
	{ "(5)", "hộ", SLIP_BRACKETS, "5", NULL },
	{ "()", "hộ", SLIP_OTHER, NULL, NULL },
	{ "5/10", "hộ", SLIP_OTHER, NULL, NULL },
	{ "5 x 3", "hộ", SLIP_OTHER, NULL, NULL },
	{ "5 hộ (20 khẩu)", "hộ", SLIP_OTHER, NULL, NULL },
	{ "x", "hộ", SLIP_OTHER, NULL, NULL },
	{ "", "hộ", SLIP_OTHER, NULL, NULL },
	{ "-", "hộ", SLIP_OTHER, NULL, NULL },
};

static const struct {
	const char *s;
	const char *unit;
	size_t want; /* bytes; SIZE_MAX: all */
} before[] = {
	{ "200 hộ", "hộ", 3 },
	{ "200hộ", "hộ", 3 },
	{ "200 Hộ.", "hộ", 3 },
	{ "-2 hộ", "hộ", 2 },
	{ "1.500.000 đ", "đồng", 9 },
	{ "1,5 trđ", "triệu đồng", 3 },
	{ "50 m2", "m2", 2 },
	{ "200 khẩu", "hộ", SIZE_MAX },
	{ "200 hộ, 20 khẩu", "hộ", SIZE_MAX },
	{ "200 hộ (20 khẩu)", "hộ", SIZE_MAX },
	{ "200 hộ và 20 khẩu", "hộ", SIZE_MAX },
	{ "2 nghìn hộ", "hộ", SIZE_MAX },
	{ "200", "hộ", SIZE_MAX },
	{ "hộ", "hộ", SIZE_MAX },
	{ "- hộ", "hộ", SIZE_MAX },
	{ "200 hộ", "", SIZE_MAX },
	{ "200 ", "", SIZE_MAX },
	{ "200\xFF", "hộ", SIZE_MAX },
	{ "", "hộ", SIZE_MAX },
};

static bool is_same(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

static void test_slips(void **state)
{
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof slips / sizeof *slips; i++) {
		struct number_slip slip = number_slip(slips[i].s, strlen(slips[i].s), slips[i].unit, &a);

		if (slip.what != slips[i].what || !is_same(slip.number, slips[i].number) || !is_same(slip.words, slips[i].words))
			fail_msg("'%s': %d, '%s', '%s'", slips[i].s, (int)slip.what, slip.number ? slip.number : "", slip.words ? slip.words : "");
	}
	arena_clear(&a);
}

static void test_before_unit(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
		size_t n = strlen(before[i].s);
		size_t want = before[i].want == SIZE_MAX ? n : before[i].want;

		if (number_before_unit(before[i].s, n, before[i].unit) != want)
			fail_msg("'%s'", before[i].s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_slips),
		cmocka_unit_test(test_before_unit),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("numberslip", tests, NULL, NULL);
}
