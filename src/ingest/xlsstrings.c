#include "ingest/xlsstrings.h"

#include "ingest/limits.h"

#include <stdlib.h>

enum {
	/* flags of a text */
	IS_WIDE = 0x01,
	HAS_PHONETIC = 0x04,
	HAS_RUNS = 0x08,

	RUN_PIECE = 64, /* runs taken at once */
	FIRST_CAP = 1024,
};

static bool take_16(struct pieces *p, size_t *value, struct diags *d)
{
	unsigned char bytes[2];

	if (!pieces_take(p, bytes, sizeof bytes, d))
		return false;
	*value = le16(bytes);
	return true;
}

static bool take_32(struct pieces *p, size_t *value, struct diags *d)
{
	unsigned char bytes[4];

	if (!pieces_take(p, bytes, sizeof bytes, d))
		return false;
	*value = le32(bytes);
	return true;
}

bool xls_runs(struct pieces *p, size_t n_run, struct buf *runs, struct diags *d)
{
	unsigned char bytes[RUN_PIECE * XLS_RUN_SIZE];

	if (!runs)
		return pieces_pass(p, n_run * XLS_RUN_SIZE, d);
	while (n_run) {
		size_t n = n_run < RUN_PIECE ? n_run : RUN_PIECE;

		if (!pieces_take(p, bytes, n * XLS_RUN_SIZE, d))
			return false;
		buf_put(runs, (const char *)bytes, n * XLS_RUN_SIZE);
		n_run -= n;
	}
	return true;
}

/* From the flags on. */
static bool take_text(struct pieces *p, size_t n_char, struct buf *text, struct buf *runs, struct diags *d)
{
	unsigned char flags;
	size_t n_run = 0;
	size_t n_phonetic = 0;

	return pieces_take(p, &flags, 1, d) && (!(flags & HAS_RUNS) || take_16(p, &n_run, d))
	       && (!(flags & HAS_PHONETIC) || take_32(p, &n_phonetic, d)) && pieces_text(p, n_char, flags & IS_WIDE, text, d)
	       && xls_runs(p, n_run, runs, d) && pieces_pass(p, n_phonetic, d);
}

bool xls_text(struct pieces *p, struct buf *text, struct buf *runs, struct diags *d)
{
	size_t n_char;

	return take_16(p, &n_char, d) && take_text(p, n_char, text, runs, d);
}

bool xls_short_text(struct pieces *p, struct buf *text, struct diags *d)
{
	unsigned char n_char;

	return pieces_take(p, &n_char, 1, d) && take_text(p, n_char, text, NULL, d);
}

/* Text and runs go to the end of the table's bytes, which never take more than the limit. */
static bool add_string(struct xls_strings *s, const struct buf *text, const struct buf *runs, struct origin whole, struct diags *d)
{
	if (s->n == XLS_STRINGS_MAX)
		return diag_error(d, whole, "limit", "the workbook has more than %d different texts; divide it", XLS_STRINGS_MAX);
	if (text->n + runs->n >= STRINGS_TEXT_MAX - s->bytes.n)
		return diag_error(d, whole, "limit", "the texts of the workbook have more than %d bytes; divide it",
			STRINGS_TEXT_MAX);
	if (s->n == s->cap) {
		s->cap = s->cap ? 2 * s->cap : FIRST_CAP;
		s->string = memory_resize(s->string, s->cap, sizeof *s->string);
	}
	s->string[s->n++] = (struct shared_string){ (uint32_t)s->bytes.n, (uint32_t)text->n };
	buf_put(&s->bytes, text->text, text->n);
	buf_put(&s->bytes, runs->text, runs->n);
	return true;
}

bool xls_strings_read(struct xls_strings *s, struct pieces *p, struct diags *d)
{
	struct origin whole = { .file = p->records->shown };
	struct buf text = { 0 };
	struct buf runs = { 0 };
	size_t n_cell; /* that share them: not needed */
	size_t n;
	bool ok = take_32(p, &n_cell, d) && take_32(p, &n, d);

	for (size_t i = 0; ok && i < n; i++) {
		text.n = runs.n = 0;
		ok = xls_text(p, &text, &runs, d) && add_string(s, &text, &runs, whole, d);
	}
	buf_clear(&text);
	buf_clear(&runs);
	return ok;
}

bool xls_strings_find(const struct xls_strings *s, size_t i, struct rich_text *text)
{
	size_t end;

	if (i >= s->n)
		return false;
	text->text = s->bytes.text + s->string[i].at;
	text->n_text = s->string[i].n_text;
	text->run = (const unsigned char *)text->text + text->n_text;
	end = i + 1 < s->n ? s->string[i + 1].at : s->bytes.n;
	text->n_run = (end - s->string[i].at - text->n_text) / XLS_RUN_SIZE;
	return true;
}

void xls_strings_clear(struct xls_strings *s)
{
	buf_clear(&s->bytes);
	free(s->string);
	*s = (struct xls_strings){ 0 };
}
