#define _XOPEN_SOURCE 700 /* mkdtemp */

#include "seal/key.h"
#include "pki.h"
#include "seal/keyuse.h"

#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/provider.h>
#include <unistd.h>

struct fixture {
	struct pki pki;
	struct diags diags;
	EVP_PKEY *rsa;
	const char *dir;
};

static int set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	const char *tmp = getenv("TMPDIR");

	pki_open(&f->pki);
	f->rsa = EVP_RSA_gen(2048);
	f->dir = mkdtemp(arena_printf(&f->pki.arena, "%s/key-XXXXXX", tmp ? tmp : "/tmp"));
	*state = f;
	return !f->rsa || !f->dir;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;
	int failed = rmdir(f->dir);

	EVP_PKEY_free(f->rsa);
	pki_close(&f->pki);
	diags_clear(&f->diags);
	free(f);
	return failed;
}

static const char *in(struct fixture *f, const char *name)
{
	return file_join(f->dir, name, &f->pki.arena);
}

/* Opens and forgets; true: without an error. rules: of the errors, joined by blanks. */
static const char *opened(struct fixture *f, const struct key_source *from, const char *password)
{
	struct secret secret = { (char *)(uintptr_t)password, password ? strlen(password) : 0 };
	struct signing_key *key;
	const char *rules = "";
	bool ok;

	diags_clear(&f->diags);
	ok = signing_key_open(from, &secret, PKI_NOW, &key, &f->diags);
	assert_int_equal(ok, !f->diags.n_error);
	for (size_t i = 0; i < f->diags.n_finding; i++) {
		rules = arena_printf(&f->pki.arena, "%s%s%s", rules, *rules ? " " : "", f->diags.finding[i].rule);
		assert_null(password && *password ? strstr(f->diags.finding[i].message, password) : NULL);
	}
	signing_key_close(key);
	return rules;
}

static const char *pem_opened(struct fixture *f, const struct pki_id *id)
{
	const char *path = in(f, "k.pem");
	const char *rules;

	pki_write_pem(path, id->key, NULL, (X509 *const[]){ id->cert }, 1);
	rules = opened(f, &(struct key_source){ .key = path }, NULL);
	unlink(path);
	return rules;
}

static void test_certificates(void **state)
{
	struct fixture *f = *state;
	struct pki *p = &f->pki;
	EVP_PKEY *small = EVP_RSA_gen(1024);
	EVP_PKEY *p384 = EVP_EC_gen("P-384");
	EVP_PKEY *p521 = EVP_EC_gen("P-521");
	EVP_PKEY *k1 = EVP_EC_gen("secp256k1");
	EVP_PKEY *ed = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
	const struct {
		struct pki_spec spec;
		const char *rules;
	} cases[] = {
		{ { .name = "EC", .ext = PKI_SIGNER_EXT }, "" },
		{ { .name = "RSA", .key = f->rsa, .ext = PKI_SIGNER_EXT }, "" },
		{ { .name = "P-384", .key = p384, .ext = PKI_SIGNER_EXT }, "" },
		{ { .name = "no extension at all" }, "" },
		{ { .name = "nonRepudiation", .ext = { { "keyUsage", "nonRepudiation" } } }, "" },
		{ { .name = "keys only", .ext = { { "keyUsage", "critical,keyEncipherment" } } }, "key-usage" },
		{ { .name = "authority", .ext = PKI_CA_EXT }, "key-usage" },
		{ { .name = "mails", .ext = { { "extendedKeyUsage", "clientAuth,emailProtection" } } }, "" },
		{ { .name = "documents", .ext = { { "extendedKeyUsage", "1.3.6.1.5.5.7.3.36" } } }, "" },
		{ { .name = "documents of Microsoft", .ext = { { "extendedKeyUsage", "1.3.6.1.4.1.311.10.3.12" } } }, "" },
		{ { .name = "documents of Adobe", .ext = { { "extendedKeyUsage", "1.2.840.113583.1.1.5" } } }, "" },
		{ { .name = "anything", .ext = { { "extendedKeyUsage", "critical,anyExtendedKeyUsage" } } }, "" },
		{ { .name = "a server", .ext = { { "extendedKeyUsage", "serverAuth,clientAuth" } } }, "cert-usage" },
		{ { .name = "a responder", .ext = { { "extendedKeyUsage", "OCSPSigning" } } }, "cert-usage" },
		{ { .name = "a timestamp service", .ext = PKI_TSA_EXT }, "cert-usage" },
		{ { .name = "no purpose that can be read", .ext = { { "2.5.29.37", "DER:0500" } } }, "key-usage" },
		{ { .name = "old", .from = -20, .to = -10, .ext = PKI_SIGNER_EXT }, "key-expired" },
		{ { .name = "early", .from = 1, .to = 10, .ext = PKI_SIGNER_EXT }, "key-not-yet" },
		{ { .name = "small", .key = small, .ext = PKI_SIGNER_EXT }, "key-size" },
		{ { .name = "P-521", .key = p521, .ext = PKI_SIGNER_EXT }, "key-kind" },
		{ { .name = "secp256k1", .key = k1, .ext = PKI_SIGNER_EXT }, "key-kind" },
		{ { .name = "Ed25519", .key = ed, .ext = PKI_SIGNER_EXT }, "key-kind" },
		{ { .name = "all", .key = small, .from = -20, .to = -10, .ext = PKI_CA_EXT }, "key-expired key-usage key-size" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct pki_spec spec = cases[i].spec;
		struct pki_id id;

		spec.issuer = &p->ca;
		id = pki_issue(p, &spec);
		assert_string_equal(pem_opened(f, &id), cases[i].rules);
	}
	EVP_PKEY_free(small);
	EVP_PKEY_free(p384);
	EVP_PKEY_free(p521);
	EVP_PKEY_free(k1);
	EVP_PKEY_free(ed);
}

static void test_pem(void **state)
{
	struct fixture *f = *state;
	struct pki *p = &f->pki;
	const char *key = in(f, "k.pem");
	const char *cert = in(f, "c.pem");
	const char *both = in(f, "b.pem");
	struct key_source apart = { .key = key, .cert = cert };
	struct key_source one = { .key = both };
	X509 *all[] = { p->root.cert, p->ca.cert, p->signer.cert };

	pki_write_pem(key, p->signer.key, "tre", NULL, 0);
	pki_write_pem(cert, NULL, NULL, all, 3); /* in any order */
	pki_write_pem(both, p->signer.key, NULL, all, 3);
	assert_true(key_source_wants_secret(&apart));
	assert_false(key_source_wants_secret(&one));
	assert_string_equal(opened(f, &apart, "tre"), "");
	assert_string_equal(opened(f, &apart, "wrong"), "password");
	assert_non_null(strstr(f->diags.finding[0].message, "does not open"));
	assert_string_equal(opened(f, &apart, NULL), "password");
	assert_non_null(strstr(f->diags.finding[0].message, "needs its password"));
	assert_string_equal(opened(f, &one, NULL), "");
	assert_int_equal(chmod(both, 0640), 0);
	assert_string_equal(opened(f, &one, NULL), "secret"); /* a warning */
	assert_int_equal(chmod(both, 0600), 0);
	assert_string_equal(opened(f, &(struct key_source){ .key = key }, "tre"), "key-format"); /* no certificate */
	assert_string_equal(opened(f, &(struct key_source){ .key = cert }, NULL), "key-format"); /* no key */
	pki_write_pem(cert, NULL, NULL, &p->ca.cert, 1);
	assert_string_equal(opened(f, &apart, "tre"), "key-match");
	/* A certificate that was named counts, even where the right one stands beside the key. */
	assert_string_equal(opened(f, &(struct key_source){ .key = both, .cert = cert }, NULL), "key-match");
	unlink(key);
	unlink(cert);
	unlink(both);
	assert_string_equal(opened(f, &one, NULL), "file");
}

static void test_chain(void **state)
{
	struct fixture *f = *state;
	struct pki *p = &f->pki;
	struct pki_id other = pki_issue(p, &(struct pki_spec){ .name = "Other", .key = p->root.key, .ext = PKI_CA_EXT });
	X509 *all[] = { other.cert, p->root.cert, p->ca.cert, p->signer.cert };
	const char *path = in(f, "b.pem");
	struct secret none = { 0 };
	struct signing_key *key;

	pki_write_pem(path, p->signer.key, NULL, all, 4);
	diags_clear(&f->diags);
	assert_true(signing_key_open(&(struct key_source){ .key = path }, &none, PKI_NOW, &key, &f->diags));
	assert_string_equal(signing_key_name(key), "Nguyễn Văn A");
	assert_int_equal(sk_X509_num(signing_key_chain(key)), 1);
	assert_int_equal(X509_cmp(sk_X509_value(signing_key_chain(key), 0), p->ca.cert), 0);
	signing_key_close(key);
	unlink(path);
}

/* nid_key, nid_cert: how it is encrypted; context: with the legacy provider. */
static void write_p12(struct fixture *f, const char *path, int nid, bool with_key, OSSL_LIB_CTX *context)
{
	struct pki *p = &f->pki;
	STACK_OF(X509) *chain = sk_X509_new_null();
	PKCS12 *p12;
	BIO *out = BIO_new_file(path, "wb");

	sk_X509_push(chain, p->ca.cert);
	p12 = PKCS12_create_ex("tre xanh", "name", with_key ? p->signer.key : NULL, with_key ? p->signer.cert : NULL, chain, nid,
		nid, 2048, 1, 0, context, NULL);
	assert_non_null(p12);
	assert_true(i2d_PKCS12_bio(out, p12));
	BIO_free(out);
	assert_int_equal(chmod(path, 0600), 0);
	PKCS12_free(p12);
	sk_X509_free(chain);
}

static void test_p12(void **state)
{
	static const int nids[] = { NID_aes_256_cbc, NID_pbe_WithSHA1And3_Key_TripleDES_CBC, NID_pbe_WithSHA1And40BitRC2_CBC };
	struct fixture *f = *state;
	OSSL_LIB_CTX *context = OSSL_LIB_CTX_new();
	OSSL_PROVIDER *legacy = OSSL_PROVIDER_load(context, "legacy");
	OSSL_PROVIDER *usual = OSSL_PROVIDER_load(context, "default");
	const char *path = in(f, "k.p12");
	struct key_source from = { .p12 = path };

	assert_non_null(legacy);
	assert_true(key_source_wants_secret(&from));
	for (size_t i = 0; i < sizeof nids / sizeof *nids; i++) {
		write_p12(f, path, nids[i], true, context);
		assert_string_equal(opened(f, &from, "tre xanh"), "");
		assert_string_equal(opened(f, &from, "tre vàng"), "password");
		assert_string_equal(opened(f, &from, NULL), "password");
	}
	write_p12(f, path, NID_aes_256_cbc, false, context);
	assert_string_equal(opened(f, &from, "tre xanh"), "key-format");
	pki_write_pem(path, NULL, NULL, &f->pki.ca.cert, 1);
	assert_string_equal(opened(f, &from, "tre xanh"), "key-format");
	unlink(path);
	OSSL_PROVIDER_unload(usual);
	OSSL_PROVIDER_unload(legacy);
	OSSL_LIB_CTX_free(context);
}

static void test_module(void **state)
{
	struct fixture *f = *state;

	assert_string_equal(opened(f, &(struct key_source){ .module = "/nonexistent/p11.so" }, "1234"), "token");
	assert_string_equal(opened(f, &(struct key_source){ .module = "libsofthsm2.so" }, "1234"), "token");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_certificates),
		cmocka_unit_test(test_pem),
		cmocka_unit_test(test_chain),
		cmocka_unit_test(test_p12),
		cmocka_unit_test(test_module),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
