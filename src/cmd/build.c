/* kehoach build: each job through all stages, into DIR/<job id>/.
 *
 * Everything of a job is written into a staging folder beside the results and renamed when all of it is complete, the
 * manifest last; when a job has an error nothing of it is replaced, and the other jobs go on. */
#include "base/file.h"
#include "base/map.h"
#include "cmd/inventory.h"
#include "cmd/pipeline.h"
#include "cmd/produce.h"
#include "cmd/signplan.h"
#include "cmd/staging.h"
#include "render/manifest.h"

#include <stddef.h>

struct build {
	const char *out;  /* -o */
	const char *date; /* --date, as typed */
	const char *threads; /* -j, as typed */
	struct produce produce;
	struct pipeline_options pipeline;
	const struct surroundings *around;
	struct map ids; /* of the jobs so far */
	struct signatory_options signing;
	struct signatory signer;
	bool asked; /* a job asks for signatures */
	bool stamped; /* one of them has a timestamp */
};

static const struct option build_options[] = {
	{ "-o", "DIR", "where results go, in DIR/<job id>/ (out)", offsetof(struct build, out) },
	{ "--only", "LIST", "of pdf,xlsx,json,png,text,layout (pdf,xlsx,json)", offsetof(struct build, produce.only) },
	{ "--date", "DAY", "the document's date, as 2024-01-31", offsetof(struct build, date) },
	{ "--draft", NULL, "DỰ THẢO on each page", offsetof(struct build, pipeline.draft) },
	{ "--attach", NULL, "the job's sources inside plan.pdf (then PDF/A-3a); not with --draft", offsetof(struct build, produce.attach) },
	{ "--strict", NULL, "rows of a register with faults are errors", offsetof(struct build, pipeline.strict) },
	{ "-j", "N", "threads that count the rows of a register (1)", offsetof(struct build, threads) },
	{ "--no-checks", NULL, "neither the checks of templates nor the audit", offsetof(struct build, pipeline.unchecked) },
	/* for what the <sign> elements of a job ask for */
	SIGNATORY_OPTIONS(struct build, signing),
	{ 0 },
};

/* Two jobs of one id would write over each other. */
static bool claim_id(const struct made *made, struct map *ids, struct diags *d)
{
	if (map_add(ids, arena_text(ids->arena, made->job->id), 0, NULL))
		return true;
	return diag_error(d, made->job->at, "duplicate", "another job of this run has the id '%s' too; change one of them",
		made->job->id);
}

static void build_job(void *ctx, const char *path, struct fonts *fonts, struct arena *a, struct diags *d)
{
	struct build *build = ctx;
	struct staging staging = { 0 };
	struct made made = { 0 };

	if (!pipeline_run(path, &build->pipeline, build->around, fonts, a, &made, d) || !claim_id(&made, &build->ids, d))
		return;
	build->asked = build->asked || made.job->n_sign;
	build->stamped = build->stamped || plan_has_timestamp(made.job);
	if (staging_open(&staging, file_join(build->out, made.job->id, a), a, d)
		&& produce_files(&build->produce, &made, fonts, staging.dir, a, d)
		&& staging_list(&staging, d)
		&& inventory_write(&made, fonts, NULL, &staging, MANIFEST_NAME, a, d)
		&& plan_sign(made.job, PLAN_NAME, build->pipeline.draft, &build->signer, &staging, d))
		staging_commit(&staging, MANIFEST_NAME, d);
	staging_close(&staging);
}

/* What was given for signatures that no job asks for. */
static void tell_unused(const struct build *build, struct diags *d)
{
	if (!build->asked)
		diag_warning(d, (struct origin){ 0 }, "unsigned",
			"no job asks for a signature, so the key is not used; write <sign field=\"signer\" level=\"b\"/> into the job, or sign "
			"plan.pdf with kehoach sign");
	else if (build->signing.tsa && !build->stamped)
		diag_warning(d, (struct origin){ 0 }, "unsigned",
			"no job asks for a timestamp, so --tsa and --trust are not used; write level=\"t\" into its <sign>, or leave them out");
}

/* A file holds others as PDF/A-3, which no draft is. */
static bool check_attach(const struct build *build, struct diags *d)
{
	if (!build->produce.attach || !build->pipeline.draft)
		return true;
	return diag_error(d, (struct origin){ 0 }, "usage",
		"--attach with --draft: a draft holds no sources; leave out one of them");
}

/* One unlock for all jobs. */
static int build_jobs(struct build *build, int argc, char *argv[], struct diags *d)
{
	bool named = signatory_is_named(&build->signing);
	int code;

	if (named && !signatory_read(&build->signer, &build->signing, build->around, d))
		return EXIT_USAGE;
	if (named && !signatory_open(&build->signer, d))
		return diags_exit_code(d);
	code = pipeline_each_job(argc, argv, build->around, build_job, build, d);
	if (named && code == EXIT_DONE)
		tell_unused(build, d);
	return code;
}

static int build_run(int argc, char *argv[], const struct surroundings *around, struct diags *d)
{
	struct build build = { .out = "out", .around = around };
	struct arena arena = { 0 };
	struct date date;
	int code = EXIT_USAGE;

	map_init(&build.ids, &arena);
	if (options_read(&argc, argv, build_options, &build, d) && produce_choose(&build.produce, &arena, d) && check_attach(&build, d)
		&& pipeline_date(build.date, &date, &build.pipeline, d) && pipeline_threads(build.threads, &build.pipeline, d))
		code = build_jobs(&build, argc, argv, d);
	signatory_close(&build.signer);
	arena_clear(&arena);
	return code;
}

const struct command command_build = {
	.name = "build",
	.args = "JOB.xml...",
	.what = "all results of the jobs, into DIR/<job id>/",
	.option = build_options,
	.run = build_run,
};
