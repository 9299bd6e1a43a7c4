/* All values of all objects: what none of them may hold. */
#include "base/utf8.h"
#include "pdf/linting.h"

#include <string.h>

enum { STRING_MAX = 32767, NAME_MAX_A = 127, ZEROS_MAX = 37 /* behind the point, of a number that is not 0 */, ITEMS_MAX = 1 << 16 };

/* A value that waits, and the object that it is in. */
struct values {
	struct lint *lint;
	uint32_t number;
	const struct pdf_object **waiting;
	size_t n, cap;
	const struct pdf_object *associated; /* the catalog's /AF */
};

static bool name_is_one(const struct pdf_object *o, const char *const *names)
{
	for (; *names; names++)
		if (pdf_name_is(o, *names))
			return true;
	return false;
}

static bool is_too_small(const struct pdf_object *real)
{
	uint32_t i = 0;
	uint32_t zeros = 0;

	while (i < real->n && (real->text[i] == '-' || real->text[i] == '+' || real->text[i] == '0'))
		i++;
	if (i == real->n || real->text[i] != '.')
		return false;
	for (i++; i < real->n && real->text[i] == '0'; i++)
		zeros++;
	return i < real->n && zeros > ZEROS_MAX;
}

static void check_limits(struct lint *l, struct lint_place at, const struct pdf_object *o)
{
	if ((o->kind == PDF_INTEGER && (o->number > INT32_MAX || o->number < INT32_MIN)) || (o->kind == PDF_STRING && o->n > STRING_MAX)
		|| (o->kind == PDF_NAME && o->n > NAME_MAX_A) || (o->kind == PDF_REAL && is_too_small(o)))
		lint_found(l, LINT_LIMITS, at, "%s", lint_text(l, o));
	if (o->kind == PDF_STRING && o->extra)
		lint_found(l, LINT_HEX, at, "%s", lint_text(l, o));
}

/* Of an operand: arrays of strings and numbers, dictionaries of what is marked; what is deeper in has no meaning there. */
void lint_limits(struct lint *l, struct lint_place at, const struct pdf_object *o)
{
	check_limits(l, at, o);
	for (uint32_t i = 0; o->kind == PDF_ARRAY && i < o->n; i++)
		check_limits(l, at, &o->item[i]);
	for (uint32_t i = 0; o->kind == PDF_DICT && i < o->n; i++)
		check_limits(l, at, &o->entry[i].value);
}

/* Names that people read: of fonts and of types of elements. */
static void check_names(struct values *v, const struct pdf_object *dict)
{
	static const char *const keys[] = { "BaseFont", "FontName", "S" };
	size_t bad;

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		const struct pdf_object *o = pdf_find(dict, keys[i]);

		if (o->kind == PDF_NAME && !utf8_valid(o->text, o->n, &bad))
			lint_found(v->lint, LINT_NAME_TEXT, LINT_AT(v->number), "/%s %s", keys[i], lint_text(v->lint, o));
	}
}

/* ---- actions ---- */

static void check_action(struct values *v, const struct pdf_object *action)
{
	static const char *const known[] = { "GoTo", "GoToR", "GoToE", "Thread", "URI", "Named", "SubmitForm", NULL };
	static const char *const named[] = { "NextPage", "PrevPage", "FirstPage", "LastPage", NULL };
	struct lint *l = v->lint;
	const struct pdf_object *kind = lint_look(l, action, "S");

	if (!name_is_one(kind, known))
		lint_found(l, LINT_ACTION, LINT_AT(v->number), "/S %s", lint_text(l, kind));
	else if (pdf_name_is(kind, "Named") && !name_is_one(lint_look(l, action, "N"), named))
		lint_found(l, LINT_ACTION, LINT_AT(v->number), "/N %s", lint_text(l, lint_look(l, action, "N")));
}

/* Attributes of elements are under /A, too, and bookmarks under /Next; actions have another form. */
static void check_if_action(struct values *v, const struct pdf_object *o, bool is_next)
{
	if (lint_is_dict(o) && (is_next ? pdf_has(o, "S") : !pdf_has(o, "O") || pdf_has(o, "S")))
		check_action(v, o);
}

/* All that the dictionary leads to as an action, whatever it says of itself. */
static void check_actions(struct values *v, const struct pdf_object *dict)
{
	static const char *const keys[] = { "A", "PA", "OpenAction", "Next" };
	struct lint *l = v->lint;

	if (pdf_has(dict, "AA"))
		lint_found(l, LINT_AA, LINT_AT(v->number), "/AA");
	if (pdf_has(dict, "JavaScript") || pdf_has(dict, "JS"))
		lint_found(l, LINT_ACTION, LINT_AT(v->number), "/JavaScript");
	else if (pdf_name_is(lint_look(l, dict, "Type"), "Action"))
		check_action(v, dict);
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		const struct pdf_object *o = lint_look(l, dict, keys[i]);
		bool is_next = keys[i][0] == 'N';

		if (!pdf_name_is(lint_look(l, o, "Type"), "Action"))
			check_if_action(v, o, is_next);
		for (uint32_t k = 0; is_next && o->kind == PDF_ARRAY && k < o->n && k < ITEMS_MAX; k++)
			check_if_action(v, pdf_item(l->view, o, k), is_next);
	}
}

/* ---- what is nowhere ---- */

static void check_banned(struct values *v, const struct pdf_object *dict)
{
	static const struct {
		const char *key;
		enum lint_rule rule;
	} banned[] = { { "AlternatePresentations", LINT_PRESENTATION }, { "PresSteps", LINT_PRESENTATION },
		{ "Requirements", LINT_REQUIREMENTS } };
	static const char *const digests[] = { "DigestLocation", "DigestMethod", "DigestValue" };
	struct lint *l = v->lint;
	const struct pdf_object *catalog = pdf_catalog(l->view);

	for (size_t i = 0; i < sizeof banned / sizeof *banned; i++)
		if (pdf_has(dict, banned[i].key))
			lint_found(l, banned[i].rule, LINT_AT(v->number), "/%s", banned[i].key);
	for (size_t i = 0; pdf_has(dict, "TransformMethod") && i < sizeof digests / sizeof *digests; i++)
		if (pdf_has(dict, digests[i]))
			lint_found(l, LINT_PERMS, LINT_AT(v->number), "/%s", digests[i]);
	if (dict != catalog && pdf_has(dict, "Metadata"))
		lint_found(l, LINT_METADATA, LINT_AT(v->number), "/Metadata %s", lint_text(l, pdf_find(dict, "Metadata")));
}

/* ---- attached files ---- */

static bool is_associated(struct values *v)
{
	const struct pdf_object *all = v->associated;

	for (uint32_t i = 0; all->kind == PDF_ARRAY && i < all->n; i++)
		if (all->item[i].kind == PDF_REFERENCE && all->item[i].number == v->number)
			return true;
	return false;
}

static void check_attached(struct values *v, const struct pdf_object *dict)
{
	static const char *const relations[] = { "Source", "Data", "Alternative", "Supplement", "Unspecified", NULL };
	struct lint *l = v->lint;
	const struct pdf_object *stream = lint_look(l, lint_look(l, dict, "EF"), "F");
	const struct pdf_object *relation = lint_look(l, dict, "AFRelationship");
	const struct pdf_object *mime = lint_look(l, stream, "Subtype");

	if (!pdf_has(dict, "EF"))
		return;
	if (l->part != 3) {
		lint_found(l, LINT_EMBEDDED, LINT_AT(v->number), "/EF");
		return;
	}
	if (!name_is_one(relation, relations) || lint_look(l, dict, "F")->kind != PDF_STRING
		|| lint_look(l, dict, "UF")->kind != PDF_STRING || stream->kind != PDF_STREAM || mime->kind != PDF_NAME
		|| !memchr(mime->text, '/', mime->n) || !is_associated(v))
		lint_found(l, LINT_ASSOCIATED, LINT_AT(v->number), "/AFRelationship %s/F %s/UF %s/Subtype %s", lint_text(l, relation),
			lint_text(l, pdf_find(dict, "F")), lint_text(l, pdf_find(dict, "UF")), lint_text(l, mime));
}

/* ---- streams ---- */

static void check_filters(struct values *v, const struct pdf_object *stream)
{
	static const char *const known[] = { "FlateDecode", "ASCIIHexDecode", "ASCII85Decode", "RunLengthDecode", "CCITTFaxDecode",
		"JBIG2Decode", "DCTDecode", "JPXDecode", NULL };
	struct lint *l = v->lint;
	const struct pdf_object *filter = lint_look(l, stream, "Filter");
	bool many = filter->kind == PDF_ARRAY;

	for (uint32_t i = 0; filter->kind != PDF_NULL && i < (many ? filter->n : 1); i++) {
		const struct pdf_object *one = many ? pdf_item(l->view, filter, i) : filter;

		if (!name_is_one(one, known))
			lint_found(l, LINT_STREAM_FILTER, LINT_AT(v->number), "/Filter %s", lint_text(l, one));
	}
}

static void check_picture(struct values *v, const struct pdf_object *stream)
{
	struct lint *l = v->lint;
	const struct pdf_object *kind = lint_look(l, stream, "Subtype");
	const struct pdf_object *smooth = lint_look(l, stream, "Interpolate");
	bool is_image = pdf_name_is(kind, "Image");

	if (is_image && pdf_has(stream, "Alternates"))
		lint_found(l, LINT_ALTERNATES, LINT_AT(v->number), "/Alternates");
	if (is_image && smooth->kind == PDF_BOOL && smooth->truth)
		lint_found(l, LINT_INTERPOLATE, LINT_AT(v->number), "/Interpolate true");
	if (pdf_name_is(kind, "PS") || ((is_image || pdf_name_is(kind, "Form")) && pdf_has(stream, "OPI"))
		|| (pdf_name_is(kind, "Form") && (pdf_has(stream, "PS") || pdf_has(stream, "Subtype2") || pdf_has(stream, "Ref"))))
		lint_found(l, LINT_XOBJECT, LINT_AT(v->number), "/Subtype %s/OPI/PS/Ref", lint_text(l, kind));
}

static void check_stream(struct values *v, const struct pdf_object *stream)
{
	struct lint *l = v->lint;

	if (pdf_has(stream, "F") || pdf_has(stream, "FFilter") || pdf_has(stream, "FDecodeParms"))
		lint_found(l, LINT_STREAM_FILE, LINT_AT(v->number), "/F %s", lint_text(l, pdf_find(stream, "F")));
	check_filters(v, stream);
	check_picture(v, stream);
}

/* ---- */

static void wait(struct values *v, const struct pdf_object *o)
{
	*ARENA_PUSH(&v->lint->arena, v->waiting, v->n, &v->cap) = o;
}

static void check_value(struct values *v, const struct pdf_object *o)
{
	check_limits(v->lint, LINT_AT(v->number), o);
	if (o->kind == PDF_ARRAY)
		for (uint32_t i = 0; i < o->n; i++)
			wait(v, &o->item[i]);
	if (!lint_is_dict(o))
		return;
	check_names(v, o);
	check_actions(v, o);
	check_banned(v, o);
	check_attached(v, o);
	if (o->kind == PDF_STREAM)
		check_stream(v, o);
	for (uint32_t i = 0; i < o->n; i++) {
		if (o->entry[i].n_key > NAME_MAX_A)
			lint_found(v->lint, LINT_LIMITS, LINT_AT(v->number), "/%.*s", NAME_MAX_A, o->entry[i].key);
		wait(v, &o->entry[i].value);
	}
}

void lint_values(struct lint *l)
{
	struct values v = { .lint = l, .associated = lint_look(l, pdf_catalog(l->view), "AF") };

	for (uint32_t i = 1; i < l->n_object; i++) {
		const struct pdf_written *w = pdf_written(l->view, i);

		if (!w || w->is_xref)
			continue;
		v.number = i;
		wait(&v, pdf_get(l->view, i));
		while (v.n)
			check_value(&v, v.waiting[--v.n]);
	}
}
