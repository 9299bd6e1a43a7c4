/* rows: what every reader pushes and every sink takes: rows of cells as found, each with its place.
 *
 * Shape:  blocks of rows; a cell is a slice of UTF-8 text in NFC or as found, with the kind that the file itself gives it;
 *         no type guessed, no row dropped but blank ones of a spreadsheet
 * Owner:  the reader: texts live only during the call; a sink copies what it keeps. So 26 million rows need no more
 *         memory than ten
 */
#ifndef BASE_ROWS_H
#define BASE_ROWS_H

#include "base/diag.h"

/* What a file says of a cell. A text file says nothing. */
enum cell_kind {
	CELL_TEXT,    /* as it was typed */
	CELL_NUMBER,  /* "-12.5": digits with a decimal point, no groups, no exponent */
	CELL_PERCENT, /* the same; it is shown times 100 with a "%": "0.0513" is 5,13% */
	CELL_MARKED,  /* the same as CELL_NUMBER; a "%" is shown behind it as it stands: "5.13" is 5,13% */
	CELL_DATE,    /* "2024-05-31"; with a time other than midnight "2024-05-31T14:30" */
	CELL_FLAG,    /* "1" or "0" */
	CELL_ERROR,   /* "#DIV/0!" */
};

struct cell {
	const char *text; /* not terminated */
	size_t n_text;
	const char *name; /* name of the column where the source names each cell (XML), else NULL */
	unsigned row;	  /* place of this cell; col is the column for matching where name is NULL */
	unsigned col;
	enum cell_kind kind;
	unsigned n_rows; /* rows and columns it is merged over; 0 and 1: itself alone. Those it covers are blank or not there */
	unsigned n_cols;
};

struct row {
	const struct cell *cell;
	size_t n_cell;
	unsigned row; /* place of the row: line of the file or row of the sheet */
	const char *sheet; /* name, as origins have it; NULL: the file has no sheets */
};

struct row_sink {
	/* Takes n_row rows; false stops the reader (an error was added). */
	bool (*take)(struct row_sink *, const struct row *row, size_t n_row, struct diags *);
};

/* Why a row of text or XML cannot be read as one. */
enum row_fault {
	ROW_LONG,  /* it is longer than a row may be */
	ROW_WIDE,  /* it has more cells than a row may have */
	ROW_QUOTE, /* a quote is not closed, or text stands behind one that is */
	ROW_BYTES, /* it has bytes that are no text */
	ROW_TWICE, /* it has a cell of one name twice */
	ROW_FAULTS
};

/* Who is told of such rows, between the rows of a sink, and wants the others. A row of text whose quotes are wrong is one line. */
struct row_faults {
	/* row: the cells in front of the one at fault, as they stand in the file; of ROW_BYTES all of them, a zero byte for each byte that is none. */
	bool (*tell)(struct row_faults *, enum row_fault, const struct row *row, struct diags *); /* false stops the reader */
};

/* Rows that were read before and can be pushed again, as often as needed. A source that has one is read from it. */
struct row_feed {
	bool (*push)(const struct row_feed *, struct row_sink *, struct diags *);
};

#endif
