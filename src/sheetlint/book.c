/* The workbook: its sheets, what it opens on, its properties. */
#include "sheetlint/linting.h"

#include "base/utf8.h"

#include <string.h>

enum { SHEET_NAME_MAX = 31, RULE_SHEETS_MAX = SHEET_NAMES_MAX };

static void check_name(struct xl *x, const struct xl_sheet *sheet)
{
	size_t n = strlen(sheet->name), units = utf8_units(sheet->name, n);

	if (!units || units > SHEET_NAME_MAX)
		xl_found(x, XL_SHEET_NAME, XL_SHEET(sheet), "the name of the sheet has %zu characters", units);
	else if (strpbrk(sheet->name, ":\\/?*[]") || sheet->name[0] == '\'' || sheet->name[n - 1] == '\'')
		xl_found(x, XL_SHEET_NAME, XL_SHEET(sheet), "the name of the sheet has a character that it may not have");
}

static void read_sheet(struct xl *x, const struct xl_node *e, struct map *parts)
{
	struct xl_sheet *sheet = ARENA_PUSH(&x->arena, x->sheet, x->n_sheet, &x->cap_sheet);
	const char *name = xl_value(e, "name");
	const char *id = xl_value(e, "id");
	const struct opc_relation *r = id ? opc_by_id(&x->relations, id) : NULL;
	bool is_sheet = r && r->inside && (!strcmp(r->type, "worksheet") || !strcmp(r->type, "chartsheet"));

	*sheet = (struct xl_sheet){ .name = name ? name : "", .state = xl_value(e, "state") };
	if (is_sheet) {
		sheet->has_part = !strcmp(r->type, "worksheet");
		sheet->part = r->part;
	}
	if (!is_sheet || !map_add(parts, container_name(x->container, r->part), 0, NULL)) {
		sheet->has_part = false;
		xl_found(x, XL_SHEET_PART, XL_SHEET(sheet), "the sheet leads to no worksheet of its own");
	}
	check_name(x, sheet);
}

static void read_sheets(struct xl *x)
{
	struct map parts, names, ids;

	map_init(&parts, &x->arena);
	map_init(&names, &x->arena);
	map_init(&ids, &x->arena);
	for (const struct xl_node *e = xl_child(xl_child(x->book.root, "sheets"), "sheet"); e; e = xl_sibling(e, "sheet")) {
		const char *id = xl_value(e, "sheetId");

		if (x->n_sheet == RULE_SHEETS_MAX)
			break;
		read_sheet(x, e, &parts);
		if (!map_add(&names, utf8_fold(x->sheet[x->n_sheet - 1].name, strlen(x->sheet[x->n_sheet - 1].name), &x->arena), 0, NULL))
			xl_found(x, XL_SHEET_NAME, XL_SHEET(&x->sheet[x->n_sheet - 1]), "two sheets have this name");
		if (!id || !map_add(&ids, id, 0, NULL))
			xl_found(x, XL_SHEET_ID, XL_SHEET(&x->sheet[x->n_sheet - 1]), "the sheet has no number (sheetId), or that of another one");
	}
}

static void check_view(struct xl *x)
{
	const struct xl_node *view = xl_child(xl_child(x->book.root, "bookViews"), "workbookView");
	uint32_t active = xl_number(xl_value(view, "activeTab"), 0);
	size_t n_shown = 0;

	for (size_t i = 0; i < x->n_sheet; i++)
		n_shown += !x->sheet[i].state || !strcmp(x->sheet[i].state, "visible");
	if (!n_shown)
		xl_found(x, XL_VIEW, XL_FILE, "the workbook shows no sheet");
	else if (active >= x->n_sheet)
		xl_found(x, XL_VIEW, XL_FILE, "the workbook opens on sheet %u, but has only %zu", active + 1, x->n_sheet);
	else if (x->sheet[active].state && strcmp(x->sheet[active].state, "visible") != 0)
		xl_found(x, XL_VIEW, XL_SHEET(&x->sheet[active]), "the workbook opens on this sheet, which is hidden");
}

static bool read_properties(struct xl *x, const struct opc_relations *root)
{
	const struct opc_relation *r = opc_by_type(root, "core-properties");

	return !r || !r->inside || xl_tree_read(x, r->part, &x->properties);
}

bool xl_book(struct xl *x)
{
	struct opc_relations root;
	const struct opc_relation *main_part;

	if (!opc_relations(x->container, "", &x->arena, &root, x->d))
		return false;
	main_part = opc_by_type(&root, "officeDocument");
	if (!main_part || !main_part->inside)
		return diag_error(x->d, (struct origin){ .file = x->shown }, "format", "the file is no XLSX workbook; save it as one in a spreadsheet program");
	x->book_part = main_part->part;
	if (!opc_relations(x->container, container_name(x->container, x->book_part), &x->arena, &x->relations, x->d)
		|| !xl_tree_read(x, x->book_part, &x->book) || !read_properties(x, &root))
		return false;
	if (strcmp(x->book.root->name, "workbook") != 0)
		return diag_error(x->d, (struct origin){ .file = x->shown }, "format", "the file is no XLSX workbook; save it as one in a spreadsheet program");
	read_sheets(x);
	xl_sheets_index(x);
	check_view(x);
	return true;
}
