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
	SPACES_MAX = 16 << 10, /* [bytes] of different namespaces */
};

/* What a byte may be. */
enum {
	IS_START = 1, /* of a name */
	IS_NAME = 2,
	IS_SPACE = 4,
	ODD_IN_TEXT = 8, /* needs a second look */
	ODD_IN_VALUE = 16,
	IS_COUNTED = 32, /* not just one column */
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

/* A prefix (in names; "" is the default namespace) and its namespace. */
struct binding {
	size_t prefix;
	size_t n_prefix;
	const char *space;
	unsigned depth;
};

/* A start tag that was looked at before, all but its values: what ends with a quote, then a value, then what begins with
 * that quote. Programs write the same few a million times. It declares no namespace. */
struct shape {
	char text[SHAPE_MAX + WORD]; /* all parts */
	char name[SHAPE_MAX]; /* each of them, terminated: local names of the element, then of its attributes */
	unsigned short n_part[PLAIN_ATTRIBUTES + 1]; /* [n_attribute + 1] bytes; the last one ends the tag. [0] is 0: free */
	unsigned short n_attribute;
	unsigned short n_prefix; /* of the element, with its colon */
	unsigned short n_name;	 /* with that */
	struct sax_attribute attribute[PLAIN_ATTRIBUTES];
	struct slice value[PLAIN_ATTRIBUTES]; /* of the tag that was compared last, as written */
	bool odd[PLAIN_ATTRIBUTES];
	const char *space; /* NULL: none */
	bool empty;
	bool is_counted; /* there are line feeds in it */
	size_t next;	 /* the shape that came behind it, the last time */
};

struct open_tag {
	size_t start; /* in tags */
	unsigned row;
	size_t n_name;
	size_t n_prefix;  /* with its colon, of the name */
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
	struct buf tags; /* of the open elements: as written if they declare something, else without their attributes */
	struct buf names;
	char spaces[SPACES_MAX]; /* each terminated: none is there twice, none goes */
	size_t n_spaces;	 /* [bytes] */
	struct binding binding[BINDINGS_MAX];
	size_t n_binding;
	struct known known[KNOWN]; /* while no prefix is bound or unbound */
	struct shape shape[SHAPES]; /* while no prefix is bound or unbound */
	size_t i_shape;		    /* the one that is replaced next */
	size_t last_shape;	    /* that a tag had */
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
	if (c == '\n' || c >= 0x80)
		class |= IS_COUNTED;
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

/* Behind both there is room for one word. */
static bool same_bytes(const char *a, const char *b, size_t n)
{
	for (; n > WORD; n -= WORD, a += WORD, b += WORD)
		if (word_at(a) != word_at(b))
			return false;
	return !n || !((word_at(a) ^ word_at(b)) << 8 * (WORD - n));
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

/* The same of bytes of those classes. */
static void advance_classes(struct markup_place *at, const char *s, size_t n, unsigned seen)
{
	if (seen & IS_COUNTED) {
		advance(at, s, n);
	} else {
		at->offset += n;
		at->col += (unsigned)n;
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
	p->i_shape = p->last_shape = 0;
}

/* The namespace where it is kept; NULL if there is no more room. */
static const char *keep_space(struct plain *p, struct slice value)
{
	char *kept = p->spaces;

	for (; kept < p->spaces + p->n_spaces; kept += strlen(kept) + 1)
		if (is(value, kept))
			return kept;
	if (value.n >= SPACES_MAX - p->n_spaces)
		return NULL;
	memcpy(kept, value.s, value.n);
	kept[value.n] = '\0';
	p->n_spaces += value.n + 1;
	return kept;
}

static bool bind(struct plain *p, const struct plain_attribute *a)
{
	struct slice prefix = a->prefix.s ? a->name : (struct slice){ NULL, 0 };
	const char *space;

	if (p->n_binding == BINDINGS_MAX - 1 || !is_plain_space(p, a->value) || (prefix.n >= 3 && !memcmp(prefix.s, "xml", 3)))
		return false;
	for (size_t i = p->n_binding; i > 0 && p->binding[i - 1].depth > p->depth; i--)
		if (same(prefix, (struct slice){ p->names.text + p->binding[i - 1].prefix, p->binding[i - 1].n_prefix }))
			return false; /* twice in one tag */
	space = keep_space(p, a->value);
	if (!space)
		return false;
	p->binding[p->n_binding++] = (struct binding){ p->names.n, prefix.n, space, p->depth + 1 };
	buf_put(&p->names, prefix.n ? prefix.s : "", prefix.n);
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
			return b->space;
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

static const char *add_name(struct shape *shape, size_t *n, struct slice name)
{
	char *to = shape->name + *n;

	memcpy(to, name.s, name.n);
	to[name.n] = '\0';
	*n += name.n + 1;
	return to;
}

/* Names are shorter than the parts that they stand in: there is room for them all. */
static bool fill_shape(struct shape *shape, const struct tag *t, const char *end)
{
	const char *s = t->name.s;
	size_t n = 0;
	size_t n_name = 0;

	if (t->local.n >= SHAPE_MAX)
		return false;
	add_name(shape, &n_name, t->local);
	for (size_t i = 0; i < t->n_attribute; i++) {
		const struct plain_attribute *a = &t->attribute[i];

		if (is_declaration(a) || (a->prefix.s && is(a->prefix, "xml")) || !add_part(shape, &n, i, s, a->value.s))
			return false;
		shape->attribute[i].name = add_name(shape, &n_name, a->name);
		s = a->value.s + a->value.n;
	}
	shape->n_attribute = (unsigned short)t->n_attribute;
	shape->n_prefix = (unsigned short)(t->local.s - t->name.s);
	shape->n_name = (unsigned short)t->name.n;
	shape->space = t->space;
	shape->empty = t->empty;
	shape->next = 0;
	return add_part(shape, &n, t->n_attribute, s, end);
}

/* By what it was followed the last time, it is looked for first. */
static void note_shape(struct plain *p, size_t i)
{
	p->shape[p->last_shape].next = i;
	p->last_shape = i;
}

static void remember(struct plain *p, const struct tag *t, const char *end)
{
	struct shape *shape = &p->shape[p->i_shape];

	if (!fill_shape(shape, t, end)) {
		shape->n_part[0] = 0;
		return;
	}
	shape->is_counted = memchr(t->name.s, '\n', (size_t)(end - t->name.s));
	note_shape(p, p->i_shape);
	p->i_shape = (p->i_shape + 1) % SHAPES;
}

/* A value from s on, up to its quote; NULL if it is not there, or not plain. */
static char *match_value(const struct plain *p, struct shape *shape, size_t i, char *s, const char *end, char quote, unsigned *seen)
{
	unsigned seen_here = 0;

	shape->value[i].s = s;
	for (; s < end && *s != quote; s++)
		seen_here |= classes(p, s);
	shape->value[i].n = (size_t)(s - shape->value[i].s);
	shape->odd[i] = seen_here & ODD_IN_VALUE;
	*seen |= seen_here;
	return s == end || (shape->odd[i] && !is_fine(shape->value[i], true)) ? NULL : s;
}

/* What is behind the tag whose name is at s, if it has that shape, or NULL. */
static char *match_shape(const struct plain *p, struct shape *shape, char *s, const char *end, unsigned *seen)
{
	const char *part = shape->text;
	size_t n_part = shape->n_part[0];

	*seen = shape->is_counted ? IS_COUNTED : 0;
	for (size_t i = 0; i < shape->n_attribute; i++) {
		if ((size_t)(end - s) < n_part || !same_bytes(s, part, n_part))
			return NULL;
		part += n_part;
		s = match_value(p, shape, i, s + n_part, end, part[-1], seen);
		if (!s)
			return NULL;
		n_part = shape->n_part[i + 1];
	}
	return (size_t)(end - s) >= n_part && same_bytes(s, part, n_part) ? s + n_part : NULL;
}

/* The shape of the tag whose name is at s, and what is behind it; NULL if none has it. */
static struct shape *match_any(struct plain *p, char *s, const char *end, char **behind, unsigned *seen)
{
	size_t likely = p->shape[p->last_shape].next;

	if (p->shape[likely].n_part[0] && (*behind = match_shape(p, &p->shape[likely], s, end, seen))) {
		p->last_shape = likely;
		return &p->shape[likely];
	}
	for (size_t i = 0; i < SHAPES; i++)
		if (i != likely && p->shape[i].n_part[0] && (*behind = match_shape(p, &p->shape[i], s, end, seen))) {
			note_shape(p, i);
			return &p->shape[i];
		}
	return NULL;
}

/* ---- calls ---- */

static struct origin here(const struct plain *p)
{
	return (struct origin){ .file = p->shown, .row = p->here.row, .col = p->here.col };
}

/* Of the text before a tag, if there is one; its place is then behind it. */
static bool call_text(struct plain *p, struct slice text, unsigned seen, struct diags *d)
{
	struct origin at = here(p);
	size_t n = text.n;

	if (!n)
		return true;
	advance_classes(&p->here, text.s, n, seen);
	if (seen & ODD_IN_TEXT)
		n = decode(text, false);
	return !n || !p->handler->text || p->handler->text(p->handler->ctx, text.s, n, at, d);
}

/* Which of what is in it the handler wants. */
static void take_wish(struct plain *p, enum sax_skip skip, bool has_prefix, bool empty)
{
	p->n_skipped = skip == SAX_UNCHECKED && !empty;
	p->unwanted = skip == SAX_UNWANTED;
	if (skip == SAX_OFFERED && p->handler->offer && !has_prefix && !empty)
		p->offered = p->depth;
}

/* The element has its place already. */
static bool call_start(struct plain *p, struct tag *t, struct sax_element *e, struct diags *d)
{
	enum sax_skip skip = SAX_WANTED;
	bool ok;

	t->local.s[t->local.n] = '\0';
	for (size_t i = 0; i < t->n_attribute; i++) {
		struct plain_attribute *a = &t->attribute[i];

		if (is_declaration(a))
			continue;
		a->name.s[a->name.n] = '\0';
		a->value.s[a->odd ? decode(a->value, true) : a->value.n] = '\0';
		p->attribute[e->n_attribute++] = (struct sax_attribute){ a->name.s, a->value.s };
	}
	e->name = t->local.s;
	e->space = t->space ? t->space : "";
	e->attribute = p->attribute;
	e->skip = &skip;
	ok = !p->handler->start || p->handler->start(p->handler->ctx, e, d);
	take_wish(p, skip, t->prefix.s, t->empty);
	return ok;
}

/* The same of a tag of that shape, which was just compared. */
static bool call_start_of(struct plain *p, struct shape *shape, struct sax_element *e, struct diags *d)
{
	enum sax_skip skip = SAX_WANTED;
	bool ok;

	for (size_t i = 0; i < shape->n_attribute; i++) {
		struct slice value = shape->value[i];

		value.s[shape->odd[i] ? decode(value, true) : value.n] = '\0';
		shape->attribute[i].value = value.s;
	}
	e->name = shape->name;
	e->space = shape->space ? shape->space : "";
	e->attribute = shape->attribute;
	e->n_attribute = shape->n_attribute;
	e->skip = &skip;
	ok = !p->handler->start || p->handler->start(p->handler->ctx, e, d);
	take_wish(p, skip, shape->n_prefix, shape->empty);
	return ok;
}

static bool call_end(const struct plain *p, const char *name, struct diags *d)
{
	return !p->handler->end || p->handler->end(p->handler->ctx, name, d);
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

/* The element of a tag [n] is open; one that declares nothing need not be kept with its attributes. */
static void push_open(struct plain *p, struct open_tag open, const char *tag, size_t n)
{
	bool declares = p->n_binding > open.n_binding;
	size_t n_kept = declares ? n : 1 + open.n_name;
	char *to = buf_room(&p->tags, n_kept + 2 * (size_t)WORD); /* of the tag there is a word more, too */

	for (size_t i = 0; i < n_kept; i += WORD)
		memcpy(to + i, tag + i, WORD);
	if (!declares)
		to[n_kept++] = '>';
	open.start = p->tags.n;
	p->tags.n += n_kept;
	p->open[p->depth++] = open;
}

/* The tag at s up to *end, with the namespaces that it binds. */
static enum step read_start(struct plain *p, char *s, char **end, struct tag *t)
{
	size_t n_binding = p->n_binding;
	size_t n_names = p->names.n;
	enum step step;

	*end = s + 1;
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

/* A start tag at s that has no shape yet, behind the text. */
static enum step new_tag(struct plain *p, char *s, struct slice text, unsigned seen, struct diags *d)
{
	struct tag *t = &p->tag;
	struct open_tag open = { .n_binding = p->n_binding, .n_names = p->names.n };
	struct sax_element e = { .n_attribute = 0 };
	char *end;
	enum step step = read_start(p, s, &end, t);

	if (step != STEP_DONE)
		return step;
	if (!p->has_root)
		advance(&p->here, text.s, text.n);
	else if (!call_text(p, text, seen, d))
		return STEP_STOPPED;
	open.n_name = t->name.n;
	open.n_prefix = (size_t)(t->local.s - t->name.s);
	open.row = p->here.row;
	if (!t->empty)
		push_open(p, open, s, (size_t)(end - s));
	e.at = here(p);
	e.offset = p->here.offset;
	advance(&p->here, s, (size_t)(end - s));
	if (!call_start(p, t, &e, d) || (t->empty && !call_end(p, t->local.s, d)))
		return STEP_STOPPED;
	if (t->empty)
		unbind(p, open.n_binding, open.n_names);
	p->has_root = true;
	p->i = (size_t)(end - p->room);
	return STEP_DONE;
}

static enum step start_tag(struct plain *p, char *s, struct slice text, unsigned seen, struct diags *d)
{
	char *end;
	unsigned seen_in_tag;
	struct shape *shape = p->depth < SAX_DEPTH_MAX ? match_any(p, s + 1, p->room + p->n, &end, &seen_in_tag) : NULL;
	struct sax_element e;

	if (!shape || end - s >= SAX_TAG_MAX)
		return new_tag(p, s, text, seen, d);
	if (!call_text(p, text, seen, d))
		return STEP_STOPPED;
	if (!shape->empty)
		push_open(p, (struct open_tag){ .row = p->here.row, .n_name = shape->n_name, .n_prefix = shape->n_prefix,
			.n_binding = p->n_binding, .n_names = p->names.n }, s, 0);
	e.at = here(p);
	e.offset = p->here.offset;
	advance_classes(&p->here, s, (size_t)(end - s), seen_in_tag);
	if (!call_start_of(p, shape, &e, d) || (shape->empty && !call_end(p, shape->name, d)))
		return STEP_STOPPED;
	p->i = (size_t)(end - p->room);
	return STEP_DONE;
}

static enum step end_tag(struct plain *p, char *s, struct slice text, unsigned seen, struct diags *d)
{
	const char *end = p->room + p->n;
	const struct open_tag *open = &p->open[p->depth - 1];
	char *name = s + 2;
	char *close = name + open->n_name;

	if (end - name <= (ptrdiff_t)open->n_name)
		return STEP_MORE;
	if (!same_bytes(name, p->tags.text + open->start + 1, open->n_name))
		return STEP_LEFT;
	close = pass_space(p, close, end);
	if (close == end || *close != '>')
		return close == end ? STEP_MORE : STEP_LEFT;
	if (!call_text(p, text, seen, d))
		return STEP_STOPPED;
	advance_classes(&p->here, s, (size_t)(close + 1 - s), close > name + open->n_name ? IS_COUNTED : 0);
	name[open->n_name] = '\0';
	if (!call_end(p, name + open->n_prefix, d))
		return STEP_STOPPED;
	if (p->offered == p->depth--)
		p->offered = 0;
	p->tags.n = open->start;
	unbind(p, open->n_binding, open->n_names);
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

/* "<a>text</a>" at s, of that shape, with plain text: its end, or NULL for anything else. */
static char *match_simple(const struct plain *p, const struct shape *shape, char *s, const char *end, unsigned *seen)
{
	size_t n = shape->n_part[0]; /* with the '>' */
	char *close = s + 1 + n;

	if (!n || shape->n_attribute || shape->empty || shape->n_name + 1U != n || (size_t)(end - s) < 2 * n + 3
		|| !same_bytes(s + 1, shape->text, n))
		return NULL;
	for (*seen = 0; close < end && *close != '<'; close++)
		*seen |= classes(p, close);
	if (*seen & ODD_IN_TEXT || (size_t)(end - close) < n + 2 || close[1] != '/' || !same_bytes(close + 2, shape->text, n))
		return NULL;
	return close + 2 + n;
}

static char *match_any_simple(struct plain *p, char *s, unsigned *seen)
{
	const char *end = p->room + p->n;
	size_t likely = p->shape[p->last_shape].next;
	char *behind;

	if (end - s < 2 || *s != '<' || s[1] == '/' || p->depth == SAX_DEPTH_MAX)
		return NULL;
	behind = match_simple(p, &p->shape[likely], s, end, seen);
	for (size_t i = 0; !behind && i < SHAPES; i++) {
		behind = match_simple(p, &p->shape[i], s, end, seen);
		likely = behind ? i : likely;
	}
	if (behind)
		note_shape(p, likely);
	return behind;
}

static void pass_unwanted(struct plain *p)
{
	unsigned seen;
	char *behind;

	while ((behind = match_any_simple(p, p->room + p->i, &seen))) {
		advance_classes(&p->here, p->room + p->i, (size_t)(behind - (p->room + p->i)), seen);
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
	char *tag = text.s;
	unsigned seen = 0;

	if (!p->has_root)
		tag = find_root(p, text.s, end);
	while (p->has_root && tag < end && *tag != '<')
		seen |= classes(p, tag++);
	if (!tag || end - tag < 2)
		return STEP_MORE;
	text.n = (size_t)(tag - text.s);
	if ((p->has_root && !p->depth) || (seen & ODD_IN_TEXT && !is_fine(text, false)))
		return STEP_LEFT;
	if (tag[1] == '/' && p->depth)
		return end_tag(p, tag, text, seen, d);
	return start_tag(p, tag, text, seen, d);
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
