#include "compute/work.h"

#include "base/numeral.h"

#include <stdlib.h>
#include <string.h>

bool figures_sum(const struct figure *part, size_t n, bool skip, struct origin at, struct arena *a,
	struct cell_value *sum, struct diags *d)
{
	struct figure *taken = memory_new(n, sizeof *taken);
	struct figure total = figure_of(ratio_whole(0));
	size_t n_taken = 0;
	bool ok = true;

	*sum = (struct cell_value){ .figure = figure_missing() };
	for (size_t i = 0; i < n; i++)
		if (skip && part[i].state == FIGURE_MISSING)
			sum->skipped++;
		else
			taken[n_taken++] = part[i];
	if (n_taken) {
		for (size_t i = 0; i < n_taken; i++)
			total.state = figure_joint_state(total.state, taken[i].state);
		for (size_t i = 0; i < n_taken && ok && total.state == FIGURE_OK; i++)
			ok = ratio_add(total.x, taken[i].x, at, &total.x, d);
		if (total.state != FIGURE_OK)
			total.x = ratio_whole(0);
		figure_join(&total, taken, n_taken, a);
		sum->figure = total;
	}
	free(taken);
	return ok;
}

/* ---- leaves ---- */

static void find_decimals(const struct column_work *own, struct ratio x, struct column *column)
{
	int decimals = ratio_decimals(x);

	if (decimals > own->most_decimals)
		decimals = own->most_decimals;
	if (decimals > column->decimals)
		column->decimals = decimals;
}

static void fill_field(
	struct work *w, size_t i_column, const struct leaf *leaf, struct cell_value *cell)
{
	struct column *column = &w->table->column[i_column];
	const struct field *field = &w->table->dataset->field[column->field];
	const struct data_row *row = leaf->row[SOURCE_CURRENT];

	if (leaf->several[SOURCE_CURRENT])
		w->several = leaf;
	if (!row)
		return;
	cell->figure = row->datum[column->field].figure;
	if (column->kind == COLUMN_TEXT)
		cell->text = datum_text(&row->datum[column->field], field->type, w->a);
	else if (w->column[i_column].find_decimals && cell->figure.state == FIGURE_OK)
		find_decimals(&w->column[i_column], cell->figure.x, column);
}

static bool fill_expression(struct work *w, const struct expr *expr, size_t row,
	struct cell_value *cell, struct diags *d)
{
	struct value value;

	if (!expr_eval(expr, &w->table->env, row, &value, w->a, d))
		return false;
	cell->figure = value.figure;
	if (value.type == EXPR_TEXT && value.figure.state == FIGURE_OK)
		cell->text = value.text;
	return true;
}

static void fill_label(const struct work *w, size_t row, struct cell_value *cell)
{
	const struct leaf *leaf = w->row_leaf[row];
	size_t field = w->table->dataset->label;
	const struct data_row *source = NULL;

	cell->text = w->table->row[row].label;
	cell->figure = figure_of(ratio_whole(0));
	if (leaf)
		source = leaf->row[SOURCE_CURRENT] ? leaf->row[SOURCE_CURRENT] : leaf->any;
	if (source && field < w->table->dataset->n_field)
		figure_add_places(&cell->figure, &source->datum[field].figure, w->a);
}

static bool fill_leaf(struct work *w, size_t i_column, size_t row, struct diags *d)
{
	const struct column *column = &w->table->column[i_column];
	struct cell_value *cell = &w->table->cell[row * w->table->n_column + i_column];
	unsigned ordinal = w->table->row[row].ordinal;

	switch (column->kind) {
	case COLUMN_ORDINAL:
		cell->figure = figure_of(ratio_whole(ordinal));
		cell->text = arena_printf(w->a, "%u", ordinal);
		break;
	case COLUMN_LABEL:
		if (column->expr)
			return fill_expression(w, column->expr, row, cell, d);
		fill_label(w, row, cell);
		break;
	case COLUMN_FIELD:
	case COLUMN_TEXT:
		fill_field(w, i_column, w->row_leaf[row], cell);
		break;
	case COLUMN_INDICATOR:
	case COLUMN_WORDS:
		return fill_expression(w, column->expr, row, cell, d);
	case COLUMN_SHARE: /* all rows at once */
		break;
	}
	return true;
}

/* ---- groups and the total ---- */

static bool fill_sum(
	struct work *w, size_t i_column, size_t row, struct cell_value *cell, struct diags *d)
{
	const struct column *column = &w->table->column[i_column];
	const struct table_row *total = &w->table->row[row];
	struct arena scratch = { 0 };
	struct figure *part = ARENA_ARRAY(&scratch, total->n_leaf, struct figure);
	bool ok;

	for (size_t i = 0; i < total->n_leaf; i++)
		part[i] = table_cell(w->table, w->table->leaf[total->first_leaf + i], i_column)
				  ->figure;
	ok = figures_sum(part, total->n_leaf, column->skip_missing, column->at, w->a, cell, d);
	arena_clear(&scratch);
	if (w->column[i_column].of_previous && cell->figure.state == FIGURE_OK && previous_left_out(w, row))
		cell->figure = figure_missing();
	return ok;
}

static bool is_same(const struct figure *x, const struct figure *y)
{
	return x->state == y->state && (x->state != FIGURE_OK || !ratio_compare(x->x, y->x));
}

/* What another dataset says of the group, and whether it is the sum of the leaves too. */
static bool fill_whole(struct work *w, size_t i_column, size_t row, const struct datum *datum, const struct field *field, struct cell_value *cell,
	struct diags *d)
{
	const struct column *column = &w->table->column[i_column];
	struct cell_value sum = { 0 };

	if (column->summed && !fill_sum(w, i_column, row, &sum, d))
		return false;
	cell->figure = datum->figure;
	cell->skipped = sum.skipped;
	cell->apart = column->summed && !is_same(&datum->figure, &sum.figure);
	if (column->kind == COLUMN_TEXT)
		cell->text = datum_text(datum, field->type, w->a);
	return true;
}

static bool fill_total(struct work *w, size_t i_column, size_t row, struct diags *d)
{
	const struct column *column = &w->table->column[i_column];
	const struct table_row *total = &w->table->row[row];
	struct cell_value *cell = &w->table->cell[row * w->table->n_column + i_column];
	const struct field *field;
	const struct datum *whole = whole_datum(w->table, row, column, &field);

	if (whole)
		return fill_whole(w, i_column, row, whole, field, cell, d);
	if (column->kind == COLUMN_LABEL)
		fill_label(w, row, cell);
	else if (total->kind == ROW_TOTAL && w->table->whole)
		return true; /* its groups are of different things, so that they do not add up */
	else if (column->kind == COLUMN_ORDINAL && total->kind == ROW_GROUP)
		cell->text = roman_text(total->ordinal, w->a);
	else if (column->summed)
		return fill_sum(w, i_column, row, cell, d);
	else if (column->expr && !column->no_total)
		return fill_expression(w, column->expr, row, cell, d);
	return true;
}

/* The first error ends a column: the others would say the same of other rows. */
static bool fill_column(struct work *w, size_t i, struct diags *d)
{
	const struct table *table = w->table;

	if (table->column[i].kind == COLUMN_SHARE && !shares_fill(w, i, d))
		return false;
	for (size_t k = 0; k < table->n_leaf; k++)
		if (!fill_leaf(w, i, table->leaf[k], d))
			return false;
	for (size_t row = 0; row < table->n_row; row++)
		if (table->row[row].kind != ROW_AREA && !fill_total(w, i, row, d))
			return false;
	return true;
}

bool cells_fill(struct work *w, const bool *only, struct diags *d)
{
	bool ok = true;

	for (size_t i = 0; i < w->table->n_column; i++)
		if (!only || only[w->fill_order[i]])
			ok = fill_column(w, w->fill_order[i], d) && ok;
	return ok;
}
