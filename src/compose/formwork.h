/* formwork: what the files that make a form share. Only for them.
 *
 * Shape:  the fields of the dataset that are filled in become columns in the order of the job's table; then the rows
 */
#ifndef COMPOSE_FORMWORK_H
#define COMPOSE_FORMWORK_H

#include "compose/composer.h"
#include "compose/form.h"
#include "model/wording.h"

#define NO_FIELD SIZE_MAX

/* A column of the job's tables over the dataset. */
struct form_place {
	const char *id;
	struct label_path path;
	bool is_ordinal;
	bool is_label;
	bool computed;
	bool no_total;
	bool ends; /* the last of its table */
};

/* A column of the form. */
struct form_field {
	size_t field; /* of the dataset, or NO_FIELD: the row's number, a gap */
	enum form_kind kind;
	struct label_path path;
	bool summed; /* the total row adds it up */
	const char *const *known; /* the values it had, where they are few; NULL-terminated, or NULL */
};

struct form_row {
	const struct area *area;
	const struct data_row *own; /* of the dataset itself, or NULL */
	const struct figure *before; /* [n_field] of the year before */
};

struct formwork {
	const struct model *model;
	const struct form_input *input;
	const struct dataset *dataset;
	const struct wording *words;
	struct library *library;
	struct arena *a;
	struct diags *d;
	struct form_place *place; /* [n_place] */
	size_t n_place, cap_place;
	struct form_field *column; /* [n_column] */
	size_t n_column, cap_column;
	struct form_row *row; /* [n_row] */
	size_t n_row, cap_row;
	struct map keys; /* of the rows */
};

/* ---- formfields.c: which columns ---- */

/* What says which row it is: it is known before any figure. */
bool form_names_row(const struct field *);
/* What the job's tables over the dataset say; false after an error. */
bool form_read_tables(struct formwork *);
/* After the rows. */
void form_choose_columns(struct formwork *);
const char *form_path_text(struct label_path, const char *between, struct arena *);

/* ---- formrows.c ---- */

bool form_collect_rows(struct formwork *);
/* What stands in the cell before it is filled in: names, and texts that a row keeps from year to year; else "". */
const char *form_given_text(const struct formwork *, const struct form_row *, const struct form_field *);

/* ---- formentry.c ---- */

const char *form_say(const struct formwork *, const char *id, const char *one, const char *two, const char *three);
struct form_column form_column_of(const struct formwork *, const struct form_field *);

#endif
