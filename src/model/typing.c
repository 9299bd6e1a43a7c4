#include "model/typing.h"

#include "base/utf8.h"
#include "model/number.h"
#include "model/numberslip.h"

#include <stddef.h>
#include <string.h>

enum { DAY_CHARS = 10 }; /* of "2024-05-31" */

/* A cell that is being read. */
struct cell_text {
	const struct field *field;
	struct number_column *column;
	const char *label;
	enum cell_kind kind;
	const char *text; /* trimmed, not terminated */
	size_t n;
	struct origin at;
	const struct source *source;
	struct arena *arena;
	struct diags *diags;
};

const char *shown_text(const char *s, size_t n, struct arena *a)
{
	size_t n_char = 0;
	size_t i = 0;

	utf8_trim(&s, &n);
	while (i < n && n_char < SHOWN_MAX) {
		uint32_t code;
		size_t len = utf8_decode(s + i, n - i, &code);

		i += len ? len : 1;
		n_char++;
	}
	s = arena_printf(a, "%.*s%s", (int)i, s, i < n ? "..." : "");
	return utf8_nfc(s, strlen(s), a);
}

const char *shown_number(const char *s, size_t n, struct arena *a)
{
	char *text = arena_slice(a, s, n);
	char *point = strchr(text, '.');

	if (point)
		*point = ',';
	return text;
}

/* 0.0513 as 5.13. */
static bool times_hundred(const struct cell_text *c, struct ratio *x)
{
	return ratio_parse(c->text, c->n, x) && ratio_mul(*x, ratio_whole(100), c->at, x, c->diags);
}

/* The cell as its program shows it. */
static const char *seen(const struct cell_text *c)
{
	const char *exact;
	struct ratio x;
	struct date date;
	int hour, minute;

	switch (c->kind) {
	case CELL_TEXT:
	case CELL_ERROR:
		break;
	case CELL_NUMBER:
		return shown_number(c->text, c->n, c->arena);
	case CELL_MARKED:
		return arena_printf(c->arena, "%s%%", shown_number(c->text, c->n, c->arena));
	case CELL_PERCENT:
		if (!times_hundred(c, &x))
			break;
		exact = ratio_exact(x, c->arena);
		return arena_printf(c->arena, "%s%%", shown_number(exact, strlen(exact), c->arena));
	case CELL_DATE:
		if (!date_read_moment(arena_slice(c->arena, c->text, c->n), &date, &hour, &minute))
			break;
		if (hour < 0)
			return date_short(date, c->arena);
		return arena_printf(c->arena, "%s %02d:%02d", date_short(date, c->arena), hour, minute);
	case CELL_FLAG:
		return c->n == 1 && *c->text == '1' ? "TRUE" : "FALSE";
	}
	return arena_slice(c->arena, c->text, c->n);
}

/* What is found, for a message; nothing where none is kept any more. */
static const char *found(const struct cell_text *c)
{
	const char *text;

	if (diags_are_full(c->diags, c->at.file))
		return "";
	if (c->kind == CELL_TEXT)
		return shown_text(c->text, c->n, c->arena);
	text = seen(c);
	return shown_text(text, strlen(text), c->arena);
}

/* The number with '.' and ',' in place of each other: what the user should write. */
static const char *rewritten(const struct cell_text *c)
{
	const char *from = found(c);
	const char *dots = strstr(from, "..."); /* cut off there */
	size_t n = dots ? (size_t)(dots - from) : strlen(from);
	size_t sign = n && *from == '-';
	bool bare = n > sign && from[sign] == '.';
	char *s = arena_printf(c->arena, "%.*s%s%s", (int)sign, from, bare ? "0" : "", from + sign);

	for (char *p = s; p < s + n + bare; p++)
		if (*p == '.' || *p == ',')
			*p = *p == '.' ? ',' : '.';
	return s;
}

/* "30:15", "-2:30:00". */
static bool is_time(const struct cell_text *c)
{
	static const char digits[] = "0123456789";
	const char *s = found(c);
	size_t n;

	s += *s == '-';
	n = strspn(s, digits);
	for (s += n; n && *s == ':' && strspn(s + 1, digits) == 2; s += 3)
		if (!s[3])
			return true;
	return false;
}

static bool no_number(const struct cell_text *c, struct number_slip slip)
{
	switch (slip.what) {
	case SLIP_OTHER:
		break;
	case SLIP_MARK:
		return diag_error(c->diags, c->at, "not-a-number", "%s: '%s' is a number with a mark behind it; delete the mark",
			c->label, found(c));
	case SLIP_SCALE:
		return diag_error(c->diags, c->at, "unit",
			"%s: '%s' is said in another unit than '%s'; write how many %s it is, without a unit", c->label, found(c),
			c->field->unit, c->field->unit);
	case SLIP_WORDS:
		return diag_error(c->diags, c->at, "not-a-number", "%s: '%s' has words behind the number; write %s without '%s'", c->label,
			found(c), slip.number, slip.words);
	case SLIP_LETTER:
		return diag_error(c->diags, c->at, "not-a-number",
			"%s: '%s' has letters among its digits (O for 0, l for 1?); write %s, if that is meant", c->label, found(c),
			slip.number);
	case SLIP_QUOTE:
		return diag_error(c->diags, c->at, "not-a-number", "%s: '%s' begins with a quotation mark; write %s without it", c->label,
			found(c), slip.number);
	case SLIP_BRACKETS:
		return diag_error(c->diags, c->at, "not-a-number",
			"%s: '%s' stands in brackets; write %s, with '-' in front if it is less than zero", c->label, found(c), slip.number);
	}
	return diag_error(c->diags, c->at, "not-a-number",
		"%s: '%s' is no number; leave the cell empty if there is none", c->label, found(c));
}

static bool not_a_number(const struct cell_text *c)
{
	if (is_time(c))
		return diag_error(c->diags, c->at, "not-a-number",
			"%s: the cell is the time %s, but a number is wanted here; choose the format Number and type it anew", c->label,
			found(c));
	return no_number(c, number_slip(c->text, c->kind == CELL_TEXT ? c->n : 0, c->field->unit, c->arena));
}

static bool wrong_groups(const struct cell_text *c)
{
	if (c->source->decimal_point)
		return diag_error(c->diags, c->at, "groups",
			"%s: '%s' is not divided by threes; write 1,234.5 or 1234.5", c->label,
			found(c));
	return diag_error(c->diags, c->at, "groups",
		"%s: '%s' is not divided by threes; write 1.234,5 or 1234,5", c->label, found(c));
}

static bool check_number(const struct cell_text *c, struct ratio x)
{
	if (c->field->type == FIELD_COUNT && x.den != 1)
		return diag_error(c->diags, c->at, "whole",
			"%s: '%s' is not a whole number; only whole numbers are counted here",
			c->label, found(c));
	if ((c->field->type == FIELD_COUNT || c->field->type == FIELD_MONEY)
		&& x.num < 0 && !c->field->may_be_negative)
		return diag_error(c->diags, c->at, "range",
			"%s: '%s' is negative; it must be 0 or more", c->label, found(c));
	return true;
}

static bool too_large(const struct cell_text *c)
{
	return diag_error(c->diags, c->at, "too-large",
		"%s: '%s' has more digits than can be computed with (about 18 in all); look for a slip, "
		"or round it",
		c->label, found(c));
}

/* Where the source keeps its rates as fractions. */
static bool as_percent(const struct cell_text *c, struct figure *f)
{
	return c->source->rates != RATES_FRACTION || !c->column->is_share
		|| ratio_mul(f->x, ratio_whole(100), c->at, &f->x, c->diags);
}

/* A number that the file keeps as one: no marks to guess about. */
static bool read_exact(const struct cell_text *c, struct figure *f)
{
	struct ratio x;

	if (!ratio_parse(c->text, c->n, &x))
		return too_large(c);
	if (!check_number(c, x))
		return false;
	number_column_note(c->column, c->kind, c->text, c->n, c->at, x, c->arena);
	*f = figure_of(x);
	return c->kind == CELL_MARKED || as_percent(c, f);
}

static bool read_percent(const struct cell_text *c, struct figure *f)
{
	struct ratio x;

	if (!c->column->is_share)
		return diag_error(c->diags, c->at, "percent",
			"%s: '%s' is a percentage, but a number is wanted here; type it anew and choose the format Number", c->label,
			found(c));
	if (!times_hundred(c, &x))
		return too_large(c);
	number_column_note(c->column, c->kind, c->text, c->n, c->at, x, c->arena);
	*f = figure_of(x);
	return true;
}

/* A number with the field's own unit behind it is that number; a percent sign has a meaning of its own. */
static struct cell_text without_unit(const struct cell_text *c)
{
	struct cell_text number = *c;

	if (!c->column->is_share)
		number.n = number_before_unit(c->text, c->n, c->field->unit);
	return number;
}

static bool read_written(const struct cell_text *c, struct figure *f)
{
	struct ratio x = { 0, 1 };

	switch (number_column_parse(c->column, c->text, c->n, c->at, c->arena, f, &x)) {
	case NUMBER_OK:
		if (!check_number(c, x))
			return false;
		number_column_note(c->column, c->kind, c->text, c->n, c->at, x, c->arena);
		f->state = FIGURE_OK;
		f->x = x;
		return c->text[c->n - 1] == '%' || as_percent(c, f);
	case NUMBER_EMPTY:
		return true;
	case NUMBER_CONFIDENTIAL:
		f->state = FIGURE_CONFIDENTIAL;
		return true;
	case NUMBER_NONE:
		return not_a_number(c);
	case NUMBER_POINT:
		return diag_error(c->diags, c->at, "decimal-point",
			"%s: '%s' has a decimal point; write %s, "
			"or declare decimal=\".\" on the job's <source>",
			c->label, found(c), rewritten(c));
	case NUMBER_COMMA_GROUPS:
		return diag_error(c->diags, c->at, "groups",
			"%s: '%s' is divided by commas; write %s, "
			"or declare decimal=\".\" on the job's <source>",
			c->label, found(c), rewritten(c));
	case NUMBER_BAD_GROUPS:
		return wrong_groups(c);
	case NUMBER_TOO_LARGE:
		return too_large(c);
	}
	return true;
}

static bool read_number(const struct cell_text *c, struct figure *f)
{
	struct cell_text number;

	switch (c->kind) {
	case CELL_NUMBER:
	case CELL_MARKED:
		return read_exact(c, f);
	case CELL_PERCENT:
		return read_percent(c, f);
	case CELL_DATE:
		return diag_error(c->diags, c->at, "not-a-number",
			"%s: the cell is the day %s, but a number is wanted here; choose the format Number and type it anew", c->label,
			found(c));
	case CELL_FLAG:
	case CELL_ERROR:
		return not_a_number(c);
	case CELL_TEXT:
		break;
	}
	number = without_unit(c);
	return read_written(&number, f);
}

static bool is_among(const char *s, const char *const *words)
{
	for (; *words; words++)
		if (!strcmp(s, *words))
			return true;
	return false;
}

enum flag_word flag_word(const char *folded)
{
	static const char *const yes[] = { "x", "có", "1", "yes", "true", "đúng", "✓", "✔", NULL };
	static const char *const no[] = { "không", "0", "no", "false", "sai", "-", NULL };

	return is_among(folded, yes) ? FLAG_YES : is_among(folded, no) ? FLAG_NO : FLAG_UNKNOWN;
}

static bool read_flag(const struct cell_text *c, struct figure *f)
{
	enum flag_word word = c->n <= SHOWN_MAX ? flag_word(utf8_fold(c->text, c->n, c->arena)) : FLAG_UNKNOWN;

	if (word == FLAG_UNKNOWN)
		return diag_error(c->diags, c->at, "flag",
			"%s: '%s' is neither yes nor no; write x or có, không or 0", c->label,
			found(c));
	*f = figure_of(ratio_whole(word == FLAG_YES));
	return true;
}

static bool read_word(const struct cell_text *c, struct datum *x)
{
	const struct word_value *v = c->n <= CELL_TEXT_MAX ? field_word(c->field, utf8_fold(c->text, c->n, c->arena)) : NULL;

	if (!v)
		return diag_error(c->diags, c->at, "word", "%s: '%s' is none of the words that may stand here; write one of: %s", c->label, found(c),
			word_list(field_words(c->field, c->arena), c->field->n_value, c->arena));
	x->figure = figure_of(ratio_whole(0));
	x->text = v->id;
	return true;
}

/* Up to `most` digits at *s. */
static bool take_digits(const char **s, const char *end, int most, int *value)
{
	const char *first = *s;

	*value = 0;
	for (; *s < end && **s >= '0' && **s <= '9' && *s - first < most; (*s)++)
		*value = *value * 10 + (**s - '0');
	return *s > first;
}

static bool read_date(const struct cell_text *c, struct datum *x)
{
	struct date date;
	int hour, minute;

	if (c->n > SHOWN_MAX || !date_read_moment(arena_slice(c->arena, c->text, c->n), &date, &hour, &minute)
		|| (hour >= 0 && !c->field->has_time)) {
		if (c->field->has_time)
			return diag_error(c->diags, c->at, "date",
				"%s: '%s' is no day and no time of a day; write it as 31/01/2024, or 31/01/2024 14:30", c->label, found(c));
		return diag_error(c->diags, c->at, "date",
			"%s: '%s' is no day; write it as 31/01/2024", c->label, found(c));
	}
	x->text = date_moment_iso(date, hour, minute, c->arena);
	x->figure.state = FIGURE_OK;
	return true;
}

/* Whether figures of that year may stand in the source. */
static bool may_have_year(const struct source *s, int year)
{
	return year == s->period_year || !s->period_year;
}

/* "5", "5/2024", "05-2024", "5 năm 2024" at p; *year is 0 where none is said. */
static bool take_month(const char *p, const char *end, int *month, int *year)
{
	static const char word[] = "năm ";

	*year = 0;
	if (!take_digits(&p, end, 2, month))
		return false;
	if (p == end)
		return true;
	if (*p == '/' || *p == '-')
		p++;
	else if (*p == ' ' && !strncmp(p + 1, word, strlen(word)))
		p += 1 + strlen(word);
	else
		return false;
	return end - p == (ptrdiff_t)strlen("2024") && take_digits(&p, end, 4, year);
}

/* A month as people write it, in digits or behind the word for it: as take_month has it, "2024-05", or as a sheet shows one that was
 * typed into it: the first day, "01/05/2024" or of the kind of a date. */
static bool month_of_text(const struct cell_text *c, int *month, int *year)
{
	static const char word[] = "tháng ";
	const char *text = utf8_fold(c->text, c->n, c->arena);
	struct date date;

	if (!strncmp(text, word, strlen(word)))
		text += strlen(word);
	if (take_month(text, text + strlen(text), month, year))
		return *month >= 1 && *month <= 12;
	if (!date_read(text, &date) && (!date_parse(text, &date) || !date.month))
		return false;
	*month = date.month;
	*year = date.year;
	return date.day <= 1;
}

static bool read_month(const struct cell_text *c, struct datum *x)
{
	int month, year;

	if (c->n > SHOWN_MAX || !month_of_text(c, &month, &year))
		return diag_error(c->diags, c->at, "month", "%s: '%s' is no month; write 1 to 12, 5/2024 or 2024-05", c->label, found(c));
	if (year && !may_have_year(c->source, year))
		return diag_error(c->diags, c->at, "month", "%s: '%s' is not in %d, the period of the job", c->label, found(c),
			c->source->period_year);
	x->text = year ? arena_printf(c->arena, "%04d-%02d", year, month) : arena_printf(c->arena, "%d", month);
	x->figure.state = FIGURE_OK;
	x->figure.x = ratio_whole(month);
	return true;
}

/* The text as every result shows it: NFC, all line breaks '\n', tabs as spaces. */
static const char *cell_words(const struct cell_text *c)
{
	char *words = (char *)utf8_nfc(c->text, c->n, c->arena); /* our own copy */
	char *to = words;

	for (const char *s = words; *s; s++) {
		if (*s == '\r' && s[1] == '\n')
			continue;
		*to++ = *s == '\t' ? ' ' : *s == '\r' || *s == '\v' || *s == '\f' ? '\n' : *s;
	}
	*to = '\0';
	return words;
}

/* A text that can stand in every result. */
static bool read_text(const struct cell_text *c, struct datum *x)
{
	uint32_t code = 0;

	if (utf8_find_refused(c->text, c->n, &code) < c->n)
		return diag_error(c->diags, c->at, "character",
			"%s: the cell holds the character U+%04X, which cannot be printed; delete it, or type the text anew",
			c->label, (unsigned)code);
	if (c->n > CELL_TEXT_MAX && utf8_length(c->text, c->n) > CELL_TEXT_MAX)
		return diag_error(c->diags, c->at, "limit",
			"%s: the text has more than %d characters, the most that a cell of a workbook takes; shorten it",
			c->label, CELL_TEXT_MAX);
	x->text = c->kind == CELL_TEXT ? cell_words(c) : seen(c);
	x->figure.state = FIGURE_OK;
	return true;
}

static bool read_typed(const struct cell_text *c, struct datum *x)
{
	if (c->kind == CELL_ERROR)
		return diag_error(c->diags, c->at, "cell-error",
			"%s: the cell holds the error %s; mend its formula, or leave it empty if there is no figure", c->label, found(c));
	switch (c->field->type) {
	case FIELD_COUNT:
	case FIELD_MONEY:
	case FIELD_RATE:
	case FIELD_NUMBER:
		return read_number(c, &x->figure);
	case FIELD_TEXT:
	case FIELD_AREA:
		return read_text(c, x);
	case FIELD_FLAG:
		x->text = utf8_nfc(c->text, c->n, c->arena);
		return read_flag(c, &x->figure);
	case FIELD_DATE:
		return read_date(c, x);
	case FIELD_MONTH:
		return read_month(c, x);
	case FIELD_WORD:
		return read_word(c, x);
	}
	return true;
}

bool datum_read(struct number_column *column, const struct cell *cell, const struct origin *at, struct arena *a,
	struct datum *x, struct diags *d)
{
	struct cell_text c = { column->field, column, *column->label, cell->kind, cell->text, cell->n_text, *at, column->source, a, d };
	bool ok;

	utf8_trim(&c.text, &c.n);
	if (c.kind == CELL_DATE && !c.field->has_time && c.n > DAY_CHARS)
		c.n = DAY_CHARS;
	*x = (struct datum){ .figure = figure_missing() };
	ok = !c.n || read_typed(&c, x);
	x->figure.from = at;
	x->figure.n_from = 1;
	return ok;
}
