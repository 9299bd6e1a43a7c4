#include "ingest/legacy.h"

#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "encoded.h"

/* In blocks of `step` bytes. */
static const char *decode(enum legacy_charset charset, bool capitals, const char *s, size_t n, size_t step, char *out)
{
	struct legacy l = { .charset = charset, .capitals = capitals };
	size_t n_out = 0;

	for (size_t i = 0; i < n;) {
		size_t now = n - i < step ? n - i : step;
		size_t put;

		if (legacy_take(&l, (const unsigned char *)s + i, now, out + n_out, &put) != now)
			return "refused";
		n_out += put;
		i += now;
	}
	n_out += legacy_end(&l, out + n_out);
	out[n_out] = '\0';
	return out;
}

static void test_letters(void **state)
{
	(void)state;
	for (enum legacy_charset charset = LEGACY_TCVN3; charset < N_LEGACY; charset++)
		for (size_t i = 0; i < N_LETTER; i++) {
			char bytes[8] = "H";
			char want[8] = "H";
			char out[64];
			size_t n = encode(charset, i, bytes + 1, sizeof bytes - 1);

			assert_true(n);
			strcat(want, letters[i].letter);
			assert_string_equal(decode(charset, false, bytes, n + 1, n + 1, out), want);
			assert_string_equal(decode(charset, false, bytes, n + 1, 1, out), want);
		}
}

/* All letters in one text, in blocks of every size, so that every pair is cut somewhere. */
static void test_blocks(void **state)
{
	(void)state;
	for (enum legacy_charset charset = LEGACY_TCVN3; charset < N_LEGACY; charset++) {
		char bytes[4 * N_LETTER];
		char want[5 * N_LETTER] = "";
		char out[6 * 4 * N_LETTER];
		size_t n = 0;

		for (size_t i = 0; i < N_LETTER; i++) {
			n += encode(charset, i, bytes + n, sizeof bytes - n - 1);
			strcat(want, letters[i].letter);
			bytes[n++] = 'H';
			strcat(want, "H");
		}
		for (size_t step = 1; step <= 7; step++)
			assert_string_equal(decode(charset, false, bytes, n, step, out), want);
	}
}

/* Byte by byte, behind a capital (Q, which iconv joins with no mark), as iconv has them. */
static void test_tables(void **state)
{
	static const struct {
		enum legacy_charset charset;
		const char *name;
	} cases[] = { { LEGACY_TCVN3, "TCVN5712-1" }, { LEGACY_VISCII, "VISCII" }, { LEGACY_CP1258, "CP1258" } };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		for (unsigned b = 1; b < 256; b++) {
			char bytes[] = { 'Q', (char)b };
			char out[64];
			char want[64];
			size_t n = convert("UTF-8", cases[i].name, bytes, 2, want, sizeof want - 1);

			want[n] = '\0';
			assert_string_equal(decode(cases[i].charset, false, bytes, 2, 1, out), n ? want : "refused");
		}
}

static void check(enum legacy_charset charset, const char *latin1, const char *want)
{
	char bytes[256];
	char out[1024];
	size_t n = convert("CP1252", "UTF-8", latin1, strlen(latin1), bytes, sizeof bytes);

	assert_string_equal(decode(charset, false, bytes, n, 1, out), want);
}

static void test_pairs(void **state)
{
	char out[64];

	(void)state;
	check(LEGACY_VNI, "Toå daân phoá", "Tổ dân phố");
	check(LEGACY_VNI, "Hoä ngheøo ñaàu naêm", "Hộ nghèo đầu năm");
	check(LEGACY_VNI, "Aáp 1", "Ấp 1");
	check(LEGACY_VNI, "ûa", "refused");
	check(LEGACY_VNI, "bû", "refused");
	check(LEGACY_VNI, "oê", "refused");
	check(LEGACY_VNI, "aùù", "refused");
	check(LEGACY_VNI, "a ù", "refused");
	check(LEGACY_VNI, "Ç", "refused");
	check(LEGACY_VNI, "“a”", "“a”");
	check(LEGACY_TCVN3, "Uû ban nh©n d©n", "Uỷ ban nhân dân");
	check(LEGACY_TCVN3, "“X· A” – HS 5… H—, ’", "“Xã A” – HS 5… HỘ, ’");
	assert_string_equal(decode(LEGACY_CP1258, false, "\xEA\xEC", 2, 1, out), "ế");
	assert_string_equal(decode(LEGACY_CP1258, false, "e\xCC", 2, 1, out), "è");
	assert_string_equal(decode(LEGACY_CP1258, false, "n\xEC", 2, 1, out), "n\u0301");
	assert_string_equal(decode(LEGACY_CP1258, false, "1\xEC", 2, 1, out), "refused");
	assert_string_equal(decode(LEGACY_CP1258, false, "\xEC", 1, 1, out), "refused");
	assert_string_equal(decode(LEGACY_CP1258, false, "\xEA\xEC\xEC", 3, 1, out), "refused");
	assert_string_equal(decode(LEGACY_TCVN3, false, "a\xB3\xA9\xB0", 4, 1, out), "áầ");
}

static void test_capitals(void **state)
{
	char out[6 * 8];

	(void)state;
	for (size_t i = 0; i < N_LETTER / 2; i++) {
		char bytes[8];
		size_t n = encode(LEGACY_TCVN3, i, bytes, sizeof bytes);

		assert_string_equal(decode(LEGACY_TCVN3, true, bytes, n, 1, out), letters[i + N_LETTER / 2].letter);
	}
	assert_string_equal(decode(LEGACY_TCVN3, true, "az\xD5.", 4, 1, out), "AZẾ.");
}

static void test_fonts(void **state)
{
	static const struct {
		const char *font;
		enum legacy_charset charset;
		bool capitals;
	} cases[] = {
		{ ".VnTime", LEGACY_TCVN3, false },
		{ ".VnTimeH", LEGACY_TCVN3, true },
		{ ".VNTIMEH ", LEGACY_TCVN3, true },
		{ ".VnArial NarrowH", LEGACY_TCVN3, true },
		{ ".VnArial", LEGACY_TCVN3, false },
		{ ".vn3DH", LEGACY_TCVN3, true },
		{ "VNI-Times", LEGACY_VNI, false },
		{ "vni-helve", LEGACY_VNI, false },
		{ "VI Times Hoa", LEGACY_VISCII, true },
		{ "VI Arial", LEGACY_VISCII, false },
		{ "Times New Roman", LEGACY_NONE, false },
		{ "Vni", LEGACY_NONE, false },
		{ "Vivaldi", LEGACY_NONE, false },
		{ "", LEGACY_NONE, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		bool capitals;

		assert_int_equal(legacy_of_font(cases[i].font, &capitals), cases[i].charset);
		assert_int_equal(capitals, cases[i].capitals);
	}
}

static void test_text(void **state)
{
	static const struct {
		enum legacy_charset charset;
		bool capitals;
		const char *text;
		const char *want;
		enum legacy_sense sense;
	} cases[] = {
		{ LEGACY_TCVN3, false, "Tæ d©n phè", "Tổ dân phố", LEGACY_MEANT },
		{ LEGACY_TCVN3, true, "tæng sè", "TỔNG SỐ", LEGACY_MEANT },
		{ LEGACY_TCVN3, false, "“X·” – 5 €", "“Xã” – 5 €", LEGACY_MEANT },
		{ LEGACY_TCVN3, false, "§­êng 中", "Đường 中", LEGACY_MEANT },
		{ LEGACY_TCVN3, false, "Tổ dân phố", "Tổ dân phố", LEGACY_UNICODE },
		{ LEGACY_TCVN3, false, "", "", LEGACY_PLAIN },
		{ LEGACY_TCVN3, false, "Xa 1", "Xa 1", LEGACY_PLAIN },
		{ LEGACY_TCVN3, true, "xa 1", "XA 1", LEGACY_SIGNS },
		{ LEGACY_NONE, false, "Sè hé", "Sè hé", LEGACY_PLAIN },
		{ LEGACY_VNI, false, "Toång soá ngheøo 中", "Tổng số nghèo 中", LEGACY_MEANT },
		{ LEGACY_VNI, false, "û Çhaâ", "û Çhâ", LEGACY_SIGNS },
		{ LEGACY_VNI, false, "Thoân ñoaøn keát e", "Thôn đoàn kết e", LEGACY_MEANT },
		{ LEGACY_VISCII, false, "T± dân ph¯ “", "Tổ dân phố Ộ", LEGACY_MEANT },
		{ LEGACY_CP1258, false, "tiêìn ngheÌo 中eì", "tiến nghèo 中é", LEGACY_MEANT },
		{ LEGACY_CP1258, false, "1\u00EC", "1\u00EC", LEGACY_EITHER },
		/* Unicode typed into a font of before it */
		{ LEGACY_TCVN3, false, "Thôn 1", "Thụn 1", LEGACY_EITHER },
		{ LEGACY_TCVN3, false, "Xã", "Xó", LEGACY_EITHER },
		{ LEGACY_TCVN3, false, "Hà Bà", "HỔ BỔ", LEGACY_EITHER },
		{ LEGACY_TCVN3, false, "Nhà là", NULL, LEGACY_UNICODE },
		{ LEGACY_TCVN3, false, "Sè hé", "Số hộ", LEGACY_EITHER },
		{ LEGACY_TCVN3, false, "Uû ban nh©n d©n", "Uỷ ban nhân dân", LEGACY_MEANT },
		{ LEGACY_TCVN3, false, "Hé nghÌo", "Hộ nghèo", LEGACY_MEANT },
		{ LEGACY_TCVN3, false, "m² 5", "m\xCC\x83 5", LEGACY_SIGNS },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct legacy_font font = { cases[i].charset, cases[i].capitals };
		size_t n = strlen(cases[i].text);
		struct buf b = { 0 };

		assert_int_equal(legacy_sense(font, cases[i].text, n), cases[i].sense);
		if (cases[i].sense == LEGACY_PLAIN || cases[i].sense == LEGACY_UNICODE)
			continue;
		legacy_convert(font, cases[i].text, n, &b);
		assert_string_equal(b.text, cases[i].want);
		buf_clear(&b);
	}
}

/* Without its font. */
static void test_stored(void **state)
{
	static const struct {
		const char *text;
		enum legacy_charset charset; /* the first one */
	} cases[] = {
		{ "Th«n §ång Má", LEGACY_TCVN3 },
		{ "X· 1", LEGACY_TCVN3 },
		{ "Hé nghÌo", LEGACY_TCVN3 },
		{ "Soá hoä", LEGACY_VNI },
		{ "Thôn Lâm", LEGACY_NONE },
		{ "Sè hé", LEGACY_NONE },
		{ "« Lâm »", LEGACY_NONE },
		{ "…", LEGACY_NONE },
		{ "5 m², 20 °C, ½ – 3 €", LEGACY_NONE },
		{ "Müller, Zürich, Café", LEGACY_NONE },
		{ "Tổ dân phố", LEGACY_NONE },
		{ "Buôn Ma Thuột; Đắk Lắk", LEGACY_NONE },
		{ "", LEGACY_NONE },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		enum legacy_charset found = LEGACY_NONE;

		for (enum legacy_charset c = LEGACY_TCVN3; c < N_LEGACY && !found; c++)
			if (legacy_is_stored(c, cases[i].text, strlen(cases[i].text)))
				found = c;
		if (found != cases[i].charset)
			print_error("%s: %d\n", cases[i].text, (int)found);
		assert_int_equal(found, cases[i].charset);
	}
}

static void test_names(void **state)
{
	(void)state;
	assert_int_equal(legacy_named("ABC"), LEGACY_TCVN3);
	assert_int_equal(legacy_named("tcvn3"), LEGACY_TCVN3);
	assert_int_equal(legacy_named("Windows-1258"), LEGACY_CP1258);
	assert_int_equal(legacy_named("cp1258"), LEGACY_CP1258);
	assert_int_equal(legacy_named("vni"), LEGACY_VNI);
	assert_int_equal(legacy_named("VISCII"), LEGACY_VISCII);
	assert_int_equal(legacy_named("utf-8"), LEGACY_NONE);
	assert_string_equal(legacy_name(LEGACY_VISCII), "VISCII");
	for (enum legacy_charset c = LEGACY_TCVN3; c < N_LEGACY; c++)
		assert_int_equal(legacy_named(legacy_code(c)), c);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_letters),
		cmocka_unit_test(test_blocks),
		cmocka_unit_test(test_tables),
		cmocka_unit_test(test_pairs),
		cmocka_unit_test(test_capitals),
		cmocka_unit_test(test_fonts),
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_stored),
		cmocka_unit_test(test_names),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
