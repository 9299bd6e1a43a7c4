/* trust: whom the user trusts, and what he brings along: certificates of CAs (--trust) and CRLs (--crl).
 *
 * Owner:  trust_open, trust_close
 * Errors: "trust" no certificate in the file, "crl" no CRL in it, "pem" a block in it cannot be read,
 *         "limit", and those of file_read
 */
#ifndef SEAL_TRUST_H
#define SEAL_TRUST_H

#include "base/diag.h"
#include "seal/evidence.h"

enum {
	TRUST_FILE_MAX = 4 << 20, /* [bytes] */
	TRUST_ANCHORS_MAX = 1024,
};

struct trust;

struct trust *trust_open(void);
void trust_close(struct trust *); /* accepts NULL */

/* All certificates of a PEM file, or the one of a DER file, become anchors: nothing above them is looked at, so one of an
 * issuing CA will do. */
bool trust_add_anchors(struct trust *, const char *path, struct diags *);
/* CRLs of a PEM file, or the one of a DER file, as what is known of revocations; they are verified where used. */
bool trust_add_crls(struct trust *, const char *path, struct diags *);

#endif
