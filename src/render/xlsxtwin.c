#include "render/xlsxtwin.h"

#include "base/utf8.h"
#include "render/xlsxbook.h"
#include "render/xlsxlanguage.h"

#include <assert.h>
#include <string.h>

enum {
	TEXT_PT = 12,
	TITLE_PT = 16,
	COVER_WIDTH = 80, /* [characters] its texts wrap there */
	WIDE = 48,	  /* longer texts wrap */
	TALL_LINES = 8,	  /* ... in so many lines, then the column becomes wider, up to: */
	TEXT_WIDEST = 120,
	WIDEST = 253,	  /* that programs allow, without the padding */
	LEAST = 8,
	PADDING = 2,
	HEAD_LINES = 4, /* more make a column wider */
};

static const char font_name[] = "Arial";
static const double line_pt = 15.5; /* of TEXT_PT */
static const double title_line_pt = 21;
static const double row_pad_pt = 1.5;
static const char language[] = "vi-VN"; /* of the documents */

/* A sheet while it is written. */
struct page {
	const struct twin *twin;
	const struct twin_sheet *said;
	struct book *book;
	lxw_worksheet *made;
	unsigned head_row;
	bool has_group;
};

static lxw_format *text_format(const struct page *p, struct look look)
{
	if (!look.size_pt)
		look.size_pt = TEXT_PT;
	return book_format(p->book, look);
}

static void put_text(const struct page *p, unsigned row, unsigned column, const char *text, lxw_format *format)
{
	book_put_text(p->book, p->made, row, column, text, format);
}

/* ---- above the table ---- */

static void put_lines(const struct page *p)
{
	bool is_cover = !p->said->grid;
	lxw_format *line = text_format(p, (struct look){ .wrap = is_cover });

	put_text(p, 0, 0, p->said->title, text_format(p, (struct look){ .size_pt = TITLE_PT, .bold = true, .wrap = is_cover }));
	for (size_t i = 0; i < p->said->n_line; i++)
		put_text(p, (unsigned)i + 1, 0, p->said->line[i], line);
}

/* ---- cells ---- */

/* The column of the sheet that a column of the grid is. */
static unsigned place_of(const struct page *p, size_t column)
{
	return (unsigned)column + p->has_group;
}

static const char *shown_text(const struct page *p, size_t row, size_t column)
{
	const struct grid_table *g = p->said->grid;
	const char *shorthand = twin_shorthand(p->twin, g, row, column);

	return shorthand ? shorthand : g->cell[row * g->n_column + column].text;
}

static lxw_format *cell_format(const struct page *p, size_t row, size_t column)
{
	const struct look look = cell_look(p->said->grid, row, column);

	return text_format(p, (struct look){ .number_format = look.number_format, .align = look.align, .wrap = look.wrap, .border = true });
}

static void put_link(const struct page *p, unsigned row, unsigned column, const char *sheet)
{
	const char *to = arena_printf(&p->book->arena, "internal:'%s'!A1", sheet);

	book_note(p->book, worksheet_write_url_opt(p->made, row, (lxw_col_t)column, to, text_format(p, (struct look){ .underline = true, .border = true }),
		book_text(p->book, sheet), NULL));
}

static void put_value(const struct page *p, unsigned row, size_t r, size_t c)
{
	const struct grid_table *g = p->said->grid;
	const struct grid_cell *cell = &g->cell[r * g->n_column + c];

	if (p->said->links && c == 0)
		put_link(p, row, place_of(p, c), cell->text);
	else if (g->column[c].is_number && cell->state == FIGURE_OK)
		book_note(p->book,
			worksheet_write_number(p->made, row, (lxw_col_t)place_of(p, c), ratio_double(cell->x), cell_format(p, r, c)));
	else
		put_text(p, row, place_of(p, c), shown_text(p, r, c), cell_format(p, r, c));
}

/* Row i of the table. */
static void put_row(const struct page *p, size_t i)
{
	unsigned row = p->head_row + 1 + (unsigned)i;
	size_t r = p->said->row[i];
	const char *group = p->has_group ? p->said->group[r] : NULL;

	if (p->has_group)
		put_text(p, row, 0, group ? group : p->twin->shorthand[FIGURE_NOT_APPLICABLE], text_format(p, (struct look){ .wrap = true, .border = true }));
	for (size_t c = 0; c < p->said->grid->n_column; c++)
		put_value(p, row, r, c);
}

/* A table has one row at least. */
static void put_no_rows(const struct page *p)
{
	for (unsigned c = 0; c < place_of(p, p->said->grid->n_column); c++)
		put_text(p, p->head_row + 1, c, p->twin->shorthand[FIGURE_NOT_APPLICABLE], text_format(p, (struct look){ .wrap = true, .border = true }));
}

/* ---- the table ---- */

static void set_head(const struct page *p, lxw_table_column *column, const char *text, enum align align)
{
	column->header = arena_text(&p->book->arena, book_text(p->book, text));
	column->header_format = text_format(p, (struct look){ .align = align, .bold = true, .wrap = true, .border = true });
}

static lxw_table_column **make_heads(const struct page *p, size_t n)
{
	struct arena *a = &p->book->arena;
	lxw_table_column *column = ARENA_ARRAY(a, n, lxw_table_column);
	lxw_table_column **list = ARENA_ARRAY(a, n + 1, lxw_table_column *);

	for (size_t i = 0; i < n; i++)
		list[i] = &column[i];
	if (p->has_group)
		set_head(p, &column[0], p->said->group_head, ALIGN_LEFT);
	for (size_t c = 0; c < p->said->grid->n_column; c++)
		set_head(p, &column[place_of(p, c)], p->said->head[c], p->said->grid->column[c].align);
	return list;
}

static void put_table(const struct page *p)
{
	const struct grid_table *g = p->said->grid;
	unsigned n_column = place_of(p, g->n_column);
	unsigned n_row = p->said->n_row ? (unsigned)p->said->n_row : 1;
	lxw_table_options options = {
		.name = arena_text(&p->book->arena, p->said->table),
		.no_autofilter = true,
		.no_banded_rows = true,
		.style_type = LXW_TABLE_STYLE_TYPE_LIGHT,
		.columns = make_heads(p, n_column),
	};

	book_note(p->book, worksheet_add_table(p->made, p->head_row, 0, p->head_row + n_row, (lxw_col_t)(n_column - 1), &options));
	for (size_t i = 0; i < p->said->n_row; i++)
		put_row(p, i);
	if (!p->said->n_row)
		put_no_rows(p);
}

/* ---- widths and heights: spreadsheet programs fit neither when a file is opened ---- */

static size_t longest_word(const char *text)
{
	size_t longest = 0;

	for (size_t n; *text; text += n + (text[n] != '\0')) {
		n = strcspn(text, " \n");
		longest = utf8_length(text, n) > longest ? utf8_length(text, n) : longest;
	}
	return longest;
}

/* Lines that the text takes, words kept whole. */
static unsigned count_lines(const char *text, size_t width)
{
	unsigned lines = 1;
	size_t x = 0;

	for (size_t n; *text; text += n + (text[n] != '\0')) {
		size_t word;

		n = strcspn(text, " \n");
		word = utf8_length(text, n);
		if (x && x + word > width) {
			lines++;
			x = 0;
		}
		lines += (unsigned)(word / (width + 1));
		x += word + 1;
		if (text[n] == '\n') {
			lines++;
			x = 0;
		}
	}
	return lines;
}

static size_t larger(size_t a, size_t b)
{
	return a > b ? a : b;
}

static size_t smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Numbers and words stay whole as far as a column goes; texts have one line at first. */
static size_t text_need(const char *text, bool wraps)
{
	size_t length = utf8_length(text, strlen(text));

	if (!wraps || length < WIDE)
		return smaller(length, WIDEST);
	return smaller(larger(longest_word(text), larger(WIDE, smaller(length / TALL_LINES, TEXT_WIDEST))), WIDEST);
}

static size_t head_need(const char *head)
{
	return smaller(larger(larger(longest_word(head), utf8_length(head, strlen(head)) / HEAD_LINES), LEAST), WIDEST);
}

/* The texts of a column of the sheet, the first of which may be that of the groups. */
static const char *text_at(const struct page *p, size_t i, size_t column)
{
	const char *group;

	if (!p->has_group)
		return shown_text(p, p->said->row[i], column);
	group = p->said->group[p->said->row[i]];
	return column ? shown_text(p, p->said->row[i], column - 1) : group ? group : p->twin->shorthand[FIGURE_NOT_APPLICABLE];
}

static const char *head_at(const struct page *p, size_t column)
{
	if (!p->has_group)
		return p->said->head[column];
	return column ? p->said->head[column - 1] : p->said->group_head;
}

static bool wraps_at(const struct page *p, size_t column)
{
	return (p->has_group && !column) || !p->said->grid->column[column - p->has_group].is_number;
}

static void set_row(const struct page *p, unsigned row, double height)
{
	book_set_row(p->book, p->made, row, height + row_pad_pt);
}

static void set_width(const struct page *p, size_t column, size_t characters)
{
	book_note(p->book, worksheet_set_column(p->made, (lxw_col_t)column, (lxw_col_t)column, (double)(characters + PADDING), NULL));
}

/* [characters] of each column; *lines: [n_row] of each row. */
static void put_widths(const struct page *p, unsigned *lines)
{
	unsigned head_lines = 1;

	for (size_t c = 0; c < place_of(p, p->said->grid->n_column); c++) {
		bool wraps = wraps_at(p, c);
		size_t width = head_need(head_at(p, c));

		for (size_t i = 0; i < p->said->n_row; i++)
			width = larger(width, text_need(text_at(p, i, c), wraps));
		for (size_t i = 0; wraps && i < p->said->n_row; i++)
			lines[i] = (unsigned)larger(lines[i], count_lines(text_at(p, i, c), width));
		head_lines = (unsigned)larger(head_lines, count_lines(head_at(p, c), width));
		set_width(p, c, width);
	}
	set_row(p, p->head_row, head_lines * line_pt);
}

static void put_cover_sizes(const struct page *p)
{
	set_width(p, 0, COVER_WIDTH);
	set_row(p, 0, count_lines(p->said->title, COVER_WIDTH * TEXT_PT / TITLE_PT) * title_line_pt);
	for (size_t i = 0; i < p->said->n_line; i++)
		set_row(p, (unsigned)i + 1, count_lines(p->said->line[i], COVER_WIDTH) * line_pt);
}

static void put_table_sizes(const struct page *p)
{
	unsigned *lines = ARENA_ARRAY(&p->book->arena, p->said->n_row, unsigned);

	put_widths(p, lines);
	set_row(p, 0, title_line_pt);
	for (size_t i = 0; i < p->said->n_row; i++)
		if (lines[i] > 1)
			set_row(p, p->head_row + 1 + (unsigned)i, lines[i] * line_pt);
}

static void put_sizes_of(const struct page *p)
{
	worksheet_set_default_row(p->made, line_pt + row_pad_pt, LXW_FALSE);
	if (p->said->grid)
		put_table_sizes(p);
	else
		put_cover_sizes(p);
}

/* ---- the whole ---- */

static void put_paging(const struct page *p)
{
	const struct target t = { .book = p->book, .worksheet = p->made };
	bool landscape = p->said->grid != NULL;

	put_paper(&t, landscape ? p->twin->book->landscape : p->twin->book->portrait, landscape);
	if (p->said->grid)
		book_note(p->book, worksheet_repeat_rows(p->made, p->head_row, p->head_row));
	put_no_marks(&t, 0, p->head_row + 1 + (unsigned)p->said->n_row);
}

static void put_sheet(const struct twin *twin, const struct twin_sheet *said, struct book *book)
{
	struct page p = { .twin = twin, .said = said, .book = book, .head_row = (unsigned)said->n_line + 1, .has_group = said->group != NULL };

	p.made = workbook_add_worksheet(book->workbook, said->name);
	assert(p.made);
	put_sizes_of(&p);
	put_lines(&p);
	if (said->grid)
		put_table(&p);
	put_paging(&p);
}

bool xlsxtwin_write(const struct twin *twin, const char *path, struct diags *d)
{
	const struct workbook *w = twin->book;
	const struct book_words words = { w->title, w->subject, w->author, w->date };
	struct book book;

	if (!book_open(&book, path, &words, d))
		return false;
	book_set_font(&book, font_name, TEXT_PT);
	book_put_properties(&book, w);
	for (size_t i = 0; i < twin->n_sheet; i++)
		put_sheet(twin, &twin->sheet[i], &book);
	return book_close(&book, path, d) && xlsx_set_language(path, language, d);
}
