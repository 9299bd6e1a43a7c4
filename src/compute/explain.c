#include "compute/explain.h"

#include "base/buf.h"
#include "compute/work.h"

#include <string.h>

struct use_list {
	const struct table *table;
	struct explained_use *use; /* [n] */
	size_t n;
	size_t cap;
	struct arena *a;
};

const char *explained_name(enum explained kind)
{
	static const char *const names[] = {
		[EXPLAINED_SOURCE] = "source",
		[EXPLAINED_INDICATOR] = "indicator",
		[EXPLAINED_SUM] = "sum",
		[EXPLAINED_ALLOCATION] = "allocation",
		[EXPLAINED_PROGRESS] = "progress",
		[EXPLAINED_NONE] = "none",
	};

	return names[kind];
}

static void push_use(struct use_list *list, const char *name, size_t row, const struct value *value)
{
	bool known = row < list->table->n_row;

	*ARENA_PUSH(list->a, list->use, list->n, &list->cap)
		= (struct explained_use){ name, known ? list->table->row[row].key : "", known ? list->table->row[row].label : "", *value };
}

/* Each name of a row once. */
static void add_use_of_row(struct use_list *list, const char *name, size_t row, const struct value *value)
{
	const char *key = row < list->table->n_row ? list->table->row[row].key : "";

	for (size_t i = 0; i < list->n; i++)
		if (!strcmp(list->use[i].name, name) && !strcmp(list->use[i].row, key))
			return;
	push_use(list, name, row, value);
}

static bool is_constant(const struct table *table, const char *name)
{
	for (size_t i = 0; i < table->symbols.n_symbol; i++)
		if (!strcmp(table->symbols.symbol[i].name, name))
			return table->symbols.symbol[i].constant;
	return false;
}

/* What a formula names; a constant is of no row. */
static void add_use(void *ctx, const char *name, size_t row, const struct value *value)
{
	struct use_list *list = ctx;

	if (is_constant(list->table, name))
		row = list->table->n_row;
	add_use_of_row(list, name, row, value);
}

/* The rows that are added up, and their figures with + between them. */
static void explain_sum(const struct table *table, size_t row, size_t column, struct use_list *list, struct explanation *e)
{
	const struct column *c = &table->column[column];
	const struct table_row *total = &table->row[row];
	struct buf b = { 0 };

	for (size_t i = 0; i < total->n_leaf; i++) {
		size_t leaf = table->leaf[total->first_leaf + i];
		const struct figure *figure = &table_cell(table, leaf, column)->figure;
		struct value value = { .type = EXPR_NUMBER, .figure = *figure };

		if (c->skip_missing && figure->state == FIGURE_MISSING)
			continue;
		buf_printf(&b, "%s%s", b.n ? " + " : "", expr_figure(figure, list->a));
		push_use(list, c->id, leaf, &value); /* each row once */
	}
	e->kind = EXPLAINED_SUM;
	e->formula = arena_printf(list->a, "sum(%s)", c->id);
	e->numbers = arena_slice(list->a, b.text ? b.text : "", b.n);
	buf_clear(&b);
}

static void explain_share(const struct table *table, size_t row, const struct column *column, struct use_list *list,
	struct explanation *e)
{
	static const char *const modes[] = {
		[ALLOCATE_LARGEST_REMAINDER] = "largest-remainder",
		[ALLOCATE_PROPORTIONAL] = "proportional",
		[ALLOCATE_GIVEN] = "given",
	};
	const struct allocation *share = &column->share;
	const char *whole;

	e->kind = EXPLAINED_ALLOCATION;
	if (share->mode == ALLOCATE_GIVEN) {
		e->kind = EXPLAINED_SOURCE;
		e->formula = column->id;
		e->numbers = expr_figure(&table_cell(table, row, (size_t)(column - table->column))->figure, list->a);
		return;
	}
	whole = expr_numbers(share->whole, &table->env, table->total, add_use, list, list->a);
	e->formula = arena_printf(list->a, "allocate(%s, %s, %s)", modes[share->mode], expr_source(share->whole), expr_source(share->by));
	e->numbers = arena_printf(list->a, "allocate(%s, %s, %s)", modes[share->mode], whole,
		expr_numbers(share->by, &table->env, row, add_use, list, list->a));
}

static void explain_field(const struct column *column, const struct cell_value *cell, struct arena *a, struct explanation *e)
{
	e->kind = EXPLAINED_SOURCE;
	e->formula = column->id;
	e->numbers = expr_figure(&cell->figure, a);
}

static void explain_expression(const struct table *table, size_t row, const struct column *column, struct use_list *list,
	struct explanation *e)
{
	e->kind = EXPLAINED_INDICATOR;
	e->formula = expr_source(column->expr);
	e->numbers = expr_numbers(column->expr, &table->env, row, add_use, list, list->a);
}

void table_explain(const struct table *table, size_t row, size_t i_column, struct arena *a, struct explanation *e)
{
	const struct column *column = &table->column[i_column];
	struct use_list list = { .table = table, .a = a };
	bool leaf = table->row[row].kind == ROW_AREA;
	const struct field *field;

	if (whole_datum(table, row, column, &field))
		leaf = true; /* a field too, of another dataset */
	*e = (struct explanation){
		.kind = EXPLAINED_NONE, .cell = table_cell(table, row, i_column), .formula = "", .numbers = "" };
	if (table->row[row].kind == ROW_TOTAL && table->whole)
		return;
	switch (column->kind) {
	case COLUMN_ORDINAL:
	case COLUMN_LABEL:
		break;
	case COLUMN_TEXT:
		if (leaf)
			e->kind = EXPLAINED_SOURCE;
		break;
	case COLUMN_WORDS:
		if (leaf || !column->no_total)
			explain_expression(table, row, column, &list, e);
		break;
	case COLUMN_FIELD:
		if (leaf)
			explain_field(column, e->cell, a, e);
		else if (column->summed)
			explain_sum(table, row, i_column, &list, e);
		break;
	case COLUMN_INDICATOR:
		if (!leaf && column->summed)
			explain_sum(table, row, i_column, &list, e);
		else if (leaf || !column->no_total)
			explain_expression(table, row, column, &list, e);
		break;
	case COLUMN_SHARE:
		if (leaf)
			explain_share(table, row, column, &list, e);
		else if (column->summed)
			explain_sum(table, row, i_column, &list, e);
		break;
	}
	e->use = list.use;
	e->n_use = list.n;
}
