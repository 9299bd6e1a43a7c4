/* sumfind: which rows of data have figures that are the sums of the rows next to them. What such rows are, sumrows.c decides.
 *
 * Owner:  the arena; sumfind_end gives back the rest
 */
#ifndef MODEL_SUMFIND_H
#define MODEL_SUMFIND_H

#include "model/data.h"

/* How far chance is excluded. */
enum sum_grade {
	SUM_NOT,
	SUM_WEAK,   /* only something else can tell */
	SUM_LIKELY,
	SUM_STRONG, /* two or more columns come out, with no small figures */
};

/* What calls such a row a group. */
enum sum_reason { WHY_NOT, WHY_SAID, WHY_TOTAL, WHY_ROOT, WHY_LEVEL, WHY_ORDINAL, WHY_PARENT, WHY_KNOWN, WHY_WORD, WHY_AROUND, WHY_KIND };

/* A row, and the rows next to it whose sums it states. */
struct sum_row {
	size_t row;
	size_t first;
	size_t n_row; /* rows that are sums themselves among them */
	enum sum_grade grade;
	enum sum_reason why;
};

struct sum_finding {
	const struct data *data;
	struct arena *arena;
	struct sum_row *sum; /* [n_sum] */
	size_t n_sum;
	size_t cap;
	bool *is_sum;  /* [n_row] */
	bool is_plain; /* rows that are sums are added up too */
	size_t n_step; /* rows that were added up so far */
};

void sumfind_begin(struct sum_finding *, const struct data *, struct arena *);
void sumfind_end(struct sum_finding *);
void sumfind_sort(struct sum_finding *); /* as they stand in the source */

/* The grade of a row against the rows of a range, of which those that are sums themselves are left out. */
enum sum_grade sumfind_grade(const struct sum_finding *, size_t row, size_t first, size_t n_row);

/* The sum of a field over a range, without the rows that are sums; false where a figure is missing. */
bool sumfind_add(const struct sum_finding *, size_t field, size_t first, size_t n_row, struct ratio *sum);

#endif
