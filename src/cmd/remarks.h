/* remarks: what people typed into the progress workbook of an earlier period.
 *
 * Errors: "previous": the file is no progress workbook of this job, or none of an earlier period; those of ingest and of data.h;
 *         "duplicate": a remark, or the same part of one, stands there twice
 */
#ifndef CMD_REMARKS_H
#define CMD_REMARKS_H

#include "cmd/followed.h"
#include "compose/progresssheets.h"
#include "compose/workbook.h"

/* How a workbook says of which job and period (as period.h names it) it is: two properties. */
const struct workbook_property *remarks_properties(const struct job *, const char *period, struct arena *, size_t *n);

/* What is read of the workbook before the job is. */
struct previous_workbook {
	struct period period; /* of that workbook */
	struct data data;     /* its sheet of remarks, whose areas are not looked for yet */
};

/* The workbook for the job at job_path and the period (no year: that of the job). What is wrong with the job is not told: whoever reads it
 * for its figures does that. */
bool remarks_open(const char *path, const char *job_path, struct period, const struct surroundings *, struct arena *, struct previous_workbook *,
	struct diags *);

/* The same of a job that is read already, as one of a batch is. */
bool remarks_open_made(const char *path, struct followed_job *, struct arena *, struct previous_workbook *, struct diags *);

/* Its rows, each with the job's area that is called so. */
bool remarks_join(struct previous_workbook *, struct followed_job *, struct arena *, struct remarks *, struct diags *);

#endif
