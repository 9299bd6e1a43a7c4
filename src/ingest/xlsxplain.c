#include "ingest/xlsxplain.h"

#include <string.h>

enum {
	LETTERS_MAX = 3, /* of a column */
	DIGITS_MAX = 7,	 /* of a row, or a style */
};

/* What is behind the text at s, or NULL. */
static inline const char *pass(const char *s, const char *end, const char *text, size_t n)
{
	return (size_t)(end - s) >= n && !memcmp(s, text, n) ? s + n : NULL;
}
#define PASS(s, end, text) pass(s, end, text, sizeof text - 1) /* n is known when it is compiled: that is faster */

/* Up to a quote. */
static const char *take_digits(const char *s, unsigned *number)
{
	const char *start = s;

	for (*number = 0; *s >= '0' && *s <= '9' && s - start < DIGITS_MAX; s++)
		*number = *number * 10 + (unsigned)(*s - '0');
	return s > start && *s == '"' ? s + 1 : NULL;
}

static const char *take_place(const char *s, struct xlsx_plain *c)
{
	const char *start = s;

	for (c->col = 0; *s >= 'A' && *s <= 'Z' && s - start < LETTERS_MAX; s++)
		c->col = c->col * 26 + (unsigned)(*s - 'A') + 1;
	return s > start ? take_digits(s, &c->row) : NULL;
}

static bool is_of_number(char c)
{
	return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == 'E' || c == 'e';
}

static const char *take_value(const char *s, const char *end, struct xlsx_plain *c)
{
	c->value = s;
	while (is_of_number(*s))
		s++;
	c->n_value = (size_t)(s - c->value);
	return PASS(s, end, "</v></c>");
}

const char *xlsx_plain_take(const char *s, const char *end, struct xlsx_plain *c)
{
	const char *behind;

	s = PASS(s, end, "<c r=\"");
	s = s ? take_place(s, c) : NULL;
	if (!s)
		return NULL;
	c->style = 0;
	c->n_value = 0;
	behind = PASS(s, end, " s=\"");
	if (behind && !(s = take_digits(behind, &c->style)))
		return NULL;
	behind = PASS(s, end, " t=\"s\"");
	c->is_shared = behind;
	s = behind ? behind : s;
	behind = PASS(s, end, "><v>");
	return behind ? take_value(behind, end, c) : PASS(s, end, "/>");
}
