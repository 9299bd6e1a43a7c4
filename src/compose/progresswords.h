/* progresswords: what the grids of progresssheets.h share. Only for compose. */
#ifndef COMPOSE_PROGRESSWORDS_H
#define COMPOSE_PROGRESSWORDS_H

#include "compose/progresssheets.h"
#include "model/wording.h"

struct sheetmaking {
	const struct progresssheets_input *in;
	const struct wording *words;
	struct library *library;
	struct arena *a;
	struct diags *d;
};

/* A text of the wording, with what is filled in; NULL: nothing. */
const char *sheet_words(const struct sheetmaking *, const char *id, const char *first, const char *second);
unsigned last_month(const struct sheetmaking *); /* 1-12, of the period */
/* "từ tháng 1 đến hết tháng 5 năm 2021" */
const char *months_words(const struct sheetmaking *);
/* "Tháng 5/2021", "Quý II/2021", "6 tháng đầu năm 2021", "Năm 2021" */
const char *period_words(const struct sheetmaking *, struct period);

/* ---- progressremarks.c ---- */

struct remark_rows remarks_rows(const struct sheetmaking *);
const struct grid_table *remarks_grid(const struct sheetmaking *);

/* ---- progressparts.c ---- */

/* [bytes] of the text that a row shows, up to the end of a word where it has one; all of it, or more than none. */
size_t remark_part(const char *text);
/* "2/5" */
const char *remark_part_name(unsigned part, unsigned parts, struct arena *);

/* ---- progresscover.c ---- */

const char *const *progress_cover(const struct sheetmaking *, size_t *n);

/* ---- progresssources.c ---- */

const struct grid_table *files_grid(const struct sheetmaking *);
const struct grid_table *policy_grid(const struct sheetmaking *); /* how figures are made */
const struct grid_table *meanings_grid(const struct sheetmaking *);

#endif
