/* A row of cells as a typed row: data, the total, or the row of a group. */
#include "model/datasink.h"

#include "base/utf8.h"
#include "model/typing.h"

#include <stdlib.h>
#include <string.h>

enum {
	TOTAL_LABEL_MAX = 200, /* [bytes] */
	LETTERS = 26,
};

const struct row_words *sink_words(struct data_sink *s, struct diags *d)
{
	if (!s->has_words && !row_words_read(s->library, s->source->at, &s->words, d))
		s->wrong = true;
	s->has_words = true;
	return &s->words;
}

/* ---- names of rows ---- */

static size_t field_at(const struct data_sink *s, const struct cell *c)
{
	size_t index;

	if (s->named)
		return c->name && map_find(&s->names, c->name, &index) ? s->column[index] : FIELD_NONE;
	return c->col && c->col <= s->n_column ? s->column[c->col - 1] : FIELD_NONE;
}

const struct cell *datarow_label(const struct data_sink *s, const struct row *row)
{
	const struct cell *first = NULL;

	for (size_t i = 0; i < row->n_cell; i++) {
		const struct cell *c = &row->cell[i];

		if (cell_is_blank(c))
			continue;
		if (field_at(s, c) == s->dataset->label)
			return c;
		if (!first)
			first = c;
	}
	return first;
}

enum total_kind datarow_total_kind(struct data_sink *s, const struct cell *label, struct diags *d)
{
	const char *folded;

	if (!label || !s->dataset->total[0] || label->n_text > TOTAL_LABEL_MAX)
		return TOTAL_NOT;
	folded = utf8_fold_into(label->text, label->n_text, &s->folded);
	for (const char *const *t = s->dataset->total; *t; t++)
		if (!strcmp(folded, *t))
			return TOTAL_WHOLE;
	if (sink_field(s, s->dataset->label)->type != FIELD_AREA)
		return TOTAL_NOT;
	return total_kind_of(s->dataset->total, sink_words(s, d), folded);
}

/* ---- cells ---- */

/* A cell beyond the header: a mark too many, or "5,13" without quotes between commas, has shifted the row. */
static void check_surplus(struct data_sink *s, const struct cell *c, struct diags *d)
{
	const char *text = c->text;
	size_t n = c->n_text;

	utf8_trim(&text, &n);
	if (n && s->sheet)
		s->wrong = !diag_error(d, sink_place(s, c->row, c->col), "surplus",
			"'%s' stands beyond the last column of the header; give its column a heading, or delete it",
			diags_are_full(d, s->source->shown) ? "" : shown_text(text, n, s->arena));
	else if (n)
		s->wrong = !diag_error(d, sink_place(s, c->row, c->col), "surplus",
			"'%s' stands beyond the last column of the header; is there a separator too many, or a number with a "
			"comma that needs quotes?",
			diags_are_full(d, s->source->shown) ? "" : shown_text(text, n, s->arena));
}

/* The field of each cell into s->field; every field at most once. */
static void find_fields(struct data_sink *s, const struct row *row, struct diags *d)
{
	if (row->n_cell > s->cap_field) {
		arena_drop(s->arena, s->field);
		s->cap_field = 2 * row->n_cell;
		s->field = ARENA_ARRAY(s->arena, s->cap_field, size_t);
	}
	s->has_merged = false;
	for (size_t i = 0; i < row->n_cell; i++) {
		const struct cell *c = &row->cell[i];
		size_t index;

		s->field[i] = FIELD_NONE;
		s->has_merged |= c->n_rows > 1 || c->n_cols > 1;
		if (!s->named && c->col && c->col <= s->n_column)
			s->field[i] = s->column[c->col - 1];
		if (s->has_twins)
			columns_check_twin(s, c, d);
		if (!s->named && c->col > s->n_headed)
			check_surplus(s, c, d);
		if (s->named && c->name)
			s->field[i] = map_find(&s->names, c->name, &index) ? s->column[index]
									   : columns_add_name(s, c, d);
	}
}

/* "AB12" */
static const char *cell_name(unsigned row, unsigned col, struct arena *a)
{
	char letter[8] = "";
	size_t n = sizeof letter - 1;

	for (; col && n; col = (col - 1) / LETTERS)
		letter[--n] = (char)('A' + (col - 1) % LETTERS);
	return arena_printf(a, "%s%u", letter + n, row);
}

/* The last column a cell is merged over, as far as there are columns of fields. */
static unsigned last_column(const struct data_sink *s, const struct cell *c)
{
	size_t more = c->n_cols > 1 ? c->n_cols - 1 : 0;

	if (c->col > s->n_column || more > s->n_column - c->col)
		return (unsigned)(c->col > s->n_column ? c->col : s->n_column);
	return c->col + (unsigned)more;
}

/* Of fields below and beside the cell nobody knows whether the figure is theirs too: they have no other error. */
static void cover(struct data_sink *s, const struct cell *c)
{
	unsigned last_row = c->row + (c->n_rows > 1 ? c->n_rows - 1 : 0);

	for (unsigned col = c->col ? c->col : 1; col <= last_column(s, c) && col <= s->n_column; col++)
		if (s->column[col - 1] != FIELD_NONE) {
			s->covered[s->column[col - 1]] = last_row;
			s->has_covered = true;
		}
}

/* Whether a cell merged over rows means no figure or name of the rows below: an ordinal, a remark. */
static bool is_aside(const struct data_sink *s, const struct cell *c, size_t field)
{
	const struct field *f = field == FIELD_NONE ? NULL : sink_field(s, field);

	return c->col == s->ordinal_column || !f || (f->type == FIELD_TEXT && !f->key && !f->needed && field != s->dataset->label);
}

/* A merged cell that stands for figures of other rows or fields. */
static void check_merged(struct data_sink *s, const struct cell *c, size_t field, struct diags *d)
{
	unsigned rows = c->n_rows > 1 ? c->n_rows : 1;
	unsigned cols = c->n_cols > 1 ? c->n_cols : 1;
	bool covers = rows > 1 && !is_aside(s, c, field);

	for (unsigned col = c->col + 1; col <= last_column(s, c) && col <= s->n_column; col++)
		covers |= s->column[col - 1] != FIELD_NONE;
	if (!covers)
		return;
	cover(s, c);
	s->wrong = !diag_error(d, sink_place(s, c->row, c->col), "merged",
		"the cells %s:%s (R%uC%u:R%uC%u) are merged, so nobody knows which row and column '%s' belongs to; unmerge them and "
		"fill in each cell",
		cell_name(c->row, c->col, s->arena), cell_name(c->row + rows - 1, c->col + cols - 1, s->arena), c->row, c->col,
		c->row + rows - 1, c->col + cols - 1, diags_are_full(d, s->source->shown) ? "" : shown_text(c->text, c->n_text, s->arena));
}

/* only_figures: what names the row may be merged. */
static void check_merges(struct data_sink *s, const struct row *row, bool only_figures, struct diags *d)
{
	for (size_t i = 0; i < row->n_cell; i++) {
		const struct cell *c = &row->cell[i];
		size_t field = s->field[i];
		bool is_figure = field != FIELD_NONE && field_is_number(sink_field(s, field)->type);

		if ((c->n_rows > 1 || c->n_cols > 1) && c->col && (is_figure || !only_figures) && !cell_is_blank(c))
			check_merged(s, c, field, d);
	}
}

static void type_cell(struct data_sink *s, size_t field, const struct cell *c, const struct origin *at, struct datum *datum,
	struct diags *d)
{
	if (!datum_read(&s->number[field], c, at, s->arena, datum, d))
		s->state[field].is_bad = s->wrong = true;
	else if (datum->figure.state == FIGURE_MISSING && sink_field(s, field)->needed && !cell_is_blank(c))
		s->state[field].dash = shown_text(c->text, c->n_text, s->arena);
}

/* Each cell that has a field, typed; fields whose cells are not there have their places too. */
static void type_cells(struct data_sink *s, const struct row *row, struct datum *datum, struct diags *d)
{
	size_t n_at = s->n_present;
	struct origin *at;

	for (size_t i = 0; i < s->dataset->n_field; i++)
		datum[i].figure = figure_missing();
	for (size_t i = 0; s->named && i < row->n_cell; i++)
		n_at += s->field[i] != FIELD_NONE;
	at = ARENA_ARRAY(s->arena, n_at, struct origin);
	for (size_t i = 0; i < row->n_cell; i++) {
		const struct cell *c = &row->cell[i];
		size_t field = s->field[i];

		if (field == FIELD_NONE)
			continue;
		if (datum[field].figure.n_from) {
			s->wrong = !diag_error(d, sink_place(s, c->row, c->col), "duplicate-column",
				"%s: this row has a second value for it; keep one", s->label[field]);
			continue;
		}
		*at = sink_place(s, c->row, c->col);
		type_cell(s, field, c, at++, &datum[field], d);
	}
	for (size_t i = 0; i < s->dataset->n_field; i++) {
		if (!s->column_of[i] || datum[i].figure.n_from)
			continue;
		*at = sink_place(s, row->row, s->column_of[i]);
		datum[i].figure.from = at++;
		datum[i].figure.n_from = 1;
	}
}

/* ---- rows of data ---- */

static struct origin datum_place(const struct data_sink *s, const struct datum *x, unsigned row)
{
	return x->figure.n_from ? x->figure.from[0] : sink_place(s, row, 0);
}

static bool is_empty(const struct data_sink *s, const struct data_row *r, size_t field, const struct cell_state *state)
{
	return r->datum[field].figure.state == FIGURE_MISSING && !state[field].is_bad && (s->present[field] || s->named);
}

/* Whether more than one value is needed and the row has none: it may be a text between rows of data. */
static bool is_name_alone(const struct data_sink *s, const struct data_row *r, const struct cell_state *state)
{
	size_t n_needed = 0;

	for (size_t i = 0; i < s->dataset->n_field; i++) {
		const struct field *f = sink_field(s, i);

		if (f->key || i == s->dataset->label)
			continue;
		if (state[i].is_bad || state[i].dash || r->datum[i].figure.state != FIGURE_MISSING)
			return false;
		n_needed += f->needed && is_empty(s, r, i, state);
	}
	return n_needed > 1 && r->datum[s->dataset->label].text;
}

/* Cells that may not be empty. */
static bool check_filled(struct data_sink *s, const struct data_row *r, const struct cell_state *state, struct diags *d)
{
	bool ok = true;

	if (is_name_alone(s, r, state))
		return diag_error(d, r->at, "needed", "'%s' has no values; fill them in, or delete the row, if it is no row of data", r->label);
	for (size_t i = 0; i < s->dataset->n_field; i++) {
		const struct field *f = sink_field(s, i);
		struct origin at = datum_place(s, &r->datum[i], r->at.row);

		if (!is_empty(s, r, i, state) || sink_may_lack(s, i))
			continue;
		if (f->key)
			ok = diag_error(d, at, "empty-key",
				"%s is empty, but names the row; fill it in, or delete the row",
				s->label[i]);
		else if (f->needed && state[i].dash)
			ok = diag_error(d, at, "needed", "%s: '%s' says that the value is missing, but one is needed here; write 0, if there is none",
				s->label[i], state[i].dash);
		else if (f->needed)
			ok = diag_error(d, at, "needed", "%s is empty; a value is needed here",
				s->label[i]);
	}
	return ok;
}

static unsigned month_of(const struct datum *x)
{
	return x->figure.state == FIGURE_OK ? (unsigned)x->figure.x.num : 0;
}

/* Year of a month cell: "2024-05" has its own. */
static int year_of(const struct data_sink *s, const struct datum *x)
{
	struct date date;

	if (x->text && date_parse(x->text, &date) && date.month)
		return date.year;
	return s->source->period_year;
}

/* The key fields' folded texts joined by "/"; months only where there is nothing else. */
static void put_key(struct data_sink *s, struct data_row *r)
{
	const struct datum *month = NULL;
	const char *key = NULL;

	for (size_t i = 0; i < s->dataset->n_field; i++) {
		const struct datum *x = &r->datum[i];

		if (!sink_field(s, i)->key || !x->text)
			continue;
		if (sink_field(s, i)->type == FIELD_MONTH) {
			month = x;
			r->month = month_of(x);
			continue;
		}
		if (key)
			key = arena_printf(s->arena, "%s/%s", key,
				utf8_fold_into(x->text, strlen(x->text), &s->folded));
		else
			key = utf8_fold(x->text, strlen(x->text), s->arena);
	}
	if (!key && month)
		key = arena_printf(s->arena, "%04d-%02u", year_of(s, month), r->month);
	r->key = key ? key : arena_printf(s->arena, "%zu", s->n_row + 1);
}

static const char *text_of(const struct data_sink *s, const struct data_row *r, const struct field *f)
{
	const struct datum *x = f ? &r->datum[f - s->dataset->field] : NULL;

	return x && x->text ? x->text : "";
}

/* What two rows may not have in common: the key, and what else tells areas and months apart. */
static const char *identity_of(struct data_sink *s, const struct data_row *r)
{
	const char *above = text_of(s, r, s->above);
	const char *code = text_of(s, r, s->code);

	if (!r->month && !*above && !*code)
		return r->key;
	return arena_printf(s->arena, "%s\n%u\n%s\n%s", r->key, r->month, code,
		utf8_fold_into(above, strlen(above), &s->folded));
}

/* The heading or the row of a group that stands over a row of data, or over the rows behind it; NULL: there is none. */
static const struct group_row *group_over(const struct data_sink *s, size_t i_row)
{
	const struct group_row *over = NULL;

	for (size_t i = 0; i < s->groups.n_group; i++)
		if (s->groups.group[i].first <= i_row && (!over || s->groups.group[i].first >= over->first))
			over = &s->groups.group[i];
	return over;
}

static bool check_unique(struct data_sink *s, const struct data_row *r, struct diags *d)
{
	const struct group_row *over;
	const struct group_row *other;
	size_t first;

	if (s->source->repeats || map_add(&s->keys, identity_of(s, r), s->n_row, &first))
		return true;
	s->row[first].is_bad = s->source->spares;
	over = diags_are_full(d, r->at.file) ? NULL : group_over(s, s->n_row);
	other = over ? group_over(s, first) : NULL;
	if (over && other && over != other)
		return diag_error(d, r->at, "duplicate",
			"'%s' stands at %s already, there below '%s' and here below '%s'; if they are two areas, write the one above into the "
			"name ('%s, %s') or into a column of its own, else keep one of the two rows",
			r->label, origin_text(s->row[first].at, s->arena), other->row.label, over->row.label,
			r->label, over->row.label);
	return diag_error(d, r->at, "duplicate", "'%s' stands at %s already; keep one of the two rows",
		r->label, diags_are_full(d, r->at.file) ? "" : origin_text(s->row[first].at, s->arena));
}

static bool keys_are_good(const struct data_sink *s, const struct cell_state *state)
{
	for (size_t i = 0; i < s->dataset->n_field; i++)
		if (state[i].is_bad && sink_field(s, i)->key)
			return false;
	return true;
}

static void add_data_row(struct data_sink *s, struct data_row *r, const struct cell_state *state, struct diags *d)
{
	const struct datum *label = &r->datum[s->dataset->label];
	struct data_row *before = s->row;

	put_key(s, r);
	r->label = label->text ? label->text : r->key;
	r->at = datum_place(s, label, r->at.row);
	if (!check_filled(s, r, state, d) || (keys_are_good(s, state) && !check_unique(s, r, d)))
		*(s->source->spares ? &r->is_bad : &s->wrong) = true;
	*ARENA_PUSH(s->arena, s->row, s->n_row, &s->cap_row) = *r;
	if (s->row != before)
		arena_drop(s->arena, before);
}

/* ---- rows of groups ---- */

bool datarow_has_ordinals(struct data_sink *s, struct diags *d)
{
	const struct row_words *words;
	bool is = false;

	if (s->ordinals_known)
		return s->ordinal_column != 0;
	s->ordinals_known = true;
	words = sink_words(s, d);
	for (size_t i = 0; i < s->n_head; i++)
		for (size_t k = 0; k < s->head[i].n_cell; k++) {
			const struct cell *c = &s->head[i].cell[k];

			is |= c->col == s->ordinal_column && c->n_text <= ROW_TEXT_MAX
				&& row_words_match(words->ordinal, utf8_fold_into(c->text, c->n_text, &s->folded));
		}
	s->ordinal_column = is ? s->ordinal_column : 0;
	return is;
}

/* A name of a group that is merged over the columns of ordinals and names has its figures beside it. */
static bool is_label_of_group(struct data_sink *s, const struct cell *c, struct diags *d)
{
	return datarow_has_ordinals(s, d) && !s->named && c->n_cols > 1 && c->col == s->ordinal_column && c->n_rows < 2
		&& last_column(s, c) == s->column_of[s->dataset->label];
}

static const struct cell *ordinal_cell(const struct data_sink *s, const struct row *row)
{
	for (size_t i = 0; s->ordinal_column && i < row->n_cell && row->cell[i].col <= s->ordinal_column; i++)
		if (row->cell[i].col == s->ordinal_column)
			return &row->cell[i];
	return NULL;
}

/* The ordinal of a row; a label may stand in the same cell only where the row has no other. */
static struct ordinal ordinal_of(struct data_sink *s, const struct row *row, bool has_label)
{
	const struct cell *c = ordinal_cell(s, row);
	struct ordinal o = { .rank = ORDINAL_NONE };

	if (!c || c->n_text > ROW_TEXT_MAX)
		return o;
	o = ordinal_read(c->text, c->n_text, s->last_letter);
	if (o.has_label && (has_label || o.rank >= ORDINAL_NUMBER))
		o.rank = ORDINAL_NONE;
	o.has_label &= o.rank != ORDINAL_NONE;
	if (o.rank == ORDINAL_LETTER)
		s->last_letter = *o.text;
	return o;
}

static bool is_first_ordinal(const struct ordinal *o)
{
	static const char *const first[] = {
		[ORDINAL_LETTER] = "A",
		[ORDINAL_ROMAN] = "I",
		[ORDINAL_NUMBER] = "1",
		[ORDINAL_LOWER] = "a",
	};

	return o->rank == ORDINAL_DASH || !strcmp(o->text + (*o->text == '0'), first[o->rank]);
}

/* "I. Khu vực 1", "1. Thôn 1": of an area, and behind the first of that rank, so that "P. 5" is none. */
static struct ordinal ordinal_in_name(struct data_sink *s, const struct cell *label)
{
	struct ordinal o = { .rank = ORDINAL_NONE };

	if (label->n_text > ROW_TEXT_MAX || field_at(s, label) != s->dataset->label || sink_field(s, s->dataset->label)->type != FIELD_AREA)
		return o;
	o = ordinal_read(label->text, label->n_text, s->last_letter);
	if (o.rank != ORDINAL_NONE && o.has_label && is_first_ordinal(&o))
		s->named_ranks |= 1u << o.rank;
	if (!o.has_label || !(s->named_ranks >> o.rank & 1))
		o.rank = ORDINAL_NONE;
	if (o.rank == ORDINAL_LETTER)
		s->last_letter = *o.text;
	o.has_label = false;
	o.in_name = o.rank != ORDINAL_NONE;
	s->n_named += o.in_name;
	return o;
}

void datarow_strip_names(struct data_sink *s, struct diags *d)
{
	const char *first = NULL;
	struct origin at = { 0 };

	for (size_t i = 0; s->n_named > 1 && i < s->n_row; i++) {
		struct data_row *r = &s->row[i];
		struct datum *label = (struct datum *)&r->datum[s->dataset->label];
		struct ordinal o = { .rank = ORDINAL_NONE };

		if (label->text && r->rank != ORDINAL_NONE)
			o = ordinal_read(label->text, strlen(label->text), 0);
		if (o.rank == ORDINAL_NONE || !o.has_label)
			continue;
		at = first ? at : r->at;
		first = first ? first : r->label;
		label->text += o.n_front;
		r->label = label->text;
		put_key(s, r);
	}
	if (first)
		diag_note(d, at, "ordinal", "ordinals in front of names are not read as parts of them ('%s' is the first)", first);
}

static void add_group(struct data_sink *s, struct waiting_row *w)
{
	const struct datum *label = &w->row.datum[s->dataset->label];

	w->row.label = label->text ? label->text : *w->ordinal_cell ? w->ordinal_cell : arena_text(s->arena, w->ordinal.text);
	w->row.at = datum_place(s, label, w->row.at.row);
	groups_add(&s->groups, &w->row, &w->ordinal, false, s->n_row);
}

void datarow_end(struct data_sink *s, struct diags *d)
{
	struct cell_state *state = s->waiting.state;

	if (!s->waiting.is_there)
		return;
	s->waiting.is_there = false;
	groups_end(&s->groups, &s->waiting.ordinal, false, s->n_row);
	if (s->waiting.ordinal.in_name || datarow_has_ordinals(s, d))
		s->waiting.row.rank = (unsigned char)s->waiting.ordinal.rank;
	add_data_row(s, &s->waiting.row, state, d);
}

/* The row before is one of a group if this one belongs to it. */
static void add_ranked_row(struct data_sink *s, const struct data_row *r, const struct row *row, const struct ordinal *o,
	struct diags *d)
{
	const struct cell *c = ordinal_cell(s, row);
	size_t n_field = s->dataset->n_field;

	if (s->waiting.is_there && ordinal_covers(&s->waiting.ordinal, o)
		&& ((s->waiting.ordinal.in_name && o->in_name) || datarow_has_ordinals(s, d))) {
		s->waiting.is_there = false;
		add_group(s, &s->waiting);
	}
	datarow_end(s, d);
	s->waiting.is_there = true;
	s->waiting.row = *r;
	s->waiting.ordinal = *o;
	s->waiting.ordinal_cell = o->has_label ? shown_text(c->text, c->n_text, s->arena) : "";
	memcpy(s->waiting.state, s->state, n_field * sizeof *s->state);
}

void datarow_add_heading(struct data_sink *s, const struct row *row, struct diags *d)
{
	const struct cell *label = datarow_label(s, row);
	struct ordinal o = ordinal_of(s, row, !label || label->col != s->ordinal_column);
	struct datum *datum = ARENA_ARRAY(s->arena, s->dataset->n_field, struct datum);
	struct data_row r = { .datum = datum, .at = sink_place(s, label->row, label->col) };

	if (!datarow_has_ordinals(s, d))
		o.rank = ORDINAL_NONE;
	datarow_end(s, d);
	for (size_t i = 0; i < s->dataset->n_field; i++)
		datum[i].figure = figure_missing();
	r.label = shown_text(label->text, label->n_text, s->arena);
	groups_add(&s->groups, &r, &o, true, s->n_row);
}

/* ---- rows ---- */

/* The key cells of a total name nothing: they are not read. */
static void name_total(struct data_sink *s, const struct row *row, const struct cell *label, struct data_row *r)
{
	for (size_t i = 0; i < row->n_cell; i++)
		if (s->field[i] != FIELD_NONE && sink_field(s, s->field[i])->key)
			s->field[i] = FIELD_NONE;
	r->at = sink_place(s, label->row, label->col);
	r->label = shown_text(label->text, label->n_text, s->arena);
}

/* Cells that a merged one above covers have had their error. */
static void excuse_covered(struct data_sink *s, const struct row *row, const struct datum *datum)
{
	for (size_t i = 0; s->has_covered && i < s->dataset->n_field; i++)
		if (s->covered[i] >= row->row && datum[i].figure.state == FIGURE_MISSING)
			s->state[i].is_bad = true;
}

/* A group whose name is merged over the column of ordinals: rows follow it, to the next one. */
static void add_merged_group(struct data_sink *s, struct data_row *r, const struct cell *label, struct diags *d)
{
	struct ordinal none = { .rank = ORDINAL_NONE };

	datarow_end(s, d);
	r->at = sink_place(s, label->row, label->col);
	r->label = shown_text(label->text, label->n_text, s->arena);
	groups_add(&s->groups, r, &none, true, s->n_row);
	s->groups.group[s->groups.n_group - 1].is_merged = true;
}

void datarow_check_groups(struct data_sink *s, struct diags *d)
{
	for (size_t i = 0; i < s->groups.n_group; i++) {
		const struct group_row *g = &s->groups.group[i];

		if (g->is_merged && !g->n_row)
			s->wrong = !diag_error(d, g->row.at, "merged",
				"'%s' is merged over the columns of ordinals and names, as a group is, but no rows of it follow; unmerge "
				"it, if it is a row of data, else delete the row",
				g->row.label);
	}
}

static void keep_row(struct data_sink *s, const struct row *row, struct data_row *r, const struct ordinal *o,
	enum total_kind kind, struct diags *d)
{
	if (r->label) {
		datarow_end(s, d);
		s->is_closed = s->n_row > 0;
		totalrow_add(s, r, kind, d);
	} else if ((s->ordinal_column || o->in_name) && o->rank != ORDINAL_NONE) {
		add_ranked_row(s, r, row, o, d);
	} else {
		datarow_end(s, d);
		add_data_row(s, r, s->state, d);
	}
}

bool datarow_add(struct data_sink *s, const struct row *row, struct diags *d)
{
	struct data_row r = { .at = sink_place(s, row->row, 0) };
	struct ordinal o = { .rank = ORDINAL_NONE };
	const struct cell *label;
	enum total_kind kind;
	struct datum *datum;
	bool is_group = false;
	bool was_wrong = s->wrong;

	if (s->n_row == DATA_ROWS_MAX)
		return diag_error(d, r.at, "limit", "this source has more than %d rows", DATA_ROWS_MAX);
	s->wrong = false;
	find_fields(s, row, d);
	label = datarow_label(s, row);
	kind = datarow_total_kind(s, label, d);
	if (kind == TOTAL_NOT || kind == TOTAL_UNSURE)
		o = ordinal_of(s, row, label && label->col != s->ordinal_column);
	if (kind == TOTAL_UNSURE && o.rank != ORDINAL_NONE)
		totalrow_refuse(s, shown_text(label->text, label->n_text, s->arena), sink_place(s, label->row, label->col), d);
	else if (kind != TOTAL_NOT)
		name_total(s, row, label, &r);
	if (!r.label && label && o.rank == ORDINAL_NONE)
		o = ordinal_in_name(s, label);
	is_group = !r.label && label && o.rank == ORDINAL_NONE && is_label_of_group(s, label, d);
	memset(s->state, 0, s->dataset->n_field * sizeof *s->state);
	s->is_closed = false;
	if (s->has_merged && !s->named)
		check_merges(s, row, r.label || o.has_label || is_group, d);
	datum = ARENA_ARRAY(s->arena, s->dataset->n_field, struct datum);
	type_cells(s, row, datum, d);
	excuse_covered(s, row, datum);
	r.datum = datum;
	r.is_bad = s->wrong && s->source->spares;
	s->wrong = was_wrong || (s->wrong && !r.is_bad);
	if (is_group)
		add_merged_group(s, &r, label, d);
	else
		keep_row(s, row, &r, &o, kind, d);
	return true;
}
