/* inventory: the manifest of what a job's run has read and written.
 *
 * Errors: a file that cannot be read; fault "io"
 */
#ifndef CMD_INVENTORY_H
#define CMD_INVENTORY_H

#include "cmd/pipeline.h"
#include "cmd/staging.h"
#include "render/manifest.h"

/* Who knows the checksums of inputs. */
struct inventory_hashes {
	/* In lower-case hexadecimal, and by which name the manifest lists the file, which may be another where only a part of it is an
	 * input. NULL after an error. */
	const char *(*known)(struct inventory_hashes *, const struct library_file *, const char **name, struct arena *, struct diags *);
};

/* Writes it beside the files listed in the staging folder, by that name. hashes NULL: each input is read for its own. */
bool inventory_write(const struct made *, const struct fonts *, struct inventory_hashes *, const struct staging *, const char *name,
	struct arena *, struct diags *);

#endif
