/* ingest/sheetfonts.c: what texts in fonts of before Unicode are, by the others in such fonts and by what the job says. */
#include "base/grid.h"
#include "ingest/sheetfonts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { TEXTS_MAX = 30 };

struct text {
	const char *font;
	const char *text;
};

struct sheet {
	struct sheet_fonts *fonts;
	const struct text *text; /* up to one without a font */
	struct buf out;
	size_t n_reading;
};

static bool take_none(struct row_sink *sink, const struct row *row, size_t n_row, struct diags *d)
{
	(void)sink;
	(void)row;
	(void)n_row;
	(void)d;
	return true;
}

static bool read_texts(void *ctx, struct row_sink *sink, struct diags *d)
{
	struct sheet *s = ctx;

	s->n_reading++;
	s->out.n = 0;
	for (unsigned i = 0; s->text[i].font; i++) {
		const char *text = s->text[i].text;
		size_t n = strlen(text);

		sheet_fonts_text(s->fonts, sheet_font_named(s->text[i].font), &text, &n, (struct origin){ .file = "f", .row = i + 1, .col = 1 }, d);
		buf_printf(&s->out, "%s%.*s", i ? "|" : "", (int)n, text);
	}
	return sink->take(sink, NULL, 0, d);
}

static const struct sheet_case {
	struct text text[TEXTS_MAX];
	const char *encoding;
	const char *want;
	const char *findings; /* n, w, e, each with its row */
} cases[] = {
	{ { { ".VnTime", "Sè hé" }, { ".VnTime", "Hé nghÌo" } }, NULL, "Số hộ|Hộ nghèo", "w1 n1 " },
	{ { { ".VnTime", "Sè hé" }, { "Arial", "Hé nghÌo" } }, NULL, "Sè hé|Hé nghÌo", "n1 " },
	/* others say nothing of this one: those of another encoding, or of Unicode */
	{ { { ".VnTime", "Sè hé" }, { "VNI-Times", "Hoä ngheøo" }, { "VNI-Times", "Hoá" } }, NULL, "Sè hé|Hộ nghèo|Hố", "n1 n2 w3 " },
	{ { { ".VnTime", "Sè hé" }, { ".VnTime", "Hé nghÌo" }, { "Arial", "Thôn Lạc" } }, NULL, "Số hộ|Hộ nghèo|Thôn Lạc", "w1 n1 " },
	/* both kinds; Unicode alone is told once */
	{ { { ".VnTime", "Sè hé" }, { ".VnTime", "Hé nghÌo" }, { ".VnTime", "Thôn Lạc" } }, NULL, "Sè hé|Hộ nghèo|Thôn Lạc", "e1 n2 " },
	{ { { ".VnTime", "Thôn" }, { ".VnTime", "Lâm" }, { ".VnTime", "Lạc" } }, NULL, "Thôn|Lâm|Lạc", "n1 " },
	{ { { ".VnTimeH", "abc" }, { ".VnTime", "x" } }, NULL, "ABC|x", "n1 " },
	/* the job says it */
	{ { { ".VnTime", "Sè hé" }, { ".VnTime", "Hé nghÌo" }, { ".VnTime", "Lạc" } }, "tcvn3", "Số hộ|Hộ nghèo|Lạc", "n1 " },
	{ { { ".VnTime", "Sè hé" }, { ".VnTime", "Hé nghÌo" }, { ".VnTime", "Lạc" } }, "UTF-8", "Sè hé|Hộ nghèo|Lạc", "n2 " },
	{ { { "Arial", "Sè hé" }, { "Arial", "Lạc" } }, "abc", "Số hộ|Lạc", "n1 " },
};

static void test_cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct reader_options options = { .shown = "f", .encoding = cases[i].encoding };
		struct row_sink sink = { take_none };
		struct sheet_fonts fonts;
		struct sheet s = { .fonts = &fonts, .text = cases[i].text };
		struct diags d = { 0 };
		struct buf findings = { 0 };
		bool ok;

		buf_puts(&findings, "");
		sheet_fonts_init(&fonts, &options);
		assert_true(sheet_fonts_check(&options, &d));
		ok = sheet_fonts_read(&fonts, true, (struct fonts_reading){ &s, read_texts }, &sink, &d);
		assert_int_equal(ok, !d.n_error);
		for (size_t k = 0; k < d.n_finding; k++)
			buf_printf(&findings, "%c%u ", "nwe"[d.finding[k].severity], d.finding[k].at.row);
		assert_string_equal(s.out.text, cases[i].want);
		assert_string_equal(findings.text, cases[i].findings);
		assert_int_equal(s.n_reading, cases[i].encoding ? 1 : 2);
		sheet_fonts_clear(&fonts);
		buf_clear(&s.out);
		buf_clear(&findings);
		diags_clear(&d);
	}
}

/* Twenty cells are told, and how many there are. */
static void test_many(void **state)
{
	enum { MANY = 25, TOLD = 20 };
	struct text text[MANY + 2] = { { ".VnTime", "Hé nghÌo" } };
	struct reader_options options = { .shown = "f" };
	struct row_sink sink = { take_none };
	struct sheet_fonts fonts;
	struct sheet s = { .fonts = &fonts, .text = text };
	struct diags d = { 0 };

	(void)state;
	for (size_t i = 1; i <= MANY; i++)
		text[i] = (struct text){ ".VnTime", "Sè hé" };
	sheet_fonts_init(&fonts, &options);
	assert_true(sheet_fonts_read(&fonts, true, (struct fonts_reading){ &s, read_texts }, &sink, &d));
	assert_int_equal(d.n_finding, TOLD + 2);
	assert_non_null(strstr(d.finding[TOLD + 1].message, "25"));
	assert_true(sheet_fonts_read(&fonts, false, (struct fonts_reading){ &s, read_texts }, &sink, &d));
	assert_int_equal(s.n_reading, 3);
	sheet_fonts_clear(&fonts);
	buf_clear(&s.out);
	diags_clear(&d);
}

static void test_encodings(void **state)
{
	static const char *const wrong[] = { "utf-16", "xyz", "" };

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct reader_options options = { .shown = "f", .encoding = wrong[i] };
		struct diags d = { 0 };

		assert_false(sheet_fonts_check(&options, &d));
		assert_int_equal(d.n_error, 1);
		diags_clear(&d);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_encodings),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
