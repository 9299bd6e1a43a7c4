/* Whether what a DSS holds is what somebody signed. Nothing of it is needed for the signature itself, but bytes that were changed
 * there must not pass unseen. */
#include "seal/cert.h"
#include "seal/pool.h"
#include "seal/revoked.h"
#include "seal/truststore.h"
#include "seal/verify.h"

#include <openssl/err.h>

enum { TRIES_MAX = 8 };

static bool certs_hold(const struct evidence *e, STACK_OF(X509) *pool, const struct trust *trust, struct origin at, struct diags *d)
{
	bool ok = true;

	for (size_t i = 0; i < e->cert.n && i < EVIDENCE_MAX; i++) {
		X509 *cert = e->cert.der[i].n <= EVIDENCE_CERT_MAX ? cert_read(e->cert.der[i]) : NULL;
		STACK_OF(X509) *one = sk_X509_new_null();

		if (!cert || !one || !sk_X509_push(one, cert) || !pool_explains(one, pool, trust->anchor))
			ok = diag_error(d, at, "evidence",
				"certificate %zu in the DSS was changed, or is signed by none that is known here", i + 1);
		sk_X509_free(one);
		X509_free(cert);
	}
	return ok;
}

static bool crl_holds(X509_CRL *crl, STACK_OF(X509) *issuers)
{
	int tries = 0;

	for (int i = 0; i < sk_X509_num(issuers) && tries < TRIES_MAX; i++) {
		X509 *issuer = sk_X509_value(issuers, i);

		if (X509_NAME_cmp(X509_CRL_get_issuer(crl), X509_get_subject_name(issuer)))
			continue;
		tries++;
		if (X509_CRL_verify(crl, X509_get0_pubkey(issuer)) == 1)
			return true;
	}
	return false;
}

static bool crls_hold(const struct evidence *e, STACK_OF(X509) *issuers, struct origin at, struct diags *d)
{
	bool ok = true;

	for (size_t i = 0; i < e->crl.n && i < EVIDENCE_MAX; i++) {
		X509_CRL *crl = e->crl.der[i].n <= EVIDENCE_CRL_MAX ? crl_read(e->crl.der[i]) : NULL;

		if (!crl || !crl_holds(crl, issuers))
			ok = diag_error(d, at, "evidence", "CRL %zu in the DSS was changed, or is signed by none that is known here", i + 1);
		X509_CRL_free(crl);
	}
	return ok;
}

/* The certificates in an answer are not signed along with it. */
static bool ocsp_holds(OCSP_BASICRESP *ocsp, STACK_OF(X509) *issuers, STACK_OF(X509) *anchors)
{
	if (!pool_explains((STACK_OF(X509) *)OCSP_resp_get0_certs(ocsp), issuers, anchors))
		return false;
	for (int i = 0; i < sk_X509_num(issuers); i++)
		if (ocsp_is_signed(ocsp, sk_X509_value(issuers, i)))
			return true;
	return false;
}

static bool ocsps_hold(const struct evidence *e, STACK_OF(X509) *issuers, const struct trust *trust, struct origin at, struct diags *d)
{
	bool ok = true;

	for (size_t i = 0; i < e->ocsp.n && i < EVIDENCE_MAX; i++) {
		OCSP_BASICRESP *ocsp = ocsp_read(e->ocsp.der[i]);

		if (!ocsp || !ocsp_holds(ocsp, issuers, trust->anchor))
			ok = diag_error(d, at, "evidence",
				"OCSP answer %zu in the DSS was changed, or is signed by none that is known here", i + 1);
		OCSP_BASICRESP_free(ocsp);
	}
	return ok;
}

bool evidence_check(const struct evidence *e, const struct trust *trust, struct origin at, struct diags *d)
{
	STACK_OF(X509) *pool = pool_new(trust->anchor, &e->cert);
	bool ok = certs_hold(e, pool, trust, at, d);

	ok &= crls_hold(e, pool, at, d);
	ok &= ocsps_hold(e, pool, trust, at, d);
	sk_X509_pop_free(pool, X509_free);
	ERR_clear_error();
	return ok;
}
