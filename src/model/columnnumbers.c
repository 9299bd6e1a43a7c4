#include "model/columnnumbers.h"

#include "base/arena.h"
#include "base/utf8.h"

#include <string.h>

enum {
	PLAIN_LEAST = 3,   /* cells without brackets, formulas or words that make a row of column numbers */
	MARKED_LEAST = 2,  /* with them */
	LETTERS_LEAST = 2, /* that stand for numbers in a plain row */
	PLAIN_LEFT_OUT = 4, /* so many plain cells for each number left out */
	CELL_MAX = 60,	   /* [bytes] */
	DIGITS_MAX = 4,
};

/* A cell that numbers its column. */
struct column_number {
	unsigned number; /* 0: it is a letter */
	char letter;	 /* folded */
	bool is_marked;
};

/* What was met so far in a row. */
struct count {
	unsigned n_number;
	unsigned n_letter;
	unsigned n_marked;
	unsigned first; /* number */
	struct column_number last;
};

/* "(3)" -> "3" */
static bool open_brackets(const char **s, size_t *n)
{
	if (*n < 3 || **s != '(' || (*s)[*n - 1] != ')' || memchr(*s + 1, '(', *n - 2))
		return false;
	++*s;
	*n -= 2;
	utf8_trim(s, n);
	return true;
}

/* "cột 3" -> "3" */
static bool skip_word(const char **s, size_t *n, const char *const *word)
{
	for (; *word; word++) {
		size_t length = strlen(*word);

		if (*n <= length || memcmp(*s, *word, length) != 0)
			continue;
		*s += length;
		*n -= length;
		utf8_trim(s, n);
		return true;
	}
	return false;
}

/* "=2/1", ")=(2):(1)x100", " (=2/1)" behind a number. */
static bool is_formula(const char *s, size_t n)
{
	size_t i = 0;

	while (i < n && (s[i] == ' ' || s[i] == '(' || s[i] == ')'))
		i++;
	return i < n && s[i] == '=';
}

/* s: folded. */
static bool read_folded(const char *s, size_t n, const struct row_words *words, struct column_number *c)
{
	size_t i;

	*c = (struct column_number){ .is_marked = skip_word(&s, &n, words->column) };
	c->is_marked |= open_brackets(&s, &n);
	if (n == 1 && *s >= 'a' && *s <= 'z') {
		c->letter = *s;
		return true;
	}
	i = n && *s == '(';
	for (size_t first = i; i < n && s[i] >= '0' && s[i] <= '9' && i - first < DIGITS_MAX; i++)
		c->number = c->number * 10 + (unsigned)(s[i] - '0');
	if (!c->number || i == n)
		return c->number && *s != '(';
	c->is_marked = true;
	return is_formula(s + i, n - i);
}

static bool read_cell(const char *s, size_t n, const struct row_words *words, struct column_number *c)
{
	struct arena tmp = { 0 };
	const char *folded;
	bool is;

	utf8_trim(&s, &n);
	if (!n || n > CELL_MAX)
		return false;
	folded = utf8_fold(s, n, &tmp);
	is = read_folded(folded, strlen(folded), words, c);
	arena_clear(&tmp);
	return is;
}

enum numbering_cell numbering_cell_of(const struct cell *cell, const struct row_words *words)
{
	struct column_number c;

	if (!read_cell(cell->text, cell->n_text, words, &c))
		return NUMBERING_CELL_NONE;
	return c.letter ? NUMBERING_CELL_LETTER : NUMBERING_CELL_NUMBER;
}

/* Whether the cell goes on counting: letters before numbers, each behind the last one; plain letters A, B, C, plain numbers from 1
 * on. */
static bool counts_on(struct count *k, const struct column_number *c)
{
	if (c->letter && !c->is_marked && c->letter != (char)('a' + k->n_letter))
		return false;
	if (c->letter && (k->n_number || (k->n_letter && c->letter <= k->last.letter)))
		return false;
	if (c->number && k->n_number && c->number <= k->last.number)
		return false;
	if (c->number && !k->n_number && c->number != 1 && !c->is_marked)
		return false;
	if (c->number && !k->n_number)
		k->first = c->number;
	k->n_letter += c->letter != 0;
	k->n_number += c->number != 0;
	k->n_marked += c->is_marked;
	k->last = *c;
	return true;
}

static enum numbering judge(const struct count *k)
{
	unsigned n = k->n_number + k->n_letter;
	unsigned n_left_out = k->n_number ? k->last.number - k->first + 1 - k->n_number : 0;

	if (k->n_marked)
		return n >= MARKED_LEAST && n_left_out <= n ? NUMBERING_SURE : NUMBERING_NONE;
	/* "1", "2" may be a quarter and its figure; "A", "1", "2" an area and two. */
	if (n < PLAIN_LEAST || (k->n_number < PLAIN_LEAST && k->n_letter < LETTERS_LEAST) || PLAIN_LEFT_OUT * n_left_out > n)
		return NUMBERING_NONE;
	return NUMBERING_MAYBE;
}

enum numbering numbering_of(const struct row *row, const struct row_words *words)
{
	struct count k = { 0 };

	for (size_t i = 0; i < row->n_cell; i++) {
		const char *s = row->cell[i].text;
		size_t n = row->cell[i].n_text;
		struct column_number c;

		utf8_trim(&s, &n);
		if (n && (!read_cell(s, n, words, &c) || !counts_on(&k, &c)))
			return NUMBERING_NONE;
	}
	return judge(&k);
}
