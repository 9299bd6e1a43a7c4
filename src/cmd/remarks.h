/* remarks: what people typed into the progress workbook of an earlier period.
 *
 * Errors: "previous": the file is no progress workbook of this job, or none of an earlier period; those of ingest and of data.h
 */
#ifndef CMD_REMARKS_H
#define CMD_REMARKS_H

#include "cmd/followed.h"
#include "compose/progresssheets.h"
#include "compose/workbook.h"

/* How a workbook says of which job and period (as period.h names it) it is: two properties. */
const struct workbook_property *remarks_properties(const struct job *, const char *period, struct arena *, size_t *n);

/* The rows of its sheet of remarks, each with the job's area that is called so. */
bool remarks_read(const char *path, struct followed_job *, struct arena *, struct remarks *, struct diags *);

#endif
