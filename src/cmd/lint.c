/* kehoach lint: whether PDF files and workbooks are what they claim; nothing is written. */
#include "base/utf8.h"
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

/* By its first bytes: a workbook is a ZIP file. One that is damaged there is told by its name. */
static bool is_workbook(const char *path)
{
	static const char suffix[] = ".xlsx", magic[] = "PK\003\004";
	char head[sizeof magic - 1];
	size_t n = strlen(path);
	struct diags unheard = { .quiet = true }; /* who reads the file says what is wrong */
	FILE *f = file_open(path, path, &unheard);
	bool is_zip = f && fread(head, 1, sizeof head, f) == sizeof head && !memcmp(head, magic, sizeof head);

	if (f)
		fclose(f);
	return is_zip || (n >= strlen(suffix) && !strcmp(path + n - strlen(suffix), suffix));
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
	for (int i = 0; i < argc; i++) {
		if (is_workbook(argv[i]))
			lint_workbook(argv[i], &options, around, &arena, &words, d);
		else
			lint_pdf(argv[i], options.require ? LINT_REQUIRED : LINT_AS_CLAIMED, d);
	}
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
