/* The index as a workbook: the same rows, its figures as numbers. */
#include "batch/indexwords.h"

#include "batch/shown.h"
#include "compose/document.h"
#include "compose/style.h"
#include "render/backend.h"

#include <string.h>

/* Columns in front of the figures, and behind them; then that of progress, where it was asked for. */
enum { NO_COLUMN, CODE_COLUMN, NAME_COLUMN, PARENT_COLUMN, STATE_COLUMN, FIRST_FIGURE, BEHIND = 1 };

static const char *const ids[FIRST_FIGURE] = { "column.no", "column.code", "column.name", "column.parent", "column.state" };

/* As many decimals as the figure is printed with. */
static const char *format_of(const struct index *x, size_t figure)
{
	int most = 0;

	for (size_t i = 0; i < x->state->n_area; i++) {
		const struct state_area *area = &x->state->area[i];
		int n = area->state == AREA_DONE ? shown_decimals(area->figure[figure]) : 0;

		most = n > most ? n : most;
	}
	return shown_format(most, x->arena);
}

/* At full precision, as far as it is then shown as it is printed. */
static struct grid_cell number_cell(const char *text, const char *exact)
{
	struct grid_cell cell = { .text = text, .state = FIGURE_MISSING };

	if (ratio_read_exact(exact, &cell.x)) {
		cell.x = shown_figure(text, cell.x);
		cell.state = FIGURE_OK;
	}
	return cell;
}

static void put_row(const struct index *x, size_t row, struct grid_cell *cell)
{
	const struct state_area *area = &x->state->area[row];
	const char *number = arena_printf(x->arena, "%zu", row + 1);
	const char *n_finding = arena_printf(x->arena, "%u", area->n_finding);
	bool done = area->state == AREA_DONE;

	cell[NO_COLUMN] = (struct grid_cell){ .text = number };
	cell[CODE_COLUMN] = (struct grid_cell){ .text = area->code };
	cell[NAME_COLUMN] = (struct grid_cell){ .text = area->name };
	cell[PARENT_COLUMN] = (struct grid_cell){ .text = area->parent_name };
	cell[STATE_COLUMN] = (struct grid_cell){ .text = index_state(x, area) };
	for (size_t i = 0; i < x->state->n_shown; i++)
		cell[FIRST_FIGURE + i] = number_cell(done ? area->figure[i] : "", done ? area->value[i] : "");
	cell[FIRST_FIGURE + x->state->n_shown] = number_cell(n_finding, n_finding);
	if (x->is_followed)
		cell[FIRST_FIGURE + x->state->n_shown + BEHIND].text = index_word(x, index_unfollowed(x, area) ? "state.failed" : "state.done");
}

static size_t columns_of(const struct index *x)
{
	return FIRST_FIGURE + x->state->n_shown + BEHIND + x->is_followed;
}

static void put_progress_column(const struct index *x, size_t i, struct grid_column *column, struct header_cell *header)
{
	header[i] = (struct header_cell){ index_period(x, "column.progress", x->period), 0, (unsigned)i, 1, 1 };
	column[i] = (struct grid_column){ .id = arena_printf(x->arena, "c%zu", i), .align = ALIGN_LEFT, .number_format = "@",
		.total_format = "@", .unit = "" };
}

static void put_columns(const struct index *x, struct grid_column *column, struct header_cell *header)
{
	size_t n = FIRST_FIGURE + x->state->n_shown + BEHIND;

	for (size_t i = 0; i < n; i++) {
		bool is_number = i >= FIRST_FIGURE;
		const char *label = i < FIRST_FIGURE ? index_word(x, ids[i])
			: i + BEHIND < n	     ? x->state->figure[i - FIRST_FIGURE]
						     : index_word(x, "column.findings");
		const char *format = !is_number ? "@" : i + BEHIND < n ? format_of(x, i - FIRST_FIGURE) : "#,##0";

		header[i] = (struct header_cell){ label, 0, (unsigned)i, 1, 1 };
		column[i] = (struct grid_column){ .id = arena_printf(x->arena, "c%zu", i), .align = is_number ? ALIGN_DECIMAL : ALIGN_LEFT,
			.number_format = format, .total_format = format, .unit = "", .is_number = is_number };
	}
	if (x->is_followed)
		put_progress_column(x, n, column, header);
}

static const struct grid_table *make_grid(const struct index *x, const char *id, const char *title)
{
	struct grid_table *grid = ARENA_NEW(x->arena, struct grid_table);
	size_t n_row = x->state->n_area;
	size_t n_column = columns_of(x);
	struct grid_column *column = ARENA_ARRAY(x->arena, n_column, struct grid_column);
	struct header_cell *header = ARENA_ARRAY(x->arena, n_column, struct header_cell);
	struct grid_cell *cell = ARENA_ARRAY(x->arena, n_row * n_column, struct grid_cell);
	const char **key = ARENA_ARRAY(x->arena, n_row, const char *);

	put_columns(x, column, header);
	for (size_t i = 0; i < n_row; i++) {
		put_row(x, i, cell + i * n_column);
		key[i] = x->state->area[i].code;
	}
	*grid = (struct grid_table){ .id = id, .title = title, .n_header = 1, .header = header,
		.n_header_cell = n_column, .column = column, .n_column = n_column, .stub = NAME_COLUMN + 1, .cell = cell,
		.row_kind = ARENA_ARRAY(x->arena, n_row, enum grid_row_kind), .row_key = key, .n_row = n_row };
	return grid;
}

/* The summaries behind the areas, a sheet for each level. */
static const struct grid_table *const *make_grids(const struct index *x)
{
	const struct grid_table **grid = ARENA_ARRAY(x->arena, x->n_above + 1, const struct grid_table *);

	grid[0] = make_grid(x, "index", index_word(x, "sheet"));
	for (size_t i = 0; i < x->n_above; i++) {
		struct index above = index_of_level(x, i);

		grid[i + 1] = make_grid(&above, arena_printf(x->arena, "index-%s", above.state->job),
			wording_text(x->wording, "above.sheet", (const char *const[WORDING_ARGUMENTS]){ above.state->job }, x->arena));
	}
	return grid;
}

bool index_sheet(const struct index *x, struct library *library, struct fonts *fonts, const char *path, struct origin at,
	struct diags *d)
{
	static const struct part none = { 0 };
	struct document doc = { .job = x->state->job, .dir = "", .title = x->title, .author = "", .subject = x->summary,
		.date = x->date, .style = style_read(library, "nd30", at, x->arena, d), .part = &none, .n_part = 1, .sheet = make_grids(x),
		.n_sheet = x->n_above + 1 };

	return doc.style && backend_xlsx.write(&doc, fonts, path, d);
}
