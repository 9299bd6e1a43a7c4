/* Areas that do not report themselves: their figures are those of their own areas, as these were added up in their own progress. */
#include "compute/progressbelow.h"
#include "compute/work.h"

static const struct kept_indicator *kept_of(const struct progressing *p, const struct followed *f, size_t area)
{
	return p->below[area] ? &p->below[area]->indicator[f - p->indicator] : NULL;
}

static bool counts(const struct kept_part *part, unsigned first, unsigned month)
{
	return part->month == month && part->since >= first;
}

size_t below_due(const struct progressing *p, size_t area)
{
	return p->below[area] ? p->below[area]->n_area : 0;
}

size_t below_known(const struct progressing *p, const struct followed *f, size_t area, unsigned first, unsigned month)
{
	const struct kept_indicator *kept = kept_of(p, f, area);
	size_t n = 0;

	for (size_t i = 0; kept && i < kept->n_part; i++)
		n += counts(&kept->part[i], first, month) ? kept->part[i].n_area : 0;
	return n;
}

bool below_is_whole(const struct progressing *p, const struct followed *f, size_t area, unsigned first, unsigned month)
{
	return p->below[area] && below_known(p, f, area, first, month) == p->below[area]->n_area;
}

static size_t place_of(const struct followed *f, size_t field)
{
	size_t i = 0;

	while (f->field[i] != field)
		i++;
	return i;
}

bool below_figure(const struct progressing *p, const struct followed *f, size_t area, unsigned first, unsigned month, size_t field,
	struct figure *figure)
{
	const struct kept_indicator *kept = f ? kept_of(p, f, area) : NULL;
	struct figure part[PROGRESS_MONTHS];
	struct cell_value sum;
	size_t n = 0;

	*figure = figure_missing();
	for (size_t i = 0; kept && i < kept->n_part && n < PROGRESS_MONTHS; i++)
		if (counts(&kept->part[i], first, month))
			part[n++] = kept->part[i].sum[place_of(f, field)];
	if (!n)
		return true;
	if (!figures_sum(part, n, true, p->template->root->at, p->a, &sum, p->d))
		return false;
	*figure = sum.figure;
	return true;
}

bool below_are_made(const struct progressing *p)
{
	for (size_t i = 0; i < p->n_area; i++)
		if (!p->below[i])
			return false;
	return true;
}

size_t below_awaited(const struct progressing *p, const struct followed *f, size_t area)
{
	const struct kept_indicator *kept = kept_of(p, f, area);
	size_t n = 0;

	for (unsigned month = 0; kept && month < p->last; month++)
		n += kept->waits[month];
	return kept ? n : p->last;
}

size_t below_returns(const struct progressing *p, size_t area, unsigned month)
{
	return p->below[area] ? p->below[area]->month[month - 1].n_return : 0;
}

bool below_is_returned(const struct progressing *p, size_t area, unsigned month)
{
	return p->below[area] && below_returns(p, area, month) == p->below[area]->n_area;
}

/* ---- plans ---- */

/* What is not known of an area is not counted: its plan is not given, or could not be made. */
static bool add_up(const struct progressing *p, const struct figure *figure, size_t step, struct figure *sum)
{
	struct figure *part = ARENA_ARRAY(p->own, p->n_area, struct figure);
	struct cell_value all;

	for (size_t i = 0; i < p->n_area; i++)
		part[i] = figure[i * step];
	if (!figures_sum(part, p->n_area, true, p->template->root->at, p->a, &all, p->d))
		return false;
	*sum = all.figure;
	return true;
}

/* Shares are of the same areas as the sums that they are taken of: of those whose progress was made, and of all of these or of none. */
static bool add_up_base(const struct progressing *p, struct goal *goal)
{
	struct figure *part = ARENA_ARRAY(p->own, p->n_area, struct figure);
	struct cell_value all;
	size_t n = 0;

	for (size_t i = 0; i < p->n_area; i++)
		if (p->below[i])
			part[n++] = goal->year[i];
	if (!figures_sum(part, n, false, p->template->root->at, p->a, &all, p->d))
		return false;
	goal->year[p->n_area] = all.figure;
	return true;
}

static bool take_goal(const struct progressing *p, const struct kept_indicator *kept, size_t area, struct goal *goal)
{
	struct figure *to_date = &goal->to_date[area * PROGRESS_MONTHS];

	goal->year[area] = kept->year;
	for (unsigned month = 0; month < PROGRESS_MONTHS; month++)
		if (kept->to_date)
			to_date[month] = kept->to_date[month];
		else if (!goal_share(p, kept->year, month + 1, PROGRESS_MONTHS, &to_date[month]))
			return false;
	return true;
}

/* Of an area, of a base or an indicator. */
static bool take_area(const struct progressing *p, const struct indicator *of, size_t area, struct goal *goal)
{
	const struct progress_template *t = p->template;

	if (!p->below[area])
		return true;
	if (of->value)
		return take_goal(p, &p->below[area]->indicator[of - t->indicator], area, goal);
	goal->year[area] = p->below[area]->base[of - t->base];
	return true;
}

bool below_goal(const struct progressing *p, const struct indicator *of, struct goal *goal)
{
	for (size_t i = 0; i < p->n_area; i++)
		if (!take_area(p, of, i, goal))
			return false;
	if (!of->adds)
		return true;
	if (!of->value)
		return add_up_base(p, goal);
	for (unsigned month = 0; month < PROGRESS_MONTHS; month++)
		if (!add_up(p, &goal->to_date[month], PROGRESS_MONTHS, &goal->to_date[p->n_area * PROGRESS_MONTHS + month]))
			return false;
	return add_up(p, goal->year, 1, &goal->year[p->n_area]);
}
