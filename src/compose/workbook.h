/* workbook: what leadership reads: sheets of tables, with what stands around them. Final words and numbers, like a document;
 * who writes it decides nothing but fonts and sizes.
 *
 * Shape:  sheets in their order; on each, from the top: letterhead, title, paragraphs, tables one below the other, charts.
 *         A chart's figures are cells of a grid that stands on some sheet; no grid stands on two
 * Owner:  the arena
 */
#ifndef COMPOSE_WORKBOOK_H
#define COMPOSE_WORKBOOK_H

#include "compose/document.h"

#define NO_COLUMN SIZE_MAX

struct sheet_table {
	const struct grid_table *grid;
	const char *name;     /* of its body, for formulas: letters, digits and '_', each once, no address */
	size_t status_column; /* the first whose cells hold such words; or NO_COLUMN */
	size_t status_last;   /* the last */
};

struct worksheet {
	const char *name; /* on its tab: at most 31 characters, each once */
	const struct letterhead *letterhead; /* its agency and nation only, since number and day are those of the plan; or NULL */
	const char *const *title; /* [n_title] lines over all of it; none: each table has its own */
	size_t n_title;
	const char *const *paragraph; /* [n_paragraph] */
	size_t n_paragraph;
	const struct sheet_table *table; /* [n_table]; none only where there are a title and charts */
	size_t n_table;
	const struct chart *const *chart; /* [n_chart] side by side, in several lines where the sheet has several pages */
	size_t n_chart;
	bool untitled; /* the sheet's title speaks of its only table, whose own is not shown */
	bool one_page; /* printed on one, upright */
	bool filters;  /* in the header of its only table */
};

/* What a workbook says of itself to programs: a custom property, and a constant of that name. */
struct workbook_property {
	const char *name; /* letters, digits, '_' and '.' */
	const char *text; /* without quotes */
};

struct workbook {
	const char *title;
	const char *author;
	const char *subject;
	struct date date;
	const struct workbook_property *property; /* [n_property] */
	size_t n_property;
	const struct page_style *portrait, *landscape;
	const struct worksheet *sheet; /* [n_sheet] */
	size_t n_sheet;
	const struct word_look *status; /* [n_status] */
	size_t n_status;
};

#endif
