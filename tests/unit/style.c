#include "base/file.h"
#include "compose/style.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char head[] = "<style xmlns=\"urn:kehoach:style:1\">";

/* The style of forms/own.xml in a folder of its own. */
static const struct style *read_text(const char *xml, struct arena *a, struct diags *d)
{
	const char *tmp = getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp";
	const char *dir = arena_printf(a, "%s/kehoach-style-%p", tmp, (void *)a);
	const char *forms = file_join(dir, "forms", a);
	const char *path = file_join(forms, "own.xml", a);
	const struct style *style;
	struct library library;

	assert_true(file_make_dirs(forms, d));
	assert_true(file_write(path, xml, strlen(xml), d));
	library_init(&library, a);
	library_add(&library, dir, "templates");
	style = style_read(&library, "own", (struct origin){ 0 }, a, d);
	file_remove(path);
	remove(forms);
	remove(dir);
	return style;
}

static const char *norm(struct arena *a, struct diags *d)
{
	static const char path[] = "templates/forms/nd30.xml";
	struct bytes bytes;

	assert_true(file_read(path, path, 1 << 20, a, &bytes, d));
	return arena_slice(a, bytes.data, bytes.n);
}

static void test_norm(void **state)
{
	struct arena a = { 0 };
	struct diags d = { 0 };
	const struct style *style = read_text(norm(&a, &d), &a, &d);
	bool has_number = false;

	(void)state;
	assert_non_null(style);
	assert_true(style->portrait.left_mm > 29.9 && style->portrait.left_mm < 35.1);
	assert_true(style->body_pt > 12.9 && style->body_pt < 14.1);
	for (size_t i = 0; style->keep_before_number[i]; i++)
		has_number = has_number || !strcmp(style->keep_before_number[i], "số");
	assert_true(has_number);
	assert_string_equal(style->keep_after_number[0], "m²");
	assert_int_equal(d.n_finding, 0);
	diags_clear(&d);
	arena_clear(&a);
}

/* The lists may be missing, empty, or spread over lines. */
static void test_lists(void **state)
{
	struct arena a = { 0 };
	struct diags d = { 0 };
	const char *xml = norm(&a, &d);
	const char *breaks = strstr(xml, "<breaks");
	const char *before = arena_slice(&a, xml, (size_t)(breaks - xml));
	const struct style *style;

	(void)state;
	style = read_text(arena_printf(&a, "%s</style>", before), &a, &d);
	assert_non_null(style);
	assert_null(style->keep_before_number);
	style = read_text(arena_printf(&a, "%s<breaks keep-before-number=' a\n\tb '"
					   " keep-after-number=''/></style>",
				  before),
		&a, &d);
	assert_non_null(style);
	assert_string_equal(style->keep_before_number[0], "a");
	assert_string_equal(style->keep_before_number[1], "b");
	assert_null(style->keep_before_number[2]);
	assert_null(style->keep_after_number[0]);
	assert_int_equal(d.n_finding, 0);
	diags_clear(&d);
	arena_clear(&a);
}

static void test_wrong(void **state)
{
	struct arena a = { 0 };
	struct diags d = { 0 };

	(void)state;
	assert_null(read_text(arena_printf(&a, "%s<breaks number='a'/></style>", head), &a, &d));
	assert_string_equal(d.finding[0].rule, "unknown-attribute");
	assert_string_equal(d.finding[1].rule, "missing-element");
	diags_clear(&d);
	arena_clear(&a);
}

/* Two lines of what is printed when an appendix is issued stay above its text. */
static void test_issue(void **state)
{
	struct arena a = { 0 };
	struct diags d = { 0 };
	const char *xml = norm(&a, &d);
	const char *issue = strstr(xml, "<issue size-pt=\"10\" from-top-mm=\"9\"");
	const char *behind = strstr(issue, "width-mm");
	const char *before = arena_slice(&a, xml, (size_t)(issue - xml));

	(void)state;
	assert_non_null(read_text(arena_printf(&a, "%s<issue size-pt=\"10\" from-top-mm=\"11.8\" %s", before, behind), &a, &d));
	assert_int_equal(d.n_finding, 0);
	assert_null(read_text(arena_printf(&a, "%s<issue size-pt=\"10\" from-top-mm=\"12\" %s", before, behind), &a, &d));
	assert_int_equal(d.n_finding, 1);
	assert_string_equal(d.finding[0].rule, "range");
	diags_clear(&d);
	arena_clear(&a);
}

/* A chart shrinks, if at all. */
static void test_chart(void **state)
{
	struct arena a = { 0 };
	struct diags d = { 0 };
	const char *xml = norm(&a, &d);
	const char *least = strstr(xml, "height-least-mm=\"60\"");
	const char *before = arena_slice(&a, xml, (size_t)(least - xml));
	const char *behind = strchr(least, ' ');

	(void)state;
	assert_non_null(read_text(arena_printf(&a, "%sheight-least-mm='20'%s", before, behind), &a, &d));
	assert_int_equal(d.n_finding, 0);
	assert_null(read_text(arena_printf(&a, "%sheight-least-mm='60.5'%s", before, behind), &a, &d));
	assert_int_equal(d.n_finding, 1);
	assert_string_equal(d.finding[0].rule, "range");
	diags_clear(&d);
	arena_clear(&a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_norm),
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_wrong),
		cmocka_unit_test(test_issue),
		cmocka_unit_test(test_chart),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
