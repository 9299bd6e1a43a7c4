/* ssml: XML Spreadsheet 2003 ("SpreadsheetML"), as Excel, LibreOffice and many exports write it.
 *
 * Source: "XML Spreadsheet Reference", Microsoft, 2003. A number's kind is in the number format of its style; whether a
 * sheet is hidden stands behind its rows. */
#include "ingest/ssml.h"

#include "base/utf8.h"
#include "ingest/ssmlrows.h"

#include <stdlib.h>
#include <string.h>

#define SS "urn:schemas-microsoft-com:office:spreadsheet"
#define EXCEL "urn:schemas-microsoft-com:office:excel"

enum {
	IN_ROOT = PLACE_ROOT,
	IN_WORKBOOK,
	IN_STYLES,
	IN_STYLE,
	IN_FORMAT,
	IN_FONT,
	IN_SETTINGS,
	IN_1904,
	IN_SHEET,
	IN_SHEET_OPTIONS,
	IN_VISIBLE,
	IN_TABLE,
	IN_COLUMN,
	IN_ROW,
	IN_CELL,
	IN_DATA,
	IN_RUN, /* <B>, <Font Face="...">: HTML in the data */
};

static const char run_font[] = "Face="; /* of a run, as it is written */

/* What is not here is skipped with all in it: comments, phonetic guides, conditional formats. */
static const struct place_step steps[] = {
	{ IN_ROW, SS, "Cell", IN_CELL },
	{ IN_CELL, SS, "Data", IN_DATA },
	{ IN_DATA, EXCEL, NULL, PLACE_SKIPPED },
	{ IN_DATA, NULL, NULL, IN_RUN },
	{ IN_RUN, NULL, NULL, IN_RUN },
	{ IN_TABLE, SS, "Row", IN_ROW },
	{ IN_TABLE, SS, "Column", IN_COLUMN },
	{ IN_ROOT, SS, "Workbook", IN_WORKBOOK },
	{ IN_WORKBOOK, SS, "Styles", IN_STYLES },
	{ IN_WORKBOOK, EXCEL, "ExcelWorkbook", IN_SETTINGS },
	{ IN_WORKBOOK, SS, "Worksheet", IN_SHEET },
	{ IN_STYLES, SS, "Style", IN_STYLE },
	{ IN_STYLE, SS, "NumberFormat", IN_FORMAT },
	{ IN_STYLE, SS, "Font", IN_FONT },
	{ IN_SETTINGS, EXCEL, "Date1904", IN_1904 },
	{ IN_SHEET, SS, "Table", IN_TABLE },
	{ IN_SHEET, EXCEL, "WorksheetOptions", IN_SHEET_OPTIONS },
	{ IN_SHEET_OPTIONS, EXCEL, "Visible", IN_VISIBLE },
};

struct ssml {
	const struct reader_options *options;
	struct arena arena;
	struct places places;
	struct ssml_styles styles;
	struct sheet_name *sheet; /* [n_sheet] found the first time */
	size_t n_sheet;
	size_t cap_sheet;
	bool hurry;	   /* what is in the tables is not even looked at */
	bool found;	   /* the first time is over: rows are given away */
	size_t chosen;
	size_t i_sheet; /* sheets that began, the second time */
	bool is_1904;
	struct sheet_fonts *fonts; /* borrowed */
	struct buf visible; /* text of <Visible> */
	struct ssml_rows rows; /* the second time */
};

/* ---- sheets ---- */

static bool start_sheet(struct ssml *s, const struct sax_element *e, struct diags *d)
{
	const char *name = sax_value(e, "Name");

	if (s->found) {
		if (s->i_sheet++ != s->chosen)
			places_skip(&s->places);
		return true;
	}
	if (!sheet_name_check(s->options, s->n_sheet, name ? name : "", d))
		return false;
	*ARENA_PUSH(&s->arena, s->sheet, s->n_sheet, &s->cap_sheet) =
		(struct sheet_name){ .name = arena_text(&s->arena, name ? name : ""), .is_chart = true };
	return true;
}

/* A sheet without a table is a chart, or holds nothing. */
static bool start_table(struct ssml *s, const struct sax_element *e, struct diags *d)
{
	if (s->found)
		return ssml_rows_table(&s->rows, e, d);
	s->sheet[s->n_sheet - 1].is_chart = false;
	*e->skip = s->hurry ? SAX_UNCHECKED : SAX_WANTED;
	places_skip(&s->places);
	return true;
}

static void end_visible(struct ssml *s)
{
	static const char hidden[] = "SheetHidden";
	static const char very_hidden[] = "SheetVeryHidden";
	const char *text = s->visible.n ? s->visible.text : "";
	size_t n = s->visible.n;

	utf8_trim(&text, &n);
	if (!s->found && ((n == strlen(hidden) && !memcmp(text, hidden, n)) || (n == strlen(very_hidden) && !memcmp(text, very_hidden, n))))
		s->sheet[s->n_sheet - 1].hidden = true;
}

/* Inside of what is skipped in the sheet that is read: rows and cells count where they stand in each other, and nowhere else. */
static bool check_skipped(const struct ssml *s, const struct sax_element *e, struct diags *d)
{
	static const char *const names[] = { "Table", "Row", "Cell" };

	if (!s->found || s->places.place[s->places.depth] < IN_SHEET || strcmp(e->space, SS) != 0)
		return true;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (!strcmp(names[i], e->name))
			return sheet_out_of_place(e->name, ssml_rows_place(&s->rows), d);
	return true;
}

/* ---- the walk ---- */

static bool on_start(void *ctx, const struct sax_element *e, struct diags *d)
{
	struct ssml *s = ctx;

	switch (places_enter(&s->places, e)) {
	case IN_STYLE:
		return s->found || ssml_styles_add(&s->styles, e, d);
	case IN_FORMAT:
		if (!s->found)
			ssml_styles_set_format(&s->styles, e);
		return true;
	case IN_FONT:
		if (!s->found)
			ssml_styles_set_font(&s->styles, e);
		return true;
	case IN_RUN:
		ssml_rows_run(&s->rows, e);
		return true;
	case IN_1904:
		s->is_1904 = true;
		return true;
	case IN_SHEET:
		return start_sheet(s, e, d);
	case IN_VISIBLE:
		s->visible.n = 0;
		return true;
	case IN_TABLE:
		return start_table(s, e, d);
	case IN_COLUMN:
		return ssml_rows_column(&s->rows, e, d);
	case IN_ROW:
		return ssml_rows_row(&s->rows, e, d);
	case IN_CELL:
		return ssml_rows_cell(&s->rows, e, d);
	case IN_DATA:
		return ssml_rows_data(&s->rows, e, d);
	case PLACE_SKIPPED:
		return check_skipped(s, e, d);
	default:
		return true;
	}
}

static bool on_end(void *ctx, const char *name, struct diags *d)
{
	struct ssml *s = ctx;

	(void)name;
	switch (places_leave(&s->places)) {
	case IN_RUN:
		ssml_rows_run_end(&s->rows);
		return true;
	case IN_VISIBLE:
		end_visible(s);
		return true;
	case IN_CELL:
		return ssml_rows_cell_end(&s->rows, d);
	default:
		return true;
	}
}

static bool on_text(void *ctx, const char *text, size_t n, struct origin at, struct diags *d)
{
	struct ssml *s = ctx;
	int in = places_now(&s->places);

	(void)at;
	if (s->found && (in == IN_TABLE || in == IN_ROW || in == IN_CELL))
		return sheet_stray_text(text, n, ssml_rows_place(&s->rows), d);
	if (in == IN_DATA || in == IN_RUN)
		ssml_rows_text(&s->rows, text, n);
	if (in == IN_VISIBLE && s->visible.n <= SHEET_TEXT_MAX)
		buf_put(&s->visible, text, n);
	return true;
}

/* ---- twice ---- */

static void forget(void *ctx)
{
	struct ssml *s = ctx;

	s->n_sheet = 0;
	ssml_styles_clear(&s->styles);
}

static struct sheetxml_walk walk(struct ssml *s)
{
	return (struct sheetxml_walk){
		.places = &s->places,
		.step = steps,
		.n_step = sizeof steps / sizeof *steps,
		.handler = { .ctx = s, .start = on_start, .end = on_end, .text = on_text },
		.hurry = &s->hurry,
		.forget = forget,
	};
}

static bool find_sheet(struct ssml *s, const struct sheetxml_source *source, struct diags *d)
{
	struct sheetxml_walk w = walk(s);

	return sheetxml_find(&w, source, d) && sheet_choose(s->options, s->sheet, s->n_sheet, &s->chosen, d);
}

struct reading {
	const struct ssml *found; /* sheets and styles */
	const struct sheetxml_source *source;
};

/* A walk over the rows borrows what the one before it found. */
static struct ssml *begin_rows(const struct ssml *found, struct row_sink *sink, const struct diags *d)
{
	struct ssml *s = memory_new(1, sizeof *s);

	s->options = found->options;
	s->chosen = found->chosen;
	s->found = true;
	ssml_rows_open(&s->rows, sheet_rows_open(s->options, found->sheet[s->chosen].name, sink, d), &found->styles, found->fonts,
		found->is_1904);
	return s;
}

static bool read_rows(void *ctx, struct row_sink *sink, struct diags *d)
{
	const struct reading *r = ctx;
	struct ssml *s = begin_rows(r->found, sink, d);
	struct sheetxml_walk w = walk(s);
	bool ok = ssml_rows_close(&s->rows, sheetxml_read(&w, r->source, d), d);

	buf_clear(&s->visible);
	free(s);
	return ok;
}

static bool read_source(const struct sheetxml_source *source, const struct reader_options *options, struct row_sink *sink,
	struct diags *d)
{
	struct sheet_fonts fonts;
	struct ssml *s = memory_new(1, sizeof *s);
	struct reading reading = { s, source };
	bool ok;

	sheet_fonts_init(&fonts, options);
	s->options = options;
	s->fonts = &fonts;
	ssml_styles_init(&s->styles, &s->arena);
	ok = sheet_fonts_check(options, d) && find_sheet(s, source, d)
	     && sheet_fonts_read(&fonts, s->styles.has_old || sheetxml_holds(source, run_font), (struct fonts_reading){ &reading, read_rows }, sink, d);
	sheet_fonts_clear(&fonts);
	buf_clear(&s->visible);
	arena_clear(&s->arena);
	free(s);
	return ok;
}

bool ssml_read_bytes(const char *data, size_t n, const struct reader_options *options, struct row_sink *sink, struct diags *d)
{
	struct sheetxml_bytes bytes = { data, n, options->shown };
	struct sheetxml_source source = sheetxml_in_memory(&bytes);

	return read_source(&source, options, sink, d);
}

static bool ssml_read(const struct reader_options *options, struct row_sink *sink, struct diags *d)
{
	struct sheetxml_source source = sheetxml_file(options);

	return read_source(&source, options, sink, d);
}

static bool ssml_knows(const unsigned char *head, size_t n)
{
	return sheetxml_root(head, n, "Workbook", SS);
}

const struct reader reader_ssml = { .name = "ssml", .has_sheets = true, .has_old = true, .knows = ssml_knows, .read = ssml_read };
