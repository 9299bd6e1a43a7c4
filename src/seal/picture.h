/* picture: a PNG as PDF image objects: colours in sRGB, its transparency as a soft mask. libpng reads it; it is seen nowhere else.
 *
 * Errors: "picture": no PNG, damaged, or beyond the limits; a sheet of paper instead of ink
 * Owner:  the arena
 */
#ifndef SEAL_PICTURE_H
#define SEAL_PICTURE_H

#include "base/file.h"

enum { PICTURE_FILE_MAX = 8 << 20, PICTURE_SIDE_MAX = 6000, PICTURE_PIXELS_MAX = 12000000 }; /* [bytes], [pixels] */

struct picture {
	uint32_t width, height; /* [pixels] */
	const unsigned char *rgb;   /* [width * height * 3] */
	const unsigned char *alpha; /* [width * height]; NULL: all opaque */
};

/* shown: for messages. */
bool picture_read(struct bytes png, const char *shown, struct arena *, struct picture *, struct diags *);

/* Whether it is ink on no paper, as NĐ 30/2020 wants the pictures of signatures and seals. Of the smallest box round what is seen at most
 * two thirds may be covered (a disc or a rectangle of paper covers more, a dense seal about half), and at most a tenth by what is white
 * or light. */
bool picture_check(const struct picture *, const char *shown, struct diags *);

#endif
