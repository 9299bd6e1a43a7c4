/* OpenSSL 3.0 adds signing-time whenever it signs a SignerInfo itself, and PAdES forbids it. So the attributes are put in one
 * by one, and the signature over their DER is made here. */
#include "seal/cms.h"
#include "seal/cert.h"
#include "seal/keyuse.h"
#include "seal/slices.h"

#include <limits.h>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <stdlib.h>
#include <string.h>

enum { ROOM_OF_ATTRIBUTES = 1024, ROOM_OF_ECDSA = 112, SIGNED_ATTRIBUTES_MAX = 8 };

static const unsigned how = CMS_PARTIAL | CMS_DETACHED | CMS_BINARY | CMS_NOSMIMECAP | CMS_CADES;

static bool put_attributes(CMS_SignerInfo *si, const unsigned char *digest, unsigned n)
{
	return CMS_signed_add1_attr_by_NID(si, NID_pkcs9_contentType, V_ASN1_OBJECT, OBJ_nid2obj(NID_pkcs7_data), -1) &&
		CMS_signed_add1_attr_by_NID(si, NID_pkcs9_messageDigest, V_ASN1_OCTET_STRING, digest, (int)n);
}

/* The order of DER for a SET OF: a shorter one is as if zeros followed. */
static int by_bytes(const void *left, const void *right)
{
	const struct bytes *a = left;
	const struct bytes *b = right;
	int order = memcmp(a->data, b->data, a->n < b->n ? a->n : b->n);

	return order ? order : (a->n > b->n) - (a->n < b->n);
}

/* DER of SET OF Attribute, which the signature is over. */
static bool attributes_der(CMS_SignerInfo *si, struct arena *a, struct bytes *set)
{
	struct bytes one[SIGNED_ATTRIBUTES_MAX];
	int n = CMS_signed_get_attr_count(si);
	unsigned char *p;
	size_t sum = 0;
	int size;

	if (n <= 0 || n > SIGNED_ATTRIBUTES_MAX)
		return false;
	for (int i = 0; i < n; i++) {
		unsigned char *der = NULL;
		int n_der = i2d_X509_ATTRIBUTE(CMS_signed_get_attr(si, i), &der);

		if (n_der <= 0)
			return false;
		one[i] = (struct bytes){ arena_slice(a, (char *)der, (size_t)n_der), (size_t)n_der };
		sum += one[i].n;
		OPENSSL_free(der);
	}
	qsort(one, (size_t)n, sizeof *one, by_bytes);
	size = ASN1_object_size(1, (int)sum, V_ASN1_SET);
	set->n = (size_t)size;
	set->data = arena_array(a, set->n + 1, 1);
	p = (unsigned char *)set->data;
	ASN1_put_object(&p, 1, (int)sum, V_ASN1_SET, V_ASN1_UNIVERSAL);
	for (int i = 0; i < n; i++) {
		memcpy(p, one[i].data, one[i].n);
		p += one[i].n;
	}
	return true;
}

static bool put_signature(CMS_SignerInfo *si, const struct signing_key *key, struct bytes over)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	unsigned char *signature = NULL;
	size_t n = 0;
	bool ok = ctx && EVP_DigestSignInit(ctx, NULL, signing_key_digest(key), NULL, signing_key_private(key)) == 1 &&
		EVP_DigestSign(ctx, NULL, &n, (const unsigned char *)over.data, over.n) == 1 && n;

	if (ok) {
		signature = memory_new(n, 1);
		ok = EVP_DigestSign(ctx, signature, &n, (const unsigned char *)over.data, over.n) == 1 &&
			ASN1_STRING_set(CMS_SignerInfo_get0_signature(si), signature, (int)n);
	}
	free(signature);
	EVP_MD_CTX_free(ctx);
	return ok;
}

static bool take_der(CMS_ContentInfo *cms, struct arena *a, struct bytes *der)
{
	unsigned char *made = NULL;
	int n = i2d_CMS_ContentInfo(cms, &made);

	if (n <= 0)
		return false;
	*der = (struct bytes){ arena_slice(a, (char *)made, (size_t)n), (size_t)n };
	OPENSSL_free(made);
	return true;
}

bool cms_sign(struct signing_key *key, const struct bytes *slice, size_t n_slice, struct arena *a, struct bytes *der,
	struct diags *d)
{
	struct origin at = { .file = signing_key_file(key) };
	unsigned char digest[EVP_MAX_MD_SIZE];
	struct arena tmp = { 0 };
	CMS_ContentInfo *cms;
	CMS_SignerInfo *si;
	struct bytes over;
	unsigned n;
	bool ok;

	ERR_clear_error();
	cms = CMS_sign(NULL, NULL, signing_key_chain(key), NULL, how);
	si = cms ? CMS_add1_signer(cms, signing_key_cert(key), signing_key_private(key), signing_key_digest(key), how) : NULL;
	ok = si && slices_digest(slice, n_slice, signing_key_digest(key), digest, &n) && put_attributes(si, digest, n) &&
		attributes_der(si, &tmp, &over) && put_signature(si, key, over) && take_der(cms, a, der);
	if (!ok)
		diag_error(d, at, "sign", "signing with the key of '%s' failed: %s", signing_key_name(key), openssl_reason());
	CMS_ContentInfo_free(cms);
	arena_clear(&tmp);
	return ok;
}

/* Of one made by cms_sign; *si: borrowed of it. */
static CMS_ContentInfo *read_own(struct bytes der, CMS_SignerInfo **si)
{
	const unsigned char *p = (const unsigned char *)der.data;
	CMS_ContentInfo *cms = der.n <= INT_MAX ? d2i_CMS_ContentInfo(NULL, &p, (long)der.n) : NULL;
	STACK_OF(CMS_SignerInfo) *all = cms ? CMS_get0_SignerInfos(cms) : NULL;

	*si = all && sk_CMS_SignerInfo_num(all) == 1 ? sk_CMS_SignerInfo_value(all, 0) : NULL;
	return cms;
}

static bool not_own(struct diags *d)
{
	return diag_error(d, (struct origin){ 0 }, "sign", "this signature cannot take a timestamp: %s", openssl_reason());
}

bool cms_signature_value(struct bytes der, struct arena *a, struct bytes *value, struct diags *d)
{
	CMS_SignerInfo *si;
	CMS_ContentInfo *cms = read_own(der, &si);
	ASN1_OCTET_STRING *octets = si ? CMS_SignerInfo_get0_signature(si) : NULL;

	if (octets) {
		value->n = (size_t)ASN1_STRING_length(octets);
		value->data = arena_slice(a, (const char *)ASN1_STRING_get0_data(octets), value->n);
	}
	CMS_ContentInfo_free(cms);
	return octets || not_own(d);
}

bool cms_add_timestamp(struct bytes der, struct bytes token, struct arena *a, struct bytes *stamped, struct diags *d)
{
	CMS_SignerInfo *si;
	CMS_ContentInfo *cms = read_own(der, &si);
	bool ok = si && token.n <= INT_MAX &&
		CMS_unsigned_add1_attr_by_NID(si, NID_id_smime_aa_timeStampToken, V_ASN1_SEQUENCE, token.data, (int)token.n) &&
		take_der(cms, a, stamped);

	CMS_ContentInfo_free(cms);
	return ok || not_own(d);
}

/* The signer's name and that of its issuer stand in the certificate too, so its size covers theirs twice. */
size_t cms_room(const struct signing_key *key)
{
	STACK_OF(X509) *chain = signing_key_chain(key);
	size_t own = (size_t)i2d_X509(signing_key_cert(key), NULL);
	size_t room = ROOM_OF_ATTRIBUTES + 3 * own;
	EVP_PKEY *public = X509_get0_pubkey(signing_key_cert(key));

	for (int i = 0; i < sk_X509_num(chain); i++)
		room += (size_t)i2d_X509(sk_X509_value(chain, i), NULL);
	return room + (EVP_PKEY_get_base_id(public) == EVP_PKEY_RSA ? (size_t)EVP_PKEY_get_size(public) : ROOM_OF_ECDSA);
}
