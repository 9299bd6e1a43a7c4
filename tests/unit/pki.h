/* pki: a throw-away PKI made in a test: keys, certificates, CRLs, OCSP answers and timestamps, each with what is wrong with it.
 * All of it is freed by pki_close. Times are [s] since 1970; PKI_NOW stands for now. */
#ifndef UNIT_PKI_H
#define UNIT_PKI_H

#include "base/file.h"

#include <openssl/cms.h>
#include <openssl/ocsp.h>
#include <openssl/pem.h>
#include <openssl/ts.h>
#include <openssl/x509v3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

enum { PKI_NOW = 1700000000, PKI_DAY = 86400, PKI_MAX = 64 };

struct pki_id {
	X509 *cert;
	EVP_PKEY *key;
};

struct pki {
	struct arena arena;
	struct pki_id root;
	struct pki_id ca; /* issued by root */
	struct pki_id signer;
	struct pki_id tsa;
	struct pki_id made[PKI_MAX];
	size_t n_made;
	EVP_PKEY *ec; /* one key for all that need none of their own */
	int64_t serial;
};

struct pki_spec {
	const char *name;
	const struct pki_id *issuer; /* NULL: itself */
	EVP_PKEY *key;		     /* NULL: the shared one */
	int64_t from;		     /* days around PKI_NOW; both 0: -100 to 100 */
	int64_t to;
	const char *ext[6][2]; /* name, value as in openssl.cnf; NULL: end */
	const EVP_MD *md;      /* NULL: SHA-256 */
};

static inline ASN1_TIME *pki_time(int64_t seconds)
{
	ASN1_TIME *t = ASN1_TIME_set(NULL, (time_t)seconds);

	assert_non_null(t);
	return t;
}

static inline void pki_name(X509_NAME *name, const char *text)
{
	assert_true(X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, (const unsigned char *)text, -1, -1, 0));
}

static inline void pki_extend(X509 *cert, X509 *issuer, const char *const ext[6][2])
{
	X509V3_CTX ctx;

	X509V3_set_ctx(&ctx, issuer, cert, NULL, NULL, 0);
	for (int i = 0; i < 6 && ext[i][0]; i++) {
		X509_EXTENSION *e = X509V3_EXT_conf(NULL, &ctx, ext[i][0], ext[i][1]);

		assert_non_null(e);
		assert_true(X509_add_ext(cert, e, -1));
		X509_EXTENSION_free(e);
	}
}

static inline struct pki_id pki_issue(struct pki *p, const struct pki_spec *spec)
{
	struct pki_id id = { X509_new(), spec->key ? spec->key : p->ec };
	bool usual = !spec->from && !spec->to;
	ASN1_TIME *from = pki_time(PKI_NOW + (usual ? -100 : spec->from) * PKI_DAY);
	ASN1_TIME *to = pki_time(PKI_NOW + (usual ? 100 : spec->to) * PKI_DAY);
	const struct pki_id *by = spec->issuer ? spec->issuer : &id;

	assert_true(p->n_made < PKI_MAX);
	assert_true(EVP_PKEY_up_ref(id.key));
	X509_set_version(id.cert, 2);
	ASN1_INTEGER_set_int64(X509_get_serialNumber(id.cert), ++p->serial);
	pki_name(X509_get_subject_name(id.cert), spec->name);
	X509_set_issuer_name(id.cert, X509_get_subject_name(by->cert));
	X509_set1_notBefore(id.cert, from);
	X509_set1_notAfter(id.cert, to);
	X509_set_pubkey(id.cert, id.key);
	pki_extend(id.cert, by->cert, spec->ext);
	assert_true(X509_sign(id.cert, by->key, spec->md ? spec->md : EVP_sha256()));
	ASN1_TIME_free(from);
	ASN1_TIME_free(to);
	p->made[p->n_made++] = id;
	return id;
}

#define PKI_CA_EXT { { "basicConstraints", "critical,CA:TRUE" }, { "keyUsage", "critical,keyCertSign,cRLSign" }, \
	{ "subjectKeyIdentifier", "hash" } }
#define PKI_SIGNER_EXT { { "basicConstraints", "CA:FALSE" }, { "keyUsage", "critical,digitalSignature,nonRepudiation" } }
#define PKI_TSA_EXT { { "keyUsage", "critical,digitalSignature" }, { "extendedKeyUsage", "critical,timeStamping" } }

static inline void pki_open(struct pki *p)
{
	*p = (struct pki){ .ec = EVP_EC_gen("P-256") };
	assert_non_null(p->ec);
	EVP_PKEY *root = EVP_EC_gen("P-256");
	EVP_PKEY *ca = EVP_EC_gen("P-256");

	p->root = pki_issue(p, &(struct pki_spec){ .name = "Root", .key = root, .ext = PKI_CA_EXT, .from = -1000, .to = 1000 });
	p->ca = pki_issue(p, &(struct pki_spec){ .name = "Issuing CA", .issuer = &p->root, .key = ca, .ext = PKI_CA_EXT });
	p->signer = pki_issue(p, &(struct pki_spec){ .name = "Nguyễn Văn A", .issuer = &p->ca, .ext = PKI_SIGNER_EXT });
	p->tsa = pki_issue(p, &(struct pki_spec){ .name = "TSA", .issuer = &p->ca, .ext = PKI_TSA_EXT });
	EVP_PKEY_free(root);
	EVP_PKEY_free(ca);
}

static inline void pki_close(struct pki *p)
{
	for (size_t i = 0; i < p->n_made; i++) {
		X509_free(p->made[i].cert);
		EVP_PKEY_free(p->made[i].key);
	}
	EVP_PKEY_free(p->ec);
	arena_clear(&p->arena);
}

/* Copies what i2d made. */
static inline struct bytes pki_bytes(struct pki *p, unsigned char *der, int n)
{
	struct bytes b = { arena_slice(&p->arena, (char *)der, (size_t)n), (size_t)n };

	assert_true(n > 0);
	OPENSSL_free(der);
	return b;
}

static inline struct bytes pki_cert_der(struct pki *p, X509 *cert)
{
	unsigned char *der = NULL;
	int n = i2d_X509(cert, &der);

	return pki_bytes(p, der, n);
}

/* PEM of certificates and a key (either may be missing) into a file. password: NULL: in clear. */
static inline void pki_write_pem(const char *path, EVP_PKEY *key, const char *password, X509 *const *cert, size_t n_cert)
{
	BIO *out = BIO_new_file(path, "w");

	assert_non_null(out);
	if (key)
		assert_true(PEM_write_bio_PKCS8PrivateKey(out, key, password ? EVP_aes_256_cbc() : NULL, NULL, 0, NULL,
			(void *)(uintptr_t)password));
	for (size_t i = 0; i < n_cert; i++)
		assert_true(PEM_write_bio_X509(out, cert[i]));
	BIO_free(out);
	assert_int_equal(chmod(path, 0600), 0);
}

/* revoked: NULL: an empty one. made, next, when: days around PKI_NOW. */
struct pki_crl {
	const struct pki_id *issuer;
	X509 *revoked;
	int64_t when;
	int reason; /* 0: not stated */
	int64_t made;
	int64_t next;
	const EVP_MD *md;
	const char *ext[2]; /* of the CRL */
};

static inline void pki_revoke(X509_CRL *crl, const struct pki_crl *spec)
{
	X509_REVOKED *entry = X509_REVOKED_new();
	ASN1_TIME *when = pki_time(PKI_NOW + spec->when * PKI_DAY);
	ASN1_ENUMERATED *reason = ASN1_ENUMERATED_new();

	X509_REVOKED_set_serialNumber(entry, X509_get_serialNumber(spec->revoked));
	X509_REVOKED_set_revocationDate(entry, when);
	ASN1_ENUMERATED_set(reason, spec->reason);
	if (spec->reason)
		assert_true(X509_REVOKED_add1_ext_i2d(entry, NID_crl_reason, reason, 0, 0));
	assert_true(X509_CRL_add0_revoked(crl, entry));
	ASN1_ENUMERATED_free(reason);
	ASN1_TIME_free(when);
}

static inline struct bytes pki_make_crl(struct pki *p, const struct pki_crl *spec)
{
	X509_CRL *crl = X509_CRL_new();
	ASN1_TIME *made = pki_time(PKI_NOW + spec->made * PKI_DAY);
	ASN1_TIME *next = pki_time(PKI_NOW + (spec->next ? spec->next : 30) * PKI_DAY);
	unsigned char *der = NULL;
	X509V3_CTX ctx;
	int n;

	X509_CRL_set_version(crl, 1);
	X509_CRL_set_issuer_name(crl, X509_get_subject_name(spec->issuer->cert));
	X509_CRL_set1_lastUpdate(crl, made);
	X509_CRL_set1_nextUpdate(crl, next);
	if (spec->revoked)
		pki_revoke(crl, spec);
	if (spec->ext[0]) {
		X509_EXTENSION *e;

		X509V3_set_ctx(&ctx, spec->issuer->cert, NULL, NULL, crl, 0);
		e = X509V3_EXT_conf(NULL, &ctx, spec->ext[0], spec->ext[1]);
		assert_non_null(e);
		X509_CRL_add_ext(crl, e, -1);
		X509_EXTENSION_free(e);
	}
	X509_CRL_sort(crl);
	assert_true(X509_CRL_sign(crl, spec->issuer->key, spec->md ? spec->md : EVP_sha256()));
	n = i2d_X509_CRL(crl, &der);
	X509_CRL_free(crl);
	ASN1_TIME_free(made);
	ASN1_TIME_free(next);
	return pki_bytes(p, der, n);
}

struct pki_ocsp {
	const struct pki_id *issuer;
	const struct pki_id *responder;
	X509 *cert;
	int status; /* V_OCSP_CERTSTATUS_... */
	int64_t when;
	int reason;
	int64_t made;
	int64_t next;
	const EVP_MD *md;
};

static inline struct bytes pki_make_ocsp(struct pki *p, const struct pki_ocsp *spec)
{
	OCSP_BASICRESP *basic = OCSP_BASICRESP_new();
	OCSP_CERTID *id = OCSP_cert_to_id(EVP_sha1(), spec->cert, spec->issuer->cert);
	ASN1_TIME *when = pki_time(PKI_NOW + spec->when * PKI_DAY);
	ASN1_TIME *made = pki_time(PKI_NOW + spec->made * PKI_DAY);
	ASN1_TIME *next = pki_time(PKI_NOW + (spec->next ? spec->next : 30) * PKI_DAY);
	bool revoked = spec->status == V_OCSP_CERTSTATUS_REVOKED;
	unsigned char *der = NULL;
	OCSP_RESPONSE *response;
	int n;

	assert_non_null(OCSP_basic_add1_status(basic, id, spec->status, spec->reason, revoked ? when : NULL, made, next));
	/* There is no setter; OCSP_NOTIME leaves what is there. */
	assert_non_null(ASN1_GENERALIZEDTIME_set((ASN1_GENERALIZEDTIME *)(uintptr_t)OCSP_resp_get0_produced_at(basic),
		(time_t)(PKI_NOW + spec->made * PKI_DAY)));
	assert_true(OCSP_basic_sign(basic, spec->responder->cert, spec->responder->key, spec->md ? spec->md : EVP_sha256(), NULL,
		OCSP_NOTIME));
	response = OCSP_response_create(OCSP_RESPONSE_STATUS_SUCCESSFUL, basic);
	n = i2d_OCSP_RESPONSE(response, &der);
	OCSP_RESPONSE_free(response);
	OCSP_BASICRESP_free(basic);
	OCSP_CERTID_free(id);
	ASN1_TIME_free(when);
	ASN1_TIME_free(made);
	ASN1_TIME_free(next);
	return pki_bytes(p, der, n);
}

static inline TS_TST_INFO *pki_tst_info(struct bytes over, int64_t seconds, const EVP_MD *md)
{
	TS_TST_INFO *info = TS_TST_INFO_new();
	TS_MSG_IMPRINT *imprint = TS_MSG_IMPRINT_new();
	X509_ALGOR *algorithm = X509_ALGOR_new();
	ASN1_OBJECT *policy = OBJ_txt2obj("1.2.3.4", 1);
	ASN1_INTEGER *serial = ASN1_INTEGER_new();
	ASN1_GENERALIZEDTIME *time = ASN1_GENERALIZEDTIME_set(NULL, (time_t)seconds);
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned n = 0;

	EVP_Digest(over.data, over.n, digest, &n, md, NULL);
	X509_ALGOR_set0(algorithm, OBJ_nid2obj(EVP_MD_get_type(md)), V_ASN1_NULL, NULL);
	TS_MSG_IMPRINT_set_algo(imprint, algorithm);
	TS_MSG_IMPRINT_set_msg(imprint, digest, (int)n);
	ASN1_INTEGER_set(serial, 7);
	TS_TST_INFO_set_version(info, 1);
	TS_TST_INFO_set_policy_id(info, policy);
	TS_TST_INFO_set_msg_imprint(info, imprint);
	TS_TST_INFO_set_serial(info, serial);
	assert_true(TS_TST_INFO_set_time(info, time));
	TS_MSG_IMPRINT_free(imprint);
	X509_ALGOR_free(algorithm);
	ASN1_OBJECT_free(policy);
	ASN1_INTEGER_free(serial);
	ASN1_GENERALIZEDTIME_free(time);
	return info;
}

/* A timestamp token; flags: CMS_CADES for a proper one. chain: beside the service's own certificate. */
static inline struct bytes pki_token(struct pki *p, const struct pki_id *by, struct bytes over, int64_t seconds, const EVP_MD *md,
	unsigned flags)
{
	TS_TST_INFO *info = pki_tst_info(over, seconds, md);
	unsigned char *der = NULL;
	int n = i2d_TS_TST_INFO(info, &der);
	BIO *content = BIO_new_mem_buf(der, n);
	CMS_ContentInfo *cms = CMS_sign(NULL, NULL, NULL, NULL, CMS_PARTIAL | CMS_BINARY);
	unsigned char *token = NULL;

	assert_true(CMS_set1_eContentType(cms, OBJ_nid2obj(NID_id_smime_ct_TSTInfo)));
	assert_non_null(CMS_add1_signer(cms, by->cert, by->key, md, CMS_BINARY | CMS_NOSMIMECAP | flags));
	assert_true(CMS_add1_cert(cms, p->ca.cert));
	assert_true(CMS_final(cms, content, NULL, CMS_BINARY));
	BIO_free(content);
	OPENSSL_free(der);
	TS_TST_INFO_free(info);
	n = i2d_CMS_ContentInfo(cms, &token);
	CMS_ContentInfo_free(cms);
	return pki_bytes(p, token, n);
}

#endif
