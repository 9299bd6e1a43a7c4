/* ssmlvalue: the value of a cell of XML Spreadsheet 2003, from its type, its text and its style.
 *
 * Errors: "format": values that do not fit their type
 */
#ifndef INGEST_SSMLVALUE_H
#define INGEST_SSMLVALUE_H

#include "base/buf.h"
#include "base/rows.h"
#include "ingest/sheetfonts.h"
#include "ingest/ssmlstyles.h"

enum ssml_type { SSML_STRING, SSML_NUMBER, SSML_DATE, SSML_FLAG, SSML_ERROR };

struct ssml_value {
	enum ssml_type type;
	bool has_formula;
	bool is_1904; /* days are counted from 1904 */
	struct ssml_look look;
	struct buf text; /* as the file has it; may be replaced by what the cell gets */
};

/* The type of that name, "String" where there is none; false: no spreadsheet has it. */
bool ssml_value_type(const char *name, enum ssml_type *);

/* Kind and text of the cell, which has the text so far; it lives as long as that of the value. */
bool ssml_value_end(struct ssml_value *, struct sheet_fonts *, struct origin at, struct cell *, struct diags *);

#endif
