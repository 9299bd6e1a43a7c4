/* The document security store: what proves a signature long after it was made. Source: ISO 32000-2, 12.8.4.3 */
#include "seal/signing.h"

#include <string.h>

static bool is_stored(const struct revision *r, const struct pdf_object *list, struct bytes der, struct arena *a)
{
	struct diags quiet = { .quiet = true };
	struct bytes bytes;
	bool found = false;

	for (uint32_t i = 0; !found && list->kind == PDF_ARRAY && i < list->n; i++) {
		const struct pdf_object *stream = pdf_item(r->view, list, i);

		found = stream->kind == PDF_STREAM && pdf_stream_data(r->view, stream, a, &bytes, &quiet) && bytes.n == der.n
			&& !memcmp(bytes.data, der.data, der.n);
	}
	diags_clear(&quiet);
	return found;
}

/* The list with what is new; *changed where there is any. */
static struct pdf_object with_new(struct revision *r, const struct pdf_object *list, const struct der_list *der, bool *changed)
{
	struct pdf_object more = list->kind == PDF_ARRAY ? *list : pdf_array(NULL, 0, &r->arena);

	for (size_t i = 0; i < der->n; i++) {
		struct pdf_object stream;
		uint32_t number;

		if (is_stored(r, list, der->der[i], &r->arena))
			continue;
		number = pdf_write_number(&r->writer);
		stream = pdf_deflated(r->deflater, pdf_null, der->der[i].data, der->der[i].n, &r->arena);
		pdf_write_object(&r->writer, number, &stream);
		more = pdf_appended(more, pdf_reference(number), &r->arena);
		*changed = true;
	}
	return more;
}

bool store_add(struct revision *r, const struct evidence *evidence)
{
	const struct pdf_object *reference = pdf_find(&r->catalog, "DSS");
	const struct pdf_object *old = pdf_resolve(r->view, reference);
	const struct {
		const char *key;
		const struct der_list *der;
	} list[] = { { "Certs", &evidence->cert }, { "OCSPs", &evidence->ocsp }, { "CRLs", &evidence->crl } };
	struct pdf_object dss = old->kind == PDF_DICT ? *old : PDF_DICT_OF(&r->arena, { "Type", pdf_name("DSS") });
	bool changed = false;
	uint32_t number;

	for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
		struct pdf_object more = with_new(r, pdf_look(r->view, old, list[i].key), list[i].der, &changed);

		if (more.n)
			dss = pdf_with(dss, list[i].key, more, &r->arena);
	}
	if (!changed)
		return false;
	number = reference->kind == PDF_REFERENCE ? (uint32_t)reference->number : pdf_write_number(&r->writer);
	pdf_write_object(&r->writer, number, &dss);
	if (reference->kind != PDF_REFERENCE)
		revision_set_catalog(r, "DSS", pdf_reference(number));
	return true;
}
