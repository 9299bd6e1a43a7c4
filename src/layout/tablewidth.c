#include "layout/table.h"

#include <string.h>

enum {
	DECENT_EM = 7,	 /* names are given this width if they fill it */
	WIDE_EM = 3,	 /* columns at least this wide share what is left */
	FULL_LINES = 3,	 /* of a header text in a column that is full */
	ROOMY_LINES = 2, /* ... that is roomy */
};
static const double stub_share_max = 0.5; /* of the width: columns repeated in each block */
static const double word_share_max = 0.3; /* of the width, at the smallest type: wider words are broken */
static const double levelling = 1.02;	  /* steps in which blocks of columns are tried narrower */

/* ---- texts ---- */

/* What f->text holds becomes a cell. */
static void cell_take(struct flow *f, struct table_measure *m, struct cell *cell)
{
	const struct text *t = &f->text;

	*cell = (struct cell){
		.atom = m->n_atom,
		.n_atom = t->n,
		.n_space = t->n_space,
		.widest = t->widest,
		.whole = t->whole,
	};
	for (size_t i = 0; i < t->n; i++)
		*ARENA_PUSH(f->arena, m->atom, m->n_atom, &m->cap_atom) = t->atom[i];
}

static void cell_measure(struct flow *f, struct table_measure *m, const char *s, enum face face,
	struct origin at, struct cell *cell)
{
	text_clear(&f->text);
	text_put(f, &f->text, s, face, 0, at);
	cell_take(f, m, cell);
}

/* "15=3-7+9+11" may be broken before each sign, best before the first, so that it does not make its
 * column wide. */
static void numbering_measure(struct flow *f, struct table_measure *m, const char *s,
	struct cell *cell)
{
	bool formula = s && strchr(s, '=');

	text_clear(&f->text);
	while (formula && *s) {
		size_t n = 1 + strcspn(s + 1, "=+-*/:");

		text_put(f, &f->text, arena_slice(f->arena, s, n), FACE_ITALIC, 0, m->table->at);
		s += n;
		f->text.pending = *s == '=' ? JOINT_DASH : JOINT_CHARACTER;
	}
	text_put(f, &f->text, s, FACE_ITALIC, 0, m->table->at);
	cell_take(f, m, cell);
}

/* Digits with marks, "-", "[c]"; what is aligned by its units. */
static bool is_number(const char *s)
{
	size_t n = strlen(s);

	return n && (!strcmp(s, "[c]") || strspn(s, "0123456789.,-+%()") == n);
}

static int64_t fraction_width(struct flow *f, const struct table_measure *m, const char *s,
	enum face face)
{
	const char *comma = strrchr(s, ',');
	const struct word *word;

	if (!comma)
		return 0;
	word = fonts_word(f->fonts, face, comma, strlen(comma), m->table->at, f->diags);
	return word ? word->advance : 0;
}

static int64_t larger(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static int64_t smaller(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static void body_cell(struct flow *f, struct table_measure *m, size_t row, size_t column)
{
	const struct grid_table *t = m->table;
	const struct grid_cell *grid = &t->cell[row * t->n_column + column];
	struct cell *cell = &m->body[row * t->n_column + column];
	struct column_measure *measure = &m->column[column];
	enum align align = t->column[column].align;
	unsigned bold = t->row_kind && t->row_kind[row] != GRID_LEAF ? RUN_BOLD : 0;
	enum face face = face_of(grid->flags | bold);

	cell_measure(f, m, grid->text, face, grid->at, cell);
	cell->number = (align == ALIGN_DECIMAL || align == ALIGN_RIGHT) && grid->text &&
		is_number(grid->text);
	if (cell->number) {
		if (align == ALIGN_DECIMAL)
			cell->fraction = fraction_width(f, m, grid->text, face);
		measure->integer = larger(measure->integer, cell->whole - cell->fraction);
		measure->fraction = larger(measure->fraction, cell->fraction);
		return;
	}
	measure->least = larger(measure->least, smaller(cell->widest, m->word_max));
	measure->full = larger(measure->full, cell->whole);
	if (cell->widest > m->word_max)
		diag_note(f->diags, grid->at, "long-word",
			"a word in this cell is too wide for the table and is broken where the line ends");
}

/* ---- columns ---- */

static void header_column(struct table_measure *m, size_t column, const struct cell *cell)
{
	struct column_measure *measure = &m->column[column];

	measure->least = larger(measure->least, smaller(cell->widest, m->word_max));
	measure->full = larger(measure->full, cell->whole / FULL_LINES);
	measure->roomy = larger(measure->roomy, cell->whole / ROOMY_LINES);
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
static void header_span(struct table_measure *m, size_t first, size_t n, const struct cell *cell)
{
	struct column_measure sum = { 0 };

	for (size_t i = first; i < first + n; i++) {
		sum.least += m->column[i].least;
		sum.decent += m->column[i].decent;
		sum.full += m->column[i].full;
		sum.roomy += m->column[i].roomy;
	}
	for (size_t i = first; i < first + n; i++) {
		struct column_measure *measure = &m->column[i];

		measure->least = widen(measure->least, smaller(cell->widest, m->word_max), sum.least, n);
		measure->decent = widen(measure->decent, smaller(cell->widest, m->word_max), sum.decent, n);
		measure->full = widen(measure->full, cell->whole / FULL_LINES, sum.full, n);
		measure->roomy = widen(measure->roomy, cell->whole / ROOMY_LINES, sum.roomy, n);
	}
}

static void header_measure(struct flow *f, struct table_measure *m)
{
	const struct grid_table *t = m->table;

	m->head = ARENA_ARRAY(f->arena, t->n_header_cell, struct cell);
	for (size_t i = 0; i < t->n_header_cell; i++) {
		cell_measure(f, m, t->header[i].text, FACE_BOLD, t->at, &m->head[i]);
		if (t->header[i].columns == 1)
			header_column(m, t->header[i].column, &m->head[i]);
	}
	if (!t->numbering)
		return;
	m->numbering = ARENA_ARRAY(f->arena, t->n_column, struct cell);
	for (size_t i = 0; i < t->n_column; i++) {
		numbering_measure(f, m, t->numbering[i], &m->numbering[i]);
		header_column(m, i, &m->numbering[i]);
		m->column[i].decent = larger(m->column[i].decent, half_of(&m->numbering[i]));
	}
}

void table_measure(struct flow *f, const struct grid_table *t, struct table_measure *m)
{
	int64_t decent = (int64_t)(DECENT_EM * f->em);

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
	}
	header_measure(f, m);
	for (size_t i = 0; i < t->n_column; i++) {
		struct column_measure *c = &m->column[i];

		c->decent = larger(c->decent, c->least);
		c->full = larger(c->full, c->decent);
		c->roomy = larger(c->roomy, c->full);
	}
	for (size_t i = 0; i < t->n_header_cell; i++)
		if (t->header[i].columns > 1)
			header_span(m, t->header[i].column, t->header[i].columns, &m->head[i]);
}

/* ---- type size ---- */

struct fitting {
	struct flow *flow;
	const struct table_measure *measure;
	double size_pt;
	double width;
};

static double to_pt(const struct fitting *fit, int64_t units)
{
	return units_pt(fit->flow, units, fit->size_pt) + 2 * fit->flow->style->table_pad_pt;
}

static bool all_fit(const struct fitting *fit, bool decent)
{
	double sum = 0;

	for (size_t i = 0; i < fit->measure->table->n_column; i++) {
		const struct column_measure *c = &fit->measure->column[i];

		sum += to_pt(fit, decent ? c->decent : c->least);
	}
	return sum <= fit->width + 0.01;
}

/* The next smaller size; false below the smallest. */
static bool shrink_type(struct fitting *fit)
{
	const struct style *s = fit->flow->style;
	double step = s->table_step_pt > 0.1 ? s->table_step_pt : 0.5;

	if (fit->size_pt - step < s->table_min_pt - 0.01)
		return false;
	fit->size_pt -= step;
	return true;
}

/* The largest size at which the whole table fits, first with decent columns. */
static bool find_size(struct fitting *fit)
{
	for (int decent = 1; decent >= 0; decent--) {
		fit->size_pt = fit->flow->style->table_pt;
		do {
			if (all_fit(fit, decent))
				return true;
		} while (shrink_type(fit));
	}
	return false;
}

/* ---- blocks of columns ---- */

/* Whether no header cell reaches over the border before the column. */
static bool is_clean_border(const struct grid_table *t, size_t column)
{
	for (size_t i = 0; i < t->n_header_cell; i++) {
		const struct header_cell *h = &t->header[i];

		if (h->column < column && column < h->column + h->columns)
			return false;
	}
	return true;
}

/* Where a block that begins at the column ends when its own columns may be so wide. */
static size_t block_end(const struct fitting *fit, size_t first, double limit)
{
	const struct grid_table *t = fit->measure->table;
	double width = 0;
	size_t end = first;
	size_t clean = 0;

	for (; end < t->n_column; end++) {
		width += to_pt(fit, fit->measure->column[end].least);
		if (end > first && width > limit + 0.01)
			break;
		if (end > first && is_clean_border(t, end))
			clean = end;
	}
	if (end < t->n_column && is_clean_border(t, end))
		return end;
	return end < t->n_column && clean ? clean : end;
}

static size_t stub_of(const struct grid_table *t)
{
	return t->stub < t->n_column ? t->stub : 0;
}

static double stub_width(const struct fitting *fit)
{
	double width = 0;
	double most = fit->width * stub_share_max;

	for (size_t i = 0; i < stub_of(fit->measure->table); i++)
		width += to_pt(fit, fit->measure->column[i].decent);
	return width < most ? width : most;
}

static size_t count_blocks(const struct fitting *fit, double limit)
{
	size_t n = 0;

	for (size_t i = stub_of(fit->measure->table); i < fit->measure->table->n_column; n++)
		i = block_end(fit, i, limit);
	return n;
}

/* As few blocks as the smallest type allows, in the largest type that needs no more, and of even
 * width. Returns the width of a block's own columns. */
static double find_cut(struct fitting *fit, size_t *n_block)
{
	const struct grid_table *t = fit->measure->table;
	size_t n;
	double limit;
	double total = 0;

	*fit = (struct fitting){ fit->flow, fit->measure, fit->flow->style->table_pt, fit->width };
	while (shrink_type(fit))
		;
	n = count_blocks(fit, fit->width - stub_width(fit));
	fit->size_pt = fit->flow->style->table_pt;
	while (count_blocks(fit, fit->width - stub_width(fit)) > n && shrink_type(fit))
		;
	for (size_t i = stub_of(t); i < t->n_column; i++)
		total += to_pt(fit, fit->measure->column[i].least);
	limit = total / (double)n;
	while (limit < fit->width - stub_width(fit) && count_blocks(fit, limit) > n)
		limit *= levelling;
	*n_block = n;
	return limit < fit->width - stub_width(fit) ? limit : fit->width - stub_width(fit);
}

/* ---- widths ---- */

/* Columns of numbers are made alike as far as the room goes, the narrowest first. */
static void level_numbers(const struct table_block *b, double *width, double room)
{
	for (size_t turn = 0; turn < b->n && room > 0.01; turn++) {
		double low = 0;
		double next = 0;
		double raise;
		size_t n_low = 0;

		for (size_t i = 0; i < b->n; i++) {
			if (!b->measure->column[b->column[i]].integer)
				continue;
			if (!n_low || width[i] < low - 0.01) {
				next = n_low ? low : 0;
				low = width[i];
				n_low = 1;
			} else if (width[i] <= low + 0.01) {
				n_low++;
			} else if (next <= 0 || width[i] < next) {
				next = width[i];
			}
		}
		if (next <= 0)
			break;
		raise = (next - low) * (double)n_low < room ? next - low : room / (double)n_low;
		for (size_t i = 0; i < b->n; i++)
			if (b->measure->column[b->column[i]].integer && width[i] <= low + 0.01)
				width[i] += raise;
		room -= raise * (double)n_low;
	}
}

static double sum_of(const double *width, size_t n)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += width[i];
	return sum;
}

enum wish { WISH_DECENT, WISH_FULL, WISH_ROOMY };

static double wish_of(const struct fitting *fit, const struct table_block *b, size_t i,
	enum wish wish)
{
	const struct column_measure *c = &fit->measure->column[b->column[i]];

	switch (wish) {
	case WISH_DECENT:
		return to_pt(fit, c->decent);
	case WISH_FULL:
		return to_pt(fit, c->full);
	case WISH_ROOMY:
		return to_pt(fit, c->roomy);
	}
	return 0;
}

/* Moves the widths towards a wish, all by the same part of their way, as far as the room goes. */
static void widen_to(const struct fitting *fit, const struct table_block *b, double *width,
	enum wish wish)
{
	double room = fit->width - sum_of(width, b->n);
	double wanted = 0;
	double part;

	for (size_t i = 0; i < b->n; i++) {
		double more = wish_of(fit, b, i, wish) - width[i];

		wanted += more > 0 ? more : 0;
	}
	if (wanted <= 0 || room <= 0)
		return;
	part = room < wanted ? room / wanted : 1;
	for (size_t i = 0; i < b->n; i++) {
		double more = wish_of(fit, b, i, wish) - width[i];

		width[i] += more > 0 ? part * more : 0;
	}
}

/* What is left goes to all columns alike, but columns of a few letters stay narrow. */
static void spread(const struct fitting *fit, const struct table_block *b, double *width)
{
	double room = fit->width - sum_of(width, b->n);
	double wide = 0;

	for (size_t i = 0; i < b->n; i++)
		wide += width[i] >= WIDE_EM * fit->size_pt;
	for (size_t i = 0; i < b->n && wide > 0 && room > 0; i++)
		if (width[i] >= WIDE_EM * fit->size_pt)
			width[i] += room / wide;
}

/* The columns fill the whole width. */
static void block_edges(const struct fitting *fit, struct table_block *b)
{
	double *edge = ARENA_ARRAY(fit->flow->arena, b->n + 1, double);
	double *width = ARENA_ARRAY(fit->flow->arena, b->n, double);
	double scale;

	for (size_t i = 0; i < b->n; i++) {
		const struct column_measure *c = &fit->measure->column[b->column[i]];
		bool repeated = b->n_block > 1 && b->column[i] < stub_of(fit->measure->table);

		width[i] = to_pt(fit, repeated ? c->decent : c->least);
	}
	widen_to(fit, b, width, WISH_DECENT);
	widen_to(fit, b, width, WISH_FULL);
	widen_to(fit, b, width, WISH_ROOMY);
	level_numbers(b, width, fit->width - sum_of(width, b->n));
	spread(fit, b, width);
	scale = fit->width / sum_of(width, b->n);
	edge[0] = fit->flow->left;
	for (size_t i = 0; i < b->n; i++)
		edge[i + 1] = edge[i] + width[i] * scale;
	b->edge = edge;
	b->size_pt = fit->size_pt;
}

static void block_columns(const struct fitting *fit, struct table_block *b, size_t first,
	size_t end)
{
	size_t stub = first ? stub_of(fit->measure->table) : 0;
	size_t *column = ARENA_ARRAY(fit->flow->arena, stub + end - first, size_t);

	for (size_t i = 0; i < stub; i++)
		column[b->n++] = i;
	for (size_t i = first; i < end; i++)
		column[b->n++] = i;
	b->column = column;
	b->measure = fit->measure;
	block_edges(fit, b);
}

struct table_block *table_blocks(struct flow *f, const struct table_measure *m, size_t *n_block)
{
	struct fitting fit = { .flow = f, .measure = m, .width = f->width };
	size_t n_column = m->table->n_column;
	size_t n = 1;
	size_t first;
	struct table_block *block;
	double limit;

	if (!n_column || find_size(&fit)) {
		block = ARENA_NEW(f->arena, struct table_block);
		block->n_block = *n_block = n_column ? 1 : 0;
		block_columns(&fit, block, 0, n_column);
		return block;
	}
	limit = find_cut(&fit, &n);
	block = ARENA_ARRAY(f->arena, n, struct table_block);
	first = stub_of(m->table);
	for (*n_block = 0; *n_block < n && first < n_column; ++*n_block) {
		size_t end = *n_block + 1 == n ? n_column : block_end(&fit, first, limit);

		block[*n_block].i_block = *n_block;
		block[*n_block].n_block = n;
		block_columns(&fit, &block[*n_block], first, end);
		first = end;
	}
	return block;
}
