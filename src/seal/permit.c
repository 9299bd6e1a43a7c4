#include "seal/lock.h"
#include "seal/signing.h"

bool permit_change(struct revision *r, const struct pdf_field *field)
{
	const struct pdf_field *earlier = lock_of(r->view, &r->form, field->name, &r->arena);

	if (lock_is_total(r->view, &r->form))
		return diag_error(r->d, pdf_origin(r->file), "locked",
			"who certified this file allows no further change, not even a signature");
	if (earlier)
		return diag_error(r->d, pdf_origin(r->file), "locked",
			"the signature in the field %s allows no further change of the field %s", earlier->name, field->name);
	return true;
}

bool permit_signature(struct revision *r, const struct pdf_field *field, const struct sign_request *request)
{
	if (request->certify && form_is_signed(&r->form))
		return diag_error(r->d, pdf_origin(r->file), "certify",
			"only the first signature can certify a file, and this one is signed already; sign without --certify");
	return permit_change(r, field) && order_permits(r, field);
}
