/* merge: the parts of a batch (shard.h) as one. What lies in their folders is not looked at here, only what their states say.
 *
 * Errors:  "parts": a folder without parts, a state that is none, parts of other jobs, programs, options or figures, a part or an area
 *          that is there twice (with both places), a part that is missing. All of them are told
 * Owner:   the arena
 */
#ifndef BATCH_MERGE_H
#define BATCH_MERGE_H

#include "batch/state.h"

enum { MERGE_PARTS_MAX = 4096 }; /* files that are read */

struct merge_part {
	const char *path; /* of its state */
	const char *dir;  /* DIR/<job id>, in which it and its areas are */
	struct state state;
};

struct merge {
	struct merge_part *part; /* [n_part] in the order of their numbers once checked */
	size_t n_part;
	size_t cap_part;
};

/* The parts in a folder of results: in DIR, or in the folders in it, of which only one may have some; but if a job is named by its id, its
 * folder only. job: or NULL */
bool merge_find(const char *dir, const char *job, struct merge *, struct arena *, struct diags *);
/* Of another kind of documents, whose whole state has that name: one more for each part that was found. */
bool merge_add(const struct merge *found, const char *whole, struct merge *, struct arena *, struct diags *);
bool merge_check(struct merge *, struct diags *);
/* The areas of all parts in one state. */
bool merge_join(const struct merge *, struct state *all, struct diags *);

#endif
