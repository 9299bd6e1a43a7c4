/* The accessible workbook as a plain struct, made of a printed one by hand. */
#include "compose/twin.h"
#include "model/library.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const struct grid_column columns[] = {
	{ .id = "no", .align = ALIGN_CENTRE },
	{ .id = "label", .align = ALIGN_LEFT },
	{ .id = "done", .align = ALIGN_DECIMAL, .is_number = true },
	{ .id = "again", .align = ALIGN_DECIMAL, .is_number = true },
	{ .id = "bare", .align = ALIGN_LEFT },
};
enum { N_COLUMN = sizeof columns / sizeof *columns, N_ROW = 4 };

/* "Thực hiện" over two columns called the same, and a column with no heading. */
static const struct header_cell head[] = {
	{ "TT", 0, 0, 2, 1 }, { "nhóm", 0, 1, 2, 1 }, { "Thực hiện", 0, 2, 1, 2 }, { "Số hộ", 1, 2, 1, 1 }, { "số  hộ", 1, 3, 1, 1 }, { "", 0, 4, 2, 1 },
};

#define FIGURE(n) { .text = "5", .state = FIGURE_OK, .x = { n, 1 } }
#define HOLE(s) { .text = "", .state = s }
#define TEXT(s) { .text = s, .state = FIGURE_MISSING }

static const struct grid_cell cells[N_ROW * N_COLUMN] = {
	TEXT("I"), TEXT("Nhóm một"), HOLE(FIGURE_MISSING), HOLE(FIGURE_MISSING), TEXT(""),
	TEXT("1"), TEXT("Thôn 1"), FIGURE(5), HOLE(FIGURE_MISSING), TEXT("chậm"),
	TEXT("II"), TEXT("Nhóm hai"), HOLE(FIGURE_NOT_APPLICABLE), HOLE(FIGURE_NOT_APPLICABLE), TEXT(""),
	TEXT(""), TEXT("Tổng cộng"), FIGURE(12), HOLE(FIGURE_CONFIDENTIAL), TEXT(""),
};
static const enum grid_row_kind kinds[] = { GRID_GROUP, GRID_LEAF, GRID_GROUP, GRID_TOTAL };
static const char *const notes[] = { "Một.", "Hai." };

#define GRID                                                                                                                       \
	.title = "Kết quả", .n_header = 2, .header = head, .n_header_cell = sizeof head / sizeof *head, .column = columns, .n_column = N_COLUMN, \
	.stub = 2, .cell = cells, .row_kind = kinds

static const struct grid_table grids[] = {
	{ .id = "one", .unit_line = "Đơn vị tính: hộ", .note = notes, .n_note = 2, .n_row = N_ROW, GRID },
	{ .id = "two", .n_row = N_ROW, GRID },
	{ .id = "none", .n_row = 0, GRID },
};
static const struct sheet_table tables[] = {
	{ .grid = &grids[0], .name = "bang_one" }, { .grid = &grids[1], .name = "bang_two" }, { .grid = &grids[2], .name = "bang_none" },
};
static const char *const findings[] = { "Đến hết tháng 5 có 5 hộ." };
static const struct worksheet sheets[] = {
	{ .name = "Tổng hợp", .paragraph = findings, .n_paragraph = 1, .table = &tables[0], .n_table = 1 },
	{ .name = "Một trang có tên dài 31 ký tự..", .table = &tables[1], .n_table = 2 },
};
static const struct workbook book = { .title = "Tiến độ", .sheet = sheets, .n_sheet = 2 };
static const char *const cover[] = { "Liên hệ: UBND" };

struct made {
	struct arena arena;
	struct diags diags;
	struct library library;
	struct twin twin;
};

static struct made made;

static int make(void **state)
{
	const struct twin_input input = { &book, cover, 1, { .file = "job.xml" } };

	*state = &made;
	library_init(&made.library, &made.arena);
	library_add(&made.library, "templates", "templates");
	return twin_make(&input, &made.library, &made.arena, &made.twin, &made.diags) ? 0 : -1;
}

static int drop(void **state)
{
	struct made *m = *state;

	arena_clear(&m->arena);
	diags_clear(&m->diags);
	return 0;
}

static bool says(const struct twin_sheet *s, const char *text)
{
	for (size_t i = 0; i < s->n_line; i++)
		if (strstr(s->line[i], text))
			return true;
	return false;
}

static void front_sheets_come_first(void **state)
{
	const struct twin *t = &((struct made *)*state)->twin;

	assert_int_equal(t->n_sheet, 6);
	assert_string_equal(t->sheet[0].name, "Trang bìa");
	assert_null(t->sheet[0].grid);
	assert_true(says(&t->sheet[0], "Liên hệ: UBND") && says(&t->sheet[0], findings[0]) && says(&t->sheet[0], "[x]"));
	assert_string_equal(t->sheet[1].name, "Mục lục");
	assert_true(t->sheet[1].links);
	assert_int_equal(t->sheet[1].grid->n_row, 3);
	assert_string_equal(t->sheet[1].grid->cell[0].text, "Tổng hợp");
	assert_string_equal(t->sheet[1].grid->cell[1].text, "Kết quả");
	assert_string_equal(t->sheet[2].name, "Chú thích");
}

static void a_sheet_of_several_tables_becomes_several(void **state)
{
	const struct twin *t = &((struct made *)*state)->twin;

	assert_string_equal(t->sheet[4].name, "Một trang có tên dài 31 ký t 1");
	assert_string_equal(t->sheet[5].name, "Một trang có tên dài 31 ký t 2");
	assert_true(says(&t->sheet[5], "không có dòng") && !says(&t->sheet[4], "không có dòng"));
}

static void heads_are_one_row_each_once(void **state)
{
	const char *const *h = ((struct made *)*state)->twin.sheet[3].head;

	assert_string_equal(h[1], "nhóm (2)"); /* the column of groups is called so */
	assert_string_equal(h[2], "Thực hiện, Số hộ");
	assert_string_equal(h[3], "Thực hiện, số  hộ (2)");
	assert_string_equal(h[4], "bare");
}

static void groups_are_a_column(void **state)
{
	const struct twin_sheet *s = &((struct made *)*state)->twin.sheet[3];

	assert_string_equal(s->group_head, "Nhóm");
	assert_int_equal(s->n_row, 3); /* the head of the first group has no figure */
	assert_int_equal(s->row[0], 1);
	assert_string_equal(s->group[1], "Nhóm một");
	assert_string_equal(s->group[2], "Nhóm hai");
	assert_null(s->group[3]);
}

static void notes_are_numbered_through_the_book(void **state)
{
	const struct twin *t = &((struct made *)*state)->twin;
	const struct grid_table *g = t->sheet[2].grid;

	assert_string_equal(t->sheet[0].title, "Tiến độ [chú thích 1]");
	assert_string_equal(t->sheet[3].title, "Kết quả [chú thích 2] [chú thích 3]");
	assert_true(says(&t->sheet[3], "ở trang Chú thích") && says(&t->sheet[3], "Đơn vị tính: hộ") && says(&t->sheet[3], "một bảng"));
	assert_string_equal(t->sheet[4].title, "Kết quả");
	assert_int_equal(g->n_row, 3);
	assert_string_equal(g->cell[2 * g->n_column].text, "3");
	assert_string_equal(g->cell[2 * g->n_column + 1].text, "Hai.");
	assert_string_equal(g->cell[2 * g->n_column + 2].text, "Tổng hợp");
}

static void what_is_no_figure_has_a_shorthand(void **state)
{
	const struct twin *t = &((struct made *)*state)->twin;

	assert_null(twin_shorthand(t, &grids[0], 1, 2));
	assert_string_equal(twin_shorthand(t, &grids[0], 1, 3), "[x]");
	assert_string_equal(twin_shorthand(t, &grids[0], 2, 3), "[z]");
	assert_string_equal(twin_shorthand(t, &grids[0], 3, 3), "[c]");
	assert_string_equal(twin_shorthand(t, &grids[0], 3, 0), "[z]");
	assert_null(twin_shorthand(t, &grids[0], 1, 4));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(front_sheets_come_first),
		cmocka_unit_test(a_sheet_of_several_tables_becomes_several),
		cmocka_unit_test(heads_are_one_row_each_once),
		cmocka_unit_test(groups_are_a_column),
		cmocka_unit_test(notes_are_numbered_through_the_book),
		cmocka_unit_test(what_is_no_figure_has_a_shorthand),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("twin", tests, make, drop);
}
