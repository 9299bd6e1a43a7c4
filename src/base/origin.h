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

#endif
