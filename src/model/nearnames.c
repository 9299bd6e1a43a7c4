#include "model/nearnames.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <string.h>

enum {
	BYTES_MAX = 160,
	LETTERS_ONE = 5,  /* of a name that one edit may tell from another */
	LETTERS_TWO = 10, /* the same of two */
	EDITS_MAX = 2,
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

/* Numbers and letters that stand alone, into name->digits; the others are counted. */
static void tell_digits(struct plain_name *name, struct arena *a)
{
	struct buf b = { 0 };

	for (const char *s = name->bare; *s;) {
		const char *start = s;
		bool number = is_digit(*s);

		while (*s && is_digit(*s) == number && (number || is_letter(*s)))
			s++;
		if (s == start)
			s++;
		else if (number || s == start + 1)
			buf_printf(&b, "%s%.*s", b.n ? " " : "", (int)(s - start), start);
		else
			name->n_letter += (size_t)(s - start);
	}
	name->digits = b.n ? arena_slice(a, b.text, b.n) : "";
	buf_clear(&b);
}

/* Bytes before something in brackets at the end of the name; all of them where there is none. */
static size_t before_brackets(const char *s, size_t n)
{
	const char *open = n && s[n - 1] == ')' ? strchr(s, '(') : NULL;
	size_t end = open ? (size_t)(open - s) : n;

	while (end && s[end - 1] == ' ')
		end--;
	return end ? end : n;
}

void plain_name_of(const struct area_name *from, struct arena *a, struct plain_name *name)
{
	*name = (struct plain_name){ .text = utf8_plain(from->normal, a), .level = from->level };
	name->n = strlen(utf8_plain(from->normal + from->bare, a));
	name->bare = name->text + strlen(name->text) - name->n;
	name->n_before = before_brackets(name->bare, name->n);
	tell_digits(name, a);
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Insertions, deletions, changes and swaps of neighbours; EDITS_MAX + 1 for more. */
static size_t edits(const struct plain_name *x, const struct plain_name *y)
{
	unsigned char rows[3][BYTES_MAX + 1];
	unsigned char *before = rows[0];
	unsigned char *last = rows[1];
	unsigned char *now = rows[2];

	for (size_t j = 0; j <= y->n; j++)
		last[j] = (unsigned char)j;
	for (size_t i = 1; i <= x->n; i++) {
		unsigned char *free_row = before;
		size_t best = i;

		now[0] = (unsigned char)i;
		for (size_t j = 1; j <= y->n; j++) {
			const char *p = x->bare + i - 1;
			const char *q = y->bare + j - 1;
			size_t n = least(least(last[j], now[j - 1]) + 1U, *p == *q ? last[j - 1] : last[j - 1] + 1U);

			if (i > 1 && j > 1 && *p == q[-1] && p[-1] == *q)
				n = least(n, before[j - 2] + 1U);
			now[j] = (unsigned char)n;
			best = least(best, n);
		}
		if (best > EDITS_MAX)
			return best;
		before = last;
		last = now;
		now = free_row;
	}
	return last[y->n];
}

/* "12a" of "12". */
static bool has_letter_more(const struct plain_name *longer, const struct plain_name *other)
{
	size_t n = other->n;

	return longer->n == n + 1 && n && !memcmp(longer->bare, other->bare, n) && is_digit(other->bare[n - 1])
	       && is_letter(longer->bare[n]);
}

/* "1 (xom dong)" of "1". */
static bool has_brackets_more(const struct plain_name *longer, const struct plain_name *other)
{
	return longer->n_before == other->n && longer->n > other->n && !memcmp(longer->bare, other->bare, other->n);
}

/* The next letter from *s on, i for y; spaces around dashes are passed. */
static char next_letter(const char **s, char last)
{
	while (**s == ' ' && (last == '-' || (*s)[1] == '-'))
		++*s;
	return **s == 'y' ? 'i' : **s;
}

/* Whether the names differ by nothing but i for y, and spaces around dashes: "quy" for "qui", "a-b" for "a - b". */
static bool is_spelling(const struct plain_name *x, const struct plain_name *y)
{
	const char *p = x->bare;
	const char *q = y->bare;
	char last = 0;

	if (strcmp(x->digits, y->digits) != 0)
		return false;
	for (;; p++, q++) {
		char c = next_letter(&p, last);

		if (c != next_letter(&q, last))
			return false;
		if (!c)
			return true;
		last = c;
	}
}

static bool is_edited(const struct plain_name *x, const struct plain_name *y)
{
	size_t letters = least(x->n_letter, y->n_letter);
	size_t most = letters >= LETTERS_TWO ? 2 : letters >= LETTERS_ONE;

	if (has_brackets_more(x, y) || has_brackets_more(y, x))
		return true;
	if (x->n > BYTES_MAX || y->n > BYTES_MAX)
		return false;
	if (has_letter_more(x, y) || has_letter_more(y, x))
		return true;
	return most && (x->n > y->n ? x->n - y->n : y->n - x->n) <= most && !strcmp(x->digits, y->digits) && edits(x, y) <= most;
}

/* Whether the words in front are the same, or one name has none. */
static bool same_word(const struct plain_name *x, const struct plain_name *y)
{
	size_t n = (size_t)(x->bare - x->text);
	size_t m = (size_t)(y->bare - y->text);

	return !n || !m || (n == m && !memcmp(x->text, y->text, n));
}

enum nearness plain_names_compare(const struct plain_name *x, const struct plain_name *y)
{
	if (!strcmp(x->text, y->text))
		return NEAR_MARKS;
	if (x->level && y->level && x->level != y->level)
		return NEAR_NOT;
	if (!strcmp(x->bare, y->bare))
		return NEAR_BARE;
	if (!same_word(x, y))
		return NEAR_NOT;
	return is_spelling(x, y) ? NEAR_MARKS : is_edited(x, y) ? NEAR_EDITED : NEAR_NOT;
}

void plain_name_read(const struct area_names *names, const char *text, struct arena *a, struct plain_name *plain)
{
	struct area_name name;

	area_name_of(names, text, utf8_fold(text, strlen(text), a), a, &name);
	plain_name_of(&name, a, plain);
}

size_t plain_names_nearest(const struct plain_name *name, const struct plain_name *candidate, size_t n)
{
	enum nearness best = NEAR_NOT;
	size_t found = n;

	for (size_t i = 0; i < n; i++) {
		enum nearness near = plain_names_compare(name, &candidate[i]);

		if (near > best) {
			best = near;
			found = i;
		}
	}
	return found;
}
