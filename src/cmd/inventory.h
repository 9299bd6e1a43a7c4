/* inventory: the manifest of what a job's run has read and written.
 *
 * Errors: a file that cannot be read; fault "io"
 */
#ifndef CMD_INVENTORY_H
#define CMD_INVENTORY_H

#include "cmd/pipeline.h"
#include "cmd/staging.h"

/* Writes it beside the files listed in the staging folder, by that name. */
bool inventory_write(const struct made *, const struct fonts *, const struct staging *, const char *name, struct arena *, struct diags *);

#endif
