#include "seal/signedform.h"
#include "seal/der.h"
#include "seal/verify.h"

#include <string.h>

static bool small_integer(struct der in, unsigned *value)
{
	*value = in.n == 1 ? *in.p : 0;
	return in.n == 1;
}

/* AlgorithmIdentifier of a hash: parameters NULL or none. */
static bool hash_oid(struct der algorithm, struct der *oid)
{
	struct der null;

	if (!der_take(&algorithm, DER_OID, oid))
		return false;
	return !algorithm.n || (der_take(&algorithm, DER_NULL, &null) && !null.n && !algorithm.n);
}

static bool same(struct der a, struct der b)
{
	return a.n == b.n && !memcmp(a.p, b.p, a.n);
}

/* The hash of the signer must be one of those announced, which a reader in one pass relies on. */
static bool announced(struct der algorithms, struct der hash)
{
	struct der one;
	struct der oid;
	bool found = false;

	while (algorithms.n) {
		if (!der_take(&algorithms, DER_SEQUENCE, &one) || !hash_oid(one, &oid))
			return false;
		found |= same(oid, hash);
	}
	return found;
}

/* SignerInfo ::= version, sid, digestAlgorithm, [0] signedAttrs, signatureAlgorithm, signature, [1] unsignedAttrs */
static enum flaw signer_form(struct der si, unsigned *version, struct der *hash)
{
	struct der in;
	struct der sid;
	unsigned tag;

	if (!der_take(&si, DER_INTEGER, &in) || !small_integer(in, version) || !der_next(&si, &tag, &sid) ||
		(tag != DER_SEQUENCE && tag != DER_KEY_ID) || *version != (tag == DER_SEQUENCE ? 1U : 3U) ||
		!der_take(&si, DER_SEQUENCE, &in) || !hash_oid(in, hash))
		return FLAW_FORMAT;
	if (!der_take(&si, DER_0, &in))
		return FLAW_ATTRIBUTE;
	if (!der_take(&si, DER_SEQUENCE, &in) || !der_take(&si, DER_OCTETS, &in) || !in.n)
		return FLAW_FORMAT;
	if (der_take(&si, DER_1, &in) && !in.n)
		return FLAW_FORMAT;
	return si.n ? FLAW_FORMAT : FLAW_NONE;
}

/* encapContentInfo ::= type, [0] content */
static enum flaw content_form(struct der in, int type)
{
	struct der oid;
	struct der content;

	if (!der_take(&in, DER_OID, &oid))
		return FLAW_FORMAT;
	if (!der_take(&in, DER_0, &content))
		return in.n ? FLAW_FORMAT : type == NID_pkcs7_data ? FLAW_NONE : FLAW_CONTENT;
	return in.n ? FLAW_FORMAT : type == NID_pkcs7_data ? FLAW_CONTENT : FLAW_NONE;
}

/* RFC 5652 section 5.1. */
static bool version_fits(unsigned version, unsigned signer, bool others, int type)
{
	if (version == (type != NID_pkcs7_data || signer == 3 ? 3U : 1U))
		return true;
	return others && (version == 3 || version == 5);
}

/* SignedData ::= version, digestAlgorithms, encapContentInfo, [0] certificates, [1] crls, signerInfos */
static enum flaw data_form(struct der data, int type)
{
	struct der algorithms;
	struct der hash;
	struct der in;
	struct der si;
	unsigned version;
	unsigned of_signer;
	bool others;
	enum flaw flaw;

	if (!der_take(&data, DER_INTEGER, &in) || !small_integer(in, &version) || !der_take(&data, DER_SET, &algorithms) ||
		!der_take(&data, DER_SEQUENCE, &in))
		return FLAW_FORMAT;
	flaw = content_form(in, type);
	if (flaw)
		return flaw;
	(void)der_take(&data, DER_0, &in);
	others = der_take(&data, DER_1, &in);
	if (!der_take(&data, DER_SET, &in) || data.n)
		return FLAW_FORMAT;
	if (!der_take(&in, DER_SEQUENCE, &si) || in.n)
		return FLAW_SIGNERS;
	flaw = signer_form(si, &of_signer, &hash);
	if (flaw)
		return flaw;
	return version_fits(version, of_signer, others, type) && announced(algorithms, hash) ? FLAW_NONE : FLAW_FORMAT;
}

static bool all_zero(struct der rest)
{
	for (size_t i = 0; i < rest.n; i++)
		if (rest.p[i])
			return false;
	return true;
}

enum flaw signed_form(struct bytes bytes, bool padding, int type, size_t *n)
{
	struct der rest = { (const unsigned char *)bytes.data, bytes.n };
	struct der in;
	struct der oid;
	struct der data;

	if (!der_take(&rest, DER_SEQUENCE, &in))
		return FLAW_FORMAT;
	*n = bytes.n - rest.n;
	if (*n > CMS_MAX)
		return FLAW_FORMAT;
	if (padding ? !all_zero(rest) : rest.n)
		return FLAW_TRAILING;
	if (!der_is_strict(in))
		return FLAW_FORMAT;
	if (!der_take(&in, DER_OID, &oid) || !der_take(&in, DER_0, &data) || in.n || !der_take(&data, DER_SEQUENCE, &in) || data.n)
		return FLAW_FORMAT;
	return data_form(in, type);
}
