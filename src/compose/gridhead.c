/* The head of a table: header cells with their merges, and the row of column numbers with its
 * formulas. */
#include "compose/composer.h"

#include "base/buf.h"
#include "compose/lettering.h"

#include <ctype.h>
#include <string.h>

static const struct column *printed(const struct grid_map *m, size_t i)
{
	return &m->table->column[m->column[i]];
}

/* ---- merges ---- */

/* Whether neighbours stand below one group label: their paths agree down to that level. */
static bool same_group(const struct label_path *a, const struct label_path *b, size_t level)
{
	if (level + 1 >= a->n_label || level + 1 >= b->n_label)
		return false;
	for (size_t i = 0; i <= level; i++)
		if (strcmp(a->label[i], b->label[i]) != 0)
			return false;
	return true;
}

/* The cells of one header row behind those that are there. */
static void put_row(const struct label_path *path, size_t n_path, unsigned row, unsigned n_row, struct header_cell *cell, size_t *n)
{
	unsigned columns = 1;

	for (size_t i = 0; i < n_path; i += columns) {
		columns = 1;
		if (row >= path[i].n_label) /* its label spans down to here */
			continue;
		while (i + columns < n_path && same_group(&path[i], &path[i + columns], row))
			columns++;
		cell[(*n)++] = (struct header_cell){
			.text = path[i].label[row],
			.row = row,
			.column = (unsigned)i,
			.rows = row + 1 >= path[i].n_label ? n_row - row : 1,
			.columns = columns,
		};
	}
}

void header_of_paths(const struct label_path *path, size_t n_path, struct grid_table *g, struct arena *a)
{
	struct header_cell *cell;
	size_t n_row = 1;

	for (size_t i = 0; i < n_path; i++)
		n_row = path[i].n_label > n_row ? path[i].n_label : n_row;
	cell = ARENA_ARRAY(a, n_row * n_path, struct header_cell);
	g->n_header = (unsigned)n_row;
	g->header = cell;
	g->n_header_cell = 0;
	for (unsigned row = 0; row < n_row; row++)
		put_row(path, n_path, row, (unsigned)n_row, cell, &g->n_header_cell);
}

static const char *const *keep_labels(const struct column *column, struct texts *texts, struct arena *a)
{
	const char **label = ARENA_ARRAY(a, column->n_label, const char *);

	for (size_t i = 0; i < column->n_label; i++)
		label[i] = texts_keep(texts, column->label[i]);
	return label;
}

void grid_header(const struct grid_map *m, struct texts *texts, struct grid_table *g, struct arena *a)
{
	struct label_path *path = ARENA_ARRAY(a, m->n_column, struct label_path);

	for (size_t i = 0; i < m->n_column; i++)
		path[i] = (struct label_path){ keep_labels(printed(m, i), texts, a), printed(m, i)->n_label };
	header_of_paths(path, m->n_column, g, a);
}

/* ---- numbers of columns ---- */

/* Columns in front of the first number have letters, all others count from 1. */
static size_t first_number(const struct grid_map *m)
{
	size_t i = 0;

	while (i < m->n_column && !column_is_number(printed(m, i)))
		i++;
	return i;
}

/* The number of the column of that name; 0 where it has none. */
static size_t number_of(const struct grid_map *m, const char *name, size_t n_name)
{
	size_t first = first_number(m);

	for (size_t i = first; i < m->n_column; i++)
		if (strlen(printed(m, i)->id) == n_name && !memcmp(printed(m, i)->id, name, n_name))
			return i - first + 1;
	return 0;
}

static size_t name_length(const char *s)
{
	size_t n = 0;

	while (isalnum((unsigned char)s[n]) || s[n] == '_')
		n++;
	return n;
}

/* The expression with its names as column numbers; false where it says more than that. */
static bool put_formula(struct buf *b, const struct grid_map *m, const char *s)
{
	while (*s) {
		size_t n = name_length(s);

		if (isdigit((unsigned char)*s)) {
			for (; isdigit((unsigned char)*s) || *s == '.'; s++)
				buf_putc(b, *s == '.' ? ',' : *s);
		} else if (n) {
			if (!number_of(m, s, n))
				return false;
			buf_printf(b, "%zu", number_of(m, s, n));
			s += n;
		} else if (strchr("+-*/()", *s)) {
			buf_putc(b, *s++);
		} else if (isspace((unsigned char)*s)) {
			s++;
		} else {
			return false;
		}
	}
	return true;
}

static const char *numbering_text(
	const struct grid_map *m, size_t i, size_t number, struct arena *a)
{
	const struct column *column = printed(m, i);
	const char *plain = arena_printf(a, "%zu", number);
	struct buf b = { 0 };
	const char *text = plain;

	if (column->kind == COLUMN_INDICATOR && put_formula(&b, m, expr_source(column->expr))
		&& b.n)
		text = arena_printf(a, "%s=%s", plain, b.text);
	buf_clear(&b);
	return text;
}

const char *const *grid_numbering(const struct grid_map *m, struct arena *a)
{
	const char **numbering = ARENA_ARRAY(a, m->n_column, const char *);
	size_t first = first_number(m);

	for (size_t i = 0; i < m->n_column; i++)
		if (i < first)
			numbering[i] = column_letter((unsigned)i + 1, a);
		else
			numbering[i] = numbering_text(m, i, i - first + 1, a);
	return numbering;
}
