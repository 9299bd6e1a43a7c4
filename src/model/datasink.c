/* The sink that types rows. Of a source whose cells have no names the first rows are kept until the header is chosen
 * among them; of one whose cells have names each new name is looked up once. Behind the header it finds out which rows are
 * data: none is lost without a finding. */
#include "model/datasink.h"

#include "base/utf8.h"
#include "model/typing.h"

#include <string.h>

enum {
	PENDING_MAX = 4 << 20, /* [bytes] of rows that are kept before the header is chosen */
};

/* ---- rows that are kept ---- */

struct row sink_copy_row(struct data_sink *s, const struct row *row)
{
	struct cell *cell = ARENA_ARRAY(s->arena, row->n_cell, struct cell);

	for (size_t i = 0; i < row->n_cell; i++) {
		cell[i] = row->cell[i];
		cell[i].text = arena_slice(s->arena, cell[i].text, cell[i].n_text);
	}
	return (struct row){ cell, row->n_cell, row->row, s->sheet };
}

static void keep_pending(struct data_sink *s, const struct row *row)
{
	for (size_t i = 0; i < row->n_cell; i++)
		s->pending_size += row->cell[i].n_text + sizeof *row->cell;
	*ARENA_PUSH(s->arena, s->pending, s->n_pending, &s->cap_pending) = sink_copy_row(s, row);
}

/* ---- what a row holds ---- */

/* Whether a cell of a column of numbers begins as a number does. */
static bool begins_number(const struct cell *c)
{
	const char *s = c->text;
	size_t n = c->n_text;
	size_t sign;

	utf8_trim(&s, &n);
	sign = *s == '-' || *s == '.' || *s == ',' || *s == '[';

	return (*s >= '0' && *s <= '9') || (sign && n > sign && ((s[1] >= '0' && s[1] <= '9') || *s == '['));
}

/* Two letters are a word: "x" may stand for a figure. */
static bool has_letters(const struct cell *c)
{
	unsigned n = 0;

	for (size_t i = 0; i < c->n_text && n < 2; i++)
		n += (c->text[i] >= 'A' && c->text[i] <= 'Z') || (c->text[i] >= 'a' && c->text[i] <= 'z');
	return n == 2;
}

static bool names_row(const struct data_sink *s, size_t field)
{
	return sink_field(s, field)->key || field == s->dataset->label;
}

/* A name that a merged cell above covers. */
static bool has_covered_key(const struct data_sink *s, const struct row *row)
{
	for (size_t i = 0; s->has_covered && i < s->dataset->n_field; i++)
		if (s->covered[i] >= row->row && names_row(s, i))
			return true;
	return false;
}

bool sink_may_lack(const struct data_sink *s, size_t field)
{
	return s->source->repeats && sink_field(s, field)->type == FIELD_MONTH;
}

/* Fields that may not be empty, but for those that name the row. */
static size_t count_needed(const struct data_sink *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->dataset->n_field; i++)
		n += sink_field(s, i)->needed && s->present[i] && !names_row(s, i);
	return n;
}

struct look sink_look(const struct data_sink *s, const struct row *row)
{
	struct look l = { .is_blank = true, .has_key = has_covered_key(s, row) };
	size_t n_needed = s->has_figures ? 0 : count_needed(s);

	for (size_t i = 0; i < row->n_cell && !(l.has_key && l.has_figures); i++) {
		const struct cell *c = &row->cell[i];
		size_t field = c->col && c->col <= s->n_column ? s->column[c->col - 1] : FIELD_NONE;

		if (cell_is_blank(c))
			continue;
		l.is_blank = false;
		if (field == FIELD_NONE)
			continue;
		l.n_filled++;
		l.has_key |= names_row(s, field);
		if (!s->has_figures) {
			n_needed -= n_needed && sink_field(s, field)->needed && !names_row(s, field);
			l.has_figures = l.has_key && l.n_filled > 1 && !n_needed;
		} else if (field_is_number(sink_field(s, field)->type) && (c->kind != CELL_TEXT || begins_number(c))) {
			l.has_figures = true;
			l.figure = l.figure ? l.figure : c;
		} else if (field_is_number(sink_field(s, field)->type)) {
			l.has_words |= has_letters(c);
		}
	}
	return l;
}

/* ---- rows ---- */

/* A row that does not belong to the header. */
static bool take_body(struct data_sink *s, const struct row *row, const struct look *l, struct diags *d)
{
	bool note;

	if (ofwhich_take(s, row, l, d))
		return true;
	if (held_must_wait(s, row, l, &note, d))
		return held_add(s, row, l, note, d);
	if (!l->has_figures)
		held_warn_behind(s, row, d);
	return held_release(s, row, d) && datarow_add(s, row, d);
}

/* The row behind the one that may number the columns, or NULL at the end. */
static bool settle_doubtful(struct data_sink *s, const struct row *next, struct diags *d)
{
	const struct row *row = headrows_settle(s, next, d);
	struct look l;

	if (!row)
		return true;
	l = sink_look(s, row);
	return take_body(s, row, &l, d);
}

/* The first row of the header again. A title behind the total says that it is another table. */
static bool begin_page(struct data_sink *s, const struct row *row, struct diags *d)
{
	if (s->is_closed && held_has_title(s))
		return headrows_refuse(s, row, d);
	return held_end_page(s, d);
}

/* A row behind the header. */
static bool take_data(struct data_sink *s, const struct row *row, struct diags *d)
{
	struct look l = sink_look(s, row);
	enum head_row head;

	if (l.is_blank || headrows_take(s, row, d))
		return true;
	if (headrows_only_number(s, row, &l, d))
		return true;
	if (headrows_go_on(s, row, &l, d))
		return headrows_refuse_row(s, row, d);
	if (!settle_doubtful(s, row, d))
		return false;
	head = headrows_repeat(s, row, &l);
	s->after_header = head == HEAD_AGAIN || head == HEAD_GOES_ON;
	s->is_numbered = s->is_numbered && !s->after_header;
	switch (head) {
	case HEAD_AGAIN:
		return begin_page(s, row, d);
	case HEAD_GOES_ON:
		return true;
	case HEAD_OTHER:
		return headrows_refuse(s, row, d);
	case HEAD_NONE:
		break;
	}
	return take_body(s, row, &l, d);
}

static bool is_blank(const struct row *row)
{
	size_t i = 0;

	return !sink_next_cell(row, &i);
}

/* A row of a source whose cells have names. */
static bool take_named(struct data_sink *s, const struct row *row, struct diags *d)
{
	return is_blank(row) || datarow_add(s, row, d);
}

/* ---- the header ---- */

static bool no_header(struct data_sink *s, struct diags *d)
{
	columns_hint_encoding(s, sink_place(s, 0, 0), d);
	if (s->source->header_first)
		return diag_error(d, s->source->header_at, "header",
			"rows %u to %u of '%s' have no header text of the dataset '%s', such as '%s'; found: %s",
			s->source->header_first, s->source->header_last, s->source->shown, s->dataset->id, s->label[0],
			columns_first_texts(s, s->source->header_first));
	return diag_error(d, sink_place(s, s->n_pending ? s->pending[0].row : 0, 0), "missing-column",
		"no row among the first %d has a header text of the dataset '%s', such as '%s'; found: %s", DATA_HEADER_WITHIN,
		s->dataset->id, s->label[0], columns_first_texts(s, 0));
}

/* "3" or "3-4": places of rows. */
static const char *rows_text(const struct data_sink *s, size_t first, size_t n)
{
	if (n == 1)
		return arena_printf(s->arena, "%u", s->pending[first].row);
	return arena_printf(s->arena, "%u-%u", s->pending[first].row, s->pending[first + n - 1].row);
}

static bool check_rival(struct data_sink *s, const struct header *h, struct diags *d)
{
	if (!h->n_rival)
		return true;
	return diag_error(d, sink_place(s, s->pending[h->rival].row, 0), "ambiguous-header",
		"the rows %s and the rows %s can both be the header; say which by <header rows=\"%s\"/> in the job's <source>, and delete the "
		"other table",
		rows_text(s, h->first, h->n_row), rows_text(s, h->rival, h->n_rival), rows_text(s, h->first, h->n_row));
}

/* Chooses the header among the rows kept and types those behind it. */
static bool end_pending(struct data_sink *s, struct diags *d)
{
	struct header_rows rows = { s->pending, s->n_pending, DATA_HEADER_WITHIN, s->source->header_first, s->source->header_last };
	struct header h;

	s->has_header = true;
	s->matcher.words = sink_words(s, d);
	header_find(&rows, &s->matcher, s->arena, &h);
	if (!h.n_matched)
		return no_header(s, d);
	if (!check_rival(s, &h, d))
		return false;
	columns_take(s, &h, d);
	units_above(s, h.first, d);
	units_header(s, &h, s->pending[h.first].row, d);
	s->after_header = true;
	for (size_t i = h.first + h.n_row; i < s->n_pending; i++)
		if (!take_data(s, &s->pending[i], d))
			return false;
	return true;
}

static bool take_row(struct data_sink *s, const struct row *row, struct diags *d)
{
	if (!s->begun && row->n_cell) {
		s->begun = true;
		s->sheet = row->sheet ? arena_text(s->arena, row->sheet) : NULL;
		s->named = row->cell[0].name != NULL;
	}
	if (s->named)
		return take_named(s, row, d);
	if (s->has_header)
		return take_data(s, row, d);
	keep_pending(s, row);
	if (s->n_pending < DATA_HEADER_WITHIN + DATA_HEADER_ROWS_MAX
		&& s->pending_size < PENDING_MAX)
		return true;
	return end_pending(s, d);
}

static bool take(struct row_sink *sink, const struct row *row, size_t n_row, struct diags *d)
{
	struct data_sink *s = (struct data_sink *)sink;

	bool ok = true;

	for (size_t i = 0; i < n_row && ok; i++)
		ok = take_row(s, &row[i], d);
	s->wrong = s->wrong || !ok;
	buf_clear(&s->folded);
	return ok;
}

/* ---- the sink ---- */

static void init_fields(struct data_sink *s)
{
	size_t n = s->dataset->n_field;

	s->label = ARENA_ARRAY(s->arena, n, const char *);
	s->present = ARENA_ARRAY(s->arena, n, bool);
	s->state = ARENA_ARRAY(s->arena, n, struct cell_state);
	s->waiting.state = ARENA_ARRAY(s->arena, n, struct cell_state);
	s->covered = ARENA_ARRAY(s->arena, n, unsigned);
	s->has_unit_said = ARENA_ARRAY(s->arena, n, bool);
	s->column_of = ARENA_ARRAY(s->arena, n, unsigned);
	s->maybe = ARENA_ARRAY(s->arena, n, const char *);
	s->number = number_columns(s->source, s->dataset, s->label, s->arena);
	for (size_t i = 0; i < n; i++)
		s->label[i] = header_name(sink_field(s, i)->label, s->matcher.year, s->arena);
}

struct data_sink *data_sink_new(const struct source *source, const struct dataset *dataset, struct library *library,
	struct arena *a)
{
	struct data_sink *s = ARENA_NEW(a, struct data_sink);

	s->sink.take = take;
	s->source = source;
	s->dataset = dataset;
	s->library = library;
	s->arena = a;
	s->groups.arena = a;
	map_init(&s->names, a);
	map_init(&s->keys, a);
	matcher_init(&s->matcher, dataset, source->period_year, a);
	s->above = dataset_field(dataset, "parent");
	s->code = dataset_field(dataset, "code");
	init_fields(s);
	return s;
}

struct row_sink *data_sink_rows(struct data_sink *s)
{
	return &s->sink;
}

/* What only the end of the source tells. */
static void end_rows(struct data_sink *s, struct diags *d)
{
	settle_doubtful(s, NULL, d);
	held_end_data(s, d);
	datarow_end(s, d);
	groups_end(&s->groups, NULL, false, s->n_row);
	totalrow_end(s, d);
	datarow_check_groups(s, d);
	datarow_strip_names(s, d);
	held_end(s, d);
	headrows_end(s, d);
	units_end(s, d);
	if (s->named) {
		columns_end(s, sink_place(s, 0, 0), d);
		if (s->source->header_first)
			diag_warning(d, s->source->header_at, "header", "'%s' names each figure and has no rows of header texts; delete <header>",
				s->source->shown);
	}
	for (size_t i = 0; i < s->dataset->n_field; i++)
		if (!number_column_settle(&s->number[i], s->arena, d))
			s->wrong = true;
	if (!s->wrong && !s->n_row)
		s->wrong = !diag_error(d, sink_place(s, 0, 0), "no-rows",
			"there is no row of figures; fill in at least one below the header");
}

bool data_sink_finish(struct data_sink *s, struct data *data, struct diags *d)
{
	if (!s->named && !s->has_header && !s->wrong && !end_pending(s, d))
		s->wrong = true;
	end_rows(s, d);
	*data = (struct data){
		.source = s->source,
		.dataset = s->dataset,
		.row = s->row,
		.n_row = s->n_row,
		.total = s->total,
		.group = s->groups.group,
		.n_group = s->groups.n_group,
		.present = s->present,
	};
	if (!s->wrong)
		s->wrong = !groups_check(data, s->label, s->arena, d);
	map_clear(&s->keys);
	buf_clear(&s->folded);
	return !s->wrong;
}
