#include "compose/numbertext.h"

#include "base/buf.h"
#include "base/marks.h"
#include "base/numeral.h"
#include "base/words.h"

#include <string.h>

enum { GROUP_DIGITS = 3, ROMAN_MAX = 3999 };

static const struct {
	const char *name;
	const char *unit; /* of money, behind the number */
	int64_t scale;	  /* 1: no money */
} forms[] = {
	[FORM_DIGITS] = { "", "", 1 },
	[FORM_WORDS] = { "words", "", 1 },
	[FORM_WORDS_CAPITAL] = { "Words", "", 1 },
	[FORM_ROMAN] = { "roman", "", 1 },
	[FORM_THOUSAND] = { "nghìn", "nghìn đồng", 1000 },
	[FORM_MILLION] = { "triệu", "triệu đồng", 1000000 },
	[FORM_BILLION] = { "tỷ", "tỷ đồng", 1000000000 },
};

enum { N_FORM = sizeof forms / sizeof *forms };

bool number_form_parse(const char *s, size_t n, enum number_form *form)
{
	for (size_t i = FORM_DIGITS + 1; i < N_FORM; i++)
		if (strlen(forms[i].name) == n && !memcmp(forms[i].name, s, n)) {
			*form = (enum number_form)i;
			return true;
		}
	return false;
}

const char *number_form_name(enum number_form form)
{
	return forms[form].name;
}

bool number_form_is_money(enum number_form form)
{
	return forms[form].scale > 1;
}

bool number_form_fits(struct ratio x, enum number_form form)
{
	struct arena scratch = { 0 };
	bool fits = true;

	if (form == FORM_WORDS || form == FORM_WORDS_CAPITAL)
		fits = words_text(x, 0, &scratch);
	else if (form == FORM_ROMAN)
		fits = x.den == 1 && x.num >= 1 && x.num <= ROMAN_MAX;
	arena_clear(&scratch);
	return fits;
}

/* In thousands, millions or billions of đồng. */
static struct ratio scaled(struct ratio x, enum number_form form)
{
	struct diags scratch = { .quiet = true };

	ratio_div(x, ratio_whole(forms[form].scale), (struct origin){ 0 }, &x, &scratch);
	return x;
}

bool number_is_exact(struct ratio x, struct number_style style)
{
	return ratio_decimals(scaled(x, style.form)) <= style.decimals;
}

static int least_digits(struct number_style style)
{
	return style.pad > 1 && !style.decimals ? style.pad : 1;
}

struct number_style number_style_of(struct number_style style, struct figure figure)
{
	if (style.own && figure.state == FIGURE_OK && ratio_decimals(figure.x) < style.decimals)
		style.decimals = ratio_decimals(figure.x);
	return style;
}

static const char *money_text(struct ratio x, struct number_style style, struct arena *a)
{
	style = number_style_of(style, figure_of(x));
	return arena_printf(a, "%s %s", marks_put(ratio_text(x, style.decimals, style.rounding, a), least_digits(style), a), forms[style.form].unit);
}

static const char *form_text(struct ratio x, struct number_style style, struct arena *a)
{
	switch (style.form) {
	case FORM_DIGITS:
		break;
	case FORM_WORDS:
		return words_text(x, 0, a);
	case FORM_WORDS_CAPITAL:
		return words_text(x, WORDS_CAPITAL, a);
	case FORM_ROMAN:
		return roman_text((unsigned)x.num, a);
	case FORM_THOUSAND:
	case FORM_MILLION:
	case FORM_BILLION:
		return money_text(scaled(x, style.form), style, a);
	}
	style = number_style_of(style, figure_of(x));
	return marks_put(ratio_text(x, style.decimals, style.rounding, a), least_digits(style), a);
}

const char *number_text(struct figure figure, struct number_style style, struct arena *a)
{
	switch (figure.state) {
	case FIGURE_MISSING:
		return "";
	case FIGURE_NOT_APPLICABLE:
		return "-";
	case FIGURE_CONFIDENTIAL:
		return "[c]";
	case FIGURE_OK:
		break;
	}
	return form_text(figure.x, style, a);
}

/* The group mark stands even where few digits are asked for: "#,#00" shows 5 as 05 and 1128 as
 * 1,128. */
const char *number_format(struct number_style style, struct arena *a)
{
	struct buf b = { 0 };
	int least = least_digits(style);
	const char *text;

	for (int i = least > GROUP_DIGITS ? least : GROUP_DIGITS + 1; i > 0; i--) {
		buf_putc(&b, i > least ? '#' : '0');
		if (i > 1 && (i - 1) % GROUP_DIGITS == 0)
			buf_putc(&b, ',');
	}
	for (int i = 0; i < style.decimals; i++)
		buf_puts(&b, i ? "0" : ".0");
	text = arena_slice(a, b.text, b.n);
	buf_clear(&b);
	return text;
}
