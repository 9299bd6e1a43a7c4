/* ods: the reader of OpenDocument packages on an open container. */
#ifndef INGEST_ODS_H
#define INGEST_ODS_H

#include "ingest/reader.h"
#include "ingest/zip.h"

/* Whether the container is an OpenDocument, of whatever kind. */
bool ods_is_in(const struct container *);
bool ods_read_container(struct container *, const struct reader_options *, struct row_sink *, struct diags *);

#endif
