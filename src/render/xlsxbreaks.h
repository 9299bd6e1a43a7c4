/* xlsxbreaks: where the pages of a printed sheet begin that programs would cut in the wrong place: a group stays on one page where it has
 * room there, the rows of sums behind all others begin a page of their own unless all is one page, and charts are cut by none.
 *
 * Shape:  rows that begin a page, from the top, for a sheet with one table, or with charts alone, that may have several pages
 * Owner:  the arena
 */
#ifndef RENDER_XLSXBREAKS_H
#define RENDER_XLSXBREAKS_H

#include "render/xlsxpage.h"

enum { PAGE_BREAKS_MAX = 1000 }; /* programs take 1023; what is behind them is cut where they cut it */

struct page_breaks {
	const unsigned *row; /* [n] */
	size_t n;
};

/* Of a measured sheet. */
struct page_breaks page_breaks_of(const struct worksheet *, const struct sheet_page *, struct arena *);

#endif
