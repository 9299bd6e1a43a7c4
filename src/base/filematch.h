/* filematch: the files of a folder whose names have a pattern, as "*-2024.xlsx".
 *
 * Shape:  at most one '*', in the last part of the path; it stands for any characters, also none. Names that begin with a dot are
 *         left out, and folders; what is found is sorted by its bytes. Without a '*' the path is one file
 * Errors: "outside": the path or a link leads out of the folder; "pattern": a '*' elsewhere, or two; "file": nothing there, or
 *         it may not be read; "limit": more than max
 * Owner:  the arena
 */
#ifndef BASE_FILEMATCH_H
#define BASE_FILEMATCH_H

#include "base/diag.h"

/* What can be said of a pattern without looking into the folder. */
bool file_check_pattern(const char *pattern, struct origin at, struct diags *);

/* href [n]: paths from dir on; path [n]: to open. */
struct file_list {
	const char **href;
	const char **path;
	size_t n;
};

bool file_match(const char *dir, const char *pattern, size_t max, struct origin at, struct arena *, struct file_list *, struct diags *);

#endif
