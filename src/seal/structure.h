/* structure: the root of a structure tree, its parent tree, and its first element, which new fields continue.
 *
 * Owner:  the file
 * Source: ISO 32000-2, 14.7.2 and 14.7.5
 */
#ifndef SEAL_STRUCTURE_H
#define SEAL_STRUCTURE_H

#include "pdf/file.h"

/* Null objects and numbers 0: there is none, or it is no object of its own. */
struct structure {
	const struct pdf_object *root, *above, *parents;
	uint32_t root_number, above_number, parents_number;
	const struct pdf_object *kid; /* [n_kid] of above */
	uint32_t n_kid;
	uint32_t list_number; /* of the array that holds the kids; 0: it is no object of its own */
};

struct structure structure_of(struct pdf_view);
uint32_t reference_number(const struct pdf_object *); /* 0: no reference */

#endif
