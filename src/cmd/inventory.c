#include "cmd/inventory.h"

#include "base/file.h"
#include "base/version.h"
#include "render/manifest.h"

/* Every file that was read, by its name for people, and the fonts. */
static bool list_inputs(const struct made *made, const struct fonts *fonts, struct inventory_hashes *hashes, struct arena *a,
	struct manifest *m, struct diags *d)
{
	struct manifest_file *input = ARENA_ARRAY(a, made->library.n_used + FACES, struct manifest_file);
	size_t n = 0;

	for (size_t i = 0; i < made->library.n_used; i++, n++) {
		input[n].path = made->library.used[i].manifest;
		if (hashes)
			input[n].sha256 = hashes->known(hashes, &made->library.used[i], &input[n].path, a, d);
		else if (!file_sha256(made->library.used[i].path, a, &input[n].sha256, d))
			return false;
		if (!input[n].sha256)
			return false;
	}
	for (enum face face = FACE_REGULAR; face < FACES; face++, n++) {
		input[n].path = arena_printf(a, "fonts/%s", fonts_name(fonts, face));
		input[n].sha256 = fonts_sha256(fonts, face);
	}
	m->input = input;
	m->n_input = n;
	return true;
}

static bool list_outputs(const struct staging *staging, struct arena *a, struct manifest *m, struct diags *d)
{
	struct manifest_file *output = ARENA_ARRAY(a, staging->n_name, struct manifest_file);

	for (size_t i = 0; i < staging->n_name; i++) {
		output[i].path = staging->name[i];
		if (!file_sha256(file_join(staging->dir, staging->name[i], a), a, &output[i].sha256, d))
			return false;
	}
	m->output = output;
	m->n_output = staging->n_name;
	return true;
}

bool inventory_write(const struct made *made, const struct fonts *fonts, struct inventory_hashes *hashes,
	const struct staging *staging, const char *name, struct arena *a, struct diags *d)
{
	struct manifest m = { .job = made->job->id, .program = "kehoach " KEHOACH_VERSION };

	return list_inputs(made, fonts, hashes, a, &m, d)
		&& list_outputs(staging, a, &m, d)
		&& manifest_write(&m, file_join(staging->dir, name, a), d);
}
