#include "base/plainparts.h"

#include "base/utf8.h"

#include <string.h>
#include <strings.h>

static void advance_byte(struct markup_place *at, char c)
{
	if (c == '\n') {
		at->row++;
		at->col = 1;
	} else if (((unsigned char)c & 0xC0) != 0x80) {
		at->col++;
	}
}

/* Characters and lines of bytes that are valid UTF-8. */
void plain_advance(struct markup_place *at, const char *s, size_t n)
{
	const char *end = s + n;

	at->offset += n;
	while (s < end) {
		size_t k = end - s < WORD ? (size_t)(end - s) : WORD;
		uint64_t word = word_at(s);

		if (((word & highs) | has_byte(word, '\n')) << 8 * (WORD - k)) { /* only of the k first */
			for (size_t i = 0; i < k; i++)
				advance_byte(at, s[i]);
		} else {
			at->col += (unsigned)k;
		}
		s += k;
	}
}

/* ---- texts and values ---- */

/* The character that "&...;" stands for; 0 if it is left to libxml2. */
static uint32_t reference(const char *s, const char *end, const char **behind)
{
	static const struct {
		const char *name;
		char c;
	} named[] = { { "amp;", '&' }, { "lt;", '<' }, { "gt;", '>' }, { "quot;", '"' }, { "apos;", '\'' } };
	uint32_t code = 0;
	unsigned base = 10;
	size_t n_digit = 0;

	s++;
	for (size_t i = 0; i < sizeof named / sizeof *named; i++)
		if ((size_t)(end - s) >= strlen(named[i].name) && !memcmp(s, named[i].name, strlen(named[i].name))) {
			*behind = s + strlen(named[i].name);
			return (unsigned char)named[i].c;
		}
	if (s == end || *s++ != '#')
		return 0;
	if (s < end && *s == 'x') {
		base = 16;
		s++;
	}
	for (; s < end && *s != ';' && n_digit < DIGITS_MAX; s++, n_digit++) {
		unsigned digit = *s >= '0' && *s <= '9'			? (unsigned)(*s - '0')
				 : base == 16 && *s >= 'a' && *s <= 'f' ? (unsigned)(*s - 'a') + 10
				 : base == 16 && *s >= 'A' && *s <= 'F' ? (unsigned)(*s - 'A') + 10
									: base;

		if (digit == base)
			return 0;
		code = code * base + digit;
	}
	if (s == end || *s != ';' || !n_digit || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000) || code == 0xFFFE
		|| code == 0xFFFF || (code < ' ' && code != '\t' && code != '\n' && code != '\r'))
		return 0;
	*behind = s + 1;
	return code;
}

/* Whether text with odd bytes is plain all the same. */
bool plain_is_fine(struct slice text, bool in_value)
{
	const char *end = text.s + text.n;
	size_t bad;

	if (!utf8_valid(text.s, text.n, &bad))
		return false;
	for (const char *s = text.s; s < end;) {
		const char *next = s + 1;

		if (*s == '&' && !reference(s, end, &next))
			return false;
		if (*s == '\r' && (in_value || next == end || *next != '\n'))
			return false;
		if ((unsigned char)*s < ' ' && *s != '\t' && *s != '\n' && *s != '\r')
			return false;
		if (*s == '<' || (!in_value && end - s >= 3 && !memcmp(s, "]]>", 3)))
			return false;
		if (end - s >= 3 && (!memcmp(s, "\xEF\xBF\xBE", 3) || !memcmp(s, "\xEF\xBF\xBF", 3)))
			return false;
		s = next;
	}
	return true;
}

/* In place; what comes out is never longer. */
size_t plain_decode(struct slice text, bool in_value)
{
	const char *end = text.s + text.n;
	char *out = text.s;

	for (const char *s = text.s; s < end;) {
		if (*s == '&') {
			char bytes[4];
			size_t n = utf8_encode(reference(s, end, &s), bytes);

			memcpy(out, bytes, n);
			out += n;
		} else if (*s == '\r') {
			s++; /* the '\n' behind it stays */
		} else {
			bool space = in_value && (*s == '\t' || *s == '\n');

			*out++ = space ? ' ' : *s;
			s++;
		}
	}
	return (size_t)(out - text.s);
}

/* ---- before the root ---- */

/* Behind the text where it stands at *at. */
static bool pass_text(char **at, const char *end, const char *text)
{
	size_t n = strlen(text);

	if ((size_t)(end - *at) < n || memcmp(*at, text, n) != 0)
		return false;
	*at += n;
	return true;
}

/* The XML declaration as nearly all programs write it. */
static bool pass_declaration(char **at, const char *end)
{
	char *s = *at;

	if (!pass_text(&s, end, "<?xml version=\"1.0\"") && !pass_text(&s, end, "<?xml version='1.0'"))
		return false;
	if (!pass_text(&s, end, " encoding=\"UTF-8\"") && !pass_text(&s, end, " encoding=\"utf-8\""))
		pass_text(&s, end, " encoding='UTF-8'");
	if (!pass_text(&s, end, " standalone=\"yes\""))
		pass_text(&s, end, " standalone=\"no\"");
	if (!pass_text(&s, end, "?>"))
		return false;
	*at = s;
	return true;
}

/* A comment or an instruction. */
static bool pass_other(const struct plain *p, char **at, const char *end)
{
	char *s = *at;
	bool comment = pass_text(&s, end, "<!--");

	if (!comment) {
		char *name = s + strlen("<?");

		if ((*at)[1] != '?' || end - name < 4 || !(classes(p, name) & IS_START) || !strncasecmp(name, "xml", 3))
			return false;
		s = pass_name(p, name, end);
		if (s == end || (*s != '?' && !(classes(p, s) & IS_SPACE)))
			return false;
	}
	while (s < end && *s != (comment ? '-' : '?')) {
		if (classes(p, s++) & ODD_IN_TEXT)
			return false;
	}
	if (!pass_text(&s, end, comment ? "-->" : "?>"))
		return false;
	*at = s;
	return true;
}

/* The '<' of the root, or NULL where it has not come yet, or what is before it is left to libxml2. */
char *plain_find_root(const struct plain *p, char *s, const char *end)
{
	pass_declaration(&s, end);
	for (;;) {
		s = pass_space(p, s, end);
		if (end - s < 2 || *s != '<')
			return NULL;
		if (s[1] != '?' && s[1] != '!')
			return s;
		if (!pass_other(p, &s, end))
			return NULL;
	}
}
