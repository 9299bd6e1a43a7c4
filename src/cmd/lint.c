/* kehoach lint: whether PDF files and workbooks are what they claim; nothing is written. */
#include "base/utf8.h"
#include "cmd/filekind.h"
#include "cmd/pipeline.h"
#include "model/wording.h"
#include "pdf/limits.h"
#include "pdf/lint.h"
#include "sheetlint/lint.h"

#include <string.h>

struct lint_options {
	bool accessible, require;
};

static const struct option lint_options[] = {
	{ "--accessible", NULL, "hold workbooks to the rules of accessible ones, whatever they are called", offsetof(struct lint_options, accessible) },
	{ "--require", NULL, "a PDF that does not claim both PDF/A-2a and PDF/UA-1 is an error", offsetof(struct lint_options, require) },
	{ 0 },
};

enum kind { KIND_NEITHER, KIND_PDF, KIND_WORKBOOK };

/* By which one that is damaged at its begin is known. */
static const struct {
	const char *suffix;
	enum kind kind;
} suffixes[] = {
	{ ".xlsx", KIND_WORKBOOK }, { ".pdf", KIND_PDF },
};

static enum kind kind_by_name(const char *path)
{
	size_t n = strlen(path);

	for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
		size_t n_suffix = strlen(suffixes[i].suffix);

		if (n >= n_suffix && !strcmp(path + n - n_suffix, suffixes[i].suffix))
			return suffixes[i].kind;
	}
	return KIND_NEITHER;
}

/* What is in it goes before the name, which says of a damaged one what it should be; a workbook is a ZIP file. A PDF may have a few bytes
 * in front, but not under the name of a workbook. */
static enum kind kind_of(const char *path, struct file_look look)
{
	enum kind named = kind_by_name(path);

	if (look.kind == FILE_ZIP)
		return KIND_WORKBOOK;
	if (look.kind == FILE_PDF)
		return named == KIND_WORKBOOK ? KIND_NEITHER : KIND_PDF;
	return look.kind == FILE_OTHER ? KIND_NEITHER : named;
}

/* What can be shown of the head. */
static void tell_neither(const char *path, char *head, size_t n, struct diags *d)
{
	const struct origin at = { .file = path };
	const struct file_look look = file_look(head, n, d);
	enum { SHOWN = 16 };

	for (size_t i = 0; i < n; i++)
		if (head[i] < ' ' || head[i] > '~')
			head[i] = ' ';
	if (!n)
		diag_error(d, at, "format", "the file is empty; name a .pdf or .xlsx file");
	else if (look.what && kind_by_name(path) == KIND_WORKBOOK)
		diag_error(d, at, "format", "this is no workbook but %s, although its name ends in .xlsx; "
			"open it in the program that it is of and save it as XLSX, or name another file", look.what);
	else if (look.what && kind_by_name(path) == KIND_PDF)
		diag_error(d, at, "format", "this is no PDF but %s, although its name ends in .pdf; make the PDF again, or name another file",
			look.what);
	else
		diag_error(d, at, "format",
			"this is neither a PDF nor an XLSX workbook (it begins with '%.*s'); name a .pdf or .xlsx file", (int)(n < SHOWN ? n : SHOWN),
			head);
}

static bool read_words(const struct surroundings *around, struct arena *a, struct xl_words *words, struct diags *d)
{
	static const char *const none[WORDING_ARGUMENTS] = { NULL };
	static const char *const ids[] = {
		[WORD_COVER] = "cover",
		[WORD_CONTENTS] = "contents",
		[WORD_NOTES] = "notes",
		[WORD_ONE_TABLE] = "one-table",
		[WORD_BLANK] = "blank",
		[WORD_NOTE] = "note",
		[WORD_LINK] = "link",
		[WORD_CONTACT] = "contact",
		[WORD_PUBLISHED] = "published",
		[WORD_NEXT] = "next",
		[WORD_PLAIN_NAME] = "plain",
		[WORD_SANS] = "sans",
		[WORD_STAND_IN] = "stand-in",
		[XL_WORDS] = NULL,
	};
	const struct wording *wording;
	struct library library;

	pipeline_library(&library, around, NULL, a);
	wording = wording_read(&library, "lint", ids, (struct origin){ 0 }, a, d);
	for (size_t i = 0; wording && i < XL_WORDS; i++)
		words->list[i] = utf8_fold_list(wording_text(wording, ids[i], none, a), a);
	return wording;
}

/* Words are read once, for the first workbook. */
static void lint_workbook(const char *path, const struct lint_options *options, const struct surroundings *around, struct arena *a,
	struct xl_words *words, struct diags *d)
{
	if (words->list[0] || read_words(around, a, words, d))
		xl_lint(path, path, options->accessible ? XL_ACCESSIBLE : XL_BY_NAME, words, d);
}

static void lint_pdf(const char *path, enum lint_wanted wanted, struct diags *d)
{
	struct arena arena = { 0 };
	struct bytes data;

	if (file_read(path, path, PDF_FILE_MAX, &arena, &data, d))
		pdf_lint(data, path, wanted, d);
	arena_clear(&arena);
}

/* A file that cannot be read is told by who reads it. */
static void lint_file(const char *path, const struct lint_options *options, const struct surroundings *around, struct arena *a,
	struct xl_words *words, struct diags *d)
{
	char head[FILE_KIND_HEAD];
	size_t n = file_head(path, head, sizeof head);
	enum kind kind = kind_of(path, file_look(head, n, d));

	if (kind == KIND_WORKBOOK)
		lint_workbook(path, options, around, a, words, d);
	else if (kind == KIND_PDF || !file_exists(path))
		lint_pdf(path, options->require ? LINT_REQUIRED : LINT_AS_CLAIMED, d);
	else
		tell_neither(path, head, n, d);
}

static int lint_run(int argc, char *argv[], const struct surroundings *around, struct diags *d)
{
	struct lint_options options = { 0 };
	struct xl_words words = { 0 };
	struct arena arena = { 0 };

	if (!options_read(&argc, argv, lint_options, &options, d))
		return EXIT_USAGE;
	if (argc < 1) {
		diag_error(d, (struct origin){ 0 }, "usage", "name a PDF or a workbook: kehoach lint FILE...");
		return EXIT_USAGE;
	}
	for (int i = 0; i < argc; i++)
		lint_file(argv[i], &options, around, &arena, &words, d);
	arena_clear(&arena);
	return diags_exit_code(d);
}

const struct command command_lint = {
	.name = "lint",
	.args = "FILE.pdf|FILE.xlsx...",
	.what = "whether PDFs are the PDF/A-2a and PDF/UA-1 that they claim to be, and workbooks sound (and accessible)",
	.option = lint_options,
	.run = lint_run,
};
