#include "base/numeral.h"

#include "base/buf.h"

const char *roman_text(unsigned n, struct arena *a)
{
	static const struct {
		unsigned value;
		const char *text;
	} digits[] = {
		{ 1000, "M" }, { 900, "CM" }, { 500, "D" }, { 400, "CD" }, { 100, "C" }, { 90, "XC" }, { 50, "L" },
		{ 40, "XL" }, { 10, "X" }, { 9, "IX" }, { 5, "V" }, { 4, "IV" }, { 1, "I" },
	};
	struct buf b = { 0 };
	const char *text;

	if (n >= 4000 || !n)
		return arena_printf(a, "%u", n);
	for (size_t i = 0; i < sizeof digits / sizeof *digits; i++)
		for (; n >= digits[i].value; n -= digits[i].value)
			buf_puts(&b, digits[i].text);
	text = arena_slice(a, b.text, b.n);
	buf_clear(&b);
	return text;
}
