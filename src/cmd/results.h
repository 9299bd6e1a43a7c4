/* results: a folder of results as its manifest describes it, held against what lies there.
 *
 * Hostile: the manifest may name anything; nothing outside of the folder is read
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
	const char **output; /* [n_output] names of files that the manifest vouches for, the signed ones too */
	size_t n_output;
	struct signed_result *signed_file; /* [n_signed] */
	size_t n_signed;
};

/* All outputs are compared; what is wrong with them is told, and the signed files are listed all the same. False where there is no
 * manifest that can be read, or no signed file. */
bool results_read(const char *dir, struct arena *, struct results *, struct diags *);

bool results_check_beginning(const char *path, struct bytes, const char *plain, struct arena *, struct diags *);

#endif
