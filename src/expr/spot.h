/* spot: a tree of an expression at a place of the sheet: what it comes down to (spot.c), and the piece of a formula that computes it
 * there (spotvalue.c, spotproduct.c, spotrows.c, which call each other as trees are nested).
 *
 * Owner:  the arena of struct maker, as with all pieces
 * Errors: what a sheet cannot compute sets maker->failed, as does a tree that is too deep or too large
 */
#ifndef EXPR_SPOT_H
#define EXPR_SPOT_H

#include "expr/piece.h"
#include "expr/tree.h"

enum { TREE_DEPTH_MAX = 300 };

/* Where a tree is computed: in one row, or in each row of a range at once. */
struct span {
	bool range;
	size_t first;
	size_t last;
};

struct span span_row(size_t row);
struct formula_token span_token(struct span, size_t column);

/* What a tree comes down to: names that stand for expressions, total() and at() are gone. */
struct spot {
	const struct tree *tree;
	struct span at;
	struct formula_name name; /* TREE_NAME */
	bool summed;		  /* the sum of tree over the leaves */
};

struct spot spot_find(struct maker *, const struct tree *, struct span);

/* How a value is rounded that a cell shows. */
struct shown {
	bool rounds;
	int decimals;
	enum rounding how;
};

/* An expression with all its guards: a number, a text, "" or "-". shown: NULL for the exact value. */
struct piece spot_full(struct maker *, const struct tree *, struct span, const struct shown *);

/* Without guards: what they must ask for is added to the scope. */
struct piece spot_value(struct maker *, struct spot, struct scope *);
struct piece spot_product(struct maker *, const struct spot *, struct scope *); /* TREE_NEGATE, TREE_MULTIPLY */

/* The sum of a tree, or the count of rows where it holds, over the leaves. */
struct piece spot_over_rows(struct maker *, const struct tree *, bool count, struct scope *);

/* SUM of a column, whose ranges become operands of the scope. */
struct piece spot_column_sum(struct maker *, size_t column, const struct row_range *, size_t n_range, bool may_be_na, struct scope *);

size_t rows_in(const struct row_range *, size_t n_range);

#endif
