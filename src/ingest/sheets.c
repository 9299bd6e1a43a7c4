#include "ingest/sheets.h"

#include "base/buf.h"
#include "base/date.h"
#include "base/utf8.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum {
	TAKE_CELLS = 4096, /* after which rows are given to the sink */
	TAKE_BYTES = 1 << 20,
	EXCERPT = 40, /* [bytes] */
	NAME_SHOWN = 100, /* [bytes] of a name in a list */
};

/* ---- which sheet ---- */

bool sheet_name_check(const struct reader_options *options, size_t n, const char *name, struct diags *d)
{
	struct origin whole = { .file = options->shown };

	if (n == SHEET_NAMES_MAX)
		return diag_error(d, whole, "limit", "the file has more than %d sheets; copy the right one into a new file", SHEET_NAMES_MAX);
	if (strlen(name) > SHEET_TITLE_MAX)
		return diag_error(d, whole, "limit", "the name of sheet %zu has more than %d bytes; give it a short one", n + 1, SHEET_TITLE_MAX);
	return true;
}

static const char *name_list(const struct sheet_name *sheet, size_t n, struct arena *a)
{
	const char *list[LISTED_MAX];
	size_t n_list = 0;

	for (size_t i = 0; i < n; i++)
		if (!sheet[i].is_chart && n_list++ < LISTED_MAX)
			list[n_list - 1] = arena_printf(a, "'%.*s'", (int)utf8_cut(sheet[i].name, strlen(sheet[i].name), NAME_SHOWN), sheet[i].name);
	return n_list ? word_list(list, n_list, a) : "-";
}

/* The one of exactly that name, or the only one that is alike but for case and blanks; *n_alike of those. */
static bool find_named(const struct sheet_name *sheet, size_t n, const char *name, size_t *found, size_t *n_alike, struct arena *a)
{
	const char *folded = utf8_fold(name, strlen(name), a);

	*n_alike = 0;
	for (size_t i = n; i--;) {
		if (sheet[i].is_chart || strcmp(utf8_fold(sheet[i].name, strlen(sheet[i].name), a), folded) != 0)
			continue;
		*found = i;
		++*n_alike;
	}
	for (size_t i = 0; *n_alike > 1 && i < n; i++)
		if (!sheet[i].is_chart && !strcmp(sheet[i].name, name)) {
			*found = i;
			*n_alike = 1;
		}
	return *n_alike == 1;
}

static bool find_numbered(const struct sheet_name *sheet, size_t n, const char *name, size_t *found)
{
	char *end;
	unsigned long number = strtoul(name, &end, 10);

	if (*name < '0' || *name > '9' || *end || !number || number > n || sheet[number - 1].is_chart)
		return false;
	*found = number - 1;
	return true;
}

/* Of those that have cells, and may be empty or may not, the only one that is not hidden, or the only one; n if there are several or
 * none. */
static size_t only_one(const struct sheet_name *sheet, size_t n, bool may_be_empty)
{
	size_t n_shown = 0, n_cells = 0;
	size_t shown = n, only = n;

	for (size_t i = 0; i < n; i++) {
		if (sheet[i].is_chart || (sheet[i].is_empty && !may_be_empty))
			continue;
		n_cells++;
		only = i;
		if (sheet[i].hidden)
			continue;
		n_shown++;
		shown = i;
	}
	if (n_shown == 1)
		return shown;
	return n_cells == 1 ? only : n;
}

static bool has_cells(const struct sheet_name *sheet, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!sheet[i].is_chart)
			return true;
	return false;
}

static bool choose_named(const struct reader_options *options, const struct sheet_name *sheet, size_t n, size_t *chosen, struct arena *a,
	struct diags *d)
{
	struct origin whole = { .file = options->shown };
	size_t n_alike;

	if (find_named(sheet, n, options->sheet, chosen, &n_alike, a) || (!n_alike && find_numbered(sheet, n, options->sheet, chosen)))
		return true;
	if (n_alike)
		return diag_error(d, whole, "sheet",
			"%zu sheets have a name like '%s', but none exactly this one; write the name as it is, or the number of the sheet; the sheets are %s",
			n_alike, options->sheet, name_list(sheet, n, a));
	return diag_error(d, whole, "sheet", "there is no sheet '%s'; the sheets are %s", options->sheet, name_list(sheet, n, a));
}

static bool choose(const struct reader_options *options, const struct sheet_name *sheet, size_t n, size_t *chosen, struct arena *a,
	struct diags *d)
{
	struct origin whole = { .file = options->shown };
	size_t n_alike;

	if (!has_cells(sheet, n))
		return diag_error(d, whole, "sheet", "the file has no sheet with cells; is it the right one?");
	if (options->sheet)
		return choose_named(options, sheet, n, chosen, a, d);
	*chosen = only_one(sheet, n, true);
	if (*chosen == n)
		*chosen = only_one(sheet, n, false);
	if (*chosen < n || (options->likely_sheet && find_named(sheet, n, options->likely_sheet, chosen, &n_alike, a)))
		return true;
	return diag_error(d, whole, "sheet", "the file has several sheets; say sheet=\"...\" on the job's <source>, one of %s",
		name_list(sheet, n, a));
}

bool sheet_is_unclear(const struct reader_options *options, const struct sheet_name *sheet, size_t n)
{
	struct arena a = { 0 };
	size_t n_shown = 0;
	size_t n_alike;
	size_t found;
	bool is;

	for (size_t i = 0; i < n; i++)
		n_shown += !sheet[i].is_chart && !sheet[i].hidden;
	is = !options->sheet && n_shown > 1
	     && !(options->likely_sheet && find_named(sheet, n, options->likely_sheet, &found, &n_alike, &a));
	arena_clear(&a);
	return is;
}

bool sheet_choose(const struct reader_options *options, const struct sheet_name *sheet, size_t n, size_t *chosen, struct diags *d)
{
	struct arena a = { 0 };
	bool ok = choose(options, sheet, n, chosen, &a, d);

	if (ok && sheet[*chosen].hidden)
		diag_note(d, (struct origin){ .file = options->shown, .sheet = sheet[*chosen].name }, "hidden",
			"the sheet is hidden, and is read like any other");
	arena_clear(&a);
	return ok;
}

/* ---- cells ---- */

struct hidden {
	unsigned first; /* 0: none */
	unsigned n;
};

/* Cells that are not shown, since merged ones lie over them. */
struct covered {
	unsigned row; /* of the first; 0: none */
	unsigned col;
	unsigned n;
};

struct sheet_rows {
	struct row_sink *sink;
	const char *shown;
	char *sheet;
	struct merges merges;
	struct covered covered;
	struct buf texts; /* of all cells that are kept, one behind the other */
	size_t row_text; /* where those of the last row begin */
	struct cell *cell; /* text is set when they are given away: until then it may move */
	size_t n_cell;
	size_t cap_cell;
	struct row *row; /* as is cell here */
	size_t n_row;
	size_t cap_row;
	size_t n_cell_in_all;
	size_t n_error; /* of all files, before */
	unsigned last_row;
	unsigned last_col;
	struct hidden hidden_rows;
	struct hidden hidden_columns;
};

struct sheet_rows *sheet_rows_open(const struct reader_options *options, const char *sheet, struct row_sink *sink, const struct diags *d)
{
	struct sheet_rows *s = memory_new(1, sizeof *s);

	s->sink = sink;
	s->n_error = d->n_error;
	s->shown = options->shown;
	s->sheet = memory_new(strlen(sheet) + 1, 1);
	memcpy(s->sheet, sheet, strlen(sheet));
	return s;
}

int sheet_excerpt(const char *s, size_t n)
{
	return (int)utf8_cut(s, n, EXCERPT);
}

static bool is_two(const char *s, char most)
{
	return s[0] >= '0' && s[0] <= most && s[1] >= '0' && s[1] <= '9';
}

size_t sheet_day_size(const char *s, size_t n)
{
	const char *time = s + DAY_TEXT + 1;

	if (n < MOMENT_TEXT || s[DAY_TEXT] != 'T' || !is_two(time, '2') || (*time == '2' && time[1] > '3') || time[2] != ':'
		|| !is_two(time + 3, '5') || !memcmp(time, "00:00", strlen("00:00")))
		return DAY_TEXT;
	return MOMENT_TEXT;
}

bool sheet_is_day(const char *s, size_t n)
{
	char day[DAY_TEXT + 1];
	struct date date;

	if (n < DAY_TEXT || (n > DAY_TEXT && s[DAY_TEXT] != 'T'))
		return false;
	memcpy(day, s, DAY_TEXT);
	day[DAY_TEXT] = '\0';
	return strlen(day) == DAY_TEXT && date_parse(day, &date) && date.day;
}

static bool is_blank(const char *text, size_t n)
{
	while (n && (unsigned char)text[n - 1] <= ' ')
		n--;
	return !n;
}

bool sheet_stray_text(const char *text, size_t n, struct origin at, struct diags *d)
{
	if (is_blank(text, n))
		return true;
	return diag_error(d, at, "format",
		"the file has the text '%.*s' beside the values of cells, where it would be lost; open and save the file in a spreadsheet program",
		sheet_excerpt(text, n), diag_quoted(d, text));
}

bool sheet_several_values(struct origin at, struct diags *d)
{
	return diag_error(d, at, "format", "the cell has more than one value in the file; open and save the file in a spreadsheet program");
}

bool sheet_out_of_place(const char *element, struct origin at, struct diags *d)
{
	return diag_error(d, at, "format",
		"the file has <%s> in a place where none belongs, and what it holds would be lost; open and save the file in a spreadsheet program",
		diag_quoted(d, element));
}

struct origin sheet_rows_place(const struct sheet_rows *s, unsigned row, unsigned col)
{
	return (struct origin){ .file = s->shown, .sheet = s->sheet, .row = row, .col = col };
}

bool sheet_rows_merge(struct sheet_rows *s, struct sheet_range r, struct diags *d)
{
	if (!r.first_row || !r.first_col || r.first_row > r.last_row || r.first_col > r.last_col || r.last_row > SHEET_ROWS_MAX
		|| r.last_col > SHEET_COLUMNS_MAX)
		return diag_error(d, sheet_rows_place(s, r.first_row, r.first_col), "format",
			"a merged range has impossible bounds; open and save the file in a spreadsheet program");
	if (s->merges.n == SHEET_MERGES_MAX)
		return diag_error(d, sheet_rows_place(s, r.first_row, r.first_col), "limit",
			"the sheet has more than %d merged ranges; is it a table?", SHEET_MERGES_MAX);
	merges_add(&s->merges, r);
	return true;
}

static bool overlaps(const struct sheet_rows *s, struct sheet_range r, struct diags *d)
{
	return diag_error(d, sheet_rows_place(s, r.first_row, r.first_col), "format",
		"the merged range that begins here overlaps another one; open and save the file in a spreadsheet program");
}

/* Before the first cell. */
static bool sort_merges(struct sheet_rows *s, struct diags *d)
{
	struct sheet_range r;

	return s->merges.is_sorted || merges_sort(&s->merges, &r) || overlaps(s, r, d);
}

void sheet_rows_covered(struct sheet_rows *s, unsigned row, unsigned col, unsigned n)
{
	if (!s->covered.n) {
		s->covered.row = row;
		s->covered.col = col;
	}
	s->covered.n += n < UINT_MAX - s->covered.n ? n : UINT_MAX - s->covered.n;
}

static unsigned last_of(unsigned first, unsigned n, unsigned most)
{
	return n > most - first ? most : first + (n ? n - 1 : 0);
}

/* Of a cell that comes with its merged range. */
static bool begin_merged(struct sheet_rows *s, const struct cell *c, struct diags *d)
{
	struct sheet_range r = { c->row, c->col, last_of(c->row, c->n_rows, SHEET_ROWS_MAX), last_of(c->col, c->n_cols, SHEET_COLUMNS_MAX) };

	return (c->n_rows <= 1 && c->n_cols <= 1) || merges_begin(&s->merges, r) || overlaps(s, r, d);
}

static bool flush(struct sheet_rows *s, struct diags *d)
{
	const char *text = s->texts.text ? s->texts.text : "";
	const struct cell *cell = s->cell;
	size_t n_row = s->n_row;

	for (size_t i = 0; i < s->n_cell; i++) {
		s->cell[i].text = text;
		text += s->cell[i].n_text;
	}
	for (size_t i = 0; i < n_row; i++) {
		s->row[i].cell = cell;
		cell += s->row[i].n_cell;
	}
	s->n_row = s->n_cell = s->texts.n = 0;
	return !n_row || s->sink->take(s->sink, s->row, n_row, d);
}

static bool begin_row(struct sheet_rows *s, unsigned row, struct diags *d)
{
	if ((s->n_cell >= TAKE_CELLS || s->texts.n >= TAKE_BYTES) && !flush(s, d))
		return false;
	if (s->n_row == s->cap_row) {
		s->cap_row = s->cap_row ? 2 * s->cap_row : 64;
		s->row = memory_resize(s->row, s->cap_row, sizeof *s->row);
	}
	s->row[s->n_row++] = (struct row){ .row = row, .sheet = s->sheet };
	s->row_text = s->texts.n;
	s->last_row = row;
	s->last_col = 0;
	return true;
}

static bool is_outside(const struct cell *c)
{
	return !c->row || c->row > SHEET_ROWS_MAX || !c->col || c->col > SHEET_COLUMNS_MAX;
}

static bool check_cell(struct sheet_rows *s, const struct cell *c, struct diags *d)
{
	if (c->row < s->last_row || (c->row == s->last_row && c->col <= s->last_col))
		return diag_error(d, sheet_rows_place(s, c->row, c->col), "format",
			"the cells of the sheet are not in order; open and save the file in a spreadsheet program");
	if (c->n_text > SHEET_TEXT_MAX)
		return diag_error(d, sheet_rows_place(s, c->row, c->col), "limit", "a cell has more than %d bytes; shorten it",
			SHEET_TEXT_MAX);
	if (++s->n_cell_in_all > SHEET_CELLS_MAX)
		return diag_error(d, sheet_rows_place(s, c->row, c->col), "limit", "the sheet has more than %d cells; divide it",
			SHEET_CELLS_MAX);
	return true;
}

bool sheet_rows_cell(struct sheet_rows *s, const struct cell *c, struct diags *d)
{
	const struct sheet_range *merge;
	struct cell *kept;
	bool is_covered;

	if (is_outside(c))
		return !c->n_text
		       || diag_error(d, sheet_rows_place(s, c->row, c->col), "limit",
			       "a cell stands outside of %d rows and %d columns; is this a table?", SHEET_ROWS_MAX, SHEET_COLUMNS_MAX);
	if (!sort_merges(s, d))
		return false;
	merge = merges_at(&s->merges, c->row, c->col, &is_covered);
	if (!c->n_text && !merge && c->n_rows <= 1 && c->n_cols <= 1)
		return true;
	if (is_covered) {
		sheet_rows_covered(s, c->row, c->col, c->n_text ? 1 : 0);
		return true;
	}
	if (!check_cell(s, c, d) || !begin_merged(s, c, d) || (c->row != s->last_row && !begin_row(s, c->row, d)))
		return false;
	if (s->texts.n - s->row_text + c->n_text > SHEET_ROW_MAX)
		return diag_error(d, sheet_rows_place(s, c->row, c->col), "limit", "a row has more than %d bytes; is this a table?",
			SHEET_ROW_MAX);
	if (s->n_cell == s->cap_cell) {
		s->cap_cell = s->cap_cell ? 2 * s->cap_cell : 1024;
		s->cell = memory_resize(s->cell, s->cap_cell, sizeof *s->cell);
	}
	kept = &s->cell[s->n_cell++];
	*kept = *c;
	kept->name = NULL;
	if (merge) {
		kept->n_rows = merge->last_row - merge->first_row + 1;
		kept->n_cols = merge->last_col - merge->first_col + 1;
	}
	s->row[s->n_row - 1].n_cell++;
	s->last_col = c->col;
	buf_put(&s->texts, c->text, c->n_text);
	return true;
}

static void add_hidden(struct hidden *h, unsigned first, unsigned last)
{
	if (!h->first)
		h->first = first;
	h->n += last >= first ? last - first + 1 : 0;
}

void sheet_rows_hidden_rows(struct sheet_rows *s, unsigned first, unsigned last)
{
	add_hidden(&s->hidden_rows, first, last);
}

void sheet_rows_hidden_columns(struct sheet_rows *s, unsigned first, unsigned last)
{
	add_hidden(&s->hidden_columns, first, last);
}

static void note_hidden(const struct sheet_rows *s, struct diags *d)
{
	if (s->covered.n)
		diag_note(d, sheet_rows_place(s, s->covered.row, s->covered.col), "hidden",
			"values that merged cells hide (%u, this is the first) are not read", s->covered.n);
	if (s->hidden_rows.n)
		diag_note(d, sheet_rows_place(s, s->hidden_rows.first, 0), "hidden",
			"hidden rows (%u, this is the first) are read like the others", s->hidden_rows.n);
	if (s->hidden_columns.n)
		diag_note(d, sheet_rows_place(s, 0, s->hidden_columns.first), "hidden",
			"hidden columns (%u, this is the first) are read like the others", s->hidden_columns.n);
}

bool sheet_rows_close(struct sheet_rows *s, bool ok, struct diags *d)
{
	if (ok)
		note_hidden(s, d);
	if (ok && !s->n_cell_in_all && d->n_error == s->n_error)
		ok = diag_error(d, sheet_rows_place(s, 0, 0), "empty", "this sheet is empty; is it the right one?");
	ok = flush(s, d) && ok;
	buf_clear(&s->texts);
	merges_clear(&s->merges);
	free(s->cell);
	free(s->row);
	free(s->sheet);
	free(s);
	return ok;
}
