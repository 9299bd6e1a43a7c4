/* overlay: what the field of a signature lies over: text, pictures and filled fields of its page.
 *
 * What a later signature shows is chosen by who signs it, and nobody before him has seen it: over words it could say others. So whoever
 * verifies is told to look, but for a seal over a signature, which is the norm.
 * Exact:  for places, not for the widths of letters: each counts as less than half its size wide
 * Errors: none: what cannot be read counts as text
 * Source: ISO 32000-2, 8.3, 9.4; NĐ 30/2020, phụ lục I
 */
#ifndef SEAL_OVERLAY_H
#define SEAL_OVERLAY_H

#include "pdf/form.h"

/* The page that shows the widget of a field. */
struct overlay_page {
	size_t number;		       /* from 1; 0: none shows it */
	const struct pdf_object *page;
	const struct pdf_object *resources;
};

/* Of the field's first widget; a field that has no area is shown by none. */
void overlay_find(struct pdf_view, const struct pdf_field *, struct arena *, struct overlay_page *);
bool overlay_covers(struct pdf_view, const struct pdf_form *, const struct pdf_field *, const struct overlay_page *, struct arena *);

/* A seal over a signature: at most as large as seals are, and over a tenth of the signature or more. Both on one page. */
bool overlay_is_seal(const struct pdf_field *seal, const struct pdf_field *signature);

#endif
