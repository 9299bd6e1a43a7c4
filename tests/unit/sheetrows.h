/* What a reader of spreadsheets pushes, as one text: rows as "ROW KIND:TEXT@COL ...", where KIND is n (number), p (percent),
 * d (day), f (flag), e (error) or nothing (text), with "+ROWSxCOLS" where it is merged; then findings as "ROW:COL rule". */
#ifndef TESTS_SHEETROWS_H
#define TESTS_SHEETROWS_H

#include "base/buf.h"
#include "base/grid.h"
#include "ingest/reader.h"

struct sheet_reading {
	const char *data;
	size_t n;
	const char *sheet;
	bool (*read)(const char *data, size_t n, const struct reader_options *, struct row_sink *, struct diags *);
};

static void put_cell(const struct cell *c, struct buf *out)
{
	static const char *const kind[] = { [CELL_TEXT] = "", [CELL_NUMBER] = "n", [CELL_PERCENT] = "p", [CELL_MARKED] = "m", [CELL_DATE] = "d",
		[CELL_FLAG] = "f", [CELL_ERROR] = "e" };

	buf_printf(out, "%s:%.*s@%u", kind[c->kind], (int)c->n_text, c->text, c->col);
	if (c->n_rows > 1 || c->n_cols > 1)
		buf_printf(out, "+%ux%u", c->n_rows, c->n_cols);
}

/* Returns whether the reading succeeded, which is whether there is no error. */
static bool sheet_rows_text(const struct sheet_reading *r, struct buf *out)
{
	struct reader_options options = { .shown = "f", .sheet = r->sheet };
	struct arena a = { 0 };
	struct diags d = { 0 };
	struct grid g;
	bool ok;

	grid_init(&g, &a, 0);
	ok = r->read(r->data, r->n, &options, &g.sink, &d) == !d.n_error;
	buf_puts(out, "");
	for (size_t i = 0; i < g.n_row; i++) {
		buf_printf(out, "%u", g.row[i].row);
		for (size_t k = 0; k < g.row[i].n_cell; k++) {
			buf_putc(out, ' ');
			put_cell(&g.row[i].cell[k], out);
		}
		buf_putc(out, '\n');
	}
	for (size_t i = 0; i < d.n_finding; i++)
		buf_printf(out, "%u:%u %s\n", d.finding[i].at.row, d.finding[i].at.col, d.finding[i].rule);
	arena_clear(&a);
	diags_clear(&d);
	return ok;
}

#endif
