/* What is wrong with rows of a register: by kind how many, and where the first of them are. What stands there is never said. */
#include "model/registering.h"

#include <string.h>

/* What is said of each kind of fault. */
struct kind {
	const char *rule;
	const char *all;  /* "%llu rows ...", with the first's message for people behind it */
	const char *each; /* of one place; one with %s names the column */
};

static const struct kind faults[] = {
	[TALLY_RAGGED] = { "columns", "%llu rows have more or fewer cells than the header and are left out; is a delimiter missing, or one too many in a text without quotes?",
		"this row has more or fewer cells than the header" },
	[TALLY_LONG] = { "limit", "%llu rows are longer than a row of a register may be and are left out; is a line end missing?",
		"this row is longer than a row of a register may be" },
	[TALLY_QUOTE] = { "quote", "%llu rows have quotes that are not closed, or text behind a closing quote, and are left out; a quote inside a cell is written twice",
		"a quote of this row is not closed, or text stands behind a closing quote" },
	[TALLY_BYTES] = { "encoding", "%llu rows have bytes that are no text in UTF-8 and are left out; save the file as CSV (UTF-8), or say encoding=\"...\" on the job's <source>, if it is another encoding",
		"this row has a byte that is no text in UTF-8" },
	[TALLY_TWICE] = { "duplicate-cell", "%llu rows have a cell of the same name twice and are left out; keep one of the two", "this row has a cell of the same name twice" },
	[TALLY_EMPTY] = { "needed", "%llu rows lack something that figures are counted by and are left out; fill the cells in",
		"'%s': this cell is empty" },
	[TALLY_UNKNOWN] = { "word", "%llu rows have something in a column of words or flags that is none of those it knows and are left out; mend it, or add the word to the dataset",
		"'%s': this is none of the words that may stand here" },
	[TALLY_NUMBER] = { "whole", "%llu rows have something other than a whole number where numbers are summed and are left out; write digits and nothing else",
		"'%s': this is no whole number, or one that is too large" },
	[TALLY_KEY] = { "area-row", "%llu rows name no area that can be kept and are left out: there is none, or its name is too long",
		"this row names no area that can be kept" },
	[TALLY_REPEATED] = { "duplicate", "%llu rows repeat the number of a row above, which no two rows may have in common, and are left out; keep one of them",
		"the number of this row stands in a row above already" },
};

struct origin reg_place(const struct reg *r, uint64_t row, unsigned col)
{
	return (struct origin){ .file = r->source->shown, .sheet = r->sheet, .row = row < UINT_MAX ? (unsigned)row : UINT_MAX, .col = col };
}

static enum severity severity_of(const struct reg *r)
{
	return r->options.strict ? DIAG_ERROR : DIAG_WARNING;
}

/* Places as rows, in the same order. */
static bool rows_of(const struct reg *r, const uint64_t *at, size_t n, uint64_t *row, struct diags *d)
{
	if (r->again.lines)
		return !n || r->again.lines(r->again.ctx, at, n, row, d);
	for (size_t i = 0; i < n; i++)
		row[i] = at[i] >> REG_ROW_SHIFT;
	return true;
}

/* The header text of the column that a place is in. */
static const char *column_text(const struct reg *r, struct tally_place place)
{
	return place.column ? r->header[r->field_of[place.column - 1]] : "";
}

static size_t kept(const struct tally_faults *f)
{
	return f->n < TALLY_PLACES_MAX ? (size_t)f->n : TALLY_PLACES_MAX;
}

/* *row [kept(f)]: where the first of them are. */
static bool first_rows(const struct reg *r, const struct tally_faults *f, uint64_t *row, struct diags *d)
{
	uint64_t at[TALLY_PLACES_MAX];

	for (size_t i = 0; i < kept(f); i++)
		at[i] = f->first[i].at;
	return rows_of(r, at, kept(f), row, d);
}

static bool tell(const struct reg *r, size_t kind, const struct tally_faults *f, struct diags *d)
{
	uint64_t row[TALLY_PLACES_MAX];

	if (!first_rows(r, f, row, d))
		return false;
	diag_add(d, severity_of(r), reg_place(r, 0, 0), faults[kind].rule, faults[kind].all, (unsigned long long)f->n);
	for (size_t i = 0; i < kept(f); i++)
		diag_place(d, reg_place(r, row[i], f->first[i].col), faults[kind].rule, faults[kind].each, column_text(r, f->first[i]));
	return true;
}

static bool tell_check(const struct reg *r, const struct row_check *check, const struct tally_faults *f, struct diags *d)
{
	uint64_t row[TALLY_PLACES_MAX];

	if (!first_rows(r, f, row, d))
		return false;
	diag_add(d, severity_of(r), reg_place(r, 0, 0), "row-check", "%llu rows are left out: %s; mend them", (unsigned long long)f->n,
		check->message);
	for (size_t i = 0; i < kept(f); i++)
		diag_place(d, reg_place(r, row[i], 0), "row-check", "this row: %s", check->message);
	return true;
}

/* Rows that are none, and the first of them. */
static bool tell_passed(const struct reg *r, const struct tally_faults *f, struct diags *d)
{
	uint64_t row[TALLY_PLACES_MAX];

	if (!first_rows(r, f, row, d))
		return false;
	diag_note(d, reg_place(r, row[0], 0), "skipped-rows",
		"%llu rows are no rows of the register and are skipped, this is the first: nothing stands in the columns that figures are counted by, or it is a total "
		"or the header again", (unsigned long long)f->n);
	return true;
}

static bool tell_behind(const struct reg *r, const struct tally_faults *f, struct diags *d)
{
	uint64_t row[TALLY_PLACES_MAX];

	if (!first_rows(r, f, row, d))
		return false;
	diag_warning(d, reg_place(r, 0, 0), "columns",
		"%llu rows have something behind the last column of the header, which is not read; are their cells in the right columns?",
		(unsigned long long)f->n);
	for (size_t i = 0; i < kept(f); i++)
		diag_place(d, reg_place(r, row[i], 0), "columns", "something stands behind the last column of the header");
	return true;
}

bool reg_find(struct reg *r, struct diags *d)
{
	bool ok = true;

	for (size_t i = 0; ok && i < TALLY_FAULTS; i++) {
		const struct tally_faults *f = &r->tally.fault[i];

		if (i == TALLY_REPEATED || i == TALLY_MISSED)
			continue;
		if (f->n && i == TALLY_PASSED) {
			ok = tell_passed(r, f, d);
			continue;
		}
		if (f->n && i == TALLY_BEHIND) {
			ok = tell_behind(r, f, d);
			continue;
		}
		r->has_faults = r->has_faults || f->n;
		if (f->n && i < TALLY_CHECK)
			ok = tell(r, i, f, d);
		else if (f->n)
			ok = tell_check(r, &r->dataset->check[i - TALLY_CHECK], f, d);
	}
	return ok;
}

bool reg_find_missed(const struct reg *r, struct diags *d)
{
	const struct tally_faults *f = &r->tally.fault[TALLY_MISSED];
	uint64_t row[TALLY_PLACES_MAX];

	if (!first_rows(r, f, row, d))
		return false;
	diag_warning(d, reg_place(r, 0, 0), "missing",
		"%llu rows have an empty cell that conditions ask for, so that figures of their areas are missing; fill the cells in, or say in the dataset what an empty "
		"cell stands for (blank=\"...\")", (unsigned long long)f->n);
	for (size_t i = 0; i < kept(f); i++)
		diag_place(d, reg_place(r, row[i], f->first[i].col), "missing", "'%s': this cell is empty", column_text(r, f->first[i]));
	return true;
}

bool reg_find_repeated(struct reg *r, struct diags *d)
{
	const struct tally_faults *f = &r->tally.fault[TALLY_REPEATED];

	r->has_faults = r->has_faults || f->n;
	return !f->n || tell(r, TALLY_REPEATED, f, d);
}

bool register_has_faults(const struct reg *r)
{
	return r->has_faults;
}

/* The first column that tells areas, of a divided register those within the part; 0: cells have names. */
static unsigned key_col(const struct reg *r)
{
	unsigned by = r->by == SIZE_MAX ? 0 : r->column_of[r->by];
	unsigned first = 0;

	for (size_t i = 0; i < r->plan.n_column && !r->named; i++) {
		if (r->column[i].is_key && r->column[i].col != by)
			return r->column[i].col;
		if (r->column[i].is_key && !first)
			first = r->column[i].col;
	}
	return first;
}

/* Where keys stand first, and a column of them; at most TALLY_PLACES_MAX. */
static bool first_places(const struct reg *r, const size_t *key, size_t n, uint64_t *row, unsigned *col, struct diags *d)
{
	uint64_t at[TALLY_PLACES_MAX] = { 0 };

	*col = key_col(r);
	for (size_t i = 0; i < n; i++)
		at[i] = r->tally.key[key[i]].first;
	return rows_of(r, at, n, row, d);
}

bool reg_find_lost(struct reg *r, const size_t *key, size_t n_key, uint64_t n_row, struct diags *d)
{
	size_t n = n_key < TALLY_PLACES_MAX ? n_key : TALLY_PLACES_MAX;
	uint64_t row[TALLY_PLACES_MAX];
	unsigned col;

	if (!first_places(r, key, n, row, &col, d))
		return false;
	diag_error(d, reg_place(r, 0, 0), "area-code",
		"%llu rows are of no area of the list by the column '%s' and are in no plan; correct the codes, or add the areas to the list",
		(unsigned long long)n_row, r->source->by);
	for (size_t i = 0; i < n; i++)
		diag_place(d, reg_place(r, row[i], r->named ? 0 : r->column_of[r->by]), "area-code",
			"this code is that of no area of the list; it stands here first");
	return true;
}

/* Notes of the first places of keys behind the finding that was added. */
static bool tell_keys(const struct reg *r, const struct reg_lost *lost, const char *rule, const char *each, struct diags *d)
{
	size_t n = lost->n < TALLY_PLACES_MAX ? lost->n : TALLY_PLACES_MAX;
	uint64_t row[TALLY_PLACES_MAX];
	unsigned col;

	if (!first_places(r, lost->key, n, row, &col, d))
		return false;
	for (size_t i = 0; i < n; i++)
		diag_place(d, reg_place(r, row[i], col), rule, each, "");
	return true;
}

bool reg_find_areas(struct reg *r, const struct reg_lost *lost, struct diags *d)
{
	r->has_faults = true;
	diag_add(d, severity_of(r), reg_place(r, 0, 0), "unknown-area",
		"%llu rows of %zu codes or names of areas are left out: they are no areas of this job, or stand above those that figures are wanted for; "
		"mend them, or add the areas to the source that lists them", (unsigned long long)lost->n_row, lost->n);
	return tell_keys(r, lost, "unknown-area", "this code or name of an area is not known; it stands here first", d);
}

bool reg_find_near(struct reg *r, const struct reg_lost *lost, struct diags *d)
{
	r->has_faults = true;
	if (r->options.alone) {
		diag_add(d, severity_of(r), reg_place(r, 0, 0), "near-code",
			"%llu rows of %zu codes of areas are counted apart, but the codes differ from others of this register only by zeros in front, which "
			"spreadsheets drop; write them alike, in a column of texts", (unsigned long long)lost->n_row, lost->n);
		return tell_keys(r, lost, "near-code", "this code differs from another one only by zeros in front; it stands here first", d);
	}
	diag_add(d, severity_of(r), reg_place(r, 0, 0), "near-code",
		"%llu rows of %zu codes of areas are left out: the codes differ from those of the source that lists areas only by zeros in front, which spreadsheets "
		"drop; write them as that source does, in a column of texts", (unsigned long long)lost->n_row, lost->n);
	return tell_keys(r, lost, "near-code", "this code differs from a known one only by zeros in front; it stands here first", d);
}

bool reg_find_unclear(struct reg *r, const struct reg_lost *lost, struct diags *d)
{
	r->has_faults = true;
	diag_add(d, severity_of(r), reg_place(r, 0, 0), "ambiguous-area",
		"%llu rows of %zu names of areas are left out: there are several areas of such a name; say which one by a column for its code or the area above",
		(unsigned long long)lost->n_row, lost->n);
	return tell_keys(r, lost, "ambiguous-area", "several areas have this name; it stands here first", d);
}

bool reg_find_bare(const struct reg *r, const struct reg_lost *lost, struct diags *d)
{
	diag_note(d, reg_place(r, 0, 0), "area-name",
		"%llu rows of %zu names of areas are taken for the only area whose name differs by nothing but the word in front; write both alike",
		(unsigned long long)lost->n_row, lost->n);
	return tell_keys(r, lost, "area-name", "this name is taken for one with or without the word in front; it stands here first", d);
}

void reg_find_empty(const struct reg *r, const struct area *const *area, size_t n, struct diags *d)
{
	diag_warning(d, reg_place(r, 0, 0), "no-rows",
		"%zu areas have no row in this register, and no figures; is a part of the register missing? If there are none, leave the areas out of the source that lists them", n);
	for (size_t i = 0; i < n && i < TALLY_PLACES_MAX; i++)
		diag_place(d, reg_place(r, 0, 0), "no-rows", "no row is of '%s'", area[i]->name);
}

/* A wrong column has another text in every row. */
bool reg_fits(const struct reg *r, struct diags *d)
{
	switch (tally_overflow(&r->tally)) {
	case TALLY_FITS:
		return true;
	case TALLY_TOO_MANY_KEYS:
		return diag_error(d, reg_place(r, 0, key_col(r)), "limit",
			"the rows have more than %zu different codes or names of areas; is it the right column? If it is, divide the file", r->plan.n_key_max);
	case TALLY_TOO_MANY_ROWS:
		break;
	}
	return diag_error(d, reg_place(r, 0, 0), "limit", "a register has at most %u rows; divide the file", TALLY_ROWS_MAX);
}
