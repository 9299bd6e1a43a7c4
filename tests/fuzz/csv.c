/* Any bytes through the CSV reader, in small blocks, into a grid and into typed data. */
#include "base/grid.h"
#include "ingest/csv.h"
#include "model/data.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static const char *const area_names[] = { "đơn vị", "area" };
static const char *const count_names[] = { "số hộ", "n" };
static const char *const rate_names[] = { "hộ nghèo {period} > tỷ lệ", "rate" };
static const char *const month_names[] = { "tháng", "month" };
static const char *const day_names[] = { "ngày", "day" };
static const char *const flag_names[] = { "đạt", "flag" };
static const char *const totals[] = { "cộng", NULL };

static const struct field fields[] = {
	{ .id = "area", .type = FIELD_AREA, .unit = "", .name = area_names, .n_name = 2, .label = "Đơn vị",
		.key = true },
	{ .id = "n", .type = FIELD_COUNT, .unit = "", .name = count_names, .n_name = 2, .label = "Số hộ" },
	{ .id = "rate", .type = FIELD_RATE, .unit = "%", .name = rate_names, .n_name = 2, .label = "Tỷ lệ" },
	{ .id = "month", .type = FIELD_MONTH, .unit = "", .name = month_names, .n_name = 2, .label = "Tháng" },
	{ .id = "day", .type = FIELD_DATE, .unit = "", .name = day_names, .n_name = 2, .label = "Ngày" },
	{ .id = "flag", .type = FIELD_FLAG, .unit = "", .name = flag_names, .n_name = 2, .label = "Đạt" },
};

static const struct dataset dataset = {
	.id = "d",
	.title = "",
	.field = fields,
	.n_field = sizeof fields / sizeof *fields,
	.total = totals,
};

static bool tell(struct row_faults *faults, enum row_fault fault, const struct row *row, struct diags *d)
{
	volatile char last = 0; /* all that is said of it can be read */

	(void)faults;
	(void)fault;
	(void)d;
	for (size_t i = 0; i < row->n_cell; i++)
		if (row->cell[i].n_text)
			last = row->cell[i].text[row->cell[i].n_text - 1];
	(void)last;
	return true;
}

/* faults: rows with faults are passed over. */
static bool read_into(const uint8_t *bytes, size_t n, struct row_faults *faults, struct row_sink *sink, struct diags *d)
{
	struct reader_options options = { .shown = "f.csv", .faults = faults };
	struct csv_sizes sizes = { 64, 16 };
	FILE *file = fmemopen((void *)(uintptr_t)bytes, n, "rb");
	bool ok = file && csv_read_file(file, sizes, &options, sink, d);

	if (file)
		fclose(file);
	return ok;
}

static void read_data(const uint8_t *bytes, size_t n, struct arena *a, struct diags *d)
{
	struct source source = { .id = "s", .shown = "f.csv", .role = SOURCE_PREVIOUS, .period_year = 2024 };
	struct job job = { .area = "x" };
	struct data_sink *sink = data_sink_new(&source, &dataset, NULL, a);
	struct data data;
	struct model model;

	if (read_into(bytes, n, NULL, data_sink_rows(sink), d) && data_sink_finish(sink, &data, d))
		model_build(&job, NULL, &data, 1, a, &model, d);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena a = { 0 };
	struct diags d = { 0 };
	struct grid grid;

	if (!n)
		return 0;
	grid_init(&grid, &a, 0);
	read_into(bytes, n, NULL, &grid.sink, &d);
	grid_init(&grid, &a, 0);
	read_into(bytes, n, &(struct row_faults){ tell }, &grid.sink, &d);
	read_data(bytes, n, &a, &d);
	diags_clear(&d);
	arena_clear(&a);
	return 0;
}
