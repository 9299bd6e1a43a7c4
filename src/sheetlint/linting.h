/* linting: what the parts of sheetlint share; nobody else includes it.
 *
 * Order: the package (parts.c); strings.c, styles.c, colour.c; the workbook (book.c); each sheet with its cells (sheet.c); names and
 *        formulas (names.c, references.c, formulas.c, functions.c); cells, merges, tables, drawings (cells.c, tables.c, drawings.c); what is seen of colours
 *        (looks.c); then the accessible workbook: its sheets (accessbook.c), tables (accesstable.c), notes and shorthand (accessnotes.c),
 *        other texts (accesstext.c), looks (accesslook.c), whether texts fit (accessfit.c), by the words of words.c
 * Owner: the arena of the lint
 */
#ifndef SHEETLINT_LINTING_H
#define SHEETLINT_LINTING_H

#include "base/map.h"
#include "base/sax.h"
#include "ingest/limits.h"
#include "ingest/merges.h"
#include "ingest/opc.h"
#include "sheetlint/lint.h"

#include <stdint.h>

enum {
	XL_TOLD_MAX = 20,	   /* places of one rule */
	XL_COUNTED_MAX = 10000,	   /* of them that are counted where looking takes long */
	XL_CELLS_MAX = 2 << 20,	   /* of a workbook, also those without a value */
	XL_TEXT_MAX = 128 << 20,   /* [bytes] of all texts that are kept */
	XL_ELEMENTS_MAX = 1 << 20, /* of all parts that are kept as trees */
	XL_RANGES_MAX = 4096,	   /* in one list of ranges */
	XL_LOOKS_MAX = 1 << 22,	   /* cells looked at for conditional formats */
	XL_COLOURS_MAX = 16,	   /* different ones of one text that are looked at */
	XL_CODE_MAX = 1024,	   /* [bytes] of the code of a number format that is looked at */
};

enum xl_rule {
	/* the package */
	XL_CONTENT_TYPE, XL_RELATION, XL_UNREFERENCED, XL_EXTERNAL, XL_MACRO,
	/* the workbook */
	XL_SHEET_NAME, XL_SHEET_ID, XL_SHEET_PART, XL_VIEW, XL_DEFINED_NAME, XL_PRINT_TITLES,
	/* cells */
	XL_SHARED_STRING, XL_ROW_ORDER, XL_ROW_TWICE, XL_ROW_HEIGHT, XL_CELL_ORDER, XL_CELL_TWICE, XL_CELL_PLACE, XL_CELL_VALUE, XL_STYLE, XL_TEXT,
	XL_MERGE_OVERLAP, XL_MERGE_HIDES, XL_RANGE, XL_FORMULA_VALUE, XL_FORMULA_REFERENCE, XL_FORMULA_TEXT, XL_FORMULA_FUNCTION,
	XL_FORMULA_CIRCLE, XL_ERROR_VALUE, XL_HYPERLINK,
	/* tables */
	XL_TABLE_RANGE, XL_TABLE_OVERLAP, XL_TABLE_HEADER, XL_TABLE_COLUMNS, XL_TABLE_NAME,
	/* drawings */
	XL_CHART_ALT, XL_CHART_REFERENCE,
	/* what is seen */
	XL_STATUS_WORD, XL_CONTRAST,
	/* the accessible workbook */
	XL_D1_TABLE, XL_D2_TABLE_NAME, XL_D3_MERGE, XL_D4_BLANK, XL_D5_HEADER, XL_D6_WRAP, XL_D7_FILTER, XL_D8_EMPTY, XL_D9_HIDDEN,
	XL_D10_SYMBOL, XL_D11_MARKER, XL_D12_NOTES, XL_D13_SHORTHAND, XL_D14_LINK, XL_D15_FONT, XL_D16_TITLE, XL_D17_FLOATING, XL_D18_FILL,
	XL_D19_COLOUR, XL_D20_PICTURE, XL_D21_SHEETS, XL_D22_LAYOUT, XL_D23_PROPERTIES, XL_D24_COVER,
	XL_RULES,
};

/* ---- XML as a tree (tree.c) ---- */

struct xl_node {
	const char *name; /* local */
	const char *text; /* all of its own text, or "" */
	const struct sax_attribute *attribute;
	size_t n_attribute;
	struct xl_node *parent;
	struct xl_node *child; /* first */
	struct xl_node *last;
	struct xl_node *next;
};

struct xl_tree {
	struct xl_node *root;
	struct xl_node *open;
};

/* ---- the workbook ---- */

enum xl_colour_kind { COLOUR_AUTOMATIC, COLOUR_RGB };

struct xl_colour {
	uint8_t kind;
	uint32_t rgb; /* 0xRRGGBB */
};

struct xl_font {
	const char *name;
	unsigned size; /* [1/100 pt] */
	struct xl_colour colour;
	bool bold, italic, raised, is_roman;
};

enum { GROUNDS = 3 };

/* All grounds that a text may stand on: one of a plain fill, two of a pattern, the ends of a gradient. */
struct xl_fill {
	struct xl_colour ground[GROUNDS];
	size_t n; /* 0: none */
};

struct xl_format {
	uint32_t font, fill;
	bool wrap, rotated, unlocked;
	unsigned inks; /* of its numbers: xl_inks_of */
};

/* Of a conditional format: only what it changes. */
struct xl_dxf {
	bool has_colour;
	struct xl_colour colour;
	struct xl_fill fill;
};

struct xl_string {
	const char *text;
	size_t n; /* [bytes] of a shared one */
	struct xl_colour *colour; /* [n_colour] of its runs */
	size_t n_colour; /* at most XL_COLOURS_MAX */
	bool raised; /* a part of it is above or below the line */
};

enum xl_kind { CELL_EMPTY, CELL_NUMBER, CELL_TEXT, CELL_BOOLEAN, CELL_ERROR };

struct xl_cell {
	uint32_t row; /* 1.. */
	uint32_t col; /* 1.. */
	uint32_t style;
	uint32_t string; /* index + 1; 0: a plain one of its own */
	uint8_t kind;
	bool has_formula, has_value;
	const char *text; /* "" where it is empty */
	const char *formula; /* or NULL: none of its own */
};

struct xl_row {
	uint32_t row;
	uint32_t style; /* index + 1; 0: none */
	unsigned height; /* [1/100 pt], 0: as the program makes it */
	bool hidden;
};

struct xl_table {
	const char *name;
	struct sheet_range range;
	unsigned n_header; /* rows */
	unsigned n_total;
	const struct xl_node *node;
	const char **column; /* [n_column] */
	size_t n_column;
	size_t part;
};

struct xl_sheet {
	const char *name;
	const char *state; /* NULL: it is shown */
	bool has_part;
	bool is_read;
	size_t part;
	struct opc_relations relations;
	struct xl_tree tree; /* without its cells */
	struct xl_cell *cell; /* by row and column */
	size_t n_cell, cap_cell;
	struct xl_row *row;
	size_t n_row, cap_row;
	struct xl_table *table;
	size_t n_table, cap_table;
	uint32_t last_row, last_col; /* with a cell */
};

struct xl_name {
	const char *name;
	const char *text; /* what it refers to */
	uint32_t sheet;	  /* index + 1; 0: the whole workbook */
};

enum { THEME_COLOURS = 12, INDEXED_COLOURS = 64 };

struct xl {
	struct container *container;
	const char *shown;
	const struct xl_words *words;
	struct diags *d;
	struct arena arena;
	bool accessible;
	size_t told[XL_RULES];
	size_t n_element, n_cell, n_text, n_look;

	size_t book_part;
	struct opc_relations relations; /* of the workbook */
	struct xl_tree book, styles, properties;
	struct xl_string *string; /* the shared ones, then those of cells that are not plain */
	size_t n_shared, n_string, cap_string;
	uint32_t theme[THEME_COLOURS];
	uint32_t indexed[INDEXED_COLOURS];
	struct xl_font *font;
	size_t n_font;
	struct xl_fill *fill;
	size_t n_fill;
	struct xl_format *format;
	size_t n_format;
	struct xl_dxf *dxf;
	size_t n_dxf;
	struct xl_sheet *sheet;
	size_t n_sheet, cap_sheet;
	struct xl_name *name;
	size_t n_name, cap_name;
	struct map taken; /* parts of tables, drawings and charts, by name */
	struct map sheet_of; /* its name -> index */
	struct map known; /* folded names of all of these and of tables */
};

/* ---- rules.c: findings ---- */

struct xl_place {
	const struct xl_sheet *sheet; /* NULL: not of one */
	unsigned row, col;
	size_t part; /* index + 1; 0: the file */
};
#define XL_FILE ((struct xl_place){ 0 })
#define XL_PART(index) ((struct xl_place){ .part = (index) + 1 })
#define XL_SHEET(s) ((struct xl_place){ .sheet = (s) })
#define XL_AT(s, r, c) ((struct xl_place){ .sheet = (s), .row = (r), .col = (c) })

/* fmt: what was found, a message of the catalogue. */
void xl_found(struct xl *, enum xl_rule, struct xl_place, const char *fmt, ...) __attribute__((format(printf, 4, 5)));
void xl_tell_rest(struct xl *);
/* The start of a text for a message, without what cannot be shown. */
const char *xl_show(struct xl *, const char *);

/* ---- tree.c ---- */
bool xl_tree_start(struct xl *, struct xl_tree *, const struct sax_element *, struct diags *);
void xl_tree_end(struct xl_tree *);
bool xl_tree_text(struct xl *, struct xl_tree *, const char *, size_t, struct origin, struct diags *);
bool xl_tree_read(struct xl *, size_t part, struct xl_tree *);
/* False from the second time on: many sheets and drawings may lead to the same part, which is read once. */
bool xl_take_part(struct xl *, size_t part);
/* The next element in the order of the file, inside of root; NULL after the last. */
const struct xl_node *xl_next(const struct xl_node *root, const struct xl_node *);
const struct xl_node *xl_child(const struct xl_node *, const char *name); /* first of that name, or NULL; accepts NULL */
const struct xl_node *xl_sibling(const struct xl_node *, const char *name); /* the next of that name */
size_t xl_count(const struct xl_node *, const char *name); /* children of that name */
const char *xl_value(const struct xl_node *, const char *name); /* attribute or NULL */
bool xl_flag(const struct xl_node *, const char *name, bool otherwise); /* xsd:boolean; accepts NULL */
/* A whole number without sign; otherwise where there is none, or it is no such number. */
uint32_t xl_number(const char *, uint32_t otherwise);
bool xl_keep(struct xl *, size_t n, struct origin, struct diags *); /* n bytes more are kept */

/* ---- references.c ---- */
bool xl_cell_at(const char *s, size_t *n, unsigned *row, unsigned *col); /* "A1", "$A$1" at the start of s */
bool xl_range(const char *, struct sheet_range *);			 /* "A1:B2" or "A1", no more */
bool xl_ranges(struct xl *, const char *, struct sheet_range **, size_t *n); /* with spaces between */
bool xl_is_named(struct xl *, const char *); /* the name of cells or of a table */
/* A finding of the rule where a formula refers to what the workbook has not; of XL_EXTERNAL where that is another file. */
void xl_check_references(struct xl *, enum xl_rule, struct xl_place, const char *formula);
/* formulas.c, functions.c */
bool xl_is_balanced(const char *formula); /* each quote and bracket that is opened is closed */
/* Whether the formula of the cell refers to that cell itself: what it asks only for its place (ROW) is no matter. */
bool xl_refers_to(const struct xl *, const struct xl_sheet *, const struct xl_cell *);
enum xl_function { FUNCTION_KNOWN, FUNCTION_OUTSIDE, FUNCTION_UNKNOWN };
enum xl_function xl_function(const char *name);
/* One range of one sheet, as names and charts refer to it: 'Sheet 1'!$A$1:$B$2, $1:$2, $A:$B. */
bool xl_sheet_range(const struct xl *, const char *, const struct xl_sheet **, struct sheet_range *);
void xl_sheets_index(struct xl *); /* before the three that name one */
const struct xl_sheet *xl_sheet_named(const struct xl *, const char *name, size_t n); /* as written in a formula: quotes inside are doubled */
bool xl_same_name(const char *, const char *); /* the case of letters is ignored */
const char *xl_address(struct xl *, unsigned row, unsigned col);

/* ---- in the order they run ---- */
bool xl_parts(struct xl *);
bool xl_strings(struct xl *);
bool xl_styles(struct xl *);
bool xl_book(struct xl *);
bool xl_sheet_read(struct xl *, struct xl_sheet *);
void xl_names_read(struct xl *);
void xl_tables_read(struct xl *, struct xl_sheet *);
void xl_names_index(struct xl *);
void xl_names(struct xl *);
/* Whether rows are repeated on each of its printed pages. */
bool xl_repeats_rows(struct xl *, const struct xl_sheet *);

/* printing.c */
void xl_printing(struct xl *, const struct xl_sheet *);
void xl_cells(struct xl *, const struct xl_sheet *);
void xl_tables(struct xl *);
void xl_drawings(struct xl *, const struct xl_sheet *);
void xl_looks(struct xl *, const struct xl_sheet *);
void xl_access_book(struct xl *);
void xl_access_tables(struct xl *, const struct xl_sheet *);
void xl_access_notes(struct xl *);
void xl_access_texts(struct xl *);
void xl_access_looks(struct xl *, const struct xl_sheet *);
void xl_access_fit(struct xl *, const struct xl_sheet *);

/* ---- what they ask ---- */
const struct xl_cell *xl_cell_in(const struct xl_sheet *, unsigned row, unsigned col); /* NULL: there is none */
bool xl_is_blank(const struct xl_cell *); /* accepts NULL */
const struct xl_row *xl_row_in(const struct xl_sheet *, unsigned row);
const struct xl_table *xl_table_at(const struct xl_sheet *, unsigned row, unsigned col);
bool xl_inside(const struct sheet_range *, unsigned row, unsigned col);
const struct xl_format *xl_format(const struct xl *, uint32_t style);
const struct xl_font *xl_font(const struct xl *, uint32_t style);
const struct xl_fill *xl_fill(const struct xl *, uint32_t style);

/* cells.c: all merged ranges of the sheet that are ranges */
void xl_merges(const struct xl_sheet *, struct merges *);

/* looks.c: a bit for each colour that the code of a number format names; accepts NULL */
unsigned xl_inks_of(const char *code);

/* strings.c: what an element in a run says of how the text looks */
void xl_take_run(struct xl *, const struct sax_element *, struct xl_string *, size_t *cap_colour);

/* colour.c */
struct xl_colour xl_colour_of(const struct xl *, const struct xl_node *); /* of an element with rgb, theme, indexed, auto */
void xl_theme(struct xl *, const struct xl_node *root);
void xl_indexed(struct xl *, const struct xl_node *colours);
uint32_t xl_tinted(uint32_t rgb, double tint);
uint32_t xl_ink(struct xl_colour);    /* of a text */
uint32_t xl_ground(struct xl_colour); /* of a fill */
enum { WHITE = 0xFFFFFF };

/* words.c: texts are looked at folded. */
bool xl_is_word(struct xl *, enum xl_word, const char *text);	/* the whole text */
bool xl_has_word(struct xl *, enum xl_word, const char *text); /* somewhere in it */
size_t xl_marks_note(const struct xl *, const char *folded);   /* [bytes] of "[ghi chú " that it begins with, or 0 */

/* accessbook.c */
const struct xl_sheet *xl_notes_sheet(struct xl *); /* NULL: there is none */
bool xl_is_cover(const struct xl *, const struct xl_sheet *);
/* Whether a text above the first table of the sheet (or anywhere, where it has none) has the word. */
bool xl_says(struct xl *, const struct xl_sheet *, enum xl_word);

#endif
