#include "seal/key.h"
#include "seal/cert.h"
#include "seal/keyparts.h"
#include "seal/keyuse.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <string.h>

struct signing_key {
	struct key_parts parts;
	STACK_OF(X509) *chain; /* counted like parts.others */
	const EVP_MD *digest;
	const char *name;
	const char *file;
	struct arena arena;
};

void key_parts_clear(struct key_parts *p)
{
	struct token *token = p->token;

	EVP_PKEY_free(p->key);
	X509_free(p->cert);
	sk_X509_pop_free(p->others, X509_free);
	token_close(token);
	*p = (struct key_parts){ 0 };
}

void signing_key_close(struct signing_key *k)
{
	if (!k)
		return;
	sk_X509_free(k->chain);
	key_parts_clear(&k->parts);
	arena_clear(&k->arena);
	free(k);
}

bool key_source_wants_secret(const struct key_source *from)
{
	secret_guard();
	return from->p12 || from->module || (from->key && pem_is_encrypted(from->key));
}

static const char *source_file(const struct key_source *from)
{
	return from->p12 ? from->p12 : from->module ? from->module : from->cert ? from->cert : from->key;
}

static bool read_parts(const struct key_source *from, const struct secret *secret, struct key_parts *parts, struct diags *d)
{
	bool ok;

	if (!from->p12 && !from->module)
		return pem_read(from->key, from->cert, secret, parts, d);
	ok = from->p12 ? p12_read(from->p12, secret, parts, d) : token_read(from, secret, parts, d);
	return ok && (!from->cert || pem_read_certs(from->cert, parts, d));
}

/* Where the source does not say which certificate is the signer's, it is the one that fits the key. */
static bool choose_cert(struct signing_key *k, struct origin at, struct diags *d)
{
	struct key_parts *p = &k->parts;

	for (int i = 0; !p->cert && i < sk_X509_num(p->others); i++) {
		X509 *cert = sk_X509_value(p->others, i);

		if (X509_check_private_key(cert, p->key) == 1 && X509_up_ref(cert))
			p->cert = cert;
	}
	if (!p->cert || X509_check_private_key(p->cert, p->key) != 1) {
		ERR_clear_error();
		return diag_error(d, at, "key-match",
			"no certificate here belongs to the private key; give the one that was issued for this key");
	}
	ERR_clear_error();
	return true;
}

/* The way up from the signer's, as far as the file goes; an anchor of its own signature proves nothing to anybody. */
static void order_chain(struct signing_key *k)
{
	X509 *below = k->parts.cert;

	k->chain = sk_X509_new_null();
	while (below && sk_X509_num(k->chain) < KEY_CHAIN_MAX) {
		X509 *above = NULL;

		for (int i = 0; !above && i < sk_X509_num(k->parts.others); i++) {
			X509 *cert = sk_X509_value(k->parts.others, i);

			if (X509_check_issued(cert, below) == X509_V_OK && X509_cmp(cert, below))
				above = cert;
		}
		if (!above || (X509_get_extension_flags(above) & EXFLAG_SS) || !sk_X509_push(k->chain, above))
			break;
		below = above;
	}
	ERR_clear_error();
}

static bool check_times(const struct signing_key *k, int64_t now, struct origin at, struct arena *tmp, struct diags *d)
{
	int64_t from;
	int64_t to;

	if (!asn1_seconds(X509_get0_notBefore(k->parts.cert), &from) || !asn1_seconds(X509_get0_notAfter(k->parts.cert), &to))
		return diag_error(d, at, "key-format", "the certificate of '%s' has no readable times", k->name);
	if (now < from)
		return diag_error(d, at, "key-not-yet", "the certificate of '%s' is valid from %s on, not at %s; is the clock right?",
			k->name, moment_text(from, tmp), moment_text(now, tmp));
	if (now >= to) /* as OpenSSL counts */
		return diag_error(d, at, "key-expired", "the certificate of '%s' expired at %s; ask for a new one", k->name,
			moment_text(to, tmp));
	return true;
}

static bool check_usage(const struct signing_key *k, struct origin at, struct diags *d)
{
	if (cert_is_ca(k->parts.cert))
		return diag_error(d, at, "key-usage",
			"the certificate of '%s' is that of an authority (CA); people sign with one of their own", k->name);
	if (!cert_may_sign(k->parts.cert))
		return diag_error(d, at, "key-usage",
			"the certificate of '%s' was not issued for signatures (keyUsage lacks digitalSignature and nonRepudiation)",
			k->name);
	if (!cert_is_for_documents(k->parts.cert))
		return diag_error(d, at, "cert-usage",
			"the certificate of '%s' was issued for another use, as for servers or timestamps (extKeyUsage), and documents signed "
			"with it do not hold; expected one for the signing of documents or mails",
			k->name);
	return true;
}

static bool check_rsa(const struct signing_key *k, int bits, struct origin at, struct diags *d)
{
	if (bits < KEY_RSA_MIN || bits > KEY_RSA_MAX)
		return diag_error(d, at, "key-size", "the RSA key of '%s' has %d bits; keys of %d to %d bits sign", k->name, bits,
			(int)KEY_RSA_MIN, (int)KEY_RSA_MAX);
	return true;
}

/* By the certificate: the key may lie on a token. Sets the hash that goes with it. */
static bool check_kind(struct signing_key *k, struct origin at, struct diags *d)
{
	EVP_PKEY *key = X509_get0_pubkey(k->parts.cert);
	int kind = key ? EVP_PKEY_get_base_id(key) : 0;
	char curve[64] = "";

	k->digest = EVP_sha256();
	if (kind == EVP_PKEY_RSA)
		return check_rsa(k, EVP_PKEY_get_bits(key), at, d);
	if (kind == EVP_PKEY_EC && EVP_PKEY_get_group_name(key, curve, sizeof curve, NULL)) {
		if (!strcmp(curve, SN_X9_62_prime256v1))
			return true;
		k->digest = EVP_sha384();
		if (!strcmp(curve, SN_secp384r1))
			return true;
	}
	ERR_clear_error();
	return diag_error(d, at, "key-kind", "the key of '%s' is of a kind that does not sign here; RSA, or EC on P-256 or P-384, does",
		k->name);
}

static bool check_key(struct signing_key *k, int64_t now, struct diags *d)
{
	struct origin at = { .file = k->file };
	struct arena tmp = { 0 };
	bool ok;

	if (!choose_cert(k, at, d))
		return false;
	k->name = cert_name(k->parts.cert, &k->arena);
	ok = check_times(k, now, at, &tmp, d);
	ok &= check_usage(k, at, d);
	ok &= check_kind(k, at, d);
	arena_clear(&tmp);
	return ok;
}

bool signing_key_open(const struct key_source *from, const struct secret *secret, int64_t now, struct signing_key **key,
	struct diags *d)
{
	struct signing_key *k = memory_new(1, sizeof *k);

	*k = (struct signing_key){ 0 };
	k->file = arena_text(&k->arena, source_file(from));
	secret_guard();
	if (from->p12 || from->key)
		secret_check_rights(from->p12 ? from->p12 : from->key, d);
	if (!read_parts(from, secret, &k->parts, d) || !check_key(k, now, d)) {
		signing_key_close(k);
		*key = NULL;
		return false;
	}
	order_chain(k);
	*key = k;
	return true;
}

const char *signing_key_name(const struct signing_key *k)
{
	return k->name;
}

const char *signing_key_sha256(struct signing_key *k)
{
	return cert_sha256(k->parts.cert, &k->arena);
}

EVP_PKEY *signing_key_private(const struct signing_key *k)
{
	return k->parts.key;
}

X509 *signing_key_cert(const struct signing_key *k)
{
	return k->parts.cert;
}

STACK_OF(X509) *signing_key_chain(const struct signing_key *k)
{
	return k->chain;
}

const EVP_MD *signing_key_digest(const struct signing_key *k)
{
	return k->digest;
}

const char *signing_key_file(const struct signing_key *k)
{
	return k->file;
}
