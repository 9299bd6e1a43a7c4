#include "compose/progressbook.h"

#include "compose/composer.h"

#include <string.h>

struct bookmaking {
	const struct progressbook_input *in;
	struct workbook *book;
	struct arena *a;
	struct diags *d;
};

/* ---- statuses ---- */

static bool has_status(const struct document *brief, const struct grid_table *grid, size_t column)
{
	for (size_t r = 0; !grid->column[column].is_number && r < grid->n_row; r++)
		if (word_look_of(brief, grid, r, column))
			return true;
	return false;
}

/* From the first column of texts that has such a word to the last: each month of a year may have one. */
static void set_statuses(const struct document *brief, struct sheet_table *table)
{
	const struct grid_table *grid = table->grid;
	size_t first = 0, last = grid->n_column;

	while (first < grid->n_column && !has_status(brief, grid, first))
		first++;
	while (last > first && !has_status(brief, grid, last - 1))
		last--;
	table->status_column = first < grid->n_column ? first : NO_COLUMN;
	table->status_last = first < grid->n_column ? last - 1 : NO_COLUMN;
}

/* ---- tables ---- */

/* "progress-areas" -> "bang_progress_areas": alone, it might be an address, as "t1" is. */
static const char *range_name(const struct grid_table *grid, struct arena *a)
{
	char *name = arena_printf(a, "bang_%s", grid->id);

	for (char *s = name; *s; s++)
		if (*s == '-')
			*s = '_';
	return name;
}

static void add_table(struct bookmaking *b, struct sheet_table *table, size_t *n, const struct grid_table *grid)
{
	struct sheet_table *added = &table[(*n)++];

	*added = (struct sheet_table){ .grid = grid, .name = range_name(grid, b->a) };
	set_statuses(b->in->brief, added);
}

static bool stands_in(const struct worksheet *sheet, const struct grid_table *grid)
{
	for (size_t i = 0; i < sheet->n_table; i++)
		if (sheet->table[i].grid == grid)
			return true;
	return false;
}

static bool is_placed(const struct bookmaking *b, const struct grid_table *grid)
{
	for (size_t i = 0; i < b->book->n_sheet; i++)
		if (stands_in(&b->book->sheet[i], grid))
			return true;
	return false;
}

static const struct grid_table *find_grid(const struct document *doc, const char *id)
{
	for (size_t i = 0; i < doc->n_sheet; i++)
		if (!strcmp(doc->sheet[i]->id, id))
			return doc->sheet[i];
	return NULL;
}

static bool set_tables(struct bookmaking *b, const struct progress_sheet *said, struct worksheet *sheet)
{
	struct sheet_table *table;
	size_t n = 0;

	while (said->tables[n])
		n++;
	table = ARENA_ARRAY(b->a, n, struct sheet_table);
	sheet->table = table;
	for (size_t i = 0; i < n; i++) {
		const struct grid_table *grid = find_grid(b->in->brief, said->tables[i]);

		if (!grid || is_placed(b, grid) || stands_in(sheet, grid))
			return diag_error(b->d, node_place(said->node, "tables", 0), "table",
				"the table '%s' can stand on one sheet of the workbook only, once", said->tables[i]);
		add_table(b, table, &sheet->n_table, grid);
	}
	return true;
}

static void set_further(struct bookmaking *b, const struct progress_sheet *said, struct worksheet *sheet)
{
	for (size_t i = 0; i < b->in->n_further; i++) {
		const struct further_grids *further = &b->in->further[i];
		struct sheet_table *table;

		if (strcmp(further->is, said->is) != 0)
			continue;
		table = ARENA_ARRAY(b->a, further->n_grid, struct sheet_table);
		for (size_t k = 0; k < further->n_grid; k++)
			add_table(b, table, &sheet->n_table, further->grid[k]);
		sheet->table = table;
	}
}

/* ---- what stands around them: blocks of the brief ---- */

/* Lists of a sheet while blocks are gone through. */
struct around {
	struct arena *a;
	struct worksheet *sheet;
	const char **title, **paragraph;
	const struct chart **chart;
	size_t cap_title, cap_paragraph, cap_chart;
};

static void put_title(struct around *x, const char *line)
{
	*ARENA_PUSH(x->a, x->title, x->sheet->n_title, &x->cap_title) = line;
}

/* Its kind, then the lines of its name. */
static void put_titles(struct around *x, const struct title *head)
{
	size_t first = 0;

	if (head->kind && *head->kind)
		put_title(x, head->kind);
	for (size_t i = 1; i <= head->name.n_run; i++)
		if (i == head->name.n_run || head->name.run[i].flags & RUN_BREAK) {
			put_title(x, runs_plain((struct runs){ &head->name.run[first], i - first }, x->a));
			first = i;
		}
}

static void put_paragraph(struct around *x, const struct block *block)
{
	const char *text = runs_plain(block->runs, x->a);

	if (block->number && *block->number)
		text = arena_printf(x->a, "%s %s", block->number, text);
	if (*text)
		*ARENA_PUSH(x->a, x->paragraph, x->sheet->n_paragraph, &x->cap_paragraph) = text;
}

static void put_block(struct around *x, const struct block *block)
{
	switch (block->kind) {
	case BLOCK_LETTERHEAD:
		x->sheet->letterhead = block->letterhead;
		break;
	case BLOCK_TITLE:
		put_titles(x, block->head);
		break;
	case BLOCK_PARAGRAPH:
	case BLOCK_ITEM:
		put_paragraph(x, block);
		break;
	case BLOCK_CHART:
		*ARENA_PUSH(x->a, x->chart, x->sheet->n_chart, &x->cap_chart) = block->chart;
		break;
	case BLOCK_BASIS:
	case BLOCK_HEADING:
	case BLOCK_TABLE:
	case BLOCK_FOOT:
	case BLOCK_APPENDIX:
		break;
	}
}

static void set_brief(struct bookmaking *b, struct worksheet *sheet)
{
	const struct part *part = &b->in->brief->part[0];
	struct around x = { .a = b->a, .sheet = sheet };

	for (size_t i = 0; i < part->n_block; i++)
		put_block(&x, &part->block[i]);
	sheet->title = x.title;
	sheet->paragraph = x.paragraph;
	sheet->chart = x.chart;
	sheet->untitled = sheet->n_title && sheet->n_table == 1;
}

/* ---- charts that the brief does not have ---- */

static bool is_of_charts(const struct progress_sheet *said)
{
	return said->is && !strcmp(said->is, "charts");
}

static bool has_charts_sheet(const struct progress_template *t)
{
	for (size_t i = 0; i < t->n_sheet; i++)
		if (is_of_charts(&t->sheet[i]))
			return true;
	return false;
}

/* A sheet of their own. */
static void set_charts(struct bookmaking *b, struct worksheet *sheet)
{
	const char **title = ARENA_NEW(b->a, const char *);

	*title = b->in->charts_title;
	sheet->title = title;
	sheet->n_title = 1;
	sheet->chart = b->in->brief->aside;
	sheet->n_chart = b->in->brief->n_aside;
}

/* Those of the sheet's own tables, where they have no sheet of their own, beside those of the brief. */
static void add_charts(struct bookmaking *b, struct worksheet *sheet)
{
	const struct document *doc = b->in->brief;
	const struct chart **chart = ARENA_ARRAY(b->a, sheet->n_chart + doc->n_aside, const struct chart *);
	size_t n = 0;

	while (n < sheet->n_chart) {
		chart[n] = sheet->chart[n];
		n++;
	}
	for (size_t i = 0; i < doc->n_aside; i++)
		if (stands_in(sheet, doc->aside[i]->series[0].table))
			chart[n++] = doc->aside[i];
	sheet->chart = chart;
	sheet->n_chart = n;
}

/* ---- the whole ---- */

static bool add_sheet(struct bookmaking *b, const struct progress_sheet *said, struct worksheet *sheet)
{
	*sheet = (struct worksheet){ .name = said->name, .one_page = said->one_page, .filters = said->filters };
	if (is_of_charts(said))
		set_charts(b, sheet);
	else if (said->is)
		set_further(b, said, sheet);
	else if (!set_tables(b, said, sheet))
		return false;
	if (!sheet->n_table && !sheet->n_chart)
		return true;
	if (said->brief)
		set_brief(b, sheet);
	if (!has_charts_sheet(b->in->template))
		add_charts(b, sheet);
	b->book->n_sheet++;
	return true;
}

static bool check_charts(const struct bookmaking *b)
{
	bool ok = true;

	for (size_t i = 0; i < b->book->n_sheet; i++)
		for (size_t k = 0; k < b->book->sheet[i].n_chart; k++) {
			const struct grid_table *grid = b->book->sheet[i].chart[k]->series[0].table;

			if (!is_placed(b, grid))
				ok = diag_error(b->d, b->in->template->root->at, "table",
					"a chart shows the table '%s', which stands on no sheet of the workbook; add a <sheet> with it", grid->id);
		}
	return ok;
}

static void set_names(struct bookmaking *b)
{
	const struct document *doc = b->in->brief;
	struct workbook *book = b->book;

	book->title = doc->subject;
	book->subject = doc->subject;
	book->author = doc->author;
	book->property = b->in->property;
	book->n_property = b->in->n_property;
	book->date = doc->date;
	book->status = doc->look;
	book->n_status = doc->n_look;
	book->portrait = &doc->style->portrait;
	book->landscape = &doc->style->landscape;
}

bool progressbook_make(const struct progressbook_input *in, struct arena *a, const struct workbook **made, struct diags *d)
{
	const struct progress_template *t = in->template;
	struct workbook *book = ARENA_NEW(a, struct workbook);
	struct bookmaking b = { in, book, a, d };
	struct worksheet *sheet = ARENA_ARRAY(a, t->n_sheet, struct worksheet);
	bool ok = true;

	book->sheet = sheet;
	set_names(&b);
	for (size_t i = 0; i < t->n_sheet; i++)
		ok = add_sheet(&b, &t->sheet[i], &sheet[book->n_sheet]) && ok;
	*made = book;
	return ok && check_charts(&b);
}
