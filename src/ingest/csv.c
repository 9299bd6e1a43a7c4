/* csv: comma, semicolon or tab separated text (RFC 4180).
 *
 * The file is read in blocks into one buffer; cells are slices of it. A row that is not whole is moved to the front and
 * scanned again when more was read; only a row that fills the buffer makes it grow. Doubled quotes are made single in
 * place once their row is whole. */
#include "ingest/csv.h"

#include "base/file.h"
#include "base/utf8.h"
#include "ingest/encoding.h"

#include <stdlib.h>
#include <string.h>

enum {
	DELIMITER_ROWS = 200, /* rows in which delimiters are counted */
	N_DELIMITER = 3,
	BYTES = 256,
};

struct csv {
	const struct reader_options *options;
	struct row_sink *sink;
	struct diags *diags;
	struct text_source *text;
	char *buf;
	size_t cap;	   /* one more byte is there, for the line end that stops every scan */
	const char *begin; /* of the first row that is not done */
	const char *end;
	bool last; /* nothing follows in the file */
	char delimiter;
	bool stops[BYTES]; /* delimiter and line ends */
	unsigned line;	   /* where the row at begin starts */
	bool passing;	   /* begin is in a row that is passed over, up to its first line end */
	struct cell *cell; /* [CSV_TAKE + CSV_COLUMNS_MAX] */
	size_t n_cell;
	struct row *row; /* [CSV_TAKE]: each row has a cell */
	size_t n_row;
	struct arena texts; /* of cells that were stored in another encoding */
};

enum row_outcome {
	ROW_DONE,
	ROW_CUT, /* the row goes on behind the end of the buffer */
	ROW_FAULTY, /* the row cannot be told, and is passed over */
	ROW_FAILED,
};

/* Where a scan stands in its row. */
struct csv_row {
	const char *at;
	const char *field; /* where it begins */
	unsigned line;	   /* physical, of `field` */
	unsigned col;	   /* of the field, 1.. */
};

static struct origin place(const struct csv *c, unsigned line, unsigned col)
{
	return (struct origin){ .file = c->options->shown, .row = line, .col = col };
}

/* Line ends in n bytes; those of a CR LF count once. */
static unsigned count_lines(const char *s, size_t n)
{
	unsigned lines = 0;

	for (size_t i = 0; i < n; i++)
		lines += s[i] == '\n' || (s[i] == '\r' && (i + 1 == n || s[i + 1] != '\n'));
	return lines;
}

static bool check_length(const struct csv *c, const struct csv_row *s, size_t n)
{
	if (n <= CSV_FIELD_MAX)
		return true;
	if (*s->field == '"')
		return diag_error(c->diags, place(c, s->line, s->col), "limit",
			"a field has more than %d bytes; is a closing quote missing?",
			CSV_FIELD_MAX);
	return diag_error(c->diags, place(c, s->line, s->col), "limit",
		"a field has more than %d bytes; shorten it", CSV_FIELD_MAX);
}

/* s->at is behind the opening quote's field: at a delimiter, a line end, or the end. */
static enum row_outcome scan_quoted(const struct csv *c, struct csv_row *s, struct cell *cell)
{
	const char *p = s->field + 1;

	for (;;) {
		p = memchr(p, '"', (size_t)(c->end - p));
		if (!p) {
			if (!c->last)
				return ROW_CUT;
			if (c->options->faults)
				return ROW_FAULTY;
			diag_error(c->diags, place(c, s->line, s->col), "quote",
				"this quote is never closed; write another one at the end of the field, or none");
			return ROW_FAILED;
		}
		if (p + 1 == c->end && !c->last)
			return ROW_CUT;
		if (p + 1 == c->end || p[1] != '"')
			break;
		p += 2;
	}
	cell->text = s->field + 1;
	cell->n_text = (size_t)(p - cell->text);
	s->at = p + 1;
	s->line += count_lines(cell->text, cell->n_text);
	if (c->stops[(unsigned char)*s->at])
		return ROW_DONE;
	if (c->options->faults)
		return ROW_FAULTY;
	diag_error(c->diags, place(c, s->line, s->col), "quote",
		"text stands behind a closing quote; a quote inside a field is written twice");
	return ROW_FAILED;
}

static enum row_outcome scan_field(const struct csv *c, struct csv_row *s, struct cell *cell)
{
	const char *p = s->at;

	s->field = p;
	if (*p == '"')
		return scan_quoted(c, s, cell);
	while (!c->stops[(unsigned char)*p])
		p++;
	cell->text = s->field;
	cell->n_text = (size_t)(p - s->field);
	s->at = p;
	return ROW_DONE;
}

/* Behind the line end at s->at; false when it is not known yet whether a line feed follows. */
static bool pass_line_end(const struct csv *c, struct csv_row *s)
{
	if (s->at == c->end)
		return c->last;
	if (*s->at == '\r') {
		if (s->at + 1 == c->end && !c->last)
			return false;
		if (s->at + 1 < c->end && s->at[1] == '\n')
			s->at++;
	}
	s->at++;
	s->line++;
	return true;
}

/* The row at c->begin, up to end. */
static bool check_row(const struct csv *c, const char *end)
{
	if (end - c->begin <= CSV_ROW_MAX)
		return true;
	return diag_error(c->diags, place(c, c->line, 0), "limit",
		"a row has more than %d bytes; is this a table?", CSV_ROW_MAX);
}

/* The row at c->begin, its cells behind those that are there. */
static enum row_outcome scan_cells(const struct csv *c, struct csv_row *s)
{
	struct cell *cell = c->cell + c->n_cell;

	*s = (struct csv_row){ c->begin, c->begin, c->line, 1 };
	for (;; s->at++, s->col++, cell++) {
		enum row_outcome outcome;

		if (s->col > CSV_COLUMNS_MAX && c->options->faults)
			return ROW_FAULTY;
		if (s->col > CSV_COLUMNS_MAX) {
			diag_error(c->diags, place(c, s->line, 0), "limit",
				"a row has more than %d fields; is this a table?", CSV_COLUMNS_MAX);
			return ROW_FAILED;
		}
		outcome = scan_field(c, s, cell);
		if (outcome != ROW_DONE)
			return outcome;
		if (cell->n_text > CSV_FIELD_MAX && !check_length(c, s, cell->n_text))
			return ROW_FAILED;
		cell->row = c->line;
		cell->col = s->col;
		if (s->at == c->end || *s->at != c->delimiter)
			break;
	}
	if (!pass_line_end(c, s))
		return ROW_CUT;
	return check_row(c, s->at) ? ROW_DONE : ROW_FAILED;
}

/* Bytes of the first line at c->begin; the end of the buffer stands for its end. */
static size_t first_line(const struct csv *c)
{
	const char *s = c->begin;

	while (s < c->end && *s != '\n' && *s != '\r')
		s++;
	return (size_t)(s - c->begin);
}

static bool ends_row(const char *end)
{
	return *end == '\n' || *end == '\r';
}

/* Of the row from c->begin to end, without the line end. */
static size_t row_length(const struct csv *c, const char *end)
{
	size_t n = (size_t)(end - c->begin);

	n -= n && ends_row(c->begin + n - 1);
	return n - (n && c->begin[n - 1] == '\r' && c->begin[n] == '\n');
}

/* The same, where a row that cannot be told, or is too long, is passed over: which of both it is depends on nothing but the file. */
static enum row_outcome scan_row(const struct csv *c, struct csv_row *s)
{
	enum row_outcome outcome = scan_cells(c, s);

	if (!c->options->faults)
		return outcome;
	if (outcome == ROW_DONE)
		return row_length(c, s->at) > CSV_FAULTLESS_MAX ? ROW_FAULTY : ROW_DONE;
	if (outcome == ROW_CUT && c->end - c->begin > CSV_FAULTLESS_MAX + 1)
		return ROW_FAULTY;
	if (outcome == ROW_FAULTY && !c->last && c->end - c->begin <= CSV_FAULTLESS_MAX + 1)
		return ROW_CUT;
	return outcome;
}

/* Each pair of quotes becomes one; the cell was quoted. */
static void join_quotes(struct cell *cell)
{
	char *text = (char *)cell->text; /* of our own buffer */
	char *end = text + cell->n_text;
	char *from = memchr(text, '"', cell->n_text);
	char *to = from;

	if (!from)
		return;
	while (from < end) {
		*to++ = *from;
		from += *from == '"' ? 2 : 1;
	}
	cell->n_text = (size_t)(to - text);
}

/* The same in every encoding. */
static bool is_plain(const struct cell *cell)
{
	size_t i = 0;

	while (i < cell->n_text && cell->text[i] >= ' ' && cell->text[i] <= '~')
		i++;
	return i == cell->n_text;
}

/* The text as it was meant. */
static void convert(struct csv *c, struct cell *cell)
{
	struct legacy_font font = { .charset = c->text->stored };
	enum legacy_sense sense = is_plain(cell) ? LEGACY_PLAIN : legacy_sense(font, cell->text, cell->n_text);
	struct buf b = { 0 };

	if (sense == LEGACY_PLAIN || sense == LEGACY_UNICODE)
		return;
	legacy_convert(font, cell->text, cell->n_text, &b);
	cell->text = arena_slice(&c->texts, b.text, b.n);
	cell->n_text = b.n;
	buf_clear(&b);
}

static bool flush(struct csv *c)
{
	bool ok = !c->n_row || c->sink->take(c->sink, c->row, c->n_row, c->diags);

	c->n_row = 0;
	c->n_cell = 0;
	arena_clear(&c->texts);
	return ok;
}

static bool add_row(struct csv *c, const struct csv_row *s)
{
	struct cell *cell = c->cell + c->n_cell;

	for (size_t i = 0; i < s->col; i++) {
		cell[i] = (struct cell){ cell[i].text, cell[i].n_text, NULL, cell[i].row, cell[i].col, CELL_TEXT, 1, 1 };
		if (cell[i].text > c->begin && cell[i].text[-1] == '"')
			join_quotes(&cell[i]);
		if (c->text->stored)
			convert(c, &cell[i]);
	}
	c->row[c->n_row++] = (struct row){ cell, s->col, c->line, NULL };
	c->n_cell += s->col;
	c->begin = s->at;
	c->line = s->line;
	return c->n_cell < CSV_TAKE || flush(c);
}

/* Goes on behind the first line end. False: it is not in the buffer. */
static bool pass_line(struct csv *c)
{
	struct csv_row s = { .at = c->begin + first_line(c), .line = c->line };

	c->passing = true;
	if (c->last || c->end - s.at > 1) { /* of a CR LF both */
		pass_line_end(c, &s);
		c->passing = s.line == c->line;
	}
	c->begin = s.at;
	c->line = s.line;
	return !c->passing;
}

static enum row_fault fault_of(const struct csv *c, const struct csv_row *s)
{
	if (first_line(c) > CSV_FAULTLESS_MAX)
		return ROW_LONG;
	return s->col > CSV_COLUMNS_MAX ? ROW_WIDE : ROW_QUOTE;
}

/* Whether the row, up to s->at, has bytes that are no text. */
static bool has_bad_bytes(const struct csv *c, const struct csv_row *s)
{
	return c->text->has_bad && memchr(c->begin, '\0', (size_t)(s->at - c->begin));
}

/* Its first cells, which are known. */
static struct row row_at_fault(struct csv *c, size_t n)
{
	struct cell *cell = c->cell + c->n_cell;

	for (size_t i = 0; i < n; i++)
		cell[i] = (struct cell){ cell[i].text, cell[i].n_text, NULL, cell[i].row, cell[i].col, CELL_TEXT, 1, 1 };
	return (struct row){ cell, n, c->line, NULL };
}

/* The row, which is whole, is told of. */
static bool pass_bytes(struct csv *c, const struct csv_row *s)
{
	struct row_faults *f = c->options->faults;
	struct row row = row_at_fault(c, s->col);

	if (!flush(c) || !f->tell(f, ROW_BYTES, &row, c->diags))
		return false;
	c->begin = s->at;
	c->line = s->line;
	return true;
}

/* The row at c->begin is told of and passed over. */
static bool pass_row(struct csv *c, const struct csv_row *s)
{
	struct row_faults *f = c->options->faults;
	enum row_fault fault = fault_of(c, s);
	struct row row = row_at_fault(c, s->col - 1);

	if (!flush(c) || !f->tell(f, fault, &row, c->diags))
		return false;
	pass_line(c);
	return true;
}

/* All whole rows of the buffer; *s is where the cut one stands, if there is one. */
static bool scan_rows(struct csv *c, struct csv_row *s)
{
	while (c->begin < c->end && (!c->passing || pass_line(c))) {
		switch (scan_row(c, s)) {
		case ROW_DONE:
			if (!(has_bad_bytes(c, s) ? pass_bytes(c, s) : add_row(c, s)))
				return false;
			break;
		case ROW_CUT:
			return true;
		case ROW_FAULTY:
			if (!pass_row(c, s))
				return false;
			break;
		case ROW_FAILED:
			flush(c);
			return false;
		}
	}
	*s = (struct csv_row){ c->begin, c->begin, c->line, 1 };
	return true;
}

/* Moves what is left to the front and reads up to n bytes behind it. */
static bool fill(struct csv *c, size_t n)
{
	size_t left = (size_t)(c->end - c->begin);
	size_t n_read;

	if (left)
		memmove(c->buf, c->begin, left);
	if (left > c->cap / 2) {
		c->cap *= 2;
		c->buf = memory_resize(c->buf, c->cap + 1, 1);
	}
	if (n > c->cap - left || left > n)
		n = c->cap - left;
	if (!text_read(c->text, c->buf + left, n, &n_read, c->diags))
		return false;
	c->begin = c->buf;
	c->end = c->buf + left + n_read;
	c->buf[left + n_read] = '\n';
	c->last = c->text->ended && !c->text->problem;
	return true;
}

/* The cut row may not grow for ever. */
static bool check_cut(const struct csv *c, const struct csv_row *s)
{
	return check_length(c, s, (size_t)(c->end - s->field)) && check_row(c, c->end);
}

static bool bad_bytes(const struct csv *c, struct origin at)
{
	switch (c->text->encoding) {
	case ENCODING_UTF8:
		return diag_error(c->diags, at, "encoding", "the byte 0x%02X is not UTF-8; save the sheet as CSV (UTF-8)",
			c->text->bad);
	case ENCODING_LEGACY:
		return diag_error(c->diags, at, "encoding",
			"the byte 0x%02X means nothing in %s where it stands; is the file in this encoding, and whole? Without encoding=\"...\" at the source it is found",
			c->text->bad, legacy_name(c->text->legacy.charset));
	case ENCODING_UTF16_LE:
	case ENCODING_UTF16_BE:
		break;
	}
	return diag_error(c->diags, at, "encoding", "these bytes are not UTF-16; save the sheet as CSV (UTF-8)");
}

/* Of the byte behind c->end. Always false, if there is a problem. */
static bool check_problem(struct csv *c, const struct csv_row *s)
{
	unsigned line = s->line + count_lines(s->field, (size_t)(c->end - s->field));
	struct origin at = place(c, line, s->col);

	switch (c->text->problem) {
	case TEXT_FINE:
		return true;
	case TEXT_NUL:
		return diag_error(c->diags, at, "format",
			"a zero byte: this is no text; save the sheet as CSV (UTF-8)");
	case TEXT_BAD_BYTES:
		return bad_bytes(c, at);
	case TEXT_UNDECIDED:
		return diag_error(c->diags, at, "encoding",
			"the byte 0x%02X is not UTF-8, and what it is else is not sure (%s); write encoding=\"...\" at the source, or save the sheet as CSV (UTF-8)",
			c->text->bad, c->text->looks);
	}
	return true;
}

static const char delimiters[N_DELIMITER] = { ';', '\t', ',' }; /* of equals the first */

/* Delimiters outside quotes of each row: what csv_delimiter chooses by. */
struct counts {
	unsigned field[DELIMITER_ROWS][N_DELIMITER]; /* delimiters */
	size_t n_row;
};

/* Behind a field that begins with a quote. */
static const char *behind_quotes(const char *p, const char *end)
{
	for (p++; p < end; p++)
		if (*p == '"' && (p + 1 == end || *++p != '"'))
			return p;
	return end;
}

/* A row that is cut off counts only if the text ends there. */
static void count_delimiters(const char *p, const char *end, bool last, struct counts *counts)
{
	unsigned *now = counts->field[0];
	bool begins = true; /* a field */
	bool blank = true;

	for (; p < end && counts->n_row < DELIMITER_ROWS; p++) {
		const char *which;

		if (*p == '"' && begins)
			p = behind_quotes(p, end);
		if (p >= end)
			break;
		which = memchr(delimiters, *p, sizeof delimiters);
		if (which)
			now[which - delimiters]++;
		begins = which || *p == '\n' || *p == '\r';
		if (*p != '\n' && *p != '\r') {
			blank = false;
		} else if (!blank) {
			now = counts->field[++counts->n_row % DELIMITER_ROWS];
			blank = true;
		}
	}
	if (last && !blank && counts->n_row < DELIMITER_ROWS)
		counts->n_row++;
}

/* Rows that have the commonest number of this delimiter, and that number. */
static size_t agreement(const struct counts *counts, size_t which, unsigned *common)
{
	size_t best = 0;

	for (size_t i = 0; i < counts->n_row; i++) {
		unsigned n = counts->field[i][which];
		size_t same = 0;

		for (size_t k = 0; n && k < counts->n_row; k++)
			same += counts->field[k][which] == n;
		if (same > best || (same == best && same && n > *common)) {
			best = same;
			*common = n;
		}
	}
	return best;
}

/* The first row: a header has no decimal commas. */
static unsigned in_header(const struct counts *counts, size_t which)
{
	return counts->n_row ? counts->field[0][which] : 0;
}

char csv_delimiter(const char *s, const char *end, bool last)
{
	struct counts *counts = memory_new(1, sizeof *counts);
	size_t best = N_DELIMITER - 1;
	size_t best_rows = 0;

	count_delimiters(s, end, last, counts);
	for (size_t i = 0; i < N_DELIMITER; i++) {
		unsigned common = 0;
		size_t rows = agreement(counts, i, &common);

		if (rows > best_rows
			|| (rows && rows == best_rows
				&& in_header(counts, i) > in_header(counts, best))) {
			best = i;
			best_rows = rows;
		}
	}
	free(counts);
	return delimiters[best];
}

static void choose_delimiter(struct csv *c)
{
	c->delimiter = csv_delimiter(c->begin, c->end, c->last);
	c->stops[(unsigned char)c->delimiter] = true;
	c->stops['\n'] = true;
	c->stops['\r'] = true;
}

static bool read_all(struct csv *c, struct csv_sizes sizes)
{
	struct csv_row s;

	while (!c->text->ended && (size_t)(c->end - c->begin) < sizes.head)
		if (!fill(c, sizes.head))
			return false;
	choose_delimiter(c);
	for (;;) {
		if (!scan_rows(c, &s) || !flush(c))
			return false;
		if (c->text->ended)
			return check_problem(c, &s);
		if (!check_cut(c, &s) || !fill(c, sizes.block))
			return false;
	}
}

bool csv_read_file(FILE *file, struct csv_sizes sizes, const struct reader_options *options,
	struct row_sink *sink, struct diags *d)
{
	struct text_source *text = memory_new(1, sizeof *text);
	struct csv c = {
		.options = options,
		.sink = sink,
		.diags = d,
		.text = text,
		.line = 1,
		.cap = 2 * (sizes.head > sizes.block ? sizes.head : sizes.block),
		.cell = memory_resize(NULL, CSV_TAKE + CSV_COLUMNS_MAX, sizeof *c.cell), /* not zeroed: most files are small */
		.row = memory_resize(NULL, CSV_TAKE, sizeof *c.row),
	};
	bool ok;

	text_init(text, file, options);
	c.buf = memory_resize(NULL, c.cap + 1, 1);
	c.begin = c.end = c.buf;
	ok = read_all(&c, sizes);
	free(c.buf);
	free(c.cell);
	free(c.row);
	arena_clear(&c.texts);
	text_close(text);
	free(text);
	return ok;
}

static bool csv_read(const struct reader_options *options, struct row_sink *sink, struct diags *d)
{
	struct origin whole = { .file = options->shown };
	struct csv_sizes sizes = { READER_HEAD, CSV_BLOCK };
	FILE *file;
	bool ok;

	if (!encoding_check_text(options->encoding, whole, d))
		return false;
	file = file_open(options->path, options->shown, d);
	if (!file)
		return false;
	setvbuf(file, NULL, _IONBF, 0);
	ok = csv_read_file(file, sizes, options, sink, d);
	fclose(file);
	return ok;
}

static bool csv_knows(const unsigned char *head, size_t n)
{
	(void)head;
	(void)n;
	return true;
}

const struct reader reader_csv = { .name = "csv", .has_old = true, .knows = csv_knows, .read = csv_read };
