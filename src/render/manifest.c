#include "render/manifest.h"

#include "base/buf.h"
#include "base/file.h"

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
