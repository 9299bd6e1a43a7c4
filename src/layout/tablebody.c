#include "layout/table.h"

/* A row with the lines its cells need. */
struct row {
	const struct table_block *block;
	size_t row;	 /* of the table */
	size_t n_line;	 /* of its highest cell */
	int element;
};

/* Part of a row's lines that is set at once: all of them, but for a row higher than a page. */
struct portion {
	size_t first;
	size_t end;
	double height; /* with padding */
	bool whole;
};

static const struct cell *cell_at(const struct row *r, size_t i)
{
	const struct table_measure *m = r->block->measure;

	return &m->body[r->row * m->table->n_column + r->block->column[i]];
}

static enum setting setting_of(enum align align)
{
	switch (align) {
	case ALIGN_LEFT:
		return SET_LEFT;
	case ALIGN_CENTRE:
	case ALIGN_RIGHT: /* words among numbers */
	case ALIGN_DECIMAL:
		return SET_CENTRED;
	}
	return SET_LEFT;
}

static struct measure box_of(const struct flow *f, const struct row *r, size_t i)
{
	const struct table_block *b = r->block;
	double pad = f->style->table_pad_pt;

	return (struct measure){
		.left = b->edge[i] + pad,
		.width = b->edge[i + 1] - b->edge[i] - 2 * pad,
		.size_pt = b->size_pt,
		.setting = setting_of(b->measure->table->column[b->column[i]].align),
	};
}

static size_t count_lines(struct flow *f, const struct row *r, size_t i)
{
	const struct cell *cell = cell_at(r, i);
	struct measure m = box_of(f, r, i);
	struct text t;

	if (cell->number || units_pt(f, cell->whole, m.size_pt) <= m.width)
		return cell->n_atom > 0;
	t = measured_text(r->block->measure, cell, 0);
	return lines_break(f, &t, &m).n;
}

/* The units of all numbers of a column stand below each other, and the whole of them in its
 * middle. */
static struct measure number_box(const struct flow *f, const struct row *r, size_t i)
{
	const struct cell *cell = cell_at(r, i);
	const struct column_measure *c = &r->block->measure->column[r->block->column[i]];
	struct measure m = box_of(f, r, i);
	double slack = m.width - units_pt(f, c->integer + c->fraction, m.size_pt);
	double before = units_pt(f, c->integer - (cell->whole - cell->fraction), m.size_pt);

	m.left += slack / 2 + before;
	m.setting = SET_LEFT;
	return m;
}

static void lines_set(struct flow *f, const struct row *r, size_t i, const struct portion *portion,
	int element)
{
	const struct cell *cell = cell_at(r, i);
	struct measure m = cell->number ? number_box(f, r, i) : box_of(f, r, i);
	struct text t = measured_text(r->block->measure, cell, element);
	double height = line_height(m.size_pt, 1);
	double y = baseline_in(f, m.size_pt, height);
	struct lines lines = { 0 };
	struct line one = { .end = cell->n_atom, .natural = cell->whole, .last = true };
	struct glyphs *glyphs;

	if (cell->number || units_pt(f, cell->whole, m.size_pt) <= m.width)
		lines = (struct lines){ &one, 1 };
	else
		lines = lines_break(f, &t, &m);
	glyphs = glyphs_new(f, &t);
	y += portion->whole ? (portion->height - (double)lines.n * height) / 2
			    : f->style->table_header_pad_pt;
	for (size_t k = portion->first; k < lines.n && k < portion->end; k++) {
		line_set(f, &t, &lines.line[k], &m, 0, y, &glyphs);
		y += height;
	}
}

/* Cells get their elements with the first portion. */
static void portion_set(struct flow *f, const struct row *r, const struct portion *portion,
	int *cell_element)
{
	const struct table_block *b = r->block;
	const struct grid_table *t = b->measure->table;
	unsigned n_head = t->n_header + (t->numbering ? 1 : 0);

	for (size_t i = 0; i < b->n; i++) {
		if (!portion->first) {
			struct element *e;

			cell_element[i] = element_new(f, ROLE_DATA_CELL, r->element);
			e = &f->pages->element[cell_element[i]];
			e->row = n_head + (unsigned)r->row;
			e->column = (unsigned)b->column[i];
		}
		if (cell_at(r, i)->n_atom)
			lines_set(f, r, i, portion, cell_element[i]);
	}
	rule_set(f, b->edge[0], portion->height, b->edge[b->n], portion->height,
		f->style->table_rule_pt);
}

/* Not alone on a page: the first row, a group's head, the row before the total at the end, and
 * the last row before notes. */
static bool keeps_next(const struct grid_table *t, size_t row)
{
	bool last = row + 1 == t->n_row;

	if (last)
		return t->n_note > 0;
	if (!row || !t->row_kind)
		return !row;
	return t->row_kind[row] == GRID_GROUP ||
		(row + 2 == t->n_row && t->row_kind[row + 1] == GRID_TOTAL);
}

/* Lines of a row that fit on a page of their own below the repeated head. */
static size_t lines_of_page(const struct flow *f, const struct table_block *b,
	const struct table_frame *frame)
{
	double room = f->bottom - f->top - 2 * f->style->table_header_pad_pt;

	if (frame->repeats)
		room -= frame->continued_height + frame->head_height;
	room /= line_height(b->size_pt, 1);
	return room > 1 ? (size_t)room : 1;
}

/* Where the row came from: its first cell that a source has. */
static struct origin row_place(const struct grid_table *t, size_t row)
{
	for (size_t i = 0; i < t->n_column; i++) {
		const struct grid_cell *cell = &t->cell[row * t->n_column + i];

		if (cell->at.file && cell->at.file != t->at.file)
			return cell->at;
	}
	return t->at;
}

static void row_set(struct flow *f, struct row *r, const struct table_frame *frame, size_t most,
	int *cell_element)
{
	const struct grid_table *t = r->block->measure->table;
	double line = line_height(r->block->size_pt, 1);
	bool whole = r->n_line <= most;
	size_t first = 0;

	r->element = element_new(f, ROLE_ROW, r->block->element);
	f->pages->element[r->element].row = t->n_header + (t->numbering ? 1 : 0) + (unsigned)r->row;
	if (!whole)
		diag_note(f->diags, row_place(t, r->row), "tall-row",
			"this row of table '%s' is higher than a page and is split over pages", t->id);
	do {
		size_t end = r->n_line - first > most ? first + most : r->n_line;
		struct portion portion = {
			.first = first,
			.end = end,
			.height = (double)(end - first) * line + 2 * f->style->table_header_pad_pt,
			.whole = whole,
		};

		slab_open(f, 0)->frame = frame;
		portion_set(f, r, &portion, cell_element);
		slab_close(f, portion.height, whole && keeps_next(t, r->row));
		first = end;
	} while (first < r->n_line);
}

void table_body_set(struct flow *f, const struct table_block *b, const struct table_frame *frame)
{
	const struct grid_table *t = b->measure->table;
	size_t most = lines_of_page(f, b, frame);
	int *cell_element = ARENA_ARRAY(f->arena, b->n, int);

	for (size_t row = 0; row < t->n_row; row++) {
		struct row r = { .block = b, .row = row, .n_line = 1 };

		for (size_t i = 0; i < b->n; i++) {
			size_t n = count_lines(f, &r, i);

			r.n_line = n > r.n_line ? n : r.n_line;
		}
		row_set(f, &r, frame, most, cell_element);
	}
}
