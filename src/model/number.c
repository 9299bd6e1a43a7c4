#include "model/number.h"

#include "base/utf8.h"

#include <stdbool.h>
#include <string.h>

enum {
	NUMBER_MARKS = 16,   /* group and decimal marks of one number */
	NUMBER_DIGITS = 40,  /* without leading zeros; more never fit 64 bits */
	GROUP = 3,	     /* digits */
	NBSP = 0xA0,
	NARROW_NBSP = 0x202F,
	MINUS = 0x2212,
};

/* A number cut at its marks: digits, mark, digits, ... */
struct parts {
	bool negative;
	uint32_t mark[NUMBER_MARKS];
	size_t n_digit[NUMBER_MARKS + 1]; /* of the group before mark[i]; the last one ends the number */
	size_t n_mark;
	char digit[2 * NUMBER_DIGITS]; /* without leading zeros of the whole number */
	size_t n_kept;
	size_t n_fraction; /* digits behind the last mark */
	bool too_long;
	bool zero_first; /* the first group begins with 0 */
};

static bool is_one_of(const char *s, size_t n, const char *const *words)
{
	for (; *words; words++)
		if (strlen(*words) == n && !memcmp(s, *words, n))
			return true;
	return false;
}

static bool is_mark(uint32_t c)
{
	return c == '.' || c == ',' || c == ' ' || c == NBSP || c == NARROW_NBSP;
}

static void keep_digit(struct parts *p, char digit)
{
	bool leading = !p->n_kept && digit == '0' && !p->n_mark;

	if (leading)
		return;
	if (p->n_kept == sizeof p->digit)
		p->too_long = true;
	else
		p->digit[p->n_kept++] = digit;
}

/* False for anything but digits with single marks between them, or a point in front. */
static bool cut(const char *s, size_t n, struct parts *p)
{
	uint32_t before = ',';
	uint32_t c = 0;

	for (size_t i = 0; i < n; before = c) {
		size_t len = utf8_decode(s + i, n - i, &c);

		if (!len)
			return false;
		if (c >= '0' && c <= '9') {
			p->zero_first |= i == 0 && c == '0';
			p->n_digit[p->n_mark]++;
			keep_digit(p, (char)c);
		} else if (!is_mark(c) || (is_mark(before) && (i || c != '.'))
			|| p->n_mark == NUMBER_MARKS) {
			return false;
		} else {
			p->mark[p->n_mark++] = c;
		}
		i += len;
	}
	p->n_fraction = p->n_digit[p->n_mark];
	return n && !is_mark(c);
}

/* Whether the groups up to mark n are divided by threes, all by the same mark. */
static bool groups_fit(const struct parts *p, size_t n)
{
	if (!n)
		return true;
	if (!p->n_digit[0] || p->n_digit[0] > GROUP || p->zero_first)
		return false;
	for (size_t i = 0; i < n; i++)
		if (p->mark[i] != p->mark[0] || p->n_digit[i + 1] != GROUP)
			return false;
	return true;
}

static enum number_found make(const struct parts *p, bool has_fraction, struct ratio *x)
{
	char text[2 * NUMBER_DIGITS + 4];
	size_t n_whole = p->n_kept - (has_fraction ? p->n_fraction : 0);
	size_t n = 0;

	if (p->too_long)
		return NUMBER_TOO_LARGE;
	if (p->negative)
		text[n++] = '-';
	if (!n_whole)
		text[n++] = '0';
	memcpy(text + n, p->digit, n_whole);
	n += n_whole;
	if (has_fraction) {
		text[n++] = '.';
		memcpy(text + n, p->digit + n_whole, p->n_fraction);
		n += p->n_fraction;
	}
	return ratio_parse(text, n, x) ? NUMBER_OK : NUMBER_TOO_LARGE;
}

/* One '.' that is no group mark: a decimal point, unless so many digits follow that nobody can say. */
static enum number_found lone_point(const struct parts *p)
{
	bool could_group = p->n_digit[0] && p->n_digit[0] <= GROUP && !p->zero_first;

	return could_group && p->n_fraction > GROUP ? NUMBER_BAD_GROUPS : NUMBER_POINT;
}

/* Commas that can only be meant as group marks. */
static enum number_found many_commas(const struct parts *p)
{
	size_t n = p->n_mark - (p->mark[p->n_mark - 1] == '.');

	return p->mark[0] == ',' && groups_fit(p, n) ? NUMBER_COMMA_GROUPS : NUMBER_BAD_GROUPS;
}

static size_t count_marks(const struct parts *p, uint32_t mark)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n_mark; i++)
		n += p->mark[i] == mark;
	return n;
}

/* flags: as number_parse has them. */
static enum number_found decimal_comma(const struct parts *p, unsigned flags, struct ratio *x)
{
	size_t n_comma = count_marks(p, ',');
	bool ends = n_comma == 1 && p->mark[p->n_mark - 1] == ',';

	if (!n_comma) {
		/* A rate of a thousand and more is rare, 5.130 for 5,13 is not. */
		if (flags & NUMBER_PERCENT && p->n_mark == 1 && p->mark[0] == '.')
			return NUMBER_POINT;
		if (groups_fit(p, p->n_mark))
			return make(p, false, x);
		return p->n_mark == 1 && p->mark[0] == '.' ? lone_point(p) : NUMBER_BAD_GROUPS;
	}
	if (!ends)
		return many_commas(p);
	if (flags & NUMBER_WHOLE && p->n_mark == 1 && groups_fit(p, 1))
		return NUMBER_COMMA_GROUPS;
	return groups_fit(p, p->n_mark - 1) ? make(p, true, x) : NUMBER_BAD_GROUPS;
}

static enum number_found decimal_point(const struct parts *p, struct ratio *x)
{
	size_t n_point = count_marks(p, '.');
	bool ends = n_point == 1 && p->mark[p->n_mark - 1] == '.';

	if ((n_point && !ends) || !groups_fit(p, p->n_mark - n_point))
		return NUMBER_BAD_GROUPS;
	return make(p, ends, x);
}

enum number_found number_parse(const char *s, size_t n, unsigned flags, struct ratio *x)
{
	static const char *const empty[] = { "", "-", "–", "—", "...", "…", "[x]", "[z]", NULL };
	static const char *const confidential[] = { "[c]", "[C]", NULL };
	struct parts p = { 0 };
	uint32_t c = 0;
	size_t len;

	utf8_trim(&s, &n);
	if (is_one_of(s, n, empty))
		return NUMBER_EMPTY;
	if (is_one_of(s, n, confidential))
		return NUMBER_CONFIDENTIAL;
	if (flags & NUMBER_PERCENT && s[n - 1] == '%') {
		n--;
		utf8_trim(&s, &n);
	}
	len = utf8_decode(s, n, &c);
	if (len && (c == '-' || c == MINUS)) {
		p.negative = true;
		s += len;
		n -= len;
	}
	if (!cut(s, n, &p))
		return NUMBER_NONE;
	if (!p.n_digit[0])
		return flags & NUMBER_DECIMAL_POINT || p.n_mark > 1 ? NUMBER_NONE : NUMBER_POINT;
	return flags & NUMBER_DECIMAL_POINT ? decimal_point(&p, x)
					    : decimal_comma(&p, flags, x);
}
