/* fieldtext: whether a text field shows what its value says, so that nobody reads another number than the file holds.
 *
 * Shown: one line, drawn once, in black, upright, at a size that can be read, inside of the field, in an embedded font that was there
 *        before and names its characters, by operators that can do nothing else. What cannot be told is not taken for shown; what
 *        shapes the glyphs of that font have nobody checks: who signed first saw it
 */
#ifndef SEAL_FIELDTEXT_H
#define SEAL_FIELDTEXT_H

#include "pdf/form.h"

bool field_shows_value(struct pdf_view before, struct pdf_view after, const struct pdf_field *, struct arena *);

#endif
