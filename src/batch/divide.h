/* divide: the rows of a source among the areas of a list, by the code in a column; or all of them to everyone.
 *
 * Header: found as for the source alone, its column of codes by the header text that the job says (by="Mã xã"), or as a field that
 *         the dataset has by that name. The column is left out of what the areas get, unless it is such a field
 * Codes:  a merged cell stands for all its rows; zeros in front do not count (list_code)
 * Rows:   above and of the header, and those right below it that number or name the columns, are everyone's. A row without a code, or
 *         with one that no area has, is nobody's: counted, the first DIVIDE_PLACES of each kind are errors "area-code"
 * Faults: a row that cannot be read spoils its area, if its code can be; it counts as one of nobody, the first DIVIDE_PLACES of each kind
 *         are errors "row"
 * Errors: "by": no such column; those of the reader
 */
#ifndef BATCH_DIVIDE_H
#define BATCH_DIVIDE_H

#include "batch/rowstore.h"
#include "model/joblist.h"

enum { DIVIDE_PLACES = 20 };

struct divider;

/* Rows that are pushed into the sink go into the store. Everyone's, where the source says no `by`. */
struct divider *divider_new(const struct source *, const struct dataset *, const struct job_list *, struct library *,
	struct row_store *, bool *spoilt /* [n_area] set of areas */, struct arena *, struct diags *); /* NULL after an error */
struct row_sink *divider_rows(struct divider *);
struct row_faults *divider_faults(struct divider *); /* NULL: a row at fault is everyone's */
/* What is wrong with such a row, and what to do. */
const char *divide_reason(enum row_fault, struct diags *);
/* Ends the store too. False where the source cannot be divided; rows of nobody are errors, and it is true all the same:
 * *n_lost counts them. */
bool divider_end(struct divider *, size_t *n_lost, struct diags *);

#endif
