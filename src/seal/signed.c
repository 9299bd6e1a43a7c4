#include "seal/signed.h"
#include "seal/cert.h"
#include "seal/der.h"
#include "seal/signedform.h"
#include "seal/slices.h"
#include "seal/verify.h"

#include <openssl/err.h>
#include <openssl/ess.h>
#include <string.h>

static bool is_canonical(CMS_ContentInfo *cms, struct bytes der)
{
	unsigned char *again = NULL;
	int n = i2d_CMS_ContentInfo(cms, &again);
	bool same = n > 0 && (size_t)n == der.n && !memcmp(again, der.data, der.n);

	OPENSSL_free(again);
	return same;
}

static bool is_read_by_openssl(struct bytes bytes)
{
	const unsigned char *p = (const unsigned char *)bytes.data;
	CMS_ContentInfo *cms = d2i_CMS_ContentInfo(NULL, &p, (long)(bytes.n < CMS_MAX ? bytes.n : CMS_MAX));
	bool is_read = cms && OBJ_obj2nid(CMS_get0_type(cms)) == NID_pkcs7_signed;

	CMS_ContentInfo_free(cms);
	return is_read;
}

/* *bytes: with definite lengths, and nothing behind. */
static enum flaw close_lengths(struct bytes *bytes, struct signed_data *s)
{
	struct der from = { (const unsigned char *)bytes->data, bytes->n < CMS_MAX ? bytes->n : CMS_MAX };
	struct der definite;
	size_t n;

	if (!der_definite(from, &s->arena, &definite, &n))
		return FLAW_FORMAT;
	for (size_t i = n; i < bytes->n; i++)
		if (bytes->data[i])
			return FLAW_TRAILING;
	*bytes = (struct bytes){ (const char *)definite.p, definite.n };
	return FLAW_NONE;
}

static enum flaw read_form(struct bytes *bytes, bool padding, int type, size_t *n, struct signed_data *s)
{
	struct bytes given = *bytes;
	enum flaw flaw = FLAW_NONE;

	if (padding && type == NID_pkcs7_data && der_is_open((struct der){ (const unsigned char *)given.data, given.n }))
		flaw = close_lengths(bytes, s);
	if (!flaw)
		flaw = signed_form(*bytes, padding, type, n);
	return flaw == FLAW_FORMAT && is_read_by_openssl(given) ? FLAW_BER : flaw;
}

enum flaw signed_open(struct bytes given, bool padding, int type, struct signed_data *s)
{
	struct bytes bytes = given;
	const unsigned char *p;
	STACK_OF(CMS_SignerInfo) *all;
	enum flaw flaw;
	size_t n = 0;

	*s = (struct signed_data){ 0 };
	ERR_clear_error();
	flaw = read_form(&bytes, padding, type, &n, s);
	if (flaw)
		return flaw;
	p = (const unsigned char *)bytes.data;
	s->cms = d2i_CMS_ContentInfo(NULL, &p, (long)n);
	if (!s->cms || p != (const unsigned char *)bytes.data + n || OBJ_obj2nid(CMS_get0_type(s->cms)) != NID_pkcs7_signed)
		return FLAW_FORMAT;
	if (OBJ_obj2nid(CMS_get0_eContentType(s->cms)) != type)
		return FLAW_CONTENT;
	all = CMS_get0_SignerInfos(s->cms);
	if (sk_CMS_SignerInfo_num(all) != 1)
		return FLAW_SIGNERS;
	s->si = sk_CMS_SignerInfo_value(all, 0);
	s->cert = CMS_get1_certs(s->cms);
	s->crl = CMS_get1_crls(s->cms);
	if (sk_X509_num(s->cert) > CMS_CERTS_MAX)
		return FLAW_FORMAT;
	CMS_set1_signers_certs(s->cms, NULL, 0);
	CMS_SignerInfo_get0_algs(s->si, NULL, &s->signer, NULL, NULL);
	s->canonical = bytes.data == given.data && is_canonical(s->cms, (struct bytes){ bytes.data, n });
	ERR_clear_error();
	return FLAW_NONE;
}

void signed_close(struct signed_data *s)
{
	sk_X509_pop_free(s->cert, X509_free);
	sk_X509_CRL_pop_free(s->crl, X509_CRL_free);
	CMS_ContentInfo_free(s->cms);
	arena_clear(&s->arena);
	*s = (struct signed_data){ 0 };
	ERR_clear_error();
}

struct bytes signed_content(const struct signed_data *s)
{
	ASN1_OCTET_STRING **content = CMS_get0_content(s->cms);

	if (!content || !*content)
		return (struct bytes){ "", 0 };
	return (struct bytes){ (const char *)ASN1_STRING_get0_data(*content), (size_t)ASN1_STRING_length(*content) };
}

struct bytes signed_signature(const struct signed_data *s)
{
	ASN1_OCTET_STRING *octets = CMS_SignerInfo_get0_signature(s->si);

	return (struct bytes){ (const char *)ASN1_STRING_get0_data(octets), (size_t)ASN1_STRING_length(octets) };
}

/* Whether the algorithm of the signature goes with the hash and the key; RSA may be named alone. */
static bool goes_with(const X509_ALGOR *signature, int hash, int key)
{
	const ASN1_OBJECT *oid;
	int parameter;
	int md = NID_undef;
	int kind = NID_undef;
	int nid;

	X509_ALGOR_get0(&oid, &parameter, NULL, signature);
	nid = OBJ_obj2nid(oid);
	if (nid == NID_rsassaPss)
		return (key == EVP_PKEY_RSA || key == EVP_PKEY_RSA_PSS) && pss_hash(signature) == hash;
	if (nid == NID_rsaEncryption)
		return key == EVP_PKEY_RSA && (parameter == V_ASN1_NULL || parameter == V_ASN1_UNDEF);
	if (!OBJ_find_sigid_algs(nid, &md, &kind) || md != hash)
		return false;
	if (key == EVP_PKEY_RSA)
		return kind == NID_rsaEncryption && (parameter == V_ASN1_NULL || parameter == V_ASN1_UNDEF);
	return key == EVP_PKEY_EC && kind == NID_X9_62_id_ecPublicKey && parameter == V_ASN1_UNDEF;
}

static const EVP_MD *strong_hash(const X509_ALGOR *algorithm)
{
	const ASN1_OBJECT *oid;
	int nid;

	X509_ALGOR_get0(&oid, NULL, NULL, algorithm);
	nid = OBJ_obj2nid(oid);
	return nid == NID_sha256 || nid == NID_sha384 || nid == NID_sha512 ? EVP_get_digestbynid(nid) : NULL;
}

static int count(CMS_SignerInfo *si, int nid)
{
	int n = 0;

	for (int at = -1; (at = CMS_signed_get_attr_by_NID(si, nid, at)) >= 0;)
		n++;
	return n;
}

/* The value of an attribute that stands there once and has one value. */
static void *only_value(CMS_SignerInfo *si, int nid, int type)
{
	return CMS_signed_get0_data_by_OBJ(si, OBJ_nid2obj(nid), -3, type);
}

/* The certificate's hash was signed along, so that no other certificate of the same key can take its place. */
static enum flaw check_ess(const struct signed_data *s, int type)
{
	ASN1_STRING *new = only_value(s->si, NID_id_smime_aa_signingCertificateV2, V_ASN1_SEQUENCE);
	ASN1_STRING *old = only_value(s->si, NID_id_smime_aa_signingCertificate, V_ASN1_SEQUENCE);
	STACK_OF(X509) *chain = sk_X509_dup(s->cert);
	const unsigned char *p = new ? ASN1_STRING_get0_data(new) : old ? ASN1_STRING_get0_data(old) : NULL;
	ESS_SIGNING_CERT_V2 *v2 = new ? d2i_ESS_SIGNING_CERT_V2(NULL, &p, ASN1_STRING_length(new)) : NULL;
	ESS_SIGNING_CERT *v1 = !new && old ? d2i_ESS_SIGNING_CERT(NULL, &p, ASN1_STRING_length(old)) : NULL;
	enum flaw flaw = FLAW_CERT;

	if (!new && !old)
		flaw = type == NID_pkcs7_data && !count(s->si, NID_id_smime_aa_signingCertificateV2) ? FLAW_NONE : FLAW_ATTRIBUTE;
	else if (chain && sk_X509_unshift(chain, s->signer) && OSSL_ESS_check_signing_certs(v1, v2, chain, v1 || v2) == 1 &&
		(v1 || v2))
		flaw = FLAW_NONE;
	ESS_SIGNING_CERT_V2_free(v2);
	ESS_SIGNING_CERT_free(v1);
	sk_X509_free(chain);
	return flaw;
}

/* OpenSSL compares names without regard to case, and nobody signed the one that stands beside the signature. */
static bool names_signer(const struct signed_data *s, X509 *signer)
{
	ASN1_OCTET_STRING *key_id;
	X509_NAME *issuer;
	ASN1_INTEGER *serial;
	const unsigned char *a;
	const unsigned char *b;
	size_t n_a;
	size_t n_b;

	if (!CMS_SignerInfo_get0_signer_id(s->si, &key_id, &issuer, &serial))
		return false;
	return !issuer || (X509_NAME_get0_der(issuer, &a, &n_a) && X509_NAME_get0_der(X509_get_issuer_name(signer), &b, &n_b) &&
		n_a == n_b && !memcmp(a, b, n_a));
}

static enum flaw check_digest(const struct signed_data *s, const EVP_MD *md, const struct bytes *slice, size_t n_slice)
{
	ASN1_OCTET_STRING *said = only_value(s->si, NID_pkcs9_messageDigest, V_ASN1_OCTET_STRING);
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned n;

	if (!said)
		return FLAW_ATTRIBUTE;
	return slices_digest(slice, n_slice, md, digest, &n) && (unsigned)ASN1_STRING_length(said) == n &&
			!memcmp(ASN1_STRING_get0_data(said), digest, n)
		? FLAW_NONE
		: FLAW_DIGEST;
}

enum flaw signed_check(const struct signed_data *s, int type, const struct bytes *slice, size_t n_slice)
{
	X509_ALGOR *hash;
	X509_ALGOR *signature;
	EVP_PKEY *key;
	X509 *signer;
	ASN1_OBJECT *content;
	const EVP_MD *md;
	enum flaw flaw;

	CMS_SignerInfo_get0_algs(s->si, &key, &signer, &hash, &signature);
	md = strong_hash(hash);
	if (!md)
		return FLAW_HASH;
	if (!signer || !key || !names_signer(s, signer))
		return FLAW_NO_CERT;
	if (!goes_with(signature, EVP_MD_get_type(md), EVP_PKEY_get_base_id(key)))
		return FLAW_HASH;
	content = only_value(s->si, NID_pkcs9_contentType, V_ASN1_OBJECT);
	if (!content || OBJ_obj2nid(content) != type)
		return FLAW_ATTRIBUTE;
	flaw = check_digest(s, md, slice, n_slice);
	if (!flaw && CMS_SignerInfo_verify(s->si) != 1)
		flaw = FLAW_SIGNATURE;
	if (!flaw)
		flaw = check_ess(s, type);
	ERR_clear_error();
	return flaw;
}

bool signed_names_cert(const struct signed_data *s)
{
	return only_value(s->si, NID_id_smime_aa_signingCertificateV2, V_ASN1_SEQUENCE)
	       || only_value(s->si, NID_id_smime_aa_signingCertificate, V_ASN1_SEQUENCE);
}

enum below signed_below(const struct signed_data *s)
{
	if (count(s->si, NID_pkcs9_signingTime))
		return BELOW_TIME;
	if (count(s->si, NID_SMIMECapabilities))
		return BELOW_CAPABILITIES;
	if (!count(s->si, NID_id_smime_aa_signingCertificateV2))
		return BELOW_CERTIFICATE;
	return s->canonical ? BELOW_NOT : BELOW_FORM;
}
