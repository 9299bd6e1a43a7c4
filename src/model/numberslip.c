#include "model/numberslip.h"

#include "base/utf8.h"
#include "model/number.h"
#include "model/units.h"

#include <stdbool.h>
#include <string.h>

enum {
	NUMBER_BYTES_MAX = 80, /* of a text that is looked at */
	NBSP = 0xA0,
	NARROW_NBSP = 0x202F,
	MINUS = 0x2212,
};

static bool is_number(const char *s, size_t n)
{
	struct ratio x;
	enum number_found found = number_parse(s, n, 0, &x);

	return found == NUMBER_OK || found == NUMBER_POINT || found == NUMBER_COMMA_GROUPS;
}

/* Bytes of the digits, with marks between them and a sign, that the text begins with. */
static size_t number_bytes(const char *s, size_t n)
{
	size_t end = 0;
	size_t len;

	for (size_t i = 0; i < n; i += len) {
		uint32_t c;

		len = utf8_decode(s + i, n - i, &c);
		if (!len)
			break;
		if (c >= '0' && c <= '9')
			end = i + len;
		else if (c != '.' && c != ',' && c != ' ' && c != NBSP && c != NARROW_NBSP && (i || (c != '-' && c != MINUS)))
			break;
	}
	return end;
}

/* How the text behind a number is like the unit; a list, or a remark in brackets, says more than that. */
static enum likeness unit_behind(const char *s, size_t n, const char *unit)
{
	struct arena tmp = { 0 };
	const char *folded = utf8_fold(s, n, &tmp);
	struct units said = units_inside(folded, strlen(folded));
	enum likeness like = UNIT_OTHER;

	if (!strpbrk(folded, ",;:()") && !strstr(folded, " và "))
		like = units_likeness(&said, unit);
	arena_clear(&tmp);
	return like;
}

size_t number_before_unit(const char *s, size_t n, const char *unit)
{
	size_t end = *unit && n <= NUMBER_BYTES_MAX ? number_bytes(s, n) : 0;

	return end && end < n && unit_behind(s + end, n - end, unit) == UNIT_SAME ? end : n;
}

static struct number_slip slip_of(enum slip what, const char *s, size_t n, struct arena *a)
{
	utf8_trim(&s, &n);
	if (!is_number(s, n))
		return (struct number_slip){ .what = SLIP_OTHER };
	return (struct number_slip){ .what = what, .number = arena_slice(a, s, n) };
}

static struct number_slip marked(const char *s, size_t n, struct arena *a)
{
	size_t end = n;

	if (end && s[end - 1] == ')')
		while (end && s[end - 1] != '(')
			end--;
	while (end && strchr("(* ", s[end - 1]))
		end--;
	return end < n ? slip_of(SLIP_MARK, s, end, a) : (struct number_slip){ 0 };
}

static struct number_slip bracketed(const char *s, size_t n, struct arena *a)
{
	return n > 2 && s[0] == '(' && s[n - 1] == ')' ? slip_of(SLIP_BRACKETS, s + 1, n - 2, a) : (struct number_slip){ 0 };
}

/* Quotes in front, which people type to have a number kept as text. */
static struct number_slip quoted(const char *s, size_t n, struct arena *a)
{
	static const char *const quotes[] = { "'", "`", "´", "‘", "’" };

	for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++) {
		size_t length = strlen(quotes[i]);

		if (n > length && !memcmp(s, quotes[i], length))
			return slip_of(SLIP_QUOTE, s + length, n - length, a);
	}
	return (struct number_slip){ 0 };
}

/* O for 0, and l for 1 in front of a digit: behind one it is a litre. */
static struct number_slip lettered(const char *s, size_t n, struct arena *a)
{
	char *text = ARENA_ARRAY(a, n + 1, char);
	size_t n_letter = 0;
	size_t n_digit = 0;

	for (size_t i = 0; i < n; i++) {
		bool is_zero = s[i] == 'O' || s[i] == 'o';
		bool is_one = (s[i] == 'l' || s[i] == 'I') && i + 1 < n && s[i + 1] >= '0' && s[i + 1] <= '9';

		text[i] = is_zero ? '0' : is_one ? '1' : s[i];
		n_letter += is_zero || is_one;
		n_digit += s[i] >= '0' && s[i] <= '9';
	}
	return n_letter && n_digit ? slip_of(SLIP_LETTER, text, n, a) : (struct number_slip){ 0 };
}

/* Words without a digit: "5/10" and "5 x 3" are no number with words. */
static struct number_slip worded(const char *s, size_t n, const char *unit, struct arena *a)
{
	size_t end = number_bytes(s, n);
	struct number_slip slip = end && end < n ? slip_of(SLIP_WORDS, s, end, a) : (struct number_slip){ 0 };
	const char *words = arena_slice(a, s + end, n - end);

	words += strspn(words, " ");
	if (slip.what == SLIP_OTHER || strpbrk(words, "0123456789+-/*=%<>()[]~\"'"))
		return (struct number_slip){ 0 };
	slip.words = words;
	if (*unit && unit_behind(s + end, n - end, unit) == UNIT_SCALED)
		slip.what = SLIP_SCALE;
	return slip;
}

struct number_slip number_slip(const char *s, size_t n, const char *unit, struct arena *a)
{
	struct number_slip slip = { 0 };

	utf8_trim(&s, &n);
	if (!n || n > NUMBER_BYTES_MAX)
		return slip;
	slip = marked(s, n, a);
	if (slip.what == SLIP_OTHER)
		slip = bracketed(s, n, a);
	if (slip.what == SLIP_OTHER)
		slip = quoted(s, n, a);
	if (slip.what == SLIP_OTHER)
		slip = lettered(s, n, a);
	return slip.what == SLIP_OTHER ? worded(s, n, unit, a) : slip;
}
