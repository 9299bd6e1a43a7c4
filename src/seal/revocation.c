#include "seal/revocation.h"
#include "seal/cert.h"
#include "seal/fetch.h"
#include "seal/party.h"
#include "seal/pool.h"
#include "seal/signed.h"

#include <openssl/x509v3.h>

/* One collecting under way. */
struct collector {
	const struct revocation_fetch *how;
	struct evidence *evidence;
	STACK_OF(X509) *pool;
	struct arena *arena;
	struct diags *diags;
};

/* What the user brought along; it goes into the file where it is of use. */
static bool use_given(const struct collector *c, const struct question *q, struct standing *s)
{
	STACK_OF(X509_CRL) *given = c->how->trust->crl;

	for (int i = 0; i < sk_X509_CRL_num(given); i++)
		if (crl_judge(sk_X509_CRL_value(given, i), q, s)) {
			der_list_add(&c->evidence->crl, crl_der(sk_X509_CRL_value(given, i), c->arena), c->arena);
			return true;
		}
	return false;
}

static bool use_evidence(const struct collector *c, const struct question *q, struct standing *s)
{
	struct proofs proofs = { 0 };

	proofs_add_evidence(&proofs, c->evidence);
	proofs_judge(&proofs, q, s);
	proofs_close(&proofs);
	return s->status != REVOCATION_UNKNOWN;
}

static bool tell_revoked(const struct collector *c, const struct question *q, const struct standing *s)
{
	if (s->status == REVOCATION_REVOKED || s->revoked_at)
		return diag_error(c->diags, (struct origin){ 0 }, "revoked", "the certificate of '%s' was revoked at %s",
			cert_name(q->cert, c->arena), moment_text(s->revoked_at, c->arena));
	return true;
}

/* OCSP is asked first, as it is the shorter; where it fails and there is a CRL, that is tried and OCSP forgiven. */
static bool fetch_one(const struct collector *c, const struct question *q, struct standing *s)
{
	struct fetch f = { c->how->seconds ? c->how->seconds : 20, c->arena, c->diags };
	struct diags unheard = { .quiet = true };
	const char *ocsp = ocsp_address(q->cert, c->arena);
	const char *crl = crl_address(q->cert, c->arena);
	bool ok = false;

	if (ocsp) {
		if (crl)
			f.diags = &unheard;
		ok = fetch_ocsp(&f, ocsp, q, &c->evidence->ocsp, s);
		f.diags = c->diags;
		if (ok || !crl)
			goto out;
	}
	if (crl)
		ok = fetch_crl(&f, crl, q, &c->evidence->crl, s);
	else
		diag_error(c->diags, (struct origin){ 0 }, "revocation",
			"whether the certificate of '%s' was revoked cannot be asked: it names no service; give the CRL of '%s' (--crl)",
			cert_name(q->cert, c->arena), name_text(X509_get_issuer_name(q->cert), c->arena));
out:
	diags_clear(&unheard);
	return ok;
}

static bool collect_one(const struct collector *c, X509 *cert, X509 *issuer)
{
	struct question q = { cert, issuer, c->how->now, c->how->now };
	struct standing s;

	if (!use_evidence(c, &q, &s) && !use_given(c, &q, &s) && !fetch_one(c, &q, &s))
		return false;
	return tell_revoked(c, &q, &s);
}

static bool collect_chain(const struct collector *c, X509 *leaf, enum chain_use use)
{
	struct chain chain;
	bool ok = true;

	chain_build(c->how->trust, leaf, c->pool, c->how->now, use, &chain);
	if (chain.status != CHAIN_GOOD)
		ok = diag_error(c->diags, (struct origin){ 0 }, "chain",
			"the certificate of '%s', issued by '%s', leads to none of those that are trusted (--trust): %s",
			cert_name(leaf, c->arena), name_text(X509_get_issuer_name(leaf), c->arena), chain.why);
	for (int i = 0; ok && i < sk_X509_num(chain.cert); i++)
		der_list_add(&c->evidence->cert, cert_der(sk_X509_value(chain.cert, i), c->arena), c->arena);
	for (int i = 0; chain.status == CHAIN_GOOD && i + 1 < sk_X509_num(chain.cert); i++)
		ok &= collect_one(c, sk_X509_value(chain.cert, i), sk_X509_value(chain.cert, i + 1));
	chain_clear(&chain);
	return ok;
}

static bool collect_from(const struct revocation_fetch *how, const struct signed_data *s, enum chain_use use, struct arena *a,
	struct evidence *evidence, struct diags *d)
{
	struct collector c = { how, evidence, pool_new(s->cert, &evidence->cert), a, d };
	bool ok = collect_chain(&c, s->signer, use);

	sk_X509_pop_free(c.pool, X509_free);
	return ok;
}

static bool no_signature(struct diags *d)
{
	return diag_error(d, (struct origin){ 0 }, "cms-format", "this is no signature whose certificates can be asked about");
}

static bool collect_token(struct bytes token, const struct revocation_fetch *how, struct arena *a, struct evidence *evidence,
	struct diags *d)
{
	struct signed_data s;
	bool ok = !signed_open(token, true, NID_id_smime_ct_TSTInfo, &s) && s.signer;

	ok = ok ? collect_from(how, &s, CHAIN_TIMESTAMP, a, evidence, d) : no_signature(d);
	signed_close(&s);
	return ok;
}

static bool collect_stamps(const struct signed_data *s, const struct revocation_fetch *how, struct arena *a,
	struct evidence *evidence, struct diags *d)
{
	bool ok = true;

	for (int i = 0; i < CMS_unsigned_get_attr_count(s->si); i++) {
		X509_ATTRIBUTE *attribute = CMS_unsigned_get_attr(s->si, i);
		ASN1_STRING *der = X509_ATTRIBUTE_get0_data(attribute, 0, V_ASN1_SEQUENCE, NULL);
		struct bytes token;

		if (!der || OBJ_obj2nid(X509_ATTRIBUTE_get0_object(attribute)) != NID_id_smime_aa_timeStampToken)
			continue;
		token = (struct bytes){ (const char *)ASN1_STRING_get0_data(der), (size_t)ASN1_STRING_length(der) };
		ok &= collect_token(token, how, a, evidence, d);
	}
	return ok;
}

bool revocation_collect(struct bytes cms, const struct revocation_fetch *how, struct arena *a, struct evidence *evidence,
	struct diags *d)
{
	struct signed_data s;
	enum flaw flaw = signed_open(cms, true, NID_pkcs7_data, &s);
	bool ok;

	if (flaw == FLAW_CONTENT) {
		signed_close(&s);
		return collect_token(cms, how, a, evidence, d);
	}
	ok = !flaw && s.signer;
	if (ok) {
		ok = collect_from(how, &s, CHAIN_SIGNER, a, evidence, d);
		ok &= collect_stamps(&s, how, a, evidence, d);
	} else {
		no_signature(d);
	}
	signed_close(&s);
	return ok;
}
