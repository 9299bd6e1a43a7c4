#include "compute/table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct {
	int year, month;
	const char *label;
	const char *want;    /* NULL: an error */
	const char *finding; /* "RULE COL" */
} labels[] = {
	{ 2024, 0, "Hộ nghèo", "Hộ nghèo", NULL },
	{ 2024, 0, "", "", NULL },
	{ 2024, 0, "Năm {period}", "Năm 2024", NULL },
	{ 2024, 0, "Năm { period - 1 } - {period}", "Năm 2023 - 2024", NULL },
	{ 2024, 5, "Tháng {month}/{period}", "Tháng 5/2024", NULL },
	{ 2024, 0, "{{period}", "{period}", NULL },
	{ 2024, 0, "a } b", "a } b", NULL },
	{ 2024, 0, "Tháng {month}", NULL, "label 28" },
	{ 2024, 0, "{period / 7}", NULL, "label 22" },
	{ 2024, 0, "Năm {perod}", NULL, "unknown-name 26" },
	{ 2024, 0, "Năm {period", NULL, "syntax 25" },
	{ 2024, 0, "{}", NULL, "syntax 22" },
	{ 2024, 0, "{group}", NULL, "unknown-name 22" },
};

static void test_labels(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
		struct arena a = { 0 };
		struct diags d = { 0 };
		struct job job = { .period = { labels[i].year, labels[i].month } };
		const char *xml = arena_printf(&a, "<t xmlns='u' label='%s'/>", labels[i].label);
		const struct node *n = node_read_bytes(xml, strlen(xml), "t.xml", "t", "u", &a, &d);
		const char *text;

		assert_non_null(n);
		text = label_text(n, "label", &job, &a, &d);
		if (labels[i].want) {
			assert_non_null(text);
			assert_string_equal(text, labels[i].want);
			assert_int_equal(d.n_finding, 0);
		} else {
			assert_null(text);
			assert_int_equal(d.n_finding, 1);
			assert_string_equal(
				arena_printf(&a, "%s %u", d.finding[0].rule, d.finding[0].at.col),
				labels[i].finding);
		}
		arena_clear(&a);
		diags_clear(&d);
	}
}

/* Every error of a label, and one that is not there. */
static void test_errors(void **state)
{
	struct arena a = { 0 };
	struct diags d = { 0 };
	struct job job = { .period = { 2024, 0 } };
	static const char xml[] = "<t xmlns='u' label='{x} {y}'>Năm {period}</t>";
	const struct node *n = node_read_bytes(xml, strlen(xml), "t.xml", "t", "u", &a, &d);

	(void)state;
	assert_null(label_text(n, "label", &job, &a, &d));
	assert_int_equal(d.n_error, 2);
	assert_null(label_text(n, "title", &job, &a, &d));
	assert_string_equal(d.finding[2].rule, "missing-attribute");
	assert_string_equal(label_text(n->child, NULL, &job, &a, &d), "Năm 2024");
	arena_clear(&a);
	diags_clear(&d);
}

static void test_constants(void **state)
{
	struct arena a = { 0 };
	struct job job = { .period = { 2024, 0 }, .agency = "UBND xã A", .area = "xã A" };
	struct symbols symbols = job_symbols(&job, &a);
	struct value value;

	(void)state;
	assert_int_equal(symbols.n_symbol, 9);
	assert_false(symbols.has_rows);
	for (size_t i = 0; i < symbols.n_symbol; i++) {
		assert_int_equal(symbols.symbol[i].index, i);
		assert_true(symbols.symbol[i].constant);
	}
	assert_true(job_lookup(&job, &symbols.symbol[0], &value));
	assert_int_equal(value.figure.x.num, 2024);
	assert_true(job_lookup(&job, &symbols.symbol[3], &value));
	assert_int_equal(value.figure.x.num, 1000000);
	assert_true(job_lookup(&job, &symbols.symbol[6], &value));
	assert_int_equal(value.type, EXPR_TEXT);
	assert_string_equal(value.text, "xã A");
	assert_true(job_lookup(&job, &symbols.symbol[1], &value));
	assert_int_equal(value.figure.state, FIGURE_MISSING);
	assert_true(job_lookup(&job, &symbols.symbol[7], &value));
	assert_string_equal(value.text, "year");
	arena_clear(&a);
}

static void test_periods(void **state)
{
	static const struct {
		struct period period;
		const char *kind;
		int part;
	} cases[] = {
		{ { 2024, 5, 0 }, "month", 5 },
		{ { 2024, 5, 5 }, "month", 5 },
		{ { 2024, 3, 1 }, "quarter", 1 },
		{ { 2024, 12, 10 }, "quarter", 4 },
		{ { 2024, 12, 7 }, "half", 2 },
		{ { 2024, 12, 1 }, "year", 1 },
		{ { 2024, 0, 0 }, "year", 1 },
		{ { 2024, 4, 2 }, "months", 2 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_string_equal(period_kind(&cases[i].period), cases[i].kind);
		assert_int_equal(period_part(&cases[i].period), cases[i].part);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_labels),
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_constants),
		cmocka_unit_test(test_periods),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
