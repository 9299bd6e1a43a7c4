/* numerals: what the numbers in a text of a plan are, and which figure a published text states.
 *
 * Shape:  places are bytes of the text; nothing is written
 * Owner:  the arena
 */
#ifndef COMPOSE_NUMERALS_H
#define COMPOSE_NUMERALS_H

#include "base/ratio.h"

#include <stdbool.h>
#include <stddef.h>

enum numeral_kind {
	NUMERAL_FIGURE,
	NUMERAL_JOINED,	   /* 7-8, 3/5: several that are no date */
	NUMERAL_YEAR,	   /* năm 2024 */
	NUMERAL_REFERENCE, /* of a day, a quarter, several years, or of a document: 15/6/2021, II/2021, quý 3, 2021-2025, 12/NQ-HĐND */
};

/* Digits with what joins them: 1.528; 0,52; 15/6/2021; 2021-2025. */
struct numeral {
	size_t start;
	size_t n;
	enum numeral_kind kind;
};

/* The first that begins at `from` or behind it, and before `end`. */
bool numeral_find(const char *text, size_t from, size_t end, struct numeral *, struct arena *);
bool numeral_is_letter(const char *); /* the character that begins there */

enum printed_as {
	PRINTED_NOTHING, /* no number; or only days and documents */
	PRINTED_NUMBER,
	PRINTED_ROMAN,
	PRINTED_WORDS,
	PRINTED_SEVERAL, /* nobody knows which one is meant */
	PRINTED_FOREIGN, /* 0.86, 1,234,567 */
};

enum { PRINTED_MAX = 8 };

/* The figure that a text states, however it is written. */
struct printed {
	enum printed_as as;
	struct ratio x[PRINTED_MAX]; /* [n]: of PRINTED_WORDS and _ROMAN every one that may be meant, else one */
	size_t n;
	int decimals;  /* PRINTED_NUMBER */
	bool bare;     /* PRINTED_NUMBER: four digits or more without a mark, such as a year */
	int64_t scale; /* of the unit: 1.000.000 where "8 triệu" stands for a figure in đồng, else 1 */
};

/* unit: of the figure it is compared with. */
struct printed printed_read(const char *text, const char *unit, struct arena *);

#endif
