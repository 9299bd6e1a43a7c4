/* Between and inside which words a line may end. */
#include "layout/layout.h"

#include "base/utf8.h"

#include <string.h>

enum { PLAIN_MIN = 3 }; /* letters of a word that may stand alone before or behind a dash */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

/* Bytes of the dash that s begins with, or 0. */
static size_t dash_length(const char *s, size_t n)
{
	if (n && *s == '-')
		return 1;
	return n >= 3 && (!memcmp(s, "–", 3) || !memcmp(s, "—", 3)) ? 3 : 0;
}

static size_t mark_length(const char *s, size_t n)
{
	return n && *s == '/' ? 1 : dash_length(s, n);
}

/* ---- between words ---- */

static bool ends_with_digit(const struct word *w)
{
	return is_digit(w->text[w->n_text - 1]);
}

static bool is_dash(const struct word *w)
{
	return dash_length(w->text, w->n_text) == w->n_text;
}

/* "2021-" */
static bool is_open_range(const struct word *w)
{
	size_t dash = w->n_text > 3 ? dash_length(w->text + w->n_text - 3, 3) : 0;

	if (!dash && w->n_text > 1)
		dash = dash_length(w->text + w->n_text - 1, 1);
	return dash && is_digit(w->text[w->n_text - dash - 1]);
}

/* "2021 - 2025", "2021- 2025", "2021 -2025" */
static bool ends_range(const struct atom *before, size_t n_before, const char *s, size_t n)
{
	const struct word *last = before[n_before - 1].word;
	size_t dash = dash_length(s, n);

	if (dash && dash < n)
		return is_digit(s[dash]) && ends_with_digit(last);
	if (!is_digit(*s))
		return false;
	if (is_dash(last))
		return n_before > 1 && ends_with_digit(before[n_before - 2].word);
	return is_open_range(last);
}

/* "45", "1728/QĐ-UBND", "III.", "a)" */
static bool is_numeral(const char *s, size_t n)
{
	size_t letters = 0;

	if (is_digit(*s))
		return true;
	while (letters < n && strchr("IVXLC", s[letters]))
		letters++;
	if (!letters && *s >= 'a' && *s <= 'z')
		letters = 1;
	return letters && (letters == n || !is_letter(s[letters]));
}

static bool is_listed(const char *const *word, const char *s, size_t n)
{
	for (; word && *word; word++)
		if (strlen(*word) == n && !memcmp(*word, s, n))
			return true;
	return false;
}

/* "(năm" is "năm" here. */
static bool wants_number(const struct style *style, const struct word *w)
{
	size_t open = w->n_text > 1 && *w->text == '(';

	return is_listed(style->keep_before_number, w->text + open, w->n_text - open);
}

/* "m²;" is "m²" here. */
static bool is_measure(const struct style *style, const char *s, size_t n)
{
	while (n > 1 && strchr(".,;:)", s[n - 1]))
		n--;
	return is_listed(style->keep_after_number, s, n);
}

enum joint joint_of(const struct style *style, const struct atom *before, size_t n_before,
	const char *s, size_t n)
{
	const struct word *last = before[n_before - 1].word;

	if (*s == '%' || dash_length(s, n) == n)
		return JOINT_NONE;
	if (ends_range(before, n_before, s, n))
		return JOINT_RANGE;
	if (is_numeral(s, n) && wants_number(style, last))
		return JOINT_BOUND;
	if (ends_with_digit(last) && is_measure(style, s, n))
		return JOINT_BOUND;
	return JOINT_SPACE;
}

/* ---- inside words ---- */

static bool is_small_letter(uint32_t c)
{
	if (c < 0x80)
		return c >= 'a' && c <= 'z';
	if (c <= 0xFF)
		return c >= 0xDF && c != 0xF7;
	return c == 0x1B0 || (c & 1 && (c < 0x180 || c == 0x1A1 || (c >= 0x1EA0 && c <= 0x1EF9)));
}

/* Whether a plain word ends at s + n. */
static bool ends_plain(const char *s, size_t n)
{
	size_t letters = 0;
	uint32_t code = 0;

	while (n) {
		size_t i = n - 1;

		while (i && ((unsigned char)s[i] & 0xC0) == 0x80)
			i--;
		if (!utf8_decode(s + i, n - i, &code) || !is_small_letter(code))
			break;
		letters++;
		n = i;
	}
	return letters >= PLAIN_MIN && (!n || !(is_letter(s[n - 1]) || is_digit(s[n - 1])));
}

static bool begins_plain(const char *s, size_t n)
{
	size_t letters = 0;
	uint32_t code;
	size_t step;

	while (n && (step = utf8_decode(s, n, &code)) && is_small_letter(code)) {
		letters++;
		s += step;
		n -= step;
	}
	return letters >= PLAIN_MIN && (!n || !(is_letter(*s) || is_digit(*s)));
}

size_t plain_piece(const char *s, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		size_t mark = mark_length(s + i, n - i);

		if (mark && ends_plain(s, i) && begins_plain(s + i + mark, n - i - mark))
			return i + mark;
	}
	return n;
}

size_t dashed_piece(const char *s, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		size_t mark = mark_length(s + i, n - i);

		if (mark)
			return i + mark;
	}
	return n;
}
