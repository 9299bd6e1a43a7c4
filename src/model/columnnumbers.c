#include "model/columnnumbers.h"

#include "base/utf8.h"

enum {
	NUMBERING_LEAST = 3, /* numbers without brackets that make a numbering row */
};

/* "A", "(A)" */
static bool is_letter_cell(const char *s, size_t n)
{
	if (n == 3 && s[0] == '(' && s[2] == ')') {
		s++;
		n = 1;
	}
	return n == 1 && ((*s >= 'A' && *s <= 'Z') || (*s >= 'a' && *s <= 'z'));
}

/* A cell of a numbering row: number, "(number)", "number=formula" or, before all numbers, a letter. */
static bool is_number_cell(const char *s, size_t n, unsigned *last, unsigned *n_bracket)
{
	unsigned number = 0;
	size_t i = n && *s == '(';
	size_t first = i;

	if (!*last && is_letter_cell(s, n))
		return true;
	for (; i < n && s[i] >= '0' && s[i] <= '9' && i - first < 5; i++)
		number = number * 10 + (unsigned)(s[i] - '0');
	if (i == first || number != *last + 1)
		return false;
	*last = number;
	*n_bracket += first == 1;
	i += i < n && s[i] == ')';
	return i == n || s[i] == '=' || s[i] == ' ';
}

bool header_is_numbering(const struct row *row)
{
	unsigned last = 0;
	unsigned n_bracket = 0;

	for (size_t i = 0; i < row->n_cell; i++) {
		const char *s = row->cell[i].text;
		size_t n = row->cell[i].n_text;

		utf8_trim(&s, &n);
		if (n && !is_number_cell(s, n, &last, &n_bracket))
			return false;
	}
	/* "1", "2" may be a quarter and its figure. */
	return last >= NUMBERING_LEAST || (last && n_bracket == last);
}
