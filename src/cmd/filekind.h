/* filekind: what a file is by its first bytes, whatever its name says: for messages about one that is not what was asked for.
 *
 * Owner:  nothing is kept
 */
#ifndef CMD_FILEKIND_H
#define CMD_FILEKIND_H

#include "base/diag.h"

enum file_kind { FILE_UNKNOWN, FILE_ZIP, FILE_PDF, FILE_OTHER };

enum { FILE_KIND_HEAD = 64 }; /* bytes that it is told by */

struct file_look {
	enum file_kind kind;
	const char *what; /* "a PDF", in the language of the findings; NULL: nobody knows */
};

/* A file of Excel is a FILE_ZIP as others are. FILE_OTHER: it is certainly none of the two. */
struct file_look file_look(const char *head, size_t n, const struct diags *);

#endif
