/* xlsx: the reader of workbooks of Office Open XML on an open container, and on bytes, for tests. A container that is none of
 * ours is named. */
#ifndef INGEST_XLSX_H
#define INGEST_XLSX_H

#include "ingest/reader.h"
#include "ingest/zip.h"

bool xlsx_read_container(struct container *, const struct reader_options *, struct row_sink *, struct diags *);
bool xlsx_read_bytes(const char *data, size_t n, const struct reader_options *, struct row_sink *, struct diags *);

#endif
