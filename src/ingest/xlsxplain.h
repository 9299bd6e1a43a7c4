/* xlsxplain: a cell as most are written, told from its bytes: <c r="B2" s="1" t="s"><v>12</v></c>, or <c r="B2" s="1"/>.
 *
 * Shape:  what it takes means the same to any parser of XML; what it leaves is for one
 */
#ifndef INGEST_XLSXPLAIN_H
#define INGEST_XLSXPLAIN_H

#include <stdbool.h>
#include <stddef.h>

struct xlsx_plain {
	unsigned row;
	unsigned col;
	unsigned style;
	bool is_shared;	   /* the value is the number of a shared string; else a number */
	const char *value; /* [n_value] what numbers consist of; 0: a blank cell */
	size_t n_value;
};

/* What is behind the cell at s, or NULL if it is another one, or not all there. *end is NUL. */
const char *xlsx_plain_take(const char *s, const char *end, struct xlsx_plain *);

#endif
