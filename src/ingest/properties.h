/* properties: what a program wrote beside the sheets of a workbook: custom properties, and constants with names, which programs keep
 * that forget the properties.
 *
 * Errors: of ingest/zip.h and ingest/opc.h
 * Owner:  the arena
 * Source: ECMA-376 part 1, 22.3 (custom file properties), 18.2.5 (definedName)
 */
#ifndef INGEST_PROPERTIES_H
#define INGEST_PROPERTIES_H

#include "base/diag.h"

#include <stdbool.h>

enum { PROPERTY_TEXT_MAX = 255 }; /* [bytes] of one that is looked for; what is longer is none of ours */

/* Those of the names [n] as texts: the property, else the text in quotes that the name is defined as; NULL: the workbook has neither. */
bool workbook_properties(const char *path, const char *shown, const char *const *name, size_t n, struct arena *, const char **text,
	struct diags *);

#endif
