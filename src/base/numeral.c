#include "base/numeral.h"

#include "base/buf.h"

#include <string.h>

enum { ROMAN_MAX = 3999 };

static const struct {
	unsigned value;
	const char *text;
} digits[] = {
	{ 1000, "M" }, { 900, "CM" }, { 500, "D" }, { 400, "CD" }, { 100, "C" }, { 90, "XC" }, { 50, "L" },
	{ 40, "XL" }, { 10, "X" }, { 9, "IX" }, { 5, "V" }, { 4, "IV" }, { 1, "I" },
};

const char *roman_text(unsigned n, struct arena *a)
{
	struct buf b = { 0 };
	const char *text;

	if (n > ROMAN_MAX || !n)
		return arena_printf(a, "%u", n);
	for (size_t i = 0; i < sizeof digits / sizeof *digits; i++)
		for (; n >= digits[i].value; n -= digits[i].value)
			buf_puts(&b, digits[i].text);
	text = arena_slice(a, b.text, b.n);
	buf_clear(&b);
	return text;
}

unsigned roman_read(const char *s, size_t n, struct arena *a)
{
	unsigned value = 0;
	size_t read = 0;

	for (size_t i = 0; i < sizeof digits / sizeof *digits; i++) {
		size_t length = strlen(digits[i].text);

		for (; n - read >= length && !memcmp(s + read, digits[i].text, length) && value <= ROMAN_MAX; read += length)
			value += digits[i].value;
	}
	return value <= ROMAN_MAX && read == n && !strcmp(roman_text(value, a), arena_slice(a, s, n)) ? value : 0;
}
