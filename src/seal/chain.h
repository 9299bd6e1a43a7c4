/* chain: the way from a certificate up to an anchor, at a time. No revocation: see revoked.h. */
#ifndef SEAL_CHAIN_H
#define SEAL_CHAIN_H

#include "seal/truststore.h"
#include "seal/verify.h"

#include <openssl/x509.h>

enum chain_use { CHAIN_SIGNER, CHAIN_TIMESTAMP };

struct chain {
	STACK_OF(X509) *cert; /* leaf first, then as far up as it goes; the anchor last when status is CHAIN_GOOD */
	enum chain_status status;
	const char *why; /* OpenSSL's words where it is not good, English */
	X509 *at;	 /* the certificate that is to blame, or NULL */
};

/* SHA-1 and keys under 112 bits of security lead nowhere. pool: untrusted certificates. */
void chain_build(const struct trust *, X509 *leaf, STACK_OF(X509) *pool, int64_t at, enum chain_use, struct chain *);
void chain_clear(struct chain *);

#endif
