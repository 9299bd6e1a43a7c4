#include "cmd/followed.h"

#include <string.h>

/* The returns of the template's dataset. */
static const struct returns *find_returns(const struct followed_job *f, struct diags *d)
{
	for (size_t i = 0; i < f->returns.n_returns; i++)
		if (!strcmp(f->returns.returns[i].dataset->id, f->template->over))
			return &f->returns.returns[i];
	diag_error(d, f->made.job->at, "returns", "the job has no <returns dataset=\"%s\" .../>, which '%s' is about", f->template->over,
		f->template->name);
	return NULL;
}

struct progress_input followed_input(const struct followed_job *f, struct diags *d)
{
	return (struct progress_input){
		.template = f->template,
		.model = &f->made.model,
		.tables = &f->plan,
		.returns = find_returns(f, d),
		.audit = f->made.audit,
		.date = f->date,
		.below = f->made.job->progress_list ? f->made.job->kept : NULL,
	};
}

/* ---- areas that do not report themselves ---- */

/* The rows of the source that lists them. */
static const struct data *find_list(const struct followed_job *f, struct diags *d)
{
	const struct model *model = &f->made.model;
	const struct job *job = f->made.job;

	for (size_t i = 0; i < model->n_data; i++)
		if (model->data[i].source->list)
			return &model->data[i];
	diag_error(d, job->progress_node->at, "summary", "the areas whose progress is added up must be listed by a source too: add <source ... list=\"%s\"/>",
		job->progress_list);
	return NULL;
}

static bool any_kept(const struct job *job, struct diags *d)
{
	for (size_t i = 0; i < job->n_kept; i++)
		if (job->kept[i])
			return true;
	return diag_error(d, job->progress_node->at, "no-rows", "the progress of no area below could be made, so there is nothing to add up");
}

/* NULL after an error: the rows are no areas, or there are others beside those below. */
static const struct area *const *listed_areas(const struct data *list, const struct job *job, struct arena *a, struct diags *d)
{
	const struct area **area = ARENA_ARRAY(a, list->n_row, const struct area *);
	bool ok = list->n_row == job->n_kept;

	for (size_t i = 0; i < list->n_row; i++) {
		area[i] = list->row[i].area;
		ok = ok && area[i];
	}
	if (!ok)
		diag_error(d, list->source->at, "summary", "the rows of this source are not the areas below, one each; give it a dataset whose key is an area, such as areas-below");
	return ok ? area : NULL;
}

static void note_below(const struct job *job, struct returns_made *made, struct arena *a)
{
	struct returned_file *file = ARENA_NEW(a, struct returned_file);

	*file = (struct returned_file){ JOB_BELOW, JOB_BELOW, made->returns->dataset, 0 };
	for (size_t i = 0; i < job->n_kept; i++)
		file->n_row += job->kept[i] != NULL;
	made->file = file;
	made->n_file = 1;
}

/* The returns are none: what is known of the areas is what was kept of their progress, in the order of the list. */
static bool returns_below(struct followed_job *f, struct arena *a, struct diags *d)
{
	const struct job *job = f->made.job;
	const struct data *list = find_list(f, d);
	struct returns *returns = ARENA_NEW(a, struct returns);

	if (!list || !any_kept(job, d))
		return false;
	*returns = (struct returns){
		.dataset = dataset_read(&f->made.library, f->template->over, f->template->root->at, a, d),
		.data = ARENA_NEW(a, struct data),
		.area = listed_areas(list, job, a, d),
		.n_area = list->n_row,
		.report = ARENA_ARRAY(a, list->n_row * RETURNS_MONTHS, struct report),
	};
	f->returns = (struct returns_made){ .returns = returns, .n_returns = 1 };
	if (!returns->dataset || !returns->area)
		return false;
	note_below(job, &f->returns, a);
	return true;
}

const struct progress_template *followed_template(const struct job *job, struct library *library, struct arena *a, struct diags *d)
{
	const char *const *names = NULL;
	size_t n = 0;

	if (!job->progress)
		names = library_names(library, "progress", &n);
	if (job->progress || n == 1)
		return progress_read(job, job->progress ? job->progress : names[0], library, a, d);
	diag_error(d, job->at, "progress", "the job does not say by which of %zu templates its progress is followed; add <progress template=\"%s\"/>, or another "
		"name of templates/progress", n, n ? names[0] : "");
	return NULL;
}

bool pipeline_is_followed(const char *path, const char *table, const struct surroundings *around, struct arena *a, const char *const **names,
	struct diags *d)
{
	static const char *const none[] = { NULL };
	const struct progress_template *template = NULL;
	struct made made = { 0 };
	size_t i = 0;

	*names = none;
	if (pipeline_job(path, around, a, &made, d) && made.job->n_returns)
		template = followed_template(made.job, &made.library, a, d);
	if (!template)
		return false;
	*names = template->tables;
	while (template->tables[i] && strcmp(template->tables[i], table) != 0)
		i++;
	return template->tables[i];
}

/* What was found so far. */
static bool settle_early(const struct made *made, struct diags *d)
{
	if (made->audit)
		audit_settle(made->audit, d);
	return false;
}

/* Tables are made of the period's figures; the plan's own are those of its year. */
static bool progress_tables(struct followed_job *f, struct arena *a, const struct pipeline_options *options, struct diags *d)
{
	struct arena *tables = options->tables ? options->tables : a;
	struct made *made = &f->made;
	struct progress_input input = followed_input(f, d);
	size_t n = 0;

	input.kept = options->kept;
	if (!input.returns || !progress_derive(&input, &made->library, a, tables, &made->model, &f->plans, d))
		return settle_early(made, d);
	if (options->cells)
		arena_clear(options->cells);
	while (f->template->tables[n])
		n++;
	return compute(&made->model, &made->library, f->template->tables, n, made->audit, tables, &made->tables, d);
}

static bool check_year(const struct job *job, const struct pipeline_options *options, struct diags *d)
{
	return !options->period.year || job->period.year == options->period.year
		|| diag_error(d, job->at, "period", "the plan is of %d, and so are its months; %d is another year", job->period.year,
			options->period.year);
}

/* The job at the end of the period. */
static const struct job *job_at(const struct job *job, struct period period, struct arena *a)
{
	struct job *other = ARENA_NEW(a, struct job);

	*other = *job;
	other->period = period;
	return other;
}

/* The last month that anybody reported of; 0: none. */
static int last_reported(const struct returns *returns)
{
	for (int month = RETURNS_MONTHS; month; month--)
		for (size_t i = 0; i < returns->n_area; i++)
			if (returns_of(returns, i, (unsigned)month)->row)
				return month;
	return 0;
}

static void set_period(struct followed_job *f, struct period period, struct arena *a)
{
	if (period.year)
		f->made.job = job_at(f->made.job, period, a);
	f->made.model.job = f->made.job;
}

/* What was published of the plan stands beside what its tables are found to be. */
static bool check_published(const struct made *made, struct arena *figures, struct arena *a, struct diags *d)
{
	const struct compose_input input = {
		.job = made->job,
		.plan = made->plan,
		.tables = &made->tables,
		.published = model_find(&made->model, DATASET_PUBLISHED, SOURCE_CURRENT),
		.audit = made->audit,
		.facts = figures,
	};

	return !input.audit || !input.published || compose_claims(&input, a, d);
}

bool pipeline_progress_tables(const char *path, const struct pipeline_options *options, const struct surroundings *around,
	struct arena *a, struct followed_job *f, struct diags *d)
{
	struct pipeline_options of_plan = *options;
	struct made *made = &f->made;
	struct arena *figures = options->figures ? options->figures : a;
	struct arena *cells = options->cells ? options->cells : figures;
	bool returns;

	of_plan.period = (struct period){ 0 };
	of_plan.date = NULL; /* that is of the brief */
	f->date = options->date ? *options->date : (struct date){ 0 };
	if (!pipeline_tables(path, &of_plan, around, a, made, d)) {
		if (made->job)
			pipeline_returns(made, around->catalogs, figures, cells, &f->returns, d);
		return false;
	}
	if (!check_year(made->job, options, d) || !check_published(made, figures, a, d))
		return settle_early(made, d);
	f->plan = made->tables;
	returns = made->job->progress_list || pipeline_returns(made, around->catalogs, figures, cells, &f->returns, d);
	f->template = followed_template(made->job, &made->library, a, d);
	if (made->job->progress_list)
		returns = f->template && returns_below(f, figures, d);
	set_period(f, options->period, a);
	return returns && f->template && progress_tables(f, figures, options, d);
}

/* Whether the returns are of what the template is about; that they are not is wrong only in a job that names it. */
static bool is_about(const struct followed_job *f)
{
	size_t i = 0;

	while (i < f->returns.n_returns && strcmp(f->returns.returns[i].dataset->id, f->template->over) != 0)
		i++;
	return f->made.job->progress || i < f->returns.n_returns;
}

static bool check_returns(struct followed_job *f, struct arena *a, struct diags *d)
{
	const struct job *job = f->made.job;
	const struct returns *returns;
	int month;

	f->template = followed_template(job, &f->made.library, a, d);
	if (!f->template || !is_about(f))
		return f->template;
	returns = find_returns(f, d);
	month = returns ? last_reported(returns) : 0;
	if (month)
		set_period(f, (struct period){ .year = job->period.year, .first_month = month, .month = month }, a);
	return !month || progress_tables(f, a, &(struct pipeline_options){ 0 }, d);
}

bool pipeline_check_returns(struct made *made, bool has_tables, struct arena *a, struct diags *d)
{
	struct followed_job f = { .made = *made, .plan = made->tables };
	bool ok = pipeline_returns(&f.made, NULL, a, a, &f.returns, d) && (!made->job->n_returns || !has_tables || check_returns(&f, a, d));

	made->library = f.made.library; /* it has seen more files */
	return ok;
}

/* What an archive keeps of the plan, which is another document, but for the office. */
static void keep_office(struct job *told, struct arena *a)
{
	struct record_word *kept = ARENA_ARRAY(a, told->n_record, struct record_word);
	size_t n = 0;

	for (size_t i = 0; i < told->n_record; i++)
		if (!told->record[i].to && !strcmp(told->record[i].attribute, "organ-id"))
			kept[n++] = told->record[i];
	told->record = kept;
	told->n_record = n;
}

/* As its progress is told of: other sheets, another text, a number and a day of its own. Nobody knows these yet, but the last returns
 * are due in the month behind the period, and so is the brief: of December, and of the year, in January of the next. */
static const struct job *job_told(const struct job *job, const struct progress_template *t, const struct date *date, struct arena *a)
{
	struct job *told = ARENA_NEW(a, struct job);

	*told = *job;
	told->number = "";
	told->date = date ? *date : (struct date){ .year = job_period_end(job).year };
	keep_office(told, a);
	told->plan_template = t->brief;
	told->plan_path = NULL;
	told->workbook = t->tables;
	told->sign = job->brief_sign;
	told->n_sign = job->n_brief_sign;
	return told;
}

static const struct word_look *find_looks(const struct progress_template *t, struct arena *a, size_t *n)
{
	struct word_look *look = ARENA_ARRAY(a, t->n_status, struct word_look);

	*n = 0;
	for (size_t i = 0; i < t->n_status; i++)
		if (t->status[i].has_look)
			look[(*n)++] = (struct word_look){ t->status[i].word, t->status[i].fill, t->status[i].ink };
	return look;
}

bool pipeline_progress(const char *path, const struct pipeline_options *options, const struct surroundings *around,
	struct arena *a, struct followed_job *f, struct diags *d)
{
	struct compose_input input;
	struct made *made = &f->made;

	if (!pipeline_progress_tables(path, options, around, a, f, d))
		return false;
	made->job = job_told(made->job, f->template, options->date, a);
	made->plan = plan_read(made->job, &made->library, a, d);
	if (!made->plan)
		return false;
	if (made->audit)
		made->audit->scope &= ~(unsigned)AUDIT_PLAN; /* what waivers of the plan are for is told with the plan */
	input = (struct compose_input){ .job = made->job, .plan = made->plan, .tables = &made->tables, .audit = made->audit, .facts = options->tables };
	input.look = find_looks(f->template, a, &input.n_look);
	return compose(&input, &made->library, a, &made->document, d) && (!made->audit || !made->audit->n_error);
}
