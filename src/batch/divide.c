#include "batch/divide.h"

#include "base/utf8.h"
#include "model/columnnumbers.h"
#include "model/header.h"

#include <stddef.h>
#include <string.h>

enum {
	HEAD_ROWS = DATA_HEADER_WITHIN + DATA_HEADER_ROWS_MAX, /* that the header is looked for in */
	BELOW_MAX = 2, /* rows below a header: column numbers, units */
};

#define NOBODY UINT32_MAX /* owner of rows that are lost */

/* A row that cannot be read, among those that the header is looked for in. */
struct held_fault {
	enum row_fault fault;
	struct row row;
};

struct divider {
	struct row_sink sink; /* first */
	struct row_faults faults;
	const struct source *source;
	struct dataset dataset; /* with the column of codes as one more field, where it has none of that name */
	const struct job_list *list;
	struct row_store *store;
	struct arena *arena;
	struct matcher matcher;
	struct row_words words;
	size_t by;	 /* field */
	bool by_is_own;	 /* of the dataset: its cells stay */
	struct row *pending; /* until there is a header */
	size_t n_pending;
	size_t cap_pending;
	bool begun, named, has_header, wrong;
	unsigned column; /* of codes */
	const char *name; /* the same where cells have names */
	size_t n_below;	 /* rows behind the header so far; above BELOW_MAX: data have begun */
	uint32_t owner;	 /* that a merged cell stands for */
	unsigned until;	 /* its last row; 0: there is none */
	size_t n_text; /* rows without a code that have no figures: headings, notes, signatures */
	struct origin text; /* the first of them */
	size_t n_lost_blank;
	size_t n_lost_unknown;
	struct map lost_codes; /* that were told */
	bool *spoilt; /* [list->n_area] whether a row of the area cannot be read */
	struct held_fault held[HEAD_ROWS]; /* [n_held] until there is a header */
	size_t n_held;
	size_t n_fault[ROW_FAULTS];
};

/* ---- the column of codes ---- */

/* The dataset with one more field that is known by the header text. */
static void add_field(struct divider *v, const struct dataset *dataset)
{
	struct field *field = ARENA_ARRAY(v->arena, dataset->n_field + 1, struct field);
	const char **name = ARENA_ARRAY(v->arena, 1, const char *);
	const char *by = v->source->by;

	memcpy(field, dataset->field, dataset->n_field * sizeof *field);
	name[0] = utf8_fold(by, strlen(by), v->arena);
	field[dataset->n_field] = (struct field){ .id = by, .type = FIELD_TEXT, .unit = "", .name = name, .n_name = 1, .label = by,
		.at = v->source->by_at };
	v->dataset.field = field;
	v->dataset.n_field = dataset->n_field + 1;
	v->by = dataset->n_field;
}

static bool is_name_of(const struct field *f, const char *folded)
{
	for (size_t i = 0; i < f->n_name; i++)
		if (!strcmp(f->name[i], folded))
			return true;
	return false;
}

static void choose_field(struct divider *v, const struct dataset *dataset)
{
	const char *folded = utf8_fold(v->source->by, strlen(v->source->by), v->arena);

	for (size_t i = 0; i < dataset->n_field && !v->by_is_own; i++) {
		v->by_is_own = is_name_of(&dataset->field[i], folded);
		v->by = i;
	}
	if (!v->by_is_own)
		add_field(v, dataset);
}

static bool no_column(struct divider *v, const struct header *h, struct diags *d)
{
	const char **found = ARENA_ARRAY(v->arena, h ? h->n_column : 0, const char *);
	size_t n = 0;

	for (size_t i = 0; h && i < h->n_column; i++)
		if (h->path[i])
			found[n++] = h->path[i];
	v->wrong = true;
	return diag_error(d, v->source->by_at, "by",
		"'%s' has no column '%s'; write the header text of the column with the codes of the areas; found: %s", v->source->shown,
		v->source->by, n ? word_list(found, n, v->arena) : diag_say(d, "nothing"));
}

static bool find_column(struct divider *v, const struct header *h, struct diags *d)
{
	for (size_t i = 0; i < h->n_column && !v->column; i++)
		if (h->n_matched && h->field[i] == v->by)
			v->column = (unsigned)i + 1;
	return v->column || no_column(v, h->n_matched ? h : NULL, d);
}

/* ---- whose a row is ---- */

static const struct cell *code_cell(const struct divider *v, const struct row *row)
{
	for (size_t i = 0; i < row->n_cell; i++) {
		const struct cell *c = &row->cell[i];

		if (v->named ? c->name && v->name && !strcmp(c->name, v->name) : c->col == v->column)
			return c;
	}
	return NULL;
}

static bool is_blank(const struct row *row)
{
	for (size_t i = 0; i < row->n_cell; i++) {
		const char *text = row->cell[i].text;
		size_t n = row->cell[i].n_text;

		utf8_trim(&text, &n);
		if (n)
			return false;
	}
	return true;
}

/* A total of the whole list is of nobody, and nobody misses it. */
static bool is_total(const struct divider *v, const struct row *row, struct arena *a)
{
	for (size_t i = 0; i < row->n_cell; i++) {
		const struct cell *c = &row->cell[i];

		if (c->n_text && c->n_text <= ROW_TEXT_MAX
			&& total_kind_of(v->dataset.total, &v->words, utf8_fold(c->text, c->n_text, a)) == TOTAL_WHOLE)
			return true;
	}
	return false;
}

static bool has_figures(const struct row *row)
{
	for (size_t i = 0; i < row->n_cell; i++) {
		const char *text = row->cell[i].text;
		size_t n = row->cell[i].n_text;

		utf8_trim(&text, &n);
		if (n && (row->cell[i].kind != CELL_TEXT || (*text >= '0' && *text <= '9')))
			return true;
	}
	return false;
}

static bool lose_blank(struct divider *v, const struct row *row, struct diags *d)
{
	struct origin at = { v->source->shown, row->sheet ? arena_text(v->arena, row->sheet) : NULL, row->row, v->named ? 0 : v->column };
	struct arena a = { 0 };
	bool total = is_total(v, row, &a);

	arena_clear(&a);
	if (!has_figures(row) && !v->n_text++)
		v->text = at;
	if (total || !has_figures(row) || ++v->n_lost_blank > DIVIDE_PLACES)
		return true;
	diag_error(d, at, "area-code", "this row says no code in the column '%s', so it is in no plan; fill it in", v->source->by);
	return true;
}

static bool lose_unknown(struct divider *v, const struct row *row, const struct cell *c, const char *code, struct diags *d)
{
	if (map_find(&v->list->bad_codes, code, NULL)) /* the list's own fault, which is told of it */
		return true;
	v->n_lost_unknown++;
	if (v->lost_codes.n >= DIVIDE_PLACES || map_find(&v->lost_codes, code, NULL))
		return true;
	map_add(&v->lost_codes, arena_text(v->arena, code), 0, NULL);
	code = list_code_shown(code, v->arena);
	diag_error(d, (struct origin){ v->source->shown, row->sheet, c->row, c->col }, "area-code",
		"no area of the list has the code '%s', so its rows are in no plan; correct the code, or add the area to '%s'", code,
		v->list->source.shown);
	return true;
}

/* The code as it is looked up. */
static const char *code_of(const struct cell *c, struct arena *a)
{
	const char *text = c->text;
	size_t n = c->n_text;

	utf8_trim(&text, &n);
	return list_code(arena_slice(a, text, n));
}

static bool put(struct divider *v, uint32_t owner, const struct row *row, struct diags *d)
{
	bool without = v->source->by && !v->by_is_own;

	return row_store_add(v->store, owner, row, without && !v->named ? v->column : 0, without ? v->name : NULL, d);
}

static bool give(struct divider *v, const struct row *row, struct diags *d)
{
	const struct cell *c = code_cell(v, row);
	struct arena a = { 0 };
	const char *code = c ? code_of(c, &a) : "";
	size_t owner = NOBODY;
	bool known = map_find(&v->list->codes, code, &owner);
	bool ok = true;

	if (*code) {
		v->owner = (uint32_t)owner;
		v->until = c->n_rows > 1 ? c->row + c->n_rows - 1 : 0;
	}
	if (*code && !known)
		ok = lose_unknown(v, row, c, code, d);
	else if (*code || (v->until >= row->row && v->owner != NOBODY))
		ok = put(v, v->owner, row, d);
	else if (v->until >= row->row)
		v->n_lost_unknown++;
	else
		ok = lose_blank(v, row, d);
	arena_clear(&a);
	return ok;
}

/* ---- rows that cannot be read ---- */

const char *divide_reason(enum row_fault fault, struct diags *d)
{
	static const char *const reason[ROW_FAULTS] = {
		[ROW_LONG] = "it is longer than a row may be; shorten it",
		[ROW_WIDE] = "it has more fields than a row may have; is this a table?",
		[ROW_QUOTE] = "a quote in it is never closed, or text stands behind a closing quote; a quote inside a field is written twice",
		[ROW_BYTES] = "it has bytes that are no text; save the sheet as CSV (UTF-8)",
		[ROW_TWICE] = "it has an element or attribute of one name twice; delete the wrong one",
	};

	return diag_say(d, reason[fault]);
}

/* Of the row at fault, as far as it can be read. */
static const char *code_at_fault(const struct divider *v, const struct row *row, struct arena *a)
{
	const struct cell *c = code_cell(v, row);

	return c && c->n_text <= ROW_TEXT_MAX && !memchr(c->text, '\0', c->n_text) ? code_of(c, a) : "";
}

static bool spoil(struct divider *v, enum row_fault fault, const struct row *row, struct diags *d)
{
	struct origin at = { v->source->shown, NULL, row->row, 0 };
	struct arena a = { 0 };
	size_t owner;
	bool known = map_find(&v->list->codes, code_at_fault(v, row, &a), &owner);
	bool shown = v->n_fault[fault]++ < DIVIDE_PLACES;

	if (known)
		v->spoilt[owner] = true;
	if (known && shown)
		diag_error(d, at, "row", "%s (%s) is left out, since this row of it cannot be read: %s", v->list->area[owner].name,
			v->list->area[owner].code, divide_reason(fault, d));
	else if (shown)
		diag_error(d, at, "row", "this row is in no plan, since neither it nor whose it is can be read: %s", divide_reason(fault, d));
	arena_clear(&a);
	return true;
}

static struct row copy_row(struct divider *v, const struct row *row)
{
	struct cell *cell = ARENA_ARRAY(v->arena, row->n_cell, struct cell);

	for (size_t i = 0; i < row->n_cell; i++) {
		cell[i] = row->cell[i];
		cell[i].text = arena_slice(v->arena, cell[i].text, cell[i].n_text);
	}
	return (struct row){ cell, row->n_cell, row->row, row->sheet ? arena_text(v->arena, row->sheet) : NULL };
}

/* ---- rows ---- */

/* "(hộ)": whether all that the row says are units. */
static bool is_units(const struct divider *v, const struct row *row)
{
	struct arena a = { 0 };
	bool is = true;

	for (size_t i = 0; i < row->n_cell && is; i++) {
		const char *text = row->cell[i].text;
		size_t n = row->cell[i].n_text;

		utf8_trim(&text, &n);
		if (n > 2 && *text == '(' && text[n - 1] == ')') {
			text++;
			n -= 2;
		}
		is = !n || (n <= ROW_TEXT_MAX && row_words_match(v->words.unit, utf8_fold(text, n, &a)));
	}
	arena_clear(&a);
	return is;
}

static bool has_known_code(struct divider *v, const struct row *row)
{
	const struct cell *c = code_cell(v, row);
	struct arena a = { 0 };
	bool is = c && map_find(&v->list->codes, code_of(c, &a), NULL);

	arena_clear(&a);
	return is;
}

/* A row right below the header that says nothing of any area: it numbers the columns, or names units. */
static bool is_below(struct divider *v, const struct row *row)
{
	bool is = v->n_below++ < BELOW_MAX && !has_known_code(v, row)
		&& (numbering_of(row, &v->words) != NUMBERING_NONE || is_units(v, row));

	if (!is)
		v->n_below = BELOW_MAX;
	return is;
}

static bool take_data(struct divider *v, const struct row *row, struct diags *d)
{
	if (is_blank(row))
		return true;
	if (is_below(v, row))
		return put(v, ROWS_OF_ALL, row, d);
	return give(v, row, d);
}

/* Chooses the header among the rows kept, and gives away those behind it. */
static bool end_pending(struct divider *v, struct diags *d)
{
	struct header_rows rows = { v->pending, v->n_pending, DATA_HEADER_WITHIN, v->source->header_first, v->source->header_last };
	struct header h;
	size_t behind;

	v->has_header = true;
	header_find(&rows, &v->matcher, v->arena, &h);
	if (!find_column(v, &h, d))
		return false;
	behind = h.first + h.n_row;
	for (size_t i = 0; i < behind; i++)
		if (!put(v, ROWS_OF_ALL, &v->pending[i], d))
			return false;
	for (size_t i = behind; i < v->n_pending; i++)
		if (!take_data(v, &v->pending[i], d))
			return false;
	for (size_t i = 0; i < v->n_held; i++)
		spoil(v, v->held[i].fault, &v->held[i].row, d);
	return true;
}

static void begin(struct divider *v, const struct row *row)
{
	if (v->begun || !row->n_cell)
		return;
	v->begun = true;
	v->named = row->cell[0].name != NULL;
}

static void find_name(struct divider *v, const struct row *row)
{
	for (size_t i = 0; i < row->n_cell && !v->name; i++) {
		const char *name = row->cell[i].name;
		size_t field;

		if (name && matcher_find(&v->matcher, header_text(name, strlen(name), v->arena), &field) && field == v->by)
			v->name = arena_text(v->arena, name);
	}
}

/* A row whose cells have names. */
static bool take_named(struct divider *v, const struct row *row, struct diags *d)
{
	find_name(v, row);
	return is_blank(row) || give(v, row, d);
}

static bool take_row(struct divider *v, const struct row *row, struct diags *d)
{
	if (!v->source->by)
		return put(v, ROWS_OF_ALL, row, d);
	begin(v, row);
	if (v->named)
		return take_named(v, row, d);
	if (v->has_header)
		return take_data(v, row, d);
	*ARENA_PUSH(v->arena, v->pending, v->n_pending, &v->cap_pending) = copy_row(v, row);
	return v->n_pending < HEAD_ROWS || end_pending(v, d);
}

static bool take(struct row_sink *sink, const struct row *row, size_t n_row, struct diags *d)
{
	struct divider *v = (struct divider *)sink;
	bool ok = !v->wrong;

	for (size_t i = 0; i < n_row && ok; i++)
		ok = take_row(v, &row[i], d);
	v->wrong = v->wrong || !ok;
	return ok;
}

/* Where the header is still looked for, a row without cells stands in its place. */
static bool take_fault(struct row_faults *faults, enum row_fault fault, const struct row *row, struct diags *d)
{
	struct divider *v = (struct divider *)((char *)faults - offsetof(struct divider, faults));

	begin(v, row);
	if (v->named)
		find_name(v, row);
	if (v->wrong || v->named || v->has_header)
		return !v->wrong && spoil(v, fault, row, d);
	v->held[v->n_held++] = (struct held_fault){ fault, copy_row(v, row) };
	v->wrong = !take_row(v, &(struct row){ .row = row->row }, d);
	return !v->wrong;
}

/* ---- outside ---- */

struct divider *divider_new(const struct source *source, const struct dataset *dataset, const struct job_list *list,
	struct library *library, struct row_store *store, bool *spoilt, struct arena *a, struct diags *d)
{
	struct divider *v = ARENA_NEW(a, struct divider);

	*v = (struct divider){ .sink = { take }, .faults = { take_fault }, .source = source, .dataset = *dataset, .list = list,
		.store = store, .spoilt = spoilt, .arena = a };
	if (!row_words_read(library, source->at, &v->words, d))
		return NULL;
	map_init(&v->lost_codes, a);
	if (source->by)
		choose_field(v, dataset);
	matcher_init(&v->matcher, &v->dataset, source->period_year, a);
	v->matcher.words = &v->words;
	return v;
}

struct row_sink *divider_rows(struct divider *v)
{
	return &v->sink;
}

struct row_faults *divider_faults(struct divider *v)
{
	return v->source->by ? &v->faults : NULL;
}

/* How many more there are than were told. */
static void tell_more(struct divider *v, struct diags *d)
{
	struct origin whole = { .file = v->source->shown };

	if (v->n_text)
		diag_note(d, v->text, "skipped-rows", "%zu rows without a code have no figures and are in no plan", v->n_text);
	if (v->n_lost_blank > DIVIDE_PLACES)
		diag_error(d, whole, "area-code", "%zu rows in all say no code in the column '%s'", v->n_lost_blank, v->source->by);
	if (v->n_lost_unknown > v->lost_codes.n)
		diag_error(d, whole, "area-code", "%zu rows in all have codes that no area of the list has", v->n_lost_unknown);
	for (enum row_fault i = 0; i < ROW_FAULTS; i++)
		if (v->n_fault[i] > DIVIDE_PLACES)
			diag_error(d, whole, "row", "%zu rows in all cannot be read: %s", v->n_fault[i], divide_reason(i, d));
}

bool divider_end(struct divider *v, size_t *n_lost, struct diags *d)
{
	if (v->source->by && !v->wrong && !v->named && !v->has_header && !end_pending(v, d))
		v->wrong = true;
	if (v->named && !v->name && !v->wrong)
		no_column(v, NULL, d);
	tell_more(v, d);
	*n_lost = v->n_lost_blank + v->n_lost_unknown;
	for (enum row_fault i = 0; i < ROW_FAULTS; i++)
		*n_lost += v->n_fault[i];
	return row_store_end(v->store, v->list->n_area, d) && !v->wrong;
}
