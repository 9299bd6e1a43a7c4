/* keyparts: what the three sources of keys fill, before it is checked. */
#ifndef SEAL_KEYPARTS_H
#define SEAL_KEYPARTS_H

#include "seal/key.h"

#include <openssl/evp.h>
#include <openssl/x509.h>

struct token;

struct key_parts {
	EVP_PKEY *key;
	X509 *cert;		/* NULL: the one of others that fits the key */
	STACK_OF(X509) *others; /* in any order */
	struct token *token;	/* holds the key; NULL: a file */
};

/* Each adds errors with the file or the module as origin. */
bool p12_read(const char *path, const struct secret *, struct key_parts *, struct diags *);
bool pem_read(const char *key, const char *cert, const struct secret *, struct key_parts *, struct diags *);
bool pem_read_certs(const char *path, struct key_parts *, struct diags *); /* adds to others */
bool token_read(const struct key_source *, const struct secret *, struct key_parts *, struct diags *);
void token_close(struct token *); /* accepts NULL; after the key was freed */

bool pem_is_encrypted(const char *path);

void key_parts_clear(struct key_parts *);

#endif
