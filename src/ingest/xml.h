/* xml: the part of the reader that works on bytes in memory, for tests. */
#ifndef INGEST_XML_H
#define INGEST_XML_H

#include "ingest/reader.h"

enum {
	XML_TAKE = 4096,	 /* cells after which rows are given to the sink */
	XML_NAMES_LISTED = 8,	 /* element names in a message */
};

bool xml_read_bytes(const char *data, size_t n, const struct reader_options *, struct row_sink *,
	struct diags *);

#endif
