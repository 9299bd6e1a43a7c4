#include "cmd/results.h"

#include "pdf/limits.h"
#include "render/manifest.h"

#include <jansson.h>
#include <string.h>

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

/* The name of a result stays in its folder. */
static bool is_plain_name(const char *name)
{
	return name && *name && *name != '.' && !strchr(name, '/');
}

static bool check_output(const char *dir, const char *manifest, const json_t *entry, struct arena *a, struct diags *d)
{
	const char *name = json_string_value(json_object_get(entry, "path"));
	const char *sha256 = json_string_value(json_object_get(entry, "sha256"));
	const char *path;
	const char *found;

	if (!is_plain_name(name) || !sha256)
		return wrong(manifest, "lists a result without its name and sum", d);
	path = file_join(dir, name, a);
	if (!file_sha256(path, a, &found, d))
		return false;
	return !strcmp(found, sha256) || wrong(path, "is not the file that the manifest lists: it was changed after it was built", d);
}

/* NAME.pdf beside NAME.signed.pdf. */
static void note_signed(const char *dir, const json_t *entry, struct arena *a, struct results *results)
{
	const char *name = json_string_value(json_object_get(entry, "path"));
	size_t n = name ? strlen(name) : 0;
	const char *path;

	if (!is_plain_name(name) || n <= 4 || strcmp(name + n - 4, ".pdf") != 0)
		return;
	path = arena_printf(a, "%s/%.*s.signed.pdf", dir, (int)(n - 4), name);
	if (file_exists(path))
		results->signed_file[results->n_signed++] = (struct signed_result){ path, file_join(dir, name, a) };
}

bool results_read(const char *dir, struct arena *a, struct results *results, struct diags *d)
{
	const char *manifest = file_join(dir, MANIFEST_NAME, a);
	json_t *root = read_json(manifest, a, d);
	const json_t *outputs = json_object_get(root, "outputs");
	bool ok = root != NULL;

	*results = (struct results){ .signed_file = ARENA_ARRAY(a, json_array_size(outputs), struct signed_result) };
	if (ok && !json_is_array(outputs))
		ok = wrong(manifest, "lists no results", d);
	for (size_t i = 0; i < json_array_size(outputs); i++) {
		check_output(dir, manifest, json_array_get(outputs, i), a, d);
		note_signed(dir, json_array_get(outputs, i), a, results);
	}
	if (ok && !results->n_signed)
		ok = diag_error(d, (struct origin){ .file = dir }, "unsigned", "no result of the folder is signed: expected plan.signed.pdf");
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
