/* origin: where something came from, as the user sees it: FILE[SHEET]:ROW:COL. */
#ifndef BASE_ORIGIN_H
#define BASE_ORIGIN_H

/* 0 or NULL: not known. */
struct origin {
	const char *file;  /* path as given */
	const char *sheet; /* sheet name, or NULL */
	unsigned row;	   /* 1-based; the line of a text file */
	unsigned col;	   /* 1-based; a field of CSV, else the character in the line */
};

/* Where a figure comes from that is counted over rows of a register: no cell, but a column and how many rows were looked at, of the
 * which-th part of them. */
#define ORIGIN_ROWS_MAX 0xFFFFFFFFu
#define ORIGIN_COUNTED 0x80000000u
#define ORIGIN_ALL 0x7FFFFFFFu /* in place of a part: of several */

static inline struct origin origin_counted(const char *file, const char *column, unsigned long long n_row, unsigned which)
{
	return (struct origin){ file, column, n_row < ORIGIN_ROWS_MAX ? (unsigned)n_row : ORIGIN_ROWS_MAX, ORIGIN_COUNTED | (which & ORIGIN_ALL) };
}

/* Then `sheet` is the column's header text, and `row` the number of rows. */
static inline int origin_is_counted(struct origin at)
{
	return (at.col & ORIGIN_COUNTED) != 0;
}

#endif
