#include "text/fonts.h"

#include "base/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <ft2build.h>
#include FT_FREETYPE_H

static struct origin place(unsigned row)
{
	return (struct origin){ "plan.xml", NULL, row, 3 };
}

static const struct word *shaped(struct fonts *f, enum face face, const char *s)
{
	struct diags d = { 0 };
	const struct word *w = fonts_word(f, face, s, strlen(s), place(1), &d);

	assert_int_equal(d.n_error, 0);
	assert_non_null(w);
	return w;
}

static void test_metrics(void **state)
{
	struct fonts *f = *state;

	assert_int_equal(fonts_units_per_em(f), 2048);
	assert_int_equal(fonts_ascent(f), 1825);
	assert_int_equal(fonts_descent(f), 443);
}

/* shared/norms.md 1.7 */
static void test_widths(void **state)
{
	static const struct {
		const char *text;
		enum face face;
		double pt;
		double mm;
	} widths[] = {
		{ "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", FACE_BOLD, 12, 88.3 },
		{ "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", FACE_BOLD, 13, 95.7 },
		{ "Độc lập - Tự do - Hạnh phúc", FACE_BOLD, 14, 60.5 },
		{ "ỦY BAN NHÂN DÂN", FACE_BOLD, 13, 43.2 },
		{ "Thành phố Hồ Chí Minh, ngày 29 tháng 12 năm 2026", FACE_ITALIC, 13, 98.7 },
		{ "Số: 1234/KH-UBND", FACE_REGULAR, 13, 38.9 },
		{ "TM. ỦY BAN NHÂN DÂN", FACE_BOLD, 14, 56.9 },
	};
	struct fonts *f = *state;

	for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
		double mm = fonts_width_pt(f, widths[i].face, widths[i].pt, widths[i].text) * 25.4 /
			72;

		if (mm < widths[i].mm - 0.3 || mm > widths[i].mm + 0.3)
			fail_msg("%s: %.2f mm, not %.1f", widths[i].text, mm, widths[i].mm);
	}
	assert_true(fonts_width_pt(f, FACE_REGULAR, 10, "a😀") > 4);
	assert_true(fonts_width_pt(f, FACE_REGULAR, 10, "") == 0);
}

static void test_no_ligatures(void **state)
{
	struct fonts *f = *state;

	assert_int_equal(shaped(f, FACE_REGULAR, "fi")->n_glyph, 2);
	assert_int_equal(shaped(f, FACE_BOLD_ITALIC, "office")->n_glyph, 6);
	assert_int_equal(shaped(f, FACE_REGULAR, "nghèo")->n_glyph, 5);
}

static void test_kerning(void **state)
{
	struct fonts *f = *state;
	int32_t apart = shaped(f, FACE_REGULAR, "A")->advance +
		shaped(f, FACE_REGULAR, "V")->advance;

	assert_true(shaped(f, FACE_REGULAR, "AV")->advance < apart);
}

/* Figures stand below each other: all digits are as wide and none are pulled together. */
static void test_digits(void **state)
{
	static const char *const same[] = { "11111", "71717", "00000", "98765" };
	struct fonts *f = *state;

	for (int face = 0; face < FACES; face++) {
		int32_t comma = shaped(f, (enum face)face, ",")->advance;

		for (size_t i = 0; i < sizeof same / sizeof *same; i++)
			assert_int_equal(shaped(f, (enum face)face, same[i])->advance, 5 * 1024);
		assert_int_equal(shaped(f, (enum face)face, "11,71")->advance, 4 * 1024 + comma);
	}
}

/* A number is made of its characters as they stand alone. */
static void test_joined(void **state)
{
	static const char *const numbers[] = { "1.234,56", "-7", "[5/3]*100%", "(11)", "..." };
	struct fonts *f = *state;

	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		const struct word *w = shaped(f, FACE_BOLD, numbers[i]);
		int32_t x = 0;

		assert_int_equal(w->n_glyph, strlen(numbers[i]));
		assert_string_equal(w->text, numbers[i]);
		for (size_t k = 0; k < w->n_glyph; k++) {
			char one[2] = { numbers[i][k], '\0' };
			const struct word *c = shaped(f, FACE_BOLD, one);

			assert_int_equal(w->glyph[k], c->glyph[0]);
			assert_int_equal(w->x[k], x);
			x += c->advance;
		}
		assert_int_equal(w->advance, x);
	}
}

/* Words that look alike to a quick eye. */
static void test_alike(void **state)
{
	static const char *const alike[] = { "a", "aa", "aaa", "aba", "aab", "baa", "aaaa", "abca",
		"aaaaaaaa", "aaaabaaa", "aaaaaaaaa", "aaaaaaaab", "aaaaaaaaaaaaaaaa",
		"aaaaaaaabaaaaaaa", "aaaaaaaaaaaaaaaaa" };
	enum { N = sizeof alike / sizeof *alike };
	struct fonts *f = *state;

	for (size_t i = 0; i < N; i++)
		for (size_t k = 0; k < N; k++)
			assert_true((shaped(f, FACE_REGULAR, alike[i]) ==
					    shaped(f, FACE_REGULAR, alike[k])) == (i == k));
	for (size_t i = 0; i < N; i++)
		assert_string_equal(shaped(f, FACE_REGULAR, alike[i])->text, alike[i]);
}

static void test_cache(void **state)
{
	struct fonts *f = *state;
	const struct word *w = shaped(f, FACE_REGULAR, "Ủy");
	char text[32];

	for (int i = 0; i < 20000; i++) {
		snprintf(text, sizeof text, "x%d", i);
		assert_string_equal(shaped(f, FACE_REGULAR, text)->text, text);
	}
	assert_ptr_equal(shaped(f, FACE_REGULAR, "Ủy"), w);
	assert_ptr_not_equal(shaped(f, FACE_BOLD, "Ủy"), w);
	assert_int_equal(w->n_text, strlen("Ủy"));
	fonts_trim(f); /* too few to be forgotten */
	assert_ptr_equal(shaped(f, FACE_REGULAR, "Ủy"), w);
}

static void test_trim(void **state)
{
	struct diags d = { 0 };
	struct fonts *f = fonts_open(NULL, &d);
	char text[32];

	(void)state;
	assert_non_null(f);
	for (int i = 0; i < 50100; i++) {
		snprintf(text, sizeof text, "%d", i);
		assert_non_null(fonts_word(f, FACE_REGULAR, text, strlen(text), place(1), &d));
	}
	fonts_trim(f);
	assert_string_equal(shaped(f, FACE_REGULAR, "50000")->text, "50000");
	fonts_close(f);
	diags_clear(&d);
}

/* Each character once a place. */
static void test_missing(void **state)
{
	struct fonts *f = *state;
	struct diags d = { 0 };

	assert_null(fonts_word(f, FACE_BOLD, "a😀😀中b", strlen("a😀😀中b"), place(1), &d));
	assert_null(fonts_word(f, FACE_BOLD, "😀", 4, place(1), &d));
	assert_int_equal(d.n_error, 2);
	assert_string_equal(d.finding[0].rule, "glyph");
	assert_string_equal(d.finding[0].message,
		"the font has no character U+1F600 (text 'a😀😀中b')");
	assert_non_null(strstr(d.finding[1].message, "U+4E2D"));
	assert_null(fonts_word(f, FACE_REGULAR, "😀", 4, place(2), &d));
	assert_int_equal(d.n_error, 3);
	assert_int_equal(d.finding[2].at.row, 2);
	assert_null(fonts_word(f, FACE_REGULAR, "\xff\xfe", 2, place(3), &d));
	assert_int_equal(d.n_error, 4);
	diags_clear(&d);
}

static void test_subset(void **state)
{
	struct fonts *f = *state;

	for (int face = 0; face < FACES; face++) {
		size_t n;
		size_t again;
		const unsigned char *file = fonts_file(f, (enum face)face, &n);
		FT_Face ft = fonts_ft_face(f, (enum face)face);
		const struct word *w = shaped(f, (enum face)face, "Ữẵ→√≥²");

		assert_non_null(ft);
		assert_true(n > 10000 && n < 120000);
		assert_ptr_equal(file, fonts_file(f, (enum face)face, &again));
		for (uint32_t i = 0; i < w->n_glyph; i++)
			assert_in_range(w->glyph[i], 1, (uintmax_t)ft->num_glyphs - 1);
		assert_int_equal(FT_Get_Char_Index(ft, 0x1EEE), w->glyph[0]);
	}
}

static void test_names(void **state)
{
	struct fonts *f = *state;
	struct arena a = { 0 };
	struct diags d = { 0 };
	const char *hex = "";

	assert_string_equal(fonts_name(f, FACE_REGULAR), "LiberationSerif-Regular.ttf");
	assert_string_equal(fonts_name(f, FACE_BOLD_ITALIC), "LiberationSerif-BoldItalic.ttf");
	assert_int_equal(strlen(fonts_sha256(f, FACE_ITALIC)), 64);
	if (file_sha256("/usr/share/fonts/truetype/liberation2/LiberationSerif-Italic.ttf", &a,
		    &hex, &d))
		assert_string_equal(fonts_sha256(f, FACE_ITALIC), hex);
	diags_clear(&d);
	arena_clear(&a);
}

static void test_no_fonts(void **state)
{
	struct diags d = { 0 };

	(void)state;
	assert_null(fonts_open("/nonexistent", &d));
	assert_int_equal(d.n_error, FACES);
	assert_string_equal(d.finding[0].rule, "font");
	assert_non_null(strstr(d.finding[0].message, "fonts-liberation2"));
	diags_clear(&d);
	fonts_close(NULL);
}

/* Liberation Mono under the name of the serif font would do, a file that is no font does not. */
static void test_bad_font(void **state)
{
	struct arena a = { 0 };
	struct diags d = { 0 };
	const char *dir = getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp";
	const char *own = arena_printf(&a, "%s/kehoach-fonts-%p", dir, (void *)&a);

	assert_true(file_make_dirs(own, &d));
	for (int i = 0; i < FACES; i++)
		assert_true(file_write(file_join(own, fonts_name(*state, (enum face)i), &a),
			"no font", 7, &d));
	assert_null(fonts_open(own, &d));
	assert_int_equal(d.n_error, FACES);
	assert_string_equal(d.finding[0].rule, "font");
	for (int i = 0; i < FACES; i++)
		file_remove(file_join(own, fonts_name(*state, (enum face)i), &a));
	remove(own);
	diags_clear(&d);
	arena_clear(&a);
}

static int open_fonts(void **state)
{
	struct diags d = { 0 };

	*state = fonts_open(NULL, &d);
	diags_clear(&d);
	return *state ? 0 : -1;
}

static int close_fonts(void **state)
{
	fonts_close(*state);
	return 0;
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_metrics),
		cmocka_unit_test(test_widths),
		cmocka_unit_test(test_no_ligatures),
		cmocka_unit_test(test_kerning),
		cmocka_unit_test(test_digits),
		cmocka_unit_test(test_joined),
		cmocka_unit_test(test_alike),
		cmocka_unit_test(test_cache),
		cmocka_unit_test(test_trim),
		cmocka_unit_test(test_missing),
		cmocka_unit_test(test_subset),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_no_fonts),
		cmocka_unit_test(test_bad_font),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
