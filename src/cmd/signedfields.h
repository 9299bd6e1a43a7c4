/* signedfields: which fields of a PDF file are signed, by signatures that hold by themselves: over its bytes, and made by the key of the
 * certificate in them. Whom to trust is not asked.
 *
 * Owner: the arena
 */
#ifndef CMD_SIGNEDFIELDS_H
#define CMD_SIGNEDFIELDS_H

#include "model/job.h"

struct signed_field {
	const char *name;
	bool stamped; /* its signature has a timestamp */
};

struct signed_fields {
	bool readable;
	bool whole; /* none is damaged */
	const struct signed_field *field; /* [n] */
	size_t n;
};

void signed_fields_read(const char *path, struct arena *, struct signed_fields *);

/* Whether all that is asked for is signed, and nothing is damaged. */
bool signed_fields_have(const struct signed_fields *, const struct job_sign *, size_t n_sign);
/* Whether a file has a signature that the one in its place has not, or may have: it cannot be read. */
bool signed_fields_lack(const char *path, const char *than, struct arena *);

#endif
