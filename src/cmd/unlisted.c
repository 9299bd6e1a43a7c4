#include "cmd/unlisted.h"

#include "base/utf8.h"
#include "pdf/limits.h"
#include "seal/lock.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

enum { UNLISTED_MAX = 1000 };

static bool ends_with(const char *name, const char *ending)
{
	size_t n = strlen(name);
	size_t n_ending = strlen(ending);

	return n >= n_ending && !strcasecmp(name + n - n_ending, ending);
}

static bool is_signed_pdf(const char *path)
{
	struct diags quiet = { .quiet = true };
	struct arena a = { 0 };
	struct pdf_form form;
	struct bytes bytes;
	struct pdf_file *file = file_read(path, path, PDF_FILE_MAX, &a, &bytes, &quiet) ? pdf_open(bytes, path, &quiet) : NULL;
	bool is_signed = file && pdf_form_read(pdf_last(file), &a, &form, &quiet) && form_is_signed(&form);

	pdf_close(file);
	arena_clear(&a);
	diags_clear(&quiet);
	return is_signed;
}

static struct unlisted_file look_at(const char *dir, const char *name, struct arena *a)
{
	struct unlisted_file file = { .name = arena_text(a, name), .path = file_join(dir, name, a) };
	struct stat st;

	file.shown = utf8_harmless(file.path, strlen(file.path), a);
	file.is_readable = !lstat(file.path, &st) && S_ISREG(st.st_mode);
	file.is_signed = ends_with(name, ".signed.pdf") || (file.is_readable && ends_with(name, ".pdf") && is_signed_pdf(file.path));
	return file;
}

static bool is_listed(const struct results *results, const char *name)
{
	return !strcmp(name, ".") || !strcmp(name, "..") || results_list(results, name);
}

static int by_name(const void *pa, const void *pb)
{
	const struct unlisted_file *a = pa;
	const struct unlisted_file *b = pb;

	return strcmp(a->name, b->name);
}

void unlisted_tell(const struct unlisted_file *file, struct diags *d)
{
	struct origin at = { .file = file->shown };

	if (file->is_signed)
		diag_error(d, at, "unlisted",
			"is a signed PDF that the manifest does not vouch for: only NAME.signed.pdf beside a NAME.pdf that it lists is expected; "
			"move it out of the folder, or build the job again");
	else
		diag_warning(d, at, "unlisted", "is not among the results that the manifest lists; move it out of the folder before you hand it on");
}

void unlisted_read(const char *dir, const struct results *results, struct arena *a, struct unlisted *list, struct diags *d)
{
	DIR *folder = opendir(dir);
	size_t cap = 0;

	*list = (struct unlisted){ .n = 0 };
	if (!folder) {
		diag_error(d, (struct origin){ .file = dir }, "file", "the folder cannot be read");
		return;
	}
	for (struct dirent *entry = readdir(folder); entry && list->n < UNLISTED_MAX; entry = readdir(folder))
		if (!is_listed(results, entry->d_name))
			*ARENA_PUSH(a, list->file, list->n, &cap) = look_at(dir, entry->d_name, a);
	closedir(folder);
	if (list->n == UNLISTED_MAX)
		diag_error(d, (struct origin){ .file = dir }, "limit", "holds %d files that the manifest does not list, or more; move them out of the folder",
			UNLISTED_MAX);
	if (list->n)
		qsort(list->file, list->n, sizeof *list->file, by_name);
	for (size_t i = 0; i < list->n; i++)
		unlisted_tell(&list->file[i], d);
}
