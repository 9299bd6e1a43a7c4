#include "base/file.h"
#include "compose/plan.h"

#include "composed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#define HEAD "<plan xmlns='urn:kehoach:plan:1'>\n<title>T</title>\n"
#define TAIL "\n</plan>"

static const struct plan *read_text(const char *xml, struct arena *a, struct diags *d)
{
	return plan_read_bytes(xml, strlen(xml), "plan.xml", NULL, a, d);
}

/* Line 3 is what each case says. */
static const struct {
	const char *xml;
	unsigned col;
	const char *rule;
	const char *words; /* that the message has */
} wrong[] = {
	{ "<sectoin title='x'/>", 1, "unknown-element", "section" },
	{ "<section titel='x'/>", 10, "unknown-attribute", "title" },
	{ "<section/>", 1, "missing-attribute", "title" },
	{ "<section title='x' run-in='ja'/>", 28, "value", "yes" },
	{ "text", 1, "text", "paragraph" },
	{ "<p><p>x</p></p>", 4, "misplaced", "<p>" },
	{ "<p><cite ref='kh'/></p>", 15, "cite", "kh" },
	{ "<else/>", 1, "misplaced", "<if>" },
	{ "<table/>", 1, "missing-attribute", "ref" },
	{ "<include part='x'/>", 16, "template", "x" },
	{ "<if test='1 = 1'><define name='x' value='1'/></if>", 18, "misplaced", "condition" },
	{ "<bases><basis id='a' type='Luật' date='2024-02-30'/></bases>", 40, "date",
		"2024-02-30" },
	{ "<define name='x' value='1' decimals='x'/>", 38, "value", "decimals" },
	{ "<recipients><to>A</to><file copies='5000'>B</file></recipients>", 37, "value",
		"copies" },
};

static void test_wrong(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct arena a = { 0 };
		struct diags d = { 0 };
		const char *xml = arena_printf(&a, HEAD "%s" TAIL, wrong[i].xml);

		assert_null(read_text(xml, &a, &d));
		assert_int_equal(d.n_finding, 1);
		assert_string_equal(d.finding[0].rule, wrong[i].rule);
		assert_non_null(strstr(d.finding[0].message, wrong[i].words));
		assert_int_equal(d.finding[0].at.row, 3);
		assert_int_equal(d.finding[0].at.col, wrong[i].col);
		diags_clear(&d);
		arena_clear(&a);
	}
}

static void test_all_in_one_run(void **state)
{
	struct arena a = { 0 };
	struct diags d = { 0 };

	(void)state;
	assert_null(
		read_text("<plan xmlns='urn:kehoach:plan:1' inn='x'>\n<include part='m'/><include "
			  "part='n'/><sect title='a'/><p><bb/>x</p>"
			  "<bases><basis id='a' type='t'/><basis id='a' type='t'/></bases></plan>",
			&a, &d));
	assert_int_equal(
		d.n_finding, 7); /* attribute, two elements, two parts, a basis twice, no title */
	diags_clear(&d);
	arena_clear(&a);
}

static void write_part(const char *dir, const char *name, const char *content)
{
	char path[128];
	FILE *f;

	snprintf(path, sizeof path, "%s/plans/%s.xml", dir, name);
	f = fopen(path, "w");
	assert_non_null(f);
	fprintf(f, "<part xmlns='urn:kehoach:plan:1'>%s</part>", content);
	fclose(f);
}

/* A library of its own with parts that include one another. */
static void test_includes(void **state)
{
	static const char *const parts[] = { "one", "two", "ring", "ring-back", "deep-0", "deep-1",
		"deep-2", "deep-3", "deep-4", "deep-5", "deep-6", "deep-7", "deep-8" };
	const char *tmp = getenv("TMPDIR");
	char dir[64];
	char path[160];
	struct arena a = { 0 };
	struct diags d = { 0 };
	struct library library;
	const struct plan *plan;
	const char *cycle = HEAD "<include part='ring'/>" TAIL;
	const char *deep = HEAD "<include part='deep-0'/>" TAIL;
	const char *fine = HEAD
		"<include part='one'/><section title='x'><include part='one'/></section>" TAIL;

	(void)state;
	snprintf(dir, sizeof dir, "%.40s/kehoach-XXXXXX", tmp ? tmp : "/tmp");
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof path, "%s/plans", dir);
	assert_true(file_make_dirs(path, &d));
	write_part(dir, "one", "<p>1</p><include part='two'/>");
	write_part(dir, "two", "<p>2</p>");
	write_part(dir, "ring", "<include part='ring-back'/>");
	write_part(dir, "ring-back", "<include part='ring'/>");
	for (int i = 0; i < 9; i++)
		write_part(dir, parts[4 + i],
			arena_printf(&a, "<include part='%s'/>", i < 8 ? parts[5 + i] : "two"));
	library_init(&library, &a);
	library_add(&library, dir, "templates");

	plan = plan_read_bytes(fine, strlen(fine), "plan.xml", &library, &a, &d);
	assert_non_null(plan);
	assert_int_equal(plan->n_part, 2);
	assert_non_null(plan_part_find(plan, "two"));
	assert_null(plan_read_bytes(cycle, strlen(cycle), "plan.xml", &library, &a, &d));
	assert_string_equal(d.finding[d.n_finding - 1].rule, "cycle");
	assert_non_null(strstr(d.finding[d.n_finding - 1].message, "ring > ring-back > ring"));
	assert_null(plan_read_bytes(deep, strlen(deep), "plan.xml", &library, &a, &d));
	assert_string_equal(d.finding[d.n_finding - 1].rule, "limit");

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		snprintf(path, sizeof path, "%s/plans/%s.xml", dir, parts[i]);
		unlink(path);
	}
	snprintf(path, sizeof path, "%s/plans", dir);
	rmdir(path);
	rmdir(dir);
	diags_clear(&d);
	arena_clear(&a);
}

static void test_tables(void **state)
{
	struct arena a = { 0 };
	struct diags d = { 0 };
	const char *workbook[] = { "w", "b", NULL };
	struct job job = { .workbook = workbook };
	const struct plan *plan = read_text(
		"<plan xmlns='urn:kehoach:plan:1' in='a'><title>T</title>"
		"<p in='b'>x <link to='c'>y</link><each in='d'>z</each></p><table ref='a'/>"
		"<appendix table='e'/></plan>",
		&a, &d);
	const char *const want[] = { "w", "b", "a", "c", "d", "e" };
	const char *const *names;
	size_t n = 0;

	(void)state;
	assert_non_null(plan);
	for (names = plan_tables(plan, &job, &a); names[n]; n++)
		assert_string_equal(names[n], want[n]);
	assert_int_equal(n, sizeof want / sizeof *want);
	diags_clear(&d);
	arena_clear(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_wrong),
		cmocka_unit_test(test_all_in_one_run),
		cmocka_unit_test(test_includes),
		cmocka_unit_test(test_tables),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
