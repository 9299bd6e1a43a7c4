/* ods: the part of the reader of OpenDocument packages that works on an open container: for tests, and for a ZIP file
 * that only what it holds tells to be one. */
#ifndef INGEST_ODS_H
#define INGEST_ODS_H

#include "ingest/reader.h"
#include "ingest/zip.h"

/* Whether the container is an OpenDocument, of whatever kind. */
bool ods_is_in(const struct container *);
bool ods_read_container(struct container *, const struct reader_options *, struct row_sink *, struct diags *);

#endif
