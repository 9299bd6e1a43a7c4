/* formulas: what the readers of spreadsheets share of cells with a formula: the result that the file has is read, nothing is
 * computed; so there must be one.
 *
 * Shape:  counts and first places, in the order of the cells; told behind the last one
 * Errors: "formula"
 */
#ifndef INGEST_FORMULAS_H
#define INGEST_FORMULAS_H

#include "ingest/limits.h"
#include "ingest/sheets.h"

enum formula_result {
	FORMULA_NONE,  /* the file has none: the formula was never computed */
	FORMULA_ZERO,  /* 0, as programs write it that compute nothing and leave that to the next one */
	FORMULA_BLANK, /* an empty text, as such programs write it, too */
	FORMULA_FULL,  /* any other, or one that is surely computed */
};

struct formula_place {
	unsigned row; /* 1.. */
	unsigned col;
};

/* Of one sheet; all zero: none yet. */
struct formulas {
	size_t n;
	size_t n_none;
	size_t n_zero;
	size_t n_blank;
	struct formula_place first; /* of all, where n */
	struct formula_place none[FORMULAS_TOLD];
};

void formulas_add(struct formulas *, unsigned row, unsigned col, enum formula_result);

/* Behind the last cell; ok: the sheet was read to its end. Returns ok, if every formula has a result that may be true. */
bool formulas_check(const struct formulas *, const struct sheet_rows *, bool ok, struct diags *);

#endif
