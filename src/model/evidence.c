#include "model/evidence.h"

#include "base/utf8.h"
#include "model/typing.h"

#include <string.h>

enum {
	FEW_DECIMALS = 2, /* that a percentage has */
	THOUSAND = 1000,
};

struct number_column *number_columns(const struct source *source, const struct dataset *set, const char *const *label,
	struct arena *a)
{
	struct number_column *column = ARENA_ARRAY(a, set->n_field, struct number_column);

	for (size_t i = 0; i < set->n_field; i++)
		column[i] = (struct number_column){ .field = &set->field[i], .source = source, .label = &label[i] };
	return column;
}

static void prove(struct proof *p, const char *s, size_t n, struct origin at, struct arena *a)
{
	if (!p->text)
		*p = (struct proof){ at, shown_text(s, n, a) };
}

/* "12.5" of a cell that is a number, as people see it. */
static void prove_number(struct proof *p, const char *s, size_t n, struct origin at, struct arena *a)
{
	char *text;
	char *point;

	if (p->text)
		return;
	text = arena_slice(a, s, n);
	point = strchr(text, '.');
	if (point)
		*point = ',';
	*p = (struct proof){ at, text };
}

static unsigned flags_of(const struct field *f)
{
	return (f->type == FIELD_COUNT ? NUMBER_WHOLE : 0u) | (f->type == FIELD_RATE ? NUMBER_PERCENT : 0u);
}

/* Where "1.234" is a thousand and more unless something in the column shows another way. */
static bool holds_whole_numbers(const struct field *f)
{
	return f->type == FIELD_COUNT || f->type == FIELD_MONEY;
}

static size_t count_marks(const char *s, size_t n, bool *has_comma)
{
	size_t n_mark = 0;

	for (size_t i = 0; i < n; i++) {
		n_mark += s[i] == '.' || s[i] == ',';
		*has_comma |= s[i] == ',';
	}
	return n_mark;
}

static bool fits(const struct field *f, struct ratio x)
{
	return f->type != FIELD_COUNT || x.den == 1;
}

static void keep_unsettled(struct number_column *c, const char *s, size_t n, bool grouped, struct figure *figure, struct arena *a)
{
	struct unsettled *u = &c->unsettled[grouped];
	struct figure **before = u->figure;

	if (u->n < DIAGS_PER_FILE)
		u->text[u->n] = shown_text(s, n, a);
	*ARENA_PUSH(a, u->figure, u->n, &u->cap) = figure;
	if (u->figure != before)
		arena_drop(a, before);
}

/* Texts in a column where nothing proves a decimal comma yet. */
static enum number_found weigh(struct number_column *c, const char *s, size_t n, struct origin at, struct arena *a,
	struct figure *figure, struct ratio *x)
{
	unsigned flags = flags_of(c->field);
	bool has_comma = false;
	size_t n_mark = count_marks(s, n, &has_comma);
	struct ratio y = { 0, 1 };
	enum number_found found = number_parse(s, n, flags, x);
	bool comma = found == NUMBER_OK && fits(c->field, *x);
	bool is_thousands = comma && n_mark == 1 && !has_comma && c->field->type != FIELD_COUNT; /* "1.234": it fits both */
	bool point;

	if (!n_mark)
		return found;
	if (is_thousands) {
		keep_unsettled(c, s, n, true, figure, a);
		return NUMBER_OK;
	}
	point = number_parse(s, n, flags | NUMBER_DECIMAL_POINT, &y) == NUMBER_OK && fits(c->field, y);
	/* A rate of a thousand and more is rare: its only mark is that of decimals. Money of four decimals and more is rarer
	 * than a slip in "12.345". */
	if (n_mark == 1 && (c->field->type == FIELD_RATE ? has_comma : c->field->type == FIELD_MONEY && found == NUMBER_BAD_GROUPS))
		point = false;
	if (!comma && !point)
		return found;
	if (comma && !point) {
		prove(&c->comma, s, n, at, a);
	} else if (!comma) {
		prove(&c->point, s, n, at, a);
		*x = y;
	} else if (ratio_compare(*x, y) != 0) {
		keep_unsettled(c, s, n, !has_comma, figure, a);
	}
	return NUMBER_OK;
}

enum number_found number_column_parse(struct number_column *c, const char *s, size_t n, struct origin at, struct arena *a,
	struct figure *figure, struct ratio *x)
{
	unsigned flags = flags_of(c->field);

	if (c->source->decimal_said || c->comma.text)
		return number_parse(s, n, flags | (c->source->decimal_point ? NUMBER_DECIMAL_POINT : 0u), x);
	return weigh(c, s, n, at, a, figure, x);
}

void number_column_note(struct number_column *c, enum cell_kind kind, const char *s, size_t n, struct origin at, struct ratio x,
	struct arena *a)
{
	if (kind == CELL_PERCENT) {
		c->n_number++;
		prove(&c->percent, s, n, at, a);
		return;
	}
	c->is_large |= x.num < 0 || x.num > x.den;
	if (kind == CELL_NUMBER) {
		c->n_number++;
		if (x.num)
			prove_number(&c->plain, s, n, at, a);
		if (c->field->type == FIELD_RATE && ratio_decimals(x) > FEW_DECIMALS)
			prove_number(&c->fraction, s, n, at, a);
	} else {
		c->n_as_text++;
		prove(&c->as_text, s, n, at, a);
	}
}

/* What was read with a decimal comma, with a decimal point. */
static bool turn(struct figure *f, bool grouped, struct diags *d)
{
	struct ratio thousand = ratio_whole(THOUSAND);

	return grouped ? ratio_div(f->x, thousand, f->from[0], &f->x, d) : ratio_mul(f->x, thousand, f->from[0], &f->x, d);
}

static bool settle_each(const struct number_column *c, bool grouped, struct diags *d)
{
	const struct unsettled *u = &c->unsettled[grouped];
	bool ok = true;

	if (!c->point.text && grouped && holds_whole_numbers(c->field))
		return true;
	for (size_t i = 0; i < u->n; i++) {
		if (u->figure[i]->state != FIGURE_OK)
			continue;
		if (c->point.text)
			ok = turn(u->figure[i], grouped, d) && ok;
		else
			ok = diag_error(d, u->figure[i]->from[0], "ambiguous-number",
				"%s: '%s' can be read with a decimal comma or with a decimal point, and no other number of the column shows "
				"which; declare decimal=\",\" or decimal=\".\" on the job's <source>",
				*c->label, i < DIAGS_PER_FILE ? u->text[i] : "");
	}
	return ok;
}

static bool settle_marks(const struct number_column *c, struct arena *a, struct diags *d)
{
	if (c->point.text && c->comma.text)
		return diag_error(d, c->point.at, "mixed-decimals",
			"%s: '%s' has a decimal point or commas between thousands, but '%s' at %s has a decimal comma or points between "
			"thousands; write all numbers of the column in one way",
			*c->label, c->point.text, c->comma.text, origin_text(c->comma.at, a));
	if (c->point.text)
		diag_note(d, c->point.at, "decimal-point",
			"%s: the numbers of the column are read with a decimal point and commas between thousands, as '%s' shows", *c->label,
			c->point.text);
	return c->comma.text || ((int)settle_each(c, false, d) & (int)settle_each(c, true, d));
}

static bool is_share(const struct field *f)
{
	return f->type == FIELD_RATE || !strcmp(f->unit, "%");
}

static bool settle_percent(const struct number_column *c, struct arena *a, struct diags *d)
{
	if (!is_share(c->field) || c->source->rates != RATES_UNSAID)
		return true;
	if (c->percent.text && c->plain.text)
		return diag_error(d, c->plain.at, "mixed-percent",
			"%s: '%s' has no percent format, but the cell at %s has it; give all cells of the column the same format, or declare "
			"rates=\"percent\" (5,13 is 5,13%%) or rates=\"fraction\" (0,0513 is 5,13%%) on the job's <source>",
			*c->label, c->plain.text, origin_text(c->percent.at, a));
	if (c->fraction.text && !c->is_large)
		return diag_error(d, c->fraction.at, "ambiguous-percent",
			"%s: all numbers of the column are between 0 and 1, and '%s' can be a percentage as it stands or a fraction to be "
			"multiplied by 100; declare rates=\"percent\" or rates=\"fraction\" on the job's <source>",
			*c->label, c->fraction.text);
	return true;
}

bool number_column_settle(struct number_column *c, struct arena *a, struct diags *d)
{
	bool ok = settle_marks(c, a, d);

	if (c->n_number && c->n_as_text)
		diag_note(d, c->as_text.at, "number-as-text",
			"%s: %u cells hold numbers as text ('%s' is the first); they are read as numbers", *c->label, c->n_as_text,
			c->as_text.text);
	return settle_percent(c, a, d) && ok;
}
