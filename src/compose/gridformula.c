/* Formulas of a table, bound to the rows and columns of its grid. */
#include "compose/composer.h"

#include "base/map.h"
#include "base/utf8.h"
#include "expr/formulasum.h"

#include <ctype.h>
#include <string.h>

enum { N_ROW_KIND = ROW_TOTAL + 1 };

struct grid_formulas {
	const struct grid_map *map;
	struct arena *a;
	struct formula_env env;
	bool *rounded;	 /* [table's n_column] its cells hold what is printed, not the figure: others cannot use them */
	bool *failed;	 /* [N_ROW_KIND * table's n_column] the first row of that kind has no formula: none has, since they differ
			    in the row number only */
	struct formula *shared; /* [N_ROW_KIND * table's n_column] that of all rows of that kind, once the first has it; or no tokens */
	size_t key; /* printed column whose text tells which group a row is of; SIZE_MAX: none does */
	bool names_rows; /* some expression speaks of the total or of another row */
	bool on_total;	 /* the formula at hand stands in, or may speak of, a total or group row */
};

/* What an expression is made of. */
struct parts {
	const struct table *table;
	bool all_summed; /* nothing but columns whose totals are plain sums */
};

/* The shown cell rounds by itself, so that other formulas repeat its expression instead of
 * referring to it. Half-up is what spreadsheets do when they show a number: there the cell keeps
 * the exact value. */
static bool rounds_when_shown(const struct column *column)
{
	return column->kind == COLUMN_INDICATOR && column->rounding != ROUND_HALF_UP;
}

static void note_part(void *ctx, const struct symbol *symbol, enum expr_view view)
{
	struct parts *p = ctx;
	const struct column *column = column_find(p->table, symbol->name);

	if (view != VIEW_ROW || symbol->constant || !column || !column->summed
		|| column->skip_missing)
		p->all_summed = false;
}

/* Whether it is the sum of its parts' totals too: summed columns with + and - only. */
static bool adds_up(const struct table *table, const struct column *column)
{
	struct parts p = { table, !column->skip_missing };
	bool in_name = false;

	for (const char *s = expr_source(column->expr); *s; s++) {
		bool letter = isalnum((unsigned char)*s) || *s == '_';

		if (letter ? !in_name && isdigit((unsigned char)*s) : !strchr("+- ", *s))
			return false;
		in_name = letter;
	}
	expr_each_symbol(column->expr, note_part, &p);
	return p.all_summed;
}

static void name_constant(
	const struct table *table, const struct symbol *symbol, struct formula_name *name)
{
	struct diags scratch = { .quiet = true };
	struct value value = { 0 };

	name->meaning = MEANS_NOTHING;
	if (symbol->type == EXPR_NUMBER
		&& table->env.lookup(
			table->env.ctx, symbol, VIEW_ROW, table->total, &value, &scratch)
		&& value.figure.state == FIGURE_OK) {
		name->meaning = MEANS_CONSTANT;
		name->constant = value.figure.x;
	}
}

static void name_column(
	const struct grid_formulas *f, const struct column *column, struct formula_name *name)
{
	const struct table *table = f->map->table;
	size_t grid = f->map->column_grid[column - table->column];

	name->decimals = column->decimals;
	name->rounding = column->rounding;
	if (grid != SIZE_MAX && f->rounded[column - table->column])
		return;
	if (grid != SIZE_MAX && !rounds_when_shown(column)) {
		name->meaning = MEANS_CELL;
		name->column = grid;
		name->may_be_na = column->may_be_na;
	} else if (column->kind == COLUMN_INDICATOR
		&& (!f->on_total || (!column->summed && !column->no_total)
			|| adds_up(table, column))) {
		name->meaning = MEANS_EXPRESSION;
		name->expr = column->expr;
	}
}

static void name_symbol(
	void *ctx, const struct symbol *symbol, enum expr_view view, struct formula_name *name)
{
	const struct grid_formulas *f = ctx;
	const struct column *column = column_find(f->map->table, symbol->name);

	*name = (struct formula_name){ .meaning = MEANS_NOTHING };
	if (symbol->constant)
		name_constant(f->map->table, symbol, name);
	else if (column && column_is_number(column) == (symbol->type == EXPR_NUMBER)
		&& (view == VIEW_ROW || view == VIEW_SHOWN))
		name_column(f, column, name);
}

static bool find_grid_row(void *ctx, const char *key, size_t *row)
{
	const struct grid_formulas *f = ctx;

	if (!table_find_row(f->map->table, key, row) || f->map->row_grid[*row] == SIZE_MAX)
		return false;
	*row = f->map->row_grid[*row];
	return true;
}

/* Leaves as ranges of grid rows: rows of groups stand between them. */
static const struct row_range *leaf_ranges(
	const struct grid_map *m, size_t first, size_t n, size_t *n_range, struct arena *a)
{
	struct row_range *range = ARENA_ARRAY(a, n, struct row_range);

	*n_range = 0;
	for (size_t i = first; i < first + n; i++) {
		size_t row = m->row_grid[m->table->leaf[i]];

		if (*n_range && range[*n_range - 1].last + 1 == row)
			range[*n_range - 1].last = row;
		else
			range[(*n_range)++] = (struct row_range){ row, row };
	}
	return range;
}

/* In total(x), total.x and at('KEY', x) the row is not the formula's own. */
static bool names_rows(const struct table *table)
{
	for (size_t i = 0; i < table->n_column; i++) {
		const struct column *column = &table->column[i];
		const char *source
			= column->kind == COLUMN_INDICATOR ? expr_source(column->expr) : "";

		if (strstr(source, "total") || strstr(source, "at("))
			return true;
	}
	return false;
}

/* The figure as its cell holds it: a program that opens the sheet shows it half-up, so where the plan rounds otherwise the
 * cell, or its formula, gives the rounded figure. */
static struct figure shown(const struct column *column, struct figure figure)
{
	struct diags scratch = { .quiet = true };
	struct ratio rounded;

	if (figure.state == FIGURE_OK && column->rounding != ROUND_HALF_UP
		&& ratio_round(figure.x, column->decimals, column->rounding, column->at, &rounded, &scratch))
		figure.x = rounded;
	return figure;
}

/* Fields that are kept with more decimals than are printed, under another rounding than half-up. */
static bool holds_rounded(const struct table *table, size_t i_column)
{
	const struct column *column = &table->column[i_column];

	if ((column->kind != COLUMN_FIELD && column->kind != COLUMN_SHARE) || column->rounding == ROUND_HALF_UP)
		return false;
	for (size_t i = 0; i < table->n_row; i++) {
		struct figure figure = table_cell(table, i, i_column)->figure;

		if (figure.state == FIGURE_OK && ratio_compare(figure.x, shown(column, figure).x) != 0)
			return true;
	}
	return false;
}

/* Programs take some letters of what is looked for as signs, and capitals for small letters. */
static bool can_be_key(const char *text)
{
	enum { UNITS_MAX = 255 };

	return *text && !strpbrk(text, "*?~") && !strchr("<>=", *text) && utf8_units(text, strlen(text)) <= UNITS_MAX;
}

/* Whether each group says there what all its leaves do, and each something else. */
static bool tells_groups(const struct table *table, size_t i_column, struct arena *a)
{
	struct map known;
	bool ok = true;

	map_init(&known, a);
	for (size_t r = 0; ok && r < table->n_row; r++) {
		const struct table_row *row = &table->row[r];
		const char *text = table_cell(table, r, i_column)->text;

		if (row->kind != ROW_GROUP)
			continue;
		ok = text && can_be_key(text) && map_add(&known, utf8_fold(text, strlen(text), a), r, NULL);
		for (size_t i = 0; ok && i < row->n_leaf; i++) {
			const char *own = table_cell(table, table->leaf[row->first_leaf + i], i_column)->text;

			ok = own && !strcmp(own, text);
		}
	}
	map_clear(&known);
	return ok;
}

static size_t key_column(const struct grid_map *m, struct arena *a)
{
	for (size_t i = 0; m->table->groups_last && i < m->n_column; i++)
		if (!column_is_number(&m->table->column[m->column[i]]) && tells_groups(m->table, m->column[i], a))
			return i;
	return SIZE_MAX;
}

struct grid_formulas *grid_formulas_new(const struct grid_map *m, struct arena *a)
{
	struct grid_formulas *f = ARENA_NEW(a, struct grid_formulas);
	const struct table *table = m->table;

	f->map = m;
	f->a = a;
	f->names_rows = names_rows(table);
	f->key = key_column(m, a);
	f->rounded = ARENA_ARRAY(a, table->n_column, bool);
	f->failed = ARENA_ARRAY(a, N_ROW_KIND * table->n_column, bool);
	f->shared = ARENA_ARRAY(a, N_ROW_KIND * table->n_column, struct formula);
	for (size_t i = 0; i < table->n_column; i++)
		f->rounded[i] = holds_rounded(table, i);
	f->env.ctx = f;
	f->env.name = name_symbol;
	f->env.find_row = find_grid_row;
	f->env.leaf = leaf_ranges(m, 0, table->n_leaf, &f->env.n_leaf, a);
	f->env.has_total = table->total_printed && table->total < table->n_row;
	if (f->env.has_total)
		f->env.total = m->row_grid[table->total];
	return f;
}

static struct formula own_formula(struct grid_formulas *f, const struct column *column, size_t row, enum row_kind kind)
{
	size_t i_column = (size_t)(column - f->map->table->column);
	size_t i = (size_t)kind * f->map->table->n_column + i_column;
	struct formula formula = { 0 };

	if (column->kind != COLUMN_INDICATOR || f->failed[i])
		return formula;
	if (f->shared[i].n_token)
		return f->shared[i];
	if (rounds_when_shown(column))
		formula = formula_rounded(column->expr, &f->env, row, column->decimals, column->rounding, f->a);
	else
		formula = formula_of(column->expr, &f->env, row, f->a);
	f->failed[i] = !formula.n_token;
	if (!f->names_rows && formula.n_token && formula_shared(formula, row, f->a, &f->shared[i]))
		return f->shared[i];
	return formula;
}

/* Of a group whose row stands behind all leaves. */
static struct formula keyed_formula(const struct grid_formulas *f, const struct column *column, size_t grid_row, size_t grid_column)
{
	struct keyed_sum sum = { .column = grid_column, .key = f->key, .own = grid_row, .skip = column->skip_missing };

	if (f->key == SIZE_MAX || column->may_be_na || f->env.n_leaf != 1)
		return (struct formula){ 0 };
	sum.rows = f->env.leaf[0];
	return formula_sum_keyed(&sum, f->a);
}

static struct formula sum_formula(const struct grid_formulas *f, const struct column *column,
	size_t grid_row, size_t grid_column)
{
	const struct table_row *row = &f->map->table->row[f->map->row[grid_row]];
	struct formula none = { 0 };
	const struct row_range *range;
	size_t n_range;

	if (rounds_when_shown(column) || f->rounded[column - f->map->table->column])
		return none; /* a sum of rounded cells is another figure */
	if (row->kind == ROW_GROUP && f->map->table->groups_last)
		return keyed_formula(f, column, grid_row, grid_column);
	range = leaf_ranges(f->map, row->first_leaf, row->n_leaf, &n_range, f->a);
	if (!n_range)
		return none;
	return formula_sum(
		grid_column, range, n_range, column->skip_missing, column->may_be_na, f->a);
}

struct formula grid_formula(struct grid_formulas *f, size_t grid_row, size_t grid_column)
{
	const struct table *table = f->map->table;
	const struct column *column = &table->column[f->map->column[grid_column]];
	const struct table_row *row = &table->row[f->map->row[grid_row]];
	struct formula none = { 0 };

	if (table_cell(table, f->map->row[grid_row], f->map->column[grid_column])->figure.state
		== FIGURE_CONFIDENTIAL)
		return none;
	if (row->kind != ROW_AREA && (column->no_total || table_cell(table, f->map->row[grid_row], f->map->column[grid_column])->apart))
		return none;
	f->on_total = row->kind != ROW_AREA || f->names_rows;
	if (row->kind == ROW_AREA || !column->summed)
		return own_formula(f, column, grid_row, row->kind);
	return sum_formula(f, column, grid_row, grid_column);
}

struct figure grid_shown(const struct grid_formulas *f, size_t grid_column, const struct grid_cell *cell)
{
	const struct column *column = &f->map->table->column[f->map->column[grid_column]];

	struct figure figure = grid_cell_figure(cell);

	return !cell->n_token || rounds_when_shown(column) ? shown(column, figure) : figure;
}
