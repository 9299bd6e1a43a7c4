/* xlsxprogress: a struct workbook as an XLSX file to be shown and printed: coloured statuses, charts, filters, named ranges.
 *
 * Errors: a fault "io" where it cannot be written; "limit": something does not fit
 */
#ifndef RENDER_XLSXPROGRESS_H
#define RENDER_XLSXPROGRESS_H

#include "compose/workbook.h"
#include "text/fonts.h"

bool xlsxprogress_write(const struct workbook *, struct fonts *, const char *path, struct diags *);

#endif
