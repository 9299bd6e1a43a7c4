#include "render/xlsxbook.h"

#include "base/buf.h"
#include "base/xstring.h"

#include <assert.h>
#include <math.h>
#include <string.h>

enum { PAPER_A4 = 9 };

static const double pt_per_inch = 72;
static const double mm_per_inch = 25.4;
static const double highest_row_pt = 409; /* of spreadsheet programs: 409.5 */
static const double pixels_per_pt = 96.0 / 72; /* as spreadsheet programs count */
static const lxw_color_t grey = 0x595959;
static const lxw_color_t shades[] = { [SHADE_HEAD] = 0xe7e6e6, [SHADE_ENTRY] = 0xfff9e0, [SHADE_TOP] = 0xdce6f1, [SHADE_SUM] = 0xf2f2f2 };

/* ---- formats ---- */

void book_note(struct book *book, lxw_error error)
{
	if (book->error == LXW_NO_ERROR)
		book->error = error;
}

const char *book_text(struct book *book, const char *text)
{
	return xstring_escape(text, &book->arena);
}

void book_put_text(struct book *book, lxw_worksheet *worksheet, unsigned row, unsigned column, const char *text, lxw_format *format)
{
	book_note(book, worksheet_write_string(worksheet, row, (lxw_col_t)column, book_text(book, text), format));
}

void book_set_row(struct book *book, lxw_worksheet *worksheet, unsigned row, double height_pt)
{
	book_note(book, worksheet_set_row(worksheet, row, height_pt < highest_row_pt ? height_pt : highest_row_pt, NULL));
}

static bool same_look(const struct look *a, const struct look *b)
{
	return a->align == b->align && a->shade == b->shade && a->grey == b->grey && a->open == b->open && a->size_pt == b->size_pt && a->bold == b->bold
		&& a->italic == b->italic && a->underline == b->underline && a->wrap == b->wrap && a->border == b->border
		&& (a->number_format == b->number_format
			|| (a->number_format && b->number_format
				&& !strcmp(a->number_format, b->number_format)));
}

static uint8_t align_code(enum align align)
{
	switch (align) {
	case ALIGN_LEFT:
		return LXW_ALIGN_LEFT;
	case ALIGN_CENTRE:
		return LXW_ALIGN_CENTER;
	case ALIGN_RIGHT:
	case ALIGN_DECIMAL:
		return LXW_ALIGN_RIGHT;
	}
	return LXW_ALIGN_NONE;
}

static lxw_format *format_new(const struct book *book, const struct look *look)
{
	lxw_format *format = workbook_add_format(book->workbook);

	format_set_font_name(format, book->font);
	format_set_font_size(format, look->size_pt);
	format_set_align(format, align_code(look->align));
	format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
	if (look->bold)
		format_set_bold(format);
	if (look->italic)
		format_set_italic(format);
	if (look->wrap)
		format_set_text_wrap(format);
	if (look->underline)
		format_set_underline(format, LXW_UNDERLINE_SINGLE);
	if (look->border)
		format_set_border(format, LXW_BORDER_THIN);
	if (look->shade != SHADE_NONE) {
		format_set_pattern(format, LXW_PATTERN_SOLID);
		format_set_bg_color(format, shades[look->shade]);
		format_set_fg_color(format, shades[look->shade]);
	}
	if (look->grey)
		format_set_font_color(format, grey);
	if (look->open)
		format_set_unlocked(format);
	if (look->number_format)
		format_set_num_format(format, look->number_format);
	return format;
}

lxw_format *book_format(struct book *book, struct look look)
{
	struct format *format;

	for (size_t i = 0; i < book->n_format; i++)
		if (same_look(&book->format[i].look, &look))
			return book->format[i].format;
	format = ARENA_PUSH(&book->arena, book->format, book->n_format, &book->cap_format);
	*format = (struct format){ look, format_new(book, &look) };
	return format->format;
}

/* The library makes the format that cells have by themselves first, and has no call to change it. */
void book_set_font(struct book *book, const char *name, int size_pt)
{
	lxw_format *format = STAILQ_FIRST(book->workbook->formats);

	book->font = name;
	format_set_font_name(format, name);
	format_set_font_size(format, size_pt);
}

/* Twice: some programs that people save workbooks with forget properties, but no names. */
void book_put_properties(struct book *book, const struct workbook *w)
{
	for (size_t i = 0; i < w->n_property; i++) {
		const struct workbook_property *p = &w->property[i];

		book_note(book, workbook_set_custom_property_string(book->workbook, p->name, p->text));
		book_note(book, workbook_define_name(book->workbook, p->name, arena_printf(&book->arena, "=\"%s\"", p->text)));
	}
}

/* ---- the header ---- */

/* A text over a range; a range of one cell is no merge. */
void put_merged(const struct target *t, unsigned row, unsigned column, unsigned rows, unsigned columns,
	const char *text, struct look look)
{
	lxw_format *format = book_format(t->book, look);
	lxw_row_t last_row = row + rows - 1;
	lxw_col_t last_column = (lxw_col_t)(column + columns - 1);

	if (rows == 1 && columns == 1)
		book_put_text(t->book, t->worksheet, row, column, text, format);
	else
		book_note(t->book, worksheet_merge_range(t->worksheet, row, (lxw_col_t)column, last_row,
			last_column, book_text(t->book, text), format));
}

void put_line(const struct target *t, unsigned row, const char *text, struct look look)
{
	put_merged(t, row, 0, 1, t->n_column ? t->n_column : (unsigned)t->table->n_column, text, look);
}

void put_surroundings(const struct target *t)
{
	const struct look title = { .align = ALIGN_CENTRE, .size_pt = SHEET_TITLE_PT, .bold = true, .wrap = true };
	const struct look unit = { .align = ALIGN_RIGHT, .size_pt = SHEET_PT, .italic = true, .wrap = true };
	const struct look note = { .align = ALIGN_LEFT, .size_pt = SHEET_PT, .italic = true, .wrap = true };

	if (!t->sheet->untitled)
		put_line(t, t->sheet->top, t->table->title ? t->table->title : "", title);
	if (t->table->unit_line)
		put_line(t, t->sheet->unit_row, t->table->unit_line, unit);
	for (size_t i = 0; i < t->table->n_note; i++)
		put_line(t, t->sheet->note_row + (unsigned)i, t->table->note[i], note);
}

void put_header(const struct target *t)
{
	const struct look head = { .align = ALIGN_CENTRE, .size_pt = SHEET_PT, .bold = true, .wrap = true,
		.border = true, .shade = t->shaded ? SHADE_TOP : SHADE_NONE };
	const struct look number = { .align = ALIGN_CENTRE, .size_pt = SHEET_PT, .italic = true, .wrap = true,
		.border = true };

	for (size_t i = 0; i < t->table->n_header_cell; i++) {
		const struct header_cell *cell = &t->table->header[i];

		put_merged(t, t->sheet->header_row + cell->row, cell->column, cell->rows, cell->columns, cell->text,
			head);
	}
	for (size_t c = 0; t->table->numbering && c < t->table->n_column; c++)
		if (*t->sheet->numbering[c])
			book_put_text(t->book, t->worksheet, t->sheet->numbering_row, (unsigned)c, t->sheet->numbering[c],
				book_format(t->book, number));
}

/* ---- the body ---- */

/* "AB12", "AB$12"; this is done for each cell that a formula names. */
static void put_address(struct buf *b, size_t row, size_t column, bool fixed)
{
	char address[32];
	size_t n = sizeof address;

	for (row++; row; row /= 10)
		address[--n] = (char)('0' + row % 10);
	if (fixed)
		address[--n] = '$';
	for (column++; column; column = (column - 1) / 26)
		address[--n] = (char)('A' + (column - 1) % 26);
	buf_put(b, address + n, sizeof address - n);
}

static const struct table_place *find_place(const struct target *t, const char *table)
{
	for (size_t i = 0; i < t->n_place; i++)
		if (!strcmp(t->place[i].id, table))
			return &t->place[i];
	return NULL;
}

/* "'Theo tháng'!G5" */
static void put_elsewhere(const struct target *t, const struct formula_token *token, struct buf *b)
{
	const struct table_place *place = find_place(t, token->text);

	buf_printf(b, "'%s'!", place->sheet);
	put_address(b, place->body_row + token->row, token->column, false);
}

/* Whether all that it is over is in the workbook. */
static bool can_bind(const struct target *t, struct formula formula)
{
	for (size_t i = 0; i < formula.n_token; i++)
		if (formula.token[i].kind == FORMULA_ELSEWHERE && !find_place(t, formula.token[i].text))
			return false;
	return formula.n_token > 0;
}

/* The formula with its references bound to where the table stands on the sheet. */
static void bind_formula(const struct target *t, struct formula formula, lxw_row_t row, struct buf *b)
{
	size_t body = t->sheet->body_row;

	for (size_t i = 0; i < formula.n_token; i++) {
		const struct formula_token *token = &formula.token[i];

		switch (token->kind) {
		case FORMULA_TEXT:
			buf_puts(b, token->text);
			break;
		case FORMULA_CELL:
			assert(token->row < t->table->n_row && token->column < t->table->n_column);
			put_address(b, body + token->row, token->column, false);
			break;
		case FORMULA_BESIDE:
			assert(token->column < t->table->n_column);
			put_address(b, row, token->column, false);
			break;
		case FORMULA_ELSEWHERE:
			put_elsewhere(t, token, b);
			break;
		case FORMULA_RANGE:
		case FORMULA_FIXED:
			assert(token->row_last < t->table->n_row && token->column < t->table->n_column);
			put_address(b, body + token->row, token->column, token->kind == FORMULA_FIXED);
			buf_putc(b, ':');
			put_address(b, body + token->row_last, token->column, token->kind == FORMULA_FIXED);
			break;
		}
	}
}

static void put_formula(const struct target *t, lxw_row_t row, lxw_col_t column, const struct grid_cell *cell,
	lxw_format *format)
{
	struct buf b = { 0 };

	if (cell->token[0].kind != FORMULA_TEXT || cell->token[0].text[0] != '=')
		buf_putc(&b, '=');
	bind_formula(t, grid_cell_formula(cell), row, &b);
	if (cell->state == FIGURE_OK)
		book_note(t->book, worksheet_write_formula_num(t->worksheet, row, column, b.text, format,
			ratio_double(cell->x)));
	else
		book_note(t->book, worksheet_write_formula_str(t->worksheet, row, column, b.text, format,
			book_text(t->book, cell->text)));
	buf_clear(&b);
}

/* Numbers stay numbers, missing ones are blank; what is confidential has no formula. */
static void put_number(const struct target *t, lxw_row_t row, lxw_col_t column, const struct grid_cell *cell,
	lxw_format *format)
{
	enum figure_state state = cell->state;

	if (state != FIGURE_CONFIDENTIAL && can_bind(t, grid_cell_formula(cell)))
		put_formula(t, row, column, cell, format);
	else if (state == FIGURE_OK)
		book_note(t->book, worksheet_write_number(t->worksheet, row, column,
			ratio_double(cell->x), format));
	else
		book_put_text(t->book, t->worksheet, row, column, cell->text, format);
}

struct look cell_look(const struct grid_table *table, size_t r, size_t c)
{
	const struct grid_column *column = &table->column[c];
	const struct grid_cell *cell = &table->cell[r * table->n_column + c];
	bool leaf = table->row_kind[r] == GRID_LEAF;

	return (struct look){
		.number_format = cell->number_format ? cell->number_format : leaf ? column->number_format : column->total_format,
		.align = column->align,
		.size_pt = SHEET_PT,
		.bold = !leaf || cell->flags & RUN_BOLD,
		.italic = cell->flags & RUN_ITALIC,
		.wrap = !column->is_number,
		.border = true,
	};
}

void put_cell(const struct target *t, size_t r, size_t c, struct look look)
{
	const struct grid_cell *cell = &t->table->cell[r * t->table->n_column + c];
	lxw_format *format = book_format(t->book, look);
	lxw_row_t row = (lxw_row_t)(t->sheet->body_row + r);

	if (t->table->column[c].is_number)
		put_number(t, row, (lxw_col_t)c, cell, format);
	else
		book_put_text(t->book, t->worksheet, row, (unsigned)c, cell->text, format);
}

static struct look body_look(const struct target *t, size_t r, size_t c)
{
	struct look look = cell_look(t->table, r, c);

	if (!t->shaded)
		return look;
	if (t->table->row_kind[r] != GRID_LEAF)
		look.shade = SHADE_SUM;
	if (c == t->centred)
		look.align = ALIGN_CENTRE;
	return look;
}

/* Over all columns. */
static void put_words(const struct target *t, size_t r)
{
	const struct look look = { .align = ALIGN_LEFT, .size_pt = SHEET_PT, .wrap = true, .border = true };
	const struct grid_cell *cell = &t->table->cell[r * t->table->n_column];
	size_t c = 0;

	while (c + 1 < t->table->n_column && !*cell[c].text)
		c++;
	put_merged(t, (unsigned)(t->sheet->body_row + r), 0, 1, (unsigned)t->table->n_column, cell[c].text, look);
}

void put_body(const struct target *t)
{
	for (size_t r = 0; r < t->table->n_row; r++) {
		if (t->table->row_kind[r] == GRID_WORDS) {
			put_words(t, r);
			continue;
		}
		for (size_t c = 0; c < t->table->n_column; c++)
			put_cell(t, r, c, body_look(t, r, c));
	}
}

void put_no_marks(const struct target *t, unsigned first_row, unsigned end_row)
{
	if (first_row < end_row)
		book_note(t->book, worksheet_ignore_errors(t->worksheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT,
			arena_printf(&t->book->arena, "A%u:XFD%u", first_row + 1, end_row)));
}

/* ---- the sheet ---- */

double page_room_pt(const struct page_style *page)
{
	return (page->width_mm - page->left_mm - page->right_mm) / mm_per_inch * pt_per_inch;
}

double page_height_pt(const struct page_style *page)
{
	return (page->height_mm - page->top_mm - page->bottom_mm) / mm_per_inch * pt_per_inch;
}

void put_paper(const struct target *t, const struct page_style *page, bool landscape)
{
	worksheet_set_paper(t->worksheet, PAPER_A4);
	if (landscape)
		worksheet_set_landscape(t->worksheet);
	worksheet_set_margins(t->worksheet, page->left_mm / mm_per_inch, page->right_mm / mm_per_inch,
		page->top_mm / mm_per_inch, page->bottom_mm / mm_per_inch);
	worksheet_center_horizontally(t->worksheet);
	worksheet_fit_to_pages(t->worksheet, 1, 0);
}

void put_print(const struct target *t, const struct page_style *page, bool landscape)
{
	lxw_col_t last_column = (lxw_col_t)(t->table->n_column - 1);

	put_paper(t, page, landscape);
	book_note(t->book, worksheet_set_header(t->worksheet, "&C&\"Times New Roman,Regular\"&13&P"));
	book_note(t->book, worksheet_print_area(t->worksheet, 0, 0, t->sheet->n_row - 1, last_column));
	if (t->sheet->body_row > t->sheet->header_row)
		book_note(t->book, worksheet_repeat_rows(t->worksheet, t->sheet->header_row,
			t->sheet->body_row - 1));
}

void put_width(struct book *book, lxw_worksheet *worksheet, unsigned column, double width_pt)
{
	book_note(book, worksheet_set_column_pixels(worksheet, (lxw_col_t)column, (lxw_col_t)column, (uint32_t)ceil(width_pt * pixels_per_pt), NULL));
}

void put_sizes(const struct target *t)
{
	for (size_t c = 0; c < t->table->n_column; c++)
		put_width(t->book, t->worksheet, (unsigned)c, t->sheet->column_pt[c]);
	for (unsigned r = 0; r < t->sheet->n_row; r++)
		if (t->sheet->row_pt[r] > 0)
			book_set_row(t->book, t->worksheet, r, t->sheet->row_pt[r]);
}
