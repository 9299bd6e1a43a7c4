#include "batch/indexfiles.h"

#include "base/file.h"
#include "batch/index.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

/* By what their names end in; the first that fits. */
static const struct ending {
	const char *text;
	const char *word;
	unsigned place;
} endings[] = {
	{ INDEX_ACCESSIBLE, "file.accessible", 3 },
	{ INDEX_PLAIN, "file.progress", 0 },
	{ INDEX_BRIEF_SIGNED, "file.brief.signed", 2 },
	{ INDEX_BRIEF, "file.brief", 1 },
};

static bool ends_in(const char *s, const char *end)
{
	size_t n = strlen(s);

	return n >= strlen(end) && !strcmp(s + n - strlen(end), end);
}

/* A period has no dot: what was signed before and set aside is not led to. */
static bool is_period(const char *s, size_t n)
{
	return n && !memchr(s, '.', n);
}

/* Bytes of the period in the name of a file that ends so; 0: it is none. */
static size_t period_bytes(const char *name, const struct ending *ending)
{
	const char *period = name + strlen(INDEX_PROGRESS);
	size_t n;

	if (strncmp(name, INDEX_PROGRESS, strlen(INDEX_PROGRESS)) != 0 || !ends_in(period, ending->text))
		return 0;
	n = strlen(period) - strlen(ending->text);
	return is_period(period, n) ? n : 0;
}

static const struct ending *ending_of(const char *name)
{
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		if (period_bytes(name, &endings[i]))
			return &endings[i];
	return NULL;
}

static int is_progress(const struct dirent *e)
{
	return ending_of(e->d_name) != NULL;
}

static int compare(const void *pa, const void *pb)
{
	const struct index_file *a = pa;
	const struct index_file *b = pb;
	int order = strcmp(a->period, b->period);

	return order ? order : (a->place > b->place) - (a->place < b->place);
}

size_t index_files(const char *folder, struct arena *a, const struct index_file **files)
{
	struct dirent **found = NULL;
	int n = scandir(folder, &found, is_progress, NULL);
	struct index_file *file = n > 0 ? ARENA_ARRAY(a, (size_t)n, struct index_file) : NULL;

	*files = file;
	for (int i = 0; i < n; i++) {
		const struct ending *ending = ending_of(found[i]->d_name);

		file[i] = (struct index_file){ arena_text(a, found[i]->d_name),
			arena_slice(a, found[i]->d_name + strlen(INDEX_PROGRESS), period_bytes(found[i]->d_name, ending)), ending->word, ending->place };
		free(found[i]);
	}
	free(found);
	if (n <= 0)
		return 0;
	qsort(file, (size_t)n, sizeof *file, compare);
	return (size_t)n;
}

bool index_is_signed(const char *folder, struct arena *a)
{
	return file_exists(file_join(folder, INDEX_SIGNED, a));
}
