/* sealed: signatures made in a test with a PKI of its own, right and wrong ones, and what is found of them. */
#ifndef UNIT_SEALED_H
#define UNIT_SEALED_H

#define _XOPEN_SOURCE 700 /* mkstemp */

#include "pki.h"
#include "seal/cms.h"
#include "seal/truststore.h"
#include "seal/verify.h"

#include <unistd.h>

static const struct bytes sealed_text[] = { { "what was ", 9 }, { "signed", 6 } };

struct sealed {
	struct pki pki;
	struct trust *trust; /* the root */
	struct evidence evidence;
	struct cms_policy policy;
	struct cms_result result;
	struct cms_timestamp stamp;
	struct diags diags;
};

static inline int sealed_set_up(void **state)
{
	struct sealed *f = calloc(1, sizeof *f);

	pki_open(&f->pki);
	f->trust = trust_open();
	X509_up_ref(f->pki.root.cert);
	sk_X509_push(f->trust->anchor, f->pki.root.cert);
	X509_STORE_add_cert(f->trust->store, f->pki.root.cert);
	f->policy.at = PKI_NOW;
	*state = f;
	return 0;
}

static inline int sealed_tear_down(void **state)
{
	struct sealed *f = *state;

	trust_close(f->trust);
	pki_close(&f->pki);
	diags_clear(&f->diags);
	free(f);
	return 0;
}

static inline struct signing_key *sealed_key(struct sealed *f, const struct pki_id *id, int64_t now)
{
	struct pki *p = &f->pki;
	const char *tmp = getenv("TMPDIR");
	char *path = arena_printf(&p->arena, "%s/sealed-XXXXXX", tmp ? tmp : "/tmp");
	struct secret none = { 0 };
	struct signing_key *key;

	close(mkstemp(path));
	pki_write_pem(path, id->key, NULL, (X509 *const[]){ id->cert, p->ca.cert }, 2);
	assert_true(signing_key_open(&(struct key_source){ .key = path }, &none, now, &key, &f->diags));
	unlink(path);
	return key;
}

/* Over sealed_text, as this program signs. */
static inline struct bytes sealed_sign(struct sealed *f, const struct pki_id *id, int64_t now)
{
	struct signing_key *key = sealed_key(f, id, now);
	struct bytes der;

	assert_true(cms_sign(key, sealed_text, 2, &f->pki.arena, &der, &f->diags));
	signing_key_close(key);
	return der;
}

static inline struct bytes sealed_stamp(struct sealed *f, struct bytes der, const struct pki_id *by, int64_t seconds)
{
	struct bytes value;
	struct bytes token;
	struct bytes stamped;

	assert_true(cms_signature_value(der, &f->pki.arena, &value, &f->diags));
	token = pki_token(&f->pki, by, value, seconds, EVP_sha256(), CMS_CADES);
	assert_true(cms_add_timestamp(der, token, &f->pki.arena, &stamped, &f->diags));
	return stamped;
}

/* By OpenSSL's own way, which other programs may go; content: flags tell whether within. */
static inline struct bytes sealed_foreign(struct sealed *f, const struct pki_id *id, const EVP_MD *md, unsigned flags)
{
	BIO *content = BIO_new_mem_buf("what was signed", 15);
	CMS_ContentInfo *cms = CMS_sign(NULL, NULL, NULL, NULL, CMS_PARTIAL | CMS_BINARY | flags);
	unsigned char *der = NULL;
	int n;

	assert_non_null(CMS_add1_signer(cms, id->cert, id->key, md, CMS_BINARY | flags));
	assert_true(CMS_add1_cert(cms, f->pki.ca.cert));
	assert_true(CMS_final(cms, content, NULL, CMS_BINARY | flags));
	BIO_free(content);
	n = i2d_CMS_ContentInfo(cms, &der);
	CMS_ContentInfo_free(cms);
	return pki_bytes(&f->pki, der, n);
}

/* The rules of what was found, joined by blanks; warnings in brackets. */
static inline const char *sealed_rules(struct sealed *f)
{
	const char *rules = "";

	for (size_t i = 0; i < f->diags.n_finding; i++) {
		bool warning = f->diags.finding[i].severity < DIAG_ERROR;

		rules = arena_printf(&f->pki.arena, warning ? "%s%s(%s)" : "%s%s%s", rules, *rules ? " " : "",
			f->diags.finding[i].rule);
	}
	return rules;
}

static inline const char *sealed_verify(struct sealed *f, struct bytes der)
{
	struct origin at = { .file = "a.pdf", .sheet = "signer" };
	bool ok;

	diags_clear(&f->diags);
	ok = cms_verify(der, sealed_text, 2, f->trust, &f->evidence, &f->policy, at, &f->pki.arena, &f->result, &f->diags);
	assert_int_equal(ok, !f->diags.n_error);
	assert_int_equal(ok, f->result.ok);
	return sealed_rules(f);
}

static inline const char *sealed_verify_stamp(struct sealed *f, struct bytes der)
{
	struct origin at = { .file = "a.pdf", .sheet = "stamp" };
	bool ok;

	diags_clear(&f->diags);
	ok = timestamp_verify(der, sealed_text, 2, f->trust, &f->evidence, &f->policy, at, &f->pki.arena, &f->stamp, &f->diags);
	assert_int_equal(ok, !f->diags.n_error);
	assert_int_equal(ok, f->stamp.ok);
	return sealed_rules(f);
}

#endif
