/* progressfiles: what is written of how far a plan is: the workbook, its accessible twin, the figures, and the brief of one page.
 *
 * Errors: those of remarks.h and of writers; a brief of several pages is a warning "pages"
 */
#ifndef CMD_PROGRESSFILES_H
#define CMD_PROGRESSFILES_H

#include "cmd/followed.h"
#include "cmd/inventory.h"
#include "cmd/remarks.h"

struct progress_files {
	const char *name;     /* of the period, in the names of files */
	struct previous_workbook *previous; /* of an earlier period, whose remarks are carried over; or NULL */
	bool pdf;	      /* the brief too */
	struct inventory_hashes *hashes; /* of sources; NULL: each is read for its own */
	struct arena *tables; /* that of pipeline_options, which is cleared as soon as they are listed; NULL: they are with the figures */
};

/* Into the folder. figures: the arena of the job's data, which is cleared as soon as the workbooks are made of them. */
bool progress_files_write(const struct progress_files *, struct followed_job *, struct fonts *, const char *dir, struct arena *figures,
	struct arena *, struct diags *);

#endif
