/* IDs of elements, and the tree that finds elements by them. */
#include "pdf/linting.h"

static void check_id(struct lint *l, const struct lint_element *e, const struct pdf_object *id)
{
	const struct lint_leaf *leaf = id->kind == PDF_STRING ? lint_leaf_name(&l->ids, id->text, id->n) : NULL;

	if (!leaf || leaf->value->kind != PDF_REFERENCE || leaf->value->number != e->number)
		lint_found(l, LINT_ID_TREE, LINT_AT(e->number), "/ID %s: %s", lint_text(l, id),
			leaf ? lint_text(l, leaf->value) : "null");
}

/* Each name of the tree is that of the element it leads to. */
static void check_leaf(struct lint *l, const struct lint_leaf *leaf)
{
	const struct lint_object *o = lint_object(l, leaf->value);
	struct pdf_object name = { .kind = PDF_STRING, .n = (uint32_t)leaf->n, .text = leaf->name };

	if (!o || !o->element || !pdf_same(lint_look(l, l->element[o->element - 1].object, "ID"), &name))
		lint_found(l, LINT_ID_TREE, LINT_FILE, "%s %s", lint_text(l, &name), lint_text(l, leaf->value));
}

void lint_ids(struct lint *l)
{
	for (size_t i = 0; i < l->n_element; i++) {
		const struct pdf_object *id = lint_look(l, l->element[i].object, "ID");

		if (id->kind != PDF_NULL)
			check_id(l, &l->element[i], id);
	}
	for (size_t i = 0; i < l->ids.n; i++)
		check_leaf(l, &l->ids.leaf[i]);
}
