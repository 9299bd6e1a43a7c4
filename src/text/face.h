/* face: one font file: found, checked, cut to what documents need, opened for shaping and painting.
 *
 * Owner:  struct face_file owns its blobs and faces; face_close frees
 * Errors: "font" from face_open; what is loaded later cannot fail but for memory
 */
#ifndef TEXT_FACE_H
#define TEXT_FACE_H

#include "base/diag.h"
#include "text/fonts.h"

struct face_engine; /* what HarfBuzz and FreeType have of it */

struct face_file {
	const char *name;
	struct face_engine *engine; /* NULL: not open */
	char sha256[65];	    /* of the installed file; "": not asked for yet */
};

const char *face_name(enum face); /* "LiberationSerif-Regular.ttf" */

/* The folder's file, with all Vietnamese letters. */
bool face_open(struct face_file *, const char *dir, enum face, struct arena *, struct diags *);
void face_close(struct face_file *); /* does nothing to one that is not open */

/* Of the subset, which is cut when first asked for. */
void *face_font(struct face_file *);	/* hb_font_t */
void *face_painted(struct face_file *); /* FT_Face; NULL only when memory is short */
const char *face_data(struct face_file *, size_t *n);

const char *face_sha256(struct face_file *);

#endif
