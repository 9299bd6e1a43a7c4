/* Rows without figures: they wait until it is known whether data follow. Before them they are data, headings of groups or notes;
 * at the end of the source they stand behind the table. */
#include "model/datasink.h"

#include "base/utf8.h"
#include "model/typing.h"

#include <string.h>

enum {
	HELD_MAX = 1000, /* rows without figures that are kept; more are read as data */
};

static bool is_of_figures(const struct data_sink *s, const struct cell *c)
{
	size_t field = c->col && c->col <= s->n_column ? s->column[c->col - 1] : FIELD_NONE;

	return field != FIELD_NONE && field_is_number(sink_field(s, field)->type);
}

/* Whether the row is a note or a signature: where it has a name, by that, or by what stands in a column of figures beside it. */
static bool is_note(struct data_sink *s, const struct row *row, const struct look *l, struct diags *d)
{
	const struct row_words *words = sink_words(s, d);
	const struct cell *label = datarow_label(s, row);

	if (label && row_words_match(words->note, sink_folded(s, label)))
		return true;
	for (size_t i = 0; i < row->n_cell && !(l->has_key && l->has_figures); i++)
		if ((!l->has_key || is_of_figures(s, &row->cell[i])) && row_words_match(words->note, sink_folded(s, &row->cell[i])))
			return true;
	return false;
}

static bool is_alone(const struct row *row)
{
	size_t i = 0;

	sink_next_cell(row, &i);
	return !sink_next_cell(row, &i);
}

/* Whether a text stands alone left of the names: people type the name of a group into the first column. */
static bool is_left_of_names(const struct data_sink *s, const struct row *row, const struct cell *only)
{
	return only->col && only->col < s->column_of[s->dataset->label] && is_alone(row)
		&& (s->column[only->col - 1] == FIELD_NONE || only->col == s->ordinal_column)
		&& ordinal_read(only->text, only->n_text < ROW_TEXT_MAX ? only->n_text : ROW_TEXT_MAX, s->last_letter).rank == ORDINAL_NONE;
}

/* Whether the label stands over columns of figures, or alone left of the names. */
static bool is_heading(const struct data_sink *s, const struct row *row)
{
	const struct cell *label = datarow_label(s, row);

	if (label && is_left_of_names(s, row, label))
		return true;
	if (!label || label->n_cols < 2)
		return false;
	for (size_t col = (size_t)label->col + 1; col < (size_t)label->col + label->n_cols && col <= s->n_column; col++)
		if (s->column[col - 1] != FIELD_NONE && field_is_number(sink_field(s, s->column[col - 1])->type))
			return true;
	return false;
}

static void note_skipped(struct data_sink *s, const struct held_row *h)
{
	const struct cell *first;
	size_t i = 0;

	if (s->n_skipped++)
		return;
	first = sink_next_cell(&h->row, &i);
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

void held_warn_behind(struct data_sink *s, const struct row *row, struct diags *d)
{
	const struct cell *label = datarow_label(s, row);

	if (is_behind_notes(s))
		diag_warning(d, sink_place(s, label->row, label->col), "behind-notes",
			"'%s' stands behind the notes below the table and has no figures; it is read as a row of data: delete it, or "
			"end the table with a row of totals, if it is none",
			shown_text(label->text, label->n_text, s->arena));
}

/* Whether the row has an ordinal, or a name beside one. */
static bool has_ordinal(const struct data_sink *s, const struct row *row)
{
	for (size_t i = 0; i < row->n_cell && s->ordinal_column; i++) {
		const struct cell *c = &row->cell[i];

		if (c->col == s->ordinal_column && c->n_text <= ROW_TEXT_MAX)
			return ordinal_read(c->text, c->n_text, s->last_letter).rank != ORDINAL_NONE;
	}
	return false;
}

static const char *first_text(struct data_sink *s, const struct row *row, struct origin *at)
{
	size_t i = 0;
	const struct cell *first = sink_next_cell(row, &i);

	*at = sink_place(s, first->row, first->col);
	return shown_text(first->text, first->n_text, s->arena);
}

static bool add_held(struct data_sink *s, const struct held_row *h, struct diags *d)
{
	const char *text;
	struct origin at;

	if (h->has_key && !h->is_note && !h->is_bare && !s->is_closed)
		held_warn_behind(s, &h->row, d);
	if (!s->has_figures || h->has_key || h->figure.row || has_ordinal(s, &h->row))
		return datarow_add(s, &h->row, d);
	text = first_text(s, &h->row, &at);
	s->wrong = !diag_error(d, at, "text-between",
		"'%s' stands between the rows of data and names no row; delete it, or move it below the table", text);
	return true;
}

/* A name and nothing else, without the ordinal that the rows of data around it have, and with another word in front. */
static bool is_name_over(struct data_sink *s, const struct held_row *h, const struct row *next, struct diags *d)
{
	bool follows_data = s->waiting.is_there || s->n_row;

	return h->is_bare && sink_field(s, s->dataset->label)->type == FIELD_AREA && datarow_has_ordinals(s, d)
		&& !has_ordinal(s, &h->row) && (follows_data || next) && (!follows_data || ofwhich_is_ranked(s))
		&& (!next || has_ordinal(s, next)) && is_alone(&h->row)
		&& !ofwhich_is_alike(s, datarow_label(s, &h->row), next ? datarow_label(s, next) : NULL);
}

static void add_heading(struct data_sink *s, const struct held_row *h, bool has_next, struct diags *d)
{
	struct origin at;
	const char *text = first_text(s, &h->row, &at);

	if (has_next)
		datarow_add_heading(s, &h->row, d);
	else
		note_skipped(s, h);
	if (has_next)
		diag_note(d, at, "heading",
			"'%s' has no figures and no ordinal, where the rows around it have both, and is taken for a heading over the rows that follow",
			text);
	else
		diag_warning(d, at, "heading",
			"'%s' has no figures and no ordinal, where the rows above it have both, and is skipped; if it is an area, fill in "
			"its ordinal and its figures",
			text);
}

/* The first n rows, because data follow: each is data, a heading over them, or a note between them. */
static bool release(struct data_sink *s, size_t n, const struct row *next, struct diags *d)
{
	bool ok = true;

	for (size_t i = 0; i < n && ok; i++) {
		const struct held_row *h = &s->held[i];

		if (h->is_note && !h->figure.row)
			note_skipped(s, h);
		else if (h->is_heading)
			datarow_add_heading(s, &h->row, d);
		else if (is_name_over(s, h, next, d))
			add_heading(s, h, next, d);
		else
			ok = add_held(s, h, d);
	}
	s->n_held -= n;
	memmove(s->held, s->held + n, s->n_held * sizeof *s->held);
	return ok;
}

bool held_release(struct data_sink *s, const struct row *next, struct diags *d)
{
	return !s->n_held || release(s, s->n_held, next, d);
}

void held_end_data(struct data_sink *s, struct diags *d)
{
	size_t n = s->n_held;

	while (n && !s->held[n - 1].is_bare)
		n--;
	if (n)
		release(s, n, NULL, d);
}

/* ---- titles of pages ---- */

/* Whether the row stands above the header too. */
static bool is_title(struct data_sink *s, const struct row *row)
{
	for (const struct row *r = s->pending; r < s->head; r++)
		if (headrows_are_same(s, r, row))
			return true;
	return false;
}

static void warn_figures(struct data_sink *s, const struct held_row *h, struct diags *d)
{
	struct origin at;
	const char *text = first_text(s, &h->row, &at);

	if (h->figure.row)
		diag_warning(d, h->figure, "skipped-figures",
			"the row is skipped, because it stands behind the table and '%s' is a note; move the figure, if it is one of "
			"the table",
			text);
}

/* A row above the header that stands there again. */
static bool end_row_of_page(struct data_sink *s, const struct held_row *h, struct diags *d)
{
	struct origin at;
	const char *text = first_text(s, &h->row, &at);

	if (h->is_bare && !is_alone(&h->row))
		return add_held(s, h, d);
	note_skipped(s, h);
	warn_figures(s, h, d);
	if (!h->is_note && !is_title(s, &h->row))
		diag_warning(d, at, "page-title",
			"'%s' stands alone above the header that is there again and has no figures, so it is taken for a title and skipped; "
			"fill in its figures or its ordinal, if it is a row of data",
			text);
	return true;
}

bool held_end_page(struct data_sink *s, struct diags *d)
{
	bool ok = true;

	for (size_t i = 0; i < s->n_held && ok; i++)
		ok = end_row_of_page(s, &s->held[i], d);
	s->n_held = 0;
	return ok;
}

bool held_has_title(struct data_sink *s)
{
	for (size_t i = 0; i < s->n_held; i++)
		if (!s->held[i].is_note && !is_title(s, &s->held[i].row))
			return true;
	return false;
}

/* ---- rows that wait ---- */

static bool is_bare(const struct data_sink *s, const struct look *l)
{
	return s->has_figures && l->has_key && !l->has_figures && l->n_filled == 1;
}

bool held_add(struct data_sink *s, const struct row *row, const struct look *l, bool note, struct diags *d)
{
	struct held_row h = { .is_note = note, .has_key = l->has_key, .has_words = l->has_words };

	if (s->n_held == HELD_MAX && !held_release(s, row, d))
		return false;
	h.is_heading = !note && !l->has_figures && is_heading(s, row);
	h.is_bare = !note && !h.is_heading && !s->is_closed && is_bare(s, l) && !is_behind_notes(s);
	if (l->figure)
		h.figure = sink_place(s, l->figure->row, l->figure->col);
	h.row = sink_copy_row(s, row);
	*ARENA_PUSH(s->arena, s->held, s->n_held, &s->cap_held) = h;
	return true;
}

/* Whether the row has to wait. What names an area is data even without figures, until the total has closed the table; but a name
 * alone may be the title of a page, if the header follows; and behind notes that of somebody who signs, if nothing follows. */
bool held_must_wait(struct data_sink *s, const struct row *row, const struct look *l, bool *note, struct diags *d)
{
	enum total_kind kind;

	*note = false;
	kind = datarow_total_kind(s, datarow_label(s, row), d);
	if ((l->has_figures && l->has_key) || kind == TOTAL_WHOLE || kind == TOTAL_PART)
		return false;
	*note = is_note(s, row, l, d);
	if (l->has_figures)
		return *note;
	return *note || !l->has_key || s->is_closed || is_heading(s, row) || is_bare(s, l)
		|| ((l->n_filled == 1 || l->has_words) && is_behind_notes(s));
}

/* A name that stands behind the total, or alone behind the notes where no total has closed the table: that of an area would be
 * missing in the figures. */
static void note_name(struct data_sink *s, const struct held_row *h, bool is_behind_notes, struct diags *d)
{
	const struct cell *label = datarow_label(s, &h->row);
	bool is_area = sink_field(s, s->dataset->label)->type == FIELD_AREA;

	if (!label || !h->has_key || h->is_note || h->is_heading || (h->has_words && is_behind_notes))
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
void held_end(struct data_sink *s, struct diags *d)
{
	bool is_behind_notes = false;

	for (size_t i = 0; i < s->n_held; i++) {
		const struct held_row *h = &s->held[i];
		struct origin at;
		const char *text = first_text(s, &h->row, &at);

		note_skipped(s, h);
		note_name(s, h, is_behind_notes, d);
		is_behind_notes = is_behind_notes || h->is_note;
		warn_figures(s, h, d);
		if (!h->figure.row && h->is_heading && h->has_key && !s->is_closed)
			diag_warning(d, at, "skipped-figures",
				"'%s' is merged over the columns of figures and no rows follow; it is skipped: unmerge it, if it is a row of "
				"data",
				text);
	}
	s->n_held = 0;
	if (s->n_skipped)
		diag_note(d, s->skipped, "skipped-rows",
			"rows of notes, signatures and other texts are skipped (%zu, '%s' is the first)", s->n_skipped, s->skipped_text);
}
