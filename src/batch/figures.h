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
	const char *unit;
};

struct kept_row {
	const char *key;
	const char *label;
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

/* The names of areas that a batch.json (or batch-SUMMARY.json) lists, under "PREFIX/CODE ABOVE/CODE"; a name that is there stays. Of a file
 * that is not as this program writes it those lines that are. */
struct kept_names {
	struct map path; /* -> name */
	const char **name; /* [n] */
	size_t n, cap;
};
void kept_names_init(struct kept_names *, struct arena *);
bool kept_names_read(struct kept_names *, const char *path, const char *prefix, struct arena *, struct diags *);
const char *kept_names_find(const struct kept_names *, const char *path); /* "" where nobody says it */

#endif
