/* columnnumbers: the row below a header that numbers its columns. */
#ifndef MODEL_COLUMNNUMBERS_H
#define MODEL_COLUMNNUMBERS_H

#include "base/rows.h"

/* Whether the row only numbers its columns: 1, 2, 3 or (1), (2), with letters before and formulas behind (6=5/3). */
bool header_is_numbering(const struct row *);

#endif
