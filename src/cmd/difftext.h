/* difftext: differences of figures as lines for people, or as JSON. */
#ifndef CMD_DIFFTEXT_H
#define CMD_DIFFTEXT_H

#include "base/buf.h"
#include "batch/difference.h"

struct diff_counts {
	size_t n_area, n_differing; /* pairs of files; those that differ */
	size_t n_area_added, n_area_removed;
	size_t n_changed, n_added, n_removed; /* figures */
	size_t n_around; /* headings, and rows and columns without figures */
	size_t n_wrong; /* areas of which a file cannot be read */
};

/* Behind the lines of its changes. */
struct diff_voice {
	void (*area)(struct buf *, const struct diff_area *, const struct diags *);
	void (*change)(struct buf *, const struct diff_area *, const struct figure_change *, const struct diags *);
	void (*end)(struct buf *, const struct diff_counts *, const struct diags *);
};

extern const struct diff_voice diff_text; /* in the language of the findings, numbers with Vietnamese marks */
extern const struct diff_voice diff_json; /* an object a line: each change, each area that only one side has, and the counts */

#endif
