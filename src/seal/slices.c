#include "seal/slices.h"

bool slices_digest(const struct bytes *slice, size_t n_slice, const EVP_MD *md, unsigned char *digest, unsigned *n)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	bool ok = ctx && EVP_DigestInit_ex(ctx, md, NULL);

	for (size_t i = 0; ok && i < n_slice; i++)
		ok = EVP_DigestUpdate(ctx, slice[i].data, slice[i].n);
	ok = ok && EVP_DigestFinal_ex(ctx, digest, n);
	EVP_MD_CTX_free(ctx);
	return ok;
}
