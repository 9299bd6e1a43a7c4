/* Rows that belong to the header: those of column numbers and of units below it, and the header again on each page. */
#include "model/datasink.h"

#include "base/utf8.h"

#include <string.h>

/* The unit that a cell says, without brackets, or "". */
static const char *unit_text(struct data_sink *s, const struct cell *c)
{
	const char *text = c->text;
	size_t n = c->n_text < ROW_TEXT_MAX ? c->n_text : ROW_TEXT_MAX;

	utf8_trim(&text, &n);
	if (n > 2 && *text == '(' && text[n - 1] == ')') {
		text++;
		n -= 2;
	}
	return utf8_fold_into(text, n, &s->folded);
}

/* Whether the row says the units of the columns, and nothing else. */
static bool is_units(struct data_sink *s, const struct row *row, const struct look *l, struct diags *d)
{
	const struct row_words *words = l->has_figures ? NULL : sink_words(s, d);

	if (!words)
		return false;
	for (size_t i = 0; i < row->n_cell; i++)
		if (*unit_text(s, &row->cell[i]) && !row_words_match(words->unit, unit_text(s, &row->cell[i])))
			return false;
	for (size_t i = 0; i < row->n_cell; i++)
		units_below(s, &row->cell[i], d);
	return true;
}

static bool is_same_text(struct data_sink *s, const struct cell *a, const struct cell *b)
{
	struct arena tmp = { 0 };
	bool is;

	if (a->n_text == b->n_text && !memcmp(a->text, b->text, a->n_text))
		return true;
	is = !strcmp(utf8_fold(a->text, a->n_text, &tmp), utf8_fold_into(b->text, b->n_text, &s->folded));
	arena_clear(&tmp);
	return is;
}

static bool is_same_row(struct data_sink *s, const struct row *a, const struct row *b)
{
	size_t i = 0;
	size_t k = 0;

	for (;;) {
		const struct cell *x = sink_next_cell(a, &i);
		const struct cell *y = sink_next_cell(b, &k);

		if (!x || !y)
			return !x && !y;
		if (x->col != y->col || !is_same_text(s, x, y))
			return false;
	}
}

bool headrows_repeat(struct data_sink *s, const struct row *row, const struct look *l)
{
	size_t next = s->next_head < s->n_head ? s->next_head : 0;

	s->next_head = 0;
	if (l->has_figures && s->has_figures && !next)
		return false;
	if (!is_same_row(s, &s->head[next], row))
		return false;
	s->next_head = next + 1;
	return true;
}

bool headrows_take(struct data_sink *s, const struct row *row, const struct look *l, struct diags *d)
{
	if (!s->after_header)
		return false;
	if (!s->is_numbered && header_is_numbering(row)) {
		s->is_numbered = true;
		return true;
	}
	return is_units(s, row, l, d);
}
