/* signplan: the signatures that a job's <sign> elements ask for, into plan.signed.pdf beside plan.pdf.
 *
 * Errors: "sign" a level for which the command line gives too little; "order" a seal before who signs; "blank" a seal on a plan whose
 *         number or day the job leaves blank; "picture" one for several signatures; those of signing. Notes where nothing is signed: no key, a
 *         draft, no plan.pdf among the results
 */
#ifndef CMD_SIGNPLAN_H
#define CMD_SIGNPLAN_H

#include "cmd/signatory.h"
#include "cmd/staging.h"
#include "model/job.h"

#define PLAN_NAME "plan.pdf"
#define PLAN_SIGNED_NAME "plan.signed.pdf"

/* The staging's files are listed, the manifest is not concerned. Of the signatory the key is NULL where none was named. */
bool plan_sign(const struct job *, bool draft, struct signatory *, struct staging *, struct diags *);

/* Whether a signature it asks for has a timestamp. */
bool plan_has_timestamp(const struct job *);

#endif
