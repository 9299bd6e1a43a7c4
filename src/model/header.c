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
	RIVAL_LEAST = 2,     /* fields that a second header has: a lone text is often found elsewhere */
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

/* The first rows as header texts, "" where a cell is blank; a merged cell's text stands in all its places. */
struct texts {
	const char **text;    /* [n_row * n_column] */
	unsigned *owner;      /* [n_row * n_column] which cell it is of, from 1; 0: none */
	bool *is_merged;      /* [n_row] a merged cell stands in the row */
	size_t *last;	      /* [n_row] the last row that a merged cell beginning in it reaches */
	size_t n_row;
	size_t n_column;
	size_t left; /* places that may still be filled: merged cells do not overlap */
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

static bool is_merged(const struct cell *c)
{
	return c->n_rows > 1 || c->n_cols > 1;
}

/* The last column that a cell stands over, among those that are looked at. */
static size_t last_column(const struct cell *c)
{
	size_t more = c->n_cols > 1 ? c->n_cols - 1 : 0;

	if (c->col > HEADER_COLUMNS_MAX)
		return c->col;
	return c->col + more < HEADER_COLUMNS_MAX ? c->col + more : HEADER_COLUMNS_MAX;
}

static size_t count_columns(const struct row *row, size_t n_row)
{
	size_t n = 0;

	for (size_t i = 0; i < n_row; i++)
		for (size_t k = 0; k < row[i].n_cell; k++)
			if (row[i].cell[k].n_text && last_column(&row[i].cell[k]) > n)
				n = last_column(&row[i].cell[k]);
	return n < HEADER_COLUMNS_MAX ? n : HEADER_COLUMNS_MAX;
}

/* Puts the cell of row i into each of its places. */
static void fill(struct texts *t, const struct row *row, size_t i, const struct cell *c, unsigned owner, struct arena *a)
{
	const char *text = header_text(c->text, header_bytes(c), a);
	unsigned more = c->n_rows > 1 ? c->n_rows - 1 : 0;

	for (size_t k = i; k < t->n_row && row[k].row - row[i].row <= more; k++) {
		for (size_t col = c->col; col <= last_column(c) && t->left; col++, t->left--) {
			t->text[k * t->n_column + col - 1] = text;
			t->owner[k * t->n_column + col - 1] = owner;
		}
		t->is_merged[k] |= is_merged(c);
		/* What is taller than any header is no part of one. */
		if (k - i < DATA_HEADER_ROWS_MAX && k > t->last[i])
			t->last[i] = k;
	}
}

static struct texts texts_of(const struct row *row, size_t n_row, struct arena *a)
{
	struct texts t = { .n_row = n_row, .n_column = count_columns(row, n_row) };
	unsigned n = 0;

	t.left = n_row * t.n_column;
	t.text = ARENA_ARRAY(a, t.left, const char *);
	t.owner = ARENA_ARRAY(a, t.left, unsigned);
	t.is_merged = ARENA_ARRAY(a, n_row, bool);
	t.last = ARENA_ARRAY(a, n_row, size_t);
	for (size_t i = 0; i < t.left; i++)
		t.text[i] = "";
	for (size_t i = 0; i < n_row; i++)
		for (size_t k = 0; k < row[i].n_cell; k++) {
			const struct cell *c = &row[i].cell[k];

			if (c->col && c->col <= t.n_column && c->n_text)
				fill(&t, row, i, c, ++n, a);
		}
	return t;
}

/* A try: rows first .. first + n_row as the header. */
struct trial {
	const struct texts *texts;
	const struct matcher *matcher;
	size_t first;
	size_t n_row;
	bool is_merged;	 /* it has merged cells */
	size_t *field;	 /* [n_column] */
	enum match *how; /* [n_column] */
	size_t *best;	 /* [n_field] how its best column matches */
	struct buf path;
};

static void put_level(struct buf *path, const char *text)
{
	if (!*text)
		return;
	if (path->n)
		buf_put(path, divider, DIVIDER);
	buf_puts(path, text);
}

/* The path of a column by merged cells. False for one without a text, or the second of a merged cell. */
static bool put_exact_path(struct trial *t, size_t column)
{
	bool is_own = false;
	unsigned above = 0;

	t->path.n = 0;
	for (size_t i = 0; i < t->n_row; i++) {
		size_t at = (t->first + i) * t->texts->n_column + column;
		unsigned owner = t->texts->owner[at];

		is_own |= owner && (!column || t->texts->owner[at - 1] != owner);
		if (owner && owner != above)
			put_level(&t->path, t->texts->text[at]);
		above = owner ? owner : above;
	}
	return is_own && t->path.n;
}

/* The path of a column into t->path; above[] are the texts that blanks stand for. False for a column without a text. */
static bool put_path(struct trial *t, size_t column, const char *above[])
{
	bool any = false;

	if (t->is_merged)
		return put_exact_path(t, column);
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
		put_level(&t->path, text);
	}
	return any;
}

/* Whether a merged cell reaches out of the rows of the trial. */
static bool is_cut(const struct trial *t)
{
	for (size_t i = 0; i < t->first; i++)
		if (t->texts->last[i] >= t->first)
			return true;
	for (size_t i = t->first; i < t->first + t->n_row; i++)
		if (t->texts->last[i] >= t->first + t->n_row)
			return true;
	return false;
}

/* Fills t->field; weaker matches of a field that has a stronger one are dropped. path [n_column] or NULL. */
static void match_columns(struct trial *t, struct header *h, const char **path, struct arena *a)
{
	const char *above[DATA_HEADER_ROWS_MAX] = { "", "", "", "" };
	size_t n_field = t->matcher->dataset->n_field;

	t->is_merged = false;
	for (size_t i = t->first; i < t->first + t->n_row; i++)
		t->is_merged |= t->texts->is_merged[i];
	memset(t->best, 0, n_field * sizeof *t->best);
	for (size_t i = 0; i < t->texts->n_column; i++) {
		t->field[i] = FIELD_NONE;
		t->how[i] = MATCH_NONE;
		if (!put_path(t, i, above))
			continue;
		t->how[i] = matcher_find(t->matcher, t->path.text, &t->field[i]);
		if (t->how[i] != MATCH_NONE && t->how[i] > t->best[t->field[i]])
			t->best[t->field[i]] = t->how[i];
		if (path)
			path[i] = arena_slice(a, t->path.text, t->path.n);
	}
	for (size_t i = 0; i < t->texts->n_column; i++)
		if (t->field[i] != FIELD_NONE && t->how[i] < t->best[t->field[i]])
			t->field[i] = FIELD_NONE;
	*h = (struct header){ .first = t->first, .n_row = t->n_row, .field = t->field, .n_column = t->texts->n_column,
		.matcher = t->matcher, .path = path, .is_cut = t->is_merged && is_cut(t) };
	for (size_t i = 0; i < n_field; i++) {
		h->n_matched += t->best[i] != MATCH_NONE;
		h->n_full += t->best[i] == MATCH_FULL;
	}
}

/* Below 0: a is worse; over 0: it is better. */
static int compare(const struct header *a, const struct header *b)
{
	if (a->n_matched != b->n_matched)
		return a->n_matched > b->n_matched ? 1 : -1;
	if (a->is_cut != b->is_cut)
		return a->is_cut ? -1 : 1;
	if (a->n_full != b->n_full)
		return a->n_full > b->n_full ? 1 : -1;
	return 0;
}

/* Whether the last rows of both have the same texts: a header that is repeated on each page. */
static bool is_repeated(const struct texts *t, const struct header *a, const struct header *b)
{
	size_t n = a->n_row < b->n_row ? a->n_row : b->n_row;
	const char *const *x = t->text + (a->first + a->n_row - n) * t->n_column;
	const char *const *y = t->text + (b->first + b->n_row - n) * t->n_column;

	for (size_t i = 0; i < n * t->n_column; i++)
		if (strcmp(x[i], y[i]) != 0)
			return false;
	return true;
}

/* Keeps the better one, and whether another one is as good. */
static void take_trial(const struct texts *t, const struct header *h, struct header *best)
{
	int order = h->n_matched ? compare(h, best) : -1;

	if (order > 0) {
		*best = *h;
	} else if (order == 0 && h->n_matched >= RIVAL_LEAST && !best->n_rival && h->first >= best->first + best->n_row
		&& !is_repeated(t, h, best)) {
		best->rival = h->first;
		best->n_rival = h->n_row;
	}
}

static bool is_blank_row(const struct texts *t, size_t i_row)
{
	for (size_t i = 0; i < t->n_column; i++)
		if (*t->text[i_row * t->n_column + i])
			return false;
	return true;
}

static void try_from(struct trial *t, const struct matcher *matcher, size_t n_matcher, struct header *best)
{
	struct header h;

	for (t->n_row = 1; t->n_row <= DATA_HEADER_ROWS_MAX && t->first + t->n_row <= t->texts->n_row; t->n_row++)
		for (size_t i = 0; i < n_matcher; i++) {
			t->matcher = &matcher[i];
			match_columns(t, &h, NULL, NULL);
			take_trial(t->texts, &h, best);
		}
}

/* The rows that somebody has said. */
static void try_said(struct trial *t, const struct header_rows *rows, const struct matcher *matcher, size_t n_matcher,
	struct header *best)
{
	struct header h;

	while (t->first < rows->n_row && rows->row[t->first].row < rows->first)
		t->first++;
	while (t->first + t->n_row < rows->n_row && rows->row[t->first + t->n_row].row <= rows->last
		&& t->n_row < DATA_HEADER_ROWS_MAX)
		t->n_row++;
	for (size_t i = 0; i < n_matcher && t->n_row; i++) {
		t->matcher = &matcher[i];
		match_columns(t, &h, NULL, NULL);
		take_trial(t->texts, &h, best);
	}
}

void header_find(const struct header_rows *rows, const struct matcher *matcher, size_t n_matcher, struct arena *a,
	struct header *best)
{
	struct arena tmp = { 0 };
	struct texts texts = texts_of(rows->row, rows->n_row, &tmp);
	struct trial t = { .texts = &texts };

	t.field = ARENA_ARRAY(a, texts.n_column, size_t);
	t.how = ARENA_ARRAY(&tmp, texts.n_column, enum match);
	t.best = ARENA_ARRAY(&tmp, matcher->dataset->n_field, size_t);
	*best = (struct header){ .matcher = matcher, .n_column = texts.n_column };
	if (rows->first)
		try_said(&t, rows, matcher, n_matcher, best);
	for (; !rows->first && t.first < rows->n_row && t.first < rows->within; t.first++)
		if (!is_blank_row(&texts, t.first))
			try_from(&t, matcher, n_matcher, best);
	if (best->n_matched) { /* once more, for its columns */
		size_t rival = best->rival;
		size_t n_rival = best->n_rival;

		t.first = best->first;
		t.n_row = best->n_row;
		t.matcher = best->matcher;
		match_columns(&t, best, ARENA_ARRAY(a, texts.n_column, const char *), a);
		best->rival = rival;
		best->n_rival = n_rival;
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
