#include "cmd/results.h"

#include "pdf/limits.h"
#include "render/manifest.h"

#include <jansson.h>
#include <string.h>

enum { RESULTS_MAX = 1000 }; /* of a folder */

/* A manifest under examination. */
struct examination {
	const char *dir;
	const char *manifest; /* its path */
	const json_t *outputs;
	struct arena *arena;
	struct results *results;
	struct diags *d;
};

static bool wrong(const char *path, const char *what, struct diags *d)
{
	return diag_error(d, (struct origin){ .file = path }, "manifest", "%s; build the job again", diag_say(d, what));
}

static json_t *read_json(const char *path, struct arena *a, struct diags *d)
{
	struct bytes bytes;
	json_error_t error;
	json_t *root;

	if (!file_read(path, path, FILE_TEMPLATE_MAX, a, &bytes, d))
		return NULL;
	root = json_loadb(bytes.data, bytes.n, JSON_REJECT_DUPLICATES, &error);
	if (!root)
		wrong(path, "is no JSON as this program writes it", d);
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

static bool is_listed_before(const struct examination *e, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++) {
		const char *before = text_of(json_array_get(e->outputs, i), "path");

		if (before && !strcmp(before, name))
			return true;
	}
	return false;
}

/* *path: of a result that may be looked at. */
static bool find_output(const struct examination *e, size_t i, const char **path)
{
	const json_t *entry = json_array_get(e->outputs, i);
	const char *name = text_of(entry, "path");

	if (!is_plain_name(name) || !text_of(entry, "sha256"))
		return wrong(e->manifest, "lists a result without its name and sum", e->d);
	if (is_listed_before(e, i, name))
		return wrong(e->manifest, "lists a result twice", e->d);
	return file_within(e->dir, name, (struct origin){ .file = e->manifest }, e->arena, path, e->d);
}

static bool check_output(const struct examination *e, size_t i, const char *path)
{
	const char *found;

	if (!file_sha256(path, e->arena, &found, e->d))
		return false;
	return !strcmp(found, text_of(json_array_get(e->outputs, i), "sha256"))
	       || wrong(path, "is not the file that the manifest lists: it was changed after it was built", e->d);
}

static void note_output(const struct examination *e, const char *name)
{
	e->results->output[e->results->n_output++] = arena_text(e->arena, name);
}

/* NAME.pdf beside NAME.signed.pdf. */
static void note_signed(const struct examination *e, size_t i, const char *plain)
{
	const char *name = text_of(json_array_get(e->outputs, i), "path");
	size_t n = strlen(name);
	const char *path;

	if (n <= 4 || strcmp(name + n - 4, ".pdf") != 0)
		return;
	name = arena_printf(e->arena, "%.*s.signed.pdf", (int)(n - 4), name);
	note_output(e, name);
	if (file_may_be_within(e->dir, name, (struct origin){ .file = e->dir }, e->arena, &path, e->d) && path)
		e->results->signed_file[e->results->n_signed++] = (struct signed_result){ path, plain };
}

static bool check_outputs(const struct examination *e)
{
	size_t n = json_array_size(e->outputs);

	if (!json_is_array(e->outputs))
		return wrong(e->manifest, "lists no results", e->d);
	if (n > RESULTS_MAX)
		return diag_error(e->d, (struct origin){ .file = e->manifest }, "limit", "lists %zu results; at most %d are looked at", n,
			RESULTS_MAX);
	e->results->signed_file = ARENA_ARRAY(e->arena, n, struct signed_result);
	e->results->output = ARENA_ARRAY(e->arena, 2 * n, const char *);
	for (size_t i = 0; i < n; i++) {
		const char *path;

		if (!find_output(e, i, &path))
			continue;
		note_output(e, text_of(json_array_get(e->outputs, i), "path"));
		check_output(e, i, path);
		note_signed(e, i, path);
	}
	return e->results->n_signed
	       || diag_error(e->d, (struct origin){ .file = e->dir }, "unsigned", "no result of the folder is signed: expected plan.signed.pdf");
}

bool results_read(const char *dir, struct arena *a, struct results *results, struct diags *d)
{
	const char *manifest = file_join(dir, MANIFEST_NAME, a);
	json_t *root = read_json(manifest, a, d);
	struct examination e = { dir, manifest, json_object_get(root, "outputs"), a, results, d };
	bool ok;

	*results = (struct results){ .n_signed = 0 };
	ok = root && check_outputs(&e);
	json_decref(root);
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
