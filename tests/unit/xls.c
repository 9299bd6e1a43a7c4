/* ingest/xls*.c: the records of workbooks, right and wrong ones, made byte by byte. */
#include "base/buf.h"
#include "base/grid.h"
#include "ingest/xls.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define BYTES(s) s, sizeof s - 1

/* ---- a writer ---- */

static void put16(struct buf *b, unsigned x)
{
	buf_putc(b, (char)(x & 0xFF));
	buf_putc(b, (char)(x >> 8));
}

static void put32(struct buf *b, uint32_t x)
{
	put16(b, x & 0xFFFF);
	put16(b, x >> 16);
}

static void put_record(struct buf *b, unsigned id, const char *data, size_t n)
{
	put16(b, id);
	put16(b, (unsigned)n);
	buf_put(b, data, n);
}

static void put_bof(struct buf *b, unsigned version, unsigned kind)
{
	put16(b, XLS_BOF);
	put16(b, 16);
	put16(b, version);
	put16(b, kind);
	buf_put(b, BYTES("\0\0\0\0\0\0\0\0\0\0\0\0"));
}

static void put_style(struct buf *b, unsigned font, unsigned format)
{
	put16(b, XLS_XF);
	put16(b, 4);
	put16(b, font);
	put16(b, format);
}

static void put_sheet_name(struct buf *b, size_t at, unsigned state, unsigned type, const char *name)
{
	put16(b, XLS_BOUNDSHEET);
	put16(b, (unsigned)(8 + strlen(name)));
	put32(b, (uint32_t)at);
	buf_putc(b, (char)state);
	buf_putc(b, (char)type);
	buf_putc(b, (char)strlen(name));
	buf_putc(b, 0);
	buf_puts(b, name);
}

/* A workbook of one sheet: further records of the book, and those of the sheet. Styles: general, percent, date, and one
 * whose format the file defines: 0.0%. */
static void put_book(struct buf *b, const char *book, size_t n_book, const char *sheet, size_t n_sheet)
{
	static const char format[] = "\244\0" "\4\0\0" "0.0%";
	size_t n_name = 4 + 8 + strlen("S");

	put_bof(b, 0x0600, 0x0005);
	put_record(b, XLS_FORMAT, format, sizeof format - 1);
	put_style(b, 0, 0);
	put_style(b, 0, 10);
	put_style(b, 0, 14);
	put_style(b, 0, 164);
	buf_put(b, book, n_book);
	put_sheet_name(b, b->n + n_name + 4, 0, 0, "S");
	put_record(b, XLS_EOF, "", 0);
	put_bof(b, 0x0600, 0x0010);
	buf_put(b, sheet, n_sheet);
	put_record(b, XLS_EOF, "", 0);
}

/* ---- what is read ---- */

static bool read_memory(void *ctx, size_t at, void *into, size_t n)
{
	memcpy(into, ((const struct buf *)ctx)->text + at, n);
	return true;
}

static const char kind_letter[] = { [CELL_TEXT] = 't', [CELL_NUMBER] = 'n', [CELL_PERCENT] = 'p', [CELL_MARKED] = 'm', [CELL_DATE] = 'd', [CELL_FLAG] = 'f',
	[CELL_ERROR] = 'e' };

static void put_cell(struct buf *out, const struct cell *c)
{
	buf_printf(out, " %u%c", c->col, kind_letter[c->kind]);
	if (c->n_rows > 1 || c->n_cols > 1)
		buf_printf(out, "(%ux%u)", c->n_rows, c->n_cols);
	buf_printf(out, "=%.*s", (int)c->n_text, c->text);
}

/* Rows as "ROW: COLkind=TEXT...\n", then findings as "ROW:COL rule\n". */
static void read_rows(const struct buf *stream, const char *sheet, struct buf *out)
{
	struct reader_options options = { .shown = "f.xls", .sheet = sheet };
	struct arena a = { 0 };
	struct diags d = { 0 };
	struct grid g;
	struct buf exact = { 0 }; /* so that the sanitizer sees its end */
	bool ok;

	buf_put(&exact, stream->text, stream->n);
	grid_init(&g, &a, 0);
	ok = xls_read_stream((struct xls_bytes){ &exact, exact.n, read_memory }, &options, &g.sink, &d);
	assert_int_equal(ok, !d.n_error);
	buf_puts(out, "");
	for (size_t i = 0; i < g.n_row; i++) {
		buf_printf(out, "%u:", g.row[i].row);
		for (size_t k = 0; k < g.row[i].n_cell; k++)
			put_cell(out, &g.row[i].cell[k]);
		buf_putc(out, '\n');
	}
	for (size_t i = 0; i < d.n_finding; i++)
		buf_printf(out, "%u:%u %s\n", d.finding[i].at.row, d.finding[i].at.col, d.finding[i].rule);
	buf_clear(&exact);
	arena_clear(&a);
	diags_clear(&d);
}

#define FONT(size, n, name) "\x31\0" size "\0" "\0\0\0\0\0\0\0\0\0\0\0\0\0\0" n "\0" name
#define FONTS \
	FONT("\x15", "\5", "Arial") FONT("\x17", "\7", ".VnTime") FONT("\x18", "\x08", ".VnTimeH") FONT("\x15", "\5", "Arial") \
		FONT("\x19", "\x09", "VNI-Times")
#define STYLE(font) "\xE0\0\4\0" font "\0\0\0" /* the fifth */

/* Records as they stand in a table: id, length and data in one string. */
static const struct {
	const char *what;
	const char *book;
	size_t n_book;
	const char *sheet;
	size_t n_sheet;
	const char *want;
} cases[] = {
	{ "nothing", BYTES(""), BYTES(""), "0:0 empty\n" },

	/* numbers */
	{ "number", BYTES(""), BYTES("\x03\x02\x0E\0" "\0\0\1\0\0\0" "\0\0\0\0\0\0\x29\xC0"), "1: 2n=-12.5\n" },
	{ "percent", BYTES(""), BYTES("\x03\x02\x0E\0" "\0\0\1\0\1\0" "\xC3\xF5\x28\x5C\x8F\xC2\xB5\x3F"), "1: 2p=0.085\n" },
	{ "format of the file", BYTES(""), BYTES("\x03\x02\x0E\0" "\0\0\1\0\3\0" "\0\0\0\0\0\0\xE0\x3F"), "1: 2p=0.5\n" },
	{ "rk whole", BYTES(""), BYTES("\x7E\x02\x0A\0" "\0\0\0\0\0\0" "\x92\x01\0\0"), "1: 1n=100\n" },
	{ "rk whole negative", BYTES(""), BYTES("\x7E\x02\x0A\0" "\0\0\0\0\0\0" "\xFE\xFF\xFF\xFF"), "1: 1n=-1\n" },
	{ "rk hundredths", BYTES(""), BYTES("\x7E\x02\x0A\0" "\0\0\0\0\0\0" "\x07\x08\0\0"), "1: 1n=5.13\n" },
	{ "rk floating", BYTES(""), BYTES("\x7E\x02\x0A\0" "\0\0\0\0\0\0" "\0\0\xE0\x3F"), "1: 1n=0.5\n" },
	{ "rk floating hundredths", BYTES(""), BYTES("\x7E\x02\x0A\0" "\0\0\0\0\0\0" "\1\0\xE0\x3F"), "1: 1n=0.005\n" },
	{ "several rks", BYTES(""), BYTES("\xBD\0\x12\0" "\1\0\2\0" "\0\0\x06\0\0\0" "\1\0\0\0\xE0\x3F" "\3\0"), "2: 3n=1 4p=0.5\n" },
	{ "date", BYTES(""), BYTES("\x7E\x02\x0A\0" "\0\0\0\0\2\0" "\x0E\xC6\2\0"), "1: 1d=2024-05-31\n" },
	{ "date since 1904", BYTES("\x22\0\2\0\1\0"), BYTES("\x7E\x02\x0A\0" "\0\0\0\0\2\0" "\x36\xAF\2\0"), "1: 1d=2024-05-31\n" },
	{ "a time is a text", BYTES(""), BYTES("\x7E\x02\x0A\0" "\0\0\0\0\2\0" "\0\0\xE0\x3F"), "1: 1t=12:00\n" },
	{ "a duration is a text", BYTES("\xE0\0\4\0\0\0\x2E\0"), BYTES("\x03\x02\x0E\0" "\0\0\0\0\4\0" "\0\0\0\0\0\x80\xF4\x3F"), "1: 1t=30:45\n" },
	{ "no such style", BYTES(""), BYTES("\x7E\x02\x0A\0" "\0\0\0\0\x09\0" "\0\0\xE0\x3F"), "1:1 format\n" },
	{ "infinite", BYTES(""), BYTES("\x03\x02\x0E\0" "\0\0\1\0\0\0" "\0\0\0\0\0\0\xF0\x7F" "\x03\x02\x0E\0" "\1\0\1\0\0\0" "\0\0\0\0\0\0\xF0\x7F"),
		"1:2 format\n2:2 format\n" },

	/* other cells */
	{ "truth", BYTES(""), BYTES("\x05\x02\x08\0" "\0\0\0\0\0\0\1\0" "\x05\x02\x08\0" "\0\0\1\0\0\0\0\0"), "1: 1f=1 2f=0\n" },
	{ "errors", BYTES(""), BYTES("\x05\x02\x08\0" "\0\0\0\0\0\0\7\1" "\x05\x02\x08\0" "\0\0\1\0\0\0\x2A\1"), "1: 1e=#DIV/0! 2e=#N/A\n" },
	{ "unknown error", BYTES(""), BYTES("\x05\x02\x08\0" "\0\0\0\0\0\0\1\1"), "1: 1e=#ERR\n" },
	{ "label", BYTES(""), BYTES("\x04\x02\x0B\0" "\0\0\0\0\0\0" "\2\0\0" "a\xE0"), "1: 1t=aà\n" },
	{ "wide label", BYTES(""), BYTES("\x04\x02\x0D\0" "\0\0\0\0\0\0" "\2\0\1" "\xA1\x1E" "b\0"), "1: 1t=ạb\n" },
	{ "rich label", BYTES(""), BYTES("\xD6\0\x10\0" "\0\0\0\0\0\0" "\1\0\0" "a" "\1\0" "\0\0\5\0"), "1: 1t=a\n" },
	{ "half characters", BYTES(""), BYTES("\x04\x02\x0F\0" "\0\0\0\0\0\0" "\3\0\1" "\x3D\xD8\0\0\0\xDE"), "1: 1t=\uFFFD\uFFFD\uFFFD\n" },
	{ "a pair", BYTES(""), BYTES("\x04\x02\x0D\0" "\0\0\0\0\0\0" "\2\0\1" "\x3D\xD8\0\xDE"), "1: 1t=\U0001F600\n" },
	{ "shared", BYTES("\xFC\0\x10\0" "\2\0\0\0\2\0\0\0" "\1\0\0a" "\1\0\0b"), BYTES("\xFD\0\x0A\0" "\0\0\0\0\0\0" "\1\0\0\0"), "1: 1t=b\n" },
	{ "shared with runs and a phonetic text", BYTES("\xFC\0\x1D\0" "\2\0\0\0\2\0\0\0" "\1\0\x0C" "\1\0" "\3\0\0\0" "a" "\0\0\1\0" "xyz" "\1\0\0b"),
		BYTES("\xFD\0\x0A\0" "\0\0\0\0\0\0" "\0\0\0\0" "\xFD\0\x0A\0" "\0\0\1\0\0\0" "\1\0\0\0"), "1: 1t=a 2t=b\n" },
	{ "no such text", BYTES("\xFC\0\x0C\0" "\1\0\0\0\1\0\0\0" "\1\0\0a"), BYTES("\xFD\0\x0A\0" "\0\0\0\0\0\0" "\1\0\0\0"), "1:1 format\n" },
	{ "fewer texts than said", BYTES("\xFC\0\x0C\0" "\1\0\0\0\2\0\0\0" "\1\0\0a"), BYTES(""), "0:0 format\n" },
	{ "texts twice", BYTES("\xFC\0\x0C\0" "\1\0\0\0\1\0\0\0" "\1\0\0a" "\xFC\0\x0C\0" "\1\0\0\0\1\0\0\0" "\1\0\0a"), BYTES(""), "0:0 format\n" },

	/* texts that go on */
	{ "in another record", BYTES("\xFC\0\x0D\0" "\1\0\0\0\1\0\0\0" "\4\0\0ab" "\x3C\0\3\0" "\0cd"),
		BYTES("\xFD\0\x0A\0" "\0\0\0\0\0\0" "\0\0\0\0"), "1: 1t=abcd\n" },
	{ "wide there", BYTES("\xFC\0\x0D\0" "\1\0\0\0\1\0\0\0" "\4\0\0ab" "\x3C\0\5\0" "\1\xA1\x1E" "d\0"),
		BYTES("\xFD\0\x0A\0" "\0\0\0\0\0\0" "\0\0\0\0"), "1: 1t=abạd\n" },
	{ "from its first character", BYTES("\xFC\0\x0B\0" "\1\0\0\0\1\0\0\0" "\2\0\1" "\x3C\0\3\0" "\0cd"),
		BYTES("\xFD\0\x0A\0" "\0\0\0\0\0\0" "\0\0\0\0"), "1: 1t=cd\n" },
	{ "the next text there", BYTES("\xFC\0\x0C\0" "\1\0\0\0\2\0\0\0" "\1\0\0a" "\x3C\0\4\0" "\1\0\0b"),
		BYTES("\xFD\0\x0A\0" "\0\0\0\0\0\0" "\1\0\0\0"), "1: 1t=b\n" },
	{ "its runs there", BYTES("\xFC\0\x10\0" "\1\0\0\0\2\0\0\0" "\1\0\x08" "\1\0" "a" "\0\0" "\x3C\0\6\0" "\1\0" "\1\0\0b"),
		BYTES("\xFD\0\x0A\0" "\0\0\0\0\0\0" "\1\0\0\0"), "1: 1t=b\n" },
	{ "half a character in front", BYTES("\xFC\0\x0C\0" "\1\0\0\0\1\0\0\0" "\2\0\1" "a" "\x3C\0\4\0" "\1\0b\0"), BYTES(""), "0:0 format\n" },
	{ "goes on in no record", BYTES("\xFC\0\x0C\0" "\1\0\0\0\1\0\0\0" "\5\0\0a"), BYTES(""), "0:0 format\n" },

	/* formulas */
	{ "number", BYTES(""), BYTES("\x06\0\x16\0" "\0\0\0\0\0\0" "\0\0\0\0\0\0\x14\x40" "\0\0\0\0\0\0\0\0"), "1: 1n=5\n" },
	{ "text", BYTES(""), BYTES("\x06\0\x16\0" "\0\0\0\0\0\0" "\0\0\0\0\0\0\xFF\xFF" "\0\0\0\0\0\0\0\0" "\7\2\4\0" "\1\0\0a"), "1: 1t=a\n" },
	{ "text behind a shared formula", BYTES(""),
		BYTES("\x06\0\x16\0" "\0\0\0\0\0\0" "\0\0\0\0\0\0\xFF\xFF" "\0\0\0\0\0\0\0\0" "\xBC\4\1\0x" "\7\2\4\0" "\2\0\0a" "\x3C\0\2\0\0b"),
		"1: 1t=ab\n" },
	{ "text that is not there", BYTES(""),
		BYTES("\x06\0\x16\0" "\0\0\0\0\0\0" "\0\0\0\0\0\0\xFF\xFF" "\0\0\0\0\0\0\0\0" "\x7E\x02\x0A\0" "\0\0\1\0\0\0" "\x92\x01\0\0"),
		"1: 2n=100\n1:1 formula\n" },
	{ "truth", BYTES(""), BYTES("\x06\0\x16\0" "\0\0\0\0\0\0" "\1\0\1\0\0\0\xFF\xFF" "\0\0\0\0\0\0\0\0"), "1: 1f=1\n" },
	{ "error", BYTES(""), BYTES("\x06\0\x16\0" "\0\0\0\0\0\0" "\2\0\x17\0\0\0\xFF\xFF" "\0\0\0\0\0\0\0\0"), "1: 1e=#REF!\n" },
	{ "unknown result", BYTES(""), BYTES("\x06\0\x16\0" "\0\0\0\0\0\0" "\4\0\0\0\0\0\xFF\xFF" "\0\0\0\0\0\0\0\0"), "1:1 format\n" },
	{ "only empty texts", BYTES(""), BYTES("\x06\0\x16\0" "\0\0\0\0\0\0" "\3\0\0\0\0\0\xFF\xFF" "\0\0\0\0\0\0\0\0"), "1:1 formula\n0:0 empty\n" },
	{ "zero", BYTES(""), BYTES("\x06\0\x16\0" "\0\0\0\0\0\0" "\0\0\0\0\0\0\0\0" "\0\0\0\0\0\0\0\0"), "1: 1n=0\n" },
	{ "zero, to be computed", BYTES(""), BYTES("\x06\0\x16\0" "\0\0\0\0\0\0" "\0\0\0\0\0\0\0\0" "\3\0\0\0\0\0\0\0"), "1: 1n=0\n1:1 formula\n" },
	{ "zero, to be computed, and one that is not", BYTES(""),
		BYTES("\x06\0\x16\0" "\0\0\0\0\0\0" "\0\0\0\0\0\0\0\0" "\3\0\0\0\0\0\0\0" "\x06\0\x16\0" "\0\0\1\0\0\0" "\0\0\0\0\0\0\x14\x40" "\3\0\0\0\0\0\0\0"),
		"1: 1n=0 2n=5\n" },

	/* fonts of before Unicode: the first five are the numbers 0, 1, 2, 3 and 5 */
	{ "TCVN3", BYTES(FONTS STYLE("\1")), BYTES("\x04\x02\x0D\0" "\0\0\0\0\4\0" "\4\0\0" "Th\xABn"), "1: 1t=Thôn\n1:1 encoding\n" },
	{ "capitals", BYTES(FONTS STYLE("\2")), BYTES("\x04\x02\x0D\0" "\0\0\0\0\4\0" "\4\0\0" "th\xABn"), "1: 1t=THÔN\n1:1 encoding\n" },
	{ "VNI, behind the gap", BYTES(FONTS STYLE("\5")), BYTES("\x04\x02\x0E\0" "\0\0\0\0\4\0" "\5\0\0" "Tho\xE2n"),
		"1: 1t=Thôn\n1:1 encoding\n" },
	{ "the gap", BYTES(FONTS STYLE("\4")), BYTES("\x04\x02\x0E\0" "\0\0\0\0\4\0" "\5\0\0" "Tho\xE2n"), "1: 1t=Thoân\n" },
	{ "no such font", BYTES(FONTS STYLE("\6")), BYTES("\x04\x02\x0E\0" "\0\0\0\0\4\0" "\5\0\0" "Tho\xE2n"), "1: 1t=Thoân\n" },
	{ "nothing to convert", BYTES(FONTS STYLE("\1")), BYTES("\x04\x02\x0A\0" "\0\0\0\0\4\0" "\1\0\0" "T"), "1: 1t=T\n" },
	{ "of a formula", BYTES(FONTS STYLE("\1")),
		BYTES("\x06\0\x16\0" "\0\0\0\0\4\0" "\0\0\0\0\0\0\xFF\xFF" "\0\0\0\0\0\0\0\0" "\7\2\4\0" "\1\0\0\xAB"), "1: 1t=ô\n1:1 encoding\n" },
	{ "in a run of a shared text", BYTES(FONTS "\xFC\0\x17\0" "\1\0\0\0\1\0\0\0" "\2\0\x08" "\2\0" "\xAB\xAB" "\1\0\1\0" "\2\0\0\0"),
		BYTES("\xFD\0\x0A\0" "\0\0\0\0\0\0" "\0\0\0\0"), "1: 1t=«ô\n1:1 encoding\n" },
	{ "in a run behind a pair", BYTES(FONTS "\xFC\0\x17\0" "\1\0\0\0\1\0\0\0" "\3\0\x09" "\1\0" "\x3D\xD8\0\xDE\xAB\0" "\2\0\1\0"),
		BYTES("\xFD\0\x0A\0" "\0\0\0\0\0\0" "\0\0\0\0"), "1: 1t=\U0001F600ô\n1:1 encoding\n" },
	{ "runs beyond the text, backwards", BYTES(FONTS "\xFC\0\x16\0" "\1\0\0\0\1\0\0\0" "\1\0\x08" "\2\0" "\xAB" "\x09\0\1\0" "\0\0\1\0"),
		BYTES("\xFD\0\x0A\0" "\0\0\0\0\0\0" "\0\0\0\0"), "1: 1t=«\n" },
	{ "in a run of a rich label", BYTES(FONTS), BYTES("\xD6\0\x11\0" "\0\0\0\0\0\0" "\2\0\0" "\xAB\xAB" "\1\0" "\1\0\1\0"),
		"1: 1t=«ô\n1:1 encoding\n" },

	/* the sheet */
	{ "merged", BYTES(""),
		BYTES("\x04\x02\x0A\0" "\0\0\0\0\0\0" "\1\0\0" "a" "\1\2\6\0" "\0\0\1\0\0\0" "\xBE\0\x0A\0" "\1\0\0\0" "\0\0\0\0" "\1\0"
		      "\xE5\0\x12\0" "\2\0" "\0\0\0\0\0\0\1\0" "\1\0\2\0\1\0\1\0"),
		"1: 1t(1x2)=a\n2: 2t(2x1)=\n" },
	{ "merged twice as much as there is", BYTES(""), BYTES("\xE5\0\x0A\0" "\2\0" "\0\0\0\0\0\0\1\0"), "0:0 format\n" },
	{ "merged backwards", BYTES(""), BYTES("\xE5\0\x0A\0" "\1\0" "\0\0\0\0\1\0\0\0"), "1:2 format\n" },
	{ "hidden", BYTES(""),
		BYTES("\x7D\0\x0A\0" "\1\0\0\1" "\0\0\0\0" "\1\0" "\x08\x02\x10\0" "\4\0\0\0\0\0\0\0\0\0\0\0\x20\0\0\0" "\x7E\x02\x0A\0" "\4\0\1\0\0\0" "\6\0\0\0"),
		"5: 2n=1\n5:0 hidden\n0:2 hidden\n" },
	{ "hidden and blank", BYTES(""),
		BYTES("\x7D\0\x0A\0" "\1\0\0\1" "\0\0\0\0" "\1\0" "\x08\x02\x10\0" "\4\0\0\0\0\0\0\0\0\0\0\0\x20\0\0\0" "\x01\x02\x06\0" "\4\0\1\0\0\0"), "0:0 empty\n" },
	{ "a chart inside", BYTES(""),
		BYTES("\x09\x08\x04\0" "\0\6\x20\0" "\x7E\x02\x0A\0" "\0\0\0\0\0\0" "\x92\x01\0\0" "\x0A\0\0\0" "\x7E\x02\x0A\0" "\0\0\1\0\0\0" "\x92\x01\0\0"),
		"1: 2n=100\n" },
	{ "out of order", BYTES(""),
		BYTES("\x7E\x02\x0A\0" "\1\0\0\0\0\0" "\x06\0\0\0" "\x7E\x02\x0A\0" "\0\0\1\0\0\0" "\x0A\0\0\0" "\x7E\x02\x0A\0" "\0\0\0\0\0\0" "\x0E\0\0\0"),
		"1: 1n=3 2n=2\n2: 1n=1\n" },
	{ "the same cell twice", BYTES(""), BYTES("\x7E\x02\x0A\0" "\0\0\0\0\0\0" "\x06\0\0\0" "\x7E\x02\x0A\0" "\0\0\0\0\0\0" "\x0A\0\0\0"), "1: 1n=1\n1:1 format\n" },
	{ "the last row", BYTES(""), BYTES("\x7E\x02\x0A\0" "\xFF\xFF\0\0\0\0" "\x92\x01\0\0"), "65536: 1n=100\n65536:0 limit\n" },
	{ "beyond the last column", BYTES(""), BYTES("\x7E\x02\x0A\0" "\0\0\0\1\0\0" "\x92\x01\0\0"), "1:257 limit\n" },

	/* too short */
	{ "rk", BYTES(""), BYTES("\x7E\x02\x09\0" "\0\0\0\0\0\0" "\x92\x01\0"), "1:1 format\n" },
	{ "cell", BYTES(""), BYTES("\x7E\x02\x05\0" "\0\0\0\0\0"), "0:0 format\n" },
	{ "several rks", BYTES(""), BYTES("\xBD\0\x0A\0" "\1\0\2\0" "\0\0\x06\0" "\2\0"), "2:3 format\n" },
	{ "no rks", BYTES(""), BYTES("\xBD\0\6\0" "\1\0\2\0" "\1\0"), "2:3 format\n" },
	{ "rks beyond what is said", BYTES(""), BYTES("\xBD\0\x0C\0" "\1\0\2\0" "\0\0\x06\0\0\0" "\5\0"), "2:3 format\n" },
	{ "label", BYTES(""), BYTES("\x04\x02\x07\0" "\0\0\0\0\0\0" "\2"), "1:1 format\n" },
	{ "style", BYTES("\xE0\0\2\0\0\0"), BYTES(""), "0:0 format\n" },
	{ "row", BYTES(""), BYTES("\x08\x02\4\0" "\4\0\0\0" "\x7E\x02\x0A\0" "\0\0\0\0\0\0" "\x92\x01\0\0"), "1: 1n=100\n0:0 format\n" },
	{ "columns", BYTES(""), BYTES("\x7D\0\2\0" "\0\0" "\x7E\x02\x0A\0" "\0\0\0\0\0\0" "\x92\x01\0\0"), "1: 1n=100\n0:0 format\n" },

	/* what is wrong in one cell is told, and the others are read */
	{ "a text, a text number, several, a formula, a cell twice", BYTES("\xFC\0\x0C\0" "\1\0\0\0\1\0\0\0" "\1\0\0a"),
		BYTES("\x04\x02\x0A\0" "\0\0\0\0\0\0" "\5\0\0" "a" "\xFD\0\x0A\0" "\0\0\1\0\0\0" "\1\0\0\0"
		      "\xFD\0\x0A\0" "\0\0\2\0\0\0" "\0\0\0\0" "\xBD\0\6\0" "\1\0\0\0" "\1\0" "\x7E\x02\x0A\0" "\1\0\2\0\0\0" "\6\0\0\0"
		      "\x7E\x02\x0A\0" "\1\0\2\0\0\0" "\x0A\0\0\0" "\x06\0\x16\0" "\2\0\0\0\0\0" "\0\0\0\0\0\0\xFF\xFF" "\0\0\0\0\0\0\0\0" "\7\2\4\0"
		      "\2\0\0a" "\x7E\x02\x0A\0" "\2\0\1\0\0\0" "\x0E\0\0\0"),
		"1: 3t=a\n2: 3n=1\n3: 2n=3\n1:1 format\n1:2 format\n2:1 format\n2:3 format\n3:1 format\n" },
	{ "a text that goes on in a record and ends there", BYTES(""),
		BYTES("\x04\x02\x0A\0" "\0\0\0\0\0\0" "\5\0\0" "a" "\x3C\0\2\0" "\0b" "\x7E\x02\x0A\0" "\0\0\1\0\0\0" "\6\0\0\0"),
		"1: 2n=1\n1:1 format\n" },
	{ "password", BYTES("\x2F\0\6\0\0\0\0\0\0\0"), BYTES(""), "0:0 encrypted\n" },
};

static void test_cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf stream = { 0 };
		struct buf got = { 0 };

		put_book(&stream, cases[i].book, cases[i].n_book, cases[i].sheet, cases[i].n_sheet);
		read_rows(&stream, NULL, &got);
		if (strcmp(got.text, cases[i].want))
			fail_msg("case %zu (%s):\n%swanted:\n%s", i, cases[i].what, got.text, cases[i].want);
		buf_clear(&stream);
		buf_clear(&got);
	}
}

/* Cut off anywhere, it is damaged; never another finding, never one less. */
static void test_cut(void **state)
{
	static const char strings[] = "\xFC\0\x10\0" "\2\0\0\0\2\0\0\0" "\1\0\0a" "\1\0\0b";
	static const char cells[] = "\xFD\0\x0A\0" "\0\0\0\0\0\0" "\1\0\0\0" "\x06\0\x16\0" "\1\0\0\0\0\0" "\0\0\0\0\0\0\xFF\xFF" "\0\0\0\0\0\0\0\0"
				    "\7\2\4\0" "\1\0\0a";
	struct buf stream = { 0 };

	(void)state;
	put_book(&stream, BYTES(strings), BYTES(cells));
	for (size_t n = 0; n < stream.n; n++) {
		struct buf cut = { stream.text, n, 0 };
		struct buf got = { 0 };

		read_rows(&cut, NULL, &got);
		if (strcmp(got.text, "0:0 format\n"))
			fail_msg("%zu bytes: %s", n, got.text);
		buf_clear(&got);
	}
	buf_clear(&stream);
}

/* Three sheets and a chart: which one is read, and what of older versions. */
static void test_sheets(void **state)
{
	struct buf stream = { 0 };
	struct buf got = { 0 };
	size_t at[4] = { 0 };

	(void)state;
	for (int pass = 0; pass < 2; pass++) {
		stream.n = 0;
		put_bof(&stream, 0x0600, 0x0005);
		put_style(&stream, 0, 0);
		put_sheet_name(&stream, at[0], 0, 2, "Chart");
		put_sheet_name(&stream, at[1], 0, 0, "A");
		put_sheet_name(&stream, at[2], 2, 0, "B");
		put_sheet_name(&stream, at[3], 0, 1, "Macro");
		put_record(&stream, XLS_EOF, "", 0);
		for (size_t i = 0; i < 4; i++) {
			at[i] = stream.n;
			put_bof(&stream, 0x0600, i == 0 ? 0x20 : i == 3 ? 0x40 : 0x10);
			put_record(&stream, XLS_RK, i == 1 ? "\0\0\0\0\0\0\x06\0\0" : "\0\0\0\0\0\0\x0A\0\0", 10);
			put_record(&stream, XLS_EOF, "", 0);
		}
	}
	read_rows(&stream, NULL, &got);
	assert_string_equal(got.text, "1: 1n=1\n");
	got.n = 0;
	read_rows(&stream, "b", &got);
	assert_string_equal(got.text, "1: 1n=2\n0:0 hidden\n");
	got.n = 0;
	read_rows(&stream, "Chart", &got);
	assert_string_equal(got.text, "0:0 sheet\n");
	buf_clear(&stream);
	buf_clear(&got);
}

/* Of several sheets the only one that holds something. */
static void test_empty_sheets(void **state)
{
	static const char *const want[] = { "0:0 sheet\n", "1: 1n=1\n", "0:0 sheet\n" };
	struct buf stream = { 0 };
	struct buf got = { 0 };
	size_t at[3] = { 0 };

	(void)state;
	for (int pass = 0; pass < 6; pass++) { /* each number of sheets twice: the first time for the places */
		stream.n = got.n = 0;
		put_bof(&stream, 0x0600, 0x0005);
		put_style(&stream, 0, 0);
		for (size_t i = 0; i < 3; i++)
			put_sheet_name(&stream, at[i], 0, 0, "S");
		put_record(&stream, XLS_EOF, "", 0);
		for (int i = 0; i < 3; i++) {
			at[i] = stream.n;
			put_bof(&stream, 0x0600, 0x10);
			if (i < pass / 2)
				put_record(&stream, XLS_RK, "\0\0\0\0\0\0\x06\0\0", 10);
			put_bof(&stream, 0x0600, 0x20);
			put_record(&stream, XLS_EOF, "", 0);
			put_record(&stream, XLS_EOF, "", 0);
		}
		if (pass % 2) {
			read_rows(&stream, NULL, &got);
			assert_string_equal(got.text, want[pass / 2]);
		}
	}
	buf_clear(&stream);
	buf_clear(&got);
}

static void test_versions(void **state)
{
	struct buf stream = { 0 };
	struct buf got = { 0 };

	(void)state;
	put_bof(&stream, 0x0500, 0x0005);
	read_rows(&stream, NULL, &got);
	assert_string_equal(got.text, "0:0 format\n");
	stream.n = got.n = 0;
	put_bof(&stream, 0x0600, 0x0005); /* only a macro */
	put_sheet_name(&stream, 0, 0, 6, "M");
	put_record(&stream, XLS_EOF, "", 0);
	read_rows(&stream, NULL, &got);
	assert_string_equal(got.text, "0:0 sheet\n");
	stream.n = got.n = 0;
	put_bof(&stream, 0x0600, 0x0005); /* the sheet is the book itself, then lies outside */
	put_sheet_name(&stream, 0, 0, 0, "M");
	put_record(&stream, XLS_EOF, "", 0);
	read_rows(&stream, NULL, &got);
	assert_string_equal(got.text, "0:0 format\n");
	stream.n = got.n = 0;
	put_bof(&stream, 0x0600, 0x0005);
	put_sheet_name(&stream, 0xFFFFFFFF, 0, 0, "M");
	put_record(&stream, XLS_EOF, "", 0);
	read_rows(&stream, NULL, &got);
	assert_string_equal(got.text, "0:0 format\n");
	buf_clear(&stream);
	buf_clear(&got);
}

/* More than the window holds: 20,000 rows, forwards and backwards. */
static void test_long(void **state)
{
	enum { N = 20000 };
	struct buf cells = { 0 };
	struct buf stream = { 0 };
	struct buf forwards = { 0 };
	struct buf backwards = { 0 };

	(void)state;
	for (int pass = 0; pass < 2; pass++) {
		cells.n = stream.n = 0;
		for (unsigned i = 0; i < N; i++) {
			put16(&cells, XLS_RK);
			put16(&cells, 10);
			put16(&cells, pass ? N - 1 - i : i);
			put16(&cells, 0);
			put16(&cells, 0);
			put32(&cells, (pass ? N - 1 - i : i) << 2 | 2);
		}
		put_book(&stream, "", 0, cells.text, cells.n);
		read_rows(&stream, NULL, pass ? &backwards : &forwards);
	}
	assert_non_null(strstr(forwards.text, "\n20000: 1n=19999\n"));
	assert_true(strlen(forwards.text) == forwards.n && forwards.n == backwards.n);
	assert_memory_equal(forwards.text, backwards.text, forwards.n);
	buf_clear(&cells);
	buf_clear(&stream);
	buf_clear(&forwards);
	buf_clear(&backwards);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_sheets),
		cmocka_unit_test(test_empty_sheets),
		cmocka_unit_test(test_versions),
		cmocka_unit_test(test_long),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("xls", tests, NULL, NULL);
}
