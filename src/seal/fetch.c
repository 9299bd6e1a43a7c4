#include "seal/fetch.h"
#include "seal/cert.h"
#include "seal/http.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <string.h>

static const char *address(const GENERAL_NAME *name, struct arena *a)
{
	const char *text;

	if (name->type != GEN_URI)
		return NULL;
	text = asn1_text(name->d.uniformResourceIdentifier, a);
	return !strncmp(text, "http://", 7) || !strncmp(text, "https://", 8) ? text : NULL;
}

const char *ocsp_address(X509 *cert, struct arena *a)
{
	AUTHORITY_INFO_ACCESS *all = X509_get_ext_d2i(cert, NID_info_access, NULL, NULL);
	const char *found = NULL;

	for (int i = 0; !found && i < sk_ACCESS_DESCRIPTION_num(all); i++) {
		ACCESS_DESCRIPTION *one = sk_ACCESS_DESCRIPTION_value(all, i);

		if (OBJ_obj2nid(one->method) == NID_ad_OCSP)
			found = address(one->location, a);
	}
	AUTHORITY_INFO_ACCESS_free(all);
	ERR_clear_error();
	return found;
}

const char *crl_address(X509 *cert, struct arena *a)
{
	CRL_DIST_POINTS *points = X509_get_ext_d2i(cert, NID_crl_distribution_points, NULL, NULL);
	const char *found = NULL;

	for (int i = 0; i < sk_DIST_POINT_num(points); i++) {
		DIST_POINT_NAME *name = sk_DIST_POINT_value(points, i)->distpoint;

		for (int j = 0; !found && name && name->type == 0 && j < sk_GENERAL_NAME_num(name->name.fullname); j++)
			found = address(sk_GENERAL_NAME_value(name->name.fullname, j), a);
	}
	CRL_DIST_POINTS_free(points);
	ERR_clear_error();
	return found;
}

/* id and request: of the same question; both are freed with request. */
static OCSP_REQUEST *make_request(const struct question *q)
{
	OCSP_REQUEST *request = OCSP_REQUEST_new();
	OCSP_CERTID *id = OCSP_cert_to_id(EVP_sha1(), q->cert, q->issuer); /* names the certificate; the only hash all know */

	if (request && id && OCSP_request_add0_id(request, id) && OCSP_request_add1_nonce(request, NULL, -1))
		return request;
	OCSP_REQUEST_free(request);
	return NULL;
}

static bool ask(const struct fetch *f, const char *url, OCSP_REQUEST *request, struct bytes *answer)
{
	unsigned char *der = NULL;
	int n = i2d_OCSP_REQUEST(request, &der);
	struct http_request http = { url, "application/ocsp-request", { (char *)der, n > 0 ? (size_t)n : 0 }, EVIDENCE_OCSP_MAX,
		f->seconds };
	bool ok = n > 0 && http_ask(&http, f->arena, answer, f->diags);

	OPENSSL_free(der);
	return ok;
}

/* An answer without a nonce is one made in advance, which responders may give; one with another nonce is an old one. */
static bool nonce_fits(OCSP_REQUEST *request, OCSP_BASICRESP *basic)
{
	return OCSP_check_nonce(request, basic) != 0;
}

static bool judge(const struct fetch *f, const char *url, OCSP_REQUEST *request, struct bytes answer, const struct question *q,
	struct standing *s)
{
	struct origin at = { .file = url };
	OCSP_BASICRESP *basic = ocsp_read(answer);
	bool ok = true;

	if (!basic)
		ok = diag_error(f->diags, at, "revocation-answer", "this service sends no OCSP answer about '%s'",
			cert_name(q->cert, f->arena));
	else if (!nonce_fits(request, basic))
		ok = diag_error(f->diags, at, "revocation-answer", "this service answers another question (nonce); the answer is an old one");
	else if (!ocsp_judge(basic, q, s))
		ok = diag_error(f->diags, at, "revocation-answer",
			"the answer of this service about '%s' proves nothing: it is not signed by the issuer, of another certificate, "
			"or not of this time",
			cert_name(q->cert, f->arena));
	OCSP_BASICRESP_free(basic);
	ERR_clear_error();
	return ok;
}

bool fetch_ocsp(const struct fetch *f, const char *url, const struct question *q, struct der_list *list, struct standing *s)
{
	OCSP_REQUEST *request = make_request(q);
	struct bytes answer;
	bool ok;

	if (!request)
		return diag_fault(f->diags, (struct origin){ .file = url }, "service", "the question to this service cannot be made");
	ok = ask(f, url, request, &answer) && judge(f, url, request, answer, q, s);
	if (ok)
		der_list_add(list, answer, f->arena);
	OCSP_REQUEST_free(request);
	return ok;
}

bool fetch_crl(const struct fetch *f, const char *url, const struct question *q, struct der_list *list, struct standing *s)
{
	struct origin at = { .file = url };
	struct http_request http = { .url = url, .max = EVIDENCE_CRL_MAX, .seconds = f->seconds };
	struct bytes answer;
	X509_CRL *crl;
	bool ok = true;

	if (!http_ask(&http, f->arena, &answer, f->diags))
		return false;
	crl = crl_read(answer);
	if (!crl)
		ok = diag_error(f->diags, at, "revocation-answer", "this service sends no CRL in DER");
	else if (!crl_judge(crl, q, s))
		ok = diag_error(f->diags, at, "revocation-answer",
			"the CRL of this service proves nothing about '%s': it is not signed by the issuer, or not of this time",
			cert_name(q->cert, f->arena));
	else
		der_list_add(list, answer, f->arena);
	X509_CRL_free(crl);
	return ok;
}
