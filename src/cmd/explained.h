/* explained: what stands in a cell and where it comes from, for people and as an object of JSON on a line of its own. */
#ifndef CMD_EXPLAINED_H
#define CMD_EXPLAINED_H

#include "base/buf.h"
#include "compose/compose.h"
#include "compute/explain.h"

struct cell_place {
	const struct table *table;
	size_t row;
	size_t column;
};

void explained_put_text(struct buf *, const struct job *, const struct cell_place *, const struct explanation *, struct arena *,
	const struct diags *);
void explained_put_json(struct buf *, const struct job *, const struct cell_place *, const struct explanation *, struct arena *);

#endif
