#include "layout/table.h"

enum {
	WIDE_EM = 3,	/* columns at least this wide share what is left */
	TIDY_LINES = 3, /* of headers, before columns get more than they need */
};

static const double stub_share_max = 0.5; /* of the width: columns repeated in each block */
static const double tolerance = 0.01;	  /* [pt] */
static const double levelling = 1.02;	  /* steps in which blocks of columns are tried narrower */

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
	return sum <= fit->width + tolerance;
}

/* The next smaller size; false below the smallest. */
static bool shrink_type(struct fitting *fit)
{
	const struct style *s = fit->flow->style;
	double step = s->table_step_pt > 0.1 ? s->table_step_pt : 0.5;

	if (fit->size_pt - step < s->table_min_pt - tolerance)
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
		if (end > first && width > limit + tolerance)
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
	for (size_t turn = 0; turn < b->n && room > tolerance; turn++) {
		double low = 0;
		double next = 0;
		double raise;
		size_t n_low = 0;

		for (size_t i = 0; i < b->n; i++) {
			if (!b->measure->column[b->column[i]].integer)
				continue;
			if (!n_low || width[i] < low - tolerance) {
				next = n_low ? low : 0;
				low = width[i];
				n_low = 1;
			} else if (width[i] <= low + tolerance) {
				n_low++;
			} else if (next <= 0 || width[i] < next) {
				next = width[i];
			}
		}
		if (next <= 0)
			break;
		raise = (next - low) * (double)n_low < room ? next - low : room / (double)n_low;
		for (size_t i = 0; i < b->n; i++)
			if (b->measure->column[b->column[i]].integer && width[i] <= low + tolerance)
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

enum wish { WISH_DECENT, WISH_AIRY, WISH_FULL };

static double wish_of(const struct fitting *fit, const struct table_block *b, size_t i,
	enum wish wish)
{
	const struct column_measure *c = &fit->measure->column[b->column[i]];

	switch (wish) {
	case WISH_DECENT:
		return to_pt(fit, c->decent);
	case WISH_AIRY:
		return to_pt(fit, c->airy);
	case WISH_FULL:
		return to_pt(fit, c->full);
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

static double header_need(const struct fitting *fit, const struct table_block *b, size_t i,
	size_t lines, const double *width)
{
	const struct column_measure *c = &fit->measure->column[b->column[i]];

	return to_pt(fit, c->header[lines - 1]) - width[i];
}

/* Headers are brought to so many lines, those first that need least for it and those alike
 * together, as far as the room goes. */
static void tidy_headers(const struct fitting *fit, const struct table_block *b, double *width,
	size_t lines)
{
	for (;;) {
		double room = fit->width - sum_of(width, b->n);
		double least = 0;
		double sum = 0;

		for (size_t i = 0; i < b->n; i++) {
			double need = header_need(fit, b, i, lines, width);

			if (need > tolerance && (least <= 0 || need < least))
				least = need;
		}
		for (size_t i = 0; i < b->n; i++) {
			double need = header_need(fit, b, i, lines, width);

			sum += need > tolerance && need <= least + tolerance ? need : 0;
		}
		if (sum <= 0 || sum > room)
			return;
		for (size_t i = 0; i < b->n; i++) {
			double need = header_need(fit, b, i, lines, width);

			width[i] += need > tolerance && need <= least + tolerance ? need : 0;
		}
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
	size_t lines;

	for (size_t i = 0; i < b->n; i++) {
		const struct column_measure *c = &fit->measure->column[b->column[i]];
		bool repeated = b->n_block > 1 && b->column[i] < stub_of(fit->measure->table);

		width[i] = to_pt(fit, repeated ? c->decent : c->least);
	}
	widen_to(fit, b, width, WISH_DECENT);
	for (lines = HEADER_LINES; lines >= TIDY_LINES; lines--)
		tidy_headers(fit, b, width, lines);
	widen_to(fit, b, width, WISH_AIRY);
	widen_to(fit, b, width, WISH_FULL);
	for (; lines; lines--)
		tidy_headers(fit, b, width, lines);
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
