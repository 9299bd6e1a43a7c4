/* attach: the job's sources as files that its plan.pdf holds (--attach).
 *
 * Errors: "limit": together they are more than ATTACHED_MAX; those of reading files
 * Owner:  the arena
 */
#ifndef CMD_ATTACH_H
#define CMD_ATTACH_H

#include "model/job.h"
#include "render/pdf.h"

/* Each file once, in the order of the job, into the options; no register, with a note. */
bool attach_sources(const struct job *, struct arena *, struct pdf_options *, struct diags *);

#endif
