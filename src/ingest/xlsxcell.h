/* xlsxcell: a cell of a sheet's part in the plainest form, which nearly all have, read without the parser:
 *
 *         <c r="B12" s="3" t="s"><v>145</v></c>    <c r="B12" s="3"/>    each attribute may be missing
 *
 * Whatever differs in a single byte (quotes, spaces, order, a formula, an entity) is left to the parser, whose results
 * are the measure: the same cells come out of both.
 */
#ifndef INGEST_XLSXCELL_H
#define INGEST_XLSXCELL_H

#include <stdbool.h>
#include <stddef.h>

enum { PLAIN_ATTRIBUTE_MAX = 16, PLAIN_VALUE_MAX = 64 }; /* [bytes] longer ones are not plain */

struct plain_cell {
	char attribute[3][PLAIN_ATTRIBUTE_MAX]; /* r, s, t; "" where it is missing */
	const char *value;
	size_t n_value; /* 0: none */
	size_t n;	/* [bytes] of the whole */
};

enum plain { PLAIN_CELL, PLAIN_CUT, PLAIN_OTHER };

/* What s begins with; PLAIN_CUT: it may be one, but more bytes are needed to tell. */
enum plain plain_cell(const char *s, size_t n, struct plain_cell *);

#endif
