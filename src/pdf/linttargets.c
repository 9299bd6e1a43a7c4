/* Where links and bookmarks lead. */
#include "pdf/linting.h"

#include <string.h>

/* A page of the file and how it is shown, or a dictionary with that in /D. */
static bool is_place(struct lint *l, const struct pdf_object *o)
{
	const struct pdf_object *place = pdf_resolve(l->view, o);
	const struct lint_object *page;

	if (place->kind == PDF_DICT)
		place = lint_look(l, place, "D");
	if (place->kind != PDF_ARRAY || place->n < 2)
		return false;
	page = lint_object(l, &place->item[0]);
	return page && page->page && pdf_item(l->view, place, 1)->kind == PDF_NAME;
}

static bool is_target(struct lint *l, const struct pdf_object *dest)
{
	const struct pdf_object *o = pdf_resolve(l->view, dest);
	const struct lint_leaf *leaf;
	char key[128];

	if (o->kind == PDF_STRING) {
		leaf = lint_leaf_name(&l->targets, o->text, o->n);
		return leaf && is_place(l, leaf->value);
	}
	if (o->kind != PDF_NAME)
		return is_place(l, o);
	if (o->n >= sizeof key)
		return false;
	memcpy(key, o->text, o->n);
	key[o->n] = '\0';
	return is_place(l, lint_look(l, lint_look(l, pdf_catalog(l->view), "Dests"), key));
}

/* Of a link or bookmark; an action that goes to another place than in the file has nothing to be checked. */
static void check_target(struct lint *l, enum lint_rule rule, struct lint_place at, const struct pdf_object *o, bool needed)
{
	const struct pdf_object *action = lint_look(l, o, "A");
	const struct pdf_object *dest = pdf_find(o, "Dest");

	if (pdf_name_is(lint_look(l, action, "S"), "GoTo"))
		dest = pdf_find(action, "D");
	else if (action->kind != PDF_NULL || (dest->kind == PDF_NULL && !needed))
		return;
	if (!is_target(l, dest))
		lint_found(l, rule, at, "/Dest %s", lint_text(l, dest));
}

static void check_links(struct lint *l)
{
	for (uint32_t i = 0; i < l->n_object; i++) {
		const struct pdf_object *o = pdf_get(l->view, i);

		if (l->object[i].annot && pdf_name_is(lint_look(l, o, "Subtype"), "Link"))
			check_target(l, LINT_LINK_TARGET, LINT_AT(i), o, true);
	}
}

/* ---- bookmarks ---- */

struct shelf {
	const struct pdf_object *reference;
	uint32_t parent;
	uint32_t previous; /* 0: none */
};

static bool leads_to(const struct pdf_object *o, uint32_t number)
{
	return number ? o->kind == PDF_REFERENCE && o->number == number : o->kind == PDF_NULL;
}

/* False: its kids and the next one are not to be looked at. */
static bool check_bookmark(struct lint *l, const struct shelf *s, const struct pdf_object *o)
{
	const struct pdf_object *title = lint_look(l, o, "Title");
	struct lint_place at = LINT_AT(s->reference->kind == PDF_REFERENCE ? s->reference->number : 0);

	if (!lint_mark_seen(l, s->reference, SEEN_OUTLINE) || o->kind != PDF_DICT) {
		lint_found(l, LINT_BOOKMARK, at, "%s", lint_text(l, s->reference));
		return false;
	}
	if (title->kind != PDF_STRING || !title->n || !leads_to(pdf_find(o, "Parent"), s->parent)
		|| !leads_to(pdf_find(o, "Prev"), s->previous))
		lint_found(l, LINT_BOOKMARK, at, "/Title %s/Parent %s/Prev %s", lint_text(l, title), lint_text(l, pdf_find(o, "Parent")),
			lint_text(l, pdf_find(o, "Prev")));
	check_target(l, LINT_BOOKMARK_TARGET, at, o, false);
	return true;
}

static void check_bookmarks(struct lint *l)
{
	const struct pdf_object *root = pdf_find(pdf_catalog(l->view), "Outlines");
	const struct pdf_object *first = pdf_find(pdf_resolve(l->view, root), "First");
	struct shelf *shelf = NULL;
	size_t n = 0;
	size_t cap = 0;

	if (root->kind != PDF_REFERENCE || first->kind == PDF_NULL)
		return;
	*ARENA_PUSH(&l->arena, shelf, n, &cap) = (struct shelf){ first, (uint32_t)root->number, 0 };
	while (n) {
		struct shelf s = shelf[--n];
		const struct pdf_object *o = pdf_resolve(l->view, s.reference);

		if (!check_bookmark(l, &s, o))
			continue;
		if (pdf_has(o, "Next"))
			*ARENA_PUSH(&l->arena, shelf, n, &cap) =
				(struct shelf){ pdf_find(o, "Next"), s.parent, (uint32_t)s.reference->number };
		if (pdf_has(o, "First"))
			*ARENA_PUSH(&l->arena, shelf, n, &cap) =
				(struct shelf){ pdf_find(o, "First"), (uint32_t)s.reference->number, 0 };
	}
}

void lint_targets(struct lint *l)
{
	const struct pdf_object *names = lint_look(l, pdf_catalog(l->view), "Names");

	if (pdf_has(names, "Dests"))
		lint_leaves(l, pdf_find(names, "Dests"), false, LINT_NAME_TREE, SEEN_NAMES, &l->targets);
	for (size_t i = 0; i < l->targets.n; i++)
		if (!is_place(l, l->targets.leaf[i].value))
			lint_found(l, LINT_NAME_TREE, LINT_FILE, "%s", lint_text(l, l->targets.leaf[i].value));
	check_links(l);
	check_bookmarks(l);
}
