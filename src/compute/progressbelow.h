/* progressbelow: what is kept of an area's progress so that it can be added up above it, and what is known of areas by it. Only for
 * compute.
 *
 * Shape:  text of lines, in the order of the template's indicators and of the months to date:
 *           TEMPLATE DATASET N LAST CORRECTIONS      of returns; N areas that should report, up to the month LAST
 *           m RETURNS LATE DAYS DAY                  of each month: returns that are there, that are late and by how many days
 *                                                    together, and the day on which the last of them first came, or -
 *           b FIGURE                                 of each base
 *           i YEAR STRAIGHT WAITS [FIGURE ...]       of each indicator: its plan; "s", or "p" with what is planned to the end of each
 *                                                    of 12 months; for each month 1 where the figure of an area that has a plan is
 *                                                    not known, else 0
 *           p MONTH SINCE N FIGURE ...               the sums over the N areas that have all of its fields of a month, where these
 *                                                    are since a month, by the indicator above
 *           e                                        the end
 * Units:  exact figures as ratio_exact writes them; "-" missing, "z" not applicable, "c" confidential
 * Errors: "below": it is of another template, or cannot be read
 * Owner:  that of struct progressing; the text lives as long
 */
#ifndef COMPUTE_PROGRESSBELOW_H
#define COMPUTE_PROGRESSBELOW_H

#include "base/buf.h"
#include "compute/progressing.h"

#define KEPT_END "e\n"

struct kept_month {
	size_t n_return;
	size_t n_late;
	int64_t late_days;
	const char *day; /* NULL: nobody says */
};

/* Figures of a month that are since another one. */
struct kept_part {
	unsigned month, since;
	size_t n_area;
	const struct figure *sum; /* by the fields of the indicator */
};

struct kept_indicator {
	struct figure year;
	const struct figure *to_date; /* [PROGRESS_MONTHS] NULL: a straight line */
	bool waits[PROGRESS_MONTHS];
	const struct kept_part *part; /* [n_part] */
	size_t n_part;
};

struct progress_kept {
	size_t n_area;
	size_t n_correction;
	struct kept_month month[PROGRESS_MONTHS];
	const struct figure *base;		/* [template->n_base] */
	const struct kept_indicator *indicator; /* [template->n_indicator] */
};

/* ---- progresskeep.c ---- */

bool progress_keep(struct progressing *, struct buf *);

/* ---- progresskept.c ---- */

/* What was kept of all areas: p->below. */
bool below_read(struct progressing *);
/* Of the first line: returns that are there, and that should be. */
void kept_count(const char *text, unsigned last, size_t *n, size_t *due);

/* ---- progressbelow.c ---- */

/* Whether all of the area's own areas have figures of the month, which are of no month before the first. */
bool below_is_whole(const struct progressing *, const struct followed *, size_t area, unsigned first, unsigned month);
/* How many of them have, of how many. */
size_t below_due(const struct progressing *, size_t area);
size_t below_known(const struct progressing *, const struct followed *, size_t area, unsigned first, unsigned month);
/* The sum over those that have. */
bool below_figure(const struct progressing *, const struct followed *, size_t area, unsigned first, unsigned month, size_t field,
	struct figure *);
/* Months to date that are waited for. */
size_t below_awaited(const struct progressing *, const struct followed *, size_t area);
/* Whether all returns of a month are there, and how many are. */
bool below_is_returned(const struct progressing *, size_t area, unsigned month);
size_t below_returns(const struct progressing *, size_t area, unsigned month);
/* Whether the progress of every area could be made. */
bool below_are_made(const struct progressing *);
/* The plans of areas, and what they add up to, bases only where every area whose progress was made has one; goal->year and goal->to_date are there. */
bool below_goal(const struct progressing *, const struct indicator *, struct goal *);

#endif
