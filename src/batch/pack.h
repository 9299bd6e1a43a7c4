/* pack: numbers and texts in a row of bytes, for what a worker tells its parent. Of this process and its children only. */
#ifndef BATCH_PACK_H
#define BATCH_PACK_H

#include "base/arena.h"
#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

void pack_number(struct buf *, uint64_t);
void pack_text(struct buf *, const char *); /* NULL stays NULL */

struct packed {
	const char *at;
	const char *end;
	bool bad; /* more was asked for than is there */
};

uint64_t packed_number(struct packed *);
const char *packed_text(struct packed *, struct arena *); /* "" after something bad */

#endif
