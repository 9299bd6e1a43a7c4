/* Figures that a source has although the table computes them: compared, never used. */
#include "compute/work.h"

#include <string.h>

/* A cell, and what the source says of it. */
struct asserted {
	size_t row;
	size_t column;	  /* or NOT_THERE: a field that no column shows */
	const char *name; /* of the column or field */
	const struct figure *said;
	const struct figure *computed;
	int decimals;
	enum rounding rounding;
};

static void report(struct work *w, const struct asserted *x, const char *said, const char *computed, int decimals,
	struct diags *d)
{
	const struct origin *first = figure_place(x->said);
	struct audit_finding f = {
		.rule = "asserted",
		.severity = w->audit->job->audit_severity,
		.at = first ? *first : w->table->at,
		.place = cell_path(w, x->row, x->name),
		.subject = cell_subject(w, x->row, x->name),
		.printed = said,
		.computed = computed,
	};

	if (x->column != NOT_THERE && w->audit->n_finding < AUDIT_EXPLAINED_MAX)
		table_explain_cell(w->table, x->row, x->column, said, decimals, &f, w->a);
	audit_add(w->audit, f, d);
}

/* Compared with as many decimals as are shown, or as the source has where it has more. */
static void compare(struct work *w, const struct asserted *x, struct diags *d)
{
	int decimals = x->decimals;
	struct arena scratch = { 0 };
	const char *computed = "-";
	const char *said;
	bool differs;

	if (x->said->state != FIGURE_OK)
		return;
	if (ratio_decimals(x->said->x) > decimals)
		decimals = ratio_decimals(x->said->x);
	said = audit_number(x->said->x, decimals, ROUND_TRUNCATE, &scratch);
	differs = x->computed->state == FIGURE_NOT_APPLICABLE && x->said->x.num;
	if (x->computed->state == FIGURE_OK) {
		computed = audit_number(x->computed->x, decimals, x->rounding, &scratch);
		differs = strcmp(said, computed);
	}
	if (differs)
		report(w, x, arena_text(w->a, said), arena_text(w->a, computed), decimals, d);
	arena_clear(&scratch);
}

/* A cell of a column against the source's row. */
static void compare_cell(
	struct work *w, size_t i_column, size_t row, const struct data_row *source, struct diags *d)
{
	const struct column *column = &w->table->column[i_column];
	struct asserted x = {
		.row = row,
		.column = i_column,
		.name = column->id,
		.said = &source->datum[w->symbol_field[i_column]].figure,
		.computed = &table_cell(w->table, row, i_column)->figure,
		.decimals = column->decimals,
		.rounding = column->rounding,
	};

	compare(w, &x, d);
}

static bool is_compared(const struct work *w, size_t i_column)
{
	const struct column *column = &w->table->column[i_column];
	size_t field = w->symbol_field[i_column];

	return column_is_number(column) && field != NOT_THERE && w->data[SOURCE_CURRENT]->present[field];
}

static void compare_leaves(struct work *w, size_t i_column, struct diags *d)
{
	const struct table *table = w->table;

	for (size_t i = 0; i < table->n_leaf; i++) {
		const struct data_row *source = table->row[table->leaf[i]].row;

		if (source)
			compare_cell(w, i_column, table->leaf[i], source, d);
	}
}

/* A field that no column shows, in the total row of the source. */
static void compare_field_total(
	struct work *w, const struct symbol *symbol, const struct data_row *source, struct diags *d)
{
	size_t field = w->symbol_field[symbol->index];
	struct value value;
	struct asserted x = {
		.row = w->table->total,
		.column = NOT_THERE,
		.name = symbol->name,
		.said = &source->datum[field].figure,
		.computed = &value.figure,
		.rounding = w->rounding,
	};

	if (x.said->state == FIGURE_OK && field_is_summed(w->table->dataset->field[field].type) &&
		work_lookup(w, symbol, VIEW_ROW, w->table->total, &value, d))
		compare(w, &x, d);
}

/* Whether the total row of the source is over the rows of the table. */
static bool total_is_comparable(const struct work *w)
{
	const struct data_row *total = w->data[SOURCE_CURRENT]->total;

	if (!total || !w->table->has_total || w->where)
		return false;
	return !w->has_month || !w->by_area ||
	       (total->month && total->month == (unsigned)w->job->period.month);
}

void asserted_compare(struct work *w, struct diags *d)
{
	const struct table *table = w->table;
	const struct data_row *total =
		total_is_comparable(w) ? w->data[SOURCE_CURRENT]->total : NULL;

	for (size_t i = 0; i < table->n_column; i++) {
		if (!is_compared(w, i))
			continue;
		if (table->column[i].kind != COLUMN_FIELD)
			compare_leaves(w, i, d);
		if (total)
			compare_cell(w, i, table->total, total, d);
	}
	for (size_t i = table->n_column; total && i < w->n_named; i++)
		compare_field_total(w, &table->symbols.symbol[i], total, d);
}
