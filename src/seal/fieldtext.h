/* fieldtext: whether a text field shows what its value says, so that nobody reads another number than the file holds.
 *
 * Only texts in a font that was there before, whose characters it names, can be read; what cannot is not taken for shown.
 */
#ifndef SEAL_FIELDTEXT_H
#define SEAL_FIELDTEXT_H

#include "pdf/form.h"

bool field_shows_value(struct pdf_view before, struct pdf_view after, const struct pdf_field *, struct arena *);

#endif
