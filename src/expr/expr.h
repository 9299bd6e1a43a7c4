/* expr: the expression language of templates: indicators, checks, conditions, and {...} in text.
 *
 *   numbers 12.5   texts 'x'   names   + - * /   = != < <= > >=   and or not   ( )
 *   if(c, a, b)  round(x, n)  min(a, ...)  max(a, ...)  abs(x)  known(x)
 *   sum(x)  count(c)          over the rows of the table
 *   total(x)  total.x         x in the total row
 *   at('KEY', x)              x in the row of that key or label
 *   upto(x)                   this year up to the period's month
 *   previous.x  plan.x        the field in the source of the period before, in the plan's source
 *   shown(x)                  a column as it is printed, after rounding
 *
 * Units:  checked when the expression is read: hộ + đồng is an error, hộ / hộ is a pure number; a literal takes the unit
 *         that + - and comparisons need; "%" and "điểm %" are pure numbers
 * Errors: each with file, line and column inside the template, and a suggestion for unknown names
 * Figures: an operator with an operand that is missing is missing (else not applicable, when one is); a zero
 *         denominator is not applicable; `if` looks only at the branch taken
 * Owner:  the arena passed in
 */
#ifndef EXPR_EXPR_H
#define EXPR_EXPR_H

#include "base/figure.h"
#include "base/node.h"

enum {
	EXPR_LENGTH_MAX = 4096,	 /* [bytes] */
	EXPR_DEPTH_MAX = 64,
	EXPR_FORMULA_MAX = 8192, /* [bytes] what a spreadsheet takes */
};

enum expr_type { EXPR_NUMBER, EXPR_TEXT, EXPR_TRUTH };

enum expr_view {
	VIEW_ROW,      /* the row the expression is evaluated in */
	VIEW_PREVIOUS, /* previous.x: same row, source of the period before */
	VIEW_PLAN,     /* plan.x: same row, the plan's source */
	VIEW_UPTO,     /* upto(x): same row, sum of the months up to the period's */
	VIEW_SHOWN,    /* shown(x): same row, rounded as printed */
};

/* A name that an expression may use. */
struct symbol {
	const char *name;
	enum expr_type type;
	const char *unit; /* NULL or "": a pure number */
	bool constant;	  /* the same in every row (period, a define of the plan): may stand outside a table */
	unsigned views;	  /* bit 1 << view for each view it has */
	size_t index;	  /* the caller's */
	bool skips;	  /* its total leaves missing rows out, and so does sum() of it */
};

struct symbols {
	const struct symbol *symbol; /* [n_symbol] */
	size_t n_symbol;
	bool has_rows; /* whether sum, total, count, at mean something here */
};

/* Where an expression stands in a template: the node and attribute (NULL: text) and the byte offset in it. One that stands in
 * a cell of a source has no node, but a place. */
struct expr_place {
	const struct node *node;
	const char *attribute;
	size_t offset;
	struct origin at;
};

struct expr; /* a checked expression */

/* Reads and checks an expression; want is what it must give. NULL after an error. Rules: "syntax", "unknown-name",
 * "type", "unit", "limit". */
const struct expr *expr_parse(const char *text, size_t n, struct expr_place, const struct symbols *, enum expr_type want,
	struct arena *, struct diags *);

enum expr_type expr_type(const struct expr *);
const char *expr_unit(const struct expr *); /* "" for a pure number; for a product "đồng*tháng" */
bool expr_unit_fits(const struct expr *, const char *unit); /* whether a column of this unit may be computed by it */
bool expr_may_be_na(const struct expr *);   /* holds a division, or a symbol the caller reports as such is not known here */
bool expr_is_count(const struct expr *);    /* count(...) and nothing else */
bool expr_is_whole(const struct expr *);    /* count(...) or round(x, 0) and nothing else */
const char *expr_source(const struct expr *); /* the text as written, trimmed */
/* What two expressions share that give the same figure however they are typed: total.x and total(x), at('A', x) and at( "a" , x ). */
const char *expr_key(const struct expr *, struct arena *);
struct origin expr_origin(const struct expr *);

/* If the expression is nothing but a name (also total.x, total(x), at('KEY', x)), that symbol and whether it is of the total
 * row; else NULL. */
const struct symbol *expr_lone_symbol(const struct expr *, bool *total);

/* Calls visit for every symbol used (repeats possible). */
void expr_each_symbol(const struct expr *, void (*visit)(void *ctx, const struct symbol *, enum expr_view), void *ctx);

struct value {
	enum expr_type type;
	struct figure figure; /* EXPR_NUMBER; state and places also for the other types */
	const char *text;     /* EXPR_TEXT, when the state is ok */
	bool truth;	      /* EXPR_TRUTH, when the state is ok */
};

/* What names mean. Rows are numbers of the caller; row `total` is the total row. */
struct expr_env {
	void *ctx;
	bool (*lookup)(void *ctx, const struct symbol *, enum expr_view, size_t row, struct value *, struct diags *);
	/* Row of a key or unique label; false (no finding) if there is none. NULL where has_rows is false. */
	bool (*find_row)(void *ctx, const char *key, size_t *row);
	const size_t *leaf; /* [n_leaf] rows that sum and count run over */
	size_t n_leaf;
	size_t total;
	/* As long as it is one pointer, no row changes: sum() and count() are computed once for an expression and not in each
	 * row anew; the arenas given to expr_eval must then live as long. NULL: rows may change. */
	const void *same;
};

/* A figure an expression looks up: its name as written, the row it is of (or SIZE_MAX: several rows), its value. */
typedef void expr_use(void *ctx, const char *name, size_t row, const struct value *);

/* A figure as it stands there: "2", "(200/237)", "?" missing, "-" not applicable, "[c]" confidential. */
const char *expr_figure(const struct figure *, struct arena *);

/* The expression with numbers in the place of its names and of functions over rows: "2 / 237 * 100". Calls visit (may be NULL)
 * for each of them. */
const char *expr_numbers(const struct expr *, const struct expr_env *, size_t row, expr_use *visit, void *ctx, struct arena *);

/* If it is one figure less another, such as a - b or total(a - b), both of them; else false. Findings are not kept. */
bool expr_difference(const struct expr *, const struct expr_env *, size_t row, struct figure *left, struct figure *right,
	struct arena *);

/* If it compares two figures, such as a <= b + c, both sides of it; else false. Findings are not kept. */
bool expr_comparison(const struct expr *, const struct expr_env *, size_t row, struct figure *left, struct figure *right,
	struct arena *);

/* The row that a lone symbol (expr_lone_symbol) speaks of, from that row; false when at() names none. */
bool expr_lone_row(const struct expr *, const struct expr_env *, size_t *row);

/* False only for an error (overflow, a key that at() does not find: rule "key"). */
bool expr_eval(const struct expr *, const struct expr_env *, size_t row, struct value *, struct arena *, struct diags *);

#endif
