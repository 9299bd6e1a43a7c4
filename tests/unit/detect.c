/* ingest/letters.c and detect.c: what is Vietnamese, and which encoding makes it so. */
#include "base/utf8.h"
#include "ingest/detect.h"
#include "ingest/letters.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "encoded.h"

static bool is_good(const char *word)
{
	uint32_t code[32];
	size_t n = 0;

	for (size_t left = strlen(word); left;) {
		size_t len = utf8_decode(word, left, &code[n++]);

		word += len;
		left -= len;
	}
	return syllable_is_good(code, n);
}

static void test_syllables(void **state)
{
	static const char *const good[] = { "hộ", "nghèo", "Tổ", "dân", "PHỐ", "thủy", "thuỷ", "quý", "gì", "giếng", "già", "nghiêng", "Ủy",
		"Uỷ", "đường", "rượu", "khuya", "khuỷu", "Đăk", "yêu", "oai", "ngoằn", "huyện", "quyết", "TổNG", "xoong",
		"ương", "ấp", "sách", "tích", "ở", "hòa", "hoà", "Lăk" };
	static const char *const bad[] = { "", "x", "hộộ", "bãc", "sàch", "ngh", "qộ", "fố", "thụng2", "hÀ", "ThƯn", "ơôn", "aăn", "nghèoooooo",
		"Thềnn", "ìọ", "đ" };

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		if (!is_good(good[i]))
			fail_msg("'%s' is good", good[i]);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (is_good(bad[i]))
			fail_msg("'%s' is bad", bad[i]);
}

static void test_letters(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_LETTER / 2; i++) {
		uint32_t small = 0;
		uint32_t capital = 0;

		utf8_decode(letters[i].letter, 4, &small);
		utf8_decode(letters[i + N_LETTER / 2].letter, 4, &capital);
		assert_int_equal(letter_capital(small), capital);
		assert_int_equal(letter_small(capital), small);
		assert_true(letter_is_vietnamese(small) && letter_is_vietnamese(capital));
		assert_true(letter_is_capital(capital) && !letter_is_capital(small));
	}
	assert_int_equal(letter_capital(0xE4), 0xE4);
	assert_false(letter_is_vietnamese('a'));
	assert_false(letter_is_vietnamese(0xE4));
	assert_false(letter_is_vietnamese(0x20AB));
}

static const char *const known[] = { "thôn", "số hộ", "hộ nghèo đầu năm", "ma", "tháng", NULL };

#define TABLE "Thôn;Số hộ;Hộ nghèo đầu năm\nThôn Đoàn Kết;10;5\nẤp Bình Mỹ 2;7;1\n"
#define LONGER "Xã Vĩnh Lộc, huyện Hồng Dân: đã rà soát, thống nhất với tổ trưởng, trưởng ấp và Mặt trận\n"

static const struct {
	const char *text;
	enum verdict verdict;
} cases[] = {
	{ TABLE, DETECT_FOUND },
	{ "\"Thôn\",\"Số\nhộ\"\n\"Đoàn Kết, xã\",5\n", DETECT_FOUND },
	{ "BẢNG SỐ LIỆU HỘ NGHÈO\n\n" TABLE, DETECT_FOUND },
	{ "ma;n\n" LONGER, DETECT_FOUND },			    /* a header in ASCII, and many words */
	{ "ma;n\nĐoàn Kết;Bình Mỹ;Hồng\n", DETECT_UNDECIDED }, /* too few */
	{ "Bản;Nhà\n" LONGER, DETECT_UNDECIDED },		    /* no known header */
	{ "Số hộ\n", DETECT_UNDECIDED },
	{ "Đoàn\n", DETECT_NONE },
	{ "ma;n\n1;2\n", DETECT_NONE },
};

static void test_bytes(void **state)
{
	(void)state;
	for (enum legacy_charset charset = LEGACY_TCVN3; charset < N_LEGACY; charset++)
		for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
			struct arena a = { 0 };
			struct buf b = { 0 };
			struct detected found;

			put_encoded(&b, charset, cases[i].text);
			detect_bytes((const unsigned char *)b.text, b.n, known, &a, &found);
			if (found.verdict != cases[i].verdict || (found.verdict == DETECT_FOUND && found.charset != charset))
				fail_msg("%s: %s gives %d, %d %s", legacy_name(charset), cases[i].text, found.verdict,
					found.charset, found.looks ? found.looks : "");
			assert_int_equal(found.verdict == DETECT_UNDECIDED, found.looks != NULL);
			detect_bytes((const unsigned char *)b.text, b.n, NULL, &a, &found);
			assert_int_not_equal(found.verdict, DETECT_FOUND);
			buf_clear(&b);
			arena_clear(&a);
		}
}

/* The characters that the bytes are in Windows-1252, or in Latin-1 where that has none. */
static void put_stored(struct buf *b, enum legacy_charset charset, const char *s)
{
	struct buf bytes = { 0 };

	put_encoded(&bytes, charset, s);
	for (size_t i = 0; i < bytes.n; i++) {
		char out[4];
		size_t n = convert("UTF-8", "CP1252", bytes.text + i, 1, out, sizeof out);

		buf_put(b, out, n ? n : utf8_encode((unsigned char)bytes.text[i], out));
	}
	buf_clear(&bytes);
}

static void test_stored(void **state)
{
	(void)state;
	for (enum legacy_charset charset = LEGACY_TCVN3; charset < N_LEGACY; charset++)
		for (size_t i = 0; i < 3; i += 2) {
			struct arena a = { 0 };
			struct buf b = { 0 };
			struct detected found;

			put_stored(&b, charset, cases[i].text);
			detect_text(b.text, b.n, known, &a, &found);
			if (found.verdict != DETECT_FOUND || found.charset != charset)
				fail_msg("%s: %s gives %d %s", legacy_name(charset), b.text, found.verdict,
					found.looks ? found.looks : "");
			assert_true(detect_stored(b.text, b.n, charset, &a));
			buf_puts(&b, "hộ\n"); /* of Unicode */
			detect_text(b.text, b.n, known, &a, &found);
			assert_int_equal(found.verdict, DETECT_UNDECIDED);
			assert_true(detect_stored(b.text, b.n, charset, &a));
			assert_false(detect_stored(TABLE, sizeof TABLE - 1, charset, &a));
			buf_clear(&b);
			arena_clear(&a);
		}
}

/* Few words, of which most are syllables as they stand: a known header tells. */
static void test_stored_header(void **state)
{
	static const char few[] = "Th\u00ABn,S\u00E8 h\u00E9,H\u00E9 ngh\u00CCo\nX\u00E3m H\u00E8,100,5\n";
	static const char *const own[] = { "thôn", NULL };
	static const char *const other[] = { "xã", NULL };
	struct arena a = { 0 };
	struct detected found;

	(void)state;
	detect_text(few, strlen(few), own, &a, &found);
	assert_int_equal(found.verdict, DETECT_FOUND);
	assert_int_equal(found.charset, LEGACY_TCVN3);
	detect_text(few, strlen(few), other, &a, &found);
	assert_int_equal(found.verdict, DETECT_NONE);
	arena_clear(&a);
}

/* What is no text of before Unicode, as bytes and as text. */
static void test_left_alone(void **state)
{
	static const char *const texts[] = {
		TABLE,
		"Thôn;Tháng\nHà;Hà\nXã Tân Bình;Hoà Bình\nHà Giang;Quý\n", /* only letters of Latin-1 */
		"Thôn;Số hộ\nHòa Bình;5\nV\xF4\n",
		"Stra\xC3\x9F" "e;Gr\xC3\xB6\xC3\x9F" "e\nM\xC3\xBCnchen;\xC3\x9C" "bersicht\nK\xC3\xB6ln;\xC3\x84nderung\n",
		"ma;n\n\xC2\xA9;\xC2\xAE\n",
		"",
	};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct arena a = { 0 };
		struct detected found;

		detect_bytes((const unsigned char *)texts[i], strlen(texts[i]), known, &a, &found);
		assert_int_equal(found.verdict, DETECT_NONE);
		detect_text(texts[i], strlen(texts[i]), known, &a, &found);
		assert_int_equal(found.verdict, DETECT_NONE);
		arena_clear(&a);
	}
}

static void test_looks(void **state)
{
	struct arena a = { 0 };
	struct buf b = { 0 };
	struct detected found;

	(void)state;
	put_encoded(&b, LEGACY_TCVN3, "Tổ dân phố;Xã\n");
	detect_bytes((const unsigned char *)b.text, b.n, known, &a, &found);
	assert_int_equal(found.verdict, DETECT_UNDECIDED);
	assert_non_null(strstr(found.looks, "TCVN3 (ABC): 'Tổ dân phố'"));
	assert_null(strstr(found.looks, "VNI"));
	buf_clear(&b);
	arena_clear(&a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_syllables),
		cmocka_unit_test(test_letters),
		cmocka_unit_test(test_bytes),
		cmocka_unit_test(test_stored),
		cmocka_unit_test(test_stored_header),
		cmocka_unit_test(test_left_alone),
		cmocka_unit_test(test_looks),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("detect", tests, NULL, NULL);
}
