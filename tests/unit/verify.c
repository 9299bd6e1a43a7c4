#include "sealed.h"
#include "seal/revoked.h"

#define UNKNOWN "(revocation)" /* no CRL was given */

static void test_good(void **state)
{
	struct sealed *f = *state;
	const struct cms_result *r = &f->result;

	assert_string_equal(sealed_verify(f, sealed_sign(f, &f->pki.signer, PKI_NOW)), UNKNOWN);
	assert_true(r->integrity && r->baseline && !r->archived && !r->timestamp.present);
	assert_string_equal(r->signer.name, "Nguyễn Văn A");
	assert_string_equal(r->signer.issuer, "Issuing CA");
	assert_string_equal(r->signer.serial, "03");
	assert_int_equal(r->signer.judged_at, PKI_NOW);
	assert_int_equal(r->signer.not_after, PKI_NOW + 100 * PKI_DAY);
	assert_int_equal(r->signer.chain, CHAIN_GOOD);
	assert_int_equal(r->signer.revocation, REVOCATION_UNKNOWN);
	assert_string_equal(f->diags.finding[0].at.sheet, "signer");
	f->policy.revocation_required = true;
	assert_string_equal(sealed_verify(f, sealed_sign(f, &f->pki.signer, PKI_NOW)), "revocation");
	assert_true(r->integrity);
}

static void test_padding(void **state)
{
	struct sealed *f = *state;
	struct bytes der = sealed_sign(f, &f->pki.signer, PKI_NOW);
	char *more = arena_array(&f->pki.arena, der.n + 101, 1);

	memcpy(more, der.data, der.n);
	assert_string_equal(sealed_verify(f, (struct bytes){ more, der.n + 100 }), UNKNOWN);
	more[der.n + 99] = 1;
	assert_string_equal(sealed_verify(f, (struct bytes){ more, der.n + 100 }), "cms-format");
	more[der.n + 99] = 0;
	more[der.n] = 1;
	assert_string_equal(sealed_verify(f, (struct bytes){ more, der.n + 1 }), "cms-format");
}

static void test_cut_off(void **state)
{
	struct sealed *f = *state;
	struct bytes der = sealed_stamp(f, sealed_sign(f, &f->pki.signer, PKI_NOW), &f->pki.tsa, PKI_NOW);

	for (size_t n = 0; n < der.n; n += n < 100 ? 1 : 37) {
		struct bytes cut = { arena_slice(&f->pki.arena, der.data, n), n };

		assert_string_equal(sealed_verify(f, cut), "cms-format");
	}
}

/* One bit of each byte, another one in each: nothing may be left that anybody could change unseen. (All eight of each were
 * tried too; they take half a minute.) */
static void test_flips(void **state)
{
	struct sealed *f = *state;
	struct bytes der = sealed_stamp(f, sealed_sign(f, &f->pki.signer, PKI_NOW), &f->pki.tsa, PKI_NOW);
	char *copy = arena_slice(&f->pki.arena, der.data, der.n);

	assert_true(der.n > 2000);
	for (size_t i = 0; i < der.n; i++) {
		copy[i] ^= (char)(1 << i % 8);
		sealed_verify(f, (struct bytes){ copy, der.n });
		if (f->result.ok)
			fail_msg("bit %zu of byte %zu", i % 8, i);
		copy[i] ^= (char)(1 << i % 8);
	}
}

static void test_other_text(void **state)
{
	struct sealed *f = *state;
	struct bytes der = sealed_sign(f, &f->pki.signer, PKI_NOW);
	struct bytes other[] = { { "what was signeD", 15 } };

	assert_false(cms_verify(der, other, 1, f->trust, NULL, &f->policy, (struct origin){ 0 }, &f->pki.arena, &f->result, &f->diags));
	assert_string_equal(sealed_rules(f), "cms-digest");
	assert_false(f->result.integrity);
	assert_string_equal(f->result.signer.name, "Nguyễn Văn A");
	diags_clear(&f->diags);
}

/* What other programs make: allowed, but below PAdES; or refused. */
static void test_foreign(void **state)
{
	struct sealed *f = *state;
	struct pki_id *id = &f->pki.signer;

	assert_string_equal(sealed_verify(f, sealed_foreign(f, id, EVP_sha256(), CMS_DETACHED | CMS_CADES | CMS_NOSMIMECAP)),
		"(baseline) " UNKNOWN);
	assert_int_equal(f->result.below, BELOW_TIME);
	assert_string_equal(sealed_verify(f, sealed_foreign(f, id, EVP_sha256(), CMS_DETACHED | CMS_NOSMIMECAP)),
		"(baseline) " UNKNOWN " (cms-certificate)");
	f->policy.cades = true; /* which promises that the certificate is signed along */
	assert_string_equal(sealed_verify(f, sealed_foreign(f, id, EVP_sha256(), CMS_DETACHED | CMS_NOSMIMECAP)),
		"(baseline) " UNKNOWN " cms-certificate");
	assert_string_equal(sealed_verify(f, sealed_foreign(f, id, EVP_sha256(), CMS_DETACHED | CMS_NOSMIMECAP | CMS_CADES)), "(baseline) " UNKNOWN);
	assert_string_equal(sealed_verify(f, sealed_foreign(f, id, EVP_sha1(), CMS_DETACHED | CMS_CADES)), "cms-hash");
	assert_string_equal(sealed_verify(f, sealed_foreign(f, id, EVP_sha256(), CMS_CADES)), "cms-format"); /* content within */
	assert_string_equal(sealed_verify(f, sealed_foreign(f, id, EVP_sha256(), CMS_DETACHED | CMS_NOATTR)), "cms-attribute");
	assert_string_equal(sealed_verify(f, sealed_foreign(f, id, EVP_sha256(), CMS_DETACHED | CMS_CADES | CMS_NOCERTS)),
		"cms-certificate");
}

/* The outer three elements with their lengths left open, as NSS writes them, and zeros behind. */
static struct bytes with_open_lengths(struct sealed *f, struct bytes der)
{
	static const char oid[] = "\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02";
	char *made = arena_array(&f->pki.arena, der.n + 20, 1);

	assert_memory_equal(der.data + 4, oid, 11); /* lengths of two bytes from here on */
	memcpy(made, "\x30\x80", 2);
	memcpy(made + 2, oid, 11);
	memcpy(made + 13, "\xa0\x80\x30\x80", 4);
	memcpy(made + 17, der.data + 23, der.n - 23);
	return (struct bytes){ made, der.n + 20 };
}

/* Other programs leave lengths open. That is below PAdES, and nothing else may be otherwise than in DER. */
static void test_open_lengths(void **state)
{
	struct sealed *f = *state;
	struct bytes der = sealed_sign(f, &f->pki.signer, PKI_NOW);
	struct bytes open = with_open_lengths(f, der);
	size_t end = 17 + der.n - 23 + 6;
	char *copy;

	assert_string_equal(sealed_verify(f, open), "(baseline) " UNKNOWN);
	assert_int_equal(f->result.below, BELOW_FORM);
	assert_true(f->result.integrity && !f->result.baseline);
	copy = arena_slice(&f->pki.arena, open.data, open.n);
	for (size_t i = 0; i < open.n; i++) {
		copy[i] ^= (char)(1 << i % 8);
		sealed_verify(f, (struct bytes){ copy, open.n });
		if (f->result.ok)
			fail_msg("bit %zu of byte %zu of %zu", i % 8, i, end);
		copy[i] ^= (char)(1 << i % 8);
	}
	for (size_t n = 0; n < end; n += n < 40 ? 1 : 97)
		assert_string_equal(sealed_verify(f, (struct bytes){ arena_slice(&f->pki.arena, open.data, n), n }), "cms-format");
	assert_string_equal(sealed_verify_stamp(f, open), "timestamp");
}

/* What OpenSSL reads though it is no DER: a length longer than need be, octets in pieces. */
static void test_hiding_forms(void **state)
{
	struct sealed *f = *state;
	struct bytes der = sealed_sign(f, &f->pki.signer, PKI_NOW);
	char *made = arena_array(&f->pki.arena, der.n + 2, 1);

	memcpy(made, "\x30\x84\x00\x00", 4);
	memcpy(made + 4, der.data + 2, der.n - 2);
	assert_string_equal(sealed_verify(f, (struct bytes){ made, der.n + 2 }), "cms-format");
	assert_non_null(strstr(f->diags.finding[0].message, "bytes may hide"));
	assert_string_equal(sealed_verify(f, (struct bytes){ "\x30\x80\x06\x01\x2a\x00\x00", 7 }), "cms-format");
	assert_null(strstr(f->diags.finding[0].message, "bytes may hide"));
}

/* One signature with two signers, or none, is not one person's. */
static void test_signers(void **state)
{
	struct sealed *f = *state;
	unsigned flags = CMS_DETACHED | CMS_BINARY | CMS_CADES;
	struct pki_id other = pki_issue(&f->pki, &(struct pki_spec){ .name = "B", .issuer = &f->pki.ca, .ext = PKI_SIGNER_EXT });

	for (int n = 0; n <= 2; n += 2) {
		BIO *content = BIO_new_mem_buf("what was signed", 15);
		CMS_ContentInfo *cms = CMS_sign(NULL, NULL, NULL, NULL, CMS_PARTIAL | flags);
		unsigned char *der = NULL;

		if (n) {
			assert_non_null(CMS_add1_signer(cms, f->pki.signer.cert, f->pki.signer.key, EVP_sha256(), flags));
			assert_non_null(CMS_add1_signer(cms, other.cert, other.key, EVP_sha256(), flags));
		}
		assert_int_equal(CMS_final(cms, content, NULL, flags), n > 0);
		BIO_free(content);
		assert_string_equal(sealed_verify(f, pki_bytes(&f->pki, der, i2d_CMS_ContentInfo(cms, &der))), "cms-signers");
		CMS_ContentInfo_free(cms);
	}
}

static char *find(struct bytes in, struct bytes what)
{
	for (size_t i = 0; i + what.n <= in.n; i++)
		if (!memcmp(in.data + i, what.data, what.n))
			return (char *)(uintptr_t)in.data + i;
	return NULL;
}

/* Another certificate of the same key, issuer and serial number put into its place. */
static void test_exchanged(void **state)
{
	struct sealed *f = *state;
	struct pki *p = &f->pki;
	struct bytes der = sealed_sign(f, &p->signer, PKI_NOW);
	struct bytes own = pki_cert_der(p, p->signer.cert);
	struct bytes new = { 0 };
	char *at = find(der, own);

	/* ECDSA signatures differ by a byte or two in length; another try has the same one soon. */
	for (int i = 0; i < 40 && new.n != own.n; i++) {
		struct pki_spec spec = { .name = "Nguyễn Văn B", .issuer = &p->ca, .ext = PKI_SIGNER_EXT };

		p->serial = 2; /* the signer's is 3 */
		new = pki_cert_der(p, pki_issue(p, &spec).cert);
	}
	assert_int_equal(new.n, own.n);
	assert_non_null(at);
	memcpy(at, new.data, new.n);
	assert_string_equal(sealed_verify(f, der), "cms-certificate");
}

static void test_chains(void **state)
{
	struct sealed *f = *state;
	struct pki *p = &f->pki;
	struct pki_id root2 = pki_issue(p, &(struct pki_spec){ .name = "Root", .ext = PKI_CA_EXT });
	struct pki_id ca2 = pki_issue(p, &(struct pki_spec){ .name = "CA", .issuer = &root2, .ext = PKI_CA_EXT });
	struct pki_id weak_ca = pki_issue(p,
		&(struct pki_spec){ .name = "Weak", .issuer = &p->root, .ext = PKI_CA_EXT, .md = EVP_sha1() });
	const struct {
		struct pki_spec spec;
		int64_t at; /* days */
		const char *rules;
	} cases[] = {
		{ { .name = "good", .issuer = &p->ca, .ext = PKI_SIGNER_EXT }, 0, UNKNOWN },
		{ { .name = "near its end", .issuer = &p->ca, .ext = PKI_SIGNER_EXT }, 99, UNKNOWN },
		{ { .name = "at its end", .issuer = &p->ca, .ext = PKI_SIGNER_EXT }, 100, "cert-time" },
		{ { .name = "before it", .issuer = &p->ca, .ext = PKI_SIGNER_EXT }, -101, "cert-time" },
		{ { .name = "longer than the CA", .issuer = &p->ca, .from = -900, .to = 900, .ext = PKI_SIGNER_EXT }, 200, "cert-time" },
		{ { .name = "a root of the same name", .issuer = &root2, .ext = PKI_SIGNER_EXT }, 0, "chain" },
		{ { .name = "another CA", .issuer = &ca2, .ext = PKI_SIGNER_EXT }, 0, "chain" },
		{ { .name = "itself", .ext = PKI_SIGNER_EXT }, 0, "chain" },
		{ { .name = "by a person", .issuer = &p->signer, .ext = PKI_SIGNER_EXT }, 0, "cert-usage" },
		{ { .name = "by SHA-1", .issuer = &p->ca, .ext = PKI_SIGNER_EXT, .md = EVP_sha1() }, 0, "chain" },
		{ { .name = "SHA-1 above", .issuer = &weak_ca, .ext = PKI_SIGNER_EXT }, 0, "chain" },
		{ { .name = "keys", .issuer = &p->ca, .ext = { { "keyUsage", "critical,keyEncipherment" } } }, 0, "cert-usage" },
		{ { .name = "a server", .issuer = &p->ca, .ext = { { "extendedKeyUsage", "serverAuth" } } }, 0, "cert-usage" },
		{ { .name = "a timestamp service", .issuer = &p->ca, .ext = PKI_TSA_EXT }, 0, "cert-usage" },
		{ { .name = "documents", .issuer = &p->ca, .ext = { { "extendedKeyUsage", "1.3.6.1.5.5.7.3.36" } } }, 0, UNKNOWN },
		{ { .name = "a CA", .issuer = &p->ca, .ext = { { "basicConstraints", "critical,CA:TRUE" } } }, 0, "cert-usage" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct pki_id id = pki_issue(p, &cases[i].spec);
		struct evidence more = { .cert = { (struct bytes[]){ pki_cert_der(p, ca2.cert), pki_cert_der(p, weak_ca.cert),
							   pki_cert_der(p, p->signer.cert) },
						 3, 3 } };

		f->evidence = more;
		f->policy.at = PKI_NOW + cases[i].at * PKI_DAY;
		assert_string_equal(sealed_verify(f, sealed_foreign(f, &id, EVP_sha256(), CMS_DETACHED | CMS_CADES)),
			arena_printf(&p->arena, "(baseline) %s", cases[i].rules));
	}
}

/* The time of a timestamp counts, a time that the signer states himself does not. */
static void test_time(void **state)
{
	struct sealed *f = *state;
	struct pki *p = &f->pki;
	struct pki_id old = pki_issue(p,
		&(struct pki_spec){ .name = "old", .issuer = &p->ca, .from = -50, .to = -10, .ext = PKI_SIGNER_EXT });
	struct bytes der = sealed_sign(f, &old, PKI_NOW - 20 * PKI_DAY);

	assert_string_equal(sealed_verify(f, der), "cert-time");
	assert_string_equal(sealed_verify(f, sealed_foreign(f, &old, EVP_sha256(), CMS_DETACHED | CMS_CADES)), "(baseline) cert-time");
	assert_string_equal(sealed_verify(f, sealed_stamp(f, der, &p->tsa, PKI_NOW - 20 * PKI_DAY)), UNKNOWN " " UNKNOWN);
	assert_int_equal(f->result.signer.judged_at, PKI_NOW - 20 * PKI_DAY);
	assert_true(f->result.timestamp.ok);
	assert_string_equal(f->result.timestamp.policy, "1.2.3.4");
	assert_string_equal(f->result.timestamp.tsa.name, "TSA");
	assert_string_equal(sealed_verify(f, sealed_stamp(f, der, &p->tsa, PKI_NOW - 5 * PKI_DAY)), UNKNOWN " cert-time");
	f->policy.at = PKI_NOW - 20 * PKI_DAY;
	assert_string_equal(sealed_verify(f, der), UNKNOWN);
}

static void test_stamps(void **state)
{
	struct sealed *f = *state;
	struct pki *p = &f->pki;
	const struct {
		struct pki_spec spec;
		int64_t at; /* days, of what it says */
		const char *rules;
	} cases[] = {
		{ { .name = "good", .issuer = &p->ca, .ext = PKI_TSA_EXT }, 0, UNKNOWN " " UNKNOWN },
		{ { .name = "tomorrow", .issuer = &p->ca, .ext = PKI_TSA_EXT }, 1, "timestamp " UNKNOWN },
		{ { .name = "not alone", .issuer = &p->ca, .ext = { { "extendedKeyUsage", "critical,timeStamping,emailProtection" } } }, 0,
			"timestamp " UNKNOWN },
		{ { .name = "not critical", .issuer = &p->ca, .ext = { { "extendedKeyUsage", "timeStamping" } } }, 0, "timestamp " UNKNOWN },
		{ { .name = "no EKU", .issuer = &p->ca, .ext = PKI_SIGNER_EXT }, 0, "timestamp " UNKNOWN },
		{ { .name = "itself", .ext = PKI_TSA_EXT }, 0, "timestamp " UNKNOWN },
		{ { .name = "over", .issuer = &p->ca, .from = -50, .to = -10, .ext = PKI_TSA_EXT }, -20, "timestamp " UNKNOWN },
		{ { .name = "before its time", .issuer = &p->ca, .from = -10, .to = 10, .ext = PKI_TSA_EXT }, -20, "timestamp " UNKNOWN },
	};
	struct bytes der = sealed_sign(f, &p->signer, PKI_NOW);

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct pki_id id = pki_issue(p, &cases[i].spec);

		assert_string_equal(sealed_verify(f, sealed_stamp(f, der, &id, PKI_NOW + cases[i].at * PKI_DAY)), cases[i].rules);
		assert_true(f->result.integrity && f->result.timestamp.present);
		assert_string_equal(f->result.timestamp.tsa.name, cases[i].spec.name);
	}
}

static void test_wrong_stamps(void **state)
{
	struct sealed *f = *state;
	struct pki *p = &f->pki;
	struct bytes der = sealed_sign(f, &p->signer, PKI_NOW);
	struct bytes other = { "other", 5 };
	struct bytes token[] = {
		pki_token(p, &p->tsa, other, PKI_NOW, EVP_sha256(), CMS_CADES), /* of something else */
		sealed_foreign(f, &p->signer, EVP_sha256(), CMS_CADES),	       /* no timestamp at all */
		{ "0\0", 2 },
	};
	struct bytes value;

	for (size_t i = 0; i < sizeof token / sizeof *token; i++) {
		struct bytes stamped;

		assert_true(cms_add_timestamp(der, token[i], &p->arena, &stamped, &f->diags));
		assert_string_equal(sealed_verify(f, stamped), "timestamp " UNKNOWN);
	}
	assert_true(cms_signature_value(der, &p->arena, &value, &f->diags));
	for (int i = 0; i < 3; i++) {
		static const char *const rules[] = { "timestamp " UNKNOWN, "timestamp " UNKNOWN, UNKNOWN " " UNKNOWN };
		struct bytes stamped;
		struct bytes one = pki_token(p, &p->tsa, value, PKI_NOW, i ? EVP_sha512() : EVP_sha1(), i == 1 ? 0 : CMS_CADES);

		assert_true(cms_add_timestamp(der, one, &p->arena, &stamped, &f->diags));
		assert_string_equal(sealed_verify(f, stamped), rules[i]); /* SHA-1; no ESS; SHA-512 */
	}
	/* One that holds does not hide one that does not. */
	der = sealed_stamp(f, der, &p->tsa, PKI_NOW);
	assert_true(cms_add_timestamp(der, token[0], &p->arena, &der, &f->diags));
	assert_non_null(strstr(sealed_verify(f, der), "timestamp"));
	assert_true(f->result.timestamp.ok && !f->result.ok);
}

static void test_document_stamps(void **state)
{
	struct sealed *f = *state;
	struct pki *p = &f->pki;
	struct bytes text = { "what was signed", 15 };
	struct bytes other = { "what was signeD", 15 };

	assert_string_equal(sealed_verify_stamp(f, pki_token(p, &p->tsa, text, PKI_NOW, EVP_sha384(), CMS_CADES)), UNKNOWN);
	assert_int_equal(f->stamp.time, PKI_NOW);
	assert_string_equal(sealed_verify_stamp(f, pki_token(p, &p->tsa, other, PKI_NOW, EVP_sha256(), CMS_CADES)), "timestamp");
	assert_string_equal(sealed_verify_stamp(f, pki_token(p, &p->signer, text, PKI_NOW, EVP_sha256(), CMS_CADES)), "timestamp");
	assert_string_equal(sealed_verify_stamp(f, sealed_sign(f, &p->signer, PKI_NOW)), "timestamp");
	assert_string_equal(sealed_verify_stamp(f, (struct bytes){ "", 0 }), "timestamp");
	f->policy.revocation_required = true;
	assert_string_equal(sealed_verify_stamp(f, pki_token(p, &p->tsa, text, PKI_NOW, EVP_sha256(), CMS_CADES)), "revocation");
}

/* With all that a DSS holds, a signature is archived, and stays so after its certificates have expired. */
static void test_archived(void **state)
{
	struct sealed *f = *state;
	struct pki *p = &f->pki;
	struct bytes der = sealed_stamp(f, sealed_sign(f, &p->signer, PKI_NOW), &p->tsa, PKI_NOW);
	struct pki_crl by_root = { .issuer = &p->root };
	struct pki_crl by_ca = { .issuer = &p->ca };

	der_list_add(&f->evidence.crl, pki_make_crl(p, &by_root), &p->arena);
	assert_string_equal(sealed_verify(f, der), UNKNOWN " " UNKNOWN);
	assert_false(f->result.archived);
	der_list_add(&f->evidence.crl, pki_make_crl(p, &by_ca), &p->arena);
	f->policy.revocation_required = true;
	assert_string_equal(sealed_verify(f, der), "");
	assert_true(f->result.archived);
	assert_int_equal(f->result.signer.revocation, REVOCATION_GOOD);
	/* The same from a file of the user is known, but not archived. */
	const unsigned char *q = (const unsigned char *)f->evidence.crl.der[1].data;
	sk_X509_CRL_push(f->trust->crl, d2i_X509_CRL(NULL, &q, (long)f->evidence.crl.der[1].n));
	f->evidence.crl.n = 1;
	assert_string_equal(sealed_verify(f, der), "");
	assert_false(f->result.archived);
}

static void test_revoked(void **state)
{
	struct sealed *f = *state;
	struct pki *p = &f->pki;
	struct bytes plain = sealed_sign(f, &p->signer, PKI_NOW);
	struct bytes der = sealed_stamp(f, plain, &p->tsa, PKI_NOW);
	struct pki_crl by_root = { .issuer = &p->root };
	struct pki_crl by_ca = { .issuer = &p->ca, .revoked = p->signer.cert, .when = 2, .made = 3 };

	der_list_add(&f->evidence.crl, pki_make_crl(p, &by_root), &p->arena);
	der_list_add(&f->evidence.crl, pki_make_crl(p, &by_ca), &p->arena);
	f->policy.at = PKI_NOW + 4 * PKI_DAY;
	assert_string_equal(sealed_verify(f, der), ""); /* revoked after it signed */
	assert_int_equal(f->result.signer.revocation, REVOCATION_GOOD);
	assert_int_equal(f->result.signer.revoked_at, PKI_NOW + 2 * PKI_DAY);
	assert_string_equal(sealed_verify(f, plain), "revoked"); /* and nothing proves that */
	assert_int_equal(f->result.signer.revocation, REVOCATION_REVOKED);
	by_ca.when = -1;
	f->evidence.crl.der[1] = pki_make_crl(p, &by_ca);
	assert_string_equal(sealed_verify(f, der), "revoked");
	by_ca.revoked = p->tsa.cert;
	f->evidence.crl.der[1] = pki_make_crl(p, &by_ca);
	assert_string_equal(sealed_verify(f, der), "timestamp");
	by_root = (struct pki_crl){ .issuer = &p->root, .revoked = p->ca.cert, .when = -1 };
	f->evidence.crl.der[0] = pki_make_crl(p, &by_root);
	assert_string_equal(sealed_verify(f, plain), "revoked");
}

/* RFC 3161 section 4: what was stamped before a service stopped stays, what a stolen key stamped does not. */
static void test_revoked_service(void **state)
{
	struct sealed *f = *state;
	struct pki *p = &f->pki;
	struct bytes der = sealed_stamp(f, sealed_sign(f, &p->signer, PKI_NOW), &p->tsa, PKI_NOW);
	struct pki_crl by_root = { .issuer = &p->root };
	struct pki_crl by_ca = { .issuer = &p->ca, .revoked = p->tsa.cert, .when = 2, .made = 3 };
	const struct {
		int reason;
		int64_t when;
		const char *rules;
	} cases[] = {
		{ CRL_REASON_CESSATION_OF_OPERATION, 2, "" },
		{ CRL_REASON_SUPERSEDED, 2, "" },
		{ CRL_REASON_KEY_COMPROMISE, 2, "timestamp" },
		{ 0, 2, "timestamp" },
		{ CRL_REASON_CESSATION_OF_OPERATION, -1, "timestamp" },
	};

	f->policy.at = PKI_NOW + 4 * PKI_DAY;
	der_list_add(&f->evidence.crl, pki_make_crl(p, &by_root), &p->arena);
	der_list_add(&f->evidence.crl, (struct bytes){ "", 0 }, &p->arena);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		by_ca.reason = cases[i].reason;
		by_ca.when = cases[i].when;
		f->evidence.crl.der[1] = pki_make_crl(p, &by_ca);
		assert_string_equal(sealed_verify(f, der), cases[i].rules);
	}
}

static const char *check_dss(struct sealed *f)
{
	bool ok;

	diags_clear(&f->diags);
	ok = evidence_check(&f->evidence, f->trust, (struct origin){ 0 }, &f->diags);
	assert_int_equal(ok, !f->diags.n_error);
	return sealed_rules(f);
}

static void test_dss(void **state)
{
	struct sealed *f = *state;
	struct pki *p = &f->pki;
	struct der_list *const list[] = { &f->evidence.cert, &f->evidence.crl, &f->evidence.ocsp };
	struct pki_id alone = pki_issue(p, &(struct pki_spec){ .name = "alone", .issuer = &p->signer });

	assert_string_equal(check_dss(f), "");
	der_list_add(list[0], pki_cert_der(p, p->ca.cert), &p->arena);
	der_list_add(list[0], pki_cert_der(p, p->ca.cert), &p->arena);
	der_list_add(list[0], pki_cert_der(p, p->root.cert), &p->arena);
	assert_int_equal(list[0]->n, 2);
	der_list_add(list[1], pki_make_crl(p, &(struct pki_crl){ .issuer = &p->ca }), &p->arena);
	der_list_add(list[2], pki_make_ocsp(p, &(struct pki_ocsp){ .issuer = &p->ca, .responder = &p->ca, .cert = p->signer.cert }), &p->arena);
	assert_string_equal(check_dss(f), "");
	for (size_t i = 0; i < 3; i++) {
		char *bytes = (char *)(uintptr_t)list[i]->der[0].data;

		for (size_t at = 0; at < list[i]->der[0].n; at += 7) {
			bytes[at] ^= 1;
			if (!strstr(check_dss(f), "evidence"))
				fail_msg("byte %zu of kind %zu", at, i);
			bytes[at] ^= 1;
		}
	}
	der_list_add(list[0], pki_cert_der(p, alone.cert), &p->arena);
	assert_string_equal(check_dss(f), "evidence");
}

#define TEST(t) cmocka_unit_test_setup_teardown(t, sealed_set_up, sealed_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_good),
		TEST(test_padding),
		TEST(test_cut_off),
		TEST(test_flips),
		TEST(test_other_text),
		TEST(test_foreign),
		TEST(test_open_lengths),
		TEST(test_hiding_forms),
		TEST(test_signers),
		TEST(test_exchanged),
		TEST(test_chains),
		TEST(test_time),
		TEST(test_stamps),
		TEST(test_wrong_stamps),
		TEST(test_document_stamps),
		TEST(test_archived),
		TEST(test_revoked),
		TEST(test_revoked_service),
		TEST(test_dss),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
