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
	*ARENA_PUSH(g->arena, g->group, g->n_group, &g->cap) = (struct group_row){ .row = *row, .first = n_row };
}

void groups_add_sum(struct groups *g, const struct data_row *row, size_t first, size_t n_row)
{
	*ARENA_PUSH(g->arena, g->group, g->n_group, &g->cap) = (struct group_row){ *row, first, n_row };
}

static bool is_summed(const struct field *f)
{
	return f->type == FIELD_COUNT || f->type == FIELD_MONEY || (f->type == FIELD_NUMBER && strcmp(f->unit, "%") != 0);
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

/* A number as it is written in Vietnamese, without groups. */
static const char *number_text(struct ratio x, struct arena *a)
{
	const char *exact = ratio_exact(x, a);

	return shown_number(exact, strlen(exact), a);
}

static void check_group(const struct data *data, const struct group_row *g, const char *const *label, struct arena *a,
	struct diags *d)
{
	for (size_t i = 0; i < data->dataset->n_field; i++) {
		const struct figure *stated = &g->row.datum[i].figure;
		struct ratio sum;

		if (!is_summed(&data->dataset->field[i]) || stated->state != FIGURE_OK || !sum_rows(data, g, i, &sum)
			|| !ratio_compare(stated->x, sum))
			continue;
		diag_warning(d, stated->from[0], "asserted", "%s, %s: the row states %s, but the rows that it covers (%zu) add up to %s",
			g->row.label, label[i], number_text(stated->x, a), g->n_row, number_text(sum, a));
	}
}

void groups_check(const struct data *data, const char *const *label, struct arena *a, struct diags *d)
{
	for (size_t i = 0; i < data->n_group; i++)
		check_group(data, &data->group[i], label, a, d);
}
