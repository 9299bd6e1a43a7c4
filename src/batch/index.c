#include "batch/indexwords.h"

#include "base/file.h"
#include "base/ratio.h"

#include <string.h>

static const char *const ids[] = { "title", "sheet", "summary", "search", "state.choose", "state.all", "state.done", "state.failed", "shown",
	"column.no", "column.code", "column.name", "column.parent", "column.state", "column.findings", "column.files", "file.pdf",
	"file.xlsx", "file.of", "above", "above.sheet", "file.signed", "file.progress", "file.accessible",
	"file.brief", "file.brief.signed", "file.unfollowed", "column.progress", NULL };

const char *index_word(const struct index *x, const char *id)
{
	static const char *const nothing[WORDING_ARGUMENTS] = { NULL };

	return wording_text(x->wording, id, nothing, x->arena);
}

const char *index_state(const struct index *x, const struct state_area *area)
{
	return index_word(x, area->state == AREA_DONE ? "state.done" : "state.failed");
}

bool index_unfollowed(const struct index *x, const struct state_area *area)
{
	size_t i = (size_t)(area - x->state->area);

	if (!x->is_followed)
		return false;
	return !x->progress || i >= x->progress->n_area || strcmp(x->progress->area[i].code, area->code) != 0
		|| x->progress->area[i].state != AREA_DONE;
}

const char *index_period(const struct index *x, const char *id, const char *period)
{
	return wording_text(x->wording, id, (const char *const[WORDING_ARGUMENTS]){ period }, x->arena);
}

struct index index_of_level(const struct index *x, size_t i)
{
	struct index level = *x;

	level.state = x->above[i].state;
	level.progress = x->above[i].progress;
	level.is_followed = x->above[i].is_followed;
	return level;
}

const char *index_count(const struct index *x, size_t n)
{
	const char *digits = arena_printf(x->arena, "%zu", n);
	size_t len = strlen(digits);
	struct buf b = { 0 };
	const char *text;

	for (size_t i = 0; i < len; i++) {
		if (i && (len - i) % 3 == 0)
			buf_putc(&b, '.');
		buf_putc(&b, digits[i]);
	}
	text = arena_text(x->arena, b.text);
	buf_clear(&b);
	return text;
}

static void count(struct index *x)
{
	for (size_t i = 0; i < x->state->n_area; i++)
		x->n_done += x->state->area[i].state == AREA_DONE;
	x->title = wording_text(x->wording, "title", (const char *const[WORDING_ARGUMENTS]){ x->state->job }, x->arena);
	x->summary = wording_text(x->wording, "summary",
		(const char *const[WORDING_ARGUMENTS]){ index_count(x, x->state->n_area), index_count(x, x->n_done),
			index_count(x, x->state->n_area - x->n_done) },
		x->arena);
}

static bool read_part(struct library *library, const char *inside, struct origin at, struct arena *a, const char **text, struct diags *d)
{
	struct library_file file;
	struct bytes bytes;

	if (!library_find_data(library, inside, at, &file, d) || !file_read(file.path, file.shown, FILE_TEMPLATE_MAX, a, &bytes, d))
		return false;
	*text = bytes.data;
	return true;
}

static bool put_file(const char *dir, const char *name, const struct buf *b, struct arena *a, struct diags *d)
{
	const char *path = file_join(dir, name, a);
	const char *part;

	if (!file_reserve(path, a, &part, d))
		return false;
	if (file_write(part, b->text, b->n, d) && file_rename(part, path, d))
		return true;
	file_remove(part);
	return false;
}

static bool put_sheet(const struct index *x, const char *dir, struct library *library, struct fonts *fonts, struct origin at,
	struct diags *d)
{
	const char *path = file_join(dir, INDEX_XLSX, x->arena);
	const char *part;

	if (!file_reserve(path, x->arena, &part, d))
		return false;
	if (index_sheet(x, library, fonts, part, at, d) && file_rename(part, path, d))
		return true;
	file_remove(part);
	return false;
}

const char *index_key(struct library *library, struct origin at, struct arena *a, struct diags *d)
{
	static const char *const parts[] = { "wording/batch.xml", "batch/index.css", "batch/index.js" };
	struct buf all = { 0 };
	const char *text, *key = NULL;
	size_t i = 0;

	for (; i < sizeof parts / sizeof *parts && read_part(library, parts[i], at, a, &text, d); i++)
		buf_printf(&all, "%s\n", sha256_text(text, strlen(text), a));
	if (i == sizeof parts / sizeof *parts)
		key = sha256_text(all.text, all.n, a);
	buf_clear(&all);
	return key;
}

bool index_write(const struct index_of *of, struct date date, const char *dir, struct library *library, struct fonts *fonts, struct origin at,
	struct diags *d)
{
	struct arena a = { 0 };
	struct index x = { .state = of->state, .above = of->above, .n_above = of->n_above, .progress = of->progress, .period = of->period,
		.is_followed = of->progress != NULL, .dir = dir, .date = date, .arena = &a };
	struct buf html = { 0 };
	bool ok;

	x.wording = wording_read(library, "batch", ids, at, &a, d);
	ok = x.wording && read_part(library, "batch/index.css", at, &a, &x.style, d)
		&& read_part(library, "batch/index.js", at, &a, &x.script, d);
	if (ok) {
		count(&x);
		index_html(&x, &html);
		ok = put_file(dir, INDEX_HTML, &html, &a, d);
		ok = put_sheet(&x, dir, library, fonts, at, d) && ok;
	}
	buf_clear(&html);
	arena_clear(&a);
	return ok;
}
