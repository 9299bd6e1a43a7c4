/* stamp: an RFC 3161 token: what it says, and whether it holds. */
#ifndef SEAL_STAMP_H
#define SEAL_STAMP_H

#include "seal/party.h"

#include <openssl/ts.h>

struct stamp {
	struct signed_data data;
	TS_TST_INFO *info;
	struct cms_timestamp seen; /* present, time, policy, tsa */
	const char *why;	   /* OpenSSL's words of the chain */
	bool archived;
};

/* Of the token alone: form, hashes, attributes, signature; time and policy into seen. */
enum flaw stamp_open(struct bytes token, bool padding, struct arena *, struct stamp *);
/* Whether it is over the slices. */
enum flaw stamp_over(const struct stamp *, const struct bytes *slice, size_t n_slice);
/* Whether its service is trusted. question: trust, proofs, pool, now, revocation_required; the rest is put in. */
enum flaw stamp_judge(struct stamp *, struct party_question, struct arena *);
/* Whether none of its certificates was changed: pool_explains. */
bool stamp_explained(const struct stamp *, STACK_OF(X509) *pool, const struct trust *);
void stamp_close(struct stamp *); /* also after a flaw; seen stays */

#endif
