#include "compute/progressing.h"

/* The first of the template's tables that the plan has. */
static const struct table *find_areas(const struct progress_template *t, const struct tables *tables)
{
	const struct table *table = NULL;

	for (size_t i = 0; t->areas[i] && !table; i++)
		table = tables_find(tables, t->areas[i]);
	return table;
}

bool progress_areas(const struct progress_template *t, const struct tables *tables, struct arena *a,
	const struct area *const **area, size_t *n_area, struct diags *d)
{
	const struct table *table = find_areas(t, tables);
	const struct area **list;
	size_t n = 0;

	if (!table)
		return diag_error(d, node_place(t->root, "areas", 0), "table",
			"none of the tables '%s' is one of this job's, so the areas of the plan are not known; name the table that lists them",
			node_attribute(t->root, "areas"));
	list = ARENA_ARRAY(a, table->n_leaf, const struct area *);
	for (size_t i = 0; i < table->n_leaf; i++) {
		const struct data_row *row = table->row[table->leaf[i]].row;

		if (row && row->area)
			list[n++] = row->area;
	}
	*area = list;
	*n_area = n;
	return n || diag_error(d, table->at, "table", "the table '%s' has no areas, so those of the plan are not known", table->id);
}

/* Which return stands for an area and a month. */
static void place_returns(struct progressing *p)
{
	const struct data *data = p->input->returns;

	p->row = ARENA_ARRAY(p->a, p->n_area * PROGRESS_MONTHS, const struct data_row *);
	map_init(&p->index, p->a);
	for (size_t i = 0; i < p->n_area; i++)
		map_add(&p->index, p->area[i]->key, i, NULL);
	for (size_t i = 0; i < data->n_row; i++) {
		const struct data_row *row = &data->row[i];
		size_t area;

		if (row->area && row->month && map_find(&p->index, row->area->key, &area))
			p->row[area * PROGRESS_MONTHS + row->month - 1] = row;
	}
}

static void set_period(struct progressing *p)
{
	const struct period *period = &p->job->period;

	p->last = period->month ? (unsigned)period->month : PROGRESS_MONTHS;
	p->first = period->first_month ? (unsigned)period->first_month : period->month ? p->last : 1;
}

bool progress_derive(const struct progress_input *input, struct library *library, struct arena *a, struct model *derived,
	struct diags *d)
{
	struct progressing p = { .input = input, .template = input->template, .job = input->model->job, .a = a, .d = d };

	if (!progress_areas(p.template, input->tables, a, &p.area, &p.n_area, d))
		return false;
	set_period(&p);
	place_returns(&p);
	return sums_prepare(&p) && progress_data(&p, library, derived);
}
