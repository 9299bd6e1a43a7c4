/* Targets: figures of the plan's tables, by area and for all areas together. */
#include "compute/progressing.h"
#include "compute/work.h"

#include <string.h>

/* One <target> while it is looked up. */
struct looking {
	struct progressing *p;
	const struct table *table;
	const struct target *target;
	struct goal *goal;
	const struct expr *value, *where, *total;
	const struct expr *quarter[PROGRESS_QUARTERS]; /* the first NULL: not phased */
};

static const struct expr *read_part(const struct looking *l, const char *attribute, const char *text, size_t n, size_t offset,
	enum expr_type want)
{
	struct expr_place place = { l->target->node, attribute, offset, { 0 } };

	return expr_parse(text, n, place, &l->table->symbols, want, l->p->a, l->p->d);
}

static const struct expr *read_whole(const struct looking *l, const char *attribute, enum expr_type want)
{
	const char *text = node_attribute(l->target->node, attribute);

	return text ? read_part(l, attribute, text, strlen(text), 0, want) : NULL;
}

/* "q1 q2 q3 q4" */
static bool read_quarters(struct looking *l)
{
	const char *text = node_attribute(l->target->node, "quarters");
	size_t n = 0;

	for (size_t i = text ? strspn(text, " ") : 0; text && text[i]; i += strspn(text + i, " ")) {
		size_t length = strcspn(text + i, " ");

		if (n < PROGRESS_QUARTERS)
			l->quarter[n] = read_part(l, "quarters", text + i, length, i, EXPR_NUMBER);
		if (n < PROGRESS_QUARTERS && !l->quarter[n])
			return false;
		n++;
		i += length;
	}
	if (text && n != PROGRESS_QUARTERS)
		return diag_error(l->p->d, node_place(l->target->node, "quarters", 0), "value",
			"quarters='%s' names %zu quarters; name the four columns of a year", text, n);
	return true;
}

static bool read_target(struct looking *l)
{
	size_t n_error = l->p->d->n_error;

	l->value = read_whole(l, "value", EXPR_NUMBER);
	l->where = read_whole(l, "where", EXPR_TRUTH);
	l->total = read_whole(l, "total", EXPR_NUMBER);
	return read_quarters(l) && l->p->d->n_error == n_error;
}

static bool figure_of_row(const struct looking *l, const struct expr *expr, size_t row, struct figure *figure)
{
	struct value value;

	if (!expr_eval(expr, &l->table->env, row, &value, l->p->a, l->p->d))
		return false;
	*figure = value.figure;
	return true;
}

/* In a sum that begins with nothing. */
static bool add_figure(const struct looking *l, struct figure more, bool first, struct figure *sum)
{
	struct figure part[] = { *sum, more };
	struct cell_value cell;

	if (first) {
		*sum = more;
		return true;
	}
	if (!figures_sum(part, 2, false, l->target->node->at, l->p->a, &cell, l->p->d))
		return false;
	*sum = cell.figure;
	return true;
}

/* Rows taken so far, of each area and of all. */
static bool take_row(struct looking *l, size_t row, size_t *n_taken)
{
	struct progressing *p = l->p;
	const struct data_row *source = l->table->row[row].row;
	size_t area = p->n_area;
	size_t spot[] = { p->n_area, p->n_area };
	struct figure figure;

	if (source && source->area)
		map_find(&p->index, source->area->key, &area);
	spot[1] = area;
	for (size_t i = 0; i < (area == p->n_area ? 1 : 2); i++) {
		bool first = !n_taken[spot[i]]++;

		if (!figure_of_row(l, l->value, row, &figure) || !add_figure(l, figure, first, &l->goal->year[spot[i]]))
			return false;
		for (size_t q = 0; q < PROGRESS_QUARTERS && l->quarter[q]; q++)
			if (!figure_of_row(l, l->quarter[q], row, &figure)
				|| !add_figure(l, figure, first, &l->goal->quarter[spot[i] * PROGRESS_QUARTERS + q]))
				return false;
	}
	return true;
}

static bool holds(const struct looking *l, size_t row, bool *taken)
{
	struct value value;

	*taken = true;
	if (!l->where)
		return true;
	if (!expr_eval(l->where, &l->table->env, row, &value, l->p->a, l->p->d))
		return false;
	*taken = value.figure.state == FIGURE_OK && value.truth;
	return true;
}

static bool take_rows(struct looking *l)
{
	size_t *n_taken = ARENA_ARRAY(l->p->a, l->p->n_area + 1, size_t);

	for (size_t i = 0; i < l->table->n_leaf; i++) {
		bool taken;

		if (!holds(l, l->table->leaf[i], &taken) || (taken && !take_row(l, l->table->leaf[i], n_taken)))
			return false;
	}
	return true;
}

static void empty_goal(const struct progressing *p, bool phased, struct goal *goal)
{
	size_t n = p->n_area + 1;

	*goal = (struct goal){ .found = true, .year = ARENA_ARRAY(p->a, n, struct figure) };
	for (size_t i = 0; i < n; i++)
		goal->year[i] = figure_missing();
	if (phased)
		goal->quarter = ARENA_ARRAY(p->a, n * PROGRESS_QUARTERS, struct figure);
	for (size_t i = 0; phased && i < n * PROGRESS_QUARTERS; i++)
		goal->quarter[i] = figure_missing();
}

bool goal_find(struct progressing *p, const struct indicator *indicator, struct goal *goal)
{
	struct looking l = { .p = p, .goal = goal };

	for (size_t i = 0; i < indicator->n_target && !l.table; i++) {
		l.target = &indicator->target[i];
		l.table = tables_find(p->input->tables, l.target->table);
	}
	empty_goal(p, false, goal);
	goal->found = l.table;
	if (!l.table)
		return true;
	if (!read_target(&l))
		return false;
	empty_goal(p, l.quarter[0], goal);
	if (l.total)
		return figure_of_row(&l, l.total, l.table->total, &goal->year[p->n_area]);
	return take_rows(&l);
}

/* ---- to date ---- */

static bool share(const struct progressing *p, struct figure whole, int64_t part, int64_t of, struct figure *result)
{
	struct ratio x;

	*result = whole;
	return whole.state != FIGURE_OK
		|| (ratio_mul(whole.x, ratio_whole(part), p->template->root->at, &x, p->d)
			&& ratio_div(x, ratio_whole(of), p->template->root->at, &result->x, p->d));
}

/* Quarters that are over, and of the one at hand as many thirds as it has months. */
static bool phased_to_date(const struct progressing *p, const struct figure *quarter, unsigned month, struct figure *figure)
{
	enum { MONTHS = PROGRESS_MONTHS / PROGRESS_QUARTERS };
	unsigned at = (month - 1) / MONTHS;
	struct figure part[PROGRESS_QUARTERS];
	struct cell_value sum;

	memcpy(part, quarter, at * sizeof *part);
	if (!share(p, quarter[at], (month - 1) % MONTHS + 1, MONTHS, &part[at])
		|| !figures_sum(part, at + 1, false, p->template->root->at, p->a, &sum, p->d))
		return false;
	*figure = sum.figure;
	return true;
}

bool goal_to_date(const struct progressing *p, const struct goal *goal, size_t area, unsigned month, struct figure *figure)
{
	if (goal->quarter)
		return phased_to_date(p, &goal->quarter[area * PROGRESS_QUARTERS], month, figure);
	return share(p, goal->year[area], month, PROGRESS_MONTHS, figure);
}
