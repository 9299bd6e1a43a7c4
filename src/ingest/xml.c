/* xml: one element repeated gives the rows; its attributes and the elements inside give the cells.
 *
 * A cell is named by the attribute or element, an element with label="..." (or nhan="...") by that; names of elements
 * inside each other are joined by '/'. Texts of a block of rows are kept in one buffer until the sink has taken them. */
#include "ingest/xml.h"

#include "base/buf.h"
#include "base/map.h"
#include "base/sax.h"
#include "ingest/encoding.h"

#include <stdlib.h>
#include <string.h>

/* A cell before its block is given away: the buffer may still move. */
struct kept_cell {
	size_t text; /* offset in texts */
	size_t n_text;
	const char *name;
	unsigned row;
	unsigned col;
};

struct kept_row {
	size_t first; /* cell */
	size_t n_cell;
	unsigned row;
};

/* An element between the row's and the current one, itself included. */
struct level {
	size_t n_path;	    /* bytes of the name path with this element */
	struct origin at;
	bool has_children;
	bool has_cell; /* its text is a cell already */
};

struct xml {
	const struct reader_options *options;
	struct row_sink *sink;
	struct arena arena; /* names */
	struct map columns; /* name -> index in column */
	const char **column;
	size_t n_column;
	size_t cap_column;
	size_t seen[XML_COLUMNS_MAX]; /* number of the last row that had it */
	size_t n_row_in_all;
	char *segment[XML_SEGMENTS_MAX]; /* of rows="/a/b" */
	size_t n_segment;		 /* 0: children of the root */
	size_t n_matched;		 /* segments that the open elements match */
	const char *row_name;		 /* of the first child of the root */
	const char *other[XML_NAMES_LISTED]; /* elements where rows were looked for */
	size_t n_other;
	size_t other_segment; /* the one they are not; only the deepest are kept */
	struct origin other_at;
	size_t depth;	  /* open elements */
	size_t row_depth; /* of the row element; 0: not in a row */
	struct level level[SAX_DEPTH_MAX + 1];
	struct buf path;  /* name path of the current element, without the row's own */
	struct buf texts; /* of the cells kept */
	size_t row_text;  /* where those of this row begin */
	struct kept_cell *cell;
	size_t n_cell;
	size_t cap_cell;
	struct kept_row *row;
	size_t n_row;
	size_t cap_row;
	bool is_twice; /* the row at hand has a cell twice and is passed over */
	bool wrong; /* an error was added; rows go on */
};

/* Those kept from the first on; memory of the caller's. */
static struct cell *cells_from(const struct xml *x, size_t first)
{
	struct cell *cell = memory_new(x->n_cell - first, sizeof *cell);
	const char *texts = x->texts.text ? x->texts.text : "";

	for (size_t i = first; i < x->n_cell; i++) {
		const struct kept_cell *k = &x->cell[i];

		cell[i - first] = (struct cell){ texts + k->text, k->n_text, k->name, k->row, k->col, CELL_TEXT, 1, 1 };
	}
	return cell;
}

static bool flush(struct xml *x, struct diags *d)
{
	struct cell *cell = cells_from(x, 0);
	struct row *row = memory_new(x->n_row, sizeof *row);
	bool ok;

	for (size_t i = 0; i < x->n_row; i++)
		row[i] = (struct row){ cell + x->row[i].first, x->row[i].n_cell, x->row[i].row, NULL };
	ok = !x->n_row || x->sink->take(x->sink, row, x->n_row, d);
	x->n_row = 0;
	x->n_cell = 0;
	x->texts.n = 0;
	x->row_text = 0;
	free(cell);
	free(row);
	return ok;
}

/* The column of that name, a new one where it is met first. */
static bool find_column(struct xml *x, const char *name, struct origin at, size_t *column,
	struct diags *d)
{
	if (map_find(&x->columns, name, column))
		return true;
	if (x->n_column == XML_COLUMNS_MAX)
		return diag_error(d, at, "limit", "the rows have more than %d different names; are these rows?",
			XML_COLUMNS_MAX);
	name = arena_text(&x->arena, name);
	*column = x->n_column;
	*ARENA_PUSH(&x->arena, x->column, x->n_column, &x->cap_column) = name;
	map_add(&x->columns, name, *column, NULL);
	return true;
}

static bool add_cell(struct xml *x, const char *name, const char *text, size_t n, struct origin at,
	struct diags *d)
{
	size_t column;

	if (!find_column(x, name, at, &column, d))
		return false;
	if (x->seen[column] == x->n_row_in_all) {
		x->is_twice = x->options->faults != NULL;
		x->wrong = !x->is_twice && !diag_error(d, at, "duplicate-cell", "this row has '%s' twice; keep one of the two", diag_quoted(d, name));
		return true;
	}
	x->seen[column] = x->n_row_in_all;
	if (x->texts.n - x->row_text + n > XML_ROW_MAX)
		return diag_error(d, at, "limit", "a row has more than %d bytes; is this a table?", XML_ROW_MAX);
	if (x->n_cell == x->cap_cell) {
		x->cap_cell = x->cap_cell ? 2 * x->cap_cell : 64;
		x->cell = memory_resize(x->cell, x->cap_cell, sizeof *x->cell);
	}
	x->cell[x->n_cell++] = (struct kept_cell){ x->texts.n, n, x->column[column], at.row, at.col };
	x->row[x->n_row - 1].n_cell++;
	buf_put(&x->texts, text, n);
	return true;
}

/* The name of the current element, or of one of its attributes. */
static bool put_name(struct xml *x, const char *name, struct origin at, struct diags *d)
{
	if (x->path.n + 1 + strlen(name) > XML_NAME_MAX)
		return diag_error(d, at, "limit", "a name has more than %d bytes; shorten it", XML_NAME_MAX);
	if (x->path.n)
		buf_putc(&x->path, '/');
	buf_puts(&x->path, name);
	return true;
}

static void cut_name(struct xml *x, size_t n)
{
	x->path.n = n;
	if (x->path.text)
		x->path.text[n] = '\0';
}

static bool is_label(const char *name)
{
	return !strcmp(name, "label") || !strcmp(name, "nhan");
}

/* Attributes of the row element, or of one inside it, where a label is no cell but the name. */
static bool add_attributes(struct xml *x, const struct sax_element *e, bool is_row, struct diags *d)
{
	size_t n_path = x->path.n;

	for (size_t i = 0; i < e->n_attribute; i++) {
		const struct sax_attribute *a = &e->attribute[i];
		bool ok;

		if (!is_row && is_label(a->name))
			continue;
		ok = put_name(x, a->name, e->at, d)
			&& add_cell(x, x->path.text, a->value, strlen(a->value), e->at, d);
		cut_name(x, n_path);
		if (!ok)
			return false;
	}
	return true;
}

static bool start_row(struct xml *x, const struct sax_element *e, struct diags *d)
{
	x->row_depth = x->depth;
	x->row_text = x->texts.n;
	x->n_row_in_all++;
	x->is_twice = false;
	if (x->n_row == x->cap_row) {
		x->cap_row = x->cap_row ? 2 * x->cap_row : 64;
		x->row = memory_resize(x->row, x->cap_row, sizeof *x->row);
	}
	x->row[x->n_row++] = (struct kept_row){ x->n_cell, 0, e->at.row };
	cut_name(x, 0);
	x->level[x->depth] = (struct level){ .at = e->at };
	return add_attributes(x, e, true, d);
}

static bool start_inside(struct xml *x, const struct sax_element *e, struct diags *d)
{
	const char *name = e->name;

	for (size_t i = 0; i < e->n_attribute; i++)
		if (is_label(e->attribute[i].name) && *e->attribute[i].value)
			name = e->attribute[i].value;
	x->level[x->depth - 1].has_children = true;
	if (!put_name(x, name, e->at, d))
		return false;
	x->level[x->depth] = (struct level){ .n_path = x->path.n, .at = e->at };
	return add_attributes(x, e, false, d);
}

/* An element that stands where rows are looked for and is none. */
static void note_other(struct xml *x, const struct sax_element *e)
{
	if (x->n_matched > x->other_segment) {
		x->other_segment = x->n_matched;
		x->n_other = 0;
	}
	if (x->n_matched < x->other_segment)
		return;
	for (size_t i = 0; i < x->n_other; i++)
		if (!strcmp(x->other[i], e->name))
			return;
	if (!x->n_other)
		x->other_at = e->at;
	if (x->n_other < XML_NAMES_LISTED)
		x->other[x->n_other++] = arena_text(&x->arena, e->name);
}

/* Whether rows="..." leads here. */
static bool match_path(struct xml *x, const struct sax_element *e)
{
	if (x->n_matched + 1 != x->depth || x->depth > x->n_segment)
		return false;
	if (strcmp(x->segment[x->n_matched], e->name) != 0) {
		note_other(x, e);
		return false;
	}
	return ++x->n_matched == x->n_segment;
}

/* Without rows="...": every child of the root, all of one name. */
static bool match_child(struct xml *x, const struct sax_element *e)
{
	if (x->depth != 2)
		return false;
	if (!x->row_name)
		x->row_name = arena_text(&x->arena, e->name);
	if (!strcmp(x->row_name, e->name))
		return true;
	note_other(x, e);
	return false;
}

/* Spreadsheets are known by the first bytes of a file; comments may stand there instead. */
static bool check_root(const struct xml *x, const struct sax_element *e, struct diags *d)
{
	static const struct {
		const char *space;
		const char *name;
		const char *what;
	} sheets[] = {
		{ "urn:schemas-microsoft-com:office:spreadsheet", "Workbook", "an XML Spreadsheet of Excel 2003" },
		{ "urn:oasis:names:tc:opendocument:xmlns:office:1.0", "document", "an OpenDocument file (FODS)" },
	};

	for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++)
		if (!strcmp(sheets[i].name, e->name) && !strcmp(sheets[i].space, e->space))
			return diag_error(d, (struct origin){ .file = x->options->shown }, "format",
				"this is %s, but too much stands before its first element; open and save the file in a spreadsheet program",
				diag_say(d, sheets[i].what));
	return true;
}

static bool on_start(void *ctx, const struct sax_element *e, struct diags *d)
{
	struct xml *x = ctx;

	if (!x->depth && !check_root(x, e, d))
		return false;
	x->depth++;
	if (x->row_depth)
		return start_inside(x, e, d);
	if (x->n_segment ? match_path(x, e) : match_child(x, e))
		return start_row(x, e, d);
	return true;
}

static bool is_blank(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!strchr(" \t\r\n", s[i]))
			return false;
	return true;
}

static bool on_text(void *ctx, const char *s, size_t n, struct origin at, struct diags *d)
{
	struct xml *x = ctx;
	struct level *level = &x->level[x->depth];
	const char *name;

	if (!x->row_depth || is_blank(s, n))
		return true;
	level->has_cell = true;
	if (x->depth > x->row_depth)
		return add_cell(x, x->path.text, s, n, at, d);
	name = x->n_segment ? x->segment[x->n_segment - 1] : x->row_name;
	return add_cell(x, name, s, n, at, d);
}

/* The row at hand is told of and passed over. */
static bool pass_row(struct xml *x, struct diags *d)
{
	const struct kept_row kept = x->row[--x->n_row];
	struct cell *cell = cells_from(x, kept.first);
	const struct row row = { cell, x->n_cell - kept.first, kept.row, NULL };
	struct row_faults *f = x->options->faults;
	bool ok;

	x->n_cell = kept.first;
	ok = flush(x, d) && f->tell(f, ROW_TWICE, &row, d);
	x->texts.n = x->row_text;
	free(cell);
	return ok;
}

static bool end_row(struct xml *x, struct diags *d)
{
	x->row_depth = 0;
	if (x->is_twice)
		return pass_row(x, d);
	if (x->n_cell + x->n_row < XML_TAKE && x->texts.n < XML_ROW_MAX / 8)
		return true;
	return flush(x, d);
}

static bool on_end(void *ctx, const char *name, struct diags *d)
{
	struct xml *x = ctx;
	const struct level *level = &x->level[x->depth];
	bool ok = true;

	(void)name;
	if (x->row_depth == x->depth) {
		ok = end_row(x, d);
	} else if (x->row_depth) {
		if (!level->has_children && !level->has_cell)
			ok = add_cell(x, x->path.text, "", 0, level->at, d);
		cut_name(x, x->depth - 1 > x->row_depth ? level[-1].n_path : 0);
	}
	x->depth--;
	if (x->n_matched > x->depth)
		x->n_matched = x->depth;
	return ok;
}

/* rows="/a/b" in its parts. */
static bool split_path(struct xml *x, struct diags *d)
{
	struct origin whole = { .file = x->options->shown };
	char *rest = NULL;
	char *path;

	if (!x->options->rows)
		return true;
	path = arena_text(&x->arena, x->options->rows);
	if (*path != '/' || strstr(path, "//"))
		return diag_error(d, whole, "rows",
			"rows=\"%s\" is no path; write it from the root, as in /so-lieu/thon", path);
	for (char *s = strtok_r(path, "/", &rest); s; s = strtok_r(NULL, "/", &rest)) {
		if (x->n_segment == XML_SEGMENTS_MAX)
			return diag_error(d, whole, "rows", "rows=\"%s\" has more than %d parts",
				x->options->rows, XML_SEGMENTS_MAX);
		x->segment[x->n_segment++] = s;
	}
	if (!x->n_segment)
		return diag_error(d, whole, "rows", "rows=\"%s\" names no element",
			x->options->rows);
	return true;
}

/* The names of elements in a list for people. */
static const char *name_list(struct xml *x, const char *first)
{
	struct buf b = { 0 };
	const char *list;

	if (first)
		buf_printf(&b, "<%s>", first);
	for (size_t i = 0; i < x->n_other; i++)
		buf_printf(&b, "%s<%s>", b.n ? ", " : "", x->other[i]);
	list = arena_slice(&x->arena, b.text ? b.text : "", b.n);
	buf_clear(&b);
	return list;
}

/* After the end: whether there were rows, and of one kind. */
static bool check_rows(struct xml *x, struct diags *d)
{
	struct origin whole = { .file = x->options->shown };
	struct origin other = x->n_other ? x->other_at : whole;
	const char *near;

	if (!x->n_segment && x->n_other)
		return diag_error(d, other, "rows",
			"the elements below the root differ (%s); "
			"say which ones are rows: rows=\"/so-lieu/thon\" on the job's <source>",
			diag_quoted(d, name_list(x, x->row_name)));
	if (x->n_row_in_all)
		return true;
	if (!x->n_segment)
		return diag_error(d, whole, "rows", "the root element holds no rows; it needs one element for each");
	if (!x->n_other)
		return diag_error(d, whole, "rows", "there is no element %s; write the path of the rows from the root", x->options->rows);
	near = d->is_personal ? NULL : suggest(x->segment[x->other_segment], x->other, x->n_other);
	if (near)
		return diag_error(d, other, "rows",
			"there is no element %s, but there are %s; did you mean <%s>?",
			x->options->rows, name_list(x, NULL), near);
	return diag_error(d, other, "rows", "there is no element %s, but there are %s",
		x->options->rows, diag_quoted(d, name_list(x, NULL)));
}

static struct xml *xml_open(const struct reader_options *options, struct row_sink *sink)
{
	struct xml *x = memory_new(1, sizeof *x);

	x->options = options;
	x->sink = sink;
	map_init(&x->columns, &x->arena);
	return x;
}

/* Rows that came before an error are given to the sink too, so that theirs are found in the same run. */
static bool xml_finish(struct xml *x, bool ok, struct diags *d)
{
	if (x->row_depth && x->n_row)
		x->n_row--; /* cut off by the error */
	return flush(x, d) && ok && check_rows(x, d) && !x->wrong;
}

static void xml_close(struct xml *x)
{
	buf_clear(&x->path);
	buf_clear(&x->texts);
	free(x->cell);
	free(x->row);
	arena_clear(&x->arena);
	free(x);
}

bool xml_read_bytes(const char *data, size_t n, const struct reader_options *options,
	struct row_sink *sink, struct diags *d)
{
	struct xml *x = xml_open(options, sink);
	struct sax_handler handler = { .ctx = x, .start = on_start, .end = on_end, .text = on_text };
	bool ok = split_path(x, d);

	if (ok)
		ok = xml_finish(x, sax_read_bytes(data, n, options->shown, &handler, d), d);
	xml_close(x);
	return ok;
}

static bool xml_read(const struct reader_options *options, struct row_sink *sink, struct diags *d)
{
	struct xml *x = xml_open(options, sink);
	struct sax_handler handler = { .ctx = x, .start = on_start, .end = on_end, .text = on_text };
	bool ok = encoding_check(options->encoding, (struct origin){ .file = options->shown }, d)
		&& split_path(x, d);

	if (ok)
		ok = xml_finish(x, sax_read_file(options->path, options->shown, &handler, d), d);
	xml_close(x);
	return ok;
}

/* '<' and the beginning of a name or of markup, behind a mark and white space. */
static bool xml_knows(const unsigned char *head, size_t n)
{
	enum encoding encoding;
	size_t step = 1;
	size_t i;

	if (!encoding_find(head, n, &encoding, &i))
		return false;
	if (encoding != ENCODING_UTF8)
		step = 2;
	if (encoding == ENCODING_UTF16_BE)
		i++;
	while (i < n && head[i] && strchr(" \t\r\n", head[i]))
		i += step;
	if (i + step >= n || head[i] != '<')
		return false;
	i += step;
	return head[i] == '?' || head[i] == '!' || head[i] == '_' || head[i] >= 0x80
		|| (head[i] >= 'A' && head[i] <= 'Z') || (head[i] >= 'a' && head[i] <= 'z');
}

const struct reader reader_xml = { .name = "xml", .has_path = true, .knows = xml_knows, .read = xml_read };
