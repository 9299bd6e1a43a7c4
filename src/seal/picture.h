/* picture: a PNG as PDF image objects: colours in sRGB, its transparency as a soft mask. libpng reads it; it is seen nowhere else.
 *
 * Errors: "picture": no PNG, damaged, or beyond the limits
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

#endif
