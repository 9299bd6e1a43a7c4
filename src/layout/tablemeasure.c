#include "layout/table.h"

#include <string.h>

enum { DECENT_EM = 7 }; /* names are given this width if they fill it */

static const double word_share_max = 0.3; /* of the width, at the smallest type: wider words are broken */
static const double air = 0.75;		  /* [em] beside the widest number or name */

/* The text just written becomes a cell. */
static void cell_take(const struct flow *f, struct cell *cell)
{
	const struct text t = text_end(&f->cells);

	*cell = (struct cell){
		.atom = f->cells.first,
		.n_atom = t.n,
		.n_space = t.n_space,
		.widest = t.widest,
		.whole = t.whole,
	};
}

static void cell_measure(struct flow *f, const char *s, enum face face, const struct origin *at,
	struct cell *cell)
{
	text_begin(&f->cells);
	text_put(f, &f->cells, s, face, 0, at);
	cell_take(f, cell);
}

/* "15=3-7+9+11" may be broken before each sign, best before the first, so that it does not make its
 * column wide. */
static void numbering_measure(struct flow *f, const struct table_measure *m, const char *s,
	struct cell *cell)
{
	bool formula = s && strchr(s, '=');

	text_begin(&f->cells);
	while (formula && *s) {
		size_t n = 1 + strcspn(s + 1, "=+-*/:");

		text_put(f, &f->cells, arena_slice(f->arena, s, n), FACE_ITALIC, 0,
			&m->table->at);
		s += n;
		f->cells.pending = *s == '=' ? JOINT_DASH : JOINT_CHARACTER;
	}
	text_put(f, &f->cells, s, FACE_ITALIC, 0, &m->table->at);
	cell_take(f, cell);
}

/* Digits with marks, "-", "[c]"; what is aligned by its units. */
static bool is_number(const char *s)
{
	bool any = *s != '\0';

	if (!strcmp(s, "[c]"))
		return true;
	while ((*s >= '0' && *s <= '9') || (*s && strchr(".,-+%()", *s)))
		s++;
	return any && !*s;
}

/* From the last comma on; a number is one word, and each of its characters a glyph. */
static int64_t fraction_width(const struct flow *f, const struct cell *cell, const char *s)
{
	const char *comma = strrchr(s, ',');
	const struct word *word = cell->n_atom ? f->cells.atom[cell->atom].word : NULL;

	if (!comma || !word || word->n_glyph != word->n_text)
		return 0;
	return word->advance - word->x[comma - s];
}

static int64_t larger(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static int64_t smaller(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* Longest part of a text that its column has to hold. */
static int64_t unbroken(const struct table_measure *m, const struct cell *cell)
{
	return smaller(cell->widest, m->word_max);
}

static void body_cell(struct flow *f, struct table_measure *m, size_t row, size_t column)
{
	const struct grid_table *t = m->table;
	const struct grid_cell *grid = &t->cell[row * t->n_column + column];
	const struct origin *at = grid->at ? grid->at : &t->at;
	struct cell *cell = &m->body[row * t->n_column + column];
	struct column_measure *measure = &m->column[column];
	enum align align = t->column[column].align;
	unsigned bold = t->row_kind && t->row_kind[row] != GRID_LEAF ? RUN_BOLD : 0;
	enum face face = face_of(grid->flags | bold);

	cell_measure(f, grid->text, face, at, cell);
	cell->number = (align == ALIGN_DECIMAL || align == ALIGN_RIGHT) && grid->text &&
		is_number(grid->text);
	if (cell->number) {
		if (align == ALIGN_DECIMAL)
			cell->fraction = fraction_width(f, cell, grid->text);
		measure->integer = larger(measure->integer, cell->whole - cell->fraction);
		measure->fraction = larger(measure->fraction, cell->fraction);
		return;
	}
	measure->least = larger(measure->least, unbroken(m, cell));
	measure->full = larger(measure->full, cell->whole);
	if (cell->widest > m->word_max)
		diag_note(f->diags, *at, "long-word",
			"a word in this cell is too wide for the table and is broken where the line ends");
}

/* ---- columns ---- */

/* Behind the part that begins at i: up to the next space where a line of a header may end. */
static size_t part_end(const struct text *t, size_t i)
{
	for (i++; i < t->n; i++)
		if (t->atom[i].joint == JOINT_SPACE || t->atom[i].joint == JOINT_BOUND)
			break;
	return i;
}

/* Whether the text needs no more lines of that width; *wider is the next one to try. */
static bool takes_lines(const struct text *t, size_t most, int64_t width, int64_t *wider)
{
	int64_t start = 0;
	size_t n = 1;

	*wider = t->whole;
	for (size_t i = 0, end; i < t->n; i = end) {
		int64_t until;

		end = part_end(t, i);
		until = t->atom[end - 1].end;
		if (until - start <= width)
			continue;
		*wider = smaller(*wider, until - start);
		start = t->atom[i].start;
		n += until - start > width ? most : 1;
	}
	return n <= most;
}

/* The least width at which a header takes no more lines. */
static int64_t width_of_lines(const struct flow *f, const struct cell *cell, size_t most)
{
	const struct text t = measured_text(f, cell);
	int64_t width = larger(t.widest, t.whole / (int64_t)most);
	int64_t wider;

	while (width < t.whole && !takes_lines(&t, most, width, &wider))
		width = wider;
	return width;
}

/* A cell merged over rows may have some lines more. */
static void header_column(const struct flow *f, const struct table_measure *m,
	struct column_measure *c, const struct cell *cell, size_t rows)
{
	c->least = larger(c->least, unbroken(m, cell));
	for (size_t i = 0; i < HEADER_LINES; i++)
		c->header[i] = larger(c->header[i], width_of_lines(f, cell, i + rows));
}

/* Width at which a formula of column numbers takes two lines, or three where its parts fall badly. */
static int64_t half_of(const struct cell *cell)
{
	return cell->whole > cell->widest ? cell->whole * 11 / 20 : cell->whole;
}

static int64_t widen(int64_t now, int64_t wanted, int64_t sum, size_t n)
{
	return wanted > sum ? now + (wanted - sum + (int64_t)n - 1) / (int64_t)n : now;
}

/* A header over several columns widens them all alike. */
static void header_span(const struct flow *f, const struct table_measure *m,
	struct column_measure *column, size_t n, const struct cell *cell)
{
	struct column_measure sum = { 0 };

	for (size_t i = 0; i < n; i++) {
		sum.least += column[i].least;
		sum.decent += column[i].decent;
		for (size_t k = 0; k < HEADER_LINES; k++)
			sum.header[k] += larger(column[i].header[k], column[i].decent);
	}
	for (size_t k = 0; k < HEADER_LINES; k++) {
		int64_t wanted = width_of_lines(f, cell, k + 1);

		for (size_t i = 0; i < n; i++)
			column[i].header[k] = widen(larger(column[i].header[k], column[i].decent),
				wanted, sum.header[k], n);
	}
	for (size_t i = 0; i < n; i++) {
		column[i].least = widen(column[i].least, unbroken(m, cell), sum.least, n);
		column[i].decent = widen(column[i].decent, unbroken(m, cell), sum.decent, n);
	}
}

static void header_measure(struct flow *f, struct table_measure *m)
{
	const struct grid_table *t = m->table;

	m->head = ARENA_ARRAY(f->arena, t->n_header_cell, struct cell);
	for (size_t i = 0; i < t->n_header_cell; i++) {
		cell_measure(f, t->header[i].text, FACE_BOLD, &t->at, &m->head[i]);
		if (t->header[i].columns == 1)
			header_column(f, m, &m->column[t->header[i].column], &m->head[i],
				t->header[i].rows);
	}
	if (!t->numbering)
		return;
	m->numbering = ARENA_ARRAY(f->arena, t->n_column, struct cell);
	for (size_t i = 0; i < t->n_column; i++) {
		numbering_measure(f, m, t->numbering[i], &m->numbering[i]);
		m->column[i].least = larger(m->column[i].least, m->numbering[i].widest);
		m->column[i].decent = larger(m->column[i].decent, half_of(&m->numbering[i]));
	}
}

void table_measure(struct flow *f, const struct grid_table *t, struct table_measure *m)
{
	int64_t decent = (int64_t)(DECENT_EM * f->em);

	galley_clear(&f->cells);
	*m = (struct table_measure){
		.table = t,
		.word_max = (int64_t)(word_share_max * f->width * f->em / f->style->table_min_pt),
	};
	m->column = ARENA_ARRAY(f->arena, t->n_column, struct column_measure);
	m->body = ARENA_ARRAY(f->arena, t->n_row * t->n_column, struct cell);
	for (size_t row = 0; row < t->n_row; row++)
		for (size_t column = 0; column < t->n_column; column++)
			body_cell(f, m, row, column);
	for (size_t i = 0; i < t->n_column; i++) {
		struct column_measure *c = &m->column[i];

		c->least = larger(c->least, c->integer + c->fraction);
		c->decent = smaller(c->full, decent);
		c->airy = larger(c->least, c->decent) + (int64_t)(air * f->em);
	}
	header_measure(f, m);
	for (size_t i = 0; i < t->n_column; i++) {
		struct column_measure *c = &m->column[i];

		c->decent = larger(c->decent, c->least);
		c->airy = larger(c->airy, c->decent);
		c->full = larger(c->full, c->airy);
	}
	for (size_t i = 0; i < t->n_header_cell; i++)
		if (t->header[i].columns > 1)
			header_span(f, m, &m->column[t->header[i].column], t->header[i].columns,
				&m->head[i]);
}
