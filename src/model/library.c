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
	map_init(&l->paths, a);
	map_init(&l->missing, a);
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
	if (!map_add(&l->paths, file->path, l->n_used, NULL))
		return;
	*ARENA_PUSH(l->arena, l->used, l->n_used, &l->cap) = *file;
	if (l->trees && l->trees->watch)
		l->trees->watch->use(l->trees->watch, file->path);
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

/* All names of a kind, sorted, each once. */
static const char **all_names(const struct library *l, const char *kind, size_t *n_name)
{
	const char **names = ARENA_ARRAY(l->arena, LIBRARY_NAMES_MAX, const char *);
	size_t n = 0;

	for (size_t i = 0; i < l->n_dir; i++)
		n = list_names(l, l->dir[i], kind, names, n);
	qsort(names, n, sizeof *names, compare_texts);
	*n_name = 0;
	for (size_t i = 0; i < n; i++)
		if (!i || strcmp(names[i], names[i - 1]) != 0)
			names[(*n_name)++] = names[i];
	return names;
}

const char *const *library_names(const struct library *l, const char *kind, size_t *n_name)
{
	return all_names(l, kind, n_name);
}

/* The name that may be meant, or NULL. Folders are looked through once for each name. */
static const char *nearest(struct library *l, const char *kind, const char *name, const char *inside)
{
	const char **names;
	size_t n;
	size_t i = l->n_near;

	if (!map_add(&l->missing, inside, i, &i))
		return l->near[i];
	names = all_names(l, kind, &n);
	*ARENA_PUSH(l->arena, l->near, l->n_near, &l->cap_near) = suggest(name, names, n);
	return l->near[i];
}

static const char *known_names(const struct library *l, const char *kind, const struct diags *d)
{
	size_t n;
	const char **names = all_names(l, kind, &n);

	return n ? word_list(names, n, l->arena) : diag_say(d, "nothing");
}

static bool not_found(struct library *l, const char *kind, const char *name, const char *inside,
	struct origin at, struct diags *d)
{
	const char *near = diags_are_full(d, at.file) ? NULL : nearest(l, kind, name, inside);

	if (near)
		return diag_error(d, at, "template",
			"there is no template %s/%s.xml; did you mean '%s'?", kind, name, near);
	return diag_error(d, at, "template", "there is no template %s/%s.xml; there are: %s", kind, name,
		diags_are_full(d, at.file) ? "" : known_names(l, kind, d));
}

/* Something of that name, be it no file that can be read: reading it says so, where another folder would hide it. */
static bool is_there(const char *path)
{
	struct stat st;

	return !lstat(path, &st);
}

/* The job's own folder of templates may not be a way out of the job's folder. */
static bool stays_inside(struct library *l, const char *inside, struct origin at, struct diags *d)
{
	const char *path;

	return file_within(file_dir(l->dir[0], l->arena), file_join(file_name(l->dir[0]), inside, l->arena), at,
		l->arena, &path, d);
}

static bool is_used(const struct library *l, const char *manifest, struct library_file *file)
{
	for (size_t i = 0; i < l->n_used; i++)
		if (!strcmp(l->used[i].manifest, manifest)) {
			*file = l->used[i];
			return true;
		}
	return false;
}

/* Through all folders. *found: whether it is there; false only for one that leaves the job's folder. */
static bool look_for(struct library *l, const char *inside, struct origin at, struct library_file *file, bool *found,
	struct diags *d)
{
	const char *manifest = file_join("templates", inside, l->arena);

	*found = is_used(l, manifest, file);
	for (size_t i = 0; !*found && i < l->n_dir; i++) {
		const char *path = file_join(l->dir[i], inside, l->arena);

		if (!is_there(path))
			continue;
		if (i == 0 && l->has_job_dir && !stays_inside(l, inside, at, d))
			return false;
		*file = (struct library_file){ path, file_join(l->shown[i], inside, l->arena), manifest };
		note(l, file);
		*found = true;
	}
	return true;
}

bool library_find(struct library *l, const char *kind, const char *name, struct origin at,
	struct library_file *file, struct diags *d)
{
	const char *inside;
	bool found;

	if (!check_name(kind, name, at, d))
		return false;
	inside = arena_printf(l->arena, "%s/%s.xml", kind, name);
	return look_for(l, inside, at, file, &found, d) && (found || not_found(l, kind, name, inside, at, d));
}

bool library_find_data(struct library *l, const char *inside, struct origin at, struct library_file *file, struct diags *d)
{
	bool found;

	if (!look_for(l, inside, at, file, &found, d))
		return false;
	return found || diag_error(d, at, "template", "the file templates/%s is missing; install the templates again", inside);
}

const char *library_look(const struct library *l, const char *inside, struct arena *a)
{
	for (size_t i = 0; i < l->n_dir; i++) {
		const char *path = file_join(l->dir[i], inside, a);

		if (is_there(path))
			return path;
	}
	return NULL;
}

void library_trees_init(struct library_trees *t, struct arena *a)
{
	*t = (struct library_trees){ .arena = a };
	map_init(&t->path, a);
}

const struct node *library_tree(struct library *l, const struct library_file *file, const char *name, const char *space,
	struct arena *a, struct diags *d)
{
	struct library_trees *t = l ? l->trees : NULL;
	const char *key = t ? arena_printf(a, "%s %s", name, file->path) : NULL;
	const struct node *tree;
	size_t i;

	if (t && map_find(&t->path, key, &i))
		return t->tree[i];
	tree = node_read(file->path, file->shown, name, space, t ? t->arena : a, d);
	if (!t || !tree)
		return tree;
	map_add(&t->path, arena_text(t->arena, key), t->n_tree, NULL);
	*ARENA_PUSH(t->arena, t->tree, t->n_tree, &t->cap) = tree;
	return tree;
}
