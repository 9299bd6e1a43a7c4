/* Why a figure that was printed is not the one that is computed: only what is proved by computing it that way. */
#include "compute/work.h"

#include "base/buf.h"
#include "model/matcher.h"
#include "model/number.h"

#include <string.h>

enum { TELLING = 10 }; /* that small a count is the same as another row's by chance */

/* A printed cell. */
struct claim {
	const struct table *table;
	size_t row;
	const struct column *column;
	size_t i_column;
	struct ratio printed;
	int decimals;
	struct audit_finding *finding;
	struct arena *a;
};

static bool prints_as(const struct claim *c, struct figure figure)
{
	struct diags scratch = { .quiet = true };
	struct ratio rounded;

	return figure.state == FIGURE_OK
	       && ratio_round(figure.x, c->decimals, c->column->rounding, c->column->at, &rounded, &scratch)
	       && !ratio_compare(rounded, c->printed);
}

static void explain_difference(const struct claim *c, const char *printed)
{
	struct figure left;
	struct figure right;

	if (c->column->expr && expr_difference(c->column->expr, &c->table->env, c->row, &left, &right, c->a)
		&& left.state == FIGURE_OK && right.state == FIGURE_OK)
		audit_explain_difference(c->finding, left.x, right.x, printed, c->decimals, c->column->rounding, c->a);
}

static void explain_other_row(const struct claim *c)
{
	if (c->table->row[c->row].kind != ROW_AREA || (!c->decimals && c->printed.num < TELLING))
		return;
	for (size_t i = 0; i < c->table->n_leaf; i++) {
		size_t row = c->table->leaf[i];

		if (row != c->row && prints_as(c, table_cell(c->table, row, c->i_column)->figure)) {
			audit_reason_add(c->finding, WHY_OTHER_ROW, c->table->row[row].label, NULL);
			return;
		}
	}
}

/* The total without one of its rows, if just one row would do. */
static void explain_left_out(const struct claim *c, struct ratio total)
{
	struct diags scratch = { .quiet = true };
	size_t found = c->table->n_row;
	unsigned n = 0;

	for (size_t i = 0; i < c->table->n_leaf; i++) {
		struct figure leaf = table_cell(c->table, c->table->leaf[i], c->i_column)->figure;
		struct figure rest = figure_of(ratio_whole(0));

		if (leaf.state == FIGURE_OK && leaf.x.num && ratio_sub(total, leaf.x, c->column->at, &rest.x, &scratch)
			&& prints_as(c, rest)) {
			found = c->table->leaf[i];
			n++;
		}
	}
	if (n == 1)
		audit_reason_add(c->finding, WHY_WITHOUT_ROW, c->table->row[found].label, NULL);
}

/* The parts as the source states them, of a column that the table computes. */
static void explain_parts(const struct claim *c)
{
	const struct work *w = c->table->env.ctx;
	size_t field = w->symbol_field[c->i_column];
	struct figure sum = figure_of(ratio_whole(0));
	struct diags scratch = { .quiet = true };
	bool all = field != NOT_THERE && c->column->kind != COLUMN_FIELD && c->table->n_leaf;

	for (size_t i = 0; i < c->table->n_leaf && all; i++) {
		const struct data_row *row = c->table->row[c->table->leaf[i]].row;

		all = row && row->datum[field].figure.state == FIGURE_OK
			&& ratio_add(sum.x, row->datum[field].figure.x, c->column->at, &sum.x, &scratch);
	}
	if (all && prints_as(c, sum))
		audit_reason_add(c->finding, WHY_PARTS_FIT, NULL, NULL);
	else if (all && ratio_compare(sum.x, table_cell(c->table, c->row, c->i_column)->figure.x) != 0)
		audit_reason_add(c->finding, WHY_PARTS, audit_exact(sum.x, c->a), NULL);
}

void table_explain_cell(const struct table *table, size_t row, size_t column, const char *printed, int decimals,
	struct audit_finding *finding, struct arena *a)
{
	struct claim c = { table, row, &table->column[column], column, { 0, 1 }, decimals, finding, a };
	struct figure computed = table_cell(table, row, column)->figure;

	if (computed.state != FIGURE_OK || number_parse(printed, strlen(printed), 0, &c.printed) != NUMBER_OK)
		return;
	audit_explain_rounding(finding, computed.x, printed, decimals, c.column->rounding, a);
	explain_difference(&c, printed);
	explain_other_row(&c);
	if (table->row[row].kind == ROW_TOTAL && c.column->summed) {
		explain_left_out(&c, computed.x);
		explain_parts(&c);
	}
}

/* ---- how cells are called ---- */

struct origin row_place(const struct work *w, const struct figure *figure, size_t row)
{
	const struct leaf *leaf = w->row_leaf[row];
	const struct origin *first = figure_place(figure);

	if (first)
		return *first;
	if (leaf)
		return leaf->row[SOURCE_CURRENT] ? leaf->row[SOURCE_CURRENT]->at : leaf->any->at;
	return w->table->at;
}

const char *table_cell_path(const struct table *table, size_t row, const char *name, struct arena *a)
{
	return arena_printf(a, "%s/%s%s%s", table->id, table->row[row].key, *name ? "/" : "", name);
}

const char *cell_path(const struct work *w, size_t row, const char *name)
{
	return table_cell_path(w->table, row, name, w->a);
}

const char *column_name(const struct column *column, struct arena *a)
{
	struct buf b = { 0 };
	const char *name;

	for (size_t i = 0; i < column->n_label; i++)
		buf_printf(&b, "%s%s", i ? " > " : "", column->label[i]);
	name = arena_slice(a, b.n ? b.text : "", b.n);
	buf_clear(&b);
	return name;
}

/* The header text that a field is known by, in the year of the source; the name itself where it is no field's. */
static const char *field_label(const struct work *w, const char *name)
{
	const struct field *field = dataset_field(w->table->dataset, name);
	const struct data *data = w->data[SOURCE_CURRENT];

	return field && data ? header_name(field->label, data->source->period_year, w->a) : name;
}

const char *cell_subject(const struct work *w, size_t row, const char *name)
{
	size_t i = find_column(w->table, name);
	const char *label = w->table->row[row].label;

	name = i != NOT_THERE ? column_name(&w->table->column[i], w->a) : field_label(w, name);
	return *label ? arena_printf(w->a, "%s, %s", label, name) : name;
}
