#include "base/utf8.h"

#include "base/buf.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum {
	GRAVE = 0x300,
	ACUTE = 0x301,
	TILDE = 0x303,
	HOOK = 0x309,
	DOT_BELOW = 0x323,
	D_STROKE = 0x111,
	MARKS_MAX = 30, /* of one letter; the limit of Unicode's stream-safe text */
};

size_t utf8_decode(const char *s, size_t n, uint32_t *code)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *p = (const unsigned char *)s;
	uint32_t c;
	size_t len;

	if (!n)
		return 0;
	if (p[0] < 0x80) {
		*code = p[0];
		return 1;
	}
	len = p[0] >= 0xF0 ? 4 : p[0] >= 0xE0 ? 3 : 2;
	if (p[0] < 0xC2 || p[0] > 0xF4 || len > n)
		return 0;
	c = p[0] & (0x7Fu >> len);
	for (size_t i = 1; i < len; i++) {
		if ((p[i] & 0xC0) != 0x80)
			return 0;
		c = c << 6 | (p[i] & 0x3Fu);
	}
	if (c < least[len] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
		return 0;
	*code = c;
	return len;
}

size_t utf8_encode(uint32_t code, char out[4])
{
	static const unsigned char head[] = { 0, 0, 0xC0, 0xE0, 0xF0 };
	size_t len;

	if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
		code = 0xFFFD;
	if (code < 0x80) {
		out[0] = (char)code;
		return 1;
	}
	len = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
	for (size_t i = len - 1; i > 0; i--) {
		out[i] = (char)(0x80 | (code & 0x3F));
		code >>= 6;
	}
	out[0] = (char)(head[len] | code);
	return len;
}

bool utf8_valid(const char *s, size_t n, size_t *bad_offset)
{
	size_t i = 0;

	while (i < n) {
		uint32_t code;
		size_t len = utf8_decode(s + i, n - i, &code);

		if (!len) {
			if (bad_offset)
				*bad_offset = i;
			return false;
		}
		i += len;
	}
	return true;
}

bool utf8_is_ascii(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)s[i] >= 0x80)
			return false;
	return true;
}

size_t utf8_cut(const char *s, size_t n, size_t most)
{
	if (n <= most)
		return n;
	while (most && ((unsigned char)s[most] & 0xC0) == 0x80)
		most--;
	return most;
}

size_t utf8_length(const char *s, size_t n)
{
	size_t length = 0;

	for (size_t i = 0; i < n; i++)
		length += ((unsigned char)s[i] & 0xC0) != 0x80;
	return length;
}

size_t utf8_units(const char *s, size_t n)
{
	size_t units = 0;
	uint32_t code;

	for (size_t length; n && (length = utf8_decode(s, n, &code)); s += length, n -= length)
		units += code > 0xFFFF ? 2 : 1;
	return units;
}

static bool is_white(uint32_t c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xA0 || c == 0x1680
		|| (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F
		|| c == 0x205F || c == 0x3000;
}

/* Characters that show nothing and join nothing in Vietnamese: soft hyphen, zero-width marks,
 * BOM. */
static bool is_unseen(uint32_t c)
{
	return c == 0 || c == 0xAD || (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF;
}

static bool is_refused(uint32_t c)
{
	if (c < 0x20)
		return !(c >= '\t' && c <= '\r');
	return (c >= 0x7F && c <= 0x9F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069)
		|| c == 0xFFFD || (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
}

size_t utf8_find_refused(const char *s, size_t n, uint32_t *code)
{
	for (size_t i = 0; i < n;) {
		uint32_t c = 0xFFFD;
		size_t len = utf8_decode(s + i, n - i, &c);

		if (is_refused(c)) {
			*code = c;
			return i;
		}
		i += len ? len : 1;
	}
	return n;
}

static bool is_harmful(uint32_t c)
{
	return c < 0x20 || c == 0x2028 || c == 0x2029 || c == 0x200E || c == 0x200F || is_refused(c);
}

char *utf8_harmless(const char *s, size_t n, struct arena *a)
{
	char *text = arena_array(a, n + 1, 1);
	size_t k = 0;

	for (size_t i = 0; i < n;) {
		uint32_t c = 0xFFFD;
		size_t len = utf8_decode(s + i, n - i, &c);

		if (is_harmful(c)) {
			text[k++] = '?';
		} else {
			memcpy(text + k, s + i, len);
			k += len;
		}
		i += len ? len : 1;
	}
	return text;
}

/* Whether NFC leaves the character alone whatever stands before it: no mark, and no other form
 * of its own. */
static bool is_settled(uint32_t c)
{
	return c < 0x300 || (c >= 0x1E00 && c <= 0x1EFF) || (c >= 0x2002 && c <= 0x2064);
}

/* The code points of s, with a room of one behind them; a byte that is no UTF-8 is U+FFFD.
 * malloc'd. */
static int32_t *code_points(const char *s, size_t n, size_t *n_code)
{
	int32_t *code = memory_new(n + 1, sizeof *code);
	size_t n_out = 0;

	for (size_t i = 0; i < n;) {
		uint32_t c = 0xFFFD;
		size_t len = utf8_decode(s + i, n - i, &c);

		code[n_out++] = (int32_t)c;
		i += len ? len : 1;
	}
	*n_code = n_out;
	return code;
}

static const char *text_of(const int32_t *code, size_t n, struct arena *a)
{
	char out[4];
	size_t n_out = 0;
	char *s;

	for (size_t i = 0; i < n; i++)
		n_out += utf8_encode((uint32_t)code[i], out);
	s = arena_array(a, n_out + 1, 1);
	n_out = 0;
	for (size_t i = 0; i < n; i++) {
		size_t len = utf8_encode((uint32_t)code[i], out);

		memcpy(s + n_out, out, len);
		n_out += len;
	}
	return s;
}

static void put_text(const int32_t *code, size_t n, struct buf *b)
{
	char out[4];

	for (size_t i = 0; i < n; i++)
		buf_put(b, out, utf8_encode((uint32_t)code[i], out));
	buf_put(b, "", 0);
}

/* Composes in place. A failure leaves the text decomposed, which is still the same text. */
static size_t compose(int32_t *code, size_t n)
{
	utf8proc_ssize_t len = utf8proc_normalize_utf32(code, (utf8proc_ssize_t)n,
		UTF8PROC_COMPOSE | UTF8PROC_STABLE);

	return len < 0 ? n : (size_t)len;
}

/* Canonical decomposition; frees code. malloc'd, with a room of one behind. */
static int32_t *decompose(int32_t *code, size_t *n)
{
	enum { LONGEST = 4 }; /* code points of one character */
	size_t room = *n * LONGEST + 1;
	int32_t *out = memory_new(room, sizeof *out);
	size_t n_out = 0;

	for (size_t i = 0; i < *n; i++) {
		int last = 0;
		utf8proc_ssize_t len = utf8proc_decompose_char(code[i], out + n_out,
			(utf8proc_ssize_t)(room - n_out), UTF8PROC_DECOMPOSE | UTF8PROC_STABLE,
			&last);

		if (len < 0 || (size_t)len > room - n_out) {
			out[n_out] = code[i];
			len = 1;
		}
		n_out += (size_t)len;
	}
	free(code);
	*n = n_out;
	return out;
}

/* Marks of one letter in canonical order: by combining class, else as written. Only near ones
 * are compared, so that a million marks cost no million times a million steps. */
static void order_marks(int32_t *code, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		int class = utf8proc_get_property(code[i])->combining_class;
		size_t first = i > MARKS_MAX ? i - MARKS_MAX : 0;
		int32_t c = code[i];
		size_t k = i;

		if (!class)
			continue;
		for (; k > first && utf8proc_get_property(code[k - 1])->combining_class > class;
			k--)
			code[k] = code[k - 1];
		code[k] = c;
	}
}

static const char *nfc(const char *s, size_t n, struct arena *a)
{
	size_t n_code;
	int32_t *code = code_points(s, n, &n_code);
	const char *text;

	code = decompose(code, &n_code);
	order_marks(code, n_code);
	n_code = compose(code, n_code);
	text = text_of(code, n_code, a);
	free(code);
	return text;
}

const char *utf8_compose(const char *s, size_t n, struct arena *a)
{
	for (size_t i = 0; i < n;) {
		uint32_t c = 0;
		size_t len = utf8_decode(s + i, n - i, &c);

		if (!len || !is_settled(c))
			return nfc(s, n, a);
		i += len;
	}
	return arena_slice(a, s, n);
}

const char *utf8_nfc(const char *s, size_t n, struct arena *a)
{
	char *clean = memory_new(n + 1, 1);
	size_t n_clean = 0;
	const char *text;

	for (size_t i = 0; i < n;) {
		uint32_t c = 0;
		size_t len = utf8_decode(s + i, n - i, &c);

		if (len && c >= 0x80 && is_white(c)) {
			clean[n_clean++] = c == 0x2028 || c == 0x2029 ? '\n' : ' ';
		} else if (!len || !is_unseen(c)) {
			memcpy(clean + n_clean, s + i, len ? len : 1);
			n_clean += len ? len : 1;
		}
		i += len ? len : 1;
	}
	text = utf8_compose(clean, n_clean, a);
	free(clean);
	return text;
}

static bool is_tone(int32_t c)
{
	return c == GRAVE || c == ACUTE || c == TILDE || c == HOOK || c == DOT_BELOW;
}

static bool is_letter_or_mark(int32_t c)
{
	utf8proc_category_t kind = utf8proc_category(c);

	return (kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_LO)
		|| kind == UTF8PROC_CATEGORY_MN;
}

/* The character that the same name may have in its place: marks that word processors put for the typed ones. */
static int32_t typed(int32_t c)
{
	if (c == 0x2018 || c == 0x2019 || c == 0x2BC || c == 0x2032 || c == 0xB4 || c == '`')
		return '\'';
	if ((c >= 0x201C && c <= 0x201E) || c == 0x2033)
		return '"';
	return (c >= 0x2010 && c <= 0x2015) || c == 0x2212 ? '-' : c;
}

/* Lower case, white space to one space, the letters that are taken for đ. Returns the new number
 * of code points. */
static size_t fold_letters(int32_t *code, size_t n)
{
	size_t n_out = 0;

	for (size_t i = 0; i < n; i++) {
		int32_t c = code[i];

		if (is_white((uint32_t)c)) {
			if (n_out && code[n_out - 1] != ' ')
				code[n_out++] = ' ';
			continue;
		}
		if (is_unseen((uint32_t)c) || (c != 0xFFFD && is_refused((uint32_t)c)))
			continue;
		c = utf8proc_tolower(typed(c));
		if (c == 0xF0 || c == 0x256) /* lower case of U+00D0 and of U+0189 */
			c = D_STROKE;
		code[n_out++] = c;
	}
	if (n_out && code[n_out - 1] == ' ')
		n_out--;
	return n_out;
}

/* Open oa, oe, uy with the tone mark on the second letter: moves it to the first. Of decomposed
 * lower-case text. */
static void fold_tones(int32_t *code, size_t n)
{
	for (size_t i = 0; i + 2 < n; i++) {
		bool pair = (code[i] == 'o' && (code[i + 1] == 'a' || code[i + 1] == 'e'))
			|| (code[i] == 'u' && code[i + 1] == 'y' && (!i || code[i - 1] != 'q'));
		bool open = i + 3 == n || !is_letter_or_mark(code[i + 3]);

		if (pair && open && is_tone(code[i + 2])) {
			int32_t tone = code[i + 2];

			code[i + 2] = code[i + 1];
			code[i + 1] = tone;
		}
	}
}

/* malloc'd. */
static int32_t *fold(const char *s, size_t n, size_t *n_code)
{
	int32_t *code = code_points(s, n, n_code);

	*n_code = fold_letters(code, *n_code);
	code = decompose(code, n_code);
	order_marks(code, *n_code);
	fold_tones(code, *n_code);
	*n_code = compose(code, *n_code);
	return code;
}

const char *utf8_fold(const char *s, size_t n, struct arena *a)
{
	size_t n_code;
	int32_t *code = fold(s, n, &n_code);
	const char *text = text_of(code, n_code, a);

	free(code);
	return text;
}

const char *utf8_fold_into(const char *s, size_t n, struct buf *b)
{
	size_t n_code;
	int32_t *code = fold(s, n, &n_code);

	b->n = 0;
	put_text(code, n_code, b);
	free(code);
	return b->text;
}

const char *utf8_plain(const char *folded, struct arena *a)
{
	size_t n_code;
	int32_t *code = code_points(folded, strlen(folded), &n_code);
	const char *text;
	size_t n = 0;

	code = decompose(code, &n_code);
	for (size_t i = 0; i < n_code; i++)
		if (utf8proc_category(code[i]) != UTF8PROC_CATEGORY_MN)
			code[n++] = code[i] == D_STROKE ? 'd' : code[i];
	text = text_of(code, n, a);
	free(code);
	return text;
}

void utf8_trim(const char **s, size_t *n)
{
	uint32_t c = 0;

	while (*n) {
		size_t len = utf8_decode(*s, *n, &c);

		if (!len || !(is_white(c) || is_unseen(c)))
			break;
		*s += len;
		*n -= len;
	}
	while (*n) {
		size_t len = 1;

		while (len < 4 && len < *n && ((unsigned char)(*s)[*n - len] & 0xC0) == 0x80)
			len++;
		if (utf8_decode(*s + *n - len, len, &c) != len || !(is_white(c) || is_unseen(c)))
			break;
		*n -= len;
	}
}

bool utf8_is_capital(uint32_t code)
{
	return utf8proc_tolower((utf8proc_int32_t)code) != (utf8proc_int32_t)code;
}

bool utf8_is_mark(uint32_t code)
{
	return utf8proc_category((utf8proc_int32_t)code) == UTF8PROC_CATEGORY_MN;
}

const char *utf8_upper(const char *s, struct arena *a)
{
	struct buf b = { 0 };
	size_t left = strlen(s);
	const char *text;

	while (left) {
		uint32_t code;
		size_t n = utf8_decode(s, left, &code);
		char out[4];

		if (!n)
			break;
		buf_put(&b, out, utf8_encode((uint32_t)utf8proc_toupper((utf8proc_int32_t)code), out));
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

const char *utf8_lower_first(const char *s, struct arena *a)
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

const char *const *utf8_fold_list(const char *list, struct arena *a)
{
	const char **word;
	size_t n = 1;

	for (const char *p = list ? list : ""; *p; p++)
		n += *p == '|';
	word = ARENA_ARRAY(a, n + 1, const char *);
	n = 0;
	while (list) {
		size_t len = strcspn(list, "|");
		const char *folded = utf8_fold(list, len, a);

		if (*folded)
			word[n++] = folded;
		list = list[len] ? list + len + 1 : NULL;
	}
	return word;
}
