/* refs: how often each object is referred to, in a view of a file that goes from revision to revision.
 *
 * Owner: refs_close
 */
#ifndef SEAL_REFS_H
#define SEAL_REFS_H

#include "pdf/file.h"

struct refs {
	uint32_t *count; /* [n] by object number */
	uint32_t *annots; /* [n] of those as /Annots of a page */
	size_t n;
	const struct pdf_object **waiting; /* scratch */
	size_t n_waiting, cap;
	struct arena arena;
};

/* All references of the first revision. */
void refs_open(struct refs *, struct pdf_file *);
/* Those of that revision in the place of those before. */
void refs_advance(struct refs *, struct pdf_file *, size_t revision);
uint32_t refs_of(const struct refs *, uint32_t number);
/* Whether all that refers to it is the /Annots of one page. */
bool refs_only_annots(const struct refs *, uint32_t number);
void refs_close(struct refs *);

/* Whether the last view refers to it just once. */
bool refs_once(struct pdf_file *, uint32_t number);

#endif
