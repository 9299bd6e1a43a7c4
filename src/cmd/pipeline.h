/* pipeline: one job through all stages up to pages, with every finding of every stage that could run. Writes nothing.
 *
 * Owner:  the arena; words of the pages belong to the fonts
 * Errors: those of the stages; false after any
 */
#ifndef CMD_PIPELINE_H
#define CMD_PIPELINE_H

#include "cmd/cmd.h"
#include "compose/compose.h"
#include "layout/pages.h"

struct pipeline_options {
	const char *date; /* overrides the document's date; or NULL */
	bool draft;
};

struct made {
	const struct job *job;
	struct library library; /* knows every file that was read */
	const struct document *document;
	struct pages *file; /* [n_file]: plan.pdf, then appendix-N.pdf */
	size_t n_file;
};

/* Up to the document: what does not depend on a page. */
bool pipeline_document(const char *path, const struct pipeline_options *, const struct surroundings *, struct arena *,
	struct made *, struct diags *);

/* All of it. */
bool pipeline_run(const char *path, const struct pipeline_options *, const struct surroundings *, struct fonts *,
	struct arena *, struct made *, struct diags *);

#endif
