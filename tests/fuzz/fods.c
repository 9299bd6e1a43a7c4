/* Any bytes as a flat OpenDocument spreadsheet into a grid: the only sheet, and one by number. */
#include "base/grid.h"
#include "ingest/fods.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

enum { ROWS_KEPT = 100 };

static void read_sheet(const uint8_t *bytes, size_t n, const char *sheet)
{
	struct reader_options options = { .shown = "f.fods", .sheet = sheet };
	struct arena a = { 0 };
	struct diags d = { 0 };
	struct grid grid;

	grid_init(&grid, &a, ROWS_KEPT);
	fods_read_bytes((const char *)bytes, n, &options, &grid.sink, &d);
	diags_clear(&d);
	arena_clear(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	reader_fods.knows(bytes, n < READER_HEAD ? n : READER_HEAD);
	read_sheet(bytes, n, NULL);
	read_sheet(bytes, n, "2");
	return 0;
}
