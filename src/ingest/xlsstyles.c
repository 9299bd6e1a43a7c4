#include "ingest/xlsstyles.h"

#include "base/utf8.h"
#include "ingest/limits.h"

#include <stdlib.h>

enum {
	STYLE_HEAD = 4, /* [bytes] of an XF that are read */
	FONT_HEAD = 14,	/* [bytes] of a font in front of its name */
	FONT_GAP = 4,	/* the number that no font has */
	FIRST_CAP = 64,
};

void xls_styles_init(struct xls_styles *s)
{
	*s = (struct xls_styles){ .own = memory_new(XLS_FORMATS, 1) };
}

void xls_styles_clear(struct xls_styles *s)
{
	free(s->own);
	free(s->style);
	free(s->font);
	*s = (struct xls_styles){ 0 };
}

bool xls_styles_format(struct xls_styles *s, struct pieces *p, struct diags *d)
{
	unsigned char id[2];
	struct buf code = { 0 };
	bool ok = pieces_take(p, id, sizeof id, d) && xls_text(p, &code, NULL, d);

	if (ok)
		s->own[le16(id)] = (unsigned char)(1 + format_of_code(code.text ? code.text : ""));
	buf_clear(&code);
	return ok;
}

static bool too_many(const struct pieces *p, struct diags *d)
{
	return diag_error(d, (struct origin){ .file = p->records->shown }, "limit",
		"the workbook has more than %d formats or fonts; copy the sheet into a new workbook", SHEET_STYLES_MAX);
}

bool xls_styles_style(struct xls_styles *s, struct pieces *p, struct diags *d)
{
	unsigned char head[STYLE_HEAD];

	if (!pieces_take(p, head, sizeof head, d))
		return false;
	if (s->n_style == SHEET_STYLES_MAX)
		return too_many(p, d);
	if (s->n_style == s->cap_style) {
		s->cap_style = s->cap_style ? 2 * s->cap_style : FIRST_CAP;
		s->style = memory_resize(s->style, s->cap_style, sizeof *s->style);
	}
	s->style[s->n_style++] = (struct xls_style){ (uint16_t)le16(head), (uint16_t)le16(head + 2) };
	return true;
}

bool xls_styles_number(const struct xls_styles *s, unsigned style, enum number_format *format)
{
	unsigned id;

	if (style >= s->n_style)
		return false;
	id = s->style[style].format;
	*format = s->own[id] ? (enum number_format)(s->own[id] - 1) : format_of_id(id);
	return true;
}

static void add_font(struct xls_styles *s, const char *name)
{
	struct legacy_font font = sheet_font_named(name);

	if (s->n_font == s->cap_font) {
		s->cap_font = s->cap_font ? 2 * s->cap_font : FIRST_CAP;
		s->font = memory_resize(s->font, s->cap_font, sizeof *s->font);
	}
	s->font[s->n_font++] = font;
	s->has_legacy = s->has_legacy || font.charset;
}

bool xls_styles_font(struct xls_styles *s, struct pieces *p, struct diags *d)
{
	struct buf name = { 0 };
	bool ok = s->n_font < SHEET_FONTS_MAX || too_many(p, d);

	ok = ok && pieces_pass(p, FONT_HEAD, d) && xls_short_text(p, &name, d);
	if (ok)
		add_font(s, name.text ? name.text : "");
	buf_clear(&name);
	return ok;
}

static struct legacy_font font_of(const struct xls_styles *s, unsigned number)
{
	size_t i = number > FONT_GAP ? number - 1 : number;

	return number == FONT_GAP || i >= s->n_font ? (struct legacy_font){ 0 } : s->font[i];
}

struct legacy_font xls_styles_font_of(const struct xls_styles *s, unsigned style)
{
	return font_of(s, style < s->n_style ? s->style[style].font : FONT_GAP);
}

/* A place in a text: bytes, and the same in UTF-16, by which runs count. */
struct text_place {
	size_t at;
	size_t n_unit;
};

static void go_to(struct text_place *p, const struct rich_text *text, size_t n_unit)
{
	while (p->at < text->n_text && p->n_unit < n_unit) {
		uint32_t code;
		size_t n = utf8_decode(text->text + p->at, text->n_text - p->at, &code);

		p->at += n ? n : 1;
		p->n_unit += n > 3 ? 2 : 1;
	}
}

void xls_styles_runs(const struct xls_styles *s, const struct rich_text *text, struct sheet_fonts *fonts)
{
	struct text_place place = { 0 };

	for (size_t i = 0; i < text->n_run; i++) {
		const unsigned char *run = text->run + i * XLS_RUN_SIZE;
		struct legacy_font font = font_of(s, le16(run + 2));

		go_to(&place, text, le16(run));
		sheet_fonts_run(fonts, place.at, &font);
	}
}
