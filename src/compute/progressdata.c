/* What is known of progress as rows of datasets, field by field: the dataset's fields are named below. */
#include "compute/progressing.h"
#include "compute/work.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

/* What a row speaks of. */
struct subject {
	struct progressing *p;
	const struct followed *followed;
	size_t area;
	const char *series; /* of "progress-months"; else NULL */
};

struct measure {
	const char *name; /* of the field */
	bool (*fill)(const struct subject *, struct datum *);
	enum expr_type type;
};

/* ---- texts ---- */

static bool fill_text(struct datum *datum, const char *text)
{
	datum->figure = figure_of(ratio_whole(0));
	datum->text = text;
	return true;
}

static bool fill_indicator(const struct subject *s, struct datum *datum)
{
	return fill_text(datum, s->followed->indicator->id);
}

static bool fill_name(const struct subject *s, struct datum *datum)
{
	return fill_text(datum, s->followed->indicator->label);
}

static bool fill_group(const struct subject *s, struct datum *datum)
{
	return fill_text(datum, s->followed->indicator->group);
}

static bool fill_unit(const struct subject *s, struct datum *datum)
{
	return fill_text(datum, s->followed->indicator->unit);
}

static bool fill_area(const struct subject *s, struct datum *datum)
{
	return s->area == s->p->n_area || fill_text(datum, s->p->area[s->area]->name);
}

static bool fill_series(const struct subject *s, struct datum *datum)
{
	return !s->series || fill_text(datum, s->series);
}

/* ---- numbers ---- */

static bool fill_status(const struct subject *, struct datum *);
static bool fill_status_id(const struct subject *, struct datum *);

static bool fill_count(struct datum *datum, size_t n)
{
	datum->figure = figure_of(ratio_whole((int64_t)n));
	return true;
}

static bool fill_headline(const struct subject *s, struct datum *datum)
{
	return fill_count(datum, s->followed->indicator->headline);
}

static bool fill_planned(const struct subject *s, struct datum *datum)
{
	return fill_count(datum, s->followed->goal.year[s->area].state == FIGURE_OK);
}

static bool fill_plan(const struct subject *s, struct datum *datum)
{
	datum->figure = s->followed->goal.year[s->area];
	return true;
}

static bool fill_plan_to_date(const struct subject *s, struct datum *datum)
{
	return goal_to_date(s->p, &s->followed->goal, s->area, s->p->last, &datum->figure);
}

static bool fill_done(const struct subject *s, struct datum *datum)
{
	return sums_value(s->p, s->followed, s->area, 1, s->p->last, &datum->figure);
}

static bool fill_done_period(const struct subject *s, struct datum *datum)
{
	return sums_value(s->p, s->followed, s->area, s->p->first, s->p->last, &datum->figure);
}

/* In the period before, which is as long; missing in the first of a year. */
static bool fill_done_previous(const struct subject *s, struct datum *datum)
{
	unsigned n_month = s->p->last - s->p->first + 1;

	return s->p->first <= n_month
		|| sums_value(s->p, s->followed, s->area, s->p->first - n_month, s->p->first - 1, &datum->figure);
}

static bool fill_months_left(const struct subject *s, struct datum *datum)
{
	return fill_count(datum, PROGRESS_MONTHS - s->p->last);
}

static bool fill_reported(const struct subject *s, struct datum *datum)
{
	return fill_count(datum, sums_reported(s->p, s->followed, s->area));
}

static bool fill_due(const struct subject *s, struct datum *datum)
{
	return fill_count(datum, s->area == s->p->n_area ? s->p->n_area : s->p->last);
}

static bool fill_returned(const struct subject *s, struct datum *datum)
{
	return fill_count(datum, sums_returned(s->p, s->area));
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
	{ "months_left", fill_months_left, EXPR_NUMBER },
	{ "reported", fill_reported, EXPR_NUMBER },		 /* months, or areas, that the figure to date is known of ... */
	{ "due", fill_due, EXPR_NUMBER },			 /* ... of so many */
	{ "returned", fill_returned, EXPR_NUMBER },		 /* 1: the return of the period is there; of all areas: how many are */
	{ "status", fill_status, EXPR_TEXT },		 /* a word of the template */
	{ "status_id", fill_status_id, EXPR_TEXT },
};

enum { N_MEASURE = sizeof measures / sizeof *measures };

/* ---- the status: conditions over the numbers above ---- */

static bool lookup(void *ctx, const struct symbol *symbol, enum expr_view view, size_t row, struct value *value, struct diags *d)
{
	struct datum datum = { .figure = figure_missing() };

	(void)view;
	(void)row;
	(void)d;
	if (!measures[symbol->index].fill(ctx, &datum))
		return false;
	*value = (struct value){ .type = EXPR_NUMBER, .figure = datum.figure };
	return true;
}

static bool read_statuses(struct progressing *p)
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

/* NULL: none of them. */
static bool find_status(const struct subject *s, const struct progress_status **status)
{
	struct progressing *p = s->p;
	struct expr_env env = { .ctx = (void *)s, .lookup = lookup };
	struct value value;

	*status = NULL;
	for (size_t i = 0; i < p->template->n_status && !*status; i++) {
		if (p->status[i] && !expr_eval(p->status[i], &env, 0, &value, p->a, p->d))
			return false;
		if (!p->status[i] || (value.figure.state == FIGURE_OK && value.truth))
			*status = &p->template->status[i];
	}
	return true;
}

static bool fill_status(const struct subject *s, struct datum *datum)
{
	const struct progress_status *status;

	return find_status(s, &status) && (!status || fill_text(datum, status->word));
}

static bool fill_status_id(const struct subject *s, struct datum *datum)
{
	const struct progress_status *status;

	return find_status(s, &status) && (!status || fill_text(datum, status->id));
}

/* ---- figures by month: fields m01 to m12 ---- */

static bool fill_month(const struct subject *s, unsigned month, struct datum *datum)
{
	struct progressing *p = s->p;

	if (!strcmp(s->series, "plan"))
		return goal_to_date(p, &s->followed->goal, s->area, month, &datum->figure);
	if (month > p->last)
		return true;
	return sums_value(p, s->followed, s->area, strcmp(s->series, "month") ? 1 : month, month, &datum->figure);
}

/* Its number, or 0. */
static unsigned month_of_field(const char *id)
{
	if (id[0] != 'm' || strlen(id) != 3 || strspn(id + 1, "0123456789") != 2)
		return 0;
	return (unsigned)(id[1] - '0') * 10 + (unsigned)(id[2] - '0');
}

/* ---- rows ---- */

static bool fill_field(const struct subject *s, const struct field *field, struct datum *datum)
{
	unsigned month = s->series ? month_of_field(field->id) : 0;

	*datum = (struct datum){ .figure = figure_missing() };
	if (month && month <= PROGRESS_MONTHS)
		return fill_month(s, month, datum);
	for (size_t i = 0; i < N_MEASURE; i++)
		if (!strcmp(measures[i].name, field->id))
			return measures[i].fill(s, datum);
	return true;
}

static const char *row_key(const struct subject *s)
{
	const char *id = s->followed->indicator->id;
	struct arena *a = s->p->a;

	if (s->series)
		return arena_printf(a, "%s/%s", id, s->series);
	return s->area == s->p->n_area ? id : arena_printf(a, "%s/%s", id, s->p->area[s->area]->key);
}

static bool fill_row(const struct subject *s, const struct dataset *dataset, struct data_row *row)
{
	struct datum *datum = ARENA_ARRAY(s->p->a, dataset->n_field, struct datum);
	bool all = s->area == s->p->n_area;

	*row = (struct data_row){
		.key = row_key(s),
		.label = all ? s->followed->indicator->label : s->p->area[s->area]->name,
		.area = all ? NULL : s->p->area[s->area],
		.datum = datum,
		.at = s->followed->indicator->node->at,
	};
	for (size_t i = 0; i < dataset->n_field; i++)
		if (!fill_field(s, &dataset->field[i], &datum[i]))
			return false;
	return true;
}

/* ---- datasets ---- */

struct filling {
	struct progressing *p;
	const struct dataset *dataset;
	struct data_row *row; /* [n_row] */
	size_t n_row;
};

static bool add_row(struct filling *f, struct subject s)
{
	s.p = f->p;
	return fill_row(&s, f->dataset, &f->row[f->n_row++]);
}

/* Calls add for each indicator that somebody speaks of. */
static bool each_indicator(struct filling *f, size_t n_most, bool (*add)(struct filling *, const struct followed *))
{
	struct progressing *p = f->p;

	f->row = ARENA_ARRAY(p->a, p->template->n_indicator * n_most, struct data_row);
	for (size_t i = 0; i < p->template->n_indicator; i++)
		if (sums_speak_of(p, &p->indicator[i]) && !add(f, &p->indicator[i]))
			return false;
	return true;
}

static bool add_areas(struct filling *f, const struct followed *followed)
{
	for (size_t area = 0; followed->indicator->by_area && area < f->p->n_area; area++)
		if (!add_row(f, (struct subject){ .followed = followed, .area = area }))
			return false;
	return true;
}

static bool fill_areas(struct filling *f)
{
	return each_indicator(f, f->p->n_area, add_areas);
}

static bool add_total(struct filling *f, const struct followed *followed)
{
	return add_row(f, (struct subject){ .followed = followed, .area = f->p->n_area });
}

static bool fill_totals(struct filling *f)
{
	return each_indicator(f, 1, add_total);
}

static const char *const series[] = { "month", "done", "plan" };
enum { N_SERIES = sizeof series / sizeof *series };

static bool add_months(struct filling *f, const struct followed *followed)
{
	for (size_t i = 0; i < N_SERIES; i++)
		if (!add_row(f, (struct subject){ .followed = followed, .area = f->p->n_area, .series = series[i] }))
			return false;
	return true;
}

static bool fill_months(struct filling *f)
{
	return each_indicator(f, N_SERIES, add_months);
}

static const struct {
	const char *dataset;
	bool (*fill)(struct filling *);
} derived_data[] = {
	{ "progress", fill_areas },
	{ "progress-totals", fill_totals },
	{ "progress-months", fill_months },
};

enum { N_DERIVED = sizeof derived_data / sizeof *derived_data };

static const struct source *make_source(const struct progressing *p, const char *dataset)
{
	struct source *source = ARENA_NEW(p->a, struct source);

	*source = (struct source){
		.id = dataset,
		.dataset = dataset,
		.shown = p->job->path,
		.href = p->job->path,
		.role = SOURCE_CURRENT,
		.period_year = p->job->period.year,
		.at = p->job->at,
	};
	return source;
}

static bool make_data(struct progressing *p, size_t i, struct library *library, struct data *data)
{
	struct filling f = { .p = p, .dataset = dataset_read(library, derived_data[i].dataset, p->job->at, p->a, p->d) };
	bool *present;

	if (!f.dataset || !derived_data[i].fill(&f))
		return false;
	present = ARENA_ARRAY(p->a, f.dataset->n_field, bool);
	for (size_t k = 0; k < f.dataset->n_field; k++)
		present[k] = true;
	*data = (struct data){
		.source = make_source(p, derived_data[i].dataset),
		.dataset = f.dataset,
		.row = f.row,
		.n_row = f.n_row,
		.present = present,
	};
	return true;
}

bool progress_data(struct progressing *p, struct library *library, struct model *derived)
{
	const struct model *model = p->input->model;
	struct data *data = ARENA_ARRAY(p->a, model->n_data + N_DERIVED, struct data);

	if (!read_statuses(p))
		return false;
	memcpy(data, model->data, model->n_data * sizeof *data);
	for (size_t i = 0; i < N_DERIVED; i++)
		if (!make_data(p, i, library, &data[model->n_data + i]))
			return false;
	*derived = *model;
	derived->data = data;
	derived->n_data = model->n_data + N_DERIVED;
	return true;
}
