#include "layout/table.h"

/* A cell with its lines. */
struct set_cell {
	const struct cell *cell;
	struct measure box;
	struct text text;
	struct lines lines;
	int element;
	const struct word_look *look; /* or NULL */
};

struct row {
	const struct table_block *block;
	struct set_cell *cell; /* [block->n] */
	size_t row;	       /* of the table */
	size_t n_line;	       /* of its highest cell */
	int element;
	int group; /* element of the header of the group whose rows follow; 0: none */
};

/* Part of a row's lines that is set at once: all of them, but for a row higher than a page. */
struct portion {
	size_t first;
	size_t end;
	double height; /* with padding */
	bool whole;
};

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

static struct measure box_of(const struct flow *f, const struct table_block *b, size_t i)
{
	double pad = f->style->table_pad_pt;

	return (struct measure){
		.left = b->edge[i] + pad,
		.width = b->edge[i + 1] - b->edge[i] - 2 * pad,
		.size_pt = b->size_pt,
		.setting = setting_of(b->measure->table->column[b->column[i]].align),
	};
}

/* The units of all numbers of a column stand below each other, and the whole of them in its
 * middle. */
static void align_number(const struct flow *f, const struct column_measure *c, struct set_cell *s)
{
	struct measure *m = &s->box;
	double slack = m->width - units_pt(f, c->integer + c->fraction, m->size_pt);
	double before = units_pt(f, c->integer - (s->cell->whole - s->cell->fraction), m->size_pt);

	m->left += slack / 2 + before;
	m->setting = SET_LEFT;
}

static struct lines one_line(struct flow *f, const struct text *t)
{
	struct lines lines = { f->n_line, t->n > 0 };

	*SCRATCH_PUSH(f->line, f->n_line, &f->cap_line) =
		(struct line){ .end = t->n, .natural = t->whole, .last = true };
	return lines;
}

/* The lines of all cells. */
static void row_break(struct flow *f, struct row *r)
{
	const struct table_block *b = r->block;
	const struct cell *cells = b->measure->body + r->row * b->measure->table->n_column;

	lines_forget(f);
	r->n_line = 1;
	for (size_t i = 0; i < b->n; i++) {
		const struct cell *cell = &cells[b->column[i]];
		struct set_cell *s = &r->cell[i];

		*s = (struct set_cell){ cell, box_of(f, b, i), measured_text(f, cell),
			.element = ARTIFACT,
			.look = word_look_of(f->document, b->measure->table, r->row, b->column[i]) };
		s->box.colour = s->look ? s->look->ink : 0;
		if (cell->number || units_pt(f, cell->whole, b->size_pt) <= s->box.width)
			s->lines = one_line(f, &s->text);
		else
			s->lines = lines_break(f, &s->text, &s->box);
		if (cell->number)
			align_number(f, &b->measure->column[b->column[i]], s);
		r->n_line = s->lines.n > r->n_line ? s->lines.n : r->n_line;
	}
}

static void cell_set(struct flow *f, const struct set_cell *s, const struct portion *portion)
{
	double height = line_height(s->box.size_pt, 1);
	double y = baseline_in(f, s->box.size_pt, height);
	struct glyphs *glyphs = glyphs_new(f, &s->text);

	y += portion->whole ? (portion->height - (double)s->lines.n * height) / 2
			    : f->style->table_header_pad_pt;
	for (size_t k = portion->first; k < s->lines.n && k < portion->end; k++) {
		line_set(f, &s->text, &f->line[s->lines.first + k], &s->box, 0, y, &glyphs);
		y += height;
	}
}

/* The label is the header of its row. */
static bool is_row_header(const struct table_block *b, const struct set_cell *s, size_t i)
{
	return b->column[i] + 1 == b->measure->table->stub && s->text.n > 0;
}

static void cell_element(struct flow *f, const struct row *r, size_t i)
{
	const struct table_block *b = r->block;
	const struct grid_table *t = b->measure->table;
	struct set_cell *s = &r->cell[i];
	bool header = is_row_header(b, s, i);
	struct element *e;

	s->element = element_new(f, header ? ROLE_HEADER_CELL : ROLE_DATA_CELL, r->element);
	e = &f->pages->element[s->element];
	e->row = t->n_header + (t->numbering ? 1 : 0) + (unsigned)r->row;
	e->column = (unsigned)b->column[i];
	e->scope = header ? SCOPE_ROW : SCOPE_NONE;
	e->header = b->headers[i].element;
	e->n_header = b->headers[i].n;
	text_belongs(&s->text, s->element);
}

/* The head of a group stands above its rows; a total is in none. */
static void enter_group(struct row *r, int header)
{
	const struct grid_table *t = r->block->measure->table;
	enum grid_row_kind kind = t->row_kind ? t->row_kind[r->row] : GRID_LEAF;

	if (kind != GRID_LEAF)
		r->group = kind == GRID_GROUP ? header : 0;
}

static void cell_elements(struct flow *f, struct row *r)
{
	int header = 0;

	for (size_t i = 0; i < r->block->n; i++) {
		cell_element(f, r, i);
		if (is_row_header(r->block, &r->cell[i], i))
			header = r->cell[i].element;
	}
	enter_group(r, header);
	for (size_t i = 0; i < r->block->n; i++) {
		struct element *e = &f->pages->element[r->cell[i].element];

		e->row_header = r->cell[i].element != header ? header : 0;
		e->group_header = r->group != header ? r->group : 0;
	}
}

/* Its colour says no more than its word. */
static void cell_fill(struct flow *f, const struct row *r, size_t i, double height)
{
	const struct table_block *b = r->block;

	if (r->cell[i].look)
		*item_new(f) = (struct item){
			.kind = ITEM_BOX,
			.element = ARTIFACT,
			.x = (float)b->edge[i],
			.x2 = (float)b->edge[i + 1],
			.y2 = (float)height,
			.colour = r->cell[i].look->fill & 0xFFFFFFU,
		};
}

/* Cells get their elements with the first portion. */
static void portion_set(struct flow *f, struct row *r, const struct portion *portion)
{
	const struct table_block *b = r->block;

	if (!portion->first)
		cell_elements(f, r);
	for (size_t i = 0; i < b->n; i++)
		cell_fill(f, r, i, portion->height);
	for (size_t i = 0; i < b->n; i++)
		if (r->cell[i].text.n)
			cell_set(f, &r->cell[i], portion);
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

		if (cell->at && cell->at->file && cell->at->file != t->at.file)
			return *cell->at;
	}
	return t->at;
}

static void row_set(struct flow *f, struct row *r, const struct table_frame *frame, size_t most)
{
	const struct grid_table *t = r->block->measure->table;
	double line = line_height(r->block->size_pt, 1);
	bool whole = r->n_line <= most;
	size_t first = 0;

	r->element = element_new(f, ROLE_ROW, r->block->element);
	f->pages->element[r->element].row = t->n_header + (t->numbering ? 1 : 0) + (unsigned)r->row;
	if (!whole)
		diag_note(f->diags, row_place(t, r->row), "tall-row",
			"this row of table '%s' is higher than a page and is split over pages",
			t->id);
	do {
		size_t end = r->n_line - first > most ? first + most : r->n_line;
		struct portion portion = {
			.first = first,
			.end = end,
			.height = (double)(end - first) * line + 2 * f->style->table_header_pad_pt,
			.whole = whole,
		};

		slab_open(f, 0)->frame = frame;
		portion_set(f, r, &portion);
		slab_close(f, portion.height, whole && keeps_next(t, r->row));
		first = end;
	} while (first < r->n_line);
}

void table_body_set(struct flow *f, const struct table_block *b, const struct table_frame *frame)
{
	size_t most = lines_of_page(f, b, frame);
	struct row r = { .block = b, .cell = ARENA_ARRAY(f->arena, b->n, struct set_cell) };

	for (r.row = 0; r.row < b->measure->table->n_row; r.row++) {
		row_break(f, &r);
		row_set(f, &r, frame, most);
	}
}
