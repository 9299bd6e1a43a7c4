/* What names mean at a place of the plan: columns of the table in force, constants of the job, the
 * plan's defines. */
#include "compose/composer.h"

#include <stdlib.h>
#include <string.h>

/* Indexes of symbols from here on are defines; those below belong to the table or the job. */
#define DEFINE_FIRST (SIZE_MAX / 2)

enum { DEFINES_MAX = 1000 };

/* One evaluation. */
struct lookup {
	struct composer *c;
	struct scope scope;
	struct origin at;
	bool failed;
	unsigned skipped;
	size_t n_leaf;
};

struct scope scope_enter(struct composer *c, const struct node *n, struct scope scope)
{
	const char *name = n->name ? node_attribute(n, "in") : NULL;
	const struct table *table = name ? tables_find(c->tables, name) : NULL;

	if (!table || table == scope.table)
		return scope;
	return (struct scope){ table, NO_ROW };
}

/* ---- symbols ---- */

/* A define may not hide a column of a table the plan's text speaks of. */
static void check_hidden_columns(struct composer *c, const struct table *table)
{
	for (size_t i = 0; table && i < c->n_define; i++)
		for (size_t k = 0; k < table->symbols.n_symbol; k++)
			if (!strcmp(table->symbols.symbol[k].name, c->define[i].name))
				diag_error(c->d, node_place(c->define[i].node, "name", 0),
					"duplicate", "'%s' is a name of the table '%s' already; choose another",
					c->define[i].name, table->id);
}

static void make_symbols(struct composer *c, struct scope_symbols *made)
{
	struct symbols own = made->table ? made->table->symbols : job_symbols(c->job, c->a);
	struct symbol *symbol = ARENA_ARRAY(c->a, own.n_symbol + c->n_define, struct symbol);
	size_t n = own.n_symbol;

	if (n)
		memcpy(symbol, own.symbol, n * sizeof *symbol);
	for (size_t i = 0; i < c->n_define; i++, n++) {
		symbol[n] = (struct symbol){
			.name = c->define[i].name,
			.type = EXPR_NUMBER,
			.unit = c->define[i].unit,
			.constant = true,
			.views = 1U << VIEW_ROW,
			.index = DEFINE_FIRST + i,
		};
	}
	made->n_define = c->n_define;
	made->symbols = (struct symbols){ symbol, n, made->table != NULL };
}

const struct symbols *scope_symbols(struct composer *c, const struct table *table)
{
	struct scope_symbols *made = NULL;

	for (size_t i = 0; i < c->n_symbols && !made; i++)
		if (c->symbols[i].table == table)
			made = &c->symbols[i];
	if (!made) {
		made = ARENA_PUSH(c->a, c->symbols, c->n_symbols, &c->cap_symbols);
		*made = (struct scope_symbols){ .table = table, .n_define = SIZE_MAX };
	}
	if (made->n_define != c->n_define)
		make_symbols(c, made);
	if (c->all_defined && !made->checked) {
		made->checked = true;
		check_hidden_columns(c, table);
	}
	return &made->symbols;
}

const struct column *column_find(const struct table *table, const char *id)
{
	for (size_t i = 0; table && i < table->n_column; i++)
		if (!strcmp(table->column[i].id, id))
			return &table->column[i];
	return NULL;
}

const struct define *define_find(const struct composer *c, const struct symbol *symbol)
{
	return symbol->index >= DEFINE_FIRST ? &c->define[symbol->index - DEFINE_FIRST] : NULL;
}

/* ---- values ---- */

static bool lookup_define(struct lookup *l, const struct define *define, struct value *value)
{
	*value = (struct value){ .type = EXPR_NUMBER, .figure = define->figure };
	l->failed = l->failed || define->failed;
	if (define->skipped > l->skipped) {
		l->skipped = define->skipped;
		l->n_leaf = define->n_leaf;
	}
	return true;
}

/* A total that leaves missing rows out says so where it is printed. */
static void note_skipped(struct lookup *l, const struct symbol *symbol, size_t row)
{
	const struct table *table = l->scope.table;
	const struct column *column = row == table->total ? column_find(table, symbol->name) : NULL;
	const struct cell_value *cell;

	if (!column)
		return;
	cell = table_cell(table, row, (size_t)(column - table->column));
	if (cell->skipped > l->skipped) {
		l->skipped = cell->skipped;
		l->n_leaf = table->row[row].n_leaf;
	}
}

static bool lookup_name(void *ctx, const struct symbol *symbol, enum expr_view view, size_t row,
	struct value *value, struct diags *d)
{
	struct lookup *l = ctx;
	const struct table *table = l->scope.table;
	const struct define *define = define_find(l->c, symbol);

	if (define)
		return lookup_define(l, define, value);
	if (!table)
		return job_lookup(l->c->job, symbol, value);
	if (row == NO_ROW && !symbol->constant)
		return diag_error(d, l->at, "row",
			"which row of '%s'? Name it: total.%s, sum(%s) or at('KEY', %s)",
			symbol->name, symbol->name, symbol->name, symbol->name);
	if (row == NO_ROW)
		row = table->total;
	note_skipped(l, symbol, row);
	return table->env.lookup(table->env.ctx, symbol, view, row, value, d);
}

static bool lookup_row(void *ctx, const char *key, size_t *row)
{
	const struct lookup *l = ctx;
	const struct expr_env *env = &l->scope.table->env;

	return env->find_row && env->find_row(env->ctx, key, row);
}

static struct expr_env env_of(struct lookup *l)
{
	struct expr_env env = { .ctx = l, .lookup = lookup_name };

	if (l->scope.table) {
		env = l->scope.table->env;
		env.ctx = l;
		env.lookup = lookup_name;
		env.find_row = lookup_row;
	}
	return env;
}

bool scope_difference(struct composer *c, const struct expr *expr, struct scope scope, struct figure *left, struct figure *right)
{
	struct lookup l = { .c = c, .scope = scope, .at = expr_origin(expr) };
	struct expr_env env = env_of(&l);

	return expr_difference(expr, &env, scope.row, left, right, c->a);
}

struct evaluated scope_eval(
	struct composer *c, const struct expr *expr, struct scope scope, struct origin at)
{
	struct lookup l = { .c = c, .scope = scope, .at = at };
	struct expr_env env = env_of(&l);
	struct evaluated result = { 0 };

	if (!compose_room(c, strlen(expr_source(expr)), at)) {
		result.failed = true;
		return result;
	}
	result.failed = !expr_eval(expr, &env, scope.row, &result.value, c->a, c->d) || l.failed;
	result.skipped = l.skipped;
	result.n_leaf = l.n_leaf;
	return result;
}

/* ---- defines ---- */

static bool is_name(const char *s)
{
	return *s && !(*s >= '0' && *s <= '9')
		&& s[strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_")] == '\0';
}

static bool check_define(struct composer *c, const struct node *n, const char *name)
{
	struct symbols own = job_symbols(c->job, c->a);
	struct origin at = node_place(n, "name", 0);
	bool ok = true;

	if (!is_name(name))
		ok = diag_error(c->d, at, "name",
			"'%s' is no name; use a-z, 0-9 and _, a letter first", name);
	for (size_t i = 0; i < c->n_define; i++)
		if (!strcmp(c->define[i].name, name))
			ok = diag_error(c->d, at, "duplicate", "'%s' is defined twice; keep one", name);
	for (size_t i = 0; i < own.n_symbol; i++)
		if (!strcmp(own.symbol[i].name, name))
			ok = diag_error(
				c->d, at, "duplicate", "'%s' is a constant of the job; choose another name", name);
	return ok;
}

static void set_style(const struct composer *c, const struct expr *expr, const struct table *table,
	struct define *define)
{
	const char *decimals = node_attribute(define->node, "decimals");
	const char *rounding = node_attribute(define->node, "rounding");
	bool total;

	define->style = (struct number_style){ .rounding = c->job->rounding };
	define->has_style = lone_style(c, expr, table, &define->style, &total)
		|| !may_have_decimals(c, expr, table);
	if (decimals) {
		define->has_style = true;
		define->style.decimals = (int)strtol(decimals, NULL, 10);
		define->style.pad = 0;
	}
	if (rounding)
		rounding_parse(rounding, &define->style.rounding);
}

static void count_symbol(void *ctx, const struct symbol *symbol, enum expr_view view)
{
	(void)symbol;
	(void)view;
	++*(size_t *)ctx;
}

static bool check_unit(struct composer *c, const struct node *n, const struct expr *expr)
{
	const char *unit = node_attribute(n, "unit");
	size_t n_used = 0;

	expr_each_symbol(expr, count_symbol, &n_used);
	if (!unit || !n_used || expr_unit_fits(expr, unit)) /* a lone number takes any unit */
		return true;
	return diag_error(c->d, node_place(n, "unit", 0), "unit",
		"the value is in '%s', not in '%s'; correct one of the two", expr_unit(expr), unit);
}

void define_add(struct composer *c, const struct node *n, const struct table *table)
{
	const char *name = node_attribute(n, "name");
	const char *value = node_attribute(n, "value");
	struct define define
		= { .name = name, .node = n, .figure = figure_missing(), .failed = true };
	struct expr_place place = { n, "value", 0, { 0 } };
	struct evaluated result;
	const struct expr *expr;

	if (c->n_define == DEFINES_MAX) {
		diag_error(c->d, n->at, "limit", "a plan has at most %d <define>", DEFINES_MAX);
		return;
	}
	if (!check_define(c, n, name))
		return;
	expr = expr_parse(
		value, strlen(value), place, scope_symbols(c, table), EXPR_NUMBER, c->a, c->d);
	if (expr && check_unit(c, n, expr)) {
		result = scope_eval(
			c, expr, (struct scope){ table, NO_ROW }, node_place(n, "value", 0));
		define.figure = result.value.figure;
		define.failed = result.failed;
		define.skipped = result.skipped;
		define.n_leaf = result.n_leaf;
		set_style(c, expr, table, &define);
	}
	define.unit = node_attribute(n, "unit");
	if (!define.unit)
		define.unit = expr ? expr_unit(expr) : "";
	*ARENA_PUSH(c->a, c->define, c->n_define, &c->cap_define) = define;
}
