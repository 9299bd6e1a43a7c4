/* statepart: what the state of a part (shard.h) says beside its areas: of which batch it is, so that parts can be joined.
 *
 * Shape:   "part":{"k","n","from":job.xml as it was given,"arguments":[options that change what is made],"made","findings"}
 * Used by: state.c only, but for struct state_part
 */
#ifndef BATCH_STATEPART_H
#define BATCH_STATEPART_H

#include "base/buf.h"
#include "batch/shard.h"

#include <jansson.h>

struct state_part {
	struct shard shard; /* n 0: it is no part, and nothing else is said */
	const char *from;
	const char *const *argument; /* [n_argument] */
	size_t n_argument;
	size_t n_made; /* of its areas by the run that wrote it; the others were there */
	size_t n_finding; /* of those that were made */
};

void state_part_put(const struct state_part *, struct buf *);
/* False where it is not as this program writes it. part: the member, NULL where there is none. */
bool state_part_take(const json_t *part, struct state_part *, struct arena *);

#endif
