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

/* What needs no description: NULL: all of the namespace is taken as known. */
static const struct {
	const char *space, *names;
} predefined[] = {
	{ DC, "|contributor|coverage|creator|date|description|format|identifier|language|publisher|relation|rights|source|subject|title"
	      "|type|" },
	{ XMP, "|Advisory|BaseURL|CreateDate|CreatorTool|Identifier|Label|MetadataDate|ModifyDate|Nickname|Rating|Thumbnails|" },
	{ ADOBE, "|Keywords|PDFVersion|Producer|Trapped|" },
	{ PDFAID, "|part|amd|corr|conformance|" },
	{ EXTENSION, "|schemas|" },
	{ "http://ns.adobe.com/xap/1.0/rights/", NULL },
	{ "http://ns.adobe.com/xap/1.0/mm/", NULL },
	{ "http://ns.adobe.com/xap/1.0/bj/", NULL },
	{ "http://ns.adobe.com/xap/1.0/t/pg/", NULL },
	{ "http://ns.adobe.com/photoshop/1.0/", NULL },
	{ "http://ns.adobe.com/tiff/1.0/", NULL },
	{ "http://ns.adobe.com/exif/1.0/", NULL },
};

struct property {
	const char *space, *name;
	const char *value; /* its first text, or NULL */
};

/* A property that a schema describes. */
struct described {
	size_t schema;
	const char *name;
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
	const char **schema; /* namespaces */
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
		*ARENA_PUSH(&x->lint->arena, x->property, x->n_property, &x->cap_property) = (struct property){ space, name, NULL };
	if (!in_schemas(x))
		return;
	if (x->depth == DEPTH_SCHEMA) {
		*ARENA_PUSH(&x->lint->arena, x->schema, x->n_schema, &x->cap_schema) = NULL;
		x->has = 0;
	} else if (x->depth == DEPTH_DESCRIBED && x->n_schema) {
		*ARENA_PUSH(&x->lint->arena, x->described, x->n_described, &x->cap_described) =
			(struct described){ x->n_schema - 1, NULL };
		x->has_detail = 0;
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
			x->schema[x->n_schema - 1] = text;
	}
	if (x->depth == DEPTH_DETAIL && x->n_described && !strcmp(x->open[x->depth].space, PROPERTY)) {
		x->has_detail |= field_bit(detail_fields, 4, name);
		if (!strcmp(name, "name"))
			x->described[x->n_described - 1].name = text;
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
		*ARENA_PUSH(&x->lint->arena, x->lacking, x->n_lacking, &x->cap_lacking) = x->schema[x->n_schema - 1];
	if (in_schemas(x) && x->depth == DEPTH_DESCRIBED && x->n_described && x->has_detail != ALL_DETAIL)
		*ARENA_PUSH(&x->lint->arena, x->lacking, x->n_lacking, &x->cap_lacking) = x->described[x->n_described - 1].name;
	x->depth--;
	return true;
}

/* ---- whether properties are described ---- */

static bool names_has(const char *names, const char *name)
{
	size_t n = strlen(name);

	for (const char *s = names; (s = strstr(s, name)) != NULL; s += n)
		if (s > names && s[-1] == '|' && s[n] == '|')
			return true;
	return false;
}

static bool is_predefined(const struct property *p)
{
	for (size_t i = 0; i < sizeof predefined / sizeof *predefined; i++)
		if (!strcmp(predefined[i].space, p->space))
			return !predefined[i].names || names_has(predefined[i].names, p->name);
	return false;
}

static bool is_described(const struct xmp *x, const struct property *p)
{
	for (size_t i = 0; i < x->n_described; i++) {
		const struct described *d = &x->described[i];

		if (d->name && !strcmp(d->name, p->name) && x->schema[d->schema] && !strcmp(x->schema[d->schema], p->space))
			return true;
	}
	return false;
}

static void check_described(struct xmp *x)
{
	for (size_t i = 0; i < x->n_lacking; i++)
		lint_found(x->lint, LINT_XMP_SCHEMA, LINT_AT(x->number), "%s", x->lacking[i] ? x->lacking[i] : "null");
	for (size_t i = 0; i < x->n_property && !diags_are_full(x->lint->d, pdf_shown(x->lint->file)); i++)
		if (!is_predefined(&x->property[i]) && !is_described(x, &x->property[i]))
			lint_found(x->lint, LINT_XMP_EXTENSION, LINT_AT(x->number), "%s of %s", x->property[i].name,
				x->property[i].space);
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
	check_described(x);
	compare_info(x);
	if (!value_of(x, DC, "title"))
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
