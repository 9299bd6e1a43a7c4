/* Rows of a source among the areas of a list. */
#include "batch/divide.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Areas "1" and "2", a source with codes in its first column, and where its rows go. */
struct dividing {
	struct arena arena;
	struct diags diags;
	struct library library;
	struct job_list list;
	struct row_store *store;
	struct divider *divider;
	bool spoilt[2];
	unsigned row;
};

static int set_up(void **state)
{
	static const struct source source = { .id = "areas", .dataset = "poverty-targets", .shown = "x.xlsx", .by = "Mã xã" };
	struct dividing *t = memory_new(1, sizeof *t);
	const struct dataset *dataset;

	library_init(&t->library, &t->arena);
	library_add(&t->library, "templates", "templates");
	t->list.n_area = 2;
	t->list.source.shown = "xa.csv";
	map_init(&t->list.codes, &t->arena);
	map_init(&t->list.bad_codes, &t->arena);
	map_add(&t->list.codes, "1", 0, NULL);
	map_add(&t->list.codes, "2", 1, NULL);
	dataset = dataset_read(&t->library, source.dataset, source.at, &t->arena, &t->diags);
	t->store = row_store_open("/tmp", &t->diags);
	assert_non_null(dataset);
	t->divider = divider_new(&source, dataset, &t->list, &t->library, t->store, t->spoilt, &t->arena, &t->diags);
	assert_non_null(t->divider);
	*state = t;
	return 0;
}

static int tear_down(void **state)
{
	struct dividing *t = *state;

	row_store_close(t->store);
	diags_clear(&t->diags);
	arena_clear(&t->arena);
	free(t);
	return 0;
}

/* n_rows: that the cell of the code is merged over. */
static void push(struct dividing *t, const char *code, const char *name, unsigned n_rows)
{
	struct row_sink *sink = divider_rows(t->divider);
	struct cell cell[] = {
		{ .text = code, .n_text = strlen(code), .row = ++t->row, .col = 1, .n_rows = n_rows },
		{ .text = name, .n_text = strlen(name), .row = t->row, .col = 2 },
		{ .text = "30", .n_text = 2, .row = t->row, .col = 3, .kind = CELL_NUMBER },
	};
	struct row row = { cell, sizeof cell / sizeof *cell, t->row, NULL };

	assert_true(sink->take(sink, &row, 1, &t->diags));
}

static size_t end(struct dividing *t)
{
	size_t n_lost;

	assert_true(divider_end(t->divider, &n_lost, &t->diags));
	return n_lost;
}

static void begin(struct dividing *t)
{
	push(t, "Mã xã", "Tên thôn", 0);
}

static void test_merged_code_is_of_its_rows(void **state)
{
	struct dividing *t = *state;

	begin(t);
	push(t, "2", "một", 3);
	push(t, "", "hai", 0);
	push(t, "", "ba", 0);
	push(t, "", "bốn", 0);
	assert_int_equal(end(t), 1);
	assert_int_equal(row_store_rows(t->store, 0), 0);
	assert_int_equal(row_store_rows(t->store, 1), 3);
}

static void test_merged_unknown_code_is_of_nobody(void **state)
{
	struct dividing *t = *state;

	begin(t);
	push(t, "9", "lạ", 3);
	push(t, "", "lạ", 0);
	push(t, "", "lạ", 0);
	push(t, "1", "quen", 0);
	assert_int_equal(end(t), 3);
	assert_int_equal(row_store_rows(t->store, 0), 1);
	assert_int_equal(row_store_rows(t->store, 1), 0);
	assert_int_equal(t->diags.n_error, 2); /* the code, and how many rows in all */
}

static void test_merged_unknown_code_ends_a_known_one(void **state)
{
	struct dividing *t = *state;

	begin(t);
	push(t, "2", "một", 2);
	push(t, "", "hai", 0);
	push(t, "9", "lạ", 2);
	push(t, "", "lạ", 0);
	push(t, "2", "ba", 3);
	push(t, "9", "lạ", 0); /* within the merged cell: a code of its own */
	push(t, "", "không mã", 0);
	assert_int_equal(end(t), 4);
	assert_int_equal(row_store_rows(t->store, 0), 0);
	assert_int_equal(row_store_rows(t->store, 1), 3);
}

/* A row whose code is known or not, in front of the header, among the rows it is looked for in, and behind. */
static void test_faults_spoil_their_areas(void **state)
{
	struct dividing *t = *state;
	struct row_faults *faults = divider_faults(t->divider);
	struct cell code = { .text = "02", .n_text = 2, .col = 1 };
	struct row known = { &code, 1, 7, NULL };
	struct row unknown = { NULL, 0, 8, NULL };
	struct list_area area[] = { { .name = "một", .code = "1" }, { .name = "hai", .code = "2" } };

	t->list.area = area;
	begin(t);
	assert_true(faults->tell(faults, ROW_QUOTE, &known, &t->diags));
	assert_false(t->spoilt[1]); /* where the codes stand is not known yet */
	for (int i = 0; i < 60; i++)
		push(t, "1", "quen", 0);
	assert_true(t->spoilt[1]);
	for (int i = 0; i < 30; i++)
		assert_true(faults->tell(faults, ROW_BYTES, &unknown, &t->diags));
	assert_int_equal(end(t), 31);
	assert_false(t->spoilt[0]);
	assert_int_equal(row_store_rows(t->store, 0), 60);
	assert_int_equal(row_store_rows(t->store, 1), 0);
	assert_int_equal(t->diags.n_error, 1 + DIVIDE_PLACES + 1); /* and how many rows in all */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_merged_code_is_of_its_rows, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_merged_unknown_code_is_of_nobody, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_merged_unknown_code_ends_a_known_one, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_faults_spoil_their_areas, set_up, tear_down),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
