/* cert: small questions about X.509 things, for the other files of seal.
 *
 * Owner: texts are of the arena; certificates are counted by OpenSSL, each open needs its free
 */
#ifndef SEAL_CERT_H
#define SEAL_CERT_H

#include "base/file.h"

#include <openssl/x509.h>
#include <stdint.h>

/* Exactly the DER given, or NULL. */
X509 *cert_read(struct bytes der);
X509_CRL *crl_read(struct bytes der);
struct bytes cert_der(X509 *, struct arena *);
struct bytes crl_der(X509_CRL *, struct arena *);

/* Common name, else the whole name, as UTF-8 that does nothing to a terminal or to the order of a line. */
const char *name_text(const X509_NAME *, struct arena *);
const char *asn1_text(const ASN1_STRING *, struct arena *); /* the same for one text */
const char *cert_name(const X509 *, struct arena *);
const char *cert_serial(const X509 *, struct arena *); /* upper-case hexadecimal */
const char *cert_sha256(X509 *, struct arena *); /* of its DER, in hexadecimal */

/* [s] since 1970 UTC; false where it is no time. */
bool asn1_seconds(const ASN1_TIME *, int64_t *);
/* 2024-01-31T17:00:00+07:00, as the people who read it live. */
const char *moment_text(int64_t, struct arena *);

/* What keyUsage, if any, and basicConstraints allow. */
bool cert_may_sign(X509 *);
bool cert_is_ca(X509 *);
/* What extKeyUsage allows: where it stands, one of the purposes that people sign documents with. */
bool cert_is_for_documents(X509 *);

/* Of RSASSA-PSS: the hash that its parameters name, SHA-1 where they name none; NID_undef where they cannot be read. */
int pss_hash(const X509_ALGOR *);

/* The reason of the last error of OpenSSL, for the end of a message; empties the queue. */
const char *openssl_reason(void);

#endif
