/* progressbook: the progress workbook of a period, from the document of its brief and the template of its progress.
 *
 * Errors: "table": a sheet's table, or that of a chart, has no place in the workbook
 * Owner:  the arena
 */
#ifndef COMPOSE_PROGRESSBOOK_H
#define COMPOSE_PROGRESSBOOK_H

#include "compose/workbook.h"
#include "compute/progress.h"

/* Grids that are not made of tables: for the sheets that say is="...". */
struct further_grids {
	const char *is;
	const struct grid_table *const *grid; /* [n_grid] */
	size_t n_grid;
};

struct progressbook_input {
	const struct document *brief; /* its sheets are the template's tables */
	const struct progress_template *template;
	const struct further_grids *further; /* [n_further]; a sheet of what is not among them is left out */
	size_t n_further;
	const char *charts_title; /* of the sheet that says is="charts" */
	const struct workbook_property *property; /* [n_property] */
	size_t n_property;
};

bool progressbook_make(const struct progressbook_input *, struct arena *, const struct workbook **, struct diags *);

#endif
