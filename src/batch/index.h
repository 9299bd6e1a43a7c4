/* index: what a batch made, as a list for people: index.html, which needs no server and nothing from elsewhere, and index.xlsx.
 *
 * Source: words from templates/wording/batch.xml, style and search from templates/batch/
 * Errors: those of templates; faults "io"
 */
#ifndef BATCH_INDEX_H
#define BATCH_INDEX_H

#include "base/date.h"
#include "batch/state.h"
#include "model/library.h"
#include "text/fonts.h"

#define INDEX_HTML "index.html"
#define INDEX_XLSX "index.xlsx"

/* date: that of the workbook. Both, into the folder; each has its name only when it is whole. */
bool index_write(const struct state *, struct date, const char *dir, struct library *, struct fonts *, struct origin at, struct diags *);

#endif
