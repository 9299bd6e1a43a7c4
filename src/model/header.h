/* header: which column holds which field, by the header texts a dataset knows.
 *
 * Shape:  a header has 1 to DATA_HEADER_ROWS_MAX rows; a column's path is its texts from the top, joined by " > ". A merged
 *         cell stands over all its columns and rows and nothing else; where no header row has one, a blank above the last
 *         row stands for the text on its left
 * Errors: none here; the sink says what is missing or ambiguous
 */
#ifndef MODEL_HEADER_H
#define MODEL_HEADER_H

#include "base/rows.h"
#include "model/matcher.h"

enum {
	HEADER_COLUMNS_MAX = 16384, /* further ones are not looked at */
};

struct header {
	size_t first;  /* of the rows given */
	size_t n_row;
	size_t *field; /* [n_column] by column - 1, or FIELD_NONE; several columns may have one field */
	size_t n_column;
	size_t *hint;	   /* [n_column] the field that a column without one may be of, or FIELD_NONE */
	enum match *how;   /* [n_column] */
	const struct matcher *matcher;
	const char **path; /* [n_column] header texts; NULL: none, or it is covered by the merged cell on its left */
	size_t n_matched; /* fields that have a column, or a hint of one; 0: no header was found */
	size_t n_full;
	bool is_cut;	 /* a merged cell reaches over its first or last row */
	size_t n_rival;	 /* rows of another header, not the same texts, that is as good; 0: there is none */
	size_t rival;	 /* its first row */
};

/* The rows that a header is looked for in. */
struct header_rows {
	const struct row *row;
	size_t n_row;
	size_t within; /* it begins in these */
	unsigned first; /* the places of its first and last row, where somebody has said them; 0: nobody has */
	unsigned last;
};

/* The best header, or the one in the rows that were said. */
void header_find(const struct header_rows *, const struct matcher *, struct arena *, struct header *);

#endif
