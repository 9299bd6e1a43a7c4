/* Marked content: what content has, what the tree owns, and what the parent tree says of both. */
#include "pdf/linting.h"

#include <stdlib.h>

static int compare(const struct lint_mark *a, const struct lint_mark *b)
{
	if (a->page != b->page)
		return a->page < b->page ? -1 : 1;
	return (a->mcid > b->mcid) - (a->mcid < b->mcid);
}

int lint_by_mark(const void *a, const void *b)
{
	return compare(a, b);
}

/* The list of the page's elements, by MCID. */
static const struct pdf_object *parents_of(struct lint *l, uint32_t page)
{
	const struct pdf_object *key = lint_look(l, l->page[page].object, "StructParents");
	const struct lint_leaf *leaf = key->kind == PDF_INTEGER ? lint_leaf_number(&l->parents, key->number) : NULL;

	return leaf ? pdf_resolve(l->view, leaf->value) : &pdf_null;
}

static void check_parent(struct lint *l, const struct lint_mark *owned)
{
	const struct pdf_object *list = parents_of(l, owned->page);
	const struct pdf_object *found = list->kind == PDF_ARRAY && owned->mcid < list->n ? &list->item[owned->mcid] : &pdf_null;

	if (found->kind != PDF_REFERENCE || found->number != l->element[owned->element].number)
		lint_found(l, LINT_PARENT_TREE, LINT_PAGE(owned->page), "MCID %u: %s, /K of %u 0 R", owned->mcid, lint_text(l, found),
			l->element[owned->element].number);
}

static void check_shown(struct lint *l)
{
	for (size_t i = 1; i < l->n_shown; i++)
		if (!compare(&l->shown[i - 1], &l->shown[i]))
			lint_found(l, LINT_MCID_TWICE, LINT_PAGE(l->shown[i].page), "MCID %u", l->shown[i].mcid);
}

static void check_owned(struct lint *l)
{
	for (size_t i = 1; i < l->n_owned; i++)
		if (!compare(&l->owned[i - 1], &l->owned[i]))
			lint_found(l, LINT_MCID_OWNER, LINT_PAGE(l->owned[i].page), "MCID %u: %u 0 R, %u 0 R", l->owned[i].mcid,
				l->element[l->owned[i - 1].element].number, l->element[l->owned[i].element].number);
}

static bool is_alone(const struct lint *l, size_t i)
{
	return i + 1 >= l->n_owned || compare(&l->owned[i], &l->owned[i + 1]) != 0;
}

/* Both lists are sorted. */
static void check_both(struct lint *l)
{
	size_t o = 0;

	for (size_t s = 0; s < l->n_shown; s++) {
		for (; o < l->n_owned && compare(&l->owned[o], &l->shown[s]) < 0; o++)
			if (!s || compare(&l->owned[o], &l->shown[s - 1]) != 0)
				lint_found(l, LINT_MCID_LOST, LINT_PAGE(l->owned[o].page), "MCID %u", l->owned[o].mcid);
		if (o >= l->n_owned || compare(&l->owned[o], &l->shown[s]) != 0)
			lint_found(l, LINT_MCID_OWNER, LINT_PAGE(l->shown[s].page), "MCID %u: null", l->shown[s].mcid);
		else if (is_alone(l, o))
			check_parent(l, &l->owned[o]);
	}
	for (; o < l->n_owned; o++)
		if (!l->n_shown || compare(&l->owned[o], &l->shown[l->n_shown - 1]) != 0)
			lint_found(l, LINT_MCID_LOST, LINT_PAGE(l->owned[o].page), "MCID %u", l->owned[o].mcid);
}

void lint_marks(struct lint *l)
{
	if (l->n_shown)
		qsort(l->shown, l->n_shown, sizeof *l->shown, lint_by_mark);
	check_shown(l);
	if (!l->n_element)
		return; /* without a tree nothing is owned; that it lacks is said once */
	check_owned(l);
	check_both(l);
}
