/* Annotations: how they look, what is said of them, the element that has them, fields. */
#include "pdf/linting.h"

#include <string.h>

enum { FLAG_INVISIBLE = 1, FLAG_HIDDEN = 2, FLAG_PRINT = 4, FLAG_NO_VIEW = 32, FLAG_TOGGLE = 256, FIELD_DEPTH_MAX = 32 };

struct annot {
	struct lint *lint;
	size_t page;
	uint32_t number;
	struct lint_place at;
	const struct pdf_object *object;
	const struct pdf_object *kind;
};

static bool is_widget(const struct annot *a)
{
	return pdf_name_is(a->kind, "Widget");
}

static bool is_link(const struct annot *a)
{
	return pdf_name_is(a->kind, "Link");
}

static bool check_kind(struct annot *a)
{
	static const char *const known[] = { "Text", "Link", "FreeText", "Line", "Square", "Circle", "Polygon", "PolyLine", "Highlight",
		"Underline", "Squiggly", "StrikeOut", "Stamp", "Caret", "Ink", "Popup", "Widget", "Watermark",
		"Redact", "FileAttachment" };

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (pdf_name_is(a->kind, known[i]))
			return true;
	lint_found(a->lint, LINT_ANNOT_KIND, a->at, "/Subtype %s", lint_text(a->lint, a->kind));
	return false;
}

static void check_flags(struct annot *a)
{
	const struct pdf_object *f = lint_look(a->lint, a->object, "F");
	int64_t unwanted = FLAG_INVISIBLE | FLAG_HIDDEN | FLAG_NO_VIEW | FLAG_TOGGLE;

	if (f->kind != PDF_INTEGER || !(f->number & FLAG_PRINT) || f->number & unwanted)
		lint_found(a->lint, LINT_ANNOT_FLAGS, a->at, "/F %s", lint_text(a->lint, f));
}

/* Of a field, or of those that it is in. */
static const struct pdf_object *inherited(struct lint *l, const struct pdf_object *field, const char *key)
{
	for (size_t i = 0; i < FIELD_DEPTH_MAX && lint_is_dict(field); i++) {
		if (pdf_has(field, key))
			return lint_look(l, field, key);
		field = lint_look(l, field, "Parent");
	}
	return &pdf_null;
}

static void check_text(struct annot *a)
{
	struct lint *l = a->lint;
	const char *key = is_widget(a) ? "TU" : "Contents";
	const struct pdf_object *text = is_widget(a) ? inherited(l, a->object, key) : lint_look(l, a->object, key);

	if (!lint_says(l, text))
		lint_found(l, LINT_ANNOT_TEXT, a->at, "/%s %s", key, lint_text(l, text));
}

static bool is_flat(struct annot *a)
{
	const struct pdf_object *rect = lint_look(a->lint, a->object, "Rect");
	int64_t side[4];

	if (rect->kind != PDF_ARRAY || rect->n != 4)
		return false;
	for (size_t i = 0; i < 4; i++)
		if (!pdf_millionths(pdf_item(a->lint->view, rect, i), &side[i]))
			return false;
	return side[0] == side[2] && side[1] == side[3];
}

static void check_appearance(struct annot *a)
{
	struct lint *l = a->lint;
	const struct pdf_object *ap = lint_look(l, a->object, "AP");
	const struct pdf_object *normal = lint_look(l, ap, "N");
	bool states = pdf_name_is(inherited(l, a->object, "FT"), "Btn");

	if (normal->kind == PDF_STREAM)
		lint_add_form(l, pdf_find(ap, "N"));
	for (uint32_t i = 0; normal->kind == PDF_DICT && i < normal->n; i++)
		lint_add_form(l, &normal->entry[i].value);
	if (ap->kind == PDF_NULL && (is_link(a) || is_flat(a)))
		return;
	if (pdf_has(ap, "D") || pdf_has(ap, "R") || normal->kind != (states ? PDF_DICT : PDF_STREAM))
		lint_found(l, LINT_ANNOT_AP, a->at, "/AP %s/N %s", lint_text(l, ap), lint_text(l, normal));
}

/* ---- the element ---- */

static bool has_object(const struct lint *l, const struct lint_element *e, uint32_t number)
{
	for (uint32_t k = e->kid; k < e->kid + e->n_kid; k++)
		if (l->kid[k].kind == KID_OBJECT && l->kid[k].value == number)
			return true;
	return false;
}

static void check_element(struct annot *a)
{
	struct lint *l = a->lint;
	const struct pdf_object *key = lint_look(l, a->object, "StructParent");
	const struct lint_leaf *leaf = key->kind == PDF_INTEGER ? lint_leaf_number(&l->parents, key->number) : NULL;
	const struct lint_object *o = leaf ? lint_object(l, leaf->value) : NULL;
	const struct lint_element *e = o && o->element ? &l->element[o->element - 1] : NULL;

	if (!l->n_element)
		return; /* there is no tree, which is said once */
	if (!e || !has_object(l, e, a->number))
		lint_found(l, LINT_ANNOT_PARENT, a->at, "/StructParent %s: %s", lint_text(l, key),
			leaf ? lint_text(l, leaf->value) : "null");
	else if (e->role != (is_widget(a) ? ROLE_FORM : is_link(a) ? ROLE_LINK : ROLE_ANNOT))
		lint_found(l, LINT_ANNOT_ELEMENT, a->at, "%s in %s", lint_text(l, a->kind),
			lint_text(l, lint_look(l, e->object, "S")));
}

/* Objects that elements refer to are annotations of that page. */
static void check_references(struct lint *l)
{
	for (size_t i = 0; i < l->n_element; i++)
		for (uint32_t k = l->element[i].kid; k < l->element[i].kid + l->element[i].n_kid; k++) {
			const struct lint_kid *kid = &l->kid[k];

			if (kid->kind == KID_OBJECT && l->object[kid->value].annot != kid->page + 1)
				lint_found(l, LINT_OBJR, LINT_AT(l->element[i].number), "/OBJR %u 0 R", kid->value);
		}
}

/* ---- fields ---- */

static void check_widget(struct annot *a)
{
	struct lint *l = a->lint;

	if (pdf_has(a->object, "A"))
		lint_found(l, LINT_WIDGET_ACTION, a->at, "/A %s", lint_text(l, lint_look(l, lint_look(l, a->object, "A"), "S")));
	if (inherited(l, a->object, "FT")->kind != PDF_NAME || inherited(l, a->object, "T")->kind != PDF_STRING)
		lint_found(l, LINT_FIELD, a->at, "/FT %s/T %s", lint_text(l, inherited(l, a->object, "FT")),
			lint_text(l, inherited(l, a->object, "T")));
}

/* The fields of the form; those that have no others in them are widgets of a page. */
static void check_fields(struct lint *l)
{
	const struct pdf_object *fields = lint_look(l, lint_look(l, pdf_catalog(l->view), "AcroForm"), "Fields");
	const struct pdf_object **waiting = NULL;
	size_t n = 0;
	size_t cap = 0;

	for (uint32_t i = 0; fields->kind == PDF_ARRAY && i < fields->n; i++)
		*ARENA_PUSH(&l->arena, waiting, n, &cap) = &fields->item[i];
	while (n) {
		const struct pdf_object *field = waiting[--n];
		const struct pdf_object *kids = lint_look(l, pdf_resolve(l->view, field), "Kids");
		const struct lint_object *o = lint_object(l, field);

		if (kids->kind == PDF_ARRAY && pdf_has(pdf_resolve(l->view, field), "A"))
			lint_found(l, LINT_WIDGET_ACTION, LINT_AT(field->kind == PDF_REFERENCE ? field->number : 0), "/A");
		if (!lint_mark_seen(l, field, SEEN_CHECKED) || (kids->kind != PDF_ARRAY && !o->annot))
			lint_found(l, LINT_FIELD, LINT_FILE, "/Fields %s", lint_text(l, field));
		else
			for (uint32_t i = 0; kids->kind == PDF_ARRAY && i < kids->n; i++)
				*ARENA_PUSH(&l->arena, waiting, n, &cap) = &kids->item[i];
	}
}

/* Widgets that no field leads to. */
static void check_reached(struct annot *a)
{
	if (!(a->lint->object[a->number].seen & SEEN_CHECKED))
		lint_found(a->lint, LINT_FIELD, a->at, "/AcroForm/Fields: %u 0 R", a->number);
}

/* ---- */

static void check_annotation(struct annot *a)
{
	if (!check_kind(a) || pdf_name_is(a->kind, "Popup"))
		return;
	check_flags(a);
	check_appearance(a);
	check_text(a);
	check_element(a);
	if (is_widget(a)) {
		check_widget(a);
		check_reached(a);
	}
}

static const struct pdf_object *annotations_of(struct lint *l, size_t page)
{
	const struct pdf_object *annots = lint_look(l, l->page[page].object, "Annots");

	return annots->kind == PDF_ARRAY ? annots : &pdf_null;
}

static void note_annotations(struct lint *l, size_t page)
{
	const struct pdf_object *annots = annotations_of(l, page);

	for (uint32_t i = 0; annots->kind == PDF_ARRAY && i < annots->n; i++) {
		struct lint_object *o = lint_object(l, &annots->item[i]);

		if (!o || o->annot || !lint_is_dict(pdf_resolve(l->view, &annots->item[i])))
			lint_found(l, LINT_ANNOT_PARENT, LINT_PAGE(page), "/Annots %s", lint_text(l, &annots->item[i]));
		else
			o->annot = (uint32_t)page + 1;
	}
	if (annots->kind == PDF_ARRAY && annots->n && !pdf_name_is(lint_look(l, l->page[page].object, "Tabs"), "S"))
		lint_found(l, LINT_TABS, LINT_PAGE(page), "/Tabs %s", lint_text(l, lint_look(l, l->page[page].object, "Tabs")));
}

static void check_page(struct lint *l, size_t page)
{
	const struct pdf_object *annots = annotations_of(l, page);

	for (uint32_t i = 0; annots->kind == PDF_ARRAY && i < annots->n; i++) {
		struct lint_object *o = lint_object(l, &annots->item[i]);
		struct annot a = { .lint = l, .page = page };

		if (!o || o->annot != page + 1)
			continue;
		a.number = (uint32_t)annots->item[i].number;
		a.at = LINT_AT(a.number);
		a.object = pdf_resolve(l->view, &annots->item[i]);
		a.kind = lint_look(l, a.object, "Subtype");
		check_annotation(&a);
	}
}

void lint_annotations(struct lint *l)
{
	for (size_t i = 0; i < l->n_page; i++)
		note_annotations(l, i);
	check_fields(l);
	for (size_t i = 0; i < l->n_page; i++)
		check_page(l, i);
	check_references(l);
}
