/* numbertext: a figure as print shows it (vi-VN) and, beside it, the number format that shows the
 * same in a workbook. */
#ifndef COMPOSE_NUMBERTEXT_H
#define COMPOSE_NUMBERTEXT_H

#include "base/figure.h"

enum number_form {
	FORM_DIGITS,
	FORM_WORDS,	    /* "chín mươi"; not rounded */
	FORM_WORDS_CAPITAL, /* "Chín mươi" */
	FORM_ROMAN,	    /* "IV" */
	FORM_THOUSAND,	    /* of đồng: "315.000 nghìn đồng" */
	FORM_MILLION,	    /* "315 triệu đồng" */
	FORM_BILLION,	    /* "0,3 tỷ đồng" */
};

struct number_style {
	int decimals;
	int pad; /* least digits of whole numbers */
	enum rounding rounding;
	enum number_form form;
	bool own; /* as many decimals as the figure has, at most `decimals` */
};

/* The style with the decimals that the figure is shown with. */
struct number_style number_style_of(struct number_style, struct figure);

/* "2.737", "05", "25,28", "-" for not applicable, "" for missing, "[c]" for confidential. */
const char *number_text(struct figure, struct number_style, struct arena *);

/* "words", "Words", "roman", "nghìn", "triệu", "tỷ"; false for any other word. */
bool number_form_parse(const char *s, size_t n, enum number_form *);
const char *number_form_name(enum number_form); /* the same word; "" for digits */
bool number_form_is_money(enum number_form);
/* Whether the form can say the number: words need an end of its decimals, Roman numerals a whole number from 1 to 3999. */
bool number_form_fits(struct ratio, enum number_form);
/* Whether the style shows it as it is, without rounding. */
bool number_is_exact(struct ratio, struct number_style);

/* "#,##0", "#,#00" for pad 2, "#,##0.00": the same digits in a spreadsheet program. */
const char *number_format(struct number_style, struct arena *);

#endif
