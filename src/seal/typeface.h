/* typeface: a font that a PDF holds for its form fields, as far as setting a line of text needs it: simple, embedded, with
 * /ToUnicode and /Widths.
 *
 * Units:  widths in thousandths of the type size
 * Errors: "font": the font is none of those
 * Owner:  the arena
 * Source: ISO 32000-2, 9.6 and 9.10.3
 */
#ifndef SEAL_TYPEFACE_H
#define SEAL_TYPEFACE_H

#include "pdf/file.h"

struct typeface {
	uint32_t code[256];  /* the character of each byte; 0: none */
	int64_t width[256];
};

bool typeface_read(struct pdf_view, const struct pdf_object *font, struct arena *, struct typeface *, struct diags *);

/* The bytes of a text in that font, in the arena. Errors: "glyph", naming the first character it lacks. */
bool typeface_encode(const struct typeface *, const char *utf8, struct origin at, struct arena *, const char **bytes, struct diags *);

int64_t typeface_width(const struct typeface *, const char *bytes);

#endif
