/* Cells of progress that repeat, or add up, what other cells of the workbook say: sums of all areas, figures of months. Each is such a
 * formula only where that gives the very figure: where areas have not reported, sums of other sheets may be over other areas. */
#include "compose/composer.h"

#include "compute/progress.h"

#include <string.h>

/* A cell of a table. */
struct spot {
	const struct grid_map *map;
	size_t row, column; /* of the table */
};

struct grid_links {
	struct arena *a;
	const struct grid_map *map;
	struct grid_map areas, months; /* without a table: the workbook has none */
	unsigned first, last;	      /* months of the period */
};

/* ---- where figures stand ---- */

static bool is_over(const struct table *table, const char *dataset)
{
	return table && !strcmp(table->dataset->id, dataset);
}

/* The first table over that data that other sheets can speak of: no one sorts its sums. */
static struct grid_map map_over(const struct composer *c, const char *dataset, bool groups)
{
	for (size_t i = 0; i < c->tables->n_table; i++)
		if (is_over(c->tables->table[i], dataset) && (!groups || c->tables->table[i]->groups_last))
			return grid_map_make(c->tables->table[i], c->a);
	return (struct grid_map){ 0 };
}

struct grid_links *grid_links_new(const struct composer *c, const struct grid_map *m)
{
	struct grid_links *l = ARENA_NEW(c->a, struct grid_links);
	const struct period *period = &c->job->period;

	if (!is_over(m->table, "progress-totals") && !is_over(m->table, "progress-months"))
		return NULL;
	l->a = c->a;
	l->map = m;
	l->areas = map_over(c, "progress", true);
	l->months = map_over(c, "progress-months", false);
	l->last = (unsigned)period_last(period);
	l->first = l->last - (unsigned)period_months(period) + 1;
	return l;
}

static const struct figure *figure_at(struct spot s)
{
	return &table_cell(s.map->table, s.row, s.column)->figure;
}

/* A printed column whose cells hold exact figures; half-up, programs round what they show by themselves. */
static bool find_column(const struct grid_map *m, const char *id, size_t *column)
{
	const struct column *found = m->table ? column_find(m->table, id) : NULL;

	*column = found ? (size_t)(found - m->table->column) : 0;
	return found && column_is_number(found) && m->column_grid[*column] != SIZE_MAX && found->rounding == ROUND_HALF_UP;
}

/* The sum of an indicator over all areas. */
static bool find_sum(const struct grid_links *l, const char *indicator, const char *id, struct spot *s)
{
	const struct table *table = l->areas.table;
	size_t n = strlen(indicator);

	s->map = &l->areas;
	if (!find_column(s->map, id, &s->column))
		return false;
	for (s->row = 0; s->row < table->n_row; s->row++) {
		const struct table_row *row = &table->row[s->row];
		const char *key;

		if (row->kind != ROW_GROUP || !row->n_leaf)
			continue;
		key = table->row[table->leaf[row->first_leaf]].key;
		if (!strncmp(key, indicator, n) && key[n] == '/')
			return l->areas.row_grid[s->row] != SIZE_MAX;
	}
	return false;
}

/* What an indicator has in a month: of the series "month", "done", "plan". */
static bool find_month(const struct grid_links *l, const char *indicator, const char *series, unsigned month, struct spot *s)
{
	const char *key = arena_printf(l->a, "%s/%s", indicator, series);

	s->map = &l->months;
	return month && month <= PROGRESS_MONTHS && find_column(s->map, arena_printf(l->a, "m%02u", month), &s->column)
		&& table_find_row(s->map->table, key, &s->row) && s->map->row_grid[s->row] != SIZE_MAX;
}

/* ---- formulas ---- */

enum { TOKENS_MAX = 2 * PROGRESS_MONTHS + 8 };

/* A formula while it is made, with the figure that it gives. */
struct making {
	const struct grid_links *l;
	struct formula_token *token; /* [TOKENS_MAX] */
	size_t n;
	struct ratio x;
	bool ok; /* it could be computed */
};

static struct making making_new(const struct grid_links *l)
{
	return (struct making){ .l = l, .token = ARENA_ARRAY(l->a, TOKENS_MAX, struct formula_token), .x = ratio_whole(0), .ok = true };
}

static void put_text(struct making *m, const char *text)
{
	m->token[m->n++] = (struct formula_token){ .kind = FORMULA_TEXT, .text = text };
}

static void put_spot(struct making *m, struct spot s)
{
	bool here = s.map->table == m->l->map->table;

	m->token[m->n++] = (struct formula_token){
		.kind = here ? FORMULA_CELL : FORMULA_ELSEWHERE,
		.text = here ? NULL : s.map->table->id,
		.row = (unsigned)s.map->row_grid[s.row],
		.column = (unsigned)s.map->column_grid[s.column],
	};
}

/* A cell that is added; one that is blank is nothing. */
static void add(struct making *m, struct spot s)
{
	const struct figure *figure = figure_at(s);
	struct diags scratch = { .quiet = true };

	put_spot(m, s);
	if (figure->state == FIGURE_OK)
		m->ok = m->ok && ratio_add(m->x, figure->x, m->l->map->table->at, &m->x, &scratch);
	else if (figure->state != FIGURE_MISSING)
		m->ok = false;
}

static struct formula made(const struct making *m, const struct figure *figure)
{
	struct formula none = { 0 };

	if (!m->ok || ratio_compare(m->x, figure->x) != 0)
		return none;
	return (struct formula){ m->token, m->n };
}

static struct formula repeated(const struct grid_links *l, struct spot s, const struct figure *figure)
{
	struct making m = making_new(l);

	add(&m, s);
	return made(&m, figure);
}

/* SUM of all, blank ones too; of one alone, it is repeated. */
static struct formula summed(const struct grid_links *l, const struct spot *s, size_t n, const struct figure *figure)
{
	struct making m = making_new(l);

	if (n == 1)
		return repeated(l, s[0], figure);
	for (size_t i = 0; i < n; i++) {
		put_text(&m, i ? "," : "SUM(");
		add(&m, s[i]);
	}
	put_text(&m, ")");
	return made(&m, figure);
}

/* ---- of months ---- */

/* What was done up to the last month before that anybody reported of. */
static bool find_before(const struct grid_links *l, const char *indicator, unsigned month, struct spot *s)
{
	while (--month)
		if (find_month(l, indicator, "done", month, s) && figure_at(*s)->state == FIGURE_OK)
			return true;
	return false;
}

/* What was done before, and in the month. */
static struct formula done_to_date(const struct grid_links *l, const char *indicator, unsigned month, const struct figure *figure)
{
	struct spot s[2];
	bool before = find_before(l, indicator, month, &s[0]);

	if (!find_month(l, indicator, "month", month, &s[before]))
		return (struct formula){ 0 };
	return summed(l, s, 1 + (size_t)before, figure);
}

static bool share_of_year(const struct grid_links *l, struct ratio year, unsigned month, struct ratio *x)
{
	struct diags scratch = { .quiet = true };
	struct ratio n;

	return ratio_mul(year, ratio_whole(month), l->map->table->at, &n, &scratch)
		&& ratio_div(n, ratio_whole(PROGRESS_MONTHS), l->map->table->at, x, &scratch);
}

/* Whether the plan is a line from nothing to that of the year. */
static bool is_straight(const struct grid_links *l, const char *indicator, struct spot *year)
{
	struct spot s;
	struct ratio x;

	if (!find_month(l, indicator, "plan", PROGRESS_MONTHS, year) || figure_at(*year)->state != FIGURE_OK)
		return false;
	for (unsigned month = 1; month < PROGRESS_MONTHS; month++)
		if (!find_month(l, indicator, "plan", month, &s) || figure_at(s)->state != FIGURE_OK
			|| !share_of_year(l, figure_at(*year)->x, month, &x) || ratio_compare(figure_at(s)->x, x) != 0)
			return false;
	return true;
}

static struct formula planned_to_date(const struct grid_links *l, const char *indicator, unsigned month, const struct figure *figure)
{
	struct making m = making_new(l);
	struct spot s;

	if (month == PROGRESS_MONTHS)
		return find_sum(l, indicator, "plan", &s) ? repeated(l, s, figure) : (struct formula){ 0 };
	if (!is_straight(l, indicator, &s))
		return (struct formula){ 0 };
	put_spot(&m, s);
	put_text(&m, arena_printf(l->a, "*%u/%d", month, PROGRESS_MONTHS));
	m.x = figure->x;
	return made(&m, figure);
}

static struct formula month_formula(const struct grid_links *l, const struct table_row *row, const char *id, const struct figure *figure)
{
	const char *series = strrchr(row->key, '/');
	unsigned month = progress_month_of_field(id, 'm');
	const char *indicator;

	if (!series || !month)
		return (struct formula){ 0 };
	indicator = arena_slice(l->a, row->key, (size_t)(series - row->key));
	if (!strcmp(series, "/done"))
		return done_to_date(l, indicator, month, figure);
	return strcmp(series, "/plan") ? (struct formula){ 0 } : planned_to_date(l, indicator, month, figure);
}

/* ---- of all areas ---- */

/* Cells of the indicator in the months, all known. */
static bool add_months(struct making *m, const char *indicator, unsigned first, unsigned last)
{
	put_text(m, first < last ? "SUM(" : "");
	for (unsigned month = first; month <= last; month++) {
		struct spot s;

		if (!find_month(m->l, indicator, "month", month, &s) || figure_at(s)->state != FIGURE_OK)
			return false;
		put_text(m, month > first ? "," : "");
		add(m, s);
	}
	put_text(m, first < last ? ")" : "");
	return true;
}

/* Of the period from the period before, which is as long. */
static struct formula change(const struct grid_links *l, const char *indicator, const struct figure *figure)
{
	struct diags scratch = { .quiet = true };
	struct making m = making_new(l);
	unsigned n = l->last - l->first + 1;
	struct ratio now;

	if (l->first <= n || !add_months(&m, indicator, l->first, l->last))
		return (struct formula){ 0 };
	now = m.x;
	m.x = ratio_whole(0);
	put_text(&m, "-");
	if (!add_months(&m, indicator, l->first - n, l->first - 1))
		return (struct formula){ 0 };
	m.ok = m.ok && ratio_sub(now, m.x, l->map->table->at, &m.x, &scratch);
	return made(&m, figure);
}

/* The figures of months that it is the sum of. */
static size_t months_of(const struct grid_links *l, const char *indicator, const char *id, struct spot *s)
{
	size_t n = 0;

	if (!strcmp(id, "done"))
		return find_month(l, indicator, "done", l->last, s);
	if (!strcmp(id, "plan_to_date"))
		return find_month(l, indicator, "plan", l->last, s);
	if (!strcmp(id, "plan"))
		return find_month(l, indicator, "plan", PROGRESS_MONTHS, s);
	for (unsigned month = l->first; !strcmp(id, "done_period") && month <= l->last; month++)
		if (!find_month(l, indicator, "month", month, &s[n++]))
			return 0;
	return n;
}

static struct formula total_formula(const struct grid_links *l, const struct table_row *row, const char *id, const struct figure *figure)
{
	struct spot s[PROGRESS_MONTHS];
	struct formula f = { 0 };
	size_t n;

	if (!strcmp(id, "change"))
		return change(l, row->key, figure);
	if (find_sum(l, row->key, id, s))
		f = repeated(l, s[0], figure);
	n = f.n_token ? 0 : months_of(l, row->key, id, s);
	return n ? summed(l, s, n, figure) : f;
}

struct formula grid_link(const struct grid_links *l, size_t grid_row, size_t grid_column)
{
	const struct table *table = l ? l->map->table : NULL;
	const struct table_row *row = table ? &table->row[l->map->row[grid_row]] : NULL;
	const struct column *column = table ? &table->column[l->map->column[grid_column]] : NULL;
	struct spot own = { .map = l ? l->map : NULL };

	if (!table || row->kind != ROW_AREA || column->kind != COLUMN_FIELD || column->rounding != ROUND_HALF_UP)
		return (struct formula){ 0 };
	own.row = l->map->row[grid_row];
	own.column = l->map->column[grid_column];
	if (figure_at(own)->state != FIGURE_OK)
		return (struct formula){ 0 };
	return is_over(table, "progress-months") ? month_formula(l, row, column->id, figure_at(own)) : total_formula(l, row, column->id, figure_at(own));
}
