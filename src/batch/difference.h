/* difference: how differences of figures are written for people, and what a workbook of them keeps.
 *
 * Source:  words of the workbook from templates/wording/diff.xml
 * Errors:  those of templates; faults "io"
 * Owner:   struct diff_book is all zero to diff_book_clear
 */
#ifndef BATCH_DIFFERENCE_H
#define BATCH_DIFFERENCE_H

#include "base/date.h"
#include "base/texts.h"
#include "batch/compare.h"
#include "text/fonts.h"

#include "model/library.h"

enum { DIFF_ROWS_MAX = 50000 }; /* of a workbook's sheet, which is made in memory */

/* A pair of files, or one that stands alone. */
struct diff_area {
	const char *path;   /* its folder within the results; "" is that folder itself */
	const char *name;   /* of the area, or the job's id */
	const char *period; /* "2026-05" of progress; else "" */
	bool has_old, has_now;
	size_t n_changed, n_added, n_removed; /* figures */
	size_t n_around; /* headings, and rows and columns without figures */
};

/* What a change is printed as: "39", "1.528,5". Where nothing is printed the exact value; of a state without a value NULL. */
const char *difference_shown(const struct kept_cell *, struct arena *);
/* "+1.528,5", "-2"; what has many decimals or no end is rounded, to as many as its figures have or as show that it is not zero: "≈ +0,13".
 * "" where there is none. */
const char *difference_text(const struct figure_change *, struct arena *);

/* Of a change, as long as the workbook is being made. */
struct diff_line {
	struct diff_area area;
	enum change_kind kind;
	const char *table, *row, *column, *unit; /* as people call them; the table of the text: "" */
	struct kept_cell old, now;
	bool has_old, has_now;
	const char *difference;
	struct ratio exact;
	bool has_difference;
};

struct diff_book {
	struct arena arena;
	struct texts texts;
	struct diff_line *line; /* [n_line] the first DIFF_ROWS_MAX */
	size_t n_line, cap_line, n_found;
	struct diff_area *area; /* [n_area] those that differ */
	size_t n_area, cap_area, n_area_found;
};

void diff_book_init(struct diff_book *);
void diff_book_add(struct diff_book *, const struct diff_area *, const struct figure_change *);
void diff_book_add_area(struct diff_book *, const struct diff_area *);
/* old, now: as the folders were named. date: that of the workbook. */
bool diff_book_write(struct diff_book *, const char *old, const char *now, struct date, struct library *, struct fonts *, const char *path,
	struct diags *);
void diff_book_clear(struct diff_book *);

#endif
