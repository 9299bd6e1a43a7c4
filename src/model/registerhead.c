/* The header of a register, and the plan that is made of it. */
#include "model/registering.h"

#include "base/utf8.h"
#include "model/columnnumbers.h"
#include "model/header.h"

#include <limits.h>
#include <string.h>

enum {
	PENDING_ROWS = DATA_HEADER_WITHIN + DATA_HEADER_ROWS_MAX,
	NAMES_MAX = 4096, /* different names of XML that are looked at */
};

/* ---- the plan ---- */

/* Areas are told by their code, where there is one; else by their name and the one above. */
static void choose_keys(struct reg *r)
{
	struct area_fields f = area_fields_of(r->dataset);
	size_t n = r->dataset->n_field;

	if (r->by != SIZE_MAX)
		r->field[r->by].is_key = true;
	if (f.code < n && r->column_of[f.code]) {
		r->field[f.code].is_key = true;
		if (!r->options.alone || f.area == n || !r->column_of[f.area])
			return;
	}
	if (f.area < n)
		r->field[f.area].is_key = true;
	if (f.parent < n && r->column_of[f.parent])
		r->field[f.parent].is_key = true;
}

static bool is_looked_at(const struct reg *r, size_t field)
{
	const struct reg_field *f = &r->field[field];

	return f->is_named || f->is_key || f->number >= 0 || f->distinct >= 0 || (f->is_single && r->column_of[field]);
}

static bool check_columns(struct reg *r, struct diags *d)
{
	struct area_fields f = area_fields_of(r->dataset);
	bool ok = true;

	for (size_t i = 0; i < r->dataset->n_field; i++)
		if (is_looked_at(r, i) && !r->column_of[i])
			ok = diag_error(d, reg_place(r, r->header_row, 0), "missing-column",
				"the column '%s' is not there, and figures are counted by it; add it, or mend its header",
				header_name(r->dataset->field[i].label, r->source->period_year, r->arena));
	if (f.area == r->dataset->n_field && f.code == r->dataset->n_field)
		ok = diag_error(d, r->dataset->at, "missing-element", "rows of '%s' name no area; add a field of type area with key=\"yes\"",
			r->dataset->id);
	return ok;
}

static void put_column(struct reg *r, size_t field)
{
	const struct reg_field *f = &r->field[field];
	size_t i = r->plan.n_column++;

	for (; i && r->column[i - 1].col > r->column_of[field]; i--) {
		r->column[i] = r->column[i - 1];
		r->field_of[i] = r->field_of[i - 1];
	}
	r->field_of[i] = field;
	r->column[i] = (struct tally_column){
		.col = r->column_of[field],
		.n_bit = f->is_named ? f->n_bit : 0,
		.shift = f->shift,
		.is_key = f->is_key,
		.is_single = f->is_single,
		.is_needed = r->dataset->field[field].needed || (f->is_key && strcmp(r->dataset->field[field].id, "parent") != 0),
		.is_missed = f->is_missed,
		.number = f->number,
		.distinct = f->distinct,
	};
}

static bool make_plan(struct reg *r, struct diags *d)
{
	size_t n = r->dataset->n_field;

	choose_keys(r);
	if (!check_columns(r, d))
		return false;
	r->column = ARENA_ARRAY(r->arena, n, struct tally_column);
	r->field_of = ARENA_ARRAY(r->arena, n, size_t);
	for (size_t i = 0; i < n; i++)
		if (is_looked_at(r, i))
			put_column(r, i);
	if (r->plan.n_column > TALLY_COLUMNS_MAX)
		return diag_error(d, r->dataset->at, "limit", "figures are counted by at most %d columns", TALLY_COLUMNS_MAX);
	for (size_t i = 0; i < n; i++)
		r->place_of[i] = SIZE_MAX;
	for (size_t i = 0; i < r->plan.n_column; i++)
		r->place_of[r->field_of[i]] = i;
	r->plan.column = r->column;
	r->plan.n_key_max = r->options.n_key_max ? r->options.n_key_max : TALLY_KEYS_MAX;
	r->plan.code = reg_code;
	r->plan.is_none = r->named ? NULL : reg_is_none;
	r->plan.ctx = r;
	r->cell = ARENA_ARRAY(r->arena, r->plan.n_column, struct tally_text);
	return true;
}

/* ---- the header ---- */

static void keep(struct reg *r, const struct row *row)
{
	struct cell *cell = ARENA_ARRAY(&r->pending_arena, row->n_cell, struct cell);

	for (size_t i = 0; i < row->n_cell; i++) {
		cell[i] = row->cell[i];
		cell[i].text = arena_slice(&r->pending_arena, cell[i].text, cell[i].n_text);
	}
	*ARENA_PUSH(&r->pending_arena, r->pending, r->n_pending, &r->cap_pending) = (struct row){ cell, row->n_cell, row->row, r->sheet };
}

/* Whether it is not only passed over, or tells areas and may be. */
static bool may_be_looked_at(const struct reg *r, size_t field)
{
	struct area_fields f = area_fields_of(r->dataset);

	return is_looked_at(r, field) || field == f.code || field == f.area || field == f.parent || field == r->by;
}

static bool take_column(struct reg *r, size_t field, unsigned col, const char *text, struct diags *d)
{
	if (r->column_of[field] && !may_be_looked_at(r, field))
		return true;
	if (r->column_of[field])
		return diag_error(d, reg_place(r, r->header_row, col), "ambiguous-header",
			"the columns %u and %u can both be '%s'; rename or delete one of them", r->column_of[field], col,
			r->dataset->field[field].id);
	r->column_of[field] = col;
	r->header[field] = text;
	return true;
}

static const struct cell *cell_at(const struct row *row, unsigned col)
{
	for (size_t i = 0; i < row->n_cell; i++)
		if (row->cell[i].col == col)
			return &row->cell[i];
	return NULL;
}

/* The lowest text above a column in n rows of the header, as written, in the arena of the job. */
static const char *text_above(const struct reg *r, const struct row *head, size_t n, unsigned col)
{
	for (size_t i = n; i-- > 0;) {
		const struct cell *c = cell_at(&head[i], col);

		if (c && c->n_text)
			return utf8_nfc(c->text, c->n_text, r->arena);
	}
	return "";
}

/* What n rows have in the plan's columns, to know them again further down. */
static void keep_head(struct reg *r, const struct row *row, size_t n)
{
	r->n_head = n;
	r->head_text = ARENA_ARRAY(r->arena, n * r->plan.n_column, const char *);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < r->plan.n_column; k++) {
			const struct cell *c = cell_at(&row[i], r->column[k].col);

			r->head_text[i * r->plan.n_column + k] = c ? utf8_fold(c->text, c->n_text < ROW_TEXT_MAX ? c->n_text : ROW_TEXT_MAX, r->arena) : "";
		}
}

/* Line ends in the cells of a row. */
static unsigned lines_in(const struct row *row)
{
	unsigned n = 0;

	for (size_t i = 0; i < row->n_cell; i++)
		for (size_t k = 0; k < row->cell[i].n_text; k++)
			n += row->cell[i].text[k] == '\n';
	return n;
}

/* Whether the row numbers the columns: as no row of the register can, or with numbers that are none of a column's words. */
static bool is_numbers(const struct reg *r, const struct row *row)
{
	enum numbering kind = numbering_of(row, &r->words);

	for (size_t i = 0; kind == NUMBERING_MAYBE && i < row->n_cell; i++)
		for (size_t k = 0; k < r->plan.n_column; k++)
			if (r->column[k].n_bit && r->column[k].col == row->cell[i].col
				&& reg_code(r, k, row->cell[i].text, row->cell[i].n_text) == TALLY_NO_CODE)
				return true;
	return kind == NUMBERING_SURE;
}

static void end_header(struct reg *r, const struct row *row)
{
	r->header_row = row->row;
	r->first_line = row->row + 1 + lines_in(row);
}

unsigned reg_last_column(const struct row *row)
{
	unsigned last = 0;

	for (size_t i = 0; i < row->n_cell; i++) {
		const struct cell *c = &row->cell[i];

		if (c->n_text && c->col + c->n_cols - 1 > last)
			last = c->col + c->n_cols - 1;
	}
	return last;
}

static bool take_header(struct reg *r, const struct header *h, struct diags *d)
{
	size_t next = h->first + h->n_row;
	const struct row *last = &r->pending[h->first + h->n_row - 1];
	bool ok = true;

	end_header(r, last);
	r->last_col = last->sheet ? reg_last_column(last) : UINT_MAX;
	for (size_t i = h->first; i < next && last->sheet; i++)
		r->last_col = reg_last_column(&r->pending[i]) > r->last_col ? reg_last_column(&r->pending[i]) : r->last_col;
	for (size_t i = 0; i < h->n_column; i++)
		if (h->field[i] != FIELD_NONE)
			ok = take_column(r, h->field[i], (unsigned)i + 1, text_above(r, &r->pending[h->first], h->n_row, (unsigned)i + 1), d) && ok;
	if (!last->sheet)
		r->plan.width = (unsigned)last->n_cell;
	ok = row_words_read(r->library, r->source->at, &r->words, d) && ok && make_plan(r, d);
	if (ok && next < r->n_pending && is_numbers(r, &r->pending[next]))
		end_header(r, &r->pending[next++]);
	if (ok)
		keep_head(r, &r->pending[h->first], next - h->first);
	return ok;
}

static bool no_header(struct reg *r, struct diags *d)
{
	return diag_error(d, reg_place(r, r->n_pending ? r->pending[0].row : 0, 0), "missing-column",
		"no row among the first %d has a header text of the dataset '%s', such as '%s'", DATA_HEADER_WITHIN, r->dataset->id,
		header_name(r->dataset->field[0].label, r->source->period_year, r->arena));
}

/* Chooses the header among the rows kept. */
static bool find_header(struct reg *r, struct diags *d)
{
	struct header_rows rows = { r->pending, r->n_pending, DATA_HEADER_WITHIN, r->source->header_first, r->source->header_last };
	struct header h;

	r->has_header = true;
	header_find(&rows, &r->matcher, &r->pending_arena, &h);
	return h.n_matched ? take_header(r, &h, d) : no_header(r, d);
}

/* The field of a name, or FIELD_NONE; looked up once. */
size_t reg_named_field(struct reg *r, const char *name)
{
	size_t field;

	if (map_find(&r->names, name, &field))
		return field < r->dataset->n_field ? field : FIELD_NONE;
	if (r->names.n == NAMES_MAX)
		return FIELD_NONE;
	if (matcher_find(&r->matcher, header_text(name, strlen(name), r->arena), &field) < MATCH_SUFFIX)
		field = r->dataset->n_field; /* nobody's */
	map_add(&r->names, arena_text(r->arena, name), field, NULL);
	return field < r->dataset->n_field ? field : FIELD_NONE;
}

/* Of a source whose cells have names a row may lack some: only what tells areas is there or not by the first one. */
static bool find_names(struct reg *r, const struct row *row, struct diags *d)
{
	struct area_fields f = area_fields_of(r->dataset);

	r->has_header = true;
	for (size_t i = 0; i < r->dataset->n_field; i++) {
		r->column_of[i] = i == f.code || i == f.parent ? 0 : (unsigned)i + 1;
		r->header[i] = header_name(r->dataset->field[i].label, r->source->period_year, r->arena);
	}
	for (size_t i = 0; i < row->n_cell; i++) {
		size_t field = reg_named_field(r, row->cell[i].name);

		if (field == FIELD_NONE)
			continue;
		r->column_of[field] = (unsigned)field + 1;
		r->header[field] = arena_text(r->arena, row->cell[i].name);
	}
	return make_plan(r, d);
}

static void begin(struct reg *r, const struct row *row)
{
	r->begun = true;
	r->sheet = row->sheet ? arena_text(r->arena, row->sheet) : NULL;
	r->named = row->cell[0].name != NULL;
}

/* Up to the header, then no further. */
static bool take_head(struct row_sink *sink, const struct row *row, size_t n_row, struct diags *d)
{
	struct reg *r = ((struct register_sink *)sink)->reg;

	for (size_t i = 0; i < n_row; i++) {
		if (!row[i].n_cell)
			continue;
		if (!r->begun)
			begin(r, &row[i]);
		if (r->named) {
			find_names(r, &row[i], d);
			return false;
		}
		keep(r, &row[i]);
		if (r->n_pending == PENDING_ROWS)
			return false;
	}
	return true;
}

struct row_sink *register_head(struct reg *r)
{
	r->head = (struct register_sink){ { take_head }, r };
	r->begun = r->named = r->has_header = false;
	r->plan.n_column = 0;
	memset(r->column_of, 0, r->dataset->n_field * sizeof *r->column_of);
	return &r->head.sink;
}

bool register_end_head(struct reg *r, struct diags *d)
{
	bool ok = r->has_header ? r->plan.n_column > 0 : find_header(r, d);

	arena_clear(&r->pending_arena);
	r->pending = NULL;
	r->n_pending = r->cap_pending = 0;
	return ok;
}

unsigned register_first_line(const struct reg *r)
{
	return r->named || r->sheet ? 0 : r->first_line;
}
