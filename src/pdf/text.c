#include "pdf/object.h"

#include "base/utf8.h"

#include <string.h>

enum { FIRST_HIGH = 0x80, LAST_HIGH = 0xA0, FIRST_LOW = 0x18, UNDEFINED = 0xFFFF };

/* PDFDocEncoding where it is not Latin-1 (ISO 32000-2, annex D.2). */
static const uint16_t low_codes[] = { 0x02D8, 0x02C7, 0x02C6, 0x02D9, 0x02DD, 0x02DB, 0x02DA, 0x02DC };
static const uint16_t high_codes[] = {
	0x2022, 0x2020, 0x2021, 0x2026, 0x2014, 0x2013, 0x0192, 0x2044, 0x2039, 0x203A, 0x2212, 0x2030, 0x201E, 0x201C, 0x201D, 0x2018,
	0x2019, 0x201A, 0x2122, 0xFB01, 0xFB02, 0x0141, 0x0152, 0x0160, 0x0178, 0x017D, 0x0131, 0x0142, 0x0153, 0x0161, 0x017E, UNDEFINED,
	0x20AC,
};

static bool is_plain(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((s[i] < ' ' && s[i] != '\n' && s[i] != '\t') || s[i] > '~')
			return false;
	return true;
}

static size_t put_unit(char *s, uint32_t unit)
{
	s[0] = (char)(unit >> 8);
	s[1] = (char)(unit & 0xFF);
	return 2;
}

struct pdf_object pdf_text(const char *utf8, struct arena *arena)
{
	size_t n = strlen(utf8), made = 2;
	char *s;

	if (is_plain(utf8, n))
		return pdf_string(arena_slice(arena, utf8, n), n);
	s = ARENA_ARRAY(arena, 2 + 2 * n, char);
	put_unit(s, 0xFEFF);
	for (size_t i = 0; i < n;) {
		uint32_t code;
		size_t k = utf8_decode(utf8 + i, n - i, &code);

		if (!k) { /* as the contract says, this does not happen */
			code = 0xFFFD;
			k = 1;
		}
		if (code >= 0x10000) {
			made += put_unit(s + made, 0xD800 + ((code - 0x10000) >> 10));
			code = 0xDC00 + ((code - 0x10000) & 0x3FF);
		}
		made += put_unit(s + made, code);
		i += k;
	}
	return pdf_hex(s, made);
}

static unsigned unit_at(const char *s)
{
	return (unsigned)(unsigned char)s[0] << 8 | (unsigned char)s[1];
}

/* Bytes of UTF-16BE that the character at s has (n are there), or 0. */
static size_t take_utf16(const char *s, size_t n, uint32_t *code)
{
	unsigned first = n >= 2 ? unit_at(s) : 0xDC00, second = n >= 4 ? unit_at(s + 2) : 0;

	*code = first;
	if (first < 0xD800 || first > 0xDFFF)
		return 2;
	if (first >= 0xDC00 || second < 0xDC00 || second > 0xDFFF)
		return 0;
	*code = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
	return 4;
}

static size_t take_doc(const char *s, size_t n, uint32_t *code)
{
	unsigned c = (unsigned char)*s;

	(void)n;
	*code = c;
	if (c >= FIRST_LOW && c < ' ')
		*code = low_codes[c - FIRST_LOW];
	else if (c >= FIRST_HIGH && c <= LAST_HIGH)
		*code = high_codes[c - FIRST_HIGH];
	return *code != UNDEFINED && c != 127;
}

static const char *convert(const char *s, size_t n, size_t (*take)(const char *, size_t, uint32_t *), struct arena *arena)
{
	char *text = ARENA_ARRAY(arena, n * 3 + 1, char);
	size_t made = 0;

	for (size_t i = 0; i < n;) {
		uint32_t code;
		size_t k = take(s + i, n - i, &code);

		if (!k || !code)
			return NULL;
		made += utf8_encode(code, text + made);
		i += k;
	}
	return text;
}

const char *pdf_text_utf8(const struct pdf_object *o, struct arena *arena)
{
	size_t bad;

	if (o->kind != PDF_STRING)
		return NULL;
	if (o->n >= 2 && memcmp(o->text, "\xFE\xFF", 2) == 0)
		return convert(o->text + 2, o->n - 2, take_utf16, arena);
	if (o->n < 3 || memcmp(o->text, "\xEF\xBB\xBF", 3) != 0)
		return convert(o->text, o->n, take_doc, arena);
	if (!utf8_valid(o->text + 3, o->n - 3, &bad) || memchr(o->text + 3, 0, o->n - 3))
		return NULL;
	return arena_slice(arena, o->text + 3, o->n - 3);
}
