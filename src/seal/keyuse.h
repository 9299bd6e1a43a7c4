/* keyuse: what makes signatures needs of a key that was checked. */
#ifndef SEAL_KEYUSE_H
#define SEAL_KEYUSE_H

#include "seal/key.h"

#include <openssl/evp.h>
#include <openssl/x509.h>

EVP_PKEY *signing_key_private(const struct signing_key *);
X509 *signing_key_cert(const struct signing_key *);
STACK_OF(X509) *signing_key_chain(const struct signing_key *); /* without the signer's and without a self-signed one */
const EVP_MD *signing_key_digest(const struct signing_key *);
const char *signing_key_file(const struct signing_key *); /* for messages */

#endif
