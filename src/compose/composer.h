/* composer: what the files of compose share while one document is made. Only for compose.
 *
 * Errors: functions that return nothing leave their errors in c->d; compose() looks whether any
 * were added
 */
#ifndef COMPOSE_COMPOSER_H
#define COMPOSE_COMPOSER_H

#include "base/map.h"
#include "base/texts.h"
#include "compose/numbertext.h"
#include "compose/plan.h"

#include <stdint.h>

/* A figure the plan names itself. */
struct define {
	const char *name;
	const char *unit;
	const struct node *node;
	struct figure figure;
	struct number_style style;
	bool has_style; /* can be printed without a format */
	bool failed;	/* an error was reported; what uses it stays silent */
	unsigned skipped; /* of so many leaves of a skip_missing column some were missing: */
	size_t n_leaf;
};

#define NO_ROW SIZE_MAX

/* What names mean at a place of the text. */
struct scope {
	const struct table *table; /* NULL: only constants */
	size_t row;		   /* or NO_ROW: a bare column has no meaning */
};

/* The names of a table with the plan's defines behind them. */
struct scope_symbols {
	const struct table *table;
	struct symbols symbols;
	size_t n_define; /* when it was made */
	bool checked;	 /* whether a define hides a column */
};

/* A piece of a text: words as they stand, or an expression. */
struct piece {
	const char *words; /* [n_words], or NULL: an expression */
	size_t n_words;
	const struct expr *expr; /* NULL: wrong, and already reported */
	const char *source;	 /* between the braces, as written */
	struct origin at;	 /* of its '{' */
	struct number_style style;
	bool plain; /* no column, no define: such as a year, which has no dots; no figure of the
		       plan */
	bool may_lack_decimals; /* nothing says how many decimals; an error where the value has some
				 */
	bool total;	/* a lone total: says how many rows it has */
	const char *(*date)(struct date, struct arena *); /* a day in that form; NULL: a text as it is */
};

/* A text node or an attribute, read for one table. */
struct split_text {
	const char *text; /* the key: each text of the plan stands at its own address */
	const struct table *table;
	const struct piece *piece; /* [n_piece] */
	size_t n_piece;
};

/* A run that goes to a table; its target is known when all parts are. */
struct link {
	struct run *run;
	const char *table;
	size_t part; /* it stands in */
	bool unnamed; /* it has no words of its own: those of its appendix, "Phụ lục II" */
	struct origin at;
};

struct made_grid {
	const struct table *table;
	const struct grid_table *grid;
	bool placed; /* in some part of the plan */
};

/* A part while it is filled. */
struct draft_part {
	struct part part;
	struct block *block; /* [n_block] */
	size_t n_block;
	size_t cap_block;
	const char *table;  /* appendix: its table, which links look for */
	struct title *head; /* of its heading */
};

struct composer {
	const struct job *job;
	const struct plan *plan;
	const struct tables *tables;
	struct arena *a;
	struct arena *facts; /* of what figures.json alone is made of */
	struct diags *d;
	struct define *define; /* [n_define] those known so far */
	size_t n_define, cap_define;
	bool all_defined;
	struct scope_symbols *symbols; /* [n_symbols] */
	size_t n_symbols, cap_symbols;
	struct split_text *split; /* [n_split] */
	size_t n_split, cap_split;
	struct map split_map;	  /* key: address and table as text */
	struct text_figure *figure;
	size_t n_figure, cap_figure;
	struct link *link;
	size_t n_link, cap_link;
	struct texts texts; /* of tables, as the document has them: it outlives what they are in */
	struct made_grid *grid;
	size_t n_grid, cap_grid;
	const struct chart **aside; /* [n_aside] of the workbook only */
	size_t n_aside, cap_aside;
	struct draft_part *part;
	size_t n_part, cap_part;
	size_t i_part; /* being filled */
	size_t size;	   /* what the text has come to, see compose_room */
	const struct wording *fields;	/* names of form fields; NULL: there are none */
	const struct node *recipients;	/* or NULL */
	struct scope recipients_scope;
};

/* ---- control.c: how large a plan may become ---- */

enum {
	ROOM_MAX = 24 << 20, /* [bytes, roughly] of a plan's text: over 500 pages, and 50,000 short paragraphs */
	ROOM_NODE = 256,     /* an element or a text, each time it is gone over */
	ROOM_FIGURE = 128,
	ROOM_LETTER = 16,    /* a byte of text, laid out */
	ROOM_CELL = 128,     /* of a table that stands in the plan a second time */
};

/* Takes room for something that an <each> or <include> can repeat. False when the plan has become too large, after one
 * error. */
bool compose_room(struct composer *, size_t n, struct origin at);
bool compose_is_full(const struct composer *); /* then the plan is cut off: what is missing at its end says nothing */

/* ---- scope.c: what names mean ---- */

/* The scope inside an element: its `in` changes the table. */
struct scope scope_enter(struct composer *, const struct node *, struct scope);
const struct symbols *scope_symbols(struct composer *, const struct table *);

struct evaluated {
	struct value value;
	bool failed;	  /* an error was reported, now or before */
	unsigned skipped; /* as in struct define */
	size_t n_leaf;
};

struct evaluated scope_eval(struct composer *, const struct expr *, struct scope, struct origin at);
/* As expr_difference. */
bool scope_difference(struct composer *, const struct expr *, struct scope, struct figure *left, struct figure *right);

const struct column *column_find(
	const struct table *, const char *id); /* table may be NULL; NULL if there is none */
const struct define *define_find(
	const struct composer *, const struct symbol *); /* NULL: no define */
/* Reads and evaluates a <define>. */
void define_add(struct composer *, const struct node *, const struct table *);

/* ---- split.c: texts with expressions in braces ---- */

/* attribute NULL: a text node. */
const struct split_text *split_find(
	struct composer *, const struct node *, const char *attribute, const struct table *);
/* An attribute that is a condition. NULL: wrong, and already reported. */
const struct expr *condition_find(
	struct composer *, const struct node *, const char *attribute, const struct table *);
/* What order="EXPRESSION" or order="EXPRESSION desc" sorts by: a number or a text. NULL: wrong, and already reported. */
const struct expr *order_find(struct composer *, const struct node *, const struct table *, bool *descending);
/* Reads every expression of the plan, also in branches that are not taken. */
void split_all(struct composer *);

bool divides(const struct expr *);
/* Whether the expression can have decimals that nobody said how to print. */
bool may_have_decimals(const struct composer *, const struct expr *, const struct table *);
bool lone_style(const struct composer *, const struct expr *, const struct table *,
	struct number_style *, bool *total);
struct number_style column_style(const struct column *, bool total);

/* ---- control.c: each, if, else, include ---- */

struct visitor {
	/* A text node or any other element, in its scope. */
	void (*visit)(struct composer *, const struct node *, struct scope, void *ctx);
	/* Between two rows of an <each>; may be NULL. */
	void (*between)(struct composer *, const struct node *each, void *ctx);
	void *ctx;
};

void visit_children(struct composer *, const struct node *, struct scope, const struct visitor *);

/* ---- runs.c: text in a line ---- */

struct run_list;
struct run_list *run_list_new(struct composer *);
bool run_list_is_empty(const struct run_list *);
void run_list_words(struct run_list *, const char *, struct origin at);
/* Trimmed; the list is empty afterwards. */
struct runs run_list_finish(struct run_list *);
void run_list_free(struct run_list *); /* accepts NULL */

/* A text node or an inline element. */
void inline_node(struct composer *, const struct node *, struct scope, struct run_list *);
bool inline_knows(const struct node *);

struct runs runs_of_children(struct composer *, const struct node *, struct scope);
struct runs runs_of_attribute(
	struct composer *, const struct node *, const char *attribute, struct scope);
struct runs runs_of_words(struct composer *, const char *, struct origin at);
const char *runs_plain(struct runs, struct arena *);
void runs_upper(struct composer *, struct runs *);
/* The text ends with mark: any of . ; , there is replaced. */
void runs_end(struct composer *, struct runs *, const char *mark);

/* ---- cite.c ---- */

/* form: "short", "dated", "issuer", "full". */
const char *cite_text(const struct node *basis, const char *form, struct arena *);

/* ---- compose.c ---- */

const char *document_kind(const struct composer *); /* "Kế hoạch" */

/* ---- blocks.c ---- */

/* Numbering of one part, and what waits for its text. */
struct flow {
	unsigned section[5]; /* [level] number of the last one, from 1 */
	int level;	     /* of the section at hand, 0: none */
	int li;		     /* depth of li in li: chooses the mark */
	int item;	     /* level of items */
	int holder;	     /* level of the item that further blocks are in: the innermost one that has text, 0: none */
	size_t run_in;	     /* index + 1 of the heading the next paragraph runs in to; 0: none */
	const char *table;   /* appendix: its own table */
	bool table_placed;
};

struct block *block_add(struct composer *, enum block_kind, struct origin at);
void blocks_of_children(struct composer *, const struct node *, struct scope, struct flow *);
void table_block(struct composer *, const char *id, const struct node *, struct scope);

/* ---- chart.c ---- */

void chart_block(struct composer *, const struct node *, struct scope, struct flow *);

/* ---- head.c, appendix.c ---- */

void letterhead_add(struct composer *);
void foot_add(struct composer *);
void appendix_add(struct composer *, const struct node *, struct scope);
void appendices_number(struct composer *);
/* The last paragraph ends with "./."; a part that ends with a table has no such mark. */
void end_mark(struct composer *, size_t i_part);

/* ---- fields.c ---- */

/* The words for names of form fields. NULL after an error. */
const struct wording *fields_wording(struct library *, struct origin at, struct arena *, struct diags *);
/* Where number and date are blank, once both are written. */
void letterhead_fields(const struct composer *, struct letterhead *);
void signature_fields(const struct composer *, struct signature *);
const char *issue_field(const struct composer *); /* of a separate part; NULL: it has none */
const char *timestamp_field(const struct composer *);

/* ---- record.c ---- */

/* The properties an archive keeps; the document's subject and the job are there. Errors "record": too long, no number, no day. */
void record_add(struct composer *, struct library *, struct document *);

/* ---- typed.c, claims.c, auditsheet.c: with an audit ---- */

/* Notes for numerals that stand in the text as they were typed. */
void typed_figures(struct composer *);
/* Computes every published figure anew. */
void claims_check(struct composer *, const struct data *published, struct audit *);
/* The words for both of these. NULL after an error. */
const struct wording *audit_wording(struct library *, struct origin at, struct arena *, struct diags *);
const struct audit_line *audit_lines(const struct audit *, const struct wording *, size_t *n, struct arena *);
/* The findings as a sheet of the workbook. */
const struct grid_table *audit_sheet(const struct document *, const struct wording *, struct arena *);

/* ---- gridtable.c, gridhead.c, gridformula.c, facts.c ---- */

const struct grid_table *grid_of(struct composer *, const struct table *);
const struct table_facts *facts_of(const struct table *, struct texts *, struct arena *);

struct grid_map {
	const struct table *table;
	const size_t *column;	   /* [n_column] of the table */
	size_t n_column;
	const size_t *row;	   /* [n_row] of the table */
	size_t n_row;
	const size_t *column_grid; /* [table->n_column] column of the grid, or SIZE_MAX */
	const size_t *row_grid;	   /* [table->n_row] */
};

struct grid_map grid_map_make(const struct table *, struct arena *);

/* The header path of a column from the top; no label: nothing stands above it. */
struct label_path {
	const char *const *label; /* [n_label] */
	size_t n_label;
};

/* The header cells of columns, neighbours below the same labels merged. */
void header_of_paths(const struct label_path *, size_t n_path, struct grid_table *, struct arena *);
void grid_header(const struct grid_map *, struct texts *, struct grid_table *, struct arena *);
const char *const *grid_numbering(const struct grid_map *, struct arena *);

struct grid_formulas;
struct grid_formulas *grid_formulas_new(const struct grid_map *, struct arena *);
/* The formula of a number cell; without tokens where the value stands alone. */
struct formula grid_formula(struct grid_formulas *, size_t row, size_t column);
/* ---- gridlink.c ---- */

/* Where other cells of progress stand; NULL: the table is not of it. */
struct grid_links;
struct grid_links *grid_links_new(const struct composer *, const struct grid_map *);
/* The same for a cell that only other cells, of other tables too, make known. */
struct formula grid_link(const struct grid_links *, size_t row, size_t column);

/* The cell's figure as the sheet holds it, when its formula is known. */
struct figure grid_shown(const struct grid_formulas *, size_t column, const struct grid_cell *);

#endif
