/* A formula as a text: what is opened is closed, and it does not refer to the cell that it stands in. */
#include "sheetlint/linting.h"

#include <string.h>

/* ---- quotes and brackets ---- */

enum { IN_TEXT = '"', IN_NAME = '\'' };

struct opened {
	size_t round, curly, square;
	char quote; /* that is open, or '\0' */
};

/* Inside of a bracket, ' stands before a sign of the name of a column, which closes nothing. */
static const char *take_bracketed(struct opened *o, const char *s)
{
	if (*s == IN_NAME && s[1])
		return s + 1;
	o->square += *s == '[';
	o->square -= *s == ']';
	return s;
}

/* False: more is closed than was opened. */
static bool take_sign(struct opened *o, char c)
{
	size_t *one = c == '(' || c == ')' ? &o->round : c == '{' || c == '}' ? &o->curly : &o->square;

	switch (c) {
	case IN_TEXT:
	case IN_NAME:
		o->quote = c;
		return true;
	case '(':
	case '{':
	case '[':
		++*one;
		return true;
	case ')':
	case '}':
	case ']':
		return (*one)-- > 0;
	default:
		return true;
	}
}

/* A doubled quote closes and opens again, which comes to the same. */
bool xl_is_balanced(const char *formula)
{
	struct opened o = { 0 };

	for (const char *s = formula; *s; s++) {
		if (o.quote)
			o.quote = *s == o.quote ? '\0' : o.quote;
		else if (o.square)
			s = take_bracketed(&o, s);
		else if (!take_sign(&o, *s))
			return false;
	}
	return !o.quote && !o.round && !o.curly && !o.square;
}

/* ---- its own cell ---- */

/* What asks where cells are, not what is in them. */
static const char *const places[] = { "ROW", "ROWS", "COLUMN", "COLUMNS", "AREAS", "CELL", "OFFSET", "_xlfn.SHEET", "_xlfn.ISFORMULA",
	"_xlfn.FORMULATEXT" };

struct walk {
	const struct xl *x;
	const struct xl_sheet *home;
	const struct xl_cell *cell;
	const struct xl_sheet *sheet; /* that the next reference is of; NULL: of another one */
	size_t depth;		      /* open parentheses */
	size_t spared;		      /* depth of a function of places; 0: none is open */
};

static bool begins_word(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == '$' || (unsigned char)c > 127;
}

static size_t word_length(const char *s)
{
	size_t n = 0;

	while (begins_word(s[n]) || (s[n] >= '0' && s[n] <= '9') || s[n] == '.' || s[n] == '\\' || s[n] == '?')
		n++;
	return n;
}

static bool asks_for_places(const char *word, size_t n)
{
	for (size_t i = 0; i < sizeof places / sizeof *places; i++)
		if (n == strlen(places[i]) && !strncmp(word, places[i], n))
			return true;
	return false;
}

/* A1 or A1:B2 at s: whether the cell is in it; *n: its length, 0: it is none. */
static bool is_within(const struct walk *w, const char *s, size_t *n)
{
	struct sheet_range r;
	size_t n_last;

	if (!xl_cell_at(s, n, &r.first_row, &r.first_col) || word_length(s) != *n) {
		*n = 0;
		return false;
	}
	r.last_row = r.first_row;
	r.last_col = r.first_col;
	if (s[*n] == ':' && xl_cell_at(s + *n + 1, &n_last, &r.last_row, &r.last_col) && word_length(s + *n + 1) == n_last)
		*n += 1 + n_last;
	if (s[*n] == '(' || s[*n] == '!')
		return false; /* a function, or the name of a sheet */
	return w->sheet == w->home && !w->spared && xl_inside(&r, w->cell->row, w->cell->col);
}

/* Behind the quote or bracket that closes the one at s. */
static const char *closed(const char *s)
{
	char end = *s == '[' ? ']' : *s;
	const char *at = strchr(s + 1, end);

	while (at && end != ']' && at[1] == end)
		at = strchr(at + 2, end);
	return at ? at + 1 : s + strlen(s);
}

/* The name of a sheet, a function or another word. */
static const char *take_word(struct walk *w, const char *s)
{
	bool quoted = *s == IN_NAME;
	const char *end = quoted ? closed(s) : s + word_length(s);

	w->sheet = w->home;
	if (*end == '!') {
		w->sheet = xl_sheet_named(w->x, s + quoted, (size_t)(end - s) - (quoted ? 2 : 0));
		return end + 1;
	}
	if (*end == '(' && !w->spared && asks_for_places(s, (size_t)(end - s)))
		w->spared = w->depth + 1;
	return end;
}

static const char *take_other(struct walk *w, const char *s)
{
	w->sheet = w->home;
	if (*s == IN_TEXT || *s == '[')
		return closed(s);
	w->depth += *s == '(';
	if (*s == ')' && w->depth) {
		w->spared = w->depth == w->spared ? 0 : w->spared;
		w->depth--;
	}
	return s + 1 + (*s >= '0' && *s <= '9' ? word_length(s + 1) : 0);
}

bool xl_refers_to(const struct xl *x, const struct xl_sheet *sheet, const struct xl_cell *cell)
{
	struct walk w = { .x = x, .home = sheet, .cell = cell, .sheet = sheet };
	size_t n;

	for (const char *s = cell->formula; *s;) {
		if (is_within(&w, s, &n))
			return true;
		if (begins_word(*s) || *s == IN_NAME)
			s = n && s[n] != '(' && s[n] != '!' ? s + n : take_word(&w, s);
		else
			s = take_other(&w, s);
		if (n)
			w.sheet = s[-1] == '!' ? w.sheet : sheet;
	}
	return false;
}
