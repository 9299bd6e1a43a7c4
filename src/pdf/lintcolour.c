/* Colours: what spaces they are in, and whether the output intent covers them. */
#include "pdf/icc.h"
#include "pdf/linting.h"

#include <string.h>

enum { SPACES_DEEP = 8 };

static const struct {
	const char *name, *inline_name;
	enum lint_device device;
	unsigned n;
	const char *usual; /* in resources: replaces it */
} devices[] = {
	{ "DeviceGray", "G", DEVICE_GRAY, 1, "DefaultGray" },
	{ "DeviceRGB", "RGB", DEVICE_RGB, 3, "DefaultRGB" },
	{ "DeviceCMYK", "CMYK", DEVICE_CMYK, 4, "DefaultCMYK" },
};

/* ---- profiles ---- */

/* Its number of colours; 0: it is none, or not for what it is used for. */
static int64_t check_profile(struct lint *l, const struct pdf_object *stream, bool is_output, struct lint_place at)
{
	const struct pdf_object *n = lint_look(l, stream, "N");
	struct icc icc = { 0 };
	struct bytes b = { 0 };
	bool ok = stream->kind == PDF_STREAM && pdf_stream_data(l->view, stream, &l->arena, &b, l->d) && icc_read(b, &icc);

	if (ok && n->kind == PDF_INTEGER && n->number == icc.colours && (!is_output || (icc_is_output(&icc) && strcmp(icc.space, "Lab ") != 0)))
		return n->number;
	lint_found(l, LINT_ICC, at, "/N %s, %zu, %s %s", lint_text(l, n), b.n, icc.space ? icc.space : "null",
		icc.kind ? icc.kind : "null");
	return 0;
}

/* ---- spaces ---- */

/* What stands for a device's colours: a profile of as many. */
static void check_usual(const struct lint_use *u, const struct pdf_object *space, unsigned n)
{
	struct lint *l = u->lint;
	const struct pdf_object *profile = pdf_item(l->view, space, 1);

	if (!pdf_name_is(pdf_item(l->view, space, 0), "ICCBased") || lint_look(l, profile, "N")->number != n)
		lint_found(l, LINT_COLOUR_SPACE, u->place, "%s, %u", lint_text(l, space), n);
	else if (lint_mark_seen(l, &pdf_resolve(l->view, space)->item[1], SEEN_IMAGE))
		check_profile(l, profile, false, u->place);
}

void lint_use_device(const struct lint_use *u, enum lint_device device)
{
	for (size_t i = 0; i < sizeof devices / sizeof *devices; i++) {
		const struct pdf_object *usual;

		if (devices[i].device != device)
			continue;
		usual = lint_look(u->lint, lint_look(u->lint, u->resources, "ColorSpace"), devices[i].usual);
		if (usual->kind != PDF_NULL) {
			check_usual(u, usual, devices[i].n);
		} else if (!(u->lint->devices & device)) {
			u->lint->devices |= device;
			u->lint->device_at[i] = u->place.page ? u->place.page : 0;
		}
	}
}

static bool use_device_name(const struct lint_use *u, const struct pdf_object *name)
{
	for (size_t i = 0; i < sizeof devices / sizeof *devices; i++)
		if (pdf_name_is(name, devices[i].name) || pdf_name_is(name, devices[i].inline_name)) {
			lint_use_device(u, devices[i].device);
			return true;
		}
	return pdf_name_is(name, "Pattern");
}

/* The space that an array's is made from; NULL: none. */
static const struct pdf_object *check_family(const struct lint_use *u, const struct pdf_object *space)
{
	struct lint *l = u->lint;
	const struct pdf_object *family = pdf_item(l->view, space, 0);
	uint32_t at = space->n > 1 && space->item[1].kind == PDF_REFERENCE ? (uint32_t)space->item[1].number : 0;

	if (pdf_name_is(family, "ICCBased")) {
		if (lint_mark_seen(l, space->n > 1 ? &space->item[1] : &pdf_null, SEEN_IMAGE) || !at)
			check_profile(l, pdf_item(l->view, space, 1), false, LINT_AT(at));
		return NULL;
	}
	if (pdf_name_is(family, "CalGray") || pdf_name_is(family, "CalRGB") || pdf_name_is(family, "Lab"))
		return NULL;
	if (pdf_name_is(family, "Indexed") || pdf_name_is(family, "I") || pdf_name_is(family, "Pattern"))
		return pdf_item(l->view, space, 1);
	if (space->n != 1 || !use_device_name(u, family))
		lint_found(l, LINT_COLOUR_SPACE, u->place, "%s", lint_text(l, family));
	return NULL;
}

void lint_use_colour(const struct lint_use *u, const struct pdf_object *space)
{
	const struct pdf_object *o = pdf_resolve(u->lint->view, space);
	size_t deep = 0;

	for (; o && o->kind == PDF_ARRAY && deep < SPACES_DEEP; deep++)
		o = check_family(u, o);
	if (!o || (o->kind == PDF_NULL && deep) || use_device_name(u, o))
		return;
	if (deep || o->kind != PDF_NAME) {
		lint_found(u->lint, LINT_COLOUR_SPACE, u->place, "%s", lint_text(u->lint, o));
		return;
	}
	o = pdf_resolve(u->lint->view, lint_resource(u, "ColorSpace", o));
	for (; o && o->kind == PDF_ARRAY && deep < SPACES_DEEP; deep++)
		o = check_family(u, o);
	if (o && o->kind != PDF_NULL && !use_device_name(u, o))
		lint_found(u->lint, LINT_COLOUR_SPACE, u->place, "%s", lint_text(u->lint, o));
}

void lint_intent(const struct lint_use *u, const struct pdf_object *name)
{
	static const char *const known[] = { "RelativeColorimetric", "AbsoluteColorimetric", "Perceptual", "Saturation" };

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (pdf_name_is(name, known[i]))
			return;
	lint_found(u->lint, LINT_INTENT, u->place, "%s", lint_text(u->lint, name));
}

/* ---- the output intent ---- */

/* Intents of other kinds may be there if they have no profile, or the same. */
static const struct pdf_object *find_intent(struct lint *l, bool *wrong)
{
	const struct pdf_object *intents = lint_look(l, pdf_catalog(l->view), "OutputIntents");
	const struct pdf_object *found = &pdf_null;
	const struct pdf_object *profile = &pdf_null;

	for (uint32_t i = 0; intents->kind == PDF_ARRAY && i < intents->n; i++) {
		const struct pdf_object *intent = pdf_item(l->view, intents, i);
		const struct pdf_object *own = pdf_find(intent, "DestOutputProfile");

		*wrong = *wrong || pdf_has(intent, "DestOutputProfileRef");
		if (own->kind != PDF_NULL) {
			*wrong = *wrong || (profile->kind != PDF_NULL && !pdf_same(profile, own));
			profile = own;
		}
		if (!pdf_name_is(lint_look(l, intent, "S"), "GTS_PDFA1"))
			continue;
		*wrong = *wrong || found->kind != PDF_NULL;
		found = intent;
	}
	return found;
}

void lint_colours(struct lint *l)
{
	bool wrong = false;
	const struct pdf_object *intent = find_intent(l, &wrong);
	const struct pdf_object *reference = pdf_find(intent, "DestOutputProfile");
	const struct pdf_object *profile = pdf_resolve(l->view, reference);
	int64_t n;

	if (profile->kind != PDF_STREAM || wrong) {
		if (l->devices || wrong || intent->kind != PDF_NULL)
			lint_found(l, LINT_OUTPUT_INTENT, LINT_FILE, "/OutputIntents %s/DestOutputProfile %s",
				lint_text(l, lint_look(l, pdf_catalog(l->view), "OutputIntents")), lint_text(l, reference));
		return;
	}
	n = check_profile(l, profile, true, LINT_AT(reference->kind == PDF_REFERENCE ? reference->number : 0));
	for (size_t i = 1; n && i < sizeof devices / sizeof *devices; i++) /* grey is a part of every other */
		if (l->devices & devices[i].device && n != devices[i].n)
			lint_found(l, LINT_DEVICE_COLOUR, (struct lint_place){ .page = l->device_at[i] }, "%s, /N %d", devices[i].name,
				(int)n);
}
