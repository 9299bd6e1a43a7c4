#include "base/buf.h"
#include "expr/expr.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum {
	ROW = 1 << VIEW_ROW,
	ALL = ROW | 1 << VIEW_UPTO | 1 << VIEW_SHOWN,
	BEFORE = ALL | 1 << VIEW_PREVIOUS,
};

static const struct symbol symbols[] = {
	{ "households", EXPR_NUMBER, "hộ", false, BEFORE, 0, false },
	{ "poor", EXPR_NUMBER, "hộ", false, BEFORE, 1, false },
	{ "budget", EXPR_NUMBER, "đồng", false, ALL, 2, false },
	{ "months", EXPR_NUMBER, "tháng", false, ALL, 3, false },
	{ "rate", EXPR_NUMBER, "%", false, ALL, 4, false },
	{ "area", EXPR_TEXT, NULL, false, ROW, 5, false },
	{ "urban", EXPR_TRUTH, NULL, false, ROW, 6, false },
	{ "period", EXPR_NUMBER, NULL, true, 0, 7, false },
	{ "later", EXPR_NUMBER, "hộ", false, 1 << VIEW_PREVIOUS, 8, false },
};

#define NAMES "households, poor, budget, months, rate, area, urban, period, later"

static const struct symbols rows = { symbols, sizeof symbols / sizeof *symbols, true };
static const struct symbols no_rows = { symbols, sizeof symbols / sizeof *symbols, false };

static const struct expr *parse(const char *text, const struct symbols *s, enum expr_type want,
	struct arena *a, struct diags *d)
{
	struct expr_place place = { .node = NULL };

	return expr_parse(text, strlen(text), place, s, want, a, d);
}

static const struct {
	const char *text;
	enum expr_type type;
	const char *unit;
	bool may_be_na;
} good[] = {
	{ "1", EXPR_NUMBER, "", false },
	{ " poor ", EXPR_NUMBER, "hộ", false },
	{ "poor\xC2\xA0+\n1", EXPR_NUMBER, "hộ", false },
	{ "poor / households * 100", EXPR_NUMBER, "", true },
	{ "poor / 12", EXPR_NUMBER, "hộ", false },
	{ "poor / (2 * -3)", EXPR_NUMBER, "hộ", false },
	{ "poor / (2 - 2)", EXPR_NUMBER, "hộ", true },
	{ "poor / period", EXPR_NUMBER, "hộ", true },
	{ "budget / months", EXPR_NUMBER, "đồng/tháng", true },
	{ "months * budget", EXPR_NUMBER, "đồng*tháng", false },
	{ "1 / poor", EXPR_NUMBER, "1/hộ", true },
	{ "poor + 1", EXPR_NUMBER, "hộ", false },
	{ "poor - -1 + 2 * 3", EXPR_NUMBER, "hộ", false },
	{ "rate + poor / households", EXPR_NUMBER, "", true },
	{ "count(poor > 3) + poor", EXPR_NUMBER, "hộ", false },
	{ "sum(poor) + total.poor + total(households)", EXPR_NUMBER, "hộ", false },
	{ "at('A', poor - households)", EXPR_NUMBER, "hộ", false },
	{ "poor > 3", EXPR_TRUTH, "", false },
	{ "not poor = 3 and households >= 3 or urban", EXPR_TRUTH, "", false },
	{ "(poor > 3) and not (poor < 1)", EXPR_TRUTH, "", false },
	{ "area = 'Thôn 1'", EXPR_TRUTH, "", false },
	{ "area <> \"it's\" or area != 'x' or poor == 1", EXPR_TRUTH, "", false },
	{ "if(poor > 3, poor, 0)", EXPR_NUMBER, "hộ", false },
	{ "if(urban, 'a', area)", EXPR_TEXT, "", false },
	{ "if(urban, poor > 1, not urban)", EXPR_TRUTH, "", false },
	{ "round(poor / 3, 2)", EXPR_NUMBER, "hộ", false },
	{ "min(poor, households, 3)", EXPR_NUMBER, "hộ", false },
	{ "max(0, poor)", EXPR_NUMBER, "hộ", false },
	{ "abs(poor - households)", EXPR_NUMBER, "hộ", false },
	{ "known(area) and not known(poor > 1)", EXPR_TRUTH, "", false },
	{ "upto(poor) - previous.poor", EXPR_NUMBER, "hộ", false },
	{ "shown(rate)", EXPR_NUMBER, "", false },
	{ "total(shown(rate)) + total.rate", EXPR_NUMBER, "", false },
	{ "previous.later", EXPR_NUMBER, "hộ", false },
	{ "period - 1", EXPR_NUMBER, "", false },
	{ "orange", EXPR_NUMBER, NULL, false }, /* begins with a word of the language, see below */
};

static void test_good(void **state)
{
	struct arena a = { .left = 0 };
	struct diags d = { .n_error = 0 };

	(void)state;
	for (size_t i = 0; i + 1 < sizeof good / sizeof *good; i++) {
		const struct expr *e = parse(good[i].text, &rows, good[i].type, &a, &d);

		if (!e)
			fail_msg("%s: %s", good[i].text, d.finding[0].message);
		assert_int_equal(expr_type(e), good[i].type);
		assert_string_equal(expr_unit(e), good[i].unit);
		assert_int_equal(expr_may_be_na(e), good[i].may_be_na);
	}
	assert_null(parse("orange", &rows, EXPR_NUMBER, &a, &d));
	assert_string_equal(d.finding[0].rule, "unknown-name");
	diags_clear(&d);
	arena_clear(&a);
}

static const struct {
	const char *text;
	enum expr_type want;
	const char *findings; /* "rule: message" of each, with a '|' behind it */
} bad[] = {
	{ "", EXPR_NUMBER, "syntax: the expression is empty|" },
	{ "  ", EXPR_NUMBER, "syntax: the expression is empty|" },
	{ "poor +", EXPR_NUMBER, "syntax: the expression ends too early|" },
	{ "poor poor", EXPR_NUMBER, "syntax: an operator should stand here, not `poor`|" },
	{ "12,5", EXPR_NUMBER, "syntax: an operator should stand here, not `,`|" },
	{ "5.", EXPR_NUMBER, "syntax: an operator should stand here, not `.`|" },
	{ "* 5", EXPR_NUMBER, "syntax: a figure should stand here, not `*`|" },
	{ "(poor", EXPR_NUMBER, "syntax: a `)` is missing at the end|" },
	{ "(poor; 1)", EXPR_NUMBER, "syntax: `;` means nothing in an expression|" },
	{ "(poor 1)", EXPR_NUMBER, "syntax: `)` or an operator should stand here, not `1`|" },
	{ "poor × 2", EXPR_NUMBER, "syntax: `×` means nothing in an expression|" },
	{ "hộ", EXPR_NUMBER, "syntax: `ộ` means nothing in an expression|" },
	{ "poor \x01", EXPR_NUMBER, "syntax: an expression cannot hold a control character|" },
	{ "area = 'x", EXPR_TRUTH, "syntax: this text has no closing quote|" },
	{ "1 < poor < 3", EXPR_TRUTH,
		"syntax: comparisons cannot follow each other: join two by `and`|" },
	{ "total.", EXPR_NUMBER, "syntax: the expression ends too early|" },
	{ "total.5", EXPR_NUMBER, "syntax: a name should stand here, not `5`|" },
	{ "abs()", EXPR_NUMBER, "syntax: abs() needs 1 argument(s), not 0|" },
	{ "if(urban, 1)", EXPR_NUMBER, "syntax: if() needs 3 argument(s), not 2|" },
	{ "min(1)", EXPR_NUMBER, "syntax: min() needs at least 2 argument(s), not 1|" },
	{ "upto(poor + 1)", EXPR_NUMBER, "syntax: upto() takes the name of one column|" },
	{ "shown(total.poor)", EXPR_NUMBER, "syntax: shown() takes the name of one column|" },
	{ "99999999999999999999", EXPR_NUMBER, "limit: this number has too many digits|" },
	{ "housholds + pooor", EXPR_NUMBER,
		"unknown-name: there is no `housholds`; did you mean `households`?|"
		"unknown-name: there is no `pooor`; did you mean `poor`?|" },
	{ "zzzzzzzz", EXPR_NUMBER, "unknown-name: there is no `zzzzzzzz`; there are: " NAMES "|" },
	{ "rund(qqqqqqqqq, 2)", EXPR_NUMBER,
		"unknown-name: there is no `qqqqqqqqq`; there are: " NAMES "|"
		"unknown-name: there is no function `rund`; did you mean `round`?|" },
	{ "zzzzzzzz(1)", EXPR_NUMBER, "unknown-name: there is no function `zzzzzzzz`; there are: if, round, min, max, abs, ceil, known, sum, count, total, at, "
		"upto, ...|" },
	{ "sum + 1", EXPR_NUMBER,
		"unknown-name: `sum` is a function and needs brackets: sum(...)|" },
	{ "next.poor", EXPR_NUMBER, "unknown-name: there is no `next.poor`: only total., previous. "
		"and plan. stand before a name|" },
	{ "plan.poor", EXPR_NUMBER, "unknown-name: the job has no source with role=\"plan\"|" },
	{ "previous.budget", EXPR_NUMBER,
		"unknown-name: the source with role=\"previous\" has no `budget`|" },
	{ "upto(period)", EXPR_NUMBER,
		"unknown-name: `period` has no months that upto() could add up|" },
	{ "shown(area)", EXPR_NUMBER, "unknown-name: `area` is no column that is printed|" },
	{ "later", EXPR_NUMBER, "unknown-name: `later` has no figure of this period|" },
	{ "poor", EXPR_TRUTH, "type: this is a number; a condition is needed here|" },
	{ "poor > 1", EXPR_NUMBER, "type: this is a condition; a number is needed here|" },
	{ "poor + area", EXPR_NUMBER, "type: this is a text; a number is needed here|" },
	{ "-urban", EXPR_NUMBER, "type: this is a condition; a number is needed here|" },
	{ "urban = urban", EXPR_TRUTH, "type: this is a condition; a number is needed here|" },
	{ "area = 1", EXPR_TRUTH, "type: this is a number; a text is needed here|" },
	{ "area < 'b'", EXPR_TRUTH, "type: texts can only be compared by = and !=|" },
	{ "poor and urban", EXPR_TRUTH, "type: this is a number; a condition is needed here|" },
	{ "not poor", EXPR_TRUTH, "type: this is a number; a condition is needed here|" },
	{ "if(poor, 1, 2)", EXPR_NUMBER, "type: this is a number; a condition is needed here|" },
	{ "if(urban, 1, 'x')", EXPR_NUMBER, "type: this is a text; a number is needed here|" },
	{ "count(poor)", EXPR_NUMBER, "type: this is a number; a condition is needed here|" },
	{ "sum(poor > 1)", EXPR_NUMBER, "type: this is a condition; a number is needed here|" },
	{ "sum(poor / total.poor)", EXPR_NUMBER, "type: total() cannot stand inside sum()|" },
	{ "round(poor, 16)", EXPR_NUMBER,
		"type: the decimals of round() must be written as a number from 0 to 15|" },
	{ "round(poor, period)", EXPR_NUMBER,
		"type: the decimals of round() must be written as a number from 0 to 15|" },
	{ "at(area, poor)", EXPR_NUMBER,
		"type: the row of at() must be written as a text: at('KEY', x)|" },
	{ "poor + budget", EXPR_NUMBER, "unit: cannot add hộ and đồng|" },
	{ "poor - budget", EXPR_NUMBER, "unit: cannot subtract đồng from hộ|" },
	{ "1 + poor + rate", EXPR_NUMBER, "unit: cannot add hộ and a pure number|" },
	{ "poor > budget", EXPR_TRUTH, "unit: cannot compare hộ and đồng|" },
	{ "min(poor, budget)", EXPR_NUMBER, "unit: cannot take the min of hộ and đồng|" },
	{ "if(urban, poor, budget)", EXPR_NUMBER,
		"unit: if() gives hộ in one case and đồng in the other|" },
	{ "poor*poor*poor*poor*poor*poor*poor*poor*poor", EXPR_NUMBER,
		"limit: the unit of this product has too many parts|" },
};

static const char *findings(const struct diags *d, struct arena *a)
{
	struct buf b = { .n = 0 };
	const char *text;

	for (size_t i = 0; i < d->n_finding; i++)
		buf_printf(&b, "%s: %s|", d->finding[i].rule, d->finding[i].message);
	text = arena_slice(a, b.n ? b.text : "", b.n);
	buf_clear(&b);
	return text;
}

static void test_bad(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct arena a = { .left = 0 };
		struct diags d = { .n_error = 0 };

		assert_null(parse(bad[i].text, &rows, bad[i].want, &a, &d));
		assert_string_equal(findings(&d, &a), bad[i].findings);
		diags_clear(&d);
		arena_clear(&a);
	}
}

static void test_no_rows(void **state)
{
	static const char *const texts[] = { "sum(poor)", "count(urban)", "total.poor", "total(1)",
		"at('x', poor)" };

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct arena a = { .left = 0 };
		struct diags d = { .n_error = 0 };

		assert_null(parse(texts[i], &no_rows, EXPR_NUMBER, &a, &d));
		assert_int_equal(d.n_error, 1);
		assert_string_equal(d.finding[0].rule, "unknown-name");
		diags_clear(&d);
		arena_clear(&a);
	}
}

/* n times a text, then an end. */
static const struct {
	const char *again;
	size_t n;
	const char *end;
	const char *rule; /* NULL: fine */
} limits[] = {
	{ "(", EXPR_DEPTH_MAX + 1, "1", "limit" },
	{ "(", EXPR_DEPTH_MAX, "1", "syntax" },
	{ "-", EXPR_DEPTH_MAX + 1, "1", "limit" },
	{ "-", EXPR_DEPTH_MAX, "1", NULL },
	{ "not ", EXPR_DEPTH_MAX + 1, "urban", "limit" },
	{ "abs(", EXPR_DEPTH_MAX + 1, "1", "limit" },
	{ "1+", 2000, "1", NULL },
	{ "1*", 2000, "1", NULL },
	{ "1+", 2100, "1", "limit" },
	{ "min(1,", 500, "1", "limit" },
};

static void test_limits(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
		struct arena a = { .left = 0 };
		struct diags d = { .n_error = 0 };
		struct buf b = { .n = 0 };
		const struct expr *e;

		for (size_t k = 0; k < limits[i].n; k++)
			buf_puts(&b, limits[i].again);
		buf_puts(&b, limits[i].end);
		e = parse(b.text, &rows, EXPR_NUMBER, &a, &d);
		assert_int_equal(e != NULL, limits[i].rule == NULL);
		if (!e)
			assert_string_equal(d.finding[0].rule, limits[i].rule);
		assert_int_equal(d.n_error, e ? 0 : 1);
		buf_clear(&b);
		diags_clear(&d);
		arena_clear(&a);
	}
}

static void test_places(void **state)
{
	static const char xml[] = "<t xmlns='urn:x'>\n <c value='poor &lt; housholds'>"
				  "đ {poor +\n  pooor}</c>\n</t>";
	struct arena a = { .left = 0 };
	struct diags d = { .n_error = 0 };
	const struct node *t = node_read_bytes(xml, strlen(xml), "t.xml", "t", "urn:x", &a, &d);
	const struct node *c;
	const char *value;
	const char *brace;
	struct expr_place place = { .attribute = "value" };

	(void)state;
	assert_non_null(t);
	for (c = t->child; !node_is(c, "c");)
		c = c->next;
	place.node = c;
	value = node_attribute(c, "value");
	assert_null(expr_parse(value, strlen(value), place, &rows, EXPR_TRUTH, &a, &d));
	assert_int_equal(d.finding[0].at.row, 2);
	assert_int_equal(d.finding[0].at.col, 22);
	assert_string_equal(d.finding[0].at.file, "t.xml");
	brace = strchr(c->child->text, '{') + 1;
	place = (struct expr_place){ c->child, NULL, (size_t)(brace - c->child->text), { 0 } };
	assert_null(expr_parse(brace, strcspn(brace, "}"), place, &rows, EXPR_NUMBER, &a, &d));
	assert_int_equal(d.finding[1].at.row, 3);
	assert_int_equal(d.finding[1].at.col, 3);
	diags_clear(&d);
	arena_clear(&a);
}

static void count_symbol(void *ctx, const struct symbol *s, enum expr_view view)
{
	unsigned *seen = ctx;

	seen[s->index] += 1U + 10U * view;
}

static void test_questions(void **state)
{
	struct arena a = { .left = 0 };
	struct diags d = { .n_error = 0 };
	unsigned seen[9] = { 0 };
	const struct expr *e;
	bool total;

	(void)state;
	e = parse("\n (total.poor) ", &rows, EXPR_NUMBER, &a, &d);
	assert_string_equal(expr_source(e), "(total.poor)");
	assert_ptr_equal(expr_lone_symbol(e, &total), &symbols[1]);
	assert_true(total);
	e = parse("at('A', poor)", &rows, EXPR_NUMBER, &a, &d);
	assert_ptr_equal(expr_lone_symbol(e, &total), &symbols[1]);
	assert_false(total);
	e = parse("rate", &rows, EXPR_NUMBER, &a, &d);
	assert_ptr_equal(expr_lone_symbol(e, &total), &symbols[4]);
	assert_false(total);
	assert_true(expr_unit_fits(e, "%"));
	assert_true(expr_unit_fits(e, NULL));
	assert_false(expr_unit_fits(e, "hộ"));
	e = parse("total(poor + 1) + poor - upto(households)", &rows, EXPR_NUMBER, &a, &d);
	assert_null(expr_lone_symbol(e, &total));
	expr_each_symbol(e, count_symbol, seen);
	assert_int_equal(seen[1], 2);
	assert_int_equal(seen[0], 1 + 10 * VIEW_UPTO);
	assert_null(expr_lone_symbol(parse("previous.poor", &rows, EXPR_NUMBER, &a, &d), &total));
	assert_true(expr_unit_fits(parse("count(urban)", &rows, EXPR_NUMBER, &a, &d), "hộ"));
	diags_clear(&d);
	arena_clear(&a);
}

/* The same figure, typed in two ways; and figures that are others. */
static void test_key(void **state)
{
	static const struct {
		const char *one;
		const char *other;
		bool same;
	} cases[] = {
		{ "total.poor", "total(poor)", true },
		{ "at('A', poor)", "at( \"a\" , poor )", true },
		{ "(poor + 1)", "poor+1", true },
		{ "total.poor", "total.households", false },
		{ "total.poor", "sum(poor)", false },
		{ "at('A', poor)", "at('B', poor)", false },
		{ "poor - households", "poor + households", false },
		{ "rate / 2", "rate * 2", false },
		{ "poor", "previous.poor", false },
		{ "round(rate, 1)", "round(rate, 2)", false },
		{ "count(poor > 1)", "count(poor < 1)", false },
		{ "poor + 1", "poor + 2", false },
	};
	struct arena a = { 0 };
	struct diags d = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *one = expr_key(parse(cases[i].one, &rows, EXPR_NUMBER, &a, &d), &a);
		const char *other = expr_key(parse(cases[i].other, &rows, EXPR_NUMBER, &a, &d), &a);

		if (!strcmp(one, other) != cases[i].same)
			fail_msg("%s: %s, %s: %s", cases[i].one, one, cases[i].other, other);
	}
	diags_clear(&d);
	arena_clear(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_key),
		cmocka_unit_test(test_good),
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_no_rows),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_questions),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("expr", tests, NULL, NULL);
}
