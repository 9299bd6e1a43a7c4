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
	const char *signer; /* as its certificate says */
	const char *sha256; /* of that certificate */
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

/* What would be lost with a signed file, if another took its place. */
enum signed_loss {
	SIGNED_LOSS_NONE,
	SIGNED_LOSS_SIGNATURES, /* in a field that the other has not signed, or has by another certificate */
	SIGNED_LOSS_UNKNOWN,	/* it cannot be read, or a signature in it is damaged */
};

enum signed_loss signed_fields_loss(const char *path, const char *other, struct arena *);

#endif
