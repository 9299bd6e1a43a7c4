/* Defined names: what they refer to, and what is repeated on each printed page. */
#include "sheetlint/linting.h"

#include "base/utf8.h"

#include <string.h>

static const char print_titles[] = "_xlnm.Print_Titles";

void xl_names_read(struct xl *x)
{
	for (const struct xl_node *e = xl_child(xl_child(x->book.root, "definedNames"), "definedName"); e; e = xl_sibling(e, "definedName")) {
		const char *name = xl_value(e, "name");
		const char *local = xl_value(e, "localSheetId");
		uint32_t sheet = local ? xl_number(local, UINT32_MAX - 1) + 1 : 0;

		if (sheet > x->n_sheet)
			xl_found(x, XL_DEFINED_NAME, XL_PART(x->book_part), "the name '%s' is of the sheet number %s (counted from 0), but there are only %zu",
				xl_show(x, name ? name : ""), xl_show(x, local), x->n_sheet);
		else
			*ARENA_PUSH(&x->arena, x->name, x->n_name, &x->cap_name) = (struct xl_name){ name ? name : "", e->text, sheet };
	}
}

void xl_names_index(struct xl *x)
{
	map_init(&x->known, &x->arena);
	for (size_t i = 0; i < x->n_name; i++)
		map_add(&x->known, utf8_fold(x->name[i].name, strlen(x->name[i].name), &x->arena), 0, NULL);
	for (size_t i = 0; i < x->n_sheet; i++)
		for (size_t t = 0; t < x->sheet[i].n_table; t++)
			map_add(&x->known, utf8_fold(x->sheet[i].table[t].name, strlen(x->sheet[i].table[t].name), &x->arena), 0, NULL);
}

static struct xl_place place_of(const struct xl *x, const struct xl_name *n)
{
	return n->sheet ? XL_SHEET(&x->sheet[n->sheet - 1]) : XL_PART(x->book_part);
}

/* Bytes up to the comma that ends a range, outside of quotes. */
static size_t until_comma(const char *s)
{
	bool quoted = false;
	size_t n = 0;

	for (; s[n] && (quoted || s[n] != ','); n++)
		quoted ^= s[n] == '\'';
	return n;
}

static bool has_rows(struct xl *x, const char *text)
{
	const struct xl_sheet *sheet;
	struct sheet_range r;

	for (size_t n; *text; text += n + (text[n] == ',')) {
		n = until_comma(text);
		if (xl_sheet_range(x, arena_slice(&x->arena, text, n), &sheet, &r) && r.first_col == 1 && r.last_col == SHEET_COLUMNS_MAX)
			return true;
	}
	return false;
}

bool xl_repeats_rows(struct xl *x, const struct xl_sheet *s)
{
	for (size_t i = 0; i < x->n_name; i++)
		if (x->name[i].sheet && &x->sheet[x->name[i].sheet - 1] == s && xl_same_name(x->name[i].name, print_titles) && has_rows(x, x->name[i].text))
			return true;
	return false;
}

static void check_title(struct xl *x, const struct xl_name *n, const struct xl_sheet *sheet, const struct sheet_range *r)
{
	bool rows = r->last_col == SHEET_COLUMNS_MAX && r->first_col == 1;

	if (!n->sheet || sheet != &x->sheet[n->sheet - 1] || (rows ? r->last_row > sheet->last_row : r->last_col > sheet->last_col))
		xl_found(x, XL_PRINT_TITLES, place_of(x, n), "what is repeated on each page, %s, is not in the sheet's cells", xl_show(x, n->text));
}

static void check_range(struct xl *x, const struct xl_name *n, const char *text)
{
	const struct xl_sheet *sheet;
	struct sheet_range r;

	if (!xl_sheet_range(x, text, &sheet, &r))
		return;
	if (xl_same_name(n->name, print_titles))
		check_title(x, n, sheet, &r);
	else if (sheet->is_read && (r.first_row > sheet->last_row || r.first_col > sheet->last_col))
		xl_found(x, XL_DEFINED_NAME, place_of(x, n), "the name '%s' refers to %s, where the sheet has no cells", xl_show(x, n->name), xl_show(x, n->text));
}

static void check_name(struct xl *x, const struct xl_name *n, struct map *known)
{
	const char *folded = utf8_fold(n->name, strlen(n->name), &x->arena);
	unsigned row, col;
	size_t length;

	if (!*n->name || strpbrk(n->name, " !'\"") || (xl_cell_at(n->name, &length, &row, &col) && !n->name[length]))
		xl_found(x, XL_DEFINED_NAME, place_of(x, n), "'%s' cannot be the name of cells", xl_show(x, n->name));
	if (!map_add(known, arena_printf(&x->arena, "%u %s", n->sheet, folded), 0, NULL))
		xl_found(x, XL_DEFINED_NAME, place_of(x, n), "the name '%s' stands twice", xl_show(x, n->name));
	xl_check_references(x, XL_DEFINED_NAME, place_of(x, n), n->text);
	for (const char *s = n->text; *s;) {
		size_t n_range = until_comma(s);

		check_range(x, n, arena_slice(&x->arena, s, n_range));
		s += n_range + (s[n_range] == ',');
	}
}

void xl_names(struct xl *x)
{
	struct map known;

	map_init(&known, &x->arena);
	for (size_t i = 0; i < x->n_name; i++)
		check_name(x, &x->name[i], &known);
}
