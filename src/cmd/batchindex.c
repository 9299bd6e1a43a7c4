/* When the index is written: when anything it lists was made, when its words or looks have changed, when it is not whole. */
#include "cmd/batchrun.h"

#include "base/file.h"
#include "batch/index.h"
#include "batch/indexfiles.h"

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

/* What lies beside the results of the areas of a state, which may change at any time, and is no result. */
static void put_files(const struct batch *b, const struct state *state, struct buf *all)
{
	struct arena a = { 0 };

	for (size_t i = 0; i < state->n_area; i++) {
		const char *folder = arena_printf(&a, "%s/%s/%s", b->dir, state->area[i].parent, state->area[i].code);
		const struct index_file *file;
		size_t n = index_files(folder, &a, &file);

		buf_printf(all, "%s%s", state->area[i].code, index_is_signed(folder, &a) ? "+" : "");
		for (size_t k = 0; k < n; k++)
			buf_printf(all, " %s", file[k].name);
		buf_putc(all, '\n');
		arena_reset(&a);
	}
	arena_clear(&a);
}

/* Of the words and looks, and of what it leads to and no state names. */
static const char *key_of(struct batch *b, const struct batch_kinds *kinds, const struct state *state)
{
	const char *words = index_key(&b->library, b->list.source.at, &b->arena, b->diags);
	struct buf all = { 0 };
	const char *key = NULL;

	if (words) {
		buf_puts(&all, words);
		put_files(b, state, &all);
		for (size_t i = 0; i < b->list.n_summary; i++)
			if (!kinds->summary[i]->failed)
				put_files(b, batch_state(kinds->summary[i]), &all);
		key = sha256_text(all.text, all.n, &b->arena);
	}
	buf_clear(&all);
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
	const char *key = key_of(b, kinds, state);
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
