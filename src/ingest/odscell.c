#include "ingest/odscell.h"

#include "base/ratio.h"
#include "ingest/numberformat.h"
#include "ingest/sheetxml.h"

#include <stdlib.h>
#include <string.h>

enum { SHOWN_PERCENT_MAX = 40 }; /* [bytes] of "5,13%" */

/* ---- attributes ---- */

/* Most names differ in their first letter. */
static bool is(const char *a, const char *b)
{
	return *a == *b && !strcmp(a, b);
}

/* "value-type" is office's or calcext's: they differ only where the cell has an error, which office has no type for. */
static const struct {
	const char *name;
	enum ods_type type;
} types[] = {
	{ "float", ODS_FLOAT },
	{ "string", ODS_STRING },
	{ "percentage", ODS_PERCENTAGE },
	{ "currency", ODS_FLOAT },
	{ "date", ODS_DATE },
	{ "time", ODS_TIME },
	{ "boolean", ODS_BOOLEAN },
	{ "void", ODS_NONE },
	{ "error", ODS_ERROR },
};

static bool take_type(struct ods_cell *c, const char *name, struct origin at, struct diags *d)
{
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (is(types[i].name, name)) {
			if (c->type != ODS_ERROR)
				c->type = types[i].type;
			return true;
		}
	return diag_error(d, at, "format",
		"the value of this cell is of a kind that no spreadsheet has; open and save the file in a spreadsheet program");
}

static void take_value(struct ods_cell *c, const char *value)
{
	c->value.n = 0;
	buf_puts(&c->value, value);
	c->has_value = true;
}

static bool is_value(const char *name)
{
	return is(name, "value") || is(name, "string-value") || is(name, "date-value") || is(name, "boolean-value");
}

static bool take_attribute(struct ods_cell *c, const struct sax_attribute *a, struct origin at, struct diags *d)
{
	const char *name = a->name;

	if (is(name, "value-type"))
		return take_type(c, a->value, at, d);
	if (is_value(name))
		take_value(c, a->value);
	else if (is(name, "formula"))
		c->has_formula = true;
	else if (is(name, "number-columns-repeated"))
		return sheetxml_count(a, 1, at, &c->n_repeated, d);
	else if (is(name, "number-columns-spanned"))
		return sheetxml_count(a, 1, at, &c->n_cols, d);
	else if (is(name, "number-rows-spanned"))
		return sheetxml_count(a, 1, at, &c->n_rows, d);
	return true;
}

bool ods_cell_begin(struct ods_cell *c, const struct sax_element *e, struct origin at, struct diags *d)
{
	*c = (struct ods_cell){ .n_repeated = 1, .n_rows = 1, .n_cols = 1, .value = c->value, .text = c->text };
	c->value.n = 0;
	c->text.n = 0;
	for (size_t i = 0; i < e->n_attribute; i++)
		if (!take_attribute(c, &e->attribute[i], at, d))
			return false;
	return true;
}

/* ---- what is shown ---- */

/* A formula's value may be a number while an error is shown, and a number of no known style a percentage. */
bool ods_cell_wants_text(const struct ods_cell *c)
{
	bool has_all = c->has_value && !c->has_formula && c->type != ODS_TIME && c->type != ODS_ERROR && c->type != ODS_NONE
		       && (c->type != ODS_FLOAT || c->shown);

	return !has_all && c->text.n <= SHEET_TEXT_MAX;
}

void ods_cell_paragraph(struct ods_cell *c)
{
	if (c->n_paragraph++)
		buf_putc(&c->text, '\n');
	c->at_space = true;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

void ods_cell_text(struct ods_cell *c, const char *s, size_t n)
{
	const char *end = s + n;

	while (s < end) {
		const char *word = s;

		while (s < end && !is_space(*s))
			s++;
		buf_put(&c->text, word, (size_t)(s - word));
		c->at_space = c->at_space && s == word;
		if (s < end && !c->at_space)
			buf_putc(&c->text, ' ');
		c->at_space = c->at_space || s < end;
		s += s < end;
	}
}

void ods_cell_character(struct ods_cell *c, char byte, uint32_t n)
{
	for (uint32_t i = 0; i < n && c->text.n <= SHEET_TEXT_MAX; i++)
		buf_putc(&c->text, byte);
	c->at_space = false;
}

void ods_cell_paragraph_end(struct ods_cell *c)
{
	if (c->at_space && c->text.n && c->text.text[c->text.n - 1] == ' ')
		c->text.n--;
}

/* ---- the value ---- */

static bool bad_value(const struct ods_cell *c, const char *what, struct origin at, struct diags *d)
{
	return sheetxml_bad_value(c->value.text, c->value.n, diag_say(d, what), at, d);
}

static void set_text(struct cell *cell, enum cell_kind kind, const char *text, size_t n)
{
	cell->kind = kind;
	cell->text = n ? text : "";
	cell->n_text = n;
}

static bool set_number(struct ods_cell *c, enum cell_kind kind, struct origin at, struct cell *cell, struct diags *d)
{
	char text[NUMBER_TEXT_MAX];
	size_t n = number_text_of(c->value.text, c->value.n, text);

	if (!n)
		return bad_value(c, "number", at, d);
	c->value.n = 0;
	buf_put(&c->value, text, n);
	set_text(cell, kind, c->value.text, n);
	return true;
}

/* Whether a number below 1 is shown as it is, rounded: 0.5219 as "0,52". Shown as 0 it may be anything. */
static bool is_rounded(const char *value, const char *shown)
{
	struct diags quiet = { .quiet = true };
	struct ratio x;
	struct ratio y;
	bool is = ratio_parse(value, strlen(value), &x) && ratio_parse(shown, strlen(shown), &y) && y.num
		&& ratio_round(x, ratio_decimals(y), ROUND_HALF_UP, (struct origin){ 0 }, &x, &quiet) && !ratio_compare(x, y);

	diags_clear(&quiet);
	return is;
}

/* Whether the number of a text like "5,13%" is not that of the value. Rounded ones are alike in their whole part. */
static bool is_fraction_shown(const struct ods_cell *c, const char *value)
{
	char plain[SHOWN_PERCENT_MAX + 1];
	char shown[NUMBER_TEXT_MAX];
	size_t n = c->text.n - 1;

	if (n > SHOWN_PERCENT_MAX)
		return true;
	for (size_t i = 0; i < n; i++)
		plain[i] = c->text.text[i] == ',' ? '.' : c->text.text[i];
	while (n && plain[n - 1] == ' ')
		n--;
	if (!number_text_of(plain, n, shown))
		return true;
	n = strcspn(value, ".");
	if (*value == '0' || !strncmp(value, "-0", 2))
		return !is_rounded(value, shown);
	return strcmp(shown, value) != 0 && (n != strcspn(shown, ".") || memcmp(shown, value, n) != 0);
}

/* A day as a plain number of days; the first sixty are counted in several ways. */
static bool set_serial(struct ods_cell *c, struct origin at, struct cell *cell, struct diags *d)
{
	enum { DAYS_DIGITS = 7, LEAP_1900 = 60 };
	char text[NUMBER_TEXT_MAX];
	size_t n = strcspn(c->value.text, ".") <= DAYS_DIGITS && !c->has_null_date ? strtoul(c->value.text, NULL, 10) : 0;

	n = n > LEAP_1900 ? serial_text((double)n, false, text) : 0;
	if (!n)
		return bad_value(c, "day", at, d);
	c->value.n = 0;
	buf_put(&c->value, text, n);
	set_text(cell, CELL_DATE, c->value.text, n);
	return true;
}

static bool set_duration(struct ods_cell *c, struct origin at, struct cell *cell, struct diags *d)
{
	char text[NUMBER_TEXT_MAX];
	enum cell_kind kind;
	size_t n = number_cell_text(FORMAT_DURATION, c->value.text, false, &kind, text);

	if (kind == CELL_NUMBER)
		return bad_value(c, "duration", at, d);
	c->value.n = 0;
	buf_put(&c->value, text, n);
	set_text(cell, kind, c->value.text, n);
	return true;
}

static bool set_float(struct ods_cell *c, struct origin at, struct cell *cell, struct diags *d)
{
	bool has_sign = c->text.n && c->text.text[c->text.n - 1] == '%';

	if (!set_number(c, c->shown == FORMAT_PERCENT + 1 ? CELL_PERCENT : CELL_NUMBER, at, cell, d))
		return false;
	if (c->shown == FORMAT_DAY + 1)
		return set_serial(c, at, cell, d);
	if (c->shown == FORMAT_DURATION + 1)
		return set_duration(c, at, cell, d);
	if (cell->kind == CELL_NUMBER && has_sign && is_fraction_shown(c, c->value.text))
		return diag_error(d, at, "format",
			"this cell shows a percentage, but its value in the file is the plain number %s; give the cell a percent format "
			"again and save the file with another program",
			c->value.text);
	if (cell->kind == CELL_NUMBER && (has_sign || c->shown == FORMAT_MARKED + 1))
		cell->kind = CELL_MARKED;
	return true;
}

static bool set_date(const struct ods_cell *c, struct origin at, struct cell *cell, struct diags *d)
{
	if (!sheet_is_day(c->value.text, c->value.n))
		return bad_value(c, "day", at, d);
	set_text(cell, CELL_DATE, c->value.text, sheet_day_size(c->value.text, c->value.n));
	return true;
}

static bool set_flag(const struct ods_cell *c, struct origin at, struct cell *cell, struct diags *d)
{
	bool yes = !strcmp(c->value.text, "true");

	if (!yes && strcmp(c->value.text, "false") != 0)
		return bad_value(c, "truth value", at, d);
	set_text(cell, CELL_FLAG, yes ? "1" : "0", 1);
	return true;
}

/* Of a cell that is shown as it is: text, and times, since a part of a day would be read as a number. */
static void set_shown(const struct ods_cell *c, struct cell *cell)
{
	if (c->type == ODS_STRING && c->has_value)
		set_text(cell, CELL_TEXT, c->value.text, c->value.n);
	else
		set_text(cell, CELL_TEXT, c->text.text, c->text.n);
}

/* LibreOffice writes a result that is an empty text as an empty paragraph without a type. */
bool ods_cell_has_result(const struct ods_cell *c)
{
	return c->has_value || c->n_paragraph || c->type == ODS_STRING;
}

static bool is_shown(const struct ods_cell *c)
{
	return c->type == ODS_NONE || c->type == ODS_STRING || c->type == ODS_TIME;
}

static bool set_value(struct ods_cell *c, struct origin at, struct cell *cell, struct diags *d)
{
	bool is_error = c->type == ODS_ERROR || (c->has_formula && sheetxml_is_error(c->text.text, c->text.n));

	if (is_error)
		set_text(cell, CELL_ERROR, c->text.n ? c->text.text : "#N/A", c->text.n ? c->text.n : strlen("#N/A"));
	else if (is_shown(c))
		set_shown(c, cell);
	if (is_error || (is_shown(c) && (c->type != ODS_TIME || cell->n_text)) || (c->has_formula && !ods_cell_has_result(c)))
		return true;
	if (!c->has_value)
		return diag_error(d, at, "format",
			"the file says that this cell has a value, but not which; open and save the file in a spreadsheet program");
	if (c->type == ODS_DATE)
		return set_date(c, at, cell, d);
	if (c->type == ODS_BOOLEAN)
		return set_flag(c, at, cell, d);
	return c->type == ODS_FLOAT ? set_float(c, at, cell, d) : set_number(c, CELL_PERCENT, at, cell, d);
}

bool ods_cell_end(struct ods_cell *c, struct origin at, struct cell *cell, struct diags *d)
{
	if (c->n_rows > SHEET_ROWS_MAX || c->n_cols > SHEET_COLUMNS_MAX)
		return diag_error(d, at, "format",
			"a merged range has impossible bounds; open and save the file in a spreadsheet program");
	*cell = (struct cell){ .text = "", .n_rows = c->n_rows, .n_cols = c->n_cols };
	return set_value(c, at, cell, d);
}

void ods_cell_clear(struct ods_cell *c)
{
	buf_clear(&c->value);
	buf_clear(&c->text);
}
