#include "seal/revoked.h"
#include "seal/cert.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>

enum { DAY = 24 * 3600 };

/* A time in which an answer is in force. */
struct span {
	int64_t made;
	int64_t next;
	bool has_next;
};

static bool read_span(const ASN1_TIME *made, const ASN1_TIME *next, struct span *s)
{
	s->has_next = next && asn1_seconds(next, &s->next);
	return asn1_seconds(made, &s->made) && (!next || s->has_next);
}

static bool covers(const struct span *s, const struct question *q)
{
	int64_t expires;

	return s->made <= q->now + CLOCK_SKEW && (s->made >= q->at || (s->has_next && s->next >= q->at)) &&
		asn1_seconds(X509_get0_notAfter(q->cert), &expires) && s->made <= expires;
}

static bool strong_signature(const X509_ALGOR *algorithm)
{
	const ASN1_OBJECT *oid = NULL;
	int md = NID_undef;
	int key = NID_undef;
	int nid;

	X509_ALGOR_get0(&oid, NULL, NULL, algorithm);
	nid = OBJ_obj2nid(oid);
	if (nid == NID_rsassaPss)
		md = pss_hash(algorithm);
	else if (!OBJ_find_sigid_algs(nid, &md, &key))
		return false;
	return md == NID_sha256 || md == NID_sha384 || md == NID_sha512 || (md == NID_undef && key != NID_undef);
}

/* Whoever revokes at or before the time is believed, and whoever does it later is told. */
static bool say_revoked(const ASN1_TIME *when, int reason, const struct question *q, struct standing *s)
{
	int64_t at;

	if (!asn1_seconds(when, &at))
		at = q->at;
	*s = (struct standing){ at <= q->at ? REVOCATION_REVOKED : REVOCATION_GOOD, at, reason, false };
	return true;
}

static bool same_point(const DIST_POINT_NAME *said, X509 *cert)
{
	CRL_DIST_POINTS *points = X509_get_ext_d2i(cert, NID_crl_distribution_points, NULL, NULL);
	bool same = false;

	for (int i = 0; said->type == 0 && i < sk_DIST_POINT_num(points); i++) {
		DIST_POINT_NAME *name = sk_DIST_POINT_value(points, i)->distpoint;

		for (int j = 0; name && name->type == 0 && j < sk_GENERAL_NAME_num(name->name.fullname); j++)
			for (int k = 0; k < sk_GENERAL_NAME_num(said->name.fullname); k++)
				same |= !GENERAL_NAME_cmp(sk_GENERAL_NAME_value(name->name.fullname, j),
					sk_GENERAL_NAME_value(said->name.fullname, k));
	}
	CRL_DIST_POINTS_free(points);
	return same;
}

/* A CRL for part of the certificates counts only for that part. */
static bool is_for(X509_CRL *crl, X509 *cert)
{
	int critical;
	ISSUING_DIST_POINT *part = X509_CRL_get_ext_d2i(crl, NID_issuing_distribution_point, &critical, NULL);
	bool ca = cert_is_ca(cert);
	bool fits;

	if (!part)
		return critical == -1; /* not there; else unreadable or twice */
	fits = !part->indirectCRL && !part->onlysomereasons && !part->onlyattr && !(part->onlyuser > 0 && ca) &&
		!(part->onlyCA > 0 && !ca) && (!part->distpoint || same_point(part->distpoint, cert));
	ISSUING_DIST_POINT_free(part);
	return fits;
}

static bool is_understood(X509_CRL *crl)
{
	for (int i = 0; i < X509_CRL_get_ext_count(crl); i++) {
		X509_EXTENSION *extension = X509_CRL_get_ext(crl, i);
		int nid = OBJ_obj2nid(X509_EXTENSION_get_object(extension));

		if (nid == NID_delta_crl ||
			(X509_EXTENSION_get_critical(extension) && nid != NID_issuing_distribution_point &&
				nid != NID_authority_key_identifier))
			return false;
	}
	return true;
}

static bool crl_holds(X509_CRL *crl, const struct question *q)
{
	EVP_PKEY *key = X509_get0_pubkey(q->issuer);
	const X509_ALGOR *algorithm;

	X509_CRL_get0_signature(crl, NULL, &algorithm);
	return !X509_NAME_cmp(X509_CRL_get_issuer(crl), X509_get_subject_name(q->issuer)) &&
		(X509_get_key_usage(q->issuer) & KU_CRL_SIGN) && strong_signature(algorithm) &&
		is_understood(crl) && is_for(crl, q->cert) && key && X509_CRL_verify(crl, key) == 1;
}

static int reason_of(X509_REVOKED *entry)
{
	ASN1_ENUMERATED *code = X509_REVOKED_get_ext_d2i(entry, NID_crl_reason, NULL, NULL);
	int reason = code ? (int)ASN1_ENUMERATED_get(code) : 0;

	ASN1_ENUMERATED_free(code);
	return reason;
}

bool crl_judge(X509_CRL *crl, const struct question *q, struct standing *s)
{
	X509_REVOKED *entry = NULL;
	struct span span;
	bool counts = false;

	*s = (struct standing){ 0 };
	if (read_span(X509_CRL_get0_lastUpdate(crl), X509_CRL_get0_nextUpdate(crl), &span) &&
		span.made <= q->now + CLOCK_SKEW && crl_holds(crl, q)) {
		if (X509_CRL_get0_by_cert(crl, &entry, q->cert) == 1)
			counts = say_revoked(X509_REVOKED_get0_revocationDate(entry), reason_of(entry), q, s);
		else if (covers(&span, q))
			s->status = REVOCATION_GOOD;
	}
	ERR_clear_error();
	return counts || s->status == REVOCATION_GOOD;
}

OCSP_BASICRESP *ocsp_read(struct bytes der)
{
	const unsigned char *p = (const unsigned char *)der.data;
	OCSP_RESPONSE *response = der.n && der.n <= EVIDENCE_OCSP_MAX ? d2i_OCSP_RESPONSE(NULL, &p, (long)der.n) : NULL;
	OCSP_BASICRESP *basic = NULL;

	if (response && p == (const unsigned char *)der.data + der.n &&
		OCSP_response_status(response) == OCSP_RESPONSE_STATUS_SUCCESSFUL)
		basic = OCSP_response_get1_basic(response);
	OCSP_RESPONSE_free(response);
	ERR_clear_error();
	return basic;
}

/* The issuer itself, or one whom it named in a certificate for this alone, valid when the answer was made. */
static bool may_answer(X509 *responder, OCSP_BASICRESP *basic, X509 *issuer)
{
	const X509_ALGOR *algorithm;
	int64_t made;
	int64_t from;
	int64_t to;

	if (!X509_cmp(responder, issuer))
		return true;
	X509_get0_signature(NULL, &algorithm, responder);
	return X509_check_issued(issuer, responder) == X509_V_OK && X509_verify(responder, X509_get0_pubkey(issuer)) == 1 &&
		strong_signature(algorithm) && (X509_get_extension_flags(responder) & EXFLAG_XKUSAGE) &&
		(X509_get_extended_key_usage(responder) & XKU_OCSP_SIGN) && asn1_seconds(OCSP_resp_get0_produced_at(basic), &made) &&
		asn1_seconds(X509_get0_notBefore(responder), &from) && asn1_seconds(X509_get0_notAfter(responder), &to) &&
		made >= from && made <= to;
}

bool ocsp_is_signed(OCSP_BASICRESP *basic, X509 *issuer)
{
	STACK_OF(X509) *known = sk_X509_new_null();
	const X509_ALGOR *algorithm = OCSP_resp_get0_tbs_sigalg(basic);
	X509 *responder = NULL;
	bool holds;

	holds = known && sk_X509_push(known, issuer) && strong_signature(algorithm) &&
		OCSP_resp_get0_signer(basic, &responder, known) == 1 && may_answer(responder, basic, issuer) &&
		OCSP_basic_verify(basic, known, NULL, OCSP_NOVERIFY) == 1;
	sk_X509_free(known);
	return holds;
}

static bool is_about(OCSP_SINGLERESP *single, const struct question *q)
{
	OCSP_CERTID *id = (OCSP_CERTID *)OCSP_SINGLERESP_get0_id(single);
	OCSP_CERTID *ours;
	ASN1_OBJECT *hash = NULL;
	const EVP_MD *md;
	bool same;

	if (!OCSP_id_get0_info(NULL, &hash, NULL, NULL, id))
		return false;
	md = EVP_get_digestbyobj(hash);
	ours = md ? OCSP_cert_to_id(md, q->cert, q->issuer) : NULL;
	same = ours && !OCSP_id_cmp(ours, id);
	OCSP_CERTID_free(ours);
	return same;
}

/* The first answer about the certificate; several would be of no use. */
static OCSP_SINGLERESP *find_single(OCSP_BASICRESP *basic, const struct question *q)
{
	enum { SINGLES_MAX = 64 };

	for (int i = 0; i < OCSP_resp_count(basic) && i < SINGLES_MAX; i++)
		if (is_about(OCSP_resp_get0(basic, i), q))
			return OCSP_resp_get0(basic, i);
	return NULL;
}

bool ocsp_judge(OCSP_BASICRESP *basic, const struct question *q, struct standing *s)
{
	OCSP_SINGLERESP *single = find_single(basic, q);
	ASN1_GENERALIZEDTIME *revoked = NULL;
	ASN1_GENERALIZEDTIME *made = NULL;
	ASN1_GENERALIZEDTIME *next = NULL;
	struct span span;
	bool counts = false;
	int reason = 0;
	int status;

	*s = (struct standing){ 0 };
	if (!single)
		goto out;
	status = OCSP_single_get0_status(single, &reason, &revoked, &made, &next);
	if (!read_span(made, next, &span) || span.made > q->now + CLOCK_SKEW || !ocsp_is_signed(basic, q->issuer))
		goto out;
	if (!span.has_next) { /* "newer information is available all the time" */
		span.has_next = true;
		span.next = span.made + DAY;
	}
	if (status == V_OCSP_CERTSTATUS_REVOKED)
		counts = say_revoked(revoked, reason < 0 ? 0 : reason, q, s);
	else if (status == V_OCSP_CERTSTATUS_GOOD && covers(&span, q))
		s->status = REVOCATION_GOOD;
out:
	ERR_clear_error();
	return counts || s->status == REVOCATION_GOOD;
}

void proofs_add_crls(struct proofs *p, STACK_OF(X509_CRL) *crls, bool archived)
{
	for (int i = 0; i < sk_X509_CRL_num(crls) && i < EVIDENCE_MAX; i++)
		if (X509_CRL_up_ref(sk_X509_CRL_value(crls, i)))
			*ARENA_PUSH(&p->arena, p->proof, p->n_proof, &p->cap) =
				(struct proof){ .crl = sk_X509_CRL_value(crls, i), .archived = archived };
}

void proofs_add_evidence(struct proofs *p, const struct evidence *e)
{
	for (size_t i = 0; i < e->crl.n && i < EVIDENCE_MAX; i++) {
		X509_CRL *crl = e->crl.der[i].n <= EVIDENCE_CRL_MAX ? crl_read(e->crl.der[i]) : NULL;

		if (crl)
			*ARENA_PUSH(&p->arena, p->proof, p->n_proof, &p->cap) = (struct proof){ .crl = crl, .archived = true };
	}
	for (size_t i = 0; i < e->ocsp.n && i < EVIDENCE_MAX; i++) {
		OCSP_BASICRESP *ocsp = ocsp_read(e->ocsp.der[i]);

		if (ocsp)
			*ARENA_PUSH(&p->arena, p->proof, p->n_proof, &p->cap) = (struct proof){ .ocsp = ocsp, .archived = true };
	}
}

void proofs_close(struct proofs *p)
{
	for (size_t i = 0; i < p->n_proof; i++) {
		X509_CRL_free(p->proof[i].crl);
		OCSP_BASICRESP_free(p->proof[i].ocsp);
	}
	arena_clear(&p->arena);
	*p = (struct proofs){ 0 };
}

void proofs_judge(const struct proofs *p, const struct question *q, struct standing *s)
{
	*s = (struct standing){ 0 };
	for (size_t i = 0; i < p->n_proof; i++) {
		const struct proof *proof = &p->proof[i];
		struct standing one;

		if (!(proof->crl ? crl_judge(proof->crl, q, &one) : ocsp_judge(proof->ocsp, q, &one)))
			continue;
		if (one.status == REVOCATION_REVOKED) {
			*s = one;
			return;
		}
		s->archived |= proof->archived;
		s->status = REVOCATION_GOOD;
		if (one.revoked_at && (!s->revoked_at || one.revoked_at < s->revoked_at)) {
			s->revoked_at = one.revoked_at;
			s->reason = one.reason;
		}
	}
}

bool revoked_stamp_counts(const struct standing *s, int64_t stamped)
{
	return s->revoked_at > stamped &&
		(s->reason == OCSP_REVOKED_STATUS_AFFILIATIONCHANGED || s->reason == OCSP_REVOKED_STATUS_SUPERSEDED ||
			s->reason == OCSP_REVOKED_STATUS_CESSATIONOFOPERATION);
}
