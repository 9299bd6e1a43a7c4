#include "seal/tsa.h"
#include "seal/cert.h"
#include "seal/der.h"
#include "seal/http.h"
#include "seal/slices.h"
#include "seal/stamp.h"

#include <openssl/err.h>
#include <openssl/rand.h>
#include <openssl/ts.h>
#include <string.h>

enum { ANSWER_MORE = 4 << 10, NONCE_BYTES = 8, FLAWS = FLAW_UNKNOWN + 1 };

static const struct {
	const char *rule;
	const char *message;
} flaws[FLAWS] = {
	[FLAW_FORMAT] = { "tsa-answer", "this service sends no timestamp of RFC 3161; is the address right?" },
	[FLAW_BER] = { "tsa-answer", "the timestamp of this service is written in a form in which bytes may hide: expected DER; use another" },
	[FLAW_TRAILING] = { "tsa-answer", "this service sends bytes behind its timestamp" },
	[FLAW_SIGNERS] = { "tsa-answer", "the timestamp of this service has several signers in one, or none" },
	[FLAW_CONTENT] = { "tsa-answer", "what this service sends has other content than a time" },
	[FLAW_HASH] = { "tsa-hash", "this service stamps with algorithms that are not safe (SHA-1, MD5) or do not go together; use another" },
	[FLAW_ATTRIBUTE] = { "tsa-answer", "the timestamp of this service lacks attributes that must be signed along" },
	[FLAW_NO_CERT] = { "tsa-signature", "this service does not send its certificate along, though it was asked to" },
	[FLAW_DIGEST] = { "tsa-signature", "the timestamp of this service was changed after it was made" },
	[FLAW_SIGNATURE] = { "tsa-signature", "the timestamp of this service was not made by the key of its certificate" },
	[FLAW_CERT] = { "tsa-signature", "the timestamp of this service is of another certificate than the one that it sends" },
	[FLAW_TOKEN] = { "tsa-answer", "the timestamp of this service has no readable time" },
	[FLAW_IMPRINT] = { "tsa-hash", "this service stamped something else than it was asked to; do not use it" },
	[FLAW_FUTURE] = { "tsa-time", "the timestamp of this service has a time that cannot be" },
	[FLAW_EXPIRED] = { "tsa-chain", "the certificate of this timestamp service, or one above it, is not valid at the time stamped" },
	[FLAW_USAGE] = { "tsa-usage", "the certificate of this service was not issued for timestamps alone (extended key usage timeStamping, critical)" },
	[FLAW_REVOKED] = { "tsa-chain", "the certificate of this timestamp service was revoked" },
};

static bool tell_flaw(enum flaw flaw, struct origin at, struct diags *d)
{
	return diag_error(d, at, flaws[flaw].rule, "%s", diag_say(d, flaws[flaw].message));
}

static bool set_imprint(TS_REQ *request, const unsigned char *digest, unsigned n)
{
	TS_MSG_IMPRINT *imprint = TS_MSG_IMPRINT_new();
	X509_ALGOR *algorithm = X509_ALGOR_new();
	bool ok = imprint && algorithm && X509_ALGOR_set0(algorithm, OBJ_nid2obj(NID_sha256), V_ASN1_NULL, NULL) &&
		TS_MSG_IMPRINT_set_algo(imprint, algorithm) && TS_MSG_IMPRINT_set_msg(imprint, (unsigned char *)digest, (int)n) &&
		TS_REQ_set_msg_imprint(request, imprint);

	X509_ALGOR_free(algorithm);
	TS_MSG_IMPRINT_free(imprint);
	return ok;
}

static bool set_nonce(TS_REQ *request)
{
	unsigned char bytes[NONCE_BYTES];
	uint64_t number = 0;
	ASN1_INTEGER *nonce = ASN1_INTEGER_new();
	bool ok = nonce && RAND_bytes(bytes, sizeof bytes) == 1;

	for (size_t i = 0; i < sizeof bytes; i++)
		number = number << 8 | bytes[i];
	ok = ok && ASN1_INTEGER_set_uint64(nonce, number) && TS_REQ_set_nonce(request, nonce);
	ASN1_INTEGER_free(nonce);
	return ok;
}

static bool set_policy(TS_REQ *request, const char *policy)
{
	ASN1_OBJECT *oid = OBJ_txt2obj(policy, 1);
	bool ok = oid && TS_REQ_set_policy_id(request, oid);

	ASN1_OBJECT_free(oid);
	return ok;
}

static bool make_request(const struct tsa *tsa, const struct bytes *slice, size_t n_slice, TS_REQ *request, struct diags *d)
{
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned n;

	if (tsa->policy && !set_policy(request, tsa->policy)) {
		ERR_clear_error();
		return diag_error(d, (struct origin){ 0 }, "tsa-policy", "'%s' is no policy of timestamps; write it as 1.2.3.4",
			tsa->policy);
	}
	if (slices_digest(slice, n_slice, EVP_sha256(), digest, &n) && TS_REQ_set_version(request, 1) &&
		set_imprint(request, digest, n) && set_nonce(request) && TS_REQ_set_cert_req(request, 1))
		return true;
	return diag_fault(d, (struct origin){ .file = tsa->url }, "service", "the question to this service cannot be made");
}

static bool send_request(const struct tsa *tsa, TS_REQ *request, struct arena *a, struct bytes *answer, struct diags *d)
{
	unsigned char *der = NULL;
	int n = i2d_TS_REQ(request, &der);
	struct http_request http = {
		.url = tsa->url,
		.type = "application/timestamp-query",
		.body = { (char *)der, n > 0 ? (size_t)n : 0 },
		.max = TSA_TOKEN_ROOM + ANSWER_MORE,
		.seconds = tsa->seconds ? tsa->seconds : TSA_SECONDS_DEFAULT,
	};
	bool ok = n > 0 ? http_ask(&http, a, answer, d)
			: diag_fault(d, (struct origin){ .file = tsa->url }, "service", "the question to this service cannot be made");

	OPENSSL_free(der);
	return ok;
}

/* TimeStampResp ::= status, token; only a status of granted, with or without changes, has a token. */
static bool take_token(struct bytes answer, struct origin at, struct arena *a, struct bytes *token, struct diags *d)
{
	struct der rest = { (const unsigned char *)answer.data, answer.n };
	const unsigned char *start;
	TS_STATUS_INFO *status;
	const char *said = "";
	struct der in;
	struct der of_token;
	long code;

	if (!der_take(&rest, DER_SEQUENCE, &in) || rest.n)
		return tell_flaw(FLAW_FORMAT, at, d);
	start = in.p;
	status = d2i_TS_STATUS_INFO(NULL, &start, (long)in.n);
	ERR_clear_error();
	if (!status)
		return tell_flaw(FLAW_FORMAT, at, d);
	code = ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(status));
	if (sk_ASN1_UTF8STRING_num(TS_STATUS_INFO_get0_text(status)) > 0)
		said = asn1_text(sk_ASN1_UTF8STRING_value(TS_STATUS_INFO_get0_text(status), 0), a);
	TS_STATUS_INFO_free(status);
	if (code != TS_STATUS_GRANTED && code != TS_STATUS_GRANTED_WITH_MODS)
		return diag_error(d, at, "tsa-refused", "this service refuses to stamp (status %ld): %s", code, said);
	token->data = (const char *)start;
	token->n = (size_t)(in.p + in.n - start);
	in = (struct der){ start, token->n };
	if (!der_take(&in, DER_SEQUENCE, &of_token) || in.n || token->n > TSA_TOKEN_ROOM)
		return tell_flaw(FLAW_FORMAT, at, d);
	return true;
}

static bool check_answer(const struct tsa *tsa, TS_REQ *request, const struct stamp *s, struct origin at, struct arena *tmp,
	struct diags *d)
{
	const ASN1_INTEGER *nonce = TS_TST_INFO_get_nonce(s->info);
	int64_t apart = s->seen.time - tsa->now;

	if (!nonce || ASN1_INTEGER_cmp(nonce, TS_REQ_get_nonce(request)))
		return diag_error(d, at, "tsa-nonce", "this service answers another question (nonce); the answer is an old one");
	if (tsa->policy && OBJ_cmp(TS_TST_INFO_get_policy_id(s->info), TS_REQ_get_policy_id(request)))
		return diag_error(d, at, "tsa-policy", "this service stamps by the policy %s, not %s", s->seen.policy, tsa->policy);
	if (tsa->now && (apart > TSA_CLOCK_MAX || apart < -TSA_CLOCK_MAX))
		return diag_error(d, at, "tsa-time", "this service says that it is %s, the clock of this machine says %s; which is wrong?",
			moment_text(s->seen.time, tmp), moment_text(tsa->now, tmp));
	return true;
}

static bool check_token(const struct tsa *tsa, const struct bytes *slice, size_t n_slice, struct stamp *s, struct bytes token,
	struct origin at, struct arena *tmp, struct diags *d)
{
	struct proofs proofs = { 0 };
	enum flaw flaw = stamp_open(token, false, tmp, s);

	if (!flaw)
		flaw = stamp_over(s, slice, n_slice);
	if (!flaw) {
		proofs_add_crls(&proofs, tsa->trust->crl, false);
		flaw = stamp_judge(s, (struct party_question){ .trust = tsa->trust, .proofs = &proofs, .now = s->seen.time }, tmp);
		proofs_close(&proofs);
	}
	if (flaw == FLAW_UNTRUSTED)
		return diag_error(d, at, "tsa-chain",
			"the certificate of this service, '%s', leads to none of those that are trusted (--trust): %s", s->seen.tsa.name,
			s->why);
	return !flaw || tell_flaw(flaw, at, d);
}

bool tsa_stamp(const struct tsa *tsa, const struct bytes *slice, size_t n_slice, struct arena *a, struct bytes *token,
	int64_t *time, struct diags *d)
{
	struct origin at = { .file = tsa->url };
	TS_REQ *request = TS_REQ_new();
	struct arena tmp = { 0 };
	struct stamp s = { 0 };
	struct bytes answer;
	bool ok = request && make_request(tsa, slice, n_slice, request, d) && send_request(tsa, request, &tmp, &answer, d) &&
		take_token(answer, at, &tmp, token, d) && check_token(tsa, slice, n_slice, &s, *token, at, &tmp, d) &&
		check_answer(tsa, request, &s, at, &tmp, d);

	if (ok) {
		*token = (struct bytes){ arena_slice(a, token->data, token->n), token->n };
		*time = s.seen.time;
	}
	stamp_close(&s);
	TS_REQ_free(request);
	arena_clear(&tmp);
	return ok;
}
