/* numerals: what the numbers in a text of a plan are, and which figure a published text states.
 *
 * Shape:  places are bytes of the text; nothing is written
 * Owner:  the arena
 */
#ifndef COMPOSE_NUMERALS_H
#define COMPOSE_NUMERALS_H

#include "base/ratio.h"
#include "compose/measure.h"

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
/* Whether the digits are the end of a word: m2, COVID19, COVID-19. */
bool numeral_ends_word(const char *text, const struct numeral *);
/* The same, or its beginning: 90m2. */
bool numeral_is_in_word(const char *text, const struct numeral *);
/* The word before the place, folded and with a space around it: " quý "; "\n" where there is none. */
const char *numeral_word_before(const char *text, size_t i, struct arena *);

enum printed_as {
	PRINTED_NOTHING, /* no number; or only days and documents */
	PRINTED_NUMBER,
	PRINTED_ROMAN,
	PRINTED_WORDS,
	PRINTED_SEVERAL,    /* nobody knows which one is meant */
	PRINTED_FOREIGN,    /* 0.86, 1,234,567 */
	PRINTED_UNREADABLE, /* in words that are not read: ba phần tư, hai mốt; or of too many digits */
};

/* The figure that a text states, however it is written. */
struct printed {
	enum printed_as as;
	struct ratio x;	    /* PRINTED_NUMBER, _ROMAN, _WORDS: as printed */
	int decimals;	    /* PRINTED_NUMBER; at most RATIO_DECIMALS */
	bool bare;	    /* PRINTED_NUMBER: four digits or more without a mark, such as a year */
	struct ratio scale; /* of the unit: 1.000.000 where "8 triệu" stands for a figure in đồng, 1/1000 for one in tỷ đồng */
	bool has_words;	    /* PRINTED_NUMBER: the number stands there in words too */
	struct ratio words; /* ... in the unit of the figure */
	enum measure_fit fit;
	const char *measure; /* what stands behind the number: "triệu đồng" */
	const char *part;    /* PRINTED_UNREADABLE: the words */
};

/* What is known of the figure that the text is compared with. */
struct printed_hints {
	struct measure_units units; /* folded */
	const char *about;	    /* what it is called: "quý" tells which of several Roman numerals is meant */
};

struct printed printed_read(const char *text, const struct printed_hints *, struct arena *);

#endif
