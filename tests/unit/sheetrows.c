/* model/datasink.c, columns.c, datarow.c, sinkunits.c, header.c, rowkinds.c, groups.c, evidence.c: rows of sheets, with merged cells and
 * kinds of cells, to data. */
#include "base/buf.h"
#include "model/data.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define NAMES(...) \
	.name = (const char *const[]){ __VA_ARGS__ }, \
	.n_name = sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *)

static const struct field fields[] = {
	{ .id = "area", .type = FIELD_AREA, .unit = "", NAMES("đơn vị", "area"), .label = "Đơn vị", .key = true },
	{ .id = "households", .type = FIELD_COUNT, .unit = "hộ", NAMES("tổng số hộ", "households"), .label = "Tổng số hộ",
		.required = true },
	{ .id = "poor", .type = FIELD_COUNT, .unit = "hộ", NAMES("hộ nghèo > số hộ", "poor"), .label = "Hộ nghèo > Số hộ" },
	{ .id = "rate", .type = FIELD_RATE, .unit = "%", NAMES("hộ nghèo > tỷ lệ", "rate"), .label = "Hộ nghèo > Tỷ lệ" },
	{ .id = "near", .type = FIELD_COUNT, .unit = "hộ", NAMES("cận nghèo > số hộ", "near"), .label = "Cận nghèo > Số hộ" },
	{ .id = "near_rate", .type = FIELD_RATE, .unit = "%", NAMES("cận nghèo > tỷ lệ", "near_rate"), .label = "Cận nghèo > Tỷ lệ" },
	{ .id = "budget", .type = FIELD_MONEY, .unit = "đồng", NAMES("kinh phí", "budget"), .label = "Kinh phí" },
	{ .id = "ha", .type = FIELD_NUMBER, .unit = "ha", NAMES("diện tích", "ha"), .label = "Diện tích" },
	{ .id = "note", .type = FIELD_TEXT, .unit = "", NAMES("ghi chú", "note"), .label = "Ghi chú" },
};

static const struct dataset dataset = {
	.id = "d",
	.field = fields,
	.n_field = sizeof fields / sizeof *fields,
	.total = (const char *const[]){ "cộng", "tổng cộng", NULL },
};

enum { CELLS_MAX = 40, LINES_MAX = 80 };

/* A sheet as text: a line a row, cells divided by '|', blank ones left out; in front of a cell "#" a number, "%" a number with
 * the percent format, "~" one with a "%" behind it as it stands, "<2" and "^3" how many columns and rows it is merged over. "=7" begins a line: the row's place. */
struct sheet {
	struct cell cell[LINES_MAX][CELLS_MAX];
	struct row row[LINES_MAX];
	size_t n_row;
};

static void read_cell(struct cell *c, const char *s, size_t n)
{
	for (; n && strchr("#%~<^", *s); s++, n--) {
		if (*s == '#' || *s == '%' || *s == '~')
			c->kind = *s == '#' ? CELL_NUMBER : *s == '%' ? CELL_PERCENT : CELL_MARKED;
		else if (*s == '<')
			c->n_cols = (unsigned)(s[1] - '0');
		else
			c->n_rows = (unsigned)(s[1] - '0');
		if (*s == '<' || *s == '^') {
			s++;
			n--;
		}
	}
	c->text = s;
	c->n_text = n;
}

static void read_row(struct sheet *t, const char *line, size_t n, unsigned place)
{
	struct row *row = &t->row[t->n_row];
	struct cell *cell = t->cell[t->n_row++];
	unsigned col = 1;

	*row = (struct row){ .cell = cell, .row = place, .sheet = "S" };
	for (const char *s = line; s <= line + n; col++) {
		const char *end = memchr(s, '|', (size_t)(line + n - s));
		size_t len = end ? (size_t)(end - s) : (size_t)(line + n - s);

		if (len) {
			assert_true(row->n_cell < CELLS_MAX);
			read_cell(&cell[row->n_cell], s, len);
			cell[row->n_cell].row = place;
			cell[row->n_cell++].col = col;
		}
		s += len + 1;
	}
}

/* Blank rows are not pushed. */
static void read_sheet(struct sheet *t, const char *text)
{
	unsigned place = 0;

	memset(t, 0, sizeof *t);
	for (const char *s = text; *s;) {
		size_t n = strcspn(s, "\n");
		size_t skip = 0;

		place++;
		if (*s == '=') {
			char *end;

			place = (unsigned)strtoul(s + 1, &end, 10);
			skip = (size_t)(end - s);
		}
		assert_true(t->n_row < LINES_MAX);
		if (n > skip)
			read_row(t, s + skip, n - skip, place);
		s += n + (s[n] == '\n');
	}
}

static void put_datum(struct buf *b, const struct datum *x, struct arena *a)
{
	if (x->figure.state == FIGURE_OK)
		buf_puts(b, x->text ? x->text : ratio_exact(x->figure.x, a));
}

static void put_row(struct buf *b, const struct data *data, const struct data_row *r, struct arena *a)
{
	buf_printf(b, "%s@%u.%u:", r->label, r->at.row, r->at.col);
	for (size_t i = 0; i < data->dataset->n_field; i++) {
		if (!data->present[i])
			continue;
		buf_putc(b, '|');
		put_datum(b, &r->datum[i], a);
	}
	buf_putc(b, '\n');
}

static void put_data(struct buf *b, const struct data *data, struct arena *a)
{
	for (size_t i = 0; i < data->n_row; i++)
		put_row(b, data, &data->row[i], a);
	if (data->total)
		put_row(b, data, data->total, a);
	for (size_t i = 0; i < data->n_group; i++) {
		buf_printf(b, "group %zu+%zu ", data->group[i].first, data->group[i].n_row);
		put_row(b, data, &data->group[i].row, a);
	}
}

static void put_findings(struct buf *b, const struct diags *d)
{
	for (size_t i = 0; i < d->n_finding; i++)
		if (strcmp(d->finding[i].rule, "unknown-column") != 0)
			buf_printf(b, "%u:%u %s %s\n", d->finding[i].at.row, d->finding[i].at.col,
				severity_name(d->finding[i].severity), d->finding[i].rule);
}

#define HEAD "TT|Đơn vị|Tổng số hộ|Kinh phí|Ghi chú\n"

struct sheet_case {
	const char *what;
	const char *text;
	const char *want;
	struct source source; /* what it says of numbers and of the header */
};

static const struct sheet_case headers[] = {
	{ "merged across and down, below a title and blank rows",
		"<7BIỂU SỐ 1\n=4^2TT|^2Đơn vị|^2Tổng số hộ|<2Hộ nghèo||<2Cận nghèo\n|||Số hộ|Tỷ lệ|Số hộ|Tỷ lệ\n#1|A|#9|#2|#22|#1|#11\n",
		"A@6.2:|A|9|2|22|1|11\n", { 0 } },
	{ "a merged cell ends where it ends",
		"^2Đơn vị|^2Tổng số hộ|<2Hộ nghèo||Khác\n||Số hộ|Tỷ lệ|Số hộ\nA|#9|#2|#22|#7\n", "A@3.1:|A|9|2|22\n", { 0 } },
	{ "without merged cells a blank stands for the text on its left",
		"Đơn vị|Tổng số hộ|Hộ nghèo||\n||Số hộ|Tỷ lệ\nA|#9|#2|#22\n", "A@3.1:|A|9|2|22\n", { 0 } },
	{ "the second column of a merged header is not a second column of the field",
		"Đơn vị|Tổng số hộ|<2Ghi chú\nA|#9|x\n", "A@2.1:|A|9|x\n", { 0 } },
	{ "three rows, of which the merged cells show the end",
		"^3Đơn vị|<3Số liệu\n|^2Tổng số hộ|<2Hộ nghèo\n||Số hộ|Tỷ lệ\nA|#9|#2|#22\n", "A@4.1:|A|9|2|22\n", { 0 } },
	{ "one field, two columns", "Đơn vị|Năm 2024 > Tổng số hộ|Kế hoạch > Năm 2024 > Tổng số hộ\nA|1|2\n", "1:3 error ambiguous-header\n",
		{ 0 } },
	{ "a field's name below words of another", "Đơn vị|Nam > Tổng số hộ|Nữ > Tổng số hộ\nA|1|2\n", "1:0 error ambiguous-header\n", { 0 } },
	{ "two years side by side", "^2Đơn vị|<2Năm 2023||<2Năm 2024\n|Tổng số hộ|Kinh phí|Tổng số hộ|Kinh phí\nA|#5|#2|#3|#4\n",
		"A@3.1:|A|3|4\n2:2 note other-year\n2:3 note other-year\n", { 0 } },
	{ "two years side by side, without merged cells",
		"Đơn vị|Năm 2023||Thực hiện năm 2024\n|Tổng số hộ|Kinh phí|Tổng số hộ|Kinh phí\nA|5|2|3|4\n",
		"A@3.1:|A|3|4\n2:2 note other-year\n2:3 note other-year\n", { 0 } },
	{ "only another year", "^2Đơn vị|<2Thực hiện năm 2023\n|Tổng số hộ|Kinh phí\nA|#1|#2\n",
		"2:2 note other-year\n2:3 note other-year\n1:0 error missing-column\n", { 0 } },
	{ "marks and the field's own unit behind a text", "Đơn vị:|Tổng số hộ (hộ) (1)|Kinh phí (ĐVT: đồng)|Diện tích (*)\nA|5|2|3\n",
		"A@2.1:|A|5|2|3\n", { 0 } },
	{ "the unit of a field in another scale behind its text", "Đơn vị|Tổng số hộ|Kinh phí (triệu đồng)|Diện tích (nghìn ha) (*)\nA|5|6|7\n",
		"1:3 error unit\n1:4 error unit\n", { 0 } },
	{ "another scale beside the field's own", "Đơn vị|Tổng số hộ|Kinh phí (triệu đồng)|Kinh phí\nA|5|6|7\n",
		"A@2.1:|A|5|7\n", { 0 } },
	{ "the unit of a field in other words", "Đơn vị|Tổng số hộ|Kinh phí (ĐVT: vnđ)\nA|1|2\n", "A@2.1:|A|1|2\n", { 0 } },
	{ "a whole path in one cell", "Đơn vị|Tổng số hộ|Hộ nghèo - Số hộ|Hộ nghèo\r – Tỷ lệ|Cận nghèo (số hộ)|Cận nghèo: Tỷ lệ (%)\nA|9|1|2|5|7\n",
		"A@2.1:|A|9|1|2|5|7\n", { 0 } },
	{ "a whole path in one cell, twice", "Đơn vị|Tổng số hộ|Hộ nghèo > Số hộ|Hộ nghèo - Số hộ\nA|9|1|5\n", "1:4 error ambiguous-header\n", { 0 } },
	{ "another unit behind a text", "Đơn vị|Tổng số hộ (người)\nA|1\n", "1:0 error missing-column\n", { 0 } },
	{ "a year beside one without a year", "Đơn vị|Chung > Tổng số hộ|Năm 2024 > Tổng số hộ\nA|1|2\n", "A@2.1:|A|2\n", { 0 } },
	{ "years through the one of the matcher", "Đơn vị|Kế hoạch 2021 - 2025 > Tổng số hộ\nA|1\n", "A@2.1:|A|1\n", { 0 } },
	{ "another year in a title", "<3SỐ LIỆU NĂM 2023\n^2Đơn vị|<2Năm 2024\n|Tổng số hộ|Kinh phí\nA|#1|#2\n", "A@4.1:|A|1|2\n", { 0 } },
	{ "words over all figures", "TT|^2Đơn vị|<2Bảng giao các thôn||^2Ghi chú\n||Tổng số hộ|Kinh phí\n1|A|#1|#2\n", "A@3.2:|A|1|2|\n", { 0 } },
	{ "the same header text twice", "Đơn vị|Tổng số hộ|Tổng số hộ\nA|1|2\n", "1:3 error duplicate-column\n", { 0 } },
	{ "one column, several fields", "Đơn vị|Tổng số hộ|Tỷ lệ\nA|1|2\n", "1:3 error ambiguous-header\n", { 0 } },
	{ "one column, several fields that have their own",
		"Đơn vị|Tổng số hộ|Hộ nghèo > Tỷ lệ|Cận nghèo > Tỷ lệ|Tỷ lệ\nA|5|6|7|8\n", "A@2.1:|A|5|6|7\n", { 0 } },
	{ "two headers", "Đơn vị|Tổng số hộ\nA|1\n=9Tổng số hộ|Đơn vị\n2|B\n", "9:0 error ambiguous-header\n", { 0 } },
	{ "a header of each page", HEAD "1|A|2\n=9" HEAD "1|2|3|4|5\n2|B|3\n", "A@2.2:|A|2||\nB@11.2:|B|3||\n9:0 note repeated-header\n", { 0 } },
	{ "a header of two rows on each page",
		"^2Đơn vị|^2Tổng số hộ|<2Hộ nghèo\n||Số hộ|Tỷ lệ\nA|#1|#1|#5\n^2ĐƠN VỊ|^2Tổng số hộ|<2Hộ nghèo\n||Số hộ|Tỷ lệ\nB|#1\n",
		"A@3.1:|A|1|1|5\nB@6.1:|B|1||\n4:0 note repeated-header\n", { 0 } },
	{ "only one row of column numbers", "Đơn vị|Tổng số hộ|Kinh phí\n(1)|(2)|(3)\n1|2|3\n", "1@3.1:|1|2|3\n", { 0 } },
	{ "column numbers by the names behind them", "Đơn vị|Tổng số hộ|Kinh phí\n1|2|3\nTổ 1|5|6\n", "Tổ 1@3.1:|Tổ 1|5|6\n", { 0 } },
	{ "column numbers before areas named by numbers", "Đơn vị|Tổng số hộ|Kinh phí\n1|2|3\n1|5|6\n", "1@3.1:|1|5|6\n", { 0 } },
	{ "column numbers or figures", "Đơn vị|Tổng số hộ|Kinh phí\n1|2|3\n2|5|6\n", "2:1 error column-numbers\n", { 0 } },
	{ "column numbers or figures, by themselves", "Đơn vị|Tổng số hộ|Kinh phí\n1|2|3\n", "2:1 error column-numbers\n",
		{ 0 } },
	{ "figures, by the rows that the job says", "Đơn vị|Tổng số hộ|Kinh phí\n1|2|3\n2|5|6\n", "1@2.1:|1|2|3\n2@3.1:|2|5|6\n",
		{ .header_first = 1, .header_last = 1 } },
	{ "column numbers, by the rows that the job says", "Đơn vị|Tổng số hộ|Kinh phí\n1|2|3\n2|5|6\n", "2@3.1:|2|5|6\n",
		{ .header_first = 1, .header_last = 2 } },
	{ "figures that begin as column numbers do", "Đơn vị|Tổng số hộ|Kinh phí\n1|2|4\n2|5|6\n", "1@2.1:|1|2|4\n2@3.1:|2|5|6\n",
		{ 0 } },
	{ "a named row is never one of column numbers", HEAD "1|A1|#3|#4|5\n", "A1@2.2:|A1|3|4|5\n", { 0 } },
	{ "column numbers with gaps", HEAD "1|2|3|4|6\n1|Tổ 1|7|8\n", "Tổ 1@3.2:|Tổ 1|7|8|\n", { 0 } },
	{ "column numbers with formulas", HEAD "(1)|(2)|(3)|(4=3x2)|(6)=(4)/(3)\n1|Tổ 1|7|8\n", "Tổ 1@3.2:|Tổ 1|7|8|\n", { 0 } },
	{ "column numbers in words", HEAD "Cột 1|Cột 2|Cột (3)|cột số 4\n1|Tổ 1|7|8\n", "Tổ 1@3.2:|Tổ 1|7|8|\n", { 0 } },
	{ "letters and column numbers", HEAD "A|B|1|2|3\n1|Tổ 1|7|8\n", "Tổ 1@3.2:|Tổ 1|7|8|\n", { 0 } },
	{ "letters alone", HEAD "A|B|C|D|E\n1|Tổ 1|7|8\n", "Tổ 1@3.2:|Tổ 1|7|8|\n", { 0 } },
	{ "column numbers without the first", HEAD "||(1)|(2)\n1|Tổ 1|7|8\n", "Tổ 1@3.2:|Tổ 1|7|8|\n", { 0 } },
	{ "the rows that the job says", "Đơn vị|Tổng số hộ\nĐơn vị|Tổng số hộ|Kinh phí\nA|1|2\n", "A@3.1:|A|1|2\n",
		{ .header_first = 2, .header_last = 2 } },
	{ "no header in the rows that the job says", "Đơn vị|Tổng số hộ\nA|1\n", "0:0 error header\n",
		{ .header_first = 2, .header_last = 2 } },
	{ "no rows where the job says", "Đơn vị|Tổng số hộ\nA|1\n", "0:0 error header\n", { .header_first = 7, .header_last = 8 } },
	{ "a merged cell larger than any sheet", "^9<9Đơn vị|Tổng số hộ\nA|1\n", "1:0 error missing-column\n", { 0 } },
};

static const struct sheet_case rows[] = {
	{ "cells that are not there", HEAD "1|A||#5\n2|B|#3||x\n", "A@2.2:|A||5|\nB@3.2:|B|3||x\n", { 0 } },
	{ "units, column numbers, blank rows", HEAD "||hộ|đồng\n1|2|3|4|5\n=7|A|#1\n", "A@7.2:|A|1||\n", { 0 } },
	{ "units by themselves", HEAD "|ĐVT: hộ\n|A|#1\n", "A@3.2:|A|1||\n", { 0 } },
	{ "another scale", HEAD "||(hộ)|Triệu đồng\n|A|#1|#2\n", "2:4 error unit\n", { 0 } },
	{ "another scale, shortened", HEAD "||(hộ)|tr.đồng\n|A|#1|#2\n", "2:4 error unit\n", { 0 } },
	{ "another kind of unit", HEAD "||khẩu|đồng\n|A|#1|#2\n", "A@3.2:|A|1|2|\n2:3 warning unit\n", { 0 } },
	{ "a unit that no phrase has", HEAD "||gia đình|đồng\n|A|#1|#2\n", "A@3.2:|A|1|2|\n2:3 warning unit\n", { 0 } },
	{ "units beside their own name", HEAD "|Đơn vị tính|hộ|(chục đồng)\n|A|#1|#2\n", "A@3.2:|A|1|2|\n2:4 warning unit\n", { 0 } },
	{ "another scale in digits", HEAD "||nghìn hộ|1.000 đồng\n|A|#1|#2\n", "2:3 error unit\n2:4 error unit\n", { 0 } },
	{ "no units beside a name", HEAD "|Tổ 1|hộ|đồng\n", "2:3 error not-a-number\n2:4 error not-a-number\n", { 0 } },
	{ "units and column numbers that the job says", "Đơn vị|Tổng số hộ|Kinh phí\n|(hộ)|đồng\n1|2|3\n2|5|6\n", "2@4.1:|2|5|6\n",
		{ .header_first = 1, .header_last = 3 } },
	{ "a scale below the header for all columns", HEAD "|ĐVT: triệu đồng\n|A|#1|#2\n", "2:2 error unit\n", { 0 } },
	{ "a scale above the header", "|ĐVT: triệu đồng\n" HEAD "|A|#1|#2\n", "1:2 error unit\n", { 0 } },
	{ "a scale in a title", "Kinh phí các khu phố (nghìn đồng)\n" HEAD "|A|#1|#2\n", "1:1 error unit\n", { 0 } },
	{ "a scale of what is counted", "Đơn vị tính: nghìn hộ\n" HEAD "|A|#1|#2\n", "1:1 error unit\n", { 0 } },
	{ "several units above", "(ĐVT: hộ, triệu đồng)\n" HEAD "|A|#1|#2\n", "1:1 error unit\n", { 0 } },
	{ "the last unit above", "ĐVT: triệu đồng\n|||ĐVT: đồng\nXã\n" HEAD "|A|#1|#2\n", "A@5.2:|A|1|2|\n", { 0 } },
	{ "a scale above, and columns that say theirs", "ĐVT: triệu đồng\n" HEAD "||hộ|đồng\n|A|#1|#2\n", "A@4.2:|A|1|2|\n", { 0 } },
	{ "another kind of unit above", "ĐVT: khẩu\n" HEAD "|A|#1|#2\n", "A@3.2:|A|1|2|\n1:1 warning unit\n", { 0 } },
	{ "a word above that may be a unit", "Thôn\n" HEAD "|A|#1|#2\n", "A@3.2:|A|1|2|\n", { 0 } },
	{ "the unit in a header text", "ĐVT: triệu đồng\nĐơn vị|Tổng số hộ|Kinh phí (đồng)\nA|#1|#1\n", "A@3.1:|A|1|1\n", { 0 } },
	{ "notes and signatures",
		HEAD "1|A|#1\n=5Ghi chú: số liệu đến 31/12\n|||Bắc Sơn, ngày 5 tháng 3 năm 2024\n|Người lập biểu||TM. ỦY BAN NHÂN DÂN\n"
		     "=11|||Nguyễn Văn A\n",
		"A@2.2:|A|1||\n5:1 note skipped-rows\n", { 0 } },
	{ "names behind the total", HEAD "1|A|#1\n|Cộng|#1\n|Người lập biểu\n|Nguyễn Văn A||Trần Văn B\n",
		"A@2.2:|A|1||\nCộng@3.2:||1||\n4:2 note skipped-rows\n", { 0 } },
	{ "two who sign side by side, without a total", HEAD "1|A|#1\n|||x, ngày tháng năm 2024\n|Người lập biểu||Chủ tịch\n|Lê B||Vũ C\n",
		"A@2.2:|A|1||\n3:4 note skipped-rows\n", { 0 } },
	{ "one who signs in a column of figures", HEAD "1|A|#1\n|Thẩm định||Chủ tịch\n|Lê B||Vũ C\n",
		"A@2.2:|A|1||\n3:2 note skipped-rows\n", { 0 } },
	{ "words in columns of figures before data", HEAD "1|A|#1\n|Người lập biểu||Chủ tịch\n|Lê B||Vũ C\n2|B|#1\n",
		"4:2 warning behind-notes\n4:4 error not-a-number\n3:2 note skipped-rows\n", { 0 } },
	{ "titles of pages", "Biểu 1\n" HEAD "1|A|#1\n|Trang 1\nBiểu 1\n" HEAD "2|B|#1\n|C\n3|D\n" HEAD "4|E|#1\n|F\n",
		"A@3.2:|A|1||\nB@7.2:|B|1||\nD@9.2:|D|||\nE@11.2:|E|1||\n8:2 warning page-title\n12:2 warning heading\n4:2 note skipped-rows\n"
		"6:0 note repeated-header\n", { 0 } },
	{ "the header of another table", HEAD "1|A|#1\nBiểu 2\nTT|Đơn vị|Số khẩu|Số nữ\n1|A|#1|#2\n1|A|#1|#2\n",
		"4:1 error second-table\n3:1 note skipped-rows\n", { 0 } },
	{ "the same header behind the total, under another title", HEAD "1|A|#1\n|Cộng|#1\nBiểu 2\n" HEAD "1|A|#1\n",
		"5:1 error second-table\n4:1 note skipped-rows\n", { 0 } },
	{ "a header that goes on in another way",
		"^2Đơn vị|^2Tổng số hộ|<2Hộ nghèo\n||Số hộ|Tỷ lệ\nA|#1|#1|#5\n^2Đơn vị|^2Tổng số hộ|<2Hộ nghèo\n||Nam|Nữ\nB|#1\n",
		"5:3 error second-table\n", { 0 } },
	{ "column numbers behind letters in brackets", HEAD "(A)|(B)|(1)|(2)\n1|A|#1\n", "A@3.2:|A|1||\n", { 0 } },
	{ "an area behind the total is told", HEAD "1|A|#1\n|Cộng|#1\n2|B\n|Người lập biểu\n|Nguyễn Văn A\n",
		"A@2.2:|A|1||\nCộng@3.2:||1||\n4:2 warning behind-total\n4:1 note skipped-rows\n", { 0 } },
	{ "a name behind notes is one who signs, and told", HEAD "1|A|#1\n|Người lập biểu\n|Nguyễn Văn A\n",
		"A@2.2:|A|1||\n4:2 warning behind-notes\n3:2 note skipped-rows\n", { 0 } },
	{ "a name behind notes is an area if data follow", HEAD "1|A|#1\n|Người lập biểu\n|B\n3|C|#1\n",
		"A@2.2:|A|1||\nB@4.2:|B|||\nC@5.2:|C|1||\n4:2 warning behind-notes\n3:2 note skipped-rows\n", { 0 } },
	{ "an area without figures is not lost", HEAD "1|A|#1\n2|B\n3|C|#1\n4|D\n",
		"A@2.2:|A|1||\nB@3.2:|B|||\nC@4.2:|C|1||\nD@5.2:|D|||\n", { 0 } },
	{ "areas behind a first total", HEAD "|Cộng|#1\n1|A|#1\n2|B\n", "A@3.2:|A|1||\nB@4.2:|B|||\nCộng@2.2:||1||\n", { 0 } },
	{ "texts without a name between rows of data", HEAD "1|A|#1\n||||x\n2|B|#1\n", "3:5 error text-between\n", { 0 } },
	{ "an area behind the total, before more data", HEAD "1|A|#1\n|Cộng|#1\n2|B\n3|C|#1\n", "4:2 error behind-total\n", { 0 } },
	{ "names alone over ordinals", HEAD "|Khu vực I\n1|A|#1\n|Khu vực II\n2|B|#2\n",
		"A@3.2:|A|1||\nB@5.2:|B|2||\ngroup 0+1 Khu vực I@2.2:||||\ngroup 1+1 Khu vực II@4.2:||||\n2:2 note heading\n4:2 note heading\n",
		{ 0 } },
	{ "a name alone below ordinals", HEAD "1|A|#1\n2|B|#2\n|Khu vực II\n",
		"A@2.2:|A|1||\nB@3.2:|B|2||\n4:2 warning heading\n4:2 note skipped-rows\n", { 0 } },
	{ "a name alone like the others", HEAD "1|Thôn A|#1\n|Thôn C\n2|Thôn B|#2\n",
		"Thôn A@2.2:|Thôn A|1||\nThôn C@3.2:|Thôn C|||\nThôn B@4.2:|Thôn B|2||\n", { 0 } },
	{ "a name alone without ordinals", HEAD "|A|#1\n|C\n|B|#2\n", "A@2.2:|A|1||\nC@3.2:|C|||\nB@4.2:|B|2||\n", { 0 } },
	{ "rows behind the total without ordinals", HEAD "1|A|#10\n2|B|#5\n|Cộng|#15\n|Tỷ lệ so với năm trước|#98\n",
		"A@2.2:|A|10||\nB@3.2:|B|5||\nCộng@4.2:||15||\n5:2 warning behind-total\n", { 0 } },
	{ "an area behind the total", HEAD "1|A|#10\n2|B|#5\n|Cộng|#15\n3|C|#98\n", "5:2 error behind-total\n", { 0 } },
	{ "rows behind a wrong total", HEAD "1|A|#10\n2|B|#5\n|Cộng|#16\n|Nữ|#9\n", "5:2 error behind-total\n", { 0 } },
	{ "a total of all rows among them", HEAD "1|A|#10\n|Cộng|#15\n2|B|#5\n", "A@2.2:|A|10||\nB@4.2:|B|5||\nCộng@3.2:||15||\n", { 0 } },
	{ "totals that name their groups", HEAD "I|Khu vực 1\n1|A|#1\n|Cộng khu vực 1|#1\nII|Khu vực 2\n1|B|#2\n|Cộng KV 2|#3\n|Tổng cộng|#3\n",
		"A@3.2:|A|1||\nB@6.2:|B|2||\nTổng cộng@8.2:||3||\ngroup 0+1 Khu vực 1@2.2:|Khu vực 1|||\ngroup 0+1 Cộng khu vực 1@4.2:||1||\n"
		"group 1+1 Khu vực 2@5.2:|Khu vực 2|||\ngroup 1+1 Cộng KV 2@7.2:||3||\n7:3 warning asserted\n", { 0 } },
	{ "totals of parts without headings", HEAD "1|A|#1\n2|B|#2\n|Cộng|#3\n3|C|#3\n4|D|#4\n|Cộng|#7\n|Tổng cộng|#10\n",
		"A@2.2:|A|1||\nB@3.2:|B|2||\nC@5.2:|C|3||\nD@6.2:|D|4||\nTổng cộng@8.2:||10||\ngroup 0+2 Cộng@4.2:||3||\n"
		"group 2+2 Cộng@7.2:||7||\n4:2 note total-row\n", { 0 } },
	{ "totals of three parts alone", HEAD "1|A|#1\n|Cộng|#1\n2|B|#2\n|Cộng|#2\n3|C|#3\n|Cộng|#3\n",
		"A@2.2:|A|1||\nB@4.2:|B|2||\nC@6.2:|C|3||\ngroup 0+1 Cộng@3.2:||1||\ngroup 1+1 Cộng@5.2:||2||\ngroup 2+1 Cộng@7.2:||3||\n"
		"3:2 note total-row\n", { 0 } },
	{ "a total of a part and one of all", HEAD "1|A|#1\n2|B|#2\n|Cộng|#3\n3|C|#3\n4|D|#4\n|Cộng|#10\n",
		"A@2.2:|A|1||\nB@3.2:|B|2||\nC@5.2:|C|3||\nD@6.2:|D|4||\nCộng@7.2:||10||\ngroup 0+2 Cộng@4.2:||3||\n4:2 note total-row\n", { 0 } },
	{ "a total told by its figures", HEAD "1|A|#10\n2|B|#5\n|Tổng cộng: 02 thôn|#15\n",
		"A@2.2:|A|10||\nB@3.2:|B|5||\nTổng cộng: 02 thôn@4.2:||15||\n4:2 note total-row\n", { 0 } },
	{ "a total not told by its figures", HEAD "1|A|#10\n2|B|#5\n|Tổng cộng: 02 thôn|#16\n", "4:2 error total-row\n", { 0 } },
	{ "notes between rows of data", HEAD "1|A|#1\nGhi chú: x\n2|B|#1\n", "A@2.2:|A|1||\nB@4.2:|B|1||\n3:1 note skipped-rows\n", { 0 } },
	{ "figures behind the table", HEAD "1|A|#1\nNguồn: Chi cục Thống kê||#7\n",
		"A@2.2:|A|1||\n3:3 warning skipped-figures\n3:1 note skipped-rows\n", { 0 } },
	{ "figures without a name", HEAD "1|A|#1\n||#7\n", "3:2 error empty-key\n", { 0 } },
	{ "a total merged over the columns before the figures", HEAD "1|A|#1\n<2Tổng cộng||#1\n", "A@2.2:|A|1||\nTổng cộng@3.1:||1||\n",
		{ 0 } },
	{ "groups by Roman numerals", HEAD "I|Khu A|#3\n1|A1|#1\n2|A2|#2\nII|Khu B|#5|#2\n1|B1|#4|#2\n|Cộng|#7\n",
		"A1@3.2:|A1|1||\nA2@4.2:|A2|2||\nB1@6.2:|B1|4|2|\nCộng@7.2:||7||\n"
		"group 0+2 Khu A@2.2:|Khu A|3||\ngroup 2+1 Khu B@5.2:|Khu B|5|2|\n5:3 warning asserted\n", { 0 } },
	{ "groups in groups", HEAD "A|X|#3\nI|Y|#3\n1|Z|#3\n1.1|P|#1\n1.2|Q|#2\nB|W|#4\n1|V|#4\n",
		"P@5.2:|P|1||\nQ@6.2:|Q|2||\nV@8.2:|V|4||\ngroup 0+2 X@2.2:|X|3||\ngroup 0+2 Y@3.2:|Y|3||\ngroup 0+2 Z@4.2:|Z|3||\n"
		"group 2+1 W@7.2:|W|4||\n", { 0 } },
	{ "a group has the name of an area", HEAD "I|A|#3\n1|A|#3\n", "A@3.2:|A|3||\ngroup 0+1 A@2.2:|A|3||\n", { 0 } },
	{ "only Roman numerals are rows of data", HEAD "I|A|#3\nII|B|#3\n", "A@2.2:|A|3||\nB@3.2:|B|3||\n", { 0 } },
	{ "letters behind H", HEAD "H|A|#1\n1|A1|#1\nI|B|#2\n1|B1|#2\n",
		"A1@3.2:|A1|1||\nB1@5.2:|B1|2||\ngroup 0+1 A@2.2:|A|1||\ngroup 1+1 B@4.2:|B|2||\n", { 0 } },
	{ "no ordinals under another header", "Mục|Đơn vị|Tổng số hộ\nI|A|#3\n1|B|#3\n", "A@2.2:|A|3\nB@3.2:|B|3\n", { 0 } },
	{ "what is missing is not added up", HEAD "I|X|#3\n1|A|#1\n2|B\n", "A@3.2:|A|1||\nB@4.2:|B|||\ngroup 0+2 X@2.2:|X|3||\n", { 0 } },
	{ "a label in the column of ordinals", HEAD "<2I. Khu A||#3\n1|A1|#3\n", "A1@3.2:|A1|3||\ngroup 0+1 I. Khu A@2.2:||3||\n", { 0 } },
	{ "headings over the figures", HEAD "|<3Khu A\n1|A1|#3\n|<3Khu B\n1|B1|#4\n",
		"A1@3.2:|A1|3||\nB1@5.2:|B1|4||\ngroup 0+1 Khu A@2.2:||||\ngroup 1+1 Khu B@4.2:||||\n", { 0 } },
	{ "a heading over nothing", HEAD "1|A1|#3\n|<3Khu B\n", "A1@2.2:|A1|3||\n3:2 warning skipped-figures\n3:2 note skipped-rows\n", { 0 } },
	{ "groups named over the columns of ordinals", HEAD "<2Khu A||#3\n1|A1|#3\n<2Khu B||#5\n1|B1|#4\n",
		"A1@3.2:|A1|3||\nB1@5.2:|B1|4||\ngroup 0+1 Khu A@2.1:||3||\ngroup 1+1 Khu B@4.1:||5||\n4:3 warning asserted\n", { 0 } },
	{ "a group named over the column of ordinals, without rows", HEAD "1|A|#3\n<2B||#3\n", "3:1 error merged\n", { 0 } },
	{ "an ordinal and a remark merged over rows", HEAD "^2 1|A|#3||^2x\n|B|#4\n", "A@2.2:|A|3||x\nB@3.2:|B|4||\n", { 0 } },
	{ "groups over lower letters and dashes", HEAD "1|X|#3\na|A|#1\nb)|B|#2\nII|Y|#7\n-|C|#3\n-|D|#4\n",
		"A@3.2:|A|1||\nB@4.2:|B|2||\nC@6.2:|C|3||\nD@7.2:|D|4||\ngroup 0+2 X@2.2:|X|3||\ngroup 2+2 Y@5.2:|Y|7||\n", { 0 } },
	{ "I for 1", HEAD "I|A|#3\n2|B|#1\n3|C|#1\n", "2:2 error group-row\n", { 0 } },
	{ "I for 1, and zeros", "TT|Đơn vị|Tổng số hộ|Diện tích\nI|A|#3|#0\n2|B|#1|#0\n3|C|#1|#0\n", "2:2 error group-row\n", { 0 } },
	{ "I for 1, which the total counts", "TT|Đơn vị|Tổng số hộ|Diện tích\nI|A|#3|#2\n2|B|#1|#1\n3|C|#1|#1\n|Cộng|#5|#4\n", "2:2 error group-row\n",
		{ 0 } },
	{ "a group with wrong figures, which the total does not count", HEAD "I|A|#3\n1|B|#1\n2|C|#1\n|Cộng|#2\n",
		"B@3.2:|B|1||\nC@4.2:|C|1||\nCộng@5.2:||2||\ngroup 0+2 A@2.2:|A|3||\n2:3 warning asserted\n", { 0 } },
	{ "parts with dashes below an area", HEAD "1|A|#3\n-|B|#1\n2|C|#1\n", "2:2 error group-row\n", { 0 } },
	{ "totals in other words", HEAD "1|A|#1\n|Cộng toàn xã:|#1\n", "A@2.2:|A|1||\nCộng toàn xã:@3.2:||1||\n", { 0 } },
	{ "a total with its sum in brackets", HEAD "1|A|#1\n|TỔNG CỘNG (I+II)|#1\n", "A@2.2:|A|1||\nTỔNG CỘNG (I+II)@3.2:||1||\n", { 0 } },
	{ "a total of a page", HEAD "1|A|#1\n|Cộng trang 1|#1\n2|B|#2\n|Cộng trang 2|#5\n|Cộng|#3\n",
		"A@2.2:|A|1||\nB@4.2:|B|2||\nCộng@6.2:||3||\ngroup 0+1 Cộng trang 1@3.2:||1||\ngroup 1+1 Cộng trang 2@5.2:||5||\n"
		"5:3 warning asserted\n", { 0 } },
	{ "a total or an area", HEAD "1|A|#1\n2|Cộng Hòa|#1\n", "3:2 error total-row\n", { 0 } },
	{ "an area named as a total", HEAD "1|A|#1\n2|Thôn Cộng Hòa|#1\n3|Cộngs|#1\n",
		"A@2.2:|A|1||\nThôn Cộng Hòa@3.2:|Thôn Cộng Hòa|1||\nCộngs@4.2:|Cộngs|1||\n", { 0 } },
	{ "a breakdown lasts to the next ordinal", HEAD "1|A|#5\n|Trong đó:\n|Hộ DTTS|#1\n|Hộ Kinh|#2\n2|B|#2\n",
		"A@2.2:|A|5||\nB@6.2:|B|2||\n3:2 note of-which\n4:2 note of-which\n5:2 note of-which\n", { 0 } },
	{ "dashes in a breakdown", HEAD "1|A|#5\n|Trong đó: - DTTS|#1\n|- Hộ Kinh|#2\n2|B|#2\n-|C|#1\n",
		"3:2 note of-which\n4:2 note of-which\n5:2 error group-row\n", { 0 } },
	{ "dashes as ordinals in a breakdown", HEAD "1|A|#5\n|Trong đó:\n-|DTTS|#1\n-|Hộ Kinh|#2\n2|B|#2\n",
		"A@2.2:|A|5||\nB@6.2:|B|2||\n3:2 note of-which\n4:2 note of-which\n5:2 note of-which\n", { 0 } },
	{ "a total ends a breakdown", HEAD "1|A|#5\n|Trong đó:\n|Hộ DTTS|#1\n|Cộng|#5\n",
		"A@2.2:|A|5||\nCộng@5.2:||5||\n3:2 note of-which\n4:2 note of-which\n", { 0 } },
	{ "an area without its ordinal in a breakdown", HEAD "1|Thôn A|#5\n|Trong đó:\n|Thôn C|#1\n2|Thôn B|#2\n",
		"3:2 note of-which\n4:2 error of-which\n", { 0 } },
	{ "a group over its areas", HEAD "I|A|#5\n|Trong đó:\n1|B|#3\n2|C|#2\n",
		"B@4.2:|B|3||\nC@5.2:|C|2||\ngroup 0+2 A@2.2:|A|5||\n3:2 note of-which\n", { 0 } },
	{ "a group over rows without ordinals", HEAD "I|A|#5\n|Trong đó:\n|B|#3\n|C|#2\n", "3:2 note of-which\n4:2 error of-which\n", { 0 } },
	{ "a total over all areas", HEAD "|Cộng|#5\n|Trong đó:\n1|B|#3\n2|C|#2\n",
		"B@4.2:|B|3||\nC@5.2:|C|2||\nCộng@2.2:||5||\n3:2 note of-which\n", { 0 } },
	{ "a breakdown without ordinals", HEAD "|A|#5\n|Trong đó:\n|DTTS|#1\n|B|#2\n", "3:2 note of-which\n4:2 error of-which\n", { 0 } },
	{ "dashes without ordinals", HEAD "|A|#5\n|Trong đó:\n|- DTTS|#1\n|B|#2\n",
		"A@2.2:|A|5||\nB@5.2:|B|2||\n3:2 note of-which\n4:2 note of-which\n", { 0 } },
	{ "a breakdown is no area", HEAD "1|A|#5\n|Trong đó: DTTS|#1\n2|B|#2\n", "A@2.2:|A|5||\nB@4.2:|B|2||\n3:2 note of-which\n", { 0 } },
	{ "totals of groups and a total", HEAD "I|X\n1|A|#1\n|Cộng|#1\nII|Y\n1|B|#2\n|Cộng|#2\n|Tổng cộng|#3\n",
		"A@3.2:|A|1||\nB@6.2:|B|2||\nTổng cộng@8.2:||3||\ngroup 0+1 X@2.2:|X|||\ngroup 1+1 Y@5.2:|Y|||\ngroup 0+1 Cộng@4.2:||1||\n"
		"group 1+1 Cộng@7.2:||2||\n", { 0 } },
	{ "a total above and below", HEAD "|Cộng|#1\n1|A|#1\n|Cộng|#1\n", "A@3.2:|A|1||\nCộng@2.2:||1||\n4:2 note duplicate\n", { 0 } },
	{ "two totals", HEAD "|Cộng|#1\n1|A|#1\n|Cộng|#2\n", "4:2 error duplicate\n", { 0 } },
	{ "beyond the header", HEAD "1|A|#1||||x\n", "2:7 error surplus\n", { 0 } },
	{ "a cell merged over rows", HEAD "1|^2A|#3\n2||#4\n", "2:2 error merged\n", { 0 } },
	{ "a figure merged over columns", HEAD "1|A|<2#3\n", "2:3 error merged\n", { 0 } },
	{ "a figure of the total merged over columns", HEAD "1|A|#3\n|Cộng|<2#3\n", "3:3 error merged\n", { 0 } },
	{ "a cell merged over columns of no field", "TT|Đơn vị|Tổng số hộ|x|y\n1|A|#3|<2z\n", "A@2.2:|A|3\n", { 0 } },
};

/* The rate is the last column, and the third of the fields. */
#define NUMBERS "Đơn vị|Tổng số hộ|Kinh phí|Diện tích|Hộ nghèo > Tỷ lệ\n"

static const struct sheet_case numbers[] = {
	{ "a decimal point is proved", NUMBERS "A|1|1,234|12.5\nB|2|1,234,567|1,234\n",
		"A@2.1:|A|1||1234|12.5\nB@3.1:|B|2||1234567|1234\n3:3 note decimal-point\n2:4 note decimal-point\n", { 0 } },
	{ "a decimal comma is proved", NUMBERS "A|1.234|1.234|1.234\nB|2|1.234.567|12,5\n",
		"A@2.1:|A|1234||1234|1234\nB@3.1:|B|2||1234567|12.5\n", { 0 } },
	{ "both are proved", NUMBERS "A|1||12.5\nB|2||12,5\n", "2:4 error mixed-decimals\n", { 0 } },
	{ "a comma, then a point", NUMBERS "A|1||12,5\nB|2||12.5\n", "3:4 error decimal-point\n", { 0 } },
	{ "nothing is proved", NUMBERS "A|1.234|1.234|1.234\nB|2||1,234\n", "3:4 error ambiguous-number\n2:4 error ambiguous-number\n", { 0 } },
	{ "a comma in money", NUMBERS "A|1|1,234\n", "2:3 error ambiguous-number\n", { 0 } },
	{ "commas in a count", NUMBERS "A|1,234\nB|5.000\nC|5,000\n", "A@2.1:|A|1234|||\nB@3.1:|B|5|||\nC@4.1:|C|5000|||\n2:2 note decimal-point\n", { 0 } },
	{ "a comma is said", NUMBERS "A|1|1.234|1.234\n", "A@2.1:|A|1||1234|1234\n", { .decimal_said = true } },
	{ "a point is said", NUMBERS "A|1|1.234|1,234\n", "A@2.1:|A|1||1.234|1234\n", { .decimal_said = true, .decimal_point = true } },
	{ "a rate has decimals", NUMBERS "A|1|||5,130\nB|2|||4,5\n", "A@2.1:|A|1|5.13||\nB@3.1:|B|2|4.5||\n", { 0 } },
	{ "what is missing", NUMBERS "A|-|–|...|\nB| 1 |\xC2\xA0" "2\xC2\xA0|…\n", "A@2.1:|A||||\nB@3.1:|B|1||2|\n", { 0 } },
	{ "numbers as text", NUMBERS "A|#1|#5|#2.5\nB|12|6|3.25\n",
		"A@2.1:|A|1||5|2.5\nB@3.1:|B|12||6|3.25\n3:2 note number-as-text\n3:3 note number-as-text\n3:4 note decimal-point\n"
		"3:4 note number-as-text\n", { 0 } },
	{ "percent cells", NUMBERS "A|#1|||%0.0513\nB|#1|||#0\n", "A@2.1:|A|1|5.13||\nB@3.1:|B|1|0||\n", { 0 } },
	{ "percent cells among others", NUMBERS "A|#1|||%0.0513\nB|#1|||#0.45\n", "3:5 error mixed-percent\n", { 0 } },
	{ "percent cells among others over 1", NUMBERS "A|#1|||%0.0513\nB|#1|||#4.5\nC|#1|||#0\n",
		"A@2.1:|A|1|5.13||\nB@3.1:|B|1|4.5||\nC@4.1:|C|1|0||\n", { 0 } },
	{ "percent cells, and a text", NUMBERS "A|#1|||%0.0513\nB|#1|||0,0813\n", "3:5 note number-as-text\n3:5 error mixed-percent\n", { 0 } },
	{ "percent cells, and a percentage as text", NUMBERS "A|#1|||%0.0513\nB|#1|||8,13%\n",
		"A@2.1:|A|1|5.13||\nB@3.1:|B|1|8.13||\n3:5 note number-as-text\n", { 0 } },
	{ "texts with and without a percent sign", NUMBERS "A|1|||5,13%\nB|1|||0,0813\n", "3:5 error mixed-percent\n", { 0 } },
	{ "a percentage of 1 at most", NUMBERS "A|1|||5,13%\nB|1|||1\n", "3:5 error mixed-percent\n", { 0 } },
	{ "a percentage over 1", NUMBERS "A|1|||0,13%\nB|1|||1,1\n", "A@2.1:|A|1|0.13||\nB@3.1:|B|1|1.1||\n", { 0 } },
	{ "texts that are fractions", NUMBERS "A|1|||0,0513\nB|1|||0,0813\n", "2:5 error ambiguous-percent\n", { 0 } },
	{ "texts that are fractions, said", NUMBERS "A|1|||0,0513\n", "A@2.1:|A|1|5.13||\n", { .rates = RATES_FRACTION } },
	{ "texts with a percent sign, fractions said", NUMBERS "A|1|||5,13%\nB|1|||0,0813\n", "A@2.1:|A|1|5.13||\nB@3.1:|B|1|8.13||\n",
		{ .rates = RATES_FRACTION } },
	{ "a fraction beside a text over 1", NUMBERS "A|#1|||#0.0513\nB|#1|||5,13\n", "3:5 note number-as-text\n2:5 error ambiguous-percent\n",
		{ 0 } },
	{ "small rates", NUMBERS "A|#1|||#0.05\nB|#1|||0,08\n", "A@2.1:|A|1|0.05||\nB@3.1:|B|1|0.08||\n3:5 note number-as-text\n2:5 warning percent\n",
		{ 0 } },
	{ "one small rate", NUMBERS "A|#1|||#0.05\nB|#1|||#0\n", "A@2.1:|A|1|0.05||\nB@3.1:|B|1|0||\n", { 0 } },
	{ "rates not so small", NUMBERS "A|1|||0,05\nB|1|||0,2\n", "A@2.1:|A|1|0.05||\nB@3.1:|B|1|0.2||\n", { 0 } },
	{ "small rates, said", NUMBERS "A|1|||0,05\nB|1|||0,08\n", "A@2.1:|A|1|0.05||\nB@3.1:|B|1|0.08||\n", { .rates = RATES_PERCENT } },
	{ "percent cells among others, said", NUMBERS "A|#1|||%0.0513\nB|#1|||#4.5\n", "A@2.1:|A|1|5.13||\nB@3.1:|B|1|4.5||\n",
		{ .rates = RATES_PERCENT } },
	{ "fractions with a percent sign as they stand", NUMBERS "A|#1|||~0.5219\nB|#1|||~0.018\n", "A@2.1:|A|1|0.5219||\nB@3.1:|B|1|0.018||\n", { 0 } },
	{ "small ones of them", NUMBERS "A|#1|||~0.05\nB|#1|||~0.018\n", "A@2.1:|A|1|0.05||\nB@3.1:|B|1|0.018||\n2:5 warning percent\n", { 0 } },
	{ "fractions beside one of them", NUMBERS "A|#1|||~0.5219\nB|#1|||#0.0182\n", "3:5 error ambiguous-percent\n", { 0 } },
	{ "fractions or percentages", NUMBERS "A|#1|||#0.0513\nB|#1|||#1\n", "2:5 error ambiguous-percent\n", { 0 } },
	{ "a number over 1 is a percentage", NUMBERS "A|#1|||#0.0513\nB|#1|||#1.5\n", "A@2.1:|A|1|0.0513||\nB@3.1:|B|1|1.5||\n", { 0 } },
	{ "two decimals are a percentage", NUMBERS "A|#1|||#0.51\n", "A@2.1:|A|1|0.51||\n", { 0 } },
	{ "fractions, said", NUMBERS "A|#1|||#0.0513\nB|#1|||0,25\nC|#1|||2,5%\n", "A@2.1:|A|1|5.13||\nB@3.1:|B|1|25||\nC@4.1:|C|1|2.5||\n3:5 note number-as-text\n",
		{ .rates = RATES_FRACTION } },
	{ "percentages, said", NUMBERS "A|#1|||#0.0513\n", "A@2.1:|A|1|0.0513||\n", { .rates = RATES_PERCENT } },
};

static void check(const struct sheet_case *c)
{
	static struct sheet sheet;
	struct source source = c->source;
	struct library library;
	struct arena a = { 0 };
	struct diags d = { 0 };
	struct data data = { 0 };
	struct buf out = { 0 };
	struct data_sink *sink;
	struct row_sink *take;
	bool ok;

	source.id = "s";
	source.shown = "f";
	source.period_year = 2024;
	library_init(&library, &a);
	library_add(&library, "templates", "templates");
	read_sheet(&sheet, c->text);
	sink = data_sink_new(&source, &dataset, &library, &a);
	take = data_sink_rows(sink);
	ok = take->take(take, sheet.row, sheet.n_row, &d) && data_sink_finish(sink, &data, &d);
	assert_int_equal(ok, !d.n_error);
	if (ok)
		put_data(&out, &data, &a);
	put_findings(&out, &d);
	if (strcmp(out.n ? out.text : "", c->want) != 0)
		print_error("%s: got\n%s", c->what, out.n ? out.text : "");
	assert_string_equal(out.n ? out.text : "", c->want);
	buf_clear(&out);
	diags_clear(&d);
	arena_clear(&a);
}

static void test_headers(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
		check(&headers[i]);
}

static void test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		check(&rows[i]);
}

static void test_numbers(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		check(&numbers[i]);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_headers),
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_numbers),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("sheetrows", tests, NULL, NULL);
}
