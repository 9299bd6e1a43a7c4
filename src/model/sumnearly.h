/* sumnearly: rows that are no sums, but would be if a figure were not wrong.
 *
 * Errors: "group-row": a row that stands over others by its name; "looks-like-total": the first or the last row, where it is unlike all
 *         others; a warning, where it only has no ordinal and the largest figures
 */
#ifndef MODEL_SUMNEARLY_H
#define MODEL_SUMNEARLY_H

#include "model/sumnames.h"

bool sumnearly_check_names(struct sums *, const struct sum_finding *);
/* Where a total row of the source comes out with all rows, nothing is in doubt. */
bool sumnearly_check_edges(struct sums *, struct sum_finding *);

#endif
