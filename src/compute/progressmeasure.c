/* What a row of progress says: each figure by its name, computed once for a row. */
#include "compute/progressing.h"
#include "compute/work.h"

#include <string.h>

struct measure {
	const char *name; /* of the field */
	bool (*fill)(struct subject *, struct datum *);
	enum expr_type type;
};

/* ---- texts ---- */

static bool fill_text(struct datum *datum, const char *text)
{
	datum->figure = figure_of(ratio_whole(0));
	datum->text = text;
	return true;
}

static bool fill_indicator(struct subject *s, struct datum *datum)
{
	return fill_text(datum, s->followed->indicator->id);
}

static bool fill_name(struct subject *s, struct datum *datum)
{
	return fill_text(datum, s->followed->indicator->label);
}

static bool fill_group(struct subject *s, struct datum *datum)
{
	return fill_text(datum, s->followed->indicator->group);
}

static bool fill_unit(struct subject *s, struct datum *datum)
{
	return fill_text(datum, s->followed->indicator->unit);
}

static bool fill_area(struct subject *s, struct datum *datum)
{
	return s->area == s->p->n_area || fill_text(datum, s->p->returns->area[s->area]->name);
}

static bool fill_series(struct subject *s, struct datum *datum)
{
	return !s->series || fill_text(datum, s->series);
}

/* ---- numbers ---- */

static bool fill_status(struct subject *, struct datum *);
static bool fill_status_id(struct subject *, struct datum *);

static bool fill_count(struct datum *datum, size_t n)
{
	datum->figure = figure_of(ratio_whole((int64_t)n));
	return true;
}

static bool fill_headline(struct subject *s, struct datum *datum)
{
	return fill_count(datum, s->followed->indicator->headline);
}

static bool fill_planned(struct subject *s, struct datum *datum)
{
	return fill_count(datum, s->followed->goal.year[s->area].state == FIGURE_OK);
}

static bool fill_plan(struct subject *s, struct datum *datum)
{
	datum->figure = s->followed->goal.year[s->area];
	return true;
}

static bool fill_plan_to_date(struct subject *s, struct datum *datum)
{
	return goal_to_date(s->p, &s->followed->goal, s->area, s->p->last, &datum->figure);
}

static bool fill_done(struct subject *s, struct datum *datum)
{
	return sums_value(s->p, s->followed, s->area, 1, s->p->last, &datum->figure);
}

static bool fill_done_period(struct subject *s, struct datum *datum)
{
	if (s->p->first == 1)
		return subject_datum(s, measured_of("done"), datum);
	return sums_value(s->p, s->followed, s->area, s->p->first, s->p->last, &datum->figure);
}

/* What joins both, where both are figures. */
static bool change_of(const struct figure *now, const struct figure *before, const struct subject *s, struct figure *change)
{
	struct figure operand[2] = { *now, *before };

	*change = figure_of(ratio_whole(0));
	figure_join(change, operand, 2, s->p->a);
	return change->state != FIGURE_OK || ratio_sub(now->x, before->x, s->followed->indicator->node->at, &change->x, s->p->d);
}

static bool fill_done_previous(struct subject *s, struct datum *datum)
{
	unsigned first, last;

	return !period_before(s->p, &first, &last) || sums_value(s->p, s->followed, s->area, first, last, &datum->figure);
}

/* From the period before. Figures of two sets of returns are not compared: the change is known where all of both periods are. */
static bool fill_change(struct subject *s, struct datum *datum)
{
	struct datum now, before;
	unsigned first, last;

	if (!period_before(s->p, &first, &last) || !sums_complete(s->p, s->followed, s->area, first, s->p->last))
		return true;
	if (!subject_datum(s, measured_of("done_period"), &now) || !subject_datum(s, measured_of("done_previous"), &before))
		return false;
	return change_of(&now.figure, &before.figure, s, &datum->figure);
}

static bool fill_months_left(struct subject *s, struct datum *datum)
{
	return fill_count(datum, PROGRESS_MONTHS - s->p->last);
}

static bool fill_reported(struct subject *s, struct datum *datum)
{
	return fill_count(datum, sums_reported(s->p, s->followed, s->area));
}

static bool fill_awaited(struct subject *s, struct datum *datum)
{
	return fill_count(datum, sums_awaited(s->p, s->followed, s->area));
}

static bool fill_due(struct subject *s, struct datum *datum)
{
	return fill_count(datum, s->area == s->p->n_area ? s->p->n_area : s->p->last);
}

static bool fill_returned(struct subject *s, struct datum *datum)
{
	return fill_count(datum, sums_returned(s->p, s->area));
}

static bool fill_returns(struct subject *s, struct datum *datum)
{
	return fill_count(datum, sums_returns(s->p, s->area));
}

static bool fill_period_reported(struct subject *s, struct datum *datum)
{
	return fill_count(datum, sums_known(s->p, s->followed, s->area, s->p->first, s->p->last));
}

static bool fill_period_due(struct subject *s, struct datum *datum)
{
	return fill_count(datum, sums_due(s->p, s->area, s->p->first, s->p->last));
}

/* Of all areas: how many could be made. */
static bool fill_made(struct subject *s, struct datum *datum)
{
	const struct progressing *p = s->p;
	size_t n = 0;

	for (size_t i = s->area == p->n_area ? 0 : s->area; i < p->n_area && i <= s->area; i++)
		n += !p->below || p->below[i];
	return fill_count(datum, n);
}

/* Of all areas: how many could not. */
static bool fill_unmade(struct subject *s, struct datum *datum)
{
	const struct progressing *p = s->p;
	size_t n = 0;

	for (size_t i = s->area == p->n_area ? 0 : s->area; i < p->n_area && i <= s->area; i++)
		n += p->below && !p->below[i];
	return fill_count(datum, n);
}

static bool fill_ceiling(struct subject *s, struct datum *datum)
{
	return fill_count(datum, s->followed->indicator->is_ceiling);
}

/* "6/7" */
static bool fill_coverage(struct subject *s, struct datum *datum)
{
	struct arena *own = s->p->own;
	struct datum reported, due;

	if (!subject_datum(s, measured_of("reported"), &reported) || !subject_datum(s, measured_of("due"), &due))
		return false;
	return fill_text(datum, arena_printf(s->p->a, "%s/%s", expr_figure(&reported.figure, own), expr_figure(&due.figure, own)));
}

/* The fields that a dataset of progress may have, of every row. */
static const struct measure measures[] = {
	{ "indicator", fill_indicator, EXPR_TEXT }, /* its id: a key */
	{ "name", fill_name, EXPR_TEXT },
	{ "group", fill_group, EXPR_TEXT },
	{ "unit", fill_unit, EXPR_TEXT },
	{ "area", fill_area, EXPR_TEXT },
	{ "series", fill_series, EXPR_TEXT },
	{ "headline", fill_headline, EXPR_NUMBER },		 /* 1 or 0 */
	{ "planned", fill_planned, EXPR_NUMBER },		 /* 1: the plan has a target */
	{ "plan", fill_plan, EXPR_NUMBER },			 /* of the year */
	{ "plan_to_date", fill_plan_to_date, EXPR_NUMBER },
	{ "done", fill_done, EXPR_NUMBER },			 /* to date */
	{ "done_period", fill_done_period, EXPR_NUMBER },
	{ "done_previous", fill_done_previous, EXPR_NUMBER }, /* in the period before */
	{ "change", fill_change, EXPR_NUMBER },		 /* of done_period from done_previous */
	{ "months_left", fill_months_left, EXPR_NUMBER },
	{ "reported", fill_reported, EXPR_NUMBER },		 /* months, or areas, that the figure to date is known of ... */
	{ "due", fill_due, EXPR_NUMBER },			 /* ... of so many */
	{ "awaited", fill_awaited, EXPR_NUMBER },		 /* those that a status waits for */
	{ "returned", fill_returned, EXPR_NUMBER },		 /* 1: the return of the period is there; of all areas: how many are */
	{ "returns", fill_returns, EXPR_NUMBER },		 /* of the period that are there */
	{ "period_reported", fill_period_reported, EXPR_NUMBER }, /* returns of the period that done_period is known of ... */
	{ "period_due", fill_period_due, EXPR_NUMBER },	 /* ... of so many */
	{ "made", fill_made, EXPR_NUMBER },		 /* 1: the area's own progress could be made; of areas that report themselves always */
	{ "unmade", fill_unmade, EXPR_NUMBER },	 /* 1: it could not; of all areas: how many could not */
	{ "ceiling", fill_ceiling, EXPR_NUMBER },		 /* 1: the target is not to be exceeded */
	{ "coverage", fill_coverage, EXPR_TEXT },		 /* reported/due */
	{ "status", fill_status, EXPR_TEXT },		 /* a word of the template */
	{ "status_id", fill_status_id, EXPR_TEXT },
};

enum { N_MEASURE = sizeof measures / sizeof *measures };
_Static_assert((size_t)N_MEASURE <= MEASURES_MAX, "room for all that is known of a row");

/* Computed when it is first asked for. */
static bool known_datum(struct subject *s, size_t i, struct datum *datum)
{
	if (!s->is_known[i]) {
		s->known[i] = (struct datum){ .figure = figure_missing() };
		if (!measures[i].fill(s, &s->known[i]))
			return false;
		s->is_known[i] = true;
	}
	*datum = s->known[i];
	return true;
}

/* ---- the status: conditions over the numbers above ---- */

static bool lookup(void *ctx, const struct symbol *symbol, enum expr_view view, size_t row, struct value *value, struct diags *d)
{
	struct datum datum;

	(void)view;
	(void)row;
	(void)d;
	if (!known_datum(ctx, symbol->index, &datum))
		return false;
	*value = (struct value){ .type = EXPR_NUMBER, .figure = datum.figure };
	return true;
}

bool measures_prepare(struct progressing *p)
{
	const struct progress_template *t = p->template;
	struct symbol *symbol = ARENA_ARRAY(p->a, N_MEASURE, struct symbol);
	struct symbols symbols = { symbol, 0, false };
	bool ok = true;

	for (size_t i = 0; i < N_MEASURE; i++)
		if (measures[i].type == EXPR_NUMBER)
			symbol[symbols.n_symbol++] = (struct symbol){
				.name = measures[i].name, .type = EXPR_NUMBER, .unit = "", .views = 1U << VIEW_ROW, .index = i };
	p->status = ARENA_ARRAY(p->a, t->n_status, const struct expr *);
	for (size_t i = 0; i < t->n_status; i++) {
		struct expr_place place = { t->status[i].node, "when", 0, { 0 } };

		if (!t->status[i].when)
			continue;
		p->status[i] = expr_parse(t->status[i].when, strlen(t->status[i].when), place, &symbols, EXPR_TRUTH, p->a, p->d);
		ok = p->status[i] && ok;
	}
	return ok;
}

static bool holds(struct subject *s, const struct expr *when, struct arena *scratch, bool *truth)
{
	struct expr_env env = { .ctx = s, .lookup = lookup };
	struct value value = { .truth = true };
	bool ok = !when || expr_eval(when, &env, 0, &value, scratch, s->p->d);

	*truth = ok && value.figure.state == FIGURE_OK && value.truth;
	return ok;
}

/* The first whose condition holds. */
static bool choose_status(struct subject *s, struct arena *scratch)
{
	const struct progress_template *t = s->p->template;
	bool truth = false;
	size_t i = 0;

	for (; i < t->n_status && !truth; i++)
		if (!holds(s, s->p->status[i], scratch, &truth))
			return false;
	s->status = truth ? &t->status[i - 1] : NULL;
	return true;
}

/* NULL: none of them. What is computed for the conditions is not kept. */
static bool find_status(struct subject *s, const struct progress_status **status)
{
	struct arena scratch = { 0 };

	if (!s->has_status)
		s->has_status = choose_status(s, &scratch);
	arena_clear(&scratch);
	*status = s->status;
	return s->has_status;
}

static bool fill_status(struct subject *s, struct datum *datum)
{
	const struct progress_status *status;

	return find_status(s, &status) && (!status || fill_text(datum, status->word));
}

static bool fill_status_id(struct subject *s, struct datum *datum)
{
	const struct progress_status *status;

	return find_status(s, &status) && (!status || fill_text(datum, status->id));
}

/* ---- figures by month: fields m01 to m12 ---- */

static bool is_series(const struct subject *s, const char *name, const char *above)
{
	return !strcmp(s->series, s->p->below ? above : name);
}

static bool fill_month(struct subject *s, unsigned month, struct datum *datum)
{
	struct progressing *p = s->p;
	unsigned first = strcmp(s->series, "done") ? month : 1;

	if (!strcmp(s->series, "plan"))
		return goal_to_date(p, &s->followed->goal, s->area, month, &datum->figure);
	if (month > p->last)
		return true;
	if (is_series(s, "reported", "whole"))
		return fill_count(datum, sums_areas_returned(p, month));
	if (!strcmp(s->series, "due"))
		return fill_count(datum, p->n_area);
	if (is_series(s, "known", "whole-known"))
		return fill_count(datum, sums_areas_known(p, s->followed, month, month));
	if (!sums_is_known(p, s->followed, first, month))
		return true; /* nothing is known of it, not that nothing was done */
	return sums_value(p, s->followed, s->area, first, month, &datum->figure);
}

unsigned progress_month_of_field(const char *field, char mark)
{
	unsigned month;

	if (field[0] != mark || strlen(field) != 3 || strspn(field + 1, "0123456789") != 2)
		return 0;
	month = (unsigned)(field[1] - '0') * 10 + (unsigned)(field[2] - '0');
	return month <= PROGRESS_MONTHS ? month : 0;
}

struct measured measured_of(const char *field)
{
	size_t i = 0;

	while (i < N_MEASURE && strcmp(measures[i].name, field) != 0)
		i++;
	return (struct measured){ i < N_MEASURE ? i : MEASURES_MAX, progress_month_of_field(field, 'm') };
}

bool subject_datum(struct subject *s, struct measured field, struct datum *datum)
{
	*datum = (struct datum){ .figure = figure_missing() };
	if (s->series && field.month)
		return fill_month(s, field.month, datum);
	return field.measure == MEASURES_MAX || known_datum(s, field.measure, datum);
}
