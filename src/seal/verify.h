/* verify: what holds of one CMS: a PAdES signature, or the token of a document timestamp. Bytes in, facts out; which bytes of a
 * PDF, and what came after them, others decide.
 *
 * Hostile: any bytes may be given; nothing is taken from them before it was verified against the anchors
 * Time:   the signer is judged at the time of a signature timestamp that holds, else at policy.at; never at a time he states
 *         himself. Timestamps are judged at policy.at, which is now, --at, or the time of a later document timestamp that holds.
 * Errors: each thing that does not hold, with the origin given (sheet: the name of the field): "cms-format", "cms-signers",
 *         "cms-hash" (SHA-1, MD5), "cms-attribute" (also unsigned ones that are no timestamps), "cms-digest" the bytes were
 *         changed, "cms-signature", "cms-certificate" (ESS, also none where policy.cades), "chain", "cert-time", "cert-usage", "revoked", "revocation"
 *         (unknown though required), "timestamp" (each that is there must hold)
 *         Warnings: "revocation" unknown, "baseline", "cms-certificate" nobody signed which certificate it is
 * Owner:  the arena
 */
#ifndef SEAL_VERIFY_H
#define SEAL_VERIFY_H

#include "seal/trust.h"

#include <stdint.h>

enum { CMS_MAX = 1 << 20, CMS_CERTS_MAX = 64 }; /* [bytes]; certificates in one CMS */

enum chain_status {
	CHAIN_UNKNOWN,	   /* not looked at */
	CHAIN_GOOD,	   /* up to an anchor, valid at the time it is judged at */
	CHAIN_UNTRUSTED,   /* no way to an anchor, or a broken one */
	CHAIN_EXPIRED,	   /* outside the time of a certificate */
	CHAIN_USAGE,	   /* may not be used for this */
};

enum revocation_status {
	REVOCATION_UNKNOWN, /* nothing that covers the time */
	REVOCATION_GOOD,
	REVOCATION_REVOKED, /* at or before the time it is judged at */
};

struct cms_policy {
	int64_t at; /* [s] since 1970 UTC */
	bool revocation_required;
	bool cades; /* /SubFilter ETSI.CAdES.detached, which promises that the certificate was signed along */
};

/* Who signed: the signer, or a timestamp service. */
struct cms_party {
	const char *name;   /* common name, else the whole subject; UTF-8 without control characters; NULL: no certificate */
	const char *issuer; /* the same of who issued it */
	const char *serial; /* upper-case hexadecimal */
	const char *sha256; /* of the certificate, in hexadecimal: which one it is, whatever it says; NULL as name */
	int64_t not_before;
	int64_t not_after;
	int64_t judged_at;
	enum chain_status chain;
	enum revocation_status revocation;
	int64_t revoked_at; /* 0: not revoked, as far as is known; may be after judged_at, then the certificate was good */
	const char *unproved; /* the first certificate up to the anchor of which nothing in the file proves that it was not revoked; NULL: all
				 are proved, or the chain is not good */
};

struct cms_timestamp {
	bool present;
	bool ok;	    /* imprint, signature, chain, revocation */
	int64_t time;	    /* what it says, [s] since 1970 UTC */
	const char *policy; /* OID */
	struct cms_party tsa;
};

/* Why a signature that holds is below PAdES baseline. */
enum below {
	BELOW_NOT,
	BELOW_TIME,	    /* signing-time among what was signed */
	BELOW_CAPABILITIES, /* S/MIME capabilities */
	BELOW_CERTIFICATE,  /* no ESS signing-certificate-v2 */
	BELOW_FORM,	    /* no DER */
};

struct cms_result {
	bool ok;	/* all that was asked for holds */
	bool integrity; /* the signature is over these bytes and made by the key of signer's certificate */
	bool baseline;	/* PAdES B: DER, ESS signing-certificate-v2, no signing-time, no S/MIME capabilities */
	enum below below;
	bool archived;	/* revocation data of signer and timestamp lie in evidence or the CMS: level lt, where there is a timestamp */
	struct cms_party signer;
	struct cms_timestamp timestamp; /* the first one that holds, else the first one */
};

/* Whether each thing in a DSS is readable and signed by one in the DSS or an anchor: error "evidence" for each that is not.
 * Signatures do not depend on it, but changed bytes must not pass unseen. */
bool evidence_check(const struct evidence *, const struct trust *, struct origin at, struct diags *);

const char *below_text(enum below, const struct diags *); /* in the language of the findings; NULL: BELOW_NOT */
const char *chain_status_name(enum chain_status);	    /* "unknown" "good" "untrusted" "expired" "usage" */
const char *revocation_status_name(enum revocation_status); /* "unknown" "good" "revoked" */

/* contents: of the signature dictionary, where zero bytes may follow the DER and nothing else. False: an error was added,
 * *result says as much as is known. Both results are all set. */
bool cms_verify(struct bytes contents, const struct bytes *slice, size_t n_slice, const struct trust *, const struct evidence *,
	const struct cms_policy *, struct origin at, struct arena *, struct cms_result *, struct diags *);

/* A document timestamp (ETSI.RFC3161) over the slices. */
bool timestamp_verify(struct bytes contents, const struct bytes *slice, size_t n_slice, const struct trust *,
	const struct evidence *, const struct cms_policy *, struct origin at, struct arena *, struct cms_timestamp *,
	struct diags *);

#endif
