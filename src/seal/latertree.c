/* What revisions add to the structure tree: for each new field that nobody sees a Form at the end of the first element, with nothing in it
 * but that field, and the key of the parent tree that leads to it. Either all that is changed of the tree is just that, or all of it is a
 * change: a Form with a text of its own, or a key that leads elsewhere, would tell those who do not see something that nobody signed. */
#include "seal/step.h"
#include "seal/structure.h"

/* A key that is new. */
struct lead {
	int64_t key;
	const struct pdf_object *element; /* a reference */
};

struct leads {
	struct lead lead[STEP_SIGNATURES_MAX];
	size_t n;
	int64_t last; /* key so far, -1: none */
};

/* ---- keys ---- */

static bool begins_with(const struct pdf_object *before, const struct pdf_object *after)
{
	if (before->kind != PDF_ARRAY || after->kind != PDF_ARRAY || after->n < before->n)
		return false;
	for (uint32_t i = 0; i < before->n; i++)
		if (!pdf_same(&before->item[i], &after->item[i]))
			return false;
	return true;
}

static bool pass_key(const struct pdf_object *key, struct leads *l)
{
	if (key->kind != PDF_INTEGER)
		return false;
	l->last = key->number > l->last ? key->number : l->last;
	return true;
}

/* Behind all keys so far. */
static bool take_lead(const struct pdf_object *key, const struct pdf_object *element, struct leads *l)
{
	if (l->n == STEP_SIGNATURES_MAX || key->kind != PDF_INTEGER || key->number <= l->last)
		return false;
	l->lead[l->n++] = (struct lead){ key->number, element };
	l->last = key->number;
	return true;
}

static bool take_numbers(const struct step *s, const struct pdf_object *before, const struct pdf_object *after, struct leads *l)
{
	if (!begins_with(before, after) || before->n % 2 || after->n % 2)
		return false;
	for (uint32_t i = 0; i < before->n; i += 2)
		if (!pass_key(pdf_item(s->before, before, i), l))
			return false;
	for (uint32_t i = before->n; i < after->n; i += 2)
		if (!take_lead(&after->item[i], &after->item[i + 1], l))
			return false;
	return true;
}

static bool is_new(const struct step *s, uint32_t number)
{
	return number && pdf_get(s->before, number)->kind == PDF_NULL && !refs_of(s->refs, number);
}

/* A new node with one key. */
static bool take_node(const struct step *s, const struct pdf_object *reference, struct leads *l)
{
	static const char *const may[] = { "Limits", "Nums", NULL };
	const struct pdf_object *node = pdf_resolve(s->after, reference);
	const struct pdf_object *limits = pdf_find(node, "Limits");
	const struct pdf_object *numbers = pdf_find(node, "Nums");

	return is_new(s, reference_number(reference)) && node->kind == PDF_DICT && has_only(node, may) && limits->kind == PDF_ARRAY
	       && limits->n == 2 && numbers->kind == PDF_ARRAY && numbers->n == 2 && pdf_same(&limits->item[0], &numbers->item[0])
	       && pdf_same(&limits->item[1], &numbers->item[0]) && take_lead(&numbers->item[0], &numbers->item[1], l);
}

static bool take_nodes(const struct step *s, const struct pdf_object *before, const struct pdf_object *after, struct leads *l)
{
	if (!begins_with(before, after))
		return false;
	for (uint32_t i = 0; i < before->n; i++)
		if (!pass_key(pdf_item(s->before, pdf_look(s->before, pdf_item(s->before, before, i), "Limits"), 1), l))
			return false;
	for (uint32_t i = before->n; i < after->n; i++)
		if (!take_node(s, &after->item[i], l))
			return false;
	return true;
}

static bool take_keys(const struct step *s, const struct pdf_object *before, const struct pdf_object *after, struct leads *l)
{
	static const char *const numbers[] = { "Nums", NULL };
	static const char *const kids[] = { "Kids", NULL };

	if (pdf_has(before, "Kids"))
		return pdf_same_but(before, after, kids) && take_nodes(s, pdf_find(before, "Kids"), pdf_find(after, "Kids"), l);
	return pdf_same_but(before, after, numbers) && take_numbers(s, pdf_find(before, "Nums"), pdf_find(after, "Nums"), l);
}

/* The next key is the one behind the last; where it was not said, it is not said now. */
static bool next_key_fits(const struct structure *before, const struct structure *after, const struct leads *l)
{
	static const char *const may[] = { "ParentTreeNextKey", NULL };
	const struct pdf_object *was = pdf_find(before->root, may[0]);
	const struct pdf_object *is = pdf_find(after->root, may[0]);

	return pdf_same_but(before->root, after->root, may)
	       && (was->kind == PDF_INTEGER ? is->kind == PDF_INTEGER && is->number == l->last + 1 : pdf_same(was, is));
}

/* ---- elements ---- */

/* The only kid: a reference to a new field; NULL: it is something else. */
static const struct pdf_field *field_in(const struct step *s, const struct pdf_object *element)
{
	static const char *const may[] = { "Type", "Obj", "Pg", NULL };
	const struct pdf_object *kid = pdf_find(element, "K");
	const struct pdf_object *object;

	if (kid->kind == PDF_ARRAY && kid->n == 1)
		kid = &kid->item[0];
	object = pdf_find(kid, "Obj");
	return kid->kind == PDF_DICT && has_only(kid, may) && pdf_name_is(pdf_find(kid, "Type"), "OBJR") && is_new_field(s, object)
			       && (!pdf_has(kid, "Pg") || pdf_same(pdf_find(kid, "Pg"), pdf_find(element, "Pg")))
		       ? field_at(&s->index_after, (uint32_t)object->number)
		       : NULL;
}

static bool is_form(const struct step *s, const struct pdf_object *reference, const struct structure *t, int64_t key)
{
	static const char *const may[] = { "Type", "S", "P", "K", "Pg", NULL };
	const struct pdf_object *element = pdf_resolve(s->after, reference);
	const struct pdf_object *type = pdf_find(element, "Type");
	const struct pdf_field *field = field_in(s, element);
	const struct pdf_object *own = field ? pdf_find(field->dict, "StructParent") : &pdf_null;

	return field && is_new(s, reference_number(reference)) && element->kind == PDF_DICT && has_only(element, may)
	       && (type->kind == PDF_NULL || pdf_name_is(type, "StructElem")) && pdf_name_is(pdf_find(element, "S"), "Form")
	       && reference_number(pdf_find(element, "P")) == t->above_number
	       && pdf_same(pdf_find(element, "Pg"), pdf_find(field->dict, "P")) && own->kind == PDF_INTEGER && own->number == key;
}

/* The same kids, and behind them one for each new key, in their order. */
static bool kids_fit(const struct step *s, const struct structure *before, const struct structure *after, const struct leads *l)
{
	static const char *const may[] = { "K", NULL };

	if (!pdf_same_but(before->above, after->above, may) || after->n_kid - before->n_kid != l->n || after->n_kid < before->n_kid)
		return false;
	for (uint32_t i = 0; i < before->n_kid; i++)
		if (!pdf_same(&before->kid[i], &after->kid[i]))
			return false;
	for (size_t i = 0; i < l->n; i++)
		if (!pdf_same(&after->kid[before->n_kid + i], l->lead[i].element)
			|| !is_form(s, l->lead[i].element, after, l->lead[i].key))
			return false;
	return true;
}

/* ---- */

static bool only_grows(const struct step *s, const struct structure *before)
{
	struct structure after = structure_of(s->after);
	struct leads leads = { .last = -1 };

	if (!before->root_number || !before->above_number || !before->parents_number || after.root_number != before->root_number
		|| after.above_number != before->above_number || after.parents_number != before->parents_number)
		return false;
	return refs_of(s->refs, before->parents_number) == 1
	       && (!before->list_number || refs_of(s->refs, before->list_number) == 1) && take_keys(s, before->parents, after.parents, &leads)
	       && next_key_fits(before, &after, &leads) && kids_fit(s, before, &after, &leads);
}

void step_read_tree(struct step *s)
{
	struct structure before = structure_of(s->before);
	uint32_t part[TREE_PARTS] = { before.root_number, before.above_number, before.parents_number, before.list_number };

	for (size_t i = 0; i < TREE_PARTS; i++)
		s->tree[i] = part[i];
	s->tree_grows = s->n_new_field && only_grows(s, &before);
}

bool is_of_tree(const struct step *s, uint32_t number)
{
	for (size_t i = 0; i < TREE_PARTS; i++)
		if (number && s->tree[i] == number)
			return true;
	return false;
}
