/* zip: the parts of a ZIP container (XLSX, ODS), each inflated piece by piece. libzip reads the directory, ingest/inflate.h inflates.
 *
 * Errors: "format": not a whole ZIP file, entries that overlap, are twice there (or differ only in case), have absolute or
 *         ".." names, or whose two headers disagree, wrong checksums; "encrypted"; "limit": see ingest/limits.h, sizes and
 *         ratio counted while inflating
 * Source: APPNOTE.TXT 6.3 (ZIP); ECMA-376 part 2, 7.2.3 (names of parts)
 */
#ifndef INGEST_ZIP_H
#define INGEST_ZIP_H

#include "base/diag.h"

#include <stdbool.h>

struct sax_handler;
struct container; /* open: its whole directory was checked */

struct container *container_open(const char *path, const char *shown, struct diags *); /* NULL after an error */
struct container *container_open_bytes(const char *data, size_t n, const char *shown, struct diags *); /* borrows the bytes */
void container_close(struct container *);

/* The part of that name ("xl/workbook.xml"; the case of ASCII letters is ignored, as OPC says), or false. */
bool container_find(const struct container *, const char *name, size_t *part);

size_t container_count(const struct container *);
const char *container_name(const struct container *, size_t part);  /* as the container has it */
const char *container_shown(const struct container *, size_t part); /* for places in messages: "a.xlsx/xl/workbook.xml" */

/* Takes pieces of an inflated part, all but the last of ZIP_PIECE bytes; false stops (an error was added). */
enum { ZIP_PIECE = 64 << 10 };
struct zip_sink {
	void *ctx;
	bool (*take)(void *ctx, const char *data, size_t n, struct diags *);
};

/* The checksum is compared when a part is read to its end for the first time. */
bool container_read(struct container *, size_t part, const struct zip_sink *, struct diags *);

/* The part as XML (base/sax.h); its errors have the place in the part. */
bool container_parse(struct container *, size_t part, const struct sax_handler *, struct diags *);

#endif
