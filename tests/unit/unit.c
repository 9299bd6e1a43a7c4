#include "expr/tree.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct {
	const char *unit;
	const char *want;
} texts[] = {
	{ NULL, "" },
	{ "", "" },
	{ "%", "" },
	{ "điểm %", "" },
	{ "1", "" },
	{ "hộ", "hộ" },
	{ "triệu đồng", "triệu đồng" },
	{ "tháng*đồng", "đồng*tháng" },
	{ "đồng * tháng", "đồng*tháng" },
	{ "đồng/tháng", "đồng/tháng" },
	{ "đồng / người / tháng", "đồng/người/tháng" },
	{ "1/hộ", "1/hộ" },
	{ "km*km", "km*km" },
	{ "km/km", "" },
	{ "người/km*km", "người" }, /* left to right, as expressions are */
	{ "eur*đồng*ha", "đồng*eur*ha" },
	{ "a*b*c*d*e*f*g*h*i", "a*b*c*d*e*f*g*h*i" }, /* too many: one name */
};

static void test_texts(void **state)
{
	struct arena a = { .left = 0 };

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct unit u = unit_parse(texts[i].unit);

		assert_string_equal(unit_text(&u, &a), texts[i].want);
	}
	arena_clear(&a);
}

static const struct {
	const char *a;
	const char *b;
	bool want;
} fits[] = {
	{ "hộ", "hộ", true },
	{ "hộ", "đồng", false },
	{ "hộ", "", false },
	{ "%", "điểm %", true },
	{ "đồng*tháng", "tháng*đồng", true },
	{ "đồng/tháng", "đồng*tháng", false },
	{ "km*km", "km", false },
	{ "hộ", "hộ nghèo", false },
};

static void test_fits(void **state)
{
	struct unit any = { .any = true };

	(void)state;
	for (size_t i = 0; i < sizeof fits / sizeof *fits; i++) {
		struct unit a = unit_parse(fits[i].a);
		struct unit b = unit_parse(fits[i].b);

		assert_int_equal(unit_fits(&a, &b), fits[i].want);
		assert_int_equal(unit_fits(&b, &a), fits[i].want);
		assert_true(unit_fits(&a, &any));
		assert_true(unit_fits(&any, &b));
	}
}

static const struct {
	const char *a;
	const char *b;
	bool inverse;
	const char *want; /* NULL: too many parts */
} products[] = {
	{ "hộ", "hộ", true, "" },
	{ "hộ", "hộ", false, "hộ*hộ" },
	{ "đồng", "tháng", true, "đồng/tháng" },
	{ "đồng/tháng", "tháng", false, "đồng" },
	{ "", "hộ", true, "1/hộ" },
	{ "%", "hộ", false, "hộ" },
	{ "a*b*c*d*e*f*g*h", "i", false, NULL },
	{ "a*a*a*a*a*a*a*a", "a", false, NULL },
	{ "a*a*a*a*a*a*a*a", "a", true, "a*a*a*a*a*a*a" },
};

static void test_products(void **state)
{
	struct arena arena = { .left = 0 };

	(void)state;
	for (size_t i = 0; i < sizeof products / sizeof *products; i++) {
		struct unit a = unit_parse(products[i].a);
		struct unit b = unit_parse(products[i].b);
		bool ok = unit_combine(&a, &b, products[i].inverse, &a);

		assert_int_equal(ok, products[i].want != NULL);
		if (ok)
			assert_string_equal(unit_text(&a, &arena), products[i].want);
	}
	arena_clear(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_fits),
		cmocka_unit_test(test_products),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("unit", tests, NULL, NULL);
}
