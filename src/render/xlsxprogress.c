#include "render/xlsxprogress.h"

#include "base/buf.h"
#include "render/xlsxbreaks.h"
#include "render/xlsxchart.h"

#include <assert.h>

static const double left_part = 0.45;	 /* of the width, for the agency */
static const double chart_gap_pt = 8;	 /* between two of them */
static const double bars_share = 0.85;	 /* of a line, where other charts have 1 */
static const double chart_edge_pt = 3;	 /* between it and the end of what is printed */

/* A sheet while it is written. */
struct page {
	const struct workbook *workbook;
	const struct worksheet *said;
	struct book *book;
	lxw_worksheet *made;
	struct sheet_page m;
	const struct table_place *place; /* [n_place] of all tables */
	size_t n_place;
};

static void put_row_sizes(const struct page *p)
{
	for (unsigned r = 0; r < p->m.n_row; r++)
		if (p->m.row_pt[r] > 0)
			book_set_row(p->book, p->made, r, p->m.row_pt[r]);
}

/* ---- what stands above the tables ---- */

/* Its i-th table, if it has any. */
static struct target target_of(const struct page *p, size_t i)
{
	struct target t = {
		.book = p->book,
		.worksheet = p->made,
		.place = p->place,
		.n_place = p->n_place,
		.n_column = p->m.n_column,
		.shaded = true,
		.centred = NO_COLUMN,
	};

	if (i < p->said->n_table) {
		t.sheet = &p->m.table[i];
		t.table = p->said->table[i].grid;
		t.centred = p->said->table[i].status_column;
	}
	return t;
}

/* Columns of the agency; the others are the nation's. */
static unsigned left_columns(const struct page *p)
{
	unsigned n = 1;

	for (double x = p->m.column_pt[0]; n + 1 < p->m.n_column && x + p->m.column_pt[n] / 2 < p->m.width_pt * left_part; n++)
		x += p->m.column_pt[n];
	return n;
}

static void put_letterhead(const struct page *p)
{
	const struct letterhead *l = p->said->letterhead;
	const struct target t = target_of(p, 0);
	struct look plain = { .align = ALIGN_CENTRE, .size_pt = PAGE_HEAD_PT };
	struct look bold = { .align = ALIGN_CENTRE, .size_pt = PAGE_HEAD_PT, .bold = true };
	unsigned left = left_columns(p);
	unsigned row = 0;

	if (l->parent)
		put_merged(&t, row++, 0, 1, left, l->parent, plain);
	for (size_t i = 0; i < l->n_issuer; i++)
		put_merged(&t, row++, 0, 1, left, l->issuer[i], bold);
	if (left == p->m.n_column)
		return;
	put_merged(&t, 0, left, 1, p->m.n_column - left, l->nation, bold);
	bold.underline = true;
	put_merged(&t, 1, left, 1, p->m.n_column - left, l->motto, bold);
}

static void put_texts(const struct page *p)
{
	const struct target t = target_of(p, 0);
	const struct look title = { .align = ALIGN_CENTRE, .size_pt = PAGE_TITLE_PT, .bold = true, .wrap = true };
	const struct look text = { .align = ALIGN_LEFT, .size_pt = PAGE_TEXT_PT, .wrap = true };

	if (p->said->letterhead)
		put_letterhead(p);
	for (size_t i = 0; i < p->said->n_title; i++)
		put_line(&t, p->m.title_row + (unsigned)i, p->said->title[i], title);
	for (size_t i = 0; i < p->said->n_paragraph; i++)
		put_line(&t, p->m.paragraph_row + (unsigned)i, p->said->paragraph[i], text);
}

/* ---- the tables ---- */

/* "=\"chậm\"", quotes inside doubled. */
static char *quoted(const char *word, struct arena *a)
{
	struct buf b = { 0 };
	char *text;

	buf_putc(&b, '"');
	for (; *word; word++) {
		if (*word == '"')
			buf_putc(&b, '"');
		buf_putc(&b, *word);
	}
	buf_putc(&b, '"');
	text = arena_slice(a, b.text, b.n);
	buf_clear(&b);
	return text;
}

static void put_statuses(const struct page *p, size_t i, lxw_format *const *look)
{
	const struct sheet *s = &p->m.table[i];
	lxw_col_t first = (lxw_col_t)p->said->table[i].status_column, last = (lxw_col_t)p->said->table[i].status_last;

	if (p->said->table[i].status_column == NO_COLUMN)
		return;
	for (size_t k = 0; k < p->workbook->n_status; k++) {
		lxw_conditional_format format = {
			.type = LXW_CONDITIONAL_TYPE_CELL,
			.criteria = LXW_CONDITIONAL_CRITERIA_EQUAL_TO,
			.value_string = quoted(p->workbook->status[k].word, &p->book->arena),
			.format = look[k],
		};

		book_note(p->book, worksheet_conditional_format_range(p->made, s->body_row, first, s->note_row - 1, last, &format));
	}
}

/* "'Theo địa bàn'!$A$5:$J$30"; no name of a sheet has a quote. */
static void name_body(const struct page *p, size_t i)
{
	const struct sheet *s = &p->m.table[i];
	char range[LXW_MAX_CELL_RANGE_LENGTH];
	struct arena *a = &p->book->arena;

	lxw_rowcol_to_range_abs(range, s->body_row, 0, s->note_row - 1, (lxw_col_t)(s->table->n_column - 1));
	book_note(p->book,
		workbook_define_name(p->book->workbook, p->said->table[i].name, arena_printf(a, "='%s'!%s", p->said->name, range)));
}

static void put_tables(const struct page *p, lxw_format *const *look)
{
	for (size_t i = 0; i < p->said->n_table; i++) {
		const struct target t = target_of(p, i);

		put_surroundings(&t);
		put_header(&t);
		put_body(&t);
		if (!t.table->n_row)
			continue;
		put_statuses(p, i, look);
		name_body(p, i);
	}
}

/* Rows of sums at the end stay where they are. */
static void put_filters(const struct page *p)
{
	const struct sheet *s = &p->m.table[0];
	size_t n = s->table->n_row;

	while (n && s->table->row_kind[n - 1] != GRID_LEAF)
		n--;
	if (p->said->filters && n)
		book_note(p->book, worksheet_autofilter(p->made, s->body_row - 1, 0, s->body_row + (lxw_row_t)n - 1, (lxw_col_t)(s->table->n_column - 1)));
}

/* ---- charts ---- */

/* Where the grid stands; every grid of a chart stands somewhere. */
static struct chart_source source_of(const struct page *page, size_t n_page, const struct grid_table *grid)
{
	for (size_t i = 0; i < n_page; i++)
		for (size_t k = 0; k < page[i].said->n_table; k++)
			if (page[i].said->table[k].grid == grid)
				return (struct chart_source){ page[i].said->name, &page[i].m.table[k] };
	assert(false);
	return (struct chart_source){ 0 };
}

/* Lines have names below each point, bars beside them. */
static double chart_share(const struct chart *chart)
{
	return chart->kind == CHART_BARS ? bars_share : 1;
}

/* Where the charts of a line stand, from its first one to the end. */
static void place_line(const struct page *p, size_t first, size_t end, struct chart_place *place)
{
	double width = p->m.width_pt - chart_edge_pt - chart_gap_pt * (double)(end - first - 1);
	double shares = 0, left = 0;

	for (size_t i = first; i < end; i++)
		shares += chart_share(p->said->chart[i]);
	for (size_t i = first; i < end; i++) {
		place[i] = (struct chart_place){
			.row = p->m.chart_row + (unsigned)(first / p->m.n_across) * (PAGE_CHART_ROWS + 1),
			.left_pt = left,
			.width_pt = width * chart_share(p->said->chart[i]) / shares,
			.height_pt = p->m.row_pt[p->m.chart_row] * PAGE_CHART_ROWS - chart_edge_pt,
		};
		left += place[i].width_pt + chart_gap_pt;
	}
}

static void put_charts(const struct page *p, const struct page *page, size_t n_page)
{
	const struct target t = target_of(p, 0);
	size_t n = p->said->n_chart;
	struct chart_place *place = ARENA_ARRAY(&p->book->arena, n, struct chart_place);

	for (size_t i = 0; i < n; i += p->m.n_across)
		place_line(p, i, i + p->m.n_across < n ? i + p->m.n_across : n, place);
	for (size_t i = 0; i < n; i++)
		if (p->said->chart[i]->n_point)
			put_chart(&t, p->said->chart[i], source_of(page, n_page, p->said->chart[i]->series[0].table), place[i]);
}

static void put_breaks(const struct page *p)
{
	const struct page_breaks breaks = page_breaks_of(p->said, &p->m, &p->book->arena);
	lxw_row_t *row = ARENA_ARRAY(&p->book->arena, breaks.n + 1, lxw_row_t);

	for (size_t i = 0; i < breaks.n; i++)
		row[i] = breaks.row[i];
	if (breaks.n)
		book_note(p->book, worksheet_set_h_pagebreaks(p->made, row));
}

/* ---- the sheet ---- */

static void put_columns(const struct page *p)
{
	for (unsigned c = 0; c < p->m.n_column; c++)
		put_width(p->book, p->made, c, p->m.column_pt[c]);
}

static void put_sizes_of(const struct page *p)
{
	if (!p->said->n_table)
		put_columns(p);
	for (size_t i = 0; i < p->said->n_table; i++) {
		const struct target t = target_of(p, i);

		put_sizes(&t);
	}
	put_row_sizes(p);
}

static void put_pages(const struct page *p)
{
	const struct target t = target_of(p, 0);
	const struct sheet *s = t.sheet;

	worksheet_gridlines(p->made, LXW_HIDE_ALL_GRIDLINES);
	put_paper(&t, p->m.paper, p->m.landscape);
	book_note(p->book, worksheet_set_footer(p->made, "&C&\"Times New Roman,Regular\"&11&P/&N"));
	book_note(p->book, worksheet_print_area(p->made, 0, 0, p->m.n_row - 1, (lxw_col_t)(p->m.n_column - 1)));
	if (p->said->one_page)
		worksheet_fit_to_pages(p->made, 1, 1);
	if (p->said->one_page || p->said->n_table != 1)
		return;
	worksheet_freeze_panes(p->made, s->body_row, (lxw_col_t)s->table->stub);
	if (s->body_row > s->header_row)
		book_note(p->book, worksheet_repeat_rows(p->made, s->header_row, s->body_row - 1));
}

static void put_sheet(const struct page *p, const struct page *page, size_t n_page, lxw_format *const *look)
{
	const struct target t = target_of(p, 0);

	put_sizes_of(p);
	put_texts(p);
	put_tables(p, look);
	if (p->said->n_table) {
		put_no_marks(&t, p->m.table[0].body_row, p->m.table[p->said->n_table - 1].note_row);
		put_filters(p);
	}
	put_charts(p, page, n_page);
	put_breaks(p);
	put_pages(p);
}

/* What conditions lay over a cell. */
static lxw_format *const *status_formats(const struct workbook *w, struct book *book)
{
	lxw_format **look = ARENA_ARRAY(&book->arena, w->n_status, lxw_format *);

	for (size_t i = 0; i < w->n_status; i++) {
		look[i] = workbook_add_format(book->workbook);
		format_set_bg_color(look[i], w->status[i].fill ? w->status[i].fill : LXW_COLOR_BLACK);
		format_set_font_color(look[i], w->status[i].ink ? w->status[i].ink : LXW_COLOR_BLACK);
	}
	return look;
}

static void put_places(const struct page *page, size_t n_page, struct table_place *place)
{
	size_t n = 0;

	for (size_t i = 0; i < n_page; i++)
		for (size_t k = 0; k < page[i].said->n_table; k++)
			place[n++] = (struct table_place){ page[i].said->table[k].grid->id, page[i].said->name, page[i].m.table[k].body_row };
}

static size_t count_tables(const struct workbook *w)
{
	size_t n = 0;

	for (size_t i = 0; i < w->n_sheet; i++)
		n += w->sheet[i].n_table;
	return n;
}

/* All are measured before any is written: charts and formulas are over cells of other sheets. */
static void put_all(const struct workbook *w, struct fonts *fonts, struct book *book)
{
	lxw_format *const *look = status_formats(w, book);
	struct page *page = ARENA_ARRAY(&book->arena, w->n_sheet, struct page);
	size_t n_place = count_tables(w);
	struct table_place *place = ARENA_ARRAY(&book->arena, n_place, struct table_place);

	for (size_t i = 0; i < w->n_sheet; i++) {
		page[i] = (struct page){ .workbook = w, .said = &w->sheet[i], .book = book, .place = place, .n_place = n_place };
		page[i].made = workbook_add_worksheet(book->workbook, w->sheet[i].name);
		assert(page[i].made);
		sheet_page_measure(w, &w->sheet[i], fonts, &book->arena, &page[i].m);
	}
	put_places(page, w->n_sheet, place);
	for (size_t i = 0; i < w->n_sheet; i++)
		put_sheet(&page[i], page, w->n_sheet, look);
}

bool xlsxprogress_write(const struct workbook *w, struct fonts *fonts, const char *path, struct diags *d)
{
	const struct book_words words = { w->title, w->subject, w->author, w->date };
	struct book book;

	if (!book_open(&book, path, &words, d))
		return false;
	book_put_properties(&book, w);
	put_all(w, fonts, &book);
	return book_close(&book, path, d);
}
