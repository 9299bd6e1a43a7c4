/* Where a figure of progress comes from: the months that it is summed of, the plan that it is a part of. */
#include "compute/explain.h"
#include "compute/progressing.h"

#include "base/buf.h"

#include <string.h>

/* One figure while it is explained. */
struct explaining {
	struct progressing *p;
	const struct followed *followed;
	size_t area;
	unsigned first, last; /* months that it is of */
	struct explanation *e;
	struct explained_use *use; /* [n_use] */
	size_t n_use, cap_use;
};

/* "2024-05", "2024-01..2024-05" */
static const char *months_text(const struct explaining *x, unsigned first, unsigned last)
{
	int year = x->p->job->period.year;

	if (first == last)
		return arena_printf(x->p->a, "%d-%02u", year, first);
	return arena_printf(x->p->a, "%d-%02u..%d-%02u", year, first, year, last);
}

static void add_use(struct explaining *x, const char *name, const char *of, const struct value *value)
{
	for (size_t i = 0; i < x->n_use; i++)
		if (!strcmp(x->use[i].name, name) && !strcmp(x->use[i].row, of))
			return;
	*ARENA_PUSH(x->p->a, x->use, x->n_use, &x->cap_use) = (struct explained_use){ name, of, of, *value };
	x->e->use = x->use;
	x->e->n_use = x->n_use;
}

static void add_figure(struct explaining *x, const char *name, const char *of, struct figure figure)
{
	add_use(x, name, of, &(struct value){ .type = EXPR_NUMBER, .figure = figure });
}

/* ---- what is reported ---- */

static bool lookup(void *ctx, const struct symbol *symbol, enum expr_view view, size_t row, struct value *value, struct diags *d)
{
	const struct explaining *x = ctx;

	(void)view;
	(void)row;
	(void)d;
	return sums_symbol(x->p, x->followed, x->area, x->first, x->last, symbol, value);
}

static bool is_field(const struct explaining *x, const char *name)
{
	size_t i = 0;

	while (i < x->p->n_field && strcmp(x->p->field[i]->id, name) != 0)
		i++;
	return i < x->p->n_field;
}

/* A field's sum over the months; a base stays what it is. */
static void note_use(void *ctx, const char *name, size_t row, const struct value *value)
{
	struct explaining *x = ctx;

	(void)row;
	add_use(x, name, is_field(x, name) ? months_text(x, x->first, x->last) : "", value);
}

/* Each month of each field that is summed; figures of several months together are told by their cells only. */
static void add_months(struct explaining *x)
{
	const struct progressing *p = x->p;

	for (size_t i = 0; i < x->followed->n_field && x->first < x->last && !p->has_spans; i++)
		for (unsigned month = x->first; month <= x->last; month++) {
			const struct symbol *symbol = &p->symbols.symbol[x->followed->field[i]];
			struct value value;

			if (sums_symbol(x->p, x->followed, x->area, month, month, symbol, &value))
				add_use(x, symbol->name, months_text(x, month, month), &value);
		}
}

static void explain_sum(struct explaining *x, unsigned first, unsigned last)
{
	struct expr_env env = { .ctx = x, .lookup = lookup };

	x->first = first;
	x->last = last;
	if (first < 1 || first > last || last > x->p->last)
		return;
	x->e->kind = EXPLAINED_PROGRESS;
	x->e->formula = expr_source(x->followed->value);
	x->e->numbers = expr_numbers(x->followed->value, &env, 0, note_use, x, x->p->a);
	add_months(x);
}

static void explain_done(struct explaining *x)
{
	explain_sum(x, 1, x->p->last);
}

static void explain_period(struct explaining *x)
{
	explain_sum(x, x->p->first, x->p->last);
}

static void explain_previous(struct explaining *x)
{
	unsigned first, last;

	if (period_before(x->p, &first, &last))
		explain_sum(x, first, last);
}

static void explain_change(struct explaining *x)
{
	struct figure now, before;
	unsigned first, last;

	if (!period_before(x->p, &first, &last) || !sums_value(x->p, x->followed, x->area, x->p->first, x->p->last, &now)
		|| !sums_value(x->p, x->followed, x->area, first, last, &before))
		return;
	x->e->kind = EXPLAINED_PROGRESS;
	x->e->formula = "done_period - done_previous";
	x->e->numbers = arena_printf(x->p->a, "%s - %s", expr_figure(&now, x->p->a), expr_figure(&before, x->p->a));
	add_figure(x, "done_period", "", now);
	add_figure(x, "done_previous", "", before);
}

/* ---- what is planned ---- */

/* "sum(budget.amount_million where item = 'BO')" */
static const char *target_formula(const struct explaining *x, const char *value)
{
	const struct target *target = x->followed->goal.target;
	const char *where = node_attribute(target->node, "where");
	const char *text = arena_printf(x->p->a, "%s.%s%s%s", target->table, value, where ? " where " : "", where ? where : "");

	return x->area == x->p->n_area ? arena_printf(x->p->a, "sum(%s)", text) : text;
}

static void explain_plan(struct explaining *x)
{
	const struct goal *goal = &x->followed->goal;
	const char *total;

	if (!goal->found)
		return;
	total = node_attribute(goal->target->node, "total");
	x->e->kind = EXPLAINED_PROGRESS;
	x->e->formula = total ? arena_printf(x->p->a, "%s: %s", goal->target->table, total)
			      : target_formula(x, node_attribute(goal->target->node, "value"));
	x->e->numbers = expr_figure(&goal->year[x->area], x->p->a);
}

/* "plan * 5 / 12" */
static void explain_line(struct explaining *x, unsigned month)
{
	struct figure plan = x->followed->goal.year[x->area];

	x->e->formula = arena_printf(x->p->a, "plan * %u / %d", month, PROGRESS_MONTHS);
	x->e->numbers = arena_printf(x->p->a, "%s * %u / %d", expr_figure(&plan, x->p->a), month, PROGRESS_MONTHS);
	add_figure(x, "plan", "", plan);
}

/* The i-th word of quarters="q1 q2 q3 q4", or such a word where terms say it. */
static const char *part_name(const struct explaining *x, size_t i)
{
	const struct node *target = x->followed->goal.target->node;
	size_t n_part;
	const char *attribute = phasing_attribute(target, &n_part);
	const char *text = attribute ? node_attribute(target, attribute) : NULL;

	if (!text)
		return arena_printf(x->p->a, "q%zu", i + 1);
	for (text += strspn(text, " "); i; i--) {
		text += strcspn(text, " ");
		text += strspn(text, " ");
	}
	return arena_slice(x->p->a, text, strcspn(text, " "));
}

/* "q1 + q2 * 2 / 3" */
static void explain_phased(struct explaining *x, unsigned month)
{
	const struct goal *goal = &x->followed->goal;
	unsigned length = PROGRESS_MONTHS / (unsigned)goal->n_part;
	const struct figure *planned = &goal->part[x->area * goal->n_part];
	struct buf formula = { 0 }, numbers = { 0 };

	for (unsigned i = 0; i * length < month; i++) {
		unsigned part = month - i * length < length ? month - i * length : length;
		const char *tail = part == length ? "" : arena_printf(x->p->a, " * %u / %u", part, length);

		buf_printf(&formula, "%s%s%s", i ? " + " : "", part_name(x, i), tail);
		buf_printf(&numbers, "%s%s%s", i ? " + " : "", expr_figure(&planned[i], x->p->a), tail);
		add_figure(x, part_name(x, i), goal->target->table, planned[i]);
	}
	x->e->formula = arena_slice(x->p->a, formula.text, formula.n);
	x->e->numbers = arena_slice(x->p->a, numbers.text, numbers.n);
	buf_clear(&formula);
	buf_clear(&numbers);
}

/* "money_local + money_credit + rest * 5 / 12" */
static void explain_joint(struct explaining *x, unsigned month)
{
	const struct progressing *p = x->p;
	const struct goal *goal = &x->followed->goal;
	struct buf formula = { 0 }, numbers = { 0 };
	struct figure part;

	for (size_t i = 0; i < goal->n_with; i++) {
		const struct followed *with = &p->indicator[goal->with[i]];

		if (with->goal.year[x->area].state != FIGURE_OK || !goal_to_date(p, &with->goal, x->area, month, &part))
			continue;
		buf_printf(&formula, "%s + ", with->indicator->id);
		buf_printf(&numbers, "%s + ", expr_figure(&part, p->a));
		add_figure(x, with->indicator->id, "", part);
	}
	if (goal_rest(p, goal, x->area, &part)) {
		buf_printf(&formula, "rest * %u / %d", month, PROGRESS_MONTHS);
		buf_printf(&numbers, "%s * %u / %d", expr_figure(&part, p->a), month, PROGRESS_MONTHS);
		add_figure(x, "rest", "", part);
	}
	x->e->formula = arena_slice(p->a, formula.text, formula.n);
	x->e->numbers = arena_slice(p->a, numbers.text, numbers.n);
	buf_clear(&formula);
	buf_clear(&numbers);
}

static void explain_goal(struct explaining *x, unsigned month)
{
	if (!x->followed->goal.found)
		return;
	x->e->kind = EXPLAINED_PROGRESS;
	if (x->followed->goal.n_with)
		explain_joint(x, month);
	else if (x->followed->goal.n_part)
		explain_phased(x, month);
	else
		explain_line(x, month);
}

static void explain_plan_to_date(struct explaining *x)
{
	explain_goal(x, x->p->last);
}

/* "count(returns)": areas whose return is there. */
static void explain_reported(struct explaining *x, unsigned month)
{
	x->e->kind = EXPLAINED_PROGRESS;
	x->e->formula = "count(returns)";
	x->e->numbers = arena_printf(x->p->a, "%zu", sums_areas_returned(x->p, month));
}

/* "count(areas)": those whose return should be there. */
static void explain_due(struct explaining *x)
{
	x->e->kind = EXPLAINED_PROGRESS;
	x->e->formula = "count(areas)";
	x->e->numbers = arena_printf(x->p->a, "%zu", x->p->n_area);
}

/* "count(out - back)": areas where it is known. */
static void explain_known(struct explaining *x, unsigned month)
{
	x->e->kind = EXPLAINED_PROGRESS;
	x->e->formula = arena_printf(x->p->a, "count(%s)", expr_source(x->followed->value));
	x->e->numbers = arena_printf(x->p->a, "%zu", sums_areas_known(x->p, x->followed, month, month));
}

static void explain_month(struct explaining *x, const char *series, unsigned month)
{
	unsigned first = strcmp(series, "done") ? month : 1;

	if (!strcmp(series, "plan"))
		explain_goal(x, month);
	else if (month > x->p->last)
		return;
	else if (!strcmp(series, "reported"))
		explain_reported(x, month);
	else if (!strcmp(series, "due"))
		explain_due(x);
	else if (!strcmp(series, "known"))
		explain_known(x, month);
	else if (sums_areas_known(x->p, x->followed, first, month))
		explain_sum(x, first, month);
}

/* ---- which figure it is ---- */

static const struct {
	const char *field;
	void (*explain)(struct explaining *);
} of_field[] = {
	{ "done", explain_done },
	{ "done_period", explain_period },
	{ "done_previous", explain_previous },
	{ "change", explain_change },
	{ "plan", explain_plan },
	{ "plan_to_date", explain_plan_to_date },
};

static const char *text_of(const struct data *data, const struct data_row *row, const char *id)
{
	const struct field *field = dataset_field(data->dataset, id);

	return field ? row->datum[field - data->dataset->field].text : NULL;
}

static const struct followed *find_followed(const struct progressing *p, const char *id)
{
	for (size_t i = 0; id && i < p->template->n_indicator; i++)
		if (!strcmp(p->indicator[i].indicator->id, id))
			return &p->indicator[i];
	return NULL;
}

static void explain_field(struct explaining *x, const char *field, const char *series)
{
	unsigned month = series ? progress_month_of_field(field, 'm') : 0;

	if (month)
		explain_month(x, series, month);
	for (size_t i = 0; i < sizeof of_field / sizeof *of_field; i++)
		if (!strcmp(of_field[i].field, field))
			of_field[i].explain(x);
}

struct progress_explainer {
	struct progress_input input;
	struct progressing p;
};

struct progress_explainer *progress_explainer_new(const struct progress_input *input, struct arena *a, struct diags *d)
{
	struct progress_explainer *explainer = ARENA_NEW(a, struct progress_explainer);

	explainer->input = *input;
	return progress_prepare(&explainer->input, a, a, &explainer->p, d) ? explainer : NULL;
}

void progress_explain(const struct progress_explainer *explainer, const struct table *table, size_t row, size_t column, struct arena *a,
	struct explanation *e)
{
	const struct data_row *whole = table->row[row].whole;
	const struct data *data = whole ? table->whole : table->data;
	const struct data_row *of = whole ? whole : table->row[row].row;
	struct progressing p = explainer->p;
	struct explaining x = { .p = &p, .e = e, .area = p.n_area };

	if (!of || table->column[column].kind != COLUMN_FIELD)
		return;
	p.a = a;
	x.followed = find_followed(&p, text_of(data, of, "indicator"));
	if (!x.followed)
		return;
	if (of->area)
		map_find(&p.index, of->area->key, &x.area);
	explain_field(&x, table->dataset->field[table->column[column].field].id, text_of(data, of, "series"));
}
