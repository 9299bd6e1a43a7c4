/* The records of a sheet are read twice: merged ranges stand behind the cells. Where the cells are not in order (some
 * programs write them as they were told), a third time: to sort where they are.
 *
 * What is wrong in one record is told, and the next ones are read: each says itself how long it is. The reading ends where
 * records end too early, where it is not known which cell one is of, and where merged ranges cannot be read. */
#include "ingest/formulas.h"
#include "ingest/xls.h"

#include <stdlib.h>
#include <string.h>

enum {
	BOF_SIZE = 4,
	VERSION_8 = 0x0600,
	IS_SHEET = 0x0010,

	CELL_HEAD = 6, /* row, column, style */
	FORMULA_SIZE = 16,
	NUMBER_SIZE = 8,
	RK_SIZE = 4,
	MUL_REST = 6,	 /* of MULRK and MULBLANK: row, first and last column */
	MUL_RK_SIZE = 6, /* style and number */
	MUL_BLANK_SIZE = 2,

	RK_IS_CENTS = 1,
	RK_IS_WHOLE = 2,
	RK_FLAGS = 4, /* they are below this */

	ROW_SIZE = 14,
	ROW_FLAGS = 12,
	ROW_HIDDEN = 0x20,
	COLUMNS_SIZE = 10,
	COLUMNS_FLAGS = 8,
	COLUMNS_HIDDEN = 0x01,
	MERGE_SIZE = 8,

	/* the first byte of a formula's result that is no number */
	RESULT_TEXT = 0,
	RESULT_FLAG = 1,
	RESULT_ERROR = 2,
	RESULT_EMPTY = 3,
	ON_OPEN = 0x02, /* flag of a formula: to be computed when the file is opened */

	MARK_HIDDEN = 1,
	MARK_USED = 2, /* has cells that are not blank */
};

/* A cell record of a sheet whose cells are not in order. */
struct cell_at {
	uint16_t row;
	uint16_t col;
	uint32_t at;
};

struct sheet {
	struct xls_book *book;
	struct records *records;
	struct sheet_rows *rows;
	size_t at;		 /* of its first record behind BOF */
	size_t depth;		 /* charts that are open inside of it */
	size_t n_cell_record;	 /* of these, the next ones say */
	unsigned last_row;	 /* 0.. */
	unsigned last_col;
	bool is_in_order;
	bool is_full; /* down to the last row there can be */
	struct cell_at *cell;	 /* [n_cell_record] where they are not in order */
	struct formulas formulas;
	unsigned char *row_mark; /* [XLS_ROWS_MAX] MARK_HIDDEN, MARK_USED */
	unsigned char col_mark[XLS_COLUMNS_MAX];
	unsigned put_row; /* 1.. of the last cell that was given away and not blank */
	unsigned put_col;
	bool wrong; /* an error was added; cells go on */
	struct buf text; /* of the cell's own record, */
	struct buf runs; /* with the runs behind it */
};

struct place {
	unsigned row; /* 0.. */
	unsigned col;
	unsigned style;
};

/* ---- records ---- */

/* The next record that is the sheet's own, not of a chart inside. XLS_EOF ends the sheet. */
static bool next_record(struct sheet *s, struct record *r, struct diags *d)
{
	for (;;) {
		if (!records_next(s->records, r, d))
			return false;
		if (r->id == XLS_BOF)
			s->depth++;
		else if (!s->depth)
			return true;
		else if (r->id == XLS_EOF)
			s->depth--;
	}
}

static bool damaged(const struct sheet *s, const struct record *r, struct diags *d)
{
	return records_damaged(s->records, r->at, d);
}

static bool begin(struct sheet *s, struct diags *d)
{
	struct record r;

	if (!records_next(s->records, &r, d))
		return false;
	if (r.id != XLS_BOF || r.n < BOF_SIZE || le16(r.data) != VERSION_8 || le16(r.data + 2) != IS_SHEET)
		return damaged(s, &r, d);
	s->at = s->records->next;
	return true;
}

/* ---- one cell ---- */

static struct origin origin(const struct sheet *s, struct place at)
{
	return sheet_rows_place(s->rows, at.row + 1, at.col + 1);
}

/* Cells go on after an error in one: so all that is wrong is found in one run. */
static bool go_on(struct sheet *s, bool error)
{
	s->wrong = !error;
	return true;
}

static bool damaged_cell(struct sheet *s, struct place at, struct diags *d)
{
	return go_on(s, diag_error(d, origin(s, at), "format",
		"what the file has of this cell is damaged; type its value anew and save the workbook, or get it again"));
}

/* Cells are in order here, so one that is not comes a second time. */
static bool put(struct sheet *s, struct place at, enum cell_kind kind, const char *text, size_t n, struct diags *d)
{
	struct cell c = { .text = text, .n_text = n, .row = at.row + 1, .col = at.col + 1, .kind = kind, .n_rows = 1, .n_cols = 1 };
	bool is_behind = c.row > s->put_row || (c.row == s->put_row && c.col > s->put_col);

	if (n && !is_behind)
		return go_on(s, diag_error(d, origin(s, at), "format",
			"this cell stands in the file twice; open and save the workbook in a spreadsheet program"));
	if (n) {
		s->put_row = c.row;
		s->put_col = c.col;
	}
	return sheet_rows_cell(s->rows, &c, d);
}

static bool put_text(struct sheet *s, struct place at, struct rich_text text, struct diags *d)
{
	const struct xls_styles *styles = &s->book->styles;

	if (styles->has_legacy)
		xls_styles_runs(styles, &text, &s->book->fonts);
	sheet_fonts_text(&s->book->fonts, xls_styles_font_of(styles, at.style), &text.text, &text.n_text, origin(s, at), d);
	return put(s, at, CELL_TEXT, text.text, text.n_text, d);
}

static bool put_number(struct sheet *s, struct place at, double x, struct diags *d)
{
	char number[NUMBER_TEXT_MAX];
	char text[NUMBER_TEXT_MAX];
	enum number_format format;
	enum cell_kind kind;
	size_t n;

	if (!xls_styles_number(&s->book->styles, at.style, &format))
		return go_on(s, diag_error(d, origin(s, at), "format",
			"this cell has the format number %u, which the workbook lacks; open and save it in a spreadsheet program", at.style));
	n = double_text(x, number);
	if (!n)
		return go_on(s, diag_error(d, origin(s, at), "format",
			"this cell holds a number that is infinite or none; open and save the workbook in a spreadsheet program"));
	n = number_cell_text(format, number, s->book->is_1904, &kind, text);
	return put(s, at, kind, text, n, d);
}

static double number_of(const unsigned char *p)
{
	uint64_t bits = le64(p);
	double x;

	memcpy(&x, &bits, sizeof x);
	return x;
}

/* 30 bits: a whole number, or the upper bits of a floating-point one; in hundredths or not. */
static double rk_of(const unsigned char *p)
{
	uint32_t rk = le32(p);
	uint32_t value = rk - rk % RK_FLAGS;
	uint64_t bits = (uint64_t)value << 32;
	double x;

	if (rk & RK_IS_WHOLE)
		x = (double)((int64_t)value - (value >> 31 ? (int64_t)1 << 32 : 0)) / RK_FLAGS;
	else
		memcpy(&x, &bits, sizeof x);
	return rk & RK_IS_CENTS ? x / 100 : x;
}

static bool put_error(struct sheet *s, struct place at, unsigned code, struct diags *d)
{
	static const struct {
		unsigned code;
		const char *text;
	} errors[] = {
		{ 0x00, "#NULL!" },
		{ 0x07, "#DIV/0!" },
		{ 0x0F, "#VALUE!" },
		{ 0x17, "#REF!" },
		{ 0x1D, "#NAME?" },
		{ 0x24, "#NUM!" },
		{ 0x2A, "#N/A" },
	};

	for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
		if (errors[i].code == code)
			return put(s, at, CELL_ERROR, errors[i].text, strlen(errors[i].text), d);
	return put(s, at, CELL_ERROR, "#ERR", strlen("#ERR"), d);
}

static bool put_flag(struct sheet *s, struct place at, unsigned flag, struct diags *d)
{
	return put(s, at, CELL_FLAG, flag ? "1" : "0", 1, d);
}

static bool take_blank(struct sheet *s, struct place at, const struct record *r, struct diags *d)
{
	(void)r;
	return put(s, at, CELL_TEXT, "", 0, d);
}

static bool take_number(struct sheet *s, struct place at, const struct record *r, struct diags *d)
{
	return put_number(s, at, number_of(r->data + CELL_HEAD), d);
}

static bool take_rk(struct sheet *s, struct place at, const struct record *r, struct diags *d)
{
	return put_number(s, at, rk_of(r->data + CELL_HEAD), d);
}

static bool take_truth(struct sheet *s, struct place at, const struct record *r, struct diags *d)
{
	unsigned value = r->data[CELL_HEAD];

	return r->data[CELL_HEAD + 1] ? put_error(s, at, value, d) : put_flag(s, at, value, d);
}

static bool take_shared(struct sheet *s, struct place at, const struct record *r, struct diags *d)
{
	uint32_t i = le32(r->data + CELL_HEAD);
	struct rich_text text;

	if (!xls_strings_find(&s->book->strings, i, &text))
		return go_on(s, diag_error(d, origin(s, at), "format",
			"this cell has the text number %zu, but the workbook has %zu texts; open and save it in a spreadsheet program", (size_t)i + 1,
			s->book->strings.n));
	return put_text(s, at, text, d);
}

/* A text that stands `before` bytes behind the begin of its record. In a rich label its runs follow it, their number first. */
static bool read_own_text(struct sheet *s, const struct record *r, size_t before, struct diags *d)
{
	struct pieces p;
	unsigned char n_run[2] = { 0 };

	pieces_init(&p, s->records, *r);
	s->text.n = s->runs.n = 0;
	return pieces_pass(&p, before, d) && xls_text(&p, &s->text, &s->runs, d)
	       && (r->id != XLS_RSTRING || (pieces_take(&p, n_run, sizeof n_run, d) && xls_runs(&p, le16(n_run), &s->runs, d)));
}

static bool take_own_text(struct sheet *s, struct place at, const struct record *r, size_t before, struct diags *d)
{
	struct diags unheard = { .quiet = true };
	bool ok = read_own_text(s, r, before, &unheard);
	struct rich_text text;

	diags_clear(&unheard);
	if (!ok) {
		records_pass(s->records, r);
		return damaged_cell(s, at, d);
	}
	text = (struct rich_text){ s->text.text ? s->text.text : "", s->text.n, (const unsigned char *)s->runs.text, s->runs.n / XLS_RUN_SIZE };
	return put_text(s, at, text, d);
}

static bool take_text(struct sheet *s, struct place at, const struct record *r, struct diags *d)
{
	return take_own_text(s, at, r, CELL_HEAD, d);
}

/* ---- several cells in one record ---- */

/* Their number; 0: the record contradicts itself. */
static size_t count_cells(const struct record *r, size_t size)
{
	size_t n = (r->n - MUL_REST) / size;
	unsigned first = le16(r->data + 2);

	if (n * size != r->n - MUL_REST || first + n > XLS_COLUMNS_MAX || !n || le16(r->data + r->n - 2) != first + n - 1)
		return 0;
	return n;
}

static bool take_rks(struct sheet *s, struct place at, const struct record *r, struct diags *d)
{
	size_t n = count_cells(r, MUL_RK_SIZE);
	const unsigned char *p = r->data + MUL_REST - 2;

	if (!n)
		return damaged_cell(s, at, d);
	for (; n--; p += MUL_RK_SIZE, at.col++) {
		at.style = le16(p);
		if (!put_number(s, at, rk_of(p + 2), d))
			return false;
	}
	return true;
}

static bool take_blanks(struct sheet *s, struct place at, const struct record *r, struct diags *d)
{
	size_t n = count_cells(r, MUL_BLANK_SIZE);

	if (!n)
		return damaged_cell(s, at, d);
	for (; n--; at.col++)
		if (!take_blank(s, at, r, d))
			return false;
	return true;
}

/* ---- formulas ---- */

static void count_formula(struct sheet *s, struct place at, enum formula_result result)
{
	formulas_add(&s->formulas, at.row + 1, at.col + 1, result);
}

/* The result that is a text stands in a record of its own; the formula may go on before it. */
static bool take_result_text(struct sheet *s, struct place at, struct diags *d)
{
	struct record r;

	do {
		if (!records_next(s->records, &r, d))
			return false;
	} while (r.id == XLS_SHRFMLA || r.id == XLS_ARRAY || r.id == XLS_TABLE || r.id == XLS_CONTINUE);
	if (r.id != XLS_STRING) {
		records_seek(s->records, r.at);
		count_formula(s, at, FORMULA_NONE);
		return true;
	}
	count_formula(s, at, FORMULA_FULL);
	return take_own_text(s, at, &r, 0, d);
}

static bool take_formula(struct sheet *s, struct place at, const struct record *r, struct diags *d)
{
	const unsigned char *result = r->data + CELL_HEAD;
	double x;

	if (le16(result + 6) != 0xFFFF) {
		x = number_of(result);
		count_formula(s, at, x == 0 && le16(result + NUMBER_SIZE) & ON_OPEN ? FORMULA_ZERO : FORMULA_FULL);
		return put_number(s, at, x, d);
	}
	switch (result[0]) {
	case RESULT_TEXT:
		return take_result_text(s, at, d);
	case RESULT_FLAG:
		count_formula(s, at, FORMULA_FULL);
		return put_flag(s, at, result[2], d);
	case RESULT_ERROR:
		count_formula(s, at, FORMULA_FULL);
		return put_error(s, at, result[2], d);
	case RESULT_EMPTY:
		count_formula(s, at, FORMULA_BLANK);
		return put(s, at, CELL_TEXT, "", 0, d);
	default:
		return damaged_cell(s, at, d);
	}
}

/* ---- the records of a sheet ---- */

struct cell_record {
	unsigned id;
	size_t least; /* [bytes] */
	bool (*take)(struct sheet *, struct place, const struct record *, struct diags *);
};

static const struct cell_record cell_records[] = {
	{ XLS_LABELSST, CELL_HEAD + 4, take_shared },
	{ XLS_RK, CELL_HEAD + RK_SIZE, take_rk },
	{ XLS_NUMBER, CELL_HEAD + NUMBER_SIZE, take_number },
	{ XLS_MULRK, MUL_REST, take_rks },
	{ XLS_BLANK, CELL_HEAD, take_blank },
	{ XLS_MULBLANK, MUL_REST, take_blanks },
	{ XLS_FORMULA, FORMULA_SIZE, take_formula },
	{ XLS_BOOLERR, CELL_HEAD + 2, take_truth },
	{ XLS_LABEL, CELL_HEAD, take_text },
	{ XLS_RSTRING, CELL_HEAD, take_text },
};

static const struct cell_record *find_cell_record(unsigned id)
{
	for (size_t i = 0; i < sizeof cell_records / sizeof *cell_records; i++)
		if (cell_records[i].id == id)
			return &cell_records[i];
	return NULL;
}

static bool take_cell(struct sheet *s, const struct record *r, struct diags *d)
{
	const struct cell_record *known = find_cell_record(r->id);
	struct place at;

	if (!known)
		return true;
	at = (struct place){ le16(r->data), le16(r->data + 2), le16(r->data + 4) };
	if (at.col >= XLS_COLUMNS_MAX)
		return go_on(s, diag_error(d, origin(s, at), "limit",
			"a cell stands outside of %d rows and %d columns; is this a table?", XLS_ROWS_MAX, XLS_COLUMNS_MAX));
	return r->n < known->least ? damaged_cell(s, at, d) : known->take(s, at, r, d);
}

/* ---- first time: what is not in the cells ---- */

static bool survey_row(struct sheet *s, const struct record *r, struct diags *d)
{
	if (r->n < ROW_SIZE)
		return go_on(s, damaged(s, r, d));
	if (le16(r->data + ROW_FLAGS) & ROW_HIDDEN)
		s->row_mark[le16(r->data)] |= MARK_HIDDEN;
	return true;
}

static bool survey_columns(struct sheet *s, const struct record *r, struct diags *d)
{
	unsigned last;

	if (r->n < COLUMNS_SIZE)
		return go_on(s, damaged(s, r, d));
	last = le16(r->data + 2); /* is 256 for "all that follow" */
	last = last < XLS_COLUMNS_MAX ? last : XLS_COLUMNS_MAX - 1;
	if (le16(r->data + COLUMNS_FLAGS) & COLUMNS_HIDDEN)
		for (unsigned col = le16(r->data); col <= last; col++)
			s->col_mark[col] |= MARK_HIDDEN;
	return true;
}

static bool survey_merges(struct sheet *s, const struct record *r, struct diags *d)
{
	size_t n = r->n < 2 ? 0 : le16(r->data);
	const unsigned char *p = r->data + 2;

	if (r->n < 2 || n > (r->n - 2) / MERGE_SIZE)
		return damaged(s, r, d);
	for (; n--; p += MERGE_SIZE) {
		struct sheet_range range = {
			.first_row = le16(p) + 1,
			.last_row = le16(p + 2) + 1,
			.first_col = le16(p + 4) + 1,
			.last_col = le16(p + 6) + 1,
		};

		if (!sheet_rows_merge(s->rows, range, d))
			return false;
	}
	return true;
}

static void mark_used(struct sheet *s, const struct record *r)
{
	unsigned first = le16(r->data + 2);
	unsigned last = r->id == XLS_MULRK ? le16(r->data + r->n - 2) : first;

	if (r->id == XLS_BLANK || r->id == XLS_MULBLANK)
		return;
	s->row_mark[le16(r->data)] |= MARK_USED;
	for (unsigned col = first; col <= last && col < XLS_COLUMNS_MAX; col++)
		s->col_mark[col] |= MARK_USED;
}

/* What is hidden and holds nothing hides nothing. */
static void note_hidden(struct sheet *s)
{
	for (unsigned i = 0; i < XLS_ROWS_MAX; i++)
		if (s->row_mark[i] == (MARK_HIDDEN | MARK_USED))
			sheet_rows_hidden_rows(s->rows, i + 1, i + 1);
	for (unsigned i = 0; i < XLS_COLUMNS_MAX; i++)
		if (s->col_mark[i] == (MARK_HIDDEN | MARK_USED))
			sheet_rows_hidden_columns(s->rows, i + 1, i + 1);
}

static bool survey_cell(struct sheet *s, const struct record *r, struct diags *d)
{
	unsigned row, col;

	if (!find_cell_record(r->id))
		return true;
	if (r->n < CELL_HEAD)
		return damaged(s, r, d);
	row = le16(r->data);
	col = le16(r->data + 2);
	if (s->n_cell_record++ && (row < s->last_row || (row == s->last_row && col <= s->last_col)))
		s->is_in_order = false;
	s->last_row = row;
	s->last_col = col;
	s->is_full = s->is_full || row == XLS_ROWS_MAX - 1;
	mark_used(s, r);
	return true;
}

static bool survey_record(struct sheet *s, const struct record *r, struct diags *d)
{
	switch (r->id) {
	case XLS_ROW:
		return survey_row(s, r, d);
	case XLS_COLINFO:
		return survey_columns(s, r, d);
	case XLS_MERGEDCELLS:
		return survey_merges(s, r, d);
	default:
		return survey_cell(s, r, d);
	}
}

static bool survey(struct sheet *s, struct diags *d)
{
	struct record r;

	s->is_in_order = true;
	records_seek(s->records, s->at);
	do {
		if (!next_record(s, &r, d) || !survey_record(s, &r, d))
			return false;
	} while (r.id != XLS_EOF);
	note_hidden(s);
	return true;
}

/* ---- then the cells ---- */

static bool read_in_order(struct sheet *s, struct diags *d)
{
	struct record r;

	records_seek(s->records, s->at);
	do {
		if (!next_record(s, &r, d) || !take_cell(s, &r, d))
			return false;
	} while (r.id != XLS_EOF);
	return true;
}

static int compare_cells(const void *left, const void *right)
{
	const struct cell_at *a = left;
	const struct cell_at *b = right;

	if (a->row != b->row)
		return a->row < b->row ? -1 : 1;
	if (a->col != b->col)
		return a->col < b->col ? -1 : 1;
	return (a->at > b->at) - (a->at < b->at);
}

static bool sort_cells(struct sheet *s, struct diags *d)
{
	size_t n = 0;
	struct record r;

	if (s->n_cell_record > XLS_DISORDER_MAX)
		return diag_error(d, sheet_rows_place(s->rows, 0, 0), "format",
			"the cells of the sheet are not in order; open and save the file in a spreadsheet program");
	s->cell = memory_new(s->n_cell_record, sizeof *s->cell);
	records_seek(s->records, s->at);
	while (n < s->n_cell_record) {
		if (!next_record(s, &r, d))
			return false;
		if (find_cell_record(r.id))
			s->cell[n++] = (struct cell_at){ (uint16_t)le16(r.data), (uint16_t)le16(r.data + 2), (uint32_t)r.at };
	}
	qsort(s->cell, n, sizeof *s->cell, compare_cells);
	return true;
}

static bool read_sorted(struct sheet *s, struct diags *d)
{
	struct record r;

	if (!sort_cells(s, d))
		return false;
	for (size_t i = 0; i < s->n_cell_record; i++) {
		records_seek(s->records, s->cell[i].at);
		if (!records_next(s->records, &r, d) || !take_cell(s, &r, d))
			return false;
	}
	return true;
}

/* A sheet has no more rows; what was saved as XLS may have had. */
static void warn_of_end(const struct sheet *s, struct diags *d)
{
	if (s->is_full)
		diag_warning(d, sheet_rows_place(s->rows, XLS_ROWS_MAX, 0), "limit",
			"the sheet is full up to row %d, the last one that XLS has; if rows were cut off, save the original as XLSX", XLS_ROWS_MAX);
}

static bool read_cells(struct sheet *s, struct diags *d)
{
	bool ok;

	if (!begin(s, d) || !survey(s, d))
		return false;
	ok = s->is_in_order ? read_in_order(s, d) : read_sorted(s, d);
	if (ok)
		warn_of_end(s, d);
	return formulas_check(&s->formulas, s->rows, ok, d) && !s->wrong;
}

bool xls_sheet_read(struct xls_book *b, const struct sheet_name *name, size_t at, const struct reader_options *options,
	struct row_sink *sink, struct diags *d)
{
	struct sheet s = {
		.book = b,
		.records = &b->records,
		.rows = sheet_rows_open(options, name->name, sink, d),
		.row_mark = memory_new(XLS_ROWS_MAX, 1),
	};
	bool ok;

	records_seek(s.records, at);
	ok = sheet_rows_close(s.rows, read_cells(&s, d), d);
	buf_clear(&s.text);
	buf_clear(&s.runs);
	free(s.cell);
	free(s.row_mark);
	return ok;
}
