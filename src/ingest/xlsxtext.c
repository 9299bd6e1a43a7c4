#include "base/sax.h"
#include "base/utf8.h"
#include "base/xstring.h"
#include "ingest/opc.h"
#include "ingest/xlsxparts.h"

#include <string.h>

enum {
	MARK_CELL = 1,	   /* from here on the font is the cell's; no text of XML has this character, nor the next */
	MARK_OWN = 2,	   /* from here on it is that of the character behind this one: */
	FONT_MARK = 'A',   /* and twice its encoding, and one if it shows capitals */
};

bool xlsx_is_ours(const char *space)
{
	return !strcmp(space, "http://schemas.openxmlformats.org/spreadsheetml/2006/main")
	       || !strcmp(space, "http://purl.oclc.org/ooxml/spreadsheetml/main");
}

bool xlsx_check_root(const struct sax_element *e, const char *name, struct diags *d)
{
	if (xlsx_is_ours(e->space) && !strcmp(e->name, name))
		return true;
	return diag_error(d, e->at, "format", "this part of the file should be <%s>, but is <%s>; open and save it in a spreadsheet program",
		name, e->name);
}

/* The character of "_x000D_" at s; 0 where none is, or one that no text may have. */
static uint32_t escaped(const char *s, size_t n)
{
	uint32_t code;

	if (!xstring_begins(s, n, &code))
		return 0;
	if (code < ' ' && code != '\t' && code != '\n' && code != '\r')
		return 0;
	return code >= 0xD800 && code <= 0xDFFF ? 0 : code;
}

void xlsx_put_escaped(const char *s, size_t n, struct buf *into)
{
	const char *end = s + n;

	while (s < end) {
		const char *mark = memchr(s, '_', (size_t)(end - s));
		char letter[4];
		uint32_t code;

		if (!mark)
			break;
		buf_put(into, s, (size_t)(mark - s));
		code = escaped(mark, (size_t)(end - mark));
		if (code)
			buf_put(into, letter, utf8_encode(code, letter));
		else
			buf_putc(into, '_');
		s = mark + (code ? XSTRING_LENGTH : 1);
	}
	buf_put(into, s, (size_t)(end - s));
}

void xlsx_text_begin(struct xlsx_text *t, struct buf *into)
{
	t->into = into;
	t->depth = t->skip = 0;
	t->in_text = t->has_text = t->has_runs = t->is_wrong = t->is_marked = t->has_font = false;
	t->font = (struct legacy_font){ 0 };
}

/* <t>, or <r> with <t> and <rPr> with <rFont val="..."/>; phonetic runs and what is not known are passed over. */
void xlsx_text_start(struct xlsx_text *t, const struct sax_element *e)
{
	bool in_run = t->depth == 1 && !t->in_text;

	t->is_wrong = t->is_wrong || t->in_text;
	if (t->skip || !xlsx_is_ours(e->space)) {
		t->skip++;
	} else if (!strcmp(e->name, "t") && (!t->depth || in_run)) {
		t->is_wrong = t->is_wrong || t->has_text || in_run != t->has_runs;
		t->in_text = t->has_text = true;
	} else if (!strcmp(e->name, "r") && !t->depth) {
		t->is_wrong = t->is_wrong || (t->has_text && !t->has_runs);
		t->has_runs = true;
		t->has_font = t->has_text = false;
		t->font = (struct legacy_font){ 0 };
	} else if (!strcmp(e->name, "rFont") && t->depth == 2) {
		const char *name = sax_value(e, "val");

		t->has_font = name;
		t->font = sheet_font_named(name ? name : "");
		t->skip++;
	} else if (strcmp(e->name, "rPr") != 0 || !in_run) {
		t->skip++;
	}
	t->depth += !t->skip;
}

/* The mark, the font behind it, the text. */
static void put_own(struct xlsx_text *t, const char *s, size_t n)
{
	t->is_marked = true;
	buf_putc(t->into, MARK_OWN);
	buf_putc(t->into, (char)(FONT_MARK + 2 * t->font.charset + t->font.capitals));
	xlsx_put_escaped(s, n, t->into);
	buf_putc(t->into, MARK_CELL);
}

void xlsx_text_take(struct xlsx_text *t, const char *s, size_t n)
{
	if (!t->in_text || t->skip)
		return;
	if (t->has_font && (t->font.charset || !utf8_is_ascii(s, n)))
		put_own(t, s, n);
	else
		xlsx_put_escaped(s, n, t->into);
}

void xlsx_text_end(struct xlsx_text *t)
{
	if (t->skip) {
		t->skip--;
		return;
	}
	t->in_text = false;
	t->depth--;
}

/* A part of a marked text, of one font. */
struct part {
	const char *text;
	size_t n;
	bool is_own;
	struct legacy_font font;
};

/* The part at *s, moved behind it; false at the end. */
static bool next_part(const char **s, const char *end, struct part *p)
{
	if (*s == end)
		return false;
	*p = (struct part){ 0 };
	if (**s == MARK_OWN && end - *s > 1) {
		unsigned mark = (unsigned)(*s)[1] - FONT_MARK;

		p->is_own = true;
		if (mark / 2 < N_LEGACY)
			p->font = (struct legacy_font){ .charset = (enum legacy_charset)(mark / 2), .capitals = mark % 2 };
		*s += 2;
	} else if (**s == MARK_CELL) {
		++*s;
	}
	for (p->text = *s; *s < end && **s != MARK_CELL && **s != MARK_OWN; ++*s)
		p->n++;
	return true;
}

void xlsx_text_put(const char *s, size_t n, struct buf *into, struct sheet_fonts *fonts)
{
	const char *end = s + n;
	struct part part;

	while (next_part(&s, end, &part)) {
		sheet_fonts_run(fonts, into->n, part.is_own ? &part.font : NULL);
		buf_put(into, part.text, part.n);
	}
}

bool xlsx_text_has_old(const char *s, size_t n)
{
	const char *end = s + n;
	struct part part;

	while (next_part(&s, end, &part))
		if (part.font.charset)
			return true;
	return false;
}
