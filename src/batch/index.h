/* index: what a batch made, as a list for people: index.html, which needs no server and nothing from elsewhere, and index.xlsx.
 *
 * Shape:  beside the files that the state names also the signed plan and the workbooks of progress that lie in an
 *         area's folder
 * Source: words from templates/wording/batch.xml, style and search from templates/batch/
 * Errors: those of templates; faults "io"
 */
#ifndef BATCH_INDEX_H
#define BATCH_INDEX_H

#include "base/date.h"
#include "batch/state.h"
#include "model/library.h"
#include "text/fonts.h"

#define INDEX_HTML "index.html"
#define INDEX_XLSX "index.xlsx"

#define INDEX_SIGNED "plan.signed.pdf"
/* What names of files of progress begin with; behind it stand the period, and one of the others. */
#define INDEX_PROGRESS "progress-"
#define INDEX_PLAIN ".xlsx"
#define INDEX_BRIEF_SIGNED ".signed.pdf"
#define INDEX_BRIEF ".pdf"
#define INDEX_ACCESSIBLE ".accessible.xlsx"

/* The summaries of one level. */
struct index_above {
	const struct state *state;
	const struct state *progress; /* of the period; NULL: none was made */
	bool is_followed; /* it was asked for */
};

/* What is listed. */
struct index_of {
	const struct state *state;
	const struct index_above *above; /* [n_above] */
	size_t n_above;
	const struct state *progress; /* of this period; NULL: nothing was asked of it. Of other periods the index has what lies there */
	const char *period;
};

/* date: that of the workbook. Both pages, into the folder; each has its name only when it is whole. */
bool index_write(const struct index_of *, struct date, const char *dir, struct library *, struct fonts *, struct origin at, struct diags *);

/* The checksum of the words and the looks; NULL after an error. */
const char *index_key(struct library *, struct origin at, struct arena *, struct diags *);

#endif
