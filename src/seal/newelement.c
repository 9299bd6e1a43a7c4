/* The element of a new field, where the file claims that all it shows has one: a Form at the end of the first element of the structure tree,
 * and a key of the parent tree that leads to it. It changes what latertree.c allows to change, and nothing else.
 *
 * Source: ISO 32000-2, 14.7.5; ISO 14289-1, 7.18.1 and 7.18.4
 */
#include "seal/refs.h"
#include "seal/signing.h"
#include "seal/structure.h"

enum { KEY_MAX = INT32_MAX - 1 };

/* What takes the element. */
struct place {
	struct structure tree;
	int64_t key; /* that leads to it */
};

/* ---- the parent tree ---- */

static bool take_key(const struct pdf_object *key, int64_t *next)
{
	if (key->kind != PDF_INTEGER || key->number < 0 || key->number >= KEY_MAX)
		return false;
	*next = key->number >= *next ? key->number + 1 : *next;
	return true;
}

/* One more than the highest key. */
static bool find_key(const struct revision *r, struct place *p)
{
	const struct pdf_object *numbers = pdf_find(p->tree.parents, "Nums");
	const struct pdf_object *kids = pdf_find(p->tree.parents, "Kids");
	const struct pdf_object *next = pdf_find(p->tree.root, "ParentTreeNextKey");
	bool ok = kids->kind == PDF_ARRAY ? numbers->kind == PDF_NULL
					  : kids->kind == PDF_NULL && numbers->kind == PDF_ARRAY && numbers->n % 2 == 0;

	if (next->kind == PDF_INTEGER && next->number > 0 && next->number < KEY_MAX)
		p->key = next->number;
	else
		ok = ok && next->kind == PDF_NULL;
	for (uint32_t i = 0; ok && numbers->kind == PDF_ARRAY && i < numbers->n; i += 2)
		ok = take_key(pdf_item(r->view, numbers, i), &p->key);
	for (uint32_t i = 0; ok && kids->kind == PDF_ARRAY && i < kids->n; i++)
		ok = take_key(pdf_item(r->view, pdf_look(r->view, pdf_item(r->view, kids, i), "Limits"), 1), &p->key);
	return ok;
}

/* Where the tree has nodes below its root, the key becomes a node of its own. */
static void add_key(struct revision *r, const struct place *p, uint32_t element)
{
	const struct pdf_object *kids = pdf_find(p->tree.parents, "Kids");
	struct pdf_object key = pdf_integer(p->key);
	struct pdf_object more;
	struct pdf_object leaf;
	uint32_t number;

	if (kids->kind != PDF_ARRAY) {
		more = pdf_appended(*pdf_find(p->tree.parents, "Nums"), key, &r->arena);
		more = pdf_with(*p->tree.parents, "Nums", pdf_appended(more, pdf_reference(element), &r->arena), &r->arena);
	} else {
		number = pdf_write_number(&r->writer);
		leaf = PDF_DICT_OF(&r->arena, { "Limits", PDF_ARRAY_OF(&r->arena, key, key) },
			{ "Nums", PDF_ARRAY_OF(&r->arena, key, pdf_reference(element)) });
		pdf_write_object(&r->writer, number, &leaf);
		more = pdf_with(*p->tree.parents, "Kids", pdf_appended(*kids, pdf_reference(number), &r->arena), &r->arena);
	}
	pdf_write_object(&r->writer, p->tree.parents_number, &more);
	if (!pdf_has(p->tree.root, "ParentTreeNextKey"))
		return;
	more = pdf_with(*p->tree.root, "ParentTreeNextKey", pdf_integer(p->key + 1), &r->arena);
	pdf_write_object(&r->writer, p->tree.root_number, &more);
}

/* ---- the element ---- */

/* Whoever else had the list would be changed along. */
static bool kids_can_grow(const struct revision *r, const struct structure *t)
{
	return !t->list_number || refs_once(r->file, t->list_number);
}

static void add_kid(struct revision *r, const struct structure *t, uint32_t element)
{
	struct pdf_object more = pdf_appended(pdf_array(t->kid, t->n_kid, &r->arena), pdf_reference(element), &r->arena);

	if (t->list_number) {
		pdf_write_object(&r->writer, t->list_number, &more);
		return;
	}
	more = pdf_with(*t->above, "K", more, &r->arena);
	pdf_write_object(&r->writer, t->above_number, &more);
}

static void write_element(struct revision *r, const struct place *p, const struct pdf_field *field, uint32_t number)
{
	struct pdf_object page = pdf_reference(field->page);
	struct pdf_object kid = PDF_DICT_OF(
		&r->arena, { "Type", pdf_name("OBJR") }, { "Obj", pdf_reference(field->number) }, { "Pg", page });
	struct pdf_object element = PDF_DICT_OF(&r->arena, { "Type", pdf_name("StructElem") }, { "S", pdf_name("Form") },
		{ "P", pdf_reference(p->tree.above_number) }, { "Pg", page }, { "K", kid });

	pdf_write_object(&r->writer, number, &element);
}

/* ---- */

enum place_flaw { PLACE_GOOD, PLACE_NONE, PLACE_ELEMENT, PLACE_PARENTS, PLACE_ROLE, PLACE_TABS };

static enum place_flaw check_place(const struct revision *r, struct place *p, uint32_t page)
{
	const struct structure *t = &p->tree;
	const struct pdf_object *tabs = pdf_look(r->view, pdf_get(r->view, page), "Tabs");

	if (!t->root_number || t->root->kind != PDF_DICT)
		return PLACE_NONE;
	if (!t->above_number || t->above->kind != PDF_DICT || !kids_can_grow(r, t))
		return PLACE_ELEMENT;
	if (!t->parents_number || t->parents->kind != PDF_DICT || !find_key(r, p) || !refs_once(r->file, t->parents_number))
		return PLACE_PARENTS;
	if (pdf_has(pdf_look(r->view, t->root, "RoleMap"), "Form"))
		return PLACE_ROLE;
	return tabs->kind == PDF_NULL || pdf_name_is(tabs, "S") ? PLACE_GOOD : PLACE_TABS;
}

static bool no_place(const struct revision *r, const struct pdf_field *field, enum place_flaw flaw)
{
	static const char *const text[] = {
		[PLACE_GOOD] = "nothing",
		[PLACE_NONE] = "there is none",
		[PLACE_ELEMENT] = "its first element is none that can be continued",
		[PLACE_PARENTS] = "its parent tree is none that can be continued",
		[PLACE_ROLE] = "in it a Form is something else",
		[PLACE_TABS] = "the fields of the first page do not come in its order",
	};

	return diag_error(r->d, pdf_origin(r->file), "accessible",
		"the file claims to be PDF/UA-1, and its structure tree does not take the new field %s: %s; have the file made with an "
		"empty field for it, or, where it is for a timestamp, sign at level lt",
		field->name, diag_say(r->d, text[flaw]));
}

bool element_add(struct revision *r, struct pdf_field *field)
{
	struct pdf_object *dict = ARENA_NEW(&r->arena, struct pdf_object);
	struct place place = { .tree = structure_of(r->view) };
	enum place_flaw flaw = check_place(r, &place, field->page);
	uint32_t number;

	if (flaw)
		return no_place(r, field, flaw);
	number = pdf_write_number(&r->writer);
	write_element(r, &place, field, number);
	add_kid(r, &place.tree, number);
	add_key(r, &place, number);
	*dict = pdf_with(*field->dict, "StructParent", pdf_integer(place.key), &r->arena);
	field->dict = field->widget = dict;
	return true;
}
