/* A chart of bars in a workbook of its own, looked at in its part, as unzip gives it. */
#include "render/xlsxchart.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { N_BAR = 15, PART_MAX = 65536 };

static const struct grid_column columns[] = { { .id = "name" }, { .id = "change", .number_format = "0", .is_number = true } };
static const struct header_cell head[] = { { "Thôn", 0, 0, 1, 1 }, { "Tăng", 0, 1, 1, 1 } };
static const char *const names[N_BAR] = { "A", "B", "C", "D", "E", "F", "G", "H", "I", "K", "L", "M", "N", "O", "P" };

static const char *chart_part(const char *path, char text[PART_MAX])
{
	char command[128];
	FILE *pipe;

	snprintf(command, sizeof command, "unzip -p %s xl/charts/chart1.xml", path);
	pipe = popen(command, "r");
	assert_non_null(pipe);
	text[fread(text, 1, PART_MAX - 1, pipe)] = '\0';
	assert_int_equal(pclose(pipe), 0);
	return text;
}

/* The chart of bars of 1, the last of which is that figure. */
static const char *write_chart(int64_t last, double height_pt, char text[PART_MAX])
{
	struct grid_cell cell[2 * N_BAR] = { 0 };
	enum grid_row_kind kind[N_BAR] = { 0 };
	const struct grid_table grid = { .id = "t", .n_header = 1, .header = head, .n_header_cell = 2, .column = columns, .n_column = 2, .stub = 1,
		.cell = cell, .row_kind = kind, .n_row = N_BAR };
	const struct chart_series series = { .name = "Tăng", .table = &grid, .column = 1 };
	const struct chart chart = { .kind = CHART_BARS, .title = "Tăng", .alt = "Tăng.", .n_point = N_BAR, .category = names, .series = &series, .n_series = 1 };
	const struct sheet sheet = { .table = &grid, .body_row = 1 };
	const struct book_words words = { .date = { 2024, 5, 1 } };
	char path[] = "/tmp/kehoach-chart-XXXXXX";
	struct diags d = { 0 };
	struct book book;
	struct target target = { .book = &book, .sheet = &sheet, .table = &grid };

	for (size_t i = 0; i < N_BAR; i++)
		grid_cell_set(&cell[2 * i + 1], figure_of(ratio_whole(i + 1 < N_BAR ? 1 : last)));
	close(mkstemp(path));
	assert_true(book_open(&book, path, &words, &d));
	target.worksheet = workbook_add_worksheet(book.workbook, "A");
	put_chart(&target, &chart, (struct chart_source){ "A", &sheet }, (struct chart_place){ .width_pt = 200, .height_pt = height_pt });
	assert_true(book_close(&book, path, &d));
	chart_part(path, text);
	unlink(path);
	return text;
}

static void test_negative(void **state)
{
	char text[PART_MAX];

	(void)state;
	assert_non_null(strstr(write_chart(1, 400, text), "<c:min val=\"0\"/>"));
	assert_null(strstr(write_chart(-3, 400, text), "<c:min "));
}

/* All names where they have room, in smaller letters where it is little. */
static void test_names(void **state)
{
	static const char level[] = "<c:tickLblPos val=\"low\"/><c:txPr><a:bodyPr rot=\"0\"";
	const struct chart bars = { .kind = CHART_BARS, .n_point = N_BAR }, lines = { .kind = CHART_LINES, .n_point = N_BAR };
	char text[PART_MAX];

	(void)state;
	write_chart(1, chart_height_need(&bars), text);
	assert_non_null(strstr(text, "<c:tickLblSkip val=\"1\"/>"));
	assert_non_null(strstr(text, level));
	assert_null(strstr(text, "sz=\"800\""));
	write_chart(1, 255, text);
	assert_non_null(strstr(text, level));
	assert_non_null(strstr(text, "sz=\"800\""));
	write_chart(1, 150, text);
	assert_null(strstr(text, "<c:tickLblSkip"));
	assert_null(strstr(text, level));
	assert_true(chart_height_need(&lines) == 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_negative),
		cmocka_unit_test(test_names),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
