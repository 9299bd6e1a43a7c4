/* table.h: a table while it is laid out: its texts shaped, its columns measured, its cut into
 * blocks of columns.
 *
 * Units:  measures in font units, so that they hold at every type size; widths of a block in points
 */
#ifndef LAYOUT_TABLE_H
#define LAYOUT_TABLE_H

#include "layout/layout.h"

struct cell {
	size_t atom, n_atom; /* in flow->cells */
	size_t n_space;
	int64_t widest; /* longest part that is not broken */
	int64_t whole;	/* on one line */
	int64_t fraction; /* numbers: from the decimal comma on */
	bool number;	/* aligned by its units */
};

enum { HEADER_LINES = 5 }; /* more of a header text are not counted */

struct column_measure {
	int64_t least;	  /* nothing is broken inside a word */
	int64_t decent;	  /* names do not fall into single words */
	int64_t airy;	  /* numbers and names stand off the rules */
	int64_t full;	  /* no text of the body is broken */
	int64_t header[HEADER_LINES]; /* headers take one line, two ... */
	int64_t integer;  /* widest numbers before and from the decimal comma */
	int64_t fraction;
};

struct table_measure {
	const struct grid_table *table;
	int64_t word_max;	/* wider words are broken: one of them is not to squeeze all other columns */
	struct cell *head;	/* [n_header_cell] */
	struct cell *numbering; /* [n_column], or NULL */
	struct cell *body;	/* [n_row * n_column] */
	struct column_measure *column; /* [n_column] */
};

/* Elements of the header cells above a column, from the top down. */
struct column_headers {
	int *element; /* [n] */
	size_t n;
};

/* The table, or as many of its columns as fit side by side. */
struct table_block {
	const struct table_measure *measure;
	const size_t *column; /* [n] printed columns of the table, in order */
	size_t n;
	const double *edge;   /* [n + 1] x of the upright rules */
	double size_pt;
	int element;	      /* ROLE_TABLE */
	struct column_headers *headers; /* [n], once the head is set */
	size_t i_block, n_block;
};

/* tablemeasure.c */
void table_measure(struct flow *, const struct grid_table *, struct table_measure *);

/* tablewidth.c: type size and blocks with their edges. */
struct table_block *table_blocks(struct flow *, const struct table_measure *, size_t *n_block);

/* tablehead.c: header rows and their rules into the open slab; returns their height. Sets the block's headers. */
double table_head_set(struct flow *, struct table_block *);

/* tablebody.c: a slab a row. */
void table_body_set(struct flow *, const struct table_block *, const struct table_frame *);

/* table.c */
struct text measured_text(const struct flow *, const struct cell *);
void text_belongs(struct text *, int element); /* all of it, from now on */

#endif
