#include "base/file.h"
#include "compose/plan.h"

#include "composed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#define HEAD "<plan xmlns='urn:kehoach:plan:1' in='targets' end='none'><title>Giảm nghèo</title>\n"
#define TAIL "\n<recipients><file>VT</file></recipients></plan>"

/* What is said of a numeral that is a figure of the table, or of none. */
#define FIGURE(place, numeral, expression)                                                         \
	place " '" numeral "' was typed by hand; {" expression "} in the table 'targets' is the same figure\n"
#define OTHER(place, numeral)                                                                      \
	place " '" numeral "' was typed by hand; compute it in {...}, or mark it as <fact>, if it is a fact of its own\n"

#define YEAR(place, numeral) place " '" numeral "' was typed by hand; {period} is the year of the plan\n"

static void compose_plan(struct sample *s, const struct plan *plan, bool audited)
{
	struct audit audit;
	struct compose_input in = { .job = &s->job, .plan = plan, .tables = &s->all };
	const struct document *doc;

	audit_init(&audit, &s->job, &s->arena);
	in.audit = audited ? &audit : NULL;
	assert_non_null(plan);
	assert_true(compose(&in, &s->library, &s->arena, &doc, &s->diags));
}

/* "2:7 MESSAGE" for each numeral, in lines; with the file where that is not plan.xml. */
static const char *findings(struct sample *s)
{
	const char *text = "";

	for (size_t i = 0; i < s->diags.n_finding; i++) {
		const struct finding *f = &s->diags.finding[i];
		const char *file = strcmp(f->at.file, "plan.xml") ? file_name(f->at.file) : "";

		assert_string_equal(f->rule, "hand-typed");
		assert_int_equal(f->severity, DIAG_NOTE);
		text = arena_printf(&s->arena, "%s%s%s%u:%u %s\n", text, file, *file ? ":" : "", f->at.row, f->at.col, f->message);
	}
	return text;
}

/* Line 2 is what each case says, behind <p>. */
static const struct {
	const char *text;
	const char *want;
} texts[] = {
	{ "Không có số nào.", "" },
	/* a figure of the table: of the total first, as sentences speak of it */
	{ "Có 08 hộ nghèo.", FIGURE("2:7", "08", "total.poor_start:02") },
	{ "Có 8 hộ.", FIGURE("2:7", "8", "total.poor_start") },
	{ "3 hộ", FIGURE("2:4", "3", "total.exits") },
	{ "5 hộ", OTHER("2:4", "5") },
	{ "khu phố 1 có 5 hộ", FIGURE("2:17", "5", "at('Khu phố 1', poor_start)") },
	{ "400 hộ", FIGURE("2:4", "400", "at('Khu phố 2', households)") },
	{ "tổng số 1.528 hộ dân", FIGURE("2:12", "1.528", "total.households") },
	{ "chiếm 0,52%, 0,75 % và 0,44%.",
		FIGURE("2:10", "0,52", "total.rate_start") FIGURE("2:17", "0,75", "at('Khu phố 2', rate_start)")
			FIGURE("2:27", "0,44", "at('Khu phố 1', rate_start)") },
	{ "Khu phố 1: 4 hộ", FIGURE("2:15", "4", "at('Khu phố 1', twice)") }, /* of a hidden column */
	{ "08&#160;hộ", FIGURE("2:4", "08", "total.poor_start:02") },
	{ "có&#160;08 hộ", FIGURE("2:12", "08", "total.poor_start:02") },
	{ "xuống\n08\n  hộ", FIGURE("3:1", "08", "total.poor_start:02") },
	/* another unit, no unit, other decimals */
	{ "8 người", OTHER("2:4", "8") },
	{ "8", OTHER("2:4", "8") },
	{ "8%", OTHER("2:4", "8") },
	{ "8,0 hộ", OTHER("2:4", "8,0") },
	{ "7 hộ", OTHER("2:4", "7") },
	{ "30&#160;m²", OTHER("2:4", "30") },
	{ "(9) và 10, 11.", OTHER("2:5", "9") OTHER("2:11", "10") OTHER("2:15", "11") },
	/* days, years and documents are no figures; the year of the plan changes with it */
	{ "ngày 15/6/2021, 2022-2025, 1,5.", OTHER("2:31", "1,5") },
	{ "Nghị quyết số 12/NQ-HĐND ngày 15/6/2024, Thông tư 07/2021/TT-BLĐTBXH, khoản 2 Điều 3, quý 3, 6/2024", "" },
	{ "ngày 5 tháng 6 năm 2024, ngày 15/6, năm&#160;2023, giai đoạn 2021 - 2025", "" },
	{ "trong năm 2024, cả năm 2024", YEAR("2:14", "2024") YEAR("2:27", "2024") },
	{ "đạt 3/5 chỉ tiêu, 7-8 hộ", OTHER("2:8", "3/5") OTHER("2:22", "7-8") },
	/* facts, days, what is computed */
	{ "<fact>8</fact> và <fact>1.528 hộ</fact> của <b><fact>9</fact></b>", "" },
	{ "<date>2024-01-31</date> và <date form='long'>2024-03-09</date>", "" },
	{ "{total.poor_start:02} và {at('Khu phố 1', poor_start)}, {period - 1}", "" },
	{ "{period}: 9, {{10}", OTHER("2:14", "9") OTHER("2:19", "10") },
	/* names of rows */
	{ "tại khu phố 2 và Khu phố 1, KHU  PHỐ 3.", "" },
	{ "tại khu phố 2 có 08 hộ", FIGURE("2:21", "08", "total.poor_start:02") },
	{ "tại khu phố\n2", "" },
	{ "tại khu phố 4", OTHER("2:16", "4") },
	{ "tại phố 2", OTHER("2:12", "2") },
	/* words with digits */
	{ "m2, COVID19, 4G, H5N1, Đ8", "" },
	/* inside of other elements, and once for all rows */
	{ "<b>08 hộ</b> <i>9</i> <link to='targets'>7</link>",
		FIGURE("2:7", "08", "total.poor_start:02") OTHER("2:20", "9") OTHER("2:45", "7") },
	{ "<each in='targets'>{area}: 7 điểm</each>", OTHER("2:31", "7") },
	{ "<if test='1 = 2'>9</if><else>8 hộ</else>", OTHER("2:21", "9") FIGURE("2:33", "8", "total.poor_start") },
	/* brackets and quotes are no letters, nor is a dash */
	{ "(khu phố 2)", "" },
	{ "“8 hộ”", FIGURE("2:5", "8", "total.poor_start") },
	{ "mức “8”", OTHER("2:9", "8") },
	{ "2021–2025", "" },
	/* a small count is any row's by chance, unless the row is named */
	{ "7 hộ", OTHER("2:4", "7") },
};

static void test_texts(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct sample s;
		const char *xml;

		sample_init(&s);
		xml = arena_printf(&s.arena, HEAD "<p>%s</p><table ref='targets'/>" TAIL, texts[i].text);
		compose_plan(&s, plan_read_bytes(xml, strlen(xml), "plan.xml", NULL, &s.arena, &s.diags), true);
		if (strcmp(findings(&s), texts[i].want) != 0)
			fail_msg("%s gives\n%snot\n%s", texts[i].text, findings(&s), texts[i].want);
		sample_clear(&s);
	}
}

/* Line 2 is what each case says. */
static const struct {
	const char *xml;
	const char *want;
} elements[] = {
	{ "<section title='Năm 2024'><p>x</p></section>", YEAR("2:21", "2024") },
	{ "<section title='Năm {period}'><p>x</p></section>", "" },
	{ "<table ref='targets' caption='Biểu 5: 08 hộ'/>", OTHER("2:36", "5") FIGURE("2:39", "08", "total.poor_start:02") },
	{ "<li>8 hộ <li>9</li></li><points><point>7</point></points>",
		FIGURE("2:5", "8", "total.poor_start") OTHER("2:14", "9") OTHER("2:40", "7") },
	{ "<appendix title='Phụ lục 9'><p>8 hộ</p></appendix>", OTHER("2:26", "9") FIGURE("2:32", "8", "total.poor_start") },
	/* legal bases, and what cites them; figures that the plan names */
	{ "<bases><basis id='a' type='Luật' number='5/QH' date='2024-01-31' subject='3'>Căn cứ Luật 5</basis></bases>"
	  "<p><cite ref='a'/></p>",
		"" },
	{ "<define name='least' value='7' unit='hộ'/><p>{least:02}</p>", "" },
};

static void test_elements(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof elements / sizeof *elements; i++) {
		struct sample s;
		const char *xml;

		sample_init(&s);
		xml = arena_printf(&s.arena, HEAD "%s" TAIL, elements[i].xml);
		compose_plan(&s, plan_read_bytes(xml, strlen(xml), "plan.xml", NULL, &s.arena, &s.diags), true);
		assert_string_equal(findings(&s), elements[i].want);
		sample_clear(&s);
	}
}

static void test_recipients(void **state)
{
	static const char xml[]
		= "<plan xmlns='urn:kehoach:plan:1' in='targets' end='none'><title>Giảm 8 hộ</title>\n"
		  "<p>x</p><recipients><to remark='9 bản'>10 khu phố</to><file copies='5'>VT</file></recipients></plan>";
	struct sample s;

	(void)state;
	sample_init(&s);
	compose_plan(&s, plan_read_bytes(xml, strlen(xml), "plan.xml", NULL, &s.arena, &s.diags), true);
	assert_string_equal(findings(&s), FIGURE("1:70", "8", "total.poor_start") OTHER("2:33", "9") OTHER("2:40", "10"));
	sample_clear(&s);
}

/* They are notes of the audit. */
static void test_no_audit(void **state)
{
	static const char xml[] = HEAD "<p>8 hộ</p>" TAIL;
	struct sample s;

	(void)state;
	sample_init(&s);
	compose_plan(&s, plan_read_bytes(xml, strlen(xml), "plan.xml", NULL, &s.arena, &s.diags), false);
	assert_int_equal(s.diags.n_finding, 0);
	sample_clear(&s);
}

/* ---- parts, and plans that build on others ---- */

/* A folder of templates with plans/NAME.xml. */
struct folder {
	char dir[64];
	const char *file[4];
	size_t n_file;
};

static void folder_add(struct folder *f, struct sample *s, const char *name, const char *xml)
{
	f->file[f->n_file] = arena_printf(&s->arena, "%s/plans/%s.xml", f->dir, name);
	assert_true(file_write(f->file[f->n_file++], xml, strlen(xml), &s->diags));
}

static void folder_open(struct folder *f, struct sample *s)
{
	const char *tmp = getenv("TMPDIR");

	*f = (struct folder){ .n_file = 0 };
	snprintf(f->dir, sizeof f->dir, "%.40s/kehoach-XXXXXX", tmp ? tmp : "/tmp");
	assert_non_null(mkdtemp(f->dir));
	assert_true(file_make_dirs(arena_printf(&s->arena, "%s/plans", f->dir), &s->diags));
	folder_add(f, s, "base",
		"<plan xmlns='urn:kehoach:plan:1' in='targets' end='none'><title>Giảm nghèo</title>\n"
		"<p>8 hộ</p>\n<slot name='one'><p>9</p></slot>\n<slot name='two'><p>10</p></slot>\n"
		"<recipients><file>VT</file></recipients></plan>");
	folder_add(f, s, "part", "<part xmlns='urn:kehoach:plan:1'>\n<p>1.528 hộ</p></part>");
	folder_add(f, s, "law", "<part xmlns='urn:kehoach:plan:1'><basis id='a' type='Luật' subject='x'>Luật 5</basis></part>");
	library_init(&s->library, &s->arena);
	library_add(&s->library, f->dir, "templates");
	library_add(&s->library, "templates", "templates");
}

static void folder_close(struct folder *f, struct sample *s)
{
	for (size_t i = 0; i < f->n_file; i++)
		remove(f->file[i]);
	rmdir(arena_printf(&s->arena, "%s/plans", f->dir));
	rmdir(f->dir);
}

static const struct {
	const char *xml;
	const char *want;
} files[] = {
	/* a part once, however often it stands */
	{ "<plan xmlns='urn:kehoach:plan:1' in='targets' end='none'><title>x</title><p>9</p>"
	  "<include part='part'/><include part='part'/><recipients><file>VT</file></recipients></plan>",
		OTHER("1:77", "9") FIGURE("part.xml:2:4", "1.528", "total.households") },
	{ "<plan xmlns='urn:kehoach:plan:1' base='base'/>",
		FIGURE("base.xml:2:4", "8", "total.poor_start") OTHER("base.xml:3:21", "9") OTHER("base.xml:4:21", "10") },
	/* what is replaced is not read, its replacement is, in its own file */
	{ "<plan xmlns='urn:kehoach:plan:1' base='base'>\n<own slot='one'><p>07 hộ</p></own><own slot='two'/></plan>",
		FIGURE("base.xml:2:4", "8", "total.poor_start") OTHER("2:20", "07") },
	{ "<plan xmlns='urn:kehoach:plan:1' base='base'>\n<own slot='one'><include part='part'/></own>"
	  "<own slot='two'><p>3 hộ</p></own></plan>",
		FIGURE("base.xml:2:4", "8", "total.poor_start") FIGURE("2:64", "3", "total.exits")
			FIGURE("part.xml:2:4", "1.528", "total.households") },
	/* a basis is one in a part too */
	{ "<plan xmlns='urn:kehoach:plan:1' in='targets' end='none'><title>x</title><bases><include part='law'/></bases>"
	  "<p>x</p><recipients><file>VT</file></recipients></plan>",
		"" },
};

static void test_files(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		struct sample s;
		struct folder f;
		const struct plan *plan;

		sample_init(&s);
		folder_open(&f, &s);
		plan = plan_read_bytes(files[i].xml, strlen(files[i].xml), "plan.xml", &s.library, &s.arena, &s.diags);
		folder_close(&f, &s);
		compose_plan(&s, plan, true);
		assert_string_equal(findings(&s), files[i].want);
		sample_clear(&s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_elements),
		cmocka_unit_test(test_recipients),
		cmocka_unit_test(test_no_audit),
		cmocka_unit_test(test_files),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
