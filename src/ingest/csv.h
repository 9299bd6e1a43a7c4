/* csv: the part of the reader that works on an open file, for tests with small blocks. */
#ifndef INGEST_CSV_H
#define INGEST_CSV_H

#include "ingest/reader.h"

#include <stdio.h>

enum {
	CSV_TAKE = 4096,       /* cells after which rows are given to the sink */
};

struct csv_sizes {
	size_t head;  /* [bytes] in which the delimiter is looked for */
	size_t block; /* [bytes] read at once; both at least 16 */
};

/* What divides the cells of a text that begins so; last: nothing follows. */
char csv_delimiter(const char *s, const char *end, bool last);

bool csv_read_file(FILE *, struct csv_sizes, const struct reader_options *, struct row_sink *, struct diags *);

#endif
