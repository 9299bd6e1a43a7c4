/* sumwords: whether a word in front of names tells sums from the rows that they cover: "Cụm 1" over "Thôn 1", "Thôn 2", "Cụm 2" over
 * "Thôn 3", from the first row of the source to the last. */
#ifndef MODEL_SUMWORDS_H
#define MODEL_SUMWORDS_H

#include "model/sumnames.h"

/* Whether the row has the word of groups. Sets sums->words, once a source. */
bool sumwords_tell(struct sums *, const struct sum_finding *, const struct sum_row *);

/* Adds the groups by their words that stand over one row. */
void sumwords_take_single(struct sums *, struct sum_finding *);

#endif
