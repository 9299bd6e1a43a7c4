/* odsstyle: the styles of an OpenDocument file, as far as they say what a number of a cell is, and what a font makes of letters.
 *
 * Some programs write a percentage or a day as a plain number, and what it is only in the number style of the cell's style.
 *
 * Errors: "limit"
 * Source: OASIS OpenDocument 1.3 part 3: 16.2 (styles), 16.29 (number styles), 19.469 (data-style-name);
 *         style:default-style, style:font-face, style:font-name, fo:font-family
 */
#ifndef INGEST_ODSSTYLE_H
#define INGEST_ODSSTYLE_H

#include "base/map.h"
#include "base/sax.h"
#include "ingest/legacy.h"
#include "ingest/numberformat.h"

struct ods_styles {
	struct arena *arena;
	size_t n_text; /* [bytes] that are kept of names */
	struct map cell;	 /* name -> index in style */
	struct map span;	 /* the same of runs in a text */
	struct map number;	 /* name -> enum number_format */
	struct map marked;	 /* names of those with a "%" that is a text */
	const char *last_number; /* name of the one that was added last; or NULL */
	struct map face;	 /* name -> index in font */
	struct legacy_font *font; /* [n_font] */
	size_t n_font;
	size_t cap_font;
	enum legacy_charset charset; /* of the first font of before Unicode; else LEGACY_NONE */
	struct ods_style *style; /* [n] */
	size_t n;
	size_t cap;
	size_t open; /* the style being read; n: none that matters */
};

/* What is known of a cell's number: 0: nothing; else its enum number_format and 1. */
typedef signed char ods_shown;

void ods_styles_init(struct ods_styles *, struct arena *);
void ods_styles_clear(struct ods_styles *); /* none again */

/* style:style and style:default-style; of several with a name the first counts, as with the number styles. */
bool ods_styles_add(struct ods_styles *, const struct sax_element *, struct diags *);
/* number:percentage-style, number:date-style, number:time-style and the others. */
bool ods_styles_add_number(struct ods_styles *, const struct sax_element *, struct diags *);

/* number:text of the number style that was added last. */
void ods_styles_number_text(struct ods_styles *, const char *s, size_t n);

/* style:font-face, and style:text-properties of the style that was added last. */
bool ods_styles_add_face(struct ods_styles *, const struct sax_element *, struct diags *);
void ods_styles_set_font(struct ods_styles *, const struct sax_element *);

/* Makes a name of a style one that stays. */
bool ods_styles_keep(struct ods_styles *, const char **name, const struct sax_element *, struct diags *);

/* name may be NULL. */
ods_shown ods_styles_shown(const struct ods_styles *, const char *name);
/* The font of a cell; name may be NULL: no style is said. All zero: one of Unicode. */
struct legacy_font ods_styles_font(const struct ods_styles *, const char *name);
/* The font of a run of that style; false: it has none of its own. */
bool ods_styles_span(const struct ods_styles *, const char *name, struct legacy_font *);

#endif
