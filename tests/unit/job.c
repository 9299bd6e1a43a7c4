/* model/job.c: a job as its file says, with every fault in one run. */
#include "model/job.h"

#include "base/buf.h"
#include "base/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

typedef const struct job *reading(const char *path, struct library *, struct arena *, struct diags *);

/* Writes job.xml beside a.csv and plan.xml, reads it; findings into out as "ROW:COL rule\n". */
static const struct job *read_as(reading *read, const char *text, struct library *l, struct arena *a, struct buf *out)
{
	const char *tmp = getenv("TMPDIR");
	char *dir = arena_printf(a, "%s/kehoach-job-XXXXXX", tmp ? tmp : "/tmp");
	static const char *const others[] = { "a.csv", "plan.xml" };
	struct diags d = { 0 };
	const struct job *job;
	const char *path;

	assert_non_null(mkdtemp(dir));
	path = file_join(dir, "job.xml", a);
	assert_true(file_write(path, text, strlen(text), &d));
	for (size_t i = 0; i < 2; i++)
		assert_true(file_write(file_join(dir, others[i], a), "x", 1, &d));
	library_init(l, a);
	job = read(path, l, a, &d);
	assert_int_equal(!job, d.n_error > 0);
	for (size_t i = 0; i < d.n_finding; i++)
		buf_printf(out, "%u:%u %s\n", d.finding[i].at.row, d.finding[i].at.col,
			d.finding[i].rule);
	file_remove(path);
	for (size_t i = 0; i < 2; i++)
		file_remove(file_join(dir, others[i], a));
	rmdir(dir);
	diags_clear(&d);
	return job;
}

static const struct job *read_text(const char *text, struct library *l, struct arena *a, struct buf *out)
{
	return read_as(job_read, text, l, a, out);
}

#define JOB "<job xmlns='urn:kehoach:job:1' "
#define AGENCY "<agency name='UBND phường Bắc Sơn' area='phường Bắc Sơn'/>"
#define DOCUMENT "<document symbol='KH-UBND' place='Bắc Sơn' date='2024'/>"
#define PLAN "<plan template='p'/>"

/* Their files are looked for when they are read. */
static void test_returns(void **state)
{
	static const char text[] = JOB "id='j' period='2024'>" AGENCY DOCUMENT PLAN "<returns dataset='d' href='later/*.csv'/>"
		"<returns dataset='e' href='b.xml' month='2024-05' received='2024-06-03T14:30' rows='/a/b' sheet='S' encoding='vni' decimal='.'>"
		"<header rows='2-3'/></returns><progress template='poverty'/></job>";
	struct arena a = { 0 };
	struct buf out = { 0 };
	struct library l;
	const struct job *job = read_as(job_read, text, &l, &a, &out);
	const struct job_returns *r;

	(void)state;
	assert_non_null(job);
	assert_int_equal(job->n_source, 0);
	assert_int_equal(job->n_returns, 2);
	assert_string_equal(job->progress, "poverty");
	r = job->returns;
	assert_string_equal(r[0].source.href, "later/*.csv");
	assert_true(r[0].source.repeats && r[0].source.period_year == 2024 && !r[0].month && !r[0].received);
	assert_string_equal(r[1].received, "2024-06-03T14:30");
	assert_true(r[1].month == 5 && r[1].source.decimal_point && r[1].source.header_first == 2 && r[1].source.header_last == 3);
	assert_string_equal(r[1].source.sheet, "S");
	buf_clear(&out);
	arena_clear(&a);
}

/* Before the figures are there; what leads out of the folder stays an error. */
static void test_planned(void **state)
{
	static const char text[] = JOB "id='j' period='2024'>" AGENCY DOCUMENT "<plan href='later.xml'/>"
		"<source id='s' dataset='d' href='later.csv'/><source id='t' dataset='d' href='a.csv' role='previous'/></job>";
	static const char outside[] = JOB "id='j' period='2024'>" AGENCY DOCUMENT PLAN
		"\n<source id='s' dataset='d' href='../later.csv'/></job>";
	struct arena a = { 0 };
	struct buf out = { 0 };
	struct library l;
	const struct job *job;

	(void)state;
	job = read_as(job_read_planned, text, &l, &a, &out);
	assert_non_null(job);
	assert_null(job->source[0].path);
	assert_non_null(job->source[0].shown);
	assert_non_null(job->source[1].path);
	assert_null(job->plan_path);
	assert_null(read_as(job_read_planned, outside, &l, &a, &out));
	buf_puts(&out, "");
	assert_string_equal(out.text, "2:34 outside\n");
	buf_clear(&out);
	arena_clear(&a);
}

/* What a source says of its header and its numbers. */
static void test_sheet(void **state)
{
	static const char text[] = JOB "id='a' period='2023'>" AGENCY DOCUMENT PLAN
		"<source id='s' dataset='d' href='a.csv' decimal=',' rates='fraction'><header rows='3-5'/></source>"
		"<source id='t' dataset='d' href='a.csv' rates='percent'><header rows='40'/></source>"
		"<source id='u' dataset='d' href='a.csv'/></job>";
	struct arena a = { 0 };
	struct buf out = { 0 };
	struct library l;
	const struct job *job = read_text(text, &l, &a, &out);

	(void)state;
	assert_non_null(job);
	assert_true(job->source[0].decimal_said);
	assert_false(job->source[0].decimal_point);
	assert_int_equal(job->source[0].rates, RATES_FRACTION);
	assert_int_equal(job->source[0].header_first, 3);
	assert_int_equal(job->source[0].header_last, 5);
	assert_int_equal(job->source[1].rates, RATES_PERCENT);
	assert_int_equal(job->source[1].header_first, 40);
	assert_int_equal(job->source[1].header_last, 40);
	assert_false(job->source[2].decimal_said);
	assert_int_equal(job->source[2].rates, RATES_UNSAID);
	assert_int_equal(job->source[2].header_first, 0);
	buf_clear(&out);
	arena_clear(&a);
}

static void test_full(void **state)
{
	static const char text[] = JOB "id='bac-son-2023' period='2023-05' rounding='half-even'>\n"
		"<agency name='UBND' area='phường Bắc Sơn' parent='UBND thị xã' head='A | B'/>"
		"<document number='5' symbol='KH-UBND' place='Bắc Sơn' date='2023-03-09'/>"
		"<source id='s' dataset='d' href='a.csv' role='previous' decimal='.' rows='/a/b' sheet='2' encoding='utf-16'/>"
		"<source id='t' dataset='d' href='a.csv'/>"
		"<plan href='plan.xml'/><workbook tables=' one  two'/><form name='nd31'/>"
		"<signer authority='TM.' title='KT. CHỦ TỊCH|PHÓ CHỦ TỊCH' name='N'/>"
		"<sign field='signer' level='b'/><sign field='seal' level='lta'/></job>";
	struct arena a = { 0 };
	struct buf out = { 0 };
	struct library l;
	const struct job *job = read_text(text, &l, &a, &out);

	(void)state;
	assert_non_null(job);
	assert_string_equal(job->id, "bac-son-2023");
	assert_int_equal(job->period.year, 2023);
	assert_int_equal(job->period.month, 5);
	assert_int_equal(job->rounding, ROUND_HALF_EVEN);
	assert_string_equal(job->parent, "UBND thị xã");
	assert_string_equal(job->agency_head, "A\nB");
	assert_string_equal(job->number, "05");
	assert_int_equal(job->date.day, 9);
	assert_int_equal(job->n_source, 2);
	assert_int_equal(job->source[0].role, SOURCE_PREVIOUS);
	assert_true(job->source[0].decimal_point);
	assert_string_equal(job->source[0].rows, "/a/b");
	assert_string_equal(job->source[0].sheet, "2");
	assert_string_equal(job->source[0].encoding, "utf-16");
	assert_int_equal(job->source[0].period_year, 2022); /* previous */
	assert_int_equal(job->source[1].period_year, 2023);
	assert_string_equal(job->source[1].href, "a.csv");
	assert_string_equal(file_name(job->source[1].shown), "a.csv");
	assert_null(job->source[1].encoding);
	assert_string_equal(file_name(job->plan_path), "plan.xml");
	assert_null(job->plan_template);
	assert_string_equal(job->workbook[0], "one");
	assert_string_equal(job->workbook[1], "two");
	assert_null(job->workbook[2]);
	assert_string_equal(job->form, "nd31");
	assert_string_equal(job->signer[0].title, "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH");
	assert_int_equal(job->n_sign, 2);
	assert_string_equal(job->sign[0].field, "signer");
	assert_string_equal(job->sign[1].field, "seal");
	assert_string_equal(job->sign[1].level, "lta");
	assert_int_equal(l.n_used, 2);
	assert_string_equal(l.used[0].manifest, "job.xml");
	assert_string_equal(l.used[1].manifest, "plan.xml");
	buf_clear(&out);
	arena_clear(&a);
}

static void test_least(void **state)
{
	struct arena a = { 0 };
	struct buf out = { 0 };
	struct library l;
	const struct job *job = read_text(JOB "id='j' period='2024'>" AGENCY DOCUMENT PLAN "</job>", &l, &a,
		&out);

	(void)state;
	assert_non_null(job);
	assert_string_equal(job->agency_head, "ỦY BAN NHÂN DÂN\nPHƯỜNG BẮC SƠN");
	assert_string_equal(job->number, "");
	assert_int_equal(job->rounding, ROUND_HALF_UP);
	assert_int_equal(job->period.month, 0);
	assert_string_equal(job->plan_template, "p");
	assert_null(job->plan_path);
	assert_null(job->workbook[0]);
	assert_string_equal(job->form, "nd30");
	assert_int_equal(job->n_signer, 0);
	buf_clear(&out);
	arena_clear(&a);
}

static const struct {
	const char *text;
	const char *want;
} faults[] = {
	{ JOB "id='J 1' period='2024-13' rounding='half-down'/>",
		"1:36 name\n1:49 period\n1:68 value\n1:1 missing-element\n1:1 missing-element\n"
		"1:1 missing-element\n" },
	{ JOB "period='2024' name='x'>" AGENCY DOCUMENT PLAN "</job>",
		"1:46 unknown-attribute\n1:1 missing-attribute\n" },
	{ JOB "id='j' period='2024'>" AGENCY DOCUMENT PLAN "\n<agency/>\n<sourse/>\ntext<form name='x'>y</form></job>",
		"2:1 duplicate\n3:1 unknown-element\n3:10 unknown-element\n4:20 unknown-element\n" },
	{ JOB "id='j' period='2024'>" AGENCY PLAN "\n<document number='5a' symbol='' date='31/12/2024'/></job>",
		"2:19 value\n2:31 value\n2:1 missing-attribute\n2:39 date\n" },
	{ JOB "id='j' period='2024'>" AGENCY DOCUMENT "\n<plan/>\n<workbook tables='a b a'/></job>",
		"2:1 missing-attribute\n3:23 duplicate\n" },
	{ JOB "id='j' period='2024'>" AGENCY DOCUMENT "\n<plan href='a.csv' template='x'/></job>",
		"2:1 missing-attribute\n" },
	{ JOB "id='j' period='2024'>" AGENCY DOCUMENT "\n<plan href='../plan.xml'/></job>", "2:13 outside\n" },
	{ JOB "id='j' period='2024'>" AGENCY DOCUMENT PLAN
	      "\n<source id='s' dataset='d' href='b.csv' role='currant' decimal=';'/>"
	      "\n<source id='s' dataset='d' href='/etc/passwd'/></job>",
		"2:34 file\n2:47 value\n2:65 value\n3:13 duplicate\n3:34 outside\n" },
	{ JOB "id='j' period='2024'>" AGENCY DOCUMENT PLAN
	      "\n<returns href='*/a.csv' month='2023-05' received='2024-05'/>"
	      "\n<returns dataset='d' href='../*.csv' month='2024-05-01' received='3/5/2024'/>"
	      "\n<returns dataset='d' href='a*b*' areas='own'><x/></returns>"
	      "\n<progress template='A'/><progress template='b'/></job>",
		"2:1 missing-attribute\n2:16 pattern\n2:32 month\n2:51 date\n3:28 outside\n3:45 month\n3:67 date\n"
		"4:34 unknown-attribute\n4:28 pattern\n4:46 unknown-element\n5:21 name\n5:25 duplicate\n" },
};

static void test_faults(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
		struct arena a = { 0 };
		struct buf out = { 0 };
		struct library l;

		assert_null(read_text(faults[i].text, &l, &a, &out));
		if (strcmp(out.text, faults[i].want) != 0)
			fail_msg("%s: got\n%s", faults[i].text, out.text);
		buf_clear(&out);
		arena_clear(&a);
	}
}

/* What a reference keeps of lines and tabs is as if they were typed: names go into one line, and into the file's properties. */
static void test_one_line(void **state)
{
	struct arena a = { 0 };
	struct library l;
	struct buf out = { 0 };
	const struct job *job = read_text(
		JOB "id='x' period='2024'><agency name='&#10;UBND&#10;phường  Bắc&#9; &#13; Sơn&#9;' parent='A&#10;B' area='Bắc Sơn'/>" DOCUMENT PLAN
		"<record description=' &#9;a&#10;b '/></job>", &l, &a, &out);

	(void)state;
	assert_non_null(job);
	assert_string_equal(job->agency, "UBND phường  Bắc Sơn");
	assert_string_equal(job->parent, "A B");
	assert_string_equal(job->record[0].text, "a b");
	buf_clear(&out);
	arena_clear(&a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_full),
		cmocka_unit_test(test_returns),
		cmocka_unit_test(test_planned),
		cmocka_unit_test(test_sheet),
		cmocka_unit_test(test_least),
		cmocka_unit_test(test_faults),
		cmocka_unit_test(test_one_line),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("job", tests, NULL, NULL);
}
