#include "ingest/encoding.h"

#include "base/utf8.h"
#include "ingest/badrows.h"
#include "ingest/letters.h"

#include <assert.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
	TEXT_CUT = 3,	   /* [bytes] most that a cut character of UTF-8 has */
	WIDE_HEAD = TEXT_RAW / 2, /* [bytes] in which zero bytes are counted */
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
	n = n < WIDE_HEAD ? n : WIDE_HEAD;
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

bool encoding_is_utf8(const char *name)
{
	return name && (!strcasecmp(name, "utf-8") || !strcasecmp(name, "utf8"));
}

static bool is_unicode(const char *name)
{
	return !name || encoding_is_wide(name) || encoding_is_utf8(name);
}

bool encoding_check(const char *name, struct origin at, struct diags *d)
{
	return is_unicode(name)
		|| diag_error(d, at, "encoding", "the encoding '%s' is not read; save the file as utf-8 or utf-16", name);
}

bool encoding_check_text(const char *name, struct origin at, struct diags *d)
{
	return is_unicode(name) || legacy_named(name)
		|| diag_error(d, at, "encoding",
			"the encoding '%s' is not known; write utf-8, utf-16, tcvn3, vni, viscii or cp1258, or nothing: then it is found",
			name);
}

void text_init(struct text_source *t, FILE *file, const struct reader_options *options)
{
	*t = (struct text_source){ .file = file, .options = options };
	if (encoding_is_wide(options->encoding))
		t->encoding = ENCODING_UTF16_LE;
	if (options->encoding && !is_unicode(options->encoding)) {
		t->encoding = ENCODING_LEGACY;
		t->legacy.charset = legacy_named(options->encoding);
	}
}

void text_close(struct text_source *t)
{
	free(t->ahead);
	arena_clear(&t->arena);
}

static struct origin whole(const struct text_source *t)
{
	return (struct origin){ .file = t->options->shown };
}

/* What was read ahead, then from the file. */
static bool read_bytes(struct text_source *t, unsigned char *into, size_t n, size_t *n_read, struct diags *d)
{
	size_t left = t->n_ahead - t->at_ahead;
	size_t take = left < n ? left : n;

	if (take)
		memcpy(into, t->ahead + t->at_ahead, take);
	t->at_ahead += take;
	*n_read = take;
	if (take == n)
		return true;
	*n_read += fread(into + take, 1, n - take, t->file);
	if (ferror(t->file))
		return diag_fault(d, whole(t), "io", "reading failed: %s", strerror(errno));
	return true;
}

/* Appends to what is carried over, up to n bytes in all. */
static bool read_raw(struct text_source *t, unsigned char *into, size_t n, size_t *n_read, struct diags *d)
{
	size_t n_carried = t->n_raw;

	if (n_carried && into != t->raw)
		memcpy(into, t->raw, n_carried);
	t->n_raw = 0;
	if (!read_bytes(t, into + n_carried, n - n_carried, n_read, d))
		return false;
	*n_read += n_carried;
	t->ended = *n_read < n;
	return true;
}

static void stop_at(struct text_source *t, enum text_problem problem, unsigned char bad)
{
	t->ended = true;
	t->problem = problem;
	t->bad = bad;
}

/* Bytes of whole characters at the beginning of s; eight bytes of ASCII at a time. */
static size_t valid_bytes(const char *s, size_t n, bool *beyond_ascii)
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
		*beyond_ascii = *beyond_ascii || len > 1;
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

/* Ends the text at its first zero byte. */
static void stop_at_nul(struct text_source *t, const char *s, size_t *n)
{
	const char *nul = memchr(s, '\0', *n);

	if (!nul)
		return;
	*n = (size_t)(nul - s);
	stop_at(t, TEXT_NUL, 0);
}

/* Bytes of whole characters, others being NULs then, where they may be passed over. */
static size_t text_bytes(struct text_source *t, char *s, size_t n, bool may_pass)
{
	size_t i = valid_bytes(s, n, &t->beyond_ascii);

	while (may_pass && i < n && (t->ended || !is_cut(s + i, n - i))) {
		s[i++] = '\0';
		i += valid_bytes(s + i, n - i, &t->beyond_ascii);
	}
	return i;
}

/* Whether bytes that are no UTF-8 are faults of their rows, and not a sign that it is something else. */
static bool may_pass(const struct text_source *t)
{
	return t->options->faults && (t->options->encoding || t->is_utf8);
}

/* n_read: with what could not be given. */
static bool read_utf8(struct text_source *t, char *into, size_t room, size_t *n_read, size_t *n, struct diags *d)
{
	bool was_ascii = !t->beyond_ascii;

	if (!read_raw(t, (unsigned char *)into, room, n_read, d))
		return false;
	*n = text_bytes(t, into, *n_read, may_pass(t));
	t->is_utf8 = t->is_utf8 || (was_ascii && t->beyond_ascii);
	if (*n < *n_read) {
		if (!t->ended && is_cut(into + *n, *n_read - *n)) {
			t->n_raw = *n_read - *n;
			memcpy(t->raw, into + *n, t->n_raw);
		} else {
			stop_at(t, TEXT_BAD_BYTES, (unsigned char)into[*n]);
		}
	}
	if (t->options->faults)
		t->has_bad = t->has_bad || memchr(into, '\0', *n);
	else
		stop_at_nul(t, into, n);
	return true;
}

static bool read_legacy(struct text_source *t, char *into, size_t room, size_t *n, struct diags *d)
{
	size_t most = (room - LEGACY_HELD) / LEGACY_BYTES - 1; /* what is held at the end comes on top */
	size_t n_read;
	size_t taken;

	if (!read_raw(t, t->raw, most < TEXT_RAW ? most : TEXT_RAW, &n_read, d))
		return false;
	taken = legacy_take(&t->legacy, t->raw, n_read, into, n);
	if (taken < n_read)
		stop_at(t, TEXT_BAD_BYTES, t->raw[taken]);
	if (t->ended)
		*n += legacy_end(&t->legacy, into + *n);
	stop_at_nul(t, into, n);
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

static void found_legacy(struct text_source *t, const struct detected *found, struct diags *d)
{
	t->encoding = ENCODING_LEGACY;
	t->legacy = (struct legacy){ .charset = found->charset };
	diag_note(d, whole(t), "encoding", "the text is not UTF-8 but %s: its header '%s' is known",
		legacy_name(found->charset), found->header);
}

/* Bytes that are not UTF-8, from the beginning of the file on or behind ASCII alone: what they are else. */
static void judge_bytes(struct text_source *t, const unsigned char *s, size_t n, struct diags *d)
{
	struct detected found;

	detect_bytes(s, n, t->options->known, &t->arena, &found);
	if (found.verdict == DETECT_UNDECIDED && t->options->faults && bad_rows_are_few((const char *)s, n))
		found.looks = NULL;
	t->looks = found.looks && d->is_personal ? found.names : found.looks;
	t->is_utf8 = t->is_utf8 || !found.looks;
	if (found.verdict == DETECT_FOUND)
		found_legacy(t, &found, d);
}

/* UTF-8 beyond ASCII: whether its characters are the bytes of something else. */
static void judge_text(struct text_source *t, const char *s, size_t n, struct diags *d)
{
	struct detected found;

	detect_text(s, n, t->options->known, &t->arena, &found);
	if (found.verdict == DETECT_FOUND) {
		t->stored = found.charset;
		diag_note(d, whole(t), "encoding",
			"the text is %s that was saved as if it were Unicode; it is read as it was meant: its header '%s' is known",
			legacy_name(found.charset), found.header);
	} else if (found.verdict == DETECT_UNDECIDED) {
		diag_note(d, whole(t), "encoding",
			"the text looks like one of before Unicode (%s), but is left as it is; if it is one, write encoding=\"...\" at the source",
			d->is_personal ? found.names : found.looks);
	}
}

/* By all that was read ahead, what is not UTF-16. */
static void judge(struct text_source *t, struct diags *d)
{
	const unsigned char *s = t->ahead + t->at_ahead;
	size_t n = t->n_ahead - t->at_ahead;
	size_t n_valid = valid_bytes((const char *)s, n, &t->beyond_ascii);
	enum legacy_charset told = legacy_named(t->options->encoding ? t->options->encoding : "");
	bool valid = n_valid == n || (n == DETECT_SAMPLE && is_cut((const char *)s + n_valid, n - n_valid));

	t->is_utf8 = t->beyond_ascii;
	t->beyond_ascii = t->beyond_ascii || !valid;
	if (told && valid && t->beyond_ascii && detect_stored((const char *)s, n_valid, told, &t->arena)) {
		t->encoding = ENCODING_UTF8;
		t->stored = told;
	}
	if (t->options->encoding || !t->beyond_ascii)
		return;
	if (valid)
		judge_text(t, (const char *)s, n_valid, d);
	else
		judge_bytes(t, s, n, d);
}

/* Finds the encoding by what comes first and keeps it for the first reads. */
static bool text_begin(struct text_source *t, struct diags *d)
{
	unsigned char *ahead = memory_new(DETECT_SAMPLE, 1);
	bool told = t->encoding != ENCODING_UTF8;
	enum encoding found;
	size_t n_mark;

	t->begun = true;
	t->ahead = ahead;
	if (!read_bytes(t, ahead, DETECT_SAMPLE, &t->n_ahead, d))
		return false;
	t->at_ahead = 0;
	encoding_find(ahead, t->n_ahead, &found, &n_mark);
	if (n_mark || !told)
		t->encoding = found;
	t->at_ahead = n_mark;
	if (t->encoding == ENCODING_UTF8 || t->encoding == ENCODING_LEGACY)
		judge(t, d);
	return true;
}

static size_t ascii_bytes(const char *s, size_t n)
{
	size_t i = 0;

	while (i < n && (unsigned char)s[i] < 0x80)
		i++;
	return i;
}

/* The first bytes beyond ASCII come late: reads on until there are enough and judges them behind the beginning of the
 * file, which may have the header. False: a fault. */
static bool judge_late(struct text_source *t, const char *s, size_t n, struct diags *d)
{
	size_t n_head = t->n_ahead < DETECT_HEAD ? t->n_ahead : DETECT_HEAD;
	size_t n_more;
	unsigned char *ahead = memory_new(n_head + n + DETECT_SAMPLE, 1);

	memcpy(ahead, t->ahead, n_head);
	memcpy(ahead + n_head, s, n);
	if (!read_bytes(t, ahead + n_head + n, DETECT_SAMPLE, &n_more, d)) {
		free(ahead);
		return false;
	}
	judge_bytes(t, ahead, n_head + n + n_more, d);
	free(t->ahead);
	t->ahead = ahead;
	t->at_ahead = n_head;
	t->n_ahead = n_head + n + n_more;
	t->ended = false;
	return true;
}

/* Keeps back a letter at the end of ASCII, which a mark may follow in the next block. */
static void keep_letter(struct text_source *t, const char *s, size_t *n)
{
	if (t->beyond_ascii || t->ended || *n < 2 || !letter_is_ascii((unsigned char)s[*n - 1]))
		return;
	memmove(t->raw + 1, t->raw, t->n_raw);
	t->raw[0] = (unsigned char)s[--*n];
	t->n_raw++;
}

static bool read_unicode(struct text_source *t, char *into, size_t room, size_t *n, struct diags *d)
{
	bool was_ascii = !t->beyond_ascii;
	size_t n_read;

	if (!read_utf8(t, into, room, &n_read, n, d))
		return false;
	if (t->problem != TEXT_BAD_BYTES) {
		keep_letter(t, into, n);
		return true;
	}
	if (was_ascii && !t->options->encoding) {
		*n = ascii_bytes(into, *n);
		*n -= *n > 0; /* a mark may follow */
		t->beyond_ascii = true;
		t->problem = TEXT_FINE;
		return judge_late(t, into + *n, n_read - *n, d);
	}
	if (t->looks)
		t->problem = TEXT_UNDECIDED;
	return true;
}

bool text_read(struct text_source *t, char *into, size_t room, size_t *n, struct diags *d)
{
	assert(room >= 16);
	*n = 0;
	if (!t->begun && !text_begin(t, d))
		return false;
	if (t->ended)
		return true;
	if (t->encoding == ENCODING_LEGACY)
		return read_legacy(t, into, room, n, d);
	return t->encoding == ENCODING_UTF8 ? read_unicode(t, into, room, n, d) : read_wide(t, into, room, n, d);
}
