/* produce: what a job was made into, as files in a folder: those of the backends that were asked for.
 *
 * Errors: "usage" for backends nobody knows; those of the backends; faults "io"
 */
#ifndef CMD_PRODUCE_H
#define CMD_PRODUCE_H

#include "cmd/pipeline.h"
#include "render/backend.h"

enum { BACKENDS_MAX = 16 };

struct produce {
	const char *only; /* --only, as typed; NULL: the usual ones */
	bool attach;	  /* the job's sources inside plan.pdf */
	const struct backend *backend[BACKENDS_MAX]; /* [n_backend], each once; after produce_choose */
	size_t n_backend;
};

bool produce_choose(struct produce *, struct arena *, struct diags *);

bool produce_files(const struct produce *, const struct made *, struct fonts *, const char *dir, struct arena *, struct diags *);

#endif
