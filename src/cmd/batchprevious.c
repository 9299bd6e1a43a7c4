/* The workbook of progress that was made of an area before, in the folder of results of an earlier run: its remarks are carried over. */
#include "cmd/batchrun.h"

#include "base/file.h"

#include <dirent.h>
#include <string.h>

static const char stem[] = "progress-";
static const char suffix[] = ".xlsx";

/* The period that a workbook is called after. */
static bool period_of(const char *name, struct period *period, struct arena *a)
{
	size_t n = strlen(name);
	size_t around = sizeof stem - 1 + sizeof suffix - 1;

	return n > around && !strncmp(name, stem, sizeof stem - 1) && !strcmp(name + n - (sizeof suffix - 1), suffix)
		&& period_parse(arena_slice(a, name + sizeof stem - 1, n - around), period);
}

/* Of two that end together the one that is as long as the period told of, so that months follow months. */
static bool is_newer(const struct period *p, const struct period *than, const struct period *now)
{
	if (p->year != than->year || period_last(p) != period_last(than))
		return p->year != than->year ? p->year > than->year : period_last(p) > period_last(than);
	if ((period_months(p) == period_months(now)) != (period_months(than) == period_months(now)))
		return period_months(p) == period_months(now);
	return period_is_before(than, p);
}

/* The newest in the folder before the period; NULL: there is none. */
static const char *newest_in(const char *dir, const struct period *now, struct arena *a)
{
	DIR *folder = opendir(dir);
	const char *newest = NULL;
	struct period best = { 0 };
	struct period period;

	if (!folder)
		return NULL;
	for (const struct dirent *e = readdir(folder); e; e = readdir(folder))
		if (period_of(e->d_name, &period, a) && period_is_before(&period, now) && (!newest || is_newer(&period, &best, now))) {
			newest = arena_text(a, e->d_name);
			best = period;
		}
	closedir(folder);
	return newest ? file_join(dir, newest, a) : NULL;
}

const char *batch_previous(const struct batch *b, size_t area, struct arena *a)
{
	const struct list_area *listed = &b->list.area[area];
	const char *id = b->below ? b->below->list.id : b->list.id; /* of the folder */

	return b->plans && b->previous
		? newest_in(arena_printf(a, "%s/%s/%s/%s", b->previous, id, listed->parent_code, listed->code), &b->told_of, a)
		: NULL;
}

void batch_put_previous(const struct batch *b, size_t area, struct buf *all)
{
	struct diags quiet = { .quiet = true }; /* what reads it says what is wrong with it */
	struct arena a = { 0 };
	const char *path = batch_previous(b, area, &a);
	const char *sha256;

	if (path && file_sha256(path, &a, &sha256, &quiet))
		buf_printf(all, "previous %s %s\n", file_name(path), sha256);
	diags_clear(&quiet);
	arena_clear(&a);
}

bool batch_previous_check(const struct batch *b)
{
	struct origin at = { .file = b->previous };
	struct arena a = { 0 };
	size_t n_without = 0;
	size_t n = 0;

	for (size_t i = 0; b->previous && i < b->list.n_area; i++) {
		n += batch_is_mine(b, i);
		n_without += batch_is_mine(b, i) && !batch_previous(b, i, &a);
		arena_reset(&a);
	}
	arena_clear(&a);
	if (n && n == n_without)
		return diag_error(b->diags, at, "previous",
			"there is no progress workbook of the job '%s' of a period before %s; give the folder of results of an earlier run", b->list.id,
			b->period);
	if (n_without)
		diag_note(b->diags, at, "previous", "%zu areas have no progress workbook here of a period before %s, so no remarks are carried over to theirs",
			n_without, b->period);
	return true;
}
