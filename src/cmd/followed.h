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
	struct date date; /* of the report; no day: nobody says */
	const struct indicator_plan *plans; /* of the template's indicators */
};

/* Whether the table is one of the template's that a job with returns is followed by; false too where the job cannot be read.
 * *names: all of them, NULL-terminated. */
bool pipeline_is_followed(const char *path, const char *table, const struct surroundings *, struct arena *, const char *const **names,
	struct diags *);

/* The template of the job's progress: the one that it names, else the only one there is. NULL after an error, "progress": there are several. */
const struct progress_template *followed_template(const struct job *, struct library *, struct arena *, struct diags *);

/* What the tables' data were made of; the period is the job's. */
struct progress_input followed_input(const struct followed_job *, struct diags *);

/* Of a job whose sources have been read: what its returns themselves, and the checks of its progress at the end of the last month that
 * anybody reported of, find wrong goes to the diags and to the job's audit. has_tables: those of the plan are made; else the returns
 * alone are read. */
bool pipeline_check_returns(struct made *, bool has_tables, struct arena *, struct diags *);

/* Up to the tables. The options give the period; none: the year of the plan. */
bool pipeline_progress_tables(const char *path, const struct pipeline_options *, const struct surroundings *, struct arena *,
	struct followed_job *, struct diags *);

/* Up to the document, whose sheets are the template's tables. */
bool pipeline_progress(const char *path, const struct pipeline_options *, const struct surroundings *, struct arena *,
	struct followed_job *, struct diags *);

#endif
