#include "compute/work.h"

#include <string.h>

bool column_is_number(const struct column *column)
{
	return column->kind == COLUMN_FIELD || column->kind == COLUMN_INDICATOR || column->kind == COLUMN_SHARE;
}

const struct table *tables_find(const struct tables *tables, const char *id)
{
	for (size_t i = 0; i < tables->n_table; i++)
		if (!strcmp(tables->table[i]->id, id))
			return tables->table[i];
	return NULL;
}

const struct cell_value *table_cell(const struct table *table, size_t row, size_t column)
{
	return &table->cell[row * table->n_column + column];
}

bool table_find_row(const struct table *table, const char *key_or_label, size_t *row)
{
	return table->env.find_row(table->env.ctx, key_or_label, row);
}

static bool fill(struct work *w, struct diags *d)
{
	bool late; /* a condition asks what is computed */

	if (!rows_collect(w, d))
		return false;
	late = w->where && !w->where_of_fields;
	if (w->order == ORDER_COLUMN || late) { /* what decides which rows there are, and in which order */
		rows_sort(w, ORDER_SOURCE);
		if (!rows_place(w, d) || !cells_fill(w, late ? NULL : columns_behind(w, w->order_column), d))
			return false;
		rows_take_values(w);
		if (!w->where_of_fields && !rows_filter(w, d))
			return false;
	}
	rows_sort(w, w->order);
	return rows_place(w, d) && cells_fill(w, NULL, d);
}

/* A field was asked for where a source has several rows of the period. */
static void warn_several(const struct work *w, struct diags *d)
{
	if (w->several)
		diag_warning(d, w->several->any->at, "several-rows",
			"%s has several rows for the period, so the table '%s' leaves it "
			"blank; use upto(x), or a period that is a month",
			w->several->label, w->table->id);
}

/* NULL after an error that leaves no table; findings of checks leave one. */
static const struct table *make_table(const struct model *model, struct library *library,
	const char *name, struct audit *audit, struct arena *a, struct diags *d)
{
	struct work *w = ARENA_NEW(a, struct work);
	bool ok;

	w->model = model;
	w->job = model->job;
	w->a = a;
	w->audit = audit;
	w->table = ARENA_NEW(a, struct table);
	ok = template_read(w, name, library, d);
	if (w->table->dataset)
		ok = symbols_read(w, d) && ok; /* all errors of a template in one run */
	if (!ok || !fill(w, d))
		return NULL;
	if (audit) {
		checks_run(w, d);
		asserted_compare(w, d);
		rules_run(w, d);
	}
	warn_several(w, d);
	previous_warn(w, d);
	return w->table;
}

bool compute(const struct model *model, struct library *library, const char *const *name,
	size_t n_name, struct audit *audit, struct arena *a, struct tables *tables, struct diags *d)
{
	const struct table **table = ARENA_ARRAY(a, n_name, const struct table *);
	size_t n_error = d->n_error - (audit ? audit->n_error : 0);
	struct map done;

	map_init(&done, a);
	*tables = (struct tables){ table, 0 };
	for (size_t i = 0; i < n_name; i++) {
		const struct table *made;

		if (!map_add(&done, name[i], i, NULL))
			continue;
		made = make_table(model, library, name[i], audit, a, d);
		if (made)
			table[tables->n_table++] = made;
	}
	for (size_t i = 0; audit && i < tables->n_table; i++)
		cross_rules_run(table[i]->env.ctx, tables, library, d);
	return d->n_error == n_error + (audit ? audit->n_error : 0);
}
