/* slices: the hash of bytes that lie in pieces, such as those that a ByteRange names. */
#ifndef SEAL_SLICES_H
#define SEAL_SLICES_H

#include "base/file.h"

#include <openssl/evp.h>

/* digest: EVP_MAX_MD_SIZE bytes. False only where OpenSSL fails. */
bool slices_digest(const struct bytes *slice, size_t n_slice, const EVP_MD *, unsigned char *digest, unsigned *n);

#endif
