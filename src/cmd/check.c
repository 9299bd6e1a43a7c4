/* kehoach check: every finding of the jobs, of their monthly returns too; nothing is written. */
#include "cmd/pipeline.h"

#include <stddef.h>

struct check {
	const char *date; /* as typed */
	const char *threads; /* as typed */
	struct pipeline_options pipeline;
	const struct surroundings *around;
};

static const struct option check_options[] = {
	{ "--date", "DAY", "the document's date, as 2024-01-31", offsetof(struct check, date) },
	{ "--strict", NULL, "as build --strict", offsetof(struct check, pipeline.strict) },
	{ "-j", "N", "as build -j", offsetof(struct check, threads) },
	{ "--draft", NULL, "as build --draft", offsetof(struct check, pipeline.draft) },
	{ 0 },
};

static void check_job(void *ctx, const char *path, struct fonts *fonts, struct arena *a, struct diags *d)
{
	const struct check *check = ctx;
	struct made made = { 0 };

	pipeline_run(path, &check->pipeline, check->around, fonts, a, &made, d);
}

static int check_run(int argc, char *argv[], const struct surroundings *around, struct diags *d)
{
	struct check check = { .around = around, .pipeline = { .returns = true } };
	struct date date;

	if (!options_read(&argc, argv, check_options, &check, d) || !pipeline_date(check.date, &date, &check.pipeline, d)
		|| !pipeline_threads(check.threads, &check.pipeline, d))
		return EXIT_USAGE;
	return pipeline_each_job(argc, argv, around, check_job, &check, d);
}

const struct command command_check = {
	.name = "check",
	.args = "JOB.xml...",
	.what = "all findings of the jobs and of their monthly returns; nothing is written",
	.option = check_options,
	.run = check_run,
};
