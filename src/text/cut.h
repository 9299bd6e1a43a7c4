/* cut: a face cut to some characters, as a TrueType file to be embedded where text is written later by others.
 *
 * Shape:  outlines and one Unicode cmap, no hints, no layout tables
 * Units:  of the font, units_per_em to the em
 * Errors: false where the face lacks one of the characters or cannot be cut
 * Owner:  the arena
 */
#ifndef TEXT_CUT_H
#define TEXT_CUT_H

#include "text/fonts.h"

struct cut_font {
	const char *data;
	size_t n;
	const char *name; /* for PostScript: "LiberationSerif-Bold"; "" where the face has none of letters, digits, '-' and '_' */
	int units_per_em;
	int ascent, descent; /* descent < 0 */
	int cap_height;
	int box[4];	     /* of all glyphs: left, bottom, right, top */
	double italic_angle; /* [degrees] 0 or less */
	const int *advance;  /* [n_code] */
};

bool fonts_cut(const struct fonts *, enum face, const uint32_t *code, size_t n_code, struct arena *, struct cut_font *);

#endif
