#include "compose/lettering.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <string.h>
#include <utf8proc.h>

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

static void put_code(struct buf *b, uint32_t code)
{
	char out[4];

	buf_put(b, out, utf8_encode(code, out));
}

const char *upper_text(const char *s, struct arena *a)
{
	struct buf b = { 0 };
	size_t left = strlen(s);
	const char *text;

	while (left) {
		uint32_t code;
		size_t n = utf8_decode(s, left, &code);

		if (!n)
			break;
		put_code(&b, (uint32_t)utf8proc_toupper((utf8proc_int32_t)code));
		s += n;
		left -= n;
	}
	text = arena_slice(a, b.text ? b.text : "", b.n);
	buf_clear(&b);
	return text;
}

static bool is_lower(uint32_t code)
{
	return utf8proc_toupper((utf8proc_int32_t)code) != (utf8proc_int32_t)code;
}

const char *lower_first_text(const char *s, struct arena *a)
{
	uint32_t first;
	uint32_t second;
	size_t n = utf8_decode(s, strlen(s), &first);
	char out[4];

	if (!n || !utf8_decode(s + n, strlen(s + n), &second) || !is_lower(second))
		return arena_text(a, s);
	return arena_printf(a, "%.*s%s",
		(int)utf8_encode((uint32_t)utf8proc_tolower((utf8proc_int32_t)first), out), out,
		s + n);
}
