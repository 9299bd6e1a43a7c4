/* What the readers make of a file: rows FILE [SHEET], each row as "ROW: COL=TEXT"; with KINDS=1 the kind behind the column
 * ("2p=0.05") and the size of a merged one ("1t(1x2)=a"). Blank cells are left out where they begin nothing. */
#include "ingest/reader.h"

#include <stdio.h>
#include <stdlib.h>

static const char kind_letter[] = { [CELL_TEXT] = 't', [CELL_NUMBER] = 'n', [CELL_PERCENT] = 'p', [CELL_DATE] = 'd', [CELL_FLAG] = 'f',
	[CELL_ERROR] = 'e' };

static void show(const struct cell *c)
{
	printf("\t%u", c->col);
	if (getenv("KINDS"))
		putchar(kind_letter[c->kind]);
	if (getenv("KINDS") && (c->n_rows > 1 || c->n_cols > 1))
		printf("(%ux%u)", c->n_rows, c->n_cols);
	printf("=%.*s", (int)c->n_text, c->text);
}

static bool take(struct row_sink *sink, const struct row *row, size_t n_row, struct diags *d)
{
	(void)sink;
	(void)d;
	for (size_t i = 0; i < n_row; i++) {
		printf("%u:", row[i].row);
		for (size_t k = 0; k < row[i].n_cell; k++)
			if (row[i].cell[k].n_text || row[i].cell[k].n_rows > 1 || row[i].cell[k].n_cols > 1)
				show(&row[i].cell[k]);
		putchar('\n');
	}
	return true;
}

int main(int argc, char *argv[])
{
	struct reader_options options = { .path = argc > 1 ? argv[1] : "", .sheet = argc > 2 ? argv[2] : NULL };
	struct row_sink sink = { take };
	struct diags d = { 0 };
	int code;

	ingest(&options, &sink, &d);
	fflush(stdout);
	diags_print(&d, stderr);
	code = diags_exit_code(&d);
	diags_clear(&d);
	return code;
}
