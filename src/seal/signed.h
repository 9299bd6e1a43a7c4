/* signed: one CMS SignedData with one SignerInfo taken apart, and what holds of it without asking who is trusted. */
#ifndef SEAL_SIGNED_H
#define SEAL_SIGNED_H

#include "base/file.h"
#include "seal/verify.h"

#include <openssl/cms.h>

/* Each is one thing that does not hold; others word them. */
enum flaw {
	FLAW_NONE,
	FLAW_FORMAT,	 /* no SignedData, or too long */
	FLAW_BER,	 /* SignedData, but in a form in which bytes may hide */
	FLAW_TRAILING,	 /* bytes behind it */
	FLAW_SIGNERS,	 /* not one SignerInfo */
	FLAW_CONTENT,	 /* another type of content, or content within where it should be apart, or the reverse */
	FLAW_HASH,	 /* SHA-1, MD5, or algorithms that do not go together */
	FLAW_ATTRIBUTE,	 /* attributes missing, twice, or such that nobody signed */
	FLAW_NO_CERT,	 /* the signer's certificate is not in it */
	FLAW_DIGEST,	 /* the content was changed */
	FLAW_SIGNATURE,	 /* not made by the key of the certificate */
	FLAW_CERT,	 /* the certificate is not the one that was signed along (ESS) */
	FLAW_STRAY,	 /* a certificate in it is signed by none that is known */
	/* of timestamps */
	FLAW_TOKEN,	 /* no TSTInfo */
	FLAW_IMPRINT,	 /* of other bytes */
	FLAW_FUTURE,	 /* later than it is judged at */
	/* of chains */
	FLAW_UNTRUSTED,
	FLAW_EXPIRED,
	FLAW_USAGE,
	FLAW_REVOKED,
	FLAW_UNKNOWN,	 /* revocation is required and unknown */
};

struct signed_data {
	CMS_ContentInfo *cms;
	CMS_SignerInfo *si;	/* borrowed of cms */
	STACK_OF(X509) *cert;	/* all that are in it */
	STACK_OF(X509_CRL) *crl;
	X509 *signer;		/* borrowed; NULL: not in it */
	bool canonical;		/* written again it has the same bytes */
	struct arena arena;	/* what was written with lengths left open, written with definite ones */
};

/* padding: zero bytes may follow, and lengths may be left open, as other programs do (canonical is false then). type: of the content: NID_pkcs7_data apart, NID_id_smime_ct_TSTInfo within. */
enum flaw signed_open(struct bytes, bool padding, int type, struct signed_data *);
void signed_close(struct signed_data *); /* also after a flaw */

/* The content that is within. */
struct bytes signed_content(const struct signed_data *);
struct bytes signed_signature(const struct signed_data *);

/* Hashes, attributes and the signature, over the content given. Tokens may have the older ESS attribute. */
enum flaw signed_check(const struct signed_data *, int type, const struct bytes *slice, size_t n_slice);

/* Whether the certificate's hash was signed along (ESS); a signature that was checked holds it then. */
bool signed_names_cert(const struct signed_data *);

/* What PAdES baseline forbids or misses. */
enum below signed_below(const struct signed_data *);

#endif
