#include "compose/numerals.h"

#include "base/utf8.h"

#include <string.h>

enum {
	YEAR_DIGITS = 4,
	GROUP = 3, /* digits between spaces */
};

static const char nbsp[] = "\u00A0";
static const char dash[] = "\u2013";
static const char digits[] = "0123456789";

/* Words that a number behind them names: each with a space around it. */
static const char numbered[] = " thôn bản ấp buôn xóm tổ phố khu khóm khối cụm đội vùng xã phường quận làng số lô ngày tháng quý năm điều khoản mục điểm "
			       "phần chương bảng biểu nhóm đợt kỳ bước loại cấp khóa lớp thứ ";

static bool is_digit(char ch)
{
	return ch >= '0' && ch <= '9';
}

bool numeral_is_letter(const char *s)
{
	unsigned char c = (unsigned char)*s;

	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xC3 && c <= 0xC6) || c == 0xE1;
}

/* The length of what may stand between two digits of a numeral; 0: it is none. */
static size_t join_length(const char *s)
{
	size_t n = *s && strchr(".,/-", *s) ? 1 : !strncmp(s, dash, strlen(dash)) ? strlen(dash) : 0;

	return n && is_digit(s[n]) ? n : 0;
}

static size_t space_before(const char *text, size_t i)
{
	if (i && strchr(" \t\r\n", text[i - 1]))
		return 1;
	return i >= strlen(nbsp) && !memcmp(text + i - strlen(nbsp), nbsp, strlen(nbsp)) ? strlen(nbsp) : 0;
}

/* Where the word before the place begins; the place itself where there is none. */
static size_t word_before(const char *text, size_t i, size_t *end)
{
	while (space_before(text, i))
		i -= space_before(text, i);
	*end = i;
	while (i && !space_before(text, i) && !strchr("(,;.\"", text[i - 1]))
		i--;
	return i;
}

const char *numeral_word_before(const char *text, size_t i, struct arena *a)
{
	size_t end;
	size_t start = word_before(text, i, &end);

	return start < end ? arena_printf(a, " %s ", utf8_fold(text + start, end - start, a)) : "\n"; /* in no list */
}

/* Whether that word is one of the list, which has a space around each. */
static bool follows(const char *text, size_t i, const char *list, struct arena *a)
{
	return strstr(list, numeral_word_before(text, i, a));
}

static size_t space_length(const char *s)
{
	static const char *const spaces[] = { " ", nbsp, "\u202F", "\u2009" };

	for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
		if (!strncmp(s, spaces[i], strlen(spaces[i])))
			return strlen(spaces[i]);
	return 0;
}

/* A space and three digits that end there; 0: there are none. */
static size_t group_length(const char *s)
{
	size_t space = space_length(s);

	return space && strspn(s + space, digits) == GROUP ? space + GROUP : 0;
}

/* "2 150" is one number, "150 20" are two; so are the numbers of a name and of a count: thôn 3 150 hộ. */
static size_t spaced_length(const char *text, size_t start, size_t n, struct arena *a)
{
	const char *s = text + start;
	size_t more = 0;

	if (n > GROUP || *s == '0' || strspn(s, digits) != n || follows(text, start, numbered, a))
		return 0;
	while (group_length(s + n + more))
		more += group_length(s + n + more);
	if (more && s[n + more] == ',' && is_digit(s[n + more + 1]))
		more += 1 + strspn(s + n + more + 1, digits);
	return more && !join_length(s + n + more) && s[n + more] != '/' ? more : 0;
}

static size_t numeral_length(const char *s)
{
	size_t n = 0;

	while (is_digit(s[n]) || join_length(s + n))
		n += is_digit(s[n]) ? 1 : join_length(s + n);
	return n;
}

static bool is_year(const char *s, size_t n)
{
	return n == YEAR_DIGITS && (!memcmp(s, "19", 2) || !memcmp(s, "20", 2)) && is_digit(s[2]) && is_digit(s[3]);
}

/* Two years with a dash between them. */
static bool are_years(const char *s, size_t n)
{
	size_t join = n > 2 * YEAR_DIGITS ? n - 2 * YEAR_DIGITS : 0;

	return join && is_year(s, YEAR_DIGITS) && is_year(s + n - YEAR_DIGITS, YEAR_DIGITS) && join_length(s + YEAR_DIGITS) == join
	       && s[YEAR_DIGITS] != '.' && s[YEAR_DIGITS] != ',';
}

/* 15/6/2021, 6/2021. */
static bool is_date(const char *s, size_t n)
{
	const char *first = memchr(s, '/', n);
	const char *second = first ? memchr(first + 1, '/', n - (size_t)(first + 1 - s)) : NULL;

	return second || (first && is_year(first + 1, n - (size_t)(first + 1 - s)));
}

/* "tháng 6 năm 2024" */
static bool ends_date(const char *text, size_t i)
{
	size_t end;

	word_before(text, word_before(text, i, &end), &end);
	return end && is_digit(text[end - 1]);
}

static bool is_behind_letter(const char *text, size_t i)
{
	size_t start = i; /* of the character before */

	while (start && ((unsigned char)text[--start] & 0xC0) == 0x80)
		continue;
	return i && numeral_is_letter(text + start);
}

bool numeral_ends_word(const char *text, const struct numeral *n)
{
	return is_behind_letter(text, n->start) || (n->start && text[n->start - 1] == '-' && is_behind_letter(text, n->start - 1));
}

bool numeral_is_in_word(const char *text, const struct numeral *n)
{
	return numeral_ends_word(text, n) || numeral_is_letter(text + n->start + n->n);
}

static enum numeral_kind kind_of(const char *text, size_t start, size_t n, struct arena *a)
{
	const char *s = text + start;
	bool joined = memchr(s, '/', n) || memchr(s, '-', n) || memchr(s, dash[0], n);

	if ((s[n] == '/' && numeral_is_letter(s + n + 1)) || (start && text[start - 1] == '/') || is_date(s, n) || are_years(s, n)
		|| follows(text, start, " ngày tháng quý điều khoản ", a)
		|| (is_year(s, n) && follows(text, start, " đoạn kỳ - – ", a)))
		return NUMERAL_REFERENCE;
	if (is_year(s, n) && follows(text, start, " năm ", a))
		return ends_date(text, start) ? NUMERAL_REFERENCE : NUMERAL_YEAR;
	return joined ? NUMERAL_JOINED : NUMERAL_FIGURE;
}

bool numeral_find(const char *text, size_t from, size_t end, struct numeral *found, struct arena *a)
{
	while (from < end && !is_digit(text[from]))
		from++;
	if (from >= end)
		return false;
	*found = (struct numeral){ .start = from, .n = numeral_length(text + from) };
	found->n += spaced_length(text, from, found->n, a);
	found->kind = kind_of(text, from, found->n, a);
	return true;
}
