/* Sums of returns over months and areas, and the indicators' expressions over them. */
#include "compute/progressbelow.h"
#include "compute/progressing.h"
#include "compute/work.h"

#include <string.h>

/* Where an expression is evaluated. */
struct spot {
	struct progressing *p;
	const struct followed *followed; /* whose fields count where all of them are known; NULL: each by itself */
	size_t area;
	unsigned first, last;
};

/* ---- names ---- */

static void make_symbols(struct progressing *p)
{
	const struct dataset *dataset = p->returns->dataset;
	struct symbols constants = job_symbols(p->job, p->a);
	struct symbol *symbol = ARENA_ARRAY(p->a, dataset->n_field + p->template->n_base + constants.n_symbol, struct symbol);
	size_t n = 0;

	p->field = ARENA_ARRAY(p->a, dataset->n_field, const struct field *);
	for (size_t i = 0; i < dataset->n_field; i++)
		if (field_is_summed(dataset->field[i].type)) {
			p->field[n] = &dataset->field[i];
			symbol[n] = (struct symbol){ .name = dataset->field[i].id, .unit = dataset->field[i].unit };
			n++;
		}
	p->n_field = n;
	for (size_t i = 0; i < p->template->n_base; i++)
		symbol[n++] = (struct symbol){ .name = p->template->base[i].id, .unit = p->template->base[i].unit };
	for (size_t i = 0; i < n; i++) {
		symbol[i].type = EXPR_NUMBER;
		symbol[i].views = 1U << VIEW_ROW;
		symbol[i].index = i;
	}
	for (size_t i = 0; i < constants.n_symbol; i++, n++) {
		symbol[n] = constants.symbol[i];
		symbol[n].index = n;
	}
	p->symbols = (struct symbols){ symbol, n, false };
}

/* ---- sums ---- */

static size_t field_place(const struct progressing *p, size_t field)
{
	return (size_t)(p->field[field] - p->returns->dataset->field);
}

static struct figure reported_figure(const struct progressing *p, size_t area, unsigned month, size_t field)
{
	const struct data_row *row = returns_of(p->returns, area, month)->row;

	return row ? row->datum[field_place(p, field)].figure : figure_missing();
}

/* Of what is known; missing where nothing is. */
static bool known_sum(const struct progressing *p, const struct figure *part, size_t n, struct figure *figure)
{
	struct cell_value sum;

	if (!figures_sum(part, n, true, p->template->root->at, p->a, &sum, p->d))
		return false;
	*figure = sum.figure;
	return true;
}

struct figure sums_figure(const struct progressing *p, const struct followed *f, size_t area, unsigned month, size_t i)
{
	return reported_figure(p, area, month, f->field[i]);
}

bool sums_is_reported(const struct progressing *p, const struct followed *f, size_t area, unsigned month)
{
	if (p->below)
		return below_is_whole(p, f, area, 1, month);
	for (size_t i = 0; i < f->n_field; i++)
		if (reported_figure(p, area, month, f->field[i]).state != FIGURE_OK)
			return false;
	return returns_of(p->returns, area, month)->row;
}

/* Whether the figure is of no month before the first. */
static bool is_within(const struct progressing *p, size_t area, unsigned first, unsigned month, size_t field)
{
	const unsigned char *since = returns_of(p->returns, area, month)->since;

	return !since || !since[field_place(p, field)] || since[field_place(p, field)] >= first;
}

unsigned sums_since(const struct progressing *p, const struct followed *f, size_t area, unsigned month)
{
	const unsigned char *since = returns_of(p->returns, area, month)->since;
	unsigned first = month;

	if (!sums_is_reported(p, f, area, month))
		return 0;
	for (size_t i = 0; since && i < f->n_field; i++) {
		unsigned of_field = since[field_place(p, f->field[i])];

		first = of_field && of_field < first ? of_field : first;
	}
	return first;
}

static bool is_known(const struct progressing *p, const struct followed *f, size_t area, unsigned first, unsigned month)
{
	return p->below ? below_is_whole(p, f, area, first, month) : sums_since(p, f, area, month) >= first;
}

/* Of a month, as part of a sum from the first on. */
static bool counted_figure(const struct progressing *p, const struct followed *f, size_t area, unsigned first, unsigned month, size_t field,
	struct figure *figure)
{
	bool counts;

	*figure = figure_missing();
	if (p->below)
		return below_figure(p, f, area, first, month, field, figure);
	counts = f ? is_known(p, f, area, first, month) : is_within(p, area, first, month, field);
	if (counts)
		*figure = reported_figure(p, area, month, field);
	return true;
}

/* Of all areas. */
static bool sum_areas(const struct progressing *p, const struct followed *f, unsigned first, unsigned month, size_t field, struct figure *part,
	struct figure *figure)
{
	for (size_t area = 0; area < p->n_area; area++)
		if (!counted_figure(p, f, area, first, month, field, &part[area]))
			return false;
	return known_sum(p, part, p->n_area, figure);
}

/* The sums that every figure of all areas together is made of, as parts of sums from January on. */
static bool sum_followed(struct progressing *p, struct followed *f)
{
	struct figure *part = ARENA_ARRAY(p->own, p->n_area, struct figure);

	f->all = ARENA_ARRAY(p->own, PROGRESS_MONTHS * f->n_field, struct figure);
	for (unsigned month = 1; month <= PROGRESS_MONTHS; month++)
		for (size_t i = 0; i < f->n_field; i++)
			if (!sum_areas(p, f, 1, month, f->field[i], part, &f->all[(month - 1) * f->n_field + i]))
				return false;
	return true;
}

static bool all_areas(const struct spot *s, unsigned month, size_t field, struct figure *figure)
{
	const struct followed *f = s->followed;

	if (s->first > 1 && s->p->has_spans)
		return sum_areas(s->p, f, s->first, month, field, ARENA_ARRAY(s->p->own, s->p->n_area, struct figure), figure);
	*figure = figure_missing();
	for (size_t i = 0; i < f->n_field; i++)
		if (f->field[i] == field)
			*figure = f->all[(month - 1) * f->n_field + i];
	return true;
}

static bool sum_months(const struct spot *s, size_t field, struct figure *figure)
{
	struct figure part[PROGRESS_MONTHS];
	size_t n = 0;

	for (unsigned month = s->first; month <= s->last; month++, n++) {
		bool ok = s->area < s->p->n_area ? counted_figure(s->p, s->followed, s->area, s->first, month, field, &part[n])
						 : all_areas(s, month, field, &part[n]);

		if (!ok)
			return false;
	}
	return known_sum(s->p, part, n, figure);
}

static bool spot_symbol(const struct spot *s, const struct symbol *symbol, struct value *value)
{
	const struct progressing *p = s->p;
	size_t i = symbol->index;

	*value = (struct value){ .type = EXPR_NUMBER, .figure = figure_missing() };
	if (i < p->n_field)
		return sum_months(s, i, &value->figure);
	if (i >= p->n_field + p->template->n_base)
		return job_lookup(p->job, symbol, value);
	value->figure = p->base[i - p->n_field].goal.year[s->area];
	return true;
}

bool sums_symbol(struct progressing *p, const struct followed *f, size_t area, unsigned first, unsigned last, const struct symbol *symbol,
	struct value *value)
{
	return spot_symbol(&(struct spot){ p, f, area, first, last }, symbol, value);
}

static bool lookup(void *ctx, const struct symbol *symbol, enum expr_view view, size_t row, struct value *value, struct diags *d)
{
	const struct spot *s = ctx;

	(void)view;
	(void)row;
	(void)d;
	return spot_symbol(s, symbol, value);
}

bool sums_value(struct progressing *p, const struct followed *f, size_t area, unsigned first, unsigned last, struct figure *figure)
{
	struct spot spot = { p, f, area, first, last };
	struct expr_env env = { .ctx = &spot, .lookup = lookup };
	struct value value;

	*figure = figure_missing();
	if (first < 1 || first > last)
		return true;
	if (!expr_eval(f->value, &env, 0, &value, p->a, p->d))
		return false;
	*figure = value.figure;
	return true;
}

/* ---- expressions ---- */

struct uses {
	const struct progressing *p;
	bool *used; /* [n_field] */
};

static void note_use(void *ctx, const struct symbol *symbol, enum expr_view view)
{
	const struct uses *u = ctx;

	(void)view;
	if (symbol->index < u->p->n_field)
		u->used[symbol->index] = true;
}

static void list_uses(const struct progressing *p, struct followed *f)
{
	struct uses u = { p, ARENA_ARRAY(p->a, p->n_field, bool) };
	size_t *field = ARENA_ARRAY(p->a, p->n_field, size_t);

	expr_each_symbol(f->value, note_use, &u);
	for (size_t i = 0; i < p->n_field; i++)
		if (u.used[i])
			field[f->n_field++] = i;
	f->field = field;
}

static bool read_indicator(struct progressing *p, struct followed *f)
{
	struct expr_place place = { f->indicator->node, "value", 0, { 0 } };

	f->value = expr_parse(f->indicator->value, strlen(f->indicator->value), place, &p->symbols, EXPR_NUMBER, p->a, p->d);
	if (!f->value)
		return false;
	if (!expr_unit_fits(f->value, f->indicator->unit))
		return diag_error(p->d, expr_origin(f->value), "unit",
			"'%s' has the unit '%s', but its value gives '%s'; correct one of the two", f->indicator->id,
			f->indicator->unit, expr_unit(f->value));
	list_uses(p, f);
	return true;
}

static bool read_indicators(struct progressing *p)
{
	bool ok = true;

	for (size_t i = 0; i < p->template->n_indicator; i++) {
		p->indicator[i].indicator = &p->template->indicator[i];
		ok = read_indicator(p, &p->indicator[i]) && ok;
	}
	return ok;
}

bool sums_prepare(struct progressing *p)
{
	const struct progress_template *t = p->template;
	bool ok;

	make_symbols(p);
	p->base = ARENA_ARRAY(p->a, t->n_base, struct followed);
	p->indicator = ARENA_ARRAY(p->a, t->n_indicator, struct followed);
	ok = read_indicators(p);
	if (p->input->below && (!ok || !below_read(p)))
		return false;
	for (size_t i = 0; i < t->n_base; i++) {
		p->base[i].indicator = &t->base[i];
		ok = goal_find(p, &t->base[i], &p->base[i].goal) && ok;
	}
	for (size_t i = 0; i < t->n_indicator; i++) {
		ok = sum_followed(p, &p->indicator[i]) && ok;
		ok = goal_find(p, &t->indicator[i], &p->indicator[i].goal) && ok;
	}
	return ok;
}

/* ---- what is known ---- */

bool sums_speak_of(struct progressing *p, const struct followed *f, bool *speaks)
{
	struct figure done = figure_missing();
	bool ok = true;

	*speaks = f->goal.year[p->n_area].state == FIGURE_OK;
	for (size_t i = p->n_area + 1; ok && !*speaks && i-- > 0;) { /* all areas first */
		ok = sums_value(p, f, i, 1, p->last, &done);
		*speaks = ok && done.state == FIGURE_OK;
	}
	return ok;
}

size_t sums_reported(const struct progressing *p, const struct followed *f, size_t area)
{
	size_t n = 0;

	if (area < p->n_area) {
		for (unsigned month = 1; month <= p->last; month++)
			n += sums_is_reported(p, f, area, month);
		return n;
	}
	for (size_t i = 0; i < p->n_area; i++)
		n += sums_reported(p, f, i) == p->last;
	return n;
}

bool sums_is_shared_out(const struct progressing *p, const struct followed *f)
{
	for (size_t i = 0; i < p->n_area; i++)
		if (f->goal.year[i].state == FIGURE_OK)
			return true;
	return false;
}

size_t sums_awaited(const struct progressing *p, const struct followed *f, size_t area)
{
	bool shared = sums_is_shared_out(p, f);
	size_t n = 0;

	if (area < p->n_area)
		return p->below ? below_awaited(p, f, area) : p->last - sums_reported(p, f, area);
	for (size_t i = 0; i < p->n_area; i++)
		n += (!shared || f->goal.year[i].state == FIGURE_OK || (p->below && !p->below[i])) && sums_awaited(p, f, i);
	return n;
}

/* Whether the area's return of the month is there, of an area below all of its own areas'. */
static bool is_returned(const struct progressing *p, size_t area, unsigned month)
{
	return p->below ? below_is_returned(p, area, month) : returns_of(p->returns, area, month)->row != NULL;
}

size_t sums_returned(const struct progressing *p, size_t area)
{
	size_t n = 0;

	if (area == p->n_area) {
		for (size_t i = 0; i < p->n_area; i++)
			n += sums_returned(p, i);
		return n;
	}
	for (unsigned month = p->first; month <= p->last; month++)
		if (!is_returned(p, area, month))
			return 0;
	return 1;
}

size_t sums_areas_returned(const struct progressing *p, unsigned month)
{
	size_t n = 0;

	for (size_t area = 0; area < p->n_area; area++)
		n += is_returned(p, area, month);
	return n;
}

size_t sums_areas_known(const struct progressing *p, const struct followed *f, unsigned first, unsigned month)
{
	size_t n = 0;

	for (size_t area = 0; area < p->n_area; area++)
		n += is_known(p, f, area, first, month);
	return n;
}

bool sums_is_known(const struct progressing *p, const struct followed *f, unsigned first, unsigned month)
{
	for (size_t area = 0; area < p->n_area; area++)
		if (p->below ? below_known(p, f, area, first, month) : is_known(p, f, area, first, month))
			return true;
	return false;
}

size_t sums_returns(const struct progressing *p, size_t area)
{
	size_t n = 0;

	if (area < p->n_area) {
		for (unsigned month = p->first; month <= p->last; month++)
			n += p->below ? below_returns(p, area, month) : returns_of(p->returns, area, month)->row != NULL;
		return n;
	}
	for (size_t i = 0; i < p->n_area; i++)
		n += sums_returns(p, i);
	return n;
}

size_t sums_known(const struct progressing *p, const struct followed *f, size_t area, unsigned first, unsigned last)
{
	size_t n = 0;

	for (size_t i = area == p->n_area ? 0 : area; i <= area && i < p->n_area; i++)
		for (unsigned month = first; month <= last; month++)
			n += p->below ? below_known(p, f, i, first, month) : is_known(p, f, i, first, month);
	return n;
}

size_t sums_due(const struct progressing *p, size_t area, unsigned first, unsigned last)
{
	size_t n = 0;

	for (size_t i = area == p->n_area ? 0 : area; i <= area && i < p->n_area; i++)
		n += p->below ? below_due(p, i) : 1;
	return n * (last - first + 1);
}

bool sums_complete(const struct progressing *p, const struct followed *f, size_t area, unsigned first, unsigned last)
{
	for (size_t i = area == p->n_area ? 0 : area; p->below && i <= area && i < p->n_area; i++)
		if (!p->below[i])
			return false;
	return sums_known(p, f, area, first, last) == sums_due(p, area, first, last);
}

bool period_before(const struct progressing *p, unsigned *first, unsigned *last)
{
	unsigned n_month = p->last - p->first + 1;

	*first = p->first > n_month ? p->first - n_month : 0;
	*last = p->first - 1;
	return *first > 0;
}
