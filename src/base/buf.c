#include "base/buf.h"

#include "base/arena.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BUF_FIRST_CAP = 256 };

static void buf_grow(struct buf *b, size_t more)
{
	size_t need;

	if (__builtin_add_overflow(b->n, more, &need) || need > SIZE_MAX / 4)
		need = SIZE_MAX; /* memory_resize says so and exits */
	else
		need++;
	if (need < SIZE_MAX) {
		if (need < b->cap * 2)
			need = b->cap * 2;
		if (need < BUF_FIRST_CAP)
			need = BUF_FIRST_CAP;
	}
	b->text = memory_resize(b->text, need, 1);
	b->cap = need;
}

/* For so many bytes and the zero behind them. */
static inline void buf_reserve(struct buf *b, size_t more)
{
	if (more >= b->cap - b->n)
		buf_grow(b, more);
}

void buf_put(struct buf *b, const char *s, size_t n)
{
	buf_reserve(b, n);
	if (n)
		memcpy(b->text + b->n, s, n);
	b->n += n;
	b->text[b->n] = '\0';
}

char *buf_room(struct buf *b, size_t n)
{
	buf_reserve(b, n);
	return b->text + b->n;
}

void buf_puts(struct buf *b, const char *s)
{
	buf_put(b, s, strlen(s));
}

void buf_unsigned(struct buf *b, size_t x)
{
	char digits[3 * sizeof x];
	size_t n = sizeof digits;

	do
		digits[--n] = (char)('0' + x % 10);
	while (x /= 10);
	buf_put(b, digits + n, sizeof digits - n);
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list args;
	va_list again;
	int n;

	va_start(args, fmt);
	va_copy(again, args);
	n = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	if (n < 0)
		n = 0;
	buf_reserve(b, (size_t)n);
	if (vsnprintf(b->text + b->n, (size_t)n + 1, fmt, again) >= 0)
		b->n += (size_t)n;
	b->text[b->n] = '\0';
	va_end(again);
}

/* The escape of an ASCII character in a JSON string, or NULL where it stands for itself. */
static const char *json_escape(unsigned char c, char out[8])
{
	switch (c) {
	case '"':
		return "\\\"";
	case '\\':
		return "\\\\";
	case '\n':
		return "\\n";
	case '\r':
		return "\\r";
	case '\t':
		return "\\t";
	default:
		break;
	}
	if (c >= 0x20 && c != 0x7f)
		return NULL;
	snprintf(out, 8, "\\u%04x", c);
	return out;
}

/* Bytes that stand for themselves, up to the first that does not. */
static size_t json_plain(const char *s, size_t n)
{
	size_t i = 0;

	while (i < n && (unsigned char)s[i] >= 0x20 && (unsigned char)s[i] < 0x7f && s[i] != '"' && s[i] != '\\')
		i++;
	return i;
}

void buf_json_part(struct buf *b, const char *s, size_t left)
{
	while (left) {
		char out[8];
		uint32_t code = 0;
		size_t n = json_plain(s, left);
		const char *escape;

		if (n) {
			buf_put(b, s, n);
			s += n;
			left -= n;
			continue;
		}
		n = utf8_decode(s, left, &code);
		escape = n == 1 ? json_escape((unsigned char)*s, out) : NULL;
		if (!n)
			buf_puts(b, "\xEF\xBF\xBD"); /* no UTF-8: the replacement character */
		else if (escape)
			buf_puts(b, escape);
		else
			buf_put(b, s, n);
		s += n ? n : 1;
		left -= n ? n : 1;
	}
}

void buf_json(struct buf *b, const char *s)
{
	if (!s) {
		buf_puts(b, "null");
		return;
	}
	buf_putc(b, '"');
	buf_json_part(b, s, strlen(s));
	buf_putc(b, '"');
}

void buf_clear(struct buf *b)
{
	free(b->text);
	*b = (struct buf){ 0 };
}
