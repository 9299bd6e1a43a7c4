/* numberslip: what a text that is no number was probably meant as.
 *
 * Errors: none of its own: the caller names the cell
 * Owner:  the arena
 */
#ifndef MODEL_NUMBERSLIP_H
#define MODEL_NUMBERSLIP_H

#include "base/arena.h"

#include <stddef.h>

enum slip {
	SLIP_OTHER,
	SLIP_MARK,     /* "9*", "9 (1)": the mark of a footnote */
	SLIP_SCALE,    /* "1,5 triệu đồng" where đồng are wanted */
	SLIP_WORDS,    /* "200 người": words behind a number */
	SLIP_LETTER,   /* "2OO": letters for digits */
	SLIP_QUOTE,    /* "'100" */
	SLIP_BRACKETS, /* "(5)" */
};

struct number_slip {
	enum slip what;
	const char *number; /* what may be meant, as the text writes it; NULL: SLIP_OTHER */
	const char *words;  /* of SLIP_WORDS and SLIP_SCALE: what stands behind it */
};

/* unit: the field's; "": it has none. */
struct number_slip number_slip(const char *s, size_t n, const char *unit, struct arena *);

/* Bytes of the number in front of the unit itself: 3 of "200 hộ"; n where nothing of the kind stands there. */
size_t number_before_unit(const char *s, size_t n, const char *unit);

#endif
