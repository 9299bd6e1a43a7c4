#include "ingest/odscontent.h"

#include "base/map.h"
#include "ingest/odskind.h"
#include "ingest/odsrows.h"
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

struct ods {
	const struct reader_options *options;
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
	struct sheet_fonts *fonts; /* borrowed */
	struct ods_rows rows; /* the second time */
};

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

	o->rows.has_null_date = day && strncmp(day, "1899-12-30", DAY_TEXT) != 0;
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
		return ods_other_body(e->name, o->options->shown, d);
	case IN_TABLE:
		return start_table(o, e, d);
	case IN_COLUMN:
		return ods_rows_column(&o->rows, e, d);
	case IN_ROW:
		return ods_rows_row(&o->rows, e, d);
	case IN_CELL:
		return ods_rows_cell(&o->rows, e, d);
	case IN_COVERED:
		return ods_rows_covered(&o->rows, e, d);
	case IN_SUB_TABLE:
		return diag_error(d, ods_rows_place(&o->rows), "format",
			"this cell holds a table of its own; put its rows and columns into the sheet itself");
	case IN_PARAGRAPH:
		ods_cell_paragraph(&o->rows.cell);
		return true;
	case IN_INLINE:
		ods_rows_span(&o->rows, e);
		return true;
	case IN_SPACES:
		return ods_rows_spaces(&o->rows, e, d);
	case IN_TAB:
		ods_cell_character(&o->rows.cell, '\t', 1);
		return true;
	case IN_BREAK:
		ods_cell_character(&o->rows.cell, '\n', 1);
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
		ods_cell_paragraph_end(&o->rows.cell);
		return true;
	case IN_INLINE:
		ods_rows_span_end(&o->rows);
		return true;
	case IN_CELL:
		return ods_rows_cell_end(&o->rows, d);
	case IN_COVERED:
		ods_rows_covered_end(&o->rows);
		return true;
	case IN_ROW:
		return ods_rows_row_end(&o->rows, d);
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
		ods_rows_covered_text(&o->rows, s, n);
	if (in == IN_PARAGRAPH || in == IN_INLINE)
		ods_rows_text(&o->rows, s, n);
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
		return ods_other_body("", o->options->shown, d);
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
	o->chosen = found->chosen;
	o->found = true;
	ods_rows_open(&o->rows, sheet_rows_open(o->options, found->sheet[o->chosen].name, sink, d), &found->styles, found->fonts,
		found->rows.has_null_date);
	return o;
}

static bool read_rows(void *ctx, struct row_sink *sink, struct diags *d)
{
	const struct reading *r = ctx;
	struct ods *o = begin_rows(r->found, sink, d);
	struct sheetxml_walk w = walk(o);
	bool ok = ods_rows_close(&o->rows, sheetxml_read(&w, r->source, d), d);

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
