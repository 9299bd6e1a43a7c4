#include "seal/cert.h"
#include "base/date.h"
#include "base/utf8.h"

#include <limits.h>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>
#include <string.h>

enum { NAME_MAX_BYTES = 200, VIETNAM = 7 * 3600 };

X509 *cert_read(struct bytes der)
{
	const unsigned char *p = (const unsigned char *)der.data;
	X509 *cert = NULL;

	if (der.n && der.n <= LONG_MAX)
		cert = d2i_X509(NULL, &p, (long)der.n);
	if (cert && p != (const unsigned char *)der.data + der.n) {
		X509_free(cert);
		cert = NULL;
	}
	ERR_clear_error();
	return cert;
}

X509_CRL *crl_read(struct bytes der)
{
	const unsigned char *p = (const unsigned char *)der.data;
	X509_CRL *crl = NULL;

	if (der.n && der.n <= LONG_MAX)
		crl = d2i_X509_CRL(NULL, &p, (long)der.n);
	if (crl && p != (const unsigned char *)der.data + der.n) {
		X509_CRL_free(crl);
		crl = NULL;
	}
	ERR_clear_error();
	return crl;
}

/* Of what i2d made; frees it. */
static struct bytes taken(unsigned char *der, int n, struct arena *a)
{
	struct bytes bytes;

	if (n <= 0) /* only for want of memory */
		(void)memory_new(SIZE_MAX, SIZE_MAX);
	bytes = (struct bytes){ arena_slice(a, (const char *)der, (size_t)n), (size_t)n };
	OPENSSL_free(der);
	return bytes;
}

struct bytes cert_der(X509 *cert, struct arena *a)
{
	unsigned char *der = NULL;
	int n = i2d_X509(cert, &der);

	return taken(der, n, a);
}

struct bytes crl_der(X509_CRL *crl, struct arena *a)
{
	unsigned char *der = NULL;
	int n = i2d_X509_CRL(crl, &der);

	return taken(der, n, a);
}

static const char *short_name(const char *s, size_t n, struct arena *a)
{
	char *text = utf8_harmless(s, n, a);
	size_t k = strlen(text);

	if (k > NAME_MAX_BYTES) {
		k = NAME_MAX_BYTES;
		while (k && ((unsigned char)text[k] & 0xc0) == 0x80)
			k--;
		text[k] = '\0';
	}
	return text;
}

const char *asn1_text(const ASN1_STRING *string, struct arena *a)
{
	unsigned char *utf8 = NULL;
	int n = ASN1_STRING_to_UTF8(&utf8, string);
	const char *text = short_name((const char *)utf8, n > 0 ? (size_t)n : 0, a);

	OPENSSL_free(utf8);
	return text;
}

static const char *common_name(const X509_NAME *name, struct arena *a)
{
	int last = -1;
	const char *text;

	for (int i; (i = X509_NAME_get_index_by_NID(name, NID_commonName, last)) >= 0;)
		last = i;
	if (last < 0)
		return NULL;
	text = asn1_text(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, last)), a);
	return *text ? text : NULL;
}

/* OpenSSL escapes all that is not ASCII. */
static const char *whole_name(const X509_NAME *name, struct arena *a)
{
	BIO *out = BIO_new(BIO_s_mem());
	const char *text = "";
	char *data = NULL;
	long n;

	if (out && X509_NAME_print_ex(out, name, 0, XN_FLAG_RFC2253) >= 0) {
		n = BIO_get_mem_data(out, &data);
		text = short_name(data, n > 0 ? (size_t)n : 0, a);
	}
	BIO_free(out);
	return text;
}

const char *name_text(const X509_NAME *name, struct arena *a)
{
	const char *text = common_name(name, a);

	if (!text)
		text = whole_name(name, a);
	ERR_clear_error();
	return text;
}

const char *cert_name(const X509 *cert, struct arena *a)
{
	return name_text(X509_get_subject_name(cert), a);
}

const char *cert_serial(const X509 *cert, struct arena *a)
{
	BIGNUM *n = ASN1_INTEGER_to_BN(X509_get0_serialNumber(cert), NULL);
	char *hex = n ? BN_bn2hex(n) : NULL;
	const char *text = arena_text(a, hex ? hex : "");

	OPENSSL_free(hex);
	BN_free(n);
	return text;
}

const char *cert_sha256(X509 *cert, struct arena *a)
{
	struct arena tmp = { 0 };
	struct bytes der = cert_der(cert, &tmp);
	const char *hex = sha256_text(der.data, der.n, a);

	arena_clear(&tmp);
	return hex;
}

bool asn1_seconds(const ASN1_TIME *t, int64_t *seconds)
{
	struct tm tm;
	struct date day;

	if (!t || !ASN1_TIME_to_tm(t, &tm))
		return false;
	day = (struct date){ tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday };
	*seconds = date_unix(day) + (int64_t)tm.tm_hour * 3600 + (int64_t)tm.tm_min * 60 + tm.tm_sec;
	return true;
}

const char *moment_text(int64_t seconds, struct arena *a)
{
	ASN1_TIME *t = ASN1_TIME_set(NULL, (time_t)(seconds + VIETNAM));
	const char *text = "?";
	struct tm tm;

	if (t && ASN1_TIME_to_tm(t, &tm))
		text = arena_printf(a, "%04d-%02d-%02dT%02d:%02d:%02d+07:00", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday,
			tm.tm_hour, tm.tm_min, tm.tm_sec);
	ASN1_TIME_free(t);
	return text;
}

bool cert_may_sign(X509 *cert)
{
	uint32_t usage = X509_get_key_usage(cert); /* all bits where the extension is not there */

	return (usage & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)) && !(X509_get_extension_flags(cert) & EXFLAG_INVALID);
}

bool cert_is_ca(X509 *cert)
{
	return X509_check_ca(cert) > 0 && (X509_get_extension_flags(cert) & EXFLAG_CA);
}

static bool is_document_purpose(const ASN1_OBJECT *purpose)
{
	static const char *const oid[] = {
		"1.3.6.1.5.5.7.3.36",	  /* document signing, RFC 9336 */
		"1.3.6.1.5.5.7.3.4",	  /* emailProtection */
		"1.3.6.1.4.1.311.10.3.12", /* Microsoft document signing */
		"1.2.840.113583.1.1.5",	  /* Adobe authentic documents */
		"2.5.29.37.0",		  /* anyExtendedKeyUsage */
	};
	char text[80];

	if (OBJ_obj2txt(text, sizeof text, purpose, 1) <= 0)
		return false;
	for (size_t i = 0; i < sizeof oid / sizeof *oid; i++)
		if (!strcmp(text, oid[i]))
			return true;
	return false;
}

bool cert_is_for_documents(X509 *cert)
{
	int critical;
	EXTENDED_KEY_USAGE *purposes = X509_get_ext_d2i(cert, NID_ext_key_usage, &critical, NULL);
	bool is = !purposes && critical == -1; /* not there */

	for (int i = 0; i < sk_ASN1_OBJECT_num(purposes); i++)
		is = is || is_document_purpose(sk_ASN1_OBJECT_value(purposes, i));
	sk_ASN1_OBJECT_pop_free(purposes, ASN1_OBJECT_free);
	return is;
}

int pss_hash(const X509_ALGOR *algorithm)
{
	const ASN1_OBJECT *oid = NULL;
	const void *value = NULL;
	RSA_PSS_PARAMS *parameters;
	int type = V_ASN1_UNDEF;
	int nid = NID_undef;

	X509_ALGOR_get0(NULL, &type, &value, algorithm);
	parameters = type == V_ASN1_SEQUENCE ? ASN1_item_unpack(value, ASN1_ITEM_rptr(RSA_PSS_PARAMS)) : NULL;
	if (parameters && parameters->hashAlgorithm)
		X509_ALGOR_get0(&oid, NULL, NULL, parameters->hashAlgorithm);
	if (parameters)
		nid = oid ? OBJ_obj2nid(oid) : NID_sha1;
	RSA_PSS_PARAMS_free(parameters);
	ERR_clear_error();
	return nid;
}

const char *openssl_reason(void)
{
	const char *reason = ERR_reason_error_string(ERR_peek_last_error());

	ERR_clear_error();
	return reason ? reason : "unknown";
}
