/* The workbook of differences: the areas that differ, then each figure. */
#include "batch/difference.h"

#include "base/marks.h"
#include "base/utf8.h"
#include "batch/shown.h"
#include "compose/document.h"
#include "compose/style.h"
#include "model/wording.h"
#include "render/backend.h"

#include <string.h>

static const char *const ids[] = { "title", "areas", "changes", "continued", "between", "none", "cut", "text", "column.no", "column.area",
	"column.name", "column.period", "column.table", "column.row", "column.column", "column.unit", "column.old", "column.new",
	"column.difference", "column.kind", "column.changed", "column.added", "column.removed", "kind.value", "kind.unit", "kind.printed", "kind.words",
	"kind.added", "kind.removed", "kind.heading", "kind.row-added", "kind.row-removed", "kind.column-added", "kind.column-removed", "column.around",
	"kind.area-changed", "kind.area-added", "kind.area-removed", "state.missing", "state.not-applicable",
	"state.confidential", NULL };

struct sheet_column {
	const char *word; /* of its heading */
	bool is_number;
	bool roomy;
};

enum { A_NO, A_NAME, A_PATH, A_PERIOD, A_STATE, A_CHANGED, A_ADDED, A_REMOVED, A_AROUND, A_COLUMNS };
static const struct sheet_column area_columns[A_COLUMNS] = {
	[A_NO] = { "column.no", false, false },
	[A_NAME] = { "column.name", false, true },
	[A_PATH] = { "column.area", false, false },
	[A_PERIOD] = { "column.period", false, false },
	[A_STATE] = { "column.kind", false, false },
	[A_CHANGED] = { "column.changed", true, false },
	[A_ADDED] = { "column.added", true, false },
	[A_REMOVED] = { "column.removed", true, false },
	[A_AROUND] = { "column.around", true, false },
};

enum { C_NO, C_NAME, C_PATH, C_PERIOD, C_TABLE, C_ROW, C_COLUMN, C_UNIT, C_OLD, C_NEW, C_DIFFERENCE, C_KIND, C_COLUMNS };
static const struct sheet_column change_columns[C_COLUMNS] = {
	[C_NO] = { "column.no", false, false },
	[C_NAME] = { "column.name", false, true },
	[C_PATH] = { "column.area", false, false },
	[C_PERIOD] = { "column.period", false, false },
	[C_TABLE] = { "column.table", false, true },
	[C_ROW] = { "column.row", false, true },
	[C_COLUMN] = { "column.column", false, true },
	[C_UNIT] = { "column.unit", false, false },
	[C_OLD] = { "column.old", true, false },
	[C_NEW] = { "column.new", true, false },
	[C_DIFFERENCE] = { "column.difference", true, false },
	[C_KIND] = { "column.kind", false, false },
};

struct sheets {
	const struct diff_book *book;
	const struct wording *wording;
	const char *note[2]; /* between which folders; that nothing differs, or that the list is cut */
	struct arena *arena;
};

static const char *word(const struct sheets *s, const char *id)
{
	return wording_text(s->wording, id, (const char *const[WORDING_ARGUMENTS]){ NULL }, s->arena);
}

static struct grid_cell text_cell(const struct sheets *s, const char *text)
{
	return (struct grid_cell){ .text = utf8_harmless(text, strlen(text), s->arena), .state = FIGURE_MISSING };
}

static struct grid_cell count_cell(const struct sheets *s, size_t n)
{
	struct ratio x = ratio_whole((int64_t)n);

	return (struct grid_cell){ .text = marks_exact(x, s->arena), .state = FIGURE_OK, .x = x };
}

/* A figure in words, "hai", stays a text. */
static struct grid_cell figure_cell(const struct sheets *s, const struct kept_cell *cell, bool is_there)
{
	struct grid_cell made = text_cell(s, !is_there ? "" : cell->text ? cell->text : word(s, arena_printf(s->arena, "state.%s", figure_state_name(cell->state))));

	if (is_there && cell->value && made.text[strspn(made.text, "-0123456789.,")] == '\0') {
		grid_cell_set(&made, figure_of(shown_figure(made.text, cell->x)));
		made.number_format = shown_format(shown_decimals(made.text), s->arena);
	}
	return made;
}

static void put_area(const struct sheets *s, size_t i, struct grid_cell *cell)
{
	const struct diff_area *area = &s->book->area[i];

	cell[A_NO] = text_cell(s, arena_printf(s->arena, "%zu", i + 1));
	cell[A_NAME] = text_cell(s, area->name);
	cell[A_PATH] = text_cell(s, area->path);
	cell[A_PERIOD] = text_cell(s, area->period);
	cell[A_STATE] = text_cell(s, word(s, !area->has_old ? "kind.area-added" : !area->has_now ? "kind.area-removed" : "kind.area-changed"));
	cell[A_CHANGED] = count_cell(s, area->n_changed);
	cell[A_ADDED] = count_cell(s, area->n_added);
	cell[A_REMOVED] = count_cell(s, area->n_removed);
	cell[A_AROUND] = count_cell(s, area->n_around);
}

static void put_change(const struct sheets *s, size_t i, struct grid_cell *cell)
{
	const struct diff_line *line = &s->book->line[i];

	cell[C_NO] = text_cell(s, arena_printf(s->arena, "%zu", i + 1));
	cell[C_NAME] = text_cell(s, line->area.name);
	cell[C_PATH] = text_cell(s, line->area.path);
	cell[C_PERIOD] = text_cell(s, line->area.period);
	cell[C_TABLE] = text_cell(s, *line->table ? line->table : word(s, "text"));
	cell[C_ROW] = text_cell(s, line->row);
	cell[C_COLUMN] = text_cell(s, line->column);
	cell[C_UNIT] = text_cell(s, line->unit);
	cell[C_OLD] = figure_cell(s, &line->old, line->has_old);
	cell[C_NEW] = figure_cell(s, &line->now, line->has_now);
	cell[C_DIFFERENCE] = text_cell(s, line->difference);
	if (line->has_difference) {
		grid_cell_set(&cell[C_DIFFERENCE], figure_of(line->exact));
		cell[C_DIFFERENCE].number_format = shown_format(shown_decimals(line->difference), s->arena);
	}
	cell[C_KIND] = text_cell(s, word(s, arena_printf(s->arena, "kind.%s", change_name(line->kind))));
}

static void put_columns(const struct sheets *s, struct grid_table *grid, const struct sheet_column *wanted, size_t n)
{
	struct grid_column *column = ARENA_ARRAY(s->arena, n, struct grid_column);
	struct header_cell *header = ARENA_ARRAY(s->arena, n, struct header_cell);

	for (size_t i = 0; i < n; i++) {
		const char *format = wanted[i].is_number ? "#,##0" : "@";

		header[i] = (struct header_cell){ word(s, wanted[i].word), 0, (unsigned)i, 1, 1 };
		column[i] = (struct grid_column){ .id = wanted[i].word, .align = wanted[i].is_number ? ALIGN_DECIMAL : ALIGN_LEFT,
			.number_format = format, .total_format = format, .unit = "", .is_number = wanted[i].is_number, .roomy = wanted[i].roomy };
	}
	grid->header = header;
	grid->n_header = 1;
	grid->column = column;
	grid->n_header_cell = grid->n_column = n;
}

static void put_notes(const struct sheets *s, struct grid_table *grid, size_t n_row, size_t n_found)
{
	const char **note = ARENA_ARRAY(s->arena, 2, const char *);

	note[0] = s->note[0];
	note[1] = n_row ? wording_text(s->wording, "cut",
				  (const char *const[WORDING_ARGUMENTS]){ marks_exact(ratio_whole((int64_t)n_row), s->arena),
					  marks_exact(ratio_whole((int64_t)n_found), s->arena) },
				  s->arena)
			: word(s, "none");
	grid->note = note;
	grid->n_note = n_row && n_row == n_found ? 1 : 2;
}

struct sheet_rows {
	const char *id; /* and that of its title's words */
	const struct sheet_column *column; /* [n_column] */
	size_t n_column;
	size_t stub;
	size_t n_row, n_found;
	void (*put)(const struct sheets *, size_t row, struct grid_cell *);
};

static const struct grid_table *make_grid(const struct sheets *s, const struct sheet_rows *rows)
{
	struct grid_table *grid = ARENA_NEW(s->arena, struct grid_table);
	struct grid_cell *cell = ARENA_ARRAY(s->arena, rows->n_row * rows->n_column, struct grid_cell);
	const char **key = ARENA_ARRAY(s->arena, rows->n_row, const char *);

	*grid = (struct grid_table){ .id = rows->id, .title = word(s, rows->id), .continued = word(s, "continued"), .stub = rows->stub,
		.cell = cell, .row_key = key, .n_row = rows->n_row, .row_kind = ARENA_ARRAY(s->arena, rows->n_row, enum grid_row_kind) };
	put_columns(s, grid, rows->column, rows->n_column);
	put_notes(s, grid, rows->n_row, rows->n_found);
	for (size_t i = 0; i < rows->n_row; i++) {
		rows->put(s, i, cell + i * rows->n_column);
		key[i] = cell[i * rows->n_column].text;
	}
	return grid;
}

static bool write_sheets(const struct sheets *s, struct date date, struct library *library, struct fonts *fonts, const char *path,
	struct diags *d)
{
	static const struct part none = { 0 };
	const struct diff_book *b = s->book;
	const struct sheet_rows areas = { "areas", area_columns, A_COLUMNS, A_NAME + 1, b->n_area, b->n_area_found, put_area };
	const struct sheet_rows changes = { "changes", change_columns, C_COLUMNS, C_NAME + 1, b->n_line, b->n_found, put_change };
	const struct grid_table *grid[] = { make_grid(s, &areas), make_grid(s, &changes) };
	struct document doc = { .job = "diff", .dir = "", .title = word(s, "title"), .author = "", .subject = s->note[0], .date = date,
		.style = style_read(library, "nd30", (struct origin){ 0 }, s->arena, d), .part = &none, .n_part = 1, .sheet = grid, .n_sheet = 2 };

	return doc.style && backend_xlsx.write(&doc, fonts, path, d);
}

bool diff_book_write(struct diff_book *book, const char *old, const char *now, struct date date, struct library *library, struct fonts *fonts,
	const char *path, struct diags *d)
{
	struct arena a = { 0 };
	struct sheets s = { .book = book, .arena = &a };
	bool ok;

	s.wording = wording_read(library, "diff", ids, (struct origin){ 0 }, &a, d);
	if (s.wording)
		s.note[0] = wording_text(s.wording, "between",
			(const char *const[WORDING_ARGUMENTS]){ utf8_harmless(old, strlen(old), &a), utf8_harmless(now, strlen(now), &a) }, &a);
	ok = s.wording && write_sheets(&s, date, library, fonts, path, d);
	arena_clear(&a);
	return ok;
}
