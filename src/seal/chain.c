#include "seal/chain.h"
#include "seal/cert.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>

enum { DEPTH = 12, SECURITY_LEVEL = 2 };

static enum chain_status status_of(int error)
{
	switch (error) {
	case X509_V_OK:
		return CHAIN_GOOD;
	case X509_V_ERR_CERT_HAS_EXPIRED:
	case X509_V_ERR_CERT_NOT_YET_VALID:
		return CHAIN_EXPIRED;
	case X509_V_ERR_INVALID_PURPOSE:
	case X509_V_ERR_INVALID_CA:
	case X509_V_ERR_KEYUSAGE_NO_CERTSIGN:
	case X509_V_ERR_PATH_LENGTH_EXCEEDED:
		return CHAIN_USAGE;
	default:
		return CHAIN_UNTRUSTED;
	}
}

/* OpenSSL's purpose timestampsign demands the extended key usage timeStamping alone, critical, and a fitting keyUsage. For
 * people there is no purpose that fits: cert_may_sign, cert_is_for_documents. */
static bool set_up(X509_STORE_CTX *ctx, int64_t at, enum chain_use use)
{
	X509_VERIFY_PARAM *param = X509_STORE_CTX_get0_param(ctx);

	X509_VERIFY_PARAM_set_time(param, (time_t)at);
	X509_VERIFY_PARAM_set_depth(param, DEPTH);
	X509_VERIFY_PARAM_set_auth_level(param, SECURITY_LEVEL);
	return X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_TRUSTED_FIRST) &&
		X509_VERIFY_PARAM_set_purpose(param, use == CHAIN_TIMESTAMP ? X509_PURPOSE_TIMESTAMP_SIGN : X509_PURPOSE_ANY);
}

void chain_build(const struct trust *trust, X509 *leaf, STACK_OF(X509) *pool, int64_t at, enum chain_use use,
	struct chain *chain)
{
	X509_STORE_CTX *ctx = X509_STORE_CTX_new();
	int error = X509_V_ERR_UNSPECIFIED;

	*chain = (struct chain){ .status = CHAIN_UNTRUSTED, .why = "" };
	if (ctx && X509_STORE_CTX_init(ctx, trust->store, leaf, pool) && set_up(ctx, at, use)) {
		if (X509_verify_cert(ctx) == 1)
			error = X509_V_OK;
		else if (X509_STORE_CTX_get_error(ctx) != X509_V_OK)
			error = X509_STORE_CTX_get_error(ctx);
		chain->cert = X509_STORE_CTX_get1_chain(ctx);
		chain->at = error ? X509_STORE_CTX_get_current_cert(ctx) : NULL;
	}
	chain->status = status_of(error);
	if (chain->at && !X509_up_ref(chain->at))
		chain->at = NULL;
	chain->why = error ? X509_verify_cert_error_string(error) : "";
	if (chain->status == CHAIN_GOOD && use == CHAIN_SIGNER && (!cert_may_sign(leaf) || !cert_is_for_documents(leaf) || cert_is_ca(leaf))) {
		chain->status = CHAIN_USAGE;
		chain->why = X509_verify_cert_error_string(X509_V_ERR_INVALID_PURPOSE);
	}
	X509_STORE_CTX_free(ctx);
	ERR_clear_error();
}

void chain_clear(struct chain *chain)
{
	sk_X509_pop_free(chain->cert, X509_free);
	X509_free(chain->at);
	*chain = (struct chain){ 0 };
}
