/* followed: a job's progress, from its plan's tables and its returns to the pages of the brief.
 *
 * Errors: those of the stages; "returns": the job names none of the template's dataset; "period": it is not of the plan's year
 */
#ifndef CMD_FOLLOWED_H
#define CMD_FOLLOWED_H

#include "cmd/returns.h"
#include "compute/progress.h"

/* What is made of a job beside its plan; made.tables are those of progress, made.document is the brief. */
struct followed_job {
	struct made made;
	struct tables plan; /* the plan's own */
	struct returns_made returns;
	const struct progress_template *template;
};

/* Up to the tables. The options give the period. */
bool pipeline_progress_tables(const char *path, const struct pipeline_options *, const struct surroundings *, struct arena *,
	struct followed_job *, struct diags *);

/* Up to the document, whose sheets are the template's tables. */
bool pipeline_progress(const char *path, const struct pipeline_options *, const struct surroundings *, struct arena *,
	struct followed_job *, struct diags *);

#endif
