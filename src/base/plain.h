/* plain: a fast scanner for the plain part of XML: tags, attributes, namespaces and texts in UTF-8, as programs write them
 * by the million. Whatever it is not sure of (a DOCTYPE, CDATA, names beyond ASCII, a comment inside, anything wrong) it
 * leaves, from there to the end, to libxml2, which alone finds errors. sax.c is its only user.
 *
 * Shape:  calls the handler as sax.h says; libxml2 would make the same calls (tests/fuzz/sax.c compares them)
 * Limits: those of sax.h; a tag with more than PLAIN_ATTRIBUTES, or that with the text before it is longer than
 *         PLAIN_ROOM, is left to libxml2 too
 */
#ifndef BASE_PLAIN_H
#define BASE_PLAIN_H

#include "base/markup.h"
#include "base/sax.h"

enum {
	PLAIN_ATTRIBUTES = 24,
	PLAIN_ROOM = 128 << 10, /* [bytes] */
};

struct plain;

struct plain *plain_open(const struct sax_handler *, const char *shown);
void plain_close(struct plain *); /* accepts NULL */

enum plain_result {
	PLAIN_FINE,
	PLAIN_STOPPED, /* by the handler, which added an error */
	PLAIN_LEFT,    /* to libxml2, from the rest on */
};

/* *taken: bytes of data that were scanned or kept; all of them unless the rest is left. */
enum plain_result plain_feed(struct plain *, const char *data, size_t n, size_t *taken, struct diags *);

/* Whether what was fed is a whole text; else the rest is left. */
bool plain_is_whole(const struct plain *);

/* What is left to libxml2. */
struct plain_rest {
	const char *kept; /* bytes that no call was made for */
	size_t n_kept;
	bool begun; /* else they are all there was */
	struct markup_place at; /* of the first of them */
	unsigned depth;	 /* open elements */
	unsigned n_tag;	 /* to be fed first, since they bring libxml2 there */
	unsigned n_call; /* of start and end, that they lead to once more */
};

struct plain_rest plain_rest(const struct plain *);

/* One of the tags as it was written. */
struct plain_tag {
	const char *s;
	size_t n;
	unsigned row;
};

struct plain_tag plain_tag(const struct plain *, unsigned i);

/* As sax_read_bytes, but by libxml2 alone: for tests, which compare. */
bool sax_read_bytes_without_plain(const char *data, size_t n, const char *shown, const struct sax_handler *, struct diags *);

#endif
