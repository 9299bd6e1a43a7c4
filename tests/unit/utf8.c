#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

static void test_decode(void **state)
{
	static const struct {
		const char *bytes;
		size_t n;
		size_t want_n;
		uint32_t want;
	} cases[] = {
		{ "a", 1, 1, 'a' },
		{ "\0", 1, 1, 0 },
		{ "đ", 2, 2, 0x111 },
		{ "ế", 3, 3, 0x1EBF },
		{ "\xF0\x9F\x8F\xA0", 4, 4, 0x1F3E0 },
		{ "\xF4\x8F\xBF\xBF", 4, 4, 0x10FFFF },
		{ "", 0, 0, 0 },
		{ "\x80", 1, 0, 0 },
		{ "\xC0\x80", 2, 0, 0 },
		{ "\xC1\xBF", 2, 0, 0 },
		{ "\xE0\x9F\xBF", 3, 0, 0 },
		{ "\xF0\x8F\xBF\xBF", 4, 0, 0 },
		{ "\xED\xA0\x80", 3, 0, 0 },
		{ "\xF4\x90\x80\x80", 4, 0, 0 },
		{ "\xF5\x80\x80\x80", 4, 0, 0 },
		{ "\xE1\xBA", 2, 0, 0 },
		{ "\xE1\xBAx", 3, 0, 0 },
		{ "\xFF", 1, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		uint32_t code = 0;
		char out[4];

		assert_int_equal(utf8_decode(cases[i].bytes, cases[i].n, &code), cases[i].want_n);
		assert_int_equal(code, cases[i].want);
		if (cases[i].want_n) {
			assert_int_equal(utf8_encode(code, out), cases[i].want_n);
			assert_memory_equal(out, cases[i].bytes, cases[i].want_n);
		}
	}
}

static void test_valid(void **state)
{
	size_t bad = 99;

	(void)state;
	assert_true(utf8_valid("hộ nghèo", strlen("hộ nghèo"), &bad));
	assert_int_equal(bad, 99);
	assert_false(utf8_valid("h\xE9lo", 4, &bad));
	assert_int_equal(bad, 1);
	assert_false(utf8_valid("x\xE1\xBA", 3, NULL));
	assert_true(utf8_valid("", 0, &bad));
	assert_int_equal(utf8_length("hộ nghèo", strlen("hộ nghèo")), 8);
	assert_int_equal(utf8_length("", 0), 0);
}

static void test_nfc(void **state)
{
	static const struct {
		const char *text;
		const char *nfc;     /* utf8_nfc */
		const char *compose; /* utf8_compose */
	} cases[] = {
		{ "", "", "" },
		{ "plain", "plain", "plain" },
		{ "Uỷ ban nhân dân", "Uỷ ban nhân dân", "Uỷ ban nhân dân" },
		{ "ho\xCC\xA3", "họ", "họ" }, /* NFD */
		{ "\xC3\xAA\xCC\x81", "ế", "ế" }, /* Windows-1258: ê + acute */
		{ "o\xCC\x9B\xCC\x81", "ớ", "ớ" }, /* o horn acute */
		{ "o\xCC\x81\xCC\x9B", "ớ", "ớ" }, /* marks in the other order */
		{ "a\xCC\x82\xCC\xA3", "ậ", "ậ" },
		{ "a\xC2\xA0" "b", "a b", "a\xC2\xA0" "b" }, /* NBSP */
		{ "a\xE2\x80\xAF" "b", "a b", "a\xE2\x80\xAF" "b" }, /* narrow NBSP */
		{ "a\xE3\x80\x80" "b", "a b", "a\xE3\x80\x80" "b" }, /* ideographic space */
		{ "a\xE2\x80\xA8" "b", "a\nb", "a\xE2\x80\xA8" "b" }, /* line separator */
		{ "\xEF\xBB\xBFx", "x", "\xEF\xBB\xBFx" }, /* BOM */
		{ "a\xE2\x80\x8B\xE2\x80\x8C\xE2\x80\x8D" "b", "ab",
			"a\xE2\x80\x8B\xE2\x80\x8C\xE2\x80\x8D" "b" },
		{ "e\xE2\x80\x8B\xCC\x81", "é", "e\xE2\x80\x8B\xCC\x81" },
		{ "a  b\n", "a  b\n", "a  b\n" },
		{ "\xE2\x84\xA6", "\xCE\xA9", "\xCE\xA9" }, /* ohm sign */
		{ "\xEA\xB0\x80", "\xEA\xB0\x80", "\xEA\xB0\x80" }, /* Hangul */
		{ "\xE1\x84\x80\xE1\x85\xA1", "\xEA\xB0\x80", "\xEA\xB0\x80" },
		{ "x\xFFy", "x\xFFy", "x\xEF\xBF\xBDy" },
	};
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i + 1 < sizeof cases / sizeof *cases; i++) {
		const char *s = cases[i].text;

		assert_string_equal(utf8_nfc(s, strlen(s), &a), cases[i].nfc);
		assert_string_equal(utf8_compose(s, strlen(s), &a), cases[i].compose);
	}
	assert_string_equal(utf8_compose("x\xFFy", 3, &a), "x\xEF\xBF\xBDy");
	assert_string_equal(utf8_nfc("households", 5, &a), "house");
	arena_clear(&a);
}

static void test_harmless(void **state)
{
	static const char *const cases[][2] = {
		{ "Nguyễn Văn A", "Nguyễn Văn A" },
		{ "a\rb\nc\td\x1B[2J\x7F", "a?b?c?d?[2J?" },
		{ "a\xC2\x9B" "b", "a?b" },
		{ "\xE2\x80\xAE" "fdp\xE2\x80\x8F\xE2\x81\xA6\xE2\x80\xA8", "?fdp???" },
		{ "a\xFF\xE1\xBA", "a???" },
		{ "", "" },
	};
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(utf8_harmless(cases[i][0], strlen(cases[i][0]), &a), cases[i][1]);
	assert_string_equal(utf8_harmless("a\0b", 3, &a), "a?b");
	arena_clear(&a);
}

static void test_refused(void **state)
{
	static const struct {
		const char *text;
		size_t at;
		uint32_t code;
	} cases[] = {
		{ "", 0, 1 },
		{ "Thôn\t1\r\n\v\f", 11, 1 },
		{ "ế\xC2\xA0\xE2\x80\x8B\xEF\xBB\xBF", 11, 1 }, /* only unseen */
		{ "ab\x01", 2, 1 },
		{ "\x7F", 0, 0x7F },
		{ "ế\xC2\x9B", 3, 0x9B },
		{ "a\xE2\x80\xAE" "b", 1, 0x202E }, /* right to left override */
		{ "\xE2\x81\xA7", 0, 0x2067 },
		{ "\xEF\xBF\xBD", 0, 0xFFFD },
		{ "\xEF\xBF\xBE", 0, 0xFFFE },
		{ "\xF0\x9F\xBF\xBF", 0, 0x1FFFF },
		{ "\xEF\xB7\x90", 0, 0xFDD0 },
		{ "x\xFF", 1, 0xFFFD }, /* no UTF-8 */
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		uint32_t code = 1;

		assert_int_equal(utf8_find_refused(cases[i].text, strlen(cases[i].text), &code), cases[i].at);
		assert_int_equal(code, cases[i].code);
	}
}

static void test_fold(void **state)
{
	static const struct {
		const char *text;
		const char *want;
	} cases[] = {
		{ "", "" },
		{ "   \n\t\xC2\xA0", "" },
		{ "  Tổ\xC2\xA0 dân\r\n phố  1 ", "tổ dân phố 1" },
		{ "ĐƠN VỊ", "đơn vị" },
		{ "\xC3\x90" "ơn vị", "đơn vị" }, /* U+00D0 */
		{ "\xC3\xB0" "ơn", "đơn" },
		{ "\xC6\x89" "ơn", "đơn" },
		{ "hoà", "hòa" },
		{ "hòa", "hòa" },
		{ "HOÀ BÌNH", "hòa bình" },
		{ "Hoa\xCC\x80", "hòa" }, /* NFD */
		{ "thuý", "thúy" },
		{ "thuỷ", "thủy" },
		{ "Uỷ ban", "ủy ban" },
		{ "xoè", "xòe" },
		{ "khoẻ", "khỏe" },
		{ "hoạ", "họa" },
		{ "hoã", "hõa" },
		{ "luỵ", "lụy" },
		{ "quý", "quý" },
		{ "quỳ", "quỳ" },
		{ "Quỹ", "quỹ" },
		{ "hoàn", "hoàn" },
		{ "toàn", "toàn" },
		{ "ngoáy", "ngoáy" },
		{ "huỳnh", "huỳnh" },
		{ "khuỷu", "khuỷu" },
		{ "hoằng", "hoằng" },
		{ "thuế", "thuế" },
		{ "nghĩa", "nghĩa" },
		{ "mùa", "mùa" },
		{ "hoà1, hoá.", "hòa1, hóa." },
		{ "hoa", "hoa" },
		{ "Ệ", "ệ" },
		{ "a\xE2\x80\x8B" "b\xEF\xBB\xBF", "ab" },
		{ "Cư M’gar – “Buôn” 1", "cư m'gar - \"buôn\" 1" },
		{ "S\x02ố\xE2\x80\xAE hộ\x7F", "số hộ" },
		{ "a\xEF\xBF\xBD" "b", "a\xEF\xBF\xBD" "b" },
	};
	struct arena a = { 0 };
	struct buf b = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *s = cases[i].text;
		const char *folded = utf8_fold(s, strlen(s), &a);

		assert_string_equal(folded, cases[i].want);
		assert_string_equal(utf8_fold(folded, strlen(folded), &a), folded);
	}
	assert_string_equal(utf8_fold("hoàn", strlen("hoà"), &a), "hòa");
	assert_string_equal(utf8_fold_into("  Khu  Phố 1", strlen("  Khu  Phố 1"), &b), "khu phố 1");
	assert_string_equal(utf8_fold_into(" ", 1, &b), "");
	assert_string_equal(utf8_fold_into("", 0, &b), "");
	buf_clear(&b);
	arena_clear(&a);
}

static void test_trim(void **state)
{
	static const struct {
		const char *text;
		const char *want;
	} cases[] = {
		{ "", "" },
		{ "x", "x" },
		{ " \t\r\nx y\n ", "x y" },
		{ "\xC2\xA0thôn\xC2\xA0", "thôn" },
		{ "\xEF\xBB\xBFthôn \xE2\x80\x8B", "thôn" },
		{ "\xE3\x80\x80ế\xE2\x80\xAF", "ế" },
		{ " \xC2\xA0 ", "" },
		{ " \xFF ", "\xFF" },
		{ "\x80\x80\x80\x80\x80", "\x80\x80\x80\x80\x80" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *s = cases[i].text;
		size_t n = strlen(s);

		utf8_trim(&s, &n);
		assert_int_equal(n, strlen(cases[i].want));
		assert_memory_equal(s, cases[i].want, n);
	}
}

/* A letter with very many marks must not cost the square of their number. */
static void test_many_marks(void **state)
{
	enum { N = 300000 };
	struct arena a = { 0 };
	char *s = malloc(2 * N);
	clock_t start = clock();

	(void)state;
	assert_non_null(s);
	for (size_t i = 0; i < N; i++)
		memcpy(s + 2 * i, i % 2 ? "\xCC\xA3" : "\xCC\x81", 2);
	assert_non_null(utf8_compose(s, 2 * N, &a));
	assert_non_null(utf8_fold(s, 2 * N, &a));
	assert_true(clock() - start < 10 * CLOCKS_PER_SEC);
	free(s);
	arena_clear(&a);
}

static void test_fold_list(void **state)
{
	struct arena a = { 0 };
	const char *const *list = utf8_fold_list("Cộng| TỔNG  cộng||", &a);

	(void)state;
	assert_string_equal(list[0], "cộng");
	assert_string_equal(list[1], "tổng cộng");
	assert_null(list[2]);
	assert_null(utf8_fold_list(NULL, &a)[0]);
	assert_null(utf8_fold_list("", &a)[0]);
	arena_clear(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fold_list),
		cmocka_unit_test(test_decode),
		cmocka_unit_test(test_valid),
		cmocka_unit_test(test_nfc),
		cmocka_unit_test(test_harmless),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_fold),
		cmocka_unit_test(test_trim),
		cmocka_unit_test(test_many_marks),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
