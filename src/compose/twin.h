/* twin: the accessible workbook beside one that is printed: each of its tables flat on a sheet of its own, with one header row and
 * nothing merged, behind a cover, the contents and the notes, so that a program that reads a sheet aloud or takes it in loses nothing.
 *
 * Shape:  sheets in their order; on each, in column A from row 1: title, lines, then the table; nothing beside or below it. The cells
 *         are those of the printed workbook's grids, so every figure is the same one
 * Errors: those of templates/wording/accessible.xml
 * Owner:  the arena; grids are those of the workbook
 * Source: the rules of the Government Statistical Service and of GOV.UK for accessible spreadsheets; `kehoach lint --accessible` checks them
 */
#ifndef COMPOSE_TWIN_H
#define COMPOSE_TWIN_H

#include "base/diag.h"
#include "compose/workbook.h"

struct library; /* model/library.h */

enum { FIGURE_STATES = FIGURE_CONFIDENTIAL + 1 };

struct twin_sheet {
	const char *name;	 /* on its tab: at most 30 characters, each once */
	const char *title;	 /* in A1 */
	const char *const *line; /* [n_line] below it */
	size_t n_line;
	const struct grid_table *grid; /* NULL: the cover, which has no table */
	const char *table;	       /* name of the table for formulas: letters, digits and '_', each once */
	const char *const *head;       /* [columns of the grid] each once */
	const size_t *row;	       /* [n_row] of the grid: heads of groups without a figure are left out */
	size_t n_row;
	const char *group_head;	       /* of a first column more, which names the group of each row; NULL: there is none */
	const char *const *group;      /* [rows of the grid] of group_head; NULL: the row is of no group */
	bool links;		       /* the texts of the first column are names of sheets */
};

struct twin {
	const struct workbook *book;   /* whose properties and paper it has */
	const struct twin_sheet *sheet; /* [n_sheet] */
	size_t n_sheet;
	const char *shorthand[FIGURE_STATES]; /* for what is no figure: "[x]" where it is missing */
};

struct twin_input {
	const struct workbook *book;
	const char *const *cover; /* [n_cover] lines of the cover, below the title */
	size_t n_cover;
	struct origin at; /* of the job */
};

bool twin_make(const struct twin_input *, struct library *, struct arena *, struct twin *, struct diags *);

/* What a cell shows in the place of a figure or text: the shorthand of its state, "not applicable" where a text is empty; NULL: it
 * has one. */
const char *twin_shorthand(const struct twin *, const struct grid_table *, size_t row, size_t column);

#endif
