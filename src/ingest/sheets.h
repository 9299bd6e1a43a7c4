/* sheets: what the readers of spreadsheets share: which sheet is read, its cells as rows, notes for what is hidden.
 *
 * Errors: "sheet": there is none of that name, or several to choose from; "limit"; "format": cells that do not follow each
 *         other, or merged ranges that overlap
 */
#ifndef INGEST_SHEETS_H
#define INGEST_SHEETS_H

#include "ingest/merges.h"
#include "ingest/reader.h"

struct sheet_name {
	const char *name;
	bool hidden;
	bool is_empty; /* no cell of it holds anything, as far as the reader has looked: see sheet_is_unclear */
	bool is_chart; /* or a dialog, a macro sheet: it has no cells */
};

enum { SHEETS_LOOKED_INTO = 16 }; /* to find those that hold nothing */

/* Whether several sheets can be meant, unless some of them hold nothing. */
bool sheet_is_unclear(const struct reader_options *, const struct sheet_name *, size_t n);

/* Before it is kept: the name of the sheet number n, from 0 on. Error "limit". */
bool sheet_name_check(const struct reader_options *, size_t n, const char *name, struct diags *);

/* The sheet that the job names (by its exact name, by a name that only one is like, or by number from 1), else the only one that is
 * not hidden, else the only one, else the only one that holds something, else the likely one. */
bool sheet_choose(const struct reader_options *, const struct sheet_name *, size_t n, size_t *chosen, struct diags *);

/* Cells of one sheet on their way to the sink. */
struct sheet_rows;

struct sheet_rows *sheet_rows_open(const struct reader_options *, const char *sheet, struct row_sink *, const struct diags *);

/* Merged ranges, in any order, all before the first cell: a cell that begins one gets its n_rows and n_cols, what it covers is
 * not read (a note says so). Where cells come with their n_rows and n_cols, those say it instead. */
bool sheet_rows_merge(struct sheet_rows *, struct sheet_range, struct diags *);

/* Rows ascend, and columns in a row; blank cells may be left out. text is copied, sheet and name are set here. */
bool sheet_rows_cell(struct sheet_rows *, const struct cell *, struct diags *);

/* A cell with a value that the file itself says is covered by a merged one: n of them from this one on. */
void sheet_rows_covered(struct sheet_rows *, unsigned row, unsigned col, unsigned n);

void sheet_rows_hidden_rows(struct sheet_rows *, unsigned first, unsigned last);
void sheet_rows_hidden_columns(struct sheet_rows *, unsigned first, unsigned last);

/* [bytes] of a value as the file has it that a message shows. */
int sheet_excerpt(const char *s, size_t n);

/* Whether a text begins with a day that there is: "2024-05-31", "2024-05-31T10:00:00". */
bool sheet_is_day(const char *s, size_t n);
/* Bytes of such a day that say something: with hours and minutes, where it has them and they are not midnight. */
size_t sheet_day_size(const char *s, size_t n);
enum { DAY_TEXT = 10, MOMENT_TEXT = 16 }; /* [bytes] of it, and of "2024-05-31T14:30" */

/* What is wrong with a sheet in XML; each an error "format" at that place, but the first one none where the text is blank. */
bool sheet_stray_text(const char *text, size_t n, struct origin at, struct diags *); /* beside the values of cells */
bool sheet_several_values(struct origin at, struct diags *); /* in a cell */
bool sheet_out_of_place(const char *element, struct origin at, struct diags *); /* rows or cells, where they would be lost */

/* Where a cell stands, for errors of the reader's own. */
struct origin sheet_rows_place(const struct sheet_rows *, unsigned row, unsigned col);

/* Gives the rest to the sink, notes what was hidden, frees. Returns ok, if nothing failed here. Error "empty": there was no
 * cell, and no error since the sheet was opened. */
bool sheet_rows_close(struct sheet_rows *, bool ok, struct diags *);

#endif
