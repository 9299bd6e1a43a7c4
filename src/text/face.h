/* face: one font file: found, checked, cut to what the documents need, and opened for shaping and
 *         painting.
 *
 * Owner:  struct face_file owns its blobs and faces; face_close frees
 * Errors: "font" from face_open; what is loaded later cannot fail but for memory
 */
#ifndef TEXT_FACE_H
#define TEXT_FACE_H

#include "base/diag.h"
#include "text/fonts.h"

#include <hb.h>

struct FT_LibraryRec_;
struct FT_FaceRec_;

struct face_file {
	const char *name;
	const char *path;
	hb_blob_t *installed;
	char sha256[65];	     /* of the installed file; "": not asked for yet */
	hb_blob_t *subset;	     /* NULL: not used yet */
	hb_font_t *font;	     /* of the subset */
	struct FT_LibraryRec_ *library;
	struct FT_FaceRec_ *painted; /* of the subset; NULL: not painted with yet */
};

const char *face_name(enum face); /* "LiberationSerif-Regular.ttf" */

/* The folder's file, with all Vietnamese letters. */
bool face_open(struct face_file *, const char *dir, enum face, struct arena *, struct diags *);
void face_close(struct face_file *);

hb_font_t *face_font(struct face_file *);	     /* cuts the subset when first asked */
const char *face_sha256(struct face_file *);
struct FT_FaceRec_ *face_painted(struct face_file *); /* NULL only when memory is short */

#endif
