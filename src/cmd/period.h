/* period: the months that a command tells of, as the command line names them.
 *
 * Errors: "usage" where none, several or none that can be read are named; or a report of it has a day before it
 * Warning: "date": a report of it has a day while it lasts
 */
#ifndef CMD_PERIOD_H
#define CMD_PERIOD_H

#include "model/job.h"

/* As typed; NULL: not given. */
struct period_words {
	const char *month;   /* "2024-05" */
	const char *quarter; /* "2024-Q2" */
	const char *half;    /* "2024-H1" */
	const char *year;    /* "2024" */
};

/* The period of such a name. */
bool period_parse(const char *name, struct period *);

/* name: as files are called after it, "2024-05" "2024-Q2" "2024-H1" "2024". */
bool period_read(const struct period_words *, struct period *, const char **name, struct diags *);

/* The day (NULL: none is given) of a report of the period so called. */
bool period_check_date(const struct period *, const char *name, const struct date *, struct diags *);

#endif
