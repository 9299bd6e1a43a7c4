#include "model/sumfind.h"

#include "model/groups.h"

#include <stdlib.h>

enum {
	SUM_ROWS_LEAST = 2,   /* that a row may be the sum of */
	SUM_FIGURES_LEAST = 2, /* columns that come out and are not zero */
	SUM_TELLING = 100,    /* a sum that comes out hardly by chance */
	SUM_HINTING = 50,
	SUM_STEPS_MAX = 20000000, /* rows that are added up in a source: what is left then is not looked at */
};

static const struct figure *figure_at(const struct sum_finding *f, size_t row, size_t field)
{
	return &f->data->row[row].datum[field].figure;
}

static bool add(const struct sum_finding *f, size_t row, size_t field, struct ratio *sum)
{
	const struct figure *x = figure_at(f, row, field);
	struct diags unheard = { .quiet = true };
	bool ok = x->state == FIGURE_OK && ratio_add(*sum, x->x, f->data->row[row].at, sum, &unheard);

	diags_clear(&unheard);
	return ok;
}

static bool is_left_out(const struct sum_finding *f, size_t row)
{
	return f->is_sum[row] && !f->is_plain;
}

bool sumfind_add(const struct sum_finding *f, size_t field, size_t first, size_t n_row, struct ratio *sum)
{
	bool ok = true;

	*sum = ratio_whole(0);
	for (size_t i = first; ok && i < first + n_row; i++)
		ok = is_left_out(f, i) || add(f, i, field, sum);
	return ok;
}

/* Rows that are no sums, and have a figure of the field that is not zero. */
static size_t count_members(const struct sum_finding *f, size_t field, size_t first, size_t n_row)
{
	size_t n = 0;

	for (size_t i = first; i < first + n_row; i++)
		n += !is_left_out(f, i) && figure_at(f, i, field)->x.num;
	return n;
}

enum sum_grade sumfind_grade(const struct sum_finding *f, size_t row, size_t first, size_t n_row)
{
	const struct dataset *s = f->data->dataset;
	struct ratio largest = ratio_whole(0); /* of several figures that are not zero */
	size_t n_same = 0;
	bool hints;
	bool tells;

	for (size_t i = 0; i < s->n_field; i++) {
		const struct figure *stated = figure_at(f, row, i);
		struct ratio sum;

		if (!groups_add_up(&s->field[i]) || stated->state != FIGURE_OK || !sumfind_add(f, i, first, n_row, &sum))
			continue;
		if (ratio_compare(stated->x, sum) != 0)
			return SUM_NOT;
		n_same += sum.num != 0;
		if (ratio_compare(sum, largest) > 0 && count_members(f, i, first, n_row) >= SUM_ROWS_LEAST)
			largest = sum;
	}
	tells = ratio_compare(largest, ratio_whole(SUM_TELLING)) >= 0;
	hints = ratio_compare(largest, ratio_whole(SUM_HINTING)) >= 0;
	if (!largest.num || (n_same < SUM_FIGURES_LEAST && !tells))
		return SUM_NOT;
	if (n_same < SUM_FIGURES_LEAST)
		return SUM_LIKELY;
	return tells ? SUM_STRONG : hints ? SUM_LIKELY : SUM_WEAK;
}

/* A field that is not zero in the row and can be added up; n_field: there is none. */
static size_t pivot_of(const struct sum_finding *f, size_t row)
{
	const struct dataset *s = f->data->dataset;
	size_t i = 0;

	while (i < s->n_field && !(groups_add_up(&s->field[i]) && !s->field[i].may_be_negative
		&& figure_at(f, row, i)->state == FIGURE_OK && figure_at(f, row, i)->x.num > 0))
		i++;
	return i;
}

/* The rows in one direction whose sums the row states: the fewest. */
static bool find_towards(struct sum_finding *f, size_t row, bool below, struct sum_row *found)
{
	size_t pivot = pivot_of(f, row);
	size_t n_most = below ? f->data->n_row - row - 1 : row;
	struct ratio sum = ratio_whole(0);

	if (pivot == f->data->dataset->n_field)
		return false;
	for (size_t n = 1; n <= n_most && f->n_step < SUM_STEPS_MAX; n++) {
		size_t k = below ? row + n : row - n;
		size_t first = below ? row + 1 : k;

		f->n_step++;
		if (is_left_out(f, k))
			continue;
		if (!add(f, k, pivot, &sum) || ratio_compare(sum, figure_at(f, row, pivot)->x) > 0)
			return false;
		if (n < SUM_ROWS_LEAST || ratio_compare(sum, figure_at(f, row, pivot)->x) != 0)
			continue;
		f->n_step += n;
		*found = (struct sum_row){ .row = row, .first = first, .n_row = n, .grade = sumfind_grade(f, row, first, n) };
		if (found->grade != SUM_NOT)
			return true;
	}
	return false;
}

static void keep(struct sum_finding *f, const struct sum_row *found)
{
	f->is_sum[found->row] = true;
	*ARENA_PUSH(f->arena, f->sum, f->n_sum, &f->cap) = *found;
}

/* A sum in which others are added up: those are none. */
static void forget(struct sum_finding *f, size_t first, size_t n_row)
{
	size_t n = 0;

	f->n_step += f->n_sum;
	for (size_t i = 0; i < f->n_sum; i++)
		if (f->sum[i].row < first || f->sum[i].row >= first + n_row)
			f->sum[n++] = f->sum[i];
		else
			f->is_sum[f->sum[i].row] = false;
	f->n_sum = n;
}

/* Rows that are sums themselves are left out, and only if nothing comes out so, added up. */
static bool find(struct sum_finding *f, size_t row, bool below, struct sum_row *found)
{
	bool ok = find_towards(f, row, below, found);

	if (ok || !f->n_sum)
		return ok;
	f->is_plain = true;
	ok = find_towards(f, row, below, found);
	f->is_plain = false;
	if (ok)
		forget(f, found->first, found->n_row);
	return ok;
}

/* From the last row up, so that the inner of two that stand over each other is found first; then what stands below others. */
void sumfind_begin(struct sum_finding *f, const struct data *data, struct arena *a)
{
	struct sum_row found;

	*f = (struct sum_finding){ .data = data, .arena = a };
	f->is_sum = memory_new(data->n_row + 1, sizeof *f->is_sum);
	for (size_t i = 0; i <= data->n_row; i++)
		f->is_sum[i] = false;
	if (!data->n_row || data->dataset->field[data->dataset->label].type != FIELD_AREA || data->source->sums == SUMS_DATA)
		return;
	for (size_t i = data->n_row; i-- > 0;)
		if (find(f, i, true, &found))
			keep(f, &found);
	for (size_t i = 0; i < data->n_row; i++)
		if (!f->is_sum[i] && find(f, i, false, &found))
			keep(f, &found);
}

static int by_row(const void *a, const void *b)
{
	size_t x = ((const struct sum_row *)a)->row;
	size_t y = ((const struct sum_row *)b)->row;

	return (x > y) - (x < y);
}

void sumfind_sort(struct sum_finding *f)
{
	if (f->n_sum)
		qsort(f->sum, f->n_sum, sizeof *f->sum, by_row);
}

void sumfind_end(struct sum_finding *f)
{
	free(f->is_sum);
}
