/* tags: the structure tree of a document through cairo's tags, opened and closed while its items are painted.
 *
 * Shape:  the tree of pages->element, in reading order, empty elements (a blank cell) too; an element once a page, since cairo
 *         1.18 takes what is painted while one is open for its content: the artifacts of the next page. cairo 1.16 marks only the
 *         content of an element without children, so the words of one that has children, or that goes on over a page, stand in
 *         Span elements below it
 * Limits: an element whose items come back after others have been painted (a row taller than a page) is opened a second
 *         time; a link over two pages becomes two
 * Errors: cairo's own, in the context
 * Source: ISO 32000-1, 14.8.4 (standard structure types)
 */
#ifndef RENDER_TAGS_H
#define RENDER_TAGS_H

#include "layout/pages.h"

#include <cairo.h>

enum { TAGS_DEPTH = 48 }; /* deepest element */

struct tag_node;

/* An item's place in the order of its page. */
struct tagged {
	size_t rank;
	size_t i_item;
};

struct open_tag {
	size_t element;
	const char *tag;
};

/* Which element of the pages each of cairo's structure elements belongs to, in the order they were opened: that is the order of
 * the tree in the file from the root down. Spans belong to the element whose words they hold. */
struct tag_log {
	int *element; /* [n] */
	size_t n;
	size_t cap;
};

struct tags {
	cairo_t *cr;
	struct tag_log *log;
	struct arena *log_arena;
	const struct pages *pages;
	const struct page *page; /* being painted */
	struct tag_node *node;	 /* [n_element] */
	size_t *order;		 /* [n_element] elements in reading order */
	bool *linked;		 /* [pages->n_anchor] whether a link goes there */
	struct tagged *tagged;	 /* room for the items of any page */
	size_t next;		 /* index in order: all before are opened or have content that comes later */
	struct open_tag open[TAGS_DEPTH]; /* [n_open] from the root */
	size_t n_open;
	bool in_span; /* a Span is open below them */
};

/* The log, in an arena of its own, stays; what else the tags need is in the last one. */
void tags_init(struct tags *, const struct pages *, cairo_t *, struct tag_log *, struct arena *log_arena, struct arena *);

/* The page's items that are content, in reading order (a link among its paragraph's words), [*n],
 * valid until the next page begins. Not before the page's size is set: cairo forgets a tag then; nor before its artifacts are
 * painted. */
const struct tagged *tags_begin_page(struct tags *, const struct page *, size_t *n);
/* Before an item of that element is painted. What was painted before must be drawn (paint_flush) unless tags_is_at. */
void tags_reach(struct tags *, size_t element);
bool tags_is_at(const struct tags *, size_t element);
void tags_end_page(struct tags *);
void tags_finish(struct tags *);

#endif
