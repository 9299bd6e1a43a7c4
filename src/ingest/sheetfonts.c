#include "ingest/sheetfonts.h"

#include "ingest/encoding.h"

#include <stdlib.h>
#include <string.h>

enum {
	FIRST_CAP = 16,
	WEIGHED_MAX = 10000, /* texts: more tell nothing new */
	DOUBTS_TOLD = 20,    /* cells */
	SHOWN_MAX = 40,	     /* [bytes] of a text */
};

bool sheet_fonts_check(const struct reader_options *options, struct diags *d)
{
	const char *encoding = options->encoding;

	if (!encoding || legacy_named(encoding) || encoding_is_utf8(encoding))
		return true;
	return diag_error(d, (struct origin){ .file = options->shown }, "encoding",
		"encoding=\"%s\" says nothing of a spreadsheet; delete it from the job's <source>, or write tcvn3, vni, viscii or cp1258 if its "
		"texts are of before Unicode, or utf-8 if none is, whatever its font",
		encoding);
}

void sheet_fonts_init(struct sheet_fonts *f, const struct reader_options *options)
{
	*f = (struct sheet_fonts){ .shown = options->shown };
	if (!options->encoding)
		return;
	f->all.charset = legacy_named(options->encoding);
	f->is_unicode = !f->all.charset;
}

void sheet_fonts_clear(struct sheet_fonts *f)
{
	buf_clear(&f->converted);
	free(f->run);
	f->run = NULL;
	f->n_run = f->cap_run = 0;
}

struct legacy_font sheet_font_named(const char *name)
{
	struct legacy_font font = { 0 };

	font.charset = legacy_of_font(name, &font.capitals);
	return font;
}

void sheet_fonts_begin(struct sheet_fonts *f)
{
	f->n_run = 0;
}

/* One that begins where another does leaves nothing to that one: so there are never more runs than bytes. */
void sheet_fonts_run(struct sheet_fonts *f, size_t at, const struct legacy_font *own)
{
	if (f->n_run && f->run[f->n_run - 1].at == at)
		f->n_run--;
	if (f->n_run == f->cap_run) {
		f->cap_run = f->cap_run ? 2 * f->cap_run : FIRST_CAP;
		f->run = memory_resize(f->run, f->cap_run, sizeof *f->run);
	}
	f->run[f->n_run++] = (struct font_run){ at, own, own ? *own : (struct legacy_font){ 0 } };
}

static struct legacy_font meant(const struct sheet_fonts *f, struct legacy_font font)
{
	return f->all.charset ? f->all : font;
}

static bool is_same(struct legacy_font a, struct legacy_font b)
{
	return a.charset == b.charset && a.capitals == b.capitals;
}

/* ---- what a text is ---- */

/* A part of a text, of one font. */
struct part {
	struct legacy_font font;
	const char *text;
	size_t n;
	enum legacy_sense sense;
};

static bool is_converted(const struct sheet_fonts *f, const struct part *p)
{
	const struct font_evidence *seen = &f->seen[p->font.charset];

	if (p->sense == LEGACY_EITHER)
		return f->all.charset || (!f->is_unicode && seen->n_meant && !seen->n_unicode);
	return p->sense == LEGACY_SIGNS || p->sense == LEGACY_MEANT;
}

static void weigh(struct sheet_fonts *f, const struct part *p)
{
	struct font_evidence *seen = &f->seen[p->font.charset];

	f->n_weighed += p->sense != LEGACY_PLAIN;
	seen->n_meant += p->sense == LEGACY_MEANT;
	seen->n_unicode += p->sense == LEGACY_UNICODE;
}

/* What became of a text. */
struct outcome {
	enum legacy_charset charset; /* the last that something was converted from */
	bool is_doubtful;
	struct part doubt; /* the first part that may be either */
};

static void take_part(struct sheet_fonts *f, struct part p, struct outcome *o)
{
	p.sense = legacy_sense(p.font, p.text, p.n);
	if (f->is_weighing)
		weigh(f, &p);
	if (is_converted(f, &p)) {
		legacy_convert(p.font, p.text, p.n, &f->converted);
		o->charset = p.font.charset;
	} else {
		buf_put(&f->converted, p.text, p.n);
	}
	if (p.sense != LEGACY_EITHER || o->is_doubtful)
		return;
	o->is_doubtful = true;
	o->doubt = p;
}

/* Where runs of the same font follow each other, they are one: a letter and its mark may be of two. */
static struct outcome take_parts(struct sheet_fonts *f, struct legacy_font cell, const char *text, size_t n)
{
	struct outcome o = { 0 };
	struct legacy_font now = meant(f, cell);
	size_t begin = 0;

	f->converted.n = 0;
	for (size_t i = 0; i <= f->n_run; i++) {
		const struct font_run *run = i < f->n_run ? &f->run[i] : NULL;
		struct legacy_font next = meant(f, run && run->is_own ? run->font : cell);
		size_t end = run && run->at < n ? run->at : n;

		if (run && is_same(now, next))
			continue;
		if (end > begin)
			take_part(f, (struct part){ .font = now, .text = text + begin, .n = end - begin }, &o);
		begin = end > begin ? end : begin;
		now = next;
	}
	return o;
}

/* ---- what is told of it ---- */

static void note_converted(struct sheet_fonts *f, enum legacy_charset charset, struct origin at, struct diags *d)
{
	if (f->is_noted)
		return;
	f->is_noted = true;
	if (f->all.charset)
		diag_note(d, at, "encoding", "the text of this cell, like others, is read as encoding=\"%s\" of the source says: as %s",
			legacy_code(charset), legacy_name(charset));
	else
		diag_note(d, at, "encoding", "the font of this cell is of before Unicode: its text, like others, is read as %s",
			legacy_name(charset));
}

/* Whole characters that fit. */
static int shown_length(const char *s, size_t n)
{
	if (n <= SHOWN_MAX)
		return (int)n;
	for (n = SHOWN_MAX; n && ((unsigned char)s[n] & 0xC0) == 0x80;)
		n--;
	return (int)n;
}

static bool is_mixed(const struct font_evidence *seen)
{
	return seen->n_meant && seen->n_unicode;
}

static void tell_doubt(struct sheet_fonts *f, const struct part *p, struct origin at, struct diags *d)
{
	const struct font_evidence *seen = &f->seen[p->font.charset];
	const char *name = legacy_name(p->font.charset);
	const char *code = legacy_code(p->font.charset);
	struct buf other = { 0 };
	const char *stands = diag_quoted(d, p->text);
	int n = shown_length(p->text, p->n);
	const char *means;

	legacy_convert(p->font, p->text, (size_t)n, &other);
	means = diag_quoted(d, other.text);
	if (is_mixed(seen))
		diag_error(d, at, "encoding",
			"this text is Vietnamese as it stands ('%.*s') and, by its font, as %s ('%s'), and texts of both kinds have such fonts; "
			"type it anew in a font of Unicode, or say encoding=\"utf-8\" or encoding=\"%s\" on the job's <source> if all like it "
			"are the one or the other",
			n, stands, name, means, code);
	else if (seen->n_meant)
		diag_warning(d, at, "encoding",
			"this text is read as %s ('%s') like all others in such fonts, but is Vietnamese as it stands, too ('%.*s'); if that is "
			"right, give the cell a font of Unicode",
			name, means, n, stands);
	else
		diag_note(d, at, "encoding",
			"this text is read as it stands ('%.*s'), but by its font may be %s ('%s'); if it is, say encoding=\"%s\" on the job's "
			"<source>",
			n, stands, name, means, code);
	buf_clear(&other);
}

/* Where Unicode is all that is in such a font, one text tells enough. */
static void note_doubt(struct sheet_fonts *f, const struct part *p, struct origin at, struct diags *d)
{
	const struct font_evidence *seen = &f->seen[p->font.charset];

	if (f->all.charset || f->is_unicode)
		return;
	f->is_wrong = f->is_wrong || is_mixed(seen);
	if (seen->n_unicode && !seen->n_meant && f->n_unicode++)
		return;
	if (f->n_doubt++ < DOUBTS_TOLD)
		tell_doubt(f, p, at, d);
}

void sheet_fonts_text(struct sheet_fonts *f, struct legacy_font cell, const char **text, size_t *n, struct origin at, struct diags *d)
{
	struct outcome o = { 0 };

	if (f->n_run || f->all.charset || cell.charset)
		o = take_parts(f, cell, *text, *n);
	f->n_run = 0;
	if (f->is_weighing)
		return;
	if (o.is_doubtful)
		note_doubt(f, &o.doubt, at, d);
	if (!o.charset)
		return;
	*text = f->converted.n ? f->converted.text : "";
	*n = f->converted.n;
	note_converted(f, o.charset, at, d);
}

/* ---- reading ---- */

/* Takes rows until enough was weighed. */
struct blind {
	struct row_sink sink;
	const struct sheet_fonts *fonts;
};

static bool take_blindly(struct row_sink *sink, const struct row *row, size_t n_row, struct diags *d)
{
	const struct blind *b = (const struct blind *)sink;

	(void)row;
	(void)n_row;
	(void)d;
	return b->fonts->n_weighed < WEIGHED_MAX;
}

/* What is wrong in the sheet is told the second time. */
static void weigh_all(struct sheet_fonts *f, struct fonts_reading reading)
{
	struct blind blind = { { take_blindly }, f };
	struct diags unheard = { .quiet = true };

	f->is_weighing = true;
	reading.read(reading.ctx, &blind.sink, &unheard);
	f->is_weighing = false;
	diags_clear(&unheard);
}

bool sheet_fonts_read(struct sheet_fonts *f, bool has_old, struct fonts_reading reading, struct row_sink *sink, struct diags *d)
{
	bool ok;

	if (has_old && !f->all.charset && !f->is_unicode)
		weigh_all(f, reading);
	ok = reading.read(reading.ctx, sink, d);
	if (f->n_doubt > DOUBTS_TOLD)
		diag_note(d, (struct origin){ .file = f->shown }, "encoding",
			"%zu texts in all, in fonts of before Unicode, may be Unicode or not", f->n_doubt);
	return ok && !f->is_wrong;
}
