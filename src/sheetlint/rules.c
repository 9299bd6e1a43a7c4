/* The rules: what each is called, whose it is, what to do, where it comes from. */
#include "sheetlint/linting.h"

#include "base/utf8.h"

#include <string.h>

enum group { WORKBOOK, ACCESSIBLE };

#define ECMA "ECMA-376-1, "
#define OPC "ECMA-376-2, "
#define WCAG "WCAG 2.1, "
#define SHEETS "Analysis Function, Making spreadsheets accessible: "
#define RELEASING "Analysis Function, Releasing statistics in spreadsheets: "

static const struct rule {
	const char *id;
	enum group group;
	const char *want; /* what to do */
	const char *source;
} rules[XL_RULES] = {
	[XL_CONTENT_TYPE] = { "content-type", WORKBOOK, "give every part the content type of what it is, and no other part one", OPC "7.2.3" },
	[XL_RELATION] = { "relationship", WORKBOOK, "let each relationship have an Id of its own and lead to a part of the file", OPC "6.5" },
	[XL_UNREFERENCED] = { "unreferenced-part", WORKBOOK, "remove the part, or let a relationship lead to it", OPC "6.5" },
	[XL_EXTERNAL] = { "external", WORKBOOK, "put the data into the workbook itself; only links to https and mailto may lead out of it", ECMA "18.14" },
	[XL_MACRO] = { "macro", WORKBOOK, "save the workbook without macros and embedded objects", ECMA "12" },
	[XL_SHEET_NAME] = { "sheet-name", WORKBOOK,
		"give each sheet a name of its own of 1 to 31 characters, without : \\ / ? * [ ] and without ' at its ends", ECMA "18.2.19" },
	[XL_SHEET_ID] = { "sheet-id", WORKBOOK, "give each sheet a number of its own", ECMA "18.2.19" },
	[XL_SHEET_PART] = { "sheet-part", WORKBOOK, "let each sheet lead to a worksheet of the file, no two to the same", ECMA "18.2.19" },
	[XL_VIEW] = { "view", WORKBOOK, "let the workbook open on a sheet that it has and shows", ECMA "18.2.30" },
	[XL_DEFINED_NAME] = { "defined-name", WORKBOOK, "give each name once, and let it refer to cells of a sheet of the workbook", ECMA "18.2.5" },
	[XL_PRINT_TITLES] = { "print-titles", WORKBOOK, "repeat the rows of the header on each page: rows of the same sheet that have cells", ECMA "18.2.5" },
	[XL_SHARED_STRING] = { "shared-string", WORKBOOK, "let the cell refer to a shared text that the workbook has", ECMA "18.4.8" },
	[XL_ROW_ORDER] = { "row-order", WORKBOOK, "write the rows from above to below", ECMA "18.3.1.73" },
	[XL_ROW_TWICE] = { "row-twice", WORKBOOK, "write each row once", ECMA "18.3.1.73" },
	[XL_ROW_HEIGHT] = { "row-height", WORKBOOK, "make the row at most 409.5 pt high and its columns wider, or the text shorter",
		"Excel specifications and limits" },
	[XL_CELL_ORDER] = { "cell-order", WORKBOOK, "write the cells of a row from left to right", ECMA "18.3.1.4" },
	[XL_CELL_TWICE] = { "cell-twice", WORKBOOK, "write each cell once", ECMA "18.3.1.4" },
	[XL_CELL_PLACE] = { "cell-place", WORKBOOK, "give each cell an address in the row that it stands in, up to XFD1048576", ECMA "18.3.1.4" },
	[XL_CELL_VALUE] = { "cell-value", WORKBOOK, "write the cell anew with one value of its type", ECMA "18.3.1.4" },
	[XL_STYLE] = { "style-index", WORKBOOK, "let formats refer only to formats, fonts, fills and borders that the workbook has", ECMA "18.8" },
	[XL_TEXT] = { "text", WORKBOOK, "type the text anew without that character", "Unicode, 23" },
	[XL_MERGE_OVERLAP] = { "merge-overlap", WORKBOOK, "merge each cell once", ECMA "18.3.1.55" },
	[XL_MERGE_HIDES] = { "merge-hides", WORKBOOK, "keep only the first cell of a merged range filled", ECMA "18.3.1.55" },
	[XL_RANGE] = { "range", WORKBOOK, "write a range of cells up to XFD1048576", ECMA "18.18.62" },
	[XL_FORMULA_VALUE] = { "formula-value", WORKBOOK, "store the value of the formula beside it", ECMA "18.3.1.40" },
	[XL_FORMULA_REFERENCE] = { "formula-reference", WORKBOOK, "let the formula refer to sheets, names and tables of the workbook", ECMA "18.17.2.3" },
	[XL_FORMULA_TEXT] = { "formula-text", WORKBOOK, "write the formula anew, with each bracket and quote closed", ECMA "18.17.2" },
	[XL_FORMULA_FUNCTION] = { "formula-function", WORKBOOK,
		"correct the name of the function; one that came after Excel 2007 is stored with _xlfn. before it", ECMA "18.17.7" },
	[XL_FORMULA_CIRCLE] = { "formula-circle", WORKBOOK, "let the formula refer to other cells than its own", ECMA "18.2.2" },
	[XL_ERROR_VALUE] = { "error-value", WORKBOOK, "correct the formula or what it refers to, so that the cell shows no error", ECMA "18.17.3" },
	[XL_HYPERLINK] = { "hyperlink", WORKBOOK, "let the link lead to a cell or name of the workbook, or to an address", ECMA "18.3.1.47" },
	[XL_TABLE_RANGE] = { "table-range", WORKBOOK, "let the table be on cells of its sheet, with a header row and a column for each", ECMA "18.5.1.2" },
	[XL_TABLE_OVERLAP] = { "table-overlap", WORKBOOK, "let no table share cells with another one or with merged cells", ECMA "18.5.1.2" },
	[XL_TABLE_HEADER] = { "table-header", WORKBOOK, "write into the header cell the name of the table's column, as text", ECMA "18.5.1.3" },
	[XL_TABLE_COLUMNS] = { "table-columns", WORKBOOK, "give each column of the table a name of its own", ECMA "18.5.1.3" },
	[XL_TABLE_NAME] = { "table-name", WORKBOOK, "give each table a name of its own, without spaces, that is no address of a cell", ECMA "18.5.1.2" },
	[XL_CHART_ALT] = { "chart-alt", WORKBOOK, "describe what is shown in an alternative text", WCAG "1.1.1" },
	[XL_CHART_REFERENCE] = { "chart-reference", WORKBOOK, "let the chart refer to cells of a sheet of the workbook", ECMA "21.2.2.65" },
	[XL_STATUS_WORD] = { "status-word", WORKBOOK, "write into the cell, or into one of the same colour in the row, what the colour says; or remove the colour", WCAG "1.4.1" },
	[XL_CONTRAST] = { "contrast", WORKBOOK, "choose a darker and a lighter colour: at least 4.5:1 between text and ground", WCAG "1.4.3" },

	[XL_D1_TABLE] = { "d1-table", ACCESSIBLE, "mark up the figures as a table", SHEETS "mark up tables" },
	[XL_D2_TABLE_NAME] = { "d2-table-name", ACCESSIBLE, "name the table after what it has, with letters without marks, digits and _", SHEETS "mark up tables" },
	[XL_D3_MERGE] = { "d3-merge", ACCESSIBLE, "do not merge cells: write the levels of a header as one text", SHEETS "no merged cells" },
	[XL_D4_BLANK] = { "d4-blank", ACCESSIBLE, "remove the blank row or column of the table; make others higher or wider instead", SHEETS "no blank rows or columns" },
	[XL_D5_HEADER] = { "d5-header", ACCESSIBLE, "give the table one header row whose cells all have a different text", SHEETS "table headings" },
	[XL_D6_WRAP] = { "d6-wrap", ACCESSIBLE, "wrap the text, or make the column wider, until all of it is seen", SHEETS "wrap text" },
	[XL_D7_FILTER] = { "d7-filter", ACCESSIBLE, "remove filter buttons and frozen panes", RELEASING "freeze panes and filters" },
	[XL_D8_EMPTY] = { "d8-empty", ACCESSIBLE, "fill the cell or write a shorthand such as [x]; or say above the table why cells are blank", SHEETS "blank cells" },
	[XL_D9_HIDDEN] = { "d9-hidden", ACCESSIBLE, "show it or remove it", SHEETS "hidden content" },
	[XL_D10_SYMBOL] = { "d10-symbol", ACCESSIBLE, "refer to notes as [ghi chú 1] (or [note 1]), without symbols and raised text", SHEETS "symbols and superscripts" },
	[XL_D11_MARKER] = { "d11-note-marker", ACCESSIBLE,
		"put marks of notes into titles, headers or a last column for notes, numbered through the workbook from 1", SHEETS "footnotes" },
	[XL_D12_NOTES] = { "d12-notes", ACCESSIBLE, "explain each note once in the table of the notes sheet, and say above the table that it is there", SHEETS "footnotes" },
	[XL_D13_SHORTHAND] = { "d13-shorthand", ACCESSIBLE, "write each shorthand in brackets of its own and explain it on the cover or above the table", "GSS, Using symbols and shorthand" },
	[XL_D14_LINK] = { "d14-link", ACCESSIBLE, "let the text of the link say where it leads", WCAG "2.4.4" },
	[XL_D15_FONT] = { "d15-font", ACCESSIBLE,
		"use a font without serifs of at least 12 pt in automatic colour, level, not italic, not all in capitals, not bold in figures", SHEETS "formatting" },
	[XL_D16_TITLE] = { "d16-title", ACCESSIBLE, "write into A1 a title that stands out: bold, or larger than the rest", SHEETS "titles" },
	[XL_D17_FLOATING] = { "d17-floating", ACCESSIBLE, "put the text into cells: no page headers and footers, text boxes and comments", SHEETS "floating content" },
	[XL_D18_FILL] = { "d18-fill", ACCESSIBLE, "remove the fill or pattern", SHEETS "formatting" },
	[XL_D19_COLOUR] = { "d19-colour", ACCESSIBLE, "say in words what the colour or icon says, and remove it", WCAG "1.4.1" },
	[XL_D20_PICTURE] = { "d20-picture", ACCESSIBLE, "remove the picture or chart and give its figures in a table", SHEETS "images" },
	[XL_D21_SHEETS] = { "d21-sheets", ACCESSIBLE,
		"give the sheets names of at most 30 characters that say what they have, first the cover, then contents, notes and the tables", RELEASING "worksheets" },
	[XL_D22_LAYOUT] = { "d22-layout", ACCESSIBLE,
		"write the title into A1, how many tables there are into A2, further sentences below it, then one table from column A on and nothing below it", RELEASING "layout" },
	[XL_D23_PROPERTIES] = { "d23-properties", ACCESSIBLE, "give the workbook a title and a language in its properties", WCAG "2.4.2; 3.1.1" },
	[XL_D24_COVER] = { "d24-cover", ACCESSIBLE,
		"let the workbook open on A1 of the cover, which says whom to ask, the day of publication and when the next update comes", RELEASING "cover sheet" },
};

enum { SHOWN_MAX = 60 };

const char *xl_show(struct xl *x, const char *text)
{
	size_t n = strlen(text);
	size_t kept = utf8_cut(text, n, SHOWN_MAX);
	char *shown = arena_printf(&x->arena, "%.*s%s", (int)kept, text, kept < n ? "..." : "");

	for (char *c = shown; *c; c++)
		if ((unsigned char)*c < ' ' || *c == 127)
			*c = ' ';
	return shown;
}

static struct origin place_origin(const struct xl *x, struct xl_place at)
{
	if (at.sheet)
		return (struct origin){ x->shown, at.sheet->name, at.row, at.col };
	return (struct origin){ .file = at.part ? container_shown(x->container, at.part - 1) : x->shown };
}

static const char *what_to_do(const struct xl *x, enum xl_rule r)
{
	return diag_say(x->d, rules[r].want);
}

void xl_found(struct xl *x, enum xl_rule r, struct xl_place at, const char *fmt, ...)
{
	const struct rule *rule = &rules[r];
	char *found;
	va_list ap;

	if (rule->group == ACCESSIBLE && !x->accessible)
		return;
	if (++x->told[r] > XL_TOLD_MAX) {
		x->d->n_error++; /* told in one sentence at the end */
		return;
	}
	va_start(ap, fmt);
	found = arena_vprintf(&x->arena, diag_say(x->d, fmt), ap);
	va_end(ap);
	diag_error(x->d, place_origin(x, at), rule->id, "%s; %s (%s)", found, what_to_do(x, r), rule->source);
}

void xl_tell_rest(struct xl *x)
{
	for (size_t r = 0; r < XL_RULES; r++)
		if (x->told[r] > XL_TOLD_MAX)
			diag_note(x->d, (struct origin){ .file = x->shown }, rules[r].id, "this is found in %zu more places, which are not listed",
				x->told[r] - XL_TOLD_MAX);
}
