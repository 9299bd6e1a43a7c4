/* The rows of a form: areas as the sources have them, with their figures of the year before. */
#include "compose/formwork.h"

#include <string.h>

/* Whether figures of several areas add up to that of an area made of them. */
static bool adds_up(enum field_type type)
{
	return type == FIELD_COUNT || type == FIELD_MONEY;
}

static void add_row(struct formwork *w, const char *key, const struct area *area, const struct data_row *own)
{
	if (!map_add(&w->keys, key, w->n_row, NULL))
		return;
	*ARENA_PUSH(w->a, w->row, w->n_row, &w->cap_row) = (struct form_row){ .area = area, .own = own };
}

/* Months are not told apart here: a form is of one period. */
static void list_rows(struct formwork *w)
{
	const struct data *data = w->input->rows;
	bool own = data->dataset == w->dataset;

	for (size_t i = 0; i < data->n_row; i++)
		if (data->row[i].area)
			add_row(w, own ? data->row[i].key : data->row[i].area->key, data->row[i].area, own ? &data->row[i] : NULL);
}

/* ---- the year before ---- */

struct before {
	const struct data *data;
	struct map rows;  /* key -> row of the period */
	struct map areas; /* name, code or key of an area -> a row of it */
};

static void index_before(const struct formwork *w, struct before *b)
{
	b->data = w->input->previous;
	map_init(&b->rows, w->a);
	map_init(&b->areas, w->a);
	for (size_t i = 0; i < b->data->n_row; i++) {
		const struct data_row *row = &b->data->row[i];

		if (!row->area)
			continue;
		map_add(&b->areas, row->area->key, i, NULL);
		map_add(&b->areas, row->area->normal, i, NULL);
		if (row->area->code)
			map_add(&b->areas, row->area->code, i, NULL);
		if (!row->month || row->month == (unsigned)w->model->job->period.month)
			map_add(&b->rows, row->key, i, NULL);
	}
}

/* What stands behind the area in the key of a row. */
static const char *rest_of_key(const struct form_row *row)
{
	size_t n = strlen(row->area->key);

	return row->own && !strncmp(row->own->key, row->area->key, n) ? row->own->key + n : "";
}

/* The row of before of an area that the row's own was made of, or NULL. */
static const struct data_row *row_before(const struct formwork *w, const struct before *b, const struct form_row *row,
	const struct predecessor *p)
{
	bool self = !strcmp(p->area, row->area->normal) || (row->area->code && !strcmp(p->area, row->area->code));
	size_t i;

	if (!map_find(&b->areas, self ? row->area->key : p->area, &i))
		return NULL;
	if (!map_find(&b->rows, arena_printf(w->a, "%s%s", b->data->row[i].area->key, rest_of_key(row)), &i))
		return NULL;
	return &b->data->row[i];
}

/* Adds a part of an area's figures; what is missing in one part is missing in all. */
static bool add_part(const struct formwork *w, const struct data_row *part, struct ratio weight, bool whole, struct figure *sum)
{
	for (size_t i = 0; i < w->dataset->n_field; i++) {
		const struct figure *figure = part ? &part->datum[i].figure : NULL;
		struct ratio x;

		if (!figure || figure->state != FIGURE_OK || (!whole && !adds_up(w->dataset->field[i].type)))
			sum[i].state = FIGURE_MISSING;
		if (sum[i].state != FIGURE_OK)
			continue;
		if (!ratio_mul(figure->x, weight, w->dataset->at, &x, w->d) || !ratio_add(sum[i].x, x, w->dataset->at, &sum[i].x, w->d))
			return false;
	}
	return true;
}

static bool find_before(struct formwork *w, const struct before *b, struct form_row *row)
{
	struct figure *sum = ARENA_ARRAY(w->a, w->dataset->n_field, struct figure);
	const struct job *job = w->model->job;
	struct predecessors found;
	bool whole;
	size_t n_part = 0;

	if (!crosswalk_trace(&w->model->crosswalk, row->area->normal, row->area->code, b->data->source->period_year,
		    job_period_end(job), w->a, &found, w->d))
		return false;
	whole = found.n_area == 1 && !ratio_compare(found.area[0].weight.x, ratio_whole(1));
	for (size_t i = 0; i < w->dataset->n_field; i++)
		sum[i] = figure_of(ratio_whole(0));
	for (size_t i = 0; i < found.n_area; i++) {
		const struct data_row *part = row_before(w, b, row, &found.area[i]);

		if (!part && found.area[i].may_be_new)
			continue;
		n_part++;
		if (!add_part(w, part, found.area[i].weight.x, whole, sum))
			return false;
	}
	if (n_part)
		row->before = sum;
	return true;
}

bool form_collect_rows(struct formwork *w)
{
	struct before b;

	map_init(&w->keys, w->a);
	list_rows(w);
	if (!w->input->previous)
		return true;
	index_before(w, &b);
	for (size_t i = 0; i < w->n_row; i++)
		if (!find_before(w, &b, &w->row[i]))
			return false;
	return true;
}

/* ---- what is known of a row ---- */

static const char *area_text(const struct form_row *row, const struct field *f)
{
	if (!strcmp(f->id, "code"))
		return row->area->code ? row->area->code : "";
	if (!strcmp(f->id, "parent"))
		return row->area->parent && row->area->parent->parent ? row->area->parent->name : "";
	return f->type == FIELD_AREA && f->key ? row->area->name : "";
}

const char *form_given_text(const struct formwork *w, const struct form_row *row, const struct form_field *column)
{
	const struct field *f = &w->dataset->field[column->field];
	int month = w->model->job->period.month;
	const char *text = row->own ? row->own->datum[column->field].text : NULL;

	if (f->type == FIELD_MONTH)
		return f->key && month ? arena_printf(w->a, "%d", month) : "";
	if (f->type != FIELD_TEXT && f->type != FIELD_AREA)
		return "";
	if (!form_names_row(f) && !f->needed && !column->known)
		return "";
	return text ? text : area_text(row, f);
}
