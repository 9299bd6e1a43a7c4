/* Where pages of a printed sheet begin, by the heights of its rows. */
#include "render/xlsxbreaks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { ROWS_MAX = 64, TOP = 3, HEAD = 2, BODY = TOP };

static const double mm_per_pt = 25.4 / 72;

/* "gllt": kinds of rows, each of 10 pt, below 30 pt of title and header, of which 20 are repeated; a page has room for 95 of 100 pt. */
static struct page_breaks breaks_of(const char *kinds, size_t n_note, bool one_page, unsigned n_line, struct arena *a)
{
	static double height[ROWS_MAX], none[ROWS_MAX];
	enum grid_row_kind *kind = ARENA_ARRAY(a, ROWS_MAX, enum grid_row_kind);
	struct grid_table table = { .row_kind = kind, .n_note = n_note };
	struct page_style paper = { .width_mm = 100 * mm_per_pt, .height_mm = 100 * mm_per_pt };
	struct sheet sheet = { .table = &table, .header_row = TOP - HEAD, .body_row = BODY, .row_pt = height };
	struct sheet_page page = { .paper = &paper, .table = &sheet, .width_pt = 100, .n_line = n_line, .lines_of_page = 2, .row_pt = none };
	const struct sheet_table said_table = { .grid = &table };
	const struct worksheet said = { .table = &said_table, .n_table = 1, .one_page = one_page };

	for (size_t r = 0; r < ROWS_MAX; r++)
		height[r] = 10;
	for (; kinds[table.n_row]; table.n_row++)
		kind[table.n_row] = kinds[table.n_row] == 'g' ? GRID_GROUP : kinds[table.n_row] == 't' ? GRID_TOTAL : GRID_LEAF;
	sheet.note_row = BODY + (unsigned)table.n_row;
	sheet.n_row = sheet.note_row + (unsigned)n_note;
	page.chart_row = sheet.n_row + 1;
	return page_breaks_of(&said, &page, a);
}

static void check(const char *kinds, size_t n_note, const char *want)
{
	struct arena a = { 0 };
	struct page_breaks made = breaks_of(kinds, n_note, false, 0, &a);
	const char *text = "";

	for (size_t i = 0; i < made.n; i++)
		text = arena_printf(&a, "%s %u", text, made.row[i] - BODY);
	assert_string_equal(text, want);
	arena_clear(&a);
}

static void test_groups(void **state)
{
	(void)state;
	check("gllgll", 0, "");
	check("gllglllgll", 0, " 3"); /* the second would end at 100 of 95 pt */
	check("gllglllglll", 0, " 3 7");
	check("glllllllllglll", 0, " 10"); /* no page has room for the first */
	check("gglggll", 0, " 3"); /* a group in a group */
	check("llllllllllll", 0, "");
	check("gllgll", 1, " 3"); /* notes stay with the last */
	check("llllll", 1, " 5");
}

static void test_sums(void **state)
{
	(void)state;
	check("lllggt", 0, "");	   /* all is one page */
	check("lllgggt", 0, " 3");
	check("lllllllllgg", 0, " 9");
	check("llllllllll", 0, "");
	check("lllllllllt", 0, "");	/* the last row alone begins no page */
	check("gggggggggg", 0, ""); /* nothing stands before them */
}

static void test_charts(void **state)
{
	struct arena a = { 0 };
	struct page_breaks made;

	(void)state;
	made = breaks_of("ll", 0, false, 3, &a);
	assert_int_equal(made.n, 2);
	assert_int_equal(made.row[0], BODY + 2);
	assert_int_equal(made.row[1], BODY + 2 + 2 * (PAGE_CHART_ROWS + 1));
	assert_int_equal(breaks_of("lllgggt", 0, true, 1, &a).n, 0);
	arena_clear(&a);
}

/* Below a title alone: the first lines are on its page. */
static void test_charts_alone(void **state)
{
	const struct worksheet said = { .n_title = 1 };
	struct page_style paper = { .width_mm = 100 * mm_per_pt, .height_mm = 100 * mm_per_pt };
	struct sheet_page page = { .paper = &paper, .width_pt = 100, .chart_row = TOP, .n_line = 5, .lines_of_page = 2 };
	struct arena a = { 0 };
	struct page_breaks made = page_breaks_of(&said, &page, &a);

	(void)state;
	assert_int_equal(made.n, 2);
	assert_int_equal(made.row[0], TOP - 1 + 2 * (PAGE_CHART_ROWS + 1));
	assert_int_equal(made.row[1], TOP - 1 + 4 * (PAGE_CHART_ROWS + 1));
	arena_clear(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_groups),
		cmocka_unit_test(test_sums),
		cmocka_unit_test(test_charts),
		cmocka_unit_test(test_charts_alone),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
