/* figure: a number of the plan: a state, an exact value, and the source cells it came from. */
#ifndef BASE_FIGURE_H
#define BASE_FIGURE_H

#include "base/origin.h"
#include "base/ratio.h"

enum figure_state {
	FIGURE_OK,
	FIGURE_MISSING,	       /* shown as nothing */
	FIGURE_NOT_APPLICABLE, /* shown as "-": a zero denominator */
	FIGURE_CONFIDENTIAL,   /* shown as "[c]" */
} __attribute__((packed)); /* there are many figures */

/* More places than these are told by their files alone, each with row 0: a share of a total over thousands of rows would
 * else list thousands of places in each of thousands of rows. */
enum { FIGURE_PLACES_MAX = 500 };

struct joint_places;

/* Its places are a list, or joint: told by the figures it was made of, so that a figure of many cells has no list of its own until
 * somebody reads it. */
struct figure {
	enum figure_state state;
	bool is_joint;
	unsigned n_from; /* 0 where they are joint */
	struct ratio x; /* only when FIGURE_OK */
	union {
		const struct origin *from; /* [n_from], sorted, each once; for figures.json, explain and messages */
		const struct joint_places *joint;
	};
};

/* The first of its places, or NULL. */
const struct origin *figure_place(const struct figure *);
/* The figure with its places as a list, in the arena where they were joint. */
struct figure figure_listed(struct figure, struct arena *);

struct figure figure_missing(void);
struct figure figure_of(struct ratio x);

/* The state of an operation on two operands: confidential before missing before not applicable before ok. */
enum figure_state figure_joint_state(enum figure_state a, enum figure_state b);

/* State and places of an operation on n operands, which the call may change. Where it is missing, or not ok otherwise, its
 * places are those of the operands that make it so: the holes to be filled, not all the cells that are fine. */
void figure_join(struct figure *result, struct figure *operand, size_t n_operand, struct arena *);

/* The places of both, each once, in the arena. Lists that are joined stay as they are: they must live as long as the figure. */
void figure_add_places(struct figure *to, const struct figure *more, struct arena *);
/* The same for many at once, which sums over many rows need: one sort instead of n merges. */
void figure_unite_places(struct figure *to, const struct figure *more, size_t n_more,
	struct arena *);

/* Places that are not in order yet. */
void figure_sort_places(struct figure *, struct origin *place);
/* How many places of a list from the first-th on are of one column that was counted over, and their rows in all; 0: it is a cell. */
size_t figure_counted(const struct figure *, size_t first, unsigned long long *n_row);

const char *figure_state_name(enum figure_state); /* "ok" "missing" "not-applicable" "confidential" */

#endif
