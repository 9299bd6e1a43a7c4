/* A path of header texts against the names of a dataset's fields. */
#include "model/matcher.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <limits.h>
#include <string.h>

static const char divider[] = HEADER_DIVIDER;

enum {
	DIVIDER = sizeof divider - 1,
	YEAR_DIGITS = 4,
	YEAR_LEAST = 1900,
	YEAR_MOST = 2099,
	WORD_MAX = 40, /* [bytes] of a word that tells no column from another */
	JOINED_MAX = HEADER_TEXT_MAX, /* [bytes] */
};

const char *header_text(const char *s, size_t n, struct arena *a)
{
	const char *folded = utf8_fold(s, n, a);
	char *out = ARENA_ARRAY(a, 3 * strlen(folded) + 1, char);
	size_t n_out = 0;

	for (const char *p = folded; *p; p++) {
		bool space = *p == ' ' || *p == '-' || *p == '_' || *p == '>';

		if (space && n_out && out[n_out - 1] != ' ')
			out[n_out++] = ' ';
		if (*p == '>') {
			out[n_out++] = '>';
			out[n_out++] = ' ';
		} else if (!space) {
			out[n_out++] = *p;
		}
	}
	if (n_out && out[n_out - 1] == ' ')
		n_out--;
	out[n_out] = '\0';
	return out;
}

/* The year that stands between braces at p, which dataset_read has checked; *p moves behind them. */
static int braced_year(const char **p, int year)
{
	const char *q = *p + strcspn(*p, "-+}");
	int sign = *q == '-' ? -1 : 1;
	int by = 0;

	for (; *q && *q != '}'; q++)
		if (*q >= '0' && *q <= '9')
			by = *q - '0';
	*p = *q ? q + 1 : q;
	return year + sign * by;
}

const char *header_name(const char *name, int year, struct arena *a)
{
	struct buf b = { 0 };
	const char *filled;

	if (!strchr(name, '{'))
		return name;
	while (*name) {
		if (*name == '{')
			buf_printf(&b, "%d", braced_year(&name, year));
		else
			buf_putc(&b, *name++);
	}
	filled = arena_slice(a, b.text, b.n);
	buf_clear(&b);
	return filled;
}

size_t header_level(const char *path)
{
	const char *next = strstr(path, divider);

	return next ? (size_t)(next - path) : strlen(path);
}

const char *header_below(const char *path)
{
	const char *next = strstr(path, divider);

	return next ? next + DIVIDER : NULL;
}

/* Every proper ending of a name, but not where two fields share it. */
static void add_parts(struct matcher *m, const char *name, size_t i_field)
{
	size_t levels = 0;

	for (const char *s = header_below(name); s && levels < HEADER_LEVELS_MAX; s = header_below(s), levels++) {
		size_t old;

		if (!map_add(&m->part, s, i_field, &old) && old != i_field)
			map_add(&m->shared, s, i_field, NULL);
	}
}

static bool is_dash(const char *s)
{
	return !strncmp(s, "–", strlen("–")) || !strncmp(s, "—", strlen("—"));
}

/* Bytes of a mark between words at s; 0: there is none. It is asked at each byte of each path that is tried. */
static size_t mark(const char *s)
{
	static const bool marks[UCHAR_MAX + 1] = { [' '] = true, ['>'] = true, [':'] = true, [','] = true, [';'] = true, ['.'] = true,
		['('] = true, [')'] = true, ['/'] = true };
	static const unsigned char dash = 0xE2; /* the first byte of either */
	unsigned char c = (unsigned char)*s;

	if (c == dash && is_dash(s))
		return strlen("–");
	return marks[c];
}

/* A path as one text: no levels, and no marks between words. False where it is longer than any name. */
static bool join(const char *path, char text[JOINED_MAX + 1])
{
	size_t n = 0;

	for (size_t skip; *path; path += skip ? skip : 1) {
		skip = mark(path);
		if (skip && (!n || text[n - 1] == ' '))
			continue;
		if (n == JOINED_MAX)
			return false;
		text[n++] = *path;
		text[n - 1] = skip ? ' ' : text[n - 1];
	}
	n -= n && text[n - 1] == ' ';
	text[n] = '\0';
	return true;
}

/* A name as one text, but not where two fields share it: a header may break one of a single level over several cells. */
static void add_joined(struct matcher *m, const char *name, size_t i_field, struct arena *a)
{
	char text[JOINED_MAX + 1];
	const char *kept;
	size_t old;

	if (!join(name, text))
		return;
	kept = arena_text(a, text);
	if (!map_add(&m->joined, kept, i_field, &old) && old != i_field)
		map_add(&m->shared_joined, kept, i_field, NULL);
}

static bool find_joined(const struct matcher *m, const char *path, size_t *field)
{
	char text[JOINED_MAX + 1];

	return join(path, text) && map_find(&m->joined, text, field) && !map_find(&m->shared_joined, text, NULL);
}

void matcher_init(struct matcher *m, const struct dataset *s, int year, struct arena *a)
{
	*m = (struct matcher){ .dataset = s, .year = year };
	map_init(&m->full, a);
	map_init(&m->part, a);
	map_init(&m->shared, a);
	map_init(&m->joined, a);
	map_init(&m->shared_joined, a);
	m->name = ARENA_ARRAY(a, s->n_field, const char **);
	for (size_t i = 0; i < s->n_field; i++) {
		m->name[i] = ARENA_ARRAY(a, s->field[i].n_name, const char *);
		for (size_t k = 0; k < s->field[i].n_name; k++) {
			const char *name = header_name(s->field[i].name[k], year, a);

			name = header_text(name, strlen(name), a);
			m->name[i][k] = name;
			map_add(&m->full, name, i, NULL);
			add_parts(m, name, i);
			add_joined(m, name, i, a);
		}
	}
}

/* ---- what stands above a name ---- */

/* The next year in a text, from *p on; 0: there is none. */
static int next_year(const char **p, const char *end)
{
	while (*p < end) {
		const char *first = *p;
		int year = 0;

		while (*p < end && **p >= '0' && **p <= '9' && *p - first <= YEAR_DIGITS)
			year = 10 * year + (*(*p)++ - '0');
		if (*p - first == YEAR_DIGITS && year >= YEAR_LEAST && year <= YEAR_MOST)
			return year;
		if (*p == first)
			++*p;
	}
	return 0;
}

static bool has_year(const char *s, int year)
{
	const char *end = s + strlen(s);

	for (int y; (y = next_year(&s, end));)
		if (y == year)
			return true;
	return false;
}

enum years { YEARS_NONE, YEARS_OWN, YEARS_OTHER };

/* A year that the name below has too is none of its own; from a year before to one behind is a time that goes on. */
static enum years years_of(const struct matcher *m, const char *level, const char *end, const char *name)
{
	bool before = false;
	bool behind = false;

	for (int y; (y = next_year(&level, end));) {
		if (y == m->year)
			return YEARS_OWN;
		if (has_year(name, y))
			continue;
		before |= y < m->year;
		behind |= y > m->year;
	}
	return before != behind ? YEARS_OTHER : YEARS_NONE;
}

static bool is_word_in(const char *name, const char *word, size_t n)
{
	for (const char *p = name; *p; p += strcspn(p, " "), p += *p == ' ')
		if (strcspn(p, " ") == n && !memcmp(p, word, n))
			return true;
	return false;
}

/* The next word of a level, without marks around it. */
static const char *next_word(const char **p, const char *end, size_t *n)
{
	static const char marks[] = " ():;,.[]/";
	const char *word;

	while (*p < end && strchr(marks, **p))
		++*p;
	word = *p;
	while (*p < end && !strchr(marks, **p))
		++*p;
	*n = (size_t)(*p - word);
	return word;
}

/* Whether each word is one of the field's name, a year, or tells no column from another. */
static bool words_are_of(const struct matcher *m, const char *level, const char *end, const char *name)
{
	size_t n;

	for (const char *word; word = next_word(&level, end, &n), n;) {
		char text[WORD_MAX + 1];

		if (is_word_in(name, word, n) || strspn(word, "0123456789") >= n)
			continue;
		if (!m->words || n > WORD_MAX)
			return false;
		memcpy(text, word, n);
		text[n] = '\0';
		if (!row_words_match(m->words->above, text) && !row_words_match(m->words->unit, text))
			return false;
	}
	return true;
}

/* Whether a level tells nothing that the field's own names do not. */
static bool is_level_of(const struct matcher *m, const char *level, const char *end, size_t field)
{
	for (size_t i = 0; i < m->dataset->field[field].n_name; i++)
		if (words_are_of(m, level, end, m->name[field][i]))
			return true;
	return false;
}

/* The field's name stands at the end of the path; title [HEADER_LEVELS_MAX]: levels that stand over all figures, or NULL. */
static enum match judge(const struct matcher *m, const char *path, const char *name, const bool *title, size_t field)
{
	enum match how = MATCH_SUFFIX;
	size_t i = 0;

	for (const char *level = path; level != name; level = header_below(level), i++) {
		const char *end = level + header_level(level);
		enum years years = years_of(m, level, end, name);

		if (years == YEARS_OTHER)
			return MATCH_OTHER_YEAR;
		if (!(title && title[i]) && !is_level_of(m, level, end, field))
			how = MATCH_HINT;
		else if (years == YEARS_OWN && how == MATCH_SUFFIX)
			how = MATCH_YEAR;
	}
	return how;
}

enum match matcher_match(const struct matcher *m, const char *path, const bool *title, size_t *field)
{
	size_t levels = 0;

	if (map_find(&m->full, path, field) || find_joined(m, path, field))
		return MATCH_FULL;
	for (const char *s = header_below(path); s && levels < HEADER_LEVELS_MAX; s = header_below(s), levels++)
		if (map_find(&m->full, s, field) || find_joined(m, s, field))
			return judge(m, path, s, title, *field);
	if (map_find(&m->part, path, field) && !map_find(&m->shared, path, NULL))
		return MATCH_PART;
	*field = FIELD_NONE;
	return MATCH_NONE;
}

enum match matcher_find(const struct matcher *m, const char *path, size_t *field)
{
	enum match how = matcher_match(m, path, NULL, field);

	if (how == MATCH_HINT)
		return MATCH_SUFFIX;
	if (how != MATCH_OTHER_YEAR)
		return how;
	*field = FIELD_NONE;
	return MATCH_NONE;
}

size_t matcher_fields(const struct matcher *m, const char *path, struct arena *a, size_t *field)
{
	const struct dataset *s = m->dataset;
	size_t n = 0;

	for (size_t i = 0; i < s->n_field; i++)
		for (size_t k = 0; k < s->field[i].n_name; k++) {
			const char *name = header_name(s->field[i].name[k], m->year, a);
			const char *part = header_below(header_text(name, strlen(name), a));

			while (part && strcmp(part, path) != 0)
				part = header_below(part);
			if (!part)
				continue;
			field[n++] = i;
			break;
		}
	return n;
}
