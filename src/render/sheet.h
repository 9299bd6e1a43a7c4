/* sheet: where a table stands on its worksheet and how wide and high its columns and rows are. Spreadsheet programs fit
 * neither columns nor merged cells by themselves.
 *
 * Shape:  title, unit line, header rows, row of column numbers, body, notes; rows count from 0
 * Units:  points, of type SHEET_PT; measured with the document's own fonts
 * Owner:  the arena
 */
#ifndef RENDER_SHEET_H
#define RENDER_SHEET_H

#include "compose/document.h"
#include "text/fonts.h"

enum { SHEET_PT = 11, SHEET_TITLE_PT = 13 };

struct sheet {
	const struct grid_table *table;
	unsigned top;	/* its first row on the sheet */
	bool untitled;	/* the title has no row */
	unsigned unit_row;	/* if the table has a unit line */
	unsigned header_row;
	unsigned numbering_row; /* if it has one */
	unsigned body_row;
	unsigned note_row;
	unsigned n_row;	/* with those above it */
	const char *const *numbering; /* [n_column] the table's, in lines where the column is narrow */
	double width_pt;	/* of all columns */
	double *column_pt;	/* [n_column] */
	double *widest_pt;	/* [n_column] the widest text of the body, and the widest part of the number */
	double *row_pt;		/* [n_row]; 0: of one line, the program's default */
};

/* room_pt: width of a landscape page, which the columns try to keep to; narrow_pt: of an upright one. */
void sheet_measure(const struct grid_table *, struct fonts *, double narrow_pt, double room_pt, struct arena *,
	struct sheet *);

/* Where a measured table stands that is not alone on its sheet. */
struct sheet_place {
	unsigned top;
	bool untitled;
	const double *column_pt; /* of the table's columns, none narrower than measured */
	double width_pt;	 /* of the sheet, which titles and notes run over */
};

/* Moves it there; its rows are measured anew. */
void sheet_place(const struct sheet_place *, struct fonts *, struct arena *, struct sheet *);

/* How wide the column is where all its texts stand on one line. */
double sheet_line_pt(const struct sheet *, size_t column);

/* A text's height where it wraps at that width. */
double sheet_text_height(struct fonts *, enum face, int size_pt, const char *text, double width_pt);

/* The table's title, or its id, as a sheet may be called: at most 31 characters, none of []:*?/\, no case-insensitive
 * repeat of the n_used names. */
const char *sheet_name(const struct grid_table *, const char *const *used, size_t n_used, struct arena *);

#endif
