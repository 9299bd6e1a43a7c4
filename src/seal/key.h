/* key: what signs: a private key, its certificate, and the certificates above it. Opened once, used for many signatures.
 *
 * From:   PKCS#12 (RC2 and 3DES of old ones too), PEM files, or a PKCS#11 token
 * Keys:   RSA of 2048 to 4096 bits, EC on P-256 or P-384
 * Owner:  signing_key_close wipes what was read; a token is logged out
 * Errors: one rule for each reason: "password" wrong or missing; "key-format" no such format, no key or no certificate in it;
 *         "key-match" the key is of another certificate; "key-expired", "key-not-yet" at the time given; "key-usage" a CA, or
 *         keyUsage without digitalSignature and nonRepudiation; "cert-usage" its extKeyUsage is for no documents; "key-size" RSA; "key-kind" other curves and algorithms;
 *         "token" no such module, token or key. All that is wrong with one certificate is told in one run.
 * Times:  [s] since 1970 UTC, given by the caller; no clock is read
 */
#ifndef SEAL_KEY_H
#define SEAL_KEY_H

#include "base/diag.h"
#include "seal/secret.h"

#include <stdint.h>

enum {
	KEY_FILE_MAX = 1 << 20, /* [bytes] */
	KEY_CHAIN_MAX = 16,	/* certificates above the signer's that are taken along */
	KEY_RSA_MIN = 2048,	/* [bit] */
	KEY_RSA_MAX = 4096,
};

struct signing_key;

/* Exactly one of p12, key, module. */
struct key_source {
	const char *p12;    /* file */
	const char *key;    /* PEM file with the private key; certificates may stand in it too */
	const char *cert;   /* PEM file with the signer's certificate and those above it; NULL: they stand in key. With p12 and
			     * module: further certificates above it, as tokens often have none */
	const char *module; /* shared library of the token's maker */
	const char *token;  /* label of the token; NULL: the only one */
	const char *label;  /* of the key and its certificate on the token; NULL: the only one */
};

/* Whether opening takes a password or a PIN; false also for what is no key at all, which opening then tells. */
bool key_source_wants_secret(const struct key_source *);

/* secret: may be all zero where none is wanted. now: when signatures will be made. */
bool signing_key_open(const struct key_source *, const struct secret *, int64_t now, struct signing_key **, struct diags *);
void signing_key_close(struct signing_key *); /* accepts NULL */

const char *signing_key_name(const struct signing_key *); /* common name of the signer, UTF-8; the key's */
const char *signing_key_sha256(struct signing_key *);     /* of its certificate, in hexadecimal; the key's */

#endif
