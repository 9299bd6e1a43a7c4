#include "compute/progressbelow.h"
#include "compute/progressing.h"

static void number_areas(struct progressing *p)
{
	map_init(&p->index, p->a);
	for (size_t i = 0; i < p->n_area; i++)
		map_add(&p->index, p->returns->area[i]->key, i, NULL);
}

static bool has_spans(const struct returns *returns)
{
	for (size_t i = 0; i < returns->n_area * RETURNS_MONTHS; i++)
		if (returns->report[i].since)
			return true;
	return false;
}

static void set_period(struct progressing *p)
{
	const struct period *period = &p->job->period;

	p->last = period->month ? (unsigned)period->month : PROGRESS_MONTHS;
	p->first = period->first_month ? (unsigned)period->first_month : period->month ? p->last : 1;
}

bool progress_prepare(const struct progress_input *input, struct arena *a, struct arena *own, struct progressing *p, struct diags *d)
{
	*p = (struct progressing){
		.input = input,
		.template = input->template,
		.job = input->model->job,
		.a = a,
		.own = own,
		.d = d,
		.returns = input->returns,
		.n_area = input->returns->n_area,
		.has_spans = has_spans(input->returns),
	};

	number_areas(p);
	set_period(p);
	return sums_prepare(p);
}

bool progress_derive(const struct progress_input *input, struct library *library, struct arena *a, struct arena *cells,
	struct model *derived, const struct indicator_plan **plans, struct diags *d)
{
	struct arena own = { 0 };
	struct progressing p;
	bool ok = progress_prepare(input, a, &own, &p, d) && returns_check(&p) && progress_data(&p, library, cells, derived) && plans_make(&p, plans)
		&& (!input->kept || progress_keep(&p, input->kept));

	if (ok)
		returns_check_date(&p);
	arena_clear(&own);
	return ok;
}
