/* pdf: pages -> PDF through cairo: text that copies out, outline, links, structure tree, fixed dates.
 *
 * What cairo cannot write (language, XMP, artifacts' marks, table scopes) is the finishing pass's work.
 */
#ifndef RENDER_PDF_H
#define RENDER_PDF_H

#include "base/buf.h"
#include "layout/pages.h"

struct pdf_options {
	bool untagged; /* no structure tree and no links: to measure what they cost */
};

/* The whole file, appended to out. shown: its path, for findings. */
bool pdf_paint(const struct pages *, struct fonts *, const struct pdf_options *, const char *shown, struct buf *out,
	struct diags *);

#endif
