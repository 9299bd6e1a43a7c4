/* columnnumbers: the row below a header that numbers its columns: 1, 2, 3; (1), (2); A, B, 1, 2; (3=2/1); Cột 1.
 *
 * Shape:  letters in order, then numbers in order; some may be left out, where columns were deleted
 */
#ifndef MODEL_COLUMNNUMBERS_H
#define MODEL_COLUMNNUMBERS_H

#include "base/rows.h"
#include "model/rowkinds.h"

enum numbering {
	NUMBERING_NONE,
	NUMBERING_MAYBE, /* a row of figures can read so too: 1, 2, 3, 4 */
	NUMBERING_SURE,	 /* brackets, formulas or words that no figure has */
};

enum numbering numbering_of(const struct row *, const struct row_words *);

/* What a cell counts by, alone. */
enum numbering_cell { NUMBERING_CELL_NONE, NUMBERING_CELL_LETTER, NUMBERING_CELL_NUMBER };
enum numbering_cell numbering_cell_of(const struct cell *, const struct row_words *);

#endif
