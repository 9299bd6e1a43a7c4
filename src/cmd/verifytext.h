/* verifytext: what holds of a signed file, for people: a verdict, then for each signature who, when, what and what came later.
 *
 * Owner: the arena given, for texts that are returned
 */
#ifndef CMD_VERIFYTEXT_H
#define CMD_VERIFYTEXT_H

#include "base/buf.h"
#include "seal/report.h"

const struct cms_party *verify_party(const struct signature_report *); /* the signer, or the timestamp service */
const char *verify_time(const struct signature_report *, struct arena *); /* that a service proves; NULL */

/* In the language of the findings. */
void verify_put_text(struct buf *, const char *path, const struct file_report *, struct arena *, const struct diags *);

#endif
