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

bool outdated_begins(const char *path, const char *plain, size_t *n_more)
{
	struct arena a = { 0 };
	struct diags quiet = { .quiet = true };
	struct bytes whole, first;
	bool ok = file_exists(path) && file_exists(plain) && file_read(path, path, PDF_FILE_MAX, &a, &whole, &quiet)
		&& file_read(plain, plain, PDF_FILE_MAX, &a, &first, &quiet) && whole.n >= first.n && !memcmp(whole.data, first.data, first.n);

	*n_more = ok ? whole.n - first.n : 0;
	diags_clear(&quiet);
	arena_clear(&a);
	return ok;
}

bool outdated_is_current(const struct staging *s, const char *name)
{
	const char *stem = stem_of(name, s->arena);
	size_t n_more;

	return stem && outdated_begins(file_join(s->target, name, s->arena), file_join(s->dir, arena_printf(s->arena, "%s.pdf", stem), s->arena), &n_more)
		&& n_more;
}

enum why {
	STAYS, /* or all of it is in the file that takes its place */
	LOST, /* signatures would be */
	UNKNOWN, /* whether they would */
	OF_ANOTHER, /* plain file */
};

/* A signed file of the staging's own takes the place of one only if it has all its signatures. */
static enum why why_outdated(const struct staging *s, const char *name, const char *plain, struct arena *a)
{
	static const enum why lost[] = { [SIGNED_LOSS_NONE] = STAYS, [SIGNED_LOSS_SIGNATURES] = LOST, [SIGNED_LOSS_UNKNOWN] = UNKNOWN };

	const char *path = file_join(s->target, name, a);
	size_t n_more;
	bool begins = staging_has(s, plain) && outdated_begins(path, file_join(s->dir, plain, a), &n_more);

	if (s->signed_file && !strcmp(name, s->signed_file))
		return begins && !n_more ? STAYS : lost[signed_fields_loss(path, file_join(s->dir, name, a), a)];
	return begins || !staging_replaces(s, plain) ? STAYS : OF_ANOTHER;
}

static void tell_aside(enum why why, const char *path, const char *plain, const char *aside, struct diags *d)
{
	struct origin at = { .file = path };

	if (why == LOST)
		diag_warning(d, at, "signed",
			"has signatures that the new file in its place has not, or of another certificate: it is now %s; sign the new file as far as "
			"it must be", aside);
	else if (why == UNKNOWN)
		diag_warning(d, at, "signed", "cannot be read, or a signature in it is damaged: it is now %s, and a new signed file is in its place",
			aside);
	else
		diag_warning(d, at, "signed", "is the signed form of an earlier %s, which was built again: it is now %s; sign the new file", plain,
			aside);
}

static bool set_aside(const struct staging *s, const char *name, const char *stem, struct arena *a, struct diags *d)
{
	const char *path = file_join(s->target, name, a);
	const char *plain = arena_printf(a, "%s.pdf", stem);
	enum why why = why_outdated(s, name, plain, a);
	const char *sum;
	const char *aside;

	if (why == STAYS)
		return true;
	if (!file_sha256(path, a, &sum, d))
		return false;
	aside = arena_printf(a, "%s.signed.%.*s.pdf", stem, SUM_DIGITS, sum);
	if (!file_rename(path, file_join(s->target, aside, a), d))
		return false;
	tell_aside(why, path, plain, aside, d);
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
