/* spans: the merged cells of a table's header over its rows and columns; what workbook and text have in common.
 *
 * Units:  the caller's: points, or letters
 */
#ifndef RENDER_SPANS_H
#define RENDER_SPANS_H

#include "compose/document.h"

/* The cell over that place, or NULL. */
const struct header_cell *spans_at(const struct grid_table *, unsigned row, unsigned column);

/* size[row] or size[column] grow until each cell has what it needs: need[n_header_cell]. What a merged cell lacks is
 * given to its last row, and to its columns in equal parts; gap stands between two columns. */
void spans_fit_rows(const struct grid_table *, const double *need, double *size);
void spans_fit_columns(const struct grid_table *, const double *need, double gap, double *size);

/* What the cell's columns measure together. */
double spans_width(const struct header_cell *, const double *size, double gap);

#endif
