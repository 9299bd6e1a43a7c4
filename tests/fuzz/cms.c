/* Any bytes as the Contents of a signature, as a timestamp, as what a DSS holds, and as the answer of a service, against an
 * anchor that is not theirs and against one that is. First byte: how. */
#include "seal/revoked.h"
#include "seal/truststore.h"
#include "seal/verify.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static const struct bytes text[] = { { "what was ", 9 }, { "signed", 6 } };

/* The last certificate in a signature that was read is trusted, so that what lies behind trust is reached too. */
static void trust_its_own(struct trust *t, const struct evidence *e)
{
	const unsigned char *p = e->cert.n ? (const unsigned char *)e->cert.der[0].data : NULL;
	X509 *cert = p ? d2i_X509(NULL, &p, (long)e->cert.der[0].n) : NULL;

	if (cert && X509_STORE_add_cert(t->store, cert) && sk_X509_push(t->anchor, cert))
		return;
	X509_free(cert);
}

/* Pieces of the input, each behind two bytes of its length. */
static struct bytes next(const uint8_t **p, size_t *left)
{
	size_t n;
	struct bytes piece;

	if (*left < 2)
		return (struct bytes){ "", 0 };
	n = (size_t)((*p)[0] << 8 | (*p)[1]);
	*p += 2;
	*left -= 2;
	if (n > *left)
		n = *left;
	piece = (struct bytes){ (const char *)*p, n };
	*p += n;
	*left -= n;
	return piece;
}

/* Judged some days after the seeds were made. */
static void verify(uint8_t how, struct bytes der, const struct evidence *e, struct arena *a, struct diags *d)
{
	struct cms_policy policy = { 1796500000, how & 1 };
	struct trust *t = trust_open();
	struct origin at = { .file = "f.pdf" };
	struct cms_timestamp stamp;
	struct cms_result result;
	size_t before;

	if (how & 2)
		trust_its_own(t, e);
	before = d->n_error;
	if (how & 4) {
		if (timestamp_verify(der, text, 2, t, e, &policy, at, a, &stamp, d) != (d->n_error == before))
			__builtin_trap();
	} else if (cms_verify(der, text, 2, t, e, &policy, at, a, &result, d) != (d->n_error == before) ||
		result.ok != (d->n_error == before) || (result.ok && !result.integrity)) {
		__builtin_trap();
	}
	before = d->n_error;
	if (evidence_check(e, t, at, d) != (d->n_error == before))
		__builtin_trap();
	trust_close(t);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena a = { 0 };
	struct diags d = { 0 };
	struct evidence e = { 0 };
	uint8_t how = n ? bytes[0] : 0;
	size_t left = n ? n - 1 : 0;
	const uint8_t *p = n ? bytes + 1 : bytes;
	struct bytes der = next(&p, &left);

	for (int i = 0; i < 2; i++) {
		der_list_add(&e.cert, next(&p, &left), &a);
		der_list_add(&e.crl, next(&p, &left), &a);
		der_list_add(&e.ocsp, next(&p, &left), &a);
	}
	verify(how, der, &e, &a, &d);
	diags_clear(&d);
	arena_clear(&a);
	return 0;
}
