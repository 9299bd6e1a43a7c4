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

/* Whether the row states a figure of the field that is not the sum; *n_stated counts those that can be compared: zeros that are
 * the sum of zeros say nothing. */
static bool is_wrong(const struct data *data, const struct group_row *g, size_t field, struct ratio *sum, size_t *n_stated)
{
	const struct figure *stated = &g->row.datum[field].figure;

	if (!groups_add_up(&data->dataset->field[field]) || stated->state != FIGURE_OK || !sum_rows(data, g, field, sum))
		return false;
	*n_stated += stated->x.num || sum->num;
	return ratio_compare(stated->x, *sum) != 0;
}

bool groups_state_sums(const struct data *data, const struct group_row *g)
{
	size_t n_stated = 0;
	struct ratio sum;

	for (size_t i = 0; i < data->dataset->n_field; i++)
		if (is_wrong(data, g, i, &sum, &n_stated))
			return false;
	return n_stated > 0;
}

/* How the total row of the source counts the row of a group. */
enum counted { COUNTED_UNSURE, COUNTED_NOT, COUNTED_AS_AREA };

static enum counted total_counts(const struct data *data, const struct group_row *g)
{
	struct group_row all = { .n_row = data->n_row };
	struct diags unheard = { .quiet = true };
	bool is_not = data->total;
	bool is_area = data->total;
	size_t n = 0;

	for (size_t i = 0; data->total && i < data->dataset->n_field; i++) {
		const struct figure *total = &data->total->datum[i].figure;
		const struct figure *stated = &g->row.datum[i].figure;
		struct ratio without;
		struct ratio with;

		if (!groups_add_up(&data->dataset->field[i]) || total->state != FIGURE_OK || stated->state != FIGURE_OK || !stated->x.num
			|| !sum_rows(data, &all, i, &without) || !ratio_add(without, stated->x, g->row.at, &with, &unheard))
			continue;
		is_not = is_not && !ratio_compare(total->x, without);
		is_area = is_area && !ratio_compare(total->x, with);
		n++;
	}
	diags_clear(&unheard);
	return !n ? COUNTED_UNSURE : is_not ? COUNTED_NOT : is_area ? COUNTED_AS_AREA : COUNTED_UNSURE;
}

/* "'Thôn 1' - 'Thôn 9' (9)" */
static const char *range_text(const struct data *data, const struct group_row *g, struct arena *a)
{
	const struct data_row *row = &data->row[g->first];

	if (g->n_row == 1)
		return arena_printf(a, "'%s'", row->label);
	return arena_printf(a, "'%s' - '%s' (%zu)", row->label, row[g->n_row - 1].label, g->n_row);
}

static bool refuse_ordinal(const struct data *data, const struct group_row *g, bool is_counted, struct arena *a, struct diags *d)
{
	if (is_counted)
		return diag_error(d, g->row.at, "group-row",
			"'%s' is taken for a group row because of its ordinal '%s', but its figures are not the sums of the rows that it covers, "
			"%s, and the total row comes out only if it is counted as an area; write 1, 2, 3 as its ordinal, or correct the figures",
			g->row.label, g->ordinal, range_text(data, g, a));
	if (*g->ordinal >= '0' && *g->ordinal <= '9')
		return diag_error(d, g->row.at, "group-row",
			"'%s' is taken for a group row because of the ordinals of the rows %s below it, but its figures are not their sums; if "
			"they break it down, write 'Trong đó:' in a row above them, or delete them; if they are areas, correct the ordinals "
			"or the figures",
			g->row.label, range_text(data, g, a));
	return diag_error(d, g->row.at, "group-row",
		"'%s' is taken for a group row because of its ordinal '%s', but its figures are not the sums of the rows that it covers, %s; "
		"write 1, 2, 3 if it is an area, or correct the figures",
		g->row.label, g->ordinal, range_text(data, g, a));
}

/* Where most figures are not the sums, the ordinal may be that of a row of data: "I" for "1". The total row may tell. */
static bool check_ordinal(const struct data *data, const struct group_row *g, struct arena *a, struct diags *d)
{
	enum counted counted;
	size_t n_stated = 0;
	size_t n_wrong = 0;
	struct ratio sum;

	for (size_t i = 0; g->ordinal && i < data->dataset->n_field; i++)
		n_wrong += is_wrong(data, g, i, &sum, &n_stated);
	if (!n_wrong)
		return true;
	counted = total_counts(data, g);
	if (counted == COUNTED_NOT || (counted != COUNTED_AS_AREA && 2 * n_wrong <= n_stated))
		return true;
	return refuse_ordinal(data, g, counted == COUNTED_AS_AREA, a, d);
}

/* What the row states of that field, and what its rows add up to. */
static void report_field(const struct group_row *g, size_t i, const char *label, struct ratio sum, struct arena *a,
	struct diags *d)
{
	const struct figure *stated = &g->row.datum[i].figure;
	const char *found = groups_number(stated->x, a);
	const char *expected = groups_number(sum, a);

	diag_warning(d, stated->from[0], "asserted", "%s, %s: the row states %s, but the rows that it covers (%zu) add up to %s", g->row.label, label,
		found, g->n_row, expected);
	diag_compared(d, found, expected);
}

static bool check_group(const struct data *data, const struct group_row *g, const char *const *label, struct arena *a,
	struct diags *d)
{
	size_t n_stated = 0;
	struct ratio sum;

	if (!check_ordinal(data, g, a, d))
		return false;
	for (size_t i = 0; i < data->dataset->n_field; i++)
		if (is_wrong(data, g, i, &sum, &n_stated))
			report_field(g, i, label[i], sum, a, d);
	return true;
}

bool groups_check(const struct data *data, const char *const *label, struct arena *a, struct diags *d)
{
	bool ok = true;

	for (size_t i = 0; i < data->n_group; i++)
		ok = check_group(data, &data->group[i], label, a, d) && ok;
	return ok;
}
