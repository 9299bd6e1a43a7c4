/* The rows of a register from any reader, and what their texts are. */
#include "model/registering.h"

#include "base/utf8.h"
#include "model/typing.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum {
	DIGITS_MAX = 4, /* of a count that conditions may name */
};

/* ---- codes ---- */

static size_t blank_value(const struct field *f, const struct reg_field *r)
{
	if (r->may_miss)
		return r->n_value - 1;
	if (f->type == FIELD_FLAG)
		return !strcmp(f->blank, "yes");
	for (size_t i = 0; i < f->n_value; i++)
		if (!strcmp(f->value[i].id, f->blank))
			return i;
	return 0;
}

static size_t whole_value(const char *s, size_t n, size_t most)
{
	size_t x = 0;

	if (n > DIGITS_MAX)
		return SIZE_MAX;
	for (size_t i = 0; i < n; i++) {
		if (s[i] < '0' || s[i] > '9')
			return SIZE_MAX;
		x = 10 * x + (size_t)(s[i] - '0');
	}
	return x <= most ? x : SIZE_MAX;
}

/* SIZE_MAX: it means nothing there. */
static size_t folded_value(const struct field *f, const char *folded)
{
	const struct word_value *v;
	enum flag_word flag;

	if (f->type == FIELD_FLAG) {
		flag = flag_word(folded);
		return flag == FLAG_UNKNOWN ? SIZE_MAX : flag == FLAG_YES;
	}
	v = field_word(f, folded);
	return v ? (size_t)(v - f->value) : SIZE_MAX;
}

unsigned reg_code(const void *ctx, size_t column, const char *text, size_t n)
{
	const struct reg *r = ctx;
	const struct field *f = &r->dataset->field[r->field_of[column]];
	const struct reg_field *own = &r->field[r->field_of[column]];
	struct buf b = { 0 };
	size_t value;

	if (n)
		utf8_trim(&text, &n);
	if (!n) {
		if (f->needed)
			return TALLY_NO_TEXT;
		value = blank_value(f, own);
	} else if (f->type == FIELD_COUNT) {
		value = whole_value(text, n, f->most);
	} else {
		value = folded_value(f, utf8_fold_into(text, n, &b));
	}
	buf_clear(&b);
	return value == SIZE_MAX ? TALLY_NO_CODE : own->class_of[value];
}

/* ---- rows ---- */

/* A cell as rows of the header have theirs; NULL: it is empty. */
static const char *folded_cell(struct tally_text text, struct buf *b)
{
	if (text.n)
		utf8_trim(&text.text, &text.n);
	return text.n ? utf8_fold_into(text.text, text.n < ROW_TEXT_MAX ? text.n : ROW_TEXT_MAX, b) : NULL;
}

/* Whether it is a total, by the first cell that something stands in, or nothing stands there. */
static bool is_total(const struct reg *r, const struct tally_text *cell)
{
	struct buf b = { 0 };
	const char *folded = NULL;
	enum total_kind kind;

	for (size_t i = 0; i < r->plan.n_column && !folded; i++)
		folded = folded_cell(cell[i], &b);
	kind = folded && *r->dataset->total ? total_kind_of(r->dataset->total, &r->words, folded) : TOTAL_NOT;
	buf_clear(&b);
	return !folded || kind == TOTAL_WHOLE || kind == TOTAL_PART;
}

/* Whether the row has what this one of the header has, and no more. */
static bool is_head(const struct reg *r, const struct tally_text *cell, const char *const *head)
{
	struct buf b = { 0 };
	bool is = true;

	for (size_t i = 0; i < r->plan.n_column && is; i++) {
		const char *folded = folded_cell(cell[i], &b);

		is = !strcmp(folded ? folded : "", head[i]);
	}
	buf_clear(&b);
	return is;
}

bool reg_is_none(const void *ctx, const struct tally_text *cell)
{
	const struct reg *r = ctx;
	bool is = is_total(r, cell);

	for (size_t i = 0; i < r->n_head && !is; i++)
		is = is_head(r, cell, &r->head_text[i * r->plan.n_column]);
	return is;
}

/* The cells of the plan's columns, and how many there are. 0: the row is blank. */
static unsigned gather(struct reg *r, const struct row *row)
{
	bool blank = true;

	for (size_t i = 0; i < r->plan.n_column; i++)
		r->cell[i] = (struct tally_text){ "", 0, r->named ? 0 : r->column[i].col };
	for (size_t i = 0; i < row->n_cell; i++) {
		const struct cell *c = &row->cell[i];
		const char *text = c->text;
		size_t n = c->n_text;
		size_t field;

		if (n)
			utf8_trim(&text, &n);
		blank = blank && !n;
		if (r->named) {
			field = c->name ? reg_named_field(r, c->name) : FIELD_NONE;
			if (field != FIELD_NONE && r->place_of[field] != SIZE_MAX)
				r->cell[r->place_of[field]] = (struct tally_text){ c->text, c->n_text, c->col };
			continue;
		}
		for (size_t k = 0; k < r->plan.n_column && r->column[k].col <= c->col; k++)
			if (r->column[k].col == c->col)
				r->cell[k] = (struct tally_text){ c->text, c->n_text, c->col };
	}
	return blank ? 0 : (unsigned)row->n_cell;
}

/* The row, and which of all it is: several elements of XML may stand in one line. */
static uint64_t place_of_row(struct reg *r, const struct row *row)
{
	return (uint64_t)row->row << REG_ROW_SHIFT | (r->n_seen++ & UINT32_MAX);
}

static bool take_rows(struct row_sink *sink, const struct row *row, size_t n_row, struct diags *d)
{
	struct reg *r = ((struct register_sink *)sink)->reg;

	(void)d;
	for (size_t i = 0; i < n_row; i++) {
		unsigned n_cell = row[i].row > r->header_row ? gather(r, &row[i]) : 0;
		uint64_t at = n_cell ? place_of_row(r, &row[i]) : 0;

		if (n_cell && !r->named && reg_last_column(&row[i]) > r->last_col)
			tally_add_fault(&r->tally, TALLY_BEHIND, (struct tally_place){ .at = at });
		if (n_cell)
			tally_take(&r->tally, r->cell, n_cell, at);
	}
	return true;
}

struct row_sink *register_rows(struct reg *r)
{
	r->rows = (struct register_sink){ { take_rows }, r };
	r->n_seen = 0;
	tally_init(&r->tally, &r->plan, tally_seed());
	r->has_tally = true;
	return &r->rows.sink;
}

static bool tell_fault(struct row_faults *faults, enum row_fault fault, const struct row *row, struct diags *d)
{
	static const enum tally_fault kind_of[] = { [ROW_LONG] = TALLY_LONG, [ROW_WIDE] = TALLY_RAGGED, [ROW_QUOTE] = TALLY_QUOTE,
		[ROW_BYTES] = TALLY_BYTES, [ROW_TWICE] = TALLY_TWICE };
	struct reg *r = ((struct register_faults *)faults)->reg;

	(void)d;
	if (r->has_tally && !r->is_back && row->row > r->header_row)
		tally_add_fault(&r->tally, kind_of[fault], (struct tally_place){ .at = (uint64_t)row->row << REG_ROW_SHIFT });
	return true;
}

struct row_faults *register_faults(struct reg *r)
{
	r->faults = (struct register_faults){ { .tell = tell_fault }, r };
	return &r->faults.faults;
}

static bool take_back(struct row_sink *sink, const struct row *row, size_t n_row, struct diags *d)
{
	struct reg *r = ((struct register_sink *)sink)->reg;

	(void)d;
	for (size_t i = 0; i < n_row && r->i_back < r->n_back; i++) {
		unsigned n_cell = row[i].row > r->header_row ? gather(r, &row[i]) : 0;

		if (n_cell && place_of_row(r, &row[i]) == r->taken_back[r->i_back]) {
			tally_take_back(&r->tally, r->cell, n_cell, r->taken_back[r->i_back]);
			r->i_back++;
		}
	}
	return true;
}

struct row_sink *register_back(struct reg *r, const uint64_t *at, size_t n)
{
	r->back = (struct register_sink){ { take_back }, r };
	r->taken_back = at;
	r->n_back = n;
	r->is_back = true;
	r->i_back = 0;
	r->n_seen = 0;
	return &r->back.sink;
}
