/* workbook: what leadership reads: sheets of tables, with what stands around them. Final words and numbers, like a document;
 * who writes it decides nothing but fonts and sizes.
 *
 * Shape:  sheets in their order; on each, lines of text, then tables one below the other, then charts beside or below them.
 *         A chart's figures are cells of a grid that stands on some sheet
 * Owner:  the arena
 */
#ifndef COMPOSE_WORKBOOK_H
#define COMPOSE_WORKBOOK_H

#include "compose/document.h"

/* A word that a cell may hold and what it is shown in. */
struct status_look {
	const char *word;   /* "chậm" */
	unsigned fill, ink; /* 0xRRGGBB; contrast at least 4.5:1 */
};

struct worksheet {
	const char *name;  /* on its tab, at most 31 characters */
	const char *title; /* over all of it */
	const char *const *line; /* [n_line] paragraphs below the title */
	size_t n_line;
	const struct grid_table *const *table; /* [n_table] */
	size_t n_table;
	const struct chart *const *chart; /* [n_chart] */
	size_t n_chart;
	bool one_page; /* printed on one, upright */
	bool filters;  /* in the header of its only table */
};

struct workbook {
	const char *title;
	const char *author;
	const char *subject;
	struct date date;
	const struct page_style *portrait, *landscape;
	const struct worksheet *sheet; /* [n_sheet] */
	size_t n_sheet;
	const struct status_look *status; /* [n_status] */
	size_t n_status;
};

#endif
