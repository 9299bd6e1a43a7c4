/* cms: makes the CMS of a PAdES signature: detached, one SignerInfo, ESS signing-certificate-v2, the chain within, and no
 * signing-time (EN 319 142-1 table 1; the time of a signature is that of a timestamp).
 *
 * Over:   the bytes of slices one after the other, as a ByteRange names them
 * Hash:   SHA-256; SHA-384 with keys on P-384
 * Bytes:  DER; the same for the same key and slices with RSA
 * Owner:  the arena
 * Errors: "sign": the key or the token refused. A CMS given to a function here was made here.
 */
#ifndef SEAL_CMS_H
#define SEAL_CMS_H

#include "base/file.h"
#include "seal/key.h"

/* Slices need no NUL behind them. */
bool cms_sign(struct signing_key *, const struct bytes *slice, size_t n_slice, struct arena *, struct bytes *der,
	struct diags *);

/* The octets that a signature timestamp is over. */
bool cms_signature_value(struct bytes der, struct arena *, struct bytes *value, struct diags *);
/* The same CMS with an RFC 3161 token as an unsigned attribute. */
bool cms_add_timestamp(struct bytes der, struct bytes token, struct arena *, struct bytes *stamped, struct diags *);

/* [bytes] that no CMS of this key exceeds, without a timestamp; with one add TSA_TOKEN_ROOM of tsa.h. */
size_t cms_room(const struct signing_key *);

#endif
