/* linting: what the parts of lint share; nobody else includes it.
 *
 * Order: what is claimed (lintxmp.c); the file and all its values (lintfile.c, lintvalues.c); pages (lintpages.c); the structure tree
 *        (linttree.c) and what must hold of it (lintstruct.c, linttable.c, lintheaders.c, lintids.c); content (lintcontents.c, lintcontent.c), which marks it has
 *        (lintmarks.c), what it uses (lintresources.c, lintcolour.c); annotations (lintannots.c), targets (linttargets.c); fonts
 *        (lintfonts.c, linttruetype.c, lintunicode.c)
 * Owner: the lint's arena
 */
#ifndef PDF_LINTING_H
#define PDF_LINTING_H

#include "pdf/content.h"
#include "pdf/lint.h"
#include "pdf/stream.h"

enum lint_rule {
	/* the file */
	LINT_HEADER, LINT_ID, LINT_OBJECT_SYNTAX, LINT_STREAM_END, LINT_STREAM_FILE, LINT_STREAM_FILTER, LINT_LIMITS, LINT_HEX,
	LINT_NAME_TEXT, LINT_PERMS,
	/* what it may not hold */
	LINT_ACTION, LINT_AA, LINT_OPEN_ACTION, LINT_XFA, LINT_NEED_APPEARANCES, LINT_EMBEDDED, LINT_ASSOCIATED, LINT_XOBJECT,
	LINT_INTERPOLATE, LINT_ALTERNATES, LINT_IMAGE_DATA, LINT_LAYERS, LINT_PRESENTATION, LINT_REQUIREMENTS,
	/* the catalog and metadata */
	LINT_METADATA, LINT_XMP, LINT_XMP_PACKET, LINT_XMP_EXTENSION, LINT_XMP_SCHEMA, LINT_XMP_VALUE,
	LINT_XMP_PREFIX, LINT_CLAIM, LINT_INFO, LINT_TITLE, LINT_LANG,
	LINT_MARKED, LINT_DISPLAY_TITLE, LINT_STRUCT_ROOT,
	/* colour */
	LINT_OUTPUT_INTENT, LINT_ICC, LINT_DEVICE_COLOUR, LINT_COLOUR_SPACE, LINT_INTENT, LINT_GSTATE, LINT_BLEND,
	/* pages and content */
	LINT_PAGE_TREE, LINT_PAGE_BOX, LINT_RESOURCE, LINT_RESOURCES_OWN, LINT_OPERATOR, LINT_Q, LINT_TEXT_OBJECT, LINT_MARK_BALANCE, LINT_UNTAGGED,
	LINT_ARTIFACT, LINT_MCID_TWICE, LINT_MCID_OWNER, LINT_MCID_LOST, LINT_MCID_FORM, LINT_MARK_PROPERTIES, LINT_PARENT_TREE,
	/* fonts */
	LINT_FONT_KIND, LINT_FONT_DICT, LINT_FONT_EMBEDDED, LINT_FONT_PROGRAM, LINT_FONT_CIDMAP, LINT_FONT_ENCODING, LINT_FONT_UNICODE,
	LINT_FONT_VALUE, LINT_FONT_NOTDEF, LINT_FONT_WIDTH,
	/* annotations and targets */
	LINT_ANNOT_KIND, LINT_ANNOT_FLAGS, LINT_ANNOT_TEXT, LINT_ANNOT_AP, LINT_ANNOT_ELEMENT, LINT_ANNOT_PARENT, LINT_OBJR, LINT_TABS,
	LINT_WIDGET_ACTION, LINT_FIELD, LINT_LINK_TARGET, LINT_BOOKMARK, LINT_BOOKMARK_TARGET, LINT_NAME_TREE,
	/* structure */
	LINT_DOCUMENT, LINT_STRUCT_PARENT, LINT_STRUCT_KID, LINT_ROLE, LINT_ROLE_MAP, LINT_HEADING, LINT_LIST, LINT_TABLE, LINT_PLACE,
	LINT_CAPTION,
	LINT_GRID, LINT_SCOPE, LINT_CELL_HEADERS, LINT_HEADERS_ID, LINT_ALT, LINT_ID_TREE, LINT_EMPTY, LINT_STRUCT_TEXT, LINT_NOTE,
	LINT_RULES,
};

enum lint_claim {
	CLAIM_A = 1,
	CLAIM_UA = 2,
	CLAIM_NONE = 4, /* of a rule: it holds for every file */
};

/* Where a finding is. */
struct lint_place {
	uint32_t page;	 /* counted from 1; 0: no page */
	uint32_t object; /* 0: none */
};

enum lint_role {
	ROLE_NONE, /* no standard type */
	ROLE_DOCUMENT, ROLE_GROUP, ROLE_P, ROLE_H, ROLE_H1, ROLE_H2, ROLE_H3, ROLE_H4, ROLE_H5, ROLE_H6, ROLE_L, ROLE_LI, ROLE_LBL,
	ROLE_LBODY, ROLE_TABLE, ROLE_TR, ROLE_TH, ROLE_TD, ROLE_THEAD, ROLE_TBODY, ROLE_TFOOT, ROLE_CAPTION, ROLE_FIGURE, ROLE_FORMULA,
	ROLE_LINK, ROLE_FORM, ROLE_ANNOT, ROLE_NOTE, ROLE_TOC, ROLE_TOCI, ROLE_INLINE, ROLE_BIB,
	ROLE_RUBY, ROLE_RUBY_PART, ROLE_WARICHU, ROLE_WARICHU_PART,
};

enum lint_kid_kind { KID_ELEMENT, KID_MARK, KID_OBJECT };

struct lint_kid {
	uint8_t kind;
	uint32_t value; /* index of the element, MCID, number of the object */
	uint32_t page;	/* of a mark: index */
};

struct lint_element {
	uint32_t number;
	const struct pdf_object *object;
	uint32_t parent; /* index; the first has none: NO_ELEMENT */
	uint32_t page;	 /* index, or NO_PAGE */
	uint32_t kid;	 /* first of its kids, one behind the other */
	uint32_t n_kid;
	uint8_t role;
};

#define NO_ELEMENT UINT32_MAX
#define NO_PAGE UINT32_MAX

struct lint_page {
	uint32_t number;
	const struct pdf_object *object;
	const struct pdf_object *resources;
	const struct pdf_object *box;
};

/* Marked content, of the tree or of the content: by page, then MCID. */
struct lint_mark {
	uint32_t page;
	uint32_t mcid;
	uint32_t element; /* index, of the tree's */
};

/* An entry of a name or number tree. */
struct lint_leaf {
	const char *name; /* n bytes */
	size_t n;
	int64_t number;
	const struct pdf_object *value; /* as written */
};

struct lint_leaves {
	struct lint_leaf *leaf;
	size_t n, cap;
};

enum { CODES = 1 << 16 };

struct lint_font {
	uint32_t number;
	const struct pdf_object *object;
	bool is_composite;
	uint8_t used[CODES / 8]; /* codes that content shows */
};

/* Of each object number. */
struct lint_object {
	uint32_t page;	  /* index + 1 */
	uint32_t element; /* index + 1 */
	uint32_t font;	  /* index + 1 */
	uint32_t annot;	  /* page index + 1 */
	uint8_t seen;	  /* enum lint_seen */
};

enum lint_seen { SEEN_NODE = 1, SEEN_FORM = 2, SEEN_OUTLINE = 4, SEEN_IMAGE = 8, SEEN_NAMES = 16, SEEN_NUMBERS = 32, SEEN_IDS = 64,
	SEEN_CHECKED = 128 };

/* Content that is not a page's. */
struct lint_form {
	uint32_t number;
	const struct pdf_object *object;
};

enum lint_device { DEVICE_GRAY = 1, DEVICE_RGB = 2, DEVICE_CMYK = 4 };

struct lint {
	struct pdf_file *file;
	struct pdf_view view;
	struct arena arena;
	struct diags *d;
	unsigned claims; /* enum lint_claim */
	int part;	 /* of PDF/A; 0: not claimed */
	uint32_t n_object;
	struct lint_object *object; /* [n_object] by number */

	struct lint_page *page;
	size_t n_page, cap_page;
	struct lint_element *element;
	size_t n_element, cap_element;
	struct lint_kid *kid;
	size_t n_kid, cap_kid;
	uint32_t *header; /* [n_element] while a table is looked at: the place among its cells + 1, of header cells */
	struct lint_mark *owned; /* by the tree, sorted */
	size_t n_owned, cap_owned;
	struct lint_mark *shown; /* by content, sorted */
	size_t n_shown, cap_shown;
	struct lint_leaves parents, ids, targets;
	struct lint_font **font;
	size_t n_font, cap_font;
	struct lint_form *form;
	size_t n_form, cap_form;
	unsigned devices; /* colours that are used: enum lint_device */
	uint32_t device_at[3]; /* page or 0 where each was first seen */
};

/* lintrules.c: a finding; fmt: what was found, in words of PDF alone. Nothing where the rule is not claimed. */
void lint_found(struct lint *, enum lint_rule, struct lint_place, const char *fmt, ...) __attribute__((format(printf, 4, 5)));
bool lint_applies(const struct lint *, enum lint_rule);
const char *lint_rule_id(enum lint_rule); /* NULL: the table has no whole row for it */
/* The start of a value as text. */
const char *lint_text(struct lint *, const struct pdf_object *);
#define LINT_AT(number) ((struct lint_place){ .object = (uint32_t)(number) })
#define LINT_PAGE(index) ((struct lint_place){ .page = (uint32_t)(index) + 1 })
#define LINT_FILE ((struct lint_place){ 0 })

/* lint.c: looking */
static inline const struct pdf_object *lint_look(struct lint *l, const struct pdf_object *dict, const char *key)
{
	return pdf_look(l->view, dict, key);
}
struct lint_object *lint_object(struct lint *, const struct pdf_object *reference); /* NULL: no reference to an object */
bool lint_mark_seen(struct lint *, const struct pdf_object *reference, enum lint_seen); /* false: was seen, or is none */
bool lint_is_dict(const struct pdf_object *);
bool lint_language(const struct pdf_object *); /* a STRING that is a language tag */
bool lint_text_valid(struct lint *, const struct pdf_object *); /* a text string without characters that mean nothing */

bool lint_says(struct lint *, const struct pdf_object *); /* a text string that is more than white space */
/* Of an operand of content (lintvalues.c). */
void lint_limits(struct lint *, struct lint_place, const struct pdf_object *);

/* In the order they run. */
void lint_claims(struct lint *);
void lint_bytes(struct lint *);
void lint_values(struct lint *);
void lint_catalog(struct lint *);
void lint_pages(struct lint *);
void lint_tree(struct lint *);
void lint_structure(struct lint *);
void lint_tables(struct lint *);
void lint_ids(struct lint *);
void lint_annotations(struct lint *);
void lint_contents(struct lint *);
void lint_marks(struct lint *);
void lint_targets(struct lint *);
void lint_fonts(struct lint *);
void lint_colours(struct lint *);

/* linttable.c, lintheaders.c: the cells of a table, in the order of rows, in a grid without gaps. */
enum { LINT_COLUMNS_MAX = 1000 };
struct lint_cell {
	uint32_t element;
	unsigned row, column, rows, columns;
	bool is_header;
	bool scopes_column, scopes_row;
};
const struct pdf_object *lint_attribute(struct lint *, const struct lint_element *, const char *key); /* of /O /Table */
void lint_headers(struct lint *, const struct lint_element *table, const struct lint_cell *, size_t n);

/* lintmarks.c: the order of struct lint_mark. */
int lint_by_mark(const void *, const void *);

/* linttrees.c: the leaves of a name (or number) tree, which must be sorted. */
void lint_leaves(struct lint *, const struct pdf_object *root, bool numbers, enum lint_rule, enum lint_seen, struct lint_leaves *);
const struct lint_leaf *lint_leaf_name(const struct lint_leaves *, const char *, size_t);
const struct lint_leaf *lint_leaf_number(const struct lint_leaves *, int64_t);

/* lintresources.c: what content uses by name; number: of the content's object or page, for findings */
struct lint_use {
	struct lint *lint;
	struct lint_place place;
	const struct pdf_object *resources;
};
const struct pdf_object *lint_resource(const struct lint_use *, const char *category, const struct pdf_object *name); /* as written */
struct lint_font *lint_use_font(const struct lint_use *, const struct pdf_object *name);
struct lint_font *lint_font_of(struct lint *, const struct pdf_object *reference); /* NULL: none */
void lint_use_gstate(const struct lint_use *, const struct pdf_object *name);
void lint_use_xobject(const struct lint_use *, const struct pdf_object *name);
void lint_add_form(struct lint *, const struct pdf_object *reference);

/* lintcontent.c: page: index, or NO_PAGE for a form. What it uses goes into the lint. */
void lint_walk(struct lint_use, uint32_t page, struct bytes);

/* lintcolour.c */
void lint_use_colour(const struct lint_use *, const struct pdf_object *space);
void lint_use_device(const struct lint_use *, enum lint_device);
void lint_intent(const struct lint_use *, const struct pdf_object *name);

/* lintglyphs.c: the character that the name of a glyph stands for; 0: not known. */
uint32_t lint_glyph_character(const struct pdf_object *name, struct arena *);

/* linttruetype.c, lintunicode.c */
struct lint_unicode {
	uint32_t *first; /* [CODES] first character, 0 where there is none or it is U+0000 */
	uint8_t *state;	 /* [CODES] */
};
enum lint_unicode_state { UNICODE_NONE, UNICODE_GOOD, UNICODE_BAD };
bool lint_unicode(struct lint *, const struct pdf_object *cmap, struct lint_unicode *);

struct truetype {
	const unsigned char *data;
	size_t n;
	unsigned em;
	unsigned n_glyph;
	unsigned n_metric;
	size_t hmtx;
	size_t cmap; /* the subtable for Unicode, or of a symbol font; 0: none */
	bool is_symbol;
};
bool truetype_open(struct bytes, struct truetype *);
unsigned truetype_glyph(const struct truetype *, uint32_t character); /* 0: none */
unsigned truetype_width(const struct truetype *, unsigned glyph);

#endif
