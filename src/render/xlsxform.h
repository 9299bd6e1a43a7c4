/* xlsxform: a form as a workbook: protected sheets whose open cells are checked as they are filled in.
 *
 * Errors: I/O is a fault "io"; "limit": something does not fit a workbook
 */
#ifndef RENDER_XLSXFORM_H
#define RENDER_XLSXFORM_H

#include "compose/form.h"
#include "text/fonts.h"

bool xlsxform_write(const struct form *, struct fonts *, const char *path, struct diags *);

#endif
