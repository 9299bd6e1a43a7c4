/* staging: a folder beside the results in which a job's files are completed before any of them gets its final name.
 *
 * What a manifest lists is of one run: files that it lists of an earlier run and this run did not make are removed, so that a new PDF
 * never stands beside an old workbook. Signed files are kept (outdated.h), files of other manifests and all others are left alone.
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
	const char *const *before; /* [n_before] files that the manifest of an earlier run lists; while committing */
	size_t n_before;
	const char *signed_file; /* one more in dir, which no manifest lists; NULL: none */
	struct arena *arena;
};

bool staging_open(struct staging *, const char *target, struct arena *, struct diags *); /* an old .part is emptied */
bool staging_list(struct staging *, struct diags *);
bool staging_has(const struct staging *, const char *name); /* among those listed */
bool staging_replaces(const struct staging *, const char *name); /* among those listed, now or of an earlier run */
/* Renames what was listed and the signed file, then the manifest, which need not be listed. Nothing is renamed unless everything can
 * be. */
bool staging_commit(struct staging *, const char *manifest, struct diags *);
void staging_close(struct staging *); /* removes the folder with all that is left in it */

#endif
