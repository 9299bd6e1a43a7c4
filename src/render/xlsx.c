/* xlsx: the document's tables as a workbook, one sheet each: merged headers, live formulas with our values cached
 * beside them, print set-up. */
#include "render/backend.h"
#include "render/xlsxbook.h"

#include <assert.h>
#include <string.h>

/* Of the sheets so far. */
struct names {
	const char **name; /* [n] */
	size_t n;
};

static bool has_table(const struct part *part, const char *id)
{
	for (size_t i = 0; i < part->n_block; i++)
		if (part->block[i].kind == BLOCK_TABLE && !strcmp(part->block[i].table->id, id))
			return true;
	return false;
}

/* As the table's appendix; else as its width needs. */
static bool is_landscape(const struct document *doc, const struct sheet *sheet)
{
	for (size_t i = 1; i < doc->n_part; i++) /* [0] is the plan */
		if (has_table(&doc->part[i], sheet->table->id))
			return doc->part[i].landscape;
	return sheet->width_pt > page_room_pt(&doc->style->portrait);
}

static void put_sheet(struct book *book, const struct document *doc, struct names *used, const struct grid_table *table,
	struct fonts *fonts)
{
	const char *name = sheet_name(table, used->name, used->n, &book->arena);
	struct sheet sheet;
	bool landscape;
	struct target t = { .book = book, .worksheet = workbook_add_worksheet(book->workbook, name), .sheet = &sheet, .table = table };

	used->name[used->n++] = name;
	assert(t.worksheet && table->n_column);
	sheet_measure(table, fonts, page_room_pt(&doc->style->portrait), page_room_pt(&doc->style->landscape),
		&book->arena, &sheet);
	put_sizes(&t);
	put_surroundings(&t);
	put_header(&t);
	put_body(&t);
	put_no_marks(&t, sheet.body_row, sheet.note_row);
	worksheet_freeze_panes(t.worksheet, sheet.body_row, (lxw_col_t)table->stub);
	landscape = is_landscape(doc, &sheet);
	put_print(&t, landscape ? &doc->style->landscape : &doc->style->portrait, landscape);
}

static bool xlsx_wanted(const struct document *doc)
{
	return doc->n_sheet > 0;
}

static bool xlsx_write(const struct document *doc, struct fonts *fonts, const char *path, struct diags *d)
{
	const struct book_words words = { doc->title, doc->subject, doc->author, doc->date };
	struct names used = { 0 };
	struct book book;

	if (!book_open(&book, path, &words, d))
		return false;
	used.name = ARENA_ARRAY(&book.arena, doc->n_sheet, const char *);
	for (size_t i = 0; i < doc->n_sheet; i++)
		put_sheet(&book, doc, &used, doc->sheet[i], fonts);
	return book_close(&book, path, d);
}

const struct backend backend_xlsx = { .name = "xlsx", .stem = "appendix", .suffix = ".xlsx", .usual = true, .wanted = xlsx_wanted, .write = xlsx_write };
