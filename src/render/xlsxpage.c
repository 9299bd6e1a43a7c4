#include "render/xlsxpage.h"

#include "render/xlsxchart.h"

#include <assert.h>
#include <math.h>

enum {
	LABEL_PARTS = 4, /* of what columns are stretched by */
	ACROSS_MAX = 2,	 /* charts of a line, where there may be several lines */
	LINES_LOW = 3,	 /* of charts: as many are on one page, lower than else */
	LINES_HIGH = 2,	 /* else on a page */
	CHART_COLUMNS = 12, /* of a sheet with nothing but charts */
};

static const double head_line_pt = 17;
static const double gap_pt = 8;		   /* between what stands below each other */
static const double line_slack = 1.06;	   /* of the heights of paragraphs: programs wrap a little sooner than measured */
static const double chart_least_pt = 190, chart_most_pt = 400;
static const double chart_high_pt = 200, chart_low_pt = 136; /* where there may be several lines: LINES_HIGH, LINES_LOW on a page that lies */
static const double chart_alone_pt = 230; /* of such a sheet, at most */
static const double page_part = 0.95;	  /* of its height that charts alone fill: programs make rows a little higher than measured */
static const double pixel_pt = 0.75;
static const double plain_row_pt = 15;
static const double row_gap_pt = 3;	   /* more than rows of a table need */
static const double stretch_most_pt = 24;  /* a column becomes wider by, where the page has room */

/* A sheet while it is measured. */
struct measuring {
	const struct workbook *workbook;
	const struct worksheet *said;
	struct fonts *fonts;
	struct arena *a;
};

/* ---- widths ---- */

/* Each column as wide as the widest of the tables needs it. */
static void measure_columns(const struct measuring *m, struct sheet_page *p)
{
	const struct worksheet *said = m->said;
	double narrow = page_room_pt(m->workbook->portrait);

	p->table = ARENA_ARRAY(m->a, said->n_table, struct sheet);
	for (size_t i = 0; i < said->n_table; i++) {
		const struct grid_table *grid = said->table[i].grid;

		assert(grid->n_column);
		sheet_measure(grid, m->fonts, narrow, said->one_page ? narrow : page_room_pt(m->workbook->landscape), m->a, &p->table[i]);
		p->n_column = grid->n_column > p->n_column ? (unsigned)grid->n_column : p->n_column;
	}
	p->column_pt = ARENA_ARRAY(m->a, p->n_column, double);
	for (size_t i = 0; i < said->n_table; i++)
		for (size_t c = 0; c < said->table[i].grid->n_column; c++)
			if (p->table[i].column_pt[c] > p->column_pt[c])
				p->column_pt[c] = p->table[i].column_pt[c];
	for (size_t c = 0; c < p->n_column; c++)
		p->width_pt += p->column_pt[c];
	p->landscape = !said->one_page && p->width_pt > narrow;
	p->paper = p->landscape ? m->workbook->landscape : m->workbook->portrait;
}

/* Without a table: a page that lies. */
static void set_columns(const struct measuring *m, struct sheet_page *p)
{
	p->landscape = true;
	p->paper = m->workbook->landscape;
	p->width_pt = page_room_pt(p->paper);
	p->n_column = CHART_COLUMNS;
	p->column_pt = ARENA_ARRAY(m->a, p->n_column, double);
	for (size_t c = 0; c < p->n_column; c++)
		p->column_pt[c] = p->width_pt / p->n_column;
}

/* What the page has room for: the labels are on one line where that needs no more than their parts, and all columns share the rest, of which
 * the labels take several parts: they are the longest texts. */
static void stretch_columns(const struct measuring *m, struct sheet_page *p)
{
	size_t stub = m->said->table[0].grid->stub;
	size_t label = stub ? stub - 1 : 0;
	double room = page_room_pt(p->paper) - p->width_pt;
	double line = 0, more;

	for (size_t i = 0; i < m->said->n_table; i++)
		line = fmax(line, sheet_line_pt(&p->table[i], label) - p->column_pt[label]);
	line = line <= fmin(room, stretch_most_pt * LABEL_PARTS) ? line : 0;
	more = fmin((room - line) / (p->n_column + LABEL_PARTS - 1), stretch_most_pt);
	if (room <= 0)
		return;
	for (size_t c = 0; c < p->n_column; c++)
		p->column_pt[c] += more;
	p->column_pt[label] += line + more * (LABEL_PARTS - 1);
	p->width_pt += line + more * (p->n_column + LABEL_PARTS - 1);
}

/* ---- rows ---- */

static size_t head_rows(const struct letterhead *l)
{
	size_t left = (l->parent ? 1 : 0) + l->n_issuer;

	return left > 2 ? left : 2;
}

static void loosen_rows(struct sheet *s)
{
	for (unsigned r = s->top; r < s->n_row; r++)
		s->row_pt[r] = (s->row_pt[r] > 0 ? s->row_pt[r] : plain_row_pt) + row_gap_pt;
}

/* Lines of nearly as many charts. */
static void number_charts(const struct worksheet *said, unsigned row, struct sheet_page *p)
{
	p->n_line = said->n_chart ? 1 : 0;
	if (!said->one_page)
		p->n_line = (unsigned)(said->n_chart + ACROSS_MAX - 1) / ACROSS_MAX;
	p->lines_of_page = p->n_line == LINES_LOW || (!said->n_table && p->n_line > LINES_HIGH) ? LINES_LOW : LINES_HIGH;
	p->n_across = p->n_line ? (said->n_chart + p->n_line - 1) / p->n_line : 0;
	p->chart_row = p->n_line ? row + 1 : row;
	p->n_row = row + p->n_line * (PAGE_CHART_ROWS + 1);
}

/* From the top down: what is there, each with an empty row behind it. */
static void number_rows(const struct measuring *m, struct sheet_page *p)
{
	const struct worksheet *said = m->said;
	unsigned row = said->letterhead ? (unsigned)head_rows(said->letterhead) + 1 : 0;

	p->title_row = row;
	row += said->n_title ? (unsigned)said->n_title + 1 : 0;
	p->paragraph_row = row;
	row += said->n_paragraph ? (unsigned)said->n_paragraph + 1 : 0;
	for (size_t i = 0; i < said->n_table; i++) {
		struct sheet_place place = { i ? row + 1 : row, said->untitled, p->column_pt, p->width_pt };

		sheet_place(&place, m->fonts, m->a, &p->table[i]);
		loosen_rows(&p->table[i]);
		row = p->table[i].n_row;
	}
	number_charts(said, row, p);
}

static double tables_height(const struct measuring *m, const struct sheet_page *p)
{
	double height = 0;

	for (size_t i = 0; i < m->said->n_table; i++)
		for (unsigned r = p->table[i].top; r < p->table[i].n_row; r++)
			height += p->table[i].row_pt[r];
	return height;
}

/* What is left of the page, and no less than all bars need, within limits. */
static double chart_height(const struct measuring *m, const struct sheet_page *p)
{
	const struct page_style *page = p->paper;
	double scale = page_room_pt(page) / p->width_pt;
	double left = page_height_pt(page) / (scale < 1 ? scale : 1) - tables_height(m, p);

	for (unsigned r = 0; r < p->chart_row; r++)
		left -= p->row_pt[r];
	for (size_t i = 0; i < m->said->n_chart; i++)
		left = fmax(left, chart_height_need(m->said->chart[i]));
	return fmin(fmax(left, chart_least_pt), chart_most_pt);
}

static void measure_head(const struct measuring *m, struct sheet_page *p)
{
	const struct worksheet *said = m->said;

	unsigned end = said->n_table ? p->table[0].top : p->chart_row - 1;

	for (unsigned r = 0; r < end; r++)
		p->row_pt[r] = r + 1 == p->title_row || r + 1 == p->paragraph_row || r + 1 == end ? gap_pt : head_line_pt;
	for (size_t i = 0; i < said->n_title; i++)
		p->row_pt[p->title_row + i] = sheet_text_height(m->fonts, FACE_BOLD, PAGE_TITLE_PT, said->title[i], p->width_pt) * line_slack * PAGE_TITLE_PT / SHEET_PT;
	for (size_t i = 0; i < said->n_paragraph; i++)
		p->row_pt[p->paragraph_row + i]
			= sheet_text_height(m->fonts, FACE_REGULAR, PAGE_TEXT_PT, said->paragraph[i], p->width_pt) * line_slack * PAGE_TEXT_PT / SHEET_PT;
}

/* Of charts alone: as many lines as a page has share it. */
static double alone_height(const struct sheet_page *p)
{
	double left = page_height_pt(p->paper) * page_part;

	for (unsigned r = 0; r + 1 < p->chart_row; r++)
		left -= p->row_pt[r];
	return fmin(left / p->lines_of_page - gap_pt, chart_alone_pt);
}

/* Programs place charts by rows of whole pixels. */
static void measure_charts(const struct measuring *m, struct sheet_page *p)
{
	double need = p->lines_of_page == LINES_LOW ? chart_low_pt : chart_high_pt;
	double height;

	p->row_pt[p->chart_row - 1] = gap_pt;
	if (m->said->one_page)
		need = chart_height(m, p);
	else if (!m->said->n_table)
		need = alone_height(p);
	for (size_t i = 0; !m->said->one_page && i < m->said->n_chart; i++)
		need = fmin(fmax(need, chart_height_need(m->said->chart[i])), chart_most_pt);
	height = floor(need / PAGE_CHART_ROWS / pixel_pt) * pixel_pt;
	for (unsigned i = 0; i < p->n_line; i++) {
		unsigned row = p->chart_row + i * (PAGE_CHART_ROWS + 1);

		p->row_pt[row - 1] = gap_pt;
		for (unsigned r = 0; r < PAGE_CHART_ROWS; r++)
			p->row_pt[row + r] = height;
	}
}

void sheet_page_measure(const struct workbook *workbook, const struct worksheet *said, struct fonts *fonts, struct arena *a,
	struct sheet_page *p)
{
	const struct measuring m = { workbook, said, fonts, a };

	*p = (struct sheet_page){ 0 };
	if (said->n_table) {
		measure_columns(&m, p);
		stretch_columns(&m, p);
	} else
		set_columns(&m, p);
	number_rows(&m, p);
	p->row_pt = ARENA_ARRAY(a, p->n_row, double);
	measure_head(&m, p);
	for (size_t i = 1; i < said->n_table; i++)
		p->row_pt[p->table[i].top - 1] = gap_pt;
	if (said->n_chart)
		measure_charts(&m, p);
}
