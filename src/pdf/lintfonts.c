/* Fonts: embedded, each code that is shown with a character and a glyph as wide as is said. */
#include "pdf/linting.h"

#include <stdlib.h>
#include <string.h>

enum { FLAG_SYMBOLIC = 4, WIDTHS_MAX = 4 * CODES, SYMBOL_CODES = 256 };

static const int64_t one = 1000000; /* of a thousandth of an em, in millionths */

struct checking {
	struct lint *lint;
	const struct lint_font *font;
	struct lint_place at;
	const struct pdf_object *own; /* the descendant of a composite font, else the font */
	const struct pdf_object *descriptor;
	struct lint_unicode unicode;
	bool has_unicode;
	struct truetype program;
	const unsigned char *map; /* of CIDToGIDMap, or NULL: Identity */
	size_t n_map;
	uint32_t named[SYMBOL_CODES]; /* the character of the glyph that /Differences names, 0: none */
	int64_t *width; /* [CODES] in millionths, -1: none */
};

static bool is_symbolic(const struct checking *c)
{
	const struct pdf_object *flags = lint_look(c->lint, c->descriptor, "Flags");

	return flags->kind == PDF_INTEGER && flags->number & FLAG_SYMBOLIC;
}

/* ---- encodings ---- */

/* WinAnsiEncoding, where it is not Latin 1. */
static const uint16_t win_ansi[] = { 0x20AC, 0x2022, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152,
	0x2022, 0x17D, 0x2022, 0x2022, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153,
	0x2022, 0x17E, 0x178 };

/* Of a simple font: by the encoding, which may name other glyphs. */
static uint32_t character_of(const struct checking *c, uint32_t code)
{
	if (is_symbolic(c))
		return code;
	if (c->named[code])
		return c->named[code];
	return code >= 0x80 && code < 0xA0 ? win_ansi[code - 0x80] : code;
}

/* Codes, each with the names of glyphs from there on. */
static void read_differences(struct checking *c, const struct pdf_object *encoding)
{
	struct lint *l = c->lint;
	const struct pdf_object *list = lint_look(l, encoding, "Differences");
	int64_t code = -1;

	for (uint32_t i = 0; list->kind == PDF_ARRAY && i < list->n; i++) {
		const struct pdf_object *o = pdf_item(l->view, list, i);
		uint32_t character = lint_glyph_character(o, &l->arena);

		if (o->kind == PDF_INTEGER) {
			code = o->number;
		} else if (code < 0 || code >= SYMBOL_CODES || !character) {
			lint_found(l, LINT_FONT_ENCODING, c->at, "/Differences %s", lint_text(l, o));
			return;
		} else {
			c->named[code++] = character;
		}
	}
}

static unsigned glyph_of(const struct checking *c, uint32_t code)
{
	if (!c->font->is_composite)
		return truetype_glyph(&c->program, character_of(c, code));
	if (!c->map)
		return code;
	return (size_t)code * 2 + 1 < c->n_map ? (unsigned)c->map[code * 2] << 8 | c->map[code * 2 + 1] : 0;
}

static void check_encoding(struct checking *c)
{
	struct lint *l = c->lint;
	const struct pdf_object *encoding = lint_look(l, c->font->object, "Encoding");
	const struct pdf_object *base = encoding->kind == PDF_DICT ? lint_look(l, encoding, "BaseEncoding") : encoding;
	bool ok;

	if (c->font->is_composite)
		ok = pdf_name_is(encoding, "Identity-H") || pdf_name_is(encoding, "Identity-V");
	else if (is_symbolic(c))
		ok = encoding->kind == PDF_NULL;
	else
		ok = pdf_name_is(base, "WinAnsiEncoding") && (c->program.cmap == 0 || !c->program.is_symbol);
	if (!ok)
		lint_found(l, LINT_FONT_ENCODING, c->at, "/Encoding %s", lint_text(l, base));
	else if (!c->font->is_composite)
		read_differences(c, encoding);
}

/* ---- widths ---- */

static void set_width(struct checking *c, int64_t code, const struct pdf_object *width)
{
	int64_t value;

	if (code >= 0 && code < CODES && pdf_millionths(width, &value) && value >= 0)
		c->width[code] = value;
}

static void read_simple_widths(struct checking *c)
{
	struct lint *l = c->lint;
	const struct pdf_object *first = lint_look(l, c->own, "FirstChar");
	const struct pdf_object *widths = lint_look(l, c->own, "Widths");

	for (uint32_t i = 0; first->kind == PDF_INTEGER && widths->kind == PDF_ARRAY && i < widths->n && i < SYMBOL_CODES; i++)
		if (first->number >= 0 && first->number < SYMBOL_CODES)
			set_width(c, first->number + i, pdf_item(l->view, widths, i));
}

/* `from [w w w]` or `from to w` at place *i; false: no more. */
static bool read_group(struct checking *c, const struct pdf_object *w, uint32_t *i, size_t *left)
{
	const struct pdf_object *from = pdf_item(c->lint->view, w, *i);
	const struct pdf_object *to = pdf_item(c->lint->view, w, *i + 1);

	if (from->kind != PDF_INTEGER || *i + 1 >= w->n)
		return false;
	if (to->kind == PDF_ARRAY) {
		for (uint32_t k = 0; k < to->n && *left; k++, --*left)
			set_width(c, from->number + k, pdf_item(c->lint->view, to, k));
		*i += 2;
		return *left > 0;
	}
	if (to->kind != PDF_INTEGER || from->number < 0 || to->number >= CODES)
		return false;
	for (int64_t code = from->number; code <= to->number && *left; code++, --*left)
		set_width(c, code, pdf_item(c->lint->view, w, *i + 2));
	*i += 3;
	return *left > 0;
}

static void read_composite_widths(struct checking *c)
{
	const struct pdf_object *w = lint_look(c->lint, c->own, "W");
	const struct pdf_object *usual = lint_look(c->lint, c->own, "DW");
	size_t left = WIDTHS_MAX;
	uint32_t i = 0;

	for (uint32_t code = 0; code < CODES; code++) {
		c->width[code] = 1000 * one;
		set_width(c, code, usual);
	}
	while (w->kind == PDF_ARRAY && i < w->n && read_group(c, w, &i, &left))
		;
}

static void check_width(struct checking *c, uint32_t code, unsigned glyph)
{
	int64_t em = c->program.em;
	int64_t program = (int64_t)truetype_width(&c->program, glyph) * 1000 * one;
	int64_t said = c->width[code];

	if (said > INT64_C(100000) * one || said < 0 || llabs(said * em - program) > em * one)
		lint_found(c->lint, LINT_FONT_WIDTH, c->at, "<%02x>: %lld, hmtx %lld", code, (long long)(said < 0 ? -1 : said / one),
			(long long)(program / em / one));
}

/* ---- codes ---- */

static bool is_used(const struct lint_font *font, uint32_t code)
{
	return font->used[code / 8] >> code % 8 & 1;
}

static void check_unicode(struct checking *c, uint32_t code)
{
	if (!c->has_unicode || c->unicode.state[code] == UNICODE_NONE)
		lint_found(c->lint, LINT_FONT_UNICODE, c->at, "<%02x>", code);
	else if (c->unicode.state[code] == UNICODE_BAD)
		lint_found(c->lint, LINT_FONT_VALUE, c->at, "<%02x>: U+%04X", code, c->unicode.first[code]);
}

static void check_code(struct checking *c, uint32_t code)
{
	unsigned glyph = glyph_of(c, code);

	if (!glyph || glyph >= c->program.n_glyph)
		lint_found(c->lint, LINT_FONT_NOTDEF, c->at, "<%02x>", code);
	else
		check_width(c, code, glyph);
}

static void check_codes(struct checking *c, bool has_program)
{
	for (uint32_t code = 0; code < CODES; code++) {
		if (!is_used(c->font, code))
			continue;
		check_unicode(c, code);
		if (has_program)
			check_code(c, code);
	}
}

/* ---- the program ---- */

static bool open_program(struct checking *c)
{
	struct lint *l = c->lint;
	const struct pdf_object *file = lint_look(l, c->descriptor, "FontFile2");
	struct bytes data;

	if (file->kind != PDF_STREAM) {
		bool other = pdf_has(c->descriptor, "FontFile") || pdf_has(c->descriptor, "FontFile3");

		lint_found(l, other ? LINT_FONT_KIND : LINT_FONT_EMBEDDED, c->at, "/BaseFont %s",
			lint_text(l, lint_look(l, c->font->object, "BaseFont")));
		return false;
	}
	if (pdf_stream_data(l->view, file, &l->arena, &data, l->d) && truetype_open(data, &c->program))
		return true;
	lint_found(l, LINT_FONT_PROGRAM, c->at, "/FontFile2 %s", lint_text(l, pdf_find(c->descriptor, "FontFile2")));
	return false;
}

static void read_cidmap(struct checking *c)
{
	struct lint *l = c->lint;
	const struct pdf_object *map = lint_look(l, c->own, "CIDToGIDMap");
	struct bytes data;

	if (map->kind == PDF_STREAM && pdf_stream_data(l->view, map, &l->arena, &data, l->d)) {
		c->map = (const unsigned char *)data.data;
		c->n_map = data.n;
	} else if (!pdf_name_is(map, "Identity")) {
		lint_found(l, LINT_FONT_CIDMAP, c->at, "/CIDToGIDMap %s", lint_text(l, map));
	}
}

static bool find_own(struct checking *c)
{
	struct lint *l = c->lint;
	const struct pdf_object *font = c->font->object;

	c->own = c->font->is_composite ? pdf_item(l->view, lint_look(l, font, "DescendantFonts"), 0) : font;
	c->descriptor = lint_look(l, c->own, "FontDescriptor");
	if (pdf_name_is(lint_look(l, c->own, "Subtype"), c->font->is_composite ? "CIDFontType2" : "TrueType"))
		return true;
	if (lint_is_dict(c->descriptor))
		lint_found(l, LINT_FONT_KIND, c->at, "/Subtype %s", lint_text(l, lint_look(l, c->own, "Subtype")));
	else
		lint_found(l, LINT_FONT_EMBEDDED, c->at, "/BaseFont %s", lint_text(l, lint_look(l, font, "BaseFont")));
	return false;
}

static bool has_system(struct lint *l, const struct pdf_object *font)
{
	const struct pdf_object *system = lint_look(l, font, "CIDSystemInfo");

	return lint_look(l, system, "Registry")->kind == PDF_STRING && lint_look(l, system, "Ordering")->kind == PDF_STRING
		&& lint_look(l, system, "Supplement")->kind == PDF_INTEGER;
}

static bool has_codes(struct lint *l, const struct pdf_object *font)
{
	const struct pdf_object *first = lint_look(l, font, "FirstChar");
	const struct pdf_object *last = lint_look(l, font, "LastChar");
	const struct pdf_object *widths = lint_look(l, font, "Widths");

	return first->kind == PDF_INTEGER && last->kind == PDF_INTEGER && widths->kind == PDF_ARRAY && first->number >= 0
		&& last->number < SYMBOL_CODES && last->number - first->number + 1 == widths->n;
}

/* What the dictionaries of a font must say. */
static void check_dictionary(struct checking *c)
{
	struct lint *l = c->lint;
	const struct pdf_object *name = lint_look(l, c->descriptor, "FontName");
	const struct pdf_object *base = lint_look(l, c->own, "BaseFont");

	if (name->kind != PDF_NAME || !pdf_same(name, base))
		lint_found(l, LINT_FONT_DICT, c->at, "/BaseFont %s/FontName %s", lint_text(l, base), lint_text(l, name));
	if (pdf_has(c->descriptor, "CIDSet"))
		lint_found(l, LINT_FONT_DICT, c->at, "/CIDSet");
	if (c->font->is_composite && !has_system(l, c->own))
		lint_found(l, LINT_FONT_DICT, c->at, "/CIDSystemInfo %s", lint_text(l, lint_look(l, c->own, "CIDSystemInfo")));
	if (!c->font->is_composite && !has_codes(l, c->own))
		lint_found(l, LINT_FONT_DICT, c->at, "/FirstChar %s/LastChar %s", lint_text(l, lint_look(l, c->own, "FirstChar")),
			lint_text(l, lint_look(l, c->own, "LastChar")));
}

static void check_font(struct lint *l, const struct lint_font *font)
{
	bool has_program;

	struct checking c = { .lint = l, .font = font, .at = LINT_AT(font->number) };

	if (!find_own(&c))
		return;
	c.has_unicode = lint_unicode(l, lint_look(l, font->object, "ToUnicode"), &c.unicode);
	c.width = ARENA_ARRAY(&l->arena, CODES, int64_t);
	memset(c.width, 0xFF, CODES * sizeof *c.width); /* -1 */
	check_dictionary(&c);
	has_program = open_program(&c);
	check_encoding(&c);
	if (font->is_composite) {
		read_cidmap(&c);
		read_composite_widths(&c);
	} else {
		read_simple_widths(&c);
	}
	check_codes(&c, has_program);
}

/* As many as a plan may have; each takes a table of all codes. */
enum { FONTS_MAX = 500 };

void lint_fonts(struct lint *l)
{
	if (!lint_applies(l, LINT_FONT_EMBEDDED))
		return;
	if (l->n_font > FONTS_MAX)
		lint_found(l, LINT_FONT_KIND, LINT_FILE, "%zu /Font", l->n_font);
	for (size_t i = 0; i < l->n_font && i < FONTS_MAX; i++)
		check_font(l, l->font[i]);
}
