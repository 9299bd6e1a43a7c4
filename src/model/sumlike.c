#include "model/sumlike.h"

#include "model/groups.h"
#include "model/sumnames.h"
#include "model/sumwords.h"

#include <stdlib.h>

/* Whether such groups cover a row of the kind. */
static bool is_below(enum sum_reason why, unsigned group, unsigned row)
{
	return why == WHY_ORDINAL ? (group == ORDINAL_NONE) != (row == ORDINAL_NONE) : row > group;
}

static bool refuse_like(struct sums *s, const struct sum_finding *f, size_t row, size_t field, size_t n_row, struct ratio sum)
{
	const struct data_row *r = &f->data->row[row];

	return diag_error(s->diags, r->datum[field].figure.n_from ? r->datum[field].figure.from[0] : r->at, "group-row",
		"'%s' is like other rows that are groups, but %s is %s and the rows that it covers (%zu) add up to %s; correct it, or write "
		"sums=\"data\" on the job's <source> '%s' if all such rows are areas",
		r->label, sumnames_column(s, f, field), groups_number(r->datum[field].figure.x, s->arena),
		n_row, groups_number(sum, s->arena), f->data->source->id);
}

/* A row like a group over n_row rows: one more, if its figures are their sums. */
static bool take_like(struct sums *s, struct sum_finding *f, size_t row, size_t n_row)
{
	const struct data *data = f->data;
	size_t n_same = 0;

	for (size_t i = 0; i < data->dataset->n_field; i++) {
		const struct figure *stated = &data->row[row].datum[i].figure;
		struct ratio sum;

		if (!groups_add_up(&data->dataset->field[i]) || stated->state != FIGURE_OK || !sumfind_add(f, i, row + 1, n_row, &sum))
			continue;
		if (ratio_compare(stated->x, sum) != 0)
			return refuse_like(s, f, row, i, n_row, sum);
		n_same++;
	}
	if (!n_same)
		return true;
	f->is_sum[row] = true;
	*ARENA_PUSH(f->arena, f->sum, f->n_sum, &f->cap) = (struct sum_row){ .row = row, .first = row + 1, .n_row = n_row, .why = WHY_KIND };
	return true;
}

static bool take_all_like(struct sums *s, struct sum_finding *f, struct sum_row group)
{
	unsigned *kind = sumnames_kinds(s, f, group.why);
	size_t n_row = f->data->n_row;
	bool ok = true;

	for (size_t i = 0; i < n_row; i++) {
		size_t n = 0;

		if (f->is_sum[i] || kind[i] != kind[group.row])
			continue;
		while (i + 1 + n < n_row && !f->is_sum[i + 1 + n] && is_below(group.why, kind[i], kind[i + 1 + n]))
			n++;
		ok = (!n || take_like(s, f, i, n)) && ok;
	}
	free(kind);
	return ok;
}

static bool has_reason(const struct sum_finding *f, enum sum_reason why)
{
	for (size_t i = 0; i < f->n_sum; i++)
		if (f->sum[i].why == why)
			return true;
	return false;
}

bool sumlike_take(struct sums *s, struct sum_finding *f)
{
	static const enum sum_reason kinds[] = { WHY_LEVEL, WHY_ORDINAL };
	size_t n_sum = f->n_sum;
	bool ok = true;

	if (has_reason(f, WHY_WORD))
		sumwords_take_single(s, f);
	for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
		for (size_t i = 0; i < n_sum; i++)
			if (f->sum[i].why == kinds[k] && f->sum[i].first > f->sum[i].row) {
				ok = take_all_like(s, f, f->sum[i]) && ok;
				break;
			}
	return ok;
}
