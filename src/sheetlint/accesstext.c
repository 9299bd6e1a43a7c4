/* Texts of an accessible workbook: no symbols for notes, links that say where they lead, no text in capitals. */
#include "sheetlint/linting.h"

#include "base/utf8.h"

#include <string.h>

enum { CAPITALS_FROM = 9 }; /* characters: shorter texts may be abbreviations */

/* ---- symbols ---- */

/* What marks a note at the end of a text. */
static const uint32_t symbols[] = { '*', 0x2020, 0x2021, 0x00A7, 0x00B6, 0x00B9, 0x00B2, 0x00B3, 0x2070, 0x2074, 0x2075, 0x2076, 0x2077, 0x2078,
	0x2079 };

/* The last character, and the byte before it ('\0': none). */
static uint32_t last_character(const char *s, char *before)
{
	size_t n = strlen(s);
	size_t at = n;
	uint32_t code;

	while (at && ((unsigned char)s[at - 1] & 0xC0) == 0x80)
		at--;
	if (!at || !utf8_decode(s + at - 1, n - at + 1, &code))
		return 0;
	*before = at > 1 ? s[at - 2] : '\0';
	return code;
}

static void check_symbols(struct xl *x, const struct xl_sheet *s, const struct xl_cell *c)
{
	char before = '\0';
	uint32_t last = last_character(c->text, &before);
	bool is_unit = (last == 0x00B2 || last == 0x00B3) && before == 'm';

	for (size_t i = 0; !is_unit && i < sizeof symbols / sizeof *symbols; i++)
		if (last == symbols[i]) {
			xl_found(x, XL_D10_SYMBOL, XL_AT(s, c->row, c->col), "the text ends with a symbol: '%s'", xl_show(x, c->text));
			return;
		}
	if (xl_font(x, c->style)->raised || (c->string && x->string[c->string - 1].raised))
		xl_found(x, XL_D10_SYMBOL, XL_AT(s, c->row, c->col), "a part of the text is raised or lowered");
}

/* ---- capitals ---- */

static bool is_all_capitals(struct xl *x, const char *text)
{
	size_t n = strlen(text);
	const char *lower = utf8_fold(text, n, &x->arena);

	return strchr(text, ' ') && utf8_length(text, n) >= CAPITALS_FROM && !strcmp(text, utf8_upper(text, &x->arena))
	       && strcmp(utf8_upper(lower, &x->arena), lower) != 0;
}

/* ---- links ---- */

static bool is_address(const char *s)
{
	static const char *const begins[] = { "http:", "https:", "www.", "mailto:" };

	for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
		if (!strncmp(s, begins[i], strlen(begins[i])))
			return true;
	return false;
}

static void check_links(struct xl *x, const struct xl_sheet *s)
{
	for (const struct xl_node *e = xl_child(xl_child(s->tree.root, "hyperlinks"), "hyperlink"); e; e = xl_sibling(e, "hyperlink")) {
		struct sheet_range r;
		const struct xl_cell *c;

		if (!xl_value(e, "ref") || !xl_range(xl_value(e, "ref"), &r))
			continue;
		c = xl_cell_in(s, r.first_row, r.first_col);
		if (xl_is_blank(c) || is_address(c->text) || xl_is_word(x, WORD_LINK, c->text))
			xl_found(x, XL_D14_LINK, XL_AT(s, r.first_row, r.first_col), "the text of the link is '%s'", xl_show(x, c ? c->text : ""));
	}
}

/* Each shared text is folded once for the cells that have it. */
static void check_texts(struct xl *x, const struct xl_sheet *s, uint8_t *seen)
{
	enum { NEW, CAPITALS, FINE };

	for (size_t i = 0; i < s->n_cell; i++) {
		const struct xl_cell *c = &s->cell[i];
		uint8_t own = NEW;
		uint8_t *is = c->string ? &seen[c->string - 1] : &own;

		if (c->kind != CELL_TEXT)
			continue;
		check_symbols(x, s, c);
		if (*is == NEW)
			*is = is_all_capitals(x, c->text) ? CAPITALS : FINE;
		if (*is == CAPITALS)
			xl_found(x, XL_D15_FONT, XL_AT(s, c->row, c->col), "the text is all in capitals: '%s'", xl_show(x, c->text));
	}
}

void xl_access_texts(struct xl *x)
{
	uint8_t *seen = ARENA_ARRAY(&x->arena, x->n_string + 1, uint8_t);

	for (size_t i = 0; i < x->n_sheet; i++) {
		check_texts(x, &x->sheet[i], seen);
		check_links(x, &x->sheet[i]);
	}
}
