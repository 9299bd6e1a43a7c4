/* returns: what the areas of a plan reported month by month: the rows of all files of one dataset, one for each area and month,
 * the latest where it was sent again, and what a later return changed.
 *
 * Shape:  data: one row for each area and month that was reported, in the order of the areas, then by month; its key and label
 *         are the area's, its month is 1-12; no total, no groups. report [n_area * 12], see returns_of
 * Units:  as the fields say; figures are of their month alone, also those of fields with cumulative="yes", which the files
 *         state since the year began: of such a field the figure of a month is what came behind the last month reported
 *         before it, with both cells as its places; what lies between is of several months together (report.since)
 * Month:  the column; else month= of <returns>; else "2024-05" in the name of the file. What two of them say must agree
 * Received: the column; else received= of <returns>; never the time of the file. Of several returns of one area and month the
 *         one received last counts as a whole: a figure that it lacks is missing
 * Errors: all in one run: "dataset": no area or no month in it; "month": not said, said twice, not in the plan's year;
 *         "unknown-area", "area"; "received": two returns of which nobody knows which came last, or
 *         one that came before its month began, or more than a year behind its year; "cumulative": a sum since the
 *         year began that falls; "limit". Warning "asserted": a total row that is not the sum of its file;
 *         "missing-figure": a return whose cells of fields with expected="yes" are empty
 * Owner:  the arena; rows of the files are changed in place
 */
#ifndef MODEL_RETURNS_H
#define MODEL_RETURNS_H

#include "model/data.h"

enum {
	RETURNS_MONTHS = 12,
	RETURNS_YEARS_BEHIND = 1, /* behind its year in which a return may still come */
	RETURNS_FILES_MAX = 10000, /* of one <returns> */
};

/* A file as it was read; its source has the file's own path. */
struct return_file {
	const struct job_returns *said;
	struct data data;
};

/* What is known of one area and month. */
struct report {
	const struct data_row *row; /* in data; NULL: nothing was reported */
	const char *received;	    /* "2024-06-03", "2024-06-03T14:30"; NULL: nobody says */
	const char *first_received; /* of the return that was the first one */
	size_t n_return;	    /* how many there were */
	const unsigned char *since; /* [n_field] the first month that a figure is of, where months before have none; 0: of its own
				       alone; NULL: all are */
};

/* A figure that a later return of the same area and month changed, as both state it. */
struct correction {
	const struct area *area;
	unsigned month;
	const struct field *field;
	struct figure before; /* from: its cell */
	struct figure after;
	const char *received_before;
	const char *received_after;
	struct origin at_before; /* of the rows */
	struct origin at_after;
};

struct returns {
	const struct dataset *dataset;
	const struct data *data;
	const struct area *const *area; /* [n_area] those that should report, in the order of the plan */
	size_t n_area;
	const struct report *report;
	const struct correction *correction; /* [n_correction] by area, month, when they were received, and field */
	size_t n_correction;
};

/* Those that should report where nobody says more: all areas of the job's sources, but for the job's own, for areas that stand
 * above others, and for those that only sources of the year before have. Error "area": there is none. */
bool returns_areas(const struct model *, struct arena *, const struct area *const **, size_t *n_area, struct diags *);

/* Error "dataset": it is none of returns. */
bool returns_check_dataset(const struct dataset *, struct origin at, struct diags *);

/* The files of one such dataset, at least one; area: those that should report, areas of the model. */
bool returns_read(const struct model *, const struct area *const *area, size_t n_area, struct return_file *, size_t n_file,
	struct arena *, struct returns *, struct diags *);

/* month: 1-12 */
const struct report *returns_of(const struct returns *, size_t i_area, unsigned month);

#endif
