/* formula: an expression as a spreadsheet formula with symbolic references.
 *
 * Shape:  a list of tokens: texts, cells, and columns of row ranges; rows and columns are numbers of the table; the
 *         workbook that has the addresses binds them (`D7*100/C7`)
 * Rules:  multiplies before it divides; guards as the evaluator does: missing gives "", not applicable "-":
 *         =IF(COUNT(C7,D7)=2,IF(C7=0,"-",D7*100/C7),"") and, where an operand may itself be "-",
 *         =IF(COUNT(C7,D7)=2,...,IF(OR(C7="",D7=""),"","-")); so a recalculation agrees with the figures
 * Source: function names as in the file format (English), comma between arguments
 */
#ifndef EXPR_FORMULA_H
#define EXPR_FORMULA_H

#include "expr/expr.h"

enum formula_kind {
	FORMULA_TEXT,
	FORMULA_CELL,  /* row, column */
	FORMULA_BESIDE, /* column, of the row that the formula stands in */
	FORMULA_RANGE, /* rows row to row_last of the column */
	FORMULA_ELSEWHERE, /* row, column of the table called `text` */
	FORMULA_FIXED, /* the same, whoever sorts the rows or moves the formula: `E$4:E$30` */
};

struct formula_token {
	enum formula_kind kind;
	unsigned row;
	unsigned row_last;
	unsigned column;
	const char *text;
};

struct formula {
	const struct formula_token *token; /* [n_token]; NULL: no formula, the value stands alone */
	size_t n_token;
};

struct row_range {
	size_t first;
	size_t last;
};

enum formula_meaning {
	MEANS_CELL,	  /* a column of the sheet */
	MEANS_CONSTANT,	  /* a number, written as such */
	MEANS_EXPRESSION, /* stands for that expression (a column not in the sheet, or one that rounds when shown) */
	MEANS_NOTHING,	  /* the sheet cannot know it: no formula */
};

struct formula_name {
	enum formula_meaning meaning;
	size_t column;		 /* MEANS_CELL */
	bool may_be_na;		 /* MEANS_CELL: its cells can hold "-" */
	struct ratio constant;	 /* MEANS_CONSTANT */
	const struct expr *expr; /* MEANS_EXPRESSION: in the same symbols */
	bool summed;		 /* MEANS_EXPRESSION: the total row has its sum over the leaves, not it of the totals */
	int decimals;		 /* VIEW_SHOWN: as printed */
	enum rounding rounding;	 /* VIEW_SHOWN */
};

struct formula_env {
	void *ctx;
	void (*name)(void *ctx, const struct symbol *, enum expr_view, struct formula_name *);
	bool (*find_row)(void *ctx, const char *key, size_t *row);
	const struct row_range *leaf; /* [n_leaf] the rows that sum and count run over */
	size_t n_leaf;
	size_t total;
	bool has_total; /* whether the sheet has the total row */
};

/* The formula of the expression in that row; without tokens where the sheet cannot compute it or it grows over
 * EXPR_FORMULA_MAX. */
struct formula formula_of(const struct expr *, const struct formula_env *, size_t row, struct arena *);

/* The same formula for every row, where that of `row` names no cells but of its own: false where it names others. */
bool formula_shared(struct formula, size_t row, struct arena *, struct formula *shared);
/* With the cells beside it told by their row. */
struct formula formula_in_row(struct formula, size_t row, struct arena *);

/* formula rounded as a shown cell needs it: ROUND, TRUNC or the half-even form; guards kept. */
struct formula formula_rounded(const struct expr *, const struct formula_env *, size_t row, int decimals, enum rounding,
	struct arena *);

/* For tests and explain: `=...` of one row, no shared one; row 0 of the table is first_row of the sheet (1-based), column 0 is A + first_column.
 * "" for no formula. */
const char *formula_text(struct formula, size_t first_row, size_t first_column, struct arena *);

#endif
