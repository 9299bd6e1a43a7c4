#include "seal/later.h"
#include "seal/lock.h"
#include "seal/signing.h"

bool permit_change(struct revision *r, const struct pdf_field *field)
{
	const struct pdf_field *earlier;
	struct locks locks;

	locks_read(r->view, &r->form, &r->arena, &locks);
	earlier = locks_of(&locks, field->name);
	if (lock_is_total(r->view, &r->form))
		return diag_error(r->d, pdf_origin(r->file), "locked",
			"who certified this file allows no further change, not even a signature");
	if (earlier)
		return diag_error(r->d, pdf_origin(r->file), "locked",
			"the signature in the field %s allows no further change of the field %s", earlier->name, field->name);
	return true;
}

/* A signature of the file as it is that stood in its field in an earlier version too. */
static bool was_signed(struct revision *r, size_t version, bool *was)
{
	struct pdf_form before;

	*was = false;
	if (!pdf_form_read(pdf_view(r->file, version), &r->arena, &before, r->d))
		return false;
	for (size_t i = 0; i < r->form.n_field && !*was; i++) {
		const struct pdf_field *now = &r->form.field[i];
		const struct pdf_field *then = now->type == PDF_FIELD_SIGNATURE && pdf_field_is_filled(now) ? pdf_form_find(&before, now->name) : NULL;

		*was = then && then->value_number == now->value_number;
	}
	return true;
}

/* The first version that changed what a signature before it had signed. */
static bool check_unaltered(struct revision *r)
{
	struct later_list list;

	if (!form_is_signed(&r->form))
		return true;
	if (!later_read(r->file, &r->arena, &list, r->d))
		return false;
	for (size_t i = 0; i < list.n; i++) {
		const struct later *l = &list.item[i];
		bool was = false;

		if (l->kind == LATER_CHANGE && !was_signed(r, l->revision - 1, &was))
			return false;
		if (was)
			return diag_error(r->d, pdf_origin(r->file), "changed",
				"version %zu of the file, which came after a signature, changed %s; what was not approved is not signed: get the file as it was signed, and see what `kehoach verify` says of it",
				l->revision + 1, later_why_text(l->why, r->d));
	}
	return true;
}

/* Behind a signature nothing may come where bytes are hidden. */
static bool check_hidden(struct revision *r, const struct sign_request *request)
{
	uint32_t number;

	if (!pdf_hides_objects(r->file, &number) || (request->level < PADES_LT && !form_is_signed(&r->form)))
		return true;
	return diag_error(r->d, pdf_origin(r->file), "hidden",
		"the file has bytes that look like a part of it and are none (in its object %u): some programs show them once something comes after a signature, so that it would not hold; have the PDF made anew, or sign it once, with --level b or t",
		(unsigned)number);
}

bool permit_signature(struct revision *r, const struct pdf_field *field, const struct sign_request *request)
{
	if (request->certify && form_is_signed(&r->form))
		return diag_error(r->d, pdf_origin(r->file), "certify",
			"only the first signature can certify a file, and this one is signed already; sign without --certify");
	return check_unaltered(r) && check_hidden(r, request) && permit_change(r, field) && order_permits(r, field, request->certify);
}
