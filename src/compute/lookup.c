/* What names mean in a row: cells of columns, and fields straight from the sources. */
#include "compute/work.h"

#include "base/date.h"

#include <string.h>

const char *datum_text(const struct datum *datum, enum field_type type, struct arena *a)
{
	struct date date;

	if (datum->figure.state != FIGURE_OK)
		return "";
	switch (type) {
	case FIELD_FLAG:
		return datum->figure.x.num ? "x" : "";
	case FIELD_MONTH:
		return arena_printf(a, "%lld", (long long)datum->figure.x.num);
	case FIELD_DATE:
		return datum->text && date_parse(datum->text, &date) ? date_short(date, a)
								     : datum->text;
	case FIELD_COUNT:
	case FIELD_MONEY:
	case FIELD_RATE:
	case FIELD_NUMBER:
	case FIELD_TEXT:
	case FIELD_AREA:
	case FIELD_WORD:
		break;
	}
	return datum->text ? datum->text : "";
}

/* ---- fields in the row of a leaf ---- */

static enum source_role role_of(enum expr_view view)
{
	switch (view) {
	case VIEW_ROW:
	case VIEW_UPTO:
	case VIEW_SHOWN:
		return SOURCE_CURRENT;
	case VIEW_PREVIOUS:
		return SOURCE_PREVIOUS;
	case VIEW_PLAN:
		return SOURCE_PLAN;
	}
	return SOURCE_CURRENT;
}

static struct datum leaf_datum(
	struct work *w, const struct leaf *leaf, enum expr_view view, size_t field)
{
	enum source_role role = role_of(view);
	struct datum missing = { .figure = figure_missing() };

	if (leaf->several[role])
		w->several = leaf;
	return leaf->row[role] ? leaf->row[role]->datum[field] : missing;
}

static struct figure month_figure(
	struct work *w, const struct leaf *leaf, size_t first, unsigned month, size_t field)
{
	const struct data *data = w->data[SOURCE_CURRENT];
	const struct data_row *found = NULL;

	for (size_t i = first; i != NOT_THERE; i = w->index[SOURCE_CURRENT].next[i])
		if (data->row[i].month == month) {
			if (found) {
				w->several = leaf;
				return figure_missing();
			}
			found = &data->row[i];
		}
	return found ? found->datum[field].figure : figure_missing();
}

/* This year up to the month of the period: each month must have one row. */
static bool leaf_upto(struct work *w, const struct leaf *leaf, size_t field, struct figure *figure,
	struct diags *d)
{
	unsigned n_month = (unsigned)period_last(&w->job->period);
	struct figure month[12];
	struct cell_value sum;
	size_t first = NOT_THERE;

	map_find(&w->index[SOURCE_CURRENT].first, leaf->match, &first);
	for (unsigned i = 0; i < n_month; i++)
		month[i] = month_figure(w, leaf, first, i + 1, field);
	if (!figures_sum(month, n_month, false, w->table->at, w->a, &sum, d))
		return false;
	*figure = sum.figure;
	return true;
}

static bool leaf_figure(struct work *w, const struct leaf *leaf, enum expr_view view, size_t field,
	struct figure *figure, struct diags *d)
{
	if (view == VIEW_UPTO)
		return leaf_upto(w, leaf, field, figure, d);
	if (view == VIEW_PREVIOUS && leaf->any->area)
		return previous_figure(w, leaf, field, figure, d);
	*figure = leaf_datum(w, leaf, view, field).figure;
	return true;
}

/* ---- fields in a total ---- */

static bool sum_leaves(struct work *w, size_t row, enum expr_view view, size_t field,
	struct figure *figure, struct diags *d)
{
	const struct table_row *total = &w->table->row[row];
	struct arena scratch = { 0 };
	struct figure *part = ARENA_ARRAY(&scratch, total->n_leaf, struct figure);
	struct cell_value sum = { .figure = figure_missing() };
	bool ok = true;

	for (size_t i = 0; i < total->n_leaf && ok; i++) {
		size_t leaf = w->table->leaf[total->first_leaf + i];

		ok = leaf_figure(w, w->row_leaf[leaf], view, field, &part[i], d);
	}
	ok = ok && figures_sum(part, total->n_leaf, false, w->table->at, w->a, &sum, d);
	arena_clear(&scratch);
	*figure = sum.figure;
	return ok;
}

static bool total_figure(struct work *w, size_t row, enum expr_view view, size_t field,
	struct figure *figure, struct diags *d)
{
	size_t i = (size_t)view * w->table->dataset->n_field + field;

	*figure = figure_missing();
	if (!field_is_summed(w->table->dataset->field[field].type))
		return true;
	if (view == VIEW_PREVIOUS && previous_left_out(w, row))
		return true;
	if (w->table->row[row].kind != ROW_TOTAL)
		return sum_leaves(w, row, view, field, figure, d);
	if (!w->total_known[i]) {
		w->total_known[i] = true;
		w->total_figure[i] = figure_missing();
		if (!sum_leaves(w, row, view, field, &w->total_figure[i], d))
			return false;
	}
	*figure = w->total_figure[i];
	return true;
}

static bool field_value(struct work *w, size_t field, enum expr_view view, size_t row,
	struct value *value, struct diags *d)
{
	const struct leaf *leaf = w->row_leaf[row];
	struct datum datum;

	if (field == NOT_THERE)
		return true;
	if (!leaf)
		return value->type != EXPR_NUMBER ||
		       total_figure(w, row, view, field, &value->figure, d);
	if (value->type == EXPR_NUMBER)
		return leaf_figure(w, leaf, view, field, &value->figure, d);
	datum = leaf_datum(w, leaf, view, field);
	value->figure = datum.figure;
	value->text = datum_text(&datum, w->table->dataset->field[field].type, w->a);
	value->truth = datum.figure.state == FIGURE_OK && datum.figure.x.num;
	return true;
}

/* ---- columns ---- */

static void column_value(const struct work *w, size_t i, size_t row, struct value *value)
{
	const struct cell_value *cell = table_cell(w->table, row, i);

	value->figure = cell->figure;
	value->text = cell->text ? cell->text : "";
	value->truth = cell->figure.state == FIGURE_OK && cell->figure.x.num;
}

static bool shown_value(
	const struct work *w, size_t i, size_t row, struct value *value, struct diags *d)
{
	const struct column *column = &w->table->column[i];

	column_value(w, i, row, value);
	if (value->figure.state != FIGURE_OK)
		return true;
	return ratio_round(value->figure.x, column->decimals, column->rounding, column->at,
		&value->figure.x, d);
}

bool work_lookup(void *ctx, const struct symbol *symbol, enum expr_view view, size_t row,
	struct value *value, struct diags *d)
{
	struct work *w = ctx;
	size_t i = symbol->index;

	*value = (struct value){ .type = symbol->type, .figure = figure_missing(), .text = "" };
	if (i >= w->n_named)
		return job_lookup(w->job, symbol, value);
	if (row >= w->table->n_row)
		return true;
	if (i < w->table->n_column && view == VIEW_SHOWN)
		return shown_value(w, i, row, value, d);
	if (i < w->table->n_column && view == VIEW_ROW) {
		column_value(w, i, row, value);
		return true;
	}
	return field_value(w, w->symbol_field[i], view, row, value, d);
}
