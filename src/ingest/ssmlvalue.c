#include "ingest/ssmlvalue.h"

#include "base/date.h"
#include "base/utf8.h"
#include "ingest/sheetxml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { READ_DATE_MAX = 40 }; /* [bytes] of a date as a file writes it */

bool ssml_value_type(const char *name, enum ssml_type *type)
{
	static const struct {
		const char *name;
		enum ssml_type type;
	} types[] = {
		{ "String", SSML_STRING },
		{ "Number", SSML_NUMBER },
		{ "DateTime", SSML_DATE },
		{ "Boolean", SSML_FLAG },
		{ "Error", SSML_ERROR },
	};

	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (!strcmp(types[i].name, name ? name : "String")) {
			*type = types[i].type;
			return true;
		}
	return false;
}

static bool bad_value(const struct ssml_value *s, const char *what, struct origin at, struct diags *d)
{
	return sheetxml_bad_value(s->text.text, s->text.n, diag_say(d, what), at, d);
}

/* Instead of the text as the file has it. */
static void replace_text(struct ssml_value *s, struct cell *c, const char *text, size_t n)
{
	s->text.n = 0;
	buf_put(&s->text, text, n);
	c->text = s->text.text;
	c->n_text = n;
}

static bool set_number(struct ssml_value *s, struct origin at, struct cell *c, struct diags *d)
{
	char number[NUMBER_TEXT_MAX];
	char text[NUMBER_TEXT_MAX];
	size_t n = number_text_of(c->text, c->n_text, number);

	if (!n)
		return bad_value(s, "number", at, d);
	n = number_cell_text(s->look.format, number, s->is_1904, &c->kind, text);
	if (s->look.format >= FORMAT_DAY && c->kind == CELL_NUMBER)
		return bad_value(s, s->look.format == FORMAT_DAY ? "day" : "duration", at, d);
	replace_text(s, c, text, n);
	return true;
}

/* Whole days since the first of all, as Excel counts them: with a 29/2/1900. */
static int64_t days_before(const struct ssml_value *s, const char *day)
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
static bool set_duration(struct ssml_value *s, const char *text, struct origin at, struct cell *c, struct diags *d)
{
	char duration[NUMBER_TEXT_MAX];
	int64_t days = days_before(s, text);
	char *minutes;
	long hours = strtol(text + DAY_TEXT + 1, &minutes, 10);

	if (days < 0 || hours < 0 || hours > 23 || *minutes != ':')
		return bad_value(s, "duration", at, d);
	replace_text(s, c, duration, (size_t)snprintf(duration, sizeof duration, "%02lld%.*s", (long long)days * 24 + hours,
		(int)strcspn(minutes, "."), minutes));
	return true;
}

/* "2024-05-31T00:00:00.000"; a time alone is one of the day before all days. */
static bool set_date(struct ssml_value *s, struct origin at, struct cell *c, struct diags *d)
{
	static const char day_zero[] = "1899-12-31T";
	char text[READ_DATE_MAX + 1];

	if (c->n_text > READ_DATE_MAX)
		return bad_value(s, "day", at, d);
	memcpy(text, c->text, c->n_text);
	text[c->n_text] = '\0';
	if (!sheet_is_day(text, c->n_text))
		return bad_value(s, "day", at, d);
	if (s->look.format == FORMAT_DURATION && text[DAY_TEXT])
		return set_duration(s, text, at, c, d);
	if (!strncmp(text, day_zero, strlen(day_zero))) {
		replace_text(s, c, text + strlen(day_zero), strcspn(text + strlen(day_zero), "."));
		return true;
	}
	c->kind = CELL_DATE;
	c->n_text = sheet_day_size(text, c->n_text);
	return true;
}

bool ssml_value_end(struct ssml_value *s, struct sheet_fonts *fonts, struct origin at, struct cell *c, struct diags *d)
{
	if (s->type == SSML_STRING) {
		if (s->has_formula && sheetxml_is_error(c->text, c->n_text))
			c->kind = CELL_ERROR; /* as LibreOffice writes it */
		sheet_fonts_text(fonts, s->look.font, &c->text, &c->n_text, at, d);
		return true;
	}
	utf8_trim(&c->text, &c->n_text);
	switch (s->type) {
	case SSML_NUMBER:
		return set_number(s, at, c, d);
	case SSML_DATE:
		return set_date(s, at, c, d);
	case SSML_FLAG:
		c->kind = CELL_FLAG;
		return (c->n_text == 1 && (*c->text == '0' || *c->text == '1')) || bad_value(s, "truth value", at, d);
	case SSML_ERROR:
		c->kind = CELL_ERROR;
		return true;
	case SSML_STRING:
		break;
	}
	return true;
}
