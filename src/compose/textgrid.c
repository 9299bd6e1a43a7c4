#include "compose/textgrid.h"

#include "base/texts.h"

static const struct grid_column *make_columns(const struct text_grid *t, struct arena *a)
{
	struct grid_column *column = ARENA_ARRAY(a, t->n_column, struct grid_column);

	for (size_t i = 0; i < t->n_column; i++)
		column[i] = (struct grid_column){ t->column[i].id, t->column[i].align, "@", "@", "", false, t->column[i].roomy };
	return column;
}

static const struct header_cell *make_header(const struct text_grid *t, struct arena *a)
{
	struct header_cell *header = ARENA_ARRAY(a, t->n_column, struct header_cell);

	for (size_t i = 0; i < t->n_column; i++)
		header[i] = (struct header_cell){ t->column[i].label, 0, (unsigned)i, 1, 1 };
	return header;
}

static const struct grid_cell *make_cells(const struct text_grid *t, struct arena *a)
{
	struct grid_cell *cell = ARENA_ARRAY(a, t->n_row * t->n_column, struct grid_cell);
	struct texts texts;

	texts_init(&texts, a);
	for (size_t i = 0; i < t->n_row * t->n_column; i++)
		cell[i] = (struct grid_cell){ .text = texts_keep(&texts, t->text[i]), .state = FIGURE_MISSING };
	texts_clear(&texts);
	return cell;
}

const struct grid_table *text_grid_make(const struct text_grid *t, struct arena *a)
{
	struct grid_table *g = ARENA_NEW(a, struct grid_table);
	const struct grid_cell *cell = make_cells(t, a);
	enum grid_row_kind *kind = ARENA_ARRAY(a, t->n_row, enum grid_row_kind);
	const char **key = ARENA_ARRAY(a, t->n_row, const char *);

	for (size_t i = 0; i < t->n_row; i++) {
		kind[i] = GRID_LEAF;
		key[i] = cell[i * t->n_column].text;
	}
	*g = (struct grid_table){
		.id = t->id,
		.title = t->title,
		.continued = t->continued,
		.n_header = 1,
		.header = make_header(t, a),
		.n_header_cell = t->n_column,
		.column = make_columns(t, a),
		.n_column = t->n_column,
		.stub = t->stub,
		.cell = cell,
		.row_kind = kind,
		.row_key = key,
		.n_row = t->n_row,
		.note = t->note,
		.n_note = t->n_note,
	};
	return g;
}
