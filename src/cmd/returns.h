/* returns: the monthly returns of a job, read beside its plan. */
#ifndef CMD_RETURNS_H
#define CMD_RETURNS_H

#include "cmd/pipeline.h"
#include "model/returns.h"

/* A file of returns, as it was read. */
enum { RETURNS_FINDINGS_MAX = 1000 };

struct returned_file {
	const char *href, *path;
	const struct dataset *dataset;
	size_t n_row;
};

struct returns_made {
	struct returns *returns; /* [n_returns], one for each dataset, in the order in which the job names them */
	size_t n_returns;
	const struct returned_file *file; /* [n_file] in the order in which the job names them */
	size_t n_file;
	const struct finding *finding; /* [n_finding] of reading them, told in Vietnamese; at most RETURNS_FINDINGS_MAX */
	size_t n_finding;
};

/* Of a job whose sources have been read (made->has_model, see pipeline_tables): every file that a <returns> of it names is read as
 * sources are and noted in the library; figures are compared with nothing of the plan. A job without any gives none. Where the
 * model is not there, the files are read for their findings, and the result is false. cells: as of data_copy. catalogs: what is found is
 * kept, in Vietnamese, whose words are then an input; NULL: it is only told. */
bool pipeline_returns(struct made *, struct catalogs *, struct arena *, struct arena *cells, struct returns_made *, struct diags *);

#endif
