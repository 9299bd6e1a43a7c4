/* sumrows: rows of data that are the sums of the rows below or above them, though neither an ordinal nor a word says so: read as
 * data, they would be counted twice.
 *
 * Shape:  a row that is a group by what else is known becomes a group row of its source; so do all others of its kind: the total
 *         row that comes out only so, the job's own area, an administrative word of a level above, an ordinal where the rows it
 *         covers have none (or the other way round), the area above that they name, a name that no other source has beside names
 *         that one has, a word that only sums have in front of their names, all of them. An ordinal and a word like theirs make it
 *         an area. sums="groups" on the job's <source> says it of all, sums="data" of none; a total row that comes out with
 *         all rows as data says that too
 * Errors: "looks-like-total": nothing tells, and the figures are no chance, or nearly are the sums in a first or last row that is
 *         unlike all others; a warning where they may be, or where such a row has no ordinal and the largest figures. "group-row": a row of the
 *         kind of such groups whose figures are not the sums. Note "group-row": what a row is taken for, and why
 * Owner:  the arena; data is changed in place
 */
#ifndef MODEL_SUMROWS_H
#define MODEL_SUMROWS_H

#include "model/data.h"

bool sumrows_take(const struct job *, const struct area_names *, struct data *data, size_t n_data, struct arena *, struct diags *);

#endif
