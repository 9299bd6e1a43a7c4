/* Rows of groups that another dataset speaks of: <subtotal from="DATASET"/>. */
#include "compute/work.h"

#include <string.h>

void whole_read(struct work *w, const struct node *n, struct diags *d)
{
	const char *from = node_attribute(n, "from");
	const char *groups = node_attribute(w->root, "groups");

	if (!from)
		return;
	w->table->whole = model_find(w->model, from, SOURCE_CURRENT);
	if (!w->table->whole)
		diag_error(d, node_place(n, "from", 0), "source", "the job has no <source dataset=\"%s\"> for the rows of groups", from);
	else if (groups && find_field(w->table->whole->dataset, groups) == NOT_THERE)
		diag_error(d, node_place(n, "from", 0), "unknown-name",
			"the dataset '%s' has no field '%s', by which the table is grouped; name a dataset that has it", from, groups);
}

static bool is_of(const struct data *whole, size_t row, size_t field, const char *label)
{
	const char *text = whole->row[row].datum[field].text;

	return text && !strcmp(text, label);
}

const struct data_row *whole_find(const struct work *w, const char *label)
{
	const struct data *whole = w->table->whole;
	const struct data_row *found = NULL;
	size_t field = whole ? find_field(whole->dataset, node_attribute(w->root, "groups")) : NOT_THERE;

	for (size_t i = 0; field != NOT_THERE && i < whole->n_row; i++)
		if (is_of(whole, i, field, label)) {
			if (found)
				return NULL;
			found = &whole->row[i];
		}
	return found;
}

const struct datum *whole_datum(const struct table *table, size_t row, const struct column *column, const struct field **field)
{
	const struct data_row *of = table->row[row].whole;
	size_t i;

	if (!of || column->no_total || (column->kind != COLUMN_FIELD && column->kind != COLUMN_TEXT))
		return NULL;
	i = find_field(table->whole->dataset, table->dataset->field[column->field].id);
	if (i == NOT_THERE || field_is_number(table->whole->dataset->field[i].type) != (column->kind == COLUMN_FIELD))
		return NULL;
	*field = &table->whole->dataset->field[i];
	return &of->datum[i];
}
