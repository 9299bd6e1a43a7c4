/* odskind: whether an OpenDocument file is a spreadsheet, and what else it is.
 *
 * Errors: "format": a document of another kind
 * Source: OASIS OpenDocument 1.3 part 3: 3.7 (bodies); the media types registered with IANA
 */
#ifndef INGEST_ODSKIND_H
#define INGEST_ODSKIND_H

#include "base/diag.h"

/* Whether the media type of a document is that of a spreadsheet. */
bool ods_check_media(const char *media_type, const char *shown, struct diags *d);

/* Refuses a document by the local name of the element in office:body; "": there is none. Returns false. */
bool ods_other_body(const char *body, const char *shown, struct diags *d);

#endif
