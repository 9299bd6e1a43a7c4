/* ssmlstyles: what the styles of XML Spreadsheet 2003 say of cells: what a number is, and what a font makes of letters.
 *
 * Owner:  the arena
 * Errors: "limit"
 */
#ifndef INGEST_SSMLSTYLES_H
#define INGEST_SSMLSTYLES_H

#include "base/map.h"
#include "base/sax.h"
#include "ingest/legacy.h"
#include "ingest/numberformat.h"

/* What a style says of a cell. */
struct ssml_look {
	bool has_format; /* else it is the parent's, as is the font */
	bool has_font;
	enum number_format format;
	struct legacy_font font;
};

struct ssml_style {
	const char *parent;
	struct ssml_look look;
};

struct ssml_styles {
	struct arena *arena;
	struct map ids; /* id -> index in style */
	struct ssml_style *style; /* [n] the last one is the one being read */
	size_t n;
	size_t n_text; /* [bytes] of their names */
	size_t cap;
	bool has_old; /* one has a font of before Unicode */
};

void ssml_styles_init(struct ssml_styles *, struct arena *);
void ssml_styles_clear(struct ssml_styles *); /* none again */

/* Style; NumberFormat and Font of the style that was added last. */
bool ssml_styles_add(struct ssml_styles *, const struct sax_element *, struct diags *);
void ssml_styles_set_format(struct ssml_styles *, const struct sax_element *);
void ssml_styles_set_font(struct ssml_styles *, const struct sax_element *);

/* id NULL is the style of which all others are. */
struct ssml_look ssml_styles_look(const struct ssml_styles *, const char *id);

#endif
