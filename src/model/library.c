#include "model/library.h"

#include "base/file.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { LIBRARY_NAMES_MAX = 1000 }; /* that are looked at for a suggestion */

void library_init(struct library *l, struct arena *a)
{
	*l = (struct library){ .arena = a };
}

static bool is_dir(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISDIR(st.st_mode);
}

void library_add(struct library *l, const char *dir, const char *shown)
{
	if (l->n_dir == LIBRARY_DIRS_MAX || !is_dir(dir))
		return;
	l->dir[l->n_dir] = arena_text(l->arena, dir);
	l->shown[l->n_dir++] = arena_text(l->arena, shown);
}

void library_add_job(struct library *l, const char *dir)
{
	if (l->n_dir == LIBRARY_DIRS_MAX || !is_dir(dir))
		return;
	memmove(l->dir + 1, l->dir, l->n_dir * sizeof *l->dir);
	memmove(l->shown + 1, l->shown, l->n_dir * sizeof *l->shown);
	l->dir[0] = l->shown[0] = arena_text(l->arena, dir);
	l->n_dir++;
	l->has_job_dir = true;
}

static void note(struct library *l, const struct library_file *file)
{
	for (size_t i = 0; i < l->n_used; i++)
		if (!strcmp(l->used[i].path, file->path))
			return;
	*ARENA_PUSH(l->arena, l->used, l->n_used, &l->cap) = *file;
}

void library_use(struct library *l, const char *path, const char *manifest)
{
	struct library_file file = {
		arena_text(l->arena, path),
		arena_text(l->arena, path),
		arena_text(l->arena, manifest),
	};

	note(l, &file);
}

static bool check_name(const char *kind, const char *name, struct origin at, struct diags *d)
{
	if (*name && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(name))
		return true;
	return diag_error(d, at, "name",
		"'%s' is no name of a template (%s); names have only a-z, 0-9 and '-'", name, kind);
}

static int compare_texts(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The names in DIR/KIND, behind those that are there. */
static size_t list_names(const struct library *l, const char *dir, const char *kind,
	const char **name, size_t n)
{
	DIR *folder = opendir(file_join(dir, kind, l->arena));
	const struct dirent *entry;

	while (folder && n < LIBRARY_NAMES_MAX && (entry = readdir(folder))) {
		size_t len = strlen(entry->d_name);

		if (len > 4 && entry->d_name[0] != '.' && !strcmp(entry->d_name + len - 4, ".xml"))
			name[n++] = arena_slice(l->arena, entry->d_name, len - 4);
	}
	if (folder)
		closedir(folder);
	return n;
}

static bool not_found(const struct library *l, const char *kind, const char *name, struct origin at,
	struct diags *d)
{
	const char **names = ARENA_ARRAY(l->arena, LIBRARY_NAMES_MAX, const char *);
	const char *near;
	size_t n = 0;

	for (size_t i = 0; i < l->n_dir; i++)
		n = list_names(l, l->dir[i], kind, names, n);
	qsort(names, n, sizeof *names, compare_texts);
	near = suggest(name, names, n);
	if (near)
		return diag_error(d, at, "template",
			"there is no template %s/%s.xml; did you mean '%s'?", kind, name, near);
	return diag_error(d, at, "template", "there is no template %s/%s.xml", kind, name);
}

bool library_find(struct library *l, const char *kind, const char *name, struct origin at,
	struct library_file *file, struct diags *d)
{
	const char *inside = arena_printf(l->arena, "%s/%s.xml", kind, name);

	if (!check_name(kind, name, at, d))
		return false;
	for (size_t i = 0; i < l->n_dir; i++) {
		const char *path = file_join(l->dir[i], inside, l->arena);

		if (!file_exists(path))
			continue;
		if (i == 0 && l->has_job_dir
			&& !file_within(l->dir[0], inside, at, l->arena, &path, d))
			return false;
		*file = (struct library_file){
			path,
			file_join(l->shown[i], inside, l->arena),
			file_join("templates", inside, l->arena),
		};
		note(l, file);
		return true;
	}
	return not_found(l, kind, name, at, d);
}
