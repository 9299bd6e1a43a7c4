/* The structure tree of cairo's file: what was marked for each element of the pages. */
#include "render/finishing.h"
#include "render/role.h"

#include <string.h>

enum { TREE_DEPTH = 128, OWNERS_MAX = 1 << 24 };

/* A node of cairo's tree whose kids are being taken. */
struct frame {
	int element;
	size_t first; /* of its kids, in the walk's list; those of the node in it stand behind them */
	size_t next;
	size_t end;
};

/* Nodes are read one at a time and none is kept: what is kept is the kids of those that are open. */
struct walk {
	struct finish *f;
	struct frame frame[TREE_DEPTH];
	size_t depth;
	size_t n_node; /* so far: the place in the log */
	struct kid *kid; /* value of a KID_ELEMENT: object number in cairo's file; page: that of the node, n_page: none */
	size_t n_kid, cap_kid;
	struct arena kids;
	struct arena node; /* what was read of the node */
};

void finish_add_kid(struct finish *f, int element, struct kid kid)
{
	struct finish_element *e = &f->element[element];
	int i = (int)f->n_kid;

	kid.next = NO_KID;
	*ARENA_PUSH_OWN(&f->arena, f->kid, f->n_kid, &f->cap_kid) = kid;
	if (e->first == NO_KID)
		e->first = i;
	else
		f->kid[e->last].next = i;
	e->last = i;
}

/* A link that goes nowhere is text, as are words apart from those of an inline element. */
static bool agrees(const struct walk *w, const struct pdf_object *node, int element)
{
	const struct element *e = &w->f->pages->element[element];
	const struct pdf_object *role = pdf_find(node, "S");

	if (pdf_name_is(role, role_tag(e)))
		return true;
	if (!pdf_name_is(role, "Span"))
		return false;
	return e->role == ROLE_LINK || (w->depth && w->frame[w->depth - 1].element == element);
}

static uint32_t page_index(const struct finish *f, const struct pdf_object *ref, uint32_t otherwise)
{
	if (ref->kind != PDF_REFERENCE || ref->number >= f->n_old || !f->page_at[ref->number])
		return otherwise;
	return f->page_at[ref->number] - 1;
}

/* The element is met: below its parent, unless it was met before. */
static bool meet(struct walk *w, int element)
{
	struct finish *f = w->f;
	int above = w->depth ? w->frame[w->depth - 1].element : NO_KID;

	if (above != element && above != (element ? finish_above(f->pages, element) : NO_KID))
		return finish_wrong(f, WRONG_ELEMENT_MOVED, AT_ELEMENT(element));
	if (!f->element[element].seen && element)
		finish_add_kid(f, above, (struct kid){ .kind = KID_ELEMENT, .value = (uint32_t)element });
	f->element[element].seen = true;
	return true;
}

static bool own(struct finish *f, uint32_t page, uint32_t mark, int element)
{
	struct finish_page *p = page < f->pages->n_page ? &f->page[page] : NULL;

	if (!p || mark >= OWNERS_MAX)
		return finish_wrong(f, WRONG_MARK_NO_PAGE, AT_ELEMENT(element));
	while (p->n_owner <= mark)
		*ARENA_PUSH(&f->arena, p->owner, p->n_owner, &p->cap) = NO_KID;
	if (p->owner[mark] != NO_KID)
		return finish_wrong(f, WRONG_MARK_TWO_OWNERS, AT_PAGE(page));
	p->owner[mark] = element;
	finish_add_kid(f, element, (struct kid){ .kind = KID_CONTENT, .page = page, .value = mark });
	return true;
}

/* cairo 1.18 names a link once for each piece of content that it has. */
static bool own_link(struct finish *f, uint32_t page, uint32_t number, int element)
{
	const struct pdf_object *annotation = pdf_get(f->view, number);
	const struct pdf_object *key = pdf_find(annotation, "StructParent");

	if (!pdf_name_is(pdf_find(annotation, "Subtype"), "Link") || key->kind != PDF_INTEGER
		|| f->pages->element[element].role != ROLE_LINK || page >= f->pages->n_page)
		return finish_wrong(f, WRONG_ANNOTATION_KIND, AT_OBJECT(number));
	if (f->n_parent && f->parent[f->n_parent - 1].key == key->number && f->parent[f->n_parent - 1].element == element)
		return true;
	f->element[element].has_link = true;
	*ARENA_PUSH(&f->arena, f->parent, f->n_parent, &f->cap_parent) = (struct finish_parent){ key->number, element };
	finish_add_kid(f, element, (struct kid){ .kind = KID_LINK, .page = page, .value = number });
	return true;
}

/* ---- nodes ---- */

static struct kid content_kid(const struct pdf_object *mark, uint32_t page)
{
	bool is_good = mark->kind == PDF_INTEGER && mark->number >= 0 && mark->number < OWNERS_MAX;

	return (struct kid){ .kind = KID_CONTENT, .page = page, .value = is_good ? (uint32_t)mark->number : OWNERS_MAX };
}

/* Which content or link a value is, or object that only says so itself. */
static bool know_kid(const struct walk *w, const struct pdf_object *o, uint32_t page, struct kid *kid)
{
	const struct pdf_object *type = pdf_find(o, "Type");
	const struct pdf_object *annotation = pdf_find(o, "Obj");

	page = page_index(w->f, pdf_find(o, "Pg"), page);
	if (o->kind == PDF_INTEGER)
		*kid = content_kid(o, page);
	else if (pdf_name_is(type, "MCR") && !pdf_has(o, "Stm"))
		*kid = content_kid(pdf_find(o, "MCID"), page);
	else if (pdf_name_is(type, "OBJR") && annotation->kind == PDF_REFERENCE)
		*kid = (struct kid){ .kind = KID_LINK, .page = page, .value = (uint32_t)annotation->number };
	else if (o->kind == PDF_REFERENCE)
		*kid = (struct kid){ .kind = KID_ELEMENT, .page = page, .value = (uint32_t)o->number };
	else
		return false;
	return true;
}

/* The kids of a node, one or several, behind those that are known. */
static bool list_kids(struct walk *w, const struct pdf_object *node, uint32_t page)
{
	const struct pdf_object *kids = pdf_find(node, "K");
	struct pdf_object list = pdf_read(w->f->view, kids, &w->node);
	uint32_t n = list.kind == PDF_ARRAY ? list.n : list.kind != PDF_NULL;

	for (uint32_t i = 0; i < n; i++)
		if (!know_kid(w, list.kind == PDF_ARRAY ? &list.item[i] : kids, page,
			    ARENA_PUSH_OWN(&w->kids, w->kid, w->n_kid, &w->cap_kid)))
			return finish_wrong(w->f, WRONG_TREE_UNKNOWN, AT_FILE);
	return true;
}

static bool enter(struct walk *w, const struct pdf_object *node)
{
	struct finish *f = w->f;
	struct frame *frame = &w->frame[w->depth];
	int element;

	if (w->depth == TREE_DEPTH || w->n_node == f->painted->n_element)
		return finish_wrong(f, WRONG_TREE_MORE, AT_FILE);
	element = f->painted->element[w->n_node++];
	if (!agrees(w, node, element))
		return finish_wrong(f, WRONG_ROLE, AT_ELEMENT(element));
	if (!meet(w, element))
		return false;
	*frame = (struct frame){ .element = element, .first = w->n_kid, .next = w->n_kid };
	if (!list_kids(w, node, page_index(f, pdf_find(node, "Pg"), (uint32_t)f->pages->n_page)))
		return false;
	frame->end = w->n_kid;
	w->depth++;
	return true;
}

static bool take_known(struct walk *w, const struct kid *kid, int element)
{
	return kid->kind == KID_CONTENT ? own(w->f, kid->page, kid->value, element) : own_link(w->f, kid->page, kid->value, element);
}

/* A node, or content or a link that is an object of its own. */
static bool take_object(struct walk *w, struct kid kid, int element)
{
	const struct pdf_object ref = pdf_reference(kid.value);
	struct pdf_object node = pdf_read(w->f->view, &ref, &w->node);
	bool ok;

	if (node.kind != PDF_DICT)
		ok = finish_wrong(w->f, WRONG_TREE_UNKNOWN, AT_OBJECT(kid.value));
	else if (know_kid(w, &node, kid.page, &kid))
		ok = element == NO_KID ? finish_wrong(w->f, WRONG_TREE_UNKNOWN, AT_OBJECT(kid.value)) : take_known(w, &kid, element);
	else
		ok = enter(w, &node);
	arena_reset(&w->node);
	return ok;
}

static bool take_kid(struct walk *w, struct kid kid, int element)
{
	return kid.kind == KID_ELEMENT ? take_object(w, kid, element) : take_known(w, &kid, element);
}

static bool all_seen(struct finish *f)
{
	for (size_t i = 0; i < f->pages->n_element; i++)
		if (!f->element[i].seen)
			return finish_wrong(f, WRONG_ELEMENT_LOST, AT_ELEMENT(i));
	return true;
}

/* One below the root and all that it holds. */
static bool take_branch(struct walk *w, struct kid branch)
{
	if (branch.kind != KID_ELEMENT)
		return finish_wrong(w->f, WRONG_TREE_UNKNOWN, AT_FILE);
	if (!take_object(w, branch, NO_KID))
		return false;
	while (w->depth) {
		struct frame *top = &w->frame[w->depth - 1];

		if (top->next < top->end) {
			if (!take_kid(w, w->kid[top->next++], top->element))
				return false;
		} else {
			w->n_kid = top->first;
			w->depth--;
		}
	}
	return true;
}

static bool take_branches(struct walk *w)
{
	const struct finish *f = w->f;
	size_t n;

	if (!list_kids(w, pdf_look(f->view, pdf_catalog(f->view), "StructTreeRoot"), (uint32_t)f->pages->n_page))
		return false;
	n = w->n_kid;
	for (size_t i = 0; i < n; i++)
		if (!take_branch(w, w->kid[i]))
			return false;
	return true;
}

bool finish_tree(struct finish *f)
{
	struct walk w = { .f = f };
	bool ok;

	for (size_t i = 0; i < f->pages->n_element; i++)
		f->element[i].first = f->element[i].last = NO_KID;
	ok = take_branches(&w);
	arena_clear(&w.kids);
	arena_clear(&w.node);
	if (ok && w.n_node != f->painted->n_element)
		return finish_wrong(f, WRONG_TREE_FEWER, AT_FILE);
	return ok && all_seen(f);
}
