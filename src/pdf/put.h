/* put: a value as text, and where the marked ones went. */
#ifndef PDF_PUT_H
#define PDF_PUT_H

#include "base/buf.h"
#include "pdf/object.h"

struct putting {
	struct buf *out;
	size_t start;  /* of the file in out */
	size_t *mark;  /* [PDF_MARKS_MAX + 1], or NULL */
	bool is_marked; /* a marked value was put */
};

void put_object(struct putting *, const struct pdf_object *);
void put_number(struct buf *, uint64_t);

#endif
