/* xlsxlanguage: says in which language a workbook is (dc:language of its properties), for programs that read it aloud. The library
 * that writes workbooks has no call for it.
 *
 * Errors: a fault "io" where the file cannot be written anew
 * Source: ECMA-376 part 2, 11.1 (core properties)
 */
#ifndef RENDER_XLSXLANGUAGE_H
#define RENDER_XLSXLANGUAGE_H

#include "base/diag.h"

/* tag: "vi-VN". The other parts are kept as they are. */
bool xlsx_set_language(const char *path, const char *tag, struct diags *);

#endif
