/* PKCS#12. Files of before 2022 are encrypted with RC2 or 3DES, which only OpenSSL's legacy provider knows. It is loaded into
 * a library context of its own, so that nothing else can ever use those ciphers; the key leaves it as PKCS#8. */
#include "seal/cert.h"
#include "seal/evidence.h"
#include "seal/keyparts.h"

#include <openssl/err.h>
#include <openssl/pkcs12.h>
#include <openssl/provider.h>

enum opened { OPENED, WRONG_PASSWORD, UNKNOWN_CIPHER, NO_P12, NO_KEY };

static enum opened why_not(void)
{
	bool cipher = false;

	for (unsigned long e; (e = ERR_get_error());)
		if (ERR_GET_REASON(e) == ERR_R_UNSUPPORTED || ERR_GET_REASON(e) == PKCS12_R_PKCS12_CIPHERFINAL_ERROR)
			cipher = true;
	return cipher ? UNKNOWN_CIPHER : NO_P12;
}

/* The password is checked on its own first (the MAC), so that it is told apart from the rest. */
static enum opened parse(PKCS12 *p12, const struct secret *secret, struct key_parts *parts)
{
	const char *password = secret->text ? secret->text : "";

	if (PKCS12_mac_present(p12) && !PKCS12_verify_mac(p12, password, -1) && (*password || !PKCS12_verify_mac(p12, NULL, 0)))
		return WRONG_PASSWORD;
	ERR_clear_error();
	if (!PKCS12_parse(p12, password, &parts->key, &parts->cert, &parts->others))
		return why_not();
	return parts->key ? OPENED : NO_KEY;
}

static enum opened open_in_context(struct bytes file, const struct secret *secret, struct key_parts *parts)
{
	const unsigned char *p = (const unsigned char *)file.data;
	PKCS12 *p12 = d2i_PKCS12(NULL, &p, (long)file.n);
	enum opened result = NO_P12;

	if (p12)
		result = parse(p12, secret, parts);
	PKCS12_free(p12);
	ERR_clear_error();
	return result;
}

/* DER that was made in one context, read in another. */
struct moved {
	unsigned char *key;
	int n_key;
	struct arena certs;
	struct der_list cert;
	bool leads; /* the first is the signer's */
};

static void move_out(struct key_parts *parts, struct moved *m)
{
	PKCS8_PRIV_KEY_INFO *p8 = EVP_PKEY2PKCS8(parts->key);

	m->n_key = p8 ? i2d_PKCS8_PRIV_KEY_INFO(p8, &m->key) : 0;
	PKCS8_PRIV_KEY_INFO_free(p8);
	m->leads = parts->cert;
	if (parts->cert)
		*ARENA_PUSH(&m->certs, m->cert.der, m->cert.n, &m->cert.cap) = cert_der(parts->cert, &m->certs);
	for (int i = 0; i < sk_X509_num(parts->others); i++)
		*ARENA_PUSH(&m->certs, m->cert.der, m->cert.n, &m->cert.cap) =
			cert_der(sk_X509_value(parts->others, i), &m->certs);
	key_parts_clear(parts);
}

static enum opened move_in(struct moved *m, struct key_parts *parts)
{
	const unsigned char *p = m->key;

	if (m->n_key > 0)
		parts->key = d2i_AutoPrivateKey(NULL, &p, m->n_key);
	parts->others = sk_X509_new_null();
	for (size_t i = 0; i < m->cert.n; i++) {
		X509 *cert = cert_read(m->cert.der[i]);

		if (cert && !i && m->leads)
			parts->cert = cert;
		else if (cert && !sk_X509_push(parts->others, cert))
			X509_free(cert);
	}
	ERR_clear_error();
	return parts->key ? OPENED : NO_KEY;
}

static void moved_clear(struct moved *m)
{
	if (m->key)
		OPENSSL_clear_free(m->key, (size_t)m->n_key);
	arena_clear(&m->certs);
}

static enum opened open_old(struct bytes file, const struct secret *secret, struct key_parts *parts)
{
	OSSL_LIB_CTX *context = OSSL_LIB_CTX_new();
	OSSL_PROVIDER *legacy = context ? OSSL_PROVIDER_load(context, "legacy") : NULL;
	OSSL_PROVIDER *usual = legacy ? OSSL_PROVIDER_load(context, "default") : NULL;
	enum opened result = UNKNOWN_CIPHER;
	struct moved m = { 0 };

	if (usual) {
		OSSL_LIB_CTX *before = OSSL_LIB_CTX_set0_default(context);

		result = open_in_context(file, secret, parts);
		if (result == OPENED)
			move_out(parts, &m);
		key_parts_clear(parts);
		OSSL_LIB_CTX_set0_default(before);
	}
	OSSL_PROVIDER_unload(usual);
	OSSL_PROVIDER_unload(legacy);
	OSSL_LIB_CTX_free(context);
	if (result == OPENED)
		result = move_in(&m, parts);
	moved_clear(&m);
	ERR_clear_error();
	return result;
}

static bool tell(enum opened result, const struct secret *secret, const char *path, struct diags *d)
{
	struct origin at = { .file = path };

	switch (result) {
	case OPENED:
		return true;
	case WRONG_PASSWORD:
		if (!secret->n)
			return diag_error(d, at, "password", "this key needs its password; give it in a file (--password-file)");
		return diag_error(d, at, "password", "the password does not open this key; is it the one of this file?");
	case UNKNOWN_CIPHER:
		return diag_error(d, at, "key-format",
			"this PKCS#12 file is encrypted in a way that is not known here; export the key again with AES");
	case NO_KEY:
		return diag_error(d, at, "key-format", "there is no private key in this PKCS#12 file; export it with its key");
	case NO_P12:
		break;
	}
	return diag_error(d, at, "key-format", "this is no PKCS#12 file (.p12, .pfx) that can be read; is it the right one?");
}

bool p12_read(const char *path, const struct secret *secret, struct key_parts *parts, struct diags *d)
{
	struct arena tmp = { 0 };
	struct bytes file = { 0 };
	enum opened result;
	bool ok = file_read(path, path, KEY_FILE_MAX, &tmp, &file, d);

	if (ok) {
		result = open_in_context(file, secret, parts);
		if (result == UNKNOWN_CIPHER || result == WRONG_PASSWORD) {
			key_parts_clear(parts);
			result = open_old(file, secret, parts);
		}
		ok = tell(result, secret, path, d);
	}
	arena_clear(&tmp);
	return ok;
}
