/* badrows: whether bytes that are no UTF-8 are faults of some rows, or the text is in another encoding.
 *
 * Shape:  of the BAD_ROWS_JUDGED lines from the first such byte on (and from the beginning of the text on, where no more follow) at most
 *         one of BAD_ROWS_FEW has any. In a Vietnamese text of before Unicode most rows of a list of persons have letters beyond ASCII
 * Errors: none
 */
#ifndef INGEST_BADROWS_H
#define INGEST_BADROWS_H

#include <stdbool.h>
#include <stddef.h>

enum { BAD_ROWS_JUDGED = 64, BAD_ROWS_FEW = 8 };

bool bad_rows_are_few(const char *s, size_t n);

#endif
