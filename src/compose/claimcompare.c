/* Whether what was published holds: numbers as they were printed, days by the day, texts as names are compared. */
#include "compose/claim.h"

#include "base/numeral.h"
#include "base/utf8.h"
#include "base/words.h"

#include <limits.h>
#include <string.h>

enum rounding claim_rounding(struct composer *c, const struct claim *claim)
{
	struct number_style style = { .rounding = c->job->rounding };
	bool total;

	lone_style(c, claim->expr, claim->table, &style, &total);
	return style.rounding;
}

const char *claim_number(const struct claim *claim, struct arena *a)
{
	return audit_number(claim->printed.x, claim->printed.decimals, ROUND_TRUNCATE, a);
}

bool claim_is_strict(const struct claim *claim)
{
	return claim->relation == RELATION_MORE || claim->relation == RELATION_LESS;
}

static bool relates(enum relation relation, struct ratio x, struct ratio printed)
{
	int order = ratio_compare(x, printed);

	switch (relation) {
	case RELATION_EQUAL:
		return !order;
	case RELATION_AT_LEAST:
		return order >= 0;
	case RELATION_AT_MOST:
		return order <= 0;
	case RELATION_MORE:
		return order > 0;
	case RELATION_LESS:
		return order < 0;
	}
	return false;
}

/* ---- numbers ---- */

static bool is_number(const struct printed *p)
{
	return p->as == PRINTED_NUMBER || p->as == PRINTED_ROMAN || p->as == PRINTED_WORDS;
}

/* In words beside digits: the same number as the digits, or one that holds by itself. */
static bool words_hold(const struct claim *claim)
{
	const struct printed *p = &claim->printed;
	struct diags scratch = { .quiet = true };
	struct ratio digits;

	if (!p->has_words || relates(claim->relation, claim->value.figure.x, p->words))
		return true;
	return ratio_mul(p->x, p->scale, (struct origin){ 0 }, &digits, &scratch) && !ratio_compare(digits, p->words);
}

/* A number in digits is compared as it is printed too, unless it says more or less than that. */
static bool number_holds(struct composer *c, const struct claim *claim)
{
	const struct printed *p = &claim->printed;

	if (!is_number(p) || p->fit == MEASURE_CONTRADICTS)
		return false;
	return relates(claim->relation, claim->x, p->x)
	       || (p->as == PRINTED_NUMBER && !claim_is_strict(claim)
		       && !strcmp(audit_number(claim->x, p->decimals, claim_rounding(c, claim), c->a), claim_number(claim, c->a)));
}

static const char *without_groups(const char *number, struct arena *a)
{
	char *text = arena_text(a, number);
	size_t n = 0;

	for (const char *s = number; *s; s++)
		if (*s != '.')
			text[n++] = *s;
	text[n] = '\0';
	return text;
}

static const char *said_number(struct composer *c, const struct claim *claim)
{
	const struct printed *p = &claim->printed;
	const char *text;

	if (p->fit != MEASURE_FITS)
		return audit_exact(claim->value.figure.x, c->a);
	if (claim_is_strict(claim))
		return audit_apart(claim->x, p->x, c->a);
	text = audit_number(claim->x, p->decimals, claim_rounding(c, claim), c->a);
	return p->bare ? without_groups(text, c->a) : text;
}

/* The computed figure in the form of what was printed. */
static const char *said_figure(struct composer *c, const struct claim *claim)
{
	struct ratio x = claim->x;
	const char *words;

	switch (claim->printed.as) {
	case PRINTED_NUMBER:
		return said_number(c, claim);
	case PRINTED_ROMAN:
		return x.den == 1 && x.num > 0 && x.num <= UINT_MAX ? roman_text((unsigned)x.num, c->a) : audit_exact(x, c->a);
	case PRINTED_WORDS:
	case PRINTED_NOTHING:
		words = strpbrk(claim->text[PRINTED], "0123456789") ? NULL : words_text(x, 0, c->a);
		return words ? words : audit_exact(x, c->a);
	case PRINTED_SEVERAL:
	case PRINTED_FOREIGN:
	case PRINTED_UNREADABLE:
		return audit_exact(x, c->a);
	}
	return "";
}

static bool compare_number(struct composer *c, struct claim *claim)
{
	struct printed *p = &claim->printed;

	if (p->fit == MEASURE_CONTRADICTS)
		p->scale = ratio_whole(1);
	if (!ratio_div(claim->value.figure.x, p->scale, claim->at[EXPRESSION], &claim->x, c->d))
		return false;
	claim->computed = said_figure(c, claim);
	claim->holds = number_holds(c, claim);
	claim->words_differ = claim->holds && !words_hold(claim);
	claim->holds = claim->holds && !claim->words_differ;
	return true;
}

/* ---- days and texts ---- */

/* A year that is not stated is not compared. */
static bool same_day(struct date a, struct date b)
{
	return a.day == b.day && a.month == b.month && (a.year == b.year || !a.year || !b.year);
}

/* The first day of the text. Returns how many there are. */
static size_t find_days(const char *text, struct date *first)
{
	struct date day;
	size_t end = 0;
	size_t n = 0;

	while (date_find(text, end, &day, &end))
		if (!n++)
			*first = day;
	return n;
}

static void compare_text(struct composer *c, struct claim *claim)
{
	const char *text = claim->value.text ? claim->value.text : "";
	struct date day;
	struct date printed = { 0 };

	claim->computed = text;
	claim->holds = !strcmp(utf8_fold(text, strlen(text), c->a), claim->folded);
	if (!date_read(text, &day))
		return;
	claim->n_day = find_days(claim->folded, &printed);
	claim->holds = claim->holds || (claim->n_day == 1 && same_day(day, printed));
}

bool claim_compare(struct composer *c, struct claim *claim)
{
	claim->known = claim->value.figure.state == FIGURE_OK;
	if (claim->known && claim->value.type == EXPR_NUMBER)
		return compare_number(c, claim);
	if (claim->known)
		compare_text(c, claim);
	else
		claim->computed = number_text(claim->value.figure, (struct number_style){ 0 }, c->a);
	return true;
}

/* ---- two claims ---- */

/* What stands for one step of the last digit; words and Roman numerals are exact. */
static bool step_of(const struct printed *p, struct ratio *step)
{
	struct diags scratch = { .quiet = true };
	struct ratio unit = ratio_whole(1);
	int decimals = p->as == PRINTED_NUMBER ? p->decimals : ratio_decimals(p->x);

	for (int i = 0; i < decimals; i++)
		unit.den *= 10;
	return ratio_mul(unit, p->scale, (struct origin){ 0 }, step, &scratch);
}

/* Rounded to the digits of the coarser one they may be the same: 5,2% and 5%. */
static bool numbers_differ(struct composer *c, const struct claim *one, const struct claim *other)
{
	static const enum rounding all[] = { ROUND_HALF_UP, ROUND_TRUNCATE, ROUND_HALF_EVEN };
	struct diags scratch = { .quiet = true };
	const struct printed *coarse = &one->printed;
	const struct printed *fine = &other->printed;
	struct ratio step[2];
	struct ratio x;

	if (!step_of(coarse, &step[0]) || !step_of(fine, &step[1]))
		return false;
	if (ratio_compare(step[0], step[1]) < 0) {
		coarse = &other->printed;
		fine = &one->printed;
	}
	if (!ratio_mul(fine->x, fine->scale, (struct origin){ 0 }, &x, &scratch)
		|| !ratio_div(x, coarse->scale, (struct origin){ 0 }, &x, &scratch))
		return false;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		int decimals = coarse->as == PRINTED_NUMBER ? coarse->decimals : ratio_decimals(coarse->x);

		if (!strcmp(audit_number(x, decimals, all[i], c->a), audit_number(coarse->x, decimals, ROUND_TRUNCATE, c->a)))
			return false;
	}
	return true;
}

static bool have_numbers(const struct claim *one, const struct claim *other)
{
	return one->relation == RELATION_EQUAL && other->relation == RELATION_EQUAL && expr_type(one->expr) == EXPR_NUMBER
	       && is_number(&one->printed) && is_number(&other->printed) && one->printed.fit != MEASURE_CONTRADICTS
	       && other->printed.fit != MEASURE_CONTRADICTS;
}

bool claims_agree(struct composer *c, const struct claim *one, const struct claim *other)
{
	return have_numbers(one, other) && !numbers_differ(c, one, other);
}

bool claims_differ(struct composer *c, const struct claim *one, const struct claim *other)
{
	struct date day[2] = { { 0 } };

	if (expr_type(one->expr) == EXPR_NUMBER)
		return have_numbers(one, other) && numbers_differ(c, one, other);
	if (find_days(one->folded, &day[0]) == 1 && find_days(other->folded, &day[1]) == 1)
		return !same_day(day[0], day[1]);
	return strcmp(one->folded, other->folded) != 0;
}
