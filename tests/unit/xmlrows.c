/* ingest/xml.c: elements to rows of named cells. */
#include "base/buf.h"
#include "base/grid.h"
#include "ingest/xml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Rows as "row:name=text@row.col|...\n", then findings as "ROW:COL rule\n". */
static void read_text(const char *s, size_t n, const char *rows, struct buf *out)
{
	struct reader_options options = { .shown = "f.xml", .rows = rows };
	struct arena a = { 0 };
	struct diags d = { 0 };
	struct grid g;
	bool ok;

	grid_init(&g, &a, 0);
	ok = xml_read_bytes(s, n, &options, &g.sink, &d);
	assert_int_equal(ok, !d.n_error);
	for (size_t i = 0; i < g.n_row; i++) {
		buf_printf(out, "%u:", g.row[i].row);
		for (size_t k = 0; k < g.row[i].n_cell; k++) {
			const struct cell *c = &g.row[i].cell[k];

			buf_printf(out, "%s%s=%.*s@%u.%u", k ? "|" : "", c->name, (int)c->n_text,
				c->text, c->row, c->col);
		}
		buf_putc(out, '\n');
	}
	for (size_t i = 0; i < d.n_finding; i++)
		buf_printf(out, "%u:%u %s\n", d.finding[i].at.row, d.finding[i].at.col,
			d.finding[i].rule);
	arena_clear(&a);
	diags_clear(&d);
}

static const struct {
	const char *what;
	const char *data;
	const char *rows;
	const char *want;
} cases[] = {
	{ "attributes", "<r><x a='1' b='hai'/>\n<x a='2'/></r>", NULL,
		"1:a=1@1.4|b=hai@1.4\n2:a=2@2.1\n" },
	{ "children", "<r><x><a>1</a> <b/></x></r>", NULL, "1:a=1@1.10|b=@1.16\n" },
	{ "a spreadsheet", "<Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'><x a='1'/></Workbook>", NULL, "0:0 format\n" },
	{ "a flat document", "<o:document xmlns:o='urn:oasis:names:tc:opendocument:xmlns:office:1.0'><x a='1'/></o:document>", NULL,
		"0:0 format\n" },
	{ "a workbook of others", "<Workbook><x a='1'/></Workbook>", NULL, "1:a=1@1.11\n" },
	{ "labels", "<r><x><c label='Số hộ'>5</c><c nhan='Hộ nghèo'>1</c></x></r>", NULL,
		"1:Số hộ=5@1.24|Hộ nghèo=1@1.48\n" },
	{ "children of children", "<r><x><g><a>1</a><a2 u='h'>2</a2></g><b>3</b></x></r>", NULL,
		"1:g/a=1@1.13|g/a2/u=h@1.18|g/a2=2@1.28|b=3@1.41\n" },
	{ "text of the row", "<r><x>ab &amp; c</x><x/></r>", NULL, "1:x=ab & c@1.7\n1:\n" },
	{ "one row", "<r>\n <x a='1'/>\n</r>", NULL, "2:a=1@2.2\n" },
	{ "a namespace", "<n:r xmlns:n='urn:x'><n:x n:a='1'/></n:r>", NULL, "1:a=1@1.22\n" },
	{ "a path", "<r><h><x a='0'/></h><l><x a='1'/><y a='2'/></l><l><x a='3'/></l></r>", "/r/l/x",
		"1:a=1@1.24\n1:a=3@1.51\n" },
	{ "the root as a row", "<r a='1'/>", "/r", "1:a=1@1.1\n" },
	{ "a wrong path", "<r><khu a='1'/></r>", "/r/kh", "1:4 rows\n" },
	{ "no path", "<r><x/></r>", "x", "0:0 rows\n" },
	{ "different elements", "<r><x a='1'/><y/><z/></r>", NULL, "1:a=1@1.4\n1:14 rows\n" },
	{ "no rows", "<r>text</r>", NULL, "0:0 rows\n" },
	{ "twice", "<r><x a='1'><a>2</a><b>3</b></x><x><b>1</b></x></r>", NULL,
		"1:a=1@1.4|b=3@1.24\n1:b=1@1.39\n1:16 duplicate-cell\n" },
	{ "a row inside a row", "<r><x><x>1</x></x></r>", NULL, "1:x=1@1.10\n" },
	{ "not well-formed", "<r><x a='1'/><x><b>1</x></r>", NULL, "1:a=1@1.4\n1:25 xml\n" },
	{ "a DOCTYPE", "<!DOCTYPE r><r><x/></r>", NULL, "1:1 doctype\n" },
};

static void test_cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf out = { 0 };

		read_text(cases[i].data, strlen(cases[i].data), cases[i].rows, &out);
		if (strcmp(out.text, cases[i].want) != 0)
			fail_msg("%s: got\n%s", cases[i].what, out.text);
		buf_clear(&out);
	}
}

/* Many rows are given away in blocks; none is lost. */
static void test_many(void **state)
{
	struct buf b = { 0 };
	struct buf out = { 0 };
	size_t lines = 0;

	(void)state;
	buf_puts(&b, "<r>");
	for (int i = 0; i < 20000; i++)
		buf_printf(&b, "<x a='%d'/>\n", i);
	buf_puts(&b, "</r>");
	read_text(b.text, b.n, NULL, &out);
	for (size_t i = 0; i < out.n; i++)
		lines += out.text[i] == '\n';
	assert_int_equal(lines, 20000);
	assert_non_null(strstr(out.text, "\n20000:a=19999@20000.1\n"));
	buf_clear(&b);
	buf_clear(&out);
}

static void test_limits(void **state)
{
	struct buf b = { 0 };
	struct buf out = { 0 };

	(void)state;
	buf_puts(&b, "<r><x>");
	for (int i = 0; i <= XML_COLUMNS_MAX; i++)
		buf_printf(&b, "<a%d/>", i);
	buf_puts(&b, "</x></r>");
	read_text(b.text, b.n, NULL, &out);
	assert_non_null(strstr(out.text, " limit\n"));
	b.n = out.n = 0;
	buf_puts(&b, "<r><x>");
	for (int i = 0; i < 10; i++) {
		buf_printf(&b, "<a%d>", i);
		for (int k = 0; k < 1000000; k++)
			buf_putc(&b, 'x');
		buf_printf(&b, "</a%d>", i);
	}
	buf_puts(&b, "</x></r>");
	read_text(b.text, b.n, NULL, &out);
	assert_non_null(strstr(out.text, " limit\n"));
	buf_clear(&b);
	buf_clear(&out);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_limits),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("xmlrows", tests, NULL, NULL);
}
