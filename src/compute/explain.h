/* explain: where one cell of a table comes from.
 *
 * Shape:  the formula with names, the same with numbers, each figure it looks up; the source cells are figure.from
 * Owner:  the arena
 */
#ifndef COMPUTE_EXPLAIN_H
#define COMPUTE_EXPLAIN_H

#include "compute/table.h"

enum explained {
	EXPLAINED_SOURCE,     /* a field of the source */
	EXPLAINED_INDICATOR,  /* computed by an expression */
	EXPLAINED_SUM,	      /* of the rows of a total or group */
	EXPLAINED_ALLOCATION, /* a share of a whole */
	EXPLAINED_PROGRESS,   /* of returns and targets (progress.h) */
	EXPLAINED_NONE,	      /* nothing stands there */
};

/* A figure that the cell is computed from. */
struct explained_use {
	const char *name; /* "poor_start", "total(poor)" */
	const char *row;  /* key of the row it is looked up in, or "" */
	const char *label; /* of that row, or "" */
	struct value value;
};

struct explanation {
	enum explained kind;
	const struct cell_value *cell;
	const char *formula; /* "poor_start / households * 100" */
	const char *numbers; /* "2 / 237 * 100" */
	const struct explained_use *use; /* [n_use] */
	size_t n_use;
};

void table_explain(const struct table *, size_t row, size_t column, struct arena *, struct explanation *);

const char *explained_name(enum explained); /* "source" "indicator" "sum" "allocation" "progress" "none" */

#endif
