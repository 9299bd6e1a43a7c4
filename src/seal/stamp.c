#include "seal/stamp.h"
#include "seal/cert.h"
#include "seal/pool.h"
#include "seal/slices.h"

#include <openssl/err.h>
#include <string.h>

enum { OID_TEXT_MAX = 128 };

static const char *oid_text(const ASN1_OBJECT *oid, struct arena *a)
{
	char text[OID_TEXT_MAX] = "";

	if (oid)
		OBJ_obj2txt(text, sizeof text, oid, 1);
	return arena_text(a, text);
}

static enum flaw read_info(struct arena *a, struct stamp *s)
{
	struct bytes content = signed_content(&s->data);
	const unsigned char *p = (const unsigned char *)content.data;

	s->info = content.n ? d2i_TS_TST_INFO(NULL, &p, (long)content.n) : NULL;
	if (!s->info || p != (const unsigned char *)content.data + content.n || TS_TST_INFO_get_version(s->info) != 1 ||
		!asn1_seconds(TS_TST_INFO_get_time(s->info), &s->seen.time))
		return FLAW_TOKEN;
	s->seen.policy = oid_text(TS_TST_INFO_get_policy_id(s->info), a);
	return FLAW_NONE;
}

enum flaw stamp_open(struct bytes token, bool padding, struct arena *a, struct stamp *s)
{
	struct bytes content;
	enum flaw flaw;

	*s = (struct stamp){ .seen.present = true, .why = "" };
	flaw = signed_open(token, padding, NID_id_smime_ct_TSTInfo, &s->data);
	if (flaw)
		return flaw;
	if (s->data.signer)
		s->seen.tsa.name = cert_name(s->data.signer, a);
	flaw = read_info(a, s);
	content = signed_content(&s->data);
	if (!flaw)
		flaw = signed_check(&s->data, NID_id_smime_ct_TSTInfo, &content, 1);
	ERR_clear_error();
	return flaw;
}

void stamp_close(struct stamp *s)
{
	TS_TST_INFO_free(s->info);
	s->info = NULL;
	signed_close(&s->data);
}

enum flaw stamp_over(const struct stamp *s, const struct bytes *slice, size_t n_slice)
{
	TS_MSG_IMPRINT *imprint = TS_TST_INFO_get_msg_imprint(s->info);
	X509_ALGOR *algorithm = TS_MSG_IMPRINT_get_algo(imprint);
	ASN1_OCTET_STRING *said = TS_MSG_IMPRINT_get_msg(imprint);
	unsigned char digest[EVP_MAX_MD_SIZE];
	const ASN1_OBJECT *oid;
	const EVP_MD *md;
	unsigned n;
	int nid;

	X509_ALGOR_get0(&oid, NULL, NULL, algorithm);
	nid = OBJ_obj2nid(oid);
	md = nid == NID_sha256 || nid == NID_sha384 || nid == NID_sha512 ? EVP_get_digestbynid(nid) : NULL;
	if (!md)
		return FLAW_HASH;
	return slices_digest(slice, n_slice, md, digest, &n) && (unsigned)ASN1_STRING_length(said) == n &&
			!memcmp(ASN1_STRING_get0_data(said), digest, n)
		? FLAW_NONE
		: FLAW_IMPRINT;
}

/* The token's own certificates lead up too. */
static STACK_OF(X509) *joined(STACK_OF(X509) *a, STACK_OF(X509) *b)
{
	STACK_OF(X509) *both = a ? sk_X509_dup(a) : sk_X509_new_null();

	for (int i = 0; both && i < sk_X509_num(b); i++)
		if (!sk_X509_push(both, sk_X509_value(b, i)))
			break;
	return both;
}

enum flaw stamp_judge(struct stamp *s, struct party_question q, struct arena *a)
{
	enum flaw flaw;

	if (s->seen.time > q.now + CLOCK_SKEW)
		return FLAW_FUTURE;
	q.leaf = s->data.signer;
	q.use = CHAIN_TIMESTAMP;
	q.at = q.now > s->seen.time ? q.now : s->seen.time;
	q.stamped = s->seen.time;
	q.pool = joined(s->data.cert, q.pool);
	flaw = party_judge(&q, a, &s->seen.tsa, &s->why, &s->archived);
	sk_X509_free(q.pool);
	s->seen.ok = !flaw;
	return flaw;
}

bool stamp_explained(const struct stamp *s, STACK_OF(X509) *pool, const struct trust *trust)
{
	STACK_OF(X509) *known = joined(s->data.cert, pool);
	bool explained = pool_explains(s->data.cert, known, trust->anchor);

	sk_X509_free(known);
	return explained;
}
