#include "ingest/xls.h"

#include "ingest/ole.h"

#include <string.h>

enum { MSI_NAME_SIZE = 3 }; /* names of tables in an MSI are packed into Chinese signs; the first is U+4840 */

static const char stream_8[] = "Workbook";
static const char stream_5[] = "Book";
static const char stream_encrypted[] = "EncryptedPackage";

/* The stream of another program, and what such a file is. */
static const struct {
	const char *stream;
	const char *what;
} others[] = {
	{ "WordDocument", "an old Word file (DOC); open it and save its table as XLSX or CSV (UTF-8)" },
	{ "PowerPoint Document", "an old PowerPoint file (PPT); ask for the sheet its figures come from" },
	{ "VisioDocument", "an old Visio file (VSD); ask for the sheet its figures come from" },
	{ "__properties_version1.0", "an Outlook message (MSG); open it and save what is attached" },
	{ "Quill", "a Publisher file (PUB); ask for the sheet its figures come from" },
	{ "WksSSWorkBook", "a Works spreadsheet; open it and save it as XLSX" },
	{ "\xE4\xA1\x80", "a program to install (MSI); is it the right file?" },
};

/* ---- the stream ---- */

struct chosen {
	struct xls_book *book;
	const struct reader_options *options;
	size_t sheet;
};

static bool read_sheet(void *ctx, struct row_sink *sink, struct diags *d)
{
	const struct chosen *c = ctx;
	struct xls_book *b = c->book;

	return xls_sheet_read(b, &b->sheet[c->sheet], b->sheet_at[c->sheet], c->options, sink, d);
}

static bool holds_value(unsigned id)
{
	static const unsigned ids[] = { XLS_NUMBER, XLS_RK, XLS_MULRK, XLS_LABELSST, XLS_LABEL, XLS_RSTRING, XLS_FORMULA, XLS_BOOLERR };

	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
		if (id == ids[i])
			return true;
	return false;
}

/* Whether all records of a sheet were read and none holds a value. */
static bool holds_nothing(struct xls_book *b, size_t i)
{
	struct diags quiet = { .quiet = true };
	struct record r = { 0 };
	size_t depth = 0; /* charts stand in sheets */
	bool ok;

	records_seek(&b->records, b->sheet_at[i]);
	do {
		ok = records_next(&b->records, &r, &quiet) && !holds_value(r.id);
		depth += r.id == XLS_BOF;
		depth -= depth && r.id == XLS_EOF;
	} while (ok && depth);
	diags_clear(&quiet);
	return ok;
}

static void find_empty_sheets(struct xls_book *b, const struct reader_options *options)
{
	if (!sheet_is_unclear(options, b->sheet, b->n_sheet))
		return;
	for (size_t i = 0; i < b->n_sheet && i < SHEETS_LOOKED_INTO; i++)
		b->sheet[i].is_empty = !b->sheet[i].is_chart && !b->sheet[i].hidden && holds_nothing(b, i);
}

static bool read_book(struct xls_book *b, const struct reader_options *options, struct row_sink *sink, struct diags *d)
{
	struct chosen c = { .book = b, .options = options };

	if (!xls_book_read(b, d))
		return false;
	find_empty_sheets(b, options);
	return sheet_choose(options, b->sheet, b->n_sheet, &c.sheet, d)
	       && sheet_fonts_read(&b->fonts, b->styles.has_legacy, (struct fonts_reading){ &c, read_sheet }, sink, d);
}

bool xls_read_stream(struct xls_bytes bytes, const struct reader_options *options, struct row_sink *sink, struct diags *d)
{
	struct xls_book b;
	bool ok;

	xls_book_init(&b, bytes, options);
	ok = sheet_fonts_check(options, d) && read_book(&b, options, sink, d);
	xls_book_clear(&b);
	return ok;
}

/* ---- the container ---- */

/* Whether a name of the root is that one, or begins so where that is all that is fixed. */
static bool has_stream(const struct ole_file *o, const char *stream)
{
	for (size_t i = 0; i < ole_n_name(o); i++)
		if (!strcmp(ole_name(o, i), stream) || (*stream & 0x80 && !strncmp(ole_name(o, i), stream, MSI_NAME_SIZE)))
			return true;
	return false;
}

static bool refuse(const struct ole_file *o, const struct reader_options *options, struct diags *d)
{
	struct origin whole = { .file = options->shown };

	if (ole_has(o, stream_encrypted))
		return diag_error(d, whole, "encrypted", "this file is protected by a password; open it, take the password off and save it");
	if (ole_has(o, stream_5))
		return xls_is_old(options->shown, d);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (has_stream(o, others[i].stream))
			return diag_error(d, whole, "format", "this is %s", diag_say(d, others[i].what));
	return diag_error(d, whole, "format",
		"this is a file as old Office programs make them, but no workbook; open it in the program that made it and save it as XLSX");
}

static bool read_stream(void *ctx, size_t at, void *into, size_t n)
{
	return ole_stream_read(ctx, at, into, n);
}

static bool read_container(struct ole_file *o, const struct reader_options *options, struct row_sink *sink, struct diags *d)
{
	struct ole_stream *stream;
	bool ok;

	if (!ole_has(o, stream_8))
		return refuse(o, options, d);
	stream = ole_stream_open(o, stream_8, d);
	ok = stream && xls_read_stream((struct xls_bytes){ stream, ole_stream_size(stream), read_stream }, options, sink, d);
	ole_stream_close(stream);
	return ok;
}

static bool xls_read(const struct reader_options *options, struct row_sink *sink, struct diags *d)
{
	struct ole_file *o = ole_open(options->path, options->shown, d);
	bool ok = o && read_container(o, options, sink, d);

	ole_close(o);
	return ok;
}

static bool xls_knows(const unsigned char *head, size_t n)
{
	return n >= OLE_MAGIC_SIZE && !memcmp(head, ole_magic, OLE_MAGIC_SIZE);
}

const struct reader reader_xls = { .name = "xls", .has_sheets = true, .has_old = true, .knows = xls_knows, .read = xls_read };
