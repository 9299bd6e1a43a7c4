/* icc: whether bytes are a colour profile that a PDF/A may hold, as far as its header and its table of tags tell.
 *
 * Owner:  the bytes are borrowed
 * Source: ICC.1:2010, 7.2 and 7.3; ISO 19005-2, 6.2.3 and 6.2.4.2
 */
#ifndef PDF_ICC_H
#define PDF_ICC_H

#include "base/file.h"

#include <stdbool.h>

struct icc {
	const char *space; /* four letters: "RGB " */
	const char *kind;  /* four letters: "mntr" */
	unsigned colours;
};

/* False: no profile of version 2 or 4 of a device or colour space in grey, RGB, CMYK or Lab, or cut short, or a tag lies outside. */
bool icc_read(struct bytes, struct icc *);
bool icc_is_output(const struct icc *); /* of a screen or a printer */

#endif
