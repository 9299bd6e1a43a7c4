#include "model/evidence.h"

#include "base/utf8.h"
#include "model/typing.h"

#include <string.h>

enum {
	FEW_DECIMALS = 2, /* that a percentage has */
	FEW_RATES = 2,	  /* tell nothing by being small */
	SMALL_PER = 5,	  /* a rate below 1/5 is small */
	THOUSAND = 1000,
};

/* A number as the file has it. */
struct written {
	bool is_text;
	const char *s;
	size_t n;
};

struct number_column *number_columns(const struct source *source, const struct dataset *set, const char *const *label,
	struct arena *a)
{
	struct number_column *column = ARENA_ARRAY(a, set->n_field, struct number_column);

	for (size_t i = 0; i < set->n_field; i++)
		column[i] = (struct number_column){
			.field = &set->field[i],
			.source = source,
			.label = &label[i],
			.is_share = set->field[i].type == FIELD_RATE || !strcmp(set->field[i].unit, "%"),
		};
	return column;
}

static void prove(struct proof *p, const char *s, size_t n, struct origin at, struct arena *a)
{
	if (!p->text)
		*p = (struct proof){ at, shown_text(s, n, a) };
}

/* Of a cell that may be a number. */
static void prove_cell(struct proof *p, const struct written *w, struct origin at, struct arena *a)
{
	if (!p->text)
		*p = (struct proof){ at, w->is_text ? shown_text(w->s, w->n, a) : shown_number(w->s, w->n, a) };
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

/* Takes note of a rate without a percent sign: it can be a percentage as it stands, or a fraction. */
static void note_rate(struct rates *r, const struct written *w, struct origin at, struct ratio x, struct arena *a)
{
	static const struct ratio small = { 1, SMALL_PER };

	if (!x.num)
		return;
	r->n++;
	if (x.num < 0 || x.num > x.den) {
		r->is_large = true;
		return;
	}
	prove_cell(&r->share, w, at, a);
	if (ratio_compare(x, small) >= 0)
		r->is_middling = true;
	if (ratio_decimals(x) > FEW_DECIMALS)
		prove_cell(&r->fraction, w, at, a);
}

void number_column_note(struct number_column *c, enum cell_kind kind, const char *s, size_t n, struct origin at, struct ratio x,
	struct arena *a)
{
	struct written w = { kind == CELL_TEXT, s, n };

	if (w.is_text) {
		c->n_as_text++;
		prove(&c->as_text, s, n, at, a);
	} else {
		c->n_number++;
	}
	if (!c->is_share)
		return;
	if (kind == CELL_PERCENT || (w.is_text && s[n - 1] == '%'))
		prove_cell(&c->percent, &w, at, a);
	else if (kind == CELL_MARKED)
		note_rate(&c->marked, &w, at, x, a);
	else
		note_rate(&c->rates[w.is_text], &w, at, x, a);
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

static bool mixed_percent(const struct number_column *c, const struct proof *plain, struct arena *a, struct diags *d)
{
	return diag_error(d, plain->at, "mixed-percent",
		"%s: '%s' has neither a percent sign nor the percent format, but the cell at %s has; write all cells of the column in one "
		"way, or declare rates=\"percent\" (5,13 is 5,13%%) or rates=\"fraction\" (0,0513 is 5,13%%) on the job's <source>",
		*c->label, plain->text, origin_text(c->percent.at, a));
}

/* Rates so small that all of them may be fractions, though none has the decimals of one. */
static void warn_small(const struct number_column *c, struct diags *d)
{
	const struct rates *r = c->rates;
	const struct rates *all[] = { &r[0], &r[1], &c->marked };
	const struct proof *first = NULL;
	bool is_small = true;
	unsigned n = 0;

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		n += all[i]->n;
		is_small = is_small && !all[i]->is_large && !all[i]->is_middling;
		first = first || !all[i]->share.text ? first : &all[i]->share;
	}
	if (n >= FEW_RATES && is_small)
		diag_warning(d, first->at, "percent",
			"%s: all rates are below 0,2, and '%s' is the first; they are read as percentages as they stand: if 0,05 is to mean "
			"5%%, declare rates=\"fraction\" on the job's <source>, else rates=\"percent\"",
			*c->label, first->text);
}

/* Numbers and texts are looked at each for themselves: 0.0513 that has lost its format may stand beside the text "5,13". */
static bool check_fractions(const struct number_column *c, const struct rates *r, const struct rates *other, struct diags *d)
{
	if (!r->fraction.text || r->is_large)
		return true;
	if (other->is_large)
		return diag_error(d, r->fraction.at, "ambiguous-percent",
			"%s: '%s' and the other cells stored like it (numbers as numbers, or as text) are between 0 and 1, but those stored "
			"in the other way are not; it can be a percentage as it stands or a fraction to be multiplied by 100: write all cells "
			"of the column in one way, or declare rates=\"percent\" or rates=\"fraction\" on the job's <source>",
			*c->label, r->fraction.text);
	return diag_error(d, r->fraction.at, "ambiguous-percent",
		"%s: all numbers of the column are between 0 and 1, and '%s' can be a percentage as it stands or a fraction to be "
		"multiplied by 100; declare rates=\"percent\" or rates=\"fraction\" on the job's <source>",
		*c->label, r->fraction.text);
}

static bool settle_percent(const struct number_column *c, struct arena *a, struct diags *d)
{
	const struct rates *r = c->rates;

	if (!c->is_share || c->source->rates != RATES_UNSAID)
		return true;
	for (size_t i = 0; i < RATES_STORED; i++)
		if (c->percent.text && r[i].share.text)
			return mixed_percent(c, &r[i].share, a, d);
	if (!check_fractions(c, &r[0], &r[1], d) || !check_fractions(c, &r[1], &r[0], d))
		return false;
	warn_small(c, d);
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
