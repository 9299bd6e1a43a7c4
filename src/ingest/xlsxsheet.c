/* xlsxsheet: <worksheet>: hidden columns, rows of cells, and behind them the merged ranges, which rows need before their
 * cells: so a first pass over the part looks for them, with the parser only where there are some. */
#include "base/sax.h"
#include "base/utf8.h"
#include "ingest/formulas.h"
#include "ingest/numberformat.h"
#include "ingest/opc.h"
#include "ingest/xlsxparts.h"
#include "ingest/xlsxplain.h"

#include <stdlib.h>
#include <string.h>

enum {
	NUMBER_MAX = 99999999,	/* rows and columns are read up to here: far behind all limits */
};

/* What the open elements are. */
enum where { IN_NOTHING, IN_SHEET, IN_COLUMNS, IN_DATA, IN_ROW, IN_CELL, IN_VALUE, IN_FORMULA, IN_TEXT, IN_MERGES, N_WHERE };

static const struct {
	enum where outer;
	const char *name;
	enum where inner;
} places[] = {
	{ IN_ROW, "c", IN_CELL },
	{ IN_CELL, "v", IN_VALUE },
	{ IN_CELL, "f", IN_FORMULA },
	{ IN_CELL, "is", IN_TEXT },
	{ IN_DATA, "row", IN_ROW },
	{ IN_NOTHING, "worksheet", IN_SHEET },
	{ IN_SHEET, "sheetData", IN_DATA },
	{ IN_SHEET, "cols", IN_COLUMNS },
	{ IN_SHEET, "mergeCells", IN_MERGES },
};

enum cell_type { TYPE_NUMBER, TYPE_SHARED, TYPE_FLAG, TYPE_ERROR, TYPE_TEXT, TYPE_INLINE, TYPE_DAY };

static const struct {
	const char *name;
	enum cell_type type;
} types[] = {
	{ "s", TYPE_SHARED },
	{ "n", TYPE_NUMBER },
	{ "str", TYPE_TEXT },
	{ "inlineStr", TYPE_INLINE },
	{ "b", TYPE_FLAG },
	{ "e", TYPE_ERROR },
	{ "d", TYPE_DAY },
};

struct sheet {
	const struct xlsx_book *book;
	struct sheet_rows *rows;
	bool only_merges; /* the first pass */
	enum where where;
	unsigned skip; /* open elements of which nothing is read */
	const char *space; /* that was ours: the parser keeps each once */
	struct xlsx_text text;
	bool *hidden; /* [SHEET_COLUMNS_MAX + 1] columns; NULL: none */
	bool rows_hidden; /* those that say nothing of it */
	bool row_hidden;
	bool row_has_cells;
	unsigned row;
	unsigned col;
	unsigned last_col; /* of all cells that are not blank */
	enum cell_type type;
	unsigned long style;
	bool has_value;
	bool has_formula;
	bool has_data; /* <sheetData> was there */
	struct buf value;
	struct buf unmarked;
	struct formulas formulas;
	bool wrong; /* an error was added; cells go on */
};

static struct origin place(const struct sheet *s)
{
	return sheet_rows_place(s->rows, s->row, s->col);
}

static unsigned number_of(const char *s)
{
	unsigned number = 0;

	if (!*s)
		return 0;
	for (; *s >= '0' && *s <= '9'; s++)
		number = number > NUMBER_MAX / 10 ? NUMBER_MAX : number * 10 + (unsigned)(*s - '0');
	return *s ? 0 : number;
}

/* "B12" as far as it goes; what follows, or NULL if it is no place. */
static const char *take_place(const char *s, unsigned *row, unsigned *col)
{
	*row = *col = 0;
	for (; *s >= 'A' && *s <= 'Z'; s++)
		*col = *col > NUMBER_MAX / 26 - 1 ? NUMBER_MAX : *col * 26 + (unsigned)(*s - 'A') + 1;
	for (; *s >= '0' && *s <= '9'; s++)
		*row = *row > NUMBER_MAX / 10 - 1 ? NUMBER_MAX : *row * 10 + (unsigned)(*s - '0');
	return *row && *col ? s : NULL;
}

/* ---- merged ranges and columns ---- */

static bool take_merge(struct sheet *s, const struct sax_element *e, struct diags *d)
{
	const char *ref = sax_value(e, "ref");
	struct sheet_range r = { 0 };
	const char *rest;

	if (!s->only_merges || strcmp(e->name, "mergeCell") != 0)
		return true;
	rest = take_place(ref ? ref : "", &r.first_row, &r.first_col);
	if (!rest || *rest != ':')
		r.last_row = r.first_row, r.last_col = r.first_col;
	else
		rest = take_place(rest + 1, &r.last_row, &r.last_col);
	if (!rest || *rest)
		return diag_error(d, sheet_rows_place(s->rows, r.first_row, r.first_col), "format",
			"'%s' is no range of cells to be merged; open and save the file in a spreadsheet program", ref ? ref : "");
	return sheet_rows_merge(s->rows, r, d);
}

/* A size of nothing hides as well; one that is not said does not. */
static bool is_nothing(const char *size)
{
	return size && *size && !size[strspn(size, "0.")];
}

/* Columns are hidden up to the last one of the sheet: those that have cells are told. */
static void take_columns(struct sheet *s, const struct sax_element *e)
{
	const char *min = sax_value(e, "min");
	const char *max = sax_value(e, "max");
	unsigned last = number_of(max ? max : "");

	if (!opc_flag(e, "hidden") && !is_nothing(sax_value(e, "width")))
		return;
	if (!s->hidden)
		s->hidden = memory_new(SHEET_COLUMNS_MAX + 1, sizeof *s->hidden);
	for (unsigned col = number_of(min ? min : ""); col && col <= last && col <= SHEET_COLUMNS_MAX; col++)
		s->hidden[col] = true;
}

static void note_columns(const struct sheet *s)
{
	for (unsigned col = 1; s->hidden && col <= s->last_col && col <= SHEET_COLUMNS_MAX; col++)
		if (s->hidden[col])
			sheet_rows_hidden_columns(s->rows, col, col);
}

/* ---- rows and cells: beginnings ---- */

static bool start_row(struct sheet *s, const struct sax_element *e, struct diags *d)
{
	unsigned last = s->row;
	bool is_flat = false;

	s->row_hidden = s->rows_hidden;
	s->row_has_cells = false;
	s->col = 0;
	s->row++;
	for (size_t i = 0; i < e->n_attribute; i++) {
		const struct sax_attribute *a = &e->attribute[i];

		if (!strcmp(a->name, "r"))
			s->row = number_of(a->value);
		else if (!strcmp(a->name, "hidden"))
			s->row_hidden = opc_flag(e, "hidden");
		else if (!strcmp(a->name, "ht"))
			is_flat = is_nothing(a->value);
	}
	s->row_hidden = s->row_hidden || is_flat;
	if (s->row > last)
		return true;
	if (!s->row) {
		s->row = last + 1;
		return diag_error(d, place(s), "format",
			"the number of the row behind row %u is none in the file; open and save the file in a spreadsheet program", last);
	}
	return diag_error(d, place(s), "format",
		"the rows of the sheet are not in order (behind row %u); open and save the file in a spreadsheet program", last);
}

static bool take_type(struct sheet *s, const char *name, struct diags *d)
{
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (!strcmp(types[i].name, name)) {
			s->type = types[i].type;
			return true;
		}
	return diag_error(d, place(s), "format", "the cell is of an unknown type '%.*s'; open and save the file in a spreadsheet program",
		sheet_excerpt(name, strlen(name)), diag_quoted(d, name));
}

/* Of a wrong one: it may be in small letters; else the row. */
static struct origin likely_place(const struct sheet *s, const char *ref)
{
	enum { PLACE_MAX = 10 };
	char upper[PLACE_MAX + 1];
	unsigned row, col;
	size_t n = 0;
	const char *rest;

	for (; ref[n] && n < PLACE_MAX; n++)
		upper[n] = ref[n] >= 'a' && ref[n] <= 'z' ? (char)(ref[n] - 'a' + 'A') : ref[n];
	upper[n] = '\0';
	rest = take_place(upper, &row, &col);
	return sheet_rows_place(s->rows, s->row, rest && !*rest && row == s->row ? col : 0);
}

static bool take_reference(struct sheet *s, const char *ref, struct diags *d)
{
	unsigned row, col;
	const char *rest = take_place(ref, &row, &col);

	if (rest && !*rest && row == s->row && col > s->col) {
		s->col = col;
		return true;
	}
	if (!rest || *rest)
		return diag_error(d, likely_place(s, ref), "format", "'%.*s' is no place of a cell; open and save the file in a spreadsheet program",
			sheet_excerpt(ref, strlen(ref)), diag_quoted(d, ref));
	return diag_error(d, sheet_rows_place(s->rows, row, col), "format",
		"the cells of the sheet are not in order; open and save the file in a spreadsheet program");
}

static bool take_style(struct sheet *s, const char *style, struct diags *d)
{
	s->style = number_of(style);
	if (s->style || (*style && !style[strspn(style, "0")]))
		return true;
	return diag_error(d, place(s), "format", "the cell has the format number '%.*s'; open and save the file in a spreadsheet program",
		sheet_excerpt(style, strlen(style)), diag_quoted(d, style));
}

static bool start_cell(struct sheet *s, const struct sax_element *e, struct diags *d)
{
	const char *ref = NULL;
	const char *type = NULL;
	const char *style = NULL;

	s->style = 0;
	for (size_t i = 0; i < e->n_attribute; i++) {
		const struct sax_attribute *a = &e->attribute[i];

		if (a->name[0] && a->name[1])
			continue;
		if (*a->name == 'r')
			ref = a->value;
		else if (*a->name == 's')
			style = a->value;
		else if (*a->name == 't')
			type = a->value;
	}
	s->type = TYPE_NUMBER;
	s->has_value = s->has_formula = false;
	s->text.is_marked = false;
	s->value.n = 0;
	if (!ref)
		s->col++;
	else if (!take_reference(s, ref, d))
		return false;
	return (!style || take_style(s, style, d)) && (!type || take_type(s, type, d));
}

static bool start_value(struct sheet *s, struct diags *d)
{
	if (s->has_value)
		return sheet_several_values(place(s), d);
	s->has_value = true;
	if (s->where == IN_TEXT)
		xlsx_text_begin(&s->text, &s->value);
	return true;
}

/* ---- cells: ends ---- */

/* Cells go on after it: so all that is wrong is found in one run. */
static bool go_on(struct sheet *s, bool error)
{
	s->wrong = !error;
	return true;
}

static bool wrong_value(struct sheet *s, const char *what, struct diags *d)
{
	return go_on(s, diag_error(d, place(s), "format",
		"the cell should hold %s, but has '%.*s'; open and save the file in a spreadsheet program", diag_say(d, what),
		sheet_excerpt(s->value.text, s->value.n), diag_quoted(d, s->value.text)));
}

static struct legacy_font font_of(const struct sheet *s)
{
	const struct xlsx_styles *styles = &s->book->styles;

	return s->style < styles->n ? styles->style[s->style].font : (struct legacy_font){ 0 };
}

static bool put_cell(struct sheet *s, enum cell_kind kind, const char *text, size_t n, struct diags *d)
{
	struct cell cell = { .text = text, .n_text = n, .row = s->row, .col = s->col, .kind = kind, .n_rows = 1, .n_cols = 1 };

	if (n) {
		s->row_has_cells = true;
		if (s->col > s->last_col)
			s->last_col = s->col;
	}
	return sheet_rows_cell(s->rows, &cell, d);
}

static bool put_text(struct sheet *s, const char *text, size_t n, bool is_marked, struct diags *d)
{
	if (is_marked) {
		s->unmarked.n = 0;
		xlsx_text_put(text, n, &s->unmarked, s->book->fonts);
		text = s->unmarked.n ? s->unmarked.text : "";
		n = s->unmarked.n;
	}
	sheet_fonts_text(s->book->fonts, font_of(s), &text, &n, place(s), d);
	return put_cell(s, CELL_TEXT, text, n, d);
}

static bool put_shared(struct sheet *s, struct diags *d)
{
	const struct xlsx_strings *strings = &s->book->strings;
	size_t index = 0;
	bool is_marked;
	const char *text;
	size_t n;

	if (!s->value.n)
		return wrong_value(s, "the number of a text", d);
	for (n = 0; n < s->value.n && s->value.text[n] >= '0' && s->value.text[n] <= '9' && index <= STRINGS_MAX; n++)
		index = index * 10 + (size_t)(s->value.text[n] - '0');
	if (n < s->value.n || index >= strings->n)
		return go_on(s, diag_error(d, place(s), "format",
			"the cell refers to text number %.*s of %zu shared texts; open and save the file in a spreadsheet program",
			sheet_excerpt(s->value.text, s->value.n), s->value.text, strings->n));
	text = xlsx_string(strings, index, &n, &is_marked);
	return put_text(s, text, n, is_marked, d);
}

static bool put_shown(struct sheet *s, enum number_format format, const char *number, struct diags *d)
{
	char text[NUMBER_TEXT_MAX];
	enum cell_kind kind;
	size_t n = number_cell_text(format, number, s->book->is_1904, &kind, text);

	return put_cell(s, kind, text, n, d);
}

static bool put_number(struct sheet *s, struct diags *d)
{
	const struct xlsx_styles *styles = &s->book->styles;
	enum number_format format = FORMAT_NUMBER;
	char text[NUMBER_TEXT_MAX];
	const char *value = s->value.text;
	size_t n;

	if ((unsigned char)*value <= ' ' || (unsigned char)value[s->value.n - 1] <= ' ')
		utf8_trim(&value, &s->value.n);
	n = number_text_of(value, s->value.n, text);
	if (!n)
		return wrong_value(s, "a number", d);
	if (s->style < styles->n)
		format = styles->style[s->style].format;
	else if (s->style)
		return go_on(s, diag_error(d, place(s), "format",
			"the cell has the format number %lu of %zu; open and save the file in a spreadsheet program", s->style, styles->n));
	return format == FORMAT_NUMBER ? put_cell(s, CELL_NUMBER, text, n, d) : put_shown(s, format, text, d);
}

static bool put_day(struct sheet *s, struct diags *d)
{
	if (!sheet_is_day(s->value.text, s->value.n))
		return wrong_value(s, "a day", d);
	return put_cell(s, CELL_DATE, s->value.text, sheet_day_size(s->value.text, s->value.n), d);
}

static bool put_flag(struct sheet *s, struct diags *d)
{
	bool is_true = !strcmp(s->value.text, "1") || !strcmp(s->value.text, "true");

	if (!is_true && strcmp(s->value.text, "0") != 0 && strcmp(s->value.text, "false") != 0)
		return wrong_value(s, "TRUE or FALSE", d);
	return put_cell(s, CELL_FLAG, is_true ? "1" : "0", 1, d);
}

static bool put_value(struct sheet *s, struct diags *d)
{
	switch (s->type) {
	case TYPE_NUMBER:
		return put_number(s, d);
	case TYPE_SHARED:
		return put_shared(s, d);
	case TYPE_FLAG:
		return put_flag(s, d);
	case TYPE_ERROR:
		return s->value.n ? put_cell(s, CELL_ERROR, s->value.text, s->value.n, d) : wrong_value(s, "an error", d);
	case TYPE_TEXT:
	case TYPE_INLINE:
		return put_text(s, s->value.text, s->value.n, s->type == TYPE_INLINE && s->text.is_marked, d);
	case TYPE_DAY:
		return put_day(s, d);
	}
	return true;
}

/* Values that may be old are 0 or empty where the program that wrote them computes nothing. */
static enum formula_result result_of(const struct sheet *s)
{
	if (!s->value.n && !(s->has_value && s->type == TYPE_TEXT))
		return FORMULA_NONE;
	if (!s->book->is_stale)
		return FORMULA_FULL;
	if (!s->value.n)
		return FORMULA_BLANK;
	return s->type == TYPE_NUMBER && s->value.n == 1 && *s->value.text == '0' ? FORMULA_ZERO : FORMULA_FULL;
}

/* Whether programs write a blank cell as a value of nothing. */
static bool may_be_blank(enum cell_type type)
{
	return type == TYPE_NUMBER || type == TYPE_TEXT || type == TYPE_INLINE;
}

static bool end_cell(struct sheet *s, struct diags *d)
{
	if (s->has_formula)
		formulas_add(&s->formulas, s->row, s->col, result_of(s));
	if (!s->value.n && (!s->has_value || may_be_blank(s->type)))
		return put_cell(s, CELL_TEXT, "", 0, d);
	return put_value(s, d);
}

/* ---- elements ---- */

static bool is_ours(struct sheet *s, const char *space)
{
	if (space != s->space) {
		if (!xlsx_is_ours(space))
			return false;
		s->space = space;
	}
	return true;
}

static bool begin(struct sheet *s, const struct sax_element *e, struct diags *d)
{
	switch (s->where) {
	case IN_ROW:
		*e->skip = SAX_OFFERED;
		return start_row(s, e, d);
	case IN_CELL:
		return start_cell(s, e, d);
	case IN_TEXT:
	case IN_VALUE:
		return start_value(s, d);
	case IN_FORMULA:
		s->has_formula = true;
		return true;
	case IN_DATA:
		if (s->has_data)
			return sheet_out_of_place(e->name, place(s), d);
		s->has_data = true;
		return true;
	case IN_NOTHING:
	case IN_SHEET:
	case IN_COLUMNS:
	case IN_MERGES:
	case N_WHERE:
		break;
	}
	return true;
}

/* Of names of one letter, mostly. */
static bool is_same(const char *a, const char *b)
{
	for (; *a == *b; a++, b++)
		if (!*a)
			return true;
	return false;
}

/* In an element of others, or one that is not known: rows and cells count where they stand in each other, and nowhere else. */
static bool check_skipped(const struct sheet *s, const struct sax_element *e, struct diags *d)
{
	static const char *const names[] = { "sheetData", "row", "c" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (is_same(names[i], e->name) && xlsx_is_ours(e->space))
			return sheet_out_of_place(e->name, place(s), d);
	return s->where != IN_VALUE || sheet_several_values(place(s), d);
}

static bool on_start(void *ctx, const struct sax_element *e, struct diags *d)
{
	struct sheet *s = ctx;

	if (s->where == IN_TEXT) {
		xlsx_text_start(&s->text, e);
		s->skip++;
		return !s->text.is_wrong || sheet_several_values(place(s), d);
	}
	if (s->where == IN_NOTHING && !xlsx_check_root(e, "worksheet", d))
		return false;
	if (s->skip || !is_ours(s, e->space) || (s->only_merges && s->where == IN_DATA)) {
		s->skip++;
		return s->only_merges || check_skipped(s, e, d);
	}
	for (size_t i = 0; i < sizeof places / sizeof *places; i++)
		if (places[i].outer == s->where && is_same(places[i].name, e->name)) {
			s->where = places[i].inner;
			return begin(s, e, d);
		}
	s->skip++;
	if (!s->only_merges && !check_skipped(s, e, d))
		return false;
	if (s->where == IN_COLUMNS && !s->only_merges)
		take_columns(s, e);
	if (s->where == IN_SHEET && is_same("sheetFormatPr", e->name))
		s->rows_hidden = opc_flag(e, "zeroHeight");
	return s->where != IN_MERGES || take_merge(s, e, d);
}

static bool on_end(void *ctx, const char *name, struct diags *d)
{
	static const enum where outer[N_WHERE] = {
		[IN_SHEET] = IN_NOTHING, [IN_COLUMNS] = IN_SHEET, [IN_DATA] = IN_SHEET, [IN_MERGES] = IN_SHEET, [IN_ROW] = IN_DATA,
		[IN_CELL] = IN_ROW, [IN_VALUE] = IN_CELL, [IN_FORMULA] = IN_CELL, [IN_TEXT] = IN_CELL,
	};
	struct sheet *s = ctx;
	enum where ended = s->where;

	(void)name;
	if (s->skip) {
		s->skip--;
		if (ended == IN_TEXT)
			xlsx_text_end(&s->text);
		return true;
	}
	s->where = outer[ended];
	if (ended == IN_CELL)
		return end_cell(s, d);
	if (ended == IN_ROW && s->row_hidden && s->row_has_cells)
		sheet_rows_hidden_rows(s->rows, s->row, s->row);
	return true;
}

static bool on_text(void *ctx, const char *text, size_t n, struct origin at, struct diags *d)
{
	struct sheet *s = ctx;

	(void)at;
	if (s->where >= IN_DATA && s->where <= IN_CELL && !s->skip)
		return sheet_stray_text(text, n, place(s), d);
	if (s->value.n + n > SHEET_TEXT_MAX && (s->where == IN_TEXT || s->where == IN_VALUE))
		return diag_error(d, place(s), "limit", "a cell has more than %d bytes; shorten it", SHEET_TEXT_MAX);
	if (s->where == IN_TEXT) {
		xlsx_text_take(&s->text, text, n);
	} else if (s->where == IN_VALUE && !s->skip) {
		if (s->type == TYPE_TEXT)
			xlsx_put_escaped(text, n, &s->value);
		else
			buf_put(&s->value, text, n);
	}
	return true;
}

static bool put_plain(struct sheet *s, const struct xlsx_plain *c, struct diags *d)
{
	s->col = c->col;
	s->style = c->style;
	s->value.n = 0;
	buf_put(&s->value, c->value, c->n_value);
	if (!c->n_value)
		return put_cell(s, CELL_TEXT, "", 0, d);
	return c->is_shared ? put_shared(s, d) : put_number(s, d);
}

/* Cells of the row, but those that are written in another way, and those with a wrong place. */
static bool on_offer(void *ctx, const char *text, size_t n, size_t *taken, struct diags *d)
{
	struct sheet *s = ctx;
	struct xlsx_plain cell;
	const char *at = text;
	const char *behind;

	s->type = TYPE_NUMBER;
	s->has_formula = s->text.is_marked = false;
	while ((behind = xlsx_plain_take(at, text + n, &cell)) && cell.row == s->row && cell.col > s->col) {
		if (!put_plain(s, &cell, d))
			return false;
		at = behind;
	}
	*taken = (size_t)(at - text);
	return true;
}

/* ---- the whole sheet ---- */

static struct origin where_people_look(void *ctx)
{
	return place(ctx);
}

static bool parse(struct container *c, size_t part, struct sheet *s, struct diags *d)
{
	struct sax_handler handler = { .ctx = s, .start = on_start, .end = on_end, .text = on_text, .offer = on_offer, .place = where_people_look };

	return container_parse(c, part, &handler, d);
}

static bool read_merges(struct container *c, size_t part, struct sheet_rows *rows, struct diags *d)
{
	struct sheet s = { .rows = rows, .only_merges = true };

	return parse(c, part, &s, d);
}

static void warn_of_age(const struct sheet *s, struct diags *d)
{
	const struct formulas *f = &s->formulas;

	if (f->n > f->n_zero + f->n_blank)
		diag_warning(d, sheet_rows_place(s->rows, f->first.row, f->first.col), "formula",
			"the file says that its formulas are to be computed anew, and this is the first: their stored values may be old; open and save the file in a spreadsheet program");
}

bool xlsx_sheet_read(struct container *c, size_t part, bool has_merges, const struct xlsx_book *book, struct sheet_rows *rows, struct diags *d)
{
	struct sheet s = { .book = book, .rows = rows };
	bool ok = !has_merges || read_merges(c, part, rows, d);

	if (ok) {
		buf_put(&s.value, "", 0);
		ok = formulas_check(&s.formulas, rows, parse(c, part, &s, d), d);
		note_columns(&s);
		if (ok && book->is_stale)
			warn_of_age(&s, d);
	}
	buf_clear(&s.value);
	buf_clear(&s.unmarked);
	free(s.hidden);
	return ok && !s.wrong;
}
