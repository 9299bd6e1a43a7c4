/* Targets: figures of the plan's tables, by area and for all areas together. */
#include "compute/progressbelow.h"
#include "compute/progressing.h"
#include "compute/work.h"

#include <string.h>

/* One <target> while it is looked up. */
struct looking {
	struct progressing *p;
	const struct table *table;
	const struct target *target;
	const struct indicator *indicator; /* whose target it is */
	struct goal *goal;
	const struct expr *value, *where, *total;
	const struct expr *part[PROGRESS_MONTHS]; /* [n_part] of quarters or months; 0: not phased */
	size_t n_part;
	struct terms terms; /* in the place of parts */
	struct arena *tmp; /* of take_rows */
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
static bool read_parts(struct looking *l, const char *attribute, const char *text, size_t n_part)
{
	size_t n = 0;

	for (size_t i = strspn(text, " "); text[i]; i += strspn(text + i, " ")) {
		size_t length = strcspn(text + i, " ");

		if (n < n_part)
			l->part[n] = read_part(l, attribute, text + i, length, i, EXPR_NUMBER);
		if (n < n_part && !l->part[n])
			return false;
		n++;
		i += length;
	}
	l->n_part = n_part;
	return n == n_part
	       || diag_error(l->p->d, node_place(l->target->node, attribute, 0), "value",
		       "%s='%s' names %zu columns; name the %zu of a year", attribute, text, n, n_part);
}

const char *phasing_attribute(const struct node *target, size_t *n_part)
{
	static const struct {
		const char *attribute;
		size_t n_part;
	} phasings[] = { { "months", PROGRESS_MONTHS }, { "quarters", PROGRESS_QUARTERS } };

	for (size_t i = 0; i < sizeof phasings / sizeof *phasings; i++)
		if (node_attribute(target, phasings[i].attribute)) {
			*n_part = phasings[i].n_part;
			return phasings[i].attribute;
		}
	return NULL;
}

static bool read_phasing(struct looking *l)
{
	size_t n_part;
	const char *attribute = phasing_attribute(l->target->node, &n_part);

	return !attribute || read_parts(l, attribute, node_attribute(l->target->node, attribute), n_part);
}

static bool read_terms(struct looking *l)
{
	if (!terms_read(l->p, l->target->node, l->table, &l->terms))
		return false;
	if (l->terms.n)
		l->n_part = PROGRESS_QUARTERS;
	return true;
}

static bool read_target(struct looking *l)
{
	size_t n_error = l->p->d->n_error;

	l->value = read_whole(l, "value", EXPR_NUMBER);
	l->where = read_whole(l, "where", EXPR_TRUTH);
	l->total = read_whole(l, "total", EXPR_NUMBER);
	return read_phasing(l) && read_terms(l) && l->p->d->n_error == n_error;
}

static bool figure_of_row(const struct looking *l, const struct expr *expr, size_t row, struct figure *figure)
{
	struct value value;

	if (!expr_eval(expr, &l->table->env, row, &value, l->p->a, l->p->d))
		return false;
	*figure = value.figure;
	return true;
}

/* A row that the target is made of: its figure of the year, then of each part. */
struct taken {
	size_t area;
	struct figure figure[1 + PROGRESS_MONTHS];
};

static bool take_term(const struct looking *l, size_t row, struct taken *taken)
{
	bool has_term;

	if (!terms_phase(l->p, &l->terms, l->table, row, taken->figure[0], &taken->figure[1], &has_term))
		return false;
	if (taken->figure[0].state == FIGURE_OK)
		++*(has_term ? &l->goal->n_termed : &l->goal->n_unsaid);
	return true;
}

static bool take_row(const struct looking *l, size_t row, struct taken *taken)
{
	const struct data_row *source = l->table->row[row].row;

	taken->area = l->p->n_area;
	if (source && source->area)
		map_find(&l->p->index, source->area->key, &taken->area);
	if (!figure_of_row(l, l->value, row, &taken->figure[0]))
		return false;
	if (l->terms.n)
		return take_term(l, row, taken);
	for (size_t i = 0; i < l->n_part; i++)
		if (!figure_of_row(l, l->part[i], row, &taken->figure[1 + i]))
			return false;
	return true;
}

static bool sum_figures(const struct looking *l, const struct figure *part, size_t n, struct figure *figure)
{
	struct cell_value sum = { .figure = *figure };

	if (n && !figures_sum(part, n, false, l->target->node->at, l->p->a, &sum, l->p->d))
		return false;
	*figure = sum.figure;
	return true;
}

/* The i-th figure of all rows together, and of each area. An area has one row as a rule. */
static bool sum_taken(const struct looking *l, const struct taken *taken, size_t n, size_t i)
{
	const struct progressing *p = l->p;
	struct figure *part = ARENA_ARRAY(l->tmp, n, struct figure);
	bool *has = ARENA_ARRAY(l->tmp, p->n_area + 1, bool);
	struct figure *to = i ? &l->goal->part[i - 1] : l->goal->year;
	size_t step = i ? l->n_part : 1;

	for (size_t k = 0; k < n; k++) {
		size_t area = taken[k].area;
		struct figure both[] = { to[area * step], taken[k].figure[i] };

		part[k] = taken[k].figure[i];
		if (area == p->n_area)
			continue;
		if (!has[area])
			to[area * step] = taken[k].figure[i];
		else if (!sum_figures(l, both, 2, &to[area * step]))
			return false;
		has[area] = true;
	}
	return sum_figures(l, part, n, &to[p->n_area * step]);
}

static bool sum_rows(const struct looking *l)
{
	struct taken *taken = ARENA_ARRAY(l->tmp, l->table->n_leaf, struct taken);
	size_t n = 0;

	for (size_t i = 0; i < l->table->n_leaf; i++) {
		size_t row = l->table->leaf[i];
		bool is_taken;

		if (!row_holds(l->p, l->table, l->where, row, &is_taken) || (is_taken && !take_row(l, row, &taken[n])))
			return false;
		n += is_taken;
	}
	if (!n && node_attribute(l->target->node, "of"))
		diag_warning(l->p->d, node_place(l->target->node, "where", 0), "no-rows",
			"no row of the table '%s' is as this target asks: '%s' counts as without a plan; correct the condition, or the source",
			l->target->table, l->indicator->label);
	for (size_t i = 0; i <= l->n_part; i++)
		if (!sum_taken(l, taken, n, i))
			return false;
	return true;
}

/* Parts that are not the year's plan would make another one of it, month by month. */
static bool check_parts(const struct looking *l, size_t area)
{
	const struct progressing *p = l->p;
	struct figure year = l->goal->year[area];
	struct cell_value sum;

	if (!l->n_part || year.state != FIGURE_OK)
		return true;
	if (!figures_sum(&l->goal->part[area * l->n_part], l->n_part, false, l->target->node->at, p->a, &sum, p->d))
		return false;
	if (sum.figure.state != FIGURE_OK || !ratio_compare(sum.figure.x, year.x))
		return true;
	return diag_error(p->d, figure_place(&year) ? *figure_place(&year) : l->target->node->at, "phasing",
		"'%s' of %s: its %zu parts add up to %s, the plan of the year is %s; correct one of them in the source", l->indicator->label,
		area == p->n_area ? p->job->area : p->returns->area[area]->name, l->n_part, expr_figure(&sum.figure, p->a),
		expr_figure(&year, p->a));
}

static bool check_phasing(const struct looking *l)
{
	for (size_t area = 0; area <= l->p->n_area; area++)
		if (!check_parts(l, area))
			return false;
	return true;
}

/* What it takes to sum them does not last. */
static bool take_rows(struct looking *l)
{
	struct arena tmp = { 0 };
	bool ok;

	l->tmp = &tmp;
	ok = sum_rows(l);
	arena_clear(&tmp);
	return ok;
}

static struct figure *missing_figures(size_t n, struct arena *a)
{
	struct figure *figure = ARENA_ARRAY(a, n, struct figure);

	for (size_t i = 0; i < n; i++)
		figure[i] = figure_missing();
	return figure;
}

/* phased-as="money_central money_local": indicators in front of it in the template. */
static bool read_with(struct looking *l)
{
	const struct progress_template *t = l->p->template;
	const char *const *names = names_split(node_attribute(l->target->node, "phased-as"), l->p->a);
	size_t *with = ARENA_ARRAY(l->p->own, t->n_indicator, size_t);
	size_t n = 0;

	for (; names && *names; names++) {
		size_t i = 0;

		while (&t->indicator[i] < l->indicator && strcmp(t->indicator[i].id, *names) != 0)
			i++;
		if (&t->indicator[i] >= l->indicator || l->p->indicator[i].goal.n_with || n == t->n_indicator)
			return diag_error(l->p->d, node_place(l->target->node, "phased-as", 0), "unknown-name",
				"'%s' is no indicator in front of '%s' that is phased by itself; expected such ones", *names, l->indicator->id);
		with[n++] = i;
	}
	l->goal->with = with;
	l->goal->n_with = n;
	return true;
}

/* Of the plan's own tables. */
static bool find_own(struct progressing *p, const struct indicator *indicator, struct goal *goal)
{
	struct looking l = { .p = p, .indicator = indicator, .goal = goal };

	for (size_t i = 0; i < indicator->n_target && !l.table; i++) {
		l.target = &indicator->target[i];
		l.table = tables_find(p->input->tables, l.target->table);
	}
	*goal = (struct goal){ .year = missing_figures(p->n_area + 1, p->own) };
	if (!l.table)
		return true;
	if (!read_target(&l))
		return false;
	goal->n_part = l.n_part;
	goal->part = missing_figures((p->n_area + 1) * l.n_part, p->own);
	goal->found = true;
	goal->target = l.target;
	if (l.total)
		return read_with(&l) && figure_of_row(&l, l.total, l.table->total, &goal->year[p->n_area]);
	return take_rows(&l) && check_phasing(&l);
}

/* Of what does not add up, and of bases, which do not wait for anybody's returns: that of all areas together is what the plan above
 * itself says, where it does, and where the returns of all of these areas are in the sums that it is held against. */
static bool take_whole(const struct progressing *p, struct goal *own, struct goal *goal)
{
	goal->year[p->n_area] = own->year[p->n_area];
	for (unsigned month = 1; month <= PROGRESS_MONTHS; month++)
		if (!goal_to_date(p, own, p->n_area, month, &goal->to_date[p->n_area * PROGRESS_MONTHS + month - 1]))
			return false;
	own->year = goal->year;
	own->to_date = goal->to_date;
	*goal = *own;
	return true;
}

bool goal_find(struct progressing *p, const struct indicator *indicator, struct goal *goal)
{
	bool waits = indicator->value && indicator->adds; /* for the areas' own progress */
	struct goal own;

	if (!p->below)
		return find_own(p, indicator, goal);
	*goal = (struct goal){ .year = missing_figures(p->n_area + 1, p->own),
		.to_date = missing_figures((p->n_area + 1) * PROGRESS_MONTHS, p->own) };
	if (!below_goal(p, indicator, goal))
		return false;
	if (waits)
		return true;
	if (!find_own(p, indicator, &own))
		return false;
	if (own.found && below_are_made(p))
		return take_whole(p, &own, goal);
	if (indicator->value)
		goal->target = own.target;
	return true;
}

/* ---- to date ---- */

bool goal_share(const struct progressing *p, struct figure whole, int64_t part, int64_t of, struct figure *result)
{
	struct ratio x;

	*result = whole;
	return whole.state != FIGURE_OK
		|| (ratio_mul(whole.x, ratio_whole(part), p->template->root->at, &x, p->d)
			&& ratio_div(x, ratio_whole(of), p->template->root->at, &result->x, p->d));
}

/* Quarters (or months) that are over, and of the quarter at hand as many thirds as it has months. */
static bool phased_to_date(const struct progressing *p, const struct goal *goal, size_t area, unsigned month, struct figure *figure)
{
	unsigned length = PROGRESS_MONTHS / (unsigned)goal->n_part;
	const struct figure *planned = &goal->part[area * goal->n_part];
	unsigned at = (month - 1) / length;
	struct figure part[PROGRESS_MONTHS];
	struct cell_value sum;

	memcpy(part, planned, at * sizeof *part);
	if (!goal_share(p, planned[at], (month - 1) % length + 1, length, &part[at])
		|| !figures_sum(part, at + 1, false, p->template->root->at, p->a, &sum, p->d))
		return false;
	*figure = sum.figure;
	return true;
}

bool goal_rest(const struct progressing *p, const struct goal *goal, size_t area, struct figure *rest)
{
	*rest = goal->year[area];
	for (size_t i = 0; i < goal->n_with; i++) {
		struct figure part = p->indicator[goal->with[i]].goal.year[area];

		if (rest->state == FIGURE_OK && part.state == FIGURE_OK
			&& !ratio_sub(rest->x, part.x, p->template->root->at, &rest->x, p->d))
			return false;
	}
	return true;
}

/* The others' plans to date, and the share of what they do not have. */
static bool joint_to_date(const struct progressing *p, const struct goal *goal, size_t area, unsigned month, struct figure *figure)
{
	struct figure *part = ARENA_ARRAY(p->a, goal->n_with + 1, struct figure);
	struct figure rest;
	struct cell_value sum;
	size_t n = 1;

	if (!goal_rest(p, goal, area, &rest) || !goal_share(p, rest, month, PROGRESS_MONTHS, &part[0]))
		return false;
	for (size_t i = 0; i < goal->n_with; i++) {
		const struct goal *with = &p->indicator[goal->with[i]].goal;

		if (with->year[area].state == FIGURE_OK && !goal_to_date(p, with, area, month, &part[n++]))
			return false;
	}
	if (!figures_sum(part, n, false, p->template->root->at, p->a, &sum, p->d))
		return false;
	*figure = sum.figure;
	return true;
}

bool goal_to_date(const struct progressing *p, const struct goal *goal, size_t area, unsigned month, struct figure *figure)
{
	if (goal->to_date) {
		*figure = goal->to_date[area * PROGRESS_MONTHS + month - 1];
		return true;
	}
	if (goal->n_with && goal->year[area].state == FIGURE_OK)
		return joint_to_date(p, goal, area, month, figure);
	if (goal->n_part)
		return phased_to_date(p, goal, area, month, figure);
	return goal_share(p, goal->year[area], month, PROGRESS_MONTHS, figure);
}
