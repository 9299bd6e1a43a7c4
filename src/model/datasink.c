/* The sink that types rows. Of a source whose cells have no names the first rows are kept until the header is chosen
 * among them; of one whose cells have names each new name is looked up once. Behind the header it finds out which rows are
 * data: none is lost without a finding. */
#include "model/datasink.h"

#include "base/utf8.h"
#include "model/typing.h"

#include <string.h>

enum {
	PENDING_MAX = 4 << 20, /* [bytes] of rows that are kept before the header is chosen */
	HELD_MAX = 1000, /* rows without figures that are kept; more are read as data */
};

/* ---- rows that are kept ---- */

static struct row copy_row(struct data_sink *s, const struct row *row)
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
	*ARENA_PUSH(s->arena, s->pending, s->n_pending, &s->cap_pending) = copy_row(s, row);
}

/* ---- what a row holds ---- */

struct look {
	bool is_blank;
	bool has_key; /* a cell that names the row */
	bool has_figures; /* where no column is one of numbers: all that may not be empty */
	const struct cell *figure; /* the first of them, in a column of numbers */
	size_t n_filled; /* cells of fields, up to the first figure behind a name */
};

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

/* Fields that may not be empty, but for those that name the row. */
static size_t count_needed(const struct data_sink *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->dataset->n_field; i++)
		n += sink_field(s, i)->needed && s->present[i] && !names_row(s, i);
	return n;
}

static struct look look_at(const struct data_sink *s, const struct row *row)
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
		} else if (field_is_number(sink_field(s, field)) && (c->kind != CELL_TEXT || begins_number(c))) {
			l.has_figures = true;
			l.figure = l.figure ? l.figure : c;
		}
	}
	return l;
}

static const char *folded(struct data_sink *s, const struct cell *c)
{
	return utf8_fold_into(c->text, c->n_text < ROW_TEXT_MAX ? c->n_text : ROW_TEXT_MAX, &s->folded);
}

/* Whether the row is a note or a signature: where it has a name, by that alone. */
static bool is_note(struct data_sink *s, const struct row *row, const struct look *l, struct diags *d)
{
	const struct row_words *words = sink_words(s, d);
	const struct cell *label = datarow_label(s, row);

	if (l->has_key)
		return label && row_words_match(words->note, folded(s, label));
	for (size_t i = 0; i < row->n_cell; i++)
		if (row_words_match(words->note, folded(s, &row->cell[i])))
			return true;
	return false;
}

/* Whether the label stands over columns of figures. */
static bool is_heading(const struct data_sink *s, const struct row *row)
{
	const struct cell *label = datarow_label(s, row);

	if (!label || label->n_cols < 2)
		return false;
	for (size_t col = (size_t)label->col + 1; col < (size_t)label->col + label->n_cols && col <= s->n_column; col++)
		if (s->column[col - 1] != FIELD_NONE && field_is_number(sink_field(s, s->column[col - 1])))
			return true;
	return false;
}

/* ---- rows at the header ---- */

/* The unit that a cell says, without brackets, or "". */
static const char *unit_text(struct data_sink *s, const struct cell *c)
{
	const char *text = c->text;
	size_t n = c->n_text < ROW_TEXT_MAX ? c->n_text : ROW_TEXT_MAX;

	utf8_trim(&text, &n);
	if (n > 2 && *text == '(' && text[n - 1] == ')') {
		text++;
		n -= 2;
	}
	return utf8_fold_into(text, n, &s->folded);
}

/* Whether the row says the units of the columns, and nothing else. */
static bool is_units(struct data_sink *s, const struct row *row, const struct look *l, struct diags *d)
{
	const struct row_words *words = l->has_figures ? NULL : sink_words(s, d);

	if (!words)
		return false;
	for (size_t i = 0; i < row->n_cell; i++)
		if (*unit_text(s, &row->cell[i]) && !row_words_match(words->unit, unit_text(s, &row->cell[i])))
			return false;
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

/* The next cell that is not blank, from *i on; NULL: there is none. */
static const struct cell *next_cell(const struct row *row, size_t *i)
{
	for (; *i < row->n_cell; (*i)++)
		if (!cell_is_blank(&row->cell[*i]))
			return &row->cell[(*i)++];
	return NULL;
}

static bool is_same_row(struct data_sink *s, const struct row *a, const struct row *b)
{
	size_t i = 0;
	size_t k = 0;

	for (;;) {
		const struct cell *x = next_cell(a, &i);
		const struct cell *y = next_cell(b, &k);

		if (!x || !y)
			return !x && !y;
		if (x->col != y->col || !is_same_text(s, x, y))
			return false;
	}
}

/* Whether the row is the first row of the header again, or the next row of one that was. */
static bool repeats_header(struct data_sink *s, const struct row *row, const struct look *l)
{
	size_t next = s->next_head < s->n_head ? s->next_head : 0;

	s->next_head = 0;
	if (l->has_figures && s->has_figures && !next)
		return false;
	if (!is_same_row(s, &s->head[next], row))
		return false;
	s->next_head = next + 1;
	return true;
}

/* ---- rows without figures ---- */

static void note_skipped(struct data_sink *s, const struct held_row *h)
{
	const struct cell *first;
	size_t i = 0;

	if (s->n_skipped++)
		return;
	first = next_cell(&h->row, &i);
	s->skipped = sink_place(s, first->row, first->col);
	s->skipped_text = shown_text(first->text, first->n_text, s->arena);
}

static bool is_behind_notes(const struct data_sink *s)
{
	for (size_t i = 0; i < s->n_held; i++)
		if (s->held[i].is_note)
			return true;
	return false;
}

/* A name without figures behind notes that is read as data: it is more than a name, or data follow. */
static void warn_behind_notes(struct data_sink *s, const struct row *row, struct diags *d)
{
	const struct cell *label = datarow_label(s, row);

	if (is_behind_notes(s))
		diag_warning(d, sink_place(s, label->row, label->col), "behind-notes",
			"'%s' stands behind the notes below the table and has no figures; it is read as a row of data: delete it, or "
			"end the table with a row of totals, if it is none",
			shown_text(label->text, label->n_text, s->arena));
}

static bool add_held(struct data_sink *s, const struct held_row *h, struct diags *d)
{
	if (h->has_key && !h->is_note && !s->is_closed)
		warn_behind_notes(s, &h->row, d);
	return datarow_add(s, &h->row, d);
}

/* Data follow: what was held is data, a heading over them, or a note between them. */
static bool release_held(struct data_sink *s, struct diags *d)
{
	bool ok = true;

	for (size_t i = 0; i < s->n_held && ok; i++) {
		const struct held_row *h = &s->held[i];

		if (h->is_note && !h->figure.row)
			note_skipped(s, h);
		else if (h->is_heading)
			datarow_add_heading(s, &h->row, d);
		else
			ok = add_held(s, h, d);
	}
	s->n_held = 0;
	return ok;
}

static bool hold(struct data_sink *s, const struct row *row, const struct look *l, bool note, struct diags *d)
{
	struct held_row h = { .is_note = note, .has_key = l->has_key };

	if (s->n_held == HELD_MAX && !release_held(s, d))
		return false;
	h.is_heading = !note && !l->has_figures && is_heading(s, row);
	if (l->figure)
		h.figure = sink_place(s, l->figure->row, l->figure->col);
	h.row = copy_row(s, row);
	*ARENA_PUSH(s->arena, s->held, s->n_held, &s->cap_held) = h;
	return true;
}

/* Whether the row has to wait. What names an area is data even without figures, until the total has closed the table; but a name
 * alone behind notes is that of somebody who signs, if nothing follows. */
static bool must_wait(struct data_sink *s, const struct row *row, const struct look *l, bool *note, struct diags *d)
{
	enum total_kind kind;

	*note = false;
	kind = datarow_total_kind(s, datarow_label(s, row), d);
	if ((l->has_figures && l->has_key) || kind == TOTAL_WHOLE || kind == TOTAL_PART)
		return false;
	*note = is_note(s, row, l, d);
	if (l->has_figures)
		return *note;
	return *note || !l->has_key || s->is_closed || is_heading(s, row) || (l->n_filled == 1 && is_behind_notes(s));
}

/* A name that stands behind the total, or alone behind the notes where no total has closed the table: that of an area would be
 * missing in the figures. */
static void note_name(struct data_sink *s, const struct held_row *h, bool is_behind_notes, struct diags *d)
{
	const struct cell *label = datarow_label(s, &h->row);
	bool is_area = sink_field(s, s->dataset->label)->type == FIELD_AREA;

	if (!label || !h->has_key || h->is_note || h->is_heading)
		return;
	if (s->is_closed && is_area && !is_behind_notes)
		diag_warning(d, sink_place(s, label->row, label->col), "behind-total",
			"'%s' stands behind the total and has no figures, so it is skipped; move it above the total, if it is an area",
			shown_text(label->text, label->n_text, s->arena));
	else if (!s->is_closed)
		diag_add(d, is_area ? DIAG_WARNING : DIAG_NOTE, sink_place(s, label->row, label->col), "behind-notes",
			"'%s' stands alone behind the notes below the table and is taken for a signature; move it above them, if it is a row "
			"of data",
			shown_text(label->text, label->n_text, s->arena));
}

/* The end of the source: what is still held stands behind the table. */
static void skip_held(struct data_sink *s, struct diags *d)
{
	bool is_behind_notes = false;

	for (size_t i = 0; i < s->n_held; i++) {
		const struct held_row *h = &s->held[i];
		size_t k = 0;
		const struct cell *first = next_cell(&h->row, &k);

		note_skipped(s, h);
		note_name(s, h, is_behind_notes, d);
		is_behind_notes = is_behind_notes || h->is_note;
		if (h->figure.row)
			diag_warning(d, h->figure, "skipped-figures",
				"the row is skipped, because it stands behind the table and '%s' is a note; move the figure, if it is one of "
				"the table",
				shown_text(first->text, first->n_text, s->arena));
		else if (h->is_heading && h->has_key && !s->is_closed)
			diag_warning(d, sink_place(s, first->row, first->col), "skipped-figures",
				"'%s' is merged over the columns of figures and no rows follow; it is skipped: unmerge it, if it is a row of "
				"data",
				shown_text(first->text, first->n_text, s->arena));
	}
	s->n_held = 0;
	if (s->n_skipped)
		diag_note(d, s->skipped, "skipped-rows",
			"rows of notes, signatures and other texts are skipped (%zu, '%s' is the first)", s->n_skipped, s->skipped_text);
}

/* ---- rows ---- */

/* The row of column numbers, and those of units. */
static bool belongs_to_header(struct data_sink *s, const struct row *row, const struct look *l, struct diags *d)
{
	if (!s->after_header)
		return false;
	if (!s->is_numbered && header_is_numbering(row)) {
		s->is_numbered = true;
		return true;
	}
	return is_units(s, row, l, d);
}

/* A row that breaks down the one above: its figures are in that one. */
static bool is_breakdown(struct data_sink *s, const struct row *row, struct diags *d)
{
	const struct cell *label = datarow_label(s, row);

	if (sink_field(s, s->dataset->label)->type != FIELD_AREA || !row_words_match(sink_words(s, d)->of_which, folded(s, label)))
		return false;
	diag_note(d, sink_place(s, label->row, label->col), "of-which",
		"'%s' breaks down the row above and is no row of data; it is skipped", shown_text(label->text, label->n_text, s->arena));
	return true;
}

/* A row behind the header. */
static bool take_data(struct data_sink *s, const struct row *row, struct diags *d)
{
	struct look l = look_at(s, row);
	bool note;

	if (l.is_blank)
		return true;
	if (belongs_to_header(s, row, &l, d))
		return true;
	s->after_header = repeats_header(s, row, &l);
	if (s->after_header) {
		s->is_numbered = false;
		return true;
	}
	if (is_breakdown(s, row, d))
		return true;
	if (must_wait(s, row, &l, &note, d))
		return hold(s, row, &l, note, d);
	if (!l.has_figures)
		warn_behind_notes(s, row, d);
	return (!s->n_held || release_held(s, d)) && datarow_add(s, row, d);
}

static bool is_blank(const struct row *row)
{
	size_t i = 0;

	return !next_cell(row, &i);
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
	for (size_t i = 0; i < s->n_matcher; i++)
		s->matcher[i].words = sink_words(s, d);
	header_find(&rows, s->matcher, s->n_matcher, s->arena, &h);
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
	s->bad = ARENA_ARRAY(s->arena, n, bool);
	s->waiting.bad = ARENA_ARRAY(s->arena, n, bool);
	s->covered = ARENA_ARRAY(s->arena, n, unsigned);
	s->has_unit_said = ARENA_ARRAY(s->arena, n, bool);
	s->column_of = ARENA_ARRAY(s->arena, n, unsigned);
	s->maybe = ARENA_ARRAY(s->arena, n, const char *);
	s->number = number_columns(s->source, s->dataset, s->label, s->arena);
	for (size_t i = 0; i < n; i++)
		s->label[i] = header_name(sink_field(s, i)->label, s->matcher[0].year, s->arena);
}

struct data_sink *data_sink_new(const struct source *source, const struct dataset *dataset, struct library *library,
	struct arena *a)
{
	struct data_sink *s = ARENA_NEW(a, struct data_sink);
	int year = source->period_year;

	s->sink.take = take;
	s->source = source;
	s->dataset = dataset;
	s->library = library;
	s->arena = a;
	s->groups.arena = a;
	map_init(&s->names, a);
	map_init(&s->keys, a);
	matcher_init(&s->matcher[s->n_matcher++], dataset, year, a);
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
	datarow_end(s, d);
	groups_end(&s->groups, NULL, false, s->n_row);
	datarow_check_groups(s, d);
	skip_held(s, d);
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
	if (!s->wrong) {
		s->wrong = !groups_check(data, s->label, s->arena, d);
		groups_warn_sums(data, d);
	}
	map_clear(&s->keys);
	buf_clear(&s->folded);
	return !s->wrong;
}
