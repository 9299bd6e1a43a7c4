#include "compose/plan.h"

#include "composed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

enum { NO, AREA, HOUSEHOLDS, POOR, RATE, EXITS, END, NOTE, COLUMNS };

static const struct grid_table *grid(struct sample *s)
{
	static const char xml[]
		= "<plan xmlns='urn:kehoach:plan:1'><title>T</title><table ref='targets'/></plan>";
	const struct document *doc = NULL;
	const struct plan *plan
		= plan_read_bytes(xml, strlen(xml), "plan.xml", NULL, &s->arena, &s->diags);

	struct compose_input in = { .job = &s->job, .plan = plan, .tables = &s->all, .flags = COMPOSE_DRAFT };

	assert_non_null(plan);
	assert_true(compose(&in, &s->library, &s->arena, &doc, &s->diags));
	assert_string_equal(doc->draft, "DỰ THẢO");
	return doc->sheet[0];
}

static const struct grid_cell *cell(const struct grid_table *g, size_t row, size_t column)
{
	return &g->cell[row * g->n_column + column];
}

static const char *formula_at(
	struct sample *s, const struct grid_table *g, size_t row, size_t column)
{
	struct formula formula = grid_cell_formula(cell(g, row, column));

	return formula.token ? formula_text(formula_in_row(formula, row, &s->arena), 2, 0, &s->arena) : "";
}

static void test_header(void **state)
{
	static const struct header_cell want[] = {
		{ "TT", 0, 0, 2, 1 },
		{ "Đơn vị", 0, 1, 2, 1 },
		{ "Số hộ", 0, 2, 2, 1 },
		{ "Hộ nghèo đầu năm", 0, 3, 1, 2 },
		{ "Giảm", 0, 5, 2, 1 },
		{ "Cuối năm", 0, 6, 2, 1 },
		{ "Ghi chú", 0, 7, 2, 1 },
		{ "Số hộ", 1, 3, 1, 1 },
		{ "Tỷ lệ (%)", 1, 4, 1, 1 },
	};
	struct sample s;
	const struct grid_table *g;

	(void)state;
	sample_init(&s);
	g = grid(&s);
	assert_int_equal(g->n_header, 2);
	assert_int_equal(g->n_header_cell, sizeof want / sizeof *want);
	for (size_t i = 0; i < g->n_header_cell; i++) {
		assert_string_equal(g->header[i].text, want[i].text);
		assert_int_equal(g->header[i].row, want[i].row);
		assert_int_equal(g->header[i].column, want[i].column);
		assert_int_equal(g->header[i].rows, want[i].rows);
		assert_int_equal(g->header[i].columns, want[i].columns);
	}
	sample_clear(&s);
}

static void test_columns(void **state)
{
	static const char *const numbering[] = { "A", "B", "1", "2", "3=2/1*100", "4", "5", "6" };
	struct sample s;
	const struct grid_table *g;

	(void)state;
	sample_init(&s);
	g = grid(&s);
	assert_int_equal(g->n_column, COLUMNS);
	assert_int_equal(g->stub, 2);
	for (size_t i = 0; i < COLUMNS; i++)
		assert_string_equal(g->numbering[i], numbering[i]);
	assert_int_equal(g->column[NO].align, ALIGN_CENTRE);
	assert_int_equal(g->column[AREA].align, ALIGN_LEFT);
	assert_int_equal(g->column[RATE].align, ALIGN_DECIMAL);
	assert_string_equal(g->column[AREA].number_format, "@");
	assert_string_equal(g->column[RATE].number_format, "#,##0.00");
	assert_string_equal(g->column[EXITS].number_format, "#,#00");
	assert_string_equal(g->unit_line, "Đơn vị tính: hộ");
	assert_string_equal(g->continued, "(tiếp theo)");
	sample_clear(&s);
}

static void test_cells(void **state)
{
	struct sample s;
	const struct grid_table *g;

	(void)state;
	sample_init(&s);
	g = grid(&s);
	assert_int_equal(g->n_row, SAMPLE_ROWS);
	assert_int_equal(g->row_kind[3], GRID_TOTAL);
	assert_string_equal(g->row_key[3], "total");
	assert_string_equal(cell(g, 0, NO)->text, "1");
	assert_string_equal(cell(g, 0, HOUSEHOLDS)->text, "1.128");
	assert_string_equal(cell(g, 0, RATE)->text, "0,44");
	assert_string_equal(cell(g, 0, EXITS)->text, "02");
	assert_string_equal(cell(g, 2, RATE)->text, "-");
	assert_string_equal(cell(g, 2, EXITS)->text, "");
	assert_string_equal(cell(g, 0, NOTE)->text, "có");
	assert_int_equal(cell(g, 3, HOUSEHOLDS)->flags, RUN_BOLD);
	assert_int_equal(g->n_note, 1);
	assert_string_equal(g->note[0], "Cột “Giảm”: cộng của 2/3 địa bàn có số liệu.");
	assert_int_equal(g->facts->n_column, SAMPLE_COLUMNS);
	assert_string_equal(g->facts->row[3].kind, "total");
	assert_false(g->facts->column[SAMPLE_AREA].is_number);
	assert_true(g->facts->column[SAMPLE_HIDDEN].is_number);
	sample_clear(&s);
}

/* C households, D poor_start, E rate_start, F exits, G poor_end; first row 2. */
static void test_formulas(void **state)
{
	struct sample s;
	const struct grid_table *g;

	(void)state;
	sample_init(&s);
	g = grid(&s);
	assert_string_equal(formula_at(&s, g, 0, HOUSEHOLDS), "");
	assert_string_equal(formula_at(&s, g, 0, NOTE), "");
	assert_non_null(strstr(formula_at(&s, g, 0, RATE), "D2*100/C2"));
	assert_non_null(
		strstr(formula_at(&s, g, 1, END), "F3")); /* the hidden column's own expression */
	assert_non_null(strstr(formula_at(&s, g, 3, HOUSEHOLDS), "SUM(C2:C4)"));
	assert_non_null(strstr(formula_at(&s, g, 3, RATE), "D5*100/C5"));
	assert_non_null(strstr(formula_at(&s, g, 3, EXITS), "F2:F4"));
	sample_clear(&s);
}

static void test_rounded_formulas(void **state)
{
	struct sample s;
	const struct grid_table *g;

	(void)state;
	sample_init(&s);
	s.column[SAMPLE_RATE].rounding = ROUND_TRUNCATE;
	sample_indicator(&s, SAMPLE_END, "rate_start * households", "hộ");
	s.column[SAMPLE_END].summed = false;
	g = grid(&s);
	assert_non_null(strstr(formula_at(&s, g, 0, RATE), "TRUNC"));
	assert_null(strstr(formula_at(&s, g, 0, END), "E2")); /* never the cell that rounds */
	assert_non_null(strstr(formula_at(&s, g, 0, END), "D2"));
	sample_clear(&s);
}

static void test_total_not_printed(void **state)
{
	struct sample s;
	const struct grid_table *g;

	(void)state;
	sample_init(&s);
	s.table.total_printed = false;
	g = grid(&s);
	assert_int_equal(g->n_row, 3);
	assert_int_equal(g->n_note, 0);
	assert_int_equal(g->facts->n_row, 4);
	sample_clear(&s);
}

/* Nothing that a workbook shows lies in the table's memory. */
static void test_outlives_table(void **state)
{
	struct sample s;
	const struct grid_table *g;

	(void)state;
	sample_init(&s);
	g = grid(&s);
	assert_ptr_not_equal(g->id, s.table.id);
	assert_ptr_not_equal(g->title, s.table.title);
	assert_ptr_not_equal(g->header[1].text, s.column[SAMPLE_AREA].label[0]);
	for (size_t i = 0; i < SAMPLE_ROWS; i++)
		assert_ptr_not_equal(g->row_key[i], s.row[i].key);
	assert_string_equal(cell(g, 0, AREA)->text, s.cell[SAMPLE_AREA].text);
	assert_ptr_not_equal(cell(g, 0, AREA)->text, s.cell[SAMPLE_AREA].text);
	assert_ptr_not_equal(g->column[RATE].unit, s.column[SAMPLE_RATE].unit);
	sample_clear(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_header),
		cmocka_unit_test(test_columns),
		cmocka_unit_test(test_cells),
		cmocka_unit_test(test_formulas),
		cmocka_unit_test(test_rounded_formulas),
		cmocka_unit_test(test_total_not_printed),
		cmocka_unit_test(test_outlives_table),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
