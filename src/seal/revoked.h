/* revoked: what a CRL or an OCSP answer says of one certificate, after it was verified with the issuer of that certificate.
 *
 * Covers a time: made at or after it, or still in force then; and made before the certificate expired, as authorities drop
 * expired ones. Not taken: indirect, delta and partial CRLs, SHA-1, answers of responders that the issuer did not name.
 */
#ifndef SEAL_REVOKED_H
#define SEAL_REVOKED_H

#include "seal/verify.h"

#include <openssl/ocsp.h>
#include <openssl/x509.h>

enum { CLOCK_SKEW = 300 }; /* [s] that the clocks of services may differ */

struct question {
	X509 *cert;
	X509 *issuer; /* its signature on cert was verified */
	int64_t at;   /* when cert should not have been revoked */
	int64_t now;  /* no later answer is known then */
};

struct standing {
	enum revocation_status status;
	int64_t revoked_at; /* 0: not revoked; after question.at with REVOCATION_GOOD */
	int reason;	    /* CRLReason, 0 unspecified */
	bool archived;	    /* something marked so proves REVOCATION_GOOD */
};

/* Whether it says anything that counts. */
bool crl_judge(X509_CRL *, const struct question *, struct standing *);
bool ocsp_judge(OCSP_BASICRESP *, const struct question *, struct standing *);

OCSP_BASICRESP *ocsp_read(struct bytes der); /* of a successful OCSPResponse, else NULL */
bool ocsp_is_signed(OCSP_BASICRESP *, X509 *issuer); /* by the issuer, or whom it named */

/* All that is known. Owner: proofs_close. */
struct proofs {
	struct arena arena;
	struct proof {
		X509_CRL *crl; /* or */
		OCSP_BASICRESP *ocsp;
		bool archived; /* lies in the file itself */
	} *proof;
	size_t n_proof;
	size_t cap;
};

void proofs_add_evidence(struct proofs *, const struct evidence *);
void proofs_add_crls(struct proofs *, STACK_OF(X509_CRL) *, bool archived);
void proofs_close(struct proofs *);

/* Revoked if one says so; good if one says so and none the contrary. */
void proofs_judge(const struct proofs *, const struct question *, struct standing *);

/* Whether a timestamp of that time still counts though its service's certificate was revoked (RFC 3161 section 4): for a reason
 * that leaves the key safe, those of before do. */
bool revoked_stamp_counts(const struct standing *, int64_t stamped);

#endif
