/* kehoach batch: the documents of a job for each area of a list, into DIR/<job id>/<code above>/<code>/.
 *
 * The sources are read once and divided; forked workers make one area after another, each by the ordinary pipeline; what has not
 * changed since the last run is left as it is. Then come the summaries of the areas above. batch.json is written last. */
#include "cmd/batchrun.h"

#include "batch/slurm.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const struct option batch_options[] = {
	{ "-o", "DIR", "where results go, in DIR/<job id>/ (out)", offsetof(struct batch, out) },
	{ "-j", "N", "workers (as many as there are processors)", offsetof(struct batch, workers) },
	{ "--only", "LIST", "of pdf,xlsx,json,png,text,layout (pdf,xlsx,json)", offsetof(struct batch, produce.only) },
	{ "--date", "DAY", "the documents' date, also that of briefs, as 2024-01-31", offsetof(struct batch, date) },
	{ "--month", "MONTH", "also how far the plans are: 2024-05", offsetof(struct batch, words.month) },
	{ "--quarter", "QUARTER", "in its place: 2024-Q2", offsetof(struct batch, words.quarter) },
	{ "--half", "HALF", "in its place: 2024-H1", offsetof(struct batch, words.half) },
	{ "--year", "YEAR", "in its place: 2024", offsetof(struct batch, words.year) },
	/* for what the <sign> elements of a job ask for */
	SIGNATORY_OPTIONS(struct batch, signing),
	{ "--pdf", NULL, "with a period: its brief too, beside the workbook", offsetof(struct batch, brief) },
	{ "--previous", "DIR", "results of an earlier period, whose remarks are carried over", offsetof(struct batch, previous) },
	{ "--draft", NULL, "DỰ THẢO on each page", offsetof(struct batch, pipeline.draft) },
	{ "--no-checks", NULL, "neither the checks of templates nor the audit", offsetof(struct batch, pipeline.unchecked) },
	{ "--strict", NULL, "an area that cannot be made, or rows of no area, end the run", offsetof(struct batch, pipeline.strict) },
	{ "--resume", NULL, "go on from a run that was stopped", offsetof(struct batch, resume) },
	{ "--verify", NULL, "read all files again to see what has changed, whatever their size and time", offsetof(struct batch, verify) },
	{ "--shard", "K/N", "only part K of N; --merge joins the parts", offsetof(struct batch, typed_shard) },
	{ "--merge", NULL, "join the parts in DIR..., which --shard has made", offsetof(struct batch, merging) },
	{ "--slurm", "N", "have a cluster make it in N parts; options for sbatch behind --", offsetof(struct batch, slurm) },
	{ "--partition", "NAME", "of the cluster", offsetof(struct batch, partition) },
	{ 0 },
};

static bool read_workers(struct batch *b)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	if (b->workers) {
		size_t n_digit = strspn(b->workers, "0123456789");

		n = n_digit && !b->workers[n_digit] && n_digit < 4 ? strtol(b->workers, NULL, 10) : 0;
		if (n < 1 || n > POOL_WORKERS_MAX)
			return diag_error(b->diags, (struct origin){ 0 }, "usage", "-j %s is no number of workers; write 1 to %d", b->workers,
				POOL_WORKERS_MAX);
	}
	b->n_worker = n < 1 ? 1 : n > POOL_WORKERS_MAX ? POOL_WORKERS_MAX : (unsigned)n;
	return true;
}

/* One unlock for all plans, or one in each worker: a token's session does not go over to them. */
static bool open_signer(struct batch *b, struct signatory *signer)
{
	if (!signatory_is_named(&b->signing))
		return true;
	signer->forks = true;
	if (!signatory_read(signer, &b->signing, b->around, b->diags) || !signatory_open(signer, b->diags))
		return false;
	signatory_rest(signer);
	b->signer = signer;
	return true;
}

static bool read_period(struct batch *b)
{
	const struct period_words *w = &b->words;

	if (w->month || w->quarter || w->half || w->year)
		return period_read(w, &b->told_of, &b->period, b->diags);
	return !(b->brief || b->previous)
		|| diag_error(b->diags, (struct origin){ 0 }, "usage", "--pdf and --previous are of progress; give its period too: --month 2024-05");
}

static bool produces(const struct produce *p, const struct backend *backend)
{
	for (size_t i = 0; i < p->n_backend; i++)
		if (p->backend[i] == backend)
			return true;
	return false;
}

/* What changes the files, beside their inputs; in whatever order it was typed. */
static void say_options(struct batch *b)
{
	struct buf text = { 0 };

	for (size_t i = 0; backends[i]; i++)
		if (produces(&b->produce, backends[i]))
			buf_printf(&text, "%s ", backends[i]->name);
	buf_printf(&text, "%s%s%s", b->date ? b->date : "", b->pipeline.draft ? " draft" : "", b->pipeline.unchecked ? " unchecked" : "");
	b->options = arena_text(&b->arena, text.text);
	buf_clear(&text);
}

/* ---- all of it ---- */

static const struct batch_stage plans = { .prepare = batch_prepare, .make = batch_make_pages, .write = batch_write_pages, .signs = true };

/* The job, and what the index and the summaries want of its areas. */
static bool open_all(struct batch *b, const char *path, struct batch_kinds *kinds)
{
	bool ok;

	if (!batch_read_job(b, path))
		return false;
	b->title = b->list.id;
	for (; b->n_figure < b->list.n_figure; b->n_figure++)
		b->figure[b->n_figure] = b->list.figure[b->n_figure];
	ok = batch_summaries_open(b, kinds->summary);
	if (b->period)
		kinds->progress = batch_progress_open(b, ok && batch_above_asked(kinds->summary, b->list.n_summary));
	return ok && (!b->period || (kinds->progress && batch_above_open(kinds->summary, kinds->progress, kinds->above)));
}

/* Progress of the areas, and of those above. */
static bool run_progress(struct batch_kinds *kinds)
{
	struct batch *b = kinds->progress;

	return batch_stage_run(b) && batch_stage_end(b) && (b->shard.n || batch_above_run(kinds->above));
}

/* What could not be made beside the plans does not take away these. A part has no index, and no summaries: they are of all parts. */
static void run_others(struct batch *b, struct batch_kinds *kinds)
{
	bool on = b->shard.n || batch_summaries_run(b, kinds->summary);
	bool ended = !kinds->progress || (on && run_progress(kinds));

	if (!b->diags->n_fault && !b->shard.n)
		batch_index(b, kinds);
	if (!batch_stage_end(b) || b->shard.n || !ended)
		return;
	batch_parts_remove(b);
	if (kinds->progress)
		batch_parts_remove(kinds->progress);
}

static bool has_changed(struct batch *b, struct batch_kinds *kinds)
{
	batch_stage_look(b);
	if (kinds->progress)
		batch_stage_look(kinds->progress);
	return !b->settled || (kinds->progress && !kinds->progress->settled);
}

/* A key for signatures that no job asks for. */
static void tell_unused(const struct batch *b, const struct batch_kinds *kinds)
{
	bool asked = batch_asks(b);

	for (size_t i = 0; i < b->list.n_summary; i++)
		asked = asked || batch_asks(kinds->summary[i]);
	if (b->signer && !asked)
		diag_warning(b->diags, b->list.root->at, "unsigned",
			"the job asks for no signature, so the key is not used; write <sign field=\"signer\" level=\"b\"/> into it, with of=\"progress\" for "
			"briefs, or sign with kehoach sign");
}

static void run(struct batch *b, const char *path)
{
	struct batch_kinds kinds = { 0 };

	if (open_all(b, path, &kinds)) {
		tell_unused(b, &kinds);
		if (b->slurm && has_changed(b, &kinds))
			batch_slurm(b, path);
		else if (batch_stage_run(b))
			run_others(b, &kinds);
	}
	for (size_t i = 0; i < LIST_SUMMARIES_MAX; i++)
		batch_close(kinds.above[i]);
	batch_close(kinds.progress);
	for (size_t i = 0; i < LIST_SUMMARIES_MAX; i++)
		batch_close(kinds.summary[i]);
}

static int run_all(struct batch *b, const char *job)
{
	struct signatory signer = { 0 };

	say_options(b);
	b->fonts = fonts_open(b->around->fonts_dir, b->diags);
	if (b->fonts && open_signer(b, &signer))
		run(b, job);
	batch_close_sources(b);
	signatory_close(&signer);
	fonts_close(b->fonts);
	return diags_exit_code(b->diags);
}

/* What goes behind "--" goes to sbatch. */
static void take_sbatch(struct batch *b, int *argc, char *argv[])
{
	int n = 0;

	while (n < *argc && strcmp(argv[n], "--") != 0)
		n++;
	if (n < *argc) {
		b->sbatch = (const char *const *)&argv[n + 1];
		b->n_sbatch = (size_t)(*argc - n - 1);
	}
	*argc = n;
}

static bool slurm_fits(struct batch *b)
{
	size_t n_digit = strspn(b->slurm, "0123456789");
	long n = n_digit && !b->slurm[n_digit] && n_digit < 5 ? strtol(b->slurm, NULL, 10) : 0;
	bool ok = true;

	if (n < 1 || n > SHARDS_MAX)
		return diag_error(b->diags, (struct origin){ 0 }, "usage", "--slurm %s is no number of parts; write 1 to %d", b->slurm, SHARDS_MAX);
	if (b->n_sbatch > SLURM_OPTIONS_MAX)
		return diag_error(b->diags, (struct origin){ 0 }, "usage", "at most %d options for sbatch can be given", SLURM_OPTIONS_MAX);
	for (size_t i = 0; i < b->n_sbatch; i++)
		ok = slurm_option(b->sbatch[i], b->diags) && ok;
	return ok;
}

/* Options that do not go together. */
static bool options_fit(struct batch *b)
{
	struct origin nowhere = { 0 };
	size_t n;

	if ((b->typed_shard != NULL) + b->merging + (b->slurm != NULL) > 1)
		return diag_error(b->diags, nowhere, "usage", "--shard, --merge and --slurm are three ways to go; give one of them");
	if ((b->partition || b->n_sbatch) && !b->slurm)
		return diag_error(b->diags, nowhere, "usage", "--partition and options for sbatch are for --slurm N only");
	if (b->slurm && signatory_is_named(&b->signing))
		return diag_error(b->diags, nowhere, "usage",
			"keys are not handed to a cluster: leave out --p12 and --key, and sign the plans with kehoach sign when they are made");
	if (b->slurm && !slurm_fits(b))
		return false;
	batch_arguments(b, &n);
	if (b->merging && n)
		return diag_error(b->diags, nowhere, "usage", "parts are joined with the options that they were made with; leave out %s",
			batch_arguments(b, &n)[0]);
	return !b->typed_shard || shard_read(b->typed_shard, &b->shard, b->diags);
}

/* The job that is named, or that parts were made of. */
static bool choose_job(struct batch *b, int argc, char *argv[], const char **job)
{
	if (b->merging)
		return batch_merge_open(b, argc, argv, job);
	*job = argv[0];
	return argc == 1 || diag_error(b->diags, (struct origin){ 0 }, "usage", "name one job file: JOB.xml");
}

static int batch_run(int argc, char *argv[], const struct surroundings *around, struct diags *d)
{
	struct batch *b = memory_new(1, sizeof *b);
	struct library_trees trees;
	struct batch_hashes hashes;
	struct date date;
	const char *job;
	int code = EXIT_USAGE;

	*b = (struct batch){ .around = around, .diags = d, .trees = &trees, .hashes = &hashes };
	library_trees_init(&trees, &b->arena);
	batch_hashes_init(&hashes);
	trees.watch = &hashes.watch;
	batch_init(b, &plans);
	take_sbatch(b, &argc, argv);
	if (!options_read(&argc, argv, batch_options, b, d) || !options_fit(b))
		code = EXIT_USAGE;
	else if (!choose_job(b, argc, argv, &job))
		code = b->merging && argc ? EXIT_INPUT : EXIT_USAGE;
	else if (produce_choose(&b->produce, &b->arena, d) && read_workers(b) && read_period(b)
		&& pipeline_date(b->date, &date, &b->pipeline, d) && (!b->period || period_check_date(&b->told_of, b->period, b->pipeline.date, d)))
		code = run_all(b, job);
	batch_close(b);
	arena_clear(&hashes.arena);
	return code;
}

const struct command command_batch = {
	.name = "batch",
	.args = "JOB.xml | --merge DIR...",
	.what = "the results of a job for each area of a list, into DIR/<job id>/<code above>/<code>/",
	.option = batch_options,
	.run = batch_run,
};
