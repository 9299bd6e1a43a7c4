/* truststore: the inside of struct trust, for what verifies. */
#ifndef SEAL_TRUSTSTORE_H
#define SEAL_TRUSTSTORE_H

#include "seal/trust.h"

#include <openssl/x509_vfy.h>

struct trust {
	X509_STORE *store;	 /* the anchors */
	STACK_OF(X509) *anchor;
	STACK_OF(X509_CRL) *crl; /* brought along, not verified */
};

#endif
