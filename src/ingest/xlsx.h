/* xlsx: the reader on bytes, for tests. */
#ifndef INGEST_XLSX_H
#define INGEST_XLSX_H

#include "ingest/reader.h"

bool xlsx_read_bytes(const char *data, size_t n, const struct reader_options *, struct row_sink *, struct diags *);

#endif
