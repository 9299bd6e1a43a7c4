#define _XOPEN_SOURCE 700 /* mkstemp */

#include "seal/cms.h"
#include "pki.h"
#include "seal/keyuse.h"
#include "seal/signed.h"
#include "seal/tsa.h"

#include <unistd.h>

struct fixture {
	struct pki pki;
	struct diags diags;
	EVP_PKEY *rsa;
	EVP_PKEY *p384;
};

static const struct bytes pieces[] = { { "the first ", 10 }, { "and ", 4 }, { "", 0 }, { "the last", 8 } };
static const struct bytes whole[] = { { "the first and the last", 22 } };

static int set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);

	pki_open(&f->pki);
	f->rsa = EVP_RSA_gen(2048);
	f->p384 = EVP_EC_gen("P-384");
	*state = f;
	return !f->rsa || !f->p384;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	EVP_PKEY_free(f->rsa);
	EVP_PKEY_free(f->p384);
	pki_close(&f->pki);
	diags_clear(&f->diags);
	free(f);
	return 0;
}

static struct signing_key *open_key(struct fixture *f, EVP_PKEY *key)
{
	struct pki *p = &f->pki;
	struct pki_id id = pki_issue(p, &(struct pki_spec){ .name = "Người ký", .issuer = &p->ca, .key = key, .ext = PKI_SIGNER_EXT });
	const char *tmp = getenv("TMPDIR");
	char *path = arena_printf(&p->arena, "%s/cms-XXXXXX", tmp ? tmp : "/tmp");
	struct secret none = { 0 };
	struct signing_key *opened;

	close(mkstemp(path));
	pki_write_pem(path, id.key, NULL, (X509 *const[]){ id.cert, p->ca.cert, p->root.cert }, 3);
	assert_true(signing_key_open(&(struct key_source){ .key = path }, &none, PKI_NOW, &opened, &f->diags));
	unlink(path);
	return opened;
}

static bool same(struct bytes a, struct bytes b)
{
	return a.n == b.n && !memcmp(a.data, b.data, a.n);
}

static void check_signed(struct fixture *f, EVP_PKEY *kind, int hash)
{
	struct signing_key *key = open_key(f, kind);
	struct signed_data s;
	struct bytes der;
	X509_ALGOR *algorithm;
	const ASN1_OBJECT *oid;

	assert_true(cms_sign(key, pieces, 4, &f->pki.arena, &der, &f->diags));
	assert_true(der.n <= cms_room(key));
	assert_int_equal(signed_open(der, false, NID_pkcs7_data, &s), FLAW_NONE);
	assert_int_equal(signed_check(&s, NID_pkcs7_data, whole, 1), FLAW_NONE);
	assert_int_equal(signed_below(&s), BELOW_NOT);
	assert_int_equal(CMS_signed_get_attr_by_NID(s.si, NID_pkcs9_signingTime, -1), -1);
	assert_true(CMS_signed_get_attr_by_NID(s.si, NID_id_smime_aa_signingCertificateV2, -1) >= 0);
	assert_int_equal(CMS_signed_get_attr_count(s.si), 3);
	assert_int_equal(sk_X509_num(s.cert), 2); /* the signer's and the issuing one */
	CMS_SignerInfo_get0_algs(s.si, NULL, NULL, &algorithm, NULL);
	X509_ALGOR_get0(&oid, NULL, NULL, algorithm);
	assert_int_equal(OBJ_obj2nid(oid), hash);
	signed_close(&s);
	signing_key_close(key);
}

static void test_kinds(void **state)
{
	struct fixture *f = *state;

	check_signed(f, f->rsa, NID_sha256);
	check_signed(f, f->pki.ec, NID_sha256);
	check_signed(f, f->p384, NID_sha384);
	assert_int_equal(f->diags.n_finding, 0);
}

/* As long as keys and certificates may be, the room must do. */
static void test_room(void **state)
{
	struct fixture *f = *state;
	EVP_PKEY *big = EVP_RSA_gen(4096);
	struct signing_key *key = open_key(f, big);
	struct bytes der;

	assert_true(cms_sign(key, whole, 1, &f->pki.arena, &der, &f->diags));
	assert_true(der.n <= cms_room(key));
	assert_true(cms_room(key) < 2 * der.n + 2048);
	signing_key_close(key);
	EVP_PKEY_free(big);
}

static void test_same_bytes(void **state)
{
	struct fixture *f = *state;
	struct signing_key *key = open_key(f, f->rsa);
	struct bytes der[3];

	assert_true(cms_sign(key, pieces, 4, &f->pki.arena, &der[0], &f->diags));
	assert_true(cms_sign(key, whole, 1, &f->pki.arena, &der[1], &f->diags));
	assert_true(cms_sign(key, whole, 0, &f->pki.arena, &der[2], &f->diags));
	assert_true(same(der[0], der[1]));
	assert_false(same(der[0], der[2]));
	signing_key_close(key);
}

static void test_timestamp(void **state)
{
	struct fixture *f = *state;
	struct signing_key *key = open_key(f, f->rsa);
	struct arena *a = &f->pki.arena;
	struct signed_data s;
	struct bytes der;
	struct bytes value;
	struct bytes token;
	struct bytes stamped;
	struct bytes again;

	assert_true(cms_sign(key, whole, 1, a, &der, &f->diags));
	assert_true(cms_signature_value(der, a, &value, &f->diags));
	assert_int_equal(value.n, 256);
	token = pki_token(&f->pki, &f->pki.tsa, value, PKI_NOW, EVP_sha256(), CMS_CADES);
	assert_true(cms_add_timestamp(der, token, a, &stamped, &f->diags));
	assert_true(stamped.n <= cms_room(key) + TSA_TOKEN_ROOM);
	assert_true(cms_signature_value(stamped, a, &again, &f->diags));
	assert_true(same(value, again));
	assert_int_equal(signed_open(stamped, false, NID_pkcs7_data, &s), FLAW_NONE);
	assert_int_equal(signed_check(&s, NID_pkcs7_data, whole, 1), FLAW_NONE);
	assert_int_equal(CMS_unsigned_get_attr_count(s.si), 1);
	assert_int_equal(signed_below(&s), BELOW_NOT);
	signed_close(&s);
	signing_key_close(key);
}

static void test_no_cms(void **state)
{
	struct fixture *f = *state;
	struct bytes garbage = { "0\3abc", 5 };
	struct bytes out;

	assert_false(cms_signature_value(garbage, &f->pki.arena, &out, &f->diags));
	assert_false(cms_add_timestamp(garbage, garbage, &f->pki.arena, &out, &f->diags));
	assert_int_equal(f->diags.n_error, 2);
	diags_clear(&f->diags);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_room),
		cmocka_unit_test(test_same_bytes),
		cmocka_unit_test(test_timestamp),
		cmocka_unit_test(test_no_cms),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
