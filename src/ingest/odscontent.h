/* odscontent: the rows of an OpenDocument spreadsheet, from content.xml of a package (ods.c) or the whole of a flat file.
 *
 * Shape:  a repeated cell or row is given away as often as it is repeated; blank ones cost nothing, however often
 * Errors: "format": another kind of document, a sub-table, counts that are none, values that do not fit their type;
 *         "formula": formulas that were never computed; "limit"; those of sheets.h and sax.h
 * Source: OASIS OpenDocument 1.3 part 3: 9.1 (tables), 19.385 to 19.390 (values); calcext as LibreOffice writes it
 */
#ifndef INGEST_ODSCONTENT_H
#define INGEST_ODSCONTENT_H

#include "ingest/sheetxml.h"

/* styles: the part with the styles that have a name, or NULL: a flat file has them itself. */
bool ods_content_read(const struct sheetxml_source *, const struct sheetxml_source *styles, const struct reader_options *,
	struct row_sink *, struct diags *);

#endif
