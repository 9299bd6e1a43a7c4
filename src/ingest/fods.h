/* fods: the part of the reader of flat OpenDocument spreadsheets that works on bytes in memory, for tests. */
#ifndef INGEST_FODS_H
#define INGEST_FODS_H

#include "ingest/reader.h"

bool fods_read_bytes(const char *data, size_t n, const struct reader_options *, struct row_sink *, struct diags *);

#endif
