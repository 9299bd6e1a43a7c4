/* Names of glyphs in /Differences, as far as they can be told: uniXXXX, and letters with their marks as the Adobe Glyph List spells
 * them (Uhorndotbelow). What is named otherwise is not known here.
 *
 * Source: ISO 19005-2, 6.2.11.6; Adobe Glyph List */
#include "base/utf8.h"
#include "pdf/linting.h"

#include <string.h>

enum { MARKS_MAX = 2, NAME_MAX_GLYPH = 32, UNI_DIGITS = 4 };

static const struct {
	const char *name;
	uint32_t mark;
} marks[] = {
	{ "grave", 0x300 }, { "acute", 0x301 }, { "circumflex", 0x302 }, { "tilde", 0x303 }, { "breve", 0x306 }, { "dieresis", 0x308 },
	{ "hookabove", 0x309 }, { "ring", 0x30A }, { "caron", 0x30C }, { "horn", 0x31B }, { "dotbelow", 0x323 }, { "cedilla", 0x327 },
};

static uint32_t read_uni(const char *s, size_t n)
{
	uint32_t code = 0;

	if (n != 3 + UNI_DIGITS || memcmp(s, "uni", 3) != 0)
		return 0;
	for (size_t i = 3; i < n; i++) {
		const char *digit = strchr("0123456789ABCDEF", s[i]);

		if (!digit || !s[i])
			return 0;
		code = code * 16 + (uint32_t)(digit - "0123456789ABCDEF");
	}
	return code;
}

/* The bytes of the mark that the text begins with; 0: none. */
static size_t read_mark(const char *s, size_t n, uint32_t *mark)
{
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		size_t length = strlen(marks[i].name);

		if (length <= n && memcmp(s, marks[i].name, length) == 0) {
			*mark = marks[i].mark;
			return length;
		}
	}
	return 0;
}

static uint32_t read_letter(const char *s, size_t n, struct arena *a)
{
	char text[1 + MARKS_MAX * 4];
	size_t length = 1;
	uint32_t mark = 0;
	uint32_t code = 0;
	const char *whole;
	size_t step;

	if (!n || !((s[0] >= 'a' && s[0] <= 'z') || (s[0] >= 'A' && s[0] <= 'Z')))
		return 0;
	text[0] = s[0];
	for (size_t i = 1, k = 0; i < n; i += step, k++) {
		step = k < MARKS_MAX ? read_mark(s + i, n - i, &mark) : 0;
		if (!step)
			return 0;
		length += utf8_encode(mark, text + length);
	}
	whole = utf8_nfc(text, length, a);
	return utf8_decode(whole, strlen(whole), &code) == strlen(whole) ? code : 0;
}

uint32_t lint_glyph_character(const struct pdf_object *name, struct arena *a)
{
	uint32_t code;

	if (name->kind != PDF_NAME || name->n > NAME_MAX_GLYPH)
		return 0;
	if (pdf_name_is(name, "dcroat") || pdf_name_is(name, "Dcroat"))
		return name->text[0] == 'd' ? 0x111 : 0x110;
	if (pdf_name_is(name, "space"))
		return ' ';
	code = read_uni(name->text, name->n);
	return code ? code : read_letter(name->text, name->n, a);
}
