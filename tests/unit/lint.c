/* Lint of small files made by hand: what holds for every file, updates, TrueType tables; lint's own mutants are in tests/e2e. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "pdfmade.h"

#include "pdf/icc.h"
#include "pdf/linting.h"

/* The rules of the findings: "a b ". */
static void rules_of(const struct made *m, struct buf *rules, bool *ok)
{
	struct diags d = { 0 };

	*ok = pdf_lint((struct bytes){ .data = m->out.text, .n = m->out.n }, "a.pdf", LINT_AS_CLAIMED, &d);
	for (size_t i = 0; i < d.n_finding; i++)
		buf_printf(rules, "%s ", d.finding[i].rule);
	diags_clear(&d);
}

static void check(const struct made *m, const char *want, const char *what)
{
	struct buf rules = { 0 };
	bool ok;

	rules_of(m, &rules, &ok);
	if (strcmp(rules.text ? rules.text : "", want) != 0 || ok != !strcmp(want, "claims-nothing "))
		fail_msg("%s: %s", what, rules.text ? rules.text : "nothing");
	buf_clear(&rules);
}

static const struct {
	const char *find, *put, *want;
} cases[] = {
	{ NULL, NULL, "claims-nothing " },
	{ "/Count 1", "/Count 2", "claims-nothing page-tree " },
	{ "/Parent 2 0 R", "/Parent 1 0 R", "claims-nothing page-tree " },
	{ "200.5", "2.5", "claims-nothing page-box " },
	{ "BT ET", "q ET ", "claims-nothing text-object q-balance " },
	{ "BT ET", "/Q Do", "claims-nothing resource " },
	{ "BT ET", "1 g f", "claims-nothing " }, /* untagged, which claims nothing either */
	{ "BT ET", "1 2 g", "claims-nothing operator " },
	{ "BT ET", "EMC  ", "claims-nothing mark-balance " },
	{ "/Type /Catalog", "/Type /Catalog /Metadata 5 0 R", "metadata claims-nothing " },
	{ "/Type /Catalog", "/Type /Catalog /Dests << /a 1 0 R >> /StructTreeRoot << /K 6 0 R >>", "claims-nothing " },
	{ "/Type /Catalog", "/Type /Catalog /Names << /Dests << /Names [(b) [3 0 R /Fit] (a) [3 0 R /Fit]] >> >>", "claims-nothing name-tree " },
	{ "/Type /Catalog", "/Type /Catalog /Names << /Dests << /Names [(b) [1 0 R /Fit]] >> >>", "claims-nothing name-tree " },
	{ "/Type /Catalog", "/Type /Catalog /Outlines 2 0 R", "claims-nothing " },
	{ "/Count 1", "/Count 1 /Kids 6 0 R", "pdf " },
};

static void test_every_file(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct made m = { .find = cases[i].find, .put = cases[i].put };

		made_first(&m);
		check(&m, cases[i].want, cases[i].put ? cases[i].put : "as it is");
		made_clear(&m);
	}
}

/* Each rule has a row, and an id that no other has. */
static void test_rules(void **state)
{
	(void)state;
	for (int i = 0; i < LINT_RULES; i++) {
		const char *id = lint_rule_id((enum lint_rule)i);

		assert_non_null(id);
		for (int k = 0; k < i; k++)
			assert_string_not_equal(id, lint_rule_id((enum lint_rule)k));
	}
}

static void test_icc(void **state)
{
	unsigned char profile[160] = { [3] = 160, [8] = 2, [131] = 1, [139] = 144, [143] = 16 };
	struct bytes b = { .data = (const char *)profile, .n = sizeof profile };
	struct icc icc;

	(void)state;
	memcpy(profile + 12, "mntrRGB ", 8);
	memcpy(profile + 36, "acsp", 4);
	assert_true(icc_read(b, &icc) && icc_is_output(&icc) && icc.colours == 3);
	profile[143] = 17; /* the tag ends behind the profile */
	assert_false(icc_read(b, &icc));
	profile[143] = 16;
	b.n--;
	assert_false(icc_read(b, &icc));
	b.n++;
	profile[8] = 5;
	assert_false(icc_read(b, &icc));
	profile[8] = 4;
	memcpy(profile + 12, "scnr", 4);
	assert_true(icc_read(b, &icc) && !icc_is_output(&icc));
	memcpy(profile + 12, "abst", 4);
	assert_false(icc_read(b, &icc));
}

static const struct {
	const char *name;
	uint32_t character;
} glyphs[] = { { "uni1EF1", 0x1EF1 }, { "uhorndotbelow", 0x1EF1 }, { "Acircumflexacute", 0x1EA4 }, { "Dcroat", 0x110 }, { "A", 'A' },
	{ "foo", 0 }, { "uni12", 0 }, { "uni12g4", 0 }, { "acute", 0 }, { "xhorn", 0 }, { "", 0 } };

static void test_glyphs(void **state)
{
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof glyphs / sizeof *glyphs; i++) {
		struct pdf_object name = pdf_name(glyphs[i].name);

		assert_int_equal(lint_glyph_character(&name, &a), glyphs[i].character);
	}
	arena_clear(&a);
}

/* What counts is what the last revision says. */
static void test_update(void **state)
{
	struct made m = { .find = "(second)", .put = "(second)" };

	(void)state;
	made_first(&m);
	made_second(&m);
	check(&m, "claims-nothing ", "an update");
	made_clear(&m);
}

static const struct {
	const char *tag;
	bool good;
} languages[] = {
	{ "vi", true }, { "vi-VN", true }, { "zh-Hant-TW", true }, { "de-1996", true }, { "", false }, { "v", false }, { "vi-", false },
	{ "vi_VN", false }, { "Vietnamese", false }, { "1i", false },
};

static void test_languages(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
		struct pdf_object tag = pdf_string(languages[i].tag, strlen(languages[i].tag));

		if (lint_language(&tag) != languages[i].good)
			fail_msg("%s", languages[i].tag);
	}
	assert_false(lint_language(&pdf_null));
}

/* A table alone: its format and what it has for A. */
static const struct {
	const char *bytes;
	size_t n;
	uint32_t character;
	unsigned want;
} maps[] = {
	{ "\0\6\0\14\0\0\0\101\0\2\0\7\0\11", 14, 'A', 7 },
	{ "\0\6\0\14\0\0\0\101\0\2\0\7\0\11", 14, 'B', 9 },
	{ "\0\6\0\14\0\0\0\101\0\2\0\7\0\11", 14, 'C', 0 },
	{ "\0\4\0\40\0\0\0\4\0\0\0\0\0\0\0\101\377\377\0\0\0\101\377\377\377\300\0\1\0\0\0\0", 32, 'A', 1 },
	{ "\0\4\0\40\0\0\0\4\0\0\0\0\0\0\0\101\377\377\0\0\0\101\377\377\377\300\0\1\0\0\0\0", 32, 'B', 0 },
	{ "\0\4\0\40\0\0\0\4\0\0\0\0\0\0\0\101\377\377\0\0\0\101\377\377\377\300\0\1\377\377\0\0", 32, 'A', 0 }, /* beyond the end */
	{ "\0\4\0\40\0\0\377\377", 8, 'A', 0 },
	{ "\0\0", 2, 'A', 0 },
	{ "\0\14", 2, 'A', 0 },
};

static void test_maps(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof maps / sizeof *maps; i++) {
		/* one byte before, since a table at 0 is none; a copy of that size, so that reading behind it is seen */
		unsigned char *data = malloc(maps[i].n + 1);
		struct truetype t = { .data = data, .n = maps[i].n + 1, .cmap = 1 };

		memcpy(data + 1, maps[i].bytes, maps[i].n);
		assert_int_equal(truetype_glyph(&t, maps[i].character), maps[i].want);
		free(data);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_file),
		cmocka_unit_test(test_rules),
		cmocka_unit_test(test_icc),
		cmocka_unit_test(test_glyphs),
		cmocka_unit_test(test_update),
		cmocka_unit_test(test_languages),
		cmocka_unit_test(test_maps),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
