/* tsa: asks an RFC 3161 service for a timestamp, and takes the answer only when it holds: status granted, our hash, our nonce,
 * the policy asked for, a signature by a certificate with the critical extended key usage timeStamping, and a chain to the
 * anchors given, valid at the time stamped.
 *
 * Errors: what a service answers wrongly is an error: "tsa-answer" no answer of RFC 3161, "tsa-refused", "tsa-hash",
 *         "tsa-nonce", "tsa-policy", "tsa-time", "tsa-signature", "tsa-usage", "tsa-chain", and those of http.h; one that
 *         does not answer is a fault "service"
 * Owner:  the arena
 */
#ifndef SEAL_TSA_H
#define SEAL_TSA_H

#include "base/file.h"
#include "seal/trust.h"

#include <stdint.h>

enum {
	TSA_TOKEN_ROOM = 16 << 10, /* [bytes] no longer token is taken */
	TSA_SECONDS_DEFAULT = 20,  /* until a service counts as silent */
	TSA_CLOCK_MAX = 3600,	   /* [s] that its clock and ours may differ */
};

struct tsa {
	const char *url;    /* http or https */
	const char *policy; /* OID that is asked for and demanded; NULL: any */
	unsigned seconds;   /* timeout; 0: TSA_SECONDS_DEFAULT */
	int64_t now;	    /* what the clock says, [s] since 1970 UTC; 0: not compared */
	const struct trust *trust;
};

/* *token: DER of the TimeStampToken (a CMS). *time: what it says, [s] since 1970 UTC. */
bool tsa_stamp(const struct tsa *, const struct bytes *slice, size_t n_slice, struct arena *, struct bytes *token,
	int64_t *time, struct diags *);

#endif
