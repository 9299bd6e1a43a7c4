/* ssml: the part of the reader of XML Spreadsheet 2003 that works on bytes in memory, for tests. */
#ifndef INGEST_SSML_H
#define INGEST_SSML_H

#include "ingest/reader.h"

bool ssml_read_bytes(const char *data, size_t n, const struct reader_options *, struct row_sink *, struct diags *);

#endif
