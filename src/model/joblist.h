/* joblist: a job that is one document for each area of a list.
 *
 * Shape:  <job for-each="commune"> with <areas id="commune" dataset="communes" href="xa.csv"/>. Everywhere else {field} in an attribute
 *         stands for what the list says of the area in that field of its dataset; a source with by="COLUMN" has rows of all areas,
 *         told apart by the area's code in that column
 *         <summary href="tinh.xml" field="parent_code"/>: another job of the same folder, one document for each area above, which those
 *         below name in that field of their list. Its sources may have totals="TABLE", a row for each area below with the totals of
 *         its table, or list="commune", a row for each area of that list
 * Fields: the program itself needs `code`, `name`, `parent_code` and `parent_name`, which no area may lack
 * Errors: "for-each", "summary", "code" (no name of a folder), "duplicate" (codes that differ in zeros in front, or in
 *         capitals only, are the same),
 *         "placeholder" (a field that the list's dataset does not have, or that is no text), and those of a job
 * Owner:  the arena
 */
#ifndef MODEL_JOBLIST_H
#define MODEL_JOBLIST_H

#include "model/data.h"

enum {
	LIST_AREAS_MAX = 100000,
	LIST_FIGURES_MAX = 12,
	LIST_CODE_MAX = 32, /* [bytes] */
};

/* A figure of each area that the index shows: of a table's total row. */
struct list_figure {
	const char *table;
	const char *column;
	const char *label;
	struct origin at;
};

struct list_area {
	const char *code; /* A-Z, a-z, 0-9, '-' and '_': also the folder of its results */
	const char *name;
	const char *parent_code; /* the same letters: the folder above */
	const char *parent_name;
	const struct data_row *row;
};

/* Documents for the areas above. */
struct list_summary {
	const char *path; /* of its job, to open */
	const char *field; /* of this list: code of the area above */
	struct origin at;
	struct origin field_at;
};

struct job_list {
	const char *path; /* job.xml as given */
	const char *dir;
	const char *id;	  /* of the job */
	const char *each; /* "commune" */
	const struct node *root;
	struct source source; /* the list */
	struct list_figure figure[LIST_FIGURES_MAX]; /* [n_figure] */
	size_t n_figure;
	struct list_summary summary[LIST_SUMMARIES_MAX]; /* [n_summary] */
	size_t n_summary;
	const char *below; /* of a summary: the list of the areas below; else NULL */
	const char *folder; /* of a summary: where its areas' folders are; may be changed before its areas are read */
	const struct dataset *dataset;
	const struct list_area *area; /* [n_area] in the order of the list; without those whose rows have faults */
	size_t n_area;
	struct map codes; /* list_code -> index in area */
	size_t n_bad; /* rows with faults */
	struct map bad_codes; /* list_code of those, as far as they say one */
	const bool *names; /* [dataset->n_field] whether the job names it, or the program needs it */
};

#define LIST_SUMMARY_DIR "summary" /* or "summary-district", where there are several levels: no code is like either */

/* The job without its areas. below: of a summary, the list of the areas below, for messages; its own areas have nothing above then,
 * their folder is LIST_SUMMARY_DIR. */
bool job_list_read(const char *path, const char *below, struct library *, struct arena *, struct job_list *, struct diags *);
/* Its areas, from the rows of its list; n_bad are those that could not be read at all. Rows with faults are errors, and it is true all the
 * same, as long as there is an area. */
bool job_list_areas(struct job_list *, const struct data *, size_t n_bad, struct arena *, struct diags *);

/* A code as it is compared: spreadsheets drop zeros in front, "00123" is 123. Owner: s itself. */
const char *list_code(const char *s);
/* Whether it may be one: a folder is named by it. */
bool list_is_code(const char *s);
/* The beginning of what may be none, for messages. */
const char *list_code_shown(const char *s, struct arena *);

/* job.xml as it is for one area; NULL after errors. */
const struct node *job_list_fill(const struct job_list *, const struct list_area *, struct arena *, struct diags *);

/* Whether the source at that place is another file for each area. */
bool job_list_varies(const struct job_list *, struct origin at);
/* One that is not: whether it says nothing else that is; an error "for-each". */
bool job_list_is_common(const struct job_list *, struct origin at, struct diags *);
bool job_list_plan_varies(const struct job_list *);

#endif
