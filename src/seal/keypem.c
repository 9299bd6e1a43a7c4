#include "seal/cert.h"
#include "seal/keyparts.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <string.h>

/* For OpenSSL; a secret that does not fit its buffer is none. */
static int give_secret(char *into, int size, int writing, void *data)
{
	const struct secret *secret = data;

	(void)writing;
	if (!secret->text || secret->n > (size_t)size)
		return -1;
	memcpy(into, secret->text, secret->n);
	return (int)secret->n;
}

/* The header lines of the encrypted forms: PKCS#8, and the older one. */
static bool looks_encrypted(struct bytes file)
{
	return strstr(file.data, "-----BEGIN ENCRYPTED PRIVATE KEY-----") || strstr(file.data, "Proc-Type: 4,ENCRYPTED");
}

static void wipe(struct bytes file)
{
	if (file.data)
		OPENSSL_cleanse((char *)file.data, file.n);
}

bool pem_is_encrypted(const char *path)
{
	struct arena tmp = { 0 };
	struct diags unheard = { .quiet = true };
	struct bytes file = { 0 };
	bool encrypted = file_read(path, path, KEY_FILE_MAX, &tmp, &file, &unheard) && looks_encrypted(file);

	wipe(file);
	arena_clear(&tmp);
	diags_clear(&unheard);
	return encrypted;
}

static bool read_key(struct bytes file, const char *path, const struct secret *secret, EVP_PKEY **key, struct diags *d)
{
	struct origin at = { .file = path };
	BIO *bio = BIO_new_mem_buf(file.data, (int)file.n);
	bool encrypted = looks_encrypted(file);

	if (bio)
		*key = PEM_read_bio_PrivateKey(bio, NULL, give_secret, (void *)secret);
	BIO_free(bio);
	ERR_clear_error();
	if (*key)
		return true;
	if (encrypted && !secret->n)
		return diag_error(d, at, "password", "this key needs its password; give it in a file (--password-file)");
	if (encrypted)
		return diag_error(d, at, "password", "the password does not open this key; is it the one of this file?");
	return diag_error(d, at, "key-format",
		"there is no private key in PEM (-----BEGIN PRIVATE KEY-----) in this file; is it the right one?");
}

static void read_certs(struct bytes file, STACK_OF(X509) *certs)
{
	BIO *bio = BIO_new_mem_buf(file.data, (int)file.n);
	X509 *cert;

	while (bio && sk_X509_num(certs) <= 4 * KEY_CHAIN_MAX && (cert = PEM_read_bio_X509(bio, NULL, NULL, NULL)))
		if (!sk_X509_push(certs, cert))
			X509_free(cert);
	BIO_free(bio);
	ERR_clear_error();
}

static bool no_cert(const char *path, struct diags *d)
{
	return diag_error(d, (struct origin){ .file = path }, "key-format",
		"there is no certificate in PEM (-----BEGIN CERTIFICATE-----) in this file; is it the right one?");
}

bool pem_read_certs(const char *path, struct key_parts *parts, struct diags *d)
{
	struct arena tmp = { 0 };
	struct bytes file = { 0 };
	int before = sk_X509_num(parts->others);
	bool ok = file_read(path, path, KEY_FILE_MAX, &tmp, &file, d);

	if (ok) {
		if (!parts->others)
			parts->others = sk_X509_new_null();
		read_certs(file, parts->others);
		ok = sk_X509_num(parts->others) > (before > 0 ? before : 0) || no_cert(path, d);
	}
	wipe(file);
	arena_clear(&tmp);
	return ok;
}

/* A certificate file that was named must hold the signer's, whatever stands beside the key; where none fits, the first one
 * stays, to be found out by the check. */
static void choose_given(struct key_parts *parts)
{
	X509 *chosen = sk_X509_num(parts->others) ? sk_X509_value(parts->others, 0) : NULL;

	for (int i = 0; parts->key && i < sk_X509_num(parts->others); i++)
		if (X509_check_private_key(sk_X509_value(parts->others, i), parts->key) == 1) {
			chosen = sk_X509_value(parts->others, i);
			break;
		}
	if (chosen && X509_up_ref(chosen))
		parts->cert = chosen;
	ERR_clear_error();
}

bool pem_read(const char *key, const char *cert, const struct secret *secret, struct key_parts *parts, struct diags *d)
{
	struct arena tmp = { 0 };
	struct bytes file = { 0 };
	struct bytes beside = { 0 };
	bool ok = file_read(key, key, KEY_FILE_MAX, &tmp, &file, d);

	ok &= !cert || file_read(cert, cert, KEY_FILE_MAX, &tmp, &beside, d);
	if (!ok)
		goto out;
	parts->others = sk_X509_new_null();
	ok = read_key(file, key, secret, &parts->key, d);
	if (cert) {
		read_certs(beside, parts->others);
		choose_given(parts);
	}
	read_certs(file, parts->others);
	if (!sk_X509_num(parts->others))
		ok = no_cert(cert ? cert : key, d);
out:
	wipe(file);
	wipe(beside);
	arena_clear(&tmp);
	return ok;
}
