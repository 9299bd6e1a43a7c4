/* zip: the parts of a ZIP container (XLSX, ODS), each inflated piece by piece. libzip reads the directory, zlib inflates.
 *
 * Errors: "format": not a whole ZIP file, entries that overlap, are twice there (or differ only in case), have absolute or
 *         ".." names, or whose two headers disagree, wrong checksums; "encrypted"; "limit": see ingest/limits.h, sizes and
 *         ratio counted while inflating
 */
#ifndef INGEST_ZIP_H
#define INGEST_ZIP_H

#include "base/diag.h"

#include <stdbool.h>

struct zip_file; /* an open container */

struct zip_file *zip_file_open(const char *path, const char *shown, struct diags *);
struct zip_file *zip_file_open_bytes(const char *data, size_t n, const char *shown, struct diags *); /* for tests */
void zip_file_close(struct zip_file *);

/* The part of that name ("xl/workbook.xml"; case is ignored, as OPC says), or false. */
bool zip_file_find(const struct zip_file *, const char *name, size_t *part);

/* Takes pieces of an inflated part; false stops (an error was added). */
struct zip_sink {
	void *ctx;
	bool (*take)(void *ctx, const char *data, size_t n, struct diags *);
};

bool zip_file_read(struct zip_file *, size_t part, const struct zip_sink *, struct diags *);

#endif
