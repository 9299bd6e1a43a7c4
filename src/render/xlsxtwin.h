/* xlsxtwin: a struct twin as an XLSX file.
 *
 * Errors: a fault "io" where it cannot be written; "limit": something does not fit
 */
#ifndef RENDER_XLSXTWIN_H
#define RENDER_XLSXTWIN_H

#include "compose/twin.h"

bool xlsxtwin_write(const struct twin *, const char *path, struct diags *);

#endif
