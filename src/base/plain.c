#include "base/plain.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
	BINDINGS_MAX = 128, /* prefixes in use at once */
	KNOWN = 64,	    /* places for prefixes that were looked up */
	WORD = 8,	    /* [bytes] looked at at once */
	DIGITS_MAX = 8,	    /* of a character reference */
	SHAPES = 16,	    /* tags that are remembered */
	SHAPE_MAX = 256,    /* [bytes] of one, without its values */
};

/* What a byte may be. */
enum {
	IS_START = 1, /* of a name */
	IS_NAME = 2,
	IS_SPACE = 4,
	ODD_IN_TEXT = 8, /* needs a second look */
	ODD_IN_VALUE = 16,
};

struct slice {
	char *s;
	size_t n;
};

struct plain_attribute {
	struct slice prefix; /* s NULL: none */
	struct slice name;   /* local */
	struct slice value;  /* as written */
	bool odd;
	const char *space; /* NULL: none */
};

struct tag {
	struct slice name;   /* with prefix */
	struct slice prefix; /* s NULL: none */
	struct slice local;
	struct plain_attribute attribute[PLAIN_ATTRIBUTES];
	size_t n_attribute;
	bool empty;
	const char *space; /* NULL: none */
};

/* The first bytes of a prefix and its length: most are told by it. */
struct prefix_key {
	uint64_t word;
	size_t n;
};

/* A prefix that was looked up before. */
struct known {
	struct prefix_key key;
	const char *space; /* NULL: this place is free */
};

/* A prefix ("" is the default namespace) and its namespace, both in names. */
struct binding {
	size_t prefix;
	size_t n_prefix;
	size_t space;
	unsigned depth;
};

/* A start tag that was looked at before, all but its values: what ends with a quote, then a value, then what begins with
 * that quote. Programs write the same few a million times. */
struct shape {
	char text[SHAPE_MAX]; /* all parts */
	unsigned short n_part[PLAIN_ATTRIBUTES + 1]; /* [n_attribute + 1] bytes; the last one ends the tag. [0] is 0: free */
	unsigned short n_attribute;
	unsigned short n_prefix; /* of the element; 0: none */
	unsigned short n_name; /* with it */
	unsigned short attribute_name[PLAIN_ATTRIBUTES]; /* of the local name, in its part */
	unsigned short n_attribute_name[PLAIN_ATTRIBUTES];
	const char *space;
	bool empty;
};

struct open_tag {
	size_t start; /* in tags */
	unsigned row;
	size_t n_name;
	size_t n_binding; /* before it */
	size_t n_names;
};

struct plain {
	const struct sax_handler *handler;
	const char *shown;
	unsigned char class[256];
	char room[PLAIN_ROOM + WORD];
	size_t n;      /* bytes there */
	size_t i;      /* those before are done with */
	bool has_root; /* it began */
	bool unwanted; /* no call is needed up to the next end tag of the depth that is now */
	struct markup_place here; /* of room[i] */
	unsigned offered;	  /* depth of the element that the handler may take from; 0: none */
	size_t n_skipped;	  /* open elements inside of one that nobody wants, itself included */
	unsigned depth;
	struct open_tag open[SAX_DEPTH_MAX];
	struct buf tags; /* of the open elements, as written */
	struct buf names;
	struct binding binding[BINDINGS_MAX];
	size_t n_binding;
	struct known known[KNOWN]; /* while no prefix is bound or unbound */
	struct shape shape[SHAPES]; /* while no prefix is bound or unbound */
	size_t i_shape;		    /* the one that is replaced next */
	struct tag tag;
	struct sax_attribute attribute[PLAIN_ATTRIBUTES];
};

/* Of a step through the text. */
enum step { STEP_DONE, STEP_MORE, STEP_LEFT, STEP_STOPPED };

/* ---- bytes ---- */

static unsigned char class_of(unsigned char c)
{
	bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
	bool space = c == ' ' || c == '\t' || c == '\r' || c == '\n';
	unsigned class = letter ? IS_START | IS_NAME : 0;

	if ((c >= '0' && c <= '9') || c == '.' || c == '-')
		class |= IS_NAME;
	if (space)
		class |= IS_SPACE;
	if (c == '&' || c == ']' || c == '\r' || c >= 0x80 || (c < ' ' && !space))
		class |= ODD_IN_TEXT;
	if (c == '&' || c == '<' || c < ' ' || c >= 0x80)
		class |= ODD_IN_VALUE;
	return (unsigned char)class;
}

static unsigned classes(const struct plain *p, const char *s)
{
	return p->class[(unsigned char)*s];
}

static const uint64_t highs = 0x8080808080808080u;
static const uint64_t lows = 0x0101010101010101u;

/* The next bytes; behind all text that is looked at there is room for one word. */
static uint64_t word_at(const char *s)
{
	uint64_t word;

	memcpy(&word, s, WORD);
	return word;
}

/* Not 0 if one of the bytes is c. */
static uint64_t has_byte(uint64_t word, char c)
{
	uint64_t zero_there = word ^ (lows * (unsigned char)c);

	return (zero_there - lows) & ~zero_there & highs;
}

/* The first of the three bytes before end, or end. */
static char *find_byte(char *s, const char *end, char a, char b, char c)
{
	while (s < end) {
		uint64_t word = word_at(s);

		if (!(has_byte(word, a) | has_byte(word, b) | has_byte(word, c))) {
			s += WORD;
			continue;
		}
		while (*s != a && *s != b && *s != c)
			s++;
		break;
	}
	return s < end ? s : (char *)end;
}

static void advance_byte(struct markup_place *at, char c)
{
	if (c == '\n') {
		at->row++;
		at->col = 1;
	} else if (((unsigned char)c & 0xC0) != 0x80) {
		at->col++;
	}
}

/* Characters and lines of bytes that are valid UTF-8. */
static void advance(struct markup_place *at, const char *s, size_t n)
{
	const char *end = s + n;

	at->offset += n;
	while (s < end) {
		size_t k = end - s < WORD ? (size_t)(end - s) : WORD;
		uint64_t word = word_at(s);

		if (((word & highs) | has_byte(word, '\n')) << 8 * (WORD - k)) { /* only of the k first */
			for (size_t i = 0; i < k; i++)
				advance_byte(at, s[i]);
		} else {
			at->col += (unsigned)k;
		}
		s += k;
	}
}

/* ---- texts and values ---- */

/* The character that "&...;" stands for; 0 if it is left to libxml2. */
static uint32_t reference(const char *s, const char *end, const char **behind)
{
	static const struct {
		const char *name;
		char c;
	} named[] = { { "amp;", '&' }, { "lt;", '<' }, { "gt;", '>' }, { "quot;", '"' }, { "apos;", '\'' } };
	uint32_t code = 0;
	unsigned base = 10;
	size_t n_digit = 0;

	s++;
	for (size_t i = 0; i < sizeof named / sizeof *named; i++)
		if ((size_t)(end - s) >= strlen(named[i].name) && !memcmp(s, named[i].name, strlen(named[i].name))) {
			*behind = s + strlen(named[i].name);
			return (unsigned char)named[i].c;
		}
	if (s == end || *s++ != '#')
		return 0;
	if (s < end && *s == 'x') {
		base = 16;
		s++;
	}
	for (; s < end && *s != ';' && n_digit < DIGITS_MAX; s++, n_digit++) {
		unsigned digit = *s >= '0' && *s <= '9'			? (unsigned)(*s - '0')
				 : base == 16 && *s >= 'a' && *s <= 'f' ? (unsigned)(*s - 'a') + 10
				 : base == 16 && *s >= 'A' && *s <= 'F' ? (unsigned)(*s - 'A') + 10
									: base;

		if (digit == base)
			return 0;
		code = code * base + digit;
	}
	if (s == end || *s != ';' || !n_digit || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000) || code == 0xFFFE
		|| code == 0xFFFF || (code < ' ' && code != '\t' && code != '\n' && code != '\r'))
		return 0;
	*behind = s + 1;
	return code;
}

/* Whether text with odd bytes is plain all the same. */
static bool is_fine(struct slice text, bool in_value)
{
	const char *end = text.s + text.n;
	size_t bad;

	if (!utf8_valid(text.s, text.n, &bad))
		return false;
	for (const char *s = text.s; s < end;) {
		const char *next = s + 1;

		if (*s == '&' && !reference(s, end, &next))
			return false;
		if (*s == '\r' && (in_value || next == end || *next != '\n'))
			return false;
		if ((unsigned char)*s < ' ' && *s != '\t' && *s != '\n' && *s != '\r')
			return false;
		if (*s == '<' || (!in_value && end - s >= 3 && !memcmp(s, "]]>", 3)))
			return false;
		if (end - s >= 3 && (!memcmp(s, "\xEF\xBF\xBE", 3) || !memcmp(s, "\xEF\xBF\xBF", 3)))
			return false;
		s = next;
	}
	return true;
}

/* In place; what comes out is never longer. */
static size_t decode(struct slice text, bool in_value)
{
	const char *end = text.s + text.n;
	char *out = text.s;

	for (const char *s = text.s; s < end;) {
		if (*s == '&') {
			char bytes[4];
			size_t n = utf8_encode(reference(s, end, &s), bytes);

			memcpy(out, bytes, n);
			out += n;
		} else if (*s == '\r') {
			s++; /* the '\n' behind it stays */
		} else {
			bool space = in_value && (*s == '\t' || *s == '\n');

			*out++ = space ? ' ' : *s;
			s++;
		}
	}
	return (size_t)(out - text.s);
}

/* ---- tags ---- */

static char *pass_name(const struct plain *p, char *s, const char *end)
{
	while (s < end && classes(p, s) & IS_NAME)
		s++;
	return s;
}

/* A name with at most one prefix from *at on, up to what is behind it or is no name. */
static bool take_name(const struct plain *p, char **at, const char *end, struct slice *prefix, struct slice *local)
{
	char *start = *at;

	*prefix = (struct slice){ NULL, 0 };
	if (start == end || !(classes(p, start) & IS_START))
		return false;
	*at = pass_name(p, start, end);
	if (*at < end && **at == ':') {
		*prefix = (struct slice){ start, (size_t)(*at - start) };
		start = ++*at;
		if (start == end || !(classes(p, start) & IS_START))
			return false;
		*at = pass_name(p, start, end);
	}
	*local = (struct slice){ start, (size_t)(*at - start) };
	return prefix->n <= SAX_NAME_MAX && local->n <= SAX_NAME_MAX;
}

static char *pass_space(const struct plain *p, char *s, const char *end)
{
	while (s < end && classes(p, s) & IS_SPACE)
		s++;
	return s;
}

/* name="value", from *at on. */
static enum step take_attribute(const struct plain *p, char **at, const char *end, struct plain_attribute *a)
{
	char *s = *at;
	unsigned seen = 0;
	char quote;

	if (!take_name(p, &s, end, &a->prefix, &a->name))
		return s == end ? STEP_MORE : STEP_LEFT;
	if (end - s < 2)
		return STEP_MORE;
	quote = s[1];
	if (s[0] != '=' || (quote != '"' && quote != '\''))
		return STEP_LEFT;
	a->value.s = s += 2;
	for (; s < end && *s != quote; s++)
		seen |= classes(p, s);
	if (s == end)
		return STEP_MORE;
	a->value.n = (size_t)(s - a->value.s);
	a->odd = seen & ODD_IN_VALUE;
	if (a->odd && !is_fine(a->value, true))
		return STEP_LEFT;
	*at = s + 1;
	return STEP_DONE;
}

/* What ends a tag, from *at on. */
static bool take_tag_end(char **at, const char *end, bool *empty)
{
	*empty = end - *at >= 2 && (*at)[0] == '/' && (*at)[1] == '>';
	if (*at == end || (!*empty && **at != '>'))
		return false;
	*at += 1 + *empty;
	return true;
}

/* Behind '<', up to and with '>'. */
static enum step take_tag(const struct plain *p, char **at, const char *end, struct tag *t)
{
	char *s = *at;
	enum step step = STEP_DONE;

	t->n_attribute = 0;
	t->name.s = s;
	if (!take_name(p, &s, end, &t->prefix, &t->local))
		return s == end ? STEP_MORE : STEP_LEFT;
	t->name.n = (size_t)(s - t->name.s);
	while (step == STEP_DONE) {
		const char *before = s;

		s = pass_space(p, s, end);
		if (take_tag_end(&s, end, &t->empty)) {
			*at = s;
			return STEP_DONE;
		}
		if (end - s < 2)
			return STEP_MORE;
		if (s == before || t->n_attribute == PLAIN_ATTRIBUTES)
			return STEP_LEFT;
		step = take_attribute(p, &s, end, &t->attribute[t->n_attribute++]);
	}
	return step;
}

/* ---- namespaces ---- */

static bool is(struct slice a, const char *s)
{
	return a.n == strlen(s) && !memcmp(a.s, s, a.n);
}

static bool same(struct slice a, struct slice b)
{
	return a.n == b.n && (!a.n || !memcmp(a.s, b.s, a.n));
}

/* What libxml2 takes without a thought: "urn:a-b:c", "http://a.b/c". */
static bool is_plain_space(const struct plain *p, struct slice value)
{
	static const char http[] = "http://";
	size_t i = strlen("urn:");

	if (value.n > strlen(http) && !memcmp(value.s, http, strlen(http)))
		i = strlen(http);
	else if (value.n <= i || memcmp(value.s, "urn:", i) != 0)
		return false;
	if (!(classes(p, value.s + i) & IS_START) || is(value, "http://www.w3.org/XML/1998/namespace")
		|| is(value, "http://www.w3.org/2000/xmlns/"))
		return false;
	for (bool http_too = i == strlen(http); i < value.n; i++)
		if (!(classes(p, value.s + i) & IS_NAME) && value.s[i] != '/' && (http_too || value.s[i] != ':'))
			return false;
	return true;
}

/* xmlns="..." or xmlns:a="..." of the tag that begins. */
static bool is_declaration(const struct plain_attribute *a)
{
	return a->prefix.s ? is(a->prefix, "xmlns") : is(a->name, "xmlns");
}

/* Prefixes may mean something else from here on. */
static void forget(struct plain *p)
{
	memset(p->known, 0, sizeof p->known);
	for (size_t i = 0; i < SHAPES; i++)
		p->shape[i].n_part[0] = 0;
	p->i_shape = 0;
}

static bool bind(struct plain *p, const struct plain_attribute *a)
{
	struct slice prefix = a->prefix.s ? a->name : (struct slice){ NULL, 0 };

	if (p->n_binding == BINDINGS_MAX - 1 || !is_plain_space(p, a->value) || (prefix.n >= 3 && !memcmp(prefix.s, "xml", 3)))
		return false;
	for (size_t i = p->n_binding; i > 0 && p->binding[i - 1].depth > p->depth; i--)
		if (same(prefix, (struct slice){ p->names.text + p->binding[i - 1].prefix, p->binding[i - 1].n_prefix }))
			return false; /* twice in one tag */
	p->binding[p->n_binding++] = (struct binding){ p->names.n, prefix.n, p->names.n + prefix.n, p->depth + 1 };
	if (prefix.n)
		buf_put(&p->names, prefix.s, prefix.n);
	buf_put(&p->names, a->value.s, a->value.n);
	buf_put(&p->names, "", 1);
	forget(p);
	return true;
}

static void unbind(struct plain *p, size_t n_binding, size_t n_names)
{
	if (p->n_binding == n_binding)
		return;
	p->n_binding = n_binding;
	p->names.n = n_names;
	forget(p);
}

/* The text has at least a word of room behind it. */
static struct prefix_key key_of(struct slice prefix)
{
	struct prefix_key key = { 0, prefix.n };

	if (!prefix.n)
		return key;
	key.word = word_at(prefix.s);
	if (prefix.n < WORD)
		key.word &= ((uint64_t)1 << 8 * prefix.n) - 1;
	return key;
}

static const char *look_up(const struct plain *p, struct slice prefix)
{
	for (size_t i = p->n_binding; i > 0; i--) {
		const struct binding *b = &p->binding[i - 1];

		if (b->n_prefix == prefix.n && (!prefix.n || !memcmp(p->names.text + b->prefix, prefix.s, prefix.n)))
			return p->names.text + b->space;
	}
	return NULL;
}

/* The namespace of a prefix, or NULL. */
static const char *find_space(struct plain *p, struct slice prefix)
{
	struct prefix_key key = key_of(prefix);
	struct known *known = &p->known[(key.word * 0x9E3779B97F4A7C15u) >> 58];

	if (known->space && known->key.word == key.word && known->key.n == key.n && key.n <= WORD)
		return known->space;
	known->key = key;
	known->space = look_up(p, prefix);
	return known->space;
}

/* Finds the namespace of an attribute with a prefix. */
static bool find_attribute_space(struct plain *p, struct plain_attribute *a)
{
	static const char xml[] = "http://www.w3.org/XML/1998/namespace";

	a->space = NULL;
	if (!a->prefix.s)
		return true;
	if (!is(a->prefix, "xml"))
		a->space = find_space(p, a->prefix);
	else if (is(a->name, "space") && (is(a->value, "preserve") || is(a->value, "default")))
		a->space = xml; /* other values, and xml:id, have rules of their own */
	return a->space != NULL;
}

static bool same_attribute(const struct plain_attribute *a, const struct plain_attribute *b)
{
	if (!same(a->name, b->name) || !a->space != !b->space || is_declaration(b))
		return false;
	return a->space == b->space || !strcmp(a->space, b->space);
}

/* Whether its prefix is bound, and none before it has its name. */
static bool check_attribute(struct plain *p, struct tag *t, size_t i)
{
	if (!find_attribute_space(p, &t->attribute[i]))
		return false;
	for (size_t k = 0; k < i; k++)
		if (same_attribute(&t->attribute[i], &t->attribute[k]))
			return false;
	return true;
}

/* Binds what the tag declares, then looks at its other names. */
static bool check_names(struct plain *p, struct tag *t)
{
	for (size_t i = 0; i < t->n_attribute; i++)
		if (is_declaration(&t->attribute[i]) && !bind(p, &t->attribute[i]))
			return false;
	for (size_t i = 0; i < t->n_attribute; i++)
		if (!is_declaration(&t->attribute[i]) && !check_attribute(p, t, i))
			return false;
	t->space = find_space(p, t->prefix);
	return !t->prefix.s || t->space;
}

/* ---- shapes ---- */

/* The part of the tag from s up to and with the quote before a value, or its end. */
static bool add_part(struct shape *shape, size_t *n, size_t i, const char *s, const char *end)
{
	size_t n_part = (size_t)(end - s);

	if (*n + n_part > SHAPE_MAX)
		return false;
	memcpy(shape->text + *n, s, n_part);
	shape->n_part[i] = (unsigned short)n_part;
	*n += n_part;
	return true;
}

static bool fill_shape(struct shape *shape, const struct tag *t, const char *end)
{
	const char *s = t->name.s;
	size_t n = 0;

	for (size_t i = 0; i < t->n_attribute; i++) {
		const struct plain_attribute *a = &t->attribute[i];

		if (is_declaration(a) || (a->prefix.s && is(a->prefix, "xml")) || !add_part(shape, &n, i, s, a->value.s))
			return false;
		shape->attribute_name[i] = (unsigned short)(a->name.s - s);
		shape->n_attribute_name[i] = (unsigned short)a->name.n;
		s = a->value.s + a->value.n;
	}
	shape->n_attribute = (unsigned short)t->n_attribute;
	shape->n_prefix = (unsigned short)t->prefix.n;
	shape->n_name = (unsigned short)t->name.n;
	shape->space = t->space;
	shape->empty = t->empty;
	return add_part(shape, &n, t->n_attribute, s, end);
}

static void remember(struct plain *p, const struct tag *t, const char *end)
{
	struct shape *shape = &p->shape[p->i_shape];

	if (fill_shape(shape, t, end))
		p->i_shape = (p->i_shape + 1) % SHAPES;
	else
		shape->n_part[0] = 0;
}

/* A value from *at on, up to its quote. */
static bool match_value(const struct plain *p, char **at, const char *end, char quote, struct plain_attribute *a)
{
	char *s = *at;
	unsigned seen = 0;

	for (; s < end && *s != quote; s++)
		seen |= classes(p, s);
	a->value = (struct slice){ *at, (size_t)(s - *at) };
	a->odd = seen & ODD_IN_VALUE;
	*at = s;
	return s < end && (!a->odd || is_fine(a->value, true));
}

static bool match_part(const struct shape *shape, size_t *n, size_t i, const char *s, const char *end)
{
	size_t n_part = shape->n_part[i];
	const char *part = shape->text + *n;

	*n += n_part;
	return (size_t)(end - s) >= n_part && s[n_part - 1] == part[n_part - 1] && !memcmp(s, part, n_part);
}

/* Whether the tag behind '<' has that shape; then it is as good as looked at. */
static bool match_shape(const struct plain *p, const struct shape *shape, char **at, const char *end, struct tag *t)
{
	char *s = *at;
	size_t n = 0;

	for (size_t i = 0; i < shape->n_attribute; i++) {
		struct plain_attribute *a = &t->attribute[i];

		if (!match_part(shape, &n, i, s, end))
			return false;
		a->name = (struct slice){ s + shape->attribute_name[i], shape->n_attribute_name[i] };
		s += shape->n_part[i];
		if (!match_value(p, &s, end, shape->text[n - 1], a))
			return false;
		a->prefix.s = NULL; /* so that it is taken for no declaration */
	}
	if (!match_part(shape, &n, shape->n_attribute, s, end))
		return false;
	t->name = (struct slice){ *at, shape->n_name };
	t->local = t->name;
	if (shape->n_prefix)
		t->local = (struct slice){ *at + shape->n_prefix + 1, (size_t)(shape->n_name - shape->n_prefix - 1) };
	t->space = shape->space;
	t->n_attribute = shape->n_attribute;
	t->empty = shape->empty;
	*at = s + shape->n_part[shape->n_attribute];
	return true;
}

static bool match_any(const struct plain *p, char **at, const char *end, struct tag *t)
{
	for (size_t i = 0; i < SHAPES; i++)
		if (p->shape[i].n_part[0] && match_shape(p, &p->shape[i], at, end, t))
			return true;
	return false;
}

/* ---- calls ---- */

static struct origin place(const struct plain *p, struct markup_place at)
{
	return (struct origin){ .file = p->shown, .row = at.row, .col = at.col };
}

/* Of the text before a tag, if there is one. */
static bool call_text(struct plain *p, struct slice text, bool odd, struct diags *d)
{
	size_t n = odd ? decode(text, false) : text.n;

	return !n || !p->handler->text || p->handler->text(p->handler->ctx, text.s, n, place(p, p->here), d);
}

static bool call_start(struct plain *p, struct tag *t, struct markup_place at, struct diags *d)
{
	enum sax_skip skip = SAX_WANTED;
	bool ok;
	struct sax_element e = { .name = t->local.s, .space = t->space ? t->space : "", .attribute = p->attribute, .at = place(p, at),
		.offset = at.offset, .skip = &skip };

	t->local.s[t->local.n] = '\0';
	for (size_t i = 0; i < t->n_attribute; i++) {
		struct plain_attribute *a = &t->attribute[i];

		if (is_declaration(a))
			continue;
		a->name.s[a->name.n] = '\0';
		a->value.s[a->odd ? decode(a->value, true) : a->value.n] = '\0';
		p->attribute[e.n_attribute++] = (struct sax_attribute){ a->name.s, a->value.s };
	}
	ok = !p->handler->start || p->handler->start(p->handler->ctx, &e, d);
	p->n_skipped = skip == SAX_UNCHECKED && !t->empty;
	p->unwanted = skip == SAX_UNWANTED;
	if (skip == SAX_OFFERED && p->handler->offer && t->local.s == t->name.s && !t->empty)
		p->offered = p->depth;
	return ok;
}

static bool call_end(const struct plain *p, struct slice local, struct diags *d)
{
	local.s[local.n] = '\0';
	return !p->handler->end || p->handler->end(p->handler->ctx, local.s, d);
}

/* ---- before the root ---- */

/* Behind the text where it stands at *at. */
static bool pass_text(char **at, const char *end, const char *text)
{
	size_t n = strlen(text);

	if ((size_t)(end - *at) < n || memcmp(*at, text, n) != 0)
		return false;
	*at += n;
	return true;
}

/* The XML declaration as nearly all programs write it. */
static bool pass_declaration(char **at, const char *end)
{
	char *s = *at;

	if (!pass_text(&s, end, "<?xml version=\"1.0\"") && !pass_text(&s, end, "<?xml version='1.0'"))
		return false;
	if (!pass_text(&s, end, " encoding=\"UTF-8\"") && !pass_text(&s, end, " encoding=\"utf-8\""))
		pass_text(&s, end, " encoding='UTF-8'");
	if (!pass_text(&s, end, " standalone=\"yes\""))
		pass_text(&s, end, " standalone=\"no\"");
	if (!pass_text(&s, end, "?>"))
		return false;
	*at = s;
	return true;
}

/* A comment or an instruction. */
static bool pass_other(const struct plain *p, char **at, const char *end)
{
	char *s = *at;
	bool comment = pass_text(&s, end, "<!--");

	if (!comment) {
		char *name = s + strlen("<?");

		if ((*at)[1] != '?' || end - name < 4 || !(classes(p, name) & IS_START) || !strncasecmp(name, "xml", 3))
			return false;
		s = pass_name(p, name, end);
		if (s == end || (*s != '?' && !(classes(p, s) & IS_SPACE)))
			return false;
	}
	while (s < end && *s != (comment ? '-' : '?')) {
		if (classes(p, s++) & ODD_IN_TEXT)
			return false;
	}
	if (!pass_text(&s, end, comment ? "-->" : "?>"))
		return false;
	*at = s;
	return true;
}

/* The '<' of the root, or NULL where it has not come yet, or what is before it is left to libxml2. */
static char *find_root(const struct plain *p, char *s, const char *end)
{
	pass_declaration(&s, end);
	for (;;) {
		s = pass_space(p, s, end);
		if (end - s < 2 || *s != '<')
			return NULL;
		if (s[1] != '?' && s[1] != '!')
			return s;
		if (!pass_other(p, &s, end))
			return NULL;
	}
}

/* ---- the text with the tag behind it ---- */

/* The tag at s up to *end, with the namespaces that it binds. */
static enum step read_start(struct plain *p, char *s, char **end, struct tag *t)
{
	size_t n_binding = p->n_binding;
	size_t n_names = p->names.n;
	enum step step;

	*end = s + 1;
	if (p->depth < SAX_DEPTH_MAX && match_any(p, end, p->room + p->n, t))
		return *end - s < SAX_TAG_MAX ? STEP_DONE : STEP_LEFT;
	step = take_tag(p, end, p->room + p->n, t);
	if (step != STEP_DONE)
		return step;
	if (p->depth == SAX_DEPTH_MAX || *end - s >= SAX_TAG_MAX || !check_names(p, t)) {
		unbind(p, n_binding, n_names);
		return STEP_LEFT;
	}
	remember(p, t, *end);
	return STEP_DONE;
}

/* A start tag at s, behind the text. */
static enum step start_tag(struct plain *p, char *s, struct slice text, bool odd, struct diags *d)
{
	struct tag *t = &p->tag;
	struct open_tag open = { .start = p->tags.n, .n_binding = p->n_binding, .n_names = p->names.n };
	struct markup_place at = p->here;
	struct markup_place behind;
	char *end;
	enum step step = read_start(p, s, &end, t);

	if (step != STEP_DONE)
		return step;
	advance(&at, text.s, text.n);
	behind = at;
	advance(&behind, s, (size_t)(end - s));
	if (!t->empty) {
		open.n_name = t->name.n;
		open.row = at.row;
		buf_put(&p->tags, s, (size_t)(end - s));
		p->open[p->depth++] = open;
	}
	if ((p->has_root && !call_text(p, text, odd, d)) || !call_start(p, t, at, d) || (t->empty && !call_end(p, t->local, d)))
		return STEP_STOPPED;
	if (t->empty)
		unbind(p, open.n_binding, open.n_names);
	p->has_root = true;
	p->here = behind;
	p->i = (size_t)(end - p->room);
	return STEP_DONE;
}

static enum step end_tag(struct plain *p, char *s, struct slice text, bool odd, struct diags *d)
{
	const char *end = p->room + p->n;
	const struct open_tag *open = &p->open[p->depth - 1];
	struct slice local = { s + 2, open->n_name };
	struct markup_place behind = p->here;
	char *colon;
	char *close;

	if ((size_t)(end - local.s) <= open->n_name)
		return STEP_MORE;
	if (memcmp(local.s, p->tags.text + open->start + 1, open->n_name) != 0)
		return STEP_LEFT;
	close = pass_space(p, local.s + open->n_name, end);
	if (close == end || *close != '>')
		return close == end ? STEP_MORE : STEP_LEFT;
	colon = memchr(local.s, ':', local.n);
	if (colon)
		local = (struct slice){ colon + 1, (size_t)(local.s + local.n - (colon + 1)) };
	advance(&behind, text.s, (size_t)(close + 1 - text.s));
	if (!call_text(p, text, odd, d) || !call_end(p, local, d))
		return STEP_STOPPED;
	if (p->offered == p->depth--)
		p->offered = 0;
	p->tags.n = open->start;
	unbind(p, open->n_binding, open->n_names);
	p->here = behind;
	p->i = (size_t)(close + 1 - p->room);
	return STEP_DONE;
}

/* ---- what nobody wants ---- */

/* The '>' that ends the tag at s, or NULL. */
static char *find_tag_end(char *s, const char *end)
{
	for (;;) {
		s = find_byte(s, end, '>', '"', '\'');
		if (s == end || *s == '>')
			return s == end ? NULL : s;
		s = find_byte(s + 1, end, *s, *s, *s);
		if (s++ == end)
			return NULL;
	}
}

/* Whether the name at s is that of the element, and ends there. */
static bool is_skipped_name(const struct plain *p, const char *s)
{
	const struct open_tag *open = &p->open[p->depth - 1];

	return !(classes(p, s + open->n_name) & IS_NAME) && s[open->n_name] != ':'
	       && !memcmp(s, p->tags.text + open->start + 1, open->n_name);
}

/* A tag inside of such an element: only those of its own name count. */
static enum step skip_tag(struct plain *p, char **tag, const char *end)
{
	char *name = *tag + 1 + ((*tag)[1] == '/');
	char *close;

	if (end - name <= (ptrdiff_t)p->open[p->depth - 1].n_name)
		return STEP_MORE;
	if ((*tag)[1] == '!' || (*tag)[1] == '?')
		return STEP_LEFT;
	if (!is_skipped_name(p, name)) {
		*tag = name;
		return STEP_DONE;
	}
	close = find_tag_end(name, end);
	if (!close)
		return STEP_MORE;
	if (name > *tag + 1)
		p->n_skipped--;
	else if (close[-1] != '/')
		p->n_skipped++;
	if (p->n_skipped)
		*tag = close;
	return STEP_DONE;
}

/* Goes to the end tag of the element, which is taken like any other. */
static enum step skip_step(struct plain *p)
{
	const char *end = p->room + p->n;
	char *from = p->room + p->i;
	char *tag = from;
	enum step step = STEP_DONE;

	while (step == STEP_DONE && p->n_skipped) {
		char *next = memchr(tag, '<', (size_t)(end - tag));

		tag = next ? next : p->room + p->n;
		step = next ? skip_tag(p, &tag, end) : STEP_MORE;
	}
	p->i = (size_t)(tag - p->room);
	return step;
}

/* "<a>text</a>", of a shape that was looked at before, with plain text: its end, or NULL for anything else. */
static char *match_simple(const struct plain *p, char *s, const char *end)
{
	unsigned seen = 0;

	if (end - s < 2 || *s != '<' || p->depth == SAX_DEPTH_MAX)
		return NULL;
	for (size_t i = 0; i < SHAPES; i++) {
		const struct shape *shape = &p->shape[i];
		char *text = s + 1 + shape->n_part[0];
		char *close = text;
		size_t n = 0;

		if (!shape->n_part[0] || shape->n_attribute || shape->empty || shape->n_name + 1U != shape->n_part[0]
			|| !match_part(shape, &n, 0, s + 1, end))
			continue;
		for (; close < end && *close != '<'; close++)
			seen |= classes(p, close);
		if (seen & ODD_IN_TEXT || end - close < shape->n_part[0] + 2 || close[1] != '/'
			|| memcmp(close + 2, shape->text, shape->n_part[0]) != 0)
			return NULL;
		return close + 2 + shape->n_part[0];
	}
	return NULL;
}

static void pass_unwanted(struct plain *p)
{
	char *behind;

	while ((behind = match_simple(p, p->room + p->i, p->room + p->n))) {
		advance(&p->here, p->room + p->i, (size_t)(behind - (p->room + p->i)));
		p->i = (size_t)(behind - p->room);
	}
}

/* ---- what the handler may take ---- */

static bool offer(struct plain *p, struct diags *d)
{
	size_t taken = 0;

	p->room[p->n] = '\0';
	if (!p->handler->offer(p->handler->ctx, p->room + p->i, p->n - p->i, &taken, d))
		return false;
	p->here.offset += taken;
	p->here.col += (unsigned)taken;
	p->i += taken;
	return true;
}

/* ---- steps ---- */

static enum step take_step(struct plain *p, struct diags *d)
{
	char *end = p->room + p->n;
	struct slice text = { p->room + p->i, 0 };
	char *tag = p->has_root ? memchr(text.s, '<', (size_t)(end - text.s)) : find_root(p, text.s, end);
	unsigned seen = 0;

	if (!tag || end - tag < 2)
		return STEP_MORE;
	text.n = (size_t)(tag - text.s);
	for (const char *s = text.s; p->has_root && s < tag; s++)
		seen |= classes(p, s);
	if ((p->has_root && !p->depth) || (seen & ODD_IN_TEXT && !is_fine(text, false)))
		return STEP_LEFT;
	if (tag[1] == '/' && p->depth)
		return end_tag(p, tag, text, seen & ODD_IN_TEXT, d);
	return start_tag(p, tag, text, seen & ODD_IN_TEXT, d);
}

/* ---- pieces ---- */

struct plain *plain_open(const struct sax_handler *handler, const char *shown)
{
	struct plain *p = memory_new(1, sizeof *p);

	p->handler = handler;
	p->shown = shown;
	p->here = (struct markup_place){ 1, 1, 0 };
	for (unsigned c = 0; c < sizeof p->class; c++)
		p->class[c] = class_of((unsigned char)c);
	return p;
}

void plain_close(struct plain *p)
{
	if (!p)
		return;
	buf_clear(&p->tags);
	buf_clear(&p->names);
	free(p);
}

static enum step next_step(struct plain *p, struct diags *d)
{
	if (p->unwanted)
		pass_unwanted(p);
	p->unwanted = false;
	if (p->n_skipped)
		return skip_step(p);
	if (p->offered && p->offered == p->depth && !offer(p, d))
		return STEP_STOPPED;
	return take_step(p, d);
}

static enum plain_result take_steps(struct plain *p, struct diags *d)
{
	enum step step;

	do
		step = next_step(p, d);
	while (step == STEP_DONE);
	if (step == STEP_LEFT || (step == STEP_MORE && !p->i && p->n == PLAIN_ROOM))
		return PLAIN_LEFT;
	if (step == STEP_STOPPED)
		return PLAIN_STOPPED;
	p->n -= p->i;
	memmove(p->room, p->room + p->i, p->n);
	p->i = 0;
	return PLAIN_FINE;
}

enum plain_result plain_feed(struct plain *p, const char *data, size_t n, size_t *taken, struct diags *d)
{
	enum plain_result result = PLAIN_FINE;

	*taken = 0;
	while (result == PLAIN_FINE && *taken < n) {
		size_t part = n - *taken < PLAIN_ROOM - p->n ? n - *taken : PLAIN_ROOM - p->n;

		memcpy(p->room + p->n, data + *taken, part);
		p->n += part;
		*taken += part;
		result = take_steps(p, d);
	}
	return result;
}

bool plain_is_whole(const struct plain *p)
{
	return p->has_root && !p->depth && pass_space(p, (char *)p->room, p->room + p->n) == p->room + p->n;
}

struct plain_rest plain_rest(const struct plain *p)
{
	struct plain_rest rest = { .kept = p->room + p->i, .n_kept = p->n - p->i, .begun = p->has_root, .at = p->here, .depth = p->depth,
		.n_tag = p->depth, .n_call = p->depth };

	if (!p->depth) {
		rest.n_tag = 1;
		rest.n_call = 2;
	}
	return rest;
}

struct plain_tag plain_tag(const struct plain *p, unsigned i)
{
	static const char whole[] = "<a/>"; /* for a root that has ended */
	size_t end = i + 1 < p->depth ? p->open[i + 1].start : p->tags.n;

	if (!p->depth)
		return (struct plain_tag){ whole, strlen(whole), p->here.row };
	return (struct plain_tag){ p->tags.text + p->open[i].start, end - p->open[i].start, p->open[i].row };
}
