/* kehoach build: each job through all stages, into DIR/<job id>/.
 *
 * Everything of a job is written into a staging folder beside the results and renamed when all of it is complete, the
 * manifest last; when a job has an error nothing of it is replaced, and the other jobs go on. */
#include "base/file.h"
#include "base/map.h"
#include "cmd/options.h"
#include "cmd/pipeline.h"
#include "cmd/staging.h"
#include "cmd/version.h"
#include "render/backend.h"
#include "render/manifest.h"

#include <string.h>

enum { BACKENDS_MAX = 16 };

struct build_options {
	const char *out;  /* -o */
	const char *only; /* --only, as typed */
	struct pipeline_options pipeline;
	const struct backend *backend[BACKENDS_MAX]; /* [n_backend] */
	size_t n_backend;
};

/* What is written when --only does not say: the contract's files. */
static const struct {
	const struct backend *backend;
	const char *stem;
} results[] = {
	{ &backend_pdf, "plan" },
	{ &backend_xlsx, "appendix" },
	{ &backend_json, "figures" },
};

static const char *result_stem(const struct backend *backend)
{
	for (size_t i = 0; i < sizeof results / sizeof *results; i++)
		if (results[i].backend == backend)
			return results[i].stem;
	return "plan";
}

static bool choose_backend(const char *name, struct build_options *options, struct diags *d)
{
	const struct backend *backend = backend_find(name);
	struct origin nowhere = { 0 };
	const char *names[BACKENDS_MAX];
	size_t n = 0;

	if (backend && options->n_backend < BACKENDS_MAX) {
		options->backend[options->n_backend++] = backend;
		return true;
	}
	for (; backends[n] && n < BACKENDS_MAX; n++)
		names[n] = backends[n]->name;
	if (suggest(name, names, n))
		return diag_error(d, nowhere, "usage", "--only does not know '%s'; did you mean %s?", name,
			suggest(name, names, n));
	return diag_error(d, nowhere, "usage", "--only does not know '%s'", name);
}

static bool choose_backends(struct build_options *options, struct arena *a, struct diags *d)
{
	bool ok = true;
	char *list = options->only ? arena_text(a, options->only) : NULL;
	char *rest = NULL;

	if (!list) {
		for (size_t i = 0; i < sizeof results / sizeof *results; i++)
			options->backend[options->n_backend++] = results[i].backend;
		return true;
	}
	for (char *name = strtok_r(list, ",", &rest); name; name = strtok_r(NULL, ",", &rest))
		ok = choose_backend(name, options, d) && ok;
	if (ok && !options->n_backend)
		return diag_error(d, (struct origin){ 0 }, "usage", "--only names nothing; write --only pdf,xlsx,json");
	return ok;
}

/* The plan, then the appendices that are files of their own. */
static bool paint_files(const struct backend *backend, const struct made *made, struct fonts *fonts, const char *dir,
	struct arena *a, struct diags *d)
{
	for (size_t i = 0; i < made->n_file; i++) {
		const char *stem = i ? arena_printf(a, "appendix-%zu", i) : result_stem(backend);
		const char *path = file_join(dir, arena_printf(a, "%s%s", stem, backend->suffix), a);

		if (!backend->paint(&made->file[i], fonts, path, d))
			return false;
	}
	return true;
}

static bool render_one(const struct backend *backend, const struct made *made, struct fonts *fonts, const char *dir,
	struct arena *a, struct diags *d)
{
	const char *path = file_join(dir, arena_printf(a, "%s%s", result_stem(backend), backend->suffix), a);

	if (backend->paint)
		return paint_files(backend, made, fonts, dir, a, d);
	if (backend == &backend_xlsx && !made->document->n_sheet)
		return true;
	return backend->write(made->document, fonts, path, d);
}

static bool render_all(const struct build_options *options, const struct made *made, struct fonts *fonts,
	const char *dir, struct arena *a, struct diags *d)
{
	for (size_t i = 0; i < options->n_backend; i++)
		if (!render_one(options->backend[i], made, fonts, dir, a, d))
			return false;
	return true;
}

/* Every file that was read, by its name for people, and the fonts. */
static bool list_inputs(const struct made *made, const struct fonts *fonts, struct arena *a, struct manifest *m,
	struct diags *d)
{
	struct manifest_file *input = ARENA_ARRAY(a, made->library.n_used + FACES, struct manifest_file);
	size_t n = 0;

	for (size_t i = 0; i < made->library.n_used; i++, n++) {
		input[n].path = made->library.used[i].manifest;
		if (!file_sha256(made->library.used[i].path, a, &input[n].sha256, d))
			return false;
	}
	for (enum face face = FACE_REGULAR; face < FACES; face++, n++) {
		input[n].path = arena_printf(a, "fonts/%s", fonts_name(fonts, face));
		input[n].sha256 = fonts_sha256(fonts, face);
	}
	m->input = input;
	m->n_input = n;
	return true;
}

static bool list_outputs(const struct staging *staging, struct arena *a, struct manifest *m, struct diags *d)
{
	struct manifest_file *output = ARENA_ARRAY(a, staging->n_name, struct manifest_file);

	for (size_t i = 0; i < staging->n_name; i++) {
		output[i].path = staging->name[i];
		if (!file_sha256(file_join(staging->dir, staging->name[i], a), a, &output[i].sha256, d))
			return false;
	}
	m->output = output;
	m->n_output = staging->n_name;
	return true;
}

static bool write_manifest(const struct made *made, struct fonts *fonts, struct staging *staging, struct arena *a,
	struct diags *d)
{
	struct manifest m = { .job = made->job->id, .program = "kehoach " KEHOACH_VERSION };

	return list_inputs(made, fonts, a, &m, d)
		&& list_outputs(staging, a, &m, d)
		&& manifest_write(&m, file_join(staging->dir, MANIFEST_NAME, a), d);
}

/* Two jobs of one id would write over each other. */
static bool claim_id(const struct made *made, struct map *ids, struct diags *d)
{
	if (map_add(ids, arena_text(ids->arena, made->job->id), 0, NULL))
		return true;
	return diag_error(d, made->job->at, "duplicate", "another job of this run has the id '%s' too; change one of them",
		made->job->id);
}

static bool build_job(const char *path, const struct build_options *options, const struct surroundings *around,
	struct fonts *fonts, struct map *ids, struct arena *a, struct diags *d)
{
	struct staging staging = { 0 };
	struct made made = { 0 };
	bool ok;

	if (!pipeline_run(path, &options->pipeline, around, fonts, a, &made, d) || !claim_id(&made, ids, d))
		return false;
	ok = staging_open(&staging, file_join(options->out, made.job->id, a), a, d)
		&& render_all(options, &made, fonts, staging.dir, a, d)
		&& staging_list(&staging, d)
		&& write_manifest(&made, fonts, &staging, a, d)
		&& staging_commit(&staging, MANIFEST_NAME, d);
	staging_close(&staging);
	return ok;
}

static int build_run(int argc, char *argv[], const struct surroundings *around, struct diags *d)
{
	struct build_options options = { .out = "out" };
	const struct option table[] = {
		{ .name = "-o", .value = &options.out },
		{ .name = "--only", .value = &options.only },
		{ .name = "--date", .value = &options.pipeline.date },
		{ .name = "--draft", .set = &options.pipeline.draft },
	};
	struct origin nowhere = { 0 };
	struct arena arena = { 0 };
	struct fonts *fonts = NULL;
	struct map ids;
	size_t n_job = 0;
	int code = EXIT_USAGE;

	map_init(&ids, &arena);
	if (!options_read(argc, argv, table, sizeof table / sizeof *table, &n_job, d)
		|| !choose_backends(&options, &arena, d))
		goto out;
	if (!n_job) {
		diag_error(d, nowhere, "usage", "name at least one job file: kehoach build JOB.xml...");
		goto out;
	}
	fonts = fonts_open(around->fonts_dir, d);
	for (size_t i = 0; fonts && i < n_job; i++) {
		struct arena job = { 0 };

		build_job(argv[i], &options, around, fonts, &ids, &job, d);
		arena_clear(&job);
		fonts_trim(fonts);
	}
	code = diags_exit_code(d);
out:
	fonts_close(fonts);
	arena_clear(&arena);
	return code;
}

const struct command command_build = {
	.name = "build",
	.args = "JOB.xml... [-o DIR] [--only pdf,xlsx,json,png,text] [--date D] [--draft]",
	.what = "all results of the jobs, into DIR/<job id>/",
	.run = build_run,
};
