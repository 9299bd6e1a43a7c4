#include "seal/lock.h"

#include <string.h>

enum { PERMISSION_DEFAULT = 2 };

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

bool lock_is_total(struct pdf_view view)
{
	const struct pdf_object *permissions = pdf_look(view, pdf_catalog(view), "Perms");
	const struct pdf_object *signature = pdf_look(view, permissions, "DocMDP");
	const struct pdf_object *p = pdf_look(view, transform(view, signature, "DocMDP"), "P");

	return signature->kind != PDF_NULL && (p->kind == PDF_INTEGER ? p->number : PERMISSION_DEFAULT) == 1;
}

static bool is_listed(struct pdf_view view, const struct pdf_object *list, const char *name, struct arena *a)
{
	for (uint32_t i = 0; list->kind == PDF_ARRAY && i < list->n; i++) {
		const struct pdf_object *item = pdf_item(view, list, i);
		const char *text = item->kind == PDF_STRING ? pdf_text_utf8(item, a) : NULL;

		if (text && !strcmp(text, name))
			return true;
	}
	return false;
}

static bool locks(struct pdf_view view, const struct pdf_object *signature, const char *name, struct arena *a)
{
	const struct pdf_object *lock = transform(view, signature, "FieldMDP");
	const struct pdf_object *action = pdf_look(view, lock, "Action");
	bool listed = is_listed(view, pdf_look(view, lock, "Fields"), name, a);

	return pdf_name_is(action, "All") || (pdf_name_is(action, "Include") && listed) || (pdf_name_is(action, "Exclude") && !listed);
}

const struct pdf_field *lock_of(struct pdf_view view, const struct pdf_form *form, const char *name, struct arena *a)
{
	for (size_t i = 0; i < form->n_field; i++)
		if (is_signed(&form->field[i]) && locks(view, form->field[i].value, name, a))
			return &form->field[i];
	return NULL;
}
