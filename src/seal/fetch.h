/* fetch: OCSP answers and CRLs from the services that a certificate names. What does not hold is not kept. */
#ifndef SEAL_FETCH_H
#define SEAL_FETCH_H

#include "seal/revoked.h"

struct fetch {
	unsigned seconds; /* timeout of each question */
	struct arena *arena;
	struct diags *diags;
};

/* The first http or https address, or NULL. */
const char *ocsp_address(X509 *, struct arena *);
const char *crl_address(X509 *, struct arena *);

/* Adds the answer to the list when it counts; *standing: what it says. Errors: "revocation-answer", and those of http.h. */
bool fetch_ocsp(const struct fetch *, const char *url, const struct question *, struct der_list *, struct standing *);
bool fetch_crl(const struct fetch *, const char *url, const struct question *, struct der_list *, struct standing *);

#endif
