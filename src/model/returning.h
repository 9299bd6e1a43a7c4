/* returning: what the files that make returns share: returns.c (rows of files, their areas), returnmonth.c (which month, when
 * received), returnlast.c (which of several counts). Nobody else includes it. */
#ifndef MODEL_RETURNING_H
#define MODEL_RETURNING_H

#include "model/nearnames.h"
#include "model/returns.h"

/* A row with what orders it. */
struct entry {
	struct data_row *row;
	size_t area; /* index among those that should report */
	const char *received;
	size_t index; /* in the order of the files */
};

struct returning {
	const struct model *model;
	const struct dataset *dataset;
	size_t month; /* fields; n_field: there is none */
	size_t received;
	const struct area *const *area;
	size_t n_area;
	struct map by_key; /* of those areas -> index */
	const struct plain_name *plain; /* [n_area] their names, once one of no area is met */
	struct entry *entry; /* [n_entry] */
	size_t n_entry;
	struct arena *arena;
	struct diags *diags;
};

/* Months and times of the file's rows, from the columns, the job and the name of the file. */
bool returnmonth_settle(const struct returning *, struct return_file *);

/* Entries sorted, rows, reports and corrections of the result. */
bool returnlast_settle(struct returning *, struct data_row *, struct report *, struct returns *);

/* "5/2024" */
const char *returning_month(const struct returning *, unsigned month);

#endif
