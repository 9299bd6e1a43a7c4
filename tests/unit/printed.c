#include "compose/numerals.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char *const known[] = { "hộ", "hộ nghèo", "khẩu", "tháng", "%", "triệu đồng", "đồng/khẩu/tháng", "" };

/* "90", "5,723 * 1000", "90 | 91" with words beside it, "several", "unreadable: hai mốt", with "!" where the unit contradicts. */
static const char *said(const struct printed *p, struct arena *a)
{
	static const char *const others[] = {
		[PRINTED_NOTHING] = "nothing",
		[PRINTED_SEVERAL] = "several",
		[PRINTED_FOREIGN] = "foreign",
		[PRINTED_UNREADABLE] = "unreadable",
	};
	const char *text;

	if (p->as == PRINTED_UNREADABLE)
		return arena_printf(a, "unreadable: %s", p->part);
	if (p->as != PRINTED_NUMBER && p->as != PRINTED_ROMAN && p->as != PRINTED_WORDS)
		return others[p->as];
	text = ratio_exact(p->x, a);
	if (p->scale.num != 1 || p->scale.den != 1)
		text = arena_printf(a, "%s * %s", text, ratio_exact(p->scale, a));
	if (p->has_words)
		text = arena_printf(a, "%s | %s", text, ratio_exact(p->words, a));
	return p->fit == MEASURE_FITS ? text : arena_printf(a, "%s ! %s", text, p->measure);
}

struct text_case {
	const char *unit; /* of the figure */
	const char *about;
	const char *text;
	const char *want;
};

static void check(const struct text_case *cases, size_t n)
{
	struct arena a = { 0 };

	for (size_t i = 0; i < n; i++) {
		struct printed_hints hints = {
			.units = { .figure = cases[i].unit, .known = known, .n_known = sizeof known / sizeof *known },
			.about = cases[i].about,
		};
		struct printed p = printed_read(cases[i].text, &hints, &a);

		if (strcmp(said(&p, &a), cases[i].want) != 0)
			fail_msg("'%s' of '%s' gives %s, not %s", cases[i].text, cases[i].unit, said(&p, &a), cases[i].want);
	}
	arena_clear(&a);
}

#define CHECK(cases) check(cases, sizeof(cases) / sizeof *(cases))

static void test_money(void **state)
{
	static const struct text_case cases[] = {
		{ "triệu đồng", "", "5.723", "5723" },
		{ "triệu đồng", "", "5.723 triệu đồng", "5723" },
		{ "triệu đồng", "", "5.723 triệu", "5723" },
		{ "triệu đồng", "", "5,723 tỷ đồng", "5.723 * 1000" },
		{ "triệu đồng", "", "5,7 TỶ ĐỒNG", "5.7 * 1000" },
		{ "triệu đồng", "", "5,7 tỉ", "5.7 * 1000" },
		{ "triệu đồng", "", "5.723.000 nghìn đồng", "5723000 * 0.001" },
		{ "triệu đồng", "", "5.723.000.000 đồng", "5723000000 * 0.000001" },
		{ "triệu đồng", "", "5.723.000.000đ", "5723000000 * 0.000001" },
		{ "triệu đồng", "", "5.723 tr.đ", "5723" },
		{ "triệu đồng", "", "5.723 trđ", "5723" },
		{ "triệu đồng", "", "5.723 tr. đồng", "5723" },
		{ "nghìn đồng", "", "5.723 trđ", "5723 * 1000" },
		{ "nghìn đồng", "", "8,5 tỷ", "8.5 * 1000000" },
		{ "1.000 đồng", "", "8,5 triệu đồng", "8.5 * 1000" },
		{ "đồng", "", "2 nghìn tỷ đồng", "2 * 1000000000000" },
		{ "đồng/khẩu/tháng", "", "250.000 đồng/người/tháng", "250000" },
		{ "đồng/khẩu/tháng", "", "250 nghìn đồng", "250 * 1000" },
		{ "tháng*đồng", "", "250 nghìn đồng", "250 * 1000" },
		{ "triệu đồng", "", "2 triệu rưỡi", "2.5" },
		{ "triệu đồng", "", "2 tỷ rưỡi đồng", "2.5 * 1000" },
		/* in words */
		{ "triệu đồng", "", "năm tỷ bảy trăm hai mươi ba triệu đồng", "5723000000 * 0.000001" },
		{ "triệu đồng", "", "năm tỷ bảy trăm hai mươi ba triệu", "5723000000 * 0.000001" },
		{ "triệu đồng", "", "năm nghìn bảy trăm hai mươi ba", "5723" },
		{ "triệu đồng", "", "tám phẩy năm tỷ đồng", "8.5 * 1000" },
		{ "đồng", "", "Hai triệu rưỡi đồng", "2500000" },
		{ "triệu đồng", "", "5,723 tỷ đồng (năm tỷ bảy trăm hai mươi ba triệu đồng)", "5.723 * 1000 | 5723" },
		{ "đồng", "", "tám triệu (8.000.000) đồng", "8000000 | 8000000" },
		/* no money */
		{ "hộ", "", "8 triệu hộ", "8 * 1000000" },
		{ "hộ", "", "8,5 tỷ", "8.5 * 1000000000 ! tỷ" },
		{ "hộ", "", "8,5 tỷ đồng", "8.5 * 1000000000 ! tỷ đồng" },
		{ "hộ", "", "08 đồng chí", "8" },
		{ "triệu đồng", "", "08 đồng chí", "8" },
		{ "%", "", "8 tỷ lệ", "8" },
		{ "", "", "8,5 triệu đồng", "8.5 * 1000000" },
	};

	(void)state;
	CHECK(cases);
}

static void test_units(void **state)
{
	static const struct text_case cases[] = {
		{ "hộ", "", "90", "90" },
		{ "hộ", "", "90 hộ", "90" },
		{ "hộ", "", "90 HỘ nghèo", "90" },
		{ "hộ", "", "90hộ", "90" },
		{ "hộ", "", "90 gia đình", "90" },
		{ "hộ nghèo", "", "90 hộ", "90" },
		{ "hộ", "", "90%", "90 ! %" },
		{ "hộ", "", "90 phần trăm", "90 ! phần trăm" },
		{ "hộ", "", "90 khẩu", "90 ! khẩu" },
		{ "hộ", "", "tám khẩu", "8 ! khẩu" },
		{ "hộ", "", "90 hộ trong tháng 6", "90" },
		{ "hộ", "", "90 tháng 6", "90" },
		{ "%", "", "90%", "90" },
		{ "%", "", "5 điểm %", "5" },
		{ "%", "", "5 điểm phần trăm", "5" },
		{ "%", "", "ba phần trăm", "3" },
		{ "%", "", "92‰", "92 * 0.1" },
		{ "‰", "", "9,2%", "9.2 * 10" },
		{ "%", "", "9 hộ", "9 ! hộ" },
		{ "", "", "92‰", "92 ! ‰" },
		{ "", "", "92%", "92" },
		{ "", "", "92 hộ", "92" },
		{ "khẩu/hộ", "", "4,2 khẩu", "4.2" },
		/* other things that are counted, though no table has them */
		{ "hộ", "", "43 nhân khẩu", "43 ! nhân khẩu" },
		{ "hộ nghèo", "", "43 người", "43 ! người" },
		{ "hộ", "", "43 ha", "43 ! ha" },
		{ "khẩu", "", "43 người", "43" },
		{ "khẩu", "", "43 hộ", "43 ! hộ" },
		{ "lao động", "", "43 người", "43" },
		{ "", "", "43 người", "43" },
	};
	struct arena a = { 0 };
	struct printed_hints count = { .units = { .figure = "", .is_count = true }, .about = "" };

	(void)state;
	CHECK(cases);
	assert_int_equal(printed_read("4%", &count, &a).fit, MEASURE_CONTRADICTS);
	assert_int_equal(printed_read("4 xã", &count, &a).fit, MEASURE_FITS);
	arena_clear(&a);
}

static void test_digits(void **state)
{
	static const struct text_case cases[] = {
		/* digits in words are no numerals */
		{ "", "", "90 m2", "90" },
		{ "", "", "90m2", "90" },
		{ "hộ", "", "90 hộ (COVID19)", "90" },
		{ "hộ", "", "90 hộ (COVID-19)", "90" },
		{ "hộ", "", "90 hộ trong 12 tháng", "several" },
		{ "hộ", "", "7-8 hộ", "several" },
		/* spaces between groups of three digits */
		{ "hộ", "", "2 150 hộ", "2150" },
		{ "hộ", "", "2\u00A0150\u00A0hộ", "2150" },
		{ "hộ", "", "2\u202F150 hộ", "2150" },
		{ "hộ", "", "2\u2009150 hộ", "2150" },
		{ "hộ", "", "tổng số hộ 12 345 678", "12345678" },
		{ "hộ", "", "giảm còn 1 234,5 hộ", "1234.5" },
		{ "hộ", "", "2 15 hộ", "several" },
		{ "hộ", "", "2 1500 hộ", "several" },
		{ "hộ", "", "2 150.000 hộ", "several" },
		{ "hộ", "", "2150 300 hộ", "several" },
		{ "hộ", "", "0 150 hộ", "several" },
		{ "hộ", "", "thôn 3 150 hộ", "several" },
		{ "hộ", "", "Tổ dân phố 3 150 hộ", "several" },
		{ "hộ", "", "năm 2023 150 hộ", "150" },
		{ "hộ", "", "7 – 8 hộ", "several" },
		/* words beside them */
		{ "hộ", "", "90 (chín mươi)", "90 | 90" },
		{ "hộ", "", "90 (chín mươi mốt)", "90 | 91" },
		{ "hộ", "", "90 hộ (chín mươi mốt hộ)", "90 | 91" },
		{ "hộ", "", "90 hộ nghèo (bằng chữ: Chín mươi hộ nghèo)", "90 | 90" },
		{ "hộ", "", "chín mươi mốt (90) hộ", "90 | 91" },
		{ "hộ", "", "05 (năm) hộ", "5 | 5" },
		{ "hộ", "", "20 (hai mốt)", "unreadable: hai mốt" },
		/* and words that are not of it */
		{ "hộ", "", "90 hộ (một số thôn)", "90" },
		{ "hộ", "", "90 hộ (hai xã)", "90" },
		{ "hộ", "", "90 hộ tại hai xã", "90" },
		{ "hộ", "", "90 hộ trong năm", "90" },
		/* words that change it */
		{ "", "", "2 rưỡi", "2.5" },
		{ "", "", "2,5 rưỡi", "unreadable: 2,5 rưỡi" },
		{ "", "", "2 năm rưỡi", "unreadable: 2 năm rưỡi" },
		{ "", "", "1 nửa", "unreadable: 1 nửa" },
		{ "", "", "1 phần ba", "unreadable: 1 phần ba" },
		{ "", "", "3 phần việc", "3" },
		{ "hộ", "", "9 chục hộ", "9 * 10" },
		/* days and years */
		{ "", "", "năm 2023", "2023" },
		{ "hộ", "", "tám hộ năm 2023", "8" },
		{ "", "", "", "nothing" },
		{ "", "", "0.86", "foreign" },
		{ "", "", "13,0000000000000001", "unreadable: 13,0000000000000001" },
		{ "", "", "4,33333333333333333333333333333333333", "unreadable: 4,33333333333333333333333333333333333" },
		{ "", "", "99.999.999.999.999.999.999", "unreadable: 99.999.999.999.999.999.999" },
	};

	(void)state;
	CHECK(cases);
}

static void test_many_decimals(void **state)
{
	struct arena a = { 0 };
	struct printed_hints hints = { .units = { .figure = "" }, .about = "" };
	struct printed p = printed_read("90,00000000000000000000000000000000000", &hints, &a);

	(void)state;
	assert_int_equal(p.as, PRINTED_NUMBER);
	assert_int_equal(p.decimals, RATIO_DECIMALS);
	assert_true(p.x.num == 90 && p.x.den == 1);
	arena_clear(&a);
}

static void test_words(void **state)
{
	static const struct text_case cases[] = {
		{ "hộ", "", "chín hộ", "9" },
		{ "hộ", "", "từ tám đến chín hộ", "several" },
		{ "hộ", "", "tám hộ, trong đó tám hộ nghèo", "8" },
		{ "hộ", "", "hai ba hộ", "unreadable: hai ba" },
		{ "hộ", "", "hai mốt", "unreadable: hai mốt" },
		{ "hộ", "", "hai tư", "unreadable: hai tư" },
		{ "hộ", "", "hai lăm", "unreadable: hai lăm" },
		{ "hộ", "", "hai mươi mốt", "21" },
		{ "hộ", "", "hai rưỡi", "2.5" },
		{ "hộ", "", "hai triệu rưỡi", "2500000" },
		{ "hộ", "", "một trăm rưỡi", "150" },
		{ "hộ", "", "hai mươi mốt rưỡi", "unreadable: hai mươi mốt rưỡi" },
		{ "", "", "hai năm rưỡi", "unreadable: hai năm rưỡi" },
		{ "hộ", "", "một nửa số hộ", "unreadable: một nửa" },
		{ "hộ", "", "ba phần tư số hộ", "unreadable: ba phần tư" },
		{ "hộ", "", "một phần ba số hộ", "unreadable: một phần ba" },
		{ "hộ", "", "một phần do tám hộ", "8" },
		{ "hộ", "", "chín chục hộ", "9 * 10" },
		/* năm: five, but a year right behind a number and before digits */
		{ "", "", "năm", "5" },
		{ "", "", "năm hộ", "5" },
		{ "", "", "mười năm", "10" },
		{ "", "", "một trăm năm", "100" },
		{ "", "", "một trăm năm mươi", "150" },
		{ "", "", "năm năm", "5" },
		{ "", "", "tám hộ trong năm", "8" },
		/* không: none, but "not" beside another number */
		{ "hộ", "", "không có", "0" },
		{ "hộ", "", "không tăng, giảm tám hộ", "8" },
		{ "hộ", "", "không dưới chín hộ", "9" },
		{ "hộ", "", "hộ thứ hai", "nothing" },
		{ "hộ", "", "đầu tư, vật tư, tư nhân", "nothing" },
	};

	(void)state;
	CHECK(cases);
}

static void test_roman(void **state)
{
	static const struct text_case cases[] = {
		{ "", "", "II", "2" },
		{ "", "", "II/2021", "2" },
		{ "", "", "II năm 2021", "2" },
		{ "", "", "quý II", "2" },
		{ "", "", "Quý II/2021", "2" },
		{ "", "", "QUÝ II NĂM 2021", "2" },
		{ "", "", "trong quý II năm 2021", "2" },
		{ "", "", "Vitamin C", "nothing" },
		{ "", "", "hộ loại C", "100" },
		{ "", "", "hộ A, B, C", "nothing" },
		{ "", "", "CHƯƠNG TRÌNH", "nothing" },
		/* which of several */
		{ "", "", "Chương II, quý I", "several" },
		{ "", "Quý hoàn thành", "Chương II, quý I", "1" },
		{ "", "chương", "Chương II, quý I", "2" },
		{ "", "Quý hoàn thành", "Chương II", "nothing" },
		{ "", "Mục tiêu", "quý II", "2" },
		{ "", "", "quý I và II", "several" },
		{ "", "", "quý I-III", "several" },
		{ "", "", "quý II, theo mục II", "2" },
		/* digits go first */
		{ "hộ", "", "Quý II giảm 8 hộ", "8" },
	};

	(void)state;
	CHECK(cases);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_money),
		cmocka_unit_test(test_units),
		cmocka_unit_test(test_digits),
		cmocka_unit_test(test_many_decimals),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_roman),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
