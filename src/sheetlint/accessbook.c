/* The accessible workbook as a whole: its sheets and their order, titles, properties, the cover. */
#include "sheetlint/linting.h"

#include "base/utf8.h"

#include <string.h>

enum { NAME_MAX_CHARACTERS = 30, TITLE_SIZE = 1400 }; /* [1/100 pt] */

/* The sheets that come first, in this order. */
static const struct {
	enum xl_word word;
	const char *is;
} first_sheets[] = {
	{ WORD_COVER, "cover" }, { WORD_CONTENTS, "contents" }, { WORD_NOTES, "notes" },
};

bool xl_is_cover(const struct xl *x, const struct xl_sheet *s)
{
	return s == x->sheet;
}

const struct xl_sheet *xl_notes_sheet(struct xl *x)
{
	for (size_t i = 0; i < x->n_sheet; i++)
		if (xl_is_word(x, WORD_NOTES, x->sheet[i].name))
			return &x->sheet[i];
	return NULL;
}

bool xl_says(struct xl *x, const struct xl_sheet *s, enum xl_word word)
{
	unsigned end = s->n_table && s->table[0].range.first_row ? s->table[0].range.first_row : s->last_row + 1;

	for (size_t i = 0; i < s->n_cell && s->cell[i].row < end; i++)
		if (s->cell[i].kind == CELL_TEXT && xl_has_word(x, word, s->cell[i].text))
			return true;
	return false;
}

/* ---- sheets ---- */

/* "Sheet1", "Trang tính 2": what programs call sheets by themselves. */
static bool is_plain_name(struct xl *x, const char *name)
{
	size_t n = strlen(name);

	while (n && ((name[n - 1] >= '0' && name[n - 1] <= '9') || name[n - 1] == ' ' || name[n - 1] == '_'))
		n--;
	return xl_is_word(x, WORD_PLAIN_NAME, arena_slice(&x->arena, name, n));
}

static bool has_text(const struct xl_sheet *s)
{
	for (size_t i = 0; i < s->n_cell; i++)
		if (!xl_is_blank(&s->cell[i]))
			return true;
	return false;
}

static void check_sheet(struct xl *x, const struct xl_sheet *s)
{
	size_t n = utf8_length(s->name, strlen(s->name));
	const struct xl_cell *title = xl_cell_in(s, 1, 1);

	if (n > NAME_MAX_CHARACTERS || is_plain_name(x, s->name))
		xl_found(x, XL_D21_SHEETS, XL_SHEET(s), "the sheet is called '%s'", xl_show(x, s->name));
	if (s->state && strcmp(s->state, "visible") != 0)
		xl_found(x, XL_D9_HIDDEN, XL_SHEET(s), "the sheet is hidden");
	if (!s->is_read)
		return;
	if (!has_text(s))
		xl_found(x, XL_D21_SHEETS, XL_SHEET(s), "the sheet is blank");
	else if (xl_is_blank(title) || title->kind != CELL_TEXT)
		xl_found(x, XL_D16_TITLE, XL_AT(s, 1, 1), "the sheet has no title in A1");
	else if (!xl_font(x, title->style)->bold && xl_font(x, title->style)->size < TITLE_SIZE)
		xl_found(x, XL_D16_TITLE, XL_AT(s, 1, 1), "the title in A1 looks like the rest");
}

static void check_order(struct xl *x)
{
	for (size_t i = 0; i < sizeof first_sheets / sizeof *first_sheets; i++)
		if (i >= x->n_sheet)
			xl_found(x, XL_D21_SHEETS, XL_FILE, "sheet %zu, of the %s, is missing", i + 1, diag_say(x->d, first_sheets[i].is));
		else if (!xl_is_word(x, first_sheets[i].word, x->sheet[i].name))
			xl_found(x, XL_D21_SHEETS, XL_SHEET(&x->sheet[i]), "sheet %zu is called '%s', by which it is not known as the %s", i + 1,
				xl_show(x, x->sheet[i].name), diag_say(x->d, first_sheets[i].is));
}

/* ---- properties ---- */

static bool is_given(const struct xl *x, const char *name)
{
	const struct xl_node *e = xl_child(x->properties.root, name);

	return e && e->text[strspn(e->text, " \t\r\n")];
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* "vi", "vi-VN" */
static bool is_language(const char *s)
{
	size_t n = 0;

	while (is_letter(s[n]))
		n++;
	return n >= 2 && n <= 8 && (!s[n] || (s[n] == '-' && s[n + 1]));
}

static void check_properties(struct xl *x)
{
	const struct xl_node *language = xl_child(x->properties.root, "language");

	if (!is_given(x, "title"))
		xl_found(x, XL_D23_PROPERTIES, XL_FILE, "the properties of the workbook have no title");
	if (!is_given(x, "language"))
		xl_found(x, XL_D23_PROPERTIES, XL_FILE, "the properties of the workbook have no language");
	else if (!is_language(language->text))
		xl_found(x, XL_D23_PROPERTIES, XL_FILE, "the language '%s' is no language tag such as vi-VN", xl_show(x, language->text));
}

/* ---- the cover ---- */

static void check_cursor(struct xl *x, const struct xl_sheet *cover)
{
	const struct xl_node *books = xl_child(xl_child(x->book.root, "bookViews"), "workbookView");
	const struct xl_node *view = xl_child(xl_child(cover->tree.root, "sheetViews"), "sheetView");
	const struct xl_node *selection = xl_child(view, "selection");
	const char *cell = xl_value(selection, "activeCell");
	const char *top = xl_value(view, "topLeftCell");

	if (xl_number(xl_value(books, "activeTab"), 0))
		xl_found(x, XL_D24_COVER, XL_FILE, "the workbook opens on sheet %u", xl_number(xl_value(books, "activeTab"), 0) + 1);
	if ((cell && strcmp(cell, "A1") != 0) || (top && strcmp(top, "A1") != 0))
		xl_found(x, XL_D24_COVER, XL_SHEET(cover), "the cursor of the cover is in %s", xl_show(x, cell ? cell : top));
}

static void check_cover(struct xl *x, const struct xl_sheet *cover)
{
	check_cursor(x, cover);
	if (!xl_says(x, cover, WORD_CONTACT))
		xl_found(x, XL_D24_COVER, XL_SHEET(cover), "the cover does not say whom to ask (Liên hệ, Contact)");
	if (!xl_says(x, cover, WORD_PUBLISHED))
		xl_found(x, XL_D24_COVER, XL_SHEET(cover), "the cover does not say when this was published (Ngày công bố, Publication date)");
	if (!xl_says(x, cover, WORD_NEXT))
		xl_found(x, XL_D24_COVER, XL_SHEET(cover), "the cover does not say when the next one comes (Lần cập nhật tiếp theo, Next update)");
}

static void check_media(struct xl *x)
{
	for (size_t i = 0; i < container_count(x->container); i++)
		if (!strncmp(container_name(x->container, i), "xl/media/", 9))
			xl_found(x, XL_D20_PICTURE, XL_PART(i), "the workbook has a picture");
}

void xl_access_book(struct xl *x)
{
	check_order(x);
	for (size_t i = 0; i < x->n_sheet; i++)
		check_sheet(x, &x->sheet[i]);
	check_properties(x);
	check_media(x);
	if (x->n_sheet && x->sheet[0].is_read)
		check_cover(x, &x->sheet[0]);
}
