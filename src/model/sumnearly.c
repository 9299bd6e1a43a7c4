#include "model/sumnearly.h"

#include "model/groups.h"
#include "model/sumcompare.h"
#include "model/sumnames.h"

#include <stdlib.h>

/* ---- rows over others by their names ---- */

/* Whether the figures of the row are sums of a range, but for one: *wrong. */
static bool is_nearly_sum(const struct sum_finding *f, const struct sum_row *x, size_t *wrong, struct ratio *wrong_sum)
{
	const struct data *data = f->data;
	bool is_same = false;
	bool is_wrong = false;

	for (size_t i = 0; i < data->dataset->n_field; i++) {
		const struct figure *stated = &data->row[x->row].datum[i].figure;
		struct ratio sum;

		if (!groups_add_up(&data->dataset->field[i]) || stated->state != FIGURE_OK
			|| !sumfind_add(f, i, x->first, x->n_row, &sum))
			continue;
		if (!ratio_compare(stated->x, sum)) {
			is_same = is_same || sumcompare_is_large(sum);
		} else if (!is_wrong) {
			is_wrong = true;
			*wrong = i;
			*wrong_sum = sum;
		}
	}
	return is_same && is_wrong;
}

static bool check_nearly_sum(struct sums *s, const struct sum_finding *f, const struct sum_row *x)
{
	const struct data_row *r = &f->data->row[x->row];
	const struct figure *stated;
	struct ratio sum;
	size_t field = 0;

	if (!is_nearly_sum(f, x, &field, &sum))
		return true;
	stated = &r->datum[field].figure;
	return diag_error(s->diags, stated->n_from ? stated->from[0] : r->at, "group-row",
		"'%s' stands over the rows %s by its name and by some of its figures, but %s is %s and theirs add up to %s; correct "
		"it, or write sums=\"data\" on the job's <source> '%s' if it is an area beside them",
		r->label, sumnames_range(s, f, x), sumnames_column(s, f, field), groups_number(stated->x, s->arena), groups_number(sum, s->arena), f->data->source->id);
}

static struct sum_row all_others(const struct sum_finding *f, size_t row)
{
	return (struct sum_row){ .row = row, .first = row ? 0 : 1, .n_row = f->data->n_row - 1 };
}

/* The rows that a row stands over by its name: those of lower levels below it, or all, of the job's own area. */
static struct sum_row named_range(struct sums *s, const struct sum_finding *f, const unsigned *level, size_t row)
{
	struct sum_row x = { .row = row, .first = row + 1 };
	size_t n_row = f->data->n_row;

	if ((!row || row + 1 == n_row) && (sumnames_are_root(s, f, &x) || sumnames_are_bare_root(s, f, &x)))
		return all_others(f, row);
	while (level[row] && x.first + x.n_row < n_row && level[x.first + x.n_row] > level[row])
		x.n_row++;
	return x;
}

bool sumnearly_check_names(struct sums *s, const struct sum_finding *f)
{
	unsigned *level;
	bool ok = true;

	if (!sumnames_are_areas(f->data) || f->data->source->sums == SUMS_DATA || f->data->n_row > NAMES_LOOKED_AT)
		return true;
	level = sumnames_kinds(s, f, WHY_LEVEL);
	for (size_t i = 0; i < f->data->n_row; i++) {
		struct sum_row x = named_range(s, f, level, i);

		if (!f->is_sum[i] && x.n_row >= KNOWN_LEAST)
			ok = check_nearly_sum(s, f, &x) && ok;
	}
	free(level);
	return ok;
}

/* ---- the first or the last row, which differs from all others and may be a total ---- */

/* It has another word in front of its name than all others have; a number alone is short for a name. */
static bool differs_by_word(struct sums *s, const struct sum_finding *f, const struct sum_row *x)
{
	const char *name = sumnames_of(s, &f->data->row[x->row]).normal;
	const char *word;
	size_t n = sumnames_word(s, f, x, &word);

	return n && !(*name >= '0' && *name <= '9') && !sumnames_have_word(s, f, x->row, word, n);
}

/* It has no ordinal and all others have one. */
static bool lacks_ordinal(const struct sum_finding *f, const struct sum_row *x)
{
	bool lacks = f->data->row[x->row].rank == ORDINAL_NONE;

	for (size_t i = x->first; lacks && i < x->first + x->n_row; i++)
		lacks = f->is_sum[i] || f->data->row[i].rank != ORDINAL_NONE;
	return lacks;
}

static bool refuse_edge(struct sums *s, const struct sum_finding *f, const struct sum_row *x, const struct sum_comparison *c)
{
	const struct data_row *r = &f->data->row[x->row];
	const struct figure *stated = &r->datum[c->wrong].figure;

	return diag_error(s->diags, stated->n_from ? stated->from[0] : r->at, "looks-like-total",
		"is '%s' a total or an area? It is unlike all other rows, and its figures are nearly the sums of the rows %s, but %s is %s and "
		"theirs add up to %s. A total: name it 'Cộng' and correct the figure; an area: write sums=\"data\" on the job's <source> "
		"'%s'",
		r->label, sumnames_range(s, f, x), sumnames_column(s, f, c->wrong), groups_number(stated->x, s->arena), groups_number(c->sum, s->arena),
		f->data->source->id);
}

static bool check_edge(struct sums *s, const struct sum_finding *f, size_t row)
{
	struct sum_row x = all_others(f, row);
	bool lacks = lacks_ordinal(f, &x);
	struct sum_comparison c;

	if (f->is_sum[row] || (!lacks && !differs_by_word(s, f, &x)))
		return true;
	c = sumcompare(f, &x, lacks);
	if ((!c.n_near && !c.n_far) || (!lacks && !c.n_same && x.n_row <= KNOWN_LEAST))
		return true;
	if (c.is_large && (c.n_far ? lacks && c.n_same > c.n_far + c.n_near : c.n_same + c.n_near > 1))
		return refuse_edge(s, f, &x, &c);
	if (lacks && c.is_over && c.n_same + c.n_near + c.n_far > 1)
		diag_warning(s->diags, f->data->row[row].at, "looks-like-total",
			"'%s' has no ordinal, where all other rows have one, and none has larger figures; it is counted as an area beside them: "
			"name it 'Cộng', if it is a total, else give it its ordinal",
			f->data->row[row].label);
	return true;
}

bool sumnearly_check_edges(struct sums *s, struct sum_finding *f)
{
	size_t n_row = f->data->n_row;

	if (!sumnames_are_areas(f->data) || f->data->source->sums == SUMS_DATA || n_row <= KNOWN_LEAST || n_row > NAMES_LOOKED_AT
		|| (f->data->total && sumcompare_total(f, false)))
		return true;
	return (int)check_edge(s, f, 0) & (int)check_edge(s, f, n_row - 1);
}
