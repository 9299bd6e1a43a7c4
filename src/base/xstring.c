#include "base/xstring.h"

#include "base/buf.h"

#include <string.h>

static const char underscore[] = "_x005F_";

static bool is_escape(const char *s)
{
	uint32_t code;

	return xstring_begins(s, strnlen(s, XSTRING_LENGTH), &code);
}

bool xstring_begins(const char *s, size_t n, uint32_t *code)
{
	static const char digits[] = "0123456789ABCDEF0123456789abcdef";

	*code = 0;
	if (n < XSTRING_LENGTH || s[0] != '_' || s[1] != 'x' || s[6] != '_')
		return false;
	for (size_t i = 2; i < 6; i++) {
		const char *digit = s[i] ? strchr(digits, s[i]) : NULL;

		if (!digit)
			return false;
		*code = *code * 16 + (uint32_t)(digit - digits) % 16;
	}
	return true;
}

/* Escapes may share an underscore: each one that begins one is written as one. */
const char *xstring_escape(const char *text, struct arena *a)
{
	struct buf b = { 0 };
	const char *escaped;

	if (!strstr(text, "_x"))
		return text;
	for (const char *s = text; *s; s++)
		if (*s == '_' && is_escape(s))
			buf_puts(&b, underscore);
		else
			buf_putc(&b, *s);
	escaped = arena_slice(a, b.text, b.n);
	buf_clear(&b);
	return escaped;
}
