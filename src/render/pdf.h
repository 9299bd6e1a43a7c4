/* pdf: pages -> PDF through cairo: text that copies out, outline, links, structure tree, fixed dates.
 *
 * What cairo cannot write (language, XMP, artifacts' marks, table scopes) is the finishing pass's work: finish.h.
 */
#ifndef RENDER_PDF_H
#define RENDER_PDF_H

#include "base/buf.h"
#include "base/file.h"
#include "layout/pages.h"

/* A file that the PDF holds. */
struct attachment {
	const char *name;	  /* path inside the job's folder, divided by '/' */
	const char *mime;
	struct bytes bytes;
	const char *relationship; /* "Source" */
	const char *description;  /* "targets, people": the sources of the job that it is */
};

struct pdf_options {
	bool untagged; /* no structure tree and no links, and not finished: to measure what they cost */
	const struct attachment *attachment; /* [n_attachment] */
	size_t n_attachment;
};

/* What cairo makes of pages. All zero is none. */
struct painted {
	struct buf bytes;
	const int *element; /* [n_element] which element each of cairo's structure elements belongs to: see struct tag_log */
	size_t n_element;
	struct arena arena;
};

/* shown: the file's path, for findings. */
bool pdf_paint(const struct pages *, struct fonts *, const struct pdf_options *, const char *shown, struct painted *,
	struct diags *);
void painted_clear(struct painted *);

/* The whole file, painted and finished (see finish.h), behind what is in out. */
bool pdf_make(const struct pages *, struct fonts *, const struct pdf_options *, const char *shown, struct buf *out,
	struct diags *);

#endif
