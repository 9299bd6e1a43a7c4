/* Rows that are kept and pushed again. */
#include "batch/rowstore.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* Writes what is pushed: "sheet!row: name/row/col/kind/rows/cols=text ...\n". */
struct writer {
	struct row_sink sink; /* first */
	struct buf text;
};

static bool write_rows(struct row_sink *sink, const struct row *row, size_t n_row, struct diags *d)
{
	struct buf *b = &((struct writer *)sink)->text;

	(void)d;
	for (size_t i = 0; i < n_row; i++) {
		buf_printf(b, "%s!%u:", row[i].sheet ? row[i].sheet : "-", row[i].row);
		for (size_t k = 0; k < row[i].n_cell; k++) {
			const struct cell *c = &row[i].cell[k];

			buf_printf(b, " %s/%u/%u/%d/%u/%u=", c->name ? c->name : "-", c->row, c->col, (int)c->kind, c->n_rows, c->n_cols);
			buf_put(b, c->text, c->n_text);
		}
		buf_putc(b, '\n');
	}
	return true;
}

static void pushes(const struct row_store *s, uint32_t owner, const char *want)
{
	struct writer w = { .sink = { .take = write_rows } };
	struct diags d = { 0 };
	struct buf rows = { 0 };

	assert_true(row_store_read(s, owner, &rows, &d));
	assert_true(row_store_push(&rows, &w.sink, &d));
	assert_string_equal(w.text.text ? w.text.text : "", want);
	buf_clear(&w.text);
	buf_clear(&rows);
	assert_int_equal(d.n_error, 0);
	diags_clear(&d);
}

static struct cell cell(const char *text, unsigned row, unsigned col)
{
	return (struct cell){ .text = text, .n_text = strlen(text), .row = row, .col = col };
}

static void add(struct row_store *s, uint32_t owner, unsigned row, const char *first, const char *second, unsigned without)
{
	struct cell cells[] = { cell(first, row, 1), cell(second, row, 2) };
	struct row r = { .cell = cells, .n_cell = 2, .row = row };
	struct diags d = { 0 };

	assert_true(row_store_add(s, owner, &r, without, NULL, &d));
	diags_clear(&d);
}

static void test_keeps_owners_apart(void **state)
{
	struct diags d = { 0 };
	struct row_store *s = row_store_open("/tmp", &d);

	(void)state;
	assert_non_null(s);
	add(s, ROWS_OF_ALL, 1, "Mã", "Thôn", 0);
	add(s, 1, 2, "b", "một", 1);
	add(s, 0, 3, "a", "hai", 1);
	add(s, 1, 4, "b", "", 1);
	add(s, ROWS_OF_ALL, 5, "", "hết", 2);
	assert_true(row_store_end(s, 3, &d));
	pushes(s, 0, "-!1: -/1/1/0/0/0=Mã -/1/2/0/0/0=Thôn\n-!5: -/5/1/0/0/0=\n-!3: -/3/2/0/0/0=hai\n");
	pushes(s, 1, "-!1: -/1/1/0/0/0=Mã -/1/2/0/0/0=Thôn\n-!5: -/5/1/0/0/0=\n-!2: -/2/2/0/0/0=một\n-!4: -/4/2/0/0/0=\n");
	pushes(s, 2, "-!1: -/1/1/0/0/0=Mã -/1/2/0/0/0=Thôn\n-!5: -/5/1/0/0/0=\n");
	assert_int_equal(row_store_rows(s, 0), 1);
	assert_int_equal(row_store_rows(s, 1), 2);
	assert_int_equal(row_store_rows(s, 2), 0);
	row_store_close(s);
	diags_clear(&d);
}

static void test_keeps_what_a_file_says(void **state)
{
	struct cell cells[] = {
		{ .text = "12.5", .n_text = 4, .name = "so/ho", .row = 70, .col = 300, .kind = CELL_PERCENT, .n_rows = 200, .n_cols = 3 },
		{ .text = "x", .n_text = 1, .name = "ma", .row = 69, .col = 1, .kind = CELL_ERROR },
	};
	struct row r = { .cell = cells, .n_cell = 2, .row = 69, .sheet = "Biểu 1" };
	struct diags d = { 0 };
	struct row_store *s = row_store_open("/tmp", &d);

	(void)state;
	assert_true(row_store_add(s, 0, &r, 0, NULL, &d));
	assert_true(row_store_add(s, 0, &r, 0, "ma", &d));
	assert_true(row_store_end(s, 1, &d));
	pushes(s, 0, "Biểu 1!69: so/ho/70/300/2/200/3=12.5 ma/69/1/6/0/0=x\nBiểu 1!69: so/ho/70/300/2/200/3=12.5\n");
	row_store_close(s);
	diags_clear(&d);
}

/* More than is written at once. */
static void test_keeps_many(void **state)
{
	enum { MANY = 60000, EACH = 1000 };
	struct diags d = { 0 };
	struct row_store *s = row_store_open("/tmp", &d);
	struct buf rows = { 0 };
	struct writer w = { .sink = { .take = write_rows } };

	(void)state;
	for (unsigned i = 0; i < MANY; i++)
		add(s, i % EACH, i + 1, "một chữ khá dài để đầy bộ nhớ tạm", "hai", 0);
	assert_true(row_store_end(s, EACH, &d));
	assert_true(row_store_read(s, 999, &rows, &d));
	assert_true(row_store_push(&rows, &w.sink, &d));
	assert_int_equal(row_store_rows(s, 999), MANY / EACH);
	assert_non_null(strstr(w.text.text, "-!60000: -/60000/1"));
	assert_non_null(strstr(w.text.text, "-!1000: -/1000/1"));
	buf_clear(&w.text);
	buf_clear(&rows);
	row_store_close(s);
	diags_clear(&d);
}

static void test_needs_a_folder(void **state)
{
	struct diags d = { 0 };

	(void)state;
	assert_null(row_store_open("/nowhere/at/all", &d));
	assert_int_equal(d.n_fault, 1);
	row_store_close(NULL);
	diags_clear(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_keeps_owners_apart),
		cmocka_unit_test(test_keeps_what_a_file_says),
		cmocka_unit_test(test_keeps_many),
		cmocka_unit_test(test_needs_a_folder),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
