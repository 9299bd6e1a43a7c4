/* sumlike: rows of the kind of groups that are known, which stand over one row or whose figures are wrong.
 *
 * Shape:  such rows whose figures are the sums become groups of the finding too
 * Errors: "group-row": their figures are not the sums
 */
#ifndef MODEL_SUMLIKE_H
#define MODEL_SUMLIKE_H

#include "model/sumnames.h"

bool sumlike_take(struct sums *, struct sum_finding *);

#endif
