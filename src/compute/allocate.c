/* A whole shared out over the rows: exact shares, or whole ones by the largest remainder. */
#include "compute/work.h"

#include "base/marks.h"

#include <stdlib.h>
#include <string.h>

/* What one row gets. */
struct share {
	struct ratio weight;
	struct ratio exact;
	int64_t whole;	  /* units given so far */
	struct ratio rest; /* of the exact share */
	size_t position;  /* in the source: the last to decide */
	size_t i_leaf;
};

struct sharing {
	struct work *work;
	const struct column *column;
	struct figure whole;
	struct share *share; /* [n] */
	struct figure *used; /* [n + 1] weights and the whole: where the shares come from */
	size_t n;
	struct arena tmp;
	struct diags *d;
};

static struct origin place_of(const struct sharing *s, const struct figure *figure, size_t i_leaf)
{
	const struct leaf *leaf = s->work->row_leaf[s->work->table->leaf[i_leaf]];
	const struct origin *first = figure_place(figure);

	return first ? *first : leaf->any->at;
}

/* The whole. False when it cannot be shared out. */
static bool read_whole(struct sharing *s)
{
	const struct table *table = s->work->table;
	struct value value;

	if (!expr_eval(s->column->share.whole, &table->env, table->total, &value, s->work->a, s->d))
		return false;
	s->whole = value.figure;
	if (s->whole.state != FIGURE_OK)
		return true;
	if (s->whole.x.num < 0)
		return diag_error(s->d, expr_origin(s->column->share.whole), "allocation",
			"'%s' shares out %s; a negative whole has no shares", s->column->id, marks_exact(s->whole.x, s->work->a));
	if (s->column->share.mode == ALLOCATE_LARGEST_REMAINDER && s->whole.x.den != 1)
		return diag_error(s->d, expr_origin(s->column->share.whole), "allocation",
			"'%s' shares out %s, which is not whole; round it: round(..., 0)", s->column->id,
			marks_exact(s->whole.x, s->work->a));
	return true;
}

static bool check_weight(const struct sharing *s, const struct figure *weight, size_t i)
{
	const struct table *table = s->work->table;
	const char *label = table->row[table->leaf[i]].label;

	if (weight->state == FIGURE_CONFIDENTIAL)
		return diag_error(s->d, place_of(s, weight, i), "allocation",
			"%s: the weight of '%s' (%s) is confidential, so nothing can be shared out by it; share out by another column", label,
			s->column->id, expr_source(s->column->share.by));
	if (weight->state != FIGURE_OK)
		return diag_error(s->d, place_of(s, weight, i), "allocation",
			"%s: the weight of '%s' (%s) is missing; fill it in, 0 for no share", label, s->column->id,
			expr_source(s->column->share.by));
	if (weight->x.num < 0)
		return diag_error(s->d, place_of(s, weight, i), "allocation", "%s: the weight of '%s' (%s) is negative: %s", label,
			s->column->id, expr_source(s->column->share.by), marks_exact(weight->x, s->work->a));
	return true;
}

/* Every wrong weight is reported. */
static bool read_weights(struct sharing *s, struct ratio *sum)
{
	const struct table *table = s->work->table;
	bool ok = true;

	*sum = ratio_whole(0);
	for (size_t i = 0; i < s->n; i++) {
		struct value value;

		if (!expr_eval(s->column->share.by, &table->env, table->leaf[i], &value, s->work->a, s->d))
			return false;
		s->used[i] = value.figure;
		s->share[i] = (struct share){
			.weight = value.figure.x,
			.position = s->work->row_leaf[table->leaf[i]]->position,
			.i_leaf = i,
		};
		if (!check_weight(s, &value.figure, i))
			ok = false;
		else if (!ratio_add(*sum, value.figure.x, s->column->at, sum, s->d))
			return false;
	}
	if (ok && !sum->num && s->whole.state == FIGURE_OK && s->whole.x.num)
		return diag_error(s->d, s->n ? place_of(s, &s->used[0], 0) : s->column->at, "allocation",
			"'%s' cannot be shared out: all weights (%s) are 0, this is the first; fill in those of the rows that have a share",
			s->column->id, expr_source(s->column->share.by));
	return ok;
}

static bool exact_shares(struct sharing *s, struct ratio sum)
{
	struct origin at = s->column->at;

	for (size_t i = 0; i < s->n; i++) {
		struct share *x = &s->share[i];

		x->exact = ratio_whole(0);
		if (sum.num && (!ratio_div(x->weight, sum, at, &x->exact, s->d)
				|| !ratio_mul(s->whole.x, x->exact, at, &x->exact, s->d)))
			return false;
	}
	return true;
}

/* Whoever lost more by rounding down comes first; then the larger weight, then the earlier row. */
static int by_rest(const void *a, const void *b)
{
	const struct share *p = a;
	const struct share *q = b;
	int c = ratio_compare(q->rest, p->rest);

	if (!c)
		c = ratio_compare(q->weight, p->weight);
	return c ? c : (p->position > q->position) - (p->position < q->position);
}

static bool largest_remainder(struct sharing *s)
{
	int64_t left = s->whole.x.num;

	for (size_t i = 0; i < s->n; i++) {
		struct share *x = &s->share[i];

		x->whole = x->exact.num / x->exact.den;
		left -= x->whole;
		if (!ratio_sub(x->exact, ratio_whole(x->whole), s->column->at, &x->rest, s->d))
			return false;
	}
	if (s->n)
		qsort(s->share, s->n, sizeof *s->share, by_rest);
	for (size_t i = 0; i < s->n && left > 0; i++, left--)
		s->share[i].whole++;
	for (size_t i = 0; i < s->n; i++)
		s->share[i].exact = ratio_whole(s->share[i].whole);
	return true;
}

/* Every share comes from the whole and from all weights. */
static void put_shares(struct sharing *s)
{
	const struct table *table = s->work->table;
	size_t i_column = (size_t)(s->column - table->column);
	struct figure all = s->whole;

	if (all.state == FIGURE_OK) /* else only its holes are to be filled */
		figure_unite_places(&all, s->used, s->n, s->work->a);
	for (size_t i = 0; i < s->n; i++) {
		struct figure *figure = &table->cell[table->leaf[s->share[i].i_leaf] * table->n_column + i_column].figure;

		*figure = all;
		if (all.state == FIGURE_OK)
			figure->x = s->share[i].exact;
	}
}

static bool share_out(struct sharing *s)
{
	struct ratio sum;

	s->share = ARENA_ARRAY(&s->tmp, s->n, struct share);
	s->used = ARENA_ARRAY(&s->tmp, s->n, struct figure);
	if (!read_weights(s, &sum))
		return false;
	if (s->whole.state == FIGURE_OK
		&& (!exact_shares(s, sum)
			|| (s->column->share.mode == ALLOCATE_LARGEST_REMAINDER && !largest_remainder(s))))
		return false;
	put_shares(s);
	return true;
}

static void take_given(struct sharing *s)
{
	const struct table *table = s->work->table;
	size_t i_column = (size_t)(s->column - table->column);

	for (size_t i = 0; i < s->n; i++) {
		const struct data_row *row = s->work->row_leaf[table->leaf[i]]->row[SOURCE_CURRENT];

		if (row)
			table->cell[table->leaf[i] * table->n_column + i_column].figure = row->datum[s->column->field].figure;
	}
}

bool shares_fill(struct work *w, size_t i_column, struct diags *d)
{
	struct sharing s = { .work = w, .column = &w->table->column[i_column], .n = w->table->n_leaf, .d = d };
	bool ok = true;

	if (!s.n)
		return true;
	if (s.column->share.mode == ALLOCATE_GIVEN)
		take_given(&s);
	else
		ok = read_whole(&s) && share_out(&s);
	arena_clear(&s.tmp);
	return ok;
}
