/* kehoach batch: the documents of a job for each area of a list, into DIR/<job id>/<code above>/<code>/.
 *
 * The sources are read once and divided; forked workers make one area after another, each by the ordinary pipeline; what has not
 * changed since the last run is left as it is. batch.json is written last. */
#include "cmd/batchrun.h"

#include "base/file.h"
#include "base/version.h"
#include "batch/index.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct option batch_options[] = {
	{ "-o", "DIR", "where results go, in DIR/<job id>/ (out)", offsetof(struct batch, out) },
	{ "-j", "N", "workers (as many as there are processors)", offsetof(struct batch, workers) },
	{ "--only", "LIST", "of pdf,xlsx,json,png,text,layout (pdf,xlsx,json)", offsetof(struct batch, produce.only) },
	{ "--date", "DAY", "the documents' date, as 2024-01-31", offsetof(struct batch, date) },
	{ "--draft", NULL, "DỰ THẢO on each page", offsetof(struct batch, pipeline.draft) },
	{ "--no-checks", NULL, "neither the checks of templates nor the audit", offsetof(struct batch, pipeline.unchecked) },
	{ "--resume", NULL, "go on from a run that was stopped", offsetof(struct batch, resume) },
	{ "--verify", NULL, "read all files again to see what has changed, whatever their size and time", offsetof(struct batch, verify) },
	{ 0 },
};

static bool read_workers(struct batch *b)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	if (b->workers) {
		size_t n_digit = strspn(b->workers, "0123456789");

		n = n_digit && !b->workers[n_digit] && n_digit < 4 ? strtol(b->workers, NULL, 10) : 0;
		if (n < 1 || n > BATCH_WORKERS_MAX)
			return diag_error(b->diags, (struct origin){ 0 }, "usage", "-j %s is no number of workers; write 1 to %d", b->workers,
				BATCH_WORKERS_MAX);
	}
	b->n_worker = n < 1 ? 1 : n > BATCH_WORKERS_MAX ? BATCH_WORKERS_MAX : (unsigned)n;
	return true;
}

/* What changes the files, beside their inputs. */
static void say_options(struct batch *b)
{
	struct buf text = { 0 };

	for (size_t i = 0; i < b->produce.n_backend; i++)
		buf_printf(&text, "%s ", b->produce.backend[i]->name);
	buf_printf(&text, "%s%s%s", b->date ? b->date : "", b->pipeline.draft ? " draft" : "", b->pipeline.unchecked ? " unchecked" : "");
	b->options = arena_text(&b->arena, text.text);
	buf_clear(&text);
}

/* ---- what was made before ---- */

static bool figures_same(const struct batch *b)
{
	bool same = b->old.n_figure == b->now.n_figure;

	for (size_t i = 0; same && i < b->now.n_figure; i++)
		same = !strcmp(b->old.figure[i], b->now.figure[i]);
	return same;
}

/* The figures of the index. */
static void name_figures(struct batch *b)
{
	const char **label = ARENA_ARRAY(&b->arena, b->list.n_figure, const char *);

	for (size_t i = 0; i < b->list.n_figure; i++)
		label[i] = b->list.figure[i].label;
	b->now.figure = label;
	b->now.n_figure = b->list.n_figure;
}

static void read_old(struct batch *b)
{
	const char *journal = file_join(b->dir, JOURNAL_NAME, &b->arena);
	bool ok = state_read(file_join(b->dir, STATE_NAME, &b->arena), &b->old, b->diags);

	ok = ok && !strcmp(b->old.program, b->now.program) && !strcmp(b->old.options, b->options) && figures_same(b);
	if (!ok)
		state_init(&b->old, &b->arena);
	b->old.n_figure = b->now.n_figure;
	b->old.figure = b->now.figure;
	if (b->resume)
		state_read_journal(journal, &b->old);
	else if (file_exists(journal))
		diag_note(b->diags, (struct origin){ .file = journal }, "stopped",
			"an earlier run was stopped; with --resume this one would go on from there");
}

/* Nothing is read but what tells that nothing has changed. */
static bool nothing_to_do(struct batch *b)
{
	bool changed = batch_inputs_changed(b);

	if (changed || b->old.n_lost || !file_exists(file_join(b->dir, INDEX_HTML, &b->arena))
		|| !file_exists(file_join(b->dir, INDEX_XLSX, &b->arena)) || file_exists(file_join(b->dir, JOURNAL_NAME, &b->arena)) || !batch_all_hold(b))
		return false;
	b->n_kept = b->old.n_area;
	if (b->marks_changed)
		state_write(&b->old, file_join(b->dir, STATE_NAME, &b->arena), b->diags);
	return true;
}

/* ---- all of it ---- */

static bool open_journal(struct batch *b)
{
	const char *path = file_join(b->dir, JOURNAL_NAME, &b->arena);

	b->journal = fopen(path, b->resume ? "a" : "w");
	if (!b->journal)
		return diag_fault(b->diags, (struct origin){ .file = path }, "io", "cannot be written: %s", strerror(errno));
	return true;
}

static bool close_journal(struct batch *b)
{
	const char *path = file_join(b->dir, JOURNAL_NAME, &b->arena);
	bool ok = b->journal && !ferror(b->journal);

	if (b->journal && fclose(b->journal))
		ok = false;
	b->journal = NULL;
	return ok || diag_fault(b->diags, (struct origin){ .file = path }, "io", "cannot be written: %s", strerror(errno));
}

/* What a worker that was killed has left of its area. */
static void sweep(struct batch *b)
{
	for (size_t i = 0; i < b->n_task; i++) {
		struct arena a = { 0 };
		struct staging left = { .target = batch_area_dir(b, &b->list.area[b->task[i]], &a), .arena = &a };

		left.dir = file_join(left.target, ".part", &a);
		if (file_is_folder(left.dir))
			staging_close(&left);
		arena_clear(&a);
	}
}

static bool make(struct batch *b)
{
	struct pool_work work = { .n_task = b->n_task, .n_worker = b->n_worker, .ctx = b, .work = batch_work, .done = batch_done };
	bool all;

	b->bar = (struct bar){ .terminal = b->around->terminal, .n = b->n_task };
	bar_time(&b->bar);
	if (!open_journal(b))
		return false;
	all = pool_run(&work, b->diags);
	bar_end(&b->bar);
	if (!close_journal(b) || !all)
		sweep(b);
	return all;
}

static bool write_state(struct batch *b)
{
	batch_gather(b);
	b->now.job = b->list.id;
	b->now.options = b->options;
	b->now.n_lost = b->n_lost;
	if (!index_write(&b->now, b->specimen->date, b->dir, &b->library, b->fonts, b->list.source.at, b->diags))
		return false;
	if (!state_write(&b->now, file_join(b->dir, STATE_NAME, &b->arena), b->diags))
		return false;
	file_remove(file_join(b->dir, JOURNAL_NAME, &b->arena));
	return true;
}

static void say_summary(struct batch *b)
{
	size_t n = b->n_done + b->n_kept + b->n_failed;

	buf_printf(b->around->out, diag_say(b->diags, "%s: %zu areas: %zu made, %zu unchanged, %zu failed; %zu findings\n"), b->list.id, n,
		b->n_done, b->n_kept, b->n_failed, b->n_finding);
}

static bool run(struct batch *b, const char *path)
{
	bool ok;

	if (!batch_read_job(b, path))
		return false;
	name_figures(b);
	read_old(b);
	if (nothing_to_do(b)) {
		say_summary(b);
		return true;
	}
	ok = batch_read_list(b) && batch_read_sources(b) && batch_choose(b) && make(b) && write_state(b);
	batch_close_sources(b);
	if (b->task)
		say_summary(b);
	return ok;
}

static int run_all(struct batch *b, int argc, char *argv[])
{
	if (argc != 1) {
		diag_error(b->diags, (struct origin){ 0 }, "usage", "name one job file: JOB.xml");
		return EXIT_USAGE;
	}
	say_options(b);
	b->now.program = "kehoach " KEHOACH_VERSION;
	b->fonts = fonts_open(b->around->fonts_dir, b->diags);
	if (b->fonts)
		run(b, argv[0]);
	fonts_close(b->fonts);
	return diags_exit_code(b->diags);
}

static int batch_run(int argc, char *argv[], const struct surroundings *around, struct diags *d)
{
	struct batch *b = memory_new(1, sizeof *b);
	struct date date;
	int code = EXIT_USAGE;

	*b = (struct batch){ .out = "out", .around = around, .diags = d };
	map_init(&b->told, &b->arena);
	map_init(&b->hashes, &b->arena);
	library_trees_init(&b->trees, &b->arena);
	state_init(&b->old, &b->arena);
	state_init(&b->now, &b->arena);
	if (options_read(&argc, argv, batch_options, b, d) && produce_choose(&b->produce, &b->arena, d) && read_workers(b)
		&& pipeline_date(b->date, &date, &b->pipeline, d))
		code = run_all(b, argc, argv);
	arena_clear(&b->arena);
	free(b);
	return code;
}

const struct command command_batch = {
	.name = "batch",
	.args = "JOB.xml",
	.what = "the results of a job for each area of a list, into DIR/<job id>/<code above>/<code>/",
	.option = batch_options,
	.run = batch_run,
};
