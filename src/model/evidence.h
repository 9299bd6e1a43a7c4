/* evidence: which way the numbers of a column are written, by what the marks of all its cells prove.
 *
 * Shape:  one struct number_column for each field of a source; only numbers that can be read in two ways are kept, until
 *         the end of the source
 * Errors: "mixed-decimals", "ambiguous-number", "mixed-percent", "ambiguous-percent"; the warning "percent"
 * Owner:  the arena
 */
#ifndef MODEL_EVIDENCE_H
#define MODEL_EVIDENCE_H

#include "base/figure.h"
#include "base/rows.h"
#include "model/dataset.h"
#include "model/job.h"
#include "model/number.h"

/* A cell that proves something; text NULL: there is none. */
struct proof {
	struct origin at;
	const char *text;
};

/* Numbers such as "1.234", or such as "1,234": read with a decimal comma; with a decimal point they are a thousand times less,
 * or more. */
struct unsettled {
	struct figure **figure; /* [n] */
	size_t n;
	size_t cap;
	const char *text[DIAGS_PER_FILE]; /* of the first ones, for messages */
};

enum { RATES_STORED = 2 };

/* Rates other than 0 that are written without a percent sign. */
struct rates {
	unsigned n;
	struct proof share;    /* the first one from 0 to 1 */
	struct proof fraction; /* the first such with more than two decimals */
	bool is_large;	       /* one is below 0 or over 1 */
	bool is_middling;      /* one is from 0,2 to 1 */
};

struct number_column {
	const struct field *field;
	const struct source *source;
	const char *const *label; /* for messages: as it is when they are made */
	struct proof comma; /* decimal comma: 12,5 or 1.234.567 */
	struct proof point; /* decimal point: 12.5 or 1,234,567 */
	struct unsettled unsettled[2]; /* by whether '.' would divide thousands */
	bool is_share;	      /* rates, and what has the unit "%" */
	struct proof percent; /* of a share: the first cell with "%", written or shown */
	struct rates rates[RATES_STORED]; /* of a share: stored as numbers, as text */
	struct rates marked; /* those shown with a "%" as they stand: they are no fractions */
	struct proof as_text; /* the first number stored as text */
	unsigned n_number;    /* cells that the file keeps as numbers */
	unsigned n_as_text;
};

/* [n_field] */
struct number_column *number_columns(const struct source *, const struct dataset *, const char *const *label, struct arena *);

/* A text of the column as a number, as number_parse does it; figure: where x will be kept. */
enum number_found number_column_parse(struct number_column *, const char *s, size_t n, struct origin at, struct arena *,
	struct figure *, struct ratio *x);

/* Takes note of a cell that was read as the number x. */
void number_column_note(struct number_column *, enum cell_kind, const char *s, size_t n, struct origin at, struct ratio x,
	struct arena *);

/* At the end of the source: numbers that were not settled get their values; false after an error. */
bool number_column_settle(struct number_column *, struct arena *, struct diags *);

#endif
