/* Any bytes as the Workbook stream of an old Excel file, without its container. */
#include "base/grid.h"
#include "ingest/xls.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static bool read_memory(void *ctx, size_t at, void *into, size_t n)
{
	memcpy(into, (const uint8_t *)ctx + at, n);
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct reader_options options = { .shown = "f.xls", .sheet = "1" };
	struct xls_bytes stream = { (void *)(uintptr_t)bytes, n, read_memory };
	struct arena a = { 0 };
	struct diags d = { 0 };
	struct grid grid;

	grid_init(&grid, &a, 0);
	if (xls_read_stream(stream, &options, &grid.sink, &d) == (d.n_error > 0))
		__builtin_trap();
	diags_clear(&d);
	arena_clear(&a);
	return 0;
}
