#include "render/sheet.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "render/spans.h"

#include <math.h>
#include <string.h>

enum {
	HEADER_LINES = 5,    /* more make a column wider, up to header_wide_pt */
	HEADER_FEW = 3,	     /* the same while the sheet is narrow */
	SPANNED_LINES = 2,   /* further ones for each further row that a heading goes over */
	WRITING_LINES = 8,   /* more make a column wider that people write in, up to the page */
	NUMBER_LINES = 3,    /* of a column's number and formula */
	NUMBER_FEW = 2,	     /* the same while the sheet is narrow */
};

static const double line_pt = 14;	  /* a line of SHEET_PT, as programs space it */
static const double title_line_pt = 18;
static const double title_gap_pt = 6;	  /* below the title, half of it above */
static const double row_pad_pt = 1;	  /* of a row, above and below together */
static const double pad_pt = 5;		  /* of a cell, left and right together */
static const double slack = 1.03;	  /* screens space letters wider than print */
static const double column_min_pt = 26;
static const double text_max_pt = 160;	  /* longer texts wrap */
static const double text_min_pt = 90;	  /* ... and no sooner than this */
static const double text_beside_pt = 110; /* ... and no later beside long ones that people wrote */
static const double text_step_pt = 5;
static const double writing_least_pt = 190; /* of long ones that people wrote, also where the page has no room for it */
static const double header_wide_pt = 110;
static const double header_step_pt = 4;

struct type {
	struct fonts *fonts;
	enum face face;
	double size_pt;
};

/* What stays on one line. */
struct piece {
	const char *text;
	size_t n;
	double width_pt;
	double gap_pt; /* of the space before it, inside a line */
	bool forced;   /* begins a line always */
};

struct pieces {
	struct piece *piece; /* [n] */
	size_t n;
	size_t cap;
	double width_pt; /* on one line */
	double widest_pt;
};

static double text_width(const struct type *type, const char *s)
{
	return fonts_width_pt(type->fonts, type->face, type->size_pt, s) * slack;
}

/* A word with a character that the font lacks is taken as half an em for each byte. */
static double part_width(const struct type *type, const char *s, size_t n)
{
	int em = fonts_units_per_em(type->fonts);
	struct diags quiet = { 0 };
	const struct word *word;
	double units;

	if (!n)
		return 0;
	word = fonts_word(type->fonts, type->face, s, n, (struct origin){ 0 }, &quiet);
	units = word ? (double)word->advance : (double)n * em / 2;
	diags_clear(&quiet);
	return units * type->size_pt / em * slack;
}

static void piece_put(struct pieces *p, const struct type *type, struct piece piece, struct arena *a)
{
	piece.width_pt = part_width(type, piece.text, piece.n);
	p->width_pt += (p->n ? piece.gap_pt : 0) + piece.width_pt;
	p->widest_pt = piece.width_pt > p->widest_pt ? piece.width_pt : p->widest_pt;
	*ARENA_PUSH(a, p->piece, p->n, &p->cap) = piece;
}

/* Words are told apart by single spaces and line breaks, as in the programs' own wrapping. */
static struct pieces split_words(const struct type *type, const char *s, struct arena *a)
{
	double space = part_width(type, " ", 1);
	struct pieces p = { 0 };
	bool forced = false;

	for (;; s++) {
		size_t n = strcspn(s, " \n");

		piece_put(&p, type, (struct piece){ .text = s, .n = n, .gap_pt = space, .forced = forced }, a);
		s += n;
		if (!*s)
			return p;
		forced = *s == '\n';
	}
}

/* "15=3-7+9+11": a line may end before the equals sign and behind each operator. */
static struct pieces split_formula(const struct type *type, const char *s, struct arena *a)
{
	struct pieces p = { 0 };

	while (*s) {
		size_t n = strcspn(s + 1, "=+-*/:") + 1;

		if (s[n] && s[n] != '=')
			n++;
		piece_put(&p, type, (struct piece){ .text = s, .n = n }, a);
		s += n;
	}
	return p;
}

/* Whether the piece begins a line; x_pt: where the line ends so far. */
static bool begins_line(const struct piece *piece, double width, double *x_pt)
{
	bool begins = piece->forced || (*x_pt > 0 && *x_pt + piece->gap_pt + piece->width_pt > width);

	if (begins)
		*x_pt = 0;
	*x_pt += (*x_pt > 0 ? piece->gap_pt : 0) + piece->width_pt;
	return begins;
}

static unsigned count_lines(const struct pieces *p, double width)
{
	unsigned n = 1;
	double x = 0;

	for (size_t i = 0; i < p->n; i++) {
		n += begins_line(&p->piece[i], width, &x);
		for (; x > width && width > 0; x -= width) /* a word wider than the cell is cut */
			n++;
	}
	return n;
}

static unsigned text_lines(const struct type *type, const char *s, double width)
{
	struct arena tmp = { 0 };
	struct pieces p;
	unsigned n = 1;

	if (strchr(s, '\n') || text_width(type, s) > width) {
		p = split_words(type, s, &tmp);
		n = count_lines(&p, width);
		arena_clear(&tmp);
	}
	return n;
}

static double lines_height(unsigned n)
{
	return line_pt * n + row_pad_pt;
}

double sheet_text_height(struct fonts *fonts, enum face face, int size_pt, const char *text, double width)
{
	const struct type type = { fonts, face, size_pt };
	unsigned n = text_lines(&type, text, width - pad_pt);

	return size_pt == SHEET_TITLE_PT ? title_line_pt * n : lines_height(n);
}

double sheet_line_pt(const struct sheet *s, size_t column)
{
	return column < s->table->n_column ? s->widest_pt[column] + pad_pt : 0;
}

static enum face cell_face(const struct grid_table *t, size_t row, const struct grid_cell *cell)
{
	return t->row_kind[row] != GRID_LEAF || cell->flags & RUN_BOLD ? FACE_BOLD : FACE_REGULAR;
}

/* What is measured once and asked often. */
struct measuring {
	struct sheet *sheet;
	const struct grid_table *table;
	struct fonts *fonts;
	struct arena *arena;
	struct pieces *header; /* [n_header_cell] */
	struct pieces *numbering; /* [n_column] if the table has one */
	double *need;	       /* [n_header_cell] */
};

static void split_heads(struct measuring *m)
{
	const struct grid_table *t = m->table;
	const struct type head = { m->fonts, FACE_BOLD, SHEET_PT };
	const struct type number = { m->fonts, FACE_ITALIC, SHEET_PT };

	for (size_t i = 0; i < t->n_header_cell; i++) {
		m->header[i] = split_words(&head, t->header[i].text, m->arena);
		m->need[i] = m->header[i].widest_pt + pad_pt;
	}
	for (size_t c = 0; t->numbering && c < t->n_column; c++)
		m->numbering[c] = split_formula(&number, t->numbering[c], m->arena);
}

static void measure_texts(struct measuring *m)
{
	const struct grid_table *t = m->table;
	double *widest = m->sheet->widest_pt;

	for (size_t c = 0; c < t->n_column; c++) {
		widest[c] = t->numbering ? m->numbering[c].widest_pt : 0;
		for (size_t r = 0; r < t->n_row; r++) {
			const struct grid_cell *cell = &t->cell[r * t->n_column + c];
			const struct type body = { m->fonts, cell_face(t, r, cell), SHEET_PT };
			double width = t->row_kind[r] == GRID_WORDS ? 0 : text_width(&body, cell->text);

			widest[c] = width > widest[c] ? width : widest[c];
		}
	}
}

/* Columns wide enough for figures, for texts up to a limit, and for the longest word of each heading. */
static void fit_columns(struct measuring *m, double text_max)
{
	const struct grid_table *t = m->table;
	struct sheet *s = m->sheet;

	s->width_pt = 0;
	for (size_t c = 0; c < t->n_column; c++) {
		double width = t->column[c].is_number || s->widest_pt[c] < text_max ? s->widest_pt[c] : text_max;

		if (t->column[c].roomy)
			width = text_max;

		s->column_pt[c] = width + pad_pt > column_min_pt ? width + pad_pt : column_min_pt;
	}
	spans_fit_columns(t, m->need, 0, s->column_pt);
	for (size_t c = 0; c < t->n_column; c++)
		s->width_pt += s->column_pt[c];
}

static bool is_long(const struct measuring *m, size_t column)
{
	return m->table->column[column].roomy && m->sheet->widest_pt[column] > text_max_pt * WRITING_LINES;
}

static bool has_long(const struct measuring *m)
{
	for (size_t c = 0; c < m->table->n_column; c++)
		if (is_long(m, c))
			return true;
	return false;
}

/* Texts wrap sooner where the sheet would otherwise be printed small, or beside long ones. */
static void measure_columns(struct measuring *m, double room_pt)
{
	double text_max = has_long(m) ? text_beside_pt : text_max_pt;

	fit_columns(m, text_max);
	while (m->sheet->width_pt > room_pt && text_max > text_min_pt) {
		text_max -= text_step_pt;
		fit_columns(m, text_max);
	}
}

/* What the page has left goes to the columns that people write in, as far as their texts are long. */
static void widen_writing(struct measuring *m, double room_pt)
{
	struct sheet *s = m->sheet;

	for (size_t c = 0; c < m->table->n_column; c++) {
		double want = s->widest_pt[c] / WRITING_LINES + pad_pt - s->column_pt[c];
		double least = fmin(writing_least_pt - s->column_pt[c], want);
		double more = fmax(fmin(want, room_pt - s->width_pt), least);

		if (!is_long(m, c) || more <= 0)
			continue;
		s->column_pt[c] += more;
		s->width_pt += more;
	}
}

static void widen(struct measuring *m, size_t column)
{
	m->sheet->column_pt[column] += header_step_pt;
	m->sheet->width_pt += header_step_pt;
}

/* Wider columns where headings would be towers; the sheet becomes no wider than most_pt. */
static void widen_headings(struct measuring *m, unsigned n_line, double most_pt)
{
	for (size_t i = 0; i < m->table->n_header_cell; i++) {
		const struct header_cell *cell = &m->table->header[i];
		const double *width = &m->sheet->column_pt[cell->column];
		unsigned most = n_line + SPANNED_LINES * (cell->rows - 1);

		while (cell->columns == 1 && *width < header_wide_pt
			&& m->sheet->width_pt + header_step_pt <= most_pt
			&& count_lines(&m->header[i], *width - pad_pt) > most)
			widen(m, cell->column);
	}
}

/* A formula that does not stand beside its number begins a line of its own. */
static unsigned number_lines(struct pieces *p, double width)
{
	for (size_t i = 1; i < p->n; i++)
		p->piece[i].forced = p->piece[i].text[0] == '=' && p->width_pt > width;
	return count_lines(p, width);
}

/* In lines where the column is narrow: programs break lines at spaces only. */
static const char *wrapped_number(const struct pieces *p, double width, struct arena *a)
{
	struct buf b = { 0 };
	const char *s;
	double x = 0;

	for (size_t i = 0; i < p->n; i++) {
		if (begins_line(&p->piece[i], width, &x))
			buf_putc(&b, '\n');
		buf_put(&b, p->piece[i].text, p->piece[i].n);
	}
	s = arena_slice(a, b.text ? b.text : "", b.n);
	buf_clear(&b);
	return s;
}

/* Wider while there is room and the number has too many lines; returns how many it has then. */
static unsigned fit_number(struct measuring *m, size_t c, double narrow_pt)
{
	const struct sheet *s = m->sheet;

	for (;;) {
		unsigned n = number_lines(&m->numbering[c], s->column_pt[c] - pad_pt);
		unsigned most = s->width_pt + header_step_pt <= narrow_pt ? NUMBER_FEW : NUMBER_LINES;

		if (n <= most || s->column_pt[c] >= header_wide_pt)
			return n;
		widen(m, c);
	}
}

static void measure_numbering(struct measuring *m, double narrow_pt)
{
	struct sheet *s = m->sheet;
	const char **numbering = ARENA_ARRAY(m->arena, m->table->n_column, const char *);
	unsigned most = 1;

	for (size_t c = 0; m->table->numbering && c < m->table->n_column; c++) {
		unsigned n = fit_number(m, c, narrow_pt);

		numbering[c] = wrapped_number(&m->numbering[c], s->column_pt[c] - pad_pt, m->arena);
		most = n > most ? n : most;
	}
	s->numbering = numbering;
	if (m->table->numbering)
		s->row_pt[s->numbering_row] = lines_height(most);
}

static void measure_header(struct measuring *m)
{
	const struct grid_table *t = m->table;
	struct sheet *s = m->sheet;

	for (size_t i = 0; i < t->n_header_cell; i++)
		m->need[i] = lines_height(count_lines(&m->header[i],
			spans_width(&t->header[i], s->column_pt, 0) - pad_pt));
	for (unsigned r = 0; r < t->n_header; r++)
		s->row_pt[s->header_row + r] = lines_height(1);
	spans_fit_rows(t, m->need, s->row_pt + s->header_row);
}

/* Where the widest text has room, each has. */
static unsigned cell_lines(const struct measuring *m, size_t r, size_t c)
{
	const struct grid_table *t = m->table;
	const struct grid_cell *cell = &t->cell[r * t->n_column + c];
	const struct type type = { m->fonts, cell_face(t, r, cell), SHEET_PT };
	double width = m->sheet->column_pt[c] - pad_pt;

	if (t->column[c].is_number || (m->sheet->widest_pt[c] <= width && !strchr(cell->text, '\n')))
		return 1;
	return text_lines(&type, cell->text, width);
}

static void measure_body(struct measuring *m)
{
	const struct grid_table *t = m->table;

	for (size_t r = 0; r < t->n_row; r++) {
		unsigned most = 1;

		if (t->row_kind[r] == GRID_WORDS)
			continue; /* over all columns */
		for (size_t c = 0; c < t->n_column; c++) {
			unsigned n = cell_lines(m, r, c);

			most = n > most ? n : most;
		}
		m->sheet->row_pt[m->sheet->body_row + r] = most > 1 ? lines_height(most) : 0;
	}
}

/* Title and notes, which run over all columns. */
static void measure_lines(struct measuring *m, double width)
{
	const struct grid_table *t = m->table;
	struct sheet *s = m->sheet;

	if (!s->untitled)
		s->row_pt[s->top] = sheet_text_height(m->fonts, FACE_BOLD, SHEET_TITLE_PT, t->title ? t->title : "", width) + title_gap_pt;
	if (t->unit_line)
		s->row_pt[s->unit_row] = sheet_text_height(m->fonts, FACE_ITALIC, SHEET_PT, t->unit_line, width);
	for (size_t i = 0; i < t->n_note; i++)
		s->row_pt[s->note_row + i] = sheet_text_height(m->fonts, FACE_ITALIC, SHEET_PT, t->note[i], width);
}

/* Which row is where. */
static void number_rows(struct sheet *s, struct arena *a)
{
	const struct grid_table *t = s->table;

	s->unit_row = s->top + (s->untitled ? 0 : 1);
	s->header_row = s->unit_row + (t->unit_line ? 1 : 0);
	s->numbering_row = s->header_row + t->n_header;
	s->body_row = s->numbering_row + (t->numbering ? 1 : 0);
	s->note_row = s->body_row + (unsigned)t->n_row;
	s->n_row = s->note_row + (unsigned)t->n_note;
	s->row_pt = ARENA_ARRAY(a, s->n_row, double);
}

static struct measuring measuring_new(const struct grid_table *t, struct fonts *fonts, struct arena *a, struct sheet *s)
{
	return (struct measuring){
		.sheet = s,
		.table = t,
		.fonts = fonts,
		.arena = a,
		.header = ARENA_ARRAY(a, t->n_header_cell, struct pieces),
		.numbering = ARENA_ARRAY(a, t->n_column, struct pieces),
		.need = ARENA_ARRAY(a, t->n_header_cell, double),
	};
}

static void measure_rows(struct measuring *m, double narrow_pt)
{
	measure_numbering(m, narrow_pt);
	measure_header(m);
	measure_body(m);
}

void sheet_measure(const struct grid_table *t, struct fonts *fonts, double narrow_pt, double room_pt, struct arena *a,
	struct sheet *s)
{
	struct measuring m = measuring_new(t, fonts, a, s);

	*s = (struct sheet){
		.table = t,
		.column_pt = ARENA_ARRAY(a, t->n_column, double),
		.widest_pt = ARENA_ARRAY(a, t->n_column, double),
	};
	number_rows(s, a);
	split_heads(&m);
	measure_texts(&m);
	measure_columns(&m, room_pt);
	widen_headings(&m, HEADER_LINES, HUGE_VAL);
	widen_headings(&m, HEADER_FEW, narrow_pt);
	widen_writing(&m, room_pt);
	measure_rows(&m, narrow_pt);
	measure_lines(&m, s->width_pt);
}

void sheet_place(const struct sheet_place *place, struct fonts *fonts, struct arena *a, struct sheet *s)
{
	struct measuring m = measuring_new(s->table, fonts, a, s);

	s->top = place->top;
	s->untitled = place->untitled;
	s->width_pt = 0;
	for (size_t c = 0; c < s->table->n_column; c++)
		s->width_pt += s->column_pt[c] = place->column_pt[c];
	number_rows(s, a);
	split_heads(&m);
	measure_rows(&m, 0);
	measure_lines(&m, place->width_pt);
}
