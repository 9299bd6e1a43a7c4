#include "ingest/sheetfonts.h"

#include "ingest/encoding.h"

#include <stdlib.h>

enum { FIRST_CAP = 16 };

bool sheet_fonts_check(const struct reader_options *options, struct diags *d)
{
	return (options->encoding && legacy_named(options->encoding))
	       || encoding_check(options->encoding, (struct origin){ .file = options->shown }, d);
}

void sheet_fonts_init(struct sheet_fonts *f, const struct reader_options *options)
{
	*f = (struct sheet_fonts){ 0 };
	if (options->encoding)
		f->all = (struct legacy_font){ .charset = legacy_named(options->encoding), .is_sure = true };
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
	if (f->all.charset)
		return f->all;
	font.is_sure = f->is_sure;
	return font;
}

static bool is_same(struct legacy_font a, struct legacy_font b)
{
	return a.charset == b.charset && a.capitals == b.capitals;
}

/* Where runs of the same font follow each other, they are one: a letter and its mark may be of two. Returns the last
 * encoding that something was converted from. */
static enum legacy_charset convert(struct sheet_fonts *f, struct legacy_font cell, const char *text, size_t n)
{
	enum legacy_charset charset = LEGACY_NONE;
	struct legacy_font now = meant(f, cell);
	size_t begin = 0;

	f->converted.n = 0;
	for (size_t i = 0; i <= f->n_run; i++) {
		const struct font_run *run = i < f->n_run ? &f->run[i] : NULL;
		struct legacy_font next = meant(f, run && run->is_own ? run->font : cell);
		size_t end = run && run->at < n ? run->at : n;

		if (run && is_same(now, next))
			continue;
		if (end > begin && legacy_text(now, text + begin, end - begin, &f->converted))
			charset = now.charset;
		begin = end > begin ? end : begin;
		now = next;
	}
	return charset;
}

void sheet_fonts_text(struct sheet_fonts *f, struct legacy_font cell, const char **text, size_t *n, struct origin at, struct diags *d)
{
	enum legacy_charset charset = LEGACY_NONE;

	if (f->n_run || f->all.charset || cell.charset)
		charset = convert(f, cell, *text, *n);
	f->n_run = 0;
	if (!charset)
		return;
	*text = f->converted.n ? f->converted.text : "";
	*n = f->converted.n;
	if (f->is_noted)
		return;
	f->is_noted = true;
	diag_note(d, at, "encoding", "the font of this cell is of before Unicode: its text, like others, is read as %s", legacy_name(charset));
}
