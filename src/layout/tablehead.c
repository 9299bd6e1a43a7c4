#include "layout/table.h"

enum { NOBODY = -1 };

/* A header cell's place in the block. */
struct place {
	size_t row;
	size_t rows;
	size_t column, columns; /* none when it is in another block */
};

/* A header cell or the number of a column. */
struct head_cell {
	struct place place;
	struct measure box;
	struct text text;
	struct lines lines;
	int element;
};

/* The header rows of one block, the row of column numbers included. */
struct head {
	const struct table_block *block;
	size_t n_row;
	double *y;  /* [n_row + 1] from the top */
	int *owner; /* [n_row * block->n] cell or NOBODY */
	struct head_cell *cell; /* [n_cell] that are in the block */
	size_t n_cell;
};

static struct place place_of(const struct head *h, const struct header_cell *cell)
{
	const struct table_block *b = h->block;
	struct place p = { .row = cell->row, .rows = cell->rows };

	for (size_t i = 0; i < b->n; i++) {
		if (b->column[i] < cell->column || b->column[i] >= cell->column + cell->columns)
			continue;
		if (!p.columns)
			p.column = i;
		p.columns++;
	}
	if (p.row + p.rows > h->n_row)
		p.rows = p.row < h->n_row ? h->n_row - p.row : 0;
	return p;
}

static struct measure cell_box(const struct flow *f, const struct table_block *b, size_t column,
	size_t columns)
{
	double pad = f->style->table_pad_pt;

	return (struct measure){
		.left = b->edge[column] + pad,
		.width = b->edge[column + columns] - b->edge[column] - 2 * pad,
		.size_pt = b->size_pt,
		.setting = SET_CENTRED,
	};
}

static void cell_add(struct flow *f, struct head *h, const struct cell *cell, struct place p)
{
	struct head_cell *s = &h->cell[h->n_cell];

	for (size_t row = p.row; row < p.row + p.rows; row++)
		for (size_t i = p.column; i < p.column + p.columns; i++)
			h->owner[row * h->block->n + i] = (int)h->n_cell;
	h->n_cell++;
	s->place = p;
	s->box = cell_box(f, h->block, p.column, p.columns);
	s->text = measured_text(f, cell);
	s->lines = lines_break(f, &s->text, &s->box);
}

static void cells_break(struct flow *f, struct head *h)
{
	const struct table_measure *m = h->block->measure;
	const struct grid_table *t = m->table;

	lines_forget(f);
	h->cell = ARENA_ARRAY(f->arena, t->n_header_cell + h->block->n, struct head_cell);
	for (size_t i = 0; i < t->n_header_cell; i++) {
		struct place p = place_of(h, &t->header[i]);

		if (p.columns && p.rows)
			cell_add(f, h, &m->head[i], p);
	}
	for (size_t i = 0; m->numbering && i < h->block->n; i++)
		cell_add(f, h, &m->numbering[h->block->column[i]],
			(struct place){ .row = h->n_row - 1, .rows = 1, .column = i, .columns = 1 });
}

static double lines_height(const struct head_cell *s)
{
	return (double)s->lines.n * line_height(s->box.size_pt, 1);
}

/* The rows of a merged cell grow alike when it needs more than they have. */
static void grow_rows(double *height, const struct place *p, double needed)
{
	double has = 0;

	for (size_t i = p->row; i < p->row + p->rows; i++)
		has += height[i];
	if (needed <= has)
		return;
	for (size_t i = p->row; i < p->row + p->rows; i++)
		height[i] += (needed - has) / (double)p->rows;
}

/* Cells of one row first: a merged one may then have enough. */
static void heights(struct flow *f, struct head *h)
{
	double *height = ARENA_ARRAY(f->arena, h->n_row, double);
	double pad = 2 * f->style->table_header_pad_pt;

	for (size_t i = 0; i < h->n_row; i++)
		height[i] = line_height(h->block->size_pt, 1) + pad;
	for (int merged = 0; merged < 2; merged++)
		for (size_t i = 0; i < h->n_cell; i++)
			if ((h->cell[i].place.rows > 1) == merged)
				grow_rows(height, &h->cell[i].place, lines_height(&h->cell[i]) + pad);
	h->y[0] = 0;
	for (size_t i = 0; i < h->n_row; i++)
		h->y[i + 1] = h->y[i] + height[i];
}

static void cell_set(struct flow *f, const struct head *h, struct head_cell *s, int row_element)
{
	const struct place *p = &s->place;
	double room = h->y[p->row + p->rows] - h->y[p->row];
	struct element *e;

	s->element = element_new(f, ROLE_HEADER_CELL, row_element);
	e = &f->pages->element[s->element];
	e->scope = SCOPE_COLUMN;
	e->row = (unsigned)p->row;
	e->column = (unsigned)h->block->column[p->column];
	e->rows = (unsigned)p->rows;
	e->columns = (unsigned)p->columns;
	text_belongs(&s->text, s->element);
	lines_set(f, &s->text, &s->lines, &s->box, h->y[p->row] + (room - lines_height(s)) / 2);
}

static void cells_set(struct flow *f, const struct head *h)
{
	for (size_t row = 0; row < h->n_row; row++) {
		int element = element_new(f, ROLE_ROW, h->block->element);

		f->pages->element[element].row = (unsigned)row;
		for (size_t i = 0; i < h->n_cell; i++)
			if (h->cell[i].place.row == row)
				cell_set(f, h, &h->cell[i], element);
	}
}

/* The header cells above a column. What is above one of them is the beginning of the list of its first column. */
static void headers_of(struct flow *f, const struct head *h, size_t column, struct column_headers *headers)
{
	headers->element = ARENA_ARRAY(f->arena, h->n_row, int);
	for (size_t row = 0; row < h->n_row; row++) {
		int owner = h->owner[row * h->block->n + column];
		const struct head_cell *s;
		struct element *e;

		if (owner == NOBODY || h->cell[owner].place.row != row)
			continue;
		s = &h->cell[owner];
		e = &f->pages->element[s->element];
		if (s->place.column == column) {
			e->header = headers->element;
			e->n_header = headers->n;
		}
		headers->element[headers->n++] = s->element;
	}
}

/* ---- rules ---- */

static bool same_cell(const struct head *h, size_t a, size_t b)
{
	return h->owner[a] != NOBODY && h->owner[a] == h->owner[b];
}

/* Whether the border between a row and the one above it is drawn in that column. */
static bool level_border(const struct head *h, size_t row, size_t column)
{
	size_t n = h->block->n;

	return !row || row == h->n_row || !same_cell(h, (row - 1) * n + column, row * n + column);
}

static bool upright_border(const struct head *h, size_t row, size_t column)
{
	size_t n = h->block->n;

	return !column || column == n || !same_cell(h, row * n + column - 1, row * n + column);
}

static void level_rules(struct flow *f, const struct head *h)
{
	const struct table_block *b = h->block;

	for (size_t row = 0; row <= h->n_row; row++)
		for (size_t i = 0; i < b->n; i++) {
			size_t from = i;

			while (i < b->n && level_border(h, row, i))
				i++;
			if (i > from)
				rule_set(f, b->edge[from], h->y[row], b->edge[i], h->y[row],
					f->style->table_rule_pt);
		}
}

static void upright_rules(struct flow *f, const struct head *h)
{
	const struct table_block *b = h->block;

	for (size_t column = 0; column <= b->n; column++)
		for (size_t i = 0; i < h->n_row; i++) {
			size_t from = i;

			while (i < h->n_row && upright_border(h, i, column))
				i++;
			if (i > from)
				rule_set(f, b->edge[column], h->y[from], b->edge[column], h->y[i],
					f->style->table_rule_pt);
		}
}

double table_head_set(struct flow *f, struct table_block *b)
{
	const struct table_measure *m = b->measure;
	struct head h = { .block = b, .n_row = m->table->n_header + (m->numbering ? 1 : 0) };

	h.y = ARENA_ARRAY(f->arena, h.n_row + 1, double);
	h.owner = ARENA_ARRAY(f->arena, h.n_row * b->n, int);
	for (size_t i = 0; i < h.n_row * b->n; i++)
		h.owner[i] = NOBODY;
	cells_break(f, &h);
	heights(f, &h);
	cells_set(f, &h);
	b->headers = ARENA_ARRAY(f->arena, b->n, struct column_headers);
	for (size_t i = 0; i < b->n; i++)
		headers_of(f, &h, i, &b->headers[i]);
	level_rules(f, &h);
	upright_rules(f, &h);
	return h.y[h.n_row];
}
