/* The structure tree: its elements in the order of levels, with their kids. */
#include "pdf/linting.h"

#include <stdlib.h>
#include <string.h>

enum { ROLE_STEPS_MAX = 16 };

static const struct {
	const char *name;
	enum lint_role role;
} standard[] = {
	{ "Document", ROLE_DOCUMENT }, { "Part", ROLE_GROUP }, { "Art", ROLE_GROUP }, { "Sect", ROLE_GROUP }, { "Div", ROLE_GROUP },
	{ "BlockQuote", ROLE_GROUP }, { "Caption", ROLE_CAPTION }, { "TOC", ROLE_TOC }, { "TOCI", ROLE_TOCI }, { "Index", ROLE_GROUP },
	{ "NonStruct", ROLE_GROUP }, { "Private", ROLE_GROUP }, { "P", ROLE_P }, { "H", ROLE_H }, { "H1", ROLE_H1 }, { "H2", ROLE_H2 },
	{ "H3", ROLE_H3 }, { "H4", ROLE_H4 }, { "H5", ROLE_H5 }, { "H6", ROLE_H6 }, { "L", ROLE_L }, { "LI", ROLE_LI },
	{ "Lbl", ROLE_LBL }, { "LBody", ROLE_LBODY }, { "Table", ROLE_TABLE }, { "TR", ROLE_TR }, { "TH", ROLE_TH }, { "TD", ROLE_TD },
	{ "THead", ROLE_THEAD }, { "TBody", ROLE_TBODY }, { "TFoot", ROLE_TFOOT }, { "Span", ROLE_INLINE }, { "Quote", ROLE_INLINE },
	{ "Note", ROLE_NOTE }, { "Reference", ROLE_INLINE }, { "BibEntry", ROLE_BIB }, { "Code", ROLE_INLINE }, { "Link", ROLE_LINK },
	{ "Annot", ROLE_ANNOT }, { "Ruby", ROLE_RUBY }, { "RB", ROLE_RUBY_PART }, { "RT", ROLE_RUBY_PART }, { "RP", ROLE_RUBY_PART },
	{ "Warichu", ROLE_WARICHU }, { "WT", ROLE_WARICHU_PART }, { "WP", ROLE_WARICHU_PART }, { "Figure", ROLE_FIGURE },
	{ "Formula", ROLE_FORMULA }, { "Form", ROLE_FORM },
};

static enum lint_role standard_role(const struct pdf_object *name)
{
	for (size_t i = 0; i < sizeof standard / sizeof *standard; i++)
		if (pdf_name_is(name, standard[i].name))
			return standard[i].role;
	return ROLE_NONE;
}

static const struct pdf_object *struct_root(struct lint *l)
{
	return lint_look(l, pdf_catalog(l->view), "StructTreeRoot");
}

static enum lint_role role_of(struct lint *l, const struct pdf_object *name)
{
	const struct pdf_object *map = lint_look(l, struct_root(l), "RoleMap");
	enum lint_role role = standard_role(name);

	for (size_t i = 0; role == ROLE_NONE && name->kind == PDF_NAME && i < ROLE_STEPS_MAX; i++) {
		char key[128];

		if (name->n >= sizeof key)
			break;
		memcpy(key, name->text, name->n);
		key[name->n] = '\0';
		name = lint_look(l, map, key);
		role = standard_role(name);
	}
	return role;
}

static void check_role_map(struct lint *l)
{
	const struct pdf_object *map = lint_look(l, struct_root(l), "RoleMap");

	for (uint32_t i = 0; lint_is_dict(map) && i < map->n; i++) {
		struct pdf_object key = { .kind = PDF_NAME, .n = map->entry[i].n_key, .text = map->entry[i].key };

		if (standard_role(&key) != ROLE_NONE || role_of(l, &key) == ROLE_NONE)
			lint_found(l, LINT_ROLE_MAP, LINT_FILE, "%s %s", lint_text(l, &key), lint_text(l, &map->entry[i].value));
	}
}

/* ---- kids ---- */

static uint32_t page_index(struct lint *l, const struct pdf_object *reference, uint32_t otherwise)
{
	const struct lint_object *o = lint_object(l, reference);

	if (reference->kind == PDF_NULL)
		return otherwise;
	return o && o->page ? o->page - 1 : NO_PAGE;
}

static void add_kid(struct lint *l, size_t parent, struct lint_kid kid)
{
	*ARENA_PUSH(&l->arena, l->kid, l->n_kid, &l->cap_kid) = kid;
	l->element[parent].n_kid++;
}

static void add_mark(struct lint *l, size_t parent, const struct pdf_object *mcid, uint32_t page)
{
	if (mcid->kind != PDF_INTEGER || mcid->number < 0 || mcid->number > INT32_MAX || page == NO_PAGE) {
		lint_found(l, LINT_STRUCT_KID, LINT_AT(l->element[parent].number), "/K %s", lint_text(l, mcid));
		return;
	}
	add_kid(l, parent, (struct lint_kid){ KID_MARK, (uint32_t)mcid->number, page });
	*ARENA_PUSH(&l->arena, l->owned, l->n_owned, &l->cap_owned) =
		(struct lint_mark){ page, (uint32_t)mcid->number, (uint32_t)parent };
}

/* parent: NO_ELEMENT for the root. */
static bool add_element(struct lint *l, size_t parent, const struct pdf_object *reference)
{
	const struct pdf_object *object = pdf_resolve(l->view, reference);
	struct lint_object *known = lint_object(l, reference);
	struct lint_element e = { .object = object, .parent = (uint32_t)parent };

	if (!known || known->element || object->kind != PDF_DICT)
		return false;
	e.number = (uint32_t)reference->number;
	e.page = page_index(l, pdf_find(object, "Pg"), parent == NO_ELEMENT ? NO_PAGE : l->element[parent].page);
	e.role = (uint8_t)role_of(l, lint_look(l, object, "S"));
	*ARENA_PUSH(&l->arena, l->element, l->n_element, &l->cap_element) = e;
	known->element = (uint32_t)l->n_element;
	return true;
}

static void add_object(struct lint *l, size_t parent, const struct pdf_object *kid)
{
	const struct pdf_object *reference = pdf_find(kid, "Obj");
	uint32_t page = page_index(l, pdf_find(kid, "Pg"), l->element[parent].page);

	if (!lint_object(l, reference) || page == NO_PAGE)
		lint_found(l, LINT_STRUCT_KID, LINT_AT(l->element[parent].number), "/OBJR %s", lint_text(l, reference));
	else
		add_kid(l, parent, (struct lint_kid){ KID_OBJECT, (uint32_t)reference->number, page });
}

static void take_kid(struct lint *l, size_t parent, const struct pdf_object *kid)
{
	const struct pdf_object *object = pdf_resolve(l->view, kid);
	const struct pdf_object *type = lint_look(l, object, "Type");

	if (object->kind == PDF_INTEGER)
		add_mark(l, parent, object, l->element[parent].page);
	else if (pdf_name_is(type, "MCR") && !pdf_has(object, "Stm"))
		add_mark(l, parent, lint_look(l, object, "MCID"), page_index(l, pdf_find(object, "Pg"), l->element[parent].page));
	else if (pdf_name_is(type, "OBJR"))
		add_object(l, parent, object);
	else if (add_element(l, parent, kid))
		add_kid(l, parent, (struct lint_kid){ KID_ELEMENT, (uint32_t)l->n_element - 1, NO_PAGE });
	else
		lint_found(l, LINT_STRUCT_KID, LINT_AT(l->element[parent].number), "/K %s", lint_text(l, kid));
}

static void take_kids(struct lint *l, size_t i)
{
	const struct pdf_object *own = pdf_find(l->element[i].object, "K");
	const struct pdf_object *kids = pdf_resolve(l->view, own);

	l->element[i].kid = (uint32_t)l->n_kid;
	if (kids->kind == PDF_NULL)
		return;
	if (kids->kind != PDF_ARRAY) {
		take_kid(l, i, own);
		return;
	}
	for (uint32_t k = 0; k < kids->n; k++)
		take_kid(l, i, &kids->item[k]);
}

/* ---- */

static void check_element(struct lint *l, const struct lint_element *e, int64_t root)
{
	const struct pdf_object *parent = pdf_find(e->object, "P");
	int64_t want = e->parent == NO_ELEMENT ? root : (int64_t)l->element[e->parent].number;

	if (parent->kind != PDF_REFERENCE || parent->number != want)
		lint_found(l, LINT_STRUCT_PARENT, LINT_AT(e->number), "/P %s", lint_text(l, parent));
	if (e->role == ROLE_NONE)
		lint_found(l, LINT_ROLE, LINT_AT(e->number), "/S %s", lint_text(l, lint_look(l, e->object, "S")));
}

static void take_roots(struct lint *l)
{
	const struct pdf_object *own = pdf_find(struct_root(l), "K");
	const struct pdf_object *kids = pdf_resolve(l->view, own);
	bool many = kids->kind == PDF_ARRAY;

	for (uint32_t i = 0; i < (many ? kids->n : 1); i++)
		if (!add_element(l, NO_ELEMENT, many ? &kids->item[i] : own))
			lint_found(l, LINT_DOCUMENT, LINT_FILE, "/K %s", lint_text(l, many ? &kids->item[i] : own));
	if (l->n_element != 1 || l->element[0].role != ROLE_DOCUMENT)
		lint_found(l, LINT_DOCUMENT, LINT_FILE, "%zu, /S %s", l->n_element,
			l->n_element ? lint_text(l, lint_look(l, l->element[0].object, "S")) : "null");
}

void lint_tree(struct lint *l)
{
	const struct pdf_object *reference = pdf_find(pdf_catalog(l->view), "StructTreeRoot");

	if (!lint_is_dict(struct_root(l)))
		return;
	check_role_map(l);
	take_roots(l);
	for (size_t i = 0; i < l->n_element; i++) {
		take_kids(l, i);
		check_element(l, &l->element[i], reference->kind == PDF_REFERENCE ? reference->number : -1);
	}
	if (l->n_owned)
		qsort(l->owned, l->n_owned, sizeof *l->owned, lint_by_mark);
	lint_leaves(l, pdf_find(struct_root(l), "ParentTree"), true, LINT_PARENT_TREE, SEEN_NUMBERS, &l->parents);
	lint_leaves(l, pdf_find(struct_root(l), "IDTree"), false, LINT_ID_TREE, SEEN_IDS, &l->ids);
}
