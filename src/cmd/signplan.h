/* signplan: the signatures that a job's <sign> elements ask for, into NAME.signed.pdf beside NAME.pdf: of the plan, or of the brief of its
 * progress, whose job has its own (cmd/followed.h).
 *
 * Errors: "sign" a level for which the command line gives too little; "order" a seal before who signs; "blank" a seal on a plan whose
 *         number or day the job leaves blank; "picture" one for several signatures; those of signing. Notes where nothing is signed: no key, a
 *         draft, no NAME.pdf among the results
 */
#ifndef CMD_SIGNPLAN_H
#define CMD_SIGNPLAN_H

#include "cmd/signatory.h"
#include "cmd/staging.h"
#include "model/job.h"

#define PLAN_NAME "plan.pdf"

/* NAME.signed.pdf of NAME.pdf. */
const char *plan_signed_name(const char *name, struct arena *);

/* name: of the PDF file. The staging's files are listed, the manifest is not concerned. The signatory is all zero where no key was named. */
bool plan_sign(const struct job *, const char *name, bool draft, struct signatory *, struct staging *, struct diags *);

/* Whether a signature it asks for has a timestamp. */
bool plan_has_timestamp(const struct job *);

#endif
