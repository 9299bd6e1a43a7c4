/* progresssources: the files that the figures of a job's progress come from. */
#ifndef CMD_PROGRESSSOURCES_H
#define CMD_PROGRESSSOURCES_H

#include "cmd/followed.h"
#include "cmd/inventory.h"
#include "compose/progresssheets.h"

/* The job's sources, then its returns, in their order; before: data of the workbook of an earlier period, behind them, or NULL. hashes NULL: each is
 * read once more for its own. */
bool progress_sources(const struct followed_job *, const struct data *before, struct inventory_hashes *hashes, struct arena *, const struct source_file **, size_t *n, struct diags *);

#endif
