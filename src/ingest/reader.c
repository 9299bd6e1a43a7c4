#include "ingest/reader.h"

#include "base/file.h"
#include "ingest/encoding.h"
#include "ingest/oldtexts.h"
#include "ingest/webpage.h"

#include <errno.h>
#include <string.h>

const struct reader *const readers[] = { &reader_ods, &reader_xlsx, &reader_fods, &reader_ssml, &reader_xls, &reader_xml, &reader_csv, NULL };

/* Files that are no rows to us, but that people send. */
static const struct {
	const char *bytes;
	size_t n;
	const char *what;
} refused[] = {
	{ "PK\005\006", 4, "an empty ZIP file; is it the right one?" },
	{ "\x09\x00\x04\x00", 4, "a workbook in the form of Excel 95 or older; save it as XLSX" },
	{ "\x09\x02\x06\x00", 4, "a workbook in the form of Excel 95 or older; save it as XLSX" },
	{ "\x09\x04\x06\x00", 4, "a workbook in the form of Excel 95 or older; save it as XLSX" },
	{ "\x09\x08\x08\x00", 4, "a workbook in the form of Excel 95 or older; save it as XLSX" },
	{ "%PDF", 4, "a PDF; ask for the sheet it was made from, saved as CSV (UTF-8)" },
	{ "{\\rtf", 5, "an RTF text; save the table as CSV (UTF-8)" },
	{ "\x1F\x8B", 2, "a compressed file; unpack it first" },
	{ "Rar!", 4, "a compressed file; unpack it first" },
	{ "7z\xBC\xAF\x27\x1C", 6, "a compressed file; unpack it first" },
	{ "ID;P\r", 5, "a SYLK file; open it in a spreadsheet program and save it as XLSX" },
	{ "ID;P\n", 5, "a SYLK file; open it in a spreadsheet program and save it as XLSX" },
	{ "ID;PWXL", 7, "a SYLK file; open it in a spreadsheet program and save it as XLSX" },
	{ "ID;PSCALC", 9, "a SYLK file; open it in a spreadsheet program and save it as XLSX" },
	{ "\x89PNG", 4, "a picture; ask for the sheet it was made from" },
	{ "\xFF\xD8\xFF", 3, "a picture; ask for the sheet it was made from" },
	{ "GIF87a", 6, "a picture; ask for the sheet it was made from" },
	{ "GIF89a", 6, "a picture; ask for the sheet it was made from" },
};

static const char *const page[] = {
	[WEBPAGE_HTML] = "a web page (HTML); open it in a spreadsheet program and save it as XLSX",
	[WEBPAGE_MHTML] = "a web page in one file (MHTML); open it in a spreadsheet program and save it as XLSX",
};

static bool is_page(const unsigned char *head, size_t n, struct origin whole, struct diags *d)
{
	enum webpage kind = webpage_kind(head, n);

	return kind && !diag_error(d, whole, "format", "this is %s", diag_say(d, page[kind]));
}

static bool is_refused(const unsigned char *head, size_t n, struct origin whole, struct diags *d)
{
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
		if (n >= refused[i].n && !memcmp(head, refused[i].bytes, refused[i].n))
			return !diag_error(d, whole, "format", "this is %s",
				diag_say(d, refused[i].what));
	return false;
}

/* Zero bytes that are faults of their rows, and none of the file. */
static bool has_few_zeros(const struct reader_options *options, const unsigned char *head, size_t n)
{
	enum { FEW = 64 }; /* one of so many */
	size_t n_zero = 0;

	for (size_t i = 0; i < n; i++)
		n_zero += !head[i];
	return options->faults && n_zero * FEW < n;
}

/* What no reader knows by its first bytes is text, or nothing. */
static bool check_text(const struct reader_options *options, const unsigned char *head, size_t n, struct origin whole, struct diags *d)
{
	enum encoding encoding;
	size_t n_mark;

	if (!encoding_find(head, n, &encoding, &n_mark) && !has_few_zeros(options, head, n))
		return diag_error(d, whole, "format",
			"this is no text: it has zero bytes; save the sheet as CSV (UTF-8)");
	if (n == n_mark)
		return diag_error(d, whole, "empty", "this file is empty; is it the right one?");
	return true;
}

static bool read_head(const struct reader_options *options, unsigned char head[READER_HEAD],
	size_t *n, struct diags *d)
{
	FILE *file = file_open(options->path, options->shown, d);
	bool ok = true;

	if (!file)
		return false;
	*n = fread(head, 1, READER_HEAD, file);
	if (ferror(file))
		ok = diag_fault(d, (struct origin){ .file = options->shown }, "io",
			"reading failed: %s", strerror(errno));
	fclose(file);
	return ok;
}

static void warn_of_unused(const struct reader *r, const struct reader_options *options, struct diags *d)
{
	struct origin whole = { .file = options->shown };

	if (options->sheet && !r->has_sheets)
		diag_warning(d, whole, "unused",
			"sheet=\"%s\" on the job's <source> says nothing of this file, which has no sheets; is it the right one? Else delete that",
			options->sheet);
	if (options->rows && !r->has_path)
		diag_warning(d, whole, "unused",
			"rows=\"%s\" on the job's <source> says nothing of this file, which is no XML with rows; is it the right one? Else delete that",
			options->rows);
}

static bool is_told(const struct diags *d, size_t from, const char *rule)
{
	for (; from < d->n_finding; from++)
		if (!strcmp(d->finding[from].rule, rule))
			return true;
	return false;
}

/* Where the job says what the texts are, or the reader of all texts alike, nothing is to be noticed. */
static bool read_rows(const struct reader *r, const struct reader_options *options, struct row_sink *sink, struct diags *d)
{
	size_t n_finding = d->n_finding;
	struct old_texts old;
	bool ok;

	if (options->encoding)
		return r->read(options, sink, d);
	old_texts_open(&old, options, sink);
	ok = r->read(options, &old.sink, d);
	if (r->has_sheets || !is_told(d, n_finding, "encoding"))
		old_texts_note(&old, r->has_old, d);
	old_texts_close(&old);
	return ok;
}

bool ingest(const struct reader_options *options, struct row_sink *sink, struct diags *d)
{
	struct reader_options known = *options;
	unsigned char head[READER_HEAD];
	const struct reader *const *reader = readers;
	struct origin whole;
	size_t n;

	if (!known.shown)
		known.shown = known.path;
	whole = (struct origin){ .file = known.shown };
	if (!read_head(&known, head, &n, d) || is_refused(head, n, whole, d) || is_page(head, n, whole, d))
		return false;
	while (reader[1] && !(*reader)->knows(head, n))
		reader++;
	if (!reader[1] && !check_text(&known, head, n, whole, d))
		return false;
	warn_of_unused(*reader, &known, d);
	return read_rows(*reader, &known, sink, d);
}
