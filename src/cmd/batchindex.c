/* When the index is written: when anything it lists was made, when its words or looks have changed, when it is not whole. */
#include "cmd/batchrun.h"

#include "base/file.h"
#include "batch/index.h"

#include <string.h>

static const char *const pages[STATE_PAGES] = { INDEX_HTML, INDEX_XLSX };

static bool page_holds(const struct batch *b, const struct state_input *page, struct arena *a)
{
	const char *path = file_join(b->dir, page->path, a);
	struct diags quiet = { .quiet = true };
	struct file_mark mark;
	const char *now;
	bool same = file_mark_of(path, &mark);

	if (same && (b->verify || !file_mark_same(mark, page->mark))) {
		same = file_sha256(path, a, &now, &quiet) && !strcmp(now, page->sha256);
		diags_clear(&quiet);
	}
	return same;
}

/* Whether what is there is what this run would write. */
static bool holds(const struct batch *b, const struct batch_kinds *kinds, const char *key)
{
	const struct batch *progress = kinds->progress;
	struct arena a = { 0 };
	bool same = b->settled && (!progress || progress->settled) && b->old.n_page == STATE_PAGES && !strcmp(b->old.index_key, key);

	for (size_t i = 0; same && i < b->list.n_summary; i++)
		same = kinds->summary[i]->settled && (!kinds->above[i] || kinds->above[i]->settled);
	for (size_t i = 0; same && i < STATE_PAGES; i++)
		same = page_holds(b, &b->old.page[i], &a);
	arena_clear(&a);
	return same;
}

static bool note_pages(struct batch *b, struct state *state, const char *key)
{
	state->index_key = key;
	for (size_t i = 0; i < STATE_PAGES; i++) {
		const char *path = file_join(b->dir, pages[i], &b->arena);

		state->page[i] = (struct state_input){ .path = pages[i] };
		if (!file_mark_of(path, &state->page[i].mark) || !file_sha256(path, &b->arena, &state->page[i].sha256, b->diags))
			return false;
	}
	state->n_page = STATE_PAGES;
	return true;
}

bool batch_index_may_be(struct batch *b)
{
	bool ok = true;

	for (size_t i = 0; i < STATE_PAGES; i++)
		ok = file_may_replace(file_join(b->dir, pages[i], &b->arena), b->diags) && ok;
	return ok;
}

static bool has_file(const struct batch *b, const struct state_area *area, const char *name, struct arena *a)
{
	return file_exists(arena_printf(a, "%s/%s/%s/%s", b->dir, area->parent, area->code, name));
}

/* Of the words and looks, and of which documents are signed: that may be done at any time, and is no result. */
static const char *key_of(struct batch *b, const struct batch *progress, const struct state *state)
{
	const char *words = index_key(&b->library, b->list.source.at, &b->arena, b->diags);
	struct arena a = { 0 };
	struct buf all = { 0 };
	const char *key;

	buf_puts(&all, words ? words : "");
	for (size_t i = 0; words && i < state->n_area; i++) {
		const struct state_area *area = &state->area[i];

		if (has_file(b, area, INDEX_SIGNED, &a))
			buf_printf(&all, "%s\n", area->code);
		if (progress && has_file(b, area, plan_signed_name(progress->signs, &a), &a))
			buf_printf(&all, "%s %s\n", area->code, progress->signs);
		arena_reset(&a);
	}
	key = words ? sha256_text(all.text, all.n, &b->arena) : NULL;
	buf_clear(&all);
	arena_clear(&a);
	return key;
}

/* What there is of one level above; its progress where that could be made as a whole. */
static struct index_above above_of(const struct batch_kinds *kinds, size_t i)
{
	const struct batch *progress = kinds->above[i];

	return (struct index_above){ batch_state(kinds->summary[i]), progress && !progress->failed ? batch_state(progress) : NULL, progress != NULL };
}

bool batch_index(struct batch *b, const struct batch_kinds *kinds)
{
	struct state *state = b->settled ? &b->old : &b->now;
	struct index_above above[LIST_SUMMARIES_MAX];
	const char *key = key_of(b, kinds->progress, state);
	struct index_of of = { .state = state, .above = above, .period = b->period };

	if (!key || holds(b, kinds, key))
		return key;
	for (size_t i = 0; i < b->list.n_summary; i++)
		if (!kinds->summary[i]->failed)
			above[of.n_above++] = above_of(kinds, i);
	of.progress = kinds->progress ? batch_state(kinds->progress) : NULL;
	b->marks_changed = true;
	state->n_page = 0;
	return batch_lock(b) && batch_specimen(b)
		&& index_write(&of, b->specimen->date, b->dir, &b->library, b->fonts, b->list.source.at, b->diags)
		&& note_pages(b, state, key);
}
