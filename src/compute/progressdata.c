/* What is known of progress as rows of datasets, field by field: the dataset's fields are named below. */
#include "compute/progressing.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

/* A dataset while its rows are made. */
struct filling {
	struct progressing *p;
	struct arena *cells; /* of the rows */
	const struct dataset *dataset;
	struct measured *field; /* [n_field] */
	struct data_row *row;	/* [n_row] */
	size_t n_row;
};

/* ---- rows ---- */

static const char *row_key(const struct subject *s)
{
	const char *id = s->followed->indicator->id;
	struct arena *a = s->p->a;

	if (s->series)
		return arena_printf(a, "%s/%s", id, s->series);
	return s->area == s->p->n_area ? id : arena_printf(a, "%s/%s", id, s->p->returns->area[s->area]->key);
}

static bool fill_row(struct filling *f, struct subject *s, struct data_row *row)
{
	struct datum *datum = ARENA_ARRAY(f->cells, f->dataset->n_field, struct datum);
	bool all = s->area == s->p->n_area;

	*row = (struct data_row){
		.key = row_key(s),
		.label = all ? s->followed->indicator->label : s->p->returns->area[s->area]->name,
		.area = all ? NULL : s->p->returns->area[s->area],
		.datum = datum,
		.at = s->followed->indicator->node->at,
	};
	for (size_t i = 0; i < f->dataset->n_field; i++)
		if (!subject_datum(s, f->field[i], &datum[i]))
			return false;
	return true;
}

/* ---- datasets ---- */

static bool add_row(struct filling *f, struct subject s)
{
	s.p = f->p;
	return fill_row(f, &s, &f->row[f->n_row++]);
}

/* Calls add for each indicator that somebody speaks of. */
static bool each_indicator(struct filling *f, size_t n_most, bool (*add)(struct filling *, const struct followed *))
{
	struct progressing *p = f->p;

	f->field = ARENA_ARRAY(p->a, f->dataset->n_field, struct measured);
	for (size_t i = 0; i < f->dataset->n_field; i++)
		f->field[i] = measured_of(f->dataset->field[i].id);
	f->row = ARENA_ARRAY(p->a, p->template->n_indicator * n_most, struct data_row);
	for (size_t i = 0; i < p->template->n_indicator; i++) {
		bool speaks;

		if (!sums_speak_of(p, &p->indicator[i], &speaks) || (speaks && !add(f, &p->indicator[i])))
			return false;
	}
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

/* A return that came may lack the indicator's fields: "known" is there only where one does. */
static const char *const series[] = { "month", "done", "plan", "reported", "due", "known" };
enum { N_SERIES = sizeof series / sizeof *series, SERIES_KNOWN = N_SERIES - 1 };
/* Of areas whose own areas report, those count where all of these have. */
static const char *const series_above[N_SERIES] = { "month", "done", "plan", "whole", "due", "whole-known" };

static bool some_returns_lack_it(const struct progressing *p, const struct followed *followed)
{
	for (unsigned month = 1; month <= p->last; month++)
		if (sums_areas_known(p, followed, month, month) < sums_areas_returned(p, month))
			return true;
	return false;
}

static bool add_months(struct filling *f, const struct followed *followed)
{
	size_t n = some_returns_lack_it(f->p, followed) ? N_SERIES : SERIES_KNOWN;
	const char *const *names = f->p->below ? series_above : series;

	for (size_t i = 0; i < n; i++)
		if (!add_row(f, (struct subject){ .followed = followed, .area = f->p->n_area, .series = names[i] }))
			return false;
	return true;
}

static bool fill_months(struct filling *f)
{
	return each_indicator(f, N_SERIES, add_months);
}

static bool fill_returns(struct filling *f)
{
	f->n_row = returns_rows(f->p, f->dataset, &f->row);
	return true;
}

static bool fill_corrections(struct filling *f)
{
	f->n_row = corrections_rows(f->p, f->dataset, &f->row);
	return true;
}

static const struct {
	const char *dataset;
	bool (*fill)(struct filling *);
} derived_data[] = {
	{ "progress", fill_areas },
	{ "progress-totals", fill_totals },
	{ "progress-months", fill_months },
	{ "progress-returns", fill_returns },
	{ "progress-corrections", fill_corrections },
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

static bool make_data(struct progressing *p, size_t i, struct library *library, struct arena *cells, struct data *data)
{
	struct filling f = { .p = p, .cells = cells };
	bool *present;

	f.dataset = dataset_read(library, derived_data[i].dataset, p->job->at, p->a, p->d);
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

bool progress_data(struct progressing *p, struct library *library, struct arena *cells, struct model *derived)
{
	const struct model *model = p->input->model;
	struct data *data = ARENA_ARRAY(p->a, model->n_data + N_DERIVED, struct data);

	if (!measures_prepare(p))
		return false;
	memcpy(data, model->data, model->n_data * sizeof *data);
	for (size_t i = 0; i < N_DERIVED; i++)
		if (!make_data(p, i, library, cells, &data[model->n_data + i]))
			return false;
	*derived = *model;
	derived->data = data;
	derived->n_data = model->n_data + N_DERIVED;
	return true;
}
