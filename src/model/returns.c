#include "model/returning.h"

#include "model/areajoin.h"
#include "model/groups.h"
#include "model/header.h"

#include <string.h>

enum { ROOT = 0 };

const struct report *returns_of(const struct returns *r, size_t i_area, unsigned month)
{
	return &r->report[i_area * RETURNS_MONTHS + month - 1];
}

/* ---- the areas that should report ---- */

/* Whether a source of the plan's own year has the area. */
static bool is_of_plan(const struct model *m, const struct area *area)
{
	for (size_t i = 0; i < m->n_data && i < AREA_SOURCES; i++)
		if (m->data[i].source->role != SOURCE_PREVIOUS && area->source[i / 64] >> i % 64 & 1)
			return true;
	return false;
}

bool returns_areas(const struct model *m, struct arena *a, const struct area *const **area, size_t *n_area, struct diags *d)
{
	const struct area **list = ARENA_ARRAY(a, m->areas.n_area, const struct area *);
	struct map above;

	map_init(&above, a);
	for (size_t i = ROOT + 1; i < m->areas.n_area; i++)
		map_add(&above, m->areas.area[i]->parent->key, 0, NULL);
	*n_area = 0;
	for (size_t i = ROOT + 1; i < m->areas.n_area; i++)
		if (!map_find(&above, m->areas.area[i]->key, NULL) && is_of_plan(m, m->areas.area[i]))
			list[(*n_area)++] = m->areas.area[i];
	map_clear(&above);
	*area = list;
	if (*n_area)
		return true;
	return diag_error(d, m->job->at, "area", "the job has returns, but its sources have no areas that report; name a source with areas");
}

static void index_areas(struct returning *r)
{
	map_init(&r->by_key, r->arena);
	for (size_t i = 0; i < r->n_area; i++)
		map_add(&r->by_key, r->area[i]->key, i, NULL);
}

/* The one that may be meant; n_area: none. */
static size_t nearest_area(struct returning *r, const char *label)
{
	struct plain_name name;

	if (!r->plain) {
		struct plain_name *plain = ARENA_ARRAY(r->arena, r->n_area, struct plain_name);

		for (size_t i = 0; i < r->n_area; i++)
			plain_name_read(r->model->names, r->area[i]->name, r->arena, &plain[i]);
		r->plain = plain;
	}
	plain_name_read(r->model->names, label, r->arena, &name);
	return plain_names_nearest(&name, r->plain, r->n_area);
}

static bool unknown_area(struct returning *r, const struct data_row *row)
{
	size_t near = diags_are_full(r->diags, row->at.file) ? r->n_area : nearest_area(r, row->label);
	const struct area *known = r->area[near < r->n_area ? near : 0];

	if (near < r->n_area)
		return diag_error(r->diags, row->at, "unknown-area", "'%s' is no area of the plan; did you mean '%s' (%s)?", row->label,
			known->name, origin_text(known->at, r->arena));
	return diag_error(r->diags, row->at, "unknown-area", "'%s' is no area of the plan; write a name as the plan's sources have it, such as "
		"'%s' (%s)", row->label, known->name, origin_text(known->at, r->arena));
}

/* Whether some that should report are its parts. */
static bool is_above(const struct returning *r, const struct area *above)
{
	for (size_t i = 0; i < r->n_area; i++)
		for (const struct area *area = r->area[i]->parent; area; area = area->parent)
			if (area == above)
				return true;
	return false;
}

/* Index of the row's area among those that should report. */
static bool find_area(struct returning *r, const struct data_row *row, size_t *index)
{
	if (row->area && map_find(&r->by_key, row->area->key, index) && r->area[*index] == row->area)
		return true;
	if (!row->area || !is_above(r, row->area)) /* none, or one of the year before */
		return unknown_area(r, row);
	return diag_error(r->diags, row->at, "area", "'%s' does not report itself, its parts do, such as '%s'; give each of them a row of its own, "
		"and call a row of totals 'Cộng'", row->label, r->area[0]->name);
}

/* ---- the dataset ---- */

/* n_field: there is none. */
static size_t month_field(const struct dataset *s)
{
	size_t i = 0;

	while (i < s->n_field && (s->field[i].type != FIELD_MONTH || !s->field[i].key))
		i++;
	return i;
}

bool returns_check_dataset(const struct dataset *s, struct origin at, struct diags *d)
{
	if (area_fields_of(s).area < s->n_field && month_field(s) < s->n_field)
		return true;
	return diag_error(d, at, "dataset", "the dataset '%s' is none of returns: it needs an area and a month among its keys", s->id);
}

static void find_fields(struct returning *r)
{
	const struct field *received = dataset_field(r->dataset, "received");

	r->month = month_field(r->dataset);
	r->received = received && received->type == FIELD_DATE ? (size_t)(received - r->dataset->field) : r->dataset->n_field;
}

/* ---- the files ---- */

/* A total row is compared with the sum of its file. */
static bool check_total(const struct returning *r, const struct data *data)
{
	struct group_row total;
	struct data file = *data;
	const char **label;

	if (!data->total)
		return true;
	label = ARENA_ARRAY(r->arena, r->dataset->n_field, const char *);
	for (size_t i = 0; i < r->dataset->n_field; i++)
		label[i] = header_name(r->dataset->field[i].label, data->source->period_year, r->arena);
	total = (struct group_row){ .row = *data->total, .n_row = data->n_row };
	file.group = &total;
	file.n_group = 1;
	return groups_check(&file, label, r->arena, r->diags);
}

static size_t count_rows(const struct return_file *file, size_t n_file)
{
	size_t n = 0;

	for (size_t i = 0; i < n_file; i++)
		n += file[i].data.n_row;
	return n;
}

/* The rows of all files as those of one source, so that areas are joined as in one. */
static bool join_files(struct returning *r, struct return_file *file, size_t n_file, struct data *all)
{
	size_t n_row = count_rows(file, n_file);
	struct data_row *row;
	bool *present;
	bool ok = true;

	if (n_row > DATA_ROWS_MAX)
		return diag_error(r->diags, file->said->source.at, "limit", "the returns have more than %d rows", DATA_ROWS_MAX);
	row = ARENA_ARRAY(r->arena, n_row, struct data_row);
	present = ARENA_ARRAY(r->arena, r->dataset->n_field, bool);
	*all = (struct data){ .source = file->data.source, .dataset = r->dataset, .row = row, .present = present };
	for (size_t i = 0; i < n_file; i++) {
		ok = returnmonth_settle(r, &file[i]) && ok;
		ok = check_total(r, &file[i].data) && ok;
		for (size_t k = 0; k < r->dataset->n_field; k++)
			present[k] |= file[i].data.present[k];
		if (file[i].data.n_row)
			memcpy(row + all->n_row, file[i].data.row, file[i].data.n_row * sizeof *row);
		all->n_row += file[i].data.n_row;
	}
	present[r->month] = true;
	return joining_place(r->model, all, r->arena, r->diags) && ok;
}

/* What the job says of a file that has no field for it. */
static const char *received_of(const struct returning *r, const struct return_file *f, const struct data_row *row)
{
	return r->received < r->dataset->n_field ? row->datum[r->received].text : f->said->received;
}

static bool add_entries(struct returning *r, const struct data *all, const struct return_file *file)
{
	size_t first = 0;
	bool ok = true;

	r->entry = ARENA_ARRAY(r->arena, all->n_row, struct entry);
	for (size_t i = 0; i < all->n_row; i++) {
		struct entry *e = &r->entry[r->n_entry];
		struct data_row *row = (struct data_row *)&all->row[i];

		for (; i - first == file->data.n_row; file++)
			first = i;
		*e = (struct entry){ .row = row, .received = received_of(r, file, row), .index = i };
		if (find_area(r, row, &e->area))
			r->n_entry++;
		else
			ok = false;
	}
	return ok;
}

/* ---- figures that a return should have ---- */

/* A column that is not there is told of its file. */
static bool is_lacking(const struct field *f, const struct figure *x)
{
	return f->expected && !f->required && !f->key && x->state == FIGURE_MISSING && figure_place(x);
}

/* One finding for the return, at the first such cell. */
static void tell_lacking(const struct returning *r, const struct data_row *row)
{
	const char *label[LISTED_MAX];
	const struct origin *first = NULL;
	size_t n = 0;

	if (diags_are_full(r->diags, row->at.file))
		return;
	for (size_t i = 0; i < r->dataset->n_field; i++) {
		const struct field *f = &r->dataset->field[i];

		if (!is_lacking(f, &row->datum[i].figure))
			continue;
		if (!n)
			first = figure_place(&row->datum[i].figure);
		if (n < LISTED_MAX)
			label[n] = arena_printf(r->arena, "'%s'", header_name(f->label, r->model->job->period.year, r->arena));
		n++;
	}
	if (n)
		diag_warning(r->diags, *first, "missing-figure", "the return of '%s' for %s came, but its cells are empty or '-' for: %s; these figures are "
			"missing, not 0; fill them in, with 0 where there was nothing", row->label, returning_month(r, row->month), word_list(label, n, r->arena));
}

/* Of the returns that count. */
static void tell_all_lacking(const struct returning *r, const struct returns *returns)
{
	for (size_t i = 0; i < returns->n_area * RETURNS_MONTHS; i++)
		if (returns->report[i].row)
			tell_lacking(r, returns->report[i].row);
}

bool returns_read(const struct model *model, const struct area *const *area, size_t n_area, struct return_file *file, size_t n_file,
	struct arena *a, struct returns *returns, struct diags *d)
{
	struct returning r = { .model = model, .dataset = file->data.dataset, .area = area, .n_area = n_area, .arena = a, .diags = d };
	struct data *all = ARENA_NEW(a, struct data);
	struct data_row *row;
	struct report *report;
	bool ok;

	find_fields(&r);
	index_areas(&r);
	if (!join_files(&r, file, n_file, all))
		return false;
	ok = add_entries(&r, all, file);
	row = ARENA_ARRAY(a, r.n_entry, struct data_row);
	report = ARENA_ARRAY(a, n_area * RETURNS_MONTHS, struct report);
	*returns = (struct returns){ .dataset = r.dataset, .data = all, .area = area, .n_area = n_area, .report = report };
	ok = returnlast_settle(&r, row, report, returns) && ok;
	tell_all_lacking(&r, returns);
	all->row = row;
	for (all->n_row = 0; all->n_row < r.n_entry && row[all->n_row].area;)
		all->n_row++;
	map_clear(&r.by_key);
	return ok;
}
