#include "base/filematch.h"

#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

bool file_check_pattern(const char *pattern, struct origin at, struct diags *d)
{
	const char *star = strchr(pattern, '*');

	if (!file_stays_inside(pattern, at, d))
		return false;
	if (star && (strchr(star, '/') || strchr(star + 1, '*')))
		return diag_error(d, at, "pattern", "'%s': one '*' may stand in the name of the file, none in that of a folder; write it as "
			"returns/*.xlsx", pattern);
	return true;
}

/* ---- the folder ---- */

static const char lock[] = "~$"; /* begins the file that Excel and Word keep beside one that is open */

/* What is looked for in one folder. */
struct search {
	const char *folder; /* path from dir on, "" where it is dir itself */
	const char *front;  /* of the names: before the '*', not terminated */
	size_t n_front;
	const char *back;
	size_t max;
	const char **name; /* [n_name] */
	size_t n_name;
	size_t cap;
	bool is_full;
};

static bool has_pattern(const struct search *s, const char *name)
{
	size_t n_back = strlen(s->back);
	size_t n = strlen(name);

	return *name != '.' && strncmp(name, lock, strlen(lock)) != 0 && n >= s->n_front + n_back && !memcmp(name, s->front, s->n_front) && !strcmp(name + n - n_back, s->back);
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool is_folder(const char *dir, const char *name, struct arena *a)
{
	struct stat st;

	return !stat(file_join(dir, name, a), &st) && S_ISDIR(st.st_mode);
}

/* Names into s->name, as the folder has them. */
static bool list_folder(struct search *s, const char *path, struct origin at, struct arena *a, struct diags *d)
{
	const struct dirent *entry;
	DIR *dir = opendir(path);

	if (!dir && errno == ENOTDIR)
		return diag_error(d, at, "file", "'%s' is no folder", s->folder);
	if (!dir && errno == EACCES)
		return diag_error(d, at, "file", "the folder '%s' may not be read; ask for the right to read it", s->folder);
	if (!dir)
		return diag_fault(d, at, "io", "'%s': %s", s->folder, strerror(errno));
	while (!s->is_full && (entry = readdir(dir)) != NULL) {
		if (!has_pattern(s, entry->d_name) || is_folder(path, entry->d_name, a))
			continue;
		s->is_full = s->n_name == s->max;
		if (!s->is_full)
			*ARENA_PUSH(a, s->name, s->n_name, &s->cap) = arena_text(a, entry->d_name);
	}
	closedir(dir);
	if (s->n_name)
		qsort(s->name, s->n_name, sizeof *s->name, compare_names);
	return true;
}

/* ---- the files ---- */

static bool take_files(const char *dir, const struct search *s, struct origin at, struct arena *a, struct file_list *list,
	struct diags *d)
{
	bool ok = true;

	list->href = ARENA_ARRAY(a, s->n_name, const char *);
	list->path = ARENA_ARRAY(a, s->n_name, const char *);
	for (size_t i = 0; i < s->n_name; i++) {
		list->href[i] = *s->folder ? file_join(s->folder, s->name[i], a) : s->name[i];
		ok = file_within(dir, list->href[i], at, a, &list->path[i], d) && ok;
	}
	list->n = s->n_name;
	return ok;
}

static bool match_one(const char *dir, const char *href, struct origin at, struct arena *a, struct file_list *list, struct diags *d)
{
	list->href = ARENA_ARRAY(a, 1, const char *);
	list->path = ARENA_ARRAY(a, 1, const char *);
	list->href[0] = href;
	list->n = 1;
	return file_within(dir, href, at, a, list->path, d);
}

bool file_match(const char *dir, const char *pattern, size_t max, struct origin at, struct arena *a, struct file_list *list,
	struct diags *d)
{
	const char *star = strchr(pattern, '*');
	const char *name = file_name(pattern);
	struct search s = { .folder = "", .front = name, .max = max };
	const char *path = *dir ? dir : ".";

	*list = (struct file_list){ 0 };
	if (!file_check_pattern(pattern, at, d))
		return false;
	if (!star)
		return match_one(dir, pattern, at, a, list, d);
	s.n_front = (size_t)(star - name);
	s.back = star + 1;
	if (name > pattern)
		s.folder = arena_slice(a, pattern, (size_t)(name - pattern) - 1);
	if (*s.folder && !file_within(dir, s.folder, at, a, &path, d))
		return false;
	if (!list_folder(&s, path, at, a, d))
		return false;
	if (s.is_full)
		return diag_error(d, at, "limit", "more than %zu files have the pattern '%s'; put several of them into one table", max, pattern);
	if (!s.n_name)
		return diag_error(d, at, "file", "no file has the pattern '%s'; check the folder and the ends of the names", pattern);
	return take_files(dir, &s, at, a, list, d);
}
