/* claim: one published figure, and how it compares with what is computed. Only for claims.c and claimcompare.c. */
#ifndef COMPOSE_CLAIM_H
#define COMPOSE_CLAIM_H

#include "compose/composer.h"
#include "compose/numerals.h"

enum relation { RELATION_EQUAL, RELATION_AT_LEAST, RELATION_AT_MOST, RELATION_MORE, RELATION_LESS };

/* What the dataset "published" must have. */
enum claim_field { PLACE, SUBJECT, AREA, TABLE, EXPRESSION, PRINTED, RELATION, CLAIM_FIELDS };

struct claim {
	const char *text[CLAIM_FIELDS]; /* "" where there is none */
	struct origin at[CLAIM_FIELDS];
	const char *folded; /* what is printed */
	const char *unit;   /* of the figure; "": not known */
	struct printed printed;
	enum relation relation;
	const struct table *table;
	const struct expr *expr;
	struct value value;
	struct ratio x; /* a number: the value in the unit that is printed */
	const char *computed; /* in the form of what is printed */
	size_t same;	      /* the first claim of the same figure */
	size_t n_day;	      /* of a figure that is a day: how many the text states */
	bool known;	      /* whether there is a value to compare with */
	bool words_differ;    /* the digits hold, the words beside them do not */
	bool holds;
};

/* Fills known, holds and computed. False after an error: a number too large to be exact. */
bool claim_compare(struct composer *, struct claim *);

/* Of two claims of one figure: whether they cannot both be right, whatever it is; whether they state the same number. Neither,
 * where one of them states no number that can be compared. */
bool claims_differ(struct composer *, const struct claim *, const struct claim *);
bool claims_agree(struct composer *, const struct claim *, const struct claim *);

enum rounding claim_rounding(struct composer *, const struct claim *);
const char *claim_number(const struct claim *, struct arena *); /* PRINTED_NUMBER: as audit_number says it */
bool claim_is_strict(const struct claim *); /* > or <: compared exactly */

#endif
