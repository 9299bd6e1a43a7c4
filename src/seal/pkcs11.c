/* Keys on tokens, through libp11. The PIN is tried once in a run: three wrong ones lock most tokens. */
#include "seal/cert.h"
#include "seal/keyparts.h"

#include <libp11.h>
#include <openssl/err.h>
#include <stdlib.h>
#include <string.h>

enum { /* return values of PKCS #11 2.40 */
	CKR_PIN_INCORRECT_ = 0xa0,
	CKR_PIN_INVALID_ = 0xa1,
	CKR_PIN_LEN_RANGE_ = 0xa2,
	CKR_PIN_LOCKED_ = 0xa4,
};

struct token {
	PKCS11_CTX *module;
	PKCS11_SLOT *slot;
	unsigned n_slot;
	bool loaded;
};

void token_close(struct token *t)
{
	if (!t)
		return;
	if (t->slot)
		PKCS11_release_all_slots(t->module, t->slot, t->n_slot);
	if (t->loaded)
		PKCS11_CTX_unload(t->module);
	if (t->module)
		PKCS11_CTX_free(t->module);
	free(t);
	ERR_clear_error();
}

static bool load(const struct key_source *from, struct token *t, struct diags *d)
{
	struct origin at = { .file = from->module };

	/* OpenSSL's loader prints nothing, but a name without a folder would be searched for along the library path. */
	if (!strchr(from->module, '/') || !file_exists(from->module))
		return diag_error(d, at, "token", "there is no such module; name the library of the token's maker with its folder");
	t->module = PKCS11_CTX_new();
	t->loaded = t->module && !PKCS11_CTX_load(t->module, from->module);
	if (!t->loaded)
		return diag_error(d, at, "token", "this is no PKCS#11 module that can be loaded: %s", openssl_reason());
	if (PKCS11_enumerate_slots(t->module, &t->slot, &t->n_slot))
		return diag_error(d, at, "token", "the module does not list its tokens: %s", openssl_reason());
	return true;
}

/* The token with the label, else the only one. */
static PKCS11_TOKEN *find_token(struct token *t, const char *label, struct origin at, struct diags *d)
{
	const char *found[LISTED_MAX + 1];
	PKCS11_TOKEN *only = NULL;
	size_t n = 0;
	struct arena tmp = { 0 };

	for (unsigned i = 0; i < t->n_slot; i++) {
		PKCS11_TOKEN *token = t->slot[i].token;

		if (!token || !token->initialized)
			continue;
		if (label && !strcmp(token->label, label))
			return token;
		if (n <= LISTED_MAX)
			found[n++] = token->label;
		only = token;
	}
	if (!n)
		diag_error(d, at, "token", "no token is plugged in");
	else if (label)
		diag_error(d, at, "token", "there is no token '%s'; there are: %s", label, word_list(found, n, &tmp));
	else if (n > 1)
		diag_error(d, at, "token", "there are several tokens: %s; name one (--token)", word_list(found, n, &tmp));
	arena_clear(&tmp);
	return !label && n == 1 ? only : NULL;
}

static bool log_in(PKCS11_TOKEN *token, const struct secret *pin, struct origin at, struct diags *d)
{
	unsigned long why;

	if (!token->loginRequired)
		return true;
	if (token->userPinLocked)
		return diag_error(d, at, "token", "the token '%s' is locked; who issued it can unlock it", token->label);
	if (!pin->n)
		return diag_error(d, at, "password", "the token '%s' needs its PIN; give it in a file (--pin-file)", token->label);
	if (!PKCS11_login(token->slot, 0, pin->text))
		return true;
	why = (unsigned long)ERR_GET_REASON(ERR_peek_last_error());
	ERR_clear_error();
	switch (why) {
	case CKR_PIN_INCORRECT_:
	case CKR_PIN_INVALID_:
	case CKR_PIN_LEN_RANGE_:
		return diag_error(d, at, "password",
			"the PIN is not that of the token '%s'; several wrong ones lock it, so check it first", token->label);
	case CKR_PIN_LOCKED_:
		return diag_error(d, at, "token", "the token '%s' is locked; who issued it can unlock it", token->label);
	default:
		return diag_error(d, at, "token", "the token '%s' refuses the PIN (PKCS#11 error %lu)", token->label, why);
	}
}

static PKCS11_KEY *find_key(PKCS11_TOKEN *token, const char *label, struct origin at, struct diags *d)
{
	const char *found[LISTED_MAX + 1];
	struct arena tmp = { 0 };
	PKCS11_KEY *key = NULL;
	PKCS11_KEY *hit = NULL;
	unsigned n_key = 0;
	unsigned n_hit = 0;
	size_t n = 0;

	if (PKCS11_enumerate_keys(token, &key, &n_key))
		n_key = 0;
	for (unsigned i = 0; i < n_key; i++) {
		const char *name = key[i].label ? key[i].label : "";

		if (n <= LISTED_MAX)
			found[n++] = name;
		if (label && strcmp(name, label))
			continue;
		hit = &key[i];
		n_hit++;
	}
	if (!n_key)
		diag_error(d, at, "token", "there is no private key on the token '%s'", token->label);
	else if (!n_hit)
		diag_error(d, at, "token", "there is no key '%s' on the token; there are: %s", label, word_list(found, n, &tmp));
	else if (n_hit > 1)
		diag_error(d, at, "token", "there are several keys on the token: %s; name one (--key-label)",
			word_list(found, n, &tmp));
	arena_clear(&tmp);
	ERR_clear_error();
	return n_hit == 1 ? hit : NULL;
}

/* All of the token: those above the signer's may be among them. */
static void take_certs(PKCS11_TOKEN *token, PKCS11_KEY *key, struct key_parts *parts)
{
	PKCS11_CERT *own = PKCS11_find_certificate(key);
	PKCS11_CERT *cert = NULL;
	unsigned n = 0;

	if (own && X509_up_ref(own->x509))
		parts->cert = own->x509;
	parts->others = sk_X509_new_null();
	if (PKCS11_enumerate_certs(token, &cert, &n))
		n = 0;
	for (unsigned i = 0; i < n && i < 4 * KEY_CHAIN_MAX; i++)
		if (X509_up_ref(cert[i].x509) && !sk_X509_push(parts->others, cert[i].x509))
			X509_free(cert[i].x509);
	ERR_clear_error();
}

bool token_read(const struct key_source *from, const struct secret *pin, struct key_parts *parts, struct diags *d)
{
	struct origin at = { .file = from->module };
	struct token *t = memory_new(1, sizeof *t);
	PKCS11_TOKEN *token;
	PKCS11_KEY *key;

	*t = (struct token){ 0 };
	parts->token = t;
	if (!load(from, t, d))
		return false;
	token = find_token(t, from->token, at, d);
	if (!token || !log_in(token, pin, at, d))
		return false;
	key = find_key(token, from->label, at, d);
	if (!key)
		return false;
	parts->key = PKCS11_get_private_key(key);
	if (!parts->key)
		return diag_error(d, at, "token", "the key on the token cannot be used: %s", openssl_reason());
	take_certs(token, key, parts);
	if (!parts->cert && !sk_X509_num(parts->others))
		return diag_error(d, at, "token", "there is no certificate on the token '%s' beside the key", token->label);
	return true;
}
