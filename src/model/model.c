/* The sources of a job together: which rows speak of the same area, and keys. */
#include "base/utf8.h"
#include "model/areajoin.h"
#include "model/register.h"
#include "model/sumrows.h"

#include <stdlib.h>
#include <string.h>

enum { ROOT = 0 };

/* Folded names that several areas have; only those whose normal form is shared can be such. */
static void find_shared(const struct joining *b, struct map *shared, struct arena *a)
{
	struct map seen;

	map_init(&seen, a);
	map_init(shared, a);
	for (size_t i = 0; b->shared.n && i < b->n_area; i++) {
		const struct area *area = b->area[i];

		if (map_find(&b->shared, area->folded, NULL) || map_find(&b->shared, area->normal, NULL))
			if (!map_add(&seen, area->folded, i, NULL))
				map_add(shared, area->folded, i, NULL);
	}
	map_clear(&seen);
}

static void name_areas(const struct joining *b)
{
	struct map shared;

	find_shared(b, &shared, b->arena);
	for (size_t i = 0; i < b->n_area; i++) {
		struct area *area = b->area[i];

		if (area->code)
			area->key = area->code;
		else if (i == ROOT || !map_find(&shared, area->folded, NULL))
			area->key = area->folded;
		else
			area->key = arena_printf(b->arena, "%s/%s", area->parent->folded, area->folded);
	}
	map_clear(&shared);
}

/* The area's key in place of its name; other key texts as they are. */
static void set_key(struct joining *b, const struct dataset *s, struct data_row *r)
{
	struct area_fields f = area_fields_of(s);
	const char *key = r->area->key;

	for (size_t i = 0; i < s->n_field; i++) {
		bool told = i == f.area || i == f.parent || i == f.code;

		if (s->field[i].key && !told && s->field[i].type != FIELD_MONTH && r->datum[i].text)
			key = arena_printf(b->arena, "%s/%s", key, utf8_fold_into(r->datum[i].text, strlen(r->datum[i].text), &b->name));
	}
	if (strcmp(r->key, key) != 0)
		r->key = key;
}

/* Adds a row to those of its key; false if one of the same month is there. */
static bool add_key(const struct data *data, struct map *by_key, size_t *next, size_t row,
	size_t *first)
{
	next[row] = data->n_row;
	if (map_add(by_key, data->row[row].key, row, first))
		return true;
	for (;; *first = next[*first]) {
		if (data->row[*first].month == data->row[row].month)
			return false;
		if (next[*first] == data->n_row)
			break;
	}
	next[*first] = row;
	return true;
}

/* For a message; nothing where none is kept any more. */
static const char *shown_place(const struct joining *b, struct origin at)
{
	return diags_are_full(b->diags, at.file) ? "" : origin_text(at, b->arena);
}

/* Two names of one area may be two texts. */
static bool report_duplicate(const struct joining *b, const struct data_row *row, const struct data_row *first)
{
	if (row->area && strcmp(row->label, first->label) != 0)
		return diag_error(b->diags, row->at, "duplicate", "'%s' is the same area as '%s' at %s; keep one of the two rows", row->label,
			first->label, shown_place(b, first->at));
	return diag_error(b->diags, row->at, "duplicate", "'%s' stands at %s already; keep one of the two rows", row->label,
		shown_place(b, first->at));
}

static bool build_keys(struct joining *b, struct data *data)
{
	size_t *next = memory_new(data->n_row, sizeof *next);
	struct map by_key;
	bool ok = true;

	map_init(&by_key, b->arena);
	for (size_t i = 0; i < data->n_row; i++) {
		struct data_row *r = (struct data_row *)&data->row[i];
		size_t first;

		if (r->area)
			set_key(b, data->dataset, r);
		if (!add_key(data, &by_key, next, i, &first))
			ok = report_duplicate(b, r, &data->row[first]);
	}
	map_clear(&by_key);
	free(next);
	return ok;
}

bool model_build(const struct job *job, const struct area_names *names, struct data *data, size_t n_data, struct arena *a,
	struct model *model, struct diags *d)
{
	const struct data *changes;
	struct joining b;
	bool ok;

	*model = (struct model){ .job = job, .names = names, .data = data, .n_data = n_data };
	changes = model_find(model, DATASET_CROSSWALK, SOURCE_CURRENT);
	ok = sumrows_take(job, names, data, n_data, a, d);
	joining_begin(&b, job, names, a, d);
	ok = joining_run(&b, data, n_data, changes) && ok;
	for (size_t i = 0; i < n_data; i++)
		if (data[i].counted)
			ok = register_join(&b, &data[i], i) && ok;
	name_areas(&b);
	for (size_t i = 0; i < n_data; i++)
		ok = build_keys(&b, &data[i]) && ok;
	ok = joining_check_near(&b) && ok;
	ok = crosswalk_read(changes, names, &b.by_code, a, &model->crosswalk, d) && ok;
	model->areas = (struct areas){ b.area, b.n_area };
	joining_end(&b);
	if (ok)
		crosswalk_check(model, job_period_end(job), a, d);
	return ok;
}

const struct data *model_find(const struct model *m, const char *dataset, enum source_role role)
{
	for (size_t i = 0; i < m->n_data; i++)
		if (m->data[i].source->role == role && !strcmp(m->data[i].dataset->id, dataset))
			return &m->data[i];
	return NULL;
}
