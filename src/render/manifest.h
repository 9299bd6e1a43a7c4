/* manifest: manifest.json, what a folder of results was made from and what it holds.
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

bool manifest_write(const struct manifest *, const char *path, struct diags *);

#endif
