/* compare: figures that differ between two figures.json, and what stands around them: headings of columns, rows and columns without any
 * figure that only one side has.
 *
 * Which belong together: tables and columns by their ids, rows by their keys, figures of the text by their expressions; of several that
 * are called the same the first with the first, the second with the second. Order says nothing.
 */
#ifndef BATCH_COMPARE_H
#define BATCH_COMPARE_H

#include "batch/figures.h"

enum change_kind {
	CHANGE_VALUE,	/* another value, or another reason why there is none */
	CHANGE_UNIT,	/* its column is in another unit, whatever the number */
	CHANGE_PRINTED, /* the same value, printed otherwise */
	CHANGE_WORDS,	/* a text that is no figure */
	CHANGE_ADDED,
	CHANGE_REMOVED,
	/* no figure: */
	CHANGE_HEADING, /* a column is called otherwise */
	CHANGE_ROW_ADDED, /* and nothing in it was told */
	CHANGE_ROW_REMOVED,
	CHANGE_COLUMN_ADDED,
	CHANGE_COLUMN_REMOVED,
	CHANGE_KINDS,
};

struct figure_change {
	enum change_kind kind;
	const struct kept_table *table; /* the new one, where there is one */
	const struct kept_row *row; /* without key and label where it is of a column */
	const struct kept_column *column; /* without id and label where it is of a row */
	const struct kept_cell *old, *now; /* NULL: there is none */
	const char *old_unit; /* where the column's was another; else NULL */
	const char *old_label; /* of CHANGE_HEADING; else NULL */
	bool has_difference; /* both have a value in one unit, and what lies between them is exact */
	struct ratio difference; /* new - old */
};

const char *change_name(enum change_kind); /* "value" "unit" "printed" "words" "added" "removed" "heading" "row-added" ... */
bool change_is_of_figure(enum change_kind); /* or, with words, of a text in its place */

struct change_sink {
	void *ctx;
	void (*found)(void *ctx, const struct figure_change *);
	bool words; /* CHANGE_WORDS are asked for */
};

/* Those of old in its order, of a table what is of its columns first; a row's new columns and then a table's new rows behind, new tables
 * last. tmp: cleared by the caller. */
void figures_compare(const struct kept_figures *old, const struct kept_figures *now, const struct change_sink *, struct arena *tmp);

#endif
