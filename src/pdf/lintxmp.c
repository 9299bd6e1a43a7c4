/* What the file says of itself: XMP, whether it describes what it uses, and whether the information dictionary says the same. */
#include "base/sax.h"
#include "base/utf8.h"
#include "pdf/linting.h"

#include <string.h>

#define RDF "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
#define DC "http://purl.org/dc/elements/1.1/"
#define XMP "http://ns.adobe.com/xap/1.0/"
#define ADOBE "http://ns.adobe.com/pdf/1.3/"
#define PDFAID "http://www.aiim.org/pdfa/ns/id/"
#define PDFUAID "http://www.aiim.org/pdfua/ns/id/"
#define EXTENSION "http://www.aiim.org/pdfa/ns/extension/"
#define SCHEMA "http://www.aiim.org/pdfa/ns/schema#"
#define PROPERTY "http://www.aiim.org/pdfa/ns/property#"

enum form { TEXT, DATE, INTEGER, SEQ, BAG, ALT };

/* What needs no description. */
static const struct {
	const char *space, *name;
	enum form form;
} predefined[] = {
	{ DC, "contributor", BAG }, { DC, "coverage", TEXT }, { DC, "creator", SEQ }, { DC, "description", ALT }, { DC, "format", TEXT },
	{ DC, "identifier", TEXT }, { DC, "language", BAG }, { DC, "publisher", BAG }, { DC, "relation", BAG }, { DC, "rights", ALT },
	{ DC, "source", TEXT }, { DC, "subject", BAG }, { DC, "title", ALT }, { DC, "type", BAG },
	{ XMP, "Advisory", BAG }, { XMP, "BaseURL", TEXT }, { XMP, "CreateDate", DATE }, { XMP, "CreatorTool", TEXT },
	{ XMP, "Identifier", BAG }, { XMP, "Label", TEXT }, { XMP, "MetadataDate", DATE }, { XMP, "ModifyDate", DATE },
	{ XMP, "Nickname", TEXT }, { XMP, "Rating", INTEGER },
	{ ADOBE, "Keywords", TEXT }, { ADOBE, "PDFVersion", TEXT }, { ADOBE, "Producer", TEXT }, { ADOBE, "Trapped", TEXT },
	{ PDFAID, "part", INTEGER }, { PDFAID, "amd", TEXT }, { PDFAID, "corr", TEXT }, { PDFAID, "conformance", TEXT },
	{ EXTENSION, "schemas", BAG },
};

/* What a description may say of a value: other types are not checked here. */
static const struct {
	const char *name;
	enum form form;
} types[] = { { "Text", TEXT }, { "Date", DATE }, { "Integer", INTEGER }, { "seq Text", SEQ }, { "Seq Text", SEQ }, { "bag Text", BAG },
	{ "Bag Text", BAG }, { "URI", TEXT }, { "URL", TEXT } };

struct property {
	const char *space, *name;
	const char *value; /* its first text, or NULL */
	const char *holder; /* the element that holds its items, or NULL */
	bool is_odd;	   /* has other elements than a list of items, or an item of an Alt has no language */
};

/* A property that a schema describes. */
struct described {
	size_t schema;
	const char *name, *type, *category;
};

struct schema {
	const char *space, *prefix;
};

enum { DEPTH_PROPERTY = 4, DEPTH_SCHEMA = 6, DEPTH_FIELD = 7, DEPTH_DESCRIBED = 9, DEPTH_DETAIL = 10 }; /* of elements, from 1 */

struct xmp {
	struct lint *lint;
	uint32_t number;
	size_t depth;
	struct {
		const char *space, *name;
	} open[SAX_DEPTH_MAX + 1];
	struct property *property;
	size_t n_property, cap_property;
	struct schema *schema;
	size_t n_schema, cap_schema;
	struct described *described;
	size_t n_described, cap_described;
	unsigned has; /* fields of the schema that is read */
	unsigned has_detail;
	const char **lacking; /* schemas and properties that are not described in full */
	size_t n_lacking, cap_lacking;
	bool odd; /* a property is an attribute, or too deep */
};

static bool is(const struct xmp *x, size_t depth, const char *space, const char *name)
{
	return x->depth >= depth && !strcmp(x->open[depth].space, space) && !strcmp(x->open[depth].name, name);
}

static bool in_schemas(const struct xmp *x)
{
	return is(x, DEPTH_PROPERTY, EXTENSION, "schemas");
}

static void begin(struct xmp *x)
{
	const char *space = x->open[x->depth].space;
	const char *name = x->open[x->depth].name;

	if (x->depth == DEPTH_PROPERTY)
		*ARENA_PUSH(&x->lint->arena, x->property, x->n_property, &x->cap_property) = (struct property){ .space = space, .name = name };
	if (!in_schemas(x))
		return;
	if (x->depth == DEPTH_SCHEMA) {
		*ARENA_PUSH(&x->lint->arena, x->schema, x->n_schema, &x->cap_schema) = (struct schema){ 0 };
		x->has = 0;
	} else if (x->depth == DEPTH_DESCRIBED && x->n_schema) {
		*ARENA_PUSH(&x->lint->arena, x->described, x->n_described, &x->cap_described) =
			(struct described){ .schema = x->n_schema - 1 };
		x->has_detail = 0;
	}
}

/* What a property is written with: a list of items, or none; of the descriptions only their outermost list. */
static void note_holder(struct xmp *x, const struct sax_element *e)
{
	struct property *p = x->n_property ? &x->property[x->n_property - 1] : NULL;

	if (!p || x->depth <= DEPTH_PROPERTY)
		return;
	if (x->depth == DEPTH_PROPERTY + 1) {
		p->is_odd = p->is_odd || p->holder || strcmp(e->space, RDF) != 0;
		p->holder = x->open[x->depth].name;
	} else if (x->depth == DEPTH_SCHEMA) {
		p->is_odd = p->is_odd || !is(x, x->depth, RDF, "li") || (!strcmp(p->holder, "Alt") && !sax_attribute(e, "lang"));
	} else if (!in_schemas(x) || (x->depth == DEPTH_FIELD + 1 && !is(x, x->depth, RDF, "Seq"))) {
		p->is_odd = true;
	}
}

static bool start(void *ctx, const struct sax_element *e, struct diags *d)
{
	struct xmp *x = ctx;

	(void)d;
	x->depth++;
	x->odd = x->odd || x->depth > SAX_DEPTH_MAX;
	if (x->depth > SAX_DEPTH_MAX)
		return true;
	x->open[x->depth].space = arena_text(&x->lint->arena, e->space);
	x->open[x->depth].name = arena_text(&x->lint->arena, e->name);
	for (size_t i = 0; x->depth == DEPTH_PROPERTY - 1 && i < e->n_attribute; i++)
		if (strcmp(e->attribute[i].name, "about") != 0)
			x->odd = true;
	begin(x);
	note_holder(x, e);
	return true;
}

static const char *const schema_fields[] = { "schema", "namespaceURI", "prefix" };
static const char *const detail_fields[] = { "name", "valueType", "category", "description" };

enum { ALL_SCHEMA = 7, ALL_DETAIL = 15 }; /* bits of the names */

static unsigned field_bit(const char *const *names, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(names[i], name))
			return 1u << i;
	return 0;
}

static void take_field(struct xmp *x, const char *text)
{
	const char *name = x->open[x->depth].name;

	if (x->depth == DEPTH_FIELD && x->n_schema && !strcmp(x->open[x->depth].space, SCHEMA)) {
		x->has |= field_bit(schema_fields, 3, name);
		if (!strcmp(name, "namespaceURI"))
			x->schema[x->n_schema - 1].space = text;
		if (!strcmp(name, "prefix"))
			x->schema[x->n_schema - 1].prefix = text;
	}
	if (x->depth == DEPTH_DETAIL && x->n_described && !strcmp(x->open[x->depth].space, PROPERTY)) {
		x->has_detail |= field_bit(detail_fields, 4, name);
		if (!strcmp(name, "name"))
			x->described[x->n_described - 1].name = text;
		if (!strcmp(name, "valueType"))
			x->described[x->n_described - 1].type = text;
		if (!strcmp(name, "category"))
			x->described[x->n_described - 1].category = text;
	}
}

static bool is_blank(const char *s, size_t n)
{
	while (n && (unsigned char)s[n - 1] <= ' ')
		n--;
	return !n;
}

static bool take_text(void *ctx, const char *s, size_t n, struct origin at, struct diags *d)
{
	struct xmp *x = ctx;
	struct property *p = x->n_property ? &x->property[x->n_property - 1] : NULL;
	const char *text;

	(void)at;
	(void)d;
	if (x->depth < DEPTH_PROPERTY || is_blank(s, n))
		return true;
	text = arena_slice(&x->lint->arena, s, n);
	if (p && !p->value)
		p->value = text;
	if (in_schemas(x))
		take_field(x, text);
	return true;
}

static bool finish(void *ctx, const char *name, struct diags *d)
{
	struct xmp *x = ctx;

	(void)d;
	(void)name;
	if (in_schemas(x) && x->depth == DEPTH_SCHEMA && x->n_schema && x->has != ALL_SCHEMA)
		*ARENA_PUSH(&x->lint->arena, x->lacking, x->n_lacking, &x->cap_lacking) = x->schema[x->n_schema - 1].space;
	if (in_schemas(x) && x->depth == DEPTH_DESCRIBED && x->n_described && x->has_detail != ALL_DETAIL)
		*ARENA_PUSH(&x->lint->arena, x->lacking, x->n_lacking, &x->cap_lacking) = x->described[x->n_described - 1].name;
	x->depth--;
	return true;
}

/* ---- whether properties are described ---- */

static bool is_predefined(const struct property *p, enum form *form)
{
	for (size_t i = 0; i < sizeof predefined / sizeof *predefined; i++)
		if (!strcmp(predefined[i].space, p->space) && !strcmp(predefined[i].name, p->name)) {
			*form = predefined[i].form;
			return true;
		}
	return false;
}

/* Of a type of a description; false: of none that is known. */
static bool form_of(const char *type, enum form *form)
{
	for (size_t i = 0; type && i < sizeof types / sizeof *types; i++)
		if (!strcmp(types[i].name, type)) {
			*form = types[i].form;
			return true;
		}
	return false;
}

static bool is_described(const struct xmp *x, const struct property *p, enum form *form)
{
	for (size_t i = 0; i < x->n_described; i++) {
		const struct described *d = &x->described[i];

		if (d->name && !strcmp(d->name, p->name) && x->schema[d->schema].space && !strcmp(x->schema[d->schema].space, p->space))
			return !d->type || form_of(d->type, form);
	}
	return false;
}

static bool digits_as(const char *s, const char *form)
{
	for (; *form && *s; s++, form++)
		if (*form == '0' ? *s < '0' || *s > '9' : *s != *form)
			return false;
	return !*form;
}

/* As far as it goes: 2021, 2021-04, 2021-04-01, and then a time with its zone. */
static bool is_date(const char *s)
{
	size_t n = strlen(s);

	if (n == 4 || n == 7 || n == 10)
		return digits_as(s, n == 4 ? "0000" : n == 7 ? "0000-00" : "0000-00-00");
	if (!digits_as(s, "0000-00-00T00:00"))
		return false;
	s += 16;
	if (digits_as(s, ":00"))
		s += 3;
	if (*s == '.')
		for (s++; *s >= '0' && *s <= '9';)
			s++;
	return !strcmp(s, "Z") || (strlen(s) == 6 && (digits_as(s, "+00:00") || digits_as(s, "-00:00")));
}

static bool is_integer(const char *s)
{
	s += *s == '-' || *s == '+';
	return *s && strspn(s, "0123456789") == strlen(s);
}

static bool has_form(const struct property *p, enum form form)
{
	static const char *const holders[] = { [SEQ] = "Seq", [BAG] = "Bag", [ALT] = "Alt" };
	const char *value = p->value ? p->value : "";

	if (form >= SEQ)
		return !p->is_odd && p->holder && !strcmp(p->holder, holders[form]);
	return !p->holder && !p->is_odd && (form != DATE || is_date(value)) && (form != INTEGER || is_integer(value));
}

static void check_property(struct xmp *x, size_t i)
{
	const struct property *p = &x->property[i];
	enum form form = p->holder && !strcmp(p->holder, "Seq") ? SEQ : TEXT; /* of one that is described without a type */

	if (!is_predefined(p, &form) && !is_described(x, p, &form))
		lint_found(x->lint, LINT_XMP_EXTENSION, LINT_AT(x->number), "%s of %s", p->name, p->space);
	else if (!has_form(p, form))
		lint_found(x->lint, LINT_XMP_VALUE, LINT_AT(x->number), "%s: %s %s", p->name, p->holder ? p->holder : "",
			p->value ? p->value : "null");
	for (size_t k = 0; k < i; k++)
		if (!strcmp(x->property[k].name, p->name) && !strcmp(x->property[k].space, p->space)) {
			lint_found(x->lint, LINT_XMP_VALUE, LINT_AT(x->number), "%s, %s", p->name, p->name);
			return;
		}
}

enum { PROPERTIES_MAX = 2000 };

static void check_described(struct xmp *x)
{
	for (size_t i = 0; i < x->n_described; i++) {
		const struct described *d = &x->described[i];
		enum form form;

		if (d->type && d->category && (!form_of(d->type, &form) || (strcmp(d->category, "internal") != 0 && strcmp(d->category, "external") != 0)))
			lint_found(x->lint, LINT_XMP_SCHEMA, LINT_AT(x->number), "%s: %s, %s", d->name ? d->name : "null", d->type, d->category);
	}
	for (size_t i = 0; i < x->n_lacking; i++)
		lint_found(x->lint, LINT_XMP_SCHEMA, LINT_AT(x->number), "%s", x->lacking[i] ? x->lacking[i] : "null");
	if (x->n_property > PROPERTIES_MAX)
		lint_found(x->lint, LINT_XMP_VALUE, LINT_AT(x->number), "%zu", x->n_property);
	for (size_t i = 0; i < x->n_property && i < PROPERTIES_MAX && !diags_are_full(x->lint->d, pdf_shown(x->lint->file)); i++)
		check_property(x, i);
}

/* ---- prefixes ---- */

static const struct schema set_prefixes[] = { { PDFAID, "pdfaid" }, { PDFUAID, "pdfuaid" }, { EXTENSION, "pdfaExtension" },
	{ SCHEMA, "pdfaSchema" }, { PROPERTY, "pdfaProperty" } };

static const char *prefix_of(const struct xmp *x, const char *space)
{
	for (size_t i = 0; i < sizeof set_prefixes / sizeof *set_prefixes; i++)
		if (!strcmp(set_prefixes[i].space, space))
			return set_prefixes[i].prefix;
	for (size_t i = 0; i < x->n_schema; i++)
		if (x->schema[i].space && x->schema[i].prefix && !strcmp(x->schema[i].space, space))
			return x->schema[i].prefix;
	return NULL;
}

/* `xmlns:PREFIX="SPACE"`, behind xmlns; NULL: has no such form. */
static const char *read_declaration(struct xmp *x, const char *s, const char **prefix, const char **space)
{
	size_t n = *s == ':' ? strcspn(s + 1, "= \t\r\n\"'<>") : 0;
	const char *end;

	*prefix = arena_slice(&x->lint->arena, s + (*s == ':'), n);
	s += n + (*s == ':');
	s += strspn(s, " \t\r\n");
	if (*s != '=')
		return NULL;
	s += 1 + strspn(s + 1, " \t\r\n");
	end = *s == '"' || *s == '\'' ? strchr(s + 1, *s) : NULL;
	if (!end)
		return NULL;
	*space = arena_slice(&x->lint->arena, s + 1, (size_t)(end - s - 1));
	return end;
}

/* Wherever the text has a declaration: what is in comments counts too, and none may be written with references. */
static void check_prefixes(struct xmp *x, struct bytes data)
{
	const char *s = arena_slice(&x->lint->arena, data.data, data.n);
	const char *prefix;
	const char *space;

	for (s = strstr(s, "xmlns"); s && !diags_are_full(x->lint->d, pdf_shown(x->lint->file)); s = strstr(s + 1, "xmlns")) {
		const char *end = read_declaration(x, s + 5, &prefix, &space);
		const char *want = end ? prefix_of(x, space) : NULL;

		if (!end || strchr(space, '&') || (want && strcmp(want, prefix) != 0))
			lint_found(x->lint, LINT_XMP_PREFIX, LINT_AT(x->number), "xmlns:%s, %s", prefix, want ? want : "");
		s = end ? end : s;
	}
}

/* ---- claims ---- */

static const char *value_of(const struct xmp *x, const char *space, const char *name)
{
	for (size_t i = 0; i < x->n_property; i++)
		if (!strcmp(x->property[i].space, space) && !strcmp(x->property[i].name, name))
			return x->property[i].value ? x->property[i].value : "";
	return NULL;
}

static void take_claims(struct xmp *x)
{
	const char *part = value_of(x, PDFAID, "part");
	const char *conformance = value_of(x, PDFAID, "conformance");
	const char *ua = value_of(x, PDFUAID, "part");

	if (part || conformance)
		x->lint->claims |= CLAIM_A;
	if (ua)
		x->lint->claims |= CLAIM_UA;
	x->lint->part = part && !strcmp(part, "3") ? 3 : x->lint->claims & CLAIM_A ? 2 : 0;
	if ((part || conformance) && (!part || (strcmp(part, "2") != 0 && strcmp(part, "3") != 0)))
		lint_found(x->lint, LINT_CLAIM, LINT_AT(x->number), "pdfaid:part %s", part ? part : "null");
	if ((part || conformance) && (!conformance || strcmp(conformance, "A") != 0))
		lint_found(x->lint, LINT_CLAIM, LINT_AT(x->number), "pdfaid:conformance %s", conformance ? conformance : "null");
	if (ua && strcmp(ua, "1") != 0)
		lint_found(x->lint, LINT_CLAIM, LINT_AT(x->number), "pdfuaid:part %s", ua);
}

/* ---- the information dictionary ---- */

static const struct {
	const char *key, *space, *name;
	bool is_date;
} same[] = {
	{ "Title", DC, "title", false },
	{ "Author", DC, "creator", false },
	{ "Subject", DC, "description", false },
	{ "Keywords", ADOBE, "Keywords", false },
	{ "Creator", XMP, "CreatorTool", false },
	{ "Producer", ADOBE, "Producer", false },
	{ "CreationDate", XMP, "CreateDate", true },
	{ "ModDate", XMP, "ModifyDate", true },
};

static bool digits_only(const char *s, char *out, size_t max)
{
	size_t n = 0;

	for (; *s && n < max; s++)
		if (*s >= '0' && *s <= '9')
			out[n++] = *s;
	out[n] = '\0';
	return n > 0;
}

/* "D:20210401000000Z" and "2021-04-01T00:00:00Z", with the same zone: the digits of one are those of the other, and Z, + or -. */
static bool same_date(const char *pdf, const char *xmp)
{
	char a[24];
	char b[24];

	if (strncmp(pdf, "D:", 2) != 0 || strlen(xmp) < 11 || !digits_only(pdf, a, 22) || !digits_only(xmp, b, 22))
		return false;
	return !strcmp(a, b) && (strchr(pdf, '+') != NULL) == (strchr(xmp, '+') != NULL)
		&& (strchr(pdf + 2, '-') != NULL) == (strchr(xmp + 10, '-') != NULL);
}

static void compare_info(struct xmp *x)
{
	struct lint *l = x->lint;
	const struct pdf_object *info = lint_look(l, pdf_trailer(l->view), "Info");

	for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
		const struct pdf_object *o = lint_look(l, info, same[i].key);
		const char *text = pdf_text_utf8(o, &l->arena);
		const char *value = value_of(x, same[i].space, same[i].name);
		bool ok = o->kind == PDF_NULL ? true
			: !text || !value     ? false
			: same[i].is_date     ? same_date(text, value)
					      : !strcmp(text, value);

		if (!ok)
			lint_found(l, LINT_INFO, LINT_AT(x->number), "/%s %s, XMP %s", same[i].key, lint_text(l, o),
				value ? value : "null");
	}
}

/* ---- */

/* The xpacket's header: in its first processing instruction. */
static void check_packet(struct xmp *x, struct bytes data)
{
	static const char opened[] = "<?xpacket";
	const char *end;
	char *head;

	if (data.n < sizeof opened - 1 || memcmp(data.data, opened, sizeof opened - 1) != 0)
		return;
	end = memchr(data.data, '>', data.n);
	head = arena_slice(&x->lint->arena, data.data, end ? (size_t)(end - data.data) : 0);
	if (strstr(head, "bytes=") || strstr(head, "encoding="))
		lint_found(x->lint, LINT_XMP_PACKET, LINT_AT(x->number), "%s", head);
}

static bool read_xmp(struct xmp *x, struct bytes data)
{
	const struct sax_handler handler = { .ctx = x, .start = start, .end = finish, .text = take_text };
	struct diags quiet = { .quiet = true };
	size_t bad;
	bool ok = utf8_valid(data.data, data.n, &bad) && sax_read_bytes(data.data, data.n, pdf_shown(x->lint->file), &handler, &quiet);

	diags_clear(&quiet);
	return ok && !x->odd && x->n_property;
}

static bool is_metadata(struct lint *l, const struct pdf_object *o)
{
	return o->kind == PDF_STREAM && pdf_name_is(lint_look(l, o, "Type"), "Metadata")
		&& pdf_name_is(lint_look(l, o, "Subtype"), "XML") && !pdf_has(o, "Filter");
}

static void check_xmp(struct xmp *x, struct bytes data)
{
	struct lint *l = x->lint;

	if (!read_xmp(x, data)) {
		l->claims = CLAIM_A | CLAIM_UA; /* what it claims cannot be read: all of it */
		l->part = 2;
		lint_found(l, LINT_XMP, LINT_AT(x->number), "XMP");
		return;
	}
	take_claims(x);
	check_packet(x, data);
	check_prefixes(x, data);
	check_described(x);
	compare_info(x);
	if (!value_of(x, DC, "title") || !*value_of(x, DC, "title"))
		lint_found(l, LINT_TITLE, LINT_AT(x->number), "null");
}

void lint_claims(struct lint *l)
{
	const struct pdf_object *reference = pdf_find(pdf_catalog(l->view), "Metadata");
	const struct pdf_object *metadata = pdf_resolve(l->view, reference);
	struct xmp *x = ARENA_NEW(&l->arena, struct xmp);
	struct bytes data;

	if (metadata->kind == PDF_NULL)
		return;
	x->lint = l;
	x->number = reference->kind == PDF_REFERENCE ? (uint32_t)reference->number : 0;
	if (!is_metadata(l, metadata))
		lint_found(l, LINT_METADATA, LINT_AT(x->number), "/Type %s/Subtype %s/Filter %s",
			lint_text(l, lint_look(l, metadata, "Type")), lint_text(l, lint_look(l, metadata, "Subtype")),
			lint_text(l, lint_look(l, metadata, "Filter")));
	if (metadata->kind == PDF_STREAM && pdf_stream_data(l->view, metadata, &l->arena, &data, l->d))
		check_xmp(x, data);
}
