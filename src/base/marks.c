#include "base/marks.h"

#include "base/buf.h"

#include <string.h>

enum { GROUP_DIGITS = 3 };

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

const char *marks_put(const char *plain, int least, struct arena *a)
{
	struct buf b = { 0 };
	const char *digits = plain + (*plain == '-');
	size_t n = strcspn(digits, ".");
	const char *text;

	if (*plain == '-')
		buf_putc(&b, '-');
	put_whole(&b, digits, n, least);
	if (digits[n]) {
		buf_putc(&b, ',');
		buf_puts(&b, digits + n + 1);
	}
	text = arena_slice(a, b.text, b.n);
	buf_clear(&b);
	return text;
}

const char *marks_exact(struct ratio x, struct arena *a)
{
	const char *exact = ratio_exact(x, a);
	const char *over = strchr(exact, '/');

	if (!over)
		return marks_put(exact, 1, a);
	return arena_printf(a, "%s/%s", marks_put(arena_slice(a, exact, (size_t)(over - exact)), 1, a), marks_put(over + 1, 1, a));
}
