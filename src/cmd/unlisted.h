/* unlisted: what lies in a folder of results beside those that its manifest vouches for.
 *
 * Hostile: nothing outside of the folder is read, links are not followed
 * Errors:  "unlisted": a signed PDF, as it could be taken for the result that was signed; of all else a warning. "limit" too many
 *          files; "file" the folder cannot be read
 * Owner:   the arena
 */
#ifndef CMD_UNLISTED_H
#define CMD_UNLISTED_H

#include "cmd/results.h"

struct unlisted_file {
	const char *name;
	const char *shown; /* DIR/NAME without what would steer a terminal */
	const char *path;  /* DIR/NAME */
	bool is_signed;	   /* has a signature, or the name of a file that has one */
	bool is_readable;  /* a regular file */
};

void unlisted_tell(const struct unlisted_file *, struct diags *);

struct unlisted {
	struct unlisted_file *file; /* [n] by name */
	size_t n;
};

void unlisted_read(const char *dir, const struct results *, struct arena *, struct unlisted *, struct diags *);

#endif
