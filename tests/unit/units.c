/* model/units.c: what texts of a sheet say of units. */
#include "model/units.h"

#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char *const units[] = { "hộ", "khẩu", "%", "đồng", "xã", "triệu đồng", "đvt:*", "đvt *", "đơn vị tính:*", "đvt", NULL };
static const char *const units_if[] = { "đơn vị:*", "đv:*", "đơn vị *", "tính bằng *", NULL };
static const struct row_words words = { .unit = units, .unit_if = units_if };

static const struct {
	const char *s;
	enum saying how;
	bool is_whole;
	const char *text;
} texts[] = {
	{ "hộ", SAYS_UNIT, true, "hộ" },
	{ "( Hộ )", SAYS_UNIT, true, "hộ" },
	{ "Số hộ", SAYS_NOTHING, true, "số hộ" },
	{ "(Số hộ)", SAYS_NOTHING, true, "số hộ" },
	{ "Số người (hộ, khẩu)", SAYS_UNIT, false, "hộ, khẩu" },
	{ "Số người (hộ, ghế)", SAYS_NOTHING, true, "số người (hộ, ghế)" },
	{ "Nghìn hộ", SAYS_UNIT, true, "nghìn hộ" },
	{ "1.000 đồng", SAYS_UNIT, true, "1.000 đồng" },
	{ "1.000", SAYS_NOTHING, true, "1.000" },
	{ "ĐVT: sào", SAYS_ANNOUNCED, true, "sào" },
	{ "ĐVT :triệu đồng", SAYS_ANNOUNCED, true, "triệu đồng" },
	{ "(ĐVT: triệu đồng)", SAYS_ANNOUNCED, true, "triệu đồng" },
	{ "Kinh phí (ĐVT: triệu đồng)", SAYS_ANNOUNCED, false, "triệu đồng" },
	{ "ĐVT:", SAYS_ANNOUNCED, true, "" },
	{ "ĐVT", SAYS_UNIT, true, "đvt" },
	{ "Đơn vị tính: hộ (cột 4, 5); % (cột 6)", SAYS_ANNOUNCED, true, "hộ (cột 4, 5); % (cột 6)" },
	{ "Đơn vị: triệu đồng", SAYS_ANNOUNCED, true, "triệu đồng" },
	{ "ĐV: trđ", SAYS_ANNOUNCED, true, "trđ" },
	{ "Tính bằng triệu đồng.", SAYS_ANNOUNCED, true, "triệu đồng." },
	{ "Đơn vị: xã Mẫu", SAYS_NOTHING, true, "đơn vị: xã mẫu" },
	{ "Đơn vị:", SAYS_NOTHING, true, "đơn vị:" },
	{ "Đơn vị", SAYS_NOTHING, true, "đơn vị" },
	{ "Các mức theo triệu đồng trong bảng", SAYS_IN_PASSING, false, "triệu đồng" },
	{ "Số tiền ghi tr.đ", SAYS_IN_PASSING, false, "tr.đ" },
	{ "Hỗ trợ 500 triệu đồng", SAYS_NOTHING, true, "hỗ trợ 500 triệu đồng" },
	{ "Triệu đồngng", SAYS_NOTHING, true, "triệu đồngng" },
	{ "", SAYS_NOTHING, true, "" },
	{ "()", SAYS_NOTHING, true, "" },
	{ ")", SAYS_NOTHING, true, ")" },
};

static const struct {
	const char *said;
	const char *unit;
	enum likeness want;
} likes[] = {
	{ "hộ", "hộ", UNIT_SAME },
	{ "khẩu", "hộ", UNIT_OTHER },
	{ "nghìn hộ", "hộ", UNIT_SCALED },
	{ "hộ (cột 4, 5, 6); % (cột 9, 10)", "hộ", UNIT_SAME },
	{ "hộ (cột 4, 5, 6); % (cột 9, 10)", "%", UNIT_SAME },
	{ "hộ và khẩu", "khẩu", UNIT_SAME },
	{ "hộ, khẩu", "khẩu", UNIT_SAME },
	{ "khẩu, nghìn hộ", "hộ", UNIT_SCALED },
	{ "trđ", "triệu đồng", UNIT_SAME },
	{ "tr. đồng", "triệu đồng", UNIT_SAME },
	{ "triệu", "đồng", UNIT_SCALED },
	{ "triệu đồng.", "triệu đồng", UNIT_SAME },
	{ "1,000 đồng", "nghìn đồng", UNIT_SAME },
	{ "1.000.000 đồng", "triệu đồng", UNIT_SAME },
	{ "ng.đ", "nghìn đồng", UNIT_SAME },
	{ "vnđ", "đồng", UNIT_SAME },
	{ "tỷ lệ", "đồng", UNIT_OTHER },
	{ "1.000", "đồng", UNIT_OTHER },
	{ "nhà", "hộ", UNIT_OTHER },
	{ "", "", UNIT_OTHER },
	{ "", "hộ", UNIT_OTHER },
	{ ";,;", "hộ", UNIT_OTHER },
	{ "(hộ", "hộ", UNIT_OTHER },
};

static void test_texts(void **state)
{
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct units u = units_read(texts[i].s, strlen(texts[i].s), &words, &a);

		if (u.how != texts[i].how || u.is_whole != texts[i].is_whole || u.n != strlen(texts[i].text)
			|| memcmp(u.text, texts[i].text, u.n) != 0)
			fail_msg("'%s': %d, %d, '%.*s'", texts[i].s, (int)u.how, u.is_whole, (int)u.n, u.text);
	}
	arena_clear(&a);
}

static void test_likeness(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof likes / sizeof *likes; i++) {
		struct units said = units_inside(likes[i].said, strlen(likes[i].said));
		enum likeness like = units_likeness(&said, likes[i].unit);

		if (like != likes[i].want)
			fail_msg("'%s' for '%s': %d", likes[i].said, likes[i].unit, (int)like);
	}
}

/* In brackets whatever stands before a colon announces. */
static void test_inside(void **state)
{
	static const char text[] = "tính theo: hộ";
	struct units said = units_inside(text, strlen(text));

	(void)state;
	assert_int_equal(units_likeness(&said, "hộ"), UNIT_SAME);
	assert_int_equal(units_brackets("a (b (c))", 9), 2);
	assert_int_equal(units_brackets("a (b > c)", 9), 9);
	assert_int_equal(units_brackets("a b)", 4), 4);
	assert_int_equal(units_brackets("a", 1), 1);
	assert_int_equal(units_brackets("", 0), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_likeness),
		cmocka_unit_test(test_inside),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("units", tests, NULL, NULL);
}
