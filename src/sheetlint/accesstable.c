/* The tables of an accessible workbook: one a sheet, marked up, with one header row, without blanks, nothing around it. */
#include "sheetlint/linting.h"

#include "base/utf8.h"

#include <string.h>

enum { TABLES_SEEN = 16 };

/* ---- the table itself ---- */

static void check_name(struct xl *x, const struct xl_sheet *s, const struct xl_table *t)
{
	const struct xl_place at = XL_AT(s, t->range.first_row, t->range.first_col);
	size_t n = strlen(t->name);

	while (n && ((t->name[n - 1] >= '0' && t->name[n - 1] <= '9') || t->name[n - 1] == '_'))
		n--;
	if (strspn(t->name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_") != strlen(t->name)
		|| xl_is_word(x, WORD_PLAIN_NAME, arena_slice(&x->arena, t->name, n)))
		xl_found(x, XL_D2_TABLE_NAME, at, "the table is called '%s'", xl_show(x, t->name));
}

static void check_header(struct xl *x, const struct xl_sheet *s, const struct xl_table *t)
{
	struct map known;

	map_init(&known, &x->arena);
	if (t->n_header != 1)
		xl_found(x, XL_D5_HEADER, XL_AT(s, t->range.first_row, t->range.first_col), "the table has %u header rows", t->n_header);
	for (size_t i = 0; i < t->n_column; i++) {
		const char *folded = utf8_fold(t->column[i], strlen(t->column[i]), &x->arena);

		if (!*folded || !map_add(&known, folded, 0, NULL))
			xl_found(x, XL_D5_HEADER, XL_AT(s, t->range.first_row, t->range.first_col + (unsigned)i),
				"the text of the header is empty or stands twice: '%s'", xl_show(x, t->column[i]));
	}
}

/* Cells of the table that are filled, by row and column; [i] counts from the first of both. */
static void count_filled(const struct xl_sheet *s, const struct sheet_range *r, uint32_t *by_row, uint32_t *by_col)
{
	for (size_t i = 0; i < s->n_cell; i++) {
		const struct xl_cell *c = &s->cell[i];

		if (xl_inside(r, c->row, c->col) && !xl_is_blank(c)) {
			by_row[c->row - r->first_row]++;
			by_col[c->col - r->first_col]++;
		}
	}
}

static void check_blanks(struct xl *x, const struct xl_sheet *s, const struct xl_table *t)
{
	const struct sheet_range *r = &t->range;
	size_t n_row = r->last_row - r->first_row + 1, n_col = r->last_col - r->first_col + 1;
	uint32_t *by_row = ARENA_ARRAY(&x->arena, n_row, uint32_t);
	uint32_t *by_col = ARENA_ARRAY(&x->arena, n_col, uint32_t);
	bool may_be_blank = xl_says(x, s, WORD_BLANK);

	count_filled(s, r, by_row, by_col);
	for (size_t i = 0; i < n_row && x->told[XL_D4_BLANK] < XL_COUNTED_MAX; i++)
		if (!by_row[i])
			xl_found(x, XL_D4_BLANK, XL_AT(s, r->first_row + (unsigned)i, r->first_col), "a row of the table is blank");
	for (size_t i = 0; i < n_col; i++)
		if (by_col[i] <= (t->n_header > 0)) {
			xl_found(x, XL_D4_BLANK, XL_AT(s, r->first_row, r->first_col + (unsigned)i), "a column of the table is blank");
			may_be_blank = true; /* its cells are not told once more */
		}
	for (size_t i = t->n_header; i < n_row && !may_be_blank; i++)
		for (size_t c = 0; by_row[i] && by_row[i] < n_col && c < n_col && x->told[XL_D8_EMPTY] < XL_COUNTED_MAX; c++)
			if (xl_is_blank(xl_cell_in(s, r->first_row + (unsigned)i, r->first_col + (unsigned)c)))
				xl_found(x, XL_D8_EMPTY, XL_AT(s, r->first_row + (unsigned)i, r->first_col + (unsigned)c), "a cell of the table is blank");
}

/* ---- around it ---- */

/* Cells that are in no table: texts in column A above it, nothing else. */
static void check_outside(struct xl *x, const struct xl_sheet *s)
{
	const struct sheet_range *r = &s->table[0].range;

	for (size_t i = 0; i < s->n_cell; i++) {
		const struct xl_cell *c = &s->cell[i];
		const struct xl_place at = XL_AT(s, c->row, c->col);

		if (xl_is_blank(c) || xl_table_at(s, c->row, c->col))
			continue;
		if (c->kind == CELL_NUMBER)
			xl_found(x, XL_D1_TABLE, at, "a number stands outside of the table");
		else if (c->row > r->last_row)
			xl_found(x, XL_D22_LAYOUT, at, "a text stands below the table");
		else if (c->col > 1)
			xl_found(x, XL_D22_LAYOUT, at, "a text stands beside the table or column A");
	}
}

static void check_above(struct xl *x, const struct xl_sheet *s)
{
	const struct sheet_range *r = &s->table[0].range;
	const struct xl_cell *second = xl_cell_in(s, 2, 1);

	if (r->first_col != 1)
		xl_found(x, XL_D22_LAYOUT, XL_AT(s, r->first_row, r->first_col), "the table does not begin in column A");
	if (s->n_table == 1 && (xl_is_blank(second) || r->first_row <= 2 || !xl_has_word(x, WORD_ONE_TABLE, second->text)))
		xl_found(x, XL_D22_LAYOUT, XL_AT(s, 2, 1), "A2 does not say that the sheet has one table (một bảng, one table)");
	for (unsigned row = 3; row < r->first_row && x->told[XL_D22_LAYOUT] < XL_COUNTED_MAX; row++)
		if (xl_is_blank(xl_cell_in(s, row, 1)))
			xl_found(x, XL_D22_LAYOUT, XL_AT(s, row, 1), "a row above the table is blank");
}

static void check_numbers(struct xl *x, const struct xl_sheet *s)
{
	for (size_t i = 0; i < s->n_cell; i++)
		if (s->cell[i].kind == CELL_NUMBER)
			xl_found(x, XL_D1_TABLE, XL_AT(s, s->cell[i].row, s->cell[i].col), "a number stands in a sheet without a table");
}

void xl_access_tables(struct xl *x, const struct xl_sheet *s)
{
	if (xl_is_cover(x, s)) {
		check_numbers(x, s);
		return;
	}
	if (!s->n_table || !s->table[0].range.first_row) {
		if (s->n_cell)
			xl_found(x, XL_D1_TABLE, XL_SHEET(s), "the sheet has no table");
		return;
	}
	if (s->n_table > 1)
		xl_found(x, XL_D22_LAYOUT, XL_SHEET(s), "the sheet has %zu tables", s->n_table);
	for (size_t i = 0; i < s->n_table && i < TABLES_SEEN; i++) { /* one would be right */
		check_name(x, s, &s->table[i]);
		check_header(x, s, &s->table[i]);
		if (x->told[XL_D4_BLANK] < XL_COUNTED_MAX && s->table[i].range.last_row <= s->last_row && s->table[i].range.last_col <= s->last_col)
			check_blanks(x, s, &s->table[i]);
	}
	check_outside(x, s);
	check_above(x, s);
}
