#include "compose/numbertext.h"

#include "base/buf.h"

#include <string.h>

enum { GROUP_DIGITS = 3 };

static int least_digits(struct number_style style)
{
	return style.pad > 1 && !style.decimals ? style.pad : 1;
}

/* Digits in groups of three, at least `least` of them. */
static void put_whole(struct buf *b, const char *digits, size_t n, int least)
{
	size_t width = n < (size_t)least ? (size_t)least : n;

	for (size_t i = 0; i < width; i++) {
		if (i && (width - i) % GROUP_DIGITS == 0)
			buf_putc(b, '.');
		buf_putc(b, i < width - n ? '0' : digits[i - (width - n)]);
	}
}

/* Plain digits with the marks of vi-VN. */
static const char *marked(const char *plain, struct number_style style, struct arena *a)
{
	struct buf b = { 0 };
	const char *digits = plain + (*plain == '-');
	size_t n = strcspn(digits, ".");
	const char *text;

	if (*plain == '-')
		buf_putc(&b, '-');
	put_whole(&b, digits, n, least_digits(style));
	if (digits[n]) {
		buf_putc(&b, ',');
		buf_puts(&b, digits + n + 1);
	}
	text = arena_slice(a, b.text, b.n);
	buf_clear(&b);
	return text;
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
	return marked(ratio_text(figure.x, style.decimals, style.rounding, a), style, a);
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
