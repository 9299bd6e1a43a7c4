/* revocation: fetches what proves that no certificate of a signature is revoked, for the DSS (levels lt, lta).
 *
 * For each certificate of the signer's chain and of the chains of timestamps in the CMS, below its anchor: a CRL that was
 * given, else an OCSP answer (AIA), else the CRL of its distribution point; each verified before it counts.
 * Errors: "revoked"; "revocation" nothing proves it; "revocation-answer" an answer that does not hold; those of http.h
 * Owner:  the arena
 */
#ifndef SEAL_REVOCATION_H
#define SEAL_REVOCATION_H

#include "seal/trust.h"

#include <stdint.h>

struct revocation_fetch {
	const struct trust *trust;
	int64_t now;	  /* [s] since 1970 UTC; answers must be of use then */
	unsigned seconds; /* timeout of each question; 0: 20 */
};

/* cms: a signature with its timestamps, or a timestamp token. Adds to *evidence what is not there yet; what is there already
 * is used. */
bool revocation_collect(struct bytes cms, const struct revocation_fetch *, struct arena *, struct evidence *, struct diags *);

#endif
