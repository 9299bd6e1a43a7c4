#include "seal/lock.h"

#include <string.h>

enum { PERMISSION_DEFAULT = 2, PERMISSION_MAX = 3, LISTED_FIELDS_MAX = 1000, REFERENCES_MAX = 32 };

/* What one transform or /Lock of a signed field forbids. */
struct lock {
	const struct pdf_field *field;
	bool all_but; /* all fields, but for those named; else those */
	const char **name; /* [n] */
	size_t n;
};

bool field_is_signed(const struct pdf_field *field)
{
	return field->type == PDF_FIELD_SIGNATURE && pdf_field_is_filled(field);
}

bool form_is_signed(const struct pdf_form *form)
{
	for (size_t i = 0; i < form->n_field; i++)
		if (field_is_signed(&form->field[i]))
			return true;
	return false;
}

/* The parameters of a signature's transform of that method; null: none. */
static const struct pdf_object *transform(struct pdf_view view, const struct pdf_object *signature, const char *method)
{
	const struct pdf_object *list = pdf_look(view, signature, "Reference");

	for (uint32_t i = 0; list->kind == PDF_ARRAY && i < list->n && i < REFERENCES_MAX; i++) {
		const struct pdf_object *reference = pdf_item(view, list, i);

		if (pdf_name_is(pdf_look(view, reference, "TransformMethod"), method))
			return pdf_look(view, reference, "TransformParams");
	}
	return &pdf_null;
}

/* What was not looked at may forbid anything. */
static bool has_too_many(const struct pdf_object *list)
{
	return list->kind == PDF_ARRAY && list->n > REFERENCES_MAX;
}

/* /P of a DocMDP transform; a value that ISO 32000 does not know is taken for the strictest. */
static int64_t permission(struct pdf_view view, const struct pdf_object *signature)
{
	const struct pdf_object *parameters = transform(view, signature, "DocMDP");
	const struct pdf_object *p = pdf_look(view, parameters, "P");

	if (has_too_many(pdf_look(view, signature, "Reference")))
		return 1;
	if (p->kind == PDF_NULL)
		return PERMISSION_DEFAULT;
	return p->kind == PDF_INTEGER && p->number >= 1 && p->number <= PERMISSION_MAX ? p->number : 1;
}

bool lock_is_total(struct pdf_view view, const struct pdf_form *form)
{
	const struct pdf_object *permissions = pdf_look(view, pdf_catalog(view), "Perms");

	if (permission(view, pdf_look(view, permissions, "DocMDP")) == 1)
		return true;
	for (size_t i = 0; i < form->n_field; i++) {
		const struct pdf_field *field = &form->field[i];
		const struct pdf_object *lock = pdf_look(view, pdf_look(view, field->dict, "Lock"), "P");

		if (field_is_signed(field) && (permission(view, field->value) == 1 || (lock->kind == PDF_INTEGER && lock->number == 1)))
			return true;
	}
	return false;
}

/* The field itself, or one below it. */
static bool is_of(const char *name, const char *above)
{
	size_t n = strlen(above);

	return !strncmp(name, above, n) && (!name[n] || name[n] == '.');
}

static bool is_listed(const struct lock *lock, const char *name)
{
	for (size_t i = 0; i < lock->n; i++)
		if (is_of(name, lock->name[i]))
			return true;
	return false;
}

static void read_names(struct pdf_view view, const struct pdf_object *list, struct arena *a, struct lock *lock)
{
	lock->name = ARENA_ARRAY(a, list->n, const char *);
	for (uint32_t i = 0; i < list->n; i++) {
		const char *text = pdf_field_name_text(pdf_item(view, list, i), a);

		if (text)
			lock->name[lock->n++] = text;
	}
}

/* By a FieldMDP transform, or by /Lock of the field that was signed. What cannot be told is locked. */
static void add_lock(struct pdf_view view, const struct pdf_field *field, const struct pdf_object *dict, struct arena *a, struct locks *l)
{
	const struct pdf_object *action = pdf_look(view, dict, "Action");
	const struct pdf_object *fields = pdf_look(view, dict, "Fields");
	bool is_include = pdf_name_is(action, "Include");
	struct lock lock = { .field = field, .all_but = !is_include };

	if (dict->kind == PDF_NULL)
		return;
	if (fields->kind == PDF_ARRAY && fields->n > LISTED_FIELDS_MAX - l->n_name)
		lock.all_but = true;
	else if (fields->kind == PDF_ARRAY && (is_include || pdf_name_is(action, "Exclude")))
		read_names(view, fields, a, &lock);
	l->n_name += lock.n;
	*ARENA_PUSH(a, l->item, l->n, &l->cap) = lock;
}

void locks_read(struct pdf_view view, const struct pdf_form *form, struct arena *a, struct locks *l)
{
	*l = (struct locks){ 0 };
	for (size_t i = 0; i < form->n_field; i++) {
		const struct pdf_field *field = &form->field[i];

		if (!field_is_signed(field))
			continue;
		add_lock(view, field, transform(view, field->value, "FieldMDP"), a, l);
		add_lock(view, field, pdf_look(view, field->dict, "Lock"), a, l);
	}
}

const struct pdf_field *locks_of(const struct locks *l, const char *name)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->item[i].all_but != is_listed(&l->item[i], name))
			return l->item[i].field;
	return NULL;
}
