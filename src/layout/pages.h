/* pages: placed items. What a painter needs and nothing more.
 *
 * Shape:  pages of items, each item tied to an element of the structure tree (or an artifact)
 * Units:  points from the page's top left corner; y of a text is its baseline
 * Errors: "glyph" for characters the font lacks; a row taller than a page is a note "tall-row"
 * Owner:  the arena passed to layout; words belong to the fonts
 */
#ifndef LAYOUT_PAGES_H
#define LAYOUT_PAGES_H

#include "compose/document.h"
#include "text/fonts.h"

enum role {
	ROLE_DOCUMENT,
	ROLE_PART,	/* an appendix */
	ROLE_HEADING,	/* level 1-6 */
	ROLE_PARAGRAPH,
	ROLE_LIST,
	ROLE_LIST_ITEM,
	ROLE_LABEL,	/* a list item's mark */
	ROLE_LIST_BODY,
	ROLE_TABLE,
	ROLE_CAPTION,
	ROLE_ROW,
	ROLE_HEADER_CELL,
	ROLE_DATA_CELL,
	ROLE_LINK,
};

/* A node of the structure tree, in reading order; parents stand before their children. */
struct element {
	enum role role;
	int parent;		/* index; -1: the root */
	int level;		/* ROLE_HEADING */
	unsigned row, column;	/* cells: place in the whole table, header rows first */
	unsigned rows, columns; /* cells: span */
	const struct grid_table *table; /* ROLE_TABLE */
};

enum { ARTIFACT = -1 }; /* rules, page numbers, repeated headers */

enum item_kind { ITEM_TEXT, ITEM_RULE, ITEM_LINK, ITEM_DRAFT };

/* A word at its place. The items of a line stand one after another; spaces are words too, so that text copies well. */
struct glyphs {
	const struct word *word;
	float x; /* [pt] of its start */
};

struct item {
	enum item_kind kind;
	int element; /* or ARTIFACT */
	float x, y;  /* ITEM_TEXT: start of the baseline; ITEM_RULE: start */
	/* ITEM_TEXT: one face, one size, one baseline */
	enum face face;
	float size_pt;
	const struct glyphs *glyphs; /* [n_glyphs] */
	size_t n_glyphs;
	/* ITEM_RULE: a line to x2, y2 of that thickness */
	float x2, y2, thickness_pt;
	/* ITEM_LINK: the box x, y, x2, y2 goes to the block */
	const struct block *target;
};

struct bookmark {
	const char *text;
	int level;    /* 1.. */
	size_t page;  /* index */
	float y;
	const struct block *block;
};

/* Where a link's target is. */
struct anchor {
	const struct block *block;
	size_t page;
	float x, y;
};

struct page {
	float width_pt, height_pt;
	const char *number; /* as printed, NULL where hidden */
	struct item *item;  /* [n_item] in painting order */
	size_t n_item;
};

/* One file: the plan with its appendices, or a separate appendix. */
struct pages {
	const struct document *document;
	const char *title;
	struct page *page; /* [n_page] */
	size_t n_page;
	struct element *element; /* [n_element]; [0] is the document */
	size_t n_element;
	struct bookmark *bookmark; /* [n_bookmark] */
	size_t n_bookmark;
	struct anchor *anchor; /* [n_anchor] */
	size_t n_anchor;
};

/* The files of a document: [0] holds all parts that are not separate, then one for each separate part. */
bool layout(const struct document *, struct fonts *, struct arena *, struct pages **files, size_t *n_file, struct diags *);

/* As text, for goldens: a line for each item with its place (in tenths of a point), role and text. */
const char *pages_text(const struct pages *, struct arena *);

#endif
