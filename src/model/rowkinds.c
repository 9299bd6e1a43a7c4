#include "model/rowkinds.h"

#include "base/arena.h"
#include "base/numeral.h"
#include "base/utf8.h"
#include "model/wording.h"

#include <string.h>

/* A list divided by '|', folded. */
static const char *const *read_list(const struct wording *w, const char *id, struct arena *a)
{
	static const char *const nothing[WORDING_ARGUMENTS] = { NULL };

	return utf8_fold_list(wording_text(w, id, nothing, a), a);
}

/* NULL after an error. */
static const struct row_words *read_words(struct library *library, struct origin at, struct diags *d)
{
	static const char *const ids[] = { "note", "unit", "unitif", "ordinal", "column", "above", "total", "part", "ofwhich", NULL };
	struct arena *a = library->arena;
	const struct wording *w = wording_read(library, "sheet", ids, at, a, d);
	struct row_words *words;

	if (!w)
		return NULL;
	words = ARENA_NEW(a, struct row_words);
	*words = (struct row_words){ read_list(w, "note", a), read_list(w, "unit", a), read_list(w, "unitif", a),
		read_list(w, "ordinal", a), read_list(w, "column", a), read_list(w, "above", a), read_list(w, "total", a),
		read_list(w, "part", a), read_list(w, "ofwhich", a) };
	return words;
}

/* Once for all sources, which may be thousands. */
bool row_words_read(struct library *library, struct origin at, struct row_words *words, struct diags *d)
{
	static const char *const none[] = { NULL };

	*words = (struct row_words){ none, none, none, none, none, none, none, none, none };
	if (!library)
		return true;
	if (!library->row_words)
		library->row_words = read_words(library, at, d);
	if (library->row_words)
		*words = *library->row_words;
	return library->row_words;
}

/* Whether the phrase goes on with the character, which may have a backslash in front of it; *next: behind it. */
static bool goes_on(const char *phrase, char c, const char **next)
{
	phrase += *phrase == '\\';
	*next = phrase + 1;
	return *phrase == c;
}

/* Whether the whole text is as the phrase says. */
static bool is_like(const char *phrase, const char *s)
{
	const char *star = NULL;
	const char *again = NULL; /* where the text that the last '*' stands for may end */

	while (*s) {
		const char *next;

		if (*phrase == '*') {
			star = phrase++;
			again = s;
		} else if (goes_on(phrase, *s, &next)) {
			phrase = next;
			s++;
		} else if (star) {
			phrase = star + 1;
			s = ++again;
		} else {
			return false;
		}
	}
	while (*phrase == '*')
		phrase++;
	return !*phrase;
}

bool row_words_match(const char *const *phrase, const char *folded)
{
	for (; *phrase; phrase++)
		if (is_like(*phrase, folded))
			return true;
	return false;
}

/* "i", "ii + iii", "a, b": ordinals of groups. */
static bool is_ordinals(const char *s)
{
	size_t n;

	for (; *s; s += n) {
		n = strspn(s, " +,.:&-()");
		s += n;
		n = strcspn(s, " +,.:&-()");
		if (n > 1 && strspn(s, "ivx") < n && strspn(s, "0123456789") < n)
			return false;
		if (n == 1 && !((*s >= 'a' && *s <= 'z') || (*s >= '0' && *s <= '9')))
			return false;
	}
	return true;
}

/* rest: what stands behind the word of a total. */
static enum total_kind kind_of_rest(const struct row_words *words, const char *rest)
{
	const char *s = rest + strspn(rest, " .:");

	if (!*s || *s == '(' || *s == '[' || *s == '=' || row_words_match(words->total, s))
		return TOTAL_WHOLE;
	return row_words_match(words->part, s) || is_ordinals(s) ? TOTAL_PART : TOTAL_UNSURE;
}

/* The bytes of the UTF-8 character at s. */
static size_t character(const char *s)
{
	size_t n = 1;

	while (((unsigned char)s[n] & 0xc0) == 0x80)
		n++;
	return n;
}

/* "t ổ n g  c ộ n g": nothing but single letters with spaces between them. */
static bool is_letter_spaced(const char *s)
{
	size_t n_letter = 0;

	for (; *s; n_letter++) {
		s += character(s);
		if (*s && *s != ' ')
			return false;
		s += strspn(s, " ");
	}
	return n_letter > 2;
}

static bool is_same_unspaced(const char *a, const char *b)
{
	for (;; a++, b++) {
		a += strspn(a, " ");
		b += strspn(b, " ");
		if (!*a || *a != *b)
			return *a == *b;
	}
}

enum total_kind total_kind_of(const char *const *words, const struct row_words *row_words, const char *folded)
{
	enum total_kind kind = TOTAL_NOT;

	for (size_t i = 0; is_letter_spaced(folded) && words[i]; i++)
		if (is_same_unspaced(words[i], folded))
			return TOTAL_WHOLE;
	for (; *words && kind != TOTAL_WHOLE; words++) {
		size_t n = strlen(*words);

		if (strncmp(folded, *words, n) != 0 || (folded[n] && !strchr(" .:([=", folded[n])))
			continue;
		if (kind != TOTAL_PART)
			kind = kind_of_rest(row_words, folded + n);
	}
	return kind;
}

static bool is_roman(const char *s, size_t n)
{
	struct arena tmp = { 0 };
	bool is = n && n <= ORDINAL_MAX && strspn(s, "IVXLCDM") >= n && roman_read(s, n, &tmp);

	arena_clear(&tmp);
	return is;
}

static bool is_dotted_number(const char *s, size_t n)
{
	char before = '.';

	for (size_t i = 0; i < n; before = s[i++])
		if ((s[i] < '0' || s[i] > '9') && (s[i] != '.' || before == '.'))
			return false;
	return n && before != '.';
}

static enum ordinal_rank rank_of(const char *s, size_t n, char last_letter)
{
	bool is_letter = n == 1 && *s >= 'A' && *s <= 'Z';

	if (n == 1 && (*s == '-' || *s == '+'))
		return ORDINAL_DASH;
	if (n == 1 && *s >= 'a' && *s <= 'z')
		return ORDINAL_LOWER;
	if (*s >= '0' && *s <= '9')
		return is_dotted_number(s, n) ? ORDINAL_NUMBER : ORDINAL_NONE;
	if (is_letter && (*s == 'A' || (last_letter && *s == last_letter + 1)))
		return ORDINAL_LETTER;
	if (is_roman(s, n))
		return ORDINAL_ROMAN;
	return is_letter ? ORDINAL_LETTER : ORDINAL_NONE;
}

static bool is_ordinal_letter(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' || c == '-' || c == '+';
}

struct ordinal ordinal_read(const char *s, size_t n, char last_letter)
{
	struct ordinal o = { .rank = ORDINAL_NONE };
	const char *begin = s;
	size_t n_number = 0;
	size_t end;

	utf8_trim(&s, &n);
	while (n_number < n && is_ordinal_letter(s[n_number]))
		n_number++;
	end = n_number;
	if (n_number && s[n_number - 1] == '.')
		n_number--;
	else if (end < n && (s[end] == ')' || s[end] == '/'))
		end++;
	o.has_label = end < n;
	if (!n_number || n_number > ORDINAL_MAX || (o.has_label && s[end] != ' '))
		return o;
	o.rank = rank_of(s, n_number, last_letter);
	if (o.has_label && end == n_number && o.rank != ORDINAL_DASH)
		o.rank = ORDINAL_NONE;
	o.n_front = (size_t)(s - begin) + end + strspn(s + end, " ");
	o.n = (unsigned char)n_number;
	memcpy(o.text, s, n_number);
	return o;
}

bool ordinal_covers(const struct ordinal *a, const struct ordinal *b)
{
	if (a->rank == ORDINAL_NONE || b->rank == ORDINAL_NONE)
		return false;
	if (a->rank != b->rank)
		return a->rank < b->rank;
	return a->rank == ORDINAL_NUMBER && b->n > a->n && b->text[a->n] == '.' && !memcmp(a->text, b->text, a->n);
}
