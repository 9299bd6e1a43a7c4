/* pool: untrusted certificates that may lie on a way up: those of a CMS and those brought along. */
#ifndef SEAL_POOL_H
#define SEAL_POOL_H

#include "seal/evidence.h"

#include <openssl/x509.h>

/* certs: may be NULL. Freed by sk_X509_pop_free(pool, X509_free). */
STACK_OF(X509) *pool_new(STACK_OF(X509) *certs, const struct der_list *);

/* Whether each certificate is an anchor, or is signed by one of the pool or the anchors: then none was changed. One that leads
 * nowhere does no harm by itself, but shows that bytes were changed which nothing else protects. */
bool pool_explains(STACK_OF(X509) *certs, STACK_OF(X509) *pool, STACK_OF(X509) *anchors);

#endif
