/* What content uses by name: fonts, graphics states, pictures, forms. */
#include "pdf/linting.h"

#include <string.h>

enum { NAME_MAX_USED = 128 };

const struct pdf_object *lint_resource(const struct lint_use *u, const char *category, const struct pdf_object *name)
{
	const struct pdf_object *all = lint_look(u->lint, u->resources, category);
	char key[NAME_MAX_USED];
	const struct pdf_object *found = &pdf_null;

	if (name->kind == PDF_NAME && name->n < sizeof key) {
		memcpy(key, name->text, name->n);
		key[name->n] = '\0';
		found = pdf_find(all, key);
	}
	if (pdf_resolve(u->lint->view, found)->kind == PDF_NULL)
		lint_found(u->lint, LINT_RESOURCE, u->place, "/%s %s", category, lint_text(u->lint, name));
	return found;
}

/* ---- fonts ---- */

struct lint_font *lint_font_of(struct lint *l, const struct pdf_object *reference)
{
	struct lint_object *known = lint_object(l, reference);
	const struct pdf_object *object = pdf_resolve(l->view, reference);
	struct lint_font *font;

	if (!known || object->kind != PDF_DICT)
		return NULL;
	if (known->font)
		return l->font[known->font - 1];
	font = ARENA_NEW(&l->arena, struct lint_font);
	font->number = (uint32_t)reference->number;
	font->object = object;
	font->is_composite = pdf_name_is(lint_look(l, object, "Subtype"), "Type0");
	*ARENA_PUSH(&l->arena, l->font, l->n_font, &l->cap_font) = font;
	known->font = (uint32_t)l->n_font;
	return font;
}

struct lint_font *lint_use_font(const struct lint_use *u, const struct pdf_object *name)
{
	const struct pdf_object *reference = lint_resource(u, "Font", name);
	struct lint_font *font = lint_font_of(u->lint, reference);

	if (!font && reference->kind != PDF_NULL)
		lint_found(u->lint, LINT_RESOURCE, u->place, "/Font %s", lint_text(u->lint, reference));
	return font;
}

/* ---- graphics states ---- */

static void check_blend(const struct lint_use *u, const struct pdf_object *mode)
{
	static const char *const known[] = { "Normal", "Compatible", "Multiply", "Screen", "Overlay", "Darken", "Lighten", "ColorDodge",
		"ColorBurn", "HardLight", "SoftLight", "Difference", "Exclusion", "Hue", "Saturation", "Color", "Luminosity" };

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (pdf_name_is(mode, known[i]))
			return;
	lint_found(u->lint, LINT_BLEND, u->place, "/BM %s", lint_text(u->lint, mode));
}

void lint_use_gstate(const struct lint_use *u, const struct pdf_object *name)
{
	struct lint *l = u->lint;
	const struct pdf_object *state = pdf_resolve(l->view, lint_resource(u, "ExtGState", name));
	const struct pdf_object *blend = lint_look(l, state, "BM");
	const struct pdf_object *tr2 = lint_look(l, state, "TR2");
	const struct pdf_object *font = lint_look(l, state, "Font");
	const struct pdf_object *group = pdf_find(lint_look(l, state, "SMask"), "G");

	if (pdf_has(state, "TR") || pdf_has(state, "HTP") || (tr2->kind != PDF_NULL && !pdf_name_is(tr2, "Default")))
		lint_found(l, LINT_GSTATE, u->place, "/ExtGState %s", lint_text(l, name));
	if (blend->kind == PDF_ARRAY)
		for (uint32_t i = 0; i < blend->n; i++)
			check_blend(u, pdf_item(l->view, blend, i));
	else if (blend->kind != PDF_NULL)
		check_blend(u, blend);
	if (pdf_has(state, "RI"))
		lint_intent(u, lint_look(l, state, "RI"));
	if (font->kind == PDF_ARRAY && font->n)
		lint_font_of(l, &font->item[0]);
	if (group->kind != PDF_NULL)
		lint_add_form(l, group);
}

/* ---- pictures and forms ---- */

void lint_add_form(struct lint *l, const struct pdf_object *reference)
{
	const struct pdf_object *form = pdf_resolve(l->view, reference);

	if (form->kind != PDF_STREAM || !lint_mark_seen(l, reference, SEEN_FORM))
		return;
	*ARENA_PUSH(&l->arena, l->form, l->n_form, &l->cap_form) =
		(struct lint_form){ .number = (uint32_t)reference->number, .object = form };
}

static void check_image(const struct lint_use *u, const struct pdf_object *reference, const struct pdf_object *image)
{
	struct lint *l = u->lint;
	const struct lint_use own = { .lint = l, .place = LINT_AT(reference->number), .resources = u->resources };
	const struct pdf_object *mask = lint_look(l, image, "ImageMask");

	if (!lint_mark_seen(l, reference, SEEN_IMAGE))
		return;
	if (pdf_has(image, "Intent"))
		lint_intent(&own, lint_look(l, image, "Intent"));
	if (!(mask->kind == PDF_BOOL && mask->truth) && pdf_has(image, "ColorSpace"))
		lint_use_colour(&own, pdf_find(image, "ColorSpace"));
}

void lint_use_xobject(const struct lint_use *u, const struct pdf_object *name)
{
	const struct pdf_object *reference = lint_resource(u, "XObject", name);
	const struct pdf_object *object = pdf_resolve(u->lint->view, reference);

	if (pdf_name_is(lint_look(u->lint, object, "Subtype"), "Image"))
		check_image(u, reference, object);
	else
		lint_add_form(u->lint, reference);
}
