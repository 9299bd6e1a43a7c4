/* ingest/encoding.c and csv.c: files in encodings of before Unicode give the rows that UTF-8 gives, whatever the blocks. */
#include "base/grid.h"
#include "ingest/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "encoded.h"

static const char *const known[] = { "thôn", "số hộ", "hộ nghèo đầu năm", "ma", NULL };
static const char *const codes[N_LEGACY] = { NULL, "abc", "VNI", "viscii", "Windows-1258" };

#define HEAD "Thôn;Số hộ;\"Hộ nghèo\nđầu năm\"\n"
#define ROWS "Thôn Đoàn Kết;10;5\n\"Ấp \"\"Bình Mỹ\"\" 2\";7;1\nXã Vĩnh Lộc, huyện Hồng Dân;3;2\n"
#define WORDS "Đã rà soát, thống nhất với tổ trưởng, trưởng ấp và Mặt trận;1;2\n"

/* Rows as "row:cell|cell\n", then findings but notes as "ROW:COL message\n". */
static void read_text(const char *data, size_t n, size_t block, const char *encoding, struct buf *out)
{
	struct reader_options options = { .shown = "f.csv", .encoding = encoding, .known = known };
	struct csv_sizes sizes = { 4096, block };
	struct arena a = { 0 };
	struct diags d = { 0 };
	struct grid g;
	FILE *file = fmemopen((void *)(uintptr_t)data, n, "rb");

	assert_non_null(file);
	grid_init(&g, &a, 0);
	if (csv_read_file(file, sizes, &options, &g.sink, &d) != !d.n_error)
		fail_msg("%s errors", d.n_error ? "good, but" : "bad, but no");
	out->n = 0;
	buf_puts(out, "");
	for (size_t i = 0; i < g.n_row; i++) {
		buf_printf(out, "%u:", g.row[i].row);
		for (size_t k = 0; k < g.row[i].n_cell; k++)
			buf_printf(out, "%s%.*s", k ? "|" : "", (int)g.row[i].cell[k].n_text, g.row[i].cell[k].text);
		buf_putc(out, '\n');
	}
	for (size_t i = 0; i < d.n_finding; i++)
		if (d.finding[i].severity != DIAG_NOTE)
			buf_printf(out, "%u:%u %s\n", d.finding[i].at.row, d.finding[i].at.col, d.finding[i].message);
	fclose(file);
	arena_clear(&a);
	diags_clear(&d);
}

static void check_same(const char *what, const struct buf *bytes, const char *encoding, const struct buf *want)
{
	static const size_t blocks[] = { 16, 17, 19, 64, 1000, CSV_BLOCK };
	struct buf got = { 0 };

	for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
		read_text(bytes->text, bytes->n, blocks[i], encoding, &got);
		if (strcmp(got.text, want->text) != 0)
			fail_msg("%s, blocks of %zu: ...%s", what, blocks[i], got.n > 600 ? got.text + got.n - 600 : got.text);
	}
	buf_clear(&got);
}

/* In each encoding, told and found, the rows of UTF-8. */
static void check_text(const char *text)
{
	struct buf want = { 0 };

	read_text(text, strlen(text), CSV_BLOCK, NULL, &want);
	for (enum legacy_charset charset = LEGACY_TCVN3; charset < N_LEGACY; charset++) {
		struct buf bytes = { 0 };

		put_encoded(&bytes, charset, text);
		check_same(legacy_name(charset), &bytes, codes[charset], &want);
		check_same(legacy_name(charset), &bytes, NULL, &want);
		buf_clear(&bytes);
	}
	buf_clear(&want);
}

static void test_found(void **state)
{
	struct buf b = { 0 };

	(void)state;
	check_text(HEAD ROWS);
	buf_puts(&b, "Biểu 1, năm 2024\n\n" HEAD);
	for (int i = 0; i < 300; i++)
		buf_puts(&b, ROWS);
	check_text(b.text);
	buf_clear(&b);
}

/* Letters beyond ASCII only behind 200 KB. */
static void test_late(void **state)
{
	struct buf b = { 0 };

	(void)state;
	buf_puts(&b, "ma;n;x\n");
	for (int i = 0; i < 20000; i++)
		buf_printf(&b, "x%d;%d;1\n", i, i);
	for (int i = 0; i < 20; i++)
		buf_puts(&b, ROWS WORDS);
	check_text(b.text);
	buf_clear(&b);
}

/* What the error is where it cannot be told. */
static void check_error(const char *data, size_t n, const char *encoding, const char *want)
{
	struct buf got = { 0 };
	const char *last;

	read_text(data, n, CSV_BLOCK, encoding, &got);
	last = got.n ? strstr(got.text, want) : NULL;
	if (!last)
		fail_msg("wanted %s, got %s", want, got.text);
	buf_clear(&got);
}

static void test_errors(void **state)
{
	struct buf b = { 0 };

	(void)state;
	buf_puts(&b, HEAD ROWS "V\xF4;1;2\n");
	check_error(b.text, b.n, NULL, "6:1 the byte 0xF4 is not UTF-8;");
	b.n = 0;
	buf_puts(&b, "Thôn;n\nTh\xF4n;1\n\xE0;2\n"); /* mixed */
	check_error(b.text, b.n, NULL, "2:1 the byte 0xF4 is not UTF-8;");
	b.n = 0;
	put_encoded(&b, LEGACY_TCVN3, "Bản;Nhà\nĐoàn Kết;Bình Mỹ\nHồng;Vĩnh Lộc\n"); /* no header that is known */
	check_error(b.text, b.n, NULL, "1:1 the byte 0xB6 is not UTF-8, and what it is else is not sure (TCVN3 (ABC): 'Bản'");
	check_error(b.text, b.n, "utf-8", "1:1 the byte 0xB6 is not UTF-8;");
	check_error(b.text, b.n, "tcvn3", "3:Hồng|Vĩnh Lộc\n");
	check_error("a,b\n1,\xEC\n", 8, "cp1258", "2:2 the byte 0xEC means nothing in Windows-1258 where it stands");
	check_error("a,b\n1,\x8D\n", 8, "vni", "2:2 the byte 0x8D means nothing in VNI where it stands");
	check_error("a,b\nx\0,\xA9\n", 9, "tcvn3", "2:1 a zero byte");
	check_error("\xEF\xBB\xBF" "Tổ,b\n", 9, "tcvn3", "1:Tổ|b\n"); /* a mark tells more than the job */
	b.n = 0;
	buf_puts(&b, "ma;n\n"); /* late, and too little */
	for (int i = 0; i < 20000; i++)
		buf_printf(&b, "x%d;%d\n", i, i);
	buf_puts(&b, "X\xB7;1\n");
	check_error(b.text, b.n, NULL, "20002:1 the byte 0xB7 is not UTF-8;");
	buf_clear(&b);
}

/* Cells of before Unicode inside UTF-8: found, told, and left alone where one cell is Unicode. */
static void test_stored(void **state)
{
	static const char text[] = "Th«n;Sè hé;\"Hé nghÌo\n®Çu n¨m\"\nTh«n §oµn KÕt;10;5\n\"Äp \"\"B×nh Mü\"\" 2\";7;1\n"
				   "X· VÜnh Léc, huyÖn Hång D©n;3;2\n";
	struct buf bytes = { 0 };
	struct buf want = { 0 };

	(void)state;
	buf_puts(&bytes, text);
	read_text(HEAD ROWS, sizeof HEAD ROWS - 1, CSV_BLOCK, NULL, &want);
	check_same("stored, found", &bytes, NULL, &want);
	check_same("stored, told", &bytes, "tcvn3", &want);
	check_error(text, sizeof text - 1, "utf-8", "1:Th«n|Sè hé|");
	buf_puts(&bytes, "Phường 1;3;2\n");
	check_error(bytes.text, bytes.n, NULL, "1:Th«n|Sè hé|");
	check_error(bytes.text, bytes.n, "tcvn3", "1:Thôn|Số hộ|");
	check_error(bytes.text, bytes.n, "tcvn3", "6:Phường 1|3|2");
	buf_clear(&want);
	buf_clear(&bytes);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_found),
		cmocka_unit_test(test_late),
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_stored),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("encoding", tests, NULL, NULL);
}
