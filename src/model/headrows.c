/* Rows that belong to the header: those of column numbers and of units below it, and the header again on each page. */
#include "model/datasink.h"

#include "base/utf8.h"
#include "model/typing.h"

#include <string.h>

enum {
	OTHER_LEAST = 2, /* texts of the header that make a row another one, or one more of it */
	YEAR_DIGITS = 4,
};

static bool has_digit(const char *s)
{
	return s[strcspn(s, "0123456789")] != '\0';
}

/* Whether a cell stands behind the name of its row. */
static bool is_of_figures(const struct data_sink *s, const struct cell *c)
{
	return c->col > s->column_of[s->dataset->label];
}

/* Whether the row says the units of the columns, and nothing else: no name, no figure, and at least half of the cells are known units. */
static bool is_units(struct data_sink *s, const struct row *row, struct diags *d)
{
	size_t n_known = 0;
	size_t n_other = 0;

	for (size_t i = 0; i < row->n_cell; i++) {
		const struct cell *c = &row->cell[i];

		if (cell_is_blank(c))
			continue;
		if (units_know(s, c, d))
			n_known++;
		else if (has_digit(sink_folded(s, c)) || !is_of_figures(s, c))
			return false;
		else
			n_other++;
	}
	if (!n_known || n_known < n_other)
		return false;
	columns_choose(s, row, d);
	for (size_t i = 0; i < row->n_cell; i++)
		units_below(s, &row->cell[i], d);
	return true;
}

static bool is_same_text(struct data_sink *s, const struct cell *a, const struct cell *b)
{
	struct arena tmp = { 0 };
	bool is;

	if (a->n_text == b->n_text && !memcmp(a->text, b->text, a->n_text))
		return true;
	is = !strcmp(utf8_fold(a->text, a->n_text, &tmp), utf8_fold_into(b->text, b->n_text, &s->folded));
	arena_clear(&tmp);
	return is;
}

bool headrows_are_same(struct data_sink *s, const struct row *a, const struct row *b)
{
	size_t i = 0;
	size_t k = 0;

	for (;;) {
		const struct cell *x = sink_next_cell(a, &i);
		const struct cell *y = sink_next_cell(b, &k);

		if (!x || !y)
			return !x && !y;
		if (x->col != y->col || !is_same_text(s, x, y))
			return false;
	}
}

/* ---- the header again ---- */

static void read_head_texts(struct data_sink *s)
{
	map_init(&s->head_texts, s->arena);
	s->has_head_texts = true;
	for (size_t i = 0; i < s->n_head; i++)
		for (size_t k = 0; k < s->head[i].n_cell; k++)
			if (!cell_is_blank(&s->head[i].cell[k]))
				map_add(&s->head_texts, arena_text(s->arena, sink_folded(s, &s->head[i].cell[k])), k, NULL);
}

/* Whether the row has texts of the header, among them the one over the names, and other texts where figures should be. */
static bool is_other_head(struct data_sink *s, const struct row *row, const struct look *l)
{
	size_t n = 0;
	bool is_label = false;

	if (!s->has_figures || l->has_figures)
		return false;
	if (!s->has_head_texts)
		read_head_texts(s);
	for (size_t i = 0; i < row->n_cell; i++) {
		const struct cell *c = &row->cell[i];

		if (cell_is_blank(c) || !map_find(&s->head_texts, sink_folded(s, c), NULL))
			continue;
		n++;
		is_label |= c->col == s->column_of[s->dataset->label];
	}
	return n >= OTHER_LEAST || (is_label && l->has_words);
}

/* Row i of the header is there again; it counts with the last one. */
static void count_repeated(struct data_sink *s, const struct row *row, size_t i)
{
	s->next_head = i + 1;
	s->again = i ? s->again : row->row;
	if (s->next_head == s->n_head && !s->n_repeated++)
		s->repeated = sink_place(s, s->again, 0);
}

enum head_row headrows_repeat(struct data_sink *s, const struct row *row, const struct look *l)
{
	size_t next = s->next_head < s->n_head ? s->next_head : 0;

	s->next_head = 0;
	if (l->has_figures && s->has_figures && !next)
		return HEAD_NONE;
	if (headrows_are_same(s, &s->head[next], row)) {
		count_repeated(s, row, next);
		return next ? HEAD_GOES_ON : HEAD_AGAIN;
	}
	return next || is_other_head(s, row, l) ? HEAD_OTHER : HEAD_NONE;
}

bool headrows_refuse(struct data_sink *s, const struct row *row, struct diags *d)
{
	size_t i = 0;
	const struct cell *first = sink_next_cell(row, &i);

	s->n_repeated -= s->next_head == s->n_head; /* it is none of them */
	return diag_error(d, sink_place(s, first->row, first->col), "second-table",
		"a second header begins here ('%s'); only one table of a sheet is read: move the second one to a sheet or file of its own, with "
		"a <source> of its own, or delete it",
		shown_text(first->text, first->n_text, s->arena));
}

void headrows_end(struct data_sink *s, struct diags *d)
{
	if (s->n_unfilled)
		diag_note(d, s->unfilled, "unfilled-rows",
			"rows with a number and nothing else are read as blank (%zu in all, this is the first)", s->n_unfilled);
	if (s->n_repeated)
		diag_note(d, s->repeated, "repeated-header",
			"the header is there again (%zu in all, this is the first); it is skipped, and the rows below it are read", s->n_repeated);
}

/* ---- a row of the header that the dataset does not know ---- */

static bool is_year(const char *text)
{
	return strlen(text) == YEAR_DIGITS && strspn(text, "0123456789") == YEAR_DIGITS && (text[0] == '1' || text[0] == '2');
}

/* Whether the row has nothing but texts and years, right of the names, and several of them. */
static bool is_of_headings(struct data_sink *s, const struct row *row, struct diags *d)
{
	size_t n = 0;

	for (size_t i = 0; i < row->n_cell; i++) {
		const struct cell *c = &row->cell[i];
		const char *text;

		if (cell_is_blank(c))
			continue;
		text = sink_folded(s, c);
		if (!is_of_figures(s, c) || (has_digit(text) && !is_year(text) && strspn(text, "0123456789.,%-") == strlen(text)))
			return false;
		if (row_words_match(sink_words(s, d)->note, sink_folded(s, c)))
			return false;
		n++;
	}
	return n >= OTHER_LEAST;
}

bool headrows_go_on(struct data_sink *s, const struct row *row, const struct look *l, struct diags *d)
{
	if (!s->after_header || s->again || s->source->header_first)
		return false;
	if (s->reaching && row->row < s->reaching->row + s->reaching->n_rows)
		return true;
	return s->has_figures && !l->has_key && is_of_headings(s, row, d);
}

/* The lowest text of the header over a column; that on its left, where it has none. */
static const struct cell *heading_over(const struct data_sink *s, unsigned col)
{
	const struct cell *over = NULL;

	for (size_t i = 0; i < s->n_head; i++)
		for (size_t k = 0; k < s->head[i].n_cell && s->head[i].cell[k].col <= col; k++) {
			const struct cell *c = &s->head[i].cell[k];

			if (!cell_is_blank(c) && (!over || c->col >= over->col))
				over = c;
		}
	return over;
}

/* The label of the field that the heading is for; of the first field where it is for none. */
static const char *field_of_heading(const struct data_sink *s, const struct cell *heading)
{
	size_t field = heading && heading->col && heading->col <= s->n_column ? s->column[heading->col - 1] : FIELD_NONE;

	return s->label[field == FIELD_NONE ? s->dataset->label : field];
}

static const char *headings_text(struct data_sink *s, const struct row *row)
{
	const char *list[LISTED_MAX];
	size_t n = 0;

	for (size_t i = 0; i < row->n_cell; i++) {
		const struct cell *c = &row->cell[i];
		const struct cell *over = cell_is_blank(c) ? NULL : heading_over(s, c->col);

		if (over && n++ < LISTED_MAX)
			list[n - 1] = arena_printf(s->arena, "'%s > %s'", shown_text(over->text, over->n_text, s->arena),
				shown_text(c->text, c->n_text, s->arena));
	}
	return n ? word_list(list, n, s->arena) : "-";
}

bool headrows_refuse_row(struct data_sink *s, const struct row *row, struct diags *d)
{
	size_t i = 0;
	const struct cell *first = sink_next_cell(row, &i);
	const char *name = field_of_heading(s, heading_over(s, first->col));

	if (s->reaching && row->row < s->reaching->row + s->reaching->n_rows)
		return diag_error(d, sink_place(s, row->row, first->col), "header",
			"the header goes on in row %u, over which '%s' is merged, and the dataset '%s' knows none of these columns: %s; write the "
			"whole name over the column that is meant, such as '%s', or unmerge '%s', if the row is one of data",
			row->row, shown_text(s->reaching->text, s->reaching->n_text, s->arena), s->dataset->id, headings_text(s, row), name,
			shown_text(s->reaching->text, s->reaching->n_text, s->arena));
	return diag_error(d, sink_place(s, row->row, first->col), "header",
		"the header goes on in row %u, and the dataset '%s' knows none of these columns: %s; write the whole name over the column "
		"that is meant, such as '%s'",
		row->row, s->dataset->id, headings_text(s, row), name);
}

/* ---- column numbers ---- */

static const struct cell *cell_at(const struct row *row, unsigned col)
{
	for (size_t i = 0; col && i < row->n_cell; i++)
		if (row->cell[i].col == col && !cell_is_blank(&row->cell[i]))
			return &row->cell[i];
	return NULL;
}

static bool is_said(const struct data_sink *s, const struct row *row)
{
	return row->row <= s->source->header_last;
}

static bool is_same_cell(struct data_sink *s, const struct row *a, const struct row *b, unsigned col)
{
	const struct cell *x = cell_at(a, col);
	const struct cell *y = cell_at(b, col);

	return x && y && is_same_text(s, x, y);
}

/* Fields that tell rows apart. */
static size_t count_keys(const struct data_sink *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->dataset->n_field; i++)
		n += s->present[i] && (sink_field(s, i)->key || sink_field(s, i) == s->above || sink_field(s, i) == s->code);
	return n;
}

/* Whether the doubtful row numbers the columns, by the row behind it: that has a name of another kind, or the same ordinal or name,
 * which two rows of data do not have. */
static bool is_proved(struct data_sink *s, const struct row *next, struct diags *d)
{
	unsigned col = s->column_of[s->dataset->label];
	const struct row_words *words = sink_words(s, d);
	const struct cell *label = cell_at(next, col);

	if (!label || numbering_cell_of(label, words) != numbering_cell_of(cell_at(&s->doubtful, col), words))
		return true;
	return is_same_cell(s, next, &s->doubtful, s->ordinal_column)
		|| (count_keys(s) == 1 && is_same_cell(s, next, &s->doubtful, col));
}

static void refuse_doubtful(struct data_sink *s, struct diags *d)
{
	const struct row *row = &s->doubtful;
	const struct cell *label = cell_at(row, s->column_of[s->dataset->label]);
	unsigned first = s->head[0].row;
	unsigned last = s->head[s->n_head - 1].row;
	const char *head = first == last ? arena_printf(s->arena, "%u", first) : arena_printf(s->arena, "%u-%u", first, last);

	s->wrong = !diag_error(d, sink_place(s, row->row, label->col), "column-numbers",
		"this row can number the columns, or be the figures of '%s'; say which in the job's <source>: <header rows=\"%u-%u\"/>, if it "
		"numbers them, <header rows=\"%s\"/>, if it is data",
		shown_text(label->text, label->n_text, s->arena), first, row->row, head);
}

const struct row *headrows_settle(struct data_sink *s, const struct row *next, struct diags *d)
{
	if (!s->is_doubtful)
		return NULL;
	s->is_doubtful = false;
	if (next && is_proved(s, next, d)) {
		s->is_numbered = true;
		s->numbers = s->doubtful;
		return NULL;
	}
	if (s->source->header_first)
		return &s->doubtful;
	refuse_doubtful(s, d);
	return NULL;
}

bool headrows_only_number(struct data_sink *s, const struct row *row, const struct look *l, struct diags *d)
{
	size_t i = 0;
	const struct cell *only = sink_next_cell(row, &i);
	struct ordinal o;

	if (l->has_key || l->has_figures || !only || sink_next_cell(row, &i) || only->col != s->ordinal_column
		|| only->n_text > ROW_TEXT_MAX || !datarow_has_ordinals(s, d))
		return false;
	o = ordinal_read(only->text, only->n_text, s->last_letter);
	if (o.rank == ORDINAL_NONE || o.rank == ORDINAL_DASH || o.has_label)
		return false;
	if (!s->n_unfilled++)
		s->unfilled = sink_place(s, only->row, only->col);
	return true;
}

/* Whether the row numbers the columns, or is kept until the next one says whether it does. */
static bool is_numbers(struct data_sink *s, const struct row *row, struct diags *d)
{
	enum numbering kind;

	if (s->is_numbered || s->is_doubtful)
		return false;
	kind = numbering_of(row, sink_words(s, d));
	if (kind == NUMBERING_NONE)
		return false;
	if (kind == NUMBERING_SURE || is_said(s, row) || !cell_at(row, s->column_of[s->dataset->label])
		|| (s->numbers.n_cell && headrows_are_same(s, row, &s->numbers))) {
		s->is_numbered = true;
		s->numbers = s->numbers.n_cell ? s->numbers : sink_copy_row(s, row);
	} else {
		s->is_doubtful = true;
		s->doubtful = sink_copy_row(s, row);
	}
	return true;
}

bool headrows_take(struct data_sink *s, const struct row *row, struct diags *d)
{
	return s->after_header && (is_numbers(s, row, d) || is_units(s, row, d));
}
