#include "seal/party.h"
#include "seal/cert.h"

static void describe(X509 *cert, int64_t at, struct arena *a, struct cms_party *p)
{
	*p = (struct cms_party){
		.name = cert_name(cert, a),
		.issuer = name_text(X509_get_issuer_name(cert), a),
		.serial = cert_serial(cert, a),
		.sha256 = cert_sha256(cert, a),
		.judged_at = at,
	};
	if (!asn1_seconds(X509_get0_notBefore(cert), &p->not_before) || !asn1_seconds(X509_get0_notAfter(cert), &p->not_after))
		p->not_before = p->not_after = 0;
}

/* Each certificate below the anchor; the worst of them counts. */
static void judge_revocation(const struct party_question *q, const struct chain *chain, struct arena *a, struct cms_party *p, bool *archived)
{
	int n = sk_X509_num(chain->cert);

	p->revocation = REVOCATION_GOOD;
	*archived = true;
	for (int i = 0; i + 1 < n; i++) {
		struct question one = { sk_X509_value(chain->cert, i), sk_X509_value(chain->cert, i + 1), q->at, q->now };
		struct standing s;

		proofs_judge(q->proofs, &one, &s);
		if (!i && s.status == REVOCATION_REVOKED && q->stamped && revoked_stamp_counts(&s, q->stamped))
			s.status = REVOCATION_GOOD;
		if (!p->revoked_at)
			p->revoked_at = s.revoked_at;
		*archived &= s.archived;
		if (!s.archived && !p->unproved)
			p->unproved = cert_name(one.cert, a);
		if (s.status == REVOCATION_REVOKED) {
			p->revocation = REVOCATION_REVOKED;
			p->revoked_at = s.revoked_at;
			return;
		}
		if (s.status == REVOCATION_UNKNOWN)
			p->revocation = REVOCATION_UNKNOWN;
	}
}

static bool was_valid(const struct chain *chain, int64_t at)
{
	int64_t from;
	int64_t to;

	for (int i = 0; i < sk_X509_num(chain->cert); i++) {
		X509 *cert = sk_X509_value(chain->cert, i);

		if (!asn1_seconds(X509_get0_notBefore(cert), &from) || !asn1_seconds(X509_get0_notAfter(cert), &to) || at < from || at >= to)
			return false;
	}
	return true;
}

static enum flaw flaw_of(enum chain_status status)
{
	switch (status) {
	case CHAIN_GOOD:
		return FLAW_NONE;
	case CHAIN_EXPIRED:
		return FLAW_EXPIRED;
	case CHAIN_USAGE:
		return FLAW_USAGE;
	case CHAIN_UNKNOWN:
	case CHAIN_UNTRUSTED:
		break;
	}
	return FLAW_UNTRUSTED;
}

enum flaw party_judge(const struct party_question *q, struct arena *a, struct cms_party *p, const char **why, bool *archived)
{
	struct chain chain;
	enum flaw flaw;

	describe(q->leaf, q->at, a, p);
	*archived = false;
	chain_build(q->trust, q->leaf, q->pool, q->at, q->use, &chain);
	if (chain.status == CHAIN_GOOD && q->stamped && !was_valid(&chain, q->stamped))
		chain.status = CHAIN_EXPIRED;
	p->chain = chain.status;
	*why = chain.why;
	flaw = flaw_of(chain.status);
	if (!flaw) {
		judge_revocation(q, &chain, a, p, archived);
		if (p->revocation == REVOCATION_REVOKED)
			flaw = FLAW_REVOKED;
		else if (p->revocation == REVOCATION_UNKNOWN && q->revocation_required)
			flaw = FLAW_UNKNOWN;
	}
	chain_clear(&chain);
	return flaw;
}
