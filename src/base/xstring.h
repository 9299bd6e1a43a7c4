/* xstring: texts in the parts of a workbook, where _x000D_ stands for the character of that number.
 *
 * Source: ECMA-376 part 1, 22.9.2.19 (ST_Xstring)
 */
#ifndef BASE_XSTRING_H
#define BASE_XSTRING_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

enum {
	XSTRING_LENGTH = 7, /* [bytes] of an escape */
	XSTRING_MORE = 6,   /* that a text with one grows by, so that it is read as written */
};

/* Whether an escape begins at s, of n bytes; *code: the number in it. */
bool xstring_begins(const char *s, size_t n, uint32_t *code);

/* The text as a part must have it; the same one where nothing in it looks like an escape. */
const char *xstring_escape(const char *text, struct arena *);

#endif
