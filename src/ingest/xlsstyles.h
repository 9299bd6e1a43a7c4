/* xlsstyles: what the styles of a BIFF8 workbook say of a cell: how its number is shown, and what its font makes of letters.
 *
 * Errors: "format": a record is too short; "limit": too many of them
 * Owner:  xls_styles_clear frees all
 * Source: [MS-XLS] 2.4.122 Font, 2.4.126 Format, 2.4.353 XF, 2.5.129 FontIndex
 */
#ifndef INGEST_XLSSTYLES_H
#define INGEST_XLSSTYLES_H

#include "ingest/numberformat.h"
#include "ingest/sheetfonts.h"
#include "ingest/xlsstrings.h"

enum { XLS_FORMATS = 65536 }; /* ids that there may be */

struct xls_style {
	uint16_t font; /* as styles and runs count them: there is no 4 */
	uint16_t format;
};

struct xls_styles {
	unsigned char *own; /* [XLS_FORMATS] enum number_format of a format that the file defines, and one; 0: it does not */
	struct xls_style *style;
	size_t n_style;
	size_t cap_style;
	struct legacy_font *font;
	size_t n_font;
	size_t cap_font;
	bool has_legacy; /* some font is of before Unicode */
};

void xls_styles_init(struct xls_styles *);
void xls_styles_clear(struct xls_styles *);
bool xls_styles_format(struct xls_styles *, struct pieces *, struct diags *);
bool xls_styles_style(struct xls_styles *, struct pieces *, struct diags *);
bool xls_styles_font(struct xls_styles *, struct pieces *, struct diags *);

/* How a number of that style is shown; false: there is no such style. */
bool xls_styles_number(const struct xls_styles *, unsigned style, enum number_format *);

/* The font of a cell of that style; all zero: one of Unicode, or none. */
struct legacy_font xls_styles_font_of(const struct xls_styles *, unsigned style);
/* Tells the runs of a text. */
void xls_styles_runs(const struct xls_styles *, const struct rich_text *, struct sheet_fonts *);

#endif
