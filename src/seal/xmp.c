#include "seal/xmp.h"

#include "base/sax.h"
#include "pdf/stream.h"

#include <string.h>

static const char archive_space[] = "http://www.aiim.org/pdfa/ns/id/";
static const char access_space[] = "http://www.aiim.org/pdfua/ns/id/";
static const char record_space[] = "urn:kehoach:nd30:1/";

struct reading {
	struct xmp *xmp;
	struct arena *arena;
	const char *space; /* of the innermost element, NULL behind its end */
	const char *name;
};

static void take(struct reading *r, const char *text)
{
	if (!strcmp(r->space, archive_space) && !strcmp(r->name, "part"))
		r->xmp->archive_part = *text >= '1' && *text <= '9' ? *text - '0' : 0;
	else if (!strcmp(r->space, access_space) && !strcmp(r->name, "part"))
		r->xmp->is_accessible = true;
	else if (!strcmp(r->space, record_space) && !strcmp(r->name, "CodeNumber"))
		r->xmp->number = text;
	else if (!strcmp(r->space, record_space) && !strcmp(r->name, "CodeNotation"))
		r->xmp->notation = text;
}

/* Properties may be written as attributes too, where their namespaces are not known: only the archive's are told by their names. */
static void take_attributes(struct reading *r, const struct sax_element *e)
{
	bool conforms = false;

	for (size_t i = 0; i < e->n_attribute; i++)
		conforms = conforms || !strcmp(e->attribute[i].name, "conformance");
	for (size_t i = 0; i < e->n_attribute; i++)
		if (conforms && !strcmp(e->attribute[i].name, "part") && *e->attribute[i].value >= '1' && *e->attribute[i].value <= '9')
			r->xmp->archive_part = *e->attribute[i].value - '0';
}

static bool start(void *ctx, const struct sax_element *e, struct diags *d)
{
	struct reading *r = ctx;

	(void)d;
	r->space = arena_text(r->arena, e->space);
	r->name = arena_text(r->arena, e->name);
	take_attributes(r, e);
	return true;
}

static bool end(void *ctx, const char *name, struct diags *d)
{
	struct reading *r = ctx;

	(void)name;
	(void)d;
	r->space = NULL;
	return true;
}

static bool text(void *ctx, const char *s, size_t n, struct origin at, struct diags *d)
{
	struct reading *r = ctx;

	(void)at;
	(void)d;
	if (r->space && n)
		take(r, arena_slice(r->arena, s, n));
	return true;
}

void xmp_read(struct pdf_view view, struct arena *a, struct xmp *xmp)
{
	struct reading r = { .xmp = xmp, .arena = a };
	const struct sax_handler handler = { .ctx = &r, .start = start, .end = end, .text = text };
	const struct pdf_object *stream = pdf_look(view, pdf_catalog(view), "Metadata");
	struct diags quiet = { .quiet = true };
	struct bytes bytes;

	*xmp = (struct xmp){ 0 };
	if (stream->kind == PDF_STREAM && pdf_stream_data(view, stream, a, &bytes, &quiet))
		sax_read_bytes(bytes.data, bytes.n, pdf_shown(view.file), &handler, &quiet);
	diags_clear(&quiet);
}
