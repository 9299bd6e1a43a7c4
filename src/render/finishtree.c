/* The structure tree of cairo's file: what was marked for each element of the pages. */
#include "render/finishing.h"
#include "render/role.h"

#include <string.h>

enum { TREE_DEPTH = 128, OWNERS_MAX = 1 << 24 };

/* A node of cairo's tree whose kids are being read. */
struct frame {
	const struct pdf_object *node;
	size_t next; /* kid */
	int element;
	uint32_t page; /* index; n_page: none */
};

struct walk {
	struct finish *f;
	struct frame frame[TREE_DEPTH];
	size_t depth;
	size_t n_node; /* so far: the place in the log */
};

void finish_add_kid(struct finish *f, int element, struct kid kid)
{
	struct finish_element *e = &f->element[element];
	int i = (int)f->n_kid;

	kid.next = NO_KID;
	*ARENA_PUSH(&f->arena, f->kid, f->n_kid, &f->cap_kid) = kid;
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

static int parent_of(const struct pages *pages, int element)
{
	int parent = pages->element[element].parent;

	return parent < 0 ? 0 : parent;
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

	if (above != element && above != (element ? parent_of(f->pages, element) : NO_KID))
		return finish_wrong(f, WRONG_ELEMENT_MOVED);
	if (!f->element[element].seen && element)
		finish_add_kid(f, above, (struct kid){ .kind = KID_ELEMENT, .value = (uint32_t)element });
	f->element[element].seen = true;
	return true;
}

static bool enter(struct walk *w, const struct pdf_object *node)
{
	struct finish *f = w->f;
	int element;

	if (w->depth == TREE_DEPTH || w->n_node == f->painted->n_element)
		return finish_wrong(f, WRONG_TREE_MORE);
	element = f->painted->element[w->n_node++];
	if (!agrees(w, node, element))
		return finish_wrong(f, WRONG_ROLE);
	if (!meet(w, element))
		return false;
	w->frame[w->depth++] = (struct frame){ .node = node, .element = element,
		.page = page_index(f, pdf_find(node, "Pg"), (uint32_t)f->pages->n_page) };
	return true;
}

static bool own(struct finish *f, uint32_t page, int64_t mark, int element)
{
	struct finish_page *p = page < f->pages->n_page ? &f->page[page] : NULL;

	if (!p || mark < 0 || mark >= OWNERS_MAX)
		return finish_wrong(f, WRONG_MARK_NO_PAGE);
	while (p->n_owner <= (size_t)mark)
		*ARENA_PUSH(&f->arena, p->owner, p->n_owner, &p->cap) = NO_KID;
	if (p->owner[mark] != NO_KID)
		return finish_wrong(f, WRONG_MARK_TWO_OWNERS);
	p->owner[mark] = element;
	finish_add_kid(f, element, (struct kid){ .kind = KID_CONTENT, .page = page, .value = (uint32_t)mark });
	return true;
}

/* cairo 1.18 names a link once for each piece of content that it has. */
static bool own_link(struct finish *f, uint32_t page, const struct pdf_object *ref, int element)
{
	const struct pdf_object *annotation = pdf_resolve(f->view, ref);
	const struct pdf_object *key = pdf_find(annotation, "StructParent");

	if (ref->kind != PDF_REFERENCE || !pdf_name_is(pdf_find(annotation, "Subtype"), "Link") || key->kind != PDF_INTEGER
		|| f->pages->element[element].role != ROLE_LINK || page >= f->pages->n_page)
		return finish_wrong(f, WRONG_ANNOTATION_KIND);
	if (f->n_parent && f->parent[f->n_parent - 1].key == key->number && f->parent[f->n_parent - 1].element == element)
		return true;
	f->element[element].has_link = true;
	*ARENA_PUSH(&f->arena, f->parent, f->n_parent, &f->cap_parent) = (struct finish_parent){ key->number, element, page };
	finish_add_kid(f, element, (struct kid){ .kind = KID_LINK, .page = page, .value = (uint32_t)ref->number });
	return true;
}

static bool take_kid(struct walk *w, const struct pdf_object *kid)
{
	struct finish *f = w->f;
	const struct frame *top = &w->frame[w->depth - 1];
	const struct pdf_object *value = pdf_resolve(f->view, kid);
	const struct pdf_object *type = pdf_find(value, "Type");
	uint32_t page = page_index(f, pdf_find(value, "Pg"), top->page);

	if (value->kind == PDF_INTEGER)
		return own(f, top->page, value->number, top->element);
	if (pdf_name_is(type, "MCR") && !pdf_has(value, "Stm"))
		return own(f, page, pdf_find(value, "MCID")->number, top->element);
	if (pdf_name_is(type, "OBJR"))
		return own_link(f, page, pdf_find(value, "Obj"), top->element);
	if (kid->kind == PDF_REFERENCE && value->kind == PDF_DICT)
		return enter(w, value);
	return finish_wrong(f, WRONG_TREE_UNKNOWN);
}

/* One or several, or NULL behind the last. */
static const struct pdf_object *kid_at(const struct finish *f, const struct pdf_object *node, size_t i)
{
	const struct pdf_object *kids = pdf_find(node, "K");
	const struct pdf_object *list = pdf_resolve(f->view, kids);

	if (list->kind == PDF_ARRAY)
		return i < list->n ? &list->item[i] : NULL;
	return i || list->kind == PDF_NULL ? NULL : kids;
}

static bool all_seen(struct finish *f)
{
	for (size_t i = 0; i < f->pages->n_element; i++)
		if (!f->element[i].seen)
			return finish_wrong(f, WRONG_ELEMENT_LOST);
	return true;
}

/* One below the root and all that it holds. */
static bool take_branch(struct walk *w, const struct pdf_object *branch)
{
	if (!enter(w, branch))
		return false;
	while (w->depth) {
		struct frame *top = &w->frame[w->depth - 1];
		const struct pdf_object *kid = kid_at(w->f, top->node, top->next++);

		if (!kid)
			w->depth--;
		else if (!take_kid(w, kid))
			return false;
	}
	return true;
}

bool finish_tree(struct finish *f)
{
	const struct pdf_object *root = pdf_look(f->view, pdf_catalog(f->view), "StructTreeRoot");
	struct walk w = { .f = f };
	const struct pdf_object *kid;

	for (size_t i = 0; i < f->pages->n_element; i++)
		f->element[i].first = f->element[i].last = NO_KID;
	for (size_t i = 0; (kid = kid_at(f, root, i)); i++)
		if (!take_branch(&w, pdf_resolve(f->view, kid)))
			return false;
	if (w.n_node != f->painted->n_element)
		return finish_wrong(f, WRONG_TREE_FEWER);
	return all_seen(f);
}
