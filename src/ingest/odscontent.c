#include "ingest/odscontent.h"

#include "base/map.h"
#include "base/utf8.h"
#include "ingest/formulas.h"
#include "ingest/odscell.h"
#include "ingest/odsstyle.h"

#include <stdlib.h>
#include <string.h>

#define OFFICE "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
#define TABLE "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
#define TEXT "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
#define NUMBER "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"
#define STYLE "urn:oasis:names:tc:opendocument:xmlns:style:1.0"

enum {
	IN_ROOT = PLACE_ROOT,
	IN_DOCUMENT,
	IN_STYLES_PART,
	IN_STYLES,
	IN_NUMBER_STYLE,
	IN_NUMBER_TEXT,
	IN_STYLE,
	IN_TABLE_PROPERTIES,
	IN_TEXT_PROPERTIES,
	IN_FACES,
	IN_FACE,
	IN_BODY,
	IN_SPREADSHEET,
	IN_SETTINGS,
	IN_NULL_DATE,
	IN_OTHER_BODY,
	IN_TABLE,
	IN_COLUMNS,
	IN_COLUMN,
	IN_ROWS,
	IN_ROW,
	IN_CELL,
	IN_SUB_TABLE,
	IN_COVERED,
	IN_COVERED_TEXT,
	IN_LIST, /* in a cell */
	IN_PARAGRAPH,
	IN_SPACES,
	IN_TAB,
	IN_BREAK,
	IN_INLINE, /* in a paragraph: spans, links, fields */
};

/* What is not here is skipped with all in it: tracked changes, annotations, shapes, named ranges, linked tables. Those of
 * cells come first. */
static const struct place_step steps[] = {
	{ IN_ROW, TABLE, "table-cell", IN_CELL },
	{ IN_ROW, TABLE, "covered-table-cell", IN_COVERED },
	{ IN_COVERED, TEXT, NULL, IN_COVERED_TEXT },
	{ IN_COVERED_TEXT, TEXT, NULL, IN_COVERED_TEXT },
	{ IN_CELL, TEXT, "p", IN_PARAGRAPH },
	{ IN_CELL, TEXT, "h", IN_PARAGRAPH },
	{ IN_CELL, TEXT, "list", IN_LIST },
	{ IN_CELL, TABLE, "table", IN_SUB_TABLE },
	{ IN_LIST, TEXT, "p", IN_PARAGRAPH },
	{ IN_LIST, TEXT, "h", IN_PARAGRAPH },
	{ IN_LIST, TEXT, "list", IN_LIST },
	{ IN_LIST, TEXT, "list-item", IN_LIST },
	{ IN_LIST, TEXT, "list-header", IN_LIST },
	{ IN_PARAGRAPH, TEXT, "s", IN_SPACES },
	{ IN_PARAGRAPH, TEXT, "tab", IN_TAB },
	{ IN_PARAGRAPH, TEXT, "line-break", IN_BREAK },
	{ IN_PARAGRAPH, TEXT, "note", PLACE_SKIPPED },
	{ IN_PARAGRAPH, TEXT, "ruby-text", PLACE_SKIPPED },
	{ IN_PARAGRAPH, TEXT, NULL, IN_INLINE },
	{ IN_INLINE, TEXT, "s", IN_SPACES },
	{ IN_INLINE, TEXT, "tab", IN_TAB },
	{ IN_INLINE, TEXT, "line-break", IN_BREAK },
	{ IN_INLINE, TEXT, "note", PLACE_SKIPPED },
	{ IN_INLINE, TEXT, "ruby-text", PLACE_SKIPPED },
	{ IN_INLINE, TEXT, NULL, IN_INLINE },
	{ IN_TABLE, TABLE, "table-row", IN_ROW },
	{ IN_TABLE, TABLE, "table-header-rows", IN_ROWS },
	{ IN_TABLE, TABLE, "table-row-group", IN_ROWS },
	{ IN_TABLE, TABLE, "table-rows", IN_ROWS },
	{ IN_TABLE, TABLE, "table-column", IN_COLUMN },
	{ IN_TABLE, TABLE, "table-header-columns", IN_COLUMNS },
	{ IN_TABLE, TABLE, "table-column-group", IN_COLUMNS },
	{ IN_TABLE, TABLE, "table-columns", IN_COLUMNS },
	{ IN_ROWS, TABLE, "table-row", IN_ROW },
	{ IN_ROWS, TABLE, "table-header-rows", IN_ROWS },
	{ IN_ROWS, TABLE, "table-row-group", IN_ROWS },
	{ IN_ROWS, TABLE, "table-rows", IN_ROWS },
	{ IN_COLUMNS, TABLE, "table-column", IN_COLUMN },
	{ IN_COLUMNS, TABLE, "table-header-columns", IN_COLUMNS },
	{ IN_COLUMNS, TABLE, "table-column-group", IN_COLUMNS },
	{ IN_COLUMNS, TABLE, "table-columns", IN_COLUMNS },
	{ IN_ROOT, OFFICE, "document", IN_DOCUMENT },
	{ IN_ROOT, OFFICE, "document-content", IN_DOCUMENT },
	{ IN_DOCUMENT, OFFICE, "font-face-decls", IN_FACES },
	{ IN_DOCUMENT, OFFICE, "styles", IN_STYLES },
	{ IN_DOCUMENT, OFFICE, "automatic-styles", IN_STYLES },
	{ IN_DOCUMENT, OFFICE, "body", IN_BODY },
	{ IN_ROOT, OFFICE, "document-styles", IN_STYLES_PART },
	{ IN_STYLES_PART, OFFICE, "font-face-decls", IN_FACES },
	{ IN_STYLES_PART, OFFICE, "styles", IN_STYLES },
	{ IN_FACES, STYLE, "font-face", IN_FACE },
	{ IN_STYLES, STYLE, "style", IN_STYLE },
	{ IN_STYLES, STYLE, "default-style", IN_STYLE },
	{ IN_STYLES, NUMBER, NULL, IN_NUMBER_STYLE },
	{ IN_NUMBER_STYLE, NUMBER, "text", IN_NUMBER_TEXT },
	{ IN_STYLE, STYLE, "table-properties", IN_TABLE_PROPERTIES },
	{ IN_STYLE, STYLE, "text-properties", IN_TEXT_PROPERTIES },
	{ IN_BODY, OFFICE, "spreadsheet", IN_SPREADSHEET },
	{ IN_BODY, OFFICE, NULL, IN_OTHER_BODY },
	{ IN_SPREADSHEET, TABLE, "table", IN_TABLE },
	{ IN_SPREADSHEET, TABLE, "calculation-settings", IN_SETTINGS },
	{ IN_SETTINGS, TABLE, "null-date", IN_NULL_DATE },
};

/* A cell with text, or that begins a merged range. */
struct ods_kept {
	size_t text; /* offset in texts */
	struct cell cell;
	uint32_t n_repeated;
};

/* What a style says of a cell. */
struct ods_look {
	ods_shown shown;
	struct legacy_font font;
};

/* A run of a text. */
struct ods_span {
	bool has_font; /* else it is the cell's */
	struct legacy_font font;
};

struct ods {
	const struct reader_options *options;
	struct row_sink *sink;
	struct arena arena;
	struct places places;
	struct map hidden_styles; /* of tables */
	struct ods_styles styles; /* of cells */
	struct sheet_name *sheet; /* [n_sheet] found the first time */
	size_t n_sheet;
	size_t cap_sheet;
	const char *style; /* the one being read; NULL: no matter */
	bool hurry;	   /* what is in the sheets is not even looked at */
	bool found;	   /* the first time is over: rows are given away */
	size_t chosen;
	size_t n_table; /* that began, the second time */
	bool is_spreadsheet;
	bool wrong; /* an error was added; cells go on */
	struct sheet_rows *rows;
	uint64_t row;	   /* the current one, or the last of it where it is repeated */
	uint32_t n_repeated_row;
	bool row_hidden;
	uint64_t col; /* the last cell's last */
	uint64_t column;
	uint64_t n_copy;      /* cells of the sheet that repeated ones stand for, beyond the first */
	uint64_t n_copy_text; /* [bytes] of their texts */
	uint64_t n_blank;     /* that elements of the sheet stand for */
	uint64_t last_col; /* of any cell that was kept */
	bool hidden_column[SHEET_COLUMNS_MAX + 1];
	struct ods_look column_look[SHEET_COLUMNS_MAX + 1];
	struct ods_look row_look;
	bool row_has_style;
	bool has_covered;   /* the covered cell being read has a value */
	uint32_t n_covered; /* columns it is repeated in */
	bool has_null_date; /* days are counted from another one */
	struct formulas formulas;
	struct ods_cell cell;
	struct sheet_fonts *fonts; /* borrowed */
	struct legacy_font font; /* of the cell */
	struct ods_span span[SAX_DEPTH_MAX]; /* [n_span] open in it, each in the one before */
	size_t n_span;
	struct ods_kept *kept; /* [n_kept] of the current row */
	size_t n_kept;
	size_t cap_kept;
	struct buf texts; /* of those */
};

/* ---- which kind of document ---- */

static const struct {
	const char *body;  /* office: element, or NULL */
	const char *media; /* what the media type begins with */
	const char *what;
} kinds[] = {
	{ "text", "application/vnd.oasis.opendocument.text", "a text document (ODT)" },
	{ "presentation", "application/vnd.oasis.opendocument.presentation", "a presentation (ODP)" },
	{ "drawing", "application/vnd.oasis.opendocument.graphics", "a drawing (ODG)" },
	{ "chart", "application/vnd.oasis.opendocument.chart", "a chart" },
	{ "image", "application/vnd.oasis.opendocument.image", "an image" },
	{ "database", "application/vnd.oasis.opendocument.base", "a database (ODB)" },
	{ NULL, "application/vnd.oasis.opendocument.database", "a database (ODB)" },
	{ NULL, "application/vnd.oasis.opendocument.formula", "a formula" },
	{ NULL, "application/vnd.sun.xml.calc", "a spreadsheet of OpenOffice.org 1 (SXC)" },
	{ NULL, "application/vnd.sun.xml", "a document of OpenOffice.org 1" },
	{ NULL, "", "a document of another kind" }, /* the last one */
};

static bool refuse_kind(size_t kind, const char *shown, struct diags *d)
{
	return diag_error(d, (struct origin){ .file = shown }, "format",
		"this is %s and no spreadsheet that can be read; open it and save its table as ODS", diag_say(d, kinds[kind].what));
}

bool ods_check_media(const char *media_type, const char *shown, struct diags *d)
{
	static const char fine[] = "application/vnd.oasis.opendocument.spreadsheet"; /* or -template behind it */
	size_t i = 0;

	if (!strncmp(media_type, fine, strlen(fine)))
		return true;
	while (strncmp(media_type, kinds[i].media, strlen(kinds[i].media)) != 0)
		i++;
	return refuse_kind(i, shown, d);
}

static bool other_body(const struct ods *o, const char *body, struct diags *d)
{
	size_t i = 0;

	while (*kinds[i].media && (!kinds[i].body || strcmp(kinds[i].body, body) != 0))
		i++;
	return refuse_kind(i, o->options->shown, d);
}

/* ---- sheets and their styles ---- */

static bool start_style(struct ods *o, const struct sax_element *e, struct diags *d)
{
	const char *family = sax_value(e, "family");

	o->style = NULL;
	if (!o->found && family && !strcmp(family, "table"))
		o->style = sax_value(e, "name");
	if (o->style && !ods_styles_keep(&o->styles, &o->style, e, d))
		return false;
	return o->found || ods_styles_add(&o->styles, e, d);
}

static void take_null_date(struct ods *o, const struct sax_element *e)
{
	const char *day = sax_value(e, "date-value");

	o->has_null_date = day && strncmp(day, "1899-12-30", DAY_TEXT) != 0;
}

static bool start_table_properties(struct ods *o, const struct sax_element *e, struct diags *d)
{
	const char *display = sax_value(e, "display");

	if (!o->style || !display || strcmp(display, "false") != 0)
		return true;
	if (o->hidden_styles.n == SHEET_STYLES_MAX)
		return diag_error(d, e->at, "limit", "the file has more than %d cell formats; copy the table into a new file",
			SHEET_STYLES_MAX);
	map_add(&o->hidden_styles, o->style, 0, NULL);
	return true;
}

/* The first time: its name. */
static bool note_table(struct ods *o, const struct sax_element *e, struct diags *d)
{
	const char *name = sax_value(e, "name");
	const char *style = sax_value(e, "style-name");
	size_t unused;
	struct sheet_name sheet = { 0 };

	if (!sheet_name_check(o->options, o->n_sheet, name ? name : "", d))
		return false;
	sheet.name = arena_text(&o->arena, name ? name : "");
	sheet.hidden = style && map_find(&o->hidden_styles, style, &unused);
	*ARENA_PUSH(&o->arena, o->sheet, o->n_sheet, &o->cap_sheet) = sheet;
	*e->skip = o->hurry ? SAX_UNCHECKED : SAX_WANTED;
	places_skip(&o->places);
	return true;
}

static bool start_table(struct ods *o, const struct sax_element *e, struct diags *d)
{
	if (!o->found)
		return note_table(o, e, d);
	if (o->n_table++ != o->chosen)
		places_skip(&o->places);
	return true;
}

static bool is_hidden(const struct sax_element *e)
{
	const char *visibility = sax_value(e, "visibility");

	return visibility && (!strcmp(visibility, "collapse") || !strcmp(visibility, "filter"));
}

static struct origin place(const struct ods *o)
{
	return sheet_rows_place(o->rows, sheetxml_bounded(o->row), sheetxml_bounded(o->col));
}

static struct ods_look look_of(const struct ods *o, const char *style)
{
	return (struct ods_look){ ods_styles_shown(&o->styles, style), ods_styles_font(&o->styles, style) };
}

static bool start_column(struct ods *o, const struct sax_element *e, struct diags *d)
{
	const struct sax_attribute *repeated = sax_attribute(e, "number-columns-repeated");
	uint32_t n = 1;
	bool hidden = is_hidden(e);
	struct ods_look look = look_of(o, sax_value(e, "default-cell-style-name"));

	if (repeated && !sheetxml_count(repeated, 1, sheet_rows_place(o->rows, 0, sheetxml_bounded(o->column + 1)), &n, d))
		return false;
	for (uint32_t i = 0; i < n && o->column + i < SHEET_COLUMNS_MAX; i++) {
		o->hidden_column[o->column + i + 1] = hidden;
		o->column_look[o->column + i + 1] = look;
	}
	o->column += n;
	return true;
}

/* ---- rows ---- */

static bool start_row(struct ods *o, const struct sax_element *e, struct diags *d)
{
	const struct sax_attribute *repeated = sax_attribute(e, "number-rows-repeated");
	const char *style = sax_value(e, "default-cell-style-name");

	o->row++;
	o->col = 0;
	o->n_repeated_row = 1;
	o->row_hidden = is_hidden(e);
	o->row_has_style = style != NULL;
	o->row_look = look_of(o, style);
	o->n_kept = 0;
	o->texts.n = 0;
	return !repeated || sheetxml_count(repeated, 1, place(o), &o->n_repeated_row, d);
}

static bool push_row(struct ods *o, unsigned row, struct diags *d)
{
	for (size_t i = 0; i < o->n_kept; i++) {
		struct ods_kept *k = &o->kept[i];
		struct cell c = k->cell;

		c.text = o->texts.text + k->text;
		c.row = row;
		for (uint32_t n = 0; n < k->n_repeated; n++, c.col++)
			if (!sheet_rows_cell(o->rows, &c, d))
				return false;
	}
	return true;
}

/* A few bytes can stand for all cells of a sheet. */
static bool count_copies(struct ods *o, struct origin at, struct diags *d)
{
	uint64_t n_row = o->n_repeated_row;
	uint64_t n_text = 0; /* of the row; one that is too long is refused at its cell */

	for (size_t i = 0; i < o->n_kept; i++) {
		uint64_t n = n_row * o->kept[i].n_repeated - 1;

		o->n_copy += n;
		n_text += (uint64_t)o->kept[i].n_repeated * o->kept[i].cell.n_text;
		o->n_copy_text += n_text <= SHEET_ROW_MAX ? n * o->kept[i].cell.n_text : 0;
		if (o->n_copy > SHEET_COPIES_MAX || o->n_copy_text > SHEET_COPIES_TEXT_MAX)
			return diag_error(d, at, "limit",
				"repeated rows and cells stand for more than %d cells or %d bytes up to this row; delete what is repeated beside "
				"and below the table",
				SHEET_COPIES_MAX, SHEET_COPIES_TEXT_MAX);
	}
	return true;
}

static bool end_row(struct ods *o, struct diags *d)
{
	uint64_t first = o->row;

	o->row += o->n_repeated_row - 1;
	if (!o->n_kept)
		return true;
	if (o->n_repeated_row > SHEET_REPEATED_MAX)
		return diag_error(d, sheet_rows_place(o->rows, sheetxml_bounded(first), 0), "limit",
			"this row is repeated %u times, more than %d; delete the rows below the table that look like it",
			(unsigned)o->n_repeated_row, SHEET_REPEATED_MAX);
	if (!count_copies(o, sheet_rows_place(o->rows, sheetxml_bounded(first), 0), d))
		return false;
	if (o->row_hidden)
		sheet_rows_hidden_rows(o->rows, sheetxml_bounded(first), sheetxml_bounded(o->row));
	for (uint64_t row = first; row <= o->row; row++)
		if (!push_row(o, sheetxml_bounded(row), d))
			return false;
	return true;
}

/* ---- cells ---- */

/* By the style of the cell, or that of the row or the column. */
static void set_look(struct ods *o, const struct sax_element *e)
{
	const char *style = sax_value(e, "style-name");
	bool is_number = o->cell.type == ODS_FLOAT;
	struct ods_look look;

	if (!style && o->row_has_style)
		look = o->row_look;
	else if (!style && o->col <= o->column && o->col <= SHEET_COLUMNS_MAX)
		look = o->column_look[o->col];
	else
		look = (struct ods_look){ is_number ? ods_styles_shown(&o->styles, style) : 0, ods_styles_font(&o->styles, style) };
	o->cell.shown = is_number ? look.shown : 0;
	o->font = look.font;
}

static bool start_cell(struct ods *o, const struct sax_element *e, struct diags *d)
{
	o->col++;
	if (!ods_cell_begin(&o->cell, e, place(o), d))
		return false;
	set_look(o, e);
	o->cell.has_null_date = o->has_null_date;
	sheet_fonts_begin(o->fonts);
	o->n_span = 0;
	if (!ods_cell_wants_text(&o->cell))
		*e->skip = SAX_UNWANTED;
	return true;
}

/* ---- runs of a text ---- */

static void tell_run(struct ods *o)
{
	const struct ods_span *span = o->n_span ? &o->span[o->n_span - 1] : NULL;

	sheet_fonts_run(o->fonts, o->cell.text.n, span && span->has_font ? &span->font : NULL);
}

static void start_span(struct ods *o, const struct sax_element *e)
{
	struct ods_span span = o->n_span ? o->span[o->n_span - 1] : (struct ods_span){ 0 };

	if (!o->styles.charset || o->n_span == SAX_DEPTH_MAX)
		return;
	if (ods_styles_span(&o->styles, sax_value(e, "style-name"), &span.font))
		span.has_font = true;
	o->span[o->n_span++] = span;
	tell_run(o);
}

static void end_span(struct ods *o)
{
	if (!o->n_span)
		return;
	o->n_span--;
	tell_run(o);
}

/* ---- ends of cells ---- */

static bool keep_cell(struct ods *o, const struct cell *cell, struct diags *d)
{
	uint64_t last = o->col + o->cell.n_repeated - 1;

	if (last > SHEET_COLUMNS_MAX && o->col <= SHEET_COLUMNS_MAX)
		return diag_error(d, place(o), "limit",
			"this cell is repeated up to column %u, but a sheet has %d columns; delete what stands beside the table",
			sheetxml_bounded(last), SHEET_COLUMNS_MAX);
	if (o->n_kept && o->texts.n + cell->n_text > SHEET_ROW_MAX)
		return diag_error(d, place(o), "limit", "a row has more than %d bytes; is this a table?", SHEET_ROW_MAX);
	if (o->n_kept == o->cap_kept) {
		o->cap_kept = o->cap_kept ? 2 * o->cap_kept : 64;
		o->kept = memory_resize(o->kept, o->cap_kept, sizeof *o->kept);
	}
	o->kept[o->n_kept] = (struct ods_kept){ o->texts.n, *cell, o->cell.n_repeated };
	o->kept[o->n_kept++].cell.col = sheetxml_bounded(o->col);
	buf_put(&o->texts, cell->text, cell->n_text);
	o->last_col = last > o->last_col ? last : o->last_col;
	return true;
}

/* Where the attribute has the text, nothing is known of runs in it. */
static bool take_value(struct ods *o, struct cell *cell, struct diags *d)
{
	if (cell->kind == CELL_TEXT) {
		if (o->cell.has_value)
			sheet_fonts_begin(o->fonts);
		sheet_fonts_text(o->fonts, o->font, &cell->text, &cell->n_text, place(o), d);
	}
	return (!cell->n_text && cell->n_rows <= 1 && cell->n_cols <= 1) || keep_cell(o, cell, d);
}

static bool end_cell(struct ods *o, struct diags *d)
{
	struct cell cell;
	bool ok = true;

	if (o->cell.has_formula)
		formulas_add(&o->formulas, sheetxml_bounded(o->row), sheetxml_bounded(o->col),
			ods_cell_has_result(&o->cell) ? FORMULA_FULL : FORMULA_NONE);
	if (ods_cell_end(&o->cell, place(o), &cell, d))
		ok = take_value(o, &cell, d);
	else
		o->wrong = true;
	o->col += o->cell.n_repeated - 1;
	return ok;
}

/* What a cell that is merged into another one still holds is not shown, and not read; only that there is something. */
static bool start_covered(struct ods *o, const struct sax_element *e, struct diags *d)
{
	const struct sax_attribute *repeated = sax_attribute(e, "number-columns-repeated");
	const char *type = sax_value(e, "value-type");
	const char *text = sax_value(e, "string-value");

	o->n_covered = 1;
	if (repeated && !sheetxml_count(repeated, 1, place(o), &o->n_covered, d))
		return false;
	o->has_covered = (type && strcmp(type, "string") != 0 && strcmp(type, "void") != 0) || (text && *text);
	return true;
}

static void note_covered_text(struct ods *o, const char *s, size_t n)
{
	utf8_trim(&s, &n);
	o->has_covered = o->has_covered || n;
}

static void end_covered(struct ods *o)
{
	if (o->has_covered)
		sheet_rows_covered(o->rows, sheetxml_bounded(o->row), sheetxml_bounded(o->col + 1), o->n_covered);
	o->col += o->n_covered;
}

static bool put_spaces(struct ods *o, const struct sax_element *e, struct diags *d)
{
	const struct sax_attribute *count = sax_attribute(e, "c");
	uint32_t n = 1;

	if (count && !sheetxml_count(count, 0, place(o), &n, d))
		return false;
	if (!ods_cell_wants_text(&o->cell))
		return true;
	o->n_blank += n;
	if (n > SHEET_BLANKS_MAX || o->n_blank > SHEET_BLANKS_IN_ALL)
		return diag_error(d, place(o), "limit",
			"a text has more than %d blanks in a row, or all texts of the sheet more than %d; delete them", SHEET_BLANKS_MAX,
			SHEET_BLANKS_IN_ALL);
	ods_cell_character(&o->cell, ' ', n);
	return true;
}

/* ---- the walk ---- */

static bool on_start(void *ctx, const struct sax_element *e, struct diags *d)
{
	struct ods *o = ctx;

	switch (places_enter(&o->places, e)) {
	case IN_STYLE:
		return start_style(o, e, d);
	case IN_NUMBER_STYLE:
		return o->found || ods_styles_add_number(&o->styles, e, d);
	case IN_NULL_DATE:
		take_null_date(o, e);
		return true;
	case IN_FACE:
		return o->found || ods_styles_add_face(&o->styles, e, d);
	case IN_TEXT_PROPERTIES:
		if (!o->found)
			ods_styles_set_font(&o->styles, e);
		return true;
	case IN_TABLE_PROPERTIES:
		return start_table_properties(o, e, d);
	case IN_SPREADSHEET:
		o->is_spreadsheet = true;
		return true;
	case IN_OTHER_BODY:
		return other_body(o, e->name, d);
	case IN_TABLE:
		return start_table(o, e, d);
	case IN_COLUMN:
		return start_column(o, e, d);
	case IN_ROW:
		return start_row(o, e, d);
	case IN_CELL:
		return start_cell(o, e, d);
	case IN_COVERED:
		return start_covered(o, e, d);
	case IN_SUB_TABLE:
		return diag_error(d, place(o), "format",
			"this cell holds a table of its own; put its rows and columns into the sheet itself");
	case IN_PARAGRAPH:
		ods_cell_paragraph(&o->cell);
		return true;
	case IN_INLINE:
		start_span(o, e);
		return true;
	case IN_SPACES:
		return put_spaces(o, e, d);
	case IN_TAB:
		ods_cell_character(&o->cell, '\t', 1);
		return true;
	case IN_BREAK:
		ods_cell_character(&o->cell, '\n', 1);
		return true;
	default:
		return true;
	}
}

static bool on_end(void *ctx, const char *name, struct diags *d)
{
	struct ods *o = ctx;

	(void)name;
	switch (places_leave(&o->places)) {
	case IN_PARAGRAPH:
		ods_cell_paragraph_end(&o->cell);
		return true;
	case IN_INLINE:
		end_span(o);
		return true;
	case IN_CELL:
		return end_cell(o, d);
	case IN_COVERED:
		end_covered(o);
		return true;
	case IN_ROW:
		return end_row(o, d);
	default:
		return true;
	}
}

static bool on_text(void *ctx, const char *s, size_t n, struct origin at, struct diags *d)
{
	struct ods *o = ctx;
	int in = places_now(&o->places);

	(void)at;
	(void)d;
	if (in == IN_NUMBER_TEXT && !o->found)
		ods_styles_number_text(&o->styles, s, n);
	if (in == IN_COVERED_TEXT)
		note_covered_text(o, s, n);
	if ((in == IN_PARAGRAPH || in == IN_INLINE) && ods_cell_wants_text(&o->cell))
		ods_cell_text(&o->cell, s, n);
	return true;
}

/* ---- twice ---- */

static void forget(void *ctx)
{
	struct ods *o = ctx;

	o->n_sheet = 0;
	ods_styles_clear(&o->styles);
}

static struct sheetxml_walk walk(struct ods *o)
{
	return (struct sheetxml_walk){
		.places = &o->places,
		.step = steps,
		.n_step = sizeof steps / sizeof *steps,
		.handler = { .ctx = o, .start = on_start, .end = on_end, .text = on_text },
		.hurry = &o->hurry,
		.forget = forget,
	};
}

static bool find_sheet(struct ods *o, const struct sheetxml_source *source, const struct sheetxml_source *styles, struct diags *d)
{
	struct sheetxml_walk w = walk(o);

	if (!sheetxml_find(&w, source, d))
		return false;
	if (!o->is_spreadsheet)
		return other_body(o, "", d);
	if (styles && !sheetxml_read(&w, styles, d))
		return false;
	return sheet_choose(o->options, o->sheet, o->n_sheet, &o->chosen, d);
}

struct reading {
	const struct ods *found; /* sheets and styles */
	const struct sheetxml_source *source;
};

/* A walk over the rows borrows what the one before it found. */
static struct ods *begin_rows(const struct ods *found, struct row_sink *sink, const struct diags *d)
{
	struct ods *o = memory_new(1, sizeof *o);

	o->options = found->options;
	o->sink = sink;
	o->styles = found->styles;
	o->fonts = found->fonts;
	o->chosen = found->chosen;
	o->has_null_date = found->has_null_date;
	o->found = true;
	o->rows = sheet_rows_open(o->options, found->sheet[o->chosen].name, sink, d);
	return o;
}

static bool read_rows(void *ctx, struct row_sink *sink, struct diags *d)
{
	const struct reading *r = ctx;
	struct ods *o = begin_rows(r->found, sink, d);
	struct sheetxml_walk w = walk(o);
	bool ok = formulas_check(&o->formulas, o->rows, sheetxml_read(&w, r->source, d), d);

	sheetxml_hidden_columns(o->rows, o->hidden_column, o->last_col);
	ok = sheet_rows_close(o->rows, ok, d) && !o->wrong;
	ods_cell_clear(&o->cell);
	buf_clear(&o->texts);
	free(o->kept);
	free(o);
	return ok;
}

bool ods_content_read(const struct sheetxml_source *source, const struct sheetxml_source *styles,
	const struct reader_options *options, struct row_sink *sink, struct diags *d)
{
	struct sheet_fonts fonts;
	struct ods *o = memory_new(1, sizeof *o);
	struct reading reading = { o, source };
	bool ok;

	sheet_fonts_init(&fonts, options);
	o->options = options;
	o->fonts = &fonts;
	map_init(&o->hidden_styles, &o->arena);
	ods_styles_init(&o->styles, &o->arena);
	ok = sheet_fonts_check(options, d) && find_sheet(o, source, styles, d)
	     && sheet_fonts_read(&fonts, o->styles.charset, (struct fonts_reading){ &reading, read_rows }, sink, d);
	sheet_fonts_clear(&fonts);
	arena_clear(&o->arena);
	free(o);
	return ok;
}
