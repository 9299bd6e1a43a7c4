/* kehoach lint: whether PDF files are what they claim; nothing is written. */
#include "cmd/cmd.h"
#include "pdf/limits.h"
#include "pdf/lint.h"

static const struct option lint_options[] = {
	{ 0 },
};

static void lint_file(const char *path, struct diags *d)
{
	struct arena arena = { 0 };
	struct bytes data;

	if (file_read(path, path, PDF_FILE_MAX, &arena, &data, d))
		pdf_lint(data, path, d);
	arena_clear(&arena);
}

static int lint_run(int argc, char *argv[], const struct surroundings *around, struct diags *d)
{
	(void)around;
	if (!options_read(&argc, argv, lint_options, NULL, d))
		return EXIT_USAGE;
	if (argc < 1) {
		diag_error(d, (struct origin){ 0 }, "usage", "name a PDF: kehoach lint FILE.pdf...");
		return EXIT_USAGE;
	}
	for (int i = 0; i < argc; i++)
		lint_file(argv[i], d);
	return diags_exit_code(d);
}

const struct command command_lint = {
	.name = "lint",
	.args = "FILE.pdf...",
	.what = "whether the files are the PDF/A-2a and PDF/UA-1 that they claim to be",
	.option = lint_options,
	.run = lint_run,
};
