/* odsstyle: the styles of an OpenDocument file, as far as they say what a number of a cell is.
 *
 * Some programs write a percentage or a day as a plain number, and what it is only in the number style of the cell's style.
 *
 * Errors: "limit"
 * Source: OASIS OpenDocument 1.3 part 3: 16.2 (styles), 16.29 (number styles), 19.469 (data-style-name)
 */
#ifndef INGEST_ODSSTYLE_H
#define INGEST_ODSSTYLE_H

#include "base/map.h"
#include "base/rows.h"
#include "base/sax.h"

struct ods_styles {
	struct arena *arena;
	struct map cell;	 /* name -> index in style */
	struct map number;	 /* name -> enum cell_kind */
	struct ods_style *style; /* [n] */
	size_t n;
	size_t cap;
};

/* What is known of a cell's number: 0: nothing; else its enum cell_kind and 1. */
typedef signed char ods_shown;

void ods_styles_init(struct ods_styles *, struct arena *);
void ods_styles_clear(struct ods_styles *); /* none again */

/* style:style; of several with a name the first counts, as with the number styles. */
bool ods_styles_add(struct ods_styles *, const struct sax_element *, struct diags *);
/* number:percentage-style, number:date-style and the others. */
bool ods_styles_add_number(struct ods_styles *, const struct sax_element *, struct diags *);

/* name may be NULL. */
ods_shown ods_styles_shown(const struct ods_styles *, const char *name);

#endif
