/* kehoach progress: how far a plan is at the end of a month, quarter, half year or year. */
#include "base/file.h"
#include "cmd/pipeline.h"
#include "cmd/staging.h"
#include "render/backend.h"

#include <stddef.h>
#include <string.h>

struct progress {
	const char *out;
	const char *month;
	struct pipeline_options pipeline;
	const struct surroundings *around;
};

static const struct option progress_options[] = {
	{ "-o", "DIR", "where results go, in DIR/<job id>/ (out)", offsetof(struct progress, out) },
	{ "--month", "MONTH", "the last month that is told of, as 2024-05", offsetof(struct progress, month) },
	{ 0 },
};

static void progress_job(void *ctx, const char *path, struct fonts *fonts, struct arena *a, struct diags *d)
{
	const struct progress *p = ctx;
	struct made made = { 0 };
	const char *dir;

	if (!pipeline_progress(path, &p->pipeline, p->around, fonts, a, &made, d))
		return;
	dir = file_join(p->out, made.job->id, a);
	if (!file_make_dirs(dir, d))
		return;
	backend_xlsx.write(made.document, fonts, file_join(dir, arena_printf(a, "progress-%s.xlsx", p->month), a), d);
	backend_json.write(made.document, fonts, file_join(dir, arena_printf(a, "figures-%s.json", p->month), a), d);
}

static int progress_run(int argc, char *argv[], const struct surroundings *around, struct diags *d)
{
	struct progress p = { .out = "out", .around = around };

	if (!options_read(&argc, argv, progress_options, &p, d) || !pipeline_month(p.month, &p.pipeline, d))
		return EXIT_USAGE;
	return pipeline_each_job(argc, argv, around, progress_job, &p, d);
}

const struct command command_progress = {
	.name = "progress",
	.args = "JOB.xml...",
	.what = "the progress workbook of a month, into DIR/<job id>/",
	.option = progress_options,
	.run = progress_run,
};
