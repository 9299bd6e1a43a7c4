/* xmp: what the metadata of a PDF says that signing must know.
 *
 * Errors: none: metadata that is missing or damaged says nothing
 * Owner:  the arena
 */
#ifndef SEAL_XMP_H
#define SEAL_XMP_H

#include "pdf/file.h"

struct xmp {
	int archive_part;	 /* PDF/A-1, 2, 3; 0: no claim */
	bool is_accessible;	 /* claims PDF/UA */
	const char *number;	 /* of the document, as its record says it: "66"; NULL: not said */
	const char *notation;	 /* "KH-UBND" */
};

void xmp_read(struct pdf_view, struct arena *, struct xmp *);

#endif
