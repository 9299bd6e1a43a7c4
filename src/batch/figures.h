/* figures: what a figures.json says, read for comparing it with another.
 *
 * Shape:   tables of rows of cells, as render/json.c writes them; the figures of the text are one more table without an id, a row for each
 *          expression, one column. What was found wrong (the audit) is not read
 * Source:  figures.json, figures-PERIOD.json
 * Hostile: a file of another shape is an error "format" that names the place in it; one over FIGURES_MAX an error "limit"
 * Owner:   the arena
 */
#ifndef BATCH_FIGURES_H
#define BATCH_FIGURES_H

#include "base/figure.h"
#include "base/file.h"
#include "base/map.h"

enum { FIGURES_MAX = 64 << 20 }; /* [bytes] */

struct kept_cell {
	enum figure_state state;
	const char *value; /* exact: "25.5", "156/41"; NULL: no number stands there */
	struct ratio x;	   /* the same; 0 without one */
	const char *text;  /* as printed */
};

struct kept_column {
	const char *id;
	const char *label; /* all lines of its header */
	const char *told;  /* the label; with the id behind it where other columns of the table have it too: "Số hộ [poor]" */
	const char *unit;
};

struct kept_row {
	const char *key;
	const char *label;
	const char *told; /* as that of a column */
	const struct kept_cell *cell; /* [n_column] of the table */
};

struct kept_table {
	const char *id; /* "": the figures of the text */
	const char *title;
	const struct kept_column *column; /* [n_column] */
	size_t n_column;
	const struct kept_row *row; /* [n_row] */
	size_t n_row;
};

struct kept_figures {
	const char *job;
	const struct kept_table *table; /* [n_table] */
	size_t n_table;
};

bool figures_parse(struct bytes, const char *shown, struct arena *, struct kept_figures *, struct diags *);

/* Cells that have a value, or of which it is said why they have none. */
size_t figures_count(const struct kept_figures *);

/* The areas that batch.json, batch-SUMMARY.json, batch-PERIOD.json or batch-SUMMARY-PERIOD.json list, under "PREFIX/CODE ABOVE/CODE". Of a file that is not as this
 * program writes it those lines that are. */
struct kept_names {
	struct map path; /* -> name */
	const char **name; /* [n] the first that is said */
	size_t n, cap;
	struct map listed; /* "PATH|PERIOD" -> 1: made, 0: it could not be */
	struct map folder; /* "PREFIX|PERIOD" of lists that say all that was made there */
};

/* Which results such a file lists. */
struct kept_list {
	const char *prefix; /* the folder that it lies in */
	const char *period; /* "2026-05"; "" of plans */
	bool whole;	    /* all that lie two folders below, but for those of summaries, which have lists of their own */
};

/* What a list says of the results of an area, of a period or, "", of its plan. */
enum kept_state { KEPT_UNKNOWN, KEPT_MADE, KEPT_FAILED, KEPT_UNLISTED };

void kept_names_init(struct kept_names *, struct arena *);
bool kept_names_read(struct kept_names *, const char *path, const struct kept_list *, struct arena *, struct diags *);
const char *kept_names_find(const struct kept_names *, const char *path); /* "" where nobody says it */
enum kept_state kept_names_state(const struct kept_names *, const char *path, const char *period, struct arena *);

#endif
