#include "audited.h"

#include "compute/explain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* ---- expressions with numbers in the place of their names ---- */

enum { N_ROW = 4, TOTAL_ROW = 3 };
enum { ALL = 1 << VIEW_ROW | 1 << VIEW_PREVIOUS | 1 << VIEW_PLAN | 1 << VIEW_UPTO | 1 << VIEW_SHOWN };
enum { A, B, NEG, THIRD, PART, GAP, NA, SECRET, AREA_NAME, URBAN };

static const struct symbol symbols[] = {
	[A] = { "a", EXPR_NUMBER, "hộ", false, ALL, A, false },
	[B] = { "b", EXPR_NUMBER, "hộ", false, ALL, B, false },
	[NEG] = { "neg", EXPR_NUMBER, "hộ", false, ALL, NEG, false },
	[THIRD] = { "third", EXPR_NUMBER, NULL, false, ALL, THIRD, false },
	[PART] = { "part", EXPR_NUMBER, NULL, false, ALL, PART, false },
	[GAP] = { "gap", EXPR_NUMBER, NULL, false, ALL, GAP, false },
	[NA] = { "na", EXPR_NUMBER, NULL, false, ALL, NA, false },
	[SECRET] = { "secret", EXPR_NUMBER, NULL, false, ALL, SECRET, false },
	[AREA_NAME] = { "area", EXPR_TEXT, NULL, false, 1, AREA_NAME, false },
	[URBAN] = { "urban", EXPR_TRUTH, NULL, false, 1, URBAN, false },
};
static const struct symbols names = { symbols, sizeof symbols / sizeof *symbols, true };
static const struct symbols no_names = { NULL, 0, false };
static const size_t leaf[] = { 0, 1, 2 };

/* [row], the total last */
static const struct ratio figures[][N_ROW] = {
	[A] = { { 10, 1 }, { 20, 1 }, { 30, 1 }, { 60, 1 } },
	[B] = { { 4, 1 }, { 5, 1 }, { 6, 1 }, { 15, 1 } },
	[NEG] = { { -3, 1 }, { -7, 1 }, { -2, 1 }, { -12, 1 } },
	[THIRD] = { { 1, 3 }, { 2, 3 }, { -4, 3 }, { -1, 3 } },
	[PART] = { { 1, 4 }, { 5, 2 }, { 1, 8 }, { 23, 8 } },
};

static bool lookup(void *ctx, const struct symbol *s, enum expr_view view, size_t row, struct value *v, struct diags *d)
{
	static const char *const areas[N_ROW] = { "Thôn A", "Buôn K'Đơ", "C", "" };
	static const enum figure_state states[]
		= { [GAP] = FIGURE_MISSING, [NA] = FIGURE_NOT_APPLICABLE, [SECRET] = FIGURE_CONFIDENTIAL };

	(void)ctx;
	(void)d;
	*v = (struct value){ .type = s->type, .figure = figure_of(ratio_whole(0)), .text = areas[row], .truth = row == 1 };
	if (s->index >= GAP && s->index <= SECRET)
		v->figure.state = states[s->index];
	else if (s->type == EXPR_NUMBER)
		v->figure.x = figures[s->index][row];
	v->figure.x.num += view == VIEW_ROW ? 0 : 1000 * (int)view * v->figure.x.den;
	return true;
}

static bool find_row(void *ctx, const char *key, size_t *row)
{
	(void)ctx;
	*row = (size_t)(*key - 'A');
	return *row < TOTAL_ROW;
}

static const struct expr_env env = { NULL, lookup, find_row, leaf, 3, TOTAL_ROW, NULL };
static const struct expr_env no_env = { 0 };

static const struct {
	const char *text;
	size_t row;
	const char *want; /* as printed */
} numbers[] = {
	{ "a", 0, "10" },
	{ "a + b * 2", 1, "20 + 5 * 2" },
	{ "(a + b) * 2", 1, "(20 + 5) * 2" },
	{ "2 * (a - b) / (a + b)", 1, "2 * (20 - 5) / (20 + 5)" },
	{ "a - b - 3", 0, "10 - 4 - 3" },
	{ "a - (b - 3)", 0, "10 - (4 - 3)" },
	{ "a - (b + 3)", 0, "10 - (4 + 3)" },
	{ "(a - b) - 3", 0, "(10 - 4) - 3" }, /* brackets that are not needed may go */
	{ "a / b / 2", 0, "10 / 4 / 2" },
	{ "a / (b / 2)", 0, "10 / (4 / 2)" },
	{ "a / (b * 2)", 0, "10 / (4 * 2)" },
	{ "a * (b / 2)", 0, "10 * (4 / 2)" },
	{ "a / b * 100", 2, "30 / 6 * 100" },
	{ "a / (b * 100)", 2, "30 / (6 * 100)" },
	{ "-a + b", 0, "-10 + 4" },
	{ "-(a + b)", 0, "-(10 + 4)" },
	{ "-(a * 3)", 0, "-(10 * 3)" },
	{ "-a * 3", 0, "-10 * 3" },
	{ "- -a", 0, "--10" },
	{ "b - -a", 0, "4 - -10" },
	/* a negative number, and one that is no decimal, are one thing */
	{ "a - neg", 0, "10 - (-3)" },
	{ "-neg", 0, "-(-3)" },
	{ "neg * neg", 1, "(-7) * (-7)" },
	{ "2 / third", 0, "2 / (1/3)" },
	{ "a * third * 3", 2, "30 * (-4/3) * 3" },
	{ "1 - part", 1, "1 - 2.5" },
	{ "a / part", 2, "30 / 0.125" },
	{ "1.50 + 0.1", 0, "1.5 + 0.1" },
	{ "1 / 3 * a", 0, "1 / 3 * 10" },
	/* functions */
	{ "round(a / b, 1)", 2, "round(30 / 6, 1)" },
	{ "round((a - b) / 7, 0) + 1", 0, "round((10 - 4) / 7, 0) + 1" },
	{ "abs(b - a)", 0, "abs(4 - 10)" },
	{ "min(a, b * 3, 25) + max(neg, b)", 1, "min(20, 5 * 3, 25) + max((-7), 5)" },
	{ "if(a > b, a - b, 0)", 0, "if(10 > 4, 10 - 4, 0)" },
	{ "if(a + 1 >= b * 3 and not a = b, 1, 2)", 0, "if(10 + 1 >= 4 * 3 and not 10 = 4, 1, 2)" },
	{ "if((a > 1 or b > 1) and a < 0, 1, 2)", 0, "if((10 > 1 or 4 > 1) and 10 < 0, 1, 2)" },
	{ "if(a > 1 or b > 1 and a < 0, 1, 2)", 0, "if(10 > 1 or 4 > 1 and 10 < 0, 1, 2)" },
	{ "if(not (a > 1 or b > 1), 1, 2)", 0, "if(not (10 > 1 or 4 > 1), 1, 2)" },
	{ "if(not not a > 1, 1, 2)", 0, "if(not not 10 > 1, 1, 2)" },
	{ "if(a != b, 1, 2) * if(a <= b, 3, 4)", 0, "if(10 != 4, 1, 2) * if(10 <= 4, 3, 4)" },
	{ "(if(a < b, 1, 2) - 5) * 3", 0, "(if(10 < 4, 1, 2) - 5) * 3" },
	{ "if(urban, 1, 2)", 1, "if(1 = 1, 1, 2)" },
	{ "if(not urban and a > 1, 1, 2)", 1, "if(not 1 = 1 and 20 > 1, 1, 2)" },
	{ "if(area = 'Thôn A', 1, 2)", 0, "if('Thôn A' = 'Thôn A', 1, 2)" },
	/* what is over rows or in another row is one number */
	{ "a / sum(a) * 100", 0, "10 / 60 * 100" },
	{ "a - sum(neg)", 0, "10 - (-12)" },
	{ "count(a > 15) * 2", 0, "2 * 2" },
	{ "b / total(b)", 2, "6 / 15" },
	{ "a - total(a - neg)", 0, "10 - 72" },
	{ "total.neg - a", 0, "(-12) - 10" },
	{ "at('C', third) * 3", 0, "(-4/3) * 3" },
	{ "at('B', neg)", 0, "(-7)" },
	{ "third / previous.third + plan.part - upto(part) - shown(third)", 0,
		"(1/3) / (3001/3) + 2000.25 - 3000.25 - (12001/3)" },
	/* a text with an apostrophe */
	{ "if(area != 'C', 1, 2)", 1, NULL },
	{ "if(area = \"Buôn K'Đơ\", 1, 2)", 1, NULL },
};

static const struct expr *parse(const char *text, const struct symbols *of, struct arena *a, struct diags *d)
{
	struct expr_place place = { 0 };
	const struct expr *e = expr_parse(text, strlen(text), place, of, EXPR_NUMBER, a, d);

	if (!e)
		fail_msg("%s: %s", text, d->finding[0].message);
	return e;
}

static const char *value_of(const struct expr *e, const struct expr_env *in, size_t row, struct arena *a, struct diags *d)
{
	struct value v;

	assert_true(expr_eval(e, in, row, &v, a, d));
	return v.figure.state == FIGURE_OK ? ratio_exact(v.figure.x, a) : figure_state_name(v.figure.state);
}

/* What is printed comes to the same. */
static void test_numbers(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		struct arena a = { 0 };
		struct diags d = { 0 };
		const struct expr *e = parse(numbers[i].text, &names, &a, &d);
		const char *printed = expr_numbers(e, &env, numbers[i].row, NULL, NULL, &a);
		const char *value = value_of(e, &env, numbers[i].row, &a, &d);
		const char *again = value_of(parse(printed, &no_names, &a, &d), &no_env, 0, &a, &d);

		if (strcmp(value, again) != 0)
			fail_msg("%s is %s, but %s is %s", numbers[i].text, value, printed, again);
		if (numbers[i].want && strcmp(printed, numbers[i].want) != 0)
			fail_msg("%s: %s, not %s", numbers[i].text, printed, numbers[i].want);
		assert_int_equal(d.n_finding, 0);
		diags_clear(&d);
		arena_clear(&a);
	}
}

/* What is not there is shown as in a table. */
static void test_no_numbers(void **state)
{
	struct arena a = { 0 };
	struct diags d = { 0 };

	(void)state;
	assert_string_equal(expr_numbers(parse("third + gap / (na - secret)", &names, &a, &d), &env, 0, NULL, NULL, &a),
		"(1/3) + ? / (- - [c])");
	assert_string_equal(
		expr_numbers(parse("sum(gap) + total(third / 0)", &names, &a, &d), &env, 0, NULL, NULL, &a), "? + -");
	diags_clear(&d);
	arena_clear(&a);
}

struct uses {
	struct arena *arena;
	const char *text;
};

static void note_use(void *ctx, const char *name, size_t row, const struct value *value)
{
	struct uses *u = ctx;
	const char *shown = value->type == EXPR_TEXT ? value->text
			    : value->type == EXPR_TRUTH ? (value->truth ? "yes" : "no")
							: ratio_exact(value->figure.x, u->arena);

	u->text = arena_printf(u->arena, "%s%s%s=%s", u->text, *u->text ? "; " : "", name, shown);
	if (row != SIZE_MAX)
		u->text = arena_printf(u->arena, "%s in %zu", u->text, row);
}

static const struct {
	const char *text;
	const char *want;
} uses[] = {
	{ "1 + 2", "" },
	{ "a / b * third + a / a", "a=20 in 1; b=5 in 1; third=2/3 in 1; a=20 in 1; a=20 in 1" },
	{ "total(a) - total.b", "total(a)=60 in 3; total(b)=15 in 3" },
	{ "sum(a) / count(a > 15)", "sum(a)=60; count(a > 15)=2" },
	{ "total(a - b)", "total(a - b)=45 in 3" },
	{ "if(urban and area = 'x', a, previous.b)", "urban=yes in 1; area=Buôn K'Đơ in 1; a=20 in 1; previous.b=1005 in 1" },
	{ "sum(a * (b + 1)) - total(if(area = 'x', a, b)) * b",
		"sum(a * (b + 1))=380; total(if(area = 'x', a, b))=15 in 3; b=5 in 1" },
	{ "plan.a + upto(a) + shown(a)", "plan.a=2020 in 1; upto(a)=3020 in 1; shown(a)=4020 in 1" },
};

static void test_uses(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof uses / sizeof *uses; i++) {
		struct arena a = { 0 };
		struct diags d = { 0 };
		struct uses u = { &a, "" };

		expr_numbers(parse(uses[i].text, &names, &a, &d), &env, 1, note_use, &u, &a);
		assert_string_equal(u.text, uses[i].want);
		diags_clear(&d);
		arena_clear(&a);
	}
}

/* ---- cells of a table ---- */

#define FIELDS                                                                                     \
	"<field id=\"area\" type=\"area\" key=\"yes\"/><field id=\"region\" type=\"text\"/>"       \
	"<field id=\"all\" type=\"count\" unit=\"hộ\"/><field id=\"poor\" type=\"count\" unit=\"hộ\"/>" \
	"<field id=\"percent\" type=\"rate\"/><field id=\"given\" type=\"count\" unit=\"hộ\"/>"
#define COLUMNS                                                                                    \
	"<column id=\"no\" label=\"TT\" is=\"ordinal\"/><column id=\"area\" label=\"Thôn\" is=\"label\"/>" \
	"<column id=\"region\" label=\"Vùng\"/><column id=\"poor\" label=\"Nghèo\"/>"            \
	"<column id=\"percent\" label=\"P\"/>"                                                     \
	"<column id=\"rate\" label=\"Tỷ lệ\" value=\"poor / all * 100\"/>"                       \
	"<column id=\"rest\" label=\"Còn\" unit=\"hộ\" value=\"all - poor\" missing=\"skip\"/>"  \
	"<column id=\"hole\" label=\"Trống\" unit=\"hộ\" value=\"all - poor\"/>"                 \
	"<column id=\"blank\" label=\"X\" unit=\"hộ\" value=\"all - poor\" total=\"none\"/>"      \
	"<column id=\"share\" label=\"Giao\" unit=\"hộ\" allocate=\"total(all) - 3\" by=\"all\"/>" \
	"<column id=\"half\" label=\"Giao\" unit=\"hộ\" allocate=\"6\" by=\"all\" mode=\"proportional\" total=\"none\"/>" \
	"<column id=\"given\" label=\"Giao\" unit=\"hộ\" allocate=\"sum(all)\" mode=\"given\"/>"  \
	"<subtotal label=\"{group}\"/><total label=\"Cộng\"/>"
#define DATA "area;region;all;poor;percent;given\nX;P;10;5;1,5;10\nY;Q;20;2;2,5;20\nZ;Q;30;;3;30\n"

static const struct {
	const char *row;
	const char *column;
	enum explained kind;
	const char *formula;
	const char *numbers;
	const char *uses; /* "name(row)=value; ..." */
} cells[] = {
	{ "X", "no", EXPLAINED_NONE, "", "", "" },
	{ "X", "area", EXPLAINED_NONE, "", "", "" },
	{ "X", "region", EXPLAINED_SOURCE, "", "", "" },
	{ "Cộng", "region", EXPLAINED_NONE, "", "", "" },
	{ "Cộng", "no", EXPLAINED_NONE, "", "", "" },
	{ "X", "poor", EXPLAINED_SOURCE, "poor", "5", "" },
	{ "Z", "poor", EXPLAINED_SOURCE, "poor", "?", "" },
	{ "Q", "poor", EXPLAINED_SUM, "sum(poor)", "2 + ?", "poor(y)=2; poor(z)=?" },
	{ "Cộng", "poor", EXPLAINED_SUM, "sum(poor)", "5 + 2 + ?", "poor(x)=5; poor(y)=2; poor(z)=?" },
	/* rates are never added */
	{ "X", "percent", EXPLAINED_SOURCE, "percent", "1.5", "" },
	{ "Cộng", "percent", EXPLAINED_NONE, "", "", "" },
	{ "X", "rate", EXPLAINED_INDICATOR, "poor / all * 100", "5 / 10 * 100", "poor(x)=5; all(x)=10" },
	{ "P", "rate", EXPLAINED_INDICATOR, "poor / all * 100", "5 / 10 * 100", "poor(group:p)=5; all(group:p)=10" },
	{ "Cộng", "rate", EXPLAINED_INDICATOR, "poor / all * 100", "? / 60 * 100", "poor(total)=?; all(total)=60" },
	/* what is missing is left out, or it is not */
	{ "Y", "rest", EXPLAINED_INDICATOR, "all - poor", "20 - 2", "all(y)=20; poor(y)=2" },
	{ "Cộng", "rest", EXPLAINED_SUM, "sum(rest)", "5 + 18", "rest(x)=5; rest(y)=18" },
	{ "Cộng", "hole", EXPLAINED_SUM, "sum(hole)", "5 + 18 + ?", "hole(x)=5; hole(y)=18; hole(z)=?" },
	{ "X", "blank", EXPLAINED_INDICATOR, "all - poor", "10 - 5", "all(x)=10; poor(x)=5" },
	{ "Cộng", "blank", EXPLAINED_NONE, "", "", "" },
	{ "P", "blank", EXPLAINED_NONE, "", "", "" },
	{ "Y", "share", EXPLAINED_ALLOCATION, "allocate(largest-remainder, total(all) - 3, all)",
		"allocate(largest-remainder, 60 - 3, 20)", "total(all)(total)=60; all(y)=20" },
	{ "Cộng", "share", EXPLAINED_SUM, "sum(share)", "9 + 19 + 29", "share(x)=9; share(y)=19; share(z)=29" },
	{ "X", "half", EXPLAINED_ALLOCATION, "allocate(proportional, 6, all)", "allocate(proportional, 6, 10)", "all(x)=10" },
	{ "X", "given", EXPLAINED_SOURCE, "given", "10", "" },
	{ "Cộng", "given", EXPLAINED_SUM, "sum(given)", "10 + 20 + 30", "given(x)=10; given(y)=20; given(z)=30" },
	{ "Cộng", "half", EXPLAINED_NONE, "", "", "" },
};

static const char *uses_text(const struct explanation *e, struct arena *a)
{
	const char *text = "";

	for (size_t i = 0; i < e->n_use; i++) {
		const struct figure *figure = &e->use[i].value.figure;

		text = arena_printf(a, "%s%s%s(%s)=%s", text, i ? "; " : "", e->use[i].name, e->use[i].row,
			figure->state == FIGURE_OK ? ratio_exact(figure->x, a) : "?");
	}
	return text;
}

static void test_cells(void **state)
{
	struct audited f = { .dataset = FIELDS, .rows = " groups=\"region\"", .table = COLUMNS, .current = DATA };
	struct computed *c = audited_new(&f);
	const struct table *t = c->tables.table[0];

	(void)state;
	assert_string_equal(audited_findings(c), "");
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
		struct explanation e;
		size_t row;
		size_t column = computed_column(t, cells[i].column);

		assert_true(table_find_row(t, cells[i].row, &row));
		table_explain(t, row, column, &c->arena, &e);
		if (e.kind != cells[i].kind || strcmp(e.formula, cells[i].formula) != 0
			|| strcmp(e.numbers, cells[i].numbers) != 0 || strcmp(uses_text(&e, &c->arena), cells[i].uses) != 0)
			fail_msg("%s, %s: %s '%s' '%s' %s, not %s '%s' '%s' %s", cells[i].row, cells[i].column,
				explained_name(e.kind), e.formula, e.numbers, uses_text(&e, &c->arena),
				explained_name(cells[i].kind), cells[i].formula, cells[i].numbers, cells[i].uses);
		assert_ptr_equal(e.cell, table_cell(t, row, column));
	}
	computed_free(c);
}

/* The rows are named as people know them. */
static void test_labels(void **state)
{
	struct audited f = { .dataset = FIELDS, .table = COLUMNS, .current = "area;all;poor;given\nThôn Đông;10;5;7\n" };
	struct computed *c;
	struct explanation e;

	(void)state;
	f.rows = " groups=\"region\"";
	c = audited_new(&f);
	table_explain(c->tables.table[0], 1, computed_column(c->tables.table[0], "rate"), &c->arena, &e);
	assert_int_equal(e.n_use, 2);
	assert_string_equal(e.use[0].name, "poor");
	assert_string_equal(e.use[0].row, "thôn đông");
	assert_string_equal(e.use[0].label, "Thôn Đông");
	assert_int_equal(e.use[0].value.figure.n_from, 1);
	assert_int_equal(e.cell->figure.n_from, 2);
	computed_free(c);
}

static void test_names(void **state)
{
	(void)state;
	assert_string_equal(explained_name(EXPLAINED_SOURCE), "source");
	assert_string_equal(explained_name(EXPLAINED_INDICATOR), "indicator");
	assert_string_equal(explained_name(EXPLAINED_SUM), "sum");
	assert_string_equal(explained_name(EXPLAINED_ALLOCATION), "allocation");
	assert_string_equal(explained_name(EXPLAINED_NONE), "none");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_no_numbers),
		cmocka_unit_test(test_uses),
		cmocka_unit_test(test_cells),
		cmocka_unit_test(test_labels),
		cmocka_unit_test(test_names),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
