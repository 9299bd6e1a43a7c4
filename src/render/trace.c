/* trace: the placed items of each page as text, for goldens: where a line breaks, what is repeated, what is an artifact. */
#include "base/file.h"
#include "render/backend.h"

#include <string.h>

static bool trace_paint(const struct pages *pages, struct fonts *fonts, const struct pdf_options *options, const char *path,
	struct diags *d)
{
	struct arena a = { 0 };
	const char *text = pages_text(pages, &a);
	bool ok = file_write(path, text, strlen(text), d);

	(void)fonts;
	(void)options;
	arena_clear(&a);
	return ok;
}

const struct backend backend_layout = { .name = "layout", .stem = "plan", .suffix = ".layout", .paint = trace_paint };
