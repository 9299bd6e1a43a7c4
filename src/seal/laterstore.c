/* The objects of the DSS: the store itself, its lists, what it says of single signatures. None of them is referred to from
 * elsewhere, so nothing that is shown can hang on them. Source: ISO 32000-2, 12.8.4.3 */
#include "seal/step.h"

struct store {
	struct step *step;
	size_t cap;
};

static bool is_container(const struct step *s, const struct pdf_object *reference)
{
	const struct pdf_object *o = pdf_resolve(s->before, reference);

	return reference->kind == PDF_REFERENCE && (o->kind == PDF_DICT || o->kind == PDF_ARRAY)
	       && refs_of(s->refs, (uint32_t)reference->number) == 1;
}

static void note(struct store *store, const struct pdf_object *reference)
{
	struct step *s = store->step;

	if (is_container(s, reference))
		*ARENA_PUSH(s->arena, s->store, s->n_store, &store->cap) = (uint32_t)reference->number;
}

static void note_lists(struct store *store, const struct pdf_object *dict, const char *const *key)
{
	for (; *key; key++)
		note(store, pdf_find(dict, *key));
}

void step_read_store(struct step *s)
{
	static const char *const lists[] = { "Certs", "OCSPs", "CRLs", "VRI", NULL };
	static const char *const vri_lists[] = { "Cert", "OCSP", "CRL", NULL };
	const struct pdf_object *reference = pdf_find(pdf_catalog(s->before), "DSS");
	const struct pdf_object *dss = pdf_resolve(s->before, reference);
	const struct pdf_object *vri = pdf_look(s->before, dss, "VRI");
	struct store store = { .step = s };

	note(&store, reference);
	note_lists(&store, dss, lists);
	for (uint32_t i = 0; vri->kind == PDF_DICT && i < vri->n; i++) {
		note(&store, &vri->entry[i].value);
		note_lists(&store, pdf_resolve(s->before, &vri->entry[i].value), vri_lists);
	}
	numbers_sort(s->store, s->n_store);
}
