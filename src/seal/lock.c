#include "seal/lock.h"

#include <string.h>

enum { PERMISSION_DEFAULT = 2, PERMISSION_MAX = 3, LISTED_FIELDS_MAX = 500 };

static bool is_signed(const struct pdf_field *field)
{
	return field->type == PDF_FIELD_SIGNATURE && pdf_field_is_filled(field);
}

bool form_is_signed(const struct pdf_form *form)
{
	for (size_t i = 0; i < form->n_field; i++)
		if (is_signed(&form->field[i]))
			return true;
	return false;
}

/* The parameters of a signature's transform of that method; null: none. */
static const struct pdf_object *transform(struct pdf_view view, const struct pdf_object *signature, const char *method)
{
	const struct pdf_object *list = pdf_look(view, signature, "Reference");

	for (uint32_t i = 0; list->kind == PDF_ARRAY && i < list->n; i++) {
		const struct pdf_object *reference = pdf_item(view, list, i);

		if (pdf_name_is(pdf_look(view, reference, "TransformMethod"), method))
			return pdf_look(view, reference, "TransformParams");
	}
	return &pdf_null;
}

/* /P of a DocMDP transform; a value that ISO 32000 does not know is taken for the strictest. */
static int64_t permission(struct pdf_view view, const struct pdf_object *signature)
{
	const struct pdf_object *parameters = transform(view, signature, "DocMDP");
	const struct pdf_object *p = pdf_look(view, parameters, "P");

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

		if (is_signed(field) && (permission(view, field->value) == 1 || (lock->kind == PDF_INTEGER && lock->number == 1)))
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

static bool is_listed(struct pdf_view view, const struct pdf_object *list, const char *name, struct arena *a)
{
	for (uint32_t i = 0; list->kind == PDF_ARRAY && i < list->n; i++) {
		const struct pdf_object *item = pdf_item(view, list, i);
		const char *text = item->kind == PDF_STRING ? pdf_text_utf8(item, a) : NULL;

		if (text && is_of(name, text))
			return true;
	}
	return false;
}

/* By a FieldMDP transform, or by /Lock of the field that was signed. What cannot be told is locked. */
static bool lock_has(struct pdf_view view, const struct pdf_object *lock, const char *name, struct arena *a)
{
	const struct pdf_object *action = pdf_look(view, lock, "Action");
	const struct pdf_object *fields = pdf_look(view, lock, "Fields");

	if (lock->kind == PDF_NULL)
		return false;
	if (fields->kind == PDF_ARRAY && fields->n > LISTED_FIELDS_MAX)
		return true;
	if (pdf_name_is(action, "Include"))
		return is_listed(view, fields, name, a);
	return !pdf_name_is(action, "Exclude") || !is_listed(view, fields, name, a);
}

static bool locks(struct pdf_view view, const struct pdf_field *field, const char *name, struct arena *a)
{
	return lock_has(view, transform(view, field->value, "FieldMDP"), name, a)
	       || lock_has(view, pdf_look(view, field->dict, "Lock"), name, a);
}

const struct pdf_field *lock_of(struct pdf_view view, const struct pdf_form *form, const char *name, struct arena *a)
{
	for (size_t i = 0; i < form->n_field; i++)
		if (is_signed(&form->field[i]) && locks(view, &form->field[i], name, a))
			return &form->field[i];
	return NULL;
}
