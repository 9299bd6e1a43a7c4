#include "computed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define AREA "<field id=\"area\" type=\"area\" key=\"yes\"><name>Thôn</name></field>"
#define COUNTS                                                                                     \
	"<field id=\"households\" type=\"count\" unit=\"hộ\"><name>Số hộ</name></field>"     \
	"<field id=\"poor\" type=\"count\" unit=\"hộ\"><name>Hộ nghèo</name></field>"
#define LABEL "<column id=\"area\" label=\"Thôn\" is=\"label\"/>"
#define FIELDS "<column id=\"households\" label=\"Số hộ\"/><column id=\"poor\" label=\"Hộ nghèo\"/>"
#define RATE                                                                                       \
	"<column id=\"rate\" label=\"Tỷ lệ\" unit=\"%\" value=\"poor / households * 100\" "    \
	"decimals=\"2\"/>"
#define DATA "Thôn;Số hộ;Hộ nghèo\nThôn 1;100;5\nThôn 2;50;1\nThôn 3;0;0\n"

static void test_rates_and_totals(void **state)
{
	struct files f = { "2024", AREA COUNTS,
		" rows=\"area\" numbering=\"yes\" unit-line=\"Đơn vị tính: hộ\"",
		"<column id=\"no\" label=\"TT\" is=\"ordinal\"/>" LABEL
		"<group label=\"Năm {period - 1}\">" FIELDS RATE
		"</group><column id=\"rest\" label=\"Còn\" unit=\"hộ\" "
		"value=\"households - poor\" pad=\"2\" total-pad=\"3\"/>"
		"<column id=\"share\" label=\"Tỷ trọng\" value=\"poor / total(poor) * "
		"100\"/><total label=\"Cộng\"/>",
		DATA, NULL, NULL };
	struct computed *c = computed_new(&f);
	const struct table *t;

	(void)state;
	assert_string_equal(computed_findings(c), "");
	assert_true(c->ok);
	assert_int_equal(c->tables.n_table, 1);
	t = tables_find(&c->tables, "t");
	assert_non_null(t);
	assert_null(tables_find(&c->tables, "u"));
	assert_string_equal(t->title, "Bảng 2024");
	assert_string_equal(t->unit_line, "Đơn vị tính: hộ");
	assert_true(t->numbered_columns);
	assert_string_equal(computed_cells(c, "no"), "1 | 2 | 3 | ?");
	assert_string_equal(computed_cells(c, "area"), "Thôn 1 | Thôn 2 | Thôn 3 | Cộng");
	assert_string_equal(computed_cells(c, "poor"), "5 | 1 | 0 | 6");
	assert_string_equal(computed_cells(c, "rate"), "5 | 2 | - | 4");
	assert_string_equal(computed_cells(c, "rest"), "95 | 49 | 0 | 144");
	assert_string_equal(computed_cells(c, "share"), "250/3 | 50/3 | 0 | 100");
	assert_true(t->has_total && t->total_printed);
	assert_int_equal(t->total, 3);
	assert_int_equal(t->row[3].n_leaf, 3);
	assert_string_equal(t->row[3].key, "total");
	assert_string_equal(t->row[0].key, "thôn 1");
	assert_string_equal(t->column[2].label[0], "Năm 2023");
	assert_string_equal(t->column[2].label[1], "Số hộ");
	assert_int_equal(t->column[2].n_label, 2);
	assert_string_equal(t->column[2].unit, "hộ");
	assert_true(t->column[2].summed && t->column[5].summed);
	assert_false(t->column[4].summed);
	assert_true(t->column[4].may_be_na);
	assert_false(t->column[5].may_be_na);
	assert_int_equal(t->column[5].total_pad, 3);
	assert_int_equal(t->column[4].decimals, 2);
	/* the places of a rate in the total are those of all its inputs */
	assert_int_equal(figure_listed(table_cell(t, 3, 4)->figure, &c->arena).n_from, 6);
	assert_int_equal(table_cell(t, 0, 4)->figure.n_from, 2);
	computed_free(c);
}

#define STATUS "<column id=\"status\" label=\"Mức\" words=\"if(poor &gt; 2, 'cao', 'thấp')\""

static const struct {
	const char *rows;  /* attributes of <table> */
	const char *table; /* columns behind the label */
	const char *data;
	const char *column, *want;
} chosen[] = {
	/* an expression chooses the words, in totals as in rows */
	{ "", FIELDS STATUS "/><total label=\"Cộng\"/>", DATA, "status", "cao | thấp | thấp | cao" },
	{ "", FIELDS STATUS " total=\"none\"/><total label=\"Cộng\"/>", DATA, "status", "cao | thấp | thấp | ?" },
	{ "", FIELDS STATUS "/>", "Thôn;Số hộ;Hộ nghèo\nThôn 1;100;\n", "status", "? | ?" },
	/* also in the place of labels, but not of the total's */
	{ "", "<column id=\"kind\" label=\"Mức\" is=\"label\" words=\"if(poor &gt; 2, 'cao', 'thấp')\"/>" FIELDS "<total label=\"Cộng\"/>", DATA, "kind",
		"cao | thấp | thấp | Cộng" },
	/* rows are those that the condition holds for; totals are theirs, whatever the source's own says */
	{ " where=\"households &gt; 0\"", FIELDS "<total label=\"Cộng\"/>", DATA, "poor", "5 | 1 | 6" },
	{ " where=\"households &gt; 0\"", FIELDS "<total label=\"Cộng\"/>", DATA "Cộng;150;7\n", "poor", "5 | 1 | 6" },
	{ " where=\"status = 'thấp'\" order=\"poor desc\"", FIELDS STATUS "/>", DATA, "area", "Thôn 2 | Thôn 3 | " },
	{ " where=\"poor &gt; 0\" order=\"poor\"", FIELDS, DATA, "area", "Thôn 2 | Thôn 1 | " },
	{ " where=\"poor &gt; 9\"", FIELDS "<total label=\"Cộng\"/>", DATA, "poor", "" },
	/* what is not known is no row */
	{ " where=\"poor &lt; 9\"", FIELDS, "Thôn;Số hộ;Hộ nghèo\nThôn 1;100;\nThôn 2;9;2\n", "area", "Thôn 2 | " },
};

static void test_words_and_where(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof chosen / sizeof *chosen; i++) {
		struct arena text = { 0 };
		struct files f = { "2024", AREA COUNTS, chosen[i].rows, arena_printf(&text, LABEL "%s", chosen[i].table),
			chosen[i].data, NULL, NULL };
		struct computed *c = computed_new(&f);

		assert_string_equal(computed_findings(c), "");
		assert_true(c->ok);
		assert_string_equal(computed_cells(c, chosen[i].column), chosen[i].want);
		computed_free(c);
		arena_clear(&text);
	}
}

/* As many decimals as the source has, up to those the template allows. */
static void test_decimals(void **state)
{
	static const char number[] = "<field id=\"x\" type=\"number\"><name>X</name></field>";
	struct arena text = { 0 };
	struct files f = { "2024", arena_printf(&text, AREA "%s", number), "",
		LABEL "<column id=\"x\" label=\"X\" decimals=\"own\" most=\"2\"/>", "Thôn;X\nThôn 1;1,1257\nThôn 2;3\n", NULL, NULL };
	struct computed *c = computed_new(&f);

	(void)state;
	assert_string_equal(computed_findings(c), "");
	assert_int_equal(c->tables.table[0]->column[1].decimals, 2);
	assert_string_equal(computed_cells(c, "x"), "1.1257 | 3 | 4.1257");
	computed_free(c);
	f.table = LABEL "<column id=\"x\" label=\"X\" most=\"2\"/>";
	c = computed_new(&f);
	assert_false(c->ok);
	assert_string_equal(computed_findings(c), "value t.xml:2:75 most=\"...\" needs decimals=\"own\"\n");
	computed_free(c);
	arena_clear(&text);
}

static void test_names(void **state)
{
	struct files f = { "2024-05", AREA COUNTS, "",
		LABEL RATE "<column id=\"poor\" label=\"Hộ nghèo\"/>", DATA, NULL, NULL };
	struct computed *c = computed_new(&f);
	const struct table *t;
	struct value value;
	size_t row = 99;

	(void)state;
	assert_string_equal(computed_findings(c), "");
	t = c->tables.table[0];
	assert_int_equal(t->n_row, 4);
	assert_true(t->has_total);
	assert_false(t->total_printed);
	assert_int_equal(t->total, 3);
	assert_int_equal(t->env.total, 3);
	assert_int_equal(t->symbols.n_symbol, 13);
	assert_string_equal(t->symbols.symbol[3].name, "households");
	assert_string_equal(t->symbols.symbol[4].name, "period");
	for (size_t i = 0; i < 13; i++)
		assert_int_equal(t->symbols.symbol[i].index, i);
	assert_true(table_find_row(t, "thôn 2", &row));
	assert_int_equal(row, 1);
	assert_true(table_find_row(t, "THÔN  3", &row));
	assert_int_equal(row, 2);
	assert_false(table_find_row(t, "thôn 9", &row));
	/* a field that no column shows, in the total */
	assert_true(
		t->env.lookup(t->env.ctx, &t->symbols.symbol[3], VIEW_ROW, 3, &value, &c->diags));
	assert_string_equal(ratio_exact(value.figure.x, &c->arena), "150");
	assert_true(
		t->env.lookup(t->env.ctx, &t->symbols.symbol[0], VIEW_ROW, 1, &value, &c->diags));
	assert_int_equal(value.type, EXPR_TEXT);
	assert_string_equal(value.text, "Thôn 2");
	assert_true(
		t->env.lookup(t->env.ctx, &t->symbols.symbol[5], VIEW_ROW, 1, &value, &c->diags));
	assert_int_equal(value.figure.x.num, 5);
	computed_free(c);
}

static void test_missing(void **state)
{
	struct files f = { "2024", AREA COUNTS, "",
		LABEL FIELDS "<column id=\"twice\" label=\"Hai\" unit=\"hộ\" "
			     "value=\"poor * 2\" missing=\"skip\"/>"
			     "<column id=\"none\" label=\"Không\" unit=\"hộ\" "
			     "value=\"households\" total=\"none\"/>"
			     "<column id=\"sums\" label=\"Tổng\" unit=\"hộ\" value=\"sum(poor)\"/>"
			     "<column id=\"skips\" label=\"Tổng\" unit=\"hộ\" value=\"sum(twice) + 3\"/>"
			     "<total label=\"Cộng\" place=\"first\"/>",
		"Thôn;Số hộ;Hộ nghèo\nThôn 1;100;5\nThôn 2;50;\n", NULL, NULL };
	struct computed *c = computed_new(&f);
	const struct table *t;

	(void)state;
	assert_string_equal(computed_findings(c), "");
	t = c->tables.table[0];
	assert_int_equal(t->total, 0);
	assert_int_equal(t->leaf[0], 1);
	assert_string_equal(computed_cells(c, "poor"), "? | 5 | ?");
	assert_string_equal(computed_cells(c, "twice"), "10 | 10 | ?");
	assert_int_equal(table_cell(t, 0, 3)->skipped, 1);
	assert_int_equal(table_cell(t, 0, 2)->skipped, 0);
	assert_string_equal(computed_cells(c, "none"), "? | 100 | 50");
	/* sum() is missing where a row is, unless the column's total leaves it out */
	assert_string_equal(computed_cells(c, "sums"), "? | ? | ?");
	assert_string_equal(computed_cells(c, "skips"), "13 | 13 | 13");
	assert_true(t->column[4].no_total);
	computed_free(c);
}

/* A rate is never added, nor what is computed from one; rounding is not either. */
static void test_what_is_summed(void **state)
{
	struct files f = { "2024", AREA COUNTS, "",
		LABEL FIELDS RATE
		"<column id=\"drop\" label=\"Giảm\" unit=\"điểm %\" value=\"rate - rate\"/>"
		"<column id=\"twice\" label=\"Hai\" unit=\"hộ\" value=\"poor + poor\"/>"
		"<column id=\"most\" label=\"Nhiều\" unit=\"hộ\" value=\"max(poor, households)\"/>"
		"<column id=\"all\" label=\"Tất cả\" unit=\"hộ\" value=\"sum(poor)\"/>"
		"<column id=\"forced\" label=\"Cộng\" unit=\"hộ\" value=\"max(poor, 2)\" "
		"total=\"sum\"/>"
		"<column id=\"anew\" label=\"Lại\" unit=\"hộ\" value=\"poor + 1\" "
		"total=\"value\"/>",
		DATA, NULL, NULL };
	struct computed *c = computed_new(&f);
	const struct table *t;

	(void)state;
	assert_string_equal(computed_findings(c), "");
	t = c->tables.table[0];
	assert_false(t->column[computed_column(t, "drop")].summed);
	assert_true(t->column[computed_column(t, "drop")].may_be_na);
	assert_true(t->column[computed_column(t, "twice")].summed);
	assert_false(t->column[computed_column(t, "most")].summed);
	assert_false(t->column[computed_column(t, "all")].summed);
	assert_string_equal(computed_cells(c, "all"), "6 | 6 | 6 | 6");
	assert_string_equal(computed_cells(c, "forced"), "5 | 2 | 2 | 9");
	assert_string_equal(computed_cells(c, "anew"), "6 | 2 | 1 | 7");
	computed_free(c);
}

static void test_any_order(void **state)
{
	struct files f = { "2024", AREA COUNTS, " order=\"c desc\"",
		LABEL "<column id=\"c\" label=\"C\" unit=\"hộ\" value=\"b + b\"/><column id=\"b\" "
		      "label=\"B\" unit=\"hộ\" "
		      "value=\"poor + at('Thôn 2', poor)\"/>"
		      "<column id=\"s\" label=\"S\" value=\"shown(r)\" decimals=\"3\"/>"
		      "<column id=\"r\" label=\"R\" value=\"poor / households\" decimals=\"1\"/>",
		"Thôn;Số hộ;Hộ nghèo\nThôn 1;100;5\nThôn 2;50;10\nThôn 3;12;7\nThôn 4;9;\n", NULL,
		NULL };
	struct computed *c = computed_new(&f);

	(void)state;
	assert_string_equal(computed_findings(c), "");
	assert_string_equal(computed_cells(c, "area"), "Thôn 2 | Thôn 3 | Thôn 1 | Thôn 4 | ");
	assert_string_equal(computed_cells(c, "c"), "40 | 34 | 30 | ? | ?");
	assert_string_equal(computed_cells(c, "s"), "0.2 | 0.6 | 0.1 | ? | ?");
	computed_free(c);
}

#define REGION "<field id=\"region\" type=\"text\"><name>Vùng</name></field>"

static void test_groups(void **state)
{
	struct files f = { "2024", AREA REGION COUNTS, " groups=\"region\" order=\"label\"",
		"<column id=\"no\" label=\"TT\" is=\"ordinal\"/>" LABEL
		"<column id=\"poor\" label=\"Hộ nghèo\"/>" RATE
		"<subtotal label=\"Vùng {group} năm {period}\"/><total label=\"Cộng\"/>",
		"Thôn;Vùng;Số hộ;Hộ nghèo\nThôn 10;Đông;10;1\nThôn 9;Đông;20;2\nThôn "
		"1;Dưới;30;3\nThôn 2;Đông;40;4\n",
		NULL, NULL };
	struct computed *c = computed_new(&f);
	const struct table *t;
	size_t row;

	(void)state;
	assert_string_equal(computed_findings(c), "");
	t = c->tables.table[0];
	assert_string_equal(computed_cells(c, "area"),
		"Vùng Dưới năm 2024 | Thôn 1 | Vùng Đông năm 2024 | Thôn 2 | Thôn 9 | "
		"Thôn 10 | Cộng");
	assert_string_equal(computed_cells(c, "no"), "I | 1 | II | 1 | 2 | 3 | ?");
	assert_string_equal(computed_cells(c, "poor"), "3 | 3 | 7 | 4 | 2 | 1 | 10");
	assert_string_equal(computed_cells(c, "rate"), "10 | 10 | 10 | 10 | 10 | 10 | 10");
	assert_int_equal(t->n_leaf, 4);
	assert_int_equal(t->row[2].kind, ROW_GROUP);
	assert_int_equal(t->row[2].first_leaf, 1);
	assert_int_equal(t->row[2].n_leaf, 3);
	assert_string_equal(t->row[2].key, "group:đông");
	assert_true(table_find_row(t, "group:đông", &row));
	assert_int_equal(row, 2);
	computed_free(c);
}

/* All leaves are one block, numbered through. */
static void test_groups_last(void **state)
{
	struct files f = { "2024", AREA REGION COUNTS, " groups=\"region\"",
		"<column id=\"no\" label=\"TT\" is=\"ordinal\"/>" LABEL
		"<column id=\"poor\" label=\"Hộ nghèo\"/><subtotal label=\"{group}\" place=\"last\"/><total label=\"Cộng\"/>",
		"Thôn;Vùng;Số hộ;Hộ nghèo\nThôn 1;A;10;1\nThôn 2;B;10;2\nThôn 3;A;10;3\n", NULL, NULL };
	struct computed *c = computed_new(&f);

	(void)state;
	assert_string_equal(computed_findings(c), "");
	assert_string_equal(computed_cells(c, "area"), "Thôn 1 | Thôn 3 | Thôn 2 | A | B | Cộng");
	assert_string_equal(computed_cells(c, "no"), "1 | 2 | 3 | I | II | ?");
	assert_string_equal(computed_cells(c, "poor"), "1 | 3 | 2 | 4 | 2 | 6");
	computed_free(c);
}

/* Another dataset (here the same) says what stands in the row of a group, where one row of it has the group's text. */
static void test_groups_from(void **state)
{
	struct files f = { "2024", AREA REGION COUNTS, " groups=\"region\"",
		LABEL "<column id=\"region\" label=\"Vùng\"/><column id=\"poor\" label=\"Hộ nghèo\"/><column id=\"households\" label=\"Số hộ\" total=\"none\"/>"
		"<subtotal label=\"{group}\" place=\"last\" from=\"d\"/>",
		"Thôn;Vùng;Số hộ;Hộ nghèo\nThôn 1;A;10;1\nThôn 2;B;10;2\nThôn 3;A;10;3\n", NULL, NULL };
	struct computed *c = computed_new(&f);

	(void)state;
	assert_string_equal(computed_findings(c), "");
	assert_string_equal(computed_cells(c, "region"), "A | A | B | ? | B | ?");
	assert_string_equal(computed_cells(c, "poor"), "1 | 3 | 2 | 4 | 2 | ?");
	assert_string_equal(computed_cells(c, "households"), "10 | 10 | 10 | ? | ? | ?");
	assert_null(c->tables.table[0]->row[3].whole);
	assert_non_null(c->tables.table[0]->row[4].whole);
	computed_free(c);
}

static void test_groups_from_nothing(void **state)
{
	struct files f = { "2024", AREA REGION COUNTS, " groups=\"region\"", LABEL "<subtotal label=\"{group}\" from=\"other\"/>",
		"Thôn;Vùng;Số hộ;Hộ nghèo\nThôn 1;A;10;1\n", NULL, NULL };
	struct computed *c = computed_new(&f);

	(void)state;
	assert_string_equal(computed_findings(c), "source t.xml:2:76 the job has no <source dataset=\"other\"> for the rows of groups\n");
	assert_false(c->ok);
	computed_free(c);
}

/* Rows of a group that do not stand together in the source, ordered by what is computed. */
static void test_groups_by_value(void **state)
{
	struct files f = { "2024", AREA REGION COUNTS, " groups=\"region\" order=\"rate desc\"",
		LABEL RATE "<subtotal label=\"{group}\"/><total label=\"Cộng\" place=\"first\"/>",
		"Thôn;Vùng;Số hộ;Hộ nghèo\nThôn 1;A;10;1\nThôn 2;B;10;2\nThôn 3;A;10;3\nThôn "
		"4;B;10;4\nThôn 5;A;10;5\nThôn 6;B;10;6\nThôn 7;A;10;\nThôn 8;B;10;8\n",
		NULL, NULL };
	struct computed *c = computed_new(&f);

	(void)state;
	assert_string_equal(computed_findings(c), "");
	assert_string_equal(computed_cells(c, "area"),
		"Cộng | A | Thôn 5 | Thôn 3 | Thôn 1 | Thôn 7 | B | Thôn 8 | Thôn 6 | Thôn 4 | Thôn 2");
	assert_string_equal(computed_cells(c, "rate"), "? | ? | 50 | 30 | 10 | ? | 50 | 80 | 60 | 40 | 20");
	computed_free(c);
}

static void test_groups_by_parent(void **state)
{
	struct files f = { "2024",
		AREA "<field id=\"parent\" type=\"area\"><name>Xã</name></field>" COUNTS,
		" groups=\"parent\"",
		LABEL "<column id=\"poor\" label=\"Hộ nghèo\"/><subtotal label=\"{group}\"/>",
		"Thôn;Xã;Số hộ;Hộ nghèo\nThôn 1;Xã B;10;1\nThôn 1;Xã A;20;2\nThôn 2;Xã B;30;3\n",
		NULL, NULL };
	struct computed *c = computed_new(&f);
	size_t row;

	(void)state;
	assert_string_equal(computed_findings(c), "");
	assert_string_equal(computed_cells(c, "poor"), "4 | 1 | 3 | 2 | 2 | 6");
	assert_int_equal(c->tables.table[0]->row[0].kind, ROW_GROUP);
	assert_string_equal(c->tables.table[0]->row[0].label, "Xã B");
	/* a label that is not unique names no row */
	assert_false(table_find_row(c->tables.table[0], "Thôn 1", &row));
	computed_free(c);
}

#define MONTH "<field id=\"month\" type=\"month\" key=\"yes\"><name>Tháng</name></field>"

static void test_months(void **state)
{
	struct files f = { "2024-03", AREA MONTH COUNTS, " rows=\"area\"",
		LABEL
		"<column id=\"poor\" label=\"Hộ nghèo\"/><column id=\"year\" label=\"Lũy kế\" "
		"unit=\"hộ\" "
		"value=\"upto(poor)\"/>"
		"<column id=\"before\" label=\"Năm trước\" unit=\"hộ\" value=\"previous.poor\"/>"
		"<column id=\"done\" label=\"Đạt\" unit=\"%\" value=\"upto(poor) / plan.poor * "
		"100\"/><total label=\"Cộng\"/>",
		"Thôn;Tháng;Số hộ;Hộ "
		"nghèo\nA;1;9;1\nA;2;9;2\nA;3;9;4\nB;1;9;10\nB;3;9;30\nA;4;9;100\n",
		"Thôn;Tháng;Số hộ;Hộ nghèo\nA;3;9;7\nB;3;9;8\n",
		"Thôn;Tháng;Số hộ;Hộ nghèo\nA;3;9;70\n" };
	struct computed *c = computed_new(&f);

	(void)state;
	assert_string_equal(computed_findings(c), "");
	assert_string_equal(computed_cells(c, "poor"), "4 | 30 | 34");
	assert_string_equal(computed_cells(c, "year"), "7 | ? | ?");
	assert_string_equal(computed_cells(c, "before"), "7 | 8 | 15");
	assert_string_equal(computed_cells(c, "done"), "10 | ? | ?");
	computed_free(c);
}

static void test_only_months(void **state)
{
	struct files f = { "2024-02", MONTH COUNTS, " rows=\"data\"",
		"<column id=\"month\" label=\"Tháng\"/><column id=\"poor\" label=\"Hộ nghèo\"/>"
		"<column id=\"year\" label=\"Lũy kế\" unit=\"hộ\" value=\"upto(poor)\"/>"
		"<column id=\"before\" label=\"Năm trước\" unit=\"hộ\" value=\"previous.poor\"/>",
		"Tháng;Số hộ;Hộ nghèo\n2024-03;9;50\n2024-01;9;1\n2024-02;9;2\n",
		"Tháng;Số hộ;Hộ nghèo\n1;9;7\n2;9;8\n", NULL };
	struct computed *c = computed_new(&f);

	(void)state;
	assert_string_equal(computed_findings(c), "");
	assert_string_equal(computed_cells(c, "month"), "3 | 1 | 2 | ?");
	assert_string_equal(computed_cells(c, "year"), "3 | 3 | 3 | 9");
	assert_string_equal(computed_cells(c, "before"), "? | 7 | 8 | ?");
	computed_free(c);
}

static void test_label_order(void **state)
{
	struct files f = {
		.period = "2024",
		.dataset = AREA COUNTS,
		.rows = " order=\"label\"",
		.table = LABEL,
		.current = "Thôn;Số hộ;Hộ nghèo\nẤp 10;1;1\nĐông;1;1\nẤp "
			   "2;1;1\nMạ;1;1\nDương;1;1\nÂn;1;1\n"
			   "Ăn;1;1\nAn;1;1\nMá;1;1\nMả 1;1;1\nẤp 02a;1;1\nMa;1;1\nMan;1;1\n",
	};
	struct computed *c = computed_new(&f);

	(void)state;
	assert_string_equal(computed_findings(c), "");
	assert_string_equal(
		computed_cells(c, "area"), "An | Ăn | Ân | Ấp 2 | Ấp 02a | Ấp 10 | Dương | Đông | "
					   "Ma | Má | Mạ | Mả 1 | Man | ");
	computed_free(c);
}

/* A source with nothing but its header never becomes a table. */
static void test_no_rows(void **state)
{
	struct files f = {
		.period = "2024",
		.dataset = AREA COUNTS,
		.rows = "",
		.table = LABEL FIELDS RATE "<total label=\"Cộng\"/>",
		.current = "Thôn;Số hộ;Hộ nghèo\n",
	};
	struct computed *c = computed_model(&f);

	(void)state;
	assert_false(c->ok);
	assert_int_equal(c->diags.n_error, 1);
	assert_string_equal(c->diags.finding[0].rule, "no-rows");
	computed_free(c);
}

/* A year has no one row of a dataset of months: nothing is guessed. */
static void test_several_rows(void **state)
{
	struct files f = { "2024", AREA MONTH COUNTS, " rows=\"area\"",
		LABEL "<column id=\"poor\" label=\"Hộ nghèo\"/>",
		"Thôn;Tháng;Số hộ;Hộ nghèo\nA;1;9;1\nA;2;9;2\nB;1;9;10\n", NULL, NULL };
	struct computed *c = computed_new(&f);

	(void)state;
	assert_true(c->ok);
	assert_string_equal(computed_cells(c, "poor"), "? | 10 | ?");
	assert_string_equal(computed_findings(c),
		"several-rows current.csv:2:1 A has several rows for the period, so "
		"the table 't' leaves it blank; use upto(x), or a "
		"period that is a month\n");
	computed_free(c);
}

static void test_texts(void **state)
{
	struct files f = { "2024",
		"<field id=\"name\" type=\"text\" key=\"yes\"><name>Tên</name></field>"
		"<field id=\"day\" type=\"date\"><name>Ngày</name></field><field "
		"id=\"done\" type=\"flag\"><name>Xong</name></field>"
		"<field id=\"amount\" type=\"rate\"><name>Lượng</name></field>",
		" order=\"amount\"",
		"<column id=\"name\" label=\"Tên\" is=\"label\"/><column id=\"day\" "
		"label=\"Ngày\"/><column id=\"done\" "
		"label=\"Xong\"/><column id=\"amount\" label=\"Lượng\"/>"
		"<column id=\"n\" label=\"Số\" value=\"count(done)\" hidden=\"yes\"/>",
		"Tên;Ngày;Xong;Lượng\nHai;31/01/2024;x;2,5\nMột;;;1,25\n", NULL, NULL };
	struct computed *c = computed_new(&f);

	(void)state;
	assert_string_equal(computed_findings(c), "");
	assert_string_equal(computed_cells(c, "name"), "Một | Hai | ");
	assert_string_equal(computed_cells(c, "day"), " | 31/01/2024 | ?");
	assert_string_equal(computed_cells(c, "done"), " | x | ?");
	assert_string_equal(computed_cells(c, "amount"), "1.25 | 2.5 | ?");
	assert_int_equal(c->tables.table[0]->column[3].decimals, 2);
	assert_true(c->tables.table[0]->column[4].hidden);
	computed_free(c);
}

static void test_checks(void **state)
{
	struct files f = { "2024", AREA COUNTS, "",
		LABEL FIELDS
		"<total label=\"Cộng\"/>"
		"<check that=\"poor &lt;= households\" severity=\"error\" message=\"nghèo nhiều "
		"hơn hộ\"/>"
		"<check that=\"poor &lt; 9\" severity=\"warning\" message=\"nhiều\" on=\"total\" "
		"rule=\"many\"/>"
		"<check that=\"poor &lt; 7\" severity=\"note\" message=\"khá\" on=\"rows\"/>",
		"Thôn;Số hộ;Hộ nghèo\nThôn 1;100;8\nThôn 2;5;6\nThôn 3;1;\n", NULL, NULL };
	struct computed *c = computed_new(&f);

	(void)state;
	assert_false(c->ok);
	assert_string_equal(computed_findings(c),
		"check current.csv:3:2 Thôn 2: nghèo nhiều hơn hộ\n"
		"check current.csv:2:3 Thôn 1: khá\n");
	computed_free(c);
	f.current = "Thôn;Số hộ;Hộ nghèo\nThôn 1;100;8\nThôn 2;6;6\n";
	c = computed_new(&f);
	assert_true(c->ok);
	assert_string_equal(computed_findings(c),
		"many current.csv:2:3 Cộng: nhiều\ncheck current.csv:2:3 Thôn 1: khá\n");
	computed_free(c);
}

static const struct {
	const char *rows;
	const char *table;
	const char *want; /* what the findings begin with */
} bad_templates[] = {
	{ " rows=\"areas\"", LABEL,
		"value t.xml:1:80 rows=\"areas\" is not known; it may be: area, data\n" },
	{ "", LABEL "<colum id=\"poor\" label=\"x\"/>",
		"unknown-element t.xml:2:44 unknown element <colum> in <table>; did you mean "
		"<column>?\n" },
	{ "", LABEL "<column id=\"por\" label=\"x\"/>",
		"unknown-name t.xml:2:56 the dataset 'd' has no field 'por'; did you mean "
		"'poor'?\n" },
	{ "",
		LABEL "<column id=\"a\" label=\"A\" value=\"b + 1\"/><column id=\"b\" label=\"B\" "
		      "value=\"c - 1\"/>"
		      "<column id=\"c\" label=\"C\" value=\"a\"/>",
		"cycle t.xml:2:76 columns are computed from each other: a -> b -> c -> a; give one of "
		"them a value of its own\n" },
	{ "", LABEL "<column id=\"a\" label=\"A\" unit=\"đồng\" value=\"poor + 1\"/>",
		"unit t.xml:2:88 'a' has the unit 'đồng', but its value gives 'hộ'; correct one "
		"of the two\n" },
	{ "",
		LABEL
		"<column id=\"a\" label=\"A\" value=\"pooor / households\"/><check that=\"poor\" "
		"message=\"m\"/>",
		"unknown-name t.xml:2:76 " },
	{ "", LABEL FIELDS "<column id=\"poor\" label=\"lại\"/>", "duplicate " },
	{ "",
		LABEL "<group label=\"1\"><group label=\"2\"><group label=\"3\"><group "
		      "label=\"4\">" FIELDS "</group></group></group></group>",
		"limit " },
	{ "", LABEL "<group label=\"1\"/>", "missing-element " },
	{ "", "", "missing-element " },
	{ " order=\"por\"", LABEL FIELDS,
		"unknown-name t.xml:1:81 order='por' is no column; it may be 'poor'\n" },
	{ " groups=\"households\"", LABEL, "value " },
	{ "", LABEL "<subtotal label=\"x\"/>", "value " },
	{ "", LABEL "<total label=\"x\"/><total label=\"y\"/>", "duplicate " },
	{ "", LABEL "<column id=\"poor\" label=\"x\" decimals=\"12\"/>", "value " },
	{ "", LABEL "<column id=\"poor\" label=\"x {perod}\"/>", "unknown-name t.xml:2:72 " },
	{ "", LABEL "<column id=\"poor\" label=\"x\" total=\"value\"/>", "value " },
	{ "", LABEL "<column id=\"Poor\" label=\"x\"/>", "name " },
	{ "", LABEL "<check that=\"poor > 0\" message=\"m\" severity=\"eror\"/>", "value " },
	{ "", LABEL "<note>a <b/></note>", "unknown-element " },
	{ "", LABEL "<note for=\"missing\">a</note>", "value " },
	{ "", LABEL "<column id=\"a\" label=\"x\" unit=\"hộ\" value=\"at('Thôn 7', poor)\"/>",
		"key t.xml:2:89 " },
};

static void test_bad_templates(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof bad_templates / sizeof *bad_templates; i++) {
		struct files f = { "2024", AREA COUNTS, bad_templates[i].rows,
			bad_templates[i].table, DATA, NULL, NULL };
		struct computed *c = computed_new(&f);
		const char *found = computed_findings(c);

		if (strncmp(found, bad_templates[i].want, strlen(bad_templates[i].want)) != 0)
			fail_msg("%s\n gives %s\n not %s", bad_templates[i].table, found,
				bad_templates[i].want);
		assert_false(c->ok);
		assert_int_equal(c->tables.n_table, 0);
		computed_free(c);
	}
}

/* All that is wrong is said in one run. */
static void test_many_errors(void **state)
{
	struct files f = { "2024", AREA COUNTS, " oder=\"x\" numbering=\"maybe\"",
		LABEL "<column id=\"poor\"/><column id=\"a\" label=\"A\" value=\"x\" "
		      "pad=\"y\"/><check that=\"z > 0\" message=\"m\"/>",
		DATA, NULL, NULL };
	struct computed *c = computed_new(&f);

	(void)state;
	assert_false(c->ok);
	assert_int_equal(c->diags.n_error, 6);
	computed_free(c);
}

static void test_no_source(void **state)
{
	static const char *const names[] = { "u", "nothing" };
	struct files f = { "2024", AREA COUNTS, "", LABEL, DATA, NULL, NULL };
	struct computed *c = computed_model(&f);

	(void)state;
	assert_true(c->ok);
	computed_write(c, "templates/tables/u.xml",
		"<table xmlns=\"urn:kehoach:table:1\" id=\"v\" over=\"other\" title=\"x\">\n" LABEL
		"</table>");
	assert_false(compute(&c->model, &c->library, names, 2, &c->audit, &c->arena, &c->tables, &c->diags));
	assert_int_equal(c->diags.n_finding, 3);
	assert_string_equal(c->diags.finding[0].rule, "name");
	assert_string_equal(c->diags.finding[1].rule, "source");
	assert_string_equal(c->diags.finding[1].message,
		"the job has no <source dataset=\"other\"> for this table");
	assert_int_equal(c->diags.finding[1].at.col, 49);
	assert_string_equal(c->diags.finding[2].rule, "template");
	computed_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rates_and_totals),
		cmocka_unit_test(test_words_and_where),
		cmocka_unit_test(test_decimals),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_missing),
		cmocka_unit_test(test_what_is_summed),
		cmocka_unit_test(test_any_order),
		cmocka_unit_test(test_groups),
		cmocka_unit_test(test_groups_last),
		cmocka_unit_test(test_groups_from),
		cmocka_unit_test(test_groups_from_nothing),
		cmocka_unit_test(test_groups_by_value),
		cmocka_unit_test(test_groups_by_parent),
		cmocka_unit_test(test_months),
		cmocka_unit_test(test_only_months),
		cmocka_unit_test(test_label_order),
		cmocka_unit_test(test_no_rows),
		cmocka_unit_test(test_several_rows),
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_checks),
		cmocka_unit_test(test_bad_templates),
		cmocka_unit_test(test_many_errors),
		cmocka_unit_test(test_no_source),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
