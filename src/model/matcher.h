/* matcher: which field a column or a name of XML is of, by the texts above it.
 *
 * Shape:  a path is the texts from the top, joined by HEADER_DIVIDER, as header_text has them
 * Errors: none here; the sink says what is missing or ambiguous
 * Owner:  the arena given; the dataset lives as long
 */
#ifndef MODEL_MATCHER_H
#define MODEL_MATCHER_H

#include "base/map.h"
#include "model/dataset.h"
#include "model/rowkinds.h"

#include <stdint.h>

enum {
	HEADER_LEVELS_MAX = 8, /* of a name */
	HEADER_TEXT_MAX = 512, /* [bytes] of a text or a name; what is longer is looked at so far */
};

#define HEADER_DIVIDER " > "

#define FIELD_NONE SIZE_MAX

enum match {
	MATCH_NONE,
	MATCH_OTHER_YEAR, /* a field's name below another year: no match */
	MATCH_HINT,	  /* a field's name below words that are not the field's: no match by itself */
	MATCH_SCALED,	  /* a field's name with its unit in another scale behind it: the sink refuses it */
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
	struct map joined; /* names as one text, without levels and marks -> field */
	struct map shared_joined; /* those that several fields have */
	const char ***name; /* [n_field][n_name] header texts */
	const struct row_words *words; /* of levels that say nothing else; or NULL */
};

void matcher_init(struct matcher *, const struct dataset *, int year, struct arena *);

/* title [HEADER_LEVELS_MAX]: levels of the path that stand over all figures, or NULL. */
enum match matcher_match(const struct matcher *, const char *path, const bool *title, size_t *field);

/* path: see header_text. The levels above a name of XML are names of elements: what they say besides a year does not count. */
enum match matcher_find(const struct matcher *, const char *path, size_t *field);

/* For matching: folded, '-' and '_' taken for spaces, one space around '>'. */
const char *header_text(const char *s, size_t n, struct arena *);

/* A name with {period}, {period - 1} filled in. */
const char *header_name(const char *name, int year, struct arena *);

/* Bytes of the uppermost level of a path, and the levels below it or NULL. */
size_t header_level(const char *path);
const char *header_below(const char *path);

/* The fields that have the path as the lower levels of their names: indices into field[dataset->n_field]. */
size_t matcher_fields(const struct matcher *, const char *path, struct arena *, size_t *field);

#endif
