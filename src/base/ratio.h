/* ratio: exact numbers.
 *
 * Errors: 128-bit intermediates; a result that does not fit 64 bits is an error, never a wrong figure
 */
#ifndef BASE_RATIO_H
#define BASE_RATIO_H

#include "base/arena.h"
#include "base/diag.h"

#include <stdint.h>

struct ratio {
	int64_t num;
	int64_t den; /* > 0, no common factor: 0 is 0/1, 12.5 is 25/2 */
};

enum rounding {
	ROUND_HALF_UP, /* away from zero, as spreadsheets show it; the default */
	ROUND_TRUNCATE,
	ROUND_HALF_EVEN,
};

enum { RATIO_DECIMALS = 15 }; /* most decimals that are asked for anywhere */

struct ratio ratio_whole(int64_t n);
bool ratio_add(struct ratio a, struct ratio b, struct origin at, struct ratio *sum, struct diags *);
bool ratio_sub(struct ratio a, struct ratio b, struct origin at, struct ratio *difference, struct diags *);
bool ratio_mul(struct ratio a, struct ratio b, struct origin at, struct ratio *product, struct diags *);
/* b may not be zero: the caller has made that "not applicable". */
bool ratio_div(struct ratio a, struct ratio b, struct origin at, struct ratio *quotient, struct diags *);
int ratio_compare(struct ratio a, struct ratio b); /* <0, 0, >0; never fails */

/* n digits with at most one '.', an optional leading '-'; false (no finding) when it is no such number or too large. */
bool ratio_parse(const char *s, size_t n, struct ratio *x);

/* Rounded to `decimals` decimals, as a ratio. */
bool ratio_round(struct ratio x, int decimals, enum rounding, struct origin at, struct ratio *rounded, struct diags *);

/* The only place that rounds for print. Plain digits and '.'; no "-0.0"; the language's marks are put on by marks.h. */
const char *ratio_text(struct ratio x, int decimals, enum rounding, struct arena *);

/* Exact: a decimal string where there is one ("25.5"), else "p/q". */
const char *ratio_exact(struct ratio x, struct arena *);
/* What ratio_exact wrote, and nothing else: "25.5", "1/3", in lowest terms. False (no finding) otherwise. */
bool ratio_read_exact(const char *s, struct ratio *x);

/* Decimals an exact decimal number has, at most RATIO_DECIMALS: those of a number whose decimals never end. */
int ratio_decimals(struct ratio);

double ratio_double(struct ratio x); /* nearest; only for the cached values of a workbook */

/* "half-up", "truncate", "half-even". */
const char *rounding_name(enum rounding);
bool rounding_parse(const char *name, enum rounding *);

#endif
