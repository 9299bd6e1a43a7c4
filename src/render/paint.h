/* paint: the items of a page on a cairo context; what PDF and page pictures share.
 *
 * Units:  points from the page's top left corner; the caller has scaled the context
 * Errors: paint_check: fault "font" when a face could not be opened for painting, "io" for cairo's own errors
 * Owner:  faces belong to the fonts (fonts_painter), so that they are made once a process; the context to the caller
 */
#ifndef RENDER_PAINT_H
#define RENDER_PAINT_H

#include "layout/pages.h"

#include <cairo.h>

enum { PAINT_GLYPHS = 512 }; /* shown at once */

struct paint_face;

/* Text and rules are gathered and drawn together: one text operator a line, one stroke for the rules of a table. */
struct paint {
	cairo_t *cr;
	struct fonts *fonts;
	struct diags *diags;
	bool failed; /* a face could not be opened; its text is not there */
	bool all_with_text; /* a glyph has stood for another's character: from then on text carries its own */
	bool outlines; /* fill glyphs as shapes: on pictures cairo 1.16 rounds each glyph to a whole pixel */
	const struct paint_face *current; /* face of the context; NULL at first */
	float size_pt;
	cairo_glyph_t glyph[PAINT_GLYPHS];
	int n_glyph;
	bool has_rules; /* the context's path holds lines of that look, the last of which ends at x, y */
	float thickness_pt;
	uint32_t colour; /* 0xRRGGBB */
	enum dash dash;
	float x, y;
};

void paint_init(struct paint *, cairo_t *, struct fonts *, struct diags *);
void paint_item(struct paint *, const struct page *, const struct item *);
void paint_flush(struct paint *); /* draws what was gathered: before tags, and at the end of a page */

/* The items that are no content: they lie beneath the text. First the draft mark, then the page's number. */
void paint_artifacts(struct paint *, const struct page *);

/* Whether all went well; status is the surface's. path: of the file, for the finding. */
bool paint_check(const struct paint *, cairo_status_t status, const char *path);

#endif
