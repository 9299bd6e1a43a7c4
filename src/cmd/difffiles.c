#include "cmd/difffiles.h"

#include "base/utf8.h"
#include "cmd/period.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum {
	DEPTH_MAX = 16,	      /* folders in folders */
	ENTRIES_MAX = 4000000, /* files and folders looked at */
};

static const char stem[] = "figures";
static const char suffix[] = ".json";
static const char batch_stem[] = "batch";

/* A folder that is still to be looked into. */
struct waiting {
	const char *inside;
	unsigned depth;
};

struct search {
	const char *root;
	struct waiting *waiting; /* [n_waiting] */
	size_t n_waiting, cap_waiting;
	struct figures_file *file; /* [n_file] */
	size_t n_file, cap_file;
	size_t n_entry;
	struct kept_names *names;
	struct arena *arena;
	struct diags *d;
};

static struct origin place(const struct search *s, const char *path)
{
	return (struct origin){ .file = utf8_harmless(path, strlen(path), s->arena) };
}

static const char *inside(const struct search *s, const char *dir, const char *name)
{
	return *dir ? file_join(dir, name, s->arena) : arena_text(s->arena, name);
}

/* What stands in NAME between "figures-" and ".json", "" of "figures.json"; NULL: it is called otherwise. */
static const char *period_of(const char *name, const char *begin, struct arena *a)
{
	size_t n = strlen(name);
	size_t n_begin = strlen(begin);
	size_t n_end = sizeof suffix - 1;

	if (n < n_begin + n_end || strncmp(name, begin, n_begin) != 0 || strcmp(name + n - n_end, suffix) != 0)
		return NULL;
	n -= n_begin + n_end;
	return !n ? "" : name[n_begin] == '-' && n > 1 ? arena_slice(a, name + n_begin + 1, n - 1) : NULL;
}

/* of: what stands in the name of a list behind "batch-". A summary is called as it likes, "province-2026-03" is of the period behind it. */
static struct kept_list list_of(const char *prefix, const char *of)
{
	const char *at = of;
	struct period period;

	while (at && !period_parse(at, &period)) {
		const char *mark = strchr(at, '-');

		at = mark ? mark + 1 : NULL;
	}
	return (struct kept_list){ .prefix = prefix, .period = at ? at : "", .whole = !*of || at == of };
}

static bool read_list(struct search *s, const struct waiting *w, const char *path, const char *of)
{
	const struct kept_list list = list_of(w->inside, of);

	return kept_names_read(s->names, path, &list, s->arena, s->d);
}

static bool look_at(struct search *s, const struct waiting *w, const char *name)
{
	const char *path = inside(s, w->inside, name);
	const char *full = file_join(s->root, path, s->arena);
	const char *period = period_of(name, stem, s->arena);
	const char *of = period_of(name, batch_stem, s->arena);
	struct stat st;

	if (lstat(full, &st))
		return diag_error(s->d, place(s, full), "file", "cannot be read, or is gone");
	if (period)
		*ARENA_PUSH_OWN(s->arena, s->file, s->n_file, &s->cap_file) = (struct figures_file){ path, w->inside, period };
	else if (of && S_ISREG(st.st_mode))
		return read_list(s, w, full, of);
	else if (S_ISDIR(st.st_mode) && w->depth >= DEPTH_MAX)
		return diag_error(s->d, place(s, full), "limit", "lies more than %d folders deep; name the folder of results itself", DEPTH_MAX);
	else if (S_ISDIR(st.st_mode))
		*ARENA_PUSH_OWN(s->arena, s->waiting, s->n_waiting, &s->cap_waiting) = (struct waiting){ path, w->depth + 1 };
	return true;
}

static bool look_into(struct search *s, const struct waiting *w)
{
	const char *path = *w->inside ? file_join(s->root, w->inside, s->arena) : s->root;
	DIR *folder = opendir(path);
	bool ok = true;

	if (!folder)
		return diag_error(s->d, place(s, path), "file", "the folder cannot be read");
	for (struct dirent *entry = readdir(folder); ok && entry; entry = readdir(folder)) {
		if (++s->n_entry > ENTRIES_MAX)
			ok = diag_error(s->d, place(s, s->root), "limit", "holds more than %d files; name a folder of results", ENTRIES_MAX);
		else if (entry->d_name[0] != '.')
			ok = look_at(s, w, entry->d_name);
	}
	closedir(folder);
	return ok;
}

static int by_path(const void *pa, const void *pb)
{
	const struct figures_file *a = pa;
	const struct figures_file *b = pb;

	return strcmp(a->inside, b->inside);
}

/* What the last run could not make, or does not make any more, is none of its results. */
static void leave_out(struct search *s)
{
	size_t n = 0;
	size_t n_unlisted = 0;

	for (size_t i = 0; i < s->n_file; i++) {
		const struct figures_file *f = &s->file[i];
		const char *path = file_join(s->root, f->inside, s->arena);

		switch (kept_names_state(s->names, f->area, f->period, s->arena)) {
		case KEPT_FAILED:
			diag_warning(s->d, place(s, path), "stale",
				"%s could not be made by the run that batch.json is of; what lies here is older, and is not compared",
				kept_names_find(s->names, f->area));
			break;
		case KEPT_UNLISTED:
			n_unlisted++;
			break;
		case KEPT_MADE:
		case KEPT_UNKNOWN:
			s->file[n++] = *f;
			break;
		}
	}
	s->n_file = n;
	if (n_unlisted)
		diag_note(s->d, place(s, s->root), "areas",
			"%zu folders of areas here are not in batch.json: they are of earlier runs, and are not compared", n_unlisted);
}

bool figures_files_read(const char *root, struct arena *a, struct figures_files *files, struct kept_names *names, struct diags *d)
{
	struct search s = { .root = root, .names = names, .arena = a, .d = d };
	bool ok = true;

	*ARENA_PUSH_OWN(a, s.waiting, s.n_waiting, &s.cap_waiting) = (struct waiting){ "", 0 };
	while (ok && s.n_waiting) {
		struct waiting w = s.waiting[--s.n_waiting];

		ok = look_into(&s, &w);
	}
	if (ok && !s.n_file)
		ok = diag_error(d, place(&s, root), "file",
			"has no figures.json in it; name a folder of results of kehoach build, progress or batch");
	if (ok)
		leave_out(&s);
	if (s.n_file)
		qsort(s.file, s.n_file, sizeof *s.file, by_path);
	*files = (struct figures_files){ .root = root, .file = s.file, .n = s.n_file };
	return ok;
}
