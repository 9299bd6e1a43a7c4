/* Figures that a source has although the table computes them: compared, never used. */
#include "compute/work.h"

#include "base/buf.h"

#include <string.h>

static const char *const rounding_names[] = {
	[ROUND_HALF_UP] = "half-up",
	[ROUND_TRUNCATE] = "truncate",
	[ROUND_HALF_EVEN] = "half-even",
};

/* What is compared, and where. */
struct asserted {
	const char *row;
	const char *column;
	const struct figure *said;
	const struct figure *computed;
	int decimals;
	enum rounding rounding;
};

/* A number as the document would show it, without its groups. */
static const char *shown(struct ratio x, int decimals, enum rounding how, struct arena *a)
{
	char *text = arena_text(a, ratio_text(x, decimals, how, a));
	char *point = strchr(text, '.');

	if (point)
		*point = ',';
	return text;
}

static bool is_new(struct work *w, struct origin at, const char *what)
{
	return map_add(&w->reported->map, arena_printf(w->a, "%s %s", origin_text(at, w->a), what),
		0, NULL);
}

static void report(struct work *w, const struct asserted *x, const char *said, const char *computed,
	const char *rounding, struct diags *d)
{
	struct origin at = x->said->n_from ? x->said->from[0] : w->table->at;
	const char *what = *x->row ? arena_printf(w->a, "%s, %s", x->row, x->column) : x->column;

	if (!is_new(w, at, computed))
		return;
	if (rounding)
		diag_warning(d, at, "asserted",
			"%s: the source says %s, computed %s (rounding '%s' would give it)", what,
			said, computed, rounding);
	else
		diag_warning(d, at, "asserted", "%s: the source says %s, computed %s", what, said,
			computed);
}

/* Compared with as many decimals as are shown, or as the source has where it has more. */
static void compare(struct work *w, const struct asserted *x, struct diags *d)
{
	int decimals = x->decimals;
	const char *rounding = NULL;
	const char *said;
	const char *computed;

	if (x->said->state != FIGURE_OK)
		return;
	if (ratio_decimals(x->said->x) > decimals)
		decimals = ratio_decimals(x->said->x);
	said = shown(x->said->x, decimals, ROUND_TRUNCATE, w->a);
	if (x->computed->state == FIGURE_NOT_APPLICABLE && x->said->x.num)
		report(w, x, said, "-", NULL, d);
	if (x->computed->state != FIGURE_OK)
		return;
	computed = shown(x->computed->x, decimals, x->rounding, w->a);
	if (!strcmp(said, computed))
		return;
	for (size_t i = 0; i < sizeof rounding_names / sizeof *rounding_names && !rounding; i++)
		if (!strcmp(said, shown(x->computed->x, decimals, (enum rounding)i, w->a)))
			rounding = rounding_names[i];
	report(w, x, said, computed, rounding, d);
}

static const char *column_name(const struct column *column, struct arena *a)
{
	struct buf b = { 0 };
	const char *name;

	for (size_t i = 0; i < column->n_label; i++)
		buf_printf(&b, "%s%s", i ? " > " : "", column->label[i]);
	name = arena_slice(a, b.n ? b.text : "", b.n);
	buf_clear(&b);
	return name;
}

/* A cell of a column against the source's row. */
static void compare_cell(
	struct work *w, size_t i_column, size_t row, const struct data_row *source, struct diags *d)
{
	const struct column *column = &w->table->column[i_column];
	struct asserted x = {
		.row = w->table->row[row].label,
		.said = &source->datum[w->symbol_field[i_column]].figure,
		.computed = &table_cell(w->table, row, i_column)->figure,
		.decimals = column->decimals,
		.rounding = column->rounding,
	};

	if (x.said->state != FIGURE_OK)
		return;
	x.column = column_name(column, w->a);
	compare(w, &x, d);
}

static bool is_compared(const struct work *w, size_t i_column)
{
	const struct column *column = &w->table->column[i_column];
	size_t field = w->symbol_field[i_column];

	return (column->kind == COLUMN_FIELD || column->kind == COLUMN_INDICATOR) &&
	       field != NOT_THERE && w->data[SOURCE_CURRENT]->present[field];
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
		.row = w->table->row[w->table->total].label,
		.column = symbol->name,
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

	if (!total || !w->table->has_total)
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
		if (table->column[i].kind == COLUMN_INDICATOR)
			compare_leaves(w, i, d);
		if (total)
			compare_cell(w, i, table->total, total, d);
	}
	for (size_t i = table->n_column; total && i < w->n_named; i++)
		compare_field_total(w, &table->symbols.symbol[i], total, d);
}
