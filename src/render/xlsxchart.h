/* xlsxchart: charts of a workbook that is being written, over cells of its sheets. Their figures are cached as the cells are: the
 * library caches a zero for each formula and blank.
 *
 * Owner: the book
 */
#ifndef RENDER_XLSXCHART_H
#define RENDER_XLSXCHART_H

#include "render/xlsxbook.h"

/* Where the figures of a chart stand. */
struct chart_source {
	const char *sheet; /* name */
	const struct sheet *table;
};

/* Where it goes. */
struct chart_place {
	unsigned row;
	double left_pt, width_pt, height_pt; /* left_pt: from the edge of the sheet */
};

/* [pt] in which every bar has its name; 0: a chart of lines, for which any height will do. */
double chart_height_need(const struct chart *);

void put_chart(const struct target *, const struct chart *, struct chart_source, struct chart_place);

#endif
