/* datacopy: the typed rows of one source in another arena, so that all that reading took dies with the first one. */
#ifndef MODEL_DATACOPY_H
#define MODEL_DATACOPY_H

#include "model/data.h"

/* Before areas are known. Rows, the total row and what is present; groups, which have been checked, stay behind. The source and
 * the dataset live on. cells: where what stands in the rows goes, but for its texts and places, which are as the rows. */
struct data data_copy(const struct data *, struct arena *, struct arena *cells);

#endif
