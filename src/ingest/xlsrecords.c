#include "ingest/xlsrecords.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum {
	HEAD = 4,
	WINDOW = 128 << 10, /* [bytes] more than the longest record */
	AHEAD_MIN = 1 << 10, /* [bytes] read at once behind a jump; doubled as long as there is none */
	CHARACTER_MAX = 4,  /* [bytes] of UTF-8 */
	IS_WIDE = 1,	    /* in the flags of a text */
	REPLACEMENT = 0xFFFD,
};

void records_init(struct records *r, struct xls_bytes bytes, const char *shown)
{
	*r = (struct records){ .bytes = bytes, .shown = shown, .window = memory_new(WINDOW, 1), .ahead = AHEAD_MIN };
}

void records_clear(struct records *r)
{
	free(r->window);
	r->window = NULL;
}

void records_seek(struct records *r, size_t at)
{
	r->next = at;
}

void records_pass(struct records *r, const struct record *record)
{
	r->next = record->at + HEAD + record->n;
}

bool records_damaged(const struct records *r, size_t at, struct diags *d)
{
	return diag_error(d, (struct origin){ .file = r->shown }, "format",
		"the workbook is damaged or cut off at byte %zu of its stream; get it again, or open and save it in a spreadsheet program", at);
}

/* Moves the window there: n bytes and what may be wanted next, of n_left that the stream has. */
static bool move_window(struct records *r, size_t at, size_t n, size_t n_left)
{
	bool is_jump = at < r->first || at - r->first > r->n_window;
	size_t ahead = is_jump ? AHEAD_MIN : 2 * r->ahead;

	r->ahead = ahead < WINDOW ? ahead : WINDOW;
	n = n < r->ahead ? r->ahead : n;
	r->first = at;
	r->n_window = n < n_left ? n : n_left;
	if (r->bytes.read(r->bytes.ctx, at, r->window, r->n_window))
		return true;
	r->n_window = 0;
	return false;
}

/* n bytes at `at`, in the window; NULL if the stream has none. */
static const unsigned char *fetch(struct records *r, size_t at, size_t n)
{
	size_t n_left = at <= r->bytes.n ? r->bytes.n - at : 0;
	bool is_there = at >= r->first && at - r->first <= r->n_window && n <= r->n_window - (at - r->first);

	if (n > n_left || (!is_there && !move_window(r, at, n, n_left)))
		return NULL;
	return r->window + (at - r->first);
}

bool records_next(struct records *r, struct record *record, struct diags *d)
{
	size_t at = r->next;
	const unsigned char *head = fetch(r, at, HEAD);
	size_t n;

	if (!head)
		return records_damaged(r, at, d);
	n = le16(head + 2);
	head = fetch(r, at, HEAD + n);
	if (!head)
		return records_damaged(r, at, d);
	*record = (struct record){ le16(head), at, head + HEAD, n };
	r->next = at + HEAD + n;
	return true;
}

void pieces_init(struct pieces *p, struct records *r, struct record first)
{
	*p = (struct pieces){ r, first, 0 };
}

/* There is a byte at p->at. */
static bool go_on(struct pieces *p, struct diags *d)
{
	while (p->at == p->now.n) {
		if (!records_next(p->records, &p->now, d))
			return false;
		if (p->now.id != XLS_CONTINUE)
			return records_damaged(p->records, p->now.at, d);
		p->at = 0;
	}
	return true;
}

bool pieces_take(struct pieces *p, void *into, size_t n, struct diags *d)
{
	unsigned char *to = into;

	while (n) {
		size_t here;

		if (!go_on(p, d))
			return false;
		here = p->now.n - p->at < n ? p->now.n - p->at : n;
		memcpy(to, p->now.data + p->at, here);
		p->at += here;
		to += here;
		n -= here;
	}
	return true;
}

bool pieces_pass(struct pieces *p, size_t n, struct diags *d)
{
	while (n) {
		size_t here;

		if (!go_on(p, d))
			return false;
		here = p->now.n - p->at < n ? p->now.n - p->at : n;
		p->at += here;
		n -= here;
	}
	return true;
}

/* The character at s, of `left` that are there; *n_unit: those it takes. */
static uint32_t wide_character(const unsigned char *s, size_t left, size_t *n_unit)
{
	uint32_t code = le16(s);
	uint32_t low;

	*n_unit = 1;
	if (code < 0xD800 || code > 0xDBFF || left < 2)
		return code; /* a half alone becomes U+FFFD where it is encoded */
	low = le16(s + 2);
	if (low < 0xDC00 || low > 0xDFFF)
		return code;
	*n_unit = 2;
	return 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
}

static void put_text(const unsigned char *s, size_t n_char, bool is_wide, struct buf *text)
{
	for (size_t i = 0, n_unit = 1; i < n_char; i += n_unit) {
		char utf8[CHARACTER_MAX];
		uint32_t code = is_wide ? wide_character(s + 2 * i, n_char - i, &n_unit) : s[i];

		buf_put(text, utf8, utf8_encode(code ? code : REPLACEMENT, utf8));
	}
}

bool pieces_text(struct pieces *p, size_t n_char, bool is_wide, struct buf *text, struct diags *d)
{
	bool begun = false;

	while (n_char) {
		bool goes_on = begun || p->at == p->now.n;
		size_t n;

		if (!go_on(p, d))
			return false;
		if (goes_on)
			is_wide = p->now.data[p->at++] & IS_WIDE;
		begun = true;
		n = (p->now.n - p->at) >> is_wide;
		n = n < n_char ? n : n_char;
		if (!n && p->at < p->now.n)
			return records_damaged(p->records, p->now.at, d); /* half a character */
		put_text(p->now.data + p->at, n, is_wide, text);
		p->at += n << is_wide;
		n_char -= n;
	}
	return true;
}
