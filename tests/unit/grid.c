#include "base/grid.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static bool give(struct grid *g, unsigned row, char *text, const char *name)
{
	struct cell cells[] = {
		{ text, strlen(text), name, row, 1, CELL_TEXT, 1, 1 },
		{ "12", 1, NULL, row, 3, CELL_TEXT, 1, 1 },
		{ NULL, 0, NULL, row, 4, CELL_TEXT, 1, 1 },
	};
	struct row r = { cells, sizeof cells / sizeof *cells, row, NULL };
	struct diags d = { 0 };
	bool ok = g->sink.take(&g->sink, &r, 1, &d);

	diags_clear(&d);
	return ok;
}

static void test_keeps(void **state)
{
	struct arena a = { 0 };
	struct grid g;
	char text[] = "Tổ 1";

	(void)state;
	grid_init(&g, &a, 0);
	for (unsigned i = 1; i <= 100; i++) {
		char name[] = "don_vi";

		assert_true(give(&g, i, text, i == 2 ? name : NULL));
	}
	text[0] = 'x'; /* the grid has its own copy */
	assert_int_equal(g.n_row, 100);
	assert_int_equal(g.row[99].row, 100);
	assert_int_equal(g.row[0].n_cell, 3);
	assert_string_equal(g.row[0].cell[0].text, "Tổ 1");
	assert_int_equal(g.row[0].cell[0].n_text, strlen("Tổ 1"));
	assert_null(g.row[0].cell[0].name);
	assert_string_equal(g.row[1].cell[0].name, "don_vi");
	assert_string_equal(g.row[1].cell[1].text, "1");
	assert_int_equal(g.row[1].cell[1].col, 3);
	assert_string_equal(g.row[1].cell[2].text, "");
	arena_clear(&a);
}

static void test_limit(void **state)
{
	struct arena a = { 0 };
	struct grid g;
	char text[] = "x";

	(void)state;
	grid_init(&g, &a, 2);
	for (unsigned i = 1; i <= 5; i++)
		assert_true(give(&g, i, text, NULL));
	assert_int_equal(g.n_row, 2);
	assert_int_equal(g.row[1].row, 2);
	arena_clear(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_keeps),
		cmocka_unit_test(test_limit),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
