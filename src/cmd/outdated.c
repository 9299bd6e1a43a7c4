#include "cmd/outdated.h"

#include "base/file.h"
#include "cmd/signedfields.h"
#include "pdf/limits.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>

enum { SUM_DIGITS = 8 };

static const char ending[] = ".signed.pdf";

/* "plan" of "plan.signed.pdf"; NULL: no such name. */
static const char *stem_of(const char *name, struct arena *a)
{
	size_t n = strlen(name);
	size_t n_ending = sizeof ending - 1;

	if (*name == '.' || n <= n_ending || strcmp(name + n - n_ending, ending) != 0)
		return NULL;
	return arena_slice(a, name, n - n_ending);
}

static bool begins_with(const char *path, const char *plain, struct arena *a)
{
	struct diags quiet = { .quiet = true };
	struct bytes whole, first;
	bool ok = file_read(path, path, PDF_FILE_MAX, a, &whole, &quiet) && file_read(plain, plain, PDF_FILE_MAX, a, &first, &quiet)
		  && whole.n >= first.n && !memcmp(whole.data, first.data, first.n);

	diags_clear(&quiet);
	return ok;
}

bool outdated_signs(const char *path, const char *plain)
{
	struct arena a = { 0 };
	bool is = file_exists(path) && file_exists(plain) && begins_with(path, plain, &a);

	arena_clear(&a);
	return is;
}

bool outdated_is_current(const struct staging *s, const char *name)
{
	const char *stem = stem_of(name, s->arena);

	return stem && outdated_signs(file_join(s->target, name, s->arena), file_join(s->dir, arena_printf(s->arena, "%s.pdf", stem), s->arena));
}

/* A signed file of the staging's own takes the place of one only if it has all its signatures. */
static bool is_outdated(const struct staging *s, const char *name, const char *plain, struct arena *a)
{
	if (s->signed_file && !strcmp(name, s->signed_file))
		return signed_fields_lack(file_join(s->target, name, a), file_join(s->dir, name, a), a);
	return staging_replaces(s, plain)
		&& !(staging_has(s, plain) && begins_with(file_join(s->target, name, a), file_join(s->dir, plain, a), a));
}

static bool set_aside(const struct staging *s, const char *name, const char *stem, struct arena *a, struct diags *d)
{
	const char *path = file_join(s->target, name, a);
	const char *plain = arena_printf(a, "%s.pdf", stem);
	bool is_replaced = s->signed_file && !strcmp(name, s->signed_file);
	const char *sum;
	const char *aside;

	if (!is_outdated(s, name, plain, a))
		return true;
	if (!file_sha256(path, a, &sum, d))
		return false;
	aside = arena_printf(a, "%s.signed.%.*s.pdf", stem, SUM_DIGITS, sum);
	if (!file_rename(path, file_join(s->target, aside, a), d))
		return false;
	if (is_replaced)
		diag_warning(d, (struct origin){ .file = path }, "signed",
			"has signatures that the new file in its place has not: it is now %s; sign the new file as far as it must be", aside);
	else
		diag_warning(d, (struct origin){ .file = path }, "signed",
			"is the signed form of an earlier %s, which was built again: it is now %s; sign the new file", plain, aside);
	return true;
}

static bool look_at(const struct staging *s, const char *name, struct diags *d)
{
	struct arena a = { 0 };
	const char *stem = stem_of(name, &a);
	bool ok = !stem || set_aside(s, name, stem, &a, d);

	arena_clear(&a);
	return ok;
}

bool outdated_set_aside(const struct staging *s, struct diags *d)
{
	DIR *folder = opendir(s->target);
	bool ok = true;

	if (!folder)
		return diag_fault(d, (struct origin){ .file = s->target }, "io", "cannot read the folder: %s", strerror(errno));
	for (const struct dirent *e = readdir(folder); ok && e; e = readdir(folder))
		ok = look_at(s, e->d_name, d);
	closedir(folder);
	return ok;
}
