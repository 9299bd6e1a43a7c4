/* Pictures of signatures: every kind of PNG as sRGB and transparency, and what is none. */
#include "seal/picture.h"

#include "pngmade.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct fixture {
	struct arena arena;
	struct buf png;
	struct picture picture;
	struct diags d;
};

static int set_up(void **state)
{
	static struct fixture f;

	f = (struct fixture){ 0 };
	*state = &f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	arena_clear(&f->arena);
	buf_clear(&f->png);
	diags_clear(&f->d);
	return 0;
}

static bool read_bytes(struct fixture *f, size_t n)
{
	return picture_read((struct bytes){ f->png.text, n }, "a.png", &f->arena, &f->picture, &f->d);
}

static void made(struct fixture *f, struct png_kind kind, const unsigned char *row)
{
	buf_clear(&f->png);
	pngmade(&kind, row, &f->png);
	assert_true(read_bytes(f, f->png.n));
	assert_int_equal(f->picture.width, kind.width);
	assert_int_equal(f->picture.height, kind.height);
}

static void assert_pixel(const struct fixture *f, size_t i, const unsigned char rgb[3], int alpha)
{
	assert_memory_equal(f->picture.rgb + 3 * i, rgb, 3);
	assert_int_equal(f->picture.alpha ? f->picture.alpha[i] : 255, alpha);
}

static void test_kinds(void **state)
{
	struct fixture *f = *state;

	made(f, (struct png_kind){ 2, 3, 8, PNG_COLOR_TYPE_RGB_ALPHA, .interlaced = false },
		(const unsigned char[]){ 1, 2, 3, 0, 250, 251, 252, 255 });
	assert_pixel(f, 0, (const unsigned char[]){ 1, 2, 3 }, 0);
	assert_pixel(f, 5, (const unsigned char[]){ 250, 251, 252 }, 255);
	made(f, (struct png_kind){ 2, 1, 8, PNG_COLOR_TYPE_RGB, .interlaced = false }, (const unsigned char[]){ 1, 2, 3, 4, 5, 6 });
	assert_pixel(f, 1, (const unsigned char[]){ 4, 5, 6 }, 255);
	assert_null(f->picture.alpha);
	made(f, (struct png_kind){ 2, 1, 8, PNG_COLOR_TYPE_GRAY, .interlaced = false }, (const unsigned char[]){ 0, 77 });
	assert_pixel(f, 1, (const unsigned char[]){ 77, 77, 77 }, 255);
	made(f, (struct png_kind){ 1, 1, 8, PNG_COLOR_TYPE_GRAY_ALPHA, .interlaced = false }, (const unsigned char[]){ 77, 9 });
	assert_pixel(f, 0, (const unsigned char[]){ 77, 77, 77 }, 9);
	made(f, (struct png_kind){ 8, 1, 1, PNG_COLOR_TYPE_GRAY, .interlaced = false }, (const unsigned char[]){ 0x01 });
	assert_pixel(f, 6, (const unsigned char[]){ 0, 0, 0 }, 255);
	assert_pixel(f, 7, (const unsigned char[]){ 255, 255, 255 }, 255);
}

static void test_palette(void **state)
{
	struct fixture *f = *state;

	made(f, (struct png_kind){ 2, 1, 8, PNG_COLOR_TYPE_PALETTE, .interlaced = false }, (const unsigned char[]){ 0, 1 });
	assert_pixel(f, 0, (const unsigned char[]){ 255, 0, 0 }, 255);
	made(f, (struct png_kind){ 2, 1, 1, PNG_COLOR_TYPE_PALETTE, .marked = true }, (const unsigned char[]){ 0x40 });
	assert_pixel(f, 0, (const unsigned char[]){ 255, 0, 0 }, 0);
	assert_pixel(f, 1, (const unsigned char[]){ 0, 0, 255 }, 128);
}

/* Sixteen bits become eight; opaque ones have no mask. */
static void test_deep(void **state)
{
	struct fixture *f = *state;

	made(f, (struct png_kind){ 1, 2, 16, PNG_COLOR_TYPE_RGB_ALPHA, .interlaced = false },
		(const unsigned char[]){ 0, 0, 255, 255, 0, 0, 255, 255 });
	assert_pixel(f, 1, (const unsigned char[]){ 0, 255, 0 }, 255);
	assert_null(f->picture.alpha);
}

static void test_interlaced(void **state)
{
	struct fixture *f = *state;
	unsigned char row[4 * 9];

	for (size_t i = 0; i < sizeof row; i++)
		row[i] = (unsigned char)(i % 4 == 3 ? 100 + i : 3 * i);
	for (size_t i = 3; i < sizeof row; i += 4)
		if (!row[i])
			row[i] = 1;
	made(f, (struct png_kind){ 9, 9, 8, PNG_COLOR_TYPE_RGB_ALPHA, .interlaced = true }, row);
	for (size_t i = 0; i < 9; i++)
		assert_pixel(f, 9 * 7 + i, row + 4 * i, row[4 * i + 3]);
}

static void refused(struct fixture *f, size_t n)
{
	size_t before = f->d.n_error;

	assert_false(read_bytes(f, n));
	assert_int_equal(f->d.n_error, before + 1);
	assert_string_equal(f->d.finding[f->d.n_finding - 1].rule, "picture");
	diags_clear(&f->d);
}

/* No size is believed: nothing of it is there. */
static void test_huge(void **state)
{
	static const uint32_t size[][2] = { { 100000, 100000 }, { 6001, 1 }, { 1, 6001 }, { 6000, 6000 }, { 0x7fffffff, 0x7fffffff },
		{ 0, 5 }, { 5, 0 } };
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof size / sizeof *size; i++) {
		buf_clear(&f->png);
		pngmade_header(size[i][0], size[i][1], &f->png);
		refused(f, f->png.n);
	}
}

static void test_cut(void **state)
{
	static const struct png_kind kind = { 9, 9, 8, PNG_COLOR_TYPE_RGB, .interlaced = false };
	unsigned char row[3 * 9] = { 1, 2, 3 };
	struct fixture *f = *state;
	size_t behind_data;

	pngmade(&kind, row, &f->png);
	behind_data = f->png.n - 12 - 5; /* IEND, and an end of IDAT that nobody misses */
	for (size_t n = 0; n < behind_data; n += 3)
		refused(f, n);
	assert_true(read_bytes(f, f->png.n));
}

static void test_no_png(void **state)
{
	struct fixture *f = *state;

	buf_puts(&f->png, "GIF89a this is no PNG file, not at all");
	refused(f, f->png.n);
	refused(f, 0);
	buf_clear(&f->png);
	pngmade(&(const struct png_kind){ 2, 1, 8, PNG_COLOR_TYPE_GRAY, .interlaced = false }, (const unsigned char[]){ 0, 77 }, &f->png);
	f->png.text[25] ^= 7; /* the colour type, which its sum does not fit any more */
	refused(f, f->png.n);
}

/* ---- ink on no paper ---- */

/* Rows of pixels: '#' ink, 'o' white, ':' white of which a third is seen, '.' nothing. */
static bool is_ink(struct fixture *f, uint32_t width, uint32_t height, const char *pixels)
{
	unsigned char rgb[3 * 100];
	unsigned char alpha[100];

	assert_true((size_t)width * height <= sizeof alpha && strlen(pixels) == (size_t)width * height);
	for (size_t i = 0; pixels[i]; i++) {
		memset(rgb + 3 * i, pixels[i] == '#' ? 20 : 250, 3);
		alpha[i] = pixels[i] == '.' ? 0 : pixels[i] == ':' ? 85 : 255;
	}
	diags_clear(&f->d);
	return picture_check(&(struct picture){ width, height, rgb, alpha }, "a.png", &f->d);
}

static const char *said(const struct fixture *f)
{
	return f->d.n_finding == 1 && !strcmp(f->d.finding[0].rule, "picture") ? f->d.finding[0].message : "";
}

static void test_ink(void **state)
{
	struct fixture *f = *state;

	assert_true(is_ink(f, 5, 3, "#...."
				    ".###."
				    "....#"));
	assert_true(is_ink(f, 6, 1, "#.#...")); /* two thirds of its box */
	assert_false(f->d.n_finding);
}

static void test_paper(void **state)
{
	const unsigned char opaque[] = { 9, 9, 9, 9, 9, 9 };
	struct fixture *f = *state;

	assert_false(is_ink(f, 5, 3, "ooooo"
				     "o###o"
				     "ooooo"));
	assert_non_null(strstr(said(f), "100 percent of it are covered and 80 percent are white"));
	assert_non_null(strstr(said(f), "with a transparent background"));
	assert_false(is_ink(f, 9, 5, "........."
				     "..ooooo.."
				     "..o###o.."
				     "..ooooo.."
				     "........."));
	assert_non_null(strstr(said(f), "100 percent")); /* a margin makes no paper transparent */
	assert_false(is_ink(f, 5, 2, "#::::"
				     "::::#"));
	assert_non_null(strstr(said(f), "46 percent of it are covered and 26 percent"));
	assert_false(is_ink(f, 5, 2, "#####"
				     "##..#")); /* dark paper hides, too */
	assert_false(picture_check(&(struct picture){ 2, 1, opaque, NULL }, "a.png", &f->d));
	assert_false(is_ink(f, 3, 1, ":::"));
	assert_non_null(strstr(said(f), "nothing of the picture can be seen"));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_kinds, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_palette, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_deep, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_interlaced, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_huge, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_cut, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_no_png, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_ink, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_paper, set_up, tear_down),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
