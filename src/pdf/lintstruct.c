/* What must hold of structure elements: where each may stand, headings in order, texts for those who do not see. */
#include "pdf/linting.h"

#include <string.h>

static const char *type_of(struct lint *l, uint32_t i)
{
	return i == NO_ELEMENT ? "/StructTreeRoot" : lint_text(l, lint_look(l, l->element[i].object, "S"));
}

static enum lint_role parent_role(const struct lint *l, const struct lint_element *e)
{
	return e->parent == NO_ELEMENT ? ROLE_NONE : (enum lint_role)l->element[e->parent].role;
}

static void misplaced(struct lint *l, enum lint_rule rule, const struct lint_element *e)
{
	lint_found(l, rule, LINT_AT(e->number), "%s in %s", lint_text(l, lint_look(l, e->object, "S")), type_of(l, e->parent));
}

/* ---- places ---- */

enum { PARENTS_MAX = 5, KIDS_MAX = 6 };

/* Where an element may only be, and what may only be in it: ROLE_NONE ends a list. */
static const struct {
	enum lint_role role;
	enum lint_rule rule;
	enum lint_role parent[PARENTS_MAX];
	enum lint_role kid[KIDS_MAX]; /* none: any */
} places[] = {
	{ ROLE_L, LINT_LIST, { ROLE_NONE }, { ROLE_LI, ROLE_L, ROLE_CAPTION } },
	{ ROLE_LI, LINT_LIST, { ROLE_L }, { ROLE_LBL, ROLE_LBODY } },
	{ ROLE_LBODY, LINT_LIST, { ROLE_LI }, { ROLE_NONE } },
	{ ROLE_TABLE, LINT_TABLE, { ROLE_NONE }, { ROLE_TR, ROLE_THEAD, ROLE_TBODY, ROLE_TFOOT, ROLE_CAPTION } },
	{ ROLE_THEAD, LINT_TABLE, { ROLE_TABLE }, { ROLE_TR } },
	{ ROLE_TBODY, LINT_TABLE, { ROLE_TABLE }, { ROLE_TR } },
	{ ROLE_TFOOT, LINT_TABLE, { ROLE_TABLE }, { ROLE_TR } },
	{ ROLE_TR, LINT_TABLE, { ROLE_TABLE, ROLE_THEAD, ROLE_TBODY, ROLE_TFOOT }, { ROLE_TH, ROLE_TD } },
	{ ROLE_TH, LINT_TABLE, { ROLE_TR }, { ROLE_NONE } },
	{ ROLE_TD, LINT_TABLE, { ROLE_TR }, { ROLE_NONE } },
	{ ROLE_LBL, LINT_LIST, { ROLE_LI, ROLE_NOTE, ROLE_TOCI, ROLE_BIB }, { ROLE_NONE } },
	{ ROLE_CAPTION, LINT_CAPTION, { ROLE_TABLE, ROLE_L, ROLE_FIGURE, ROLE_FORMULA, ROLE_TOC }, { ROLE_NONE } },
	{ ROLE_TOC, LINT_PLACE, { ROLE_NONE }, { ROLE_TOCI, ROLE_TOC, ROLE_CAPTION } },
	{ ROLE_TOCI, LINT_PLACE, { ROLE_TOC }, { ROLE_NONE } },
	{ ROLE_RUBY_PART, LINT_PLACE, { ROLE_RUBY }, { ROLE_NONE } },
	{ ROLE_WARICHU_PART, LINT_PLACE, { ROLE_WARICHU }, { ROLE_NONE } },
};

static bool is_one(enum lint_role role, const enum lint_role *roles, size_t max)
{
	for (size_t i = 0; i < max && roles[i] != ROLE_NONE; i++)
		if (roles[i] == role)
			return true;
	return roles[0] == ROLE_NONE;
}

static void check_place(struct lint *l, const struct lint_element *e)
{
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		if (places[i].role == (enum lint_role)e->role && !is_one(parent_role(l, e), places[i].parent, PARENTS_MAX))
			misplaced(l, places[i].rule, e);
		else if (places[i].role == parent_role(l, e) && !is_one((enum lint_role)e->role, places[i].kid, KIDS_MAX)
			 && !is_one((enum lint_role)e->role, (const enum lint_role[]){ ROLE_LI, ROLE_LBODY, ROLE_TR, ROLE_TH, ROLE_TD, ROLE_TOCI }, 6))
			misplaced(l, places[i].rule, e);
	}
}

static size_t count_kids(const struct lint *l, const struct lint_element *e, enum lint_role role)
{
	size_t n = 0;

	for (uint32_t k = e->kid; k < e->kid + e->n_kid; k++)
		if (l->kid[k].kind == KID_ELEMENT && l->element[l->kid[k].value].role == role)
			n++;
	return n;
}

static bool has_content(const struct lint *l, const struct lint_element *e)
{
	for (uint32_t k = e->kid; k < e->kid + e->n_kid; k++)
		if (l->kid[k].kind != KID_ELEMENT)
			return true;
	return false;
}

static bool has_object(const struct lint *l, const struct lint_element *e)
{
	for (uint32_t k = e->kid; k < e->kid + e->n_kid; k++)
		if (l->kid[k].kind == KID_OBJECT)
			return true;
	return false;
}

static void check_kids(struct lint *l, const struct lint_element *e)
{
	enum lint_role role = (enum lint_role)e->role;

	if (role == ROLE_LI && e->n_kid && !count_kids(l, e, ROLE_LBODY))
		lint_found(l, LINT_LIST, LINT_AT(e->number), "LI: 0 LBody");
	if ((role == ROLE_L || role == ROLE_LI) && has_content(l, e))
		lint_found(l, LINT_LIST, LINT_AT(e->number), "MCID in %s", role == ROLE_L ? "L" : "LI");
	if (role == ROLE_TOC && has_content(l, e))
		lint_found(l, LINT_PLACE, LINT_AT(e->number), "MCID in TOC");
	if (role == ROLE_TABLE && (count_kids(l, e, ROLE_THEAD) > 1 || count_kids(l, e, ROLE_TFOOT) > 1))
		lint_found(l, LINT_TABLE, LINT_AT(e->number), "%zu THead, %zu TFoot", count_kids(l, e, ROLE_THEAD), count_kids(l, e, ROLE_TFOOT));
	if ((role == ROLE_LINK || role == ROLE_FORM || role == ROLE_ANNOT) && !has_object(l, e))
		lint_found(l, LINT_PLACE, LINT_AT(e->number), "%s: /OBJR null", lint_text(l, lint_look(l, e->object, "S")));
	if (role == ROLE_DOCUMENT && e->parent != NO_ELEMENT)
		misplaced(l, LINT_DOCUMENT, e);
	if ((role == ROLE_TABLE || role == ROLE_TR) && has_content(l, e))
		lint_found(l, LINT_TABLE, LINT_AT(e->number), "MCID in %s", role == ROLE_TR ? "TR" : "Table");
}

/* ---- captions ---- */

static bool is_caption(const struct lint *l, uint32_t kid)
{
	return l->kid[kid].kind == KID_ELEMENT && l->element[l->kid[kid].value].role == ROLE_CAPTION;
}

static void check_captions(struct lint *l, const struct lint_element *e)
{
	size_t n = count_kids(l, e, ROLE_CAPTION);
	bool at_end = n && (is_caption(l, e->kid) || (e->role != ROLE_L && is_caption(l, e->kid + e->n_kid - 1)));

	if (n && (n > 1 || (!at_end && (e->role == ROLE_TABLE || e->role == ROLE_L || e->role == ROLE_FIGURE))))
		lint_found(l, LINT_CAPTION, LINT_AT(e->number), "%zu Caption in %s", n, lint_text(l, lint_look(l, e->object, "S")));
}

/* ---- texts ---- */

static bool is_text(struct lint *l, const struct pdf_object *o)
{
	return lint_says(l, o);
}

static void check_texts(struct lint *l, const struct lint_element *e)
{
	static const char *const keys[] = { "Alt", "ActualText", "E" };
	const struct pdf_object *lang = lint_look(l, e->object, "Lang");

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		const struct pdf_object *o = lint_look(l, e->object, keys[i]);

		if (o->kind != PDF_NULL && !is_text(l, o))
			lint_found(l, LINT_STRUCT_TEXT, LINT_AT(e->number), "/%s %s", keys[i], lint_text(l, o));
	}
	if (lang->kind != PDF_NULL && !lint_language(lang))
		lint_found(l, LINT_STRUCT_TEXT, LINT_AT(e->number), "/Lang %s", lint_text(l, lang));
	if ((e->role == ROLE_FIGURE || e->role == ROLE_FORMULA) && !pdf_has(e->object, "Alt") && !pdf_has(e->object, "ActualText"))
		lint_found(l, LINT_ALT, LINT_AT(e->number), "/S %s/Alt null", lint_text(l, lint_look(l, e->object, "S")));
	if (e->role == ROLE_NOTE && lint_look(l, e->object, "ID")->kind != PDF_STRING)
		lint_found(l, LINT_NOTE, LINT_AT(e->number), "/ID null");
	if (!e->n_kid && e->role != ROLE_TD && e->role != ROLE_TH)
		lint_found(l, LINT_EMPTY, LINT_AT(e->number), "/S %s/K null", lint_text(l, lint_look(l, e->object, "S")));
}

/* ---- headings, in the order of reading ---- */

struct visit {
	uint32_t element;
	uint32_t next; /* kid */
};

struct headings {
	int level; /* of the last one */
	bool numbered, plain; /* Hn and H were met */
};

static void check_heading(struct lint *l, struct headings *h, const struct lint_element *e)
{
	int level = e->role >= ROLE_H1 && e->role <= ROLE_H6 ? e->role - ROLE_H1 + 1 : 0;

	h->plain = h->plain || e->role == ROLE_H;
	h->numbered = h->numbered || level;
	if (level > h->level + 1 || ((level || e->role == ROLE_H) && h->plain && h->numbered))
		lint_found(l, LINT_HEADING, LINT_AT(e->number), "H%d, H%d", h->level, level);
	if (level)
		h->level = level;
}

static void check_headings(struct lint *l)
{
	struct headings h = { 0 };
	struct visit *stack = NULL;
	size_t n = 0;
	size_t cap = 0;

	for (uint32_t root = 0; root < l->n_element && l->element[root].parent == NO_ELEMENT; root++) {
		*ARENA_PUSH(&l->arena, stack, n, &cap) = (struct visit){ root, 0 };
		while (n) {
			struct visit *top = &stack[n - 1];
			const struct lint_element *e = &l->element[top->element];
			uint32_t k = top->next++;

			if (k == 0)
				check_heading(l, &h, e);
			if (k >= e->n_kid)
				n--;
			else if (l->kid[e->kid + k].kind == KID_ELEMENT)
				*ARENA_PUSH(&l->arena, stack, n, &cap) = (struct visit){ l->kid[e->kid + k].value, 0 };
		}
	}
}

void lint_structure(struct lint *l)
{
	for (size_t i = 0; i < l->n_element; i++) {
		const struct lint_element *e = &l->element[i];

		check_place(l, e);
		check_kids(l, e);
		check_captions(l, e);
		check_texts(l, e);
	}
	check_headings(l);
}
