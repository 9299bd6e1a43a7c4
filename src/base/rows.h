/* rows: what every reader pushes and every sink takes: rows of cells as found, each with its place.
 *
 * Shape:  blocks of rows; a cell is a slice of UTF-8 text in NFC or as found, no type guessed, no row dropped
 * Owner:  the reader: texts live only during the call; a sink copies what it keeps. So 26 million rows need no more
 *         memory than ten
 */
#ifndef BASE_ROWS_H
#define BASE_ROWS_H

#include "base/diag.h"

struct cell {
	const char *text; /* not terminated */
	size_t n_text;
	const char *name; /* name of the column where the source names each cell (XML), else NULL */
	unsigned row;	  /* place of this cell; col is the column for matching where name is NULL */
	unsigned col;
};

struct row {
	const struct cell *cell;
	size_t n_cell;
	unsigned row; /* place of the row: line of the file or row of the sheet */
};

struct row_sink {
	/* Takes n_row rows; false stops the reader (an error was added). */
	bool (*take)(struct row_sink *, const struct row *row, size_t n_row, struct diags *);
};

#endif
