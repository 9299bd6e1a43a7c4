#include "render/manifest.h"

#include "base/buf.h"
#include "base/file.h"

#include <string.h>

static const char stem[] = "manifest-";
static const char suffix[] = ".json";

const char *manifest_name(const char *part, struct arena *a)
{
	return arena_printf(a, "%s%s%s", stem, part, suffix);
}

const char *manifest_part(const char *name, struct arena *a)
{
	size_t n_stem = sizeof stem - 1;
	size_t n_suffix = sizeof suffix - 1;
	size_t n = strlen(name);

	if (n <= n_stem + n_suffix || strncmp(name, stem, n_stem) != 0 || strcmp(name + n - n_suffix, suffix) != 0)
		return NULL;
	return arena_slice(a, name + n_stem, n - n_stem - n_suffix);
}

static void put_files(struct buf *b, const char *name, const struct manifest_file *file, size_t n)
{
	buf_printf(b, ",\n\"%s\":[", name);
	for (size_t i = 0; i < n; i++) {
		buf_puts(b, i ? ",\n{\"path\":" : "\n{\"path\":");
		buf_json(b, file[i].path);
		buf_puts(b, ",\"sha256\":");
		buf_json(b, file[i].sha256);
		buf_putc(b, '}');
	}
	buf_putc(b, ']');
}

bool manifest_write(const struct manifest *m, const char *path, struct diags *d)
{
	struct buf b = { 0 };
	bool ok;

	buf_puts(&b, "{\"job\":");
	buf_json(&b, m->job);
	buf_puts(&b, ",\n\"program\":");
	buf_json(&b, m->program);
	put_files(&b, "inputs", m->input, m->n_input);
	put_files(&b, "outputs", m->output, m->n_output);
	buf_puts(&b, "}\n");
	ok = file_write(path, b.text, b.n, d);
	buf_clear(&b);
	return ok;
}
