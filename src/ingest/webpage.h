/* webpage: web pages that programs save under the name of a workbook. */
#ifndef INGEST_WEBPAGE_H
#define INGEST_WEBPAGE_H

#include <stddef.h>

enum webpage { WEBPAGE_NONE, WEBPAGE_HTML, WEBPAGE_MHTML };

/* What a file is, by its first bytes. */
enum webpage webpage_kind(const unsigned char *head, size_t n);

#endif
