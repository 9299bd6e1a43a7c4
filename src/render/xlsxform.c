#include "render/xlsxform.h"

#include "render/spans.h"
#include "render/xlsxbook.h"

#include <assert.h>
#include <string.h>

/* Rows above the header. */
enum { AGENCY_ROW, KIND_ROW, TITLE_ROW, HOW_ROW, UNIT_ROW, HEADER_ROW };

/* Rows below the body. */
enum { GAP_FOOT, DATE_FOOT, SIGNER_FOOT, SIGNED_FOOT, FOOT_ROWS = SIGNED_FOOT + 5 }; /* room for a signature */

enum {
	COMMENT_WIDTH = 260, /* [pixels] */
	COMMENT_HEIGHT = 120,
	COMMENT_PT = 10,
};

static const double gap_pt = 14;
static const double foot_gap_pt = 16; /* beside a text of the foot */
static const double narrowest_pt = 280; /* of a form: what is narrower is made wider */
static const double step_pt = 2;
static const double plain_row_pt = 15; /* of a row that has no height of its own, as programs have it */
static const double squeeze = 1.3;
static const double line_gap_pt = 4; /* of a line above the header, above and below together */

/* A sheet of a form being written. */
struct filling {
	struct target target;
	const struct form *form;
	const struct form_sheet *sheet;
	struct fonts *fonts;
};

/* ---- measures ---- */

/* The grid with a text in each cell that will have one. */
static struct grid_table with_samples(const struct form_sheet *sheet, struct arena *a)
{
	struct grid_table grid = *sheet->table;
	struct grid_cell *cell = ARENA_ARRAY(a, grid.n_row * grid.n_column, struct grid_cell);

	for (size_t i = 0; i < grid.n_row * grid.n_column; i++) {
		const struct form_column *column = &sheet->column[i % grid.n_column];

		cell[i] = grid.cell[i];
		if (column->sample && (cell[i].n_token || (!*cell[i].text && grid.row_kind[i / grid.n_column] == GRID_LEAF)))
			cell[i].text = column->sample;
	}
	grid.cell = cell;
	return grid;
}

static void narrow_gap(const struct form_sheet *sheet, struct sheet *s)
{
	for (size_t c = 0; c < sheet->table->n_column; c++)
		if (sheet->column[c].kind == FORM_GAP) {
			s->width_pt += gap_pt - s->column_pt[c];
			s->column_pt[c] = gap_pt;
		}
}

/* Columns of the left half of the foot. */
static unsigned half_columns(const struct sheet *s)
{
	unsigned n = (unsigned)s->table->n_column;
	double width = 0;
	unsigned i = 0;

	while (i + 1 < n && width + s->column_pt[i] / 2 < s->width_pt / 2)
		width += s->column_pt[i++];
	return i ? i : 1;
}

static double right_width(const struct sheet *s)
{
	double width = 0;

	for (size_t c = half_columns(s); c < s->table->n_column; c++)
		width += s->column_pt[c];
	return width;
}

/* Whether each half of the foot has room for what stands there, and the lines above are not broken into many. */
static bool is_wide(const struct filling *f, const struct sheet *s)
{
	const struct form_signature *signature[] = { &f->sheet->left, &f->sheet->right };
	const double room[] = { s->width_pt - right_width(s), right_width(s) };

	for (size_t i = 0; i < sizeof signature / sizeof *signature; i++)
		if (fonts_width_pt(f->fonts, FACE_BOLD, SHEET_PT, signature[i]->title) + foot_gap_pt > room[i]
			|| fonts_width_pt(f->fonts, FACE_ITALIC, SHEET_PT, signature[i]->how) + foot_gap_pt > room[i])
			return false;
	return s->width_pt >= narrowest_pt;
}

/* Few columns are made wider, but for the first of them (TT) and the gap. */
static void widen(const struct filling *f, struct sheet *s)
{
	size_t n_column = f->sheet->table->n_column;
	double room = page_room_pt(&f->form->style->portrait);

	while (!is_wide(f, s) && s->width_pt + step_pt * (double)n_column < room)
		for (size_t c = n_column > 2; c < n_column; c++)
			if (f->sheet->column[c].kind != FORM_GAP) {
				s->column_pt[c] += step_pt;
				s->width_pt += step_pt;
			}
}

/* Moves what was measured down to below the head of the form, with room for its foot. */
static void move_down(struct sheet *s, struct arena *a)
{
	unsigned by = HEADER_ROW - s->header_row;
	unsigned n_row = s->note_row + by + FOOT_ROWS;
	double *row_pt = ARENA_ARRAY(a, n_row, double);

	memcpy(row_pt + HEADER_ROW, s->row_pt + s->header_row, (s->note_row - s->header_row) * sizeof *row_pt);
	s->row_pt = row_pt;
	s->unit_row = UNIT_ROW;
	s->header_row += by;
	s->numbering_row += by;
	s->body_row += by;
	s->note_row += by;
	s->n_row = n_row;
}

static double line_height(const struct filling *f, enum face face, int size_pt, const char *text)
{
	return sheet_text_height(f->fonts, face, size_pt, text, f->target.sheet->width_pt) + line_gap_pt;
}

static void measure(struct filling *f, struct sheet *s)
{
	struct arena *a = &f->target.book->arena;
	struct grid_table samples = with_samples(f->sheet, a);
	const struct style *style = f->form->style;

	sheet_measure(&samples, f->fonts, page_room_pt(&style->portrait), page_room_pt(&style->landscape), a, s);
	s->table = f->sheet->table;
	narrow_gap(f->sheet, s);
	widen(f, s);
	move_down(s, a);
	s->row_pt[AGENCY_ROW] = line_height(f, FACE_BOLD, SHEET_PT, f->sheet->agency);
	s->row_pt[KIND_ROW] = line_height(f, FACE_BOLD, SHEET_TITLE_PT, f->sheet->kind);
	s->row_pt[TITLE_ROW] = line_height(f, FACE_BOLD, SHEET_TITLE_PT, f->sheet->table->title);
	s->row_pt[HOW_ROW] = line_height(f, FACE_ITALIC, SHEET_PT, f->sheet->how);
	if (f->sheet->table->unit_line)
		s->row_pt[UNIT_ROW] = line_height(f, FACE_ITALIC, SHEET_PT, f->sheet->table->unit_line);
}

/* ---- head and foot ---- */

static void put_head(const struct filling *f)
{
	struct look look = { .align = ALIGN_LEFT, .size_pt = SHEET_PT, .bold = true, .wrap = true };

	put_line(&f->target, AGENCY_ROW, f->sheet->agency, look);
	look.align = ALIGN_CENTRE;
	look.size_pt = SHEET_TITLE_PT;
	put_line(&f->target, KIND_ROW, f->sheet->kind, look);
	put_line(&f->target, TITLE_ROW, f->sheet->table->title, look);
	look = (struct look){ .align = ALIGN_CENTRE, .size_pt = SHEET_PT, .italic = true, .wrap = true };
	put_line(&f->target, HOW_ROW, f->sheet->how, look);
	look.align = ALIGN_RIGHT;
	if (f->sheet->table->unit_line)
		put_line(&f->target, UNIT_ROW, f->sheet->table->unit_line, look);
}

static void put_half(const struct filling *f, unsigned foot, bool right, const char *text, struct look look)
{
	const struct sheet *s = f->target.sheet;
	unsigned n = (unsigned)s->table->n_column;
	unsigned left = half_columns(s);

	if (right && left < n)
		put_merged(&f->target, s->note_row + foot, left, 1, n - left, text, look);
	else if (!right)
		put_merged(&f->target, s->note_row + foot, 0, 1, left, text, look);
}

/* Above the right signature, or over the whole width where that is too narrow. */
static void put_date(const struct filling *f, struct look look)
{
	const struct sheet *s = f->target.sheet;

	if (fonts_width_pt(f->fonts, FACE_ITALIC, SHEET_PT, f->sheet->place_date) + line_gap_pt < right_width(s)) {
		put_half(f, DATE_FOOT, true, f->sheet->place_date, look);
		return;
	}
	look.align = ALIGN_RIGHT;
	put_line(&f->target, s->note_row + DATE_FOOT, f->sheet->place_date, look);
}

static void put_foot(const struct filling *f)
{
	const struct look plain = { .align = ALIGN_CENTRE, .size_pt = SHEET_PT, .italic = true };
	const struct look bold = { .align = ALIGN_CENTRE, .size_pt = SHEET_PT, .bold = true };

	put_date(f, plain);
	put_half(f, SIGNER_FOOT, false, f->sheet->left.title, bold);
	put_half(f, SIGNER_FOOT, true, f->sheet->right.title, bold);
	put_half(f, SIGNED_FOOT, false, f->sheet->left.how, plain);
	put_half(f, SIGNED_FOOT, true, f->sheet->right.how, plain);
}

/* ---- the body ---- */

static void put_entry(const struct filling *f, size_t r, size_t c)
{
	const struct grid_table *table = f->sheet->table;
	bool leaf = table->row_kind[r] == GRID_LEAF;
	struct look look = cell_look(table, r, c);

	switch (f->sheet->column[c].kind) {
	case FORM_GIVEN:
		look.shade = SHADE_HEAD;
		break;
	case FORM_ENTRY:
		look.open = leaf;
		look.shade = leaf ? SHADE_ENTRY : SHADE_HEAD;
		break;
	case FORM_REFERENCE:
		look.grey = true;
		break;
	case FORM_GAP:
		return;
	}
	put_cell(&f->target, r, c, look);
}

/* Cells of the row of column numbers above figures of the year before have no number. */
static void close_numbering(const struct filling *f)
{
	const struct look look = { .size_pt = SHEET_PT, .border = true };

	for (size_t c = 0; c < f->sheet->table->n_column; c++)
		if (f->sheet->column[c].kind == FORM_REFERENCE)
			put_merged(&f->target, f->target.sheet->numbering_row, (unsigned)c, 1, 1, "", look);
}

/* ---- checks and notes ---- */

static lxw_datetime day_of(struct date date)
{
	return (lxw_datetime){ .year = date.year, .month = date.month, .day = date.day };
}

static void set_check(const struct form_entry *e, lxw_data_validation *v)
{
	v->criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
	v->minimum_number = (double)e->least;
	v->maximum_number = (double)e->most;
	switch (e->check) {
	case ENTRY_ANY:
		v->validate = LXW_VALIDATION_TYPE_ANY;
		break;
	case ENTRY_WHOLE:
		v->validate = LXW_VALIDATION_TYPE_INTEGER;
		break;
	case ENTRY_DECIMAL:
		v->validate = LXW_VALIDATION_TYPE_DECIMAL;
		break;
	case ENTRY_DATE:
		v->validate = LXW_VALIDATION_TYPE_DATE;
		v->minimum_datetime = day_of(e->first);
		v->maximum_datetime = day_of(e->last);
		break;
	case ENTRY_LIST:
		v->validate = LXW_VALIDATION_TYPE_LIST;
		break;
	}
}

/* The library's, which wants texts it could change. */
static char *copied(const struct filling *f, const char *text)
{
	return text ? arena_text(&f->target.book->arena, text) : NULL;
}

static char **copied_list(const struct filling *f, const char *const *choice)
{
	char **list;
	size_t n = 0;

	while (choice && choice[n])
		n++;
	list = ARENA_ARRAY(&f->target.book->arena, n + 1, char *);
	for (size_t i = 0; i < n; i++)
		list[i] = copied(f, choice[i]);
	return list;
}

static void put_check(const struct filling *f, size_t c)
{
	const struct form_entry *e = &f->sheet->column[c].entry;
	const struct sheet *s = f->target.sheet;
	lxw_data_validation v = {
		.input_title = copied(f, e->prompt_title),
		.input_message = copied(f, e->prompt),
		.error_title = copied(f, e->error_title),
		.error_message = copied(f, e->error),
		.error_type = e->may_differ ? LXW_VALIDATION_ERROR_TYPE_WARNING : LXW_VALIDATION_ERROR_TYPE_STOP,
		.value_list = copied_list(f, e->choice),
	};
	size_t n_leaf = 0;

	while (n_leaf < s->table->n_row && s->table->row_kind[n_leaf] == GRID_LEAF)
		n_leaf++;
	set_check(e, &v);
	book_note(f->target.book, worksheet_data_validation_range(f->target.worksheet, s->body_row, (lxw_col_t)c,
		s->body_row + (lxw_row_t)n_leaf - 1, (lxw_col_t)c, &v));
}

static void put_comment(const struct filling *f, size_t c)
{
	const struct grid_table *table = f->sheet->table;
	const struct header_cell *head = spans_at(table, table->n_header - 1, (unsigned)c);
	lxw_comment_options options = {
		.author = copied(f, f->form->author),
		.width = COMMENT_WIDTH,
		.height = COMMENT_HEIGHT,
		.font_name = copied(f, "Times New Roman"),
		.font_size = COMMENT_PT,
	};

	assert(head);
	book_note(f->target.book, worksheet_write_comment_opt(f->target.worksheet, f->target.sheet->header_row + head->row,
		(lxw_col_t)c, book_text(f->target.book, f->sheet->column[c].comment), &options));
}

/* ---- the sheet ---- */

/* Without a password: against slips only. */
static void protect(const struct filling *f)
{
	lxw_protection allowed = { .format_columns = 1, .format_rows = 1 };

	worksheet_protect(f->target.worksheet, NULL, &allowed);
}

static void select_first_entry(const struct filling *f)
{
	for (size_t c = 0; c < f->sheet->table->n_column; c++)
		if (f->sheet->column[c].kind == FORM_ENTRY) {
			worksheet_set_selection(f->target.worksheet, f->target.sheet->body_row, (lxw_col_t)c,
				f->target.sheet->body_row, (lxw_col_t)c);
			return;
		}
}

static void put_columns(const struct filling *f)
{
	const struct grid_table *table = f->sheet->table;

	for (size_t c = 0; c < table->n_column; c++) {
		for (size_t r = 0; r < table->n_row; r++)
			put_entry(f, r, c);
		if (f->sheet->column[c].kind == FORM_ENTRY)
			put_check(f, c);
		if (f->sheet->column[c].comment)
			put_comment(f, c);
	}
}

/* On one page where little is lacking, so that no signatures stand alone on a second one. */
static void put_pages(const struct filling *f)
{
	const struct sheet *s = f->target.sheet;
	bool landscape = s->width_pt > page_room_pt(&f->form->style->portrait);
	const struct page_style *page = landscape ? &f->form->style->landscape : &f->form->style->portrait;
	double height = 0;

	for (unsigned r = 0; r < s->n_row; r++)
		height += s->row_pt[r] > 0 ? s->row_pt[r] : plain_row_pt;
	put_print(&f->target, page, landscape);
	if (height > page_height_pt(page) && height <= page_height_pt(page) * squeeze)
		worksheet_fit_to_pages(f->target.worksheet, 1, 1);
}

static void put_sheet(struct book *book, const struct form *form, const struct form_sheet *sheet, struct fonts *fonts)
{
	struct sheet measured;
	struct filling f = {
		.target = { .book = book, .worksheet = workbook_add_worksheet(book->workbook, sheet->name), .sheet = &measured, .table = sheet->table },
		.form = form,
		.sheet = sheet,
		.fonts = fonts,
	};

	assert(f.target.worksheet && sheet->table->n_column);
	measure(&f, &measured);
	put_sizes(&f.target);
	put_head(&f);
	put_header(&f.target);
	close_numbering(&f);
	put_columns(&f);
	put_foot(&f);
	worksheet_freeze_panes(f.target.worksheet, measured.body_row, (lxw_col_t)sheet->table->stub);
	select_first_entry(&f);
	protect(&f);
	put_pages(&f);
}

bool xlsxform_write(const struct form *form, struct fonts *fonts, const char *path, struct diags *d)
{
	const struct book_words words = { form->title, NULL, form->author, form->date };
	struct book book;

	if (!book_open(&book, path, &words, d))
		return false;
	for (size_t i = 0; i < form->n_sheet; i++)
		put_sheet(&book, form, &form->sheet[i], fonts);
	return book_close(&book, path, d);
}
