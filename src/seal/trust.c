#include "seal/trust.h"
#include "seal/cert.h"
#include "seal/truststore.h"

#include <limits.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <stdlib.h>
#include <string.h>

enum { CRLS_MAX = 64 };

struct trust *trust_open(void)
{
	struct trust *t = memory_new(1, sizeof *t);

	*t = (struct trust){ X509_STORE_new(), sk_X509_new_null(), sk_X509_CRL_new_null() };
	if (!t->store || !t->anchor || !t->crl)
		(void)memory_new(SIZE_MAX, SIZE_MAX); /* out of memory */
	return t;
}

void trust_close(struct trust *t)
{
	if (!t)
		return;
	X509_STORE_free(t->store);
	sk_X509_pop_free(t->anchor, X509_free);
	sk_X509_CRL_pop_free(t->crl, X509_CRL_free);
	free(t);
}

static bool add_anchor(struct trust *t, X509 *cert)
{
	if (!cert)
		return false;
	if (sk_X509_num(t->anchor) < TRUST_ANCHORS_MAX && X509_STORE_add_cert(t->store, cert) && sk_X509_push(t->anchor, cert))
		return true;
	X509_free(cert);
	return false;
}

static bool add_crl(struct trust *t, X509_CRL *crl)
{
	if (!crl)
		return false;
	if (sk_X509_CRL_num(t->crl) < CRLS_MAX && sk_X509_CRL_push(t->crl, crl))
		return true;
	X509_CRL_free(crl);
	return false;
}

/* Blocks of PEM that begin in the file, of whatever kind, as also a damaged first line looks. */
static size_t count_blocks(struct bytes file)
{
	static const char begin[] = "-----BEGIN";
	size_t n = 0;

	for (const char *at = file.data; (at = strstr(at, begin)); at += sizeof begin - 1)
		n++;
	return n;
}

/* Reading ends at the first block that cannot be read: what stands behind it would be missed in silence. */
static bool check_blocks(size_t n_block, size_t n, const char *what, struct origin at, struct diags *d)
{
	return n == n_block || !n_block
	       || diag_error(d, at, "pem", "block %zu of the %zu in this file cannot be read: expected %s alone, in PEM, none of them damaged; get the file anew",
		       n + 1, n_block, diag_say(d, what));
}

bool trust_add_anchors(struct trust *t, const char *path, struct diags *d)
{
	struct origin at = { .file = path };
	struct arena tmp = { 0 };
	struct bytes file;
	size_t n_block = 0;
	size_t n = 0;
	BIO *bio = NULL;
	bool ok = file_read(path, path, TRUST_FILE_MAX, &tmp, &file, d);

	if (!ok)
		goto out;
	n_block = count_blocks(file);
	if (n_block) {
		bio = BIO_new_mem_buf(file.data, (int)file.n);
		while (bio && add_anchor(t, PEM_read_bio_X509(bio, NULL, NULL, NULL)))
			n++;
	} else if (add_anchor(t, cert_read(file))) {
		n++;
	}
	if (sk_X509_num(t->anchor) == TRUST_ANCHORS_MAX)
		ok = diag_error(d, at, "limit", "there are too many trusted certificates; at most %d are read",
			(int)TRUST_ANCHORS_MAX - 1);
	else if (!n)
		ok = diag_error(d, at, "trust",
			"there is no certificate in this file; give those of the authorities that you trust, in PEM or DER");
	else
		ok = check_blocks(n_block, n, "certificates", at, d);
out:
	BIO_free(bio);
	ERR_clear_error();
	arena_clear(&tmp);
	return ok;
}

bool trust_add_crls(struct trust *t, const char *path, struct diags *d)
{
	struct origin at = { .file = path };
	struct arena tmp = { 0 };
	struct bytes file;
	size_t n_block = 0;
	size_t n = 0;
	BIO *bio = NULL;
	bool ok = file_read(path, path, EVIDENCE_CRL_MAX, &tmp, &file, d);

	if (!ok)
		goto out;
	n_block = count_blocks(file);
	if (n_block) {
		bio = BIO_new_mem_buf(file.data, (int)file.n);
		while (bio && add_crl(t, PEM_read_bio_X509_CRL(bio, NULL, NULL, NULL)))
			n++;
	} else if (add_crl(t, crl_read(file))) {
		n++;
	}
	if (sk_X509_CRL_num(t->crl) == CRLS_MAX)
		ok = diag_error(d, at, "limit", "there are too many CRLs; at most %d are read", (int)CRLS_MAX - 1);
	else if (!n)
		ok = diag_error(d, at, "crl", "there is no CRL in this file; give one in PEM or DER");
	else
		ok = check_blocks(n_block, n, "CRLs", at, d);
out:
	BIO_free(bio);
	ERR_clear_error();
	arena_clear(&tmp);
	return ok;
}
