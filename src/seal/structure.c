#include "seal/structure.h"

uint32_t reference_number(const struct pdf_object *value)
{
	return value->kind == PDF_REFERENCE && !value->extra ? (uint32_t)value->number : 0;
}

static void find_kids(struct pdf_view view, struct structure *t)
{
	const struct pdf_object *own = pdf_find(t->above, "K");
	const struct pdf_object *kids = pdf_resolve(view, own);

	if (kids->kind == PDF_ARRAY) {
		t->kid = kids->item;
		t->n_kid = kids->n;
		t->list_number = reference_number(own);
	} else if (kids->kind != PDF_NULL) {
		t->kid = own;
		t->n_kid = 1;
	}
}

struct structure structure_of(struct pdf_view view)
{
	const struct pdf_object *root = pdf_find(pdf_catalog(view), "StructTreeRoot");
	struct structure t = { .root = pdf_resolve(view, root), .root_number = reference_number(root) };
	const struct pdf_object *top = pdf_find(t.root, "K");
	const struct pdf_object *tops = pdf_resolve(view, top);

	if (tops->kind == PDF_ARRAY && tops->n)
		top = &tops->item[0];
	t.above = pdf_resolve(view, top);
	t.above_number = reference_number(top);
	t.parents = pdf_look(view, t.root, "ParentTree");
	t.parents_number = reference_number(pdf_find(t.root, "ParentTree"));
	find_kids(view, &t);
	return t;
}
