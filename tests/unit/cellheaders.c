/* The header cells of each cell, as a reader of the structure tree needs them: under headers of several levels, with a row of
 * column numbers, in tables cut into blocks of columns and over pages. */
#include "documents.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

enum { COLUMNS = 40, ROWS = 60, HEADS = 3, NUMBERED = HEADS + 1 };

static const char *text_at(struct arena *a, size_t row, size_t column)
{
	if (column == 1)
		return row == 5 ? "" : arena_printf(a, "Thôn %zu", row);
	return arena_printf(a, "%zu", row * 1000 + column);
}

static const char *label_at(struct arena *a, size_t column)
{
	return arena_printf(a, "Chỉ tiêu %zu", column);
}

static struct header_cell *cell_put(struct grid_table *t, struct header_cell *to, const char *text, unsigned row,
	unsigned column, unsigned rows, unsigned columns)
{
	*to = (struct header_cell){ text, row, column, rows, columns };
	t->n_header_cell++;
	return to + 1;
}

/* TT | Thôn over three rows; then groups of six columns, each of two of three columns, but for the last two columns, which stand
 * over two rows below one head. */
static const struct grid_table *make_table(struct arena *a, size_t n_column, size_t n_row)
{
	struct grid_shape shape = { n_row, n_column, 2, false, text_at, label_at };
	struct grid_table *t = grid_new(a, &shape);
	struct header_cell *cell = ARENA_ARRAY(a, 3 * n_column, struct header_cell);
	const char **number = ARENA_ARRAY(a, n_column, const char *);
	unsigned n = (unsigned)n_column;
	struct header_cell *next = cell;

	t->n_header = HEADS;
	t->header = cell;
	t->n_header_cell = 0;
	next = cell_put(t, next, "TT", 0, 0, HEADS, 1);
	next = cell_put(t, next, "Thôn", 0, 1, HEADS, 1);
	for (unsigned i = 2; i + 2 < n; i += 6)
		next = cell_put(t, next, "Nhóm", 0, i, 1, i + 6 > n - 2 ? n - 2 - i : 6);
	next = cell_put(t, next, "Cuối", 0, n - 2, 1, 2);
	for (unsigned i = 2; i + 2 < n; i += 3)
		next = cell_put(t, next, "Phần", 1, i, 1, i + 3 > n - 2 ? n - 2 - i : 3);
	next = cell_put(t, next, "A", 1, n - 2, 2, 1);
	next = cell_put(t, next, "B", 1, n - 1, 2, 1);
	for (unsigned i = 2; i + 2 < n; i++)
		next = cell_put(t, next, label_at(a, i), 2, i, 1, 1);
	for (size_t i = 0; i < n_column; i++)
		number[i] = arena_printf(a, "%zu", i + 1);
	t->numbering = number;
	return t;
}

static bool is_cell(const struct element *e)
{
	return e->role == ROLE_HEADER_CELL || e->role == ROLE_DATA_CELL;
}

static int table_of(const struct pages *p, int cell)
{
	return p->element[p->element[cell].parent].parent;
}

/* The header cells above one, from the top: those that lie over its first column. */
static size_t wanted_headers(const struct pages *p, size_t i, int want[NUMBERED])
{
	const struct element *cell = &p->element[i];
	size_t n = 0;

	for (size_t k = 0; k < p->n_element; k++) {
		const struct element *e = &p->element[k];

		if (e->role == ROLE_HEADER_CELL && e->scope == SCOPE_COLUMN && table_of(p, (int)k) == table_of(p, (int)i)
			&& e->row < cell->row && e->column <= cell->column && cell->column < e->column + e->columns)
			want[n++] = (int)k;
	}
	return n;
}

static void check_cell(const struct pages *p, size_t i)
{
	const struct element *cell = &p->element[i];
	int want[NUMBERED];
	size_t n = wanted_headers(p, i, want);

	assert_int_equal(cell->n_header, n);
	for (size_t k = 0; k < n; k++)
		assert_int_equal(cell->header[k], want[k]);
	if (cell->row < NUMBERED) {
		assert_int_equal(cell->scope, SCOPE_COLUMN);
		assert_int_equal(cell->row_header, 0);
		return;
	}
	if (cell->column == 1 && cell->row != NUMBERED + 5) {
		assert_int_equal(cell->role, ROLE_HEADER_CELL);
		assert_int_equal(cell->scope, SCOPE_ROW);
		assert_int_equal(cell->row_header, 0);
		return;
	}
	assert_int_equal(cell->role, ROLE_DATA_CELL);
	assert_int_equal(cell->scope, SCOPE_NONE);
	if (cell->row == NUMBERED + 5) { /* its label is blank */
		assert_int_equal(cell->row_header, 0);
		return;
	}
	assert_int_equal(p->element[cell->row_header].parent, cell->parent);
	assert_int_equal(p->element[cell->row_header].column, 1);
}

/* Each place of a table element is covered by one cell. */
static void check_regular(const struct pages *p, int table)
{
	static unsigned covered[(NUMBERED + ROWS) * COLUMNS];
	unsigned rows = 0;

	memset(covered, 0, sizeof covered);
	for (size_t i = 0; i < p->n_element; i++) {
		const struct element *e = &p->element[i];

		if (!is_cell(e) || table_of(p, (int)i) != table)
			continue;
		rows = e->row + e->rows > rows ? e->row + e->rows : rows;
		for (unsigned row = e->row; row < e->row + e->rows; row++)
			for (unsigned column = e->column; column < e->column + e->columns; column++)
				covered[row * COLUMNS + column]++;
	}
	assert_true(rows > NUMBERED);
	for (unsigned k = 0; k < rows * COLUMNS; k++)
		assert_int_equal(covered[k], covered[k % COLUMNS]);
}

static size_t check_table(void *fonts, size_t n_column, size_t n_row)
{
	struct sheaf s;
	const struct pages *p;
	size_t n_table = 0;

	sheaf_init(&s, fonts);
	sheaf_table(&s, make_table(&s.arena, n_column, n_row));
	assert_true(sheaf_layout(&s));
	p = &s.file[0];
	for (size_t i = 0; i < p->n_element; i++) {
		if (is_cell(&p->element[i]))
			check_cell(p, i);
		if (p->element[i].role != ROLE_TABLE)
			continue;
		n_table++;
		check_regular(p, (int)i);
	}
	sheaf_clear(&s);
	return n_table;
}

static void test_levels(void **state)
{
	assert_int_equal(check_table(*state, 6, 8), 1);
}

static void test_pages(void **state)
{
	assert_int_equal(check_table(*state, 6, ROWS), 1);
}

/* Each block is a table with headers of its own, and its header cells span what the block has of them. */
static void test_blocks(void **state)
{
	assert_true(check_table(*state, COLUMNS, 8) > 1);
	assert_true(check_table(*state, COLUMNS - 5, 8) > 1);
}

/* The rows of a group name the header of its head, which names none, nor do rows outside and totals. */
static void test_groups(void **state)
{
	static const enum grid_row_kind kind[] = { GRID_LEAF, GRID_GROUP, GRID_LEAF, GRID_LEAF, GRID_GROUP, GRID_GROUP, GRID_LEAF, GRID_TOTAL };
	static const unsigned head[] = { 0, 0, 2, 2, 0, 0, 0, 0 }; /* row + 1; the label of row 5 is blank */
	struct sheaf s;
	const struct pages *p;
	struct grid_table *t;

	sheaf_init(&s, *state);
	t = ARENA_NEW(&s.arena, struct grid_table);
	*t = *make_table(&s.arena, 6, 8);
	t->row_kind = kind;
	sheaf_table(&s, t);
	assert_true(sheaf_layout(&s));
	p = &s.file[0];
	for (size_t i = 0; i < p->n_element; i++) {
		const struct element *e = &p->element[i];
		unsigned want = is_cell(e) && e->row >= NUMBERED ? head[e->row - NUMBERED] : 0;

		assert_int_equal(e->group_header != 0, want != 0);
		if (want) {
			assert_int_equal(p->element[e->group_header].row, NUMBERED + want - 1);
			assert_int_equal(p->element[e->group_header].scope, SCOPE_ROW);
		}
	}
	sheaf_clear(&s);
}

static int open_fonts(void **state)
{
	struct diags d = { 0 };

	*state = fonts_open(NULL, &d);
	diags_clear(&d);
	return *state ? 0 : -1;
}

static int close_fonts(void **state)
{
	fonts_close(*state);
	return 0;
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_levels),
		cmocka_unit_test(test_pages),
		cmocka_unit_test(test_blocks),
		cmocka_unit_test(test_groups),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
