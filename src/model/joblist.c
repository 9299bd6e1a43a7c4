#include "model/joblist.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <string.h>

/* ---- the areas ---- */

const char *list_code(const char *s)
{
	size_t n_zero = strspn(s, "0");

	return *s && strspn(s, "0123456789") == strlen(s) && s[n_zero] ? s + n_zero : s;
}

static const char *text_of(const struct data_row *row, const struct dataset *dataset, const char *id)
{
	const struct field *f = dataset_field(dataset, id);

	return f ? row->datum[f - dataset->field].text : NULL;
}

static struct origin place_of(const struct data_row *row, const struct dataset *dataset, const char *id)
{
	const struct field *f = dataset_field(dataset, id);
	const struct figure *x = f ? &row->datum[f - dataset->field].figure : NULL;

	return x && x->n_from ? x->from[0] : row->at;
}

/* Letters that a folder's name may have on any machine, and that are no way out of the folder above. */
bool list_is_code(const char *s)
{
	return *s && strspn(s, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_") == strlen(s) && strlen(s) <= LIST_CODE_MAX;
}

const char *list_code_shown(const char *s, struct arena *a)
{
	enum { SHOWN = 40 }; /* characters */
	size_t n = strlen(s);
	size_t cut = utf8_cut(s, n, SHOWN);

	return cut < n ? arena_printf(a, "%.*s...", (int)cut, s) : s;
}

/* Fields that the program itself asks for. Areas above need no area above them. */
static const char *const needed[] = { "code", "name", "parent_code", "parent_name" };
enum { NEEDED = sizeof needed / sizeof *needed, NEEDED_ABOVE = 2 };

static size_t needed_of(const struct job_list *list)
{
	return list->below ? NEEDED_ABOVE : NEEDED;
}

static bool is_of_summaries(const char *code)
{
	size_t n = sizeof LIST_SUMMARY_DIR - 1;

	return !strncmp(code, LIST_SUMMARY_DIR, n) && (!code[n] || code[n] == '-');
}

static bool read_area(const struct job_list *list, const struct data_row *row, struct list_area *area, struct arena *a, struct diags *d)
{
	const char *text[NEEDED] = { NULL, NULL, list->folder, "" };
	bool ok = true;

	for (size_t i = 0; i < needed_of(list); i++) {
		text[i] = text_of(row, list->dataset, needed[i]);
		if (!text[i])
			ok = diag_error(d, row->at, "needed", "the list of areas says no %s of '%s'; fill it in", needed[i],
				list_code_shown(row->label, a));
		else if (strstr(needed[i], "code") && !list_is_code(text[i]))
			ok = diag_error(d, place_of(row, list->dataset, needed[i]), "code",
				"'%s' is no code; a code has at most %d letters, digits, '-' and '_', since a folder is named by it",
				list_code_shown(text[i], a), LIST_CODE_MAX);
		else if (is_of_summaries(text[i]) && strstr(needed[i], "code"))
			ok = diag_error(d, place_of(row, list->dataset, needed[i]), "code", "'%s' is the folder of summaries; give the area another code",
				text[i]);
	}
	*area = (struct list_area){ text[0], text[1], text[2], text[3], row };
	return ok;
}

static bool check_dataset(const struct job_list *list, struct diags *d)
{
	bool ok = true;

	for (size_t i = 0; i < needed_of(list); i++) {
		const struct field *f = dataset_field(list->dataset, needed[i]);

		if (!f || f->type != FIELD_TEXT)
			ok = diag_error(d, list->dataset->at, "for-each", "a dataset of areas to go through needs a field '%s' of type text",
				needed[i]);
	}
	return ok;
}

/* Whether a text has the field's {id}. */
static bool has_field(const char *s, const char *id)
{
	size_t n = strlen(id);

	for (s = strchr(s, '{'); s; s = strchr(s + 1, '{'))
		if (!strncmp(s + 1, id, n) && (s[1 + n] == '}' || !s[1 + n]))
			return true;
	return false;
}

static const struct node *next_of(const struct node *n)
{
	if (n->child)
		return n->child;
	while (n && !n->next)
		n = n->parent;
	return n ? n->next : NULL;
}

/* Of each field, whether the documents may depend on it. */
static const bool *fields_named(const struct job_list *list, struct arena *a)
{
	bool *named = ARENA_ARRAY(a, list->dataset->n_field, bool);

	for (size_t f = 0; f < list->dataset->n_field; f++) {
		const char *id = list->dataset->field[f].id;

		for (size_t i = 0; i < NEEDED; i++)
			named[f] = named[f] || !strcmp(needed[i], id);
		for (const struct node *n = list->root; n && !named[f]; n = next_of(n))
			for (size_t i = 0; i < n->n_attribute; i++)
				named[f] = named[f] || has_field(n->attribute[i].value, id);
	}
	return named;
}

/* Two codes that differ in this only may be one folder. */
static const char *lower(const char *code, struct arena *a)
{
	char *s = arena_text(a, code);

	for (char *c = s; *c; c++)
		*c = (char)(*c >= 'A' && *c <= 'Z' ? *c - 'A' + 'a' : *c);
	return s;
}

/* A code that two rows have is of neither: whose rows those of the sources are is not known. */
static void mark_duplicates(const struct job_list *list, const struct list_area *area, bool *bad, size_t n, struct arena *a,
	struct diags *d)
{
	struct map codes;

	map_init(&codes, a);
	for (size_t i = 0; i < n; i++) {
		bool told = bad[i];
		size_t other;

		if (!area[i].code || map_add(&codes, lower(list_code(area[i].code), a), i, &other))
			continue;
		told = told || bad[other];
		bad[i] = bad[other] = true;
		if (!told)
			diag_error(d, place_of(area[i].row, list->dataset, "code"), "duplicate",
				"the code %s is that of '%s' at %s already; each area has one of its own", area[i].code, area[other].name,
				origin_text(area[other].row->at, a));
	}
}

/* Those whose rows have no faults. */
static void take_areas(struct job_list *list, const struct data *data, struct arena *a, struct diags *d)
{
	struct list_area *area = ARENA_ARRAY(a, data->n_row, struct list_area);
	bool *bad = ARENA_ARRAY(a, data->n_row, bool);
	struct diags quiet = { .quiet = true };

	for (size_t i = 0; i < data->n_row; i++) /* of a bad row what is wrong was told */
		bad[i] = !read_area(list, &data->row[i], &area[i], a, data->row[i].is_bad ? &quiet : d) || data->row[i].is_bad;
	diags_clear(&quiet);
	mark_duplicates(list, area, bad, data->n_row, a, d);
	map_init(&list->codes, a);
	map_init(&list->bad_codes, a);
	list->n_area = 0;
	for (size_t i = 0; i < data->n_row; i++) {
		if (bad[i]) {
			list->n_bad++;
			if (area[i].code)
				map_add(&list->bad_codes, list_code(area[i].code), 0, NULL);
			continue;
		}
		map_add(&list->codes, list_code(area[i].code), list->n_area, NULL);
		area[list->n_area++] = area[i];
	}
	list->area = area;
}

bool job_list_areas(struct job_list *list, const struct data *data, size_t n_bad, struct arena *a, struct diags *d)
{
	list->dataset = data->dataset;
	list->names = fields_named(list, a);
	if (!check_dataset(list, d))
		return false;
	if (data->n_row > LIST_AREAS_MAX)
		return diag_error(d, data->row[LIST_AREAS_MAX].at, "limit", "a list has at most %d areas", LIST_AREAS_MAX);
	list->n_bad = n_bad;
	take_areas(list, data, a, d);
	if (list->n_bad)
		diag_error(d, (struct origin){ .file = list->source.shown }, "list",
			"%zu rows of the list of areas have faults, so nothing is made of their areas; correct them", list->n_bad);
	return list->n_area || diag_error(d, (struct origin){ .file = list->source.shown }, "list", "so no area is left, and nothing is made");
}

/* ---- one of them ---- */

struct area_filler {
	struct node_filler filler; /* first */
	const struct job_list *list;
	const struct list_area *area;
};

static bool is_within(const struct node *n, const char *name)
{
	for (; n; n = n->parent)
		if (node_is(n, name))
			return true;
	return false;
}

/* Always false. */
static bool unknown_field(const struct node *n, const char *attribute, size_t offset, const char *id,
	const struct dataset *dataset, struct arena *a, struct diags *d)
{
	const char **ids = ARENA_ARRAY(a, dataset->n_field, const char *);
	const char *near;

	for (size_t i = 0; i < dataset->n_field; i++)
		ids[i] = dataset->field[i].id;
	near = suggest(id, ids, dataset->n_field);
	if (near)
		diag_error(d, node_place(n, attribute, offset), "placeholder", "the list of areas has no field '%s'; did you mean {%s}?", id, near);
	else
		diag_error(d, node_place(n, attribute, offset), "placeholder", "the list of areas has no field '%s'; it has: %s", id,
			word_list(ids, dataset->n_field, a));
	return false;
}

/* What the list says of the area in a field; NULL after an error. at: where the job asks for it. */
static const char *said(const struct area_filler *f, const struct node *n, const struct attribute *attribute, const char *at, size_t len,
	struct arena *a, struct diags *d)
{
	const char *id = arena_slice(a, at, len);
	const struct dataset *dataset = f->list->dataset;
	const struct field *field = dataset_field(dataset, id);
	size_t offset = (size_t)(at - 1 - attribute->value);
	const char *text;

	if (at[len] != '}') {
		diag_error(d, node_place(n, attribute->name, offset), "placeholder", "this '{' has no '}'; write {field} with a field of the list of areas");
		return NULL;
	}
	if (!field) {
		unknown_field(n, attribute->name, offset, id, dataset, a, d);
		return NULL;
	}
	if (field->type != FIELD_TEXT && field->type != FIELD_DATE && field->type != FIELD_AREA) { /* of others there are figures only */
		diag_error(d, node_place(n, attribute->name, offset), "placeholder",
			"the field '%s' of the list of areas is no text; make it type=\"text\" in its dataset, so that it is filled in as it is written", id);
		return NULL;
	}
	text = f->area->row->datum[field - dataset->field].text;
	return text ? text : "";
}

/* The value with its {fields} filled in. */
static const char *fill(struct node_filler *filler, const struct node *n, const struct attribute *attribute, struct arena *a,
	struct diags *d)
{
	const struct area_filler *f = (const struct area_filler *)filler;
	const char *s = attribute->value;
	struct buf b = { 0 };
	const char *value = s;
	bool ok = true;

	if (!strchr(s, '{') || is_within(n, "areas"))
		return s;
	while (*s) {
		size_t plain = strcspn(s, "{");
		size_t len = s[plain] ? strcspn(s + plain + 1, "}") : 0;
		const char *text = s[plain] ? said(f, n, attribute, s + plain + 1, len, a, d) : "";

		buf_put(&b, s, plain);
		ok = ok && text;
		buf_puts(&b, text ? text : "");
		s += plain + (s[plain] ? 1 + len : 0);
		s += *s == '}';
	}
	value = ok ? arena_slice(a, b.text, b.n) : NULL;
	buf_clear(&b);
	return value;
}

const struct node *job_list_fill(const struct job_list *list, const struct list_area *area, struct arena *a, struct diags *d)
{
	struct area_filler filler = { .filler = { .value = fill }, .list = list, .area = area };

	return node_fill(list->root, &filler.filler, a, d);
}

static bool has_placeholder(const struct node *n)
{
	for (size_t i = 0; i < n->n_attribute; i++)
		if (strchr(n->attribute[i].value, '{'))
			return true;
	return false;
}

static const struct node *element_at(const struct job_list *list, struct origin at)
{
	for (const struct node *c = list->root->child; c; c = c->next)
		if (c->name && c->at.row == at.row && c->at.col == at.col)
			return c;
	return NULL;
}

bool job_list_varies(const struct job_list *list, struct origin at)
{
	const struct node *n = element_at(list, at);
	const char *href = n ? node_attribute(n, "href") : NULL;

	return href && strchr(href, '{');
}

static const char *varying_attribute(const struct node *n)
{
	for (size_t i = 0; i < n->n_attribute; i++)
		if (strchr(n->attribute[i].value, '{'))
			return n->attribute[i].name;
	return NULL;
}

bool job_list_is_common(const struct job_list *list, struct origin at, struct diags *d)
{
	const struct node *n = element_at(list, at);
	const struct node *of = n;
	const char *name = n ? varying_attribute(n) : NULL;

	for (const struct node *c = n ? n->child : NULL; c && !name; c = c->next) {
		of = c;
		name = varying_attribute(c);
	}
	return !name || diag_error(d, node_place(of, name, 0), "for-each",
		"rows of many areas are read once for all of them, so '%s' cannot be another for each; write it without {}", name);
}

bool job_list_plan_varies(const struct job_list *list)
{
	for (const struct node *c = list->root->child; c; c = c->next)
		if (node_is(c, "plan"))
			return has_placeholder(c);
	return false;
}
