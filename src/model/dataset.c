#include "model/dataset.h"

#include "base/map.h"
#include "base/utf8.h"
#include "model/datasetparts.h"
#include "model/matcher.h"

#include <string.h>

enum { FIELDS_MAX = 256 };

static const char *const type_names[] = {
	[FIELD_COUNT] = "count",
	[FIELD_MONEY] = "money",
	[FIELD_RATE] = "rate",
	[FIELD_NUMBER] = "number",
	[FIELD_TEXT] = "text",
	[FIELD_FLAG] = "flag",
	[FIELD_DATE] = "date",
	[FIELD_AREA] = "area",
	[FIELD_MONTH] = "month",
	[FIELD_WORD] = "word",
	NULL,
};


struct dataset_reader {
	struct arena *arena;
	struct diags *diags;
	struct field *field;
	size_t n_field;
	size_t cap;
	struct row_check *check;
	size_t n_check;
	size_t cap_check;
	struct map ids;	  /* -> field */
	struct map names; /* -> field */
	bool ok;
};

const char *field_type_name(enum field_type type)
{
	return type_names[type];
}

const char *dataset_sheet(const struct dataset *s, struct arena *a)
{
	return arena_slice(a, s->id, strnlen(s->id, SHEET_NAME_MAX)); /* ids are ASCII */
}

const struct field *dataset_field(const struct dataset *s, const char *id)
{
	for (size_t i = 0; i < s->n_field; i++)
		if (!strcmp(s->field[i].id, id))
			return &s->field[i];
	return NULL;
}

static bool is_number(enum field_type type)
{
	return type == FIELD_COUNT || type == FIELD_MONEY || type == FIELD_RATE
		|| type == FIELD_NUMBER;
}

static bool read_type(const struct node *n, enum field_type *type, struct diags *d)
{
	int i = node_need(n, "type", d) ? node_choice(n, "type", type_names, -1, d) : -1;

	if (i >= 0)
		*type = (enum field_type)i;
	return i >= 0;
}

static bool read_yes(const struct node *n, const char *attribute, bool *yes, struct diags *d)
{
	static const char *const words[] = { "no", "yes", NULL };
	size_t n_error = d->n_error;

	*yes = node_choice(n, attribute, words, 0, d) == 1;
	return d->n_error == n_error;
}

/* Small letters, digits and '_': a name that expressions can use. */
static bool is_id(const char *s)
{
	return *s >= 'a' && *s <= 'z'
		&& strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(s);
}

/* In braces only {period}, {period - 1} and the like are known. */
static bool check_braces(const struct node *name, const char *s, struct diags *d)
{
	for (const char *p = strchr(s, '{'); p; p = strchr(p + 1, '{')) {
		const char *q = p + 1 + strspn(p + 1, " ");
		bool known = !strncmp(q, "period", 6);

		q += known ? 6 : 0;
		q += strspn(q, " ");
		if (known && (*q == '-' || *q == '+')) {
			q++;
			q += strspn(q, " ");
			known = *q >= '0' && *q <= '9' && q[1] != '\0';
			q += known;
			q += strspn(q, " ");
		}
		if (!known || *q != '}')
			return diag_error(d, node_place(name, NULL, (size_t)(p - s)), "name",
				"only {period} and {period - 1} may stand in a name");
	}
	return true;
}

static void add_name(struct dataset_reader *r, const struct node *n, struct field *f,
	const char **name)
{
	size_t old;

	if (!n->child || n->child->next || n->child->name || node_is_blank(n->child)) {
		r->ok = diag_error(r->diags, n->at, "name", "<name> holds a header text");
		return;
	}
	if (strlen(n->child->text) > HEADER_TEXT_MAX)
		r->ok = diag_error(r->diags, n->at, "limit", "a header text has at most %d bytes", HEADER_TEXT_MAX);
	r->ok = check_braces(n->child, n->child->text, r->diags) && r->ok;
	if (f->n_name == 0)
		f->label = utf8_nfc(n->child->text, strlen(n->child->text), r->arena);
	name[f->n_name] = utf8_fold(n->child->text, strlen(n->child->text), r->arena);
	if (map_add(&r->names, name[f->n_name], r->n_field, &old))
		f->n_name++;
	else if (old != r->n_field)
		r->ok = diag_error(r->diags, n->at, "duplicate",
			"the field '%s' has this name already", r->field[old].id);
}

/* Header texts of a field; its id is the last one. */
static void read_names(struct dataset_reader *r, const struct node *n, struct field *f)
{
	static const char *const known[] = { "name", "value", "count", "sum", "distinct", NULL };
	static const char *const none[] = { NULL };
	const char **name;
	size_t n_name = 1;

	for (const struct node *c = n->child; c; c = c->next)
		n_name++;
	name = ARENA_ARRAY(r->arena, n_name, const char *);
	for (const struct node *c = n->child; c; c = c->next) {
		if (node_is_blank(c) || dataset_is_part(c))
			continue;
		if (!node_is(c, "name")) {
			r->ok = node_unknown(c, known, r->diags);
			continue;
		}
		r->ok = node_check_attributes(c, none, r->diags) && r->ok;
		add_name(r, c, f, name);
	}
	if (!f->label)
		f->label = f->id;
	if (map_add(&r->names, f->id, r->n_field, NULL))
		name[f->n_name++] = f->id;
	f->name = name;
}

/* Attributes that only some types can have. */
static bool check_kind(const struct node *n, const struct field *f, struct diags *d)
{
	if (f->has_time && f->type != FIELD_DATE)
		return diag_error(d, node_place(n, "time", 0), "type", "only a field of type date has a time, not one of type %s",
			field_type_name(f->type));
	if (f->is_cumulative && !field_is_summed(f->type))
		return diag_error(d, node_place(n, "cumulative", 0), "type",
			"only counts, money and numbers are sums since the year began, not a field of type %s", field_type_name(f->type));
	return true;
}

static void read_field(struct dataset_reader *r, const struct node *n)
{
	static const char *const attributes[] = { "id", "type", "unit", "required", "expected", "needed", "key",
		"signed", "time", "cumulative", "blank", "max", NULL };
	struct field f = { .at = n->at };
	const char *unit = node_attribute(n, "unit");
	bool ok = node_check_attributes(n, attributes, r->diags);
	size_t old;

	f.id = node_need(n, "id", r->diags);
	if (f.id && !is_id(f.id))
		ok = diag_error(r->diags, node_place(n, "id", 0), "name",
			"'%s' is no name of a field; names have only a-z, 0-9 and '_'", f.id);
	ok = read_type(n, &f.type, r->diags) && ok && f.id;
	ok = read_yes(n, "required", &f.required, r->diags) && ok;
	ok = read_yes(n, "expected", &f.expected, r->diags) && ok;
	ok = read_yes(n, "needed", &f.needed, r->diags) && ok;
	ok = read_yes(n, "key", &f.key, r->diags) && ok;
	ok = read_yes(n, "signed", &f.may_be_negative, r->diags) && ok;
	ok = read_yes(n, "time", &f.has_time, r->diags) && ok;
	ok = read_yes(n, "cumulative", &f.is_cumulative, r->diags) && ok;
	f.unit = unit ? unit : "";
	ok = ok && check_kind(n, &f, r->diags) && dataset_read_parts(n, &f, r->arena, r->diags) && dataset_read_blank(n, &f, r->diags);
	if (ok && *f.unit && !is_number(f.type))
		ok = diag_error(r->diags, node_place(n, "unit", 0), "unit",
			"a field of type %s has no unit", field_type_name(f.type));
	if (ok && f.key && (is_number(f.type) || f.type == FIELD_FLAG))
		ok = diag_error(r->diags, node_place(n, "key", 0), "key",
			"a field of type %s cannot be a key", field_type_name(f.type));
	if (ok && !map_add(&r->ids, f.id, r->n_field, &old))
		ok = diag_error(r->diags, node_place(n, "id", 0), "duplicate",
			"there is a field '%s' already", f.id);
	if (ok && r->n_field == FIELDS_MAX)
		ok = diag_error(r->diags, n->at, "limit", "a dataset has at most %d fields",
			FIELDS_MAX);
	r->ok = ok && r->ok;
	if (!ok)
		return;
	read_names(r, n, &f);
	*ARENA_PUSH(r->arena, r->field, r->n_field, &r->cap) = f;
}

/* The first label that says something, as written; or NULL. */
static const char *first_total(const char *list, struct arena *a)
{
	for (; list; list = strchr(list, '|') ? strchr(list, '|') + 1 : NULL) {
		const char *label = list;
		size_t n = strcspn(list, "|");

		utf8_trim(&label, &n);
		if (n)
			return utf8_nfc(label, n, a);
	}
	return NULL;
}

/* The field that names a row: key areas first, then any area, then a key, then a text. */
static size_t find_label(const struct field *field, size_t n)
{
	size_t best = 0;
	unsigned best_rank = 0;

	for (size_t i = 0; i < n; i++) {
		const struct field *f = &field[i];
		unsigned rank = f->type == FIELD_AREA && f->key ? 4
			: f->type == FIELD_AREA && strcmp(f->id, "parent") != 0 ? 3
			: f->type == FIELD_TEXT && strcmp(f->id, "code") != 0 ? 2
			: f->key ? 1 : 0;

		if (rank > best_rank) {
			best = i;
			best_rank = rank;
		}
	}
	return best;
}

static void read_check(struct dataset_reader *r, const struct node *n)
{
	struct row_check check;

	if (!dataset_read_check(n, &check, r->diags))
		r->ok = false;
	else if (r->n_check == DATASET_CHECKS_MAX)
		r->ok = diag_error(r->diags, n->at, "limit", "a dataset has at most %d checks", DATASET_CHECKS_MAX);
	else
		*ARENA_PUSH(r->arena, r->check, r->n_check, &r->cap_check) = check;
}

static const struct dataset *read_root(struct dataset_reader *r, const struct node *root,
	const char *name)
{
	static const char *const attributes[] = { "id", "title", "total", "source", NULL };
	static const char *const known[] = { "field", "check", NULL };
	struct dataset *s = ARENA_NEW(r->arena, struct dataset);
	const char *title = node_need(root, "title", r->diags);
	const char *id = node_need(root, "id", r->diags);

	r->ok = node_check_attributes(root, attributes, r->diags) && id && title;
	if (id && strcmp(id, name) != 0)
		r->ok = diag_error(r->diags, node_place(root, "id", 0), "id",
			"the id is '%s', but the file is %s.xml", id, name);
	for (const struct node *c = root->child; c; c = c->next) {
		if (node_is(c, "field"))
			read_field(r, c);
		else if (node_is(c, "check"))
			read_check(r, c);
		else if (!node_is_blank(c))
			r->ok = node_unknown(c, known, r->diags);
	}
	if (r->ok && !r->n_field)
		r->ok = diag_error(r->diags, root->at, "missing-element", "<dataset> needs a <field>");
	*s = (struct dataset){
		.id = id,
		.title = title,
		.field = r->field,
		.n_field = r->n_field,
		.label = find_label(r->field, r->n_field),
		.total_label = first_total(node_attribute(root, "total"), r->arena),
		.total = utf8_fold_list(node_attribute(root, "total"), r->arena),
		.check = r->check,
		.n_check = r->n_check,
		.at = root->at,
	};
	return r->ok ? s : NULL;
}

bool field_is_number(enum field_type type)
{
	return type == FIELD_COUNT || type == FIELD_MONEY || type == FIELD_RATE || type == FIELD_NUMBER;
}

bool field_is_summed(enum field_type type)
{
	return field_is_number(type) && type != FIELD_RATE;
}

const struct dataset *dataset_read(struct library *library, const char *name, struct origin at,
	struct arena *a, struct diags *d)
{
	struct dataset_reader r = { .arena = a, .diags = d };
	struct library_file file;
	const struct node *root;

	if (!library_find(library, "datasets", name, at, &file, d))
		return NULL;
	root = library_tree(library, &file, "dataset", "urn:kehoach:dataset:1", a, d);
	if (!root)
		return NULL;
	map_init(&r.ids, a);
	map_init(&r.names, a);
	return read_root(&r, root, name);
}
