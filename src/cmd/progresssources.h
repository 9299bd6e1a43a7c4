/* progresssources: the files that the figures of a job's progress come from. */
#ifndef CMD_PROGRESSSOURCES_H
#define CMD_PROGRESSSOURCES_H

#include "cmd/followed.h"
#include "cmd/inventory.h"
#include "compose/progresssheets.h"

/* The job's sources, then its returns, in their order. hashes NULL: each is read once more for its own. */
bool progress_sources(const struct followed_job *, struct inventory_hashes *hashes, struct arena *, const struct source_file **, size_t *n, struct diags *);

#endif
