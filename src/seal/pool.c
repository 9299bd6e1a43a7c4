#include "seal/pool.h"
#include "seal/cert.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>

enum { TRIES_MAX = 8 }; /* issuers of the right name for one certificate */

STACK_OF(X509) *pool_new(STACK_OF(X509) *certs, const struct der_list *list)
{
	STACK_OF(X509) *pool = certs ? X509_chain_up_ref(certs) : sk_X509_new_null();

	for (size_t i = 0; pool && i < list->n && i < EVIDENCE_MAX; i++) {
		X509 *cert = list->der[i].n <= EVIDENCE_CERT_MAX ? cert_read(list->der[i]) : NULL;

		if (cert && !sk_X509_push(pool, cert))
			X509_free(cert);
	}
	return pool;
}

static bool signed_by_one(X509 *cert, STACK_OF(X509) *pool)
{
	int tries = 0;

	for (int i = 0; i < sk_X509_num(pool) && tries < TRIES_MAX; i++) {
		X509 *issuer = sk_X509_value(pool, i);

		if (!X509_cmp(cert, issuer) && !(X509_get_extension_flags(cert) & EXFLAG_SI))
			continue;
		if (X509_check_issued(issuer, cert) != X509_V_OK)
			continue;
		tries++;
		if (X509_verify(cert, X509_get0_pubkey(issuer)) == 1)
			return true;
	}
	return false;
}

static bool is_in(X509 *cert, STACK_OF(X509) *list)
{
	for (int i = 0; i < sk_X509_num(list); i++)
		if (!X509_cmp(cert, sk_X509_value(list, i)))
			return true;
	return false;
}

bool pool_explains(STACK_OF(X509) *certs, STACK_OF(X509) *pool, STACK_OF(X509) *anchors)
{
	bool all = true;

	for (int i = 0; all && i < sk_X509_num(certs); i++) {
		X509 *cert = sk_X509_value(certs, i);

		all = is_in(cert, anchors) || signed_by_one(cert, anchors) || signed_by_one(cert, pool);
	}
	ERR_clear_error();
	return all;
}
