#include "model/areajoin.h"

#include "base/utf8.h"
#include "model/areanames.h"

#include <string.h>

enum { ROOT = 0 };

/* What a row says about its area. */
struct area_words {
	const char *name;
	const char *folded;
	const char *key;    /* of the row, which may be the folded name, or NULL */
	const char *parent; /* folded; NULL: the source does not say; "": the root */
	const char *parent_name; /* as written */
	const char *code;   /* or NULL */
	struct origin at;
	struct origin code_at;
	struct area_name form; /* once it was asked for */
};

enum found { FOUND, NOT_KNOWN, NOT_CLEAR };

static const char *fold(const char *s, struct buf *b)
{
	return utf8_fold_into(s, strlen(s), b);
}

/* Of an area in the one with that index; in the root the name alone, which holds no line break. */
static const char *place_key(struct joining *b, size_t parent, const char *name)
{
	if (parent == ROOT)
		return name;
	b->key.n = 0;
	buf_printf(&b->key, "%zu\n%s", parent, name);
	return b->key.text;
}

static const struct area_name *form_of(const struct joining *b, struct area_words *w)
{
	if (!w->form.normal)
		area_name_of(b->names, w->name, w->folded, b->arena, &w->form);
	return &w->form;
}

/* For a message about a file; nothing where none is kept any more. */
static const char *shown_place(const struct joining *b, const char *file, struct origin at)
{
	return diags_are_full(b->diags, file) ? "" : origin_text(at, b->arena);
}

/* ---- adding ---- */

/* Codes of nothing but digits, without zeros in front; NULL: it is another. */
static const char *code_digits(const char *code)
{
	size_t zeros = strspn(code, "0");

	if (!*code || strspn(code, "0123456789") != strlen(code))
		return NULL;
	return code[zeros] ? code + zeros : code + zeros - 1;
}

static void add_code(struct joining *b, const char *code, size_t index)
{
	const char *digits = code_digits(code);

	map_add(&b->by_code, code, index, NULL);
	if (digits)
		map_add(&b->by_digits, digits, index, NULL);
}

static void add_name(struct joining *b, const char *name, size_t parent, size_t index)
{
	size_t other;

	if (!map_add(&b->by_name, name, index, &other) && other != index)
		map_add(&b->shared, name, index, NULL);
	if (index != ROOT)
		map_add(&b->by_place, parent == ROOT ? name : arena_text(b->arena, place_key(b, parent, name)), index, NULL);
}

static void index_area(struct joining *b, size_t parent, size_t index)
{
	const struct area *area = b->area[index];

	if (area->code)
		add_code(b, area->code, index);
	add_name(b, area->folded, parent, index);
	if (area->normal != area->folded)
		add_name(b, area->normal, parent, index);
}

static size_t add_area(struct joining *b, size_t parent, struct area_words *w)
{
	struct area *area = ARENA_NEW(b->arena, struct area);
	const struct area_name *form = form_of(b, w);
	size_t index = b->n_area;

	*area = (struct area){
		.name = w->name,
		.folded = w->key && !strcmp(w->key, w->folded) ? w->key : arena_text(b->arena, w->folded),
		.bare = form->bare,
		.level = form->level,
		.code = w->code,
		.number = index,
		.parent = index == ROOT ? NULL : b->area[parent],
		.at = w->at,
	};
	area->normal = form->normal == w->folded ? area->folded : form->normal;
	*ARENA_PUSH(b->arena, b->area, b->n_area, &b->cap) = area;
	index_area(b, parent, index);
	return index;
}

static void set_seen(const struct joining *b, size_t index)
{
	if (b->source < AREA_SOURCES)
		b->area[index]->source[b->source / 64] |= UINT64_C(1) << b->source % 64;
}

static bool is_seen(const struct joining *b, size_t index)
{
	return b->source < AREA_SOURCES && b->area[index]->source[b->source / 64] >> b->source % 64 & 1;
}

/* ---- finding what is known ---- */

/* By the folded name, else by its normal form: the folded name then finds it at once. */
static bool find_named(struct joining *b, struct map *map, size_t parent, struct area_words *w, size_t *index)
{
	const char *normal;

	if (map_find(map, place_key(b, parent, w->folded), index))
		return true;
	normal = form_of(b, w)->normal;
	if (normal == w->folded || !map_find(map, place_key(b, parent, normal), index))
		return false;
	map_add(map, arena_text(b->arena, place_key(b, parent, w->folded)), *index, NULL);
	return true;
}

static bool is_shared(const struct joining *b, const struct area_words *w, size_t index)
{
	return map_find(&b->shared, w->folded, NULL) || map_find(&b->shared, b->area[index]->normal, NULL);
}

/* Whether the area may be the one meant: it has no other code. Takes over the code. */
static bool code_fits(struct joining *b, size_t index, const struct area_words *w)
{
	struct area *area = b->area[index];

	if (!w->code || (area->code && !strcmp(area->code, w->code)))
		return true;
	if (area->code || index == ROOT)
		return false;
	if (b->is_closed)
		return true;
	area->code = w->code;
	add_code(b, w->code, index);
	return true;
}

/* ---- names without the word in front ---- */

static void index_bares(struct joining *b)
{
	for (; b->n_bared < b->n_area; b->n_bared++) {
		const struct area *area = b->area[b->n_bared];

		if (b->n_bared != ROOT && !map_add(&b->by_bare, area->normal + area->bare, b->n_bared, NULL))
			map_add(&b->bare_shared, area->normal + area->bare, 0, NULL);
	}
}

/* "Bắc Sơn" of "phường Bắc Sơn", or the other way round, if one area alone has that bare name. */
static bool find_bare(const struct joining *b, const struct area_name *form, size_t *index)
{
	const char *bare = form->normal + form->bare;
	size_t other;

	if (map_find(&b->by_bare, form->normal, index))
		return !map_find(&b->bare_shared, form->normal, NULL);
	if (!form->bare || !map_find(&b->by_name, bare, index) || *index == ROOT || map_find(&b->shared, bare, NULL))
		return false;
	return !map_find(&b->by_bare, bare, &other) || (other == *index && !map_find(&b->bare_shared, bare, NULL));
}

/* Where such a name of the source is kept. Names that have no area above are not mixed with those that do not say one. */
static const char *taken_key(struct joining *b, struct area_words *w, size_t parent)
{
	b->key.n = 0;
	buf_printf(&b->key, "%zu\n%s", w->parent ? parent : SIZE_MAX, form_of(b, w)->normal);
	return b->key.text;
}

/* Whether it is kept and no message. */
static bool keep_how(struct joining *b, enum joined how)
{
	if (b->how)
		b->how[b->row] = how;
	return b->how;
}

/* An area that another source knows by a name with or without the word in front; with a note. */
static bool take_bare(struct joining *b, struct area_words *w, size_t parent, size_t *index)
{
	const struct area *area;

	if (map_find(&b->taken, taken_key(b, w, parent), index)) {
		keep_how(b, JOINED_BARE);
		return true;
	}
	if (map_find(&b->changed, form_of(b, w)->normal, NULL) || !find_bare(b, form_of(b, w), index) || is_seen(b, *index)
		|| (w->parent && b->area[*index]->parent != b->area[parent]) || !code_fits(b, *index, w))
		return false;
	map_add(&b->taken, arena_text(b->arena, taken_key(b, w, parent)), *index, NULL);
	if (keep_how(b, JOINED_BARE))
		return true;
	area = b->area[*index];
	diag_note(b->diags, w->at, "area-name", "'%s' is taken for '%s' at %s, the only area of that name; write both alike", w->name,
		area->name, shown_place(b, w->at.file, area->at));
	return true;
}

/* ---- the area of a row ---- */

/* The area that a parent column names, by its code or name: one of the root's children, if it is not known otherwise. False: it is not
 * known. */
static bool find_parent(struct joining *b, const struct area_words *w, size_t *index)
{
	struct area_words parent = { .name = w->parent_name, .folded = w->parent, .at = w->at };

	*index = ROOT;
	if (w->parent_name && map_find(&b->by_code, w->parent_name, index)) {
		set_seen(b, *index);
		return true;
	}
	if (!w->parent || !*w->parent || !strcmp(w->parent, b->area[ROOT]->folded)
		|| (!map_find(&b->by_place, w->parent, NULL) && !strcmp(form_of(b, &parent)->normal, b->area[ROOT]->normal)))
		return true;
	if (!find_named(b, &b->by_place, ROOT, &parent, index)
		&& (!find_named(b, &b->by_name, ROOT, &parent, index) || is_shared(b, &parent, *index))) {
		if (!b->settling)
			return false;
		if (b->is_own || !take_bare(b, &parent, ROOT, index))
			*index = add_area(b, ROOT, &parent);
	}
	set_seen(b, *index);
	return true;
}

static enum found find_known(struct joining *b, struct area_words *w, size_t *parent, size_t *index)
{
	if (w->code && map_find(&b->by_code, w->code, index))
		return FOUND;
	if (!find_parent(b, w, parent))
		return NOT_KNOWN;
	if (w->parent)
		return find_named(b, &b->by_place, *parent, w, index) && code_fits(b, *index, w) ? FOUND : NOT_KNOWN;
	if (!find_named(b, &b->by_name, ROOT, w, index))
		return NOT_KNOWN;
	if (!w->code && is_shared(b, w, *index))
		return NOT_CLEAR;
	return code_fits(b, *index, w) ? FOUND : NOT_KNOWN;
}

/* A code that another source has with other zeros in front. */
static bool find_near_code(const struct joining *b, const struct area_words *w, size_t *index)
{
	const char *digits = w->code ? code_digits(w->code) : NULL;

	return digits && map_find(&b->by_digits, digits, index) && !is_seen(b, *index);
}

static bool report_near_code(const struct joining *b, const struct area_words *w, const struct area *area)
{
	return diag_error(b->diags, w->code_at, "near-code",
		"the code '%s' and the code '%s' of '%s' at %s differ only by zeros in front, which spreadsheets drop; write both alike, in "
		"a column of texts, or areas=\"own\" on the job's <source> if they are two areas",
		w->code, area->code, area->name, shown_place(b, w->code_at.file, area->at));
}

static bool not_clear(const struct joining *b, const struct area_words *w)
{
	return diag_error(b->diags, w->at, "ambiguous-area",
		"there are several areas '%s'; say which one by a column for its code or the area above", w->name);
}

/* Of a row whose area is not known for certain. */
static bool settle(struct joining *b, struct area_words *w, enum found found, size_t parent, size_t *index)
{
	if (found == NOT_CLEAR)
		return not_clear(b, w);
	if (!b->is_own && find_near_code(b, w, index))
		return report_near_code(b, w, b->area[*index]);
	if (b->is_own || !take_bare(b, w, parent, index))
		*index = add_area(b, parent, w);
	return true;
}

struct area_fields area_fields_of(const struct dataset *s)
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

/* False where no area has a name. */
static bool words_of(struct joining *b, const struct data *data, const struct area_fields *f, const struct data_row *r,
	struct area_words *w)
{
	size_t n_field = data->dataset->n_field;

	*w = (struct area_words){
		.name = text_at(r, f->area, n_field),
		.key = r->key,
		.code = text_at(r, f->code, n_field),
		.at = r->at,
		.code_at = r->at,
	};
	if (!w->name && b->is_closed)
		w->name = w->code;
	if (!w->name)
		return false;
	if (w->code && r->datum[f->code].figure.n_from)
		w->code_at = r->datum[f->code].figure.from[0];
	w->folded = fold(w->name, &b->name);
	if (f->parent < n_field && data->present[f->parent]) {
		w->parent_name = text_at(r, f->parent, n_field);
		w->parent = w->parent_name ? fold(w->parent_name, &b->above) : "";
	}
	return true;
}

/* The row's area; *open counts those that are left for settling. */
static bool set_area(struct joining *b, const struct data *data, const struct area_fields *f, struct data_row *r, size_t *open)
{
	struct area_words w;
	enum found found;
	size_t parent = ROOT;
	size_t index;

	if (r->area || !words_of(b, data, f, r, &w))
		return true;
	found = find_known(b, &w, &parent, &index);
	if (found != FOUND && !b->settling) {
		++*open;
		return true;
	}
	if (found == NOT_CLEAR && keep_how(b, JOINED_UNCLEAR))
		return true;
	if (found != FOUND && !settle(b, &w, found, parent, &index))
		return false;
	set_seen(b, index);
	r->area = b->area[index];
	if (f->since < data->dataset->n_field && r->datum[f->since].text && index != ROOT)
		date_parse(r->datum[f->since].text, &b->area[index]->since);
	return true;
}

static bool set_areas(struct joining *b, const struct data *data, const struct area_fields *f, size_t *open)
{
	bool ok = true;

	for (size_t i = 0; i < data->n_row; i++) {
		b->row = i;
		ok = set_area(b, data, f, (struct data_row *)&data->row[i], open) && ok;
	}
	return ok;
}

/* What other sources know first: a name of this one is taken for an area only if the source has none of that very name. */
static bool join_source(struct joining *b, const struct data *data, const struct area_fields *f, size_t i_source)
{
	size_t open = 0;

	b->source = i_source;
	b->is_own = data->source->own_areas;
	if (b->is_own && b->source < AREA_SOURCES)
		b->own[b->source / 64] |= UINT64_C(1) << b->source % 64;
	map_clear(&b->taken);
	b->settling = b->n_area == ROOT + 1;
	if (!set_areas(b, data, f, &open))
		return false;
	if (!open)
		return true;
	b->settling = true;
	index_bares(b);
	return set_areas(b, data, f, &open);
}

/* ---- all sources ---- */

/* Names of other years that the crosswalk speaks of. */
static void take_changed(struct joining *b, const struct data *crosswalk)
{
	for (size_t i = 0; crosswalk && i < crosswalk->n_row; i++)
		for (size_t k = 0; k < crosswalk->dataset->n_field; k++) {
			const char *text = crosswalk->dataset->field[k].type == FIELD_TEXT ? crosswalk->row[i].datum[k].text : NULL;

			if (!text)
				continue;
			map_add(&b->changed, text, 0, NULL);
			map_add(&b->changed, area_names_normal(b->names, text, b->arena), 0, NULL);
		}
}

static void begin(struct joining *b, const struct job *job, const struct area_names *names, struct arena *a, struct diags *d)
{
	struct map *const maps[] = { &b->by_code, &b->by_digits, &b->by_name, &b->by_place, &b->shared, &b->by_bare, &b->bare_shared,
		&b->taken, &b->changed };

	*b = (struct joining){ .job = job, .names = names, .arena = a, .diags = d };
	for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
		map_init(maps[i], a);
}

void joining_begin(struct joining *b, const struct job *job, const struct area_names *names, struct arena *a, struct diags *d)
{
	struct area_words root = { .name = job->area, .at = job->at };

	begin(b, job, names, a, d);
	root.folded = fold(job->area, &b->name);
	add_area(b, ROOT, &root);
}

/* Sources that say where an area belongs come first, so that the others find it there. */
bool joining_run(struct joining *b, struct data *data, size_t n_data, const struct data *crosswalk)
{
	bool ok = true;

	b->data = data;
	take_changed(b, crosswalk);
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < n_data; i++) {
			struct area_fields f = area_fields_of(data[i].dataset);
			size_t n_field = data[i].dataset->n_field;
			bool says = (f.parent < n_field && data[i].present[f.parent]) || (f.code < n_field && data[i].present[f.code]);

			if (says == (pass == 0) && f.area < n_field)
				ok = join_source(b, &data[i], &f, i) && ok;
		}
	return ok;
}

void joining_end(struct joining *b)
{
	struct map *const maps[] = { &b->by_code, &b->by_digits, &b->by_name, &b->by_place, &b->shared, &b->by_bare, &b->bare_shared,
		&b->taken, &b->changed };

	for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
		map_clear(maps[i]);
	buf_clear(&b->name);
	buf_clear(&b->above);
	buf_clear(&b->key);
}

/* ---- data that is no part of the model ---- */

/* Index of the area above; areas above come first, mostly right before. */
static size_t parent_of(const struct joining *b, size_t index)
{
	size_t i = index;

	while (i > ROOT && b->area[i] != b->area[index]->parent)
		i--;
	return i;
}

static void take_areas(struct joining *b, const struct areas *areas)
{
	b->area = ARENA_ARRAY(b->arena, areas->n_area, struct area *);
	b->n_area = areas->n_area;
	for (size_t i = 0; i < areas->n_area; i++) {
		b->area[i] = areas->area[i];
		index_area(b, i == ROOT ? ROOT : parent_of(b, i), i);
	}
	index_bares(b);
}

static bool place_row(struct joining *b, const struct data *data, const struct area_fields *f, struct data_row *r)
{
	struct area_words w;
	enum found found;
	size_t parent = ROOT;
	size_t index;

	if (!words_of(b, data, f, r, &w))
		return true;
	found = find_known(b, &w, &parent, &index);
	if (found == NOT_CLEAR)
		return keep_how(b, JOINED_UNCLEAR) || not_clear(b, &w);
	if (found == FOUND || take_bare(b, &w, parent, &index))
		r->area = b->area[index];
	return true;
}

static bool place_keys(struct joining *b, struct data *keys, const struct area_fields *f, size_t i_source)
{
	bool was_closed = b->is_closed;
	bool ok = true;

	b->source = i_source;
	b->is_closed = true;
	map_clear(&b->taken);
	index_bares(b);
	for (b->row = 0; b->row < keys->n_row; b->row++)
		ok = place_row(b, keys, f, (struct data_row *)&keys->row[b->row]) && ok;
	b->is_closed = was_closed;
	return ok;
}

bool joining_keys(struct joining *b, struct data *keys, size_t i_source, enum joined *how)
{
	struct area_fields f = area_fields_of(keys->dataset);
	bool ok;

	b->how = how;
	ok = b->n_area == ROOT + 1 ? join_source(b, keys, &f, i_source) : place_keys(b, keys, &f, i_source);
	b->how = NULL;
	return ok;
}

bool joining_has_near_code(const struct joining *b, const char *code)
{
	const char *digits = code_digits(code);
	size_t index;

	return digits && map_find(&b->by_digits, digits, &index) && strcmp(b->area[index]->code, code) != 0;
}

void joining_see(const struct data *data, size_t i_source)
{
	for (size_t i = 0; i < data->n_row && i_source < AREA_SOURCES; i++)
		((struct area *)data->row[i].area)->source[i_source / 64] |= UINT64_C(1) << i_source % 64;
}

bool joining_place(const struct model *model, struct data *data, struct arena *a, struct diags *d)
{
	struct area_fields f = area_fields_of(data->dataset);
	struct joining b;
	bool ok = true;

	begin(&b, model->job, model->names, a, d);
	b.is_closed = true;
	b.source = AREA_SOURCES;
	take_areas(&b, &model->areas);
	for (size_t i = 0; i < data->n_row; i++)
		ok = place_row(&b, data, &f, (struct data_row *)&data->row[i]) && ok;
	joining_end(&b);
	return ok;
}
