/* model/matcher.c, header.c, columns.c, headrows.c, heldrows.c: headings of several rows and merged cells, rows that name nothing. */
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
	{ .id = "area", .type = FIELD_AREA, .unit = "", NAMES("thôn"), .label = "Thôn", .key = true },
	{ .id = "households", .type = FIELD_COUNT, .unit = "hộ", NAMES("số hộ", "tổng số hộ"), .label = "Số hộ" },
	{ .id = "poor", .type = FIELD_COUNT, .unit = "hộ", NAMES("hộ nghèo", "hộ nghèo đầu năm {period}"), .label = "Hộ nghèo" },
	{ .id = "poor_end", .type = FIELD_COUNT, .unit = "hộ", NAMES("hộ nghèo cuối năm {period}"), .label = "Hộ nghèo cuối năm" },
	{ .id = "note", .type = FIELD_TEXT, .unit = "", NAMES("ghi chú"), .label = "Ghi chú" },
};

static const struct dataset dataset = {
	.id = "d",
	.field = fields,
	.n_field = sizeof fields / sizeof *fields,
	.total = (const char *const[]){ "cộng", NULL },
};

enum {
	CELLS_MAX = 16, /* of a row */
};

/* Rows are divided by '\n', cells by ';'; "<2x1>" in front of a text merges its cell over 2 columns and 1 row. */
static const struct heading_case {
	const char *what;
	const char *text;
	const char *want; /* rows of data as "name=figures", groups in brackets, findings */
} cases[] = {
	{ "figures in the second column below a merged heading", "Thôn;Số hộ;<2x1>Hộ nghèo\nThôn 1;90;;6\nThôn 2;190;;9\n",
		"2:4 error merged\n" },
	{ "figures in both columns", "Thôn;Số hộ;<2x1>Hộ nghèo\nThôn 1;90;5;6\n", "2:4 error merged\n" },
	{ "names in the second column", "<2x1>Thôn;;Số hộ\n1;Thôn 1;90\n", "2:2 error merged\n" },
	{ "nothing in the second column", "Thôn;Số hộ;<2x1>Hộ nghèo\nThôn 1;90;6\n", "Thôn 1=90 6\n" },
	{ "merged cells of data below it", "Thôn;Số hộ;<2x1>Hộ nghèo\nThôn 1;90;<2x1>6\n", "Thôn 1=90 6\n" },
	{ "the second column of a heading that no field has", "Thôn;Số hộ;<2x1>Khác\nThôn 1;90;6;7\n", "Thôn 1=90\n" },
	{ "units choose the first", "Thôn;Số hộ;<2x1>Hộ nghèo\n;;Hộ;Khẩu\nThôn 1;90;6;7\n", "Thôn 1=90 6\n2:4 note merged\n" },
	{ "units choose the second", "Thôn;Số hộ;<2x1>Hộ nghèo\n;;%;Hộ\nThôn 1;90;6;7\n", "Thôn 1=90 7\n2:3 note merged\n" },
	{ "units choose one of three", "Thôn;Số hộ;<3x1>Hộ nghèo\n;;Khẩu;(Hộ);%\nThôn 1;90;6;7;8\n",
		"Thôn 1=90 7\n2:3 note merged\n2:5 note merged\n" },
	{ "units are the same", "Thôn;Số hộ;<2x1>Hộ nghèo\n;;Hộ;Hộ\nThôn 1;90;6;7\n", "3:4 error merged\n" },
	{ "one has a unit, the other figures too", "Thôn;Số hộ;<2x1>Hộ nghèo\n;Hộ;;Hộ\nThôn 1;90;6;7\n", "3:3 error merged\n" },
	{ "column numbers choose nothing", "Thôn;Số hộ;<2x1>Hộ nghèo\n(1);(2);(3);(4)\nThôn 1;90;6;7\n", "3:4 error merged\n" },
	{ "a name over two levels", "TT;<1x2>Thôn;<1x2>Số hộ;<2x1>Hộ nghèo\n;;;Đầu năm 2024;Cuối năm 2024\n1;Thôn 1;100;5;4\n", "Thôn 1=100 5 4\n" },
	{ "a name over two levels of another year", "Thôn;Số hộ;<2x1>Hộ nghèo\n;;Đầu năm 2023;Cuối năm 2024\nThôn 1;100;5;4\n", "2:3 error header\n" },
	{ "a name broken over two cells", "Thôn;Tổng;Hộ nghèo\n;số hộ;đầu năm 2024\nThôn 1;100;5\n", "Thôn 1=100 5\n" },
	{ "a name broken over three cells", "Thôn;Tổng;Hộ nghèo\n;số;\n;hộ;\nThôn 1;100;5\n", "Thôn 1=100 5\n" },
	{ "a header that goes on below merged cells", "<1x2>Thôn;<1x2>Số hộ;<2x1>Hộ nghèo\n;;Kế hoạch;Thực hiện\nThôn 1;100;5;4\n",
		"2:3 error header\n" },
	{ "with years", "<1x2>Thôn;<1x2>Số hộ;<2x1>Hộ nghèo\n;;2023;2024\nThôn 1;100;5;4\n", "2:3 error header\n" },
	{ "without merged cells", "Thôn;Số hộ;Hộ nghèo\n;Kế hoạch;Thực hiện\nThôn 1;100;5\n", "2:2 error header\n" },
	{ "years without merged cells", "Thôn;Số hộ;Hộ nghèo\n;2023;2024\nThôn 1;100;5\n", "2:2 error header\n" },
	{ "units below merged cells", "<1x2>Thôn;<1x2>Số hộ;Hộ nghèo\n;;hộ\nThôn 1;100;5\n", "Thôn 1=100 5\n" },
	{ "column numbers below merged cells", "<1x2>Thôn;<1x2>Số hộ;Hộ nghèo\n;;(3)\nThôn 1;100;5\n", "Thôn 1=100 5\n" },
	{ "a merged heading that no field has", "<1x2>TT;Thôn;Hộ nghèo\n;Thôn 1;5\n", "Thôn 1=5\n" },
	{ "a note below the header", "Thôn;Số hộ;Hộ nghèo\n;Ghi chú: rà soát;x\nThôn 1;100;5\n", "Thôn 1=100 5\n2:2 note skipped-rows\n" },
	{ "rows that are only numbered", "TT;Thôn;Số hộ\n1;Thôn 1;100\n2\n3;Thôn 3;90\n4\n5\n", "Thôn 1=100\nThôn 3=90\n3:1 note unfilled-rows\n" },
	{ "numbered rows with figures", "TT;Thôn;Số hộ\n1;Thôn 1;100\n2;;90\n", "3:2 error empty-key\n" },
	{ "a number that is a name", "Thôn;TT;Số hộ\n1;1;100\n2;;\n", "1=100\n2=\n" },
	{ "a heading left of the names", "TT;Thôn;Số hộ\nKhu vực I\n1;Thôn 1;100\nKhu vực II\n1;Thôn 2;90\n",
		"Thôn 1=100\nThôn 2=90\n[Khu vực I 0+1]\n[Khu vực II 1+1]\n" },
	{ "the same, merged", "TT;Thôn;Số hộ\n<3x1>Khu vực I\n1;Thôn 1;100\n<3x1>Khu vực II\n1;Thôn 2;90\n",
		"Thôn 1=100\nThôn 2=90\n[Khu vực I 0+1]\n[Khu vực II 1+1]\n" },
	{ "a text over figures between rows", "TT;Thôn;Số hộ\n1;Thôn 1;100\n;;chưa rà soát\n2;Thôn 2;90\n", "3:3 error text-between\n" },
};

/* The size in front of a text; *s moves behind it. */
static void read_size(const char **s, const char *end, struct cell *c)
{
	char *next;

	if (*s == end || **s != '<')
		return;
	c->n_cols = (unsigned)strtoul(*s + 1, &next, 10);
	c->n_rows = (unsigned)strtoul(next + 1, &next, 10);
	*s = next + 1;
}

static void take_line(struct row_sink *sink, const char *line, size_t n, unsigned i_row, struct diags *d)
{
	struct cell cell[CELLS_MAX] = { 0 };
	struct row row = { .cell = cell, .row = i_row, .sheet = "Sheet1" };
	const char *end = line + n;
	unsigned col = 0;

	for (const char *s = line; s <= end; s++) {
		const char *next = memchr(s, ';', (size_t)(end - s));
		struct cell *c = &cell[row.n_cell];

		next = next ? next : end;
		*c = (struct cell){ .row = i_row, .col = ++col, .kind = CELL_TEXT };
		read_size(&s, next, c);
		c->text = s;
		c->n_text = (size_t)(next - s);
		row.n_cell += c->n_text > 0;
		s = next;
	}
	if (row.n_cell)
		sink->take(sink, &row, 1, d);
}

static bool read_rows(struct data_sink *sink, const char *text, struct data *data, struct diags *d)
{
	unsigned i_row = 1;

	for (const char *s = text; *s; s += strcspn(s, "\n"), s += *s == '\n')
		take_line(data_sink_rows(sink), s, strcspn(s, "\n"), i_row++, d);
	return data_sink_finish(sink, data, d);
}

static void put_row(struct buf *b, const struct data_row *r, struct arena *a)
{
	buf_printf(b, "%s=", r->label);
	for (size_t i = 0, n = 0; i < dataset.n_field; i++)
		if (field_is_number(fields[i].type) && r->datum[i].figure.state == FIGURE_OK)
			buf_printf(b, "%s%s", n++ ? " " : "", ratio_exact(r->datum[i].figure.x, a));
	buf_putc(b, '\n');
}

static void put_all(struct buf *b, bool ok, const struct data *data, const struct diags *d, struct arena *a)
{
	for (size_t i = 0; ok && i < data->n_row; i++)
		put_row(b, &data->row[i], a);
	for (size_t i = 0; ok && i < data->n_group; i++)
		buf_printf(b, "[%s %zu+%zu]\n", data->group[i].row.label, data->group[i].first, data->group[i].n_row);
	for (size_t i = 0; i < d->n_finding; i++)
		if (strcmp(d->finding[i].rule, "unknown-column") != 0)
			buf_printf(b, "%u:%u %s %s\n", d->finding[i].at.row, d->finding[i].at.col,
				severity_name(d->finding[i].severity), d->finding[i].rule);
}

static bool is_as_wanted(const struct heading_case *c)
{
	struct source source = { .id = "s", .shown = "s.xlsx", .period_year = 2024 };
	struct data data = { 0 };
	struct library library;
	struct arena a = { 0 };
	struct diags d = { 0 };
	struct buf out = { 0 };
	bool is;
	bool ok;

	library_init(&library, &a);
	library_add(&library, "templates", "templates");
	ok = read_rows(data_sink_new(&source, &dataset, &library, &a), c->text, &data, &d);
	assert_int_equal(ok, !d.n_error);
	put_all(&out, ok, &data, &d, &a);
	is = !strcmp(out.n ? out.text : "", c->want);
	if (!is)
		print_error("%s: got\n%s", c->what, out.n ? out.text : "");
	buf_clear(&out);
	diags_clear(&d);
	arena_clear(&a);
	return is;
}

static void test_cases(void **state)
{
	size_t n_wrong = 0;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		n_wrong += !is_as_wanted(&cases[i]);
	assert_int_equal(n_wrong, 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("headings", tests, NULL, NULL);
}
