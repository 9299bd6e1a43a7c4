/* manifest: manifest.json, what the plan in a folder of results was made from and what was made of it; manifest-2024-05.json, the same of
 * its progress at the end of a period.
 *
 * Shape:  {"job","program","inputs":[{"path","sha256"}],"outputs":[{"path","sha256"}]}, in the order given
 * Errors: fault "io"
 */
#ifndef RENDER_MANIFEST_H
#define RENDER_MANIFEST_H

#include "base/diag.h"

#define MANIFEST_NAME "manifest.json"

struct manifest_file {
	const char *path;   /* as shown: relative to the job, "templates/...", "fonts/NAME"; outputs: file name */
	const char *sha256; /* lower-case hexadecimal */
};

struct manifest {
	const char *job;
	const char *program; /* "kehoach 0.1.0" */
	const struct manifest_file *input; /* [n_input] */
	size_t n_input;
	const struct manifest_file *output; /* [n_output] */
	size_t n_output;
};

/* part: "2024-05" */
const char *manifest_name(const char *part, struct arena *);
/* The part's name in a name of that form, cut out of it; NULL: it is none. */
const char *manifest_part(const char *name, struct arena *);

bool manifest_write(const struct manifest *, const char *path, struct diags *);

#endif
