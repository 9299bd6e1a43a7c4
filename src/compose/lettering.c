#include "compose/lettering.h"

const char *point_letter(unsigned n, struct arena *a)
{
	static const char *const letters[] = {
		"a",
		"b",
		"c",
		"d",
		"đ",
		"e",
		"g",
		"h",
		"i",
		"k",
		"l",
		"m",
		"n",
		"o",
		"p",
		"q",
		"r",
		"s",
		"t",
		"u",
		"v",
		"x",
		"y",
	};

	if (n >= 1 && n <= sizeof letters / sizeof *letters)
		return letters[n - 1];
	return arena_printf(a, "%u", n);
}

const char *column_letter(unsigned n, struct arena *a)
{
	const char *last = arena_printf(a, "%c", 'A' + (int)((n - 1) % 26));

	return n > 26 ? arena_printf(a, "%s%s", column_letter((n - 1) / 26, a), last) : last;
}
