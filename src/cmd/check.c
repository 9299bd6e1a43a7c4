/* kehoach check: every finding of the jobs; nothing is written. */
#include "cmd/options.h"
#include "cmd/pipeline.h"

static int check_run(int argc, char *argv[], const struct surroundings *around, struct diags *d)
{
	struct pipeline_options options = { 0 };
	const struct option table[] = {
		{ .name = "--date", .value = &options.date },
	};
	struct origin nowhere = { 0 };
	struct fonts *fonts;
	size_t n_job;

	if (!options_read(argc, argv, table, sizeof table / sizeof *table, &n_job, d))
		return EXIT_USAGE;
	if (!n_job) {
		diag_error(d, nowhere, "usage", "name at least one job file: kehoach check JOB.xml...");
		return EXIT_USAGE;
	}
	fonts = fonts_open(around->fonts_dir, d);
	for (size_t i = 0; fonts && i < n_job; i++) {
		struct arena arena = { 0 };
		struct made made = { 0 };

		pipeline_run(argv[i], &options, around, fonts, &arena, &made, d);
		arena_clear(&arena);
		fonts_trim(fonts);
	}
	fonts_close(fonts);
	return diags_exit_code(d);
}

const struct command command_check = {
	.name = "check",
	.args = "JOB.xml... [--date D]",
	.what = "all findings of the jobs; nothing is written",
	.run = check_run,
};
