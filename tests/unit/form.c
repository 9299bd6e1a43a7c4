/* A form made of small jobs: its columns and rows, and that what is filled in reads back. */
#include "compose/form.h"
#include "base/buf.h"
#include "audited.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define AREA "<field id='area' type='area' key='yes' required='yes' needed='yes'><name>Đơn vị</name></field>"
#define HOUSEHOLDS "<field id='households' type='count' unit='hộ' required='yes' needed='yes'><name>Số hộ</name></field>"
#define POOR \
	"<field id='poor' type='count' unit='hộ' required='yes'><name>Hộ nghèo {period} &gt; Số hộ</name></field>"
#define RATE "<field id='rate' type='rate' unit='%'><name>Hộ nghèo {period} &gt; Tỷ lệ</name></field>"
#define KIND "<field id='kind' type='text' needed='yes'><name>Loại</name></field>"
#define NUMBER "<field id='row_no' type='text'><name>TT</name></field>"
#define REMARK "<field id='remark' type='text'><name>Ghi chú</name></field>"

#define TABLE \
	"<column id='no' label='TT' is='ordinal'/><column id='label' label='Đơn vị' is='label'/>" \
	"<column id='households' label='Số hộ'/><group label='Hộ nghèo {period}'><column id='poor' label='Số hộ'/>" \
	"<column id='rate' label='Tỷ lệ' unit='%' value='poor / households * 100'/></group><column id='remark' label='Ghi chú'/>" \
	"<total label='Cộng'/>"

static const struct files full = {
	.period = "2024",
	.dataset = AREA HOUSEHOLDS POOR RATE KIND NUMBER REMARK,
	.rows = "",
	.table = TABLE,
	.current = "Đơn vị;Số hộ;Hộ nghèo 2024 > Số hộ;Loại\nThôn 2;1;1;xã\nThôn 1;2;2;xã\nThôn 3;3;3;phường\n",
	.previous = "Đơn vị;Số hộ;Hộ nghèo 2023 > Số hộ;Hộ nghèo 2023 > Tỷ lệ;Loại\nThôn 1;20;2;10;xã\nThôn 2;10;;;xã\nCộng;30;2;;\n",
};

struct formed {
	struct computed *c;
	const struct form *form;
};

static struct formed formed_of(struct computed *c)
{
	struct formed f = { .c = c };
	struct form_input input = { 0 };

	assert_true(f.c->ok);
	input.rows = model_find(&f.c->model, "d", SOURCE_CURRENT);
	input.dataset = input.rows->dataset;
	input.previous = model_find(&f.c->model, "d", SOURCE_PREVIOUS);
	library_add(&f.c->library, "templates", "templates");
	assert_true(form_make(&f.c->model, &input, 1, &f.c->library, &f.c->arena, &f.form, &f.c->diags));
	assert_int_equal(f.form->n_sheet, 1);
	return f;
}

static struct formed formed_new(const struct files *files)
{
	return formed_of(computed_model(files));
}

/* "given", "entry" ... and the header path of each column. */
static const char *columns_text(const struct form_sheet *sheet, struct buf *b)
{
	static const char *const kinds[] = { "given", "entry", "reference", "gap" };
	const struct grid_table *t = sheet->table;

	for (size_t c = 0; c < t->n_column; c++) {
		buf_puts(b, kinds[sheet->column[c].kind]);
		for (size_t i = 0; i < t->n_header_cell; i++)
			if (c - t->header[i].column < t->header[i].columns)
				buf_printf(b, "|%s", t->header[i].text);
		buf_putc(b, '\n');
	}
	return b->text;
}

static void test_columns(void **state)
{
	struct formed f = formed_new(&full);
	const struct form_sheet *sheet = f.form->sheet;
	struct buf b = { 0 };

	(void)state;
	assert_string_equal(sheet->name, "d");
	assert_string_equal(columns_text(sheet, &b),
		"given|TT\ngiven|Đơn vị\nentry|Loại\nentry|Số hộ\nentry|Hộ nghèo 2024|Số hộ\nentry|Ghi chú\ngap\n"
		"reference|Năm 2023 (tham khảo)|(Số hộ)\nreference|Năm 2023 (tham khảo)|(Hộ nghèo 2023, Số hộ)\n"
		"reference|Năm 2023 (tham khảo)|(Hộ nghèo 2023, Tỷ lệ)\n");
	assert_non_null(strstr(sheet->how, "Cột 3, 4: dòng nào cũng phải ghi"));
	assert_string_equal(sheet->table->unit_line, "Đơn vị tính: hộ");
	assert_string_equal(sheet->table->numbering[5], "(6)");
	assert_string_equal(sheet->table->numbering[7], "");
	assert_string_equal(sheet->table->title, "D năm 2024");
	buf_clear(&b);
	computed_free(f.c);
}

static const char *text_at(const struct form_sheet *sheet, size_t row, size_t column)
{
	return sheet->table->cell[row * sheet->table->n_column + column].text;
}

static void test_rows(void **state)
{
	struct formed f = formed_new(&full);
	const struct form_sheet *sheet = f.form->sheet;

	(void)state;
	assert_int_equal(sheet->table->n_row, 4);
	assert_string_equal(text_at(sheet, 0, 0), "1");
	assert_string_equal(text_at(sheet, 0, 1), "Thôn 2");
	assert_string_equal(text_at(sheet, 2, 2), "phường");
	assert_string_equal(text_at(sheet, 0, 3), ""); /* never the figures that are there */
	assert_string_equal(text_at(sheet, 0, 7), "10");
	assert_string_equal(text_at(sheet, 0, 8), "");
	assert_string_equal(text_at(sheet, 1, 9), "10");
	assert_string_equal(text_at(sheet, 2, 7), ""); /* new */
	assert_string_equal(text_at(sheet, 3, 1), "Cộng");
	assert_string_equal(text_at(sheet, 3, 7), ""); /* one is missing */
	assert_string_equal(formula_text(grid_cell_formula(&sheet->table->cell[3 * sheet->table->n_column + 3]), 1, 0, &f.c->arena),
		"=IF(COUNT(D1:D3)=3,SUM(D1:D3),\"...\")");
	computed_free(f.c);
}

/* The year before is found by the form of names, also through a crosswalk. */
static void test_spellings(void **state)
{
	struct audited files = {
		.dataset = AREA HOUSEHOLDS,
		.table = "<column id='label' label='Đơn vị' is='label'/><column id='households' label='Số hộ'/>",
		.current = "Đơn vị;Số hộ\nTDP số 1;1\nKP. IV;2\n",
		.previous = "Đơn vị;Số hộ\nTổ 01;10\nKhu phố 4;20\nKhu phố V;5\n",
		.sources = "<crosswalk href='x.csv'/>",
		.more = { { "x.csv", "Đơn vị cũ;Đơn vị mới;Ngày hiệu lực;Tỷ lệ\nkhu phố 05;Khu phố 04;2024-01-01;\nTổ 1;TDP 1;2024-01-01;\n" } },
	};
	struct formed f = formed_of(audited_model(&files));
	const struct form_sheet *sheet = f.form->sheet;

	(void)state;
	assert_int_equal(sheet->table->n_row, 3);
	assert_string_equal(text_at(sheet, 0, sheet->table->n_column - 1), "10");
	assert_string_equal(text_at(sheet, 1, sheet->table->n_column - 1), "25");
	computed_free(f.c);
}

static void test_entries(void **state)
{
	struct formed f = formed_new(&full);
	const struct form_column *column = f.form->sheet->column;

	(void)state;
	assert_int_equal(column[3].entry.check, ENTRY_WHOLE);
	assert_int_equal(column[3].entry.least, 0);
	assert_non_null(strstr(column[3].entry.prompt, "Đơn vị tính: hộ."));
	assert_non_null(strstr(column[3].entry.prompt, "Dòng nào cũng phải có."));
	assert_non_null(strstr(column[3].entry.error, "từ 0 đến 99.999.999"));
	assert_non_null(strstr(column[4].comment, "Hộ nghèo 2024 - Số hộ\n"));
	assert_int_equal(column[2].entry.check, ENTRY_LIST);
	assert_string_equal(column[2].entry.choice[0], "xã");
	assert_string_equal(column[2].entry.choice[1], "phường");
	assert_null(column[2].entry.choice[2]);
	assert_true(column[2].entry.may_differ);
	assert_int_equal(column[5].entry.check, ENTRY_ANY);
	assert_null(column[5].entry.error);
	assert_null(column[6].comment);
	computed_free(f.c);
}

/* ---- filled in and read ---- */

static void push_merged(struct computed *c, struct row *row, size_t column, const char *text, unsigned n_rows, unsigned n_cols)
{
	struct cell *cell = (struct cell *)row->cell;

	if (*text)
		cell[row->n_cell++] = (struct cell){ .text = arena_text(&c->arena, text), .n_text = strlen(text), .row = row->row,
			.col = (unsigned)column + 1, .n_rows = n_rows, .n_cols = n_cols };
}

static void push_cell(struct computed *c, struct row *row, size_t column, const char *text)
{
	push_merged(c, row, column, text, 1, 1);
}

static struct row new_row(struct computed *c, const struct grid_table *t, unsigned at)
{
	return (struct row){ .cell = ARENA_ARRAY(&c->arena, t->n_column, struct cell), .row = at };
}

/* The sheet as a reader gives it, "7" in each cell that is to be filled in. */
static size_t rows_of(struct computed *c, const struct form_sheet *sheet, struct row *row)
{
	const struct grid_table *t = sheet->table;
	unsigned n = 0;

	row[n] = new_row(c, t, n + 1);
	push_cell(c, &row[n++], 0, t->title);
	for (unsigned h = 0; h < t->n_header; h++, n++) {
		row[n] = new_row(c, t, n + 1);
		for (size_t i = 0; i < t->n_header_cell; i++)
			if (t->header[i].row == h)
				push_merged(c, &row[n], t->header[i].column, t->header[i].text, t->header[i].rows,
					t->header[i].columns);
	}
	row[n] = new_row(c, t, n + 1);
	for (size_t k = 0; k < t->n_column; k++)
		push_cell(c, &row[n], k, t->numbering[k]);
	n++;
	for (size_t r = 0; r < t->n_row; r++, n++) {
		row[n] = new_row(c, t, n + 1);
		for (size_t k = 0; k < t->n_column; k++) {
			bool is_open = sheet->column[k].kind == FORM_ENTRY && t->row_kind[r] == GRID_LEAF;

			push_cell(c, &row[n], k, is_open && !*text_at(sheet, r, k) ? "7" : text_at(sheet, r, k));
		}
	}
	return n;
}

static void test_read_back(void **state)
{
	struct formed f = formed_new(&full);
	const struct data *asked = &f.c->model.data[0];
	struct data_sink *sink = data_sink_new(asked->source, asked->dataset, &f.c->library, &f.c->arena);
	struct row *row = ARENA_ARRAY(&f.c->arena, 16, struct row);
	size_t n_finding = f.c->diags.n_finding;
	struct data read;
	size_t n = rows_of(f.c, f.form->sheet, row);

	(void)state;
	assert_true(data_sink_rows(sink)->take(data_sink_rows(sink), row, n, &f.c->diags));
	assert_true(data_sink_finish(sink, &read, &f.c->diags));
	assert_int_equal(f.c->diags.n_finding, n_finding); /* not even a note */
	assert_int_equal(read.n_row, 3);
	assert_non_null(read.total);
	assert_int_equal(read.total->datum[1].figure.state, FIGURE_MISSING); /* "..." */
	for (size_t i = 0; i < 3; i++) {
		assert_string_equal(read.row[i].label, asked->row[i].label);
		assert_int_equal(read.row[i].datum[1].figure.x.num, 7);
		assert_int_equal(read.row[i].datum[2].figure.x.num, 7);
		assert_int_equal(read.row[i].datum[3].figure.state, FIGURE_MISSING); /* computed */
		assert_string_equal(read.row[i].datum[4].text, asked->row[i].datum[4].text);
		assert_string_equal(read.row[i].datum[6].text, "7");
	}
	computed_free(f.c);
}

/* ---- types, and datasets that no table shows ---- */

static void test_types(void **state)
{
	static const struct files files = {
		.period = "2024-05",
		.dataset = AREA "<field id='month' type='month' key='yes' required='yes'><name>Tháng</name></field>"
				"<field id='cost' type='money' unit='đồng' required='yes'/>"
				"<field id='change' type='rate' unit='%' signed='yes' required='yes'/>"
				"<field id='share' type='rate' unit='%' required='yes'/>"
				"<field id='many' type='number' required='yes'/><field id='done' type='flag' required='yes'/>"
				"<field id='day' type='date' required='yes'/><field id='other' type='text' required='yes'/>",
		.rows = "",
		.table = "<column id='cost' label='Chi phí' total='none'/>",
		.current = "Đơn vị;Tháng;cost;change;share;many;done;day;other\nA;4;1;1;1;1;x;1/1/2024;o\nA;5;1;1;1;1;x;1/1/2024;o\n"
			   "B;5;1;1;1;1;x;1/1/2024;o\n",
	};
	static const enum entry_check checks[] = { ENTRY_DECIMAL, ENTRY_DECIMAL, ENTRY_DECIMAL, ENTRY_DECIMAL, ENTRY_LIST, ENTRY_DATE,
		ENTRY_ANY };
	struct formed f = formed_new(&files);
	const struct form_sheet *sheet = f.form->sheet;
	struct buf b = { 0 };

	(void)state;
	/* The table's heading is none that the dataset knows. */
	assert_string_equal(columns_text(sheet, &b),
		"given|Đơn vị\ngiven|Tháng\nentry|cost\nentry|change\nentry|share\nentry|many\nentry|done\nentry|day\nentry|other\n");
	assert_int_equal(sheet->table->n_row, 3);
	assert_string_equal(text_at(sheet, 1, 1), "5");
	assert_int_equal(sheet->table->cell[2 * sheet->table->n_column + 2].n_token, 0);
	assert_int_equal(sheet->column[2].entry.check, checks[0]);
	for (size_t i = 1; i < sizeof checks / sizeof *checks; i++)
		assert_int_equal(sheet->column[i + 2].entry.check, checks[i]);
	assert_int_equal(sheet->column[3].entry.least, -100);
	assert_int_equal(sheet->column[4].entry.least, 0);
	assert_int_equal(sheet->column[4].entry.most, 100);
	assert_true(sheet->column[5].entry.least < -1000000);
	assert_string_equal(sheet->table->unit_line, "Đơn vị tính: đồng (cột 3); % (cột 4, 5)");
	assert_null(strstr(sheet->how, "dòng nào cũng phải ghi"));
	assert_string_equal(sheet->table->column[3].number_format, "General\"%\"");
	assert_null(sheet->table->column[2].number_format);
	assert_string_equal(sheet->table->title, "D tháng 05 năm 2024");
	buf_clear(&b);
	computed_free(f.c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_columns),
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_spellings),
		cmocka_unit_test(test_entries),
		cmocka_unit_test(test_read_back),
		cmocka_unit_test(test_types),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
