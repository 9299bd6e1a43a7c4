#include "model/groups.h"

#include "model/typing.h"

#include <string.h>

static bool belongs(const struct open_group *g, const struct ordinal *o, bool is_heading)
{
	if (o->rank == ORDINAL_NONE)
		return !is_heading || !g->is_heading;
	if (g->ordinal.rank == ORDINAL_NONE)
		return !is_heading;
	return ordinal_covers(&g->ordinal, o);
}

void groups_end(struct groups *g, const struct ordinal *o, bool is_heading, size_t n_row)
{
	while (g->n_open && !(o && belongs(&g->open[g->n_open - 1], o, is_heading))) {
		struct group_row *group = &g->group[g->open[--g->n_open].group];

		group->n_row = n_row - group->first;
	}
}

void groups_add(struct groups *g, const struct data_row *row, const struct ordinal *o, bool is_heading, size_t n_row)
{
	groups_end(g, o, is_heading, n_row);
	if (g->n_open == GROUP_LEVELS) {
		struct group_row *innermost = &g->group[g->open[--g->n_open].group];

		innermost->n_row = n_row - innermost->first;
	}
	g->open[g->n_open++] = (struct open_group){ g->n_group, *o, is_heading };
	*ARENA_PUSH(g->arena, g->group, g->n_group, &g->cap) = (struct group_row){
		.row = *row,
		.ordinal = is_heading || o->rank == ORDINAL_NONE ? NULL : arena_text(g->arena, o->text),
		.first = n_row,
	};
}

void groups_add_sum(struct groups *g, const struct data_row *row, size_t first, size_t n_row)
{
	*ARENA_PUSH(g->arena, g->group, g->n_group, &g->cap) = (struct group_row){ .row = *row, .first = first, .n_row = n_row };
}

bool groups_add_up(const struct field *f)
{
	return field_is_summed(f->type) && (f->type != FIELD_NUMBER || strcmp(f->unit, "%") != 0);
}

/* False where a figure is missing, or the sum cannot be computed. */
static bool sum_rows(const struct data *data, const struct group_row *g, size_t field, struct ratio *sum)
{
	struct diags unheard = { .quiet = true };
	bool ok = g->n_row > 0;

	*sum = ratio_whole(0);
	for (size_t i = g->first; ok && i < g->first + g->n_row; i++) {
		const struct figure *f = &data->row[i].datum[field].figure;

		ok = f->state == FIGURE_OK && ratio_add(*sum, f->x, data->row[i].at, sum, &unheard);
	}
	diags_clear(&unheard);
	return ok;
}

const char *groups_number(struct ratio x, struct arena *a)
{
	const char *exact = ratio_exact(x, a);

	return shown_number(exact, strlen(exact), a);
}

/* Whether the row states a figure of the field that is not the sum; *n_stated counts those that can be compared. */
static bool is_wrong(const struct data *data, const struct group_row *g, size_t field, struct ratio *sum, size_t *n_stated)
{
	const struct figure *stated = &g->row.datum[field].figure;

	if (!groups_add_up(&data->dataset->field[field]) || stated->state != FIGURE_OK || !sum_rows(data, g, field, sum))
		return false;
	++*n_stated;
	return ratio_compare(stated->x, *sum) != 0;
}

/* Where most figures are not the sums, the ordinal may be that of a row of data: "I" for "1". */
static bool check_ordinal(const struct data *data, const struct group_row *g, struct diags *d)
{
	size_t n_stated = 0;
	size_t n_wrong = 0;
	struct ratio sum;

	for (size_t i = 0; g->ordinal && i < data->dataset->n_field; i++)
		n_wrong += is_wrong(data, g, i, &sum, &n_stated);
	if (2 * n_wrong <= n_stated)
		return true;
	return diag_error(d, g->row.at, "group-row",
		"'%s' is taken for a group row because of its ordinal '%s', but its figures are not the sum of the rows that it covers (%zu); "
		"write 1, 2, 3 if it is an area, or correct the figures",
		g->row.label, g->ordinal, g->n_row);
}

static bool check_group(const struct data *data, const struct group_row *g, const char *const *label, struct arena *a,
	struct diags *d)
{
	size_t n_stated = 0;
	struct ratio sum;

	if (!check_ordinal(data, g, d))
		return false;
	for (size_t i = 0; i < data->dataset->n_field; i++)
		if (is_wrong(data, g, i, &sum, &n_stated))
			diag_warning(d, g->row.datum[i].figure.from[0], "asserted",
				"%s, %s: the row states %s, but the rows that it covers (%zu) add up to %s", g->row.label, label[i],
				groups_number(g->row.datum[i].figure.x, a), g->n_row, groups_number(sum, a));
	return true;
}

bool groups_check(const struct data *data, const char *const *label, struct arena *a, struct diags *d)
{
	bool ok = true;

	for (size_t i = 0; i < data->n_group; i++)
		ok = check_group(data, &data->group[i], label, a, d) && ok;
	return ok;
}
