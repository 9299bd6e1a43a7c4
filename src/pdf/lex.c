#include "pdf/lex.h"

#include "pdf/limits.h"

#include <string.h>

#define W LEX_WHITE
#define D LEX_DELIMITER
#define N (LEX_DIGIT | LEX_NUMBER)

const uint8_t lex_class[256] = {
	[0] = W, ['\t'] = W, ['\n'] = W, ['\f'] = W, ['\r'] = W, [' '] = W,
	['('] = D, [')'] = D, ['<'] = D, ['>'] = D, ['['] = D, [']'] = D, ['{'] = D, ['}'] = D, ['/'] = D, ['%'] = D,
	['0'] = N, ['1'] = N, ['2'] = N, ['3'] = N, ['4'] = N, ['5'] = N, ['6'] = N, ['7'] = N, ['8'] = N, ['9'] = N,
	['+'] = LEX_NUMBER, ['-'] = LEX_NUMBER, ['.'] = LEX_NUMBER,
};

/* The bytes at a place, for a message. */
static const char *found(const struct lex *l, size_t at, struct arena *a)
{
	char shown[20];
	size_t n = 0;

	if (at >= l->n)
		return diag_say(l->diags, "the end");
	while (n < sizeof shown - 1 && at + n < l->n && l->text[at + n] != '\n' && l->text[at + n] != '\r') {
		char c = l->text[at + n];

		shown[n++] = c >= ' ' && c < 127 ? c : '?';
	}
	return n ? arena_printf(a, "'%.*s'", (int)n, shown) : diag_say(l->diags, "a line end");
}

bool lex_damaged(const struct lex *l, size_t at, const char *expected)
{
	struct arena a = { 0 };
	struct origin origin = { .file = l->shown };

	if (l->stream)
		diag_error(l->diags, origin, "pdf",
			"byte %zu of what the object stream %u holds: expected %s, found %s; the file is not repaired, since that would break signatures: get it again from where it came, or have it made anew",
			at, (unsigned)l->stream, expected, found(l, at, &a));
	else if (l->is_content)
		diag_error(l->diags, origin, "pdf",
			"byte %zu of a content stream: expected %s, found %s; have the PDF made anew by a program that keeps to the rules",
			at, expected, found(l, at, &a));
	else
		diag_error(l->diags, origin, "pdf",
			"byte %zu of the PDF: expected %s, found %s; the file is not repaired, since that would break signatures: get it again from where it came, or have it made anew",
			at, expected, found(l, at, &a));
	arena_clear(&a);
	return false;
}

bool lex_limit(const struct lex *l, size_t at, const char *what, size_t max)
{
	return diag_error(l->diags, (struct origin){ .file = l->shown }, "limit",
		"byte %zu of the PDF: more than %zu %s; such a file is not read: have it made smaller, or in parts", at, max, what);
}

static bool wrong(const struct lex *l, size_t at, const char *expected)
{
	return lex_damaged(l, at, diag_say(l->diags, expected));
}

static void plain_space(struct lex *l)
{
	while (l->at < l->n && lex_class[(unsigned char)l->text[l->at]] & LEX_WHITE && l->text[l->at] && l->text[l->at] != '\f')
		l->at++;
}

void lex_space(struct lex *l)
{
	const char *s = l->text;
	size_t at = l->at, n = l->n;

	if (l->is_plain) {
		plain_space(l);
		return;
	}
	for (; at < n; at++) {
		if (s[at] == '%')
			while (at < n && s[at] != '\n' && s[at] != '\r')
				at++;
		else if (!(lex_class[(unsigned char)s[at]] & LEX_WHITE))
			break;
	}
	l->at = at < n ? at : n;
}

bool lex_has(const struct lex *l, size_t at, const char *word)
{
	size_t n = strlen(word);

	return at <= l->n && l->n - at >= n && memcmp(l->text + at, word, n) == 0;
}

bool lex_word(struct lex *l, const char *word)
{
	size_t n = strlen(word);

	if (!lex_has(l, l->at, word) || !(lex_class_at(l, l->at + n) & (LEX_WHITE | LEX_DELIMITER)))
		return false;
	l->at += n;
	return true;
}

bool lex_line_end(struct lex *l)
{
	size_t from = l->at;

	if (lex_has(l, l->at, "\r"))
		l->at++;
	if (lex_has(l, l->at, "\n"))
		l->at++;
	return l->at > from;
}

bool lex_digits(struct lex *l, uint64_t max, uint64_t *value)
{
	size_t from = l->at;
	uint64_t v = 0;

	while (lex_class_at(l, l->at) & LEX_DIGIT) {
		v = v * 10 + (uint64_t)(l->text[l->at] - '0');
		if (v > max)
			return false;
		l->at++;
	}
	*value = v;
	return l->at > from;
}

enum { WHOLE_DIGITS = 12, INTEGER_DIGITS = 18, FRACTION_DIGITS = 6 }; /* what int64_t and millionths can hold */

/* Digits behind the point, as millionths. */
static int64_t fraction(const char *s, size_t n)
{
	int64_t v = 0;

	for (size_t i = 0; i < FRACTION_DIGITS; i++)
		v = v * 10 + (i < n ? s[i] - '0' : 0);
	return v;
}

/* Digits from at on, added to *v where they fit. Returns where they end. */
static size_t take_digits(const struct lex *l, size_t at, int64_t *v)
{
	size_t fits = at + INTEGER_DIGITS;

	for (; at < l->n && lex_class[(unsigned char)l->text[at]] & LEX_DIGIT; at++)
		if (at < fits)
			*v = *v * 10 + (l->text[at] - '0');
	return at;
}

/* What tells an integer from another one of the same value. At most INTEGER_DIGITS zeros. */
static uint16_t how_written(const char *s, const char *digits, size_t n)
{
	size_t zeros = 0;

	while (zeros + 1 < n && digits[zeros] == '0')
		zeros++;
	return (uint16_t)(zeros | (*s == '+' ? PDF_PLUS : 0) | (*s == '-' && zeros + 1 == n && digits[zeros] == '0' ? PDF_MINUS_ZERO : 0));
}

bool lex_number(struct lex *l, struct pdf_object *o)
{
	size_t from = l->at, first = from + (l->text[from] == '-' || l->text[from] == '+'), point, at;
	int64_t v = 0, ignored = 0;
	bool is_real;

	point = at = take_digits(l, first, &v);
	is_real = at < l->n && l->text[at] == '.';
	if (is_real)
		at = take_digits(l, point + 1, &ignored);
	if (at - first == is_real || !(lex_class_at(l, at) & (LEX_WHITE | LEX_DELIMITER)))
		return wrong(l, from, "a number");
	if (point - first > (is_real ? WHOLE_DIGITS : INTEGER_DIGITS) || at - from > PDF_NAME_MAX)
		return wrong(l, from, "a number of at most 12 digits before the point");
	*o = (struct pdf_object){ .kind = PDF_INTEGER, .from = (uint32_t)from, .to = (uint32_t)at };
	if (is_real) {
		v = v * 1000000 + fraction(l->text + point + 1, at - point - 1);
		o->kind = PDF_REAL;
		o->n = (uint32_t)(at - from);
		o->text = l->text + from;
	} else {
		o->extra = how_written(l->text + from, l->text + first, at - first);
	}
	o->number = l->text[from] == '-' ? -v : v;
	l->at = at;
	return true;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* A name with #xx. */
static bool decode_name(struct lex *l, size_t from, size_t to, struct pdf_object *o)
{
	char *text = ARENA_ARRAY(l->arena, to - from, char);
	size_t n = 0;

	for (size_t i = from; i < to; i++) {
		int high, low;

		if (l->text[i] != '#') {
			text[n++] = l->text[i];
			continue;
		}
		high = i + 2 < to ? hex_digit(l->text[i + 1]) : -1;
		low = i + 2 < to ? hex_digit(l->text[i + 2]) : -1;
		if (high < 0 || low < 0 || high + low == 0)
			return wrong(l, i, "'#' and the two hexadecimal digits of a byte that is not 0");
		text[n++] = (char)(high * 16 + low);
		i += 2;
	}
	o->text = text;
	o->n = (uint32_t)n;
	return true;
}

bool lex_name(struct lex *l, struct pdf_object *o)
{
	size_t from = l->at, at = from + 1;
	bool has_hash = false;

	for (; !(lex_class_at(l, at) & (LEX_WHITE | LEX_DELIMITER)); at++)
		has_hash |= l->text[at] == '#';
	*o = (struct pdf_object){ .kind = PDF_NAME, .from = (uint32_t)from, .to = (uint32_t)at, .n = (uint32_t)(at - from - 1),
		.text = l->text + from + 1 };
	if (has_hash && !decode_name(l, from + 1, at, o))
		return false;
	if (o->n > PDF_NAME_MAX)
		return lex_limit(l, from, diag_say(l->diags, "bytes of a name"), PDF_NAME_MAX);
	l->at = at;
	return true;
}

static const char escapes[256] = {
	['n'] = '\n', ['r'] = '\r', ['t'] = '\t', ['b'] = '\b', ['f'] = '\f', ['('] = '(', [')'] = ')', ['\\'] = '\\',
};

/* What stands behind the backslash at s[i]: puts at most one byte, returns how many were read. */
static size_t decode_escape(const char *s, size_t i, size_t to, char *text, size_t *n)
{
	char c = i < to ? s[i] : '\0';
	size_t from = i;
	unsigned v = 0;

	if (escapes[(unsigned char)c]) {
		text[(*n)++] = escapes[(unsigned char)c];
		return 1;
	}
	if (c == '\r')
		return i + 1 < to && s[i + 1] == '\n' ? 2 : 1;
	if (c == '\n')
		return 1;
	for (; i < to && i < from + 3 && s[i] >= '0' && s[i] <= '7'; i++)
		v = v * 8 + (unsigned)(s[i] - '0');
	if (i > from)
		text[(*n)++] = (char)(v & 0xFF);
	return i - from; /* 0: the backslash alone is ignored */
}

static void decode_literal(struct lex *l, size_t from, size_t to, struct pdf_object *o)
{
	char *text = ARENA_ARRAY(l->arena, to - from, char);
	const char *s = l->text;
	size_t n = 0;

	for (size_t i = from; i < to; i++) {
		if (s[i] == '\\') {
			i += decode_escape(s, i + 1, to, text, &n);
		} else if (s[i] == '\r') {
			text[n++] = '\n';
			i += i + 1 < to && s[i + 1] == '\n';
		} else {
			text[n++] = s[i];
		}
	}
	o->text = text;
	o->n = (uint32_t)n;
}

static bool check_string(const struct lex *l, size_t from, const struct pdf_object *o)
{
	return o->n <= PDF_STRING_MAX || lex_limit(l, from, diag_say(l->diags, "bytes of a string"), PDF_STRING_MAX);
}

bool lex_literal(struct lex *l, struct pdf_object *o)
{
	size_t from = l->at, at = from + 1, depth = 1;
	bool is_plain = true;

	for (; at < l->n && depth; at++) {
		char c = l->text[at];

		if (c == '\\')
			at++;
		depth += c == '(';
		depth -= c == ')';
		is_plain &= c != '\\' && c != '\r';
	}
	if (depth || at > l->n)
		return wrong(l, from, "a string that ends with ')'");
	*o = (struct pdf_object){ .kind = PDF_STRING, .from = (uint32_t)from, .to = (uint32_t)at, .n = (uint32_t)(at - from - 2),
		.text = l->text + from + 1 };
	if (!is_plain)
		decode_literal(l, from + 1, at - 1, o);
	l->at = at;
	return check_string(l, from, o);
}

bool lex_hex(struct lex *l, struct pdf_object *o)
{
	size_t from = l->at, n = 0;
	const char *end = memchr(l->text + from, '>', l->n - from);
	size_t to = end ? (size_t)(end - l->text) : 0;
	char *text;

	if (!end)
		return wrong(l, from, "a string that ends with '>'");
	text = ARENA_ARRAY(l->arena, (to - from) / 2 + 1, char);
	for (size_t i = from + 1; i < to; i++) {
		int v = hex_digit(l->text[i]);

		if (v < 0 && lex_class_at(l, i) & LEX_WHITE)
			continue;
		if (v < 0)
			return wrong(l, i, "a hexadecimal digit");
		text[n / 2] = (char)(n % 2 ? text[n / 2] | v : v << 4);
		n++;
	}
	*o = (struct pdf_object){ .kind = PDF_STRING, .hex = true, .from = (uint32_t)from, .to = (uint32_t)to + 1,
		.n = (uint32_t)((n + 1) / 2), .extra = (uint16_t)(n % 2), .text = text };
	l->at = to + 1;
	return check_string(l, from, o);
}
