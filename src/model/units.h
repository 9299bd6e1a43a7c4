/* units: what a text of a sheet says of units, and whether that is the unit that figures are read in.
 *
 * Shape:  a text says one unit or several, divided by ',', ';' or "và", each with a remark in brackets behind it or none: "ĐVT: hộ (cột 4, 5); %"
 * Source: the lists "unit" and "unitif" of templates/wording/sheet.xml; scales ("triệu", "nghìn") and short words for money are known here
 * Owner:  the arena
 */
#ifndef MODEL_UNITS_H
#define MODEL_UNITS_H

#include "model/rowkinds.h"

#include <stddef.h>

enum saying {
	SAYS_NOTHING,
	SAYS_IN_PASSING, /* "Mức hỗ trợ bằng triệu đồng": money in a scale, among other words */
	SAYS_UNIT,	 /* "triệu đồng", "Kinh phí (triệu đồng)" */
	SAYS_ANNOUNCED,	 /* "ĐVT: triệu đồng" */
};

struct units {
	enum saying how;
	bool is_whole;	  /* the text says nothing else */
	const char *text; /* folded, the units; of a text that says nothing: all of it, without brackets around it */
	size_t n;
};

enum likeness {
	UNIT_OTHER,
	UNIT_SCALED, /* "triệu đồng" for "đồng" */
	UNIT_SAME,
};

/* The text of a cell, or of a level of a header. */
struct units units_read(const char *s, size_t n, const struct row_words *, struct arena *);

/* A folded text that stands where a unit does: what is behind a colon, if it has one. */
struct units units_inside(const char *s, size_t n);

/* Where the bracket opens that ends the text; n: none does. */
size_t units_brackets(const char *s, size_t n);

/* Of the units said the one most alike; unit: as a field has it, "" is like none. */
enum likeness units_likeness(const struct units *, const char *unit);

/* Whether each cell of the row that is not blank says a unit and nothing else. */
bool units_fill_row(const struct row *, const struct row_words *);

#endif
