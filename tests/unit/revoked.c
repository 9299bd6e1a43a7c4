#include "seal/revoked.h"
#include "seal/cert.h"
#include "sealed.h"

struct judged {
	enum revocation_status status;
	int64_t revoked_at; /* days */
	bool counts;
};

static const struct judged says_nothing = { REVOCATION_UNKNOWN, 0, false };
static const struct judged good = { REVOCATION_GOOD, 0, true };

static void check(struct standing s, bool counts, struct judged want)
{
	assert_int_equal(counts, want.counts);
	assert_int_equal(s.status, want.status);
	assert_int_equal(s.revoked_at, want.revoked_at ? PKI_NOW + want.revoked_at * PKI_DAY : 0);
}

static struct question about(const struct pki *p, int64_t at, int64_t now)
{
	return (struct question){ p->signer.cert, p->ca.cert, PKI_NOW + at * PKI_DAY, PKI_NOW + now * PKI_DAY };
}

static void test_crls(void **state)
{
	struct sealed *f = *state;
	struct pki *p = &f->pki;
	X509 *own = p->signer.cert;
	struct pki_id impostor = pki_issue(p, &(struct pki_spec){ .name = "Issuing CA", .ext = PKI_CA_EXT });
	const struct {
		struct pki_crl spec;
		int64_t at;
		int64_t now;
		struct judged want;
	} cases[] = {
		{ { .issuer = &p->ca }, 0, 0, good },
		{ { .issuer = &p->ca, .made = -2, .next = -1 }, 0, 0, says_nothing },	/* over */
		{ { .issuer = &p->ca, .made = -2, .next = 1 }, 0, 0, good },
		{ { .issuer = &p->ca, .made = 1 }, 0, 0, says_nothing },		/* not made yet */
		{ { .issuer = &p->ca, .made = 1 }, 0, 1, good },			/* made later: knows more */
		{ { .issuer = &p->ca, .made = 101, .next = 200 }, 0, 102, says_nothing }, /* expired ones may be dropped */
		{ { .issuer = &p->ca, .revoked = own, .when = -1 }, 0, 0, { REVOCATION_REVOKED, -1, true } },
		{ { .issuer = &p->ca, .revoked = own, .when = 1, .made = 2 }, 0, 3, { REVOCATION_GOOD, 1, true } },
		{ { .issuer = &p->ca, .revoked = own, .when = 1, .made = 2 }, 1, 3, { REVOCATION_REVOKED, 1, true } },
		{ { .issuer = &p->ca, .revoked = own, .when = -9, .made = -9, .next = -8 }, 0, 0, { REVOCATION_REVOKED, -9, true } },
		{ { .issuer = &p->ca, .revoked = p->tsa.cert, .when = -1 }, 0, 0, good },
		{ { .issuer = &p->root }, 0, 0, says_nothing },
		{ { .issuer = &impostor, .revoked = own, .when = -1 }, 0, 0, says_nothing },
		{ { .issuer = &p->ca, .md = EVP_sha1() }, 0, 0, says_nothing },
		{ { .issuer = &p->ca, .ext = { "issuingDistributionPoint", "critical,indirectCRL:TRUE" } }, 0, 0, says_nothing },
		{ { .issuer = &p->ca, .ext = { "issuingDistributionPoint", "critical,onlyCA:TRUE" } }, 0, 0, says_nothing },
		{ { .issuer = &p->ca, .ext = { "issuingDistributionPoint", "critical,onlyuser:TRUE" } }, 0, 0, good },
		{ { .issuer = &p->ca, .ext = { "issuingDistributionPoint", "critical,onlysomereasons:keyCompromise" } }, 0, 0,
			says_nothing },
		{ { .issuer = &p->ca, .ext = { "issuingDistributionPoint", "critical,fullname:URI:http://other/" } }, 0, 0,
			says_nothing },
		{ { .issuer = &p->ca, .ext = { "1.2.3.4", "critical,DER:0500" } }, 0, 0, says_nothing },
		{ { .issuer = &p->ca, .ext = { "2.5.29.27", "critical,DER:020101" } }, 0, 0, says_nothing }, /* delta */
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct bytes der = pki_make_crl(p, &cases[i].spec);
		struct question q = about(p, cases[i].at, cases[i].now);
		struct proofs proofs = { 0 };
		struct standing s;

		f->evidence = (struct evidence){ .crl = { &der, 1, 1 } };
		proofs_add_evidence(&proofs, &f->evidence);
		assert_int_equal(proofs.n_proof, 1);
		check(s, crl_judge(proofs.proof[0].crl, &q, &s), cases[i].want);
		proofs_close(&proofs);
	}
}

static EVP_PKEY *make_pss_key(void)
{
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, "RSA-PSS", NULL);
	EVP_PKEY *key = NULL;

	assert_true(ctx && EVP_PKEY_keygen_init(ctx) == 1 && EVP_PKEY_generate(ctx, &key) == 1);
	EVP_PKEY_CTX_free(ctx);
	return key;
}

/* The name of the algorithm says nothing of the hash. */
static void test_pss(void **state)
{
	struct sealed *f = *state;
	struct pki *p = &f->pki;
	EVP_PKEY *key = make_pss_key();
	struct pki_id ca = pki_issue(p, &(struct pki_spec){ .name = "PSS", .issuer = &p->root, .key = key, .ext = PKI_CA_EXT });
	struct pki_id leaf = pki_issue(p, &(struct pki_spec){ .name = "Leaf", .issuer = &ca, .ext = PKI_SIGNER_EXT });
	const struct question q = { leaf.cert, ca.cert, PKI_NOW, PKI_NOW };

	for (int strong = 0; strong < 2; strong++) {
		struct pki_crl spec = { .issuer = &ca, .md = strong ? EVP_sha256() : EVP_sha1() };
		X509_CRL *crl = crl_read(pki_make_crl(p, &spec));
		struct standing s;

		assert_non_null(crl);
		check(s, crl_judge(crl, &q, &s), strong ? good : says_nothing);
		X509_CRL_free(crl);
	}
	EVP_PKEY_free(key);
}

static void test_ocsp(void **state)
{
	struct sealed *f = *state;
	struct pki *p = &f->pki;
	X509 *own = p->signer.cert;
	const char *const eku[] = { "extendedKeyUsage", "OCSPSigning" };
	struct pki_id named = pki_issue(p,
		&(struct pki_spec){ .name = "OCSP", .issuer = &p->ca, .ext = { { eku[0], eku[1] } } });
	struct pki_id over = pki_issue(p,
		&(struct pki_spec){ .name = "OCSP", .issuer = &p->ca, .from = -9, .to = -5, .ext = { { eku[0], eku[1] } } });
	struct pki_id other = pki_issue(p,
		&(struct pki_spec){ .name = "OCSP", .issuer = &p->root, .ext = { { eku[0], eku[1] } } });
	const struct {
		struct pki_ocsp spec;
		int64_t at;
		int64_t now;
		struct judged want;
	} cases[] = {
		{ { &p->ca, &p->ca, own, .next = 1 }, 0, 0, good },
		{ { &p->ca, &named, own, .next = 1 }, 0, 0, good },
		{ { &p->ca, &over, own, .next = 1 }, 0, 0, says_nothing },
		{ { &p->ca, &other, own, .next = 1 }, 0, 0, says_nothing },
		{ { &p->ca, &p->signer, own, .next = 1 }, 0, 0, says_nothing }, /* a person answers for himself */
		{ { &p->ca, &p->ca, p->tsa.cert, .next = 1 }, 0, 0, says_nothing },
		{ { &p->root, &p->ca, own, .next = 1 }, 0, 0, says_nothing }, /* of the same number by another issuer */
		{ { &p->ca, &p->ca, own, .made = -2, .next = -1 }, 0, 0, says_nothing },
		{ { &p->ca, &p->ca, own, .made = 1 }, 0, 1, good },
		{ { &p->ca, &p->ca, own, .made = 1 }, 0, 0, says_nothing },
		{ { &p->ca, &p->ca, own, .status = V_OCSP_CERTSTATUS_UNKNOWN }, 0, 0, says_nothing },
		{ { &p->ca, &p->ca, own, .status = V_OCSP_CERTSTATUS_REVOKED, .when = -1 }, 0, 0, { REVOCATION_REVOKED, -1, true } },
		{ { &p->ca, &named, own, .status = V_OCSP_CERTSTATUS_REVOKED, .when = 1, .made = 2 }, 0, 3,
			{ REVOCATION_GOOD, 1, true } },
		{ { &p->ca, &other, own, .status = V_OCSP_CERTSTATUS_REVOKED, .when = -1 }, 0, 0, says_nothing },
		{ { &p->ca, &p->ca, own, .md = EVP_sha1() }, 0, 0, says_nothing },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct bytes der = pki_make_ocsp(p, &cases[i].spec);
		struct question q = about(p, cases[i].at, cases[i].now);
		OCSP_BASICRESP *basic = ocsp_read(der);
		struct standing s;

		assert_non_null(basic);
		check(s, ocsp_judge(basic, &q, &s), cases[i].want);
		OCSP_BASICRESP_free(basic);
		assert_null(ocsp_read((struct bytes){ der.data, der.n - 1 }));
	}
	assert_null(ocsp_read((struct bytes){ "", 0 }));
}

/* Who says revoked outweighs who says good, whatever their order. */
static void test_several(void **state)
{
	struct sealed *f = *state;
	struct pki *p = &f->pki;
	struct bytes der[] = {
		pki_make_crl(p, &(struct pki_crl){ .issuer = &p->ca }),
		pki_make_crl(p, &(struct pki_crl){ .issuer = &p->ca, .revoked = p->signer.cert, .when = -1 }),
		{ "garbage", 7 },
	};
	struct question q = about(p, 0, 0);

	for (int i = 0; i < 2; i++) {
		struct bytes list[] = { der[i], der[!i], der[2] };
		struct proofs proofs = { 0 };
		struct standing s;

		f->evidence = (struct evidence){ .crl = { list, 3, 3 }, .ocsp = { list, 3, 3 } };
		proofs_add_evidence(&proofs, &f->evidence);
		assert_int_equal(proofs.n_proof, 2);
		proofs_judge(&proofs, &q, &s);
		assert_int_equal(s.status, REVOCATION_REVOKED);
		proofs_close(&proofs);
	}
}

#define TEST(t) cmocka_unit_test_setup_teardown(t, sealed_set_up, sealed_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = { TEST(test_crls), TEST(test_pss), TEST(test_ocsp), TEST(test_several) };

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
