/* header: which column holds which field, by the header texts a dataset knows.
 *
 * Shape:  a header has 1 to DATA_HEADER_ROWS_MAX rows; a column's path is its texts from the top, joined by " > ". A merged
 *         cell stands over all its columns and rows and nothing else; where no header row has one, a blank above the last
 *         row stands for the text on its left
 * Errors: none here; the sink says what is missing or ambiguous
 */
#ifndef MODEL_HEADER_H
#define MODEL_HEADER_H

#include "base/map.h"
#include "base/rows.h"
#include "model/dataset.h"
#include "model/rowkinds.h"

#include <stdint.h>

enum {
	HEADER_COLUMNS_MAX = 16384, /* further ones are not looked at */
	HEADER_LEVELS_MAX = 8,	    /* of a name */
	HEADER_TEXT_MAX = 512,	    /* [bytes] of a text or a name; what is longer is looked at so far */
};

#define FIELD_NONE SIZE_MAX

enum match {
	MATCH_NONE,
	MATCH_OTHER_YEAR, /* a field's name below another year: no match */
	MATCH_HINT,	  /* a field's name below words that are not the field's: no match by itself */
	MATCH_PART,	  /* the lower levels of one field's name */
	MATCH_SUFFIX,	  /* a field's name, below levels that say nothing else */
	MATCH_YEAR,	  /* the same, and they say the matcher's year */
	MATCH_FULL,
};

/* The names of a dataset's fields in one year. */
struct matcher {
	const struct dataset *dataset;
	int year;
	struct map full; /* header text -> field */
	struct map part; /* lower levels of names -> field */
	struct map shared; /* those that several fields have */
	const char ***name; /* [n_field][n_name] header texts */
	const struct row_words *words; /* of levels that say nothing else; or NULL */
};

void matcher_init(struct matcher *, const struct dataset *, int year, struct arena *);

/* path: see header_text. The levels above a name of XML are names of elements: what they say besides a year does not count. */
enum match matcher_find(const struct matcher *, const char *path, size_t *field);

/* For matching: folded, '-' and '_' taken for spaces, one space around '>'. */
const char *header_text(const char *s, size_t n, struct arena *);

/* A name with {period}, {period - 1} filled in. */
const char *header_name(const char *name, int year, struct arena *);

/* Bytes of the uppermost level of a path, and the levels below it or NULL. */
size_t header_level(const char *path);
const char *header_below(const char *path);

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
void header_find(const struct header_rows *, const struct matcher *, size_t n_matcher, struct arena *, struct header *);

/* The fields that have the path as the lower levels of their names: indices into field[dataset->n_field]. */
size_t matcher_fields(const struct matcher *, const char *path, struct arena *, size_t *field);

/* Whether the row only numbers its columns: 1, 2, 3 or (1), (2), with letters before and formulas behind (6=5/3). */
bool header_is_numbering(const struct row *);

#endif
