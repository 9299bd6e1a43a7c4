/* Any bytes as a figures.json: read or refused; what is read differs from itself in nothing, and from an empty one in all its figures. */
#include "batch/compare.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void count(void *ctx, const struct figure_change *c)
{
	(void)c;
	++*(size_t *)ctx;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static const struct kept_figures empty;
	struct arena a = { 0 };
	struct diags d = { 0 };
	struct kept_figures figures;
	size_t found = 0;
	struct change_sink sink = { .ctx = &found, .found = count };

	if (figures_parse((struct bytes){ (const char *)bytes, n }, "figures.json", &a, &figures, &d)) {
		figures_compare(&figures, &figures, &sink, &a);
		if (found)
			abort();
		figures_compare(&empty, &figures, &sink, &a);
		if (found != figures_count(&figures))
			abort();
	} else if (!d.n_error) {
		abort();
	}
	diags_clear(&d);
	arena_clear(&a);
	return 0;
}
