#include "base/buf.h"
#include "expr/formulasum.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* The sheet: A ordinal, B label, C households, D poor, E rate (may be "-"), F kind (text); row 7 is the first, row 11
 * the total, 12 and 13 more leaves. */
enum { HOUSEHOLDS, POOR, RATE, KIND, THIRD, MINUS, NOTHING, SHARE, WEIGHT, FLAG, LOOP };

enum { FIRST_ROW = 7, TOTAL = 4 };

static const struct symbol symbols[] = {
	{ "households", EXPR_NUMBER, NULL, false, 31, HOUSEHOLDS, false },
	{ "poor", EXPR_NUMBER, NULL, false, 31, POOR, false },
	{ "rate", EXPR_NUMBER, NULL, false, 31, RATE, false },
	{ "kind", EXPR_TEXT, NULL, false, 31, KIND, false },
	{ "third", EXPR_NUMBER, NULL, true, 1, THIRD, false },
	{ "minus", EXPR_NUMBER, NULL, true, 1, MINUS, false },
	{ "nothing", EXPR_NUMBER, NULL, true, 1, NOTHING, false },
	{ "share", EXPR_NUMBER, NULL, false, 31, SHARE, false },
	{ "weight", EXPR_NUMBER, NULL, false, 31, WEIGHT, false },
	{ "flag", EXPR_TRUTH, NULL, false, 31, FLAG, false },
	{ "loop", EXPR_NUMBER, NULL, false, 31, LOOP, false },
};

static const struct symbols names = { symbols, sizeof symbols / sizeof *symbols, true };

static const struct row_range leaves[] = { { 0, 3 }, { 5, 6 } };

struct sheet {
	const struct expr *share;  /* poor / households * 100 */
	const struct expr *weight; /* poor * households, summed in the total */
	const struct expr *loop;   /* loop + 1 */
	enum rounding rounding;
};

static void name(void *ctx, const struct symbol *s, enum expr_view view, struct formula_name *n)
{
	const struct sheet *sheet = ctx;

	*n = (struct formula_name){ .meaning = MEANS_CELL, .column = s->index + 2, .decimals = 2 };
	n->rounding = sheet->rounding;
	n->may_be_na = s->index == RATE;
	if (view == VIEW_PREVIOUS)
		n->column += 20;
	if (s->index == NOTHING)
		n->meaning = MEANS_NOTHING;
	if (s->index == THIRD || s->index == MINUS) {
		n->meaning = MEANS_CONSTANT;
		n->constant = s->index == THIRD ? (struct ratio){ 1, 3 } : (struct ratio){ -5, 2 };
	}
	if (s->index == SHARE || s->index == WEIGHT || s->index == LOOP) {
		n->meaning = MEANS_EXPRESSION;
		n->expr = s->index == SHARE ? sheet->share : sheet->weight;
		if (s->index == LOOP)
			n->expr = sheet->loop;
		n->summed = s->index == WEIGHT;
	}
}

static bool find_row(void *ctx, const char *key, size_t *row)
{
	(void)ctx;
	*row = 2;
	return !strcmp(key, "K");
}

static const struct expr *parse(const char *text, struct arena *a)
{
	struct expr_place place = { .node = NULL };
	const struct expr *e = NULL;

	for (int type = EXPR_NUMBER; type <= EXPR_TRUTH && !e; type++) {
		struct diags d = { .n_error = 0 };

		e = expr_parse(text, strlen(text), place, &names, (enum expr_type)type, a, &d);
		diags_clear(&d);
	}
	if (!e)
		fail_msg("%s", text);
	return e;
}

static void sheet_init(struct sheet *s, struct arena *a)
{
	s->share = parse("poor / households * 100", a);
	s->weight = parse("poor * households", a);
	s->loop = parse("loop + 1", a);
	s->rounding = ROUND_HALF_UP;
}

struct formula_case {
	const char *text;
	const char *want;
};

static void check_cases(const struct formula_case *all, size_t n, size_t row, size_t n_range)
{
	struct arena a = { .left = 0 };
	struct sheet sheet;
	struct formula_env env = { &sheet, name, find_row, leaves, n_range, TOTAL, true };

	sheet_init(&sheet, &a);
	for (size_t i = 0; i < n; i++) {
		struct formula f = formula_of(parse(all[i].text, &a), &env, row, &a);

		assert_string_equal(formula_text(f, FIRST_ROW, 0, &a), all[i].want);
	}
	arena_clear(&a);
}

static const struct formula_case row_cases[] = {
	/* guards */
	{ "poor / households * 100", "=IF(COUNT(C7,D7)=2,IF(C7=0,\"-\",D7*100/C7),\"\")" },
	{ "poor", "=IF(COUNT(D7)=1,D7,\"\")" },
	{ "rate", "=IF(COUNT(E7)=1,E7,IF(E7=\"\",\"\",\"-\"))" },
	{ "kind", "=IF(F7<>\"\",F7,\"\")" },
	{ "rate + poor", "=IF(COUNT(D7,E7)=2,E7+D7,IF(OR(D7=\"\",E7=\"\"),\"\",\"-\"))" },
	{ "1 + 2 * 0.5", "=1+2*0.5" },
	{ "poor > 1", "=IF(COUNT(D7)=1,D7>1,\"\")" },
	{ "previous.poor - poor", "=IF(COUNT(D7,X7)=2,X7-D7,\"\")" },
	/* signs and brackets */
	{ "-poor", "=IF(COUNT(D7)=1,-D7,\"\")" },
	{ "--poor", "=IF(COUNT(D7)=1,D7,\"\")" },
	{ "poor - -households", "=IF(COUNT(C7,D7)=2,D7+C7,\"\")" },
	{ "poor - (households - 1)", "=IF(COUNT(C7,D7)=2,D7-(C7-1),\"\")" },
	{ "poor + (households - 1)", "=IF(COUNT(C7,D7)=2,D7+C7-1,\"\")" },
	{ "poor + (-households - 1)", "=IF(COUNT(C7,D7)=2,D7+(-C7-1),\"\")" },
	{ "-(poor + 1) * 2", "=IF(COUNT(D7)=1,-(D7+1)*2,\"\")" },
	{ "1 - -(poor + 1)", "=IF(COUNT(D7)=1,1+(D7+1),\"\")" },
	{ "poor * -households", "=IF(COUNT(C7,D7)=2,-D7*C7,\"\")" },
	{ "((poor)) * (1 + 2)", "=IF(COUNT(D7)=1,D7*(1+2),\"\")" },
	/* constants */
	{ "poor * third", "=IF(COUNT(D7)=1,D7/3,\"\")" },
	{ "poor / third", "=IF(COUNT(D7)=1,D7*3,\"\")" },
	{ "third * third", "=1/3/3" },
	{ "poor * (1 + third)", "=IF(COUNT(D7)=1,D7*(1+1/3),\"\")" },
	{ "poor * minus", "=IF(COUNT(D7)=1,-D7*2.5,\"\")" },
	{ "poor + minus", "=IF(COUNT(D7)=1,D7-2.5,\"\")" },
	{ "poor - minus * households", "=IF(COUNT(C7,D7)=2,D7+2.5*C7,\"\")" },
	/* division */
	{ "poor / 12", "=IF(COUNT(D7)=1,D7/12,\"\")" },
	{ "poor / 0", "=IF(COUNT(D7)=1,IF(0=0,\"-\",D7/0),\"\")" },
	{ "poor / households / 12", "=IF(COUNT(C7,D7)=2,IF(C7=0,\"-\",D7/C7/12),\"\")" },
	{ "poor / (households / rate)", "=IF(COUNT(C7,D7,E7)=3,IF(OR(C7=0,E7=0),\"-\",D7*E7/C7),"
					"IF(OR(C7=\"\",D7=\"\",E7=\"\"),\"\",\"-\"))" },
	{ "poor / (households + 1)", "=IF(COUNT(C7,D7)=2,IF(C7+1=0,\"-\",D7/(C7+1)),\"\")" },
	{ "poor / (households / poor - 1)", "=IF(COUNT(C7,D7)=2,IF(D7=0,\"-\",IF(C7/D7-1=0,\"-\","
					    "D7/(C7/D7-1))),\"\")" },
	/* functions */
	{ "min(poor, households) + abs(poor)", "=IF(COUNT(C7,D7)=2,MIN(D7,C7)+ABS(D7),\"\")" },
	{ "max(1, poor)", "=IF(COUNT(D7)=1,MAX(1,D7),\"\")" },
	{ "round(poor / 3, 1)", "=IF(COUNT(D7)=1,ROUND(D7/3,1),\"\")" },
	{ "round(poor - 0.5, 0)", "=IF(COUNT(D7)=1,ROUND(ROUND(D7-0.5,8),0),\"\")" },
	{ "ceil(poor / 3)", "=IF(COUNT(D7)=1,-INT(-ROUND(D7/3,8)),\"\")" },
	{ "2 - ceil(poor)", "=IF(COUNT(D7)=1,2+INT(-ROUND(D7,8)),\"\")" },
	{ "shown(poor)", "=IF(COUNT(D7)=1,ROUND(D7,2),\"\")" },
	{ "shown(share)", "=IF(COUNT(C7,D7)=2,IF(C7=0,\"-\",ROUND(D7*100/C7,2)),\"\")" },
	/* names that stand for expressions */
	{ "share * 2", "=IF(COUNT(C7,D7)=2,IF(C7=0,\"-\",D7*100*2/C7),\"\")" },
	{ "weight", "=IF(COUNT(C7,D7)=2,D7*C7,\"\")" },
	{ "weight + 1", "=IF(COUNT(C7,D7)=2,D7*C7+1,\"\")" },
	/* conditions */
	{ "if(poor > 1, poor, 0)", "=IF(COUNT(D7)=1,IF(D7>1,IF(COUNT(D7)=1,D7,\"\"),0),\"\")" },
	{ "if(poor >= 1 and households != 2 or not poor <= 3, 1, 2)",
		"=IF(COUNT(C7,D7)=2,IF(OR(AND(D7>=1,C7<>2),NOT(D7<=3)),1,2),\"\")" },
	{ "if(kind = 'x' and poor < 1, 'a\"b', kind)",
		"=IF(AND(COUNT(D7)=1,F7<>\"\"),IF(AND(EXACT(F7,\"x\"),D7<1),\"a\"\"b\","
		"IF(F7<>\"\",F7,\"\")),\"\")" },
	{ "if(kind != 'x', 1, 2)", "=IF(F7<>\"\",IF(NOT(EXACT(F7,\"x\")),1,2),\"\")" },
	{ "if(poor > 1, rate, 0) + 1",
		"=IF(COUNT(IF(COUNT(D7)=1,IF(D7>1,IF(COUNT(E7)=1,E7,IF(E7=\"\",\"\",\"-\")),0),\"\"))=1,"
		"IF(COUNT(D7)=1,IF(D7>1,IF(COUNT(E7)=1,E7,IF(E7=\"\",\"\",\"-\")),0),\"\")+1,"
		"IF(IF(COUNT(D7)=1,IF(D7>1,IF(COUNT(E7)=1,E7,IF(E7=\"\",\"\",\"-\")),0),\"\")=\"\",\"\",\"-\"))" },
	/* other rows */
	{ "poor / total.poor", "=IF(COUNT(D7,D11)=2,IF(D11=0,\"-\",D7/D11),\"\")" },
	{ "total(poor - households)", "=IF(COUNT(C11,D11)=2,D11-C11,\"\")" },
	{ "total(share)", "=IF(COUNT(C11,D11)=2,IF(C11=0,\"-\",D11*100/C11),\"\")" },
	{ "total(weight)", "=IF(COUNT(C7:C10,D7:D10)=8,SUMPRODUCT(D7:D10*C7:C10),\"\")" },
	{ "at('K', poor) - poor", "=IF(COUNT(D7,D9)=2,D9-D7,\"\")" },
	/* over the rows */
	{ "sum(poor)", "=IF(COUNT(D7:D10)=4,SUM(D7:D10),\"\")" },
	{ "sum(rate)", "=IF(COUNT(E7:E10)=4,SUM(E7:E10),IF(COUNTBLANK(E7:E10)>0,\"\",\"-\"))" },
	{ "poor / sum(poor)", "=IF(COUNT(D7:D10,D7)=5,IF(SUM(D7:D10)=0,\"-\",D7/SUM(D7:D10)),\"\")" },
	{ "sum(poor * 2 - households)",
		"=IF(COUNT(C7:C10,D7:D10)=8,SUMPRODUCT(D7:D10*2-C7:C10),\"\")" },
	{ "sum(share)", "=IF(COUNT(C7:C10,D7:D10)=8,IF(SUMPRODUCT(--(C7:C10=0))>0,\"-\","
			"SUMPRODUCT(D7:D10*100/C7:C10)),\"\")" },
	{ "sum(min(poor, 3))",
		"=IF(COUNT(D7,D8,D9,D10)=4,MIN(D7,3)+MIN(D8,3)+MIN(D9,3)+MIN(D10,3),\"\")" },
	{ "sum(third)", "=1/3+1/3+1/3+1/3" },
	{ "sum(shown(poor))", "=IF(COUNT(D7:D10)=4,SUMPRODUCT(ROUND(D7:D10,2)),\"\")" },
	{ "count(poor > 3)", "=IF(COUNT(D7:D10)=4,SUMPRODUCT(--(D7:D10>3)),\"\")" },
	{ "count(poor > 3 and not households = 1)",
		"=IF(COUNT(C7:C10,D7:D10)=8,SUMPRODUCT((D7:D10>3)*(1-(C7:C10=1))),\"\")" },
	{ "count(poor > 3 or kind != 'x')",
		"=IF(AND(COUNT(D7:D10)=4,COUNTBLANK(F7:F10)=0),"
		"SUMPRODUCT(--((D7:D10>3)+1-EXACT(F7:F10,\"x\")>0)),\"\")" },
	/* no formula */
	{ "nothing + 1", "" },
	{ "at('Z', poor)", "" },
	{ "flag", "" },
	{ "loop", "" },
	{ "if(if(poor > 1, 'a', 'b') = 'a', 1, 2)", "" },
};

static void test_rows(void **state)
{
	(void)state;
	check_cases(row_cases, sizeof row_cases / sizeof *row_cases, 0, 1);
}

static const struct formula_case total_cases[] = {
	{ "poor / households * 100", "=IF(COUNT(C11,D11)=2,IF(C11=0,\"-\",D11*100/C11),\"\")" },
	{ "sum(poor)", "=IF(COUNT(D7:D10,D12:D13)=6,SUM(D7:D10,D12:D13),\"\")" },
	{ "sum(poor * 2) + poor",
		"=IF(COUNT(D7:D10,D12:D13,D11)=7,SUMPRODUCT(D7:D10*2)+SUMPRODUCT(D12:D13*2)+D11,\"\")" },
	{ "share", "=IF(COUNT(C11,D11)=2,IF(C11=0,\"-\",D11*100/C11),\"\")" },
	{ "weight", "=IF(COUNT(C7:C10,D7:D10,C12:C13,D12:D13)=12,"
		    "SUMPRODUCT(D7:D10*C7:C10)+SUMPRODUCT(D12:D13*C12:C13),\"\")" },
};

static void test_total(void **state)
{
	(void)state;
	check_cases(total_cases, sizeof total_cases / sizeof *total_cases, TOTAL, 2);
}

static const struct {
	const char *text;
	int decimals;
	enum rounding rounding;
	const char *want;
} rounded[] = {
	{ "share", 1, ROUND_HALF_UP, "=IF(COUNT(C7,D7)=2,IF(C7=0,\"-\",ROUND(D7*100/C7,1)),\"\")" },
	{ "share", 1, ROUND_TRUNCATE, "=IF(COUNT(C7,D7)=2,IF(C7=0,\"-\",TRUNC(D7*100/C7,1)),\"\")" },
	{ "poor", 2, ROUND_HALF_EVEN,
		"=IF(COUNT(D7)=1,IF(ROUND(ABS(D7)*100,8)-2*INT(ABS(D7)*50)=0.5,"
		"ROUNDDOWN(D7,2),ROUND(D7,2)),\"\")" },
	{ "poor", 0, ROUND_HALF_EVEN,
		"=IF(COUNT(D7)=1,IF(ROUND(ABS(D7),8)-2*INT(ABS(D7)/2)=0.5,"
		"ROUNDDOWN(D7,0),ROUND(D7,0)),\"\")" },
	{ "poor - 0.1", 1, ROUND_TRUNCATE, "=IF(COUNT(D7)=1,TRUNC(ROUND(D7-0.1,9),1),\"\")" },
	{ "rate", 1, ROUND_HALF_UP, "=IF(COUNT(E7)=1,ROUND(E7,1),IF(E7=\"\",\"\",\"-\"))" },
	{ "if(poor > 1, poor / 3, 0)", 0, ROUND_TRUNCATE,
		"=IF(COUNT(D7)=1,IF(D7>1,IF(COUNT(D7)=1,TRUNC(D7/3,0),\"\"),TRUNC(0,0)),\"\")" },
	{ "kind", 0, ROUND_TRUNCATE, "=IF(F7<>\"\",F7,\"\")" },
};

static void test_rounded(void **state)
{
	struct arena a = { .left = 0 };
	struct sheet sheet;
	struct formula_env env = { &sheet, name, find_row, leaves, 1, TOTAL, true };

	(void)state;
	sheet_init(&sheet, &a);
	for (size_t i = 0; i < sizeof rounded / sizeof *rounded; i++) {
		struct formula f = formula_rounded(parse(rounded[i].text, &a), &env, 0,
			rounded[i].decimals, rounded[i].rounding, &a);

		assert_string_equal(formula_text(f, FIRST_ROW, 0, &a), rounded[i].want);
	}
	arena_clear(&a);
}

static const struct {
	size_t n_range;
	bool skip;
	bool may_be_na;
	const char *want;
} sums[] = {
	{ 0, false, false, "" },
	{ 1, false, false, "=IF(COUNT(C7:C10)=4,SUM(C7:C10),\"\")" },
	{ 1, true, false, "=IF(COUNT(C7:C10)=0,\"\",SUM(C7:C10))" },
	{ 1, false, true, "=IF(COUNT(C7:C10)=4,SUM(C7:C10),IF(COUNTBLANK(C7:C10)>0,\"\",\"-\"))" },
	{ 1, true, true, "=IF(COUNT(C7:C10)+COUNTBLANK(C7:C10)<4,\"-\","
			 "IF(COUNT(C7:C10)=0,\"\",SUM(C7:C10)))" },
	{ 2, false, false, "=IF(COUNT(C7:C10,C12:C13)=6,SUM(C7:C10,C12:C13),\"\")" },
	{ 2, false, true, "=IF(COUNT(C7:C10,C12:C13)=6,SUM(C7:C10,C12:C13),"
			  "IF(OR(COUNTBLANK(C7:C10)>0,COUNTBLANK(C12:C13)>0),\"\",\"-\"))" },
};

static void test_sums(void **state)
{
	struct arena a = { .left = 0 };

	(void)state;
	for (size_t i = 0; i < sizeof sums / sizeof *sums; i++) {
		struct formula f = formula_sum(2, leaves, sums[i].n_range, sums[i].skip,
			sums[i].may_be_na, &a);

		assert_string_equal(formula_text(f, FIRST_ROW, 0, &a), sums[i].want);
	}
	arena_clear(&a);
}

/* What a group row, a sheet without a total row, and too many rows or bytes give: no formula. */
static void test_none(void **state)
{
	static const struct row_range many[] = { { 0, 64 } };
	struct arena a = { .left = 0 };
	struct sheet sheet;
	struct formula_env env = { &sheet, name, find_row, leaves, 1, TOTAL, true };
	struct formula_env no_total = { &sheet, name, find_row, leaves, 1, 0, false };
	struct formula_env tall = { &sheet, name, find_row, many, 1, 70, true };
	struct buf b = { .n = 0 };

	(void)state;
	sheet_init(&sheet, &a);
	assert_null(formula_of(parse("weight", &a), &env, 10, &a).token);
	assert_null(formula_of(parse("total.poor", &a), &no_total, 0, &a).token);
	assert_non_null(formula_of(parse("sum(poor) / poor", &a), &no_total, 0, &a).token);
	assert_null(formula_of(parse("sum(if(poor > 1, 1, 0))", &a), &tall, 0, &a).token);
	assert_null(formula_of(parse("sum(min(poor, 1))", &a), &tall, 0, &a).token);
	assert_non_null(formula_of(parse("sum(poor * 2)", &a), &tall, 0, &a).token);
	buf_puts(&b, "poor");
	while (b.n < EXPR_LENGTH_MAX - 10)
		buf_puts(&b, "+poor");
	assert_null(formula_of(parse(b.text, &a), &env, 0, &a).token);
	buf_clear(&b);
	for (int i = 0; i < 62; i++)
		buf_puts(&b, "abs(");
	buf_puts(&b, "1");
	for (int i = 0; i < 62; i++)
		buf_puts(&b, ")");
	assert_null(formula_of(parse(b.text, &a), &env, 0, &a).token);
	buf_clear(&b);
	arena_clear(&a);
}

static void test_tokens(void **state)
{
	static const struct formula_token token[] = {
		{ FORMULA_CELL, 0, 0, 25, NULL },
		{ FORMULA_TEXT, 0, 0, 0, "+" },
		{ FORMULA_CELL, 1, 0, 26, NULL },
		{ FORMULA_TEXT, 0, 0, 0, "+" },
		{ FORMULA_RANGE, 1, 9, 701, NULL },
		{ FORMULA_TEXT, 0, 0, 0, "+" },
		{ FORMULA_CELL, 0, 0, 702, NULL },
	};
	struct arena a = { .left = 0 };
	struct formula f = { token, sizeof token / sizeof *token };

	(void)state;
	assert_string_equal(formula_text(f, 1, 0, &a), "=Z1+AA2+ZZ2:ZZ10+AAA1");
	assert_string_equal(formula_text((struct formula){ .n_token = 0 }, 1, 0, &a), "");
	arena_clear(&a);
}

/* Sums of rows that someone may sort. */
static void test_keyed(void **state)
{
	struct arena a = { .left = 0 };
	struct keyed_sum sum = { .column = 3, .key = 1, .rows = { 0, 8 }, .own = 10 };
	struct formula shared;

	(void)state;
	assert_string_equal(formula_text(formula_sum_keyed(&sum, &a), 4, 0, &a),
		"=IF(COUNTIFS(B$4:B$12,B14,D$4:D$12,\">-9E+99\")=COUNTIFS(B$4:B$12,B14),SUMIFS(D$4:D$12,B$4:B$12,B14),\"\")");
	assert_false(formula_shared(formula_sum_keyed(&sum, &a), 10, &a, &shared));
	sum.skip = true;
	assert_string_equal(formula_text(formula_sum_keyed(&sum, &a), 4, 0, &a),
		"=IF(COUNTIFS(B$4:B$12,B14,D$4:D$12,\">-9E+99\")=0,\"\",SUMIFS(D$4:D$12,B$4:B$12,B14))");
	arena_clear(&a);
}

static void test_shared(void **state)
{
	static const char *const all[] = { "poor / households * 100", "if(poor > 1, 2, 3)", "poor / total(poor)", "at('K', poor)", "sum(poor)" };
	struct arena a = { .left = 0 };
	struct sheet sheet;
	struct formula_env env = { &sheet, name, find_row, leaves, 1, TOTAL, true };

	(void)state;
	sheet_init(&sheet, &a);
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		const struct expr *e = parse(all[i], &a);
		struct formula shared, f = formula_of(e, &env, 3, &a);

		if (i >= 2) {
			assert_false(formula_shared(f, 3, &a, &shared));
			continue;
		}
		assert_true(formula_shared(f, 3, &a, &shared));
		for (size_t row = 1; row < 5; row++)
			assert_string_equal(formula_text(formula_in_row(shared, row, &a), FIRST_ROW, 0, &a),
				formula_text(formula_of(e, &env, row, &a), FIRST_ROW, 0, &a));
	}
	arena_clear(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_total),
		cmocka_unit_test(test_rounded),
		cmocka_unit_test(test_sums),
		cmocka_unit_test(test_none),
		cmocka_unit_test(test_tokens),
		cmocka_unit_test(test_keyed),
		cmocka_unit_test(test_shared),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("formula", tests, NULL, NULL);
}
