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
	ROLE_FIGURE,	/* a chart */
	ROLE_FORM,	/* a field; without items */
};

/* What a header cell is the header of. */
enum scope { SCOPE_NONE, SCOPE_COLUMN, SCOPE_ROW };

/* A node of the structure tree, in reading order; parents stand before their children. */
struct element {
	enum role role;
	int parent;		/* index; -1: the root */
	int level;		/* ROLE_HEADING */
	unsigned row, column;	/* cells: place in the whole table, header rows first */
	unsigned rows, columns; /* cells: span */
	const struct grid_table *table; /* ROLE_TABLE */
	enum scope scope;	/* ROLE_HEADER_CELL */
	/* Cells: elements of the headers above it, from the top down; those of the same table element. */
	const int *header;	/* [n_header] */
	size_t n_header;
	int row_header;		/* element of the header of its row; 0: none */
	int group_header;	/* that of the group its row is in; 0: none */
	const struct chart *chart; /* ROLE_FIGURE */
	size_t page;		/* ROLE_FIGURE: index */
	float x, y, x2, y2;	/* ROLE_FIGURE: its box there */
};

enum { ARTIFACT = -1 }; /* rules, page numbers, repeated headers */

enum item_kind {
	ITEM_TEXT,
	ITEM_RULE,
	ITEM_LINK,
	ITEM_DRAFT,
	ITEM_LINE, /* coloured; one that begins where the line before it ends goes on with its dashes */
	ITEM_BOX,  /* filled */
	ITEM_MARK, /* of a point */
};

enum dash { DASH_NONE, DASH_LONG, DASH_DOTS, DASH_MIXED };

enum shape {
	SHAPE_DISC,
	SHAPE_SQUARE,
	SHAPE_TRIANGLE,
	SHAPE_DIAMOND,
	SHAPE_HOLLOW = 4, /* further: white inside */
};

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
	/* ITEM_RULE, ITEM_LINE: a line to x2, y2 of that thickness; ITEM_BOX: up to x2, y2; ITEM_MARK: so wide, around x, y */
	float x2, y2, thickness_pt;
	/* ITEM_TEXT, ITEM_LINE, ITEM_BOX, ITEM_MARK */
	uint32_t colour : 24;  /* 0xRRGGBB */
	uint32_t pattern : 8; /* enum dash or enum shape */
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

/* Room for what is put in after the document is approved: signatures, and what the job leaves blank. */
enum form_field_kind {
	FORM_SIGNER, /* picture of a person's signature */
	FORM_SEAL,   /* picture of the organisation's seal */
	FORM_ISSUE,  /* organisation's signature on an appendix of its own: number, symbol and time, as text */
	FORM_NUMBER, /* text: the document's number */
	FORM_DATE,   /* text: the day, two digits */
	FORM_MONTH,  /* text: the month, where that is blank too */
	FORM_TIMESTAMP, /* document timestamp, which nobody sees: its box is empty */
};

struct form_field {
	enum form_field_kind kind;
	const char *name;	/* in the file: "signer", "signer2", "seal", "issue", "number", "date", "month",
				 * "timestamp", "timestamp2" */
	const char *tooltip;	/* what it is, for people who do not see it */
	size_t page;		/* index */
	int element;		/* ROLE_FORM */
	float x, y, x2, y2;	/* its box */
	/* the text's; not of FORM_SIGNER, FORM_SEAL and FORM_TIMESTAMP */
	enum face face;
	float size_pt;
	float baseline;		/* y of its (first) line */
	int max_chars;		/* 0: no limit */
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
	struct form_field *field; /* [n_field] in reading order; none with a draft */
	size_t n_field;
	const struct record_property *record; /* [n_record] of the document and PageAmount: the pages of all its files */
	size_t n_record;
};

/* The files of a document: [0] holds all parts that are not separate, then one for each separate part. */
bool layout(const struct document *, struct fonts *, struct arena *, struct pages **files, size_t *n_file, struct diags *);

/* As text, for goldens: a line for each item with its place (in tenths of a point), role and text. */
const char *pages_text(const struct pages *, struct arena *);

#endif
