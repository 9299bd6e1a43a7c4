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

/* Of the usual kind, without a name and a transfer function. */
static bool is_plain_halftone(const struct lint_use *u, const struct pdf_object *halftone)
{
	const struct pdf_object *type = lint_look(u->lint, halftone, "HalftoneType");

	if (halftone->kind == PDF_NULL || pdf_name_is(halftone, "Default"))
		return true;
	return halftone->kind == PDF_DICT && type->kind == PDF_INTEGER && type->number == 1 && !pdf_has(halftone, "HalftoneName")
		&& !pdf_has(halftone, "TransferFunction");
}

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

	if (pdf_has(state, "TR") || pdf_has(state, "HTP") || !is_plain_halftone(u, lint_look(l, state, "HT"))
		|| lint_look(l, state, "OPM")->number != 0 || (tr2->kind != PDF_NULL && !pdf_name_is(tr2, "Default")))
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

static bool is_true(const struct pdf_object *o)
{
	return o->kind == PDF_BOOL && o->truth;
}

static int64_t number_of(const struct pdf_object *o)
{
	return o->kind == PDF_INTEGER ? o->number : -1;
}

/* Of a picture that is no mask; 0: a space that is not known, which is said elsewhere; -1: none that a picture may have. */
static int64_t count_colours(struct lint *l, const struct pdf_object *space)
{
	const struct pdf_object *family = space->kind == PDF_ARRAY ? pdf_item(l->view, space, 0) : space;

	if (pdf_name_is(family, "ICCBased"))
		return number_of(lint_look(l, pdf_item(l->view, space, 1), "N"));
	if (pdf_name_is(family, "DeviceGray") || pdf_name_is(family, "CalGray") || pdf_name_is(family, "Indexed"))
		return 1;
	if (pdf_name_is(family, "DeviceRGB") || pdf_name_is(family, "CalRGB") || pdf_name_is(family, "Lab"))
		return 3;
	if (pdf_name_is(family, "DeviceCMYK"))
		return 4;
	return space->kind == PDF_ARRAY && !pdf_name_is(family, "Pattern") ? 0 : -1;
}

enum { SIDE_MAX = 1 << 16, COLOURS_MAX = 4 };

/* Rows of whole bytes, as many as are there at least. */
static bool is_whole(struct lint *l, const struct pdf_object *image)
{
	bool mask = is_true(lint_look(l, image, "ImageMask"));
	const struct pdf_object *depth = lint_look(l, image, "BitsPerComponent");
	int64_t bits = mask && depth->kind == PDF_NULL ? 1 : number_of(depth);
	int64_t colours = mask ? 1 : count_colours(l, lint_look(l, image, "ColorSpace"));
	int64_t width = number_of(lint_look(l, image, "Width"));
	int64_t height = number_of(lint_look(l, image, "Height"));
	struct arena a = { 0 };
	struct bytes data;
	bool ok = width > 0 && height > 0 && width <= SIDE_MAX && height <= SIDE_MAX && colours > 0 && colours <= COLOURS_MAX
		&& (bits == 1 || (!mask && (bits == 2 || bits == 4 || bits == 8 || bits == 16)));

	if (!colours)
		return true;
	ok = ok && pdf_stream_data(l->view, image, &a, &data, l->d)
		&& data.n >= (size_t)height * (((size_t)width * (size_t)bits * (size_t)colours + 7) / 8);
	arena_clear(&a);
	return ok;
}

/* Pictures that are decoded elsewhere. */
static bool is_coded(struct lint *l, const struct pdf_object *image)
{
	static const char *const coded[] = { "DCTDecode", "JPXDecode", "CCITTFaxDecode", "JBIG2Decode" };
	const struct pdf_object *filter = lint_look(l, image, "Filter");
	bool many = filter->kind == PDF_ARRAY;

	for (uint32_t i = 0; i < (many ? filter->n : 1); i++)
		for (size_t k = 0; k < sizeof coded / sizeof *coded; k++)
			if (pdf_name_is(many ? pdf_item(l->view, filter, i) : filter, coded[k]))
				return true;
	return false;
}

static void check_image(const struct lint_use *u, const struct pdf_object *reference)
{
	struct lint *l = u->lint;
	const struct pdf_object *image = pdf_resolve(l->view, reference);
	const struct lint_use own = { .lint = l, .place = LINT_AT(reference->number), .resources = u->resources };

	if (!lint_mark_seen(l, reference, SEEN_IMAGE))
		return;
	if (pdf_has(image, "Intent"))
		lint_intent(&own, lint_look(l, image, "Intent"));
	if (!is_true(lint_look(l, image, "ImageMask")) && pdf_has(image, "ColorSpace"))
		lint_use_colour(&own, pdf_find(image, "ColorSpace"));
	if (lint_applies(l, LINT_IMAGE_DATA) && (is_coded(l, image) || !is_whole(l, image)))
		lint_found(l, LINT_IMAGE_DATA, own.place, "/Filter %s/ColorSpace %s/BitsPerComponent %s", lint_text(l, lint_look(l, image, "Filter")),
			lint_text(l, lint_look(l, image, "ColorSpace")), lint_text(l, lint_look(l, image, "BitsPerComponent")));
}

/* A picture and those that say where it shows through, which have none themselves. */
static void use_image(const struct lint_use *u, const struct pdf_object *reference, const struct pdf_object *image)
{
	static const char *const masks[] = { "SMask", "Mask" };

	check_image(u, reference);
	for (size_t i = 0; i < sizeof masks / sizeof *masks; i++)
		if (lint_look(u->lint, image, masks[i])->kind == PDF_STREAM)
			check_image(u, pdf_find(image, masks[i]));
}

void lint_use_xobject(const struct lint_use *u, const struct pdf_object *name)
{
	const struct pdf_object *reference = lint_resource(u, "XObject", name);
	const struct pdf_object *object = pdf_resolve(u->lint->view, reference);
	const struct pdf_object *kind = lint_look(u->lint, object, "Subtype");

	if (pdf_name_is(kind, "Image"))
		use_image(u, reference, object);
	else
		lint_add_form(u->lint, reference);
	if (object->kind == PDF_STREAM && !pdf_name_is(kind, "Image") && !pdf_name_is(kind, "Form") && !pdf_name_is(kind, "PS"))
		lint_found(u->lint, LINT_XOBJECT, u->place, "/Subtype %s", lint_text(u->lint, kind));
}
