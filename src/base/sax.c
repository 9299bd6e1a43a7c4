#include "base/sax.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/markup.h"
#include "base/plain.h"

#include <errno.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
	SAX_PIECE = 4096, /* [bytes] fed at once: what can be read on after something is refused */
	NAMES_KNOWN = 64,
};

struct sax {
	const struct sax_handler *handler;
	const char *shown;
	struct diags *diags;
	xmlParserCtxt *parser;
	struct plain *plain; /* NULL: libxml2 reads */
	unsigned n_replayed; /* calls that libxml2 will make and that were made already */
	struct markup markup;
	struct buf text;   /* since the last tag */
	struct buf values; /* of the attributes of one tag */
	struct sax_attribute attribute[SAX_ATTRIBUTES_MAX];
	const char *short_name[NAMES_KNOWN]; /* of the parser's, which keeps each name once: those that were checked */
	unsigned depth;
	bool at_end; /* all was fed */
	bool failed;
};

static struct origin origin_of(const struct sax *s, struct markup_place at)
{
	return (struct origin){ .file = s->shown, .row = at.row, .col = at.col };
}

/* Of an error of the text itself. */
static struct origin error_at(const struct sax *s, struct origin at)
{
	return s->handler->place ? s->handler->place(s->handler->ctx) : at;
}

/* After an error or fault was added: nothing more is read. Always false. */
static bool stop(struct sax *s)
{
	s->failed = true;
	if (s->parser)
		xmlStopParser(s->parser);
	return false;
}

/* All text before a tag; the text is then empty. */
static bool flush_text(struct sax *s, struct markup_place at)
{
	bool ok = true;

	if (s->handler->text)
		ok = s->handler->text(s->handler->ctx, s->text.text, s->text.n, origin_of(s, at),
			s->diags);
	s->text.n = 0;
	return ok || stop(s);
}

static bool check_name(struct sax *s, const char *name, struct origin at)
{
	const char **known = &s->short_name[(uintptr_t)name / 8 % NAMES_KNOWN];

	if (*known == name)
		return true;
	if (strlen(name) <= SAX_NAME_MAX) {
		*known = name;
		return true;
	}
	diag_error(s->diags, error_at(s, at), "limit", "a name has more than %d bytes; shorten it", SAX_NAME_MAX);
	return stop(s);
}

/* Copies a value, terminated, and returns what is behind it. libxml2 leaves an ampersand as "&#38;" for a tree builder that
 * comes later. */
static char *put_value(char *to, const char *s, const char *end)
{
	static const char amp[] = "&#38;";

	while (s < end) {
		if (*s == '&' && (size_t)(end - s) >= sizeof amp - 1 && !memcmp(s, amp, sizeof amp - 1)) {
			*to++ = '&';
			s += sizeof amp - 1;
		} else {
			*to++ = *s++;
		}
	}
	*to++ = '\0';
	return to;
}

/* libxml2 gives five pointers for each: local name, prefix, namespace, value, end of the value. */
static bool take_attributes(struct sax *s, struct sax_element *e, int n, const xmlChar **given)
{
	size_t n_value = 0;
	char *to;

	if (n > SAX_ATTRIBUTES_MAX) {
		diag_error(s->diags, error_at(s, e->at), "limit", "<%s> has more than %d attributes", diag_quoted(s->diags, e->name),
			SAX_ATTRIBUTES_MAX);
		return stop(s);
	}
	for (int i = 0; i < n; i++)
		n_value += (size_t)(given[5 * i + 4] - given[5 * i + 3]) + 1;
	to = buf_room(&s->values, n_value);
	for (int i = 0; i < n; i++) {
		s->attribute[i] = (struct sax_attribute){ (const char *)given[5 * i], to };
		if (!check_name(s, s->attribute[i].name, e->at))
			return false;
		to = put_value(to, (const char *)given[5 * i + 3], (const char *)given[5 * i + 4]);
	}
	e->attribute = s->attribute;
	e->n_attribute = (size_t)n;
	return true;
}

static void on_start(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *space,
	int n_space, const xmlChar **spaces, int n_attribute, int n_default, const xmlChar **given)
{
	struct sax *s = ctx;
	const struct markup_tag *tag;
	struct sax_element e;
	enum sax_skip skip;

	(void)prefix;
	(void)n_space;
	(void)spaces;
	(void)n_default; /* there is no DTD */
	if (s->failed)
		return;
	if (s->n_replayed) {
		s->n_replayed--;
		return;
	}
	tag = markup_take(&s->markup);
	e = (struct sax_element){
		.name = (const char *)name,
		.space = space ? (const char *)space : "",
		.at = origin_of(s, tag->at),
		.offset = s->markup.wide ? 0 : tag->at.offset,
		.skip = &skip, /* no use of it is made */
	};
	if (s->text.n && !flush_text(s, tag->text))
		return;
	if (++s->depth > SAX_DEPTH_MAX) {
		diag_error(s->diags, error_at(s, e.at), "limit", "elements are nested more than %d deep; is an end tag missing?",
			SAX_DEPTH_MAX);
		stop(s);
		return;
	}
	if (!check_name(s, e.name, e.at) || !take_attributes(s, &e, n_attribute, given))
		return;
	if (s->handler->start && !s->handler->start(s->handler->ctx, &e, s->diags))
		stop(s);
}

static void on_end(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *space)
{
	struct sax *s = ctx;
	const struct markup_tag *tag;

	(void)prefix;
	(void)space;
	if (s->failed)
		return;
	if (s->n_replayed) {
		s->n_replayed--;
		return;
	}
	tag = markup_take(&s->markup);
	if (s->text.n && !flush_text(s, tag->text))
		return;
	s->depth--;
	if (s->handler->end && !s->handler->end(s->handler->ctx, (const char *)name, s->diags))
		stop(s);
}

static void on_text(void *ctx, const xmlChar *text, int n)
{
	struct sax *s = ctx;

	if (s->failed)
		return;
	if (s->text.n + (size_t)n > SAX_TEXT_MAX) {
		diag_error(s->diags, error_at(s, origin_of(s, markup_text(&s->markup))), "limit",
			"a text has more than %d bytes; divide it", SAX_TEXT_MAX);
		stop(s);
		return;
	}
	buf_put(&s->text, (const char *)text, (size_t)n);
}

/* The scan before the parser refuses a DOCTYPE already; should one pass it, it ends here. */
static void on_doctype(void *ctx, const xmlChar *name, const xmlChar *public_id,
	const xmlChar *system_id)
{
	struct sax *s = ctx;

	(void)name;
	(void)public_id;
	(void)system_id;
	if (s->failed)
		return;
	diag_error(s->diags, error_at(s, origin_of(s, s->markup.tag_at)), "doctype",
		"a DOCTYPE is not allowed, since entities and other files are never read; delete it");
	stop(s);
}

static void on_entity(void *ctx, const xmlChar *name, int type, const xmlChar *public_id,
	const xmlChar *system_id, xmlChar *content)
{
	(void)type;
	(void)content;
	on_doctype(ctx, name, public_id, system_id);
}

static xmlEntity *find_entity(void *ctx, const xmlChar *name)
{
	(void)ctx;
	return xmlGetPredefinedEntity(name);
}

static xmlParserInput *find_no_file(void *ctx, const xmlChar *public_id, const xmlChar *system_id)
{
	(void)ctx;
	(void)public_id;
	(void)system_id;
	return NULL;
}

/* Not stopped from here, in the middle of the parser's work, but before the next piece. */
static void on_error(void *ctx, xmlError *error)
{
	struct sax *s = ctx;
	struct origin at = { .file = s->shown };
	const char *message = error->message ? error->message : "";

	if (s->failed || error->level < XML_ERR_ERROR)
		return;
	s->failed = true;
	if (error->code == XML_ERR_NO_MEMORY) {
		diag_fault(s->diags, at, "io", "out of memory");
		return;
	}
	if (s->at_end && s->depth > 0) {
		diag_error(s->diags, error_at(s, origin_of(s, s->markup.here)), "xml",
			"the file ends before </%s>: it is cut off, or an end tag is missing",
			diag_quoted(s->diags, (const char *)s->parser->name));
		return;
	}
	at.row = error->line > 0 ? (unsigned)error->line : 0;
	at.col = error->int2 > 0 ? (unsigned)error->int2 : 0;
	if (s->diags->is_personal) /* the parser's own words quote the file */
		diag_error(s->diags, error_at(s, at), "xml",
			"this is not well-formed XML; look for a tag or a quote without its end, a wrong end tag, or a '<' or '&' in a text");
	else
		diag_error(s->diags, error_at(s, at), "xml", "this is not well-formed XML: %.*s", (int)strcspn(message, "\n"), message);
}

static void report(struct sax *s, enum markup_problem problem)
{
	struct origin tag = origin_of(s, s->markup.tag_at);
	struct origin here = origin_of(s, s->markup.here);

	switch (problem) {
	case MARKUP_FINE:
		return;
	case MARKUP_ENCODING:
		diag_error(s->diags, error_at(s, here), "encoding",
			"only UTF-8 and UTF-16 are read, and the XML declaration must agree; save the file as UTF-8");
		break;
	case MARKUP_BYTES:
		diag_error(s->diags, error_at(s, here), "encoding",
			"these bytes are no %s; save the file as UTF-8",
			s->markup.wide ? "UTF-16" : "UTF-8");
		break;
	case MARKUP_DECLARATION:
		diag_error(s->diags, error_at(s, here), "xml", "the XML declaration has no end; write <?xml version=\"1.0\" encoding=\"UTF-8\"?>");
		break;
	case MARKUP_DOCTYPE:
		s->failed = false;
		on_doctype(s, NULL, NULL, NULL);
		break;
	case MARKUP_LONG_TAG:
		diag_error(s->diags, error_at(s, tag), "limit", "a tag has more than %d bytes; is a closing quote or a '>' missing?",
			SAX_TAG_MAX);
		break;
	case MARKUP_ATTRIBUTES:
		diag_error(s->diags, error_at(s, tag), "limit",
			"a tag has more than %d attributes and namespaces", 2 * SAX_ATTRIBUTES_MAX);
		break;
	case MARKUP_LONG_COMMENT:
		diag_error(s->diags, error_at(s, tag), "limit", "a comment has more than %d bytes; is its end missing?",
			SAX_TEXT_MAX);
		break;
	}
	stop(s);
}

static bool sax_open(struct sax *s)
{
	xmlSAXHandler calls = {
		.initialized = XML_SAX2_MAGIC,
		.startElementNs = on_start,
		.endElementNs = on_end,
		.characters = on_text,
		.ignorableWhitespace = on_text,
		.cdataBlock = on_text,
		.internalSubset = on_doctype,
		.externalSubset = on_doctype,
		.entityDecl = on_entity,
		.getEntity = find_entity,
		.resolveEntity = find_no_file,
		.serror = on_error,
	};

	s->parser = xmlCreatePushParserCtxt(&calls, s, NULL, 0, NULL);
	if (!s->parser)
		return diag_fault(s->diags, (struct origin){ .file = s->shown }, "io",
			"out of memory");
	xmlCtxtUseOptions(s->parser, XML_PARSE_NONET);
	return true;
}

/* What was found before the problem comes first, as it does in the file. */
static bool sax_feed(struct sax *s, const char *data, size_t n)
{
	enum markup_problem problem;
	size_t fine = markup_scan(&s->markup, data, n, &problem);

	if (fine)
		xmlParseChunk(s->parser, data, (int)fine, 0);
	if (!s->failed)
		report(s, problem);
	return !s->failed;
}

/* The scanner leaves the rest: libxml2 is brought to where it stopped. */
static bool leave_plain(struct sax *s)
{
	struct plain_rest rest = plain_rest(s->plain);
	struct plain *plain = s->plain;
	bool ok = true;

	s->plain = NULL;
	if (rest.begun) {
		s->markup.begun = true;
		s->markup.here = rest.at;
		s->depth = rest.depth;
		s->n_replayed = rest.n_call;
		for (unsigned i = 0; i < rest.n_tag; i++) {
			struct plain_tag tag = plain_tag(plain, i);

			s->parser->input->line = (int)tag.row;
			xmlParseChunk(s->parser, tag.s, (int)tag.n, 0);
		}
		s->parser->input->line = (int)rest.at.row;
		s->parser->input->col = (int)rest.at.col;
	}
	for (size_t i = 0; ok && i < rest.n_kept; i += SAX_PIECE)
		ok = sax_feed(s, rest.kept + i, rest.n_kept - i < SAX_PIECE ? rest.n_kept - i : SAX_PIECE);
	plain_close(plain);
	return ok;
}

/* *taken: bytes that need not be fed to libxml2. */
static bool feed_plain(struct sax *s, const char *data, size_t n, size_t *taken)
{
	switch (plain_feed(s->plain, data, n, taken, s->diags)) {
	case PLAIN_FINE:
		return true;
	case PLAIN_STOPPED:
		return stop(s);
	case PLAIN_LEFT:
		break;
	}
	return leave_plain(s);
}

static bool sax_finish(struct sax *s)
{
	if (s->plain && plain_is_whole(s->plain))
		return true;
	if (s->plain && !leave_plain(s))
		return false;
	if (!s->failed && markup_ends_inside(&s->markup))
		report(s, MARKUP_BYTES);
	if (s->failed)
		return false;
	s->at_end = true;
	xmlParseChunk(s->parser, "", 0, 1);
	if (!s->failed && !s->parser->wellFormed) {
		diag_error(s->diags, error_at(s, origin_of(s, s->markup.here)), "xml",
			"this is not well-formed XML");
		s->failed = true;
	}
	return !s->failed;
}

static void sax_close(struct sax *s)
{
	plain_close(s->plain);
	xmlFreeParserCtxt(s->parser);
	markup_clear(&s->markup);
	buf_clear(&s->text);
	buf_clear(&s->values);
}

struct sax *sax_push_open(const char *shown, const struct sax_handler *handler, struct diags *d)
{
	struct sax *s = memory_new(1, sizeof *s);

	s->handler = handler;
	s->shown = shown;
	s->diags = d;
	s->plain = plain_open(handler, shown);
	if (sax_open(s))
		return s;
	sax_push_close(s, false);
	return NULL;
}

bool sax_push_feed(struct sax *s, const char *data, size_t n)
{
	size_t taken = 0;
	bool ok = !s->failed && (!s->plain || feed_plain(s, data, n, &taken));

	for (size_t i = taken; ok && i < n; i += SAX_PIECE)
		ok = sax_feed(s, data + i, n - i < SAX_PIECE ? n - i : SAX_PIECE);
	return ok;
}

bool sax_push_close(struct sax *s, bool ok)
{
	ok = ok && sax_finish(s);
	sax_close(s);
	free(s);
	return ok;
}

const struct sax_attribute *sax_attribute(const struct sax_element *e, const char *name)
{
	for (size_t i = 0; i < e->n_attribute; i++)
		if (*e->attribute[i].name == *name && !strcmp(e->attribute[i].name, name))
			return &e->attribute[i];
	return NULL;
}

const char *sax_value(const struct sax_element *e, const char *name)
{
	const struct sax_attribute *a = sax_attribute(e, name);

	return a ? a->value : NULL;
}

bool sax_read_bytes(const char *data, size_t n, const char *shown,
	const struct sax_handler *handler, struct diags *d)
{
	struct sax *s = sax_push_open(shown, handler, d);

	return s && sax_push_close(s, sax_push_feed(s, data, n));
}

bool sax_read_bytes_without_plain(const char *data, size_t n, const char *shown, const struct sax_handler *handler, struct diags *d)
{
	struct sax *s = sax_push_open(shown, handler, d);

	if (!s)
		return false;
	plain_close(s->plain);
	s->plain = NULL;
	return sax_push_close(s, sax_push_feed(s, data, n));
}

bool sax_read_file(const char *path, const char *shown, const struct sax_handler *handler,
	struct diags *d)
{
	struct sax *s;
	FILE *file;
	char piece[SAX_PIECE];
	size_t n;
	bool ok = true;

	shown = shown ? shown : path;
	file = file_open(path, shown, d);
	if (!file)
		return false;
	s = sax_push_open(shown, handler, d);
	while (s && ok && (n = fread(piece, 1, sizeof piece, file)) > 0)
		ok = sax_push_feed(s, piece, n);
	if (s && ok && ferror(file))
		ok = diag_fault(d, (struct origin){ .file = shown }, "io", "reading failed: %s", strerror(errno));
	ok = s && sax_push_close(s, ok);
	fclose(file);
	return ok;
}
