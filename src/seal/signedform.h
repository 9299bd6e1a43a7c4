/* signedform: the outer form of a CMS in DER, byte by byte: what OpenSSL reads without looking at it. */
#ifndef SEAL_SIGNEDFORM_H
#define SEAL_SIGNEDFORM_H

#include "seal/signed.h"

/* *n: bytes of the CMS, without what follows it. */
enum flaw signed_form(struct bytes, bool padding, int type, size_t *n);

#endif
