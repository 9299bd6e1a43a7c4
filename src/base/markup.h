/* markup: where the tags of an XML text stand, and what is refused before a parser sees it. sax.c
 * feeds each piece to it first, then to libxml2, which knows only where a tag ends and counts its
 * attributes only after comparing them all.
 *
 * Shape:  a queue of tags in the order of the text: one for each start and each end tag, two for
 *         an empty element
 * Errors: none here; scanning stops and a problem with its place is returned
 * Limits: those of sax.h, of bytes between < and >, attributes of a tag, and bytes of a comment
 */
#ifndef BASE_MARKUP_H
#define BASE_MARKUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum markup_problem {
	MARKUP_FINE,
	MARKUP_ENCODING,    /* neither UTF-8 nor UTF-16, or said to be something else */
	MARKUP_BYTES,	    /* bytes that are not of the encoding */
	MARKUP_DECLARATION, /* <?xml without an end */
	MARKUP_DOCTYPE,
	MARKUP_LONG_TAG,
	MARKUP_ATTRIBUTES,
	MARKUP_LONG_COMMENT, /* or processing instruction */
};

struct markup_place {
	unsigned row; /* 0: none */
	unsigned col;
	size_t offset; /* [bytes] */
};

struct markup_tag {
	struct markup_place at;	  /* of its '<' */
	struct markup_place text; /* of the first character since the tag before, but comments */
};

/* All zero is the start of a text. */
struct markup {
	bool begun;
	bool wide; /* UTF-16 */
	bool little;
	unsigned state; /* enum markup_state in markup.c */
	struct markup_place here;
	struct markup_place tag_at;
	struct markup_place text_at;
	uint32_t last;	      /* the unit before, inside markup */
	unsigned n_same;      /* dashes or brackets before */
	unsigned n_attribute;
	uint32_t quote;
	unsigned n_rest;      /* bytes the character still needs; UTF-16: half a pair was seen */
	unsigned char low;    /* bounds of its next byte */
	unsigned char high;
	bool has_half;	      /* a byte of a UTF-16 unit that the last piece cut */
	unsigned char half;
	struct markup_tag *tag;
	size_t i_tag;	      /* next to be taken */
	size_t n_tag;
	size_t cap;
};

/* Scans a piece; the first one holds the whole XML declaration, if there is one. Returns how many
 * bytes are fine to be parsed; on a problem its place is m->tag_at or, for bytes and encodings,
 * m->here. */
size_t markup_scan(struct markup *m, const char *s, size_t n, enum markup_problem *);

/* Whether the text ends inside a character. */
bool markup_ends_inside(const struct markup *m);

/* The next tag, in the order of the text; valid until more is scanned. */
const struct markup_tag *markup_take(struct markup *m);

/* Where the text began that stands before the next tag to be taken. */
struct markup_place markup_text(const struct markup *m);

void markup_clear(struct markup *m);

#endif
