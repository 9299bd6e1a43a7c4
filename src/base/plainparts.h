/* plainparts: what the files of the scanner for plain XML share; only they include it. plain.c goes from tag to tag and makes
 * the calls; plaintext.c knows texts, plaintags.c tags and namespaces, plainshapes.c tags that were looked at before.
 *
 * Limits: all text that is looked at has room for one word behind it
 */
#ifndef BASE_PLAINPARTS_H
#define BASE_PLAINPARTS_H

#include "base/buf.h"
#include "base/plain.h"

#include <stdint.h>
#include <string.h>

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

/* ---- bytes ---- */

static inline unsigned classes(const struct plain *p, const char *s)
{
	return p->class[(unsigned char)*s];
}

static const uint64_t highs = 0x8080808080808080u; /* of each byte */
static const uint64_t lows = 0x0101010101010101u;

/* The next bytes; behind all text that is looked at there is room for one word. */
static inline uint64_t word_at(const char *s)
{
	uint64_t word;

	memcpy(&word, s, WORD);
	return word;
}

/* Behind both there is room for one word. */
static inline bool same_bytes(const char *a, const char *b, size_t n)
{
	for (; n > WORD; n -= WORD, a += WORD, b += WORD)
		if (word_at(a) != word_at(b))
			return false;
	return !n || !((word_at(a) ^ word_at(b)) << 8 * (WORD - n));
}

/* Not 0 if one of the bytes is c. */
static inline uint64_t has_byte(uint64_t word, char c)
{
	uint64_t zero_there = word ^ (lows * (unsigned char)c);

	return (zero_there - lows) & ~zero_there & highs;
}

/* Characters and lines of bytes that are valid UTF-8. */
void plain_advance(struct markup_place *, const char *s, size_t n);

/* The same of bytes of those classes. */
static inline void advance_classes(struct markup_place *at, const char *s, size_t n, unsigned seen)
{
	if (seen & IS_COUNTED) {
		plain_advance(at, s, n);
	} else {
		at->offset += n;
		at->col += (unsigned)n;
	}
}

static inline char *pass_name(const struct plain *p, char *s, const char *end)
{
	while (s < end && classes(p, s) & IS_NAME)
		s++;
	return s;
}

static inline char *pass_space(const struct plain *p, char *s, const char *end)
{
	while (s < end && classes(p, s) & IS_SPACE)
		s++;
	return s;
}

static inline bool slice_is(struct slice a, const char *s)
{
	return a.n == strlen(s) && !memcmp(a.s, s, a.n);
}

/* ---- texts (plaintext.c) ---- */

/* Whether text with odd bytes is plain all the same. */
bool plain_is_fine(struct slice text, bool in_value);

/* In place; what comes out is never longer. The new length. */
size_t plain_decode(struct slice text, bool in_value);

/* The '<' of the root, or NULL where it has not come yet, or what is before it is left to libxml2. */
char *plain_find_root(const struct plain *, char *s, const char *end);

/* ---- tags (plaintags.c) ---- */

/* Of a step through the text. */
enum step { STEP_DONE, STEP_MORE, STEP_LEFT, STEP_STOPPED };

/* Behind '<', up to and with '>'. */
enum step plain_take_tag(const struct plain *, char **at, const char *end, struct tag *);

/* Binds what the tag declares, then looks at its other names. False: it is left to libxml2. */
bool plain_check_names(struct plain *, struct tag *);

/* Back to so many bindings. */
void plain_unbind(struct plain *, size_t n_binding, size_t n_names);

/* xmlns="..." or xmlns:a="..." of the tag that begins. */
bool plain_is_declaration(const struct plain_attribute *);

/* ---- shapes (plainshapes.c) ---- */

/* A tag that has none, of which all names are bound. */
void plain_remember(struct plain *, const struct tag *, const char *end);

/* The shape of the tag whose name is at s, and what is behind it; NULL if none has it. */
struct shape *plain_match_any(struct plain *, char *s, const char *end, char **behind, unsigned *seen);

/* The end of "<a>text</a>" at s, of a shape, with plain text; NULL for anything else. *seen: the classes of the text. */
char *plain_match_simple(struct plain *, char *s, unsigned *seen);

#endif
