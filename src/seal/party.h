/* party: judges who signed: the chain up to an anchor, and what is known of revocations on it. */
#ifndef SEAL_PARTY_H
#define SEAL_PARTY_H

#include "seal/chain.h"
#include "seal/revoked.h"
#include "seal/signed.h"

struct party_question {
	X509 *leaf;
	STACK_OF(X509) *pool; /* untrusted certificates */
	const struct trust *trust;
	const struct proofs *proofs;
	enum chain_use use;
	int64_t at;	 /* when it must have been good */
	int64_t now;
	int64_t stamped; /* of a timestamp: what it says; must have been good then too */
	bool revocation_required;
};

/* FLAW_NONE, or FLAW_UNTRUSTED and those behind it. *why: OpenSSL's words of the chain. *archived: revocation is proved by what
 * lies in the file. */
enum flaw party_judge(const struct party_question *, struct arena *, struct cms_party *, const char **why, bool *archived);

#endif
