#include "model/units.h"

#include "base/arena.h"
#include "base/utf8.h"

#include <stdint.h>
#include <string.h>

/* "triệu đồng": a million of "đồng". */
struct scaled_unit {
	int64_t scale;
	const char *base;
	size_t n; /* bytes of base */
};

struct scale {
	const char *word;
	int64_t value;
};

/* ---- one unit ---- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool take(const char **s, size_t *n, const char *word)
{
	size_t length = strlen(word);

	if (*n < length || memcmp(*s, word, length) != 0)
		return false;
	*s += length;
	*n -= length;
	utf8_trim(s, n);
	return true;
}

static bool is_among(const char *s, size_t n, const char *const *words)
{
	for (; *words; words++)
		if (strlen(*words) == n && !memcmp(s, *words, n))
			return true;
	return false;
}

static bool is_money(const char *s, size_t n)
{
	static const char *const words[] = { "đồng", "đ", "vnđ", "vnd", "đồng việt nam", "việt nam đồng", NULL };

	return is_among(s, n, words);
}

/* "trđ", "tr.đồng", "ng đ": a scale of money only. */
static int64_t take_short_scale(const char **s, size_t *n)
{
	static const struct scale scales[] = { { "tr", 1000000 }, { "ng", 1000 }, { "n", 1000 } };

	for (size_t i = 0; i < sizeof scales / sizeof *scales; i++) {
		const char *p = *s;
		size_t rest = *n;

		if (!take(&p, &rest, scales[i].word))
			continue;
		take(&p, &rest, ".");
		if (!is_money(p, rest))
			continue;
		*s = p;
		*n = rest;
		return scales[i].value;
	}
	return 1;
}

/* Longer words stand before those that they begin with. */
static int64_t take_scale(const char **s, size_t *n)
{
	static const struct scale scales[] = { { "nghìn", 1000 }, { "ngàn", 1000 }, { "1.000.000", 1000000 }, { "1,000,000", 1000000 },
		{ "1000000", 1000000 }, { "1.000", 1000 }, { "1,000", 1000 }, { "1000", 1000 }, { "triệu", 1000000 },
		{ "tỷ", 1000000000 }, { "tỉ", 1000000000 } };

	for (size_t i = 0; i < sizeof scales / sizeof *scales; i++)
		if (take(s, n, scales[i].word))
			return scales[i].value;
	return take_short_scale(s, n);
}

/* s: folded. A scale alone is one of money, but for a number. */
static struct scaled_unit read_unit(const char *s, size_t n)
{
	struct scaled_unit u = { .scale = 1 };
	bool is_number;

	utf8_trim(&s, &n);
	is_number = n && is_digit(*s);
	u.scale = take_scale(&s, &n);
	u.base = s;
	u.n = n;
	if (is_money(s, n) || (!n && u.scale > 1 && !is_number)) {
		u.base = "đồng";
		u.n = strlen(u.base);
	}
	return u;
}

static enum likeness compare(const struct scaled_unit *a, const struct scaled_unit *b)
{
	if (!a->n || a->n != b->n || memcmp(a->base, b->base, a->n) != 0)
		return UNIT_OTHER;
	return a->scale == b->scale ? UNIT_SAME : UNIT_SCALED;
}

/* ---- several units ---- */

size_t units_brackets(const char *s, size_t n)
{
	size_t depth = 1;
	size_t i = n;

	if (!n || s[n - 1] != ')')
		return n;
	for (i--; i; i--) {
		depth += s[i - 1] == ')';
		depth -= s[i - 1] == '(';
		if (!depth)
			return i - 1;
		if (s[i - 1] == '>') /* another level of the header */
			return n;
	}
	return n;
}

/* Bytes of what divides units at s[i]; 0: nothing does. "1,000" is one word. */
static size_t divider(const char *s, size_t n, size_t i)
{
	static const char and[] = " và ";
	size_t n_and = strlen(and);

	if (s[i] == ';' || (s[i] == ',' && !(i && i + 1 < n && is_digit(s[i - 1]) && is_digit(s[i + 1]))))
		return 1;
	return n - i >= n_and && !memcmp(s + i, and, n_and) ? n_and : 0;
}

/* Without a remark in brackets and a full stop behind it. */
static void strip(const char **s, size_t *n)
{
	size_t begin;

	utf8_trim(s, n);
	begin = units_brackets(*s, *n);
	*n = begin ? begin : *n;
	utf8_trim(s, n);
	*n -= *n && (*s)[*n - 1] == '.';
	utf8_trim(s, n);
}

/* The next unit of a list into *unit; the list begins behind it then. False at its end. */
static bool next_unit(const char **list, size_t *n, const char **unit, size_t *n_unit)
{
	size_t depth = 0;
	size_t skip = 0;
	size_t i = 0;

	if (!*n)
		return false;
	for (; i < *n; i++) {
		depth += (*list)[i] == '(';
		depth -= depth && (*list)[i] == ')';
		skip = depth ? 0 : divider(*list, *n, i);
		if (skip)
			break;
	}
	*unit = *list;
	*n_unit = i;
	strip(unit, n_unit);
	*list += i + skip;
	*n -= i + skip;
	return true;
}

enum likeness units_likeness(const struct units *u, const char *unit)
{
	struct arena tmp = { 0 };
	const char *folded = utf8_fold(unit, strlen(unit), &tmp);
	struct scaled_unit own = read_unit(folded, strlen(folded));
	enum likeness best = UNIT_OTHER;
	const char *list = u->text;
	const char *s;
	size_t n_list = u->n;
	size_t n;

	while (best != UNIT_SAME && next_unit(&list, &n_list, &s, &n)) {
		struct scaled_unit said = read_unit(s, n);
		enum likeness is = compare(&said, &own);

		best = is > best ? is : best;
	}
	arena_clear(&tmp);
	return best;
}

/* ---- what a text says ---- */

static bool is_announcement(const char *phrase)
{
	size_t n = strlen(phrase);

	return n > 1 && phrase[n - 1] == '*';
}

static bool is_known_word(const char *s, size_t n, const char *const *phrase)
{
	for (; *phrase; phrase++)
		if (!is_announcement(*phrase) && strlen(*phrase) == n && !memcmp(s, *phrase, n))
			return true;
	return false;
}

/* "triệu đồng", "nghìn hộ". */
static bool is_known(const char *s, size_t n, const struct row_words *words)
{
	struct scaled_unit u = read_unit(s, n);

	return n && (is_known_word(s, n, words->unit) || (u.scale > 1 && (is_money(u.base, u.n) || is_known_word(u.base, u.n, words->unit))));
}

static bool are_known(const char *list, size_t n_list, const struct row_words *words)
{
	const char *s;
	size_t n;

	if (!n_list)
		return false;
	while (next_unit(&list, &n_list, &s, &n))
		if (!is_known(s, n, words))
			return false;
	return true;
}

/* Bytes up to the unit that a phrase such as "đvt:*" announces; 0: none does. */
static size_t announced(const char *s, size_t n, const char *const *phrase)
{
	for (; *phrase; phrase++) {
		size_t length = strlen(*phrase) - is_announcement(*phrase);

		if (!is_announcement(*phrase) || n < length || memcmp(s, *phrase, length) != 0)
			continue;
		while (length < n && strchr(" :", s[length]))
			length++;
		return length;
	}
	return 0;
}

/* s: without brackets around it. */
static struct units read_bare(const char *s, size_t n, const struct row_words *words)
{
	struct units u = { .is_whole = true };
	size_t begin;

	utf8_trim(&s, &n);
	begin = announced(s, n, words->unit);
	if (!begin) {
		begin = announced(s, n, words->unit_if);
		begin = begin && are_known(s + begin, n - begin, words) ? begin : 0;
	}
	u.how = begin ? SAYS_ANNOUNCED : is_known(s, n, words) ? SAYS_UNIT : SAYS_NOTHING;
	u.text = s + begin;
	u.n = n - begin;
	return u;
}

/* Whether money in a scale begins at s, and a word ends with it: its bytes. */
static size_t money_at(const char *s, size_t n)
{
	static const char *const scales[] = { "nghìn ", "ngàn ", "triệu ", "tỷ ", "tỉ ", "tr.", "tr", NULL };
	static const char *const money[] = { "đồng", "đ", NULL };

	for (const char *const *scale = scales; *scale; scale++) {
		size_t n_scale = strlen(*scale);

		if (n < n_scale || memcmp(s, *scale, n_scale) != 0)
			continue;
		for (const char *const *m = money; *m; m++) {
			size_t end = n_scale + strlen(*m);

			if (end <= n && !memcmp(s + n_scale, *m, end - n_scale) && (end == n || strchr(" ,.;:()", s[end])))
				return end;
		}
	}
	return 0;
}

/* Money in a scale among other words; behind a number it is an amount. */
static struct units in_passing(const char *s, size_t n)
{
	struct units u = { .text = s, .n = n };

	for (size_t i = 0; i < n; i++) {
		bool is_word = !i || strchr(" (:", s[i - 1]);
		bool is_amount = i > 1 && s[i - 1] == ' ' && is_digit(s[i - 2]);
		size_t length = is_word && !is_amount ? money_at(s + i, n - i) : 0;

		if (length)
			return (struct units){ .how = SAYS_IN_PASSING, .text = s + i, .n = length };
	}
	return u;
}

struct units units_read(const char *s, size_t n, const struct row_words *words, struct arena *a)
{
	const char *folded;
	struct units u;
	size_t begin;

	n = n < ROW_TEXT_MAX ? n : ROW_TEXT_MAX;
	folded = utf8_fold(s, n, a);
	n = strlen(folded);
	begin = units_brackets(folded, n);
	u = begin ? read_bare(folded, n, words) : (struct units){ 0 };
	if (u.how != SAYS_NOTHING)
		return u;
	if (begin < n) {
		struct units inside = read_bare(folded + begin + 1, n - begin - 2, words);

		if (inside.how == SAYS_NOTHING && are_known(inside.text, inside.n, words))
			inside.how = SAYS_UNIT;
		inside.is_whole = !begin;
		if (!begin || inside.how != SAYS_NOTHING)
			return inside;
	}
	u = in_passing(folded, n);
	u.is_whole = u.how == SAYS_NOTHING;
	return u;
}

struct units units_inside(const char *s, size_t n)
{
	const char *colon = memchr(s, ':', n);
	const char *begin = colon ? colon + 1 : s;

	return (struct units){ .how = SAYS_UNIT, .text = begin, .n = (size_t)(s + n - begin) };
}

bool units_fill_row(const struct row *row, const struct row_words *words)
{
	struct arena tmp = { 0 };
	bool is = true;

	for (size_t i = 0; i < row->n_cell && is; i++) {
		const char *text = row->cell[i].text;
		size_t n = row->cell[i].n_text;
		struct units u;

		utf8_trim(&text, &n);
		u = units_read(text, n, words, &tmp);
		is = n <= ROW_TEXT_MAX && (!n || (u.is_whole && u.how >= SAYS_UNIT));
	}
	arena_clear(&tmp);
	return is;
}
