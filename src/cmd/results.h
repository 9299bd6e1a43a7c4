/* results: a folder of results as its manifests describe it (that of the plan, those of its progress), held against what lies there.
 *
 * Hostile: a manifest may name anything; nothing outside of the folder is read
 * Errors: "manifest" damaged, or a file that is not as it lists; "file" none, or a result is missing; "outside" a link that leaves the
 *         folder; "limit" too many results; "unsigned" nothing is signed; "prefix" a signed file that does not begin with the plain one
 * Owner:  the arena
 */
#ifndef CMD_RESULTS_H
#define CMD_RESULTS_H

#include "base/file.h"

struct signed_result {
	const char *path;  /* DIR/plan.signed.pdf */
	const char *plain; /* DIR/plan.pdf, of which it is a continuation */
};

struct results {
	const char **output; /* [n_output] names of files that a manifest vouches for, the signed ones and the manifests too */
	size_t n_output, cap_output;
	struct signed_result *signed_file; /* [n_signed] */
	size_t n_signed, cap_signed;
};

/* All outputs are compared; what is wrong with them is told, and the signed files are listed all the same. False where a manifest
 * cannot be read, so that nobody knows what else belongs there. */
bool results_read(const char *dir, struct arena *, struct results *, struct diags *);

bool results_list(const struct results *, const char *name); /* whether it is one of the outputs */

bool results_check_beginning(const char *path, struct bytes, const char *plain, struct arena *, struct diags *);

#endif
