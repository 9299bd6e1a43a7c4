/* merges: the merged ranges of one sheet, met in the order of its cells.
 *
 * Shape:  all ranges first, then cells by row and column
 * Limits: SHEET_MERGES_MAX is the caller's to check; time grows with the number of ranges, not with their size
 */
#ifndef INGEST_MERGES_H
#define INGEST_MERGES_H

#include <stdbool.h>
#include <stddef.h>

struct sheet_range {
	unsigned first_row; /* 1.. */
	unsigned first_col;
	unsigned last_row;
	unsigned last_col;
};

/* All zero is none; merges_clear frees. */
struct merges {
	struct sheet_range *range; /* [n] sorted once the first cell was met */
	size_t n;
	size_t cap;
	size_t next;	/* those before begin above the cells that come */
	bool is_sorted;
	unsigned *whole; /* [2 * SHEET_COLUMNS_MAX] a tree over the columns: last row that a range covers in all of a node, */
	unsigned *most;	 /* and in any column of it */
};

void merges_add(struct merges *, struct sheet_range);

/* Sorts; false when two overlap, the second of them (by its first cell) is *which. */
bool merges_sort(struct merges *, struct sheet_range *which);

/* The range that begins at the cell, or NULL; *is_covered: the cell lies in one that began before. */
const struct sheet_range *merges_at(struct merges *, unsigned row, unsigned col, bool *is_covered);

/* A range that begins at the cell just met, where all come with their cells; false: it overlaps one before. Not to be mixed
 * with merges_add. */
bool merges_begin(struct merges *, struct sheet_range);

void merges_clear(struct merges *);

#endif
