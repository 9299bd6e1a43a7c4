/* wording: texts that the program itself puts into a document, read from templates/wording/NAME.xml.
 *
 * Shape:  a text has an id; {1}, {2}, {3} in it stand for what the program knows
 * Errors: "wording": a text that is missing, empty, there twice, or that nobody asks for
 * Owner:  the arena
 */
#ifndef MODEL_WORDING_H
#define MODEL_WORDING_H

#include "model/library.h"

enum { WORDING_ARGUMENTS = 3 };

struct wording;

/* ids: what there must be, NULL-terminated. NULL after an error. */
const struct wording *wording_read(struct library *, const char *name, const char *const *ids, struct origin at, struct arena *,
	struct diags *);

/* The text with its arguments ("" for those that are NULL), or NULL where there is no such id. */
const char *wording_text(const struct wording *, const char *id, const char *const argument[WORDING_ARGUMENTS], struct arena *);

#endif
