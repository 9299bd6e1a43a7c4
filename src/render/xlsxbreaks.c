#include "render/xlsxbreaks.h"

#include "render/xlsxbook.h"

static const double page_part = 0.95; /* of its height that is filled: programs make rows a little higher than measured */

/* A sheet while its pages are filled from the top. */
struct paging {
	const struct worksheet *said;
	const struct sheet_page *page;
	const struct sheet *sheet; /* of its only table */
	double room_pt;
	double head_pt; /* of the rows that each page repeats */
	double y_pt;	/* filled of the page so far */
	bool is_first;	/* page */
	unsigned *row;
	size_t n;
};

static double rows_height(const struct paging *p, unsigned first, unsigned end)
{
	double height = 0;

	for (unsigned r = first; r < end; r++)
		height += p->page->row_pt[r] > 0 ? p->page->row_pt[r] : p->sheet->row_pt[r];
	return height;
}

static void begin_page(struct paging *p, unsigned row)
{
	if (p->n < PAGE_BREAKS_MAX)
		p->row[p->n++] = row;
	p->y_pt = p->head_pt;
	p->is_first = false;
}

/* Rows that programs part where they will. */
static void flow(struct paging *p, unsigned first, unsigned end)
{
	for (unsigned r = first; r < end; r++) {
		double height = rows_height(p, r, r + 1);

		if (p->y_pt + height > p->room_pt) {
			p->y_pt = p->head_pt;
			p->is_first = false;
		}
		p->y_pt += height;
	}
}

/* A row alone is cut by no program. */
static void keep_together(struct paging *p, unsigned first, unsigned end)
{
	double height = rows_height(p, first, end);

	if (end - first > 1 && first > p->sheet->body_row && p->y_pt + height > p->room_pt && p->head_pt + height <= p->room_pt)
		begin_page(p, first);
	flow(p, first, end);
}

/* ---- the table ---- */

/* Where the rows of sums behind all others begin. */
static size_t first_sum(const struct grid_table *t)
{
	size_t n = t->n_row;

	while (n && t->row_kind[n - 1] != GRID_LEAF)
		n--;
	return n;
}

/* Behind the row, and behind all of its group if it begins one. */
static size_t unit_end(const struct grid_table *t, size_t row, size_t end)
{
	if (t->row_kind[row++] != GRID_GROUP)
		return row;
	while (row < end && t->row_kind[row] == GRID_GROUP)
		row++;
	while (row < end && t->row_kind[row] == GRID_LEAF)
		row++;
	return row;
}

static void break_table(struct paging *p)
{
	const struct grid_table *t = p->sheet->table;
	unsigned body = p->sheet->body_row;
	size_t sums = first_sum(t);
	unsigned sum_row = body + (unsigned)sums, end = p->sheet->n_row;

	p->y_pt = rows_height(p, 0, body);
	for (size_t r = 0, next; r < sums; r = next) {
		next = unit_end(t, r, sums);
		keep_together(p, body + (unsigned)r, next == t->n_row ? end : body + (unsigned)next);
	}
	if (sums == t->n_row)
		return;
	if (sums && t->n_row - sums > 1 && (!p->is_first || p->y_pt + rows_height(p, sum_row, end) > p->room_pt))
		begin_page(p, sum_row);
}

/* They begin a new page where they stand below a table. */
static void break_charts(struct paging *p)
{
	for (unsigned i = p->said->n_table ? 0 : p->page->lines_of_page; i < p->page->n_line; i += p->page->lines_of_page)
		begin_page(p, p->page->chart_row - 1 + i * (PAGE_CHART_ROWS + 1));
}

struct page_breaks page_breaks_of(const struct worksheet *said, const struct sheet_page *page, struct arena *a)
{
	double scale = page_room_pt(page->paper) / page->width_pt;
	struct paging p = { .said = said, .page = page, .sheet = said->n_table ? &page->table[0] : NULL, .is_first = true };

	if (said->one_page)
		return (struct page_breaks){ 0 };
	p.row = ARENA_ARRAY(a, PAGE_BREAKS_MAX, unsigned);
	p.room_pt = page_height_pt(page->paper) / (scale < 1 ? scale : 1) * page_part;
	if (said->n_table)
		p.head_pt = rows_height(&p, p.sheet->header_row, p.sheet->body_row);
	if (said->n_table == 1)
		break_table(&p);
	break_charts(&p);
	return (struct page_breaks){ p.row, p.n };
}
