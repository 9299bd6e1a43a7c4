/* webpage: web pages that programs save under the name of a workbook. */
#ifndef INGEST_WEBPAGE_H
#define INGEST_WEBPAGE_H

#include <stdbool.h>
#include <stddef.h>

/* What a file is, by its first bytes, behind the word "is" in a message; NULL: no web page. */
const char *webpage_kind(const unsigned char *head, size_t n);

#endif
