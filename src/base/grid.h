/* grid: a sink that keeps every row, cells as found. For small sources, headers and tests. */
#ifndef BASE_GRID_H
#define BASE_GRID_H

#include "base/rows.h"

struct grid {
	struct row_sink sink; /* first, so that a reader can be given &grid->sink */
	struct arena *arena;  /* owner of all below */
	struct row *row;
	size_t n_row;
	size_t cap;
	size_t max_row; /* 0: no limit; more rows are not kept */
};

void grid_init(struct grid *, struct arena *, size_t max_row);

#endif
