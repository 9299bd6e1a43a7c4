/* formulasum: the sum of a column as a spreadsheet formula, with the guards of formula.h: that of total and group cells.
 *
 * Shape:  without tokens where the rows are none, or it grows over EXPR_FORMULA_MAX
 */
#ifndef EXPR_FORMULASUM_H
#define EXPR_FORMULASUM_H

#include "expr/formula.h"

/* Over the leaf rows. skip: missing rows are left out. */
struct formula formula_sum(size_t column, const struct row_range *, size_t n_range, bool skip, bool may_be_na, struct arena *);

/* The same for a row that stands outside of the rows, over those whose text in the column `key` is that of the row itself: who sorts the
 * rows changes no sum. Texts with wildcards are not for it, nor is a column that may hold "-". */
struct keyed_sum {
	size_t column, key;
	struct row_range rows;
	size_t own; /* row */
	bool skip;
};

struct formula formula_sum_keyed(const struct keyed_sum *, struct arena *);

#endif
