#include "cmd/places.h"

#include <string.h>

static struct origin inside(const struct job *job, struct origin at)
{
	size_t n = strlen(job->dir);

	if (n && at.file && !strncmp(at.file, job->dir, n) && at.file[n] == '/')
		at.file += n + 1;
	return at;
}

void places_put(const struct job *job, const struct figure *f, struct arena *a, const struct diags *d, struct buf *out)
{
	const struct figure listed = figure_listed(*f, a);

	for (size_t i = 0; i < listed.n_from;) {
		struct origin at = inside(job, listed.from[i]);
		unsigned long long n_row;
		size_t n = figure_counted(&listed, i, &n_row);

		if (n)
			buf_printf(out, "  %s, %s '%s': %llu %s\n", at.file, diag_say(d, "column"), at.sheet, n_row, diag_say(d, "rows"));
		else
			buf_printf(out, "  %s\n", origin_text(at, a));
		i += n ? n : 1;
	}
}

void places_put_json(const struct job *job, const struct figure *f, struct arena *a, struct buf *out)
{
	const struct figure listed = figure_listed(*f, a);

	buf_putc(out, '[');
	for (size_t i = 0; i < listed.n_from;) {
		struct origin at = inside(job, listed.from[i]);
		unsigned long long n_row;
		size_t n = figure_counted(&listed, i, &n_row);

		if (i)
			buf_putc(out, ',');
		if (n) {
			buf_puts(out, "{\"file\":");
			buf_json(out, at.file);
			buf_puts(out, ",\"column\":");
			buf_json(out, at.sheet);
			buf_printf(out, ",\"rows\":%llu}", n_row);
		} else {
			buf_json(out, origin_text(at, a));
		}
		i += n ? n : 1;
	}
	buf_putc(out, ']');
}
