/* The sources of a job together: which rows speak of the same area, and keys. */
#include "base/buf.h"
#include "base/utf8.h"
#include "model/data.h"

#include <stdlib.h>
#include <string.h>

enum { ROOT = 0 };

struct builder {
	const struct job *job;
	struct arena *arena;
	struct diags *diags;
	struct area **area; /* [n_area] */
	size_t n_area;
	size_t cap;
	struct map by_code;
	struct map by_name;  /* folded -> the first area of that name */
	struct map by_place; /* place_key -> area */
	struct map shared;   /* folded names that several areas have */
	struct buf name;     /* of the row at hand, folded */
	struct buf above;    /* the same of the area above */
	struct buf key;      /* what is looked up */
};

/* What a row says about its area. */
struct area_words {
	const char *name;
	const char *folded;
	const char *key;    /* of the row, which may be the folded name, or NULL */
	const char *parent; /* folded; NULL: the source does not say; "": the root */
	const char *parent_name; /* as written */
	const char *code;   /* or NULL */
	struct origin at;
};

/* Fields of a dataset that areas are told by; n_field where there is none. */
struct area_fields {
	size_t area;
	size_t parent;
	size_t code;
	size_t since;
};

static const char *fold(const char *s, struct buf *b)
{
	return utf8_fold_into(s, strlen(s), b);
}

/* Of an area in the one with that index; in the root the name alone, which holds no line break. */
static const char *place_key(struct builder *b, size_t parent, const char *folded)
{
	if (parent == ROOT)
		return folded;
	b->key.n = 0;
	buf_printf(&b->key, "%zu\n%s", parent, folded);
	return b->key.text;
}

static size_t add_area(struct builder *b, size_t parent, const struct area_words *w)
{
	struct area *area = ARENA_NEW(b->arena, struct area);
	size_t index = b->n_area;

	*area = (struct area){
		.name = w->name,
		.folded = w->key && !strcmp(w->key, w->folded) ? w->key : arena_text(b->arena, w->folded),
		.code = w->code,
		.parent = index == ROOT ? NULL : b->area[parent],
		.at = w->at,
	};
	*ARENA_PUSH(b->arena, b->area, b->n_area, &b->cap) = area;
	if (w->code)
		map_add(&b->by_code, w->code, index, NULL);
	if (!map_add(&b->by_name, area->folded, index, NULL))
		map_add(&b->shared, area->folded, index, NULL);
	if (index != ROOT)
		map_add(&b->by_place,
			parent == ROOT ? area->folded
				       : arena_text(b->arena, place_key(b, parent, area->folded)),
			index, NULL);
	return index;
}

/* The area that a parent column names: one of the root's children, if it is not known otherwise. */
static size_t find_parent(struct builder *b, const struct area_words *w)
{
	struct area_words parent = { .name = w->parent_name, .folded = w->parent, .at = w->at };
	size_t index;

	if (!w->parent || !*w->parent || !strcmp(w->parent, b->area[ROOT]->folded))
		return ROOT;
	if (map_find(&b->by_place, place_key(b, ROOT, w->parent), &index))
		return index;
	if (map_find(&b->by_name, w->parent, &index) && !map_find(&b->shared, w->parent, NULL))
		return index;
	return add_area(b, ROOT, &parent);
}

/* Whether the area may be the one meant: it has no other code. Takes over the code. */
static bool code_fits(struct builder *b, size_t index, const struct area_words *w)
{
	struct area *area = b->area[index];

	if (!w->code || (area->code && !strcmp(area->code, w->code)))
		return true;
	if (area->code || index == ROOT)
		return false;
	area->code = w->code;
	map_add(&b->by_code, w->code, index, NULL);
	return true;
}

static bool find_area(struct builder *b, const struct area_words *w, size_t *index)
{
	size_t parent;

	if (w->code && map_find(&b->by_code, w->code, index))
		return true;
	if (!w->parent && !w->code && map_find(&b->shared, w->folded, NULL))
		return diag_error(b->diags, w->at, "ambiguous-area",
			"there are several areas '%s'; say which one by a column for its code or the area above",
			w->name);
	if (!w->parent && map_find(&b->by_name, w->folded, index) && code_fits(b, *index, w))
		return true;
	parent = find_parent(b, w);
	if (w->parent && map_find(&b->by_place, place_key(b, parent, w->folded), index)
		&& code_fits(b, *index, w))
		return true;
	*index = add_area(b, parent, w);
	return true;
}

static struct area_fields fields_of(const struct dataset *s)
{
	struct area_fields f = { s->n_field, s->n_field, s->n_field, s->n_field };

	for (size_t i = 0; i < s->n_field; i++) {
		const struct field *field = &s->field[i];

		if (field->type == FIELD_AREA && !strcmp(field->id, "parent"))
			f.parent = i;
		else if (field->type == FIELD_TEXT && !strcmp(field->id, "code"))
			f.code = i;
		else if (field->type == FIELD_DATE && !strcmp(field->id, "since"))
			f.since = i;
		else if (field->type == FIELD_AREA && field->key && f.area == s->n_field)
			f.area = i;
	}
	return f;
}

static const char *text_at(const struct data_row *r, size_t field, size_t n_field)
{
	return field < n_field ? r->datum[field].text : NULL;
}

static bool set_area(struct builder *b, const struct data *data, const struct area_fields *f,
	struct data_row *r)
{
	size_t n_field = data->dataset->n_field;
	struct area_words w = {
		.name = text_at(r, f->area, n_field),
		.key = r->key,
		.code = text_at(r, f->code, n_field),
		.at = r->at,
	};
	size_t index;

	if (!w.name)
		return true;
	w.folded = fold(w.name, &b->name);
	if (f->parent < n_field && data->present[f->parent]) {
		const char *parent = text_at(r, f->parent, n_field);

		w.parent_name = parent;
		w.parent = parent ? fold(parent, &b->above) : "";
	}
	if (!find_area(b, &w, &index))
		return false;
	r->area = b->area[index];
	if (f->since < n_field && r->datum[f->since].text && b->area[index] != b->area[ROOT])
		date_parse(r->datum[f->since].text, &b->area[index]->since);
	return true;
}

/* Sources that say where an area belongs come first, so that the others find it there. */
static bool build_areas(struct builder *b, struct data *data, size_t n_data)
{
	bool ok = true;

	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < n_data; i++) {
			struct area_fields f = fields_of(data[i].dataset);
			size_t n_field = data[i].dataset->n_field;
			bool says = (f.parent < n_field && data[i].present[f.parent])
				|| (f.code < n_field && data[i].present[f.code]);

			if (says != (pass == 0) || f.area == n_field)
				continue;
			for (size_t k = 0; k < data[i].n_row; k++)
				ok = set_area(b, &data[i], &f, (struct data_row *)&data[i].row[k])
					&& ok;
		}
	return ok;
}

static void name_areas(struct builder *b)
{
	for (size_t i = 0; i < b->n_area; i++) {
		struct area *area = b->area[i];

		if (area->code)
			area->key = area->code;
		else if (!area->parent || !map_find(&b->shared, area->folded, NULL))
			area->key = area->folded;
		else
			area->key = arena_printf(b->arena, "%s/%s", area->parent->folded,
				area->folded);
	}
}

/* The area's key in place of its name; other key texts as they are. */
static void set_key(struct builder *b, const struct dataset *s, struct data_row *r)
{
	struct area_fields f = fields_of(s);
	const char *key = r->area->key;

	for (size_t i = 0; i < s->n_field; i++) {
		bool told = i == f.area || i == f.parent || i == f.code;

		if (s->field[i].key && !told && s->field[i].type != FIELD_MONTH && r->datum[i].text)
			key = arena_printf(b->arena, "%s/%s", key, fold(r->datum[i].text, &b->name));
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
static const char *shown_place(const struct builder *b, struct origin at)
{
	return diags_are_full(b->diags, at.file) ? "" : origin_text(at, b->arena);
}

static bool build_keys(struct builder *b, struct data *data)
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
			ok = diag_error(b->diags, r->at, "duplicate",
				"'%s' stands at %s already; keep one of the two rows", r->label,
				shown_place(b, data->row[first].at));
	}
	map_clear(&by_key);
	free(next);
	return ok;
}

static void builder_clear(struct builder *b)
{
	map_clear(&b->by_code);
	map_clear(&b->by_name);
	map_clear(&b->by_place);
	map_clear(&b->shared);
	buf_clear(&b->name);
	buf_clear(&b->above);
	buf_clear(&b->key);
}

bool model_build(const struct job *job, struct data *data, size_t n_data, struct arena *a,
	struct model *model, struct diags *d)
{
	struct builder b = { .job = job, .arena = a, .diags = d };
	struct area_words root = { .name = job->area, .folded = fold(job->area, &b.name), .at = job->at };
	bool ok;

	map_init(&b.by_code, a);
	map_init(&b.by_name, a);
	map_init(&b.by_place, a);
	map_init(&b.shared, a);
	add_area(&b, ROOT, &root);
	ok = build_areas(&b, data, n_data);
	name_areas(&b);
	for (size_t i = 0; i < n_data; i++)
		ok = build_keys(&b, &data[i]) && ok;
	builder_clear(&b);
	*model = (struct model){
		.job = job,
		.areas = { b.area, b.n_area },
		.data = data,
		.n_data = n_data,
	};
	ok = crosswalk_read(model_find(model, DATASET_CROSSWALK, SOURCE_CURRENT), a, &model->crosswalk, d) && ok;
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
