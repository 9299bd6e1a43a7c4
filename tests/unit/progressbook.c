/* The progress workbook as a plain struct, made of a document and a template by hand. */
#include "compose/progressbook.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const struct grid_column columns[] = {
	{ .id = "label", .align = ALIGN_LEFT },
	{ .id = "done", .align = ALIGN_DECIMAL, .is_number = true },
	{ .id = "status", .align = ALIGN_LEFT },
};
enum { N_COLUMN = sizeof columns / sizeof *columns, N_ROW = 2 };

static const struct grid_cell cells[N_ROW * N_COLUMN] = {
	{ .text = "Thôn 1" }, { .text = "5" }, { .text = "đạt" },
	{ .text = "Thôn 2" }, { .text = "" }, { .text = "chậm" },
};
static const struct grid_cell plain[N_ROW * N_COLUMN] = {
	{ .text = "Thôn 1" }, { .text = "5" }, { .text = "" },
	{ .text = "chậm rãi" }, { .text = "" }, { .text = "" },
};
static const enum grid_row_kind kinds[] = { GRID_LEAF, GRID_LEAF };
static const struct header_cell head[] = { { "Thôn", 0, 0, 1, 1 }, { "Lũy kế", 0, 1, 1, 1 }, { "Trạng thái", 0, 2, 1, 1 } };

#define GRID(name, body)                                                                           \
	{                                                                                          \
		.id = name, .title = "Bảng " name, .n_header = 1, .header = head, .n_header_cell = N_COLUMN, .column = columns,   \
		.n_column = N_COLUMN, .stub = 1, .cell = body, .row_kind = kinds, .n_row = N_ROW                                  \
	}

static const struct grid_table grids[] = { GRID("progress-areas", cells), GRID("t1", plain), GRID("far", plain), GRID("returned", plain) };
static const struct grid_table *const sheets[] = { &grids[0], &grids[1], &grids[2] };

static const struct chart_series series = { .name = "Lũy kế", .table = &grids[1], .column = 1 };
static const char *const points[] = { "Thôn 1", "Thôn 2" };
static const struct chart chart = { .kind = CHART_BARS, .title = "Biểu đồ", .alt = "Biểu đồ.", .n_point = 2, .category = points, .series = &series, .n_series = 1 };

static const struct letterhead letterhead = { .issuer = { "ỦY BAN NHÂN DÂN" }, .n_issuer = 1, .nation = "CỘNG HÒA", .motto = "Độc lập" };
static const struct run name[] = { { .text = "Tiến độ" }, { .text = " giảm nghèo" }, { .text = "đến hết tháng 5", .flags = RUN_BREAK } };
static const struct title title = { .kind = "BÁO CÁO", .name = { name, 3 } };
static const struct run sentence = { .text = "Đến hết tháng 5 có 5 hộ." };
static const struct run item = { .text = "Thôn 2 chậm." };
static const struct block blocks[] = {
	{ .kind = BLOCK_LETTERHEAD, .letterhead = &letterhead },
	{ .kind = BLOCK_TITLE, .head = &title },
	{ .kind = BLOCK_PARAGRAPH, .runs = { &sentence, 1 } },
	{ .kind = BLOCK_TABLE, .table = &grids[0] },
	{ .kind = BLOCK_ITEM, .number = "-", .runs = { &item, 1 } },
	{ .kind = BLOCK_CHART, .chart = &chart },
};
static const struct part part = { .block = blocks, .n_block = sizeof blocks / sizeof *blocks };
static const struct style style;
static const struct word_look looks[] = { { "đạt", 0xFFFFFF, 0x000001 }, { "chậm", 0xEEEEEE, 0x000002 } };
static const struct document brief = { .author = "UBND", .subject = "Tiến độ", .date = { 2024, 5, 1 }, .style = &style, .part = &part, .n_part = 1,
	.sheet = sheets, .n_sheet = 3, .look = looks, .n_look = 2 };

static const char *const no_tables[] = { NULL };
static const char *const areas[] = { "progress-areas", NULL };
static const char *const others[] = { "t1", "far", NULL };
static const char *const far[] = { "far", NULL };

static const char template_xml[] = "<progress xmlns='u'><sheet tables='x'/></progress>";

struct made {
	struct arena arena;
	struct diags diags;
	const struct workbook *book;
	bool ok;
};

static void make_of(struct made *m, const struct progress_sheet *said, size_t n, struct progressbook_input in)
{
	struct progress_template t = { .n_sheet = n };
	struct progress_sheet *sheet;

	memset(m, 0, sizeof *m);
	in.template = &t;
	t.root = node_read_bytes(template_xml, strlen(template_xml), "p.xml", "progress", "u", &m->arena, &m->diags);
	assert_non_null(t.root);
	sheet = ARENA_ARRAY(&m->arena, n, struct progress_sheet);
	for (size_t i = 0; i < n; i++) {
		sheet[i] = said[i];
		sheet[i].node = t.root->child;
	}
	t.sheet = sheet;
	m->ok = progressbook_make(&in, &m->arena, &m->book, &m->diags);
}

static void make(struct made *m, const struct progress_sheet *said, size_t n, const struct further_grids *further, size_t n_further)
{
	make_of(m, said, n, (struct progressbook_input){ .brief = &brief, .further = further, .n_further = n_further });
}

/* With charts that stand in the workbook only. */
static void make_aside(struct made *m, const struct progress_sheet *said, size_t n, const struct chart *const *aside, size_t n_aside)
{
	struct document with = brief;

	with.aside = aside;
	with.n_aside = n_aside;
	make_of(m, said, n, (struct progressbook_input){ .brief = &with, .charts_title = "Các biểu đồ" });
}

static void made_clear(struct made *m)
{
	arena_clear(&m->arena);
	diags_clear(&m->diags);
}

static void test_brief(void **state)
{
	static const struct progress_sheet said[] = {
		{ .name = "Tổng hợp", .tables = areas, .brief = true, .one_page = true },
		{ .name = "Khác", .tables = others },
	};
	const struct worksheet *first, *second;
	struct made m;

	(void)state;
	make(&m, said, 2, NULL, 0);
	assert_true(m.ok);
	assert_int_equal(m.book->n_sheet, 2);
	first = &m.book->sheet[0];
	second = &m.book->sheet[1];
	assert_ptr_equal(first->letterhead, &letterhead);
	assert_int_equal(first->n_title, 3);
	assert_string_equal(first->title[0], "BÁO CÁO");
	assert_string_equal(first->title[1], "Tiến độ giảm nghèo");
	assert_string_equal(first->title[2], "đến hết tháng 5");
	assert_int_equal(first->n_paragraph, 2);
	assert_string_equal(first->paragraph[0], "Đến hết tháng 5 có 5 hộ.");
	assert_string_equal(first->paragraph[1], "- Thôn 2 chậm.");
	assert_int_equal(first->n_chart, 1);
	assert_true(first->untitled && first->one_page && !first->filters);
	assert_null(second->letterhead);
	assert_int_equal(second->n_title + second->n_paragraph + second->n_chart, 0);
	assert_false(second->untitled);
	assert_int_equal(second->n_table, 2);
	assert_string_equal(m.book->title, "Tiến độ");
	made_clear(&m);
}

/* A name is no address; a column of statuses is one that has their very words. */
static void test_tables(void **state)
{
	static const struct progress_sheet said[] = {
		{ .name = "A", .tables = areas, .filters = true },
		{ .name = "B", .tables = others },
	};
	struct made m;

	(void)state;
	make(&m, said, 2, NULL, 0);
	assert_true(m.ok);
	assert_int_equal(m.book->n_status, 2);
	assert_string_equal(m.book->status[1].word, "chậm");
	assert_int_equal(m.book->status[1].ink, 2);
	assert_string_equal(m.book->sheet[0].table[0].name, "bang_progress_areas");
	assert_int_equal(m.book->sheet[0].table[0].status_column, 2);
	assert_int_equal(m.book->sheet[0].table[0].status_last, 2);
	assert_true(m.book->sheet[0].filters);
	assert_string_equal(m.book->sheet[1].table[0].name, "bang_t1");
	assert_true(m.book->sheet[1].table[0].status_column == NO_COLUMN && m.book->sheet[1].table[0].status_last == NO_COLUMN);
	made_clear(&m);
}

/* Sheets of what is not made of tables, where somebody has made it. */
static void test_further(void **state)
{
	static const struct progress_sheet said[] = {
		{ .name = "A", .tables = areas },
		{ .name = "Báo cáo", .tables = no_tables, .is = "returns" },
		{ .name = "Nguồn", .tables = no_tables, .is = "sources" },
	};
	static const struct grid_table *const returned[] = { &grids[3] };
	static const struct further_grids further[] = { { "returns", returned, 1 } };
	struct made m;

	(void)state;
	make(&m, said, 3, further, 1);
	assert_true(m.ok);
	assert_int_equal(m.book->n_sheet, 2);
	assert_string_equal(m.book->sheet[1].name, "Báo cáo");
	assert_ptr_equal(m.book->sheet[1].table[0].grid, &grids[3]);
	made_clear(&m);
}

/* Charts that the brief does not have stand below their tables, or on a sheet of their own, which without any is left out. */
static void test_charts(void **state)
{
	static const struct progress_sheet said[] = {
		{ .name = "A", .tables = areas },
		{ .name = "B", .tables = others },
		{ .name = "Biểu đồ", .tables = no_tables, .is = "charts" },
	};
	static const struct chart *const asides[] = { &chart };
	struct made m;

	(void)state;
	make_aside(&m, said, 2, asides, 1);
	assert_true(m.ok);
	assert_int_equal(m.book->sheet[1].n_chart, 1);
	made_clear(&m);
	make_aside(&m, said, 3, asides, 1);
	assert_true(m.ok);
	assert_int_equal(m.book->n_sheet, 3);
	assert_int_equal(m.book->sheet[1].n_chart, 0);
	assert_int_equal(m.book->sheet[2].n_chart, 1);
	assert_int_equal(m.book->sheet[2].n_table, 0);
	assert_string_equal(m.book->sheet[2].title[0], "Các biểu đồ");
	made_clear(&m);
	make_aside(&m, said, 3, NULL, 0);
	assert_true(m.ok);
	assert_int_equal(m.book->n_sheet, 2);
	made_clear(&m);
}

static const struct {
	struct progress_sheet said[2];
} bad[] = {
	{ { { .name = "A", .tables = areas }, { .name = "B", .tables = areas } } },			/* twice */
	{ { { .name = "A", .tables = others }, { .name = "B", .tables = far } } },
	{ { { .name = "A", .tables = (const char *const[]){ "nowhere", NULL } }, { .name = "B", .tables = far } } },
	{ { { .name = "A", .tables = areas, .brief = true }, { .name = "B", .tables = far } } }, /* the chart's table */
};

static void test_bad(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct made m;

		make(&m, bad[i].said, 2, NULL, 0);
		assert_false(m.ok);
		assert_int_equal(m.diags.n_finding, 1);
		assert_string_equal(m.diags.finding[0].rule, "table");
		made_clear(&m);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_brief),
		cmocka_unit_test(test_tables),
		cmocka_unit_test(test_further),
		cmocka_unit_test(test_charts),
		cmocka_unit_test(test_bad),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
