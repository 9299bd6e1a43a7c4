#include "render/sheet.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "render/spans.h"

#include <string.h>

enum {
	NAME_MAX_UNITS = 31, /* what spreadsheet programs allow */
	HEADER_LINES = 5,    /* more make a column wider, up to HEADER_WIDE */
};

static const double line_pt = 15;	  /* a line of SHEET_PT, as programs space it */
static const double title_line_pt = 18;
static const double pad_pt = 8;		  /* of a cell, left and right together */
static const double slack = 1.05;	  /* screens space letters wider than print */
static const double column_min_pt = 26;
static const double text_max_pt = 160;	  /* longer texts wrap */
static const double text_min_pt = 100;	  /* ... and no sooner than this */
static const double text_step_pt = 15;
static const double header_wide_pt = 110;
static const double header_step_pt = 8;

struct type {
	struct fonts *fonts;
	enum face face;
	double size_pt;
};

static double text_width(const struct type *type, const char *s)
{
	return fonts_width_pt(type->fonts, type->face, type->size_pt, s) * slack;
}

/* Words are told apart by single spaces and line breaks, as in the programs' own wrapping. */
static const char *word_end(const char *s)
{
	return s + strcspn(s, " \n");
}

static double word_width(const struct type *type, const char *s, struct arena *tmp)
{
	return text_width(type, arena_slice(tmp, s, (size_t)(word_end(s) - s)));
}

static double widest_word(const struct type *type, const char *s)
{
	struct arena tmp = { 0 };
	double widest = 0;

	for (;; s++) {
		double width = word_width(type, s, &tmp);

		widest = width > widest ? width : widest;
		s = word_end(s);
		if (!*s)
			break;
	}
	arena_clear(&tmp);
	return widest;
}

static unsigned count_lines(const struct type *type, const char *s, double width)
{
	double space = text_width(type, " ");
	struct arena tmp = { 0 };
	unsigned n = 1;
	double x = 0;

	if (!strchr(s, '\n') && text_width(type, s) <= width)
		return 1;
	for (;; s++) {
		double word = word_width(type, s, &tmp);

		if (x > 0 && x + space + word > width) {
			n++;
			x = 0;
		}
		x += x > 0 ? space + word : word;
		for (; x > width; x -= width) /* a word wider than the cell is cut */
			n++;
		s = word_end(s);
		if (!*s)
			break;
		if (*s == '\n') {
			n++;
			x = 0;
		}
	}
	arena_clear(&tmp);
	return n;
}

static enum face cell_face(const struct grid_table *t, size_t row, const struct grid_cell *cell)
{
	return t->row_kind[row] != GRID_LEAF || cell->flags & RUN_BOLD ? FACE_BOLD : FACE_REGULAR;
}

/* The widest text of a column's body, and of its number, whose formula may stand on a line of its own. */
static double widest_text(const struct grid_table *t, size_t c, struct fonts *fonts)
{
	const struct type number = { fonts, FACE_ITALIC, SHEET_PT };
	double widest = 0;

	if (t->numbering) {
		const char *formula = strchr(t->numbering[c], '=');

		widest = text_width(&number, formula ? formula : t->numbering[c]);
	}
	for (size_t r = 0; r < t->n_row; r++) {
		const struct grid_cell *cell = &t->cell[r * t->n_column + c];
		const struct type body = { fonts, cell_face(t, r, cell), SHEET_PT };
		double width = text_width(&body, cell->text);

		widest = width > widest ? width : widest;
	}
	return widest;
}

/* Columns wide enough for figures, for texts up to a limit, and for the longest word of each heading. */
static void fit_columns(struct sheet *s, const double *widest, const double *need, double text_max)
{
	const struct grid_table *t = s->table;

	s->width_pt = 0;
	for (size_t c = 0; c < t->n_column; c++) {
		double width = t->column[c].is_number || widest[c] < text_max ? widest[c] : text_max;

		s->column_pt[c] = width + pad_pt > column_min_pt ? width + pad_pt : column_min_pt;
	}
	spans_fit_columns(t, need, 0, s->column_pt);
	for (size_t c = 0; c < t->n_column; c++)
		s->width_pt += s->column_pt[c];
}

/* Texts wrap sooner where the sheet would otherwise be printed small. */
static void measure_columns(struct sheet *s, struct fonts *fonts, double room_pt, struct arena *a)
{
	const struct grid_table *t = s->table;
	const struct type head = { fonts, FACE_BOLD, SHEET_PT };
	double *widest = ARENA_ARRAY(a, t->n_column, double);
	double *need = ARENA_ARRAY(a, t->n_header_cell, double);
	double text_max = text_max_pt;

	for (size_t c = 0; c < t->n_column; c++)
		widest[c] = widest_text(t, c, fonts);
	for (size_t i = 0; i < t->n_header_cell; i++)
		need[i] = widest_word(&head, t->header[i].text) + pad_pt;
	fit_columns(s, widest, need, text_max);
	while (s->width_pt > room_pt && text_max > text_min_pt) {
		text_max -= text_step_pt;
		fit_columns(s, widest, need, text_max);
	}
}

/* Wider columns where headings would be towers. */
static void widen_headings(struct sheet *s, struct fonts *fonts)
{
	const struct grid_table *t = s->table;
	const struct type head = { fonts, FACE_BOLD, SHEET_PT };

	for (size_t i = 0; i < t->n_header_cell; i++) {
		const struct header_cell *cell = &t->header[i];
		double *width = &s->column_pt[cell->column];

		while (cell->columns == 1 && *width < header_wide_pt
			&& count_lines(&head, cell->text, *width - pad_pt) > HEADER_LINES) {
			*width += header_step_pt;
			s->width_pt += header_step_pt;
		}
	}
}

/* "5=4/3*100" in two lines where the column is too narrow for it. */
static void measure_numbering(struct sheet *s, struct fonts *fonts, struct arena *a)
{
	const struct grid_table *t = s->table;
	const struct type number = { fonts, FACE_ITALIC, SHEET_PT };
	const char **numbering = ARENA_ARRAY(a, t->n_column, const char *);
	unsigned n_line = 1;

	for (size_t c = 0; t->numbering && c < t->n_column; c++) {
		const char *whole = t->numbering[c];
		const char *formula = strchr(whole, '=');

		numbering[c] = whole;
		if (formula && formula > whole && text_width(&number, whole) > s->column_pt[c] - pad_pt) {
			numbering[c] = arena_printf(a, "%.*s\n%s", (int)(formula - whole), whole, formula);
			n_line = 2;
		}
	}
	s->numbering = numbering;
	if (t->numbering)
		s->row_pt[s->numbering_row] = line_pt * n_line;
}

static void measure_header(struct sheet *s, struct fonts *fonts, struct arena *a)
{
	const struct grid_table *t = s->table;
	const struct type head = { fonts, FACE_BOLD, SHEET_PT };
	double *need = ARENA_ARRAY(a, t->n_header_cell, double);

	for (size_t i = 0; i < t->n_header_cell; i++)
		need[i] = line_pt * count_lines(&head, t->header[i].text,
			spans_width(&t->header[i], s->column_pt, 0) - pad_pt);
	for (unsigned r = 0; r < t->n_header; r++)
		s->row_pt[s->header_row + r] = line_pt;
	spans_fit_rows(t, need, s->row_pt + s->header_row);
}

static void measure_body(struct sheet *s, struct fonts *fonts)
{
	const struct grid_table *t = s->table;

	for (size_t r = 0; r < t->n_row; r++) {
		unsigned n_line = 1;

		for (size_t c = 0; c < t->n_column; c++) {
			const struct grid_cell *cell = &t->cell[r * t->n_column + c];
			const struct type type = { fonts, cell_face(t, r, cell), SHEET_PT };
			unsigned n = t->column[c].is_number
				? 1 : count_lines(&type, cell->text, s->column_pt[c] - pad_pt);

			n_line = n > n_line ? n : n_line;
		}
		s->row_pt[s->body_row + r] = n_line > 1 ? line_pt * n_line : 0;
	}
}

/* Title and notes, which run over all columns. */
static void measure_lines(struct sheet *s, struct fonts *fonts)
{
	const struct grid_table *t = s->table;
	const struct type title = { fonts, FACE_BOLD, SHEET_TITLE_PT };
	const struct type note = { fonts, FACE_ITALIC, SHEET_PT };
	double width = s->width_pt - pad_pt;

	s->row_pt[0] = title_line_pt * count_lines(&title, t->title ? t->title : "", width);
	if (t->unit_line)
		s->row_pt[s->unit_row] = line_pt * count_lines(&note, t->unit_line, width);
	for (size_t i = 0; i < t->n_note; i++)
		s->row_pt[s->note_row + i] = line_pt * count_lines(&note, t->note[i], width);
}

void sheet_measure(const struct grid_table *t, struct fonts *fonts, double room_pt, struct arena *a, struct sheet *s)
{
	*s = (struct sheet){ .table = t, .unit_row = 1 };
	s->header_row = s->unit_row + (t->unit_line ? 1 : 0);
	s->numbering_row = s->header_row + t->n_header;
	s->body_row = s->numbering_row + (t->numbering ? 1 : 0);
	s->note_row = s->body_row + (unsigned)t->n_row;
	s->n_row = s->note_row + (unsigned)t->n_note;
	s->column_pt = ARENA_ARRAY(a, t->n_column, double);
	s->row_pt = ARENA_ARRAY(a, s->n_row, double);
	measure_columns(s, fonts, room_pt, a);
	widen_headings(s, fonts);
	measure_numbering(s, fonts, a);
	measure_header(s, fonts, a);
	measure_body(s, fonts);
	measure_lines(s, fonts);
}

/* ---- names ---- */

static size_t utf16_units(uint32_t code)
{
	return code > 0xffff ? 2 : 1;
}

/* What a sheet may not be called, replaced; a slash, as in 2023/2024, becomes a dash. */
static const char *allowed_letters(const char *title, struct arena *a)
{
	char *name = arena_text(a, title);

	for (char *s = name; *s; s++)
		if (*s == '/' || *s == '\\')
			*s = '-';
		else if (strchr("[]:*?'", *s) || (unsigned char)*s < ' ')
			*s = ' ';
	return name;
}

/* At most max units of UTF-16, whole words where that leaves half of them. */
static const char *shortened(const char *name, size_t max, struct arena *a)
{
	size_t left = strlen(name);
	size_t n = 0;
	size_t at_space = 0;
	size_t units = 0;
	uint32_t code;

	while (n < left) {
		size_t length = utf8_decode(name + n, left - n, &code);

		if (!length || units + utf16_units(code) > max)
			break;
		if (code == ' ')
			at_space = n;
		units += utf16_units(code);
		n += length;
	}
	if (n < left && name[n] != ' ' && at_space > n / 2)
		n = at_space;
	utf8_trim(&name, &n);
	return arena_slice(a, name, n);
}

static bool is_used(const char *name, const char *const *used, size_t n_used, struct arena *a)
{
	const char *folded = utf8_fold(name, strlen(name), a);

	for (size_t i = 0; i < n_used; i++)
		if (!strcmp(folded, utf8_fold(used[i], strlen(used[i]), a)))
			return true;
	return false;
}

const char *sheet_name(const struct grid_table *t, const char *const *used, size_t n_used, struct arena *a)
{
	const char *whole = shortened(allowed_letters(t->title ? t->title : "", a), SIZE_MAX, a);
	const char *name;

	if (!*whole)
		whole = t->id;
	name = shortened(whole, NAME_MAX_UNITS, a);
	for (unsigned i = 2; is_used(name, used, n_used, a); i++) {
		const char *mark = arena_printf(a, " (%u)", i);

		name = arena_printf(a, "%s%s", shortened(whole, NAME_MAX_UNITS - strlen(mark), a), mark);
	}
	return name;
}
