/* stream: the bytes of streams, decoded and encoded. libdeflate does the work; it is seen nowhere else.
 *
 * Decodes FlateDecode with the PNG and TIFF predictors of 8 bits, ASCIIHexDecode, ASCII85Decode, RunLengthDecode, and rows of them.
 * Errors: rule "pdf": damaged data, wrong parameters; "filter": a filter that is not decoded here; "limit": pdf/limits.h
 * Source: ISO 32000-2, 7.4; RFC 1950
 */
#ifndef PDF_STREAM_H
#define PDF_STREAM_H

#include "base/buf.h"
#include "pdf/file.h"

/* What a stream holds, in the arena (raw bytes without a filter are borrowed from the file, then no NUL follows them). */
bool pdf_stream_data(struct pdf_view, const struct pdf_object *stream, struct arena *, struct bytes *, struct diags *);

/* Of a stream, or of an array of streams one after the other with white space between: the content of a page. */
bool pdf_streams_data(struct pdf_view, const struct pdf_object *streams, struct arena *, struct bytes *, struct diags *);

/* Inflates zlib data that is no larger than max. hint: the size that it probably has, or 0. False where it is damaged or too
 * large (adds no finding). */
bool pdf_inflate(const void *data, size_t n, size_t hint, size_t max, struct arena *, struct bytes *);

/* Compresses at one level; costly to make, so one for many streams. Not shared by threads. */
struct pdf_deflater;
struct pdf_deflater *pdf_deflater_open(int level); /* 1 fast to 12 small; 6 for pages */
void pdf_deflater_close(struct pdf_deflater *);	   /* accepts NULL */
void pdf_deflate(struct pdf_deflater *, const void *data, size_t n, struct buf *); /* zlib data behind what is there */

/* A FlateDecode stream of the data, in the arena; the dictionary is the others' entries, or null. */
struct pdf_object pdf_deflated(
	struct pdf_deflater *, struct pdf_object dict, const void *data, size_t n, struct arena *);

#endif
