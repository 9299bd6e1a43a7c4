/* archive: what a file for the archive holds beside the document: templates/color/srgb.icc, templates/wording/archive.xml.
 *
 * Errors: "template", "wording", and those of reading files
 * Owner:  the arena
 */
#ifndef COMPOSE_ARCHIVE_H
#define COMPOSE_ARCHIVE_H

#include "compose/document.h"
#include "model/library.h"

/* NULL after an error. */
const struct archive *archive_read(struct library *, struct origin at, struct arena *, struct diags *);

#endif
