/* text: plan.txt: all that the others show, in plain lines; what most goldens compare. A paragraph is one line. */
#include "base/buf.h"
#include "base/file.h"
#include "base/utf8.h"
#include "render/backend.h"
#include "render/spans.h"

#include <string.h>

enum { BESIDE_GAP = 4, INDENT = 2, PART_RULE = 72 };

static const char column_mark[] = " | ";
static const char crossing_mark[] = "-+-";
static const double column_gap = 3; /* letters of column_mark */

static size_t letters(const char *s)
{
	return utf8_length(s, strlen(s));
}

static void put_times(struct buf *b, const char *s, size_t n)
{
	while (n-- > 0)
		buf_puts(b, s);
}

/* Lines have no spaces at their ends. */
static void end_line(struct buf *b)
{
	while (b->n && b->text[b->n - 1] == ' ')
		b->n--;
	buf_putc(b, '\n');
}

static void put_line(struct buf *b, const char *s)
{
	if (!s || !*s)
		return;
	buf_puts(b, s);
	end_line(b);
}

static void put_blank(struct buf *b)
{
	bool has_blank = b->n > 1 && b->text[b->n - 1] == '\n' && b->text[b->n - 2] == '\n';

	if (b->n && !has_blank)
		buf_putc(b, '\n');
}

static void put_runs(struct buf *b, const struct runs *runs)
{
	for (size_t i = 0; i < runs->n_run; i++) {
		if (runs->run[i].flags & RUN_BREAK)
			end_line(b);
		buf_puts(b, runs->run[i].text);
	}
}

static void put_aligned(struct buf *b, const char *s, size_t n, size_t width, enum align align)
{
	size_t has = utf8_length(s, n);
	size_t room = width > has ? width - has : 0;
	size_t before = 0;

	switch (align) {
	case ALIGN_LEFT:
		break;
	case ALIGN_CENTRE:
		before = room / 2;
		break;
	case ALIGN_RIGHT:
	case ALIGN_DECIMAL:
		before = room;
		break;
	}
	put_times(b, " ", before);
	buf_put(b, s, n);
	put_times(b, " ", room - before);
}

/* ---- columns of lines beside each other: letterhead, foot ---- */

struct lines {
	const char **line;
	size_t n;
	size_t cap;
};

static void add_line(struct lines *lines, const char *s, struct arena *a)
{
	if (s)
		*ARENA_PUSH(a, lines->line, lines->n, &lines->cap) = s;
}

static void put_beside(struct buf *b, const struct lines *column, size_t n_column)
{
	bool more = true;

	for (size_t i = 0; more; i++) {
		more = false;
		for (size_t c = 0; c < n_column; c++) {
			size_t width = 0;
			const char *s = i < column[c].n ? column[c].line[i] : "";

			for (size_t k = 0; k < column[c].n; k++)
				if (letters(column[c].line[k]) > width)
					width = letters(column[c].line[k]);
			put_aligned(b, s, strlen(s), width + BESIDE_GAP, ALIGN_LEFT);
			more = more || i + 1 < column[c].n;
		}
		end_line(b);
	}
}

static void put_letterhead(struct buf *b, const struct letterhead *head, struct arena *a)
{
	struct lines column[2] = { 0 };

	add_line(&column[0], head->parent, a);
	for (size_t i = 0; i < head->n_issuer; i++)
		add_line(&column[0], head->issuer[i], a);
	add_line(&column[0], head->number, a);
	add_line(&column[1], head->nation, a);
	add_line(&column[1], head->motto, a);
	add_line(&column[1], head->place_date, a);
	put_beside(b, column, 2);
}

static void put_foot(struct buf *b, const struct foot *foot, struct arena *a)
{
	struct lines *column = ARENA_ARRAY(a, foot->n_signature + 1, struct lines);

	add_line(&column[0], foot->heading, a);
	for (size_t i = 0; i < foot->n_recipient; i++)
		add_line(&column[0], foot->recipient[i].text, a);
	for (size_t i = 0; i < foot->n_signature; i++) {
		const struct signature *signature = &foot->signature[i];

		for (size_t k = 0; k < signature->n_line; k++)
			add_line(&column[i + 1], signature->line[k], a);
		add_line(&column[i + 1], "", a);
		add_line(&column[i + 1], signature->name, a);
	}
	put_blank(b);
	put_beside(b, column, foot->n_signature + 1);
}

/* ---- tables ---- */

struct slice {
	const char *s;
	size_t n;
};

/* The next line of a text in that many letters, words kept whole; moves on behind it. */
static struct slice next_line(const char **text, size_t width)
{
	const char *s = *text;
	size_t end = strcspn(s, " \n");

	while (s[end] == ' ') {
		size_t more = end + 1 + strcspn(s + end + 1, " \n");

		if (utf8_length(s, more) > width)
			break;
		end = more;
	}
	*text = s + end + (s[end] != '\0');
	return (struct slice){ s, end };
}

static size_t count_lines(const char *text, size_t width)
{
	size_t n = 0;

	do {
		next_line(&text, width);
		n++;
	} while (*text);
	return n;
}

static struct slice line_at(const char *text, size_t width, size_t i)
{
	struct slice line = { text, 0 };

	do {
		if (!*text)
			return (struct slice){ text, 0 };
		line = next_line(&text, width);
	} while (i-- > 0);
	return line;
}

static size_t widest_word(const char *text)
{
	size_t widest = 0;

	while (*text) {
		struct slice word = next_line(&text, 0);
		size_t n = utf8_length(word.s, word.n);

		widest = n > widest ? n : widest;
	}
	return widest;
}

/* Columns as wide as their body, whole letters. */
static double *measure_columns(const struct grid_table *t, struct arena *a)
{
	double *width = ARENA_ARRAY(a, t->n_column, double);
	double *need = ARENA_ARRAY(a, t->n_header_cell, double);

	for (size_t c = 0; c < t->n_column; c++) {
		size_t widest = t->numbering ? letters(t->numbering[c]) : 1;

		for (size_t r = 0; r < t->n_row; r++) {
			size_t n = letters(t->cell[r * t->n_column + c].text);

			widest = n > widest ? n : widest;
		}
		width[c] = (double)widest;
	}
	for (size_t i = 0; i < t->n_header_cell; i++)
		need[i] = (double)widest_word(t->header[i].text);
	spans_fit_columns(t, need, column_gap, width);
	for (size_t c = 0; c < t->n_column; c++) {
		size_t whole = (size_t)width[c];

		width[c] = (double)(whole + (width[c] > (double)whole));
	}
	return width;
}

static double *measure_header(const struct grid_table *t, const double *width, struct arena *a)
{
	double *height = ARENA_ARRAY(a, t->n_header, double);
	double *need = ARENA_ARRAY(a, t->n_header_cell, double);

	for (unsigned r = 0; r < t->n_header; r++)
		height[r] = 1;
	for (size_t i = 0; i < t->n_header_cell; i++)
		need[i] = (double)count_lines(t->header[i].text,
			(size_t)spans_width(&t->header[i], width, column_gap));
	spans_fit_rows(t, need, height);
	return height;
}

/* Line i_line of a header row, through all columns. */
static void put_header_line(struct buf *b, const struct grid_table *t, const double *width, const double *height,
	unsigned row, size_t i_line)
{
	for (unsigned c = 0; c < t->n_column;) {
		const struct header_cell *cell = spans_at(t, row, c);
		size_t i = i_line;

		if (c)
			buf_puts(b, column_mark);
		if (!cell) {
			put_times(b, " ", (size_t)width[c++]);
			continue;
		}
		for (unsigned r = cell->row; r < row; r++)
			i += (size_t)height[r];
		size_t room = (size_t)spans_width(cell, width, column_gap);
		struct slice line = line_at(cell->text, room, i);

		put_aligned(b, line.s, line.n, room, ALIGN_CENTRE);
		c = cell->column + cell->columns;
	}
	end_line(b);
}

static void put_rule(struct buf *b, const struct grid_table *t, const double *width)
{
	for (size_t c = 0; c < t->n_column; c++) {
		if (c)
			buf_puts(b, crossing_mark);
		put_times(b, "-", (size_t)width[c]);
	}
	end_line(b);
}

/* A row is a line: line breaks inside its cells become spaces. */
static void put_row(struct buf *b, const struct grid_table *t, const double *width, size_t row)
{
	size_t from = b->n;

	for (size_t c = 0; c < t->n_column; c++) {
		const char *text = t->cell[row * t->n_column + c].text;

		if (c)
			buf_puts(b, column_mark);
		put_aligned(b, text, strlen(text), (size_t)width[c], t->column[c].align);
	}
	for (; from < b->n; from++)
		if (b->text[from] == '\n')
			b->text[from] = ' ';
	end_line(b);
}

static void put_table(struct buf *b, const struct grid_table *t, struct arena *a)
{
	const double *width = measure_columns(t, a);
	const double *height = measure_header(t, width, a);

	put_blank(b);
	put_runs(b, &t->caption);
	if (t->caption.n_run)
		end_line(b);
	put_line(b, t->unit_line);
	for (unsigned r = 0; r < t->n_header; r++)
		for (size_t i = 0; i < (size_t)height[r]; i++)
			put_header_line(b, t, width, height, r, i);
	put_rule(b, t, width);
	for (size_t c = 0; t->numbering && c < t->n_column; c++) {
		buf_puts(b, c ? column_mark : "");
		put_aligned(b, t->numbering[c], strlen(t->numbering[c]), (size_t)width[c], ALIGN_CENTRE);
	}
	if (t->numbering)
		end_line(b);
	for (size_t r = 0; r < t->n_row; r++)
		put_row(b, t, width, r);
	for (size_t i = 0; i < t->n_note; i++)
		put_line(b, t->note[i]);
	put_blank(b);
}

/* ---- blocks ---- */

static void put_title(struct buf *b, const struct title *title)
{
	put_blank(b);
	put_line(b, title->kind);
	put_runs(b, &title->name);
	end_line(b);
	put_line(b, title->attached);
	put_blank(b);
}

/* A paragraph with its number, title and text. */
static void put_text(struct buf *b, const struct block *block)
{
	if (block->number && *block->number) {
		buf_puts(b, block->number);
		buf_putc(b, ' ');
	}
	put_runs(b, &block->title);
	if (block->title.n_run && block->runs.n_run)
		buf_putc(b, ' ');
	put_runs(b, &block->runs);
	end_line(b);
}

static void put_block(struct buf *b, const struct block *block, struct arena *a)
{
	switch (block->kind) {
	case BLOCK_LETTERHEAD:
		put_letterhead(b, block->letterhead, a);
		break;
	case BLOCK_TITLE:
	case BLOCK_APPENDIX:
		put_title(b, block->head);
		break;
	case BLOCK_HEADING:
		put_blank(b);
		put_text(b, block);
		break;
	case BLOCK_BASIS:
	case BLOCK_PARAGRAPH:
		put_text(b, block);
		break;
	case BLOCK_ITEM:
		put_times(b, " ", INDENT * (size_t)(block->level > 0 ? block->level : 1));
		put_text(b, block);
		break;
	case BLOCK_TABLE:
		put_table(b, block->table, a);
		break;
	case BLOCK_CHART:
		put_line(b, block->chart->alt);
		break;
	case BLOCK_FOOT:
		put_foot(b, block->foot, a);
		break;
	}
}

static bool text_write(const struct document *doc, struct fonts *fonts, const char *path, struct diags *d)
{
	struct buf b = { 0 };
	struct arena tmp = { 0 };
	bool ok;

	(void)fonts;
	put_line(&b, doc->draft);
	for (size_t i = 0; i < doc->n_part; i++) {
		if (i) {
			put_blank(&b);
			put_times(&b, "=", PART_RULE);
			end_line(&b);
		}
		for (size_t k = 0; k < doc->part[i].n_block; k++)
			put_block(&b, &doc->part[i].block[k], &tmp);
	}
	while (b.n > 1 && b.text[b.n - 1] == '\n' && b.text[b.n - 2] == '\n')
		b.text[--b.n] = '\0';
	ok = file_write(path, b.text ? b.text : "", b.n, d);
	buf_clear(&b);
	arena_clear(&tmp);
	return ok;
}

const struct backend backend_text = { .name = "text", .stem = "plan", .suffix = ".txt", .write = text_write };
