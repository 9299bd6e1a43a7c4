/* sumreasons: what calls rows that are sums groups, in the order of `signs`, and what is said of those that nothing does.
 *
 * Shape:  each sum gets its reason; those without one are taken out of the finding and are data again
 * Errors: "looks-like-total", as sumrows.h says
 */
#ifndef MODEL_SUMREASONS_H
#define MODEL_SUMREASONS_H

#include "model/sumnames.h"

bool sumreasons_take(struct sums *, struct sum_finding *);

#endif
