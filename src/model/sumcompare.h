/* sumcompare: how the figures of a row compare with the sums of other rows: the same, nearly, or far off.
 *
 * Shape:  columns that do not add up, and those without a figure in the row or in one of the range, say nothing
 */
#ifndef MODEL_SUMCOMPARE_H
#define MODEL_SUMCOMPARE_H

#include "model/sumfind.h"

struct sum_comparison {
	size_t n_same;	 /* columns that come out and are not zero */
	size_t n_near;	 /* that nearly do */
	size_t n_far;
	bool is_large;	 /* one of the first two is no small figure */
	bool is_over;	 /* no figure is below the largest of the range */
	size_t wrong;	 /* the first field that does not come out */
	struct ratio sum; /* of it */
};

/* Whether a sum is too large to come out by chance. */
bool sumcompare_is_large(struct ratio sum);

/* by_one: a figure that is off by 1 is near, however small the sum. */
struct sum_comparison sumcompare(const struct sum_finding *, const struct sum_row *, bool by_one);

/* Whether all figures of the total row come out, one of which is not zero; without the rows that are sums, or with them. */
bool sumcompare_total(struct sum_finding *, bool with_sums);

/* The sum of a field over all rows where there is a figure, without those that are sums, but for one. */
bool sumcompare_all(const struct sum_finding *, size_t field, size_t but, struct ratio *sum);

#endif
