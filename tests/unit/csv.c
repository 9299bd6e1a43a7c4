/* ingest/csv.c and encoding.c: bytes to rows, whatever the blocks they come in. */
#include "base/buf.h"
#include "base/grid.h"
#include "ingest/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { HEAD = 4096 };

/* Rows as "row:cell|cell\n", then findings as "ROW:COL rule\n". */
static void read_with(struct reader_options options, const char *data, size_t n, size_t block, struct buf *out)
{
	struct csv_sizes sizes = { HEAD, block };
	struct arena a = { 0 };
	struct diags d = { 0 };
	struct grid g;
	FILE *file = n ? fmemopen((void *)data, n, "rb") : fopen("/dev/null", "rb");
	bool ok;

	assert_non_null(file);
	grid_init(&g, &a, 0);
	ok = csv_read_file(file, sizes, &options, &g.sink, &d);
	assert_int_equal(ok, !d.n_error);
	for (size_t i = 0; i < g.n_row; i++) {
		buf_printf(out, "%u:", g.row[i].row);
		for (size_t k = 0; k < g.row[i].n_cell; k++) {
			assert_int_equal(g.row[i].cell[k].col, k + 1);
			assert_int_equal(g.row[i].cell[k].row, g.row[i].row);
			buf_puts(out, k ? "|" : "");
			buf_put(out, g.row[i].cell[k].text, g.row[i].cell[k].n_text);
		}
		buf_putc(out, '\n');
	}
	for (size_t i = 0; i < d.n_finding; i++)
		buf_printf(out, "%u:%u %s\n", d.finding[i].at.row, d.finding[i].at.col,
			d.finding[i].rule);
	fclose(file);
	arena_clear(&a);
	diags_clear(&d);
}

static void read_text(const char *data, size_t n, size_t block, const char *encoding, struct buf *out)
{
	read_with((struct reader_options){ .shown = "f.csv", .encoding = encoding }, data, n, block, out);
}

#define BYTES(s) s, sizeof s - 1

static const struct {
	const char *what;
	const char *data;
	size_t n;
	const char *want;
} cases[] = {
	{ "nothing", BYTES(""), "" },
	{ "comma", BYTES("a,b\n1,2\n"), "1:a|b\n2:1|2\n" },
	{ "no last line end", BYTES("a,b\n1,2"), "1:a|b\n2:1|2\n" },
	{ "CR LF", BYTES("a,b\r\n1,2\r\n"), "1:a|b\n2:1|2\n" },
	{ "CR", BYTES("a,b\r1,2\r"), "1:a|b\n2:1|2\n" },
	{ "tab", BYTES("a\tb\n1,5\t2\n"), "1:a|b\n2:1,5|2\n" },
	{ "decimal commas", BYTES("Khu;Tỷ lệ;Số\nA;5,13;1\nB;3,2;2\n"),
		"1:Khu|Tỷ lệ|Số\n2:A|5,13|1\n3:B|3,2|2\n" },
	{ "a tie goes by the header", BYTES("a;b;c\n1,5;2,5;3\n"), "1:a|b|c\n2:1,5|2,5|3\n" },
	{ "quoted decimal commas", BYTES("a,b\n\"1,5\",\"2;5\"\n"), "1:a|b\n2:1,5|2;5\n" },
	{ "title rows", BYTES("Biểu 1, năm 2024\n\na;b\n1;2\n3;4\n"),
		"1:Biểu 1, năm 2024\n2:\n3:a|b\n4:1|2\n5:3|4\n" },
	{ "blank rows and fields", BYTES("a,b\n\n,\n"), "1:a|b\n2:\n3:|\n" },
	{ "mark", BYTES("\xEF\xBB\xBF" "a,b\n"), "1:a|b\n" },
	{ "doubled quotes", BYTES("a,b\n\"say \"\"x\"\"\",\"\"\"\"\n\"\",1\n"),
		"1:a|b\n2:say \"x\"|\"\n3:|1\n" },
	{ "quoted line ends", BYTES("a,b\n\"1\r\n2\n3\",x\ny,z\n"), "1:a|b\n2:1\r\n2\n3|x\n5:y|z\n" },
	{ "quote inside a field", BYTES("a,b\n5\" pipe,x\n"), "1:a|b\n2:5\" pipe|x\n" },
	{ "quote never closed", BYTES("a,b\n1,\"x\ny\n"), "1:a|b\n2:2 quote\n" },
	{ "quote of the second field behind a line end", BYTES("a,b\n\"1\n2\",\"x\n"),
		"1:a|b\n3:2 quote\n" },
	{ "text behind a quote", BYTES("a,b\n1,\"x\"y\nz,z\n"), "1:a|b\n2:2 quote\n" },
	{ "bad byte", BYTES("a,b\n1,2\nx,ho\xE0,1\n"), "1:a|b\n2:1|2\n3:2 encoding\n" },
	{ "bad byte behind a quoted line end", BYTES("a,b\n\"1\n\xFF\",2\n"), "1:a|b\n3:1 encoding\n" },
	{ "cut character", BYTES("a,b\n1,h\xE1\xBB"), "1:a|b\n2:2 encoding\n" },
	{ "zero byte", BYTES("a,b\n1,x\0y\n"), "1:a|b\n2:2 format\n" },
	{ "UTF-16 LE", BYTES("\xFF\xFE" "a\0,\0\xBB\x1E\n\0"), "1:a|ẻ\n" },
	{ "UTF-16 BE", BYTES("\xFE\xFF\0a\0,\x1E\xBB\0\n\xD8\x3D\xDE\x00\0,\0\r\0\n"),
		"1:a|ẻ\n2:😀|\n" },
	{ "UTF-16 LE without a mark", BYTES("a\0,\0b\0\n\0\xBB\x1E,\0c\0\n\0"), "1:a|b\n2:ẻ|c\n" },
	{ "UTF-16, half a pair", BYTES("\xFF\xFE" "a\0,\0b\0\n\0\x3D\xD8x\0"), "1:a|b\n2:1 encoding\n" },
	{ "UTF-16, half a unit", BYTES("\xFF\xFE" "a\0,\0b\0\n\0x"), "1:a|b\n2:1 encoding\n" },
	{ "UTF-16, zero", BYTES("\xFF\xFE" "a\0,\0b\0\n\0\0\0"), "1:a|b\n2:1 format\n" },
};

static void test_cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf out = { 0 };

		buf_puts(&out, "");
		read_text(cases[i].data, cases[i].n, CSV_BLOCK, NULL, &out);
		if (strcmp(out.n ? out.text : "", cases[i].want) != 0)
			fail_msg("%s: got\n%s", cases[i].what, out.text);
		buf_clear(&out);
	}
}

/* A text longer than the head, so that rows are cut by blocks. */
static void put_long(struct buf *b, const char *tail, size_t n)
{
	buf_puts(b, "đơn vị;số;chữ\r\n");
	for (int i = 0; i < 400; i++)
		buf_printf(b, "Khu phố %d;%d,5;\"a \"\"b\"\"\r\n%d\"\r\n", i, i, i);
	buf_put(b, tail, n);
}

static void check_blocks(const char *data, size_t n)
{
	struct buf want = { 0 };

	read_text(data, n, CSV_BLOCK, NULL, &want);
	for (size_t block = 16; block < 80; block++) {
		struct buf got = { 0 };

		read_text(data, n, block, NULL, &got);
		if (strcmp(want.text, got.text) != 0)
			fail_msg("blocks of %zu bytes give other rows", block);
		buf_clear(&got);
	}
	buf_clear(&want);
}

static void test_blocks(void **state)
{
	static const char *const tails[] = { "", "x;y\r", "x;\"y\"", "x;\"y", "x;\"y\"z", "x;\xFF", "x;\xE1",
		"\"\n\n\";\xE1\xBB" };

	(void)state;
	for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
		struct buf b = { 0 };
		struct buf wide = { 0 };

		put_long(&b, tails[i], strlen(tails[i]));
		check_blocks(b.text, b.n);
		buf_put(&wide, "\xFF\xFE", 2);
		for (size_t k = 0; k < b.n; k++) /* as Latin-1: other letters, the same shape */
			buf_put(&wide, (char[]){ b.text[k], 0 }, 2);
		check_blocks(wide.text, wide.n);
		buf_clear(&b);
		buf_clear(&wide);
	}
}

struct recorder {
	struct row_faults faults; /* first */
	struct buf *out;
};

/* "!KIND ROW: the cells that are known" */
static bool record(struct row_faults *faults, enum row_fault fault, const struct row *row, struct diags *d)
{
	static const char *const kind[] = { [ROW_LONG] = "long", [ROW_WIDE] = "wide", [ROW_QUOTE] = "quote", [ROW_BYTES] = "bytes" };
	struct buf *out = ((struct recorder *)faults)->out;

	(void)d;
	buf_printf(out, "!%s %u:", kind[fault], row->row);
	for (size_t i = 0; i < row->n_cell; i++) {
		buf_puts(out, i ? "|" : "");
		for (size_t k = 0; k < row->cell[i].n_text; k++)
			buf_putc(out, row->cell[i].text[k] ? row->cell[i].text[k] : '?');
	}
	buf_putc(out, '\n');
	return true;
}

/* Rows with faults are told and passed over, whatever the blocks. */
static void test_faults(void **state)
{
	static const char data[] = "mã;tên;số\n1;xã Một;5\n2;\"xã;6\n3;x\xFFy\xE1;7\n\"4\"x;a;8\n5;a\0b;9\n6;\"a\n\xFF\";1\n7;được;2\n8;\xE1";
	static const char want[] = "!quote 3:2\n!bytes 4:3|x?y?|7\n!quote 5:\n!bytes 6:5|a?b|9\n!bytes 7:6|a\n?|1\n!bytes 10:8|?\n"
		"1:mã|tên|số\n2:1|xã Một|5\n9:7|được|2\n";

	(void)state;
	for (size_t block = 16; block < 80; block++) {
		struct buf out = { 0 };
		struct recorder recorder = { { record }, &out };

		read_with((struct reader_options){ .shown = "f.csv", .faults = &recorder.faults }, BYTES(data), block, &out);
		assert_string_equal(out.text, want);
		buf_clear(&out);
	}
}

static void test_limits(void **state)
{
	struct buf b = { 0 };
	struct buf out = { 0 };

	(void)state;
	buf_puts(&b, "a,b\n1,\"");
	for (int i = 0; i < 3 << 20; i++)
		buf_putc(&b, 'x');
	read_text(b.text, b.n, CSV_BLOCK, NULL, &out);
	assert_string_equal(out.text, "1:a|b\n2:2 limit\n");
	b.n = out.n = 0;
	buf_puts(&b, "a,b\n");
	for (int i = 0; i < CSV_COLUMNS_MAX; i++)
		buf_puts(&b, "1,");
	read_text(b.text, b.n, CSV_BLOCK, NULL, &out);
	assert_string_equal(out.text, "1:a|b\n2:0 limit\n");
	b.n = out.n = 0;
	buf_puts(&b, "a,b\n");
	for (int i = 0; i < CSV_ROW_MAX + (2 << 20); i++)
		buf_putc(&b, i % (1 << 19) ? 'x' : ',');
	read_text(b.text, b.n, CSV_BLOCK, NULL, &out);
	assert_string_equal(out.text, "1:a|b\n2:0 limit\n");
	buf_clear(&b);
	buf_clear(&out);
}

/* The bytes as a file, through ingest: "ROWS RULE..." */
static void ingest_bytes(const char *data, size_t n, const char *encoding, struct buf *out)
{
	struct arena a = { 0 };
	const char *tmp = getenv("TMPDIR");
	char *path = arena_printf(&a, "%s/kehoach-csv-XXXXXX", tmp ? tmp : "/tmp");
	struct reader_options options = { .path = path, .shown = "f", .encoding = encoding };
	struct diags d = { 0 };
	struct grid g;
	int fd = mkstemp(path);
	FILE *file = fdopen(fd, "wb");
	bool ok;

	assert_int_equal(fwrite(data, 1, n, file), n);
	fclose(file);
	grid_init(&g, &a, 0);
	ok = ingest(&options, &g.sink, &d);
	assert_int_equal(ok, !d.n_error);
	buf_printf(out, "%zu", g.n_row);
	for (size_t i = 0; i < d.n_finding; i++)
		buf_printf(out, " %s", d.finding[i].rule);
	remove(path);
	arena_clear(&a);
	diags_clear(&d);
}

static const struct {
	const char *what;
	const char *data;
	size_t n;
	const char *encoding;
	const char *want;
} files[] = {
	{ "empty", BYTES(""), NULL, "0 empty" },
	{ "only a mark", BYTES("\xEF\xBB\xBF"), NULL, "0 empty" },
	{ "csv", BYTES("a,b\n1,2\n"), NULL, "2" },
	{ "csv with a comparison", BYTES("<5,b\n1,2\n"), NULL, "2" },
	{ "xml", BYTES("\xEF\xBB\xBF \n<a><b x='1'/></a>"), NULL, "1" },
	{ "wide xml", BYTES("\xFF\xFE<\0a\0>\0<\0b\0/\0>\0<\0/\0a\0>\0"), NULL, "1" },
	{ "wide xml, big-endian", BYTES("\xFE\xFF\0<\0a\0>\0<\0b\0/\0>\0<\0/\0a\0>"), NULL, "1" },
	{ "zip", BYTES("PK\003\004...."), NULL, "0 format" },
	{ "old excel", BYTES("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1..."), NULL, "0 format" },
	{ "pdf", BYTES("%PDF-1.7\n"), NULL, "0 format" },
	{ "zero bytes", BYTES("abc\0\0\0def\0gh"), NULL, "0 format" },
	{ "told utf-16", BYTES("\xBB\x1E,\0\xBB\x1E\n\0"), "utf-16", "1" },
	{ "told tcvn3", BYTES("\xA7\xAC\x6E,b\n"), "tcvn3", "1" },
	{ "told something else", BYTES("a,b\n"), "koi8-r", "0 encoding" },
	{ "told something else of xml", BYTES("<a><b/></a>"), "tcvn3", "0 encoding" },
};

static void test_files(void **state)
{
	struct reader_options none = { .path = "/nonexistent/x.csv", .shown = "x.csv" };
	struct reader_options dir = { .path = "/tmp", .shown = "tmp" };
	struct arena a = { 0 };
	struct diags d = { 0 };
	struct grid g;

	(void)state;
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		struct buf out = { 0 };

		ingest_bytes(files[i].data, files[i].n, files[i].encoding, &out);
		if (strcmp(out.text, files[i].want) != 0)
			fail_msg("%s: got %s", files[i].what, out.text);
		buf_clear(&out);
	}
	grid_init(&g, &a, 0);
	assert_false(ingest(&none, &g.sink, &d));
	assert_false(ingest(&dir, &g.sink, &d));
	assert_string_equal(d.finding[0].rule, "file");
	assert_string_equal(d.finding[1].rule, "file");
	diags_clear(&d);
	arena_clear(&a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_blocks),
		cmocka_unit_test(test_faults),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_files),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("csv", tests, NULL, NULL);
}
