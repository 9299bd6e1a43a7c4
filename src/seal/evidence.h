/* evidence: certificates, CRLs and OCSP answers as DER, as they stand in the DSS of a PDF. Nothing here is trusted before it
 * was verified; what cannot be read is passed over.
 *
 * Owner:  the arena given, or whoever made the bytes; plain data
 */
#ifndef SEAL_EVIDENCE_H
#define SEAL_EVIDENCE_H

#include "base/file.h"

enum {
	EVIDENCE_CERT_MAX = 64 << 10, /* [bytes] */
	EVIDENCE_OCSP_MAX = 256 << 10,
	EVIDENCE_CRL_MAX = 16 << 20,
	EVIDENCE_MAX = 256, /* of each kind */
};

struct der_list {
	struct bytes *der;
	size_t n;
	size_t cap;
};

struct evidence {
	struct der_list cert;
	struct der_list crl;
	struct der_list ocsp;
};

/* Copies der behind the others unless it is there already, or the list is full. */
void der_list_add(struct der_list *, struct bytes der, struct arena *);

#endif
