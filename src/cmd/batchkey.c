/* What an area's files depend on, as one checksum: the program, the options, and every file that was read for it; of files with rows of
 * many areas only its own rows. */
#include "cmd/batchrun.h"

#include "base/file.h"
#include "base/version.h"

#include <string.h>

static bool is_list(const struct batch *b, const char *name)
{
	return !strcmp(name, b->list.source.href);
}

bool batch_is_partial(const struct batch *b, const char *name)
{
	for (size_t i = 0; i < b->specimen->n_source; i++)
		if (b->specimen->source[i].by && !strcmp(b->specimen->source[i].href, name))
			return true;
	for (size_t i = 0; i < b->n_returned; i++)
		if (!strcmp(b->returned[i].source->href, name))
			return true;
	if (b->below && (!strcmp(name, JOB_BELOW) || is_list(b->below, name)))
		return true;
	return is_list(b, name);
}

/* As far as the area's documents may depend on it. */
static void put_own_row(const struct job_list *list, size_t area, struct buf *all)
{
	const struct data_row *row = list->area[area].row;

	for (size_t i = 0; i < list->dataset->n_field; i++)
		if (list->names[i])
			buf_printf(all, "%s=%s\n", list->dataset->field[i].id, row->datum[i].text ? row->datum[i].text : "");
}

void batch_put_list_row(const struct job_list *list, size_t area, struct buf *all)
{
	const struct data_row *row = list->area[area].row;

	for (size_t i = 0; i < list->dataset->n_field; i++)
		buf_printf(all, "%s=%s\n", list->dataset->field[i].id, row->datum[i].text ? row->datum[i].text : "");
}

static bool put_rows(const struct row_store *store, size_t area, struct buf *rows, struct arena *a, struct buf *all, struct diags *d)
{
	rows->n = 0;
	if (!row_store_read(store, (uint32_t)area, rows, d))
		return false;
	buf_puts(all, sha256_text(rows->text, rows->n, a));
	return true;
}

const char *batch_part_sha256(const struct batch *b, const char *name, size_t area, struct arena *a, struct diags *d)
{
	struct buf all = { 0 };
	struct buf rows = { 0 };
	const char *hex;
	bool ok = true;

	for (size_t i = 0; ok && i < b->specimen->n_source; i++)
		if (b->store[i] && !strcmp(b->specimen->source[i].href, name))
			ok = put_rows(b->store[i], area, &rows, a, &all, d);
	for (size_t i = 0; i < b->specimen->n_source; i++)
		if (b->share[i] && !strcmp(b->specimen->source[i].href, name))
			register_put_part(&(struct reg_part){ b->share[i], area }, &all);
	for (size_t i = 0; ok && i < b->n_returned; i++)
		if (!strcmp(b->returned[i].source->href, name))
			ok = put_rows(b->returned[i].store, area, &rows, a, &all, d);
	if (is_list(b, name))
		put_own_row(&b->list, area, &all);
	if (b->below)
		batch_put_below(b, name, area, &all);
	hex = ok ? sha256_text(all.text, all.n, a) : NULL;
	buf_clear(&all);
	buf_clear(&rows);
	return hex;
}

const char *batch_key(const struct batch *b, size_t area, const struct state_input *used, size_t n, struct arena *a)
{
	struct buf text = { 0 };
	const char *key;

	buf_printf(&text, "kehoach %s\n%s\n", KEHOACH_VERSION, b->options);
	for (size_t i = 0; i < n; i++)
		buf_printf(&text, "%s %s\n", used[i].path, used[i].sha256);
	batch_put_own_returns(b, area, &text);
	batch_put_previous(b, area, &text);
	key = sha256_text(text.text, text.n, a);
	buf_clear(&text);
	return key;
}

/* ---- what has changed ---- */

/* The file that an input is now; NULL: it is a font, or not there. */
static const char *find_input(struct batch *b, const char *name, struct arena *a)
{
	static const char templates[] = "templates/";
	struct diags quiet = { .quiet = true };
	struct library_file file;
	const char *path = NULL;

	if (strncmp(name, templates, sizeof templates - 1) != 0)
		return file_stays_inside(name, (struct origin){ 0 }, &quiet) ? file_join(b->list.dir, name, a) : NULL;
	if (library_find_data(&b->library, name + sizeof templates - 1, (struct origin){ 0 }, &file, &quiet))
		path = file.path;
	diags_clear(&quiet);
	return path;
}

static const char *font_sha256(const struct batch *b, const char *name)
{
	static const char folder[] = "fonts/";

	for (enum face face = FACE_REGULAR; face < FACES && !strncmp(name, folder, sizeof folder - 1); face++)
		if (!strcmp(name + sizeof folder - 1, fonts_name(b->fonts, face)))
			return fonts_sha256(b->fonts, face);
	return NULL;
}

/* Looks at it again: false where it is not what it was. Its mark and checksum are those of now then. */
static bool look_again(struct batch *b, struct state_input *input, struct arena *a)
{
	bool below = b->below && !strcmp(input->path, JOB_BELOW);
	const char *font = below ? batch_below_sha256(b, a) : font_sha256(b, input->path);
	const char *path = font ? NULL : find_input(b, input->path, a);
	struct diags quiet = { .quiet = true };
	struct file_mark mark = { 0 };
	const char *now = font ? font : "";
	bool same;

	if (path && file_mark_of(path, &mark) && file_mark_same(mark, input->mark) && !b->verify)
		return true;
	if (path && !file_sha256(path, a, &now, &quiet))
		now = "";
	diags_clear(&quiet);
	b->marks_changed = b->marks_changed || !file_mark_same(mark, input->mark);
	input->mark = mark;
	same = !strcmp(now, input->sha256);
	if (!same)
		input->sha256 = arena_text(&b->arena, now);
	return same;
}

bool batch_inputs_changed(struct batch *b)
{
	struct arena a = { 0 };
	bool changed = false;

	for (size_t i = 0; i < b->old.n_input; i++)
		changed = !look_again(b, &b->old.input[i], &a) || changed;
	arena_clear(&a);
	return changed;
}

void batch_check_inputs(struct batch *b)
{
	struct arena a = { 0 };

	for (size_t i = 0; i < b->now.n_input; i++) {
		const struct state_input *input = &b->now.input[i];
		const char *path = input->mark.mtime ? find_input(b, input->path, &a) : NULL; /* a font has no mark */
		struct file_mark mark;

		if (path && !(file_mark_of(path, &mark) && file_mark_same(mark, input->mark)))
			diag_warning(b->diags, (struct origin){ .file = path }, "changed",
				"this was changed after it was read, so that results may be of what it was; run the same again");
		arena_reset(&a);
	}
	arena_clear(&a);
}

/* Whether the area's files are there as they were made: by size and time, else by their checksums. Only then are their marks those of
 * now: what lies there in their place is not to be known again. */
static bool files_hold(struct batch *b, struct state_area *area, struct arena *a)
{
	const char *dir = file_join(b->dir, arena_printf(a, "%s/%s", area->parent, area->code), a);
	struct file_mark *now = ARENA_ARRAY(a, area->n_output, struct file_mark);
	bool same = true;

	for (size_t i = 0; i < area->n_output; i++) {
		if (!file_mark_of(file_join(dir, area->output[i].name, a), &now[i]))
			return false;
		same = same && file_mark_same(now[i], area->output[i].mark);
	}
	if (((b->verify || !same) && !state_area_holds(area, dir, b->manifest)) || !batch_seal_holds(b, area, dir, a))
		return false;
	b->marks_changed = b->marks_changed || !same;
	for (size_t i = 0; i < area->n_output; i++)
		area->output[i].mark = now[i];
	return true;
}

static bool has_input(const struct batch *b, const struct state_uses *uses, const char *name)
{
	for (size_t i = 0; i < uses->n_input; i++)
		if (!strcmp(b->old.input[uses->input[i]].path, name))
			return true;
	return false;
}

/* Whether an area of the old state was made of this job and these lists; another job may have the same id. */
static bool is_of_job(const struct batch *b, const struct state_area *old)
{
	const struct state_uses *uses = &b->old.uses[old->uses];

	return has_input(b, uses, file_name(b->list.path)) && has_input(b, uses, b->list.source.href)
		&& (!b->below || (has_input(b, uses, file_name(b->below->list.path)) && has_input(b, uses, b->below->list.source.href)));
}

bool batch_all_hold(struct batch *b)
{
	struct arena a = { 0 };
	bool all = b->old.n_area;

	for (size_t i = 0; all && i < b->old.n_area; i++) {
		all = b->old.area[i].state == AREA_DONE && is_of_job(b, &b->old.area[i]) && files_hold(b, &b->old.area[i], &a);
		arena_reset(&a);
	}
	arena_clear(&a);
	return all;
}

/* The key that an area of the old state has now. */
static const char *key_now(struct batch *b, const struct state_area *old, size_t area, struct arena *a)
{
	const struct state_uses *uses = &b->old.uses[old->uses];
	struct state_input *used = ARENA_ARRAY(a, uses->n_input, struct state_input);

	for (size_t i = 0; i < uses->n_input; i++) {
		used[i] = b->old.input[uses->input[i]];
		if (batch_is_partial(b, used[i].path))
			used[i].sha256 = batch_part_sha256(b, used[i].path, area, a, b->diags);
		if (!used[i].sha256)
			return "";
	}
	return batch_key(b, area, used, uses->n_input, a);
}

static bool is_kept(struct batch *b, struct state_area *old, size_t area, struct arena *a)
{
	return old->state == AREA_DONE && is_of_job(b, old) && !strcmp(old->key, key_now(b, old, area, a))
		&& files_hold(b, old, a);
}

/* What cannot be planned is not followed either: why was told already. */
bool batch_has_no_plan(const struct batch *b, size_t area)
{
	return b->plans && batch_state(b->plans)->area[area].state != AREA_DONE;
}

static void choose_tasks(struct batch *b)
{
	for (size_t i = 0; i < b->list.n_area; i++)
		if (!batch_is_mine(b, i)) {
			continue;
		} else if (batch_has_no_plan(b, i)) {
			b->kept[i] = NULL;
			b->n_failed++;
		} else if (b->spoilt[i]) {
			b->kept[i] = batch_failed(b, i);
			b->n_failed++;
			batch_tell_stale(b, i);
		} else if (b->kept[i]) {
			b->n_kept++;
			b->n_finding += b->kept[i]->n_finding;
			batch_tell_seal(b, b->kept[i]);
		} else {
			b->task[b->n_task++] = i;
		}
}

/* Its code or that of the area above is written otherwise now. */
static bool is_elsewhere(const struct state_area *old, const struct list_area *now)
{
	return strcmp(old->parent, now->parent_code) != 0 || strcmp(old->code, now->code) != 0;
}

bool batch_choose(struct batch *b)
{
	struct arena a = { 0 };
	size_t n_gone = 0;
	size_t n_moved = 0;

	batch_part_divide(b);
	if (b->merging && !batch_merge_areas(b))
		return false;
	b->kept = ARENA_ARRAY(&b->arena, b->list.n_area, const struct state_area *);
	b->task = ARENA_ARRAY(&b->arena, b->list.n_area, size_t);
	for (size_t i = 0; i < b->old.n_area; i++) {
		struct state_area *old = &b->old.area[i];
		size_t area;

		if (!map_find(&b->list.codes, list_code(old->code), &area))
			n_gone++;
		else if (is_elsewhere(old, &b->list.area[area]))
			n_moved++;
		else if (batch_is_mine(b, area) && !b->kept[area] && is_kept(b, old, area, &a))
			b->kept[area] = old;
		arena_reset(&a);
	}
	arena_clear(&a);
	choose_tasks(b);
	batch_tell_other_key(b);
	if (n_moved)
		diag_note(b->diags, (struct origin){ .file = b->list.source.shown }, "areas",
			"%zu areas have another folder than they had before; what was made in those of before stays in '%s'", n_moved, b->dir);
	if (n_gone)
		diag_note(b->diags, (struct origin){ .file = b->list.source.shown }, "areas",
			"%zu areas that were made before are no longer in the list; their folders in '%s' stay as they are", n_gone, b->dir);
	return true;
}
