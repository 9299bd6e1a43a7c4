/* xlsxpage: where all that a sheet of a struct workbook has stands, and how wide and high its columns and rows are, so that it
 * prints well: letterhead, title, paragraphs, tables, charts, an empty row between them.
 *
 * Units:  points; rows count from 0
 * Owner:  the arena
 */
#ifndef RENDER_XLSXPAGE_H
#define RENDER_XLSXPAGE_H

#include "compose/workbook.h"
#include "render/sheet.h"

enum {
	PAGE_HEAD_PT = 12, /* letterhead */
	PAGE_TITLE_PT = 14,
	PAGE_TEXT_PT = 12,
	PAGE_CHART_ROWS = 16, /* that a line of charts stands on, all as high; an empty one stands before each line */
};

struct sheet_page {
	const struct page_style *paper;
	bool landscape;
	struct sheet *table; /* [n_table] */
	unsigned n_column;   /* of the widest table; of charts alone: equal ones */
	double *column_pt;   /* [n_column] */
	double width_pt;
	unsigned title_row, paragraph_row;
	unsigned chart_row; /* of the first line */
	size_t n_across;    /* charts of a line */
	unsigned n_line;
	unsigned lines_of_page; /* of charts, where the sheet may have several pages */
	unsigned n_row;
	double *row_pt; /* [n_row] of the rows that are of no table; 0: of one */
};

void sheet_page_measure(const struct workbook *, const struct worksheet *, struct fonts *, struct arena *, struct sheet_page *);

#endif
