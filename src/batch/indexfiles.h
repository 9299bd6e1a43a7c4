/* indexfiles: what lies in an area's folder beside the results that a state names, and is shown by the index: the signed plan, and what
 * tells of progress, of any run.
 *
 * Shape:  by period, and in the order in which they are read: the workbook, the brief, the signed one, the workbook for all readers
 * Owner:  the arena
 * Errors: a folder that cannot be read has none
 */
#ifndef BATCH_INDEXFILES_H
#define BATCH_INDEXFILES_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct index_file {
	const char *name;
	const char *period;
	const char *word; /* id of what it is called, of templates/wording/batch.xml */
	unsigned place;	  /* among those of its period */
};

size_t index_files(const char *folder, struct arena *, const struct index_file **);
bool index_is_signed(const char *folder, struct arena *);

#endif
