/* Which of the first rows are the header: each place and number of rows is tried, the best one is taken. */
#include "model/header.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "model/columnnumbers.h"
#include "model/data.h"
#include "model/units.h"

#include <string.h>

enum {
	RIVAL_LEAST = 2, /* fields that a second header has: a lone text is often found elsewhere */
};

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

/* n columns from first on. */
struct span {
	size_t first;
	size_t n;
};

/* A try: rows first .. first + n_row as the header. */
struct trial {
	const struct texts *texts;
	const struct matcher *matcher;
	size_t first;
	size_t n_row;
	bool is_merged;	 /* it has merged cells */
	size_t *field;	 /* [n_column] */
	size_t *hint;	 /* [n_column] */
	enum match *how; /* [n_column] */
	size_t level_row[HEADER_LEVELS_MAX]; /* of the levels of path: which row of the try */
	size_t n_level;
	struct span title[DATA_HEADER_ROWS_MAX]; /* columns under a text that stands over all figures; n 0: none */
	size_t *best;	 /* [n_field] how its best column matches */
	struct buf path;
	struct buf plain; /* the path without what stands behind its text */
};

/* The text of a row of the try; it may have several levels itself. */
static void put_level(struct trial *t, size_t row, const char *text)
{
	if (!*text)
		return;
	if (t->path.n)
		buf_puts(&t->path, HEADER_DIVIDER);
	buf_puts(&t->path, text);
	for (const char *level = text; level && t->n_level < HEADER_LEVELS_MAX; level = header_below(level))
		t->level_row[t->n_level++] = row;
}

/* The path of a column by merged cells. False for one without a text, or the second of a merged cell. */
static bool put_exact_path(struct trial *t, size_t column)
{
	bool is_own = false;
	unsigned above = 0;

	t->path.n = t->n_level = 0;
	for (size_t i = 0; i < t->n_row; i++) {
		size_t at = (t->first + i) * t->texts->n_column + column;
		unsigned owner = t->texts->owner[at];

		is_own |= owner && (!column || t->texts->owner[at - 1] != owner);
		if (owner && owner != above)
			put_level(t, i, t->texts->text[at]);
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
	t->path.n = t->n_level = 0;
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
		put_level(t, i, text);
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

/* Whether the text of a column in a row of the try is the one of the column on its left. */
static bool goes_on(const struct trial *t, size_t row, size_t column)
{
	size_t at = (t->first + row) * t->texts->n_column + column;

	if (t->is_merged)
		return t->texts->owner[at] && t->texts->owner[at] == t->texts->owner[at - 1];
	for (size_t i = 0; i <= row; i++)
		if (*t->texts->text[(t->first + i) * t->texts->n_column + column])
			return false;
	return true;
}

/* The widest text of a row. */
static struct span widest(const struct trial *t, size_t row)
{
	struct span s = { 0 };

	for (size_t i = 0, first = 0; i < t->texts->n_column; i++) {
		if (!i || !goes_on(t, row, i))
			first = i;
		if (i + 1 - first > s.n && *t->texts->text[(t->first + row) * t->texts->n_column + first])
			s = (struct span){ first, i + 1 - first };
	}
	return s;
}

static bool is_blank_column(const struct trial *t, size_t column)
{
	for (size_t i = t->first; i < t->first + t->n_row; i++)
		if (*t->texts->text[i * t->texts->n_column + column])
			return false;
	return true;
}

/* Whether beside the text stand only columns of names and other texts, and in front of them one that is not known: ordinals. */
static bool is_over_figures(const struct trial *t, struct span s)
{
	for (size_t i = 0; i < t->texts->n_column; i++) {
		size_t field = t->field[i];

		if ((i >= s.first && i < s.first + s.n) || is_blank_column(t, i))
			continue;
		if (field == FIELD_NONE ? i > 0 : t->matcher->dataset->field[field].unit && *t->matcher->dataset->field[field].unit)
			return false;
	}
	return s.n > 1;
}

static bool find_titles(struct trial *t)
{
	bool any = false;

	for (size_t i = 0; i + 1 < t->n_row; i++) {
		struct span s = widest(t, i);

		if (is_over_figures(t, s))
			t->title[i] = s;
		any |= t->title[i].n > 0;
	}
	return any;
}

static size_t without_marks_end(const char *s, size_t n)
{
	while (n && (s[n - 1] == ' ' || s[n - 1] == ':' || s[n - 1] == '*'))
		n--;
	return n;
}

/* Bytes of a path without a colon or a mark of a footnote behind it: "(*)", "(1)", "*". */
static size_t without_marks(const char *s, size_t n)
{
	size_t end = without_marks_end(s, n);

	if (!end || s[end - 1] != ')')
		return end;
	for (n = end - 1; n && strchr("0123456789*", s[n - 1]);)
		n--;
	return n && n < end - 1 && s[n - 1] == '(' ? without_marks_end(s, n - 1) : end;
}

/* A match of what stands before a unit in brackets: the text in them says the unit, or it in another scale. */
static enum match with_unit(enum match how, const char *text, size_t n, const char *unit)
{
	struct arena tmp = { 0 };
	struct units said = units_inside(text, n);
	enum likeness like = units_likeness(&said, header_text(unit, strlen(unit), &tmp));

	arena_clear(&tmp);
	switch (like) {
	case UNIT_SAME:
		return how;
	case UNIT_SCALED:
		return how > MATCH_HINT ? MATCH_SCALED : how;
	case UNIT_OTHER:
		break;
	}
	return MATCH_NONE;
}

/* The path in t->path without marks and without the field's unit behind it, in whatever scale; no other unit is left out. */
static enum match find_plain(struct trial *t, const bool *title, size_t *field)
{
	char *s;
	size_t n = without_marks(t->path.text, t->path.n);
	size_t begin = units_brackets(t->path.text, n);
	size_t end = without_marks_end(t->path.text, begin);
	enum match how;

	if (n == t->path.n && begin == n)
		return MATCH_NONE;
	t->plain.n = 0;
	buf_put(&t->plain, t->path.text, t->path.n);
	buf_putc(&t->plain, 0);
	s = t->plain.text;
	s[n] = '\0';
	how = n < t->path.n ? matcher_match(t->matcher, s, title, field) : MATCH_NONE;
	if (how > MATCH_HINT || begin == n || !end)
		return how;
	s[end] = '\0';
	how = matcher_match(t->matcher, s, title, field);
	return how == MATCH_NONE ? how : with_unit(how, s + begin + 1, n - begin - 2, t->matcher->dataset->field[*field].unit);
}

/* The path of a column, which is in t->path, as a field. */
static void match_column(struct trial *t, size_t i)
{
	bool title[HEADER_LEVELS_MAX] = { false };
	size_t field;

	for (size_t k = 0; k < t->n_level; k++)
		title[k] = i - t->title[t->level_row[k]].first < t->title[t->level_row[k]].n;
	t->how[i] = matcher_match(t->matcher, t->path.text, title, &field);
	if (t->how[i] == MATCH_NONE) {
		t->how[i] = find_plain(t, title, &field);
		field = t->how[i] == MATCH_NONE ? FIELD_NONE : field;
	}
	if (t->how[i] <= MATCH_HINT)
		t->hint[i] = field;
	else
		t->field[i] = field;
	if (t->how[i] != MATCH_NONE && t->how[i] > t->best[field])
		t->best[field] = t->how[i];
}

/* Each column as a field. True if there are hints. */
static bool match_paths(struct trial *t, const char **path, struct arena *a)
{
	const char *above[DATA_HEADER_ROWS_MAX] = { "", "", "", "" };
	bool has_hints = false;

	memset(t->best, 0, t->matcher->dataset->n_field * sizeof *t->best);
	for (size_t i = 0; i < t->texts->n_column; i++) {
		t->field[i] = t->hint[i] = FIELD_NONE;
		t->how[i] = MATCH_NONE;
		if (!put_path(t, i, above))
			continue;
		match_column(t, i);
		has_hints |= t->how[i] == MATCH_HINT;
		if (path)
			path[i] = arena_slice(a, t->path.text, t->path.n);
	}
	return has_hints;
}

/* Fills t->field; weaker matches of a field that has a stronger one are dropped. path [n_column] or NULL. */
static void match_columns(struct trial *t, struct header *h, const char **path, struct arena *a)
{
	size_t n_field = t->matcher->dataset->n_field;

	t->is_merged = false;
	for (size_t i = t->first; i < t->first + t->n_row; i++)
		t->is_merged |= t->texts->is_merged[i];
	memset(t->title, 0, sizeof t->title);
	if (match_paths(t, path, a) && find_titles(t))
		match_paths(t, path, a);
	for (size_t i = 0; i < t->texts->n_column; i++)
		if (t->field[i] != FIELD_NONE && t->how[i] < t->best[t->field[i]])
			t->field[i] = FIELD_NONE;
	*h = (struct header){ .first = t->first, .n_row = t->n_row, .field = t->field, .hint = t->hint, .how = t->how, .n_column = t->texts->n_column,
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

static void try_from(struct trial *t, struct header *best)
{
	struct header h;

	for (t->n_row = 1; t->n_row <= DATA_HEADER_ROWS_MAX && t->first + t->n_row <= t->texts->n_row; t->n_row++) {
		match_columns(t, &h, NULL, NULL);
		take_trial(t->texts, &h, best);
	}
}

/* Whether a row that was said only numbers the columns of those above it, or says their units. */
static bool is_below(const struct row *row, const struct row_words *words)
{
	return words && (numbering_of(row, words) != NUMBERING_NONE || units_fill_row(row, words));
}

/* The rows that somebody has said. */
static void try_said(struct trial *t, const struct header_rows *rows, struct header *best)
{
	struct header h;

	while (t->first < rows->n_row && rows->row[t->first].row < rows->first)
		t->first++;
	while (t->first + t->n_row < rows->n_row && rows->row[t->first + t->n_row].row <= rows->last
		&& t->n_row < DATA_HEADER_SAID_MAX)
		t->n_row++;
	while (t->n_row > 1 && is_below(&rows->row[t->first + t->n_row - 1], t->matcher->words))
		t->n_row--;
	if (!t->n_row || t->n_row > DATA_HEADER_ROWS_MAX)
		return;
	match_columns(t, &h, NULL, NULL);
	take_trial(t->texts, &h, best);
}

/* Whether a row says units and nothing else. */
static bool says_units(const struct trial *t, size_t i_row)
{
	struct arena tmp = { 0 };
	bool is = t->matcher->words != NULL;

	for (size_t i = 0; i < t->texts->n_column && is; i++) {
		const char *text = t->texts->text[i_row * t->texts->n_column + i];

		is = !*text || units_read(text, strlen(text), t->matcher->words, &tmp).how != SAYS_NOTHING;
	}
	arena_clear(&tmp);
	return is;
}

/* Whether both have the same columns. */
static bool is_as_good(const struct header *a, const struct header *b)
{
	if (compare(a, b) != 0)
		return false;
	for (size_t i = 0; i < a->n_column; i++)
		if (a->field[i] != b->field[i])
			return false;
	return true;
}

/* The unit line of the table above a column that nobody knows, or above none, is no row of the header. */
static void leave_out_units(struct trial *t, const struct header *best, struct arena *a)
{
	struct header kept = *best;
	struct header h;

	kept.field = ARENA_ARRAY(a, best->n_column, size_t);
	memcpy(kept.field, best->field, best->n_column * sizeof *kept.field);
	while (t->n_row > 1 && says_units(t, t->first)) {
		t->first++;
		t->n_row--;
		match_columns(t, &h, NULL, NULL);
		if (is_as_good(&h, &kept))
			continue;
		t->first--;
		t->n_row++;
		return;
	}
}

void header_find(const struct header_rows *rows, const struct matcher *matcher, struct arena *a, struct header *best)
{
	struct arena tmp = { 0 };
	struct texts texts = texts_of(rows->row, rows->n_row, &tmp);
	struct trial t = { .texts = &texts, .matcher = matcher };

	t.field = ARENA_ARRAY(a, texts.n_column, size_t);
	t.hint = ARENA_ARRAY(a, texts.n_column, size_t);
	t.how = ARENA_ARRAY(a, texts.n_column, enum match);
	t.best = ARENA_ARRAY(&tmp, matcher->dataset->n_field, size_t);
	*best = (struct header){ .matcher = matcher, .n_column = texts.n_column };
	if (rows->first)
		try_said(&t, rows, best);
	for (; !rows->first && t.first < rows->n_row && t.first < rows->within; t.first++)
		if (!is_blank_row(&texts, t.first))
			try_from(&t, best);
	if (best->n_matched) { /* once more, for its columns */
		size_t rival = best->rival;
		size_t n_rival = best->n_rival;

		t.first = best->first;
		t.n_row = best->n_row;
		match_columns(&t, best, NULL, NULL);
		leave_out_units(&t, best, &tmp);
		match_columns(&t, best, ARENA_ARRAY(a, texts.n_column, const char *), a);
		best->rival = rival;
		best->n_rival = n_rival;
	}
	buf_clear(&t.path);
	buf_clear(&t.plain);
	arena_clear(&tmp);
}
