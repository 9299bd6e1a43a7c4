/* Addresses of cells, and what formulas, names and charts refer to. */
#include "sheetlint/linting.h"

#include "base/utf8.h"

#include <string.h>

static bool is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Letters of a column at s; 0: none, or beyond XFD. */
static unsigned take_column(const char **s)
{
	unsigned col = 0;

	for (; is_letter(**s) && col <= SHEET_COLUMNS_MAX; ++*s)
		col = 26 * col + (unsigned)((**s | 0x20) - 'a' + 1);
	return col <= SHEET_COLUMNS_MAX && !is_letter(**s) ? col : 0;
}

static unsigned take_row(const char **s)
{
	unsigned row = 0;

	if (**s == '0')
		return 0;
	for (; is_digit(**s) && row <= SHEET_ROWS_MAX; ++*s)
		row = 10 * row + (unsigned)(**s - '0');
	return row <= SHEET_ROWS_MAX && !is_digit(**s) ? row : 0;
}

bool xl_cell_at(const char *s, size_t *n, unsigned *row, unsigned *col)
{
	const char *at = s;

	at += *at == '$';
	*col = take_column(&at);
	at += *at == '$';
	*row = take_row(&at);
	*n = (size_t)(at - s);
	return *row && *col;
}

bool xl_range(const char *s, struct sheet_range *r)
{
	size_t n;

	if (!xl_cell_at(s, &n, &r->first_row, &r->first_col))
		return false;
	r->last_row = r->first_row;
	r->last_col = r->first_col;
	s += n;
	if (!*s)
		return true;
	return *s == ':' && xl_cell_at(s + 1, &n, &r->last_row, &r->last_col) && !s[1 + n] && r->last_row >= r->first_row
	       && r->last_col >= r->first_col;
}

bool xl_ranges(struct xl *x, const char *s, struct sheet_range **range, size_t *n)
{
	size_t cap = 0;

	*range = NULL;
	*n = 0;
	while (*s) {
		size_t length = strcspn(s, " ");
		struct sheet_range r;

		if (length) {
			if (*n == XL_RANGES_MAX || !xl_range(arena_slice(&x->arena, s, length), &r))
				return false;
			*ARENA_PUSH(&x->arena, *range, *n, &cap) = r;
		}
		s += length + (s[length] == ' ');
	}
	return *n > 0;
}

bool xl_same_name(const char *a, const char *b)
{
	for (; *a && *b; a++, b++) {
		char x = is_letter(*a) ? (char)(*a | 0x20) : *a;
		char y = is_letter(*b) ? (char)(*b | 0x20) : *b;

		if (x != y)
			return false;
	}
	return *a == *b;
}

const char *xl_address(struct xl *x, unsigned row, unsigned col)
{
	char letters[8] = { 0 };
	size_t at = sizeof letters - 1;

	for (; col; col = (col - 1) / 26)
		letters[--at] = (char)('A' + (col - 1) % 26);
	return arena_printf(&x->arena, "%s%u", letters + at, row);
}

/* A name of a sheet with its letters small; in_formula: quotes inside are doubled. No longer one is looked up. */
static bool sheet_key(const char *name, size_t n, bool in_formula, char key[SHEET_TITLE_MAX + 1])
{
	size_t length = 0;

	for (size_t at = 0; at < n; at++) {
		if (length == SHEET_TITLE_MAX)
			return false;
		key[length++] = is_letter(name[at]) ? (char)(name[at] | 0x20) : name[at];
		at += in_formula && name[at] == '\'' && at + 1 < n && name[at + 1] == '\'';
	}
	key[length] = '\0';
	return true;
}

void xl_sheets_index(struct xl *x)
{
	char key[SHEET_TITLE_MAX + 1];

	map_init(&x->sheet_of, &x->arena);
	for (size_t i = 0; i < x->n_sheet; i++)
		if (sheet_key(x->sheet[i].name, strlen(x->sheet[i].name), false, key))
			map_add(&x->sheet_of, arena_text(&x->arena, key), i, NULL);
}

const struct xl_sheet *xl_sheet_named(const struct xl *x, const char *name, size_t n)
{
	char key[SHEET_TITLE_MAX + 1];
	size_t i;

	return sheet_key(name, n, true, key) && map_find(&x->sheet_of, key, &i) ? &x->sheet[i] : NULL;
}

/* Bytes of 'Sheet 1'! at s without quotes and mark: its end; NULL: no quoted name begins here. */
static const char *quoted_end(const char *s)
{
	if (*s != '\'')
		return NULL;
	for (s++; *s; s++) {
		if (*s == '\'' && s[1] == '\'')
			s++;
		else if (*s == '\'')
			return s[1] == '!' ? s : NULL;
	}
	return NULL;
}

static bool take_rows(const char *s, struct sheet_range *r)
{
	s += *s == '$';
	r->first_row = take_row(&s);
	if (*s++ != ':')
		return false;
	s += *s == '$';
	r->last_row = take_row(&s);
	r->first_col = 1;
	r->last_col = SHEET_COLUMNS_MAX;
	return !*s && r->first_row && r->last_row >= r->first_row;
}

static bool take_columns(const char *s, struct sheet_range *r)
{
	s += *s == '$';
	r->first_col = take_column(&s);
	if (*s++ != ':')
		return false;
	s += *s == '$';
	r->last_col = take_column(&s);
	r->first_row = 1;
	r->last_row = SHEET_ROWS_MAX;
	return !*s && r->first_col && r->last_col >= r->first_col;
}

bool xl_sheet_range(const struct xl *x, const char *s, const struct xl_sheet **sheet, struct sheet_range *r)
{
	const char *end = quoted_end(s);
	size_t n;

	if (end) {
		*sheet = xl_sheet_named(x, s + 1, (size_t)(end - s) - 1);
		s = end + 2;
	} else {
		n = strcspn(s, "!");
		if (!s[n])
			return false;
		*sheet = xl_sheet_named(x, s, n);
		s += n + 1;
	}
	return *sheet && (xl_range(s, r) || take_rows(s, r) || take_columns(s, r));
}

/* ---- formulas ---- */

static bool in_word(char c)
{
	return is_letter(c) || is_digit(c) || c == '_' || c == '.' || c == '$' || c == '\\' || c == '?' || (unsigned char)c > 127;
}

static const char *text_end(const char *s)
{
	for (s++; *s; s++) {
		if (*s == '"' && s[1] == '"')
			s++;
		else if (*s == '"')
			return s + 1;
	}
	return s;
}

/* Behind the bracket that closes the one at s. */
static const char *bracket_end(const char *s)
{
	size_t depth = 0;

	for (; *s; s++) {
		depth += *s == '[';
		depth -= *s == ']';
		if (!depth)
			return s + 1;
	}
	return s;
}

bool xl_is_named(struct xl *x, const char *word)
{
	return map_find(&x->known, utf8_fold(word, strlen(word), &x->arena), &(size_t){ 0 });
}

/* A number, an address, a column or row of a range, or a truth value. */
static bool is_plain(const char *word)
{
	const char *s = word + (*word == '$');
	unsigned row, col;
	size_t n;

	if (is_digit(*word) || *word == '.' || xl_same_name(word, "TRUE") || xl_same_name(word, "FALSE"))
		return true;
	if (xl_cell_at(word, &n, &row, &col) && !word[n])
		return true;
	return (take_column(&s) && !*s) || (*s && take_row(&s) && !*s);
}

enum wrong { FINE, WRONG_FILE, WRONG_SHEET, WRONG_NAME, WRONG_GONE, WRONG_FUNCTION, WRONG_OUTSIDE };

/* A name may be that of a function of the workbook's own. */
static enum wrong wrong_function(struct xl *x, const char *word)
{
	switch (xl_function(word)) {
	case FUNCTION_KNOWN:
		return FINE;
	case FUNCTION_OUTSIDE:
		return WRONG_OUTSIDE;
	case FUNCTION_UNKNOWN:
		return xl_is_named(x, word) ? FINE : WRONG_FUNCTION;
	}
	return FINE;
}

/* A word that is no name in quotes, and what follows it. */
static enum wrong wrong_word(struct xl *x, const char *word, char next)
{
	if (next == '(')
		return wrong_function(x, word);
	if (next == '|')
		return WRONG_OUTSIDE; /* of DDE: a program and what it is asked */
	if (next == '!')
		return xl_sheet_named(x, word, strlen(word)) ? FINE : WRONG_SHEET;
	if (next == ':' && xl_sheet_named(x, word, strlen(word)))
		return FINE; /* the first of several sheets */
	return (next != '[' && is_plain(word)) || xl_is_named(x, word) ? FINE : WRONG_NAME;
}

static enum wrong wrong_sheet(const struct xl *x, const char *word)
{
	size_t first = strcspn(word, ":"); /* of several sheets */

	if (strchr(word, '['))
		return WRONG_FILE;
	if (word[first] && !xl_sheet_named(x, word, first))
		return WRONG_SHEET;
	word += word[first] ? first + 1 : 0;
	return xl_sheet_named(x, word, strlen(word)) ? FINE : WRONG_SHEET;
}

/* Looks at what begins at *s, a reference or not, and moves behind it. */
static enum wrong take_token(struct xl *x, const char **s, const char **word)
{
	const char *begin = *s;
	const char *end = quoted_end(begin);

	if (end) {
		*word = arena_slice(&x->arena, begin + 1, (size_t)(end - begin) - 1);
		*s = end + 2;
		return wrong_sheet(x, *word);
	}
	if (*begin == '\'') { /* no name that ends: what follows is nothing */
		*word = begin;
		return WRONG_SHEET;
	}
	if (*begin == '"') {
		*s = text_end(begin);
		return FINE;
	}
	if (*begin == '[') {
		*s = bracket_end(begin);
		*word = arena_slice(&x->arena, begin, (size_t)(*s - begin));
		return WRONG_FILE;
	}
	for (end = begin; in_word(*end); end++)
		;
	if (end == begin) {
		++*s;
		return strncmp(begin, "#REF!", 5) ? FINE : WRONG_GONE;
	}
	*word = arena_slice(&x->arena, begin, (size_t)(end - begin));
	*s = *end == '[' ? bracket_end(end) : end + (*end == '!');
	return wrong_word(x, *word, *end);
}

void xl_check_references(struct xl *x, enum xl_rule rule, struct xl_place at, const char *formula)
{
	const char *word = "";
	enum wrong wrong = FINE;

	if (!xl_is_balanced(formula)) {
		xl_found(x, XL_FORMULA_TEXT, at, "a bracket or quote of the formula is not closed, or not opened: '%s'", xl_show(x, formula));
		return;
	}
	for (const char *s = formula; *s && wrong == FINE;)
		wrong = take_token(x, &s, &word);
	switch (wrong) {
	case FINE:
		break;
	case WRONG_FILE:
		xl_found(x, XL_EXTERNAL, at, "'%s' in the formula refers to another file", xl_show(x, word));
		break;
	case WRONG_SHEET:
		xl_found(x, rule, at, "the formula refers to the sheet '%s', which the workbook has not", xl_show(x, word));
		break;
	case WRONG_NAME:
		xl_found(x, rule, at, "the formula refers to the name '%s', which the workbook has not", xl_show(x, word));
		break;
	case WRONG_FUNCTION:
		xl_found(x, XL_FORMULA_FUNCTION, at, "the formula calls '%s', which is no function", xl_show(x, word));
		break;
	case WRONG_OUTSIDE:
		xl_found(x, XL_EXTERNAL, at, "'%s' in the formula fetches data from outside of the workbook or calls a program", xl_show(x, word));
		break;
	case WRONG_GONE:
		xl_found(x, rule, at, "the formula refers to cells that are gone (#REF!)");
		break;
	}
}
