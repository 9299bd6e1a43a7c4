/* kehoach build: each job through all stages, into DIR/<job id>/.
 *
 * Everything of a job is written into a staging folder beside the results and renamed when all of it is complete, the
 * manifest last; when a job has an error nothing of it is replaced, and the other jobs go on. */
#include "base/file.h"
#include "base/map.h"
#include "cmd/attach.h"
#include "cmd/inventory.h"
#include "cmd/pipeline.h"
#include "cmd/signplan.h"
#include "cmd/staging.h"
#include "render/backend.h"
#include "render/manifest.h"
#include "render/pdf.h"

#include <stddef.h>
#include <string.h>

enum { BACKENDS_MAX = 16 };

struct build {
	const char *out;  /* -o */
	const char *only; /* --only, as typed */
	const char *date; /* --date, as typed */
	const char *threads; /* -j, as typed */
	bool attach;
	struct pipeline_options pipeline;
	const struct surroundings *around;
	const struct backend *backend[BACKENDS_MAX]; /* [n_backend], each once */
	size_t n_backend;
	struct map ids; /* of the jobs so far */
	struct signatory_options signing;
	struct signatory signer;
	bool asked; /* a job asks for signatures */
	bool stamped; /* one of them has a timestamp */
};

static const struct option build_options[] = {
	{ "-o", "DIR", "where results go, in DIR/<job id>/ (out)", offsetof(struct build, out) },
	{ "--only", "LIST", "of pdf,xlsx,json,png,text,layout (pdf,xlsx,json)", offsetof(struct build, only) },
	{ "--date", "DAY", "the document's date, as 2024-01-31", offsetof(struct build, date) },
	{ "--draft", NULL, "DỰ THẢO on each page", offsetof(struct build, pipeline.draft) },
	{ "--attach", NULL, "the job's sources inside plan.pdf (then PDF/A-3a); not with --draft", offsetof(struct build, attach) },
	{ "--strict", NULL, "rows of a register with faults are errors", offsetof(struct build, pipeline.strict) },
	{ "-j", "N", "threads that count the rows of a register (1)", offsetof(struct build, threads) },
	{ "--no-checks", NULL, "neither the checks of templates nor the audit", offsetof(struct build, pipeline.unchecked) },
	/* for what the <sign> elements of a job ask for */
	SIGNATORY_OPTIONS(struct build, signing),
	{ 0 },
};

static void add_backend(struct build *build, const struct backend *backend)
{
	for (size_t i = 0; i < build->n_backend; i++)
		if (build->backend[i] == backend)
			return;
	build->backend[build->n_backend++] = backend;
}

static bool choose_backend(const char *name, struct build *build, struct diags *d)
{
	const struct backend *backend = backend_find(name);
	struct origin nowhere = { 0 };
	const char *names[BACKENDS_MAX];
	size_t n = 0;

	if (backend) {
		add_backend(build, backend);
		return true;
	}
	for (; n < BACKENDS_MAX && backends[n]; n++)
		names[n] = backends[n]->name;
	if (suggest(name, names, n))
		return diag_error(d, nowhere, "usage", "--only does not know '%s'; did you mean %s?", name,
			suggest(name, names, n));
	return diag_error(d, nowhere, "usage", "--only does not know '%s'", name);
}

static bool choose_backends(struct build *build, struct arena *a, struct diags *d)
{
	bool ok = true;
	char *rest = NULL;

	for (size_t i = 0; !build->only && backends[i]; i++)
		if (backends[i]->usual)
			add_backend(build, backends[i]);
	if (!build->only)
		return true;
	for (char *name = strtok_r(arena_text(a, build->only), ", ", &rest); name; name = strtok_r(NULL, ", ", &rest))
		ok = choose_backend(name, build, d) && ok;
	if (ok && !build->n_backend)
		return diag_error(d, (struct origin){ 0 }, "usage", "--only names nothing; write --only pdf,xlsx,json");
	return ok;
}

/* The plan, then the appendices that are files of their own. Only the plan holds attachments. */
static bool paint_files(const struct backend *backend, const struct made *made, const struct pdf_options *attached,
	struct fonts *fonts, const char *dir, struct arena *a, struct diags *d)
{
	static const struct pdf_options alone = { 0 };

	for (size_t i = 0; i < made->n_file; i++) {
		const char *stem = i ? arena_printf(a, "appendix-%zu", i) : backend->stem;
		const char *path = file_join(dir, arena_printf(a, "%s%s", stem, backend->suffix), a);

		if (!backend->paint(&made->file[i], fonts, i ? &alone : attached, path, d))
			return false;
	}
	return true;
}

static bool render_all(const struct build *build, const struct made *made, struct fonts *fonts, const char *dir,
	struct arena *a, struct diags *d)
{
	struct pdf_options attached = { 0 };
	bool ok = !build->attach || attach_sources(made->job, a, &attached, d);

	for (size_t i = 0; ok && i < build->n_backend; i++) {
		const struct backend *backend = build->backend[i];
		const char *name = arena_printf(a, "%s%s", backend->stem, backend->suffix);

		if (backend->wanted && !backend->wanted(made->document))
			continue;
		if (backend->paint)
			ok = paint_files(backend, made, &attached, fonts, dir, a, d);
		else
			ok = backend->write(made->document, fonts, file_join(dir, name, a), d);
	}
	return ok;
}

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
		&& render_all(build, &made, fonts, staging.dir, a, d)
		&& staging_list(&staging, d)
		&& inventory_write(&made, fonts, &staging, MANIFEST_NAME, a, d)
		&& plan_sign(made.job, build->pipeline.draft, &build->signer, &staging, d))
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
	if (!build->attach || !build->pipeline.draft)
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
	if (options_read(&argc, argv, build_options, &build, d) && choose_backends(&build, &arena, d) && check_attach(&build, d)
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
