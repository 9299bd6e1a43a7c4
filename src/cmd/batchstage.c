/* One kind of documents for all areas of a list: what is there is looked at, what has changed is made, and it is written down. */
#include "cmd/batchrun.h"

#include "base/file.h"
#include "base/version.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void batch_init(struct batch *b, const struct batch_stage *stage)
{
	b->stage = stage;
	b->state_name = STATE_NAME;
	b->journal_name = JOURNAL_NAME;
	b->manifest = MANIFEST_NAME;
	b->signs = stage->signs ? PLAN_NAME : NULL;
	b->lock = b->part_lock = -1;
	map_init(&b->own_told, &b->arena);
	b->told = &b->own_told;
	state_init(&b->old, &b->arena);
	state_init(&b->now, &b->arena);
}

struct batch *batch_open(const struct batch *o, const struct batch_stage *stage)
{
	struct batch *b = memory_new(1, sizeof *b);

	*b = (struct batch){ .out = o->out, .resume = o->resume, .verify = o->verify, .produce = o->produce, .pipeline = o->pipeline,
		.signer = o->signer, .n_worker = o->n_worker, .options = o->options, .shard = o->shard, .around = o->around, .diags = o->diags,
		.trees = o->trees, .hashes = o->hashes,
		.fonts = o->fonts };
	batch_init(b, stage);
	b->told = o->told;
	return b;
}

void batch_close(struct batch *b)
{
	if (!b)
		return;
	batch_close_sources(b);
	if (b->lock >= 0)
		close(b->lock);
	if (b->part_lock >= 0)
		close(b->part_lock);
	arena_clear(&b->arena);
	free(b);
}

/* ---- what was made before ---- */

static bool figures_same(const struct batch *b)
{
	bool same = b->old.n_figure == b->now.n_figure && b->old.n_shown == b->now.n_shown;

	for (size_t i = 0; same && i < b->now.n_figure; i++)
		same = !strcmp(b->old.figure[i], b->now.figure[i]);
	return same;
}

/* The figures by which the state keeps them. */
static void name_figures(struct batch *b)
{
	const char **label = ARENA_ARRAY(&b->arena, b->n_figure, const char *);

	for (size_t i = 0; i < b->n_figure; i++) {
		const struct list_figure *f = &b->figure[i];

		label[i] = f->label ? f->label : arena_printf(&b->arena, "%s/%s", f->table, f->column);
		b->now.n_shown += f->label != NULL;
	}
	b->now.figure = label;
	b->now.n_figure = b->n_figure;
}

static void read_old(struct batch *b)
{
	const char *journal = batch_journal_path(b);
	bool ok = b->merging ? batch_merge_before(b) : batch_read_before(b);

	ok = ok && !strcmp(b->old.program, b->now.program) && !strcmp(b->old.options, b->options) && figures_same(b);
	if (!ok)
		state_init(&b->old, &b->arena);
	b->old.n_figure = b->now.n_figure;
	b->old.figure = b->now.figure;
	b->old.n_shown = b->now.n_shown;
	if (b->merging)
		return;
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

	if (changed || b->shard.n || b->merging || b->own_returns || (b->plans && b->previous) || b->old.n_lost || file_exists(batch_journal_path(b)) || !batch_all_hold(b))
		return false;
	b->n_kept = b->old.n_area;
	for (size_t i = 0; i < b->old.n_area; i++)
		b->n_finding += b->old.area[i].n_finding;
	for (size_t i = 0; i < b->old.n_area; i++)
		batch_tell_seal(b, &b->old.area[i]);
	return true;
}

const struct state *batch_state(const struct batch *b)
{
	return b->settled ? &b->old : &b->now;
}

/* ---- what has changed ---- */

static bool close_journal(struct batch *b)
{
	const char *path = batch_journal_path(b);
	bool ok = b->journal && !ferror(b->journal) && !fflush(b->journal) && !fdatasync(fileno(b->journal));

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

		struct diags quiet = { .quiet = true };

		left.dir = file_join(left.target, ".part", &a);
		if (file_is_folder(left.dir) && batch_area_is_own(b, &b->list.area[b->task[i]], &quiet))
			staging_close(&left);
		diags_clear(&quiet);
		arena_clear(&a);
	}
}

static bool make(struct batch *b)
{
	struct pool_work work = { .n_task = b->n_task, .n_worker = b->n_worker, .ctx = b, .work = batch_work, .done = batch_done };
	bool all;

	b->bar = (struct bar){ .terminal = b->around->terminal, .n = b->n_task };
	bar_time(&b->bar);
	b->journal = batch_journal_open(b);
	if (!b->journal)
		return false;
	if (b->resume)
		fputc('\n', b->journal); /* behind a line that was torn */
	all = pool_run(&work, b->diags);
	bar_end(&b->bar);
	if (!close_journal(b) || !all || b->n_killed)
		sweep(b);
	return all;
}

static bool has_failed(const struct batch *b, size_t i)
{
	if (b->kept[i])
		return b->kept[i]->state == AREA_FAILED;
	return batch_is_mine(b, i) && batch_has_no_plan(b, i);
}

/* The first of those that failed, by their codes: their findings may have been too many to be told. */
static void name_failed(const struct batch *b, struct said *said)
{
	for (size_t i = 0; b->kept && i < b->list.n_area && said->n_shown < SAID_SHOWN; i++)
		if (has_failed(b, i))
			said->failed[said->n_shown++] = b->list.area[i].code;
}

void batch_say(const struct batch *b, const struct said *said)
{
	if (b->around->json)
		said_put_json(said, b->around->out);
	else
		said_put_text(said, b->diags, b->around->out);
}

/* Of the list, or of its part. */
static size_t areas_of(const struct batch *b)
{
	size_t n = 0;

	for (size_t i = 0; i < b->list.n_area; i++)
		n += batch_is_mine(b, i);
	return n;
}

static void say_summary(struct batch *b)
{
	size_t n_tried = b->n_done + b->n_kept + b->n_failed;
	size_t n_bad = b->shard.n ? 0 : b->list.n_bad; /* they are of no part */
	size_t n = b->settled ? n_tried : areas_of(b) + n_bad;
	size_t n_before = batch_merge_made(b) < b->n_kept ? batch_merge_made(b) : b->n_kept;
	struct said said = { .title = b->title, .n_area = n, .n_made = b->n_done + n_before, .n_unchanged = b->n_kept - n_before,
		.n_failed = b->n_failed + n_bad, .n_finding = b->n_finding };

	n_tried += n_bad;
	said.n_untried = n > n_tried ? n - n_tried : 0;
	name_failed(b, &said);
	batch_say(b, &said);
}

void batch_stage_look(struct batch *b)
{
	if (b->looked)
		return;
	b->looked = true;
	b->now.program = "kehoach " KEHOACH_VERSION;
	b->now.job = b->list.id;
	b->now.options = b->options;
	name_figures(b);
	read_old(b);
	b->settled = nothing_to_do(b);
}

/* What is written last is asked about first. */
static bool may_end(struct batch *b)
{
	bool ok = b->shard.n || b->plans || b->below || batch_index_may_be(b);

	return file_may_replace(batch_state_path(b), b->diags) && ok;
}

bool batch_stage_run(struct batch *b)
{
	size_t n_error = b->diags->n_error;
	bool ok = true;

	batch_stage_look(b);
	if (b->merging && b->diags->n_error > n_error)
		return false;
	if (!b->settled)
		ok = may_end(b) && b->stage->prepare(b) && batch_choose(b) && batch_figures_exist(b) && make(b);
	if (!b->settled && ok)
		batch_gather(b);
	if (b->settled)
		batch_tell_other_key(b);
	if (b->settled || b->task)
		say_summary(b);
	return ok;
}

bool batch_stage_end(struct batch *b)
{
	if (b->settled)
		return !b->marks_changed || (batch_lock(b) && state_write(&b->old, batch_state_path(b), b->diags));
	b->now.n_lost = b->n_lost + b->list.n_bad;
	if (b->shard.n)
		batch_part_note(b);
	batch_check_inputs(b);
	if (!state_write(&b->now, batch_state_path(b), b->diags))
		return false;
	file_remove(batch_journal_path(b));
	return true;
}
