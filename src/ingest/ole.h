/* ole: the streams of an OLE compound file (old Excel, Word and PowerPoint, Outlook, MSI). libgsf reads the container.
 *
 * Errors: "format": the container is damaged or cut off; "limit": the file is too large; "file"
 * Owner:  ole_close frees the file, ole_stream_close the stream; a stream is closed first. Bytes are borrowed
 * Source: [MS-CFB]
 */
#ifndef INGEST_OLE_H
#define INGEST_OLE_H

#include "base/diag.h"

#include <stdbool.h>
#include <stddef.h>

enum { OLE_MAGIC_SIZE = 8 };
extern const unsigned char ole_magic[OLE_MAGIC_SIZE];

struct ole_file;
struct ole_stream;

struct ole_file *ole_open(const char *path, const char *shown, struct diags *);
struct ole_file *ole_open_bytes(const void *data, size_t n, const char *shown, struct diags *);
void ole_close(struct ole_file *); /* NULL is fine */

/* Streams and storages of the root. */
size_t ole_n_name(const struct ole_file *);
const char *ole_name(const struct ole_file *, size_t i); /* of the file; UTF-8, may have control characters */
bool ole_has(const struct ole_file *, const char *name);

struct ole_stream *ole_stream_open(struct ole_file *, const char *name, struct diags *);
void ole_stream_close(struct ole_stream *); /* NULL is fine */
size_t ole_stream_size(const struct ole_stream *);

/* n bytes from `at` on. False: they lie outside of the stream, or the container is damaged; the caller knows the place. */
bool ole_stream_read(struct ole_stream *, size_t at, void *into, size_t n);

#endif
