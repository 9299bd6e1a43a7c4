#include "batch/compare.h"

#include <string.h>

/* Which of two lists of names belong together. */
struct matching {
	size_t *now;   /* [n_old] its place in the new list, or NOWHERE */
	bool *has_old; /* [n_now] */
};

#define NOWHERE ((size_t)-1)

struct names {
	const char **name; /* [n] */
	size_t n;
};

static const char *const kinds[] = {
	[CHANGE_VALUE] = "value",
	[CHANGE_UNIT] = "unit",
	[CHANGE_PRINTED] = "printed",
	[CHANGE_WORDS] = "words",
	[CHANGE_ADDED] = "added",
	[CHANGE_REMOVED] = "removed",
	[CHANGE_HEADING] = "heading",
	[CHANGE_ROW_ADDED] = "row-added",
	[CHANGE_ROW_REMOVED] = "row-removed",
	[CHANGE_COLUMN_ADDED] = "column-added",
	[CHANGE_COLUMN_REMOVED] = "column-removed",
};
static const struct kept_row no_row = { .key = "", .label = "", .told = "" };
static const struct kept_column no_column = { "", "", "", "" };

const char *change_name(enum change_kind kind)
{
	return kinds[kind];
}

bool change_is_of_figure(enum change_kind kind)
{
	return kind < CHANGE_HEADING;
}

/* ---- what belongs together ---- */

/* Each name with how many of it stood before, so that none is there twice. */
static void number_names(struct names *names, struct arena *tmp)
{
	struct map known;
	size_t *n_met = ARENA_ARRAY(tmp, names->n, size_t);
	size_t n_known = 0;

	map_init(&known, tmp);
	for (size_t i = 0; i < names->n; i++) {
		size_t which = n_known;

		if (map_add(&known, names->name[i], which, &which))
			n_known++;
		names->name[i] = arena_printf(tmp, "%zu %s", n_met[which]++, names->name[i]);
	}
}

static struct matching match(struct names old, struct names now, struct arena *tmp)
{
	struct matching m = { ARENA_ARRAY(tmp, old.n, size_t), ARENA_ARRAY(tmp, now.n, bool) };
	struct map known;

	number_names(&old, tmp);
	number_names(&now, tmp);
	map_init(&known, tmp);
	for (size_t i = 0; i < now.n; i++)
		map_add(&known, now.name[i], i, NULL);
	for (size_t i = 0; i < old.n; i++) {
		if (map_find(&known, old.name[i], &m.now[i]))
			m.has_old[m.now[i]] = true;
		else
			m.now[i] = NOWHERE;
	}
	return m;
}

static struct names names_new(size_t n, struct arena *tmp)
{
	return (struct names){ ARENA_ARRAY(tmp, n, const char *), n };
}

static struct names table_names(const struct kept_figures *f, struct arena *tmp)
{
	struct names names = names_new(f->n_table, tmp);

	for (size_t i = 0; i < names.n; i++)
		names.name[i] = f->table[i].id;
	return names;
}

static struct names row_names(const struct kept_table *t, struct arena *tmp)
{
	struct names names = names_new(t->n_row, tmp);

	for (size_t i = 0; i < names.n; i++)
		names.name[i] = t->row[i].key;
	return names;
}

static struct names column_names(const struct kept_table *t, struct arena *tmp)
{
	struct names names = names_new(t->n_column, tmp);

	for (size_t i = 0; i < names.n; i++)
		names.name[i] = t->column[i].id;
	return names;
}

/* ---- what differs ---- */

/* A value, or that there can be none: what is missing cannot be told from a text that is. */
static bool is_figure(const struct kept_cell *cell)
{
	return cell->value || cell->state > FIGURE_MISSING;
}

static void tell_difference(struct figure_change *c)
{
	struct diags quiet = { .quiet = true };

	c->has_difference = c->kind != CHANGE_UNIT && c->old->value && c->now->value
		&& ratio_sub(c->now->x, c->old->x, (struct origin){ 0 }, &c->difference, &quiet);
	diags_clear(&quiet);
}

static void compare_cell(const struct change_sink *sink, struct figure_change c)
{
	bool same_text = !strcmp(c.old->text, c.now->text);

	if (!is_figure(c.old) && !is_figure(c.now))
		c.kind = CHANGE_WORDS;
	else if (c.old_unit)
		c.kind = CHANGE_UNIT;
	else if (c.old->state != c.now->state || !c.old->value != !c.now->value || ratio_compare(c.old->x, c.now->x) != 0)
		c.kind = CHANGE_VALUE;
	else
		c.kind = CHANGE_PRINTED;
	if (c.kind != CHANGE_VALUE && c.kind != CHANGE_UNIT && (same_text || (c.kind == CHANGE_WORDS && !sink->words)))
		return;
	tell_difference(&c);
	sink->found(sink->ctx, &c);
}

/* Whether a cell that only one side has is told. Where nothing stood nothing was added or removed. */
static bool is_told(const struct change_sink *sink, const struct kept_cell *cell)
{
	return is_figure(cell) || (sink->words && *cell->text);
}

static void tell_single(const struct change_sink *sink, struct figure_change c)
{
	c.kind = c.old ? CHANGE_REMOVED : CHANGE_ADDED;
	if (is_told(sink, c.old ? c.old : c.now))
		sink->found(sink->ctx, &c);
}

/* Its figures, or that it is there without any. */
static void tell_row(const struct change_sink *sink, const struct kept_table *table, const struct kept_row *row, bool is_old)
{
	struct figure_change c = { .table = table, .row = row };
	bool told = false;

	for (size_t k = 0; k < table->n_column; k++) {
		c.column = &table->column[k];
		*(is_old ? &c.old : &c.now) = &row->cell[k];
		tell_single(sink, c);
		told = told || is_told(sink, &row->cell[k]);
	}
	if (told)
		return;
	c = (struct figure_change){ .kind = is_old ? CHANGE_ROW_REMOVED : CHANGE_ROW_ADDED, .table = table, .row = row, .column = &no_column };
	sink->found(sink->ctx, &c);
}

static bool column_is_told(const struct change_sink *sink, const struct kept_table *table, size_t k)
{
	for (size_t i = 0; i < table->n_row; i++)
		if (is_told(sink, &table->row[i].cell[k]))
			return true;
	return false;
}

static void tell_column(const struct change_sink *sink, const struct kept_table *table, size_t k, bool is_old)
{
	struct figure_change c = { .kind = is_old ? CHANGE_COLUMN_REMOVED : CHANGE_COLUMN_ADDED, .table = table, .row = &no_row,
		.column = &table->column[k] };

	if (!column_is_told(sink, table, k))
		sink->found(sink->ctx, &c);
}

static void compare_columns(const struct change_sink *sink, const struct kept_table *old, const struct kept_table *now,
	const struct matching *columns)
{
	struct figure_change c = { .kind = CHANGE_HEADING, .table = now, .row = &no_row };

	for (size_t k = 0; k < old->n_column; k++) {
		if (columns->now[k] == NOWHERE) {
			tell_column(sink, old, k, true);
			continue;
		}
		c.column = &now->column[columns->now[k]];
		c.old_label = old->column[k].label;
		if (strcmp(c.old_label, c.column->label) != 0)
			sink->found(sink->ctx, &c);
	}
	for (size_t k = 0; k < now->n_column; k++)
		if (!columns->has_old[k])
			tell_column(sink, now, k, false);
}

static void tell_table(const struct change_sink *sink, const struct kept_table *table, bool is_old)
{
	for (size_t i = 0; i < table->n_row; i++)
		tell_row(sink, table, &table->row[i], is_old);
}

static void compare_row(const struct change_sink *sink, const struct kept_table *old, const struct kept_table *now,
	const struct kept_row *old_row, const struct kept_row *row, const struct matching *columns)
{
	struct figure_change c = { .table = now, .row = row };

	for (size_t k = 0; k < old->n_column; k++) {
		size_t to = columns->now[k];

		c.column = to == NOWHERE ? &old->column[k] : &now->column[to];
		c.old = &old_row->cell[k];
		c.now = to == NOWHERE ? NULL : &row->cell[to];
		c.old_unit = to != NOWHERE && strcmp(old->column[k].unit, c.column->unit) != 0 ? old->column[k].unit : NULL;
		(to == NOWHERE ? tell_single : compare_cell)(sink, c);
	}
	c.old = NULL;
	c.old_unit = NULL;
	for (size_t k = 0; k < now->n_column; k++) {
		c.column = &now->column[k];
		c.now = &row->cell[k];
		if (!columns->has_old[k])
			tell_single(sink, c);
	}
}

static void compare_table(const struct change_sink *sink, const struct kept_table *old, const struct kept_table *now, struct arena *tmp)
{
	struct matching columns = match(column_names(old, tmp), column_names(now, tmp), tmp);
	struct matching rows = match(row_names(old, tmp), row_names(now, tmp), tmp);

	compare_columns(sink, old, now, &columns);
	for (size_t i = 0; i < old->n_row; i++) {
		if (rows.now[i] == NOWHERE)
			tell_row(sink, old, &old->row[i], true);
		else
			compare_row(sink, old, now, &old->row[i], &now->row[rows.now[i]], &columns);
	}
	for (size_t i = 0; i < now->n_row; i++)
		if (!rows.has_old[i])
			tell_row(sink, now, &now->row[i], false);
}

void figures_compare(const struct kept_figures *old, const struct kept_figures *now, const struct change_sink *sink, struct arena *tmp)
{
	struct matching tables = match(table_names(old, tmp), table_names(now, tmp), tmp);

	for (size_t i = 0; i < old->n_table; i++) {
		if (tables.now[i] == NOWHERE)
			tell_table(sink, &old->table[i], true);
		else
			compare_table(sink, &old->table[i], &now->table[tables.now[i]], tmp);
	}
	for (size_t i = 0; i < now->n_table; i++)
		if (!tables.has_old[i])
			tell_table(sink, &now->table[i], false);
}
