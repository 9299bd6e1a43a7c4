#include "seal/verify.h"
#include "seal/cert.h"
#include "seal/party.h"
#include "seal/pool.h"
#include "seal/signed.h"
#include "seal/stamp.h"

enum { STAMPS_MAX = 8, FLAWS = FLAW_UNKNOWN + 1 };

/* One verification under way. */
struct check {
	const struct trust *trust;
	const struct cms_policy *policy;
	struct proofs proofs;
	STACK_OF(X509) *pool;
	struct origin at;
	struct arena *arena;
	struct diags *diags;
};

static const struct {
	const char *rule;
	const char *message;
} signature_flaws[FLAWS] = {
	[FLAW_FORMAT] = { "cms-format", "this is no signature that can be read (CMS); it was damaged, or another program made it wrongly" },
	[FLAW_BER] = { "cms-format", "the signature can be read, but is written in a form in which bytes may hide: expected DER, as PAdES asks for, or "
				     "lengths left open and nothing else; have it signed again with another program" },
	[FLAW_TRAILING] = { "cms-format", "there are bytes behind the signature, where only zeros may be; something was put there" },
	[FLAW_SIGNERS] = { "cms-signers", "the signature has several signers in one, or none; each person signs in a signature of his own" },
	[FLAW_CONTENT] = { "cms-format", "the signature carries content of its own instead of being over the document" },
	[FLAW_HASH] = { "cms-hash", "the signature is made with algorithms that are not safe (SHA-1, MD5) or do not go together" },
	[FLAW_ATTRIBUTE] = { "cms-attribute", "the signature lacks attributes that must be signed along, or has others that nobody signed" },
	[FLAW_NO_CERT] = { "cms-certificate", "the signer's certificate is not in the signature" },
	[FLAW_DIGEST] = { "cms-digest", "the document was changed after it was signed" },
	[FLAW_SIGNATURE] = { "cms-signature", "the signature was not made by the key of its certificate, or was changed" },
	[FLAW_CERT] = { "cms-certificate", "the certificate is not the one that was signed along; it was exchanged" },
	[FLAW_STRAY] = { "cms-certificate", "a certificate in the signature is signed by none that is known here; it was changed or put there" },
};

static const char *const stamp_flaws[FLAWS] = {
	[FLAW_FORMAT] = "the timestamp is none in the form of RFC 3161",
	[FLAW_BER] = "the timestamp is written in a form in which bytes may hide: expected DER",
	[FLAW_TRAILING] = "there are bytes behind the timestamp, where only zeros may be; something was put there",
	[FLAW_SIGNERS] = "the timestamp has several signers in one, or none",
	[FLAW_CONTENT] = "the timestamp has other content than a time",
	[FLAW_HASH] = "the timestamp is made with algorithms that are not safe (SHA-1, MD5) or do not go together",
	[FLAW_ATTRIBUTE] = "the timestamp lacks attributes that must be signed along",
	[FLAW_NO_CERT] = "the certificate of the service is not in the timestamp",
	[FLAW_DIGEST] = "the timestamp was changed after it was made",
	[FLAW_SIGNATURE] = "the timestamp was not made by the key of its certificate, or was changed",
	[FLAW_CERT] = "the certificate of the timestamp is not the one that was signed along; it was exchanged",
	[FLAW_STRAY] = "a certificate in the timestamp is signed by none that is known here; it was changed or put there",
	[FLAW_TOKEN] = "the timestamp has no readable time",
	[FLAW_IMPRINT] = "the timestamp is of something else, not of this",
};

static bool tell_flaw(enum flaw flaw, struct origin at, struct diags *d)
{
	return diag_error(d, at, signature_flaws[flaw].rule, "%s", diag_say(d, signature_flaws[flaw].message));
}

static struct party_question ask(const struct check *c)
{
	return (struct party_question){
		.pool = c->pool,
		.trust = c->trust,
		.proofs = &c->proofs,
		.now = c->policy->at,
		.revocation_required = c->policy->revocation_required,
	};
}

static void begin(struct check *c, const struct evidence *evidence, const struct signed_data *s)
{
	static const struct evidence none = { 0 };

	if (!evidence)
		evidence = &none;
	c->pool = pool_new(s->cert, &evidence->cert);
	proofs_add_evidence(&c->proofs, evidence);
	proofs_add_crls(&c->proofs, s->crl, true);
	proofs_add_crls(&c->proofs, c->trust->crl, false);
}

static void end(struct check *c)
{
	sk_X509_pop_free(c->pool, X509_free);
	proofs_close(&c->proofs);
}

static bool tell_signer(const struct check *c, enum flaw flaw, const struct cms_party *p, const char *why)
{
	const char *at = moment_text(p->judged_at, c->arena);

	switch ((int)flaw) {
	case FLAW_NONE:
		if (p->revocation == REVOCATION_UNKNOWN)
			diag_warning(c->diags, c->at, "revocation",
				"whether the certificate of '%s' was revoked by %s is not known; give its CRL (--crl)", p->name, at);
		return true;
	case FLAW_EXPIRED:
		return diag_error(c->diags, c->at, "cert-time",
			"the certificate of '%s', or one above it, was not valid at %s; it is valid from %s to %s", p->name, at,
			moment_text(p->not_before, c->arena), moment_text(p->not_after, c->arena));
	case FLAW_USAGE:
		return diag_error(c->diags, c->at, "cert-usage", "the certificate of '%s' was not issued for signatures: %s", p->name, why);
	case FLAW_REVOKED:
		return diag_error(c->diags, c->at, "revoked", "the certificate of '%s', or one above it, was revoked at %s, before %s",
			p->name, moment_text(p->revoked_at, c->arena), at);
	case FLAW_UNKNOWN:
		return diag_error(c->diags, c->at, "revocation",
			"whether the certificate of '%s' was revoked by %s is not known, and that is required; give its CRL (--crl)",
			p->name, at);
	default:
		return diag_error(c->diags, c->at, "chain",
			"the certificate of '%s', issued by '%s', leads to none of those that are trusted (--trust): %s", p->name,
			p->issuer, why);
	}
}

static bool tell_stamp(const struct check *c, enum flaw flaw, const struct stamp *s)
{
	const struct cms_party *p = &s->seen.tsa;

	if (stamp_flaws[flaw])
		return diag_error(c->diags, c->at, "timestamp", "%s", diag_say(c->diags, stamp_flaws[flaw]));
	switch ((int)flaw) {
	case FLAW_NONE:
		if (p->revocation == REVOCATION_UNKNOWN)
			diag_warning(c->diags, c->at, "revocation",
				"whether the certificate of the timestamp service '%s' was revoked is not known; give its CRL (--crl)",
				p->name);
		return true;
	case FLAW_FUTURE:
		return diag_error(c->diags, c->at, "timestamp", "the timestamp says %s, which is after %s", moment_text(s->seen.time, c->arena),
			moment_text(c->policy->at, c->arena));
	case FLAW_EXPIRED:
		return diag_error(c->diags, c->at, "timestamp",
			"the certificate of the timestamp service '%s' is valid from %s to %s, not at %s; only a document timestamp made "
			"before its end (level lta) keeps a timestamp longer",
			p->name, moment_text(p->not_before, c->arena), moment_text(p->not_after, c->arena), moment_text(p->judged_at, c->arena));
	case FLAW_USAGE:
		return diag_error(c->diags, c->at, "timestamp", "the certificate of '%s' was not issued for timestamps: %s", p->name, s->why);
	case FLAW_REVOKED:
		return diag_error(c->diags, c->at, "timestamp", "the certificate of the timestamp service '%s' was revoked at %s", p->name,
			moment_text(p->revoked_at, c->arena));
	case FLAW_UNKNOWN:
		return diag_error(c->diags, c->at, "revocation",
			"whether the certificate of the timestamp service '%s' was revoked is not known, and that is required; give "
			"its CRL (--crl)",
			p->name);
	default:
		return diag_error(c->diags, c->at, "timestamp",
			"the certificate of the timestamp service '%s' leads to none of those that are trusted (--trust): %s", p->name,
			s->why);
	}
}

/* First whether the service is trusted, as that says more. */
static enum flaw judge_stamp(const struct check *c, struct stamp *s)
{
	enum flaw flaw = stamp_judge(s, ask(c), c->arena);

	if (!flaw && !stamp_explained(s, c->pool, c->trust))
		flaw = FLAW_STRAY;
	s->seen.ok = !flaw;
	return flaw;
}

static bool check_stamp(const struct check *c, struct bytes token, struct bytes over, struct cms_timestamp *seen, bool *archived)
{
	struct stamp s;
	enum flaw flaw = stamp_open(token, false, c->arena, &s);
	bool ok;

	if (!flaw)
		flaw = stamp_over(&s, &over, 1);
	if (!flaw)
		flaw = judge_stamp(c, &s);
	ok = tell_stamp(c, flaw, &s);
	*seen = s.seen;
	*archived = s.archived;
	stamp_close(&s);
	return ok;
}

/* The token of a timestamp attribute; false for other attributes, which nobody signed. */
static bool stamp_token(X509_ATTRIBUTE *attribute, struct bytes *token)
{
	ASN1_STRING *der;

	if (OBJ_obj2nid(X509_ATTRIBUTE_get0_object(attribute)) != NID_id_smime_aa_timeStampToken || X509_ATTRIBUTE_count(attribute) != 1)
		return false;
	der = X509_ATTRIBUTE_get0_data(attribute, 0, V_ASN1_SEQUENCE, NULL);
	if (!der)
		return false;
	*token = (struct bytes){ (const char *)ASN1_STRING_get0_data(der), (size_t)ASN1_STRING_length(der) };
	return true;
}

/* All of them have to hold: an attacker can take one away, but must not be able to change one unseen. */
static bool check_stamps(const struct check *c, const struct signed_data *s, struct cms_result *r, bool *archived)
{
	int n = CMS_unsigned_get_attr_count(s->si);
	bool ok = true;

	*archived = false;
	for (int i = 0; i < n; i++) {
		struct cms_timestamp seen;
		struct bytes token;
		bool complete = false;

		if (i == STAMPS_MAX || !stamp_token(CMS_unsigned_get_attr(s->si, i), &token))
			return tell_flaw(FLAW_ATTRIBUTE, c->at, c->diags);
		ok &= check_stamp(c, token, signed_signature(s), &seen, &complete);
		if (!r->timestamp.present || (seen.ok && !r->timestamp.ok)) {
			r->timestamp = seen;
			*archived = complete;
		}
	}
	return ok;
}

static bool check_signer(const struct check *c, const struct signed_data *s, struct cms_result *r, bool *archived)
{
	struct party_question q = ask(c);
	const char *why;
	enum flaw flaw;

	q.leaf = s->signer;
	q.use = CHAIN_SIGNER;
	q.at = r->timestamp.ok ? r->timestamp.time : c->policy->at;
	flaw = party_judge(&q, c->arena, &r->signer, &why, archived);
	if (!flaw && !pool_explains(s->cert, c->pool, c->trust->anchor))
		return tell_flaw(FLAW_STRAY, c->at, c->diags);
	return tell_signer(c, flaw, &r->signer, why);
}

static void check_baseline(const struct check *c, const struct signed_data *s, struct cms_result *r)
{
	r->below = signed_below(s);
	r->baseline = !r->below;
	if (r->below)
		diag_warning(c->diags, c->at, "baseline",
			"the signature holds for what was signed, but is not as PAdES asks for, as archives may require: %s",
			below_text(r->below, c->diags));
}

/* Where nobody signed which certificate it is, another one with the same key and another name could stand in its place. */
static bool check_named(const struct check *c, const struct signed_data *s)
{
	if (signed_names_cert(s))
		return true;
	if (c->policy->cades)
		return diag_error(c->diags, c->at, "cms-certificate",
			"the signature does not say which certificate was signed along, though it claims to be one of CAdES; another one may have "
			"been put in its place: have it signed again with another program");
	diag_warning(c->diags, c->at, "cms-certificate",
		"the signer's certificate was not signed along, so that his name could be exchanged for another one of the same key");
	return true;
}

static bool check_all(struct check *c, const struct signed_data *s, const struct evidence *evidence, struct cms_result *r)
{
	bool signer_archived;
	bool stamp_archived;

	begin(c, evidence, s);
	check_baseline(c, s, r);
	r->ok = check_stamps(c, s, r, &stamp_archived);
	r->ok &= check_signer(c, s, r, &signer_archived);
	r->ok &= check_named(c, s);
	r->archived = r->ok && signer_archived && (!r->timestamp.present || stamp_archived);
	end(c);
	return r->ok;
}

bool cms_verify(struct bytes contents, const struct bytes *slice, size_t n_slice, const struct trust *trust,
	const struct evidence *evidence, const struct cms_policy *policy, struct origin at, struct arena *a, struct cms_result *r,
	struct diags *d)
{
	struct check c = { .trust = trust, .policy = policy, .at = at, .arena = a, .diags = d };
	struct signed_data s;
	enum flaw flaw = signed_open(contents, true, NID_pkcs7_data, &s);
	bool ok;

	*r = (struct cms_result){ 0 };
	if (!flaw && s.signer) {
		r->signer.name = cert_name(s.signer, a);
		r->signer.issuer = name_text(X509_get_issuer_name(s.signer), a);
		r->signer.sha256 = cert_sha256(s.signer, a);
	}
	if (!flaw)
		flaw = signed_check(&s, NID_pkcs7_data, slice, n_slice);
	r->integrity = !flaw;
	ok = flaw ? tell_flaw(flaw, at, d) : check_all(&c, &s, evidence, r);
	signed_close(&s);
	return ok;
}

bool timestamp_verify(struct bytes contents, const struct bytes *slice, size_t n_slice, const struct trust *trust,
	const struct evidence *evidence, const struct cms_policy *policy, struct origin at, struct arena *a,
	struct cms_timestamp *seen, struct diags *d)
{
	struct check c = { .trust = trust, .policy = policy, .at = at, .arena = a, .diags = d };
	struct stamp s;
	enum flaw flaw = stamp_open(contents, true, a, &s);
	bool ok;

	if (!flaw)
		flaw = stamp_over(&s, slice, n_slice);
	if (!flaw) {
		begin(&c, evidence, &s.data);
		flaw = judge_stamp(&c, &s);
		end(&c);
	}
	ok = tell_stamp(&c, flaw, &s);
	*seen = s.seen;
	stamp_close(&s);
	return ok;
}

const char *below_text(enum below below, const struct diags *d)
{
	static const char *const text[] = {
		[BELOW_TIME] = "it states a time of its own (signing-time)",
		[BELOW_CAPABILITIES] = "it has attributes that are meant for mails (S/MIME capabilities)",
		[BELOW_CERTIFICATE] = "its certificate is not signed along (signing-certificate-v2)",
		[BELOW_FORM] = "it is not written in DER",
	};

	return below ? diag_say(d, text[below]) : NULL;
}

const char *chain_status_name(enum chain_status status)
{
	static const char *const name[] = { "unknown", "good", "untrusted", "expired", "usage" };

	return name[status];
}

const char *revocation_status_name(enum revocation_status status)
{
	static const char *const name[] = { "unknown", "good", "revoked" };

	return name[status];
}
