/* A workbook made of the sample, looked at part by part, as unzip gives them. */
#include "base/file.h"
#include "render/backend.h"
#include "render/sheet.h"
#include "rendered.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

enum { PART_MAX = 65536 };

struct fixture {
	struct sample sample;
	struct arena arena;
	struct diags diags;
	struct fonts *fonts;
	char path[64];
};

static int open_fixture(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	int fd;

	assert_non_null(f);
	sample_init(&f->sample);
	f->fonts = fonts_open(NULL, &f->diags);
	assert_non_null(f->fonts);
	strcpy(f->path, "/tmp/kehoach-xlsx-XXXXXX");
	fd = mkstemp(f->path);
	assert_true(fd >= 0);
	close(fd);
	*state = f;
	return 0;
}

static int close_fixture(void **state)
{
	struct fixture *f = *state;

	file_remove(f->path);
	fonts_close(f->fonts);
	diags_clear(&f->diags);
	arena_clear(&f->arena);
	free(f);
	return 0;
}

static void write_book(struct fixture *f)
{
	assert_true(backend_xlsx.write(&f->sample.document, f->fonts, f->path, &f->diags));
}

static const char *part(struct fixture *f, const char *name)
{
	char *text = arena_array(&f->arena, 1, PART_MAX);
	FILE *pipe = popen(arena_printf(&f->arena, "unzip -p %s %s", f->path, name), "r");

	assert_non_null(pipe);
	text[fread(text, 1, PART_MAX - 1, pipe)] = '\0';
	assert_int_equal(pclose(pipe), 0);
	return text;
}

static void holds(const char *text, const char *what)
{
	if (!strstr(text, what))
		fail_msg("%s is not in %s", what, text);
}

static void test_same_bytes(void **state)
{
	struct fixture *f = *state;
	struct bytes a;
	struct bytes b;

	write_book(f);
	assert_true(file_read(f->path, f->path, 1 << 20, &f->arena, &a, &f->diags));
	write_book(f);
	assert_true(file_read(f->path, f->path, 1 << 20, &f->arena, &b, &f->diags));
	assert_int_equal(a.n, b.n);
	assert_memory_equal(a.data, b.data, a.n);
	holds(part(f, "docProps/core.xml"), "2023-03-09T00:00:00Z");
}

/* Title in row 1, unit line 2, header 3 and 4, numbers of columns 5, body 6 to 9, note 10. */
static void test_formulas(void **state)
{
	struct fixture *f = *state;
	const char *sheet;

	write_book(f);
	sheet = part(f, "xl/worksheets/sheet1.xml");
	holds(sheet, "<f>D6*100/C6</f><v>0.5833333333333334</v>");
	holds(sheet, "t=\"str\"><f>D7*100/C7</f><v>-</v>");
	holds(sheet, "t=\"str\"><f>D8*100/C8</f><v></v>");
	holds(sheet, "<f>C6:C8</f><v>1200</v>");
	holds(sheet, "<v>7</v>");
	assert_null(strstr(sheet, "<f>Tổ dân phố 2")); /* text that begins with = */
	holds(part(f, "xl/sharedStrings.xml"), "<t>=Tổ dân phố 2</t>");
	holds(part(f, "xl/sharedStrings.xml"), "<t>[c]</t>");
}

static void test_shape(void **state)
{
	struct fixture *f = *state;
	const char *sheet;

	write_book(f);
	sheet = part(f, "xl/worksheets/sheet1.xml");
	holds(sheet, "<mergeCell ref=\"A1:E1\"/>");
	holds(sheet, "<mergeCell ref=\"A3:A4\"/>");
	holds(sheet, "<mergeCell ref=\"D3:E3\"/>");
	holds(sheet, "<mergeCell ref=\"A10:E10\"/>");
	holds(sheet, "topLeftCell=\"C6\"");
	holds(sheet, "orientation=\"landscape\"");
	holds(sheet, "fitToHeight=\"0\"");
	holds(part(f, "xl/workbook.xml"), "$3:$5");
	holds(part(f, "xl/workbook.xml"), "name=\"Biểu tổng hợp hộ nghèo năm\"");
}

static void test_number_formats(void **state)
{
	struct fixture *f = *state;
	const char *styles;

	write_book(f);
	styles = part(f, "xl/styles.xml");
	holds(styles, "formatCode=\"00\"");
	holds(styles, "formatCode=\"000\""); /* of the total row */
	holds(styles, "<name val=\"Times New Roman\"/>");
}

static void test_names(void **state)
{
	struct fixture *f = *state;
	const char *used[] = { "Hộ Nghèo", "hộ nghèo (2)" };
	struct grid_table table = { .id = "poor-2023" };

	assert_string_equal(sheet_name(&table, NULL, 0, &f->arena), "poor-2023");
	table.title = "hộ nghèo";
	assert_string_equal(sheet_name(&table, used, 2, &f->arena), "hộ nghèo (3)");
	table.title = "'Năm 2023/2024: [hộ]*?";
	assert_string_equal(sheet_name(&table, NULL, 0, &f->arena), "Năm 2023-2024   hộ");
	table.title = "Xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
	assert_int_equal(strlen(sheet_name(&table, NULL, 0, &f->arena)), 31);
}

static void test_sizes(void **state)
{
	struct fixture *f = *state;
	struct sheet sheet;
	double narrow;

	sheet_measure(&f->sample.table, f->fonts, 450, 700, &f->arena, &sheet);
	assert_int_equal(sheet.body_row, 5);
	assert_int_equal(sheet.n_row, 10);
	narrow = sheet.column_pt[1];
	assert_true(sheet.column_pt[0] < narrow);
	assert_true(sheet.row_pt[sheet.body_row] == 0);
	f->sample.cell[1].text = "Một tên rất dài của một tổ dân phố ở phường Bắc Sơn, thành phố Sầm Sơn, tỉnh Thanh Hóa";
	sheet_measure(&f->sample.table, f->fonts, 450, 700, &f->arena, &sheet);
	assert_true(sheet.column_pt[1] > narrow && sheet.column_pt[1] < 230);
	assert_true(sheet.row_pt[sheet.body_row] >= 30);
	sheet_measure(&f->sample.table, f->fonts, 150, 200, &f->arena, &sheet); /* little room: texts wrap sooner */
	assert_true(sheet.column_pt[1] < 115);
	assert_true(sheet.row_pt[sheet.body_row] >= 60);
}

/* The number of a narrow column and its formula in two lines; a long one breaks at operators. */
static void test_numbering(void **state)
{
	static const char *const numbering[] = { "A", "1", "2", "3", "15=3-7+9+11" };
	struct fixture *f = *state;
	struct sheet sheet;
	double one_line;

	sheet_measure(&f->sample.table, f->fonts, 450, 700, &f->arena, &sheet);
	assert_string_equal(sheet.numbering[3], "4");
	assert_string_equal(sheet.numbering[4], "5\n=4/3");
	assert_true(sheet.row_pt[sheet.numbering_row] == 29);
	one_line = fonts_width_pt(f->fonts, FACE_ITALIC, SHEET_PT, numbering[4]);
	f->sample.table.numbering = numbering;
	sheet_measure(&f->sample.table, f->fonts, 150, 700, &f->arena, &sheet);
	assert_string_equal(sheet.numbering[4], "15\n=3-7+\n9+11");
	assert_true(sheet.row_pt[sheet.numbering_row] == 43);
	assert_true(sheet.column_pt[4] < one_line);
	write_book(f);
	assert_non_null(strstr(part(f, "xl/sharedStrings.xml"), "15\n=3"));
}

/* Columns as narrow as words and figures allow: rather more lines, but no towers. */
static void test_headings(void **state)
{
	static const struct header_cell header[] = {
		{ "TT", 0, 0, 1, 1 },
		{ "Đơn vị", 0, 1, 1, 1 },
		{ "Số hộ", 0, 2, 1, 1 },
		{ "Số hộ nghèo có người dân tộc thiểu số cuối năm", 0, 3, 1, 1 },
		{ "Tỷ lệ (%)", 0, 4, 1, 1 },
	};
	struct fixture *f = *state;
	struct sheet small;
	struct sheet wide;

	f->sample.table.header = header;
	f->sample.table.n_header_cell = 5;
	f->sample.table.n_header = 1;
	sheet_measure(&f->sample.table, f->fonts, 100, 700, &f->arena, &small);
	assert_true(small.row_pt[small.header_row] > 3 * 14 + 1);
	assert_true(small.row_pt[small.header_row] <= 5 * 14 + 1);
	assert_true(small.column_pt[2] < 45);
	sheet_measure(&f->sample.table, f->fonts, 450, 700, &f->arena, &wide);
	assert_true(wide.row_pt[wide.header_row] == 3 * 14 + 1); /* there is room */
	assert_true(wide.width_pt > small.width_pt && wide.width_pt <= 450);
}

/* No words, many spaces, a character the font lacks: all have some size. */
static void test_odd_texts(void **state)
{
	static const struct header_cell header[] = { { "", 0, 0, 1, 1 }, { "a  b\n\nc ", 0, 1, 1, 1 },
		{ "\xe4\xb8\xad", 0, 2, 1, 1 }, { " ", 0, 3, 1, 1 }, { "=", 0, 4, 1, 1 } };
	static const char *const numbering[] = { "", "=", "==", "1=", "+" };
	struct fixture *f = *state;
	struct sheet sheet;

	f->sample.table.header = header;
	f->sample.table.n_header_cell = 5;
	f->sample.table.n_header = 1;
	f->sample.table.numbering = numbering;
	f->sample.table.n_row = 0;
	sheet_measure(&f->sample.table, f->fonts, 450, 700, &f->arena, &sheet);
	assert_true(sheet.row_pt[sheet.header_row] == 3 * 14 + 1);
	assert_string_equal(sheet.numbering[0], "");
	assert_string_equal(sheet.numbering[3], "1=");
	for (size_t c = 0; c < SAMPLE_COLUMNS; c++)
		assert_true(sheet.column_pt[c] > 0);
	write_book(f);
}

/* Programs count the widths of columns in digits of the default font. */
static void test_default_font(void **state)
{
	struct fixture *f = *state;
	const char *styles;

	write_book(f);
	styles = part(f, "xl/styles.xml");
	assert_null(strstr(styles, "Calibri"));
	holds(styles, "<font><sz val=\"11\"/><color theme=\"1\"/><name val=\"Times New Roman\"/>");
}

static void test_folder_that_is_not_there(void **state)
{
	struct fixture *f = *state;

	assert_false(backend_xlsx.write(&f->sample.document, f->fonts, "/nowhere/a.xlsx", &f->diags));
	assert_int_equal(diags_exit_code(&f->diags), 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_same_bytes, open_fixture, close_fixture),
		cmocka_unit_test_setup_teardown(test_formulas, open_fixture, close_fixture),
		cmocka_unit_test_setup_teardown(test_shape, open_fixture, close_fixture),
		cmocka_unit_test_setup_teardown(test_number_formats, open_fixture, close_fixture),
		cmocka_unit_test_setup_teardown(test_names, open_fixture, close_fixture),
		cmocka_unit_test_setup_teardown(test_sizes, open_fixture, close_fixture),
		cmocka_unit_test_setup_teardown(test_numbering, open_fixture, close_fixture),
		cmocka_unit_test_setup_teardown(test_headings, open_fixture, close_fixture),
		cmocka_unit_test_setup_teardown(test_odd_texts, open_fixture, close_fixture),
		cmocka_unit_test_setup_teardown(test_default_font, open_fixture, close_fixture),
		cmocka_unit_test_setup_teardown(test_folder_that_is_not_there, open_fixture, close_fixture),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
