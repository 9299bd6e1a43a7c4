#include "cmd/staging.h"

#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void empty(const char *dir)
{
	DIR *folder = opendir(dir);
	struct arena a = { 0 };

	if (!folder)
		return;
	for (const struct dirent *e = readdir(folder); e; e = readdir(folder))
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			file_remove(file_join(dir, e->d_name, &a));
	closedir(folder);
	arena_clear(&a);
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

bool staging_commit(struct staging *s, const char *last, struct diags *d)
{
	for (size_t i = 0; i < s->n_name; i++)
		if (!file_rename(file_join(s->dir, s->name[i], s->arena), file_join(s->target, s->name[i], s->arena), d))
			return false;
	return file_rename(file_join(s->dir, last, s->arena), file_join(s->target, last, s->arena), d);
}

void staging_close(struct staging *s)
{
	if (!s->dir)
		return;
	empty(s->dir);
	rmdir(s->dir);
	rmdir(s->target); /* only if the job left nothing there */
}
