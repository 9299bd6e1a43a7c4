#include "cmd/staging.h"

#include "base/file.h"
#include "cmd/outdated.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Files of a folder; a link to one is taken away itself, and what is in that folder stays. */
static void empty(const char *dir)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *folder = fd < 0 ? NULL : fdopendir(fd);

	if (!folder) {
		file_remove(dir);
		return;
	}
	for (const struct dirent *e = readdir(folder); e; e = readdir(folder))
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			unlinkat(fd, e->d_name, 0);
	closedir(folder);
}

bool staging_open(struct staging *s, const char *target, struct arena *a, struct diags *d)
{
	s->arena = a;
	s->target = target;
	s->dir = file_join(target, ".part", a);
	empty(s->dir);
	return file_make_dirs(s->dir, d);
}

bool staging_list(struct staging *s, struct diags *d)
{
	DIR *folder = opendir(s->dir);
	const char **name = NULL;
	size_t cap = 0;

	if (!folder)
		return diag_fault(d, (struct origin){ .file = s->dir }, "io", "cannot read the folder: %s", strerror(errno));
	s->n_name = 0;
	for (const struct dirent *e = readdir(folder); e; e = readdir(folder))
		if (e->d_name[0] != '.')
			*ARENA_PUSH(s->arena, name, s->n_name, &cap) = arena_text(s->arena, e->d_name);
	closedir(folder);
	if (s->n_name)
		qsort(name, s->n_name, sizeof *name, by_name);
	s->name = name;
	return true;
}

/* A folder or the like of that name would stop the renaming half-way. */
static bool may_replace(const char *path, struct diags *d)
{
	struct stat st;

	if (lstat(path, &st) == 0 && !S_ISREG(st.st_mode) && !S_ISLNK(st.st_mode))
		return diag_fault(d, (struct origin){ .file = path }, "io", "this is in the way; it is no file that can be replaced");
	return true;
}

static bool is_among(const char *const *list, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(list[i], name))
			return true;
	return false;
}

bool staging_has(const struct staging *s, const char *name)
{
	return is_among(s->name, s->n_name, name);
}

bool staging_replaces(const struct staging *s, const char *name)
{
	return staging_has(s, name) || is_among(s->before, s->n_before, name);
}

/* The outputs that an earlier manifest lists, as manifest_write writes them: {"path":"NAME",...}. */
static void list_before(struct staging *s, const char *manifest)
{
	static const char key[] = "{\"path\":\"";
	struct diags quiet = { 0 };
	const char **before = NULL;
	size_t cap = 0;
	struct bytes old;
	const char *at = NULL;

	if (file_exists(manifest) && file_read(manifest, manifest, FILE_TEMPLATE_MAX, s->arena, &old, &quiet))
		at = strstr(old.data, "\"outputs\"");
	while (at && (at = strstr(at, key))) {
		size_t n = strcspn(at += sizeof key - 1, "\"/\\");
		const char *name = arena_slice(s->arena, at, n);

		if (n && at[n] == '"' && name[0] != '.')
			*ARENA_PUSH(s->arena, before, s->n_before, &cap) = name;
	}
	s->before = before;
	diags_clear(&quiet);
}

static void remove_stale(const struct staging *s)
{
	for (size_t i = 0; i < s->n_before; i++)
		if (!staging_has(s, s->before[i]))
			file_remove(file_join(s->target, s->before[i], s->arena));
}

static bool put(const struct staging *s, const char *name, struct diags *d)
{
	return file_rename(file_join(s->dir, name, s->arena), file_join(s->target, name, s->arena), d);
}

/* Whether everything can be renamed that is to be. */
static bool may_commit(const struct staging *s, const char *manifest, struct diags *d)
{
	bool ok = may_replace(file_join(s->target, manifest, s->arena), d);

	for (size_t i = 0; i < s->n_name; i++)
		ok = may_replace(file_join(s->target, s->name[i], s->arena), d) && ok;
	if (s->signed_file)
		ok = may_replace(file_join(s->target, s->signed_file, s->arena), d) && ok;
	return ok;
}

bool staging_commit(struct staging *s, const char *manifest, struct diags *d)
{
	list_before(s, file_join(s->target, manifest, s->arena));
	if (!may_commit(s, manifest, d) || !outdated_set_aside(s, d))
		return false;
	remove_stale(s);
	for (size_t i = 0; i < s->n_name; i++)
		if (!put(s, s->name[i], d))
			return false;
	if (s->signed_file && !put(s, s->signed_file, d))
		return false;
	return put(s, manifest, d);
}

void staging_close(struct staging *s)
{
	if (!s->dir)
		return;
	empty(s->dir);
	rmdir(s->dir);
	rmdir(s->target); /* only if the job left nothing there */
}
