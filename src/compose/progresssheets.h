/* progresssheets: what the progress workbook has beside its tables: remarks to be typed, with those of earlier periods ("remarks"); which
 * files its figures come from ("sources"), and how they are made ("policy"); what each indicator means ("meanings"); what the audit found ("findings");
 * what its accessible twin says on the cover, and the title of the sheet of charts.
 *
 * Shape:  grids of words for each, for the sheets that say is="remarks" ...
 * Errors: warning "remark": a remark whose indicator or area is gone, of whose parts one is missing, or earlier ones that are too long
 * Owner:  the arena
 * Words:  templates/wording/progress.xml; the header of the remarks is known to templates/datasets/progress-remarks.xml, which reads them
 */
#ifndef COMPOSE_PROGRESSSHEETS_H
#define COMPOSE_PROGRESSSHEETS_H

#include "compose/progressbook.h"
#include "compute/progress.h"

enum {
	REMARK_UNITS_MAX = 128000, /* [units of UTF-16] of all earlier remarks of an area and indicator, in all their rows */
	REMARK_PARTS_MAX = 9999,
};

/* A row of the remarks in the workbook of an earlier period. */
struct remark {
	const char *indicator; /* its id, as it stands there */
	const char *name;
	const struct area *area; /* NULL: none of the job's is called so */
	const char *area_name;
	const char *typed;   /* "" where nothing was */
	const char *earlier; /* dated already, newest first; or "" */
	unsigned part, parts; /* of them: 2 of 5; 0: it is whole */
	struct origin at;
};

struct remarks {
	const struct remark *remark; /* [n] in the order of the sheet */
	size_t n;
	struct period period; /* of that workbook: what was typed is dated with it */
};

/* A file that figures come from. */
struct source_file {
	const char *name; /* as the job has it */
	const char *what; /* title of its dataset */
	const char *sha256;
	size_t n_row;
};

/* What stands in the rows of remarks. */
struct remark_rows {
	const char **text; /* [n_row * n_column] */
	size_t n_row;
	size_t n_column;
};

struct progresssheets_input {
	const struct progress_input *progress; /* whose model has the data of progress */
	const struct remarks *remarks;	  /* NULL: no earlier workbook is given */
	const struct indicator_plan *plans; /* of the template's indicators */
	const struct remark_rows *rows;
	const struct source_file *file;	  /* [n_file] */
	size_t n_file;
	const struct document *brief; /* has what the audit found */
	const struct finding *reading; /* [n_reading] what reading the returns found, told in Vietnamese */
	size_t n_reading;
};

struct progresssheets {
	const struct further_grids *further; /* [n_further] */
	size_t n_further;
	const char *const *cover; /* [n_cover] what the cover of the accessible workbook says */
	size_t n_cover;
	const char *charts_title; /* of the sheet of charts */
};

/* While the rows of progress are there; of the input only progress and remarks are needed. */
bool remark_rows_make(const struct progresssheets_input *, struct library *, struct arena *, struct remark_rows *, struct diags *);

bool progresssheets_make(const struct progresssheets_input *, struct library *, struct arena *, struct progresssheets *, struct diags *);

#endif
