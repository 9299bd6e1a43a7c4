#include "base/grid.h"

#include "base/arena.h"

static struct cell copy_cell(const struct cell *from, struct arena *a)
{
	struct cell c = *from;

	c.text = arena_slice(a, from->text ? from->text : "", from->text ? from->n_text : 0);
	if (from->name)
		c.name = arena_text(a, from->name);
	return c;
}

static bool grid_take(struct row_sink *sink, const struct row *row, size_t n_row, struct diags *d)
{
	struct grid *g = (struct grid *)sink;

	(void)d;
	for (size_t i = 0; i < n_row; i++) {
		struct cell *cell;
		struct row *r;

		if (g->max_row && g->n_row >= g->max_row)
			break;
		cell = ARENA_ARRAY(g->arena, row[i].n_cell, struct cell);
		for (size_t k = 0; k < row[i].n_cell; k++)
			cell[k] = copy_cell(&row[i].cell[k], g->arena);
		r = ARENA_PUSH(g->arena, g->row, g->n_row, &g->cap);
		*r = (struct row){ cell, row[i].n_cell, row[i].row, row[i].sheet ? arena_text(g->arena, row[i].sheet) : NULL };
	}
	return true;
}

void grid_init(struct grid *g, struct arena *a, size_t max_row)
{
	*g = (struct grid){ .sink = { .take = grid_take }, .arena = a, .max_row = max_row };
}
