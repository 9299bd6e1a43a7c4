/* properties: the custom properties of a workbook: what a program wrote beside its sheets, and other programs keep.
 *
 * Errors: of ingest/zip.h and ingest/opc.h
 * Owner:  the arena
 * Source: ECMA-376 part 1, 22.3 (custom file properties)
 */
#ifndef INGEST_PROPERTIES_H
#define INGEST_PROPERTIES_H

#include "base/diag.h"

#include <stdbool.h>

enum { PROPERTY_TEXT_MAX = 255 }; /* [bytes] of one that is looked for; what is longer is none of ours */

/* Those of the names [n] as texts; NULL: the workbook has none of that name. */
bool workbook_properties(const char *path, const char *shown, const char *const *name, size_t n, struct arena *, const char **text,
	struct diags *);

#endif
