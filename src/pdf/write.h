/* write: values to bytes, a whole new file, and an update behind an existing one. The same input gives the same bytes.
 *
 * Owner:  the buf given at the start receives all bytes; the writer keeps what it needs in itself, until it is cleared
 * Errors: none while writing; misuse (an object twice, a number never taken) fails in finish, rule "pdf"
 */
#ifndef PDF_WRITE_H
#define PDF_WRITE_H

#include "base/buf.h"
#include "pdf/file.h"
#include "pdf/limits.h"

struct pdf_deflater;

/* The value as the shortest usual text, one space between entries and items; a stream with its /Length set. */
void pdf_put(struct buf *, const struct pdf_object *);

struct pdf_slot;

struct pdf_writer {
	struct buf *out;
	struct arena arena;
	struct pdf_deflater *deflater; /* borrowed: for object streams and the cross-reference stream; NULL: tables */
	struct pdf_file *base;	       /* of an update, else NULL */
	size_t start;		       /* of the bytes of this writer in out */
	uint32_t size;		       /* one more than the highest number taken */
	struct pdf_slot *slot;	       /* what was written where */
	size_t n_slot;
	size_t cap;
	struct pdf_packing *packing;   /* objects that wait for their object stream, or NULL */
	size_t mark[PDF_MARKS_MAX + 1]; /* byte of each pdf_marked value, 0: not written */
};

/* A whole file: header, then objects in the order of the calls. With a deflater, objects that are no streams go into object
 * streams and the cross-reference section is a stream (version 1.5 and later); with NULL it is a table. */
void pdf_write_begin(struct pdf_writer *, unsigned version, struct pdf_deflater *, struct buf *out);
/* An update: puts the bytes of the file into out, untouched, and goes on behind them. Its cross-reference section is of the kind of
 * the last revision's. */
void pdf_update_begin(struct pdf_writer *, struct pdf_file *, struct buf *out);

/* A number that nothing uses yet; it may be referred to before it is written. */
uint32_t pdf_write_number(struct pdf_writer *);
/* For numbers that the caller chooses: all up to n - 1 are taken. */
void pdf_write_reserve(struct pdf_writer *, uint32_t n);

/* The object of that number: each number once. In an update a number of the file is replaced and keeps its generation. */
void pdf_write_object(struct pdf_writer *, uint32_t number, const struct pdf_object *);
/* The same for a value of which the caller puts the text into out itself, between the two calls; such an object never goes into an
 * object stream. */
void pdf_write_open(struct pdf_writer *, uint32_t number);
void pdf_write_close(struct pdf_writer *);
/* In an update: the number is free from now on. */
void pdf_write_free(struct pdf_writer *, uint32_t number);

/* Cross-reference section, trailer, startxref, %%EOF. trailer: a DICT with /Root (and /Info) for a whole file; for an update its
 * entries replace those of the last trailer, null: none. /Size, /Prev and /ID are set here: the first /ID stays, the second (both, in a
 * whole file) comes from the bytes written. Clears the writer, but for mark. */
bool pdf_write_finish(struct pdf_writer *, const struct pdf_object *trailer, struct diags *);
void pdf_write_clear(struct pdf_writer *); /* gives up; harmless after finish */

/* Rewrites bytes of out in place, for values that are known only at the end (/ByteRange, /Contents): n bytes from `at` on. */
void pdf_patch(struct buf *out, size_t at, const char *bytes, size_t n);

#endif
