/* places: where a figure comes from, as explain says it: cells, or columns of a register and how many of its rows.
 *
 * Owner:  the arena
 */
#ifndef CMD_PLACES_H
#define CMD_PLACES_H

#include "base/buf.h"
#include "base/figure.h"
#include "model/job.h"

/* One line each. Places in the job's folder are told from there. */
void places_put(const struct job *, const struct figure *, struct arena *, const struct diags *, struct buf *out);
/* As an array of JSON. */
void places_put_json(const struct job *, const struct figure *, struct arena *, struct buf *out);

#endif
