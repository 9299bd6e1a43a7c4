/* staging: a folder beside the results in which a job's files are completed before any of them gets its final name.
 *
 * Errors: faults "io"
 */
#ifndef CMD_STAGING_H
#define CMD_STAGING_H

#include "base/diag.h"

struct staging {
	const char *target;	  /* DIR/<job id> */
	const char *dir;	  /* DIR/<job id>/.part; NULL until opened */
	const char *const *name; /* [n_name] files in dir, sorted; after staging_list */
	size_t n_name;
	struct arena *arena;
};

bool staging_open(struct staging *, const char *target, struct arena *, struct diags *); /* an old .part is emptied */
bool staging_list(struct staging *, struct diags *);
/* Renames what was listed, then `last`, which need not be listed. */
bool staging_commit(struct staging *, const char *last, struct diags *);
void staging_close(struct staging *); /* removes the folder with all that is left in it */

#endif
