#include "seal/order.h"

#include "seal/signing.h"

#include <string.h>

/* "signer", "signer2". */
static bool is_called(const struct pdf_field *field, const char *name)
{
	size_t n = strlen(name);

	return field->type == PDF_FIELD_SIGNATURE && !strncmp(field->name, name, n)
	       && field->name[n + strspn(field->name + n, "0123456789")] == '\0';
}

static const struct pdf_field *find(const struct pdf_form *form, const char *name, bool filled)
{
	for (size_t i = 0; i < form->n_field; i++)
		if (is_called(&form->field[i], name) && pdf_field_is_filled(&form->field[i]) == filled)
			return &form->field[i];
	return NULL;
}

bool order_is_turn(const struct pdf_form *form, const struct pdf_field *field)
{
	return !is_called(field, SEAL_FIELD) || !find(form, SIGNER_FIELD, false);
}

bool order_is_seal(const struct pdf_field *field)
{
	return is_called(field, SEAL_FIELD);
}

const struct pdf_field *order_next(const struct pdf_form *form, const struct pdf_field *but)
{
	for (size_t i = 0; i < form->n_field; i++) {
		const struct pdf_field *field = &form->field[i];

		if ((is_called(field, SIGNER_FIELD) || is_called(field, SEAL_FIELD)) && !pdf_field_is_filled(field)
			&& strcmp(field->name, but->name) != 0)
			return field;
	}
	return NULL;
}

static bool waits(const struct pdf_form *form, const char *name)
{
	const struct pdf_field *field = pdf_form_find(form, name);

	return field && field->type == PDF_FIELD_TEXT && field->number && !pdf_field_is_filled(field)
	       && !(field->flags & PDF_FIELD_READ_ONLY);
}

bool order_lacks_number(const struct pdf_form *form)
{
	return waits(form, "number");
}

bool order_lacks_day(const struct pdf_form *form)
{
	return waits(form, "date") || waits(form, "month");
}

bool order_permits(struct revision *r, const struct pdf_field *field, int certify)
{
	const struct pdf_field *next = certify == 1 ? order_next(&r->form, field) : NULL;
	const struct pdf_field *signer = is_called(field, SEAL_FIELD) ? find(&r->form, SIGNER_FIELD, false) : NULL;
	const struct pdf_field *seal = is_called(field, SIGNER_FIELD) ? find(&r->form, SEAL_FIELD, true) : NULL;

	if (signer)
		return diag_error(r->d, pdf_origin(r->file), "order",
			"the field %s is not signed yet, and a document is sealed when all have signed it; sign the field %s first, then %s",
			signer->name, signer->name, field->name);
	if (seal)
		return diag_error(r->d, pdf_origin(r->file), "order",
			"the field %s is sealed already, and nobody signs a document behind its seal; begin anew with the file as it was before "
			"the seal: sign the field %s, then %s",
			seal->name, field->name, seal->name);
	if (next)
		return diag_error(r->d, pdf_origin(r->file), "certify",
			"--certify 1 allows no further change, and the field %s waits to be signed: it never could be; sign with --certify 2, or "
			"without --certify",
			next->name);
	return true;
}

const struct pdf_field *order_office_field(const struct pdf_form *form)
{
	const struct pdf_field *field = pdf_form_find(form, SEAL_FIELD);

	if (!field || field->type != PDF_FIELD_SIGNATURE)
		field = pdf_form_find(form, ISSUE_FIELD);
	return field && field->type == PDF_FIELD_SIGNATURE ? field : NULL;
}
