#include "model/header.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "model/data.h"

#include <assert.h>
#include <string.h>

static const char divider[] = " > ";

enum {
	DIVIDER = sizeof divider - 1,
	NUMBERING_LEAST = 3, /* numbers without brackets that make a numbering row */
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

void matcher_init(struct matcher *m, const struct dataset *s, int year, struct arena *a)
{
	*m = (struct matcher){ .dataset = s, .year = year };
	map_init(&m->full, a);
	map_init(&m->part, a);
	map_init(&m->shared, a);
	for (size_t i = 0; i < s->n_field; i++)
		for (size_t k = 0; k < s->field[i].n_name; k++) {
			const char *name = header_name(s->field[i].name[k], year, a);

			name = header_text(name, strlen(name), a);
			map_add(&m->full, name, i, NULL);
			add_parts(m, name, i);
		}
}

enum match matcher_find(const struct matcher *m, const char *path, size_t *field)
{
	size_t levels = 0;

	if (map_find(&m->full, path, field))
		return MATCH_FULL;
	for (const char *s = header_below(path); s && levels < HEADER_LEVELS_MAX; s = header_below(s), levels++)
		if (map_find(&m->full, s, field))
			return MATCH_SUFFIX;
	if (map_find(&m->part, path, field) && !map_find(&m->shared, path, NULL))
		return MATCH_PART;
	*field = FIELD_NONE;
	return MATCH_NONE;
}

/* The first rows as header texts, "" where a cell is blank. */
struct texts {
	const char **text; /* [n_row * n_column] */
	size_t n_row;
	size_t n_column;
};

/* Bytes of a header text that are looked at: whole characters. */
static size_t header_bytes(const struct cell *c)
{
	size_t n = c->n_text;

	if (n <= HEADER_TEXT_MAX)
		return n;
	n = HEADER_TEXT_MAX;
	while (n && ((unsigned char)c->text[n] & 0xC0) == 0x80)
		n--;
	return n;
}

static struct texts texts_of(const struct row *row, size_t n_row, struct arena *a)
{
	struct texts t = { .n_row = n_row };

	for (size_t i = 0; i < n_row; i++)
		for (size_t k = 0; k < row[i].n_cell; k++)
			if (row[i].cell[k].n_text && row[i].cell[k].col > t.n_column)
				t.n_column = row[i].cell[k].col;
	if (t.n_column > HEADER_COLUMNS_MAX)
		t.n_column = HEADER_COLUMNS_MAX;
	t.text = ARENA_ARRAY(a, n_row * t.n_column, const char *);
	for (size_t i = 0; i < n_row * t.n_column; i++)
		t.text[i] = "";
	for (size_t i = 0; i < n_row; i++)
		for (size_t k = 0; k < row[i].n_cell; k++) {
			const struct cell *c = &row[i].cell[k];

			if (c->col && c->col <= t.n_column)
				t.text[i * t.n_column + c->col - 1] = header_text(c->text, header_bytes(c), a);
		}
	return t;
}

/* A try: rows first .. first + n_row as the header. */
struct trial {
	const struct texts *texts;
	const struct matcher *matcher;
	size_t first;
	size_t n_row;
	size_t *field;	 /* [n_column] */
	enum match *how; /* [n_column] */
	size_t *best;	 /* [n_field] how its best column matches */
	struct buf path;
};

/* The path of a column into t->path; above[] are the texts that blanks stand for. False for a column without a text. */
static bool put_path(struct trial *t, size_t column, const char *above[])
{
	bool any = false;

	t->path.n = 0;
	for (size_t i = 0; i < t->n_row; i++) {
		const char *text = t->texts->text[(t->first + i) * t->texts->n_column + column];

		if (*text) {
			any = true;
			above[i] = text;
			for (size_t k = i + 1; k < t->n_row; k++)
				above[k] = "";
		} else if (i + 1 < t->n_row) {
			text = above[i];
		}
		if (!*text)
			continue;
		if (t->path.n)
			buf_put(&t->path, divider, DIVIDER);
		buf_puts(&t->path, text);
	}
	return any;
}

/* Fills t->field; weaker matches of a field that has a stronger one are dropped. */
static void match_columns(struct trial *t, struct header *h)
{
	const char *above[DATA_HEADER_ROWS_MAX] = { "", "", "", "" };
	size_t n_field = t->matcher->dataset->n_field;

	memset(t->best, 0, n_field * sizeof *t->best);
	for (size_t i = 0; i < t->texts->n_column; i++) {
		t->field[i] = FIELD_NONE;
		t->how[i] = MATCH_NONE;
		if (!put_path(t, i, above))
			continue;
		t->how[i] = matcher_find(t->matcher, t->path.text, &t->field[i]);
		if (t->how[i] != MATCH_NONE && t->how[i] > t->best[t->field[i]])
			t->best[t->field[i]] = t->how[i];
	}
	for (size_t i = 0; i < t->texts->n_column; i++)
		if (t->field[i] != FIELD_NONE && t->how[i] < t->best[t->field[i]])
			t->field[i] = FIELD_NONE;
	*h = (struct header){ t->first, t->n_row, t->field, t->texts->n_column, t->matcher, 0, 0 };
	for (size_t i = 0; i < n_field; i++) {
		h->n_matched += t->best[i] != MATCH_NONE;
		h->n_full += t->best[i] == MATCH_FULL;
	}
}

static bool is_better(const struct header *a, const struct header *b)
{
	return a->n_matched != b->n_matched ? a->n_matched > b->n_matched : a->n_full > b->n_full;
}

static void keep(const struct header *from, struct header *best)
{
	size_t *field = best->field;

	memcpy(field, from->field, from->n_column * sizeof *field);
	*best = *from;
	best->field = field;
}

static bool is_blank_row(const struct texts *t, size_t i_row)
{
	for (size_t i = 0; i < t->n_column; i++)
		if (*t->text[i_row * t->n_column + i])
			return false;
	return true;
}

void header_find(const struct row *row, size_t n_row, size_t within, const struct matcher *matcher,
	size_t n_matcher, struct arena *a, struct header *best)
{
	struct arena tmp = { 0 };
	struct texts texts = texts_of(row, n_row, &tmp);
	struct trial t = { .texts = &texts };
	struct header h;

	t.field = ARENA_ARRAY(&tmp, texts.n_column, size_t);
	t.how = ARENA_ARRAY(&tmp, texts.n_column, enum match);
	t.best = ARENA_ARRAY(&tmp, matcher->dataset->n_field, size_t);
	*best = (struct header){ .matcher = matcher, .n_column = texts.n_column };
	best->field = ARENA_ARRAY(a, texts.n_column, size_t);
	for (t.first = 0; t.first < n_row && t.first < within; t.first++) {
		if (is_blank_row(&texts, t.first))
			continue;
		for (t.n_row = 1; t.n_row <= DATA_HEADER_ROWS_MAX && t.first + t.n_row <= n_row;
			t.n_row++)
			for (size_t i = 0; i < n_matcher; i++) {
				t.matcher = &matcher[i];
				match_columns(&t, &h);
				if (h.n_matched && is_better(&h, best))
					keep(&h, best);
			}
	}
	buf_clear(&t.path);
	arena_clear(&tmp);
}

/* A cell of a numbering row: number, "(number)", "number=formula" or, before all numbers, a letter. */
static bool is_number_cell(const char *s, size_t n, unsigned *last, unsigned *n_bracket)
{
	unsigned number = 0;
	size_t i = n && *s == '(';
	size_t first = i;

	if (n == 1 && !*last && ((*s >= 'A' && *s <= 'Z') || (*s >= 'a' && *s <= 'z')))
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
