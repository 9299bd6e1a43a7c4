/* kehoach progress: how far a plan is at the end of a month, quarter, half year or year. */
#include "base/file.h"
#include "cmd/period.h"
#include "cmd/progressfiles.h"
#include "cmd/signplan.h"
#include "cmd/staging.h"
#include "render/manifest.h"

#include <stddef.h>

struct progress {
	const char *out;
	bool pdf;
	const char *date;
	const char *previous; /* workbook of an earlier period, or NULL */
	struct period_words words;
	const char *name; /* of the period, in the names of files */
	struct pipeline_options pipeline;
	struct signatory_options signing;
	struct signatory *signer;
	bool *asked; /* a job asks for a signature of its brief */
	const struct surroundings *around;
};

static const struct option progress_options[] = {
	{ "-o", "DIR", "where results go, in DIR/<job id>/ (out)", offsetof(struct progress, out) },
	{ "--pdf", NULL, "the brief of one page too", offsetof(struct progress, pdf) },
	{ "--date", "DATE", "of the brief: 2024-06-03; else day and month stay blank; the year is that of the month behind the period", offsetof(struct progress, date) },
	{ "--month", "MONTH", "told of: 2024-05", offsetof(struct progress, words.month) },
	{ "--quarter", "QUARTER", "in its place: 2024-Q2", offsetof(struct progress, words.quarter) },
	{ "--half", "HALF", "in its place: 2024-H1", offsetof(struct progress, words.half) },
	{ "--year", "YEAR", "in its place: 2024", offsetof(struct progress, words.year) },
	{ "--previous", "FILE", "the workbook of the period before: its remarks are carried over", offsetof(struct progress, previous) },
	/* for the brief, as the <sign of="progress"> elements of a job ask for it */
	SIGNATORY_OPTIONS(struct progress, signing),
	{ 0 },
};

/* Nobody is told of a brief that nobody wants. */
static bool sign_brief(const struct progress *p, const struct job *job, struct staging *s, struct arena *a, struct diags *d)
{
	*p->asked = *p->asked || job->n_sign;
	return !(p->pdf || signatory_has_key(p->signer))
		|| plan_sign(job, arena_printf(a, "progress-%s.pdf", p->name), false, p->signer, s, d);
}

/* They have a manifest of their own beside that of the plan. */
static void progress_files(const struct progress *p, const struct pipeline_options *options, struct previous_workbook *previous,
	struct followed_job *f, struct fonts *fonts, struct arena *a, struct diags *d)
{
	const char *manifest = manifest_name(p->name, a);
	const struct progress_files files = { .name = p->name, .previous = previous, .pdf = p->pdf, .tables = options->tables };
	struct staging staging = { 0 };

	if (staging_open(&staging, file_join(p->out, f->made.job->id, a), a, d) && progress_files_write(&files, f, fonts, staging.dir, options->figures, a, d)
		&& staging_list(&staging, d) && inventory_write(&f->made, fonts, NULL, &staging, manifest, a, d)
		&& sign_brief(p, f->made.job, &staging, a, d))
		staging_commit(&staging, manifest, d);
	staging_close(&staging);
}

static void progress_job(void *ctx, const char *path, struct fonts *fonts, struct arena *a, struct diags *d)
{
	const struct progress *p = ctx;
	struct pipeline_options options = p->pipeline;
	struct followed_job f = { 0 };
	struct previous_workbook previous;
	struct arena figures = { 0 }, cells = { 0 }, tables = { 0 };
	bool opened = !p->previous || remarks_open(p->previous, path, options.period, p->around, a, &previous, d);

	options.figures = &figures;
	options.cells = &cells;
	options.tables = &tables;
	if (pipeline_progress(path, &options, p->around, a, &f, d) && opened)
		progress_files(p, &options, p->previous ? &previous : NULL, &f, fonts, a, d);
	arena_clear(&cells);
	arena_clear(&tables);
	arena_clear(&figures);
}

/* One unlock for all jobs. */
static int progress_jobs(struct progress *p, int argc, char *argv[], struct diags *d)
{
	bool named = signatory_is_named(&p->signing);
	int code;

	if (named && !signatory_read(p->signer, &p->signing, p->around, d))
		return EXIT_USAGE;
	if (named && !signatory_open(p->signer, d))
		return diags_exit_code(d);
	code = pipeline_each_job(argc, argv, p->around, progress_job, p, d);
	if (named && code == EXIT_DONE && !*p->asked)
		diag_warning(d, (struct origin){ 0 }, "unsigned",
			"no job asks for a signature of its brief, so the key is not used; write <sign of=\"progress\" field=\"signer\" level=\"b\"/> into "
			"the job, or sign the brief with kehoach sign");
	return code;
}

static int progress_run(int argc, char *argv[], const struct surroundings *around, struct diags *d)
{
	struct signatory signer = { 0 };
	bool asked = false;
	struct progress p = { .out = "out", .signer = &signer, .asked = &asked, .around = around };
	struct date date;
	int code = EXIT_USAGE;

	if (options_read(&argc, argv, progress_options, &p, d) && pipeline_date(p.date, &date, &p.pipeline, d)
		&& period_read(&p.words, &p.pipeline.period, &p.name, d) && period_check_date(&p.pipeline.period, p.name, p.pipeline.date, d))
		code = progress_jobs(&p, argc, argv, d);
	signatory_close(&signer);
	return code;
}

const struct command command_progress = {
	.name = "progress",
	.args = "JOB.xml...",
	.what = "the progress workbook of a period, into DIR/<job id>/",
	.option = progress_options,
	.run = progress_run,
};
