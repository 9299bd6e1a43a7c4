#include "cmd/results.h"

#include "cmd/period.h"
#include "pdf/limits.h"
#include "render/manifest.h"

#include <dirent.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum {
	RESULTS_MAX = 1000, /* of a folder */
	MANIFESTS_MAX = 100,
};

/* A manifest under examination. */
struct examination {
	const char *dir;
	const char *manifest; /* its path */
	bool is_plan; /* it is that of the plan */
	const json_t *outputs;
	struct arena *arena;
	struct results *results;
	struct diags *d;
};

static bool wrong(const struct examination *e, const char *path, const char *what)
{
	const char *remedy = e->is_plan ? diag_say(e->d, "build the job again") : diag_say(e->d, "make the progress of that period again");

	return diag_error(e->d, (struct origin){ .file = path }, "manifest", "%s; %s", diag_say(e->d, what), remedy);
}

static json_t *read_json(const struct examination *e)
{
	struct bytes bytes;
	json_error_t error;
	json_t *root;

	if (!file_read(e->manifest, e->manifest, FILE_TEMPLATE_MAX, e->arena, &bytes, e->d))
		return NULL;
	root = json_loadb(bytes.data, bytes.n, JSON_REJECT_DUPLICATES, &error);
	if (!root)
		wrong(e, e->manifest, "is no JSON as this program writes it");
	return root;
}

static const char *text_of(const json_t *entry, const char *key)
{
	return json_string_value(json_object_get(entry, key));
}

/* The name of a result stays in its folder. */
static bool is_plain_name(const char *name)
{
	return name && *name && *name != '.' && !strchr(name, '/');
}

bool results_list(const struct results *results, const char *name)
{
	for (size_t i = 0; i < results->n_output; i++)
		if (!strcmp(results->output[i], name))
			return true;
	return false;
}

/* *path: of a result that may be looked at. */
static bool find_output(const struct examination *e, const json_t *entry, const char **path)
{
	const char *name = text_of(entry, "path");

	if (!is_plain_name(name) || !text_of(entry, "sha256"))
		return wrong(e, e->manifest, "lists a result without its name and sum");
	if (results_list(e->results, name))
		return wrong(e, e->manifest, "lists a result twice, or one that another manifest lists");
	return file_within(e->dir, name, (struct origin){ .file = e->manifest }, e->arena, path, e->d);
}

static bool check_output(const struct examination *e, const json_t *entry, const char *path)
{
	const char *found;

	if (!file_sha256(path, e->arena, &found, e->d))
		return false;
	return !strcmp(found, text_of(entry, "sha256"))
	       || wrong(e, path, "is not the file that the manifest lists: it was changed after it was built");
}

static void note_output(const struct examination *e, const char *name)
{
	struct results *results = e->results;

	*ARENA_PUSH(e->arena, results->output, results->n_output, &results->cap_output) = arena_text(e->arena, name);
}

/* NAME.pdf beside NAME.signed.pdf. */
static void note_signed(const struct examination *e, const char *name, const char *plain)
{
	struct results *results = e->results;
	size_t n = strlen(name);
	const char *path;

	if (n <= 4 || strcmp(name + n - 4, ".pdf") != 0)
		return;
	name = arena_printf(e->arena, "%.*s.signed.pdf", (int)(n - 4), name);
	note_output(e, name);
	if (file_may_be_within(e->dir, name, (struct origin){ .file = e->dir }, e->arena, &path, e->d) && path)
		*ARENA_PUSH(e->arena, results->signed_file, results->n_signed, &results->cap_signed) = (struct signed_result){ path, plain };
}

static bool check_outputs(const struct examination *e)
{
	size_t n = json_array_size(e->outputs);

	if (!json_is_array(e->outputs))
		return wrong(e, e->manifest, "lists no results");
	if (n > RESULTS_MAX || e->results->n_output > RESULTS_MAX)
		return diag_error(e->d, (struct origin){ .file = e->manifest }, "limit", "lists %zu results; at most %d of a folder are looked at",
			n, RESULTS_MAX);
	for (size_t i = 0; i < n; i++) {
		const json_t *entry = json_array_get(e->outputs, i);
		const char *path;

		if (!find_output(e, entry, &path))
			continue;
		note_output(e, text_of(entry, "path"));
		check_output(e, entry, path);
		note_signed(e, text_of(entry, "path"), path);
	}
	return true;
}

/* False where the manifest cannot be read, and nobody knows what it lists. */
static bool read_manifest(const char *dir, const char *name, struct arena *a, struct results *results, struct diags *d)
{
	struct examination e = { .dir = dir, .manifest = file_join(dir, name, a), .arena = a, .results = results, .d = d };
	json_t *root;
	bool ok;

	e.is_plan = !strcmp(name, MANIFEST_NAME);
	root = read_json(&e);
	e.outputs = json_object_get(root, "outputs");
	note_output(&e, name);
	ok = root && check_outputs(&e);
	json_decref(root);
	return ok;
}

/* ---- which manifests there are ---- */

static bool is_manifest(const char *name)
{
	struct arena a = { 0 };
	struct period period;
	const char *part = manifest_part(name, &a);
	bool is = !strcmp(name, MANIFEST_NAME) || (part && period_parse(part, &period));

	arena_clear(&a);
	return is;
}

/* That of the plan, then years, halves, quarters and months. */
static int by_length(const void *pa, const void *pb)
{
	const char *a = *(const char *const *)pa;
	const char *b = *(const char *const *)pb;
	size_t n_a = strlen(a);
	size_t n_b = strlen(b);

	return n_a != n_b ? (n_a > n_b) - (n_a < n_b) : strcmp(a, b);
}

/* Where there is none, that of the plan, which is missing. */
static bool find_manifests(const char *dir, struct arena *a, const char ***name, size_t *n, struct diags *d)
{
	DIR *folder = opendir(dir);
	size_t cap = 0;

	*name = NULL;
	*n = 0;
	if (!folder)
		return diag_error(d, (struct origin){ .file = dir }, "file", "the folder cannot be read");
	for (struct dirent *entry = readdir(folder); entry && *n <= MANIFESTS_MAX; entry = readdir(folder))
		if (is_manifest(entry->d_name))
			*ARENA_PUSH(a, *name, *n, &cap) = arena_text(a, entry->d_name);
	closedir(folder);
	if (*n > MANIFESTS_MAX)
		return diag_error(d, (struct origin){ .file = dir }, "limit", "holds more than %d manifests; move older results out of the folder",
			MANIFESTS_MAX);
	if (!*n)
		*ARENA_PUSH(a, *name, *n, &cap) = MANIFEST_NAME;
	qsort(*name, *n, sizeof **name, by_length);
	return true;
}

bool results_read(const char *dir, struct arena *a, struct results *results, struct diags *d)
{
	const char **name;
	size_t n;
	bool ok = true;

	*results = (struct results){ .n_signed = 0 };
	if (!find_manifests(dir, a, &name, &n, d))
		return false;
	for (size_t i = 0; i < n; i++)
		ok = read_manifest(dir, name[i], a, results, d) && ok;
	if (ok && !results->n_signed)
		diag_error(d, (struct origin){ .file = dir }, "unsigned",
			"no result of the folder is signed: expected plan.signed.pdf, or that of another PDF of it");
	return ok;
}

bool results_check_beginning(const char *path, struct bytes bytes, const char *plain, struct arena *a, struct diags *d)
{
	struct bytes first;

	if (!file_read(plain, plain, PDF_FILE_MAX, a, &first, d))
		return false;
	return (bytes.n >= first.n && !memcmp(bytes.data, first.data, first.n))
	       || diag_error(d, (struct origin){ .file = path }, "prefix",
		       "does not begin with the bytes of %s: it is the signed form of another file; sign it again", plain);
}
