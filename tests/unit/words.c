/* base/words.c: numbers in Vietnamese words. */
#include "base/words.h"

#include "base/numeral.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { DECIMALS_SIZE = 32 }; /* [bytes] a point and at most 18 digits */

static const struct {
	int64_t num;
	int64_t den;
	unsigned flags;
	const char *want; /* NULL: cannot be said */
} cases[] = {
	{ 0, 1, 0, "không" },
	{ 1, 1, 0, "một" },
	{ 4, 1, 0, "bốn" },
	{ 5, 1, 0, "năm" },
	{ 7, 1, 0, "bảy" },
	{ 10, 1, 0, "mười" },
	{ 11, 1, 0, "mười một" },
	{ 14, 1, 0, "mười bốn" },
	{ 15, 1, 0, "mười lăm" },
	{ 20, 1, 0, "hai mươi" },
	{ 21, 1, 0, "hai mươi mốt" },
	{ 24, 1, 0, "hai mươi tư" },
	{ 25, 1, 0, "hai mươi lăm" },
	{ 55, 1, 0, "năm mươi lăm" },
	{ 90, 1, 0, "chín mươi" },
	{ 100, 1, 0, "một trăm" },
	{ 101, 1, 0, "một trăm linh một" },
	{ 104, 1, 0, "một trăm linh bốn" },
	{ 105, 1, 0, "một trăm linh năm" },
	{ 110, 1, 0, "một trăm mười" },
	{ 111, 1, 0, "một trăm mười một" },
	{ 115, 1, 0, "một trăm mười lăm" },
	{ 121, 1, 0, "một trăm hai mươi mốt" },
	{ 124, 1, 0, "một trăm hai mươi tư" },
	{ 1000, 1, 0, "một nghìn" },
	{ 1005, 1, 0, "một nghìn không trăm linh năm" },
	{ 1100, 1, 0, "một nghìn một trăm" },
	{ 2001, 1, 0, "hai nghìn không trăm linh một" },
	{ 2023, 1, 0, "hai nghìn không trăm hai mươi ba" },
	{ 10010, 1, 0, "mười nghìn không trăm mười" },
	{ 10015, 1, 0, "mười nghìn không trăm mười lăm" },
	{ 105000, 1, 0, "một trăm linh năm nghìn" },
	{ 599608, 1, 0, "năm trăm chín mươi chín nghìn sáu trăm linh tám" },
	{ 1000001, 1, 0, "một triệu không trăm linh một" },
	{ 1001000, 1, 0, "một triệu không trăm linh một nghìn" },
	{ 1085332, 1, 0, "một triệu không trăm tám mươi lăm nghìn ba trăm ba mươi hai" },
	{ 10000000, 1, 0, "mười triệu" },
	{ 123000000, 1, 0, "một trăm hai mươi ba triệu" },
	{ 1000000000, 1, 0, "một tỷ" },
	{ 1000000001, 1, 0, "một tỷ không trăm linh một" },
	{ 1005000000, 1, 0, "một tỷ không trăm linh năm triệu" },
	{ 1000000000000, 1, 0, "một nghìn tỷ" },
	{ 1234000000000, 1, 0, "một nghìn hai trăm ba mươi tư tỷ" },
	{ 1000000000005, 1, 0, "một nghìn tỷ không trăm linh năm" },
	{ 1000000000000000, 1, 0, "một triệu tỷ" },
	{ 1000005000000000, 1, 0, "một triệu không trăm linh năm tỷ" },
	{ 1000000000000000000, 1, 0, "một tỷ tỷ" },
	{ 1000000005000000000, 1, 0, "một tỷ tỷ không trăm linh năm tỷ" },
	{ 1000000000005000000, 1, 0, "một tỷ tỷ không trăm linh năm triệu" },
	{ INT64_MAX, 1, 0,
		"chín tỷ tỷ hai trăm hai mươi ba triệu ba trăm bảy mươi hai nghìn không trăm ba mươi sáu tỷ "
		"tám trăm năm mươi tư triệu bảy trăm bảy mươi lăm nghìn tám trăm linh bảy" },
	{ INT64_MIN, 1, 0,
		"âm chín tỷ tỷ hai trăm hai mươi ba triệu ba trăm bảy mươi hai nghìn không trăm ba mươi sáu tỷ "
		"tám trăm năm mươi tư triệu bảy trăm bảy mươi lăm nghìn tám trăm linh tám" },
	{ -5, 1, 0, "âm năm" },
	{ -2023, 1, 0, "âm hai nghìn không trăm hai mươi ba" },

	{ 211, 2, 0, "một trăm linh năm phẩy năm" },
	{ 193, 100, 0, "một phẩy chín mươi ba" },
	{ 1, 20, 0, "không phẩy không năm" },
	{ 1, 10, 0, "không phẩy một" },
	{ 3, 20, 0, "không phẩy mười lăm" },
	{ 1, 8, 0, "không phẩy một trăm hai mươi lăm" },
	{ 21, 200, 0, "không phẩy một trăm linh năm" },
	{ 1, 80, 0, "không phẩy không một trăm hai mươi lăm" },
	{ 1, 200, 0, "không phẩy không không năm" },
	{ 617, 5000, 0, "không phẩy một hai ba bốn" },
	{ 314159, 100000, 0, "ba phẩy một bốn một năm chín" },
	{ -1, 2, 0, "âm không phẩy năm" },
	{ -4021, 2, 0, "âm hai nghìn không trăm mười phẩy năm" },
	{ 1, 1000000000000000000, 0,
		"không phẩy không không không không không không không không không không không không không không "
		"không không không một" },
	{ 1, 262144, 0, "không phẩy không không không không không ba tám một bốn sáu chín bảy hai sáu năm sáu hai năm" },
	{ 1, 524288, 0, NULL }, /* 19 decimals */
	{ 1, 3, 0, NULL },
	{ -22, 7, 0, NULL },

	{ 105, 1, WORDS_LE, "một trăm lẻ năm" },
	{ 2001, 1, WORDS_LE, "hai nghìn không trăm lẻ một" },
	{ 21, 200, WORDS_LE, "không phẩy một trăm lẻ năm" },
	{ 25, 1, WORDS_CAPITAL, "Hai mươi lăm" },
	{ -5, 1, WORDS_CAPITAL, "Âm năm" },
	{ 405, 1, WORDS_CAPITAL | WORDS_LE, "Bốn trăm lẻ năm" },
};

static void test_cases(void **state)
{
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct ratio x = { cases[i].num, cases[i].den };
		const char *words = words_text(x, (enum words_flags)cases[i].flags, &a);

		if (!words != !cases[i].want || (words && strcmp(words, cases[i].want) != 0))
			fail_msg("%lld/%lld: '%s', wanted '%s'", (long long)x.num, (long long)x.den,
				words ? words : "-", cases[i].want ? cases[i].want : "-");
	}
	arena_clear(&a);
}

/* What is said is read again, by itself and before other words; whole numbers in all orders of size. */
static void test_round_trip(void **state)
{
	struct arena a = { 0 };
	struct ratio x;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *words = cases[i].want;

		if (!words || cases[i].flags & WORDS_CAPITAL || cases[i].num == INT64_MIN)
			continue;
		assert_int_equal(words_read(words, &x, &a), strlen(words));
		assert_int_equal(x.num, cases[i].num);
		assert_int_equal(x.den, cases[i].den);
		assert_int_equal(words_read(arena_printf(&a, "%s hộ năm", words), &x, &a), strlen(words));
	}
	for (uint64_t n = 1; n <= INT64_MAX / 3; n = n < 20000 ? n + 1 : n * 3 + n % 7) {
		const char *words = words_text(ratio_whole((int64_t)n), 0, &a);

		assert_int_equal(words_read(words, &x, &a), strlen(words));
		assert_int_equal(x.num, n);
		if (n % 1000 == 0)
			arena_clear(&a);
	}
	arena_clear(&a);
}

static const struct {
	const char *text;
	const char *said; /* of the text */
	int64_t num;
	int64_t den;
} read[] = {
	{ "tám, hộ", "tám", 8, 1 },
	{ "tám.", "tám", 8, 1 },
	{ "hai mươi bốn", "hai mươi bốn", 24, 1 },
	{ "mười nhăm ngàn", "mười nhăm ngàn", 15000, 1 },
	{ "một tỉ hai trăm lẻ bẩy", "một tỉ hai trăm lẻ bẩy", 1000000207, 1 },
	{ "năm tám hộ", "năm", 5, 1 },
	{ "không quá chín", "không", 0, 1 },
	{ "một phẩy không", "một", 1, 1 },
	{ "một phẩy", "một", 1, 1 },
	{ "một, hai", "một", 1, 1 },
	{ "hai  ba", "hai", 2, 1 },
	{ "hai mươi năm", "hai mươi", 20, 1 },
	{ "âm", "", 0, 1 },
	{ "trăm", "", 0, 1 },
	{ "mươi", "", 0, 1 },
	{ "lăm", "", 0, 1 },
	{ "phẩy năm", "", 0, 1 },
	{ "tám2", "", 0, 1 },
	{ "támhai", "", 0, 1 },
	{ "hộ", "", 0, 1 },
	{ "", "", 0, 1 },
	{ "chín tỷ tỷ chín tỷ tỷ", "chín tỷ tỷ", 9000000000000000000, 1 },
	{ "chín tỷ tỷ tỷ", "chín tỷ tỷ", 9000000000000000000, 1 },
};

static void test_read(void **state)
{
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof read / sizeof *read; i++) {
		struct ratio x = { 0, 1 };
		size_t n = words_read(read[i].text, &x, &a);

		if (n != strlen(read[i].said) || (n && (x.num != read[i].num || x.den != read[i].den)))
			fail_msg("'%s': %zu bytes, %lld/%lld", read[i].text, n, (long long)x.num, (long long)x.den);
	}
	arena_clear(&a);
}

static const struct {
	const char *text;
	unsigned want;
} romans[] = { { "I", 1 }, { "II", 2 }, { "IV", 4 }, { "IX", 9 }, { "XLIX", 49 }, { "MMXXIV", 2024 }, { "MMMCMXCIX", 3999 },
	{ "D", 500 }, { "IIII", 0 }, { "VV", 0 }, { "IXI", 0 }, { "CMD", 0 }, { "MMMM", 0 }, { "VI.", 0 }, { "ii", 0 }, { "", 0 },
	{ "MIX", 1009 }, { "UBND", 0 } };

static void test_roman(void **state)
{
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof romans / sizeof *romans; i++)
		assert_int_equal(roman_read(romans[i].text, strlen(romans[i].text), &a), romans[i].want);
	for (unsigned n = 1; n < 4000; n++) {
		const char *text = roman_text(n, &a);

		assert_int_equal(roman_read(text, strlen(text), &a), n);
	}
	arena_clear(&a);
}

static void test_capital(void **state)
{
	static const struct {
		const char *words;
		const char *want;
	} texts[] = {
		{ "một trăm", "Một trăm" },
		{ "âm năm", "Âm năm" },
		{ "đồng", "Đồng" },
		{ "Hai", "Hai" },
		{ "", "" },
	};
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		assert_string_equal(words_capital(texts[i].words, &a), texts[i].want);
	arena_clear(&a);
}

/* The way back, which shares nothing with words.c: a text is cut at its largest unit, and both sides are read alike. */

static bool cut(const char *s, size_t n, const char *word, size_t *at)
{
	size_t n_word = strlen(word);

	for (size_t i = 0; i + n_word <= n; i++)
		if (!memcmp(s + i, word, n_word) && (!i || s[i - 1] == ' ') && (i + n_word == n || s[i + n_word] == ' ')) {
			*at = i;
			return true;
		}
	return false;
}

static uint64_t leaf(const char *s, size_t n)
{
	static const struct {
		const char *word;
		uint64_t value;
	} leaves[] = {
		{ "không", 0 }, { "một", 1 }, { "mốt", 1 }, { "hai", 2 }, { "ba", 3 }, { "bốn", 4 }, { "tư", 4 },
		{ "năm", 5 }, { "lăm", 5 }, { "sáu", 6 }, { "bảy", 7 }, { "tám", 8 }, { "chín", 9 },
	};

	for (size_t i = 0; i < sizeof leaves / sizeof *leaves; i++)
		if (n == strlen(leaves[i].word) && !memcmp(s, leaves[i].word, n))
			return leaves[i].value;
	fail_msg("'%.*s' is no digit", (int)n, s);
	return 0;
}

static uint64_t value_of(const char *s, size_t n)
{
	static const struct {
		const char *word;
		uint64_t value;
		uint64_t alone; /* what stands before it where nothing does */
	} units[] = {
		{ "tỷ tỷ", 1000000000000000000, 0 },
		{ "tỷ", 1000000000, 0 },
		{ "triệu", 1000000, 0 },
		{ "nghìn", 1000, 0 },
		{ "trăm", 100, 0 },
		{ "mươi", 10, 0 },
		{ "mười", 10, 1 },
		{ "linh", 0, 1 },
	};
	size_t at;

	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		size_t n_word = strlen(units[i].word);
		uint64_t before = units[i].alone;
		uint64_t behind = 0;

		if (!cut(s, n, units[i].word, &at))
			continue;
		if (!before) {
			assert_true(at > 1);
			before = value_of(s, at - 1);
		} else {
			assert_int_equal(at, 0);
		}
		if (at + n_word < n)
			behind = value_of(s + at + n_word + 1, n - at - n_word - 1);
		return before * units[i].value + behind;
	}
	return leaf(s, n);
}

/* The point and the digits said behind "phẩy". */
static void decimals_of(const char *s, char out[DECIMALS_SIZE])
{
	static const char zero[] = "không";
	size_t at;
	size_t n = 1;

	out[0] = '.';
	while (!strncmp(s, zero, sizeof zero - 1) && s[sizeof zero - 1] == ' ') {
		out[n++] = '0';
		s += sizeof zero;
	}
	if (cut(s, strlen(s), "trăm", &at) || cut(s, strlen(s), "mươi", &at) || cut(s, strlen(s), "mười", &at)) {
		snprintf(out + n, DECIMALS_SIZE - n, "%llu", (unsigned long long)value_of(s, strlen(s)));
		return;
	}
	for (; *s; s += *s == ' ') {
		size_t n_word = strcspn(s, " ");

		out[n++] = (char)('0' + (int)leaf(s, n_word));
		s += n_word;
	}
	out[n] = '\0';
}

static void check(struct ratio x)
{
	static const char minus[] = "âm ";
	static const char point[] = " phẩy ";
	struct arena a = { 0 };
	const char *words = words_text(x, 0, &a);
	const char *rest;
	bool negative;
	char decimals[DECIMALS_SIZE] = "";
	const char *back;

	assert_non_null(words);
	negative = !strncmp(words, minus, sizeof minus - 1);
	rest = words + (negative ? sizeof minus - 1 : 0);
	if (strstr(rest, point)) {
		decimals_of(strstr(rest, point) + sizeof point - 1, decimals);
		rest = arena_slice(&a, rest, (size_t)(strstr(rest, point) - rest));
	}
	back = arena_printf(&a, "%s%llu%s", negative ? "-" : "", (unsigned long long)value_of(rest, strlen(rest)), decimals);
	if (strcmp(back, ratio_exact(x, &a)) != 0)
		fail_msg("'%s' is %s, wanted %s", words, back, ratio_exact(x, &a));
	arena_clear(&a);
}

/* Forms that nobody says, whatever the number. */
static void check_forms(int64_t n)
{
	static const char *const wrong[] = { "mươi một", "mươi bốn", "mươi năm", "mười mốt", "mười tư", "mười năm",
		"linh mốt", "linh tư", "linh lăm", "linh mười", "trăm không", "không mươi", "một mươi", "không nghìn",
		"không triệu", "không tỷ", "  " };
	struct arena a = { 0 };
	const char *words = words_text(ratio_whole(n), 0, &a);

	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		for (const char *s = strstr(words, wrong[i]); s; s = strstr(s + 1, wrong[i])) {
			const char *end = s + strlen(wrong[i]);

			if ((s == words || s[-1] == ' ') && (!*end || *end == ' '))
				fail_msg("%lld: '%s'", (long long)n, words);
		}
	assert_true(strncmp(words, "không trăm", strlen("không trăm")) != 0);
	arena_clear(&a);
}

static uint64_t next_random(uint64_t *seed) /* xorshift64 */
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

static void test_small(void **state)
{
	(void)state;
	for (int64_t n = 0; n <= 12000; n++) {
		check(ratio_whole(n));
		check(ratio_whole(-n));
		check_forms(n);
	}
}

/* Numbers of every length, also with groups of zeros. */
static void test_random(void **state)
{
	uint64_t seed = 20230309;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		int64_t n = (int64_t)(next_random(&seed) >> (1 + next_random(&seed) % 63));
		int64_t zeros = 1;

		for (uint64_t k = next_random(&seed) % 7; k > 0; k--)
			zeros *= 1000;
		check(ratio_whole(n));
		check(ratio_whole(-n));
		check(ratio_whole(n / zeros * zeros));
		check(ratio_whole(n - n / 1000000 % 1000 * 1000000));
		check_forms(n);
		check_forms(n / zeros * zeros);
	}
	check(ratio_whole(INT64_MAX));
	check(ratio_whole(INT64_MIN));
	check(ratio_whole(INT64_MIN + 1));
	for (int64_t n = 1000; n <= INT64_MAX / 1000; n *= 1000)
		for (int64_t more = -12; more <= 12; more++)
			check(ratio_whole(n + more));
}

static void test_random_decimals(void **state)
{
	struct arena a = { 0 };
	uint64_t seed = 211;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		int n_decimal = (int)(next_random(&seed) % 12);
		unsigned long long whole = next_random(&seed) % (i % 2 ? 10 : 1000000);
		unsigned long long decimals = next_random(&seed) % 100000 % (i % 3 ? 100 : 100000);
		const char *s = arena_printf(&a, "%s%llu.%0*llu", i % 5 ? "" : "-", whole, n_decimal, decimals);
		struct ratio x;

		assert_true(ratio_parse(s, strlen(s), &x));
		check(x);
		arena_clear(&a);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_roman),
		cmocka_unit_test(test_capital),
		cmocka_unit_test(test_small),
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_random_decimals),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("words", tests, NULL, NULL);
}
