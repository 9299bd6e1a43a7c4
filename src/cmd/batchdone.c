/* What came of the areas, in the parent and in the order of the list: findings are told, what was made is noted. */
#include "cmd/batchrun.h"

#include "base/file.h"
#include "batch/pack.h"

#include <string.h>
#include <unistd.h>

enum { TOLD_MAX = 100000 }; /* findings that are known again */

/* Whether the same was told at the same place of another area; from now on it was. */
static bool was_told(struct batch *b, const struct finding *f)
{
	struct buf key = { 0 };
	bool told;

	buf_printf(&key, "%d%s%s:%u:%u:%s", (int)f->severity, f->at.file ? f->at.file : "", f->at.sheet ? f->at.sheet : "", f->at.row,
		f->at.col, f->message);
	told = map_find(b->told, key.text, NULL);
	if (!told && b->told->n < TOLD_MAX)
		map_add(b->told, arena_text(b->told->arena, key.text), 0, NULL);
	buf_clear(&key);
	return told;
}

/* A finding of an area: what is wrong of each of them, hints once. One that is counted only costs no memory. */
static void tell(struct batch *b, const struct list_area *area, const struct finding *f)
{
	bool full = diags_are_full(b->diags, f->at.file);

	if (full || f->severity >= DIAG_ERROR || !was_told(b, f))
		diag_add(b->diags, f->severity, f->at, full ? "" : arena_text(&b->arena, f->rule), "%s (%s): %s", area->name, area->code,
			f->message);
}

static void take_findings(struct batch *b, const struct list_area *area, struct packed *p, struct state_area *made)
{
	struct arena a = { 0 };
	uint64_t n;

	made->n_finding = (uint32_t)packed_number(p);
	b->n_fault = packed_number(p) ? b->n_fault + 1 : 0;
	n = packed_number(p);
	for (uint64_t i = 0; i < n && !p->bad; i++) {
		struct finding f = { .severity = (enum severity)packed_number(p) };

		f.at.file = packed_text(p, &a);
		f.at.sheet = packed_text(p, &a);
		f.at.row = (unsigned)packed_number(p);
		f.at.col = (unsigned)packed_number(p);
		f.rule = packed_text(p, &a);
		f.message = packed_text(p, &a);
		tell(b, area, &f);
	}
	b->n_finding += n;
	arena_clear(&a);
}

static void take_outputs(struct batch *b, struct packed *p, struct state_area *made)
{
	made->n_output = packed_number(p);
	made->output = ARENA_ARRAY(&b->arena, p->bad ? 0 : made->n_output, struct state_output);
	for (size_t i = 0; i < made->n_output && !p->bad; i++) {
		made->output[i].name = packed_text(p, &b->arena);
		made->output[i].mark.size = packed_number(p);
		made->output[i].mark.mtime = (int64_t)packed_number(p);
	}
}

static void take_uses(struct batch *b, struct packed *p, struct state_area *made)
{
	struct arena a = { 0 };
	size_t n = packed_number(p);
	uint32_t *use = ARENA_ARRAY(&a, p->bad ? 0 : n, uint32_t);

	for (size_t i = 0; i < n && !p->bad; i++) {
		struct state_input input = { .path = packed_text(p, &a) };

		input.mark.size = packed_number(p);
		input.mark.mtime = (int64_t)packed_number(p);
		input.sha256 = packed_text(p, &a);
		use[i] = state_input(&b->now, input);
	}
	made->uses = state_uses(&b->now, use, p->bad ? 0 : n);
	arena_clear(&a);
}

static void take_made(struct batch *b, struct packed *p, struct state_area *made)
{
	const char **figure = ARENA_ARRAY(&b->arena, b->n_figure, const char *);
	const char **value = ARENA_ARRAY(&b->arena, b->n_figure, const char *);

	made->key = packed_text(p, &b->arena);
	made->manifest = packed_text(p, &b->arena);
	take_outputs(b, p, made);
	made->seal = batch_take_seal(p, &b->arena);
	take_uses(b, p, made);
	for (size_t i = 0; i < b->n_figure; i++)
		figure[i] = packed_text(p, &b->arena);
	for (size_t i = 0; i < b->n_figure; i++)
		value[i] = packed_text(p, &b->arena);
	made->figure = figure;
	made->value = value;
	made->state = AREA_DONE;
}

static void tell_killed(struct batch *b, const struct list_area *area, const struct pool_result *result)
{
	struct origin at = area->row->at;

	b->n_killed++;
	b->n_finding++;
	if (result->signal)
		diag_error(b->diags, at, "killed", "%s (%s): the program was killed twice while making it, by signal %d (%s); it is left out",
			area->name, area->code, result->signal, strsignal(result->signal));
	else
		diag_fault(b->diags, at, "killed", "%s (%s): the program ended twice while making it, with code %d; it is left out",
			area->name, area->code, result->code);
}

/* Of an area that failed. */
void batch_tell_stale(struct batch *b, size_t i)
{
	const struct list_area *area = &b->list.area[i];
	struct arena a = { 0 };
	const char *dir = batch_area_dir(b, area, &a);

	if (file_exists(file_join(dir, b->manifest, &a)))
		diag_warning(b->diags, (struct origin){ .file = dir }, "stale",
			"%s (%s) could not be made, and what an earlier run made of it still lies here; use it no longer", area->name, area->code);
	arena_clear(&a);
}

static void note_in_journal(struct batch *b, const struct state_area *made)
{
	struct buf line = { 0 };

	state_put_journal(&b->now, made, &line);
	fwrite(line.text, 1, line.n, b->journal);
	fflush(b->journal);
	if (b->n_done % BATCH_SYNCED == 0)
		fdatasync(fileno(b->journal)); /* a fault shows when it is closed */
	buf_clear(&line);
}

struct state_area *batch_failed(struct batch *b, size_t i)
{
	const struct list_area *area = &b->list.area[i];
	struct state_area *failed = ARENA_NEW(&b->arena, struct state_area);

	*failed = (struct state_area){ .code = area->code, .parent = area->parent_code, .name = area->name, .parent_name = area->parent_name,
		.state = AREA_FAILED };
	return failed;
}

bool batch_done(void *ctx, size_t task, const struct pool_result *result)
{
	struct batch *b = ctx;
	const struct list_area *area = &b->list.area[b->task[task]];
	struct packed p = { result->bytes, result->bytes + result->n, false };
	struct state_area *made = batch_failed(b, b->task[task]);
	bool ok = result->n && packed_number(&p);

	if (result->n)
		take_findings(b, area, &p, made);
	else
		tell_killed(b, area, result);
	if (ok)
		take_made(b, &p, made);
	b->kept[b->task[task]] = made;
	b->n_done += made->state == AREA_DONE;
	b->n_failed += made->state != AREA_DONE;
	if (b->journal && made->state == AREA_DONE)
		note_in_journal(b, made);
	if (made->state != AREA_DONE)
		batch_tell_stale(b, b->task[task]);
	bar_step(&b->bar);
	if (made->state != AREA_DONE && b->pipeline.strict)
		return diag_error(b->diags, area->row->at, "strict", "%s (%s) could not be made, so with --strict nothing more is begun", area->name,
			area->code);
	if (b->n_fault == BATCH_FAULTS_MAX)
		diag_fault(b->diags, (struct origin){ .file = b->dir }, "stopped",
			"the machine failed for %d areas one after another, so the areas behind them are not tried; mend it, and go on with --resume",
			BATCH_FAULTS_MAX);
	return b->n_fault < BATCH_FAULTS_MAX;
}

/* An area of a state as one of another: the inputs have other numbers. */
static struct state_area carried(const struct state *from, const struct state_area *area, struct state *to)
{
	struct arena a = { 0 };
	struct state_area now = *area;

	if (area->state == AREA_DONE) {
		const struct state_uses *uses = &from->uses[area->uses];
		uint32_t *use = ARENA_ARRAY(&a, uses->n_input, uint32_t);

		for (size_t i = 0; i < uses->n_input; i++)
			use[i] = state_input(to, from->input[uses->input[i]]);
		now.uses = state_uses(to, use, uses->n_input);
	}
	arena_clear(&a);
	return now;
}

static bool is_of_old(const struct batch *b, const struct state_area *area)
{
	return b->old.n_area && area >= b->old.area && area < b->old.area + b->old.n_area;
}

/* Inputs are numbered by the areas that use them first, whoever made those areas and when. */
void batch_gather(struct batch *b)
{
	struct state made = b->now;

	state_init(&b->now, &b->arena);
	b->now.job = made.job;
	b->now.program = made.program;
	b->now.options = made.options;
	b->now.figure = made.figure;
	b->now.n_figure = made.n_figure;
	b->now.n_shown = made.n_shown;
	b->now.area = ARENA_ARRAY(&b->arena, b->list.n_area, struct state_area);
	b->now.n_area = b->list.n_area;
	for (size_t i = 0; i < b->list.n_area; i++) {
		const struct list_area *area = &b->list.area[i];

		b->now.area[i] = (struct state_area){ .code = area->code, .parent = area->parent_code };
		if (b->kept[i])
			b->now.area[i] = carried(is_of_old(b, b->kept[i]) ? &b->old : &made, b->kept[i], &b->now);
		b->now.area[i].name = area->name;
		b->now.area[i].parent_name = area->parent_name;
		b->now.area[i].elsewhere = !batch_is_mine(b, i);
	}
}
