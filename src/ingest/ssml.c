/* ssml: XML Spreadsheet 2003 ("SpreadsheetML"), as Excel, LibreOffice and many exports write it.
 *
 * Source: "XML Spreadsheet Reference", Microsoft, 2003. A number's kind is in the number format of its style; whether a
 * sheet is hidden stands behind its rows. */
#include "ingest/ssml.h"

#include "base/buf.h"
#include "base/date.h"
#include "base/map.h"
#include "base/utf8.h"
#include "ingest/formulas.h"
#include "ingest/numberformat.h"
#include "ingest/sheetxml.h"

#include <stdio.h>
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

enum {
	READ_DATE_MAX = 40, /* [bytes] of a date as a file writes it */
};
static const char base_style[] = "Default";
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

enum data_type { DATA_STRING, DATA_NUMBER, DATA_DATE, DATA_FLAG, DATA_ERROR };

/* What a style says of a cell. */
struct ssml_look {
	bool has_format; /* else it is the parent's, as is the font */
	bool has_font;
	enum number_format format;
	struct legacy_font font;
};

struct ssml_style {
	const char *parent;
	struct ssml_look look;
};

struct ssml_cell {
	uint64_t col;
	uint32_t n_rows; /* merged over */
	uint32_t n_cols;
	bool has_formula;
	bool has_data;
	enum data_type type;
	struct ssml_look look;
};

struct ssml {
	const struct reader_options *options;
	struct row_sink *sink;
	struct arena arena;
	struct places places;
	struct map styles; /* id -> index in style */
	struct ssml_style *style; /* [n_style] the last one is the one being read; the first time */
	size_t n_style;
	size_t n_style_text; /* [bytes] of their names */
	size_t cap_style;
	struct sheet_name *sheet; /* [n_sheet] found the first time */
	size_t n_sheet;
	size_t cap_sheet;
	bool hurry;	   /* what is in the tables is not even looked at */
	bool found;	   /* the first time is over: rows are given away */
	size_t chosen;
	size_t i_sheet; /* sheets that began, the second time */
	bool has_table; /* the sheet that is read: it began */
	bool is_1904;
	bool wrong; /* an error was added; cells go on */
	struct sheet_rows *rows;
	uint64_t row;
	uint64_t n_row_span; /* further rows like the current one */
	uint64_t column;
	uint64_t first_col; /* columns before the table */
	uint64_t col;	    /* the last that the last cell covers */
	struct ssml_look table_look;
	struct ssml_look row_look;
	bool row_has_style;
	bool row_hidden; /* and no cell of it was given away */
	uint64_t last_col; /* of any cell that was given away */
	bool hidden_column[SHEET_COLUMNS_MAX + 1];
	struct ssml_look column_look[SHEET_COLUMNS_MAX + 1]; /* without a format: no style */
	bool has_old; /* a style has a font of before Unicode */
	struct sheet_fonts *fonts; /* borrowed */
	struct legacy_font run_font[SAX_DEPTH_MAX]; /* [n_run] of the runs that are open, each in the one before */
	size_t n_run;
	struct formulas formulas;
	struct ssml_cell cell;
	struct buf text; /* of the data, or of <Visible> */
};

static bool is_yes(const char *value)
{
	return value && (!strcmp(value, "1") || !strcmp(value, "true"));
}

static struct origin place(const struct ssml *s)
{
	return sheet_rows_place(s->rows, sheetxml_bounded(s->row), sheetxml_bounded(s->cell.col));
}

static bool take_count(const struct sax_element *e, const char *name, uint32_t least, struct origin at, uint32_t *count,
	struct diags *d)
{
	const struct sax_attribute *a = sax_attribute(e, name);

	return !a || sheetxml_count(a, least, at, count, d);
}

/* ---- styles ---- */

/* Formats have names besides codes. */
static enum number_format format_of(const char *code)
{
	static const struct {
		const char *name;
		enum number_format format;
	} named[] = {
		{ "Percent", FORMAT_PERCENT },
		{ "General Date", FORMAT_DAY },
		{ "Long Date", FORMAT_DAY },
		{ "Medium Date", FORMAT_DAY },
		{ "Short Date", FORMAT_DAY },
		{ "Long Time", FORMAT_DAY },
		{ "Medium Time", FORMAT_DAY },
		{ "Short Time", FORMAT_DAY },
		{ "General Number", FORMAT_NUMBER },
		{ "Currency", FORMAT_NUMBER },
		{ "Euro Currency", FORMAT_NUMBER },
		{ "Fixed", FORMAT_NUMBER },
		{ "Standard", FORMAT_NUMBER },
		{ "Scientific", FORMAT_NUMBER },
		{ "Yes/No", FORMAT_NUMBER },
		{ "True/False", FORMAT_NUMBER },
		{ "On/Off", FORMAT_NUMBER },
	};

	for (size_t i = 0; i < sizeof named / sizeof *named; i++)
		if (!strcmp(named[i].name, code))
			return named[i].format;
	return format_of_code(code);
}

static bool start_style(struct ssml *s, const struct sax_element *e, struct diags *d)
{
	const char *id = sax_value(e, "ID");
	const char *parent = sax_value(e, "Parent");

	if (s->found)
		return true;
	if (s->n_style == SHEET_STYLES_MAX)
		return diag_error(d, e->at, "limit", "the file has more than %d cell formats; copy the table into a new file",
			SHEET_STYLES_MAX);
	s->n_style_text += (id ? strlen(id) : 0) + (parent ? strlen(parent) : 0);
	if (s->n_style_text > SHEET_STYLES_TEXT_MAX)
		return diag_error(d, e->at, "limit", "the names of the cell formats have more than %d bytes; copy the table into a new file",
			SHEET_STYLES_TEXT_MAX);
	id = arena_text(&s->arena, id ? id : "");
	if (map_add(&s->styles, id, s->n_style, NULL) && !parent && strcmp(id, base_style) != 0)
		parent = base_style;
	*ARENA_PUSH(&s->arena, s->style, s->n_style, &s->cap_style) =
		(struct ssml_style){ .parent = parent ? arena_text(&s->arena, parent) : NULL };
	return true;
}

static void set_format(struct ssml *s, const struct sax_element *e)
{
	const char *format = sax_value(e, "Format");
	struct ssml_look *look;

	if (s->found)
		return;
	look = &s->style[s->n_style - 1].look;
	look->has_format = true;
	look->format = format ? format_of(format) : FORMAT_NUMBER;
}

static void set_font(struct ssml *s, const struct sax_element *e)
{
	const char *name = sax_value(e, "FontName");
	struct ssml_look *look;

	if (s->found || !name)
		return;
	look = &s->style[s->n_style - 1].look;
	look->has_font = true;
	look->font = sheet_font_named(name);
	s->has_old = s->has_old || look->font.charset;
}

/* NULL is the style of which all others are. */
static struct ssml_look look_of(const struct ssml *s, const char *id)
{
	struct ssml_look look = { .format = FORMAT_NUMBER };
	size_t i;

	id = id ? id : base_style;
	for (unsigned n = 0; n < SHEET_STYLES_DEEP && id && map_find(&s->styles, id, &i); n++) {
		const struct ssml_style *style = &s->style[i];

		if (!look.has_format && style->look.has_format)
			look.format = style->look.format;
		if (!look.has_font && style->look.has_font)
			look.font = style->look.font;
		look.has_format = look.has_format || style->look.has_format;
		look.has_font = look.has_font || style->look.has_font;
		id = style->parent;
	}
	look.has_format = true;
	return look;
}

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
	uint32_t row = 1;
	uint32_t col = 1;

	if (!s->found) {
		s->sheet[s->n_sheet - 1].is_chart = false;
		*e->skip = s->hurry ? SAX_UNCHECKED : SAX_WANTED;
		places_skip(&s->places);
		return true;
	}
	if (s->has_table)
		return sheet_out_of_place(e->name, place(s), d);
	s->has_table = true;
	if (!take_count(e, "TopCell", 1, sheet_rows_place(s->rows, 0, 0), &row, d)
		|| !take_count(e, "LeftCell", 1, sheet_rows_place(s->rows, 0, 0), &col, d))
		return false;
	s->row = row - 1;
	s->first_col = col - 1;
	s->column = s->first_col;
	s->table_look = look_of(s, sax_value(e, "StyleID"));
	return true;
}

static void end_visible(struct ssml *s)
{
	static const char hidden[] = "SheetHidden";
	static const char very_hidden[] = "SheetVeryHidden";
	const char *text = s->text.n ? s->text.text : "";
	size_t n = s->text.n;

	utf8_trim(&text, &n);
	if (!s->found && ((n == strlen(hidden) && !memcmp(text, hidden, n)) || (n == strlen(very_hidden) && !memcmp(text, very_hidden, n))))
		s->sheet[s->n_sheet - 1].hidden = true;
}

static bool not_in_order(struct origin at, struct diags *d)
{
	return diag_error(d, at, "format",
		"the cells of the sheet are not in order; open and save the file in a spreadsheet program");
}

static bool start_column(struct ssml *s, const struct sax_element *e, struct diags *d)
{
	struct origin at = sheet_rows_place(s->rows, 0, sheetxml_bounded(s->column + 1));
	const char *style = sax_value(e, "StyleID");
	bool hidden = is_yes(sax_value(e, "Hidden"));
	uint32_t index = sheetxml_bounded(s->column + 1);
	uint32_t n_further = 0;
	struct ssml_look look = style ? look_of(s, style) : (struct ssml_look){ 0 };

	if (!take_count(e, "Index", 1, at, &index, d) || !take_count(e, "Span", 0, at, &n_further, d))
		return false;
	if (index <= s->column)
		return not_in_order(sheet_rows_place(s->rows, 0, index), d);
	s->column = (uint64_t)index + n_further;
	for (uint64_t col = index; col <= s->column && col <= SHEET_COLUMNS_MAX; col++) {
		s->hidden_column[col] = hidden;
		s->column_look[col] = look;
	}
	return true;
}

/* ---- rows and cells ---- */

static bool start_row(struct ssml *s, const struct sax_element *e, struct diags *d)
{
	const char *style = sax_value(e, "StyleID");
	uint64_t next = s->row + s->n_row_span + 1;
	struct origin at = sheet_rows_place(s->rows, sheetxml_bounded(next), 0);
	uint32_t index = sheetxml_bounded(next);
	uint32_t n_further = 0;

	if (!take_count(e, "Index", 1, at, &index, d) || !take_count(e, "Span", 0, at, &n_further, d))
		return false;
	if (index < next)
		return not_in_order(at, d);
	s->row = index;
	s->n_row_span = n_further;
	s->col = s->first_col;
	s->row_hidden = is_yes(sax_value(e, "Hidden"));
	s->row_has_style = style != NULL;
	s->row_look = look_of(s, style);
	return true;
}

/* What the style of a cell says, or that of the row, the column or the table. */
static struct ssml_look cell_look(const struct ssml *s, const char *style)
{
	uint64_t col = s->cell.col;

	if (style)
		return look_of(s, style);
	if (s->row_has_style)
		return s->row_look;
	if (col <= SHEET_COLUMNS_MAX && s->column_look[col].has_format)
		return s->column_look[col];
	return s->table_look;
}

static bool start_cell(struct ssml *s, const struct sax_element *e, struct diags *d)
{
	struct origin at = sheet_rows_place(s->rows, sheetxml_bounded(s->row), sheetxml_bounded(s->col + 1));
	uint32_t index = sheetxml_bounded(s->col + 1);
	uint32_t n_across = 0;
	uint32_t n_down = 0;

	if (!take_count(e, "Index", 1, at, &index, d) || !take_count(e, "MergeAcross", 0, at, &n_across, d)
		|| !take_count(e, "MergeDown", 0, at, &n_down, d))
		return false;
	if (index <= s->col)
		return not_in_order(at, d);
	s->cell = (struct ssml_cell){ .col = index, .has_formula = sax_attribute(e, "Formula") != NULL };
	if (n_across >= SHEET_COLUMNS_MAX || n_down >= SHEET_ROWS_MAX)
		return diag_error(d, place(s), "format",
			"a merged range has impossible bounds; open and save the file in a spreadsheet program");
	s->cell.n_cols = n_across + 1;
	s->cell.n_rows = n_down + 1;
	s->cell.look = cell_look(s, sax_value(e, "StyleID"));
	s->col = (uint64_t)index + n_across;
	s->text.n = 0;
	return true;
}

/* Inside of what is skipped in the sheet that is read: rows and cells count where they stand in each other, and nowhere else. */
static bool check_skipped(const struct ssml *s, const struct sax_element *e, struct diags *d)
{
	static const char *const names[] = { "Table", "Row", "Cell" };

	if (!s->found || s->places.place[s->places.depth] < IN_SHEET || strcmp(e->space, SS) != 0)
		return true;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (!strcmp(names[i], e->name))
			return sheet_out_of_place(e->name, place(s), d);
	return true;
}

static bool start_data(struct ssml *s, const struct sax_element *e, struct diags *d)
{
	static const struct {
		const char *name;
		enum data_type type;
	} types[] = {
		{ "String", DATA_STRING },
		{ "Number", DATA_NUMBER },
		{ "DateTime", DATA_DATE },
		{ "Boolean", DATA_FLAG },
		{ "Error", DATA_ERROR },
	};
	const char *type = sax_value(e, "Type");

	if (s->cell.has_data)
		return sheet_several_values(place(s), d);
	s->cell.has_data = true;
	s->text.n = s->n_run = 0;
	sheet_fonts_begin(s->fonts);
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (!strcmp(types[i].name, type ? type : "String")) {
			s->cell.type = types[i].type;
			return true;
		}
	return diag_error(d, place(s), "format",
		"the value of this cell is of a kind that no spreadsheet has; open and save the file in a spreadsheet program");
}

/* ---- runs of a text ---- */

static void tell_run(struct ssml *s)
{
	sheet_fonts_run(s->fonts, s->text.n, s->n_run ? &s->run_font[s->n_run - 1] : NULL);
}

static void start_run(struct ssml *s, const struct sax_element *e)
{
	const char *face = sax_value(e, "Face");

	if (s->n_run == SAX_DEPTH_MAX)
		return;
	if (face)
		s->run_font[s->n_run] = sheet_font_named(face);
	else
		s->run_font[s->n_run] = s->n_run ? s->run_font[s->n_run - 1] : s->cell.look.font;
	s->n_run++;
	tell_run(s);
}

static void end_run(struct ssml *s)
{
	if (!s->n_run)
		return;
	s->n_run--;
	tell_run(s);
}

/* ---- values ---- */

static bool bad_value(const struct ssml *s, const char *what, struct diags *d)
{
	return sheetxml_bad_value(s->text.text, s->text.n, diag_say(d, what), place(s), d);
}

/* Instead of the text as the file has it. */
static void replace_text(struct ssml *s, struct cell *c, const char *text, size_t n)
{
	s->text.n = 0;
	buf_put(&s->text, text, n);
	c->text = s->text.text;
	c->n_text = n;
}

static bool set_number(struct ssml *s, struct cell *c, struct diags *d)
{
	char number[NUMBER_TEXT_MAX];
	char text[NUMBER_TEXT_MAX];
	size_t n = number_text_of(c->text, c->n_text, number);

	if (!n)
		return bad_value(s, "number", d);
	n = number_cell_text(s->cell.look.format, number, s->is_1904, &c->kind, text);
	if (s->cell.look.format >= FORMAT_DAY && c->kind == CELL_NUMBER)
		return bad_value(s, s->cell.look.format == FORMAT_DAY ? "day" : "duration", d);
	replace_text(s, c, text, n);
	return true;
}

/* Whole days since the first of all, as Excel counts them: with a 29/2/1900. */
static int64_t days_before(const struct ssml *s, const char *day)
{
	enum { DAY_SECONDS = 86400, LEAP_1900 = 60 };
	char text[DAY_TEXT + 1] = "";
	struct date first = s->is_1904 ? (struct date){ 1904, 1, 1 } : (struct date){ 1899, 12, 31 };
	struct date date = first;
	int64_t days;

	memcpy(text, day, DAY_TEXT);
	date_parse(text, &date);
	days = (date_unix(date) - date_unix(first)) / DAY_SECONDS;
	return days + (!s->is_1904 && days >= LEAP_1900);
}

/* A time of a cell that counts hours, its days with it: "1900-01-01T06:15:00.000" is 30:15:00. */
static bool set_duration(struct ssml *s, struct cell *c, const char *text, struct diags *d)
{
	char duration[NUMBER_TEXT_MAX];
	int64_t days = days_before(s, text);
	char *minutes;
	long hours = strtol(text + DAY_TEXT + 1, &minutes, 10);

	if (days < 0 || hours < 0 || hours > 23 || *minutes != ':')
		return bad_value(s, "duration", d);
	replace_text(s, c, duration, (size_t)snprintf(duration, sizeof duration, "%02lld%.*s", (long long)days * 24 + hours,
		(int)strcspn(minutes, "."), minutes));
	return true;
}

/* "2024-05-31T00:00:00.000"; a time alone is one of the day before all days. */
static bool set_date(struct ssml *s, struct cell *c, struct diags *d)
{
	static const char day_zero[] = "1899-12-31T";
	char text[READ_DATE_MAX + 1];

	if (c->n_text > READ_DATE_MAX)
		return bad_value(s, "day", d);
	memcpy(text, c->text, c->n_text);
	text[c->n_text] = '\0';
	if (!sheet_is_day(text, c->n_text))
		return bad_value(s, "day", d);
	if (s->cell.look.format == FORMAT_DURATION && text[DAY_TEXT])
		return set_duration(s, c, text, d);
	if (!strncmp(text, day_zero, strlen(day_zero))) {
		replace_text(s, c, text + strlen(day_zero), strcspn(text + strlen(day_zero), "."));
		return true;
	}
	c->kind = CELL_DATE;
	c->n_text = sheet_day_size(text, c->n_text);
	return true;
}

static bool set_value(struct ssml *s, struct cell *c, struct diags *d)
{
	if (s->cell.type == DATA_STRING) {
		if (s->cell.has_formula && sheetxml_is_error(c->text, c->n_text))
			c->kind = CELL_ERROR; /* as LibreOffice writes it */
		sheet_fonts_text(s->fonts, s->cell.look.font, &c->text, &c->n_text, place(s), d);
		return true;
	}
	utf8_trim(&c->text, &c->n_text);
	switch (s->cell.type) {
	case DATA_NUMBER:
		return set_number(s, c, d);
	case DATA_DATE:
		return set_date(s, c, d);
	case DATA_FLAG:
		c->kind = CELL_FLAG;
		return (c->n_text == 1 && (*c->text == '0' || *c->text == '1')) || bad_value(s, "truth value", d);
	case DATA_ERROR:
		c->kind = CELL_ERROR;
		return true;
	case DATA_STRING:
		break;
	}
	return true;
}

static bool push_cell(struct ssml *s, const struct cell *c, struct diags *d)
{
	if (c->n_text || c->n_rows > 1 || c->n_cols > 1) {
		s->last_col = c->col > s->last_col ? c->col : s->last_col;
		if (s->row_hidden)
			sheet_rows_hidden_rows(s->rows, c->row, c->row);
		s->row_hidden = false;
	}
	return sheet_rows_cell(s->rows, c, d);
}

static bool has_result(const struct ssml *s)
{
	return s->cell.has_data && (s->text.n || s->cell.type == DATA_STRING);
}

static bool end_cell(struct ssml *s, struct diags *d)
{
	struct cell c = { .text = s->text.n ? s->text.text : "", .n_text = s->text.n, .row = sheetxml_bounded(s->row),
		.col = sheetxml_bounded(s->cell.col), .n_rows = s->cell.n_rows, .n_cols = s->cell.n_cols };
	bool has_value = s->cell.has_data && (has_result(s) || !s->cell.has_formula);

	if (s->cell.has_formula)
		formulas_add(&s->formulas, c.row, c.col, has_value ? FORMULA_FULL : FORMULA_NONE);
	if (has_value && !set_value(s, &c, d)) {
		s->wrong = true;
		return true;
	}
	return push_cell(s, &c, d);
}

/* ---- the walk ---- */

static bool on_start(void *ctx, const struct sax_element *e, struct diags *d)
{
	struct ssml *s = ctx;

	switch (places_enter(&s->places, e)) {
	case IN_STYLE:
		return start_style(s, e, d);
	case IN_FORMAT:
		set_format(s, e);
		return true;
	case IN_FONT:
		set_font(s, e);
		return true;
	case IN_RUN:
		start_run(s, e);
		return true;
	case IN_1904:
		s->is_1904 = true;
		return true;
	case IN_SHEET:
		return start_sheet(s, e, d);
	case IN_VISIBLE:
		s->text.n = 0;
		return true;
	case IN_TABLE:
		return start_table(s, e, d);
	case IN_COLUMN:
		return start_column(s, e, d);
	case IN_ROW:
		return start_row(s, e, d);
	case IN_CELL:
		return start_cell(s, e, d);
	case IN_DATA:
		return start_data(s, e, d);
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
		end_run(s);
		return true;
	case IN_VISIBLE:
		end_visible(s);
		return true;
	case IN_CELL:
		return end_cell(s, d);
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
		return sheet_stray_text(text, n, place(s), d);
	if ((in == IN_DATA || in == IN_RUN || in == IN_VISIBLE) && s->text.n <= SHEET_TEXT_MAX)
		buf_put(&s->text, text, n);
	return true;
}

/* ---- twice ---- */

static void forget(void *ctx)
{
	struct ssml *s = ctx;

	s->n_sheet = 0;
	s->n_style = s->n_style_text = 0;
	s->has_old = false;
	map_clear(&s->styles);
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
	s->sink = sink;
	s->styles = found->styles;
	s->style = found->style;
	s->n_style = found->n_style;
	s->fonts = found->fonts;
	s->chosen = found->chosen;
	s->is_1904 = found->is_1904;
	s->found = true;
	s->rows = sheet_rows_open(s->options, found->sheet[s->chosen].name, sink, d);
	return s;
}

static bool read_rows(void *ctx, struct row_sink *sink, struct diags *d)
{
	const struct reading *r = ctx;
	struct ssml *s = begin_rows(r->found, sink, d);
	struct sheetxml_walk w = walk(s);
	bool ok = formulas_check(&s->formulas, s->rows, sheetxml_read(&w, r->source, d), d);

	sheetxml_hidden_columns(s->rows, s->hidden_column, s->last_col);
	ok = sheet_rows_close(s->rows, ok, d) && !s->wrong;
	buf_clear(&s->text);
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
	map_init(&s->styles, &s->arena);
	ok = sheet_fonts_check(options, d) && find_sheet(s, source, d)
	     && sheet_fonts_read(&fonts, s->has_old || sheetxml_holds(source, run_font), (struct fonts_reading){ &reading, read_rows }, sink, d);
	sheet_fonts_clear(&fonts);
	buf_clear(&s->text);
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
