#include "ingest/encoding.h"

#include "base/utf8.h"

#include <assert.h>
#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

enum {
	TEXT_CUT = 3,	   /* [bytes] most that a cut character of UTF-8 has */
	WIDE_EVIDENCE = 8, /* of so many bytes one must be zero, all at the same side of their units */
	UNIT = 2,	   /* [bytes] of UTF-16 */
};

bool encoding_find(const unsigned char *head, size_t n, enum encoding *encoding, size_t *n_mark)
{
	size_t n_zero[UNIT] = { 0, 0 };

	*encoding = ENCODING_UTF8;
	*n_mark = 0;
	if (n >= 3 && !memcmp(head, "\xEF\xBB\xBF", 3)) {
		*n_mark = 3;
		return true;
	}
	if (n >= 2 && (!memcmp(head, "\xFF\xFE", 2) || !memcmp(head, "\xFE\xFF", 2))) {
		*encoding = head[0] == 0xFF ? ENCODING_UTF16_LE : ENCODING_UTF16_BE;
		*n_mark = 2;
		return true;
	}
	for (size_t i = 0; i < n; i++)
		n_zero[i % UNIT] += !head[i];
	if (!n_zero[0] && !n_zero[1])
		return true;
	if ((n_zero[0] && n_zero[1]) || (n_zero[0] + n_zero[1]) * WIDE_EVIDENCE < n)
		return false;
	*encoding = n_zero[1] ? ENCODING_UTF16_LE : ENCODING_UTF16_BE;
	return true;
}

bool encoding_is_wide(const char *name)
{
	return name && (!strcasecmp(name, "utf-16") || !strcasecmp(name, "utf16"));
}

bool encoding_check(const char *name, struct origin at, struct diags *d)
{
	if (!name || encoding_is_wide(name) || !strcasecmp(name, "utf-8")
		|| !strcasecmp(name, "utf8"))
		return true;
	return diag_error(d, at, "encoding",
		"the encoding '%s' is not read; save the file as utf-8 or utf-16", name);
}

void text_init(struct text_source *t, FILE *file, const char *shown, const char *encoding)
{
	t->file = file;
	t->shown = shown;
	t->encoding = encoding_is_wide(encoding) ? ENCODING_UTF16_LE : ENCODING_UTF8;
	t->begun = t->ended = false;
	t->problem = TEXT_FINE;
	t->n_raw = 0;
}

/* Appends to what is carried over, up to n bytes in all. */
static bool read_raw(struct text_source *t, unsigned char *into, size_t n, size_t *n_read,
	struct diags *d)
{
	size_t n_carried = t->n_raw;

	if (n_carried && into != t->raw)
		memcpy(into, t->raw, n_carried);
	*n_read = n_carried + fread(into + n_carried, 1, n - n_carried, t->file);
	t->n_raw = 0;
	if (*n_read == n)
		return true;
	if (ferror(t->file))
		return diag_fault(d, (struct origin){ .file = t->shown }, "io",
			"reading failed: %s", strerror(errno));
	t->ended = true;
	return true;
}

static void stop_at(struct text_source *t, enum text_problem problem, unsigned char bad)
{
	t->ended = true;
	t->problem = problem;
	t->bad = bad;
}

/* Bytes of whole characters at the beginning of s; eight bytes of ASCII at a time. */
static size_t valid_bytes(const char *s, size_t n)
{
	size_t i = 0;

	while (i < n) {
		uint64_t word;
		uint32_t code;
		size_t len;

		if (n - i >= sizeof word) {
			memcpy(&word, s + i, sizeof word);
			if (!(word & 0x8080808080808080u)) {
				i += sizeof word;
				continue;
			}
		}
		len = utf8_decode(s + i, n - i, &code);
		if (!len)
			break;
		i += len;
	}
	return i;
}

/* Whether more bytes could make these a character. */
static bool is_cut(const char *s, size_t n)
{
	unsigned char head = (unsigned char)*s;
	size_t need = head >= 0xF0 ? 4 : head >= 0xE0 ? 3 : 2;

	return n && n <= TEXT_CUT && head >= 0xC2 && head <= 0xF4 && n < need;
}

static bool read_utf8(struct text_source *t, char *into, size_t room, size_t *n, struct diags *d)
{
	const char *nul;
	size_t n_read;

	if (!read_raw(t, (unsigned char *)into, room, &n_read, d))
		return false;
	*n = valid_bytes(into, n_read);
	if (*n < n_read) {
		if (!t->ended && is_cut(into + *n, n_read - *n)) {
			t->n_raw = n_read - *n;
			memcpy(t->raw, into + *n, t->n_raw);
		} else {
			stop_at(t, TEXT_BAD_BYTES, (unsigned char)into[*n]);
		}
	}
	nul = memchr(into, '\0', *n);
	if (nul) {
		*n = (size_t)(nul - into);
		stop_at(t, TEXT_NUL, 0);
	}
	return true;
}

static uint32_t wide_unit(const struct text_source *t, size_t i)
{
	unsigned first = t->raw[i];
	unsigned second = t->raw[i + 1];

	return t->encoding == ENCODING_UTF16_LE ? second << 8 | first : first << 8 | second;
}

/* Bytes of the character at i and its code point; 0 when it is cut off, or bad when t->problem is set. */
static size_t wide_decode(struct text_source *t, size_t i, size_t n, uint32_t *code)
{
	uint32_t second;

	if (n - i < UNIT)
		return 0;
	*code = wide_unit(t, i);
	if (!*code) {
		stop_at(t, TEXT_NUL, 0);
		return 0;
	}
	if (*code < 0xD800 || *code > 0xDFFF)
		return UNIT;
	if (*code < 0xDC00 && n - i < UNIT + UNIT)
		return 0;
	second = *code < 0xDC00 ? wide_unit(t, i + UNIT) : 0;
	if (second < 0xDC00 || second > 0xDFFF) {
		stop_at(t, TEXT_BAD_BYTES, t->raw[i]);
		return 0;
	}
	*code = 0x10000 + ((*code - 0xD800) << 10) + (second - 0xDC00);
	return UNIT + UNIT;
}

static bool read_wide(struct text_source *t, char *into, size_t room, size_t *n, struct diags *d)
{
	size_t most = room / 3 * UNIT; /* a unit gives at most three bytes */
	size_t n_read;
	size_t i = 0;

	if (!read_raw(t, t->raw, most < TEXT_RAW ? most : TEXT_RAW, &n_read, d))
		return false;
	*n = 0;
	while (i < n_read) {
		uint32_t code;
		size_t len = wide_decode(t, i, n_read, &code);

		if (!len)
			break;
		i += len;
		*n += utf8_encode(code, into + *n);
	}
	if (t->problem)
		return true;
	if (t->ended && i < n_read)
		stop_at(t, TEXT_BAD_BYTES, t->raw[i]);
	t->n_raw = n_read - i;
	memmove(t->raw, t->raw + i, t->n_raw);
	return true;
}

/* Finds the encoding by the first bytes and keeps them for the first read. */
static bool text_begin(struct text_source *t, size_t room, struct diags *d)
{
	bool told = t->encoding != ENCODING_UTF8;
	enum encoding found;
	size_t most = room < TEXT_RAW ? room / 3 * UNIT : TEXT_RAW / 2;
	size_t n_mark;
	size_t n;

	t->begun = true;
	if (!read_raw(t, t->raw, most, &n, d))
		return false;
	encoding_find(t->raw, n, &found, &n_mark);
	if (n_mark || !told)
		t->encoding = found;
	t->n_raw = n - n_mark;
	memmove(t->raw, t->raw + n_mark, t->n_raw);
	t->ended = false;
	return true;
}

bool text_read(struct text_source *t, char *into, size_t room, size_t *n, struct diags *d)
{
	assert(room >= 16);
	*n = 0;
	if (!t->begun && !text_begin(t, room, d))
		return false;
	if (t->ended)
		return true;
	return t->encoding == ENCODING_UTF8 ? read_utf8(t, into, room, n, d)
					    : read_wide(t, into, room, n, d);
}
