/* Notes and shorthand in brackets: [ghi chú 1], [x]. */
#include "sheetlint/linting.h"

#include "base/utf8.h"

#include <string.h>

enum { MARKERS_MAX = 10000, CODE_MAX = 8, CODES_MAX = 1000 };

struct notes {
	struct xl *x;
	const struct xl_sheet *sheet; /* of the notes, or NULL */
	bool *used;		      /* [MARKERS_MAX + 1] by number */
	unsigned most;		      /* the highest number so far */
};

/* In the body of a table, or the last column of one where notes are. */
static bool is_data(struct xl *x, const struct xl_sheet *s, const struct xl_cell *c)
{
	const struct xl_table *t = xl_table_at(s, c->row, c->col);
	bool is_last = t && c->col == t->range.last_col && t->n_column;

	if (!t || c->row < t->range.first_row + t->n_header)
		return false;
	return !(is_last && xl_has_word(x, WORD_NOTE, t->column[t->n_column - 1]));
}

static unsigned take_number(const char **s)
{
	unsigned n = 0;

	for (; **s >= '0' && **s <= '9' && n <= MARKERS_MAX; ++*s)
		n = 10 * n + (unsigned)(**s - '0');
	return n <= MARKERS_MAX ? n : 0;
}

/* ---- marks ---- */

static void take_marker(struct notes *n, const struct xl_sheet *s, const struct xl_cell *c, unsigned number)
{
	struct xl *x = n->x;
	const struct xl_place at = XL_AT(s, c->row, c->col);

	if (s == n->sheet)
		return;
	if (!number)
		xl_found(x, XL_D11_MARKER, at, "the mark of a note has no number: '%s'", xl_show(x, c->text));
	else if (is_data(x, s, c))
		xl_found(x, XL_D11_MARKER, at, "the mark of note %u stands beside a figure", number);
	else if (number > n->most + 1)
		xl_found(x, XL_D11_MARKER, at, "note %u follows note %u", number, n->most);
	if (number > n->most)
		n->most = number;
	n->used[number] = true;
}

/* All marks of a text; true where there is one. */
static bool take_markers(struct notes *n, const struct xl_sheet *s, const struct xl_cell *c)
{
	const char *text = utf8_fold(c->text, strlen(c->text), &n->x->arena);
	bool any = false;

	for (; (text = strchr(text, '[')); text++) {
		size_t word = xl_marks_note(n->x, text);
		const char *number = text + word;

		if (!word)
			continue;
		any = true;
		take_marker(n, s, c, take_number(&number));
	}
	return any;
}

/* Without what stands in brackets. */
static const char *unbracketed(struct arena *a, const char *s)
{
	char *text = arena_text(a, s);
	char *to = text;
	size_t depth = 0;

	for (; *s; s++) {
		depth += *s == '[';
		if (!depth)
			*to++ = *s;
		depth -= *s == ']' && depth;
	}
	*to = '\0';
	return text;
}

/* Whether a sentence above the table speaks of notes: their marks alone are none. */
static bool says_where(struct xl *x, const struct xl_sheet *s)
{
	for (size_t i = 0; i < s->n_cell && s->cell[i].row < s->table[0].range.first_row; i++)
		if (s->cell[i].kind == CELL_TEXT && xl_has_word(x, WORD_NOTE, unbracketed(&x->arena, s->cell[i].text)))
			return true;
	return false;
}

static void check_sheet_notes(struct notes *n, const struct xl_sheet *s)
{
	bool any = false;

	for (size_t i = 0; i < s->n_cell; i++)
		if (s->cell[i].kind == CELL_TEXT && strchr(s->cell[i].text, '['))
			any = take_markers(n, s, &s->cell[i]) || any;
	if (any && s != n->sheet && s->n_table && !says_where(n->x, s))
		xl_found(n->x, XL_D12_NOTES, XL_SHEET(s), "the sheet has marks of notes, but says nowhere above the table where the notes are");
}

/* ---- the notes sheet ---- */

/* The number at the start of a text such as "1", "ghi chú 1" or "[note 1]". */
static unsigned note_number(struct xl *x, const struct xl_cell *c)
{
	const char *s = utf8_fold(c->text, strlen(c->text), &x->arena);

	while (*s && (*s < '0' || *s > '9'))
		s++;
	return take_number(&s);
}

static void check_explained(struct notes *n)
{
	const struct xl_table *t = n->sheet && n->sheet->n_table ? &n->sheet->table[0] : NULL;
	bool *explained = ARENA_ARRAY(&n->x->arena, MARKERS_MAX + 1, bool);

	for (size_t i = 0; t && i < n->sheet->n_cell; i++) {
		const struct xl_cell *c = &n->sheet->cell[i];
		unsigned number = c->col == t->range.first_col && xl_inside(&t->range, c->row, c->col) && c->row >= t->range.first_row + t->n_header
					  ? note_number(n->x, c)
					  : 0;

		if (number && explained[number])
			xl_found(n->x, XL_D12_NOTES, XL_AT(n->sheet, c->row, c->col), "note %u stands twice", number);
		if (number && !n->used[number])
			xl_found(n->x, XL_D12_NOTES, XL_AT(n->sheet, c->row, c->col), "nothing refers to note %u", number);
		explained[number] = true;
	}
	for (unsigned i = 1; i <= n->most; i++)
		if (n->used[i] && !explained[i])
			xl_found(n->x, XL_D12_NOTES, n->sheet ? XL_SHEET(n->sheet) : XL_FILE, "note %u is not explained", i);
}

/* ---- shorthand ---- */

/* The next code in brackets from s on, which moves behind it; false: there is none. */
static bool next_code(const char **s, char code[CODE_MAX + 3])
{
	for (const char *at = strchr(*s, '['); at; at = strchr(at + 1, '[')) {
		size_t n = strspn(at + 1, "abcdefghijklmnopqrstuvwxyz");

		if (!n || n > CODE_MAX || at[n + 1] != ']')
			continue;
		memcpy(code, at, n + 2);
		code[n + 2] = '\0';
		*s = at + n + 2;
		return true;
	}
	return false;
}

/* All codes of texts that stand in no table: those explain them. */
static void take_codes(struct xl *x, const struct xl_sheet *s, struct map *explained)
{
	char code[CODE_MAX + 3];
	size_t any;

	for (size_t i = 0; i < s->n_cell; i++) {
		const struct xl_cell *c = &s->cell[i];
		const char *text = c->text;

		if (c->kind != CELL_TEXT || xl_table_at(s, c->row, c->col))
			continue;
		while (explained->n < CODES_MAX && next_code(&text, code))
			if (!map_find(explained, code, &any))
				map_add(explained, arena_text(&x->arena, code), 0, NULL);
	}
}

/* Where so many codes are explained that not all are kept, none is said to lack it. */
static void check_codes(struct xl *x, const struct xl_sheet *s, const struct xl_cell *c, const struct map *const explained[2])
{
	char code[CODE_MAX + 3];
	size_t any;

	if (explained[0]->n == CODES_MAX || explained[1]->n == CODES_MAX)
		return;
	for (const char *text = c->text; next_code(&text, code);)
		if (!map_find(explained[0], code, &any) && !map_find(explained[1], code, &any))
			xl_found(x, XL_D13_SHORTHAND, XL_AT(s, c->row, c->col), "the shorthand %s is explained neither on the cover nor above the table", code);
}

static void check_shorthand(struct xl *x, const struct xl_sheet *s, const struct map *cover)
{
	struct map own;

	map_init(&own, &x->arena);
	take_codes(x, s, &own);
	for (size_t i = 0; i < s->n_cell; i++)
		if (s->cell[i].kind == CELL_TEXT && strchr(s->cell[i].text, '[') && xl_table_at(s, s->cell[i].row, s->cell[i].col))
			check_codes(x, s, &s->cell[i], (const struct map *const[2]){ cover, &own });
	map_clear(&own);
}

/* ---- what stands in for a shorthand ---- */

/* Columns of the table that have a figure, counted from its first. */
static bool *figure_columns(struct xl *x, const struct xl_sheet *s, const struct xl_table *t)
{
	bool *has = ARENA_ARRAY(&x->arena, t->range.last_col - t->range.first_col + 1, bool);

	for (size_t i = 0; i < s->n_cell; i++) {
		const struct xl_cell *c = &s->cell[i];

		if (c->kind == CELL_NUMBER && xl_inside(&t->range, c->row, c->col))
			has[c->col - t->range.first_col] = true;
	}
	return has;
}

/* A dash or word in the place of a figure: nobody knows whether it is none, not yet known or not meant. */
static void check_stand_ins(struct xl *x, const struct xl_sheet *s)
{
	const struct xl_table *t = s->n_table && s->table[0].range.first_row ? &s->table[0] : NULL;
	const bool *has_figures = t ? figure_columns(x, s, t) : NULL;

	for (size_t i = 0; t && i < s->n_cell && x->told[XL_D13_SHORTHAND] < XL_COUNTED_MAX; i++) {
		const struct xl_cell *c = &s->cell[i];

		if (c->kind == CELL_TEXT && *c->text != '[' && xl_inside(&t->range, c->row, c->col) && c->row >= t->range.first_row + t->n_header
			&& has_figures[c->col - t->range.first_col] && xl_is_word(x, WORD_STAND_IN, c->text))
			xl_found(x, XL_D13_SHORTHAND, XL_AT(s, c->row, c->col), "'%s' stands where a figure should, and is no shorthand in brackets",
				xl_show(x, c->text));
	}
}

void xl_access_notes(struct xl *x)
{
	struct notes n = { .x = x, .sheet = xl_notes_sheet(x), .used = ARENA_ARRAY(&x->arena, MARKERS_MAX + 1, bool) };
	struct map cover;

	map_init(&cover, &x->arena);
	take_codes(x, x->sheet, &cover);
	for (size_t i = 0; i < x->n_sheet; i++) {
		check_sheet_notes(&n, &x->sheet[i]);
		check_shorthand(x, &x->sheet[i], &cover);
		check_stand_ins(x, &x->sheet[i]);
	}
	check_explained(&n);
}
