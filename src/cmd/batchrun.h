/* batchrun: what the files of `kehoach batch` share: batch.c (options, the order of all), batchread.c (the list of areas, the
 * sources, divided), batchkey.c (what an area's files depend on, and what of it has changed), batchwork.c (one area, in a worker),
 * batchdone.c (what came of it, in the parent). Nobody else includes it. */
#ifndef CMD_BATCHRUN_H
#define CMD_BATCHRUN_H

#include "batch/pool.h"
#include "batch/rowstore.h"
#include "batch/state.h"
#include "cmd/bar.h"
#include "cmd/inventory.h"
#include "cmd/pipeline.h"
#include "cmd/produce.h"
#include "model/joblist.h"

enum {
	BATCH_WORKERS_MAX = 256,
	BATCH_FAULTS_MAX = 8, /* of the machine, after which nothing more is tried */
};

/* The rows of a source for one area: of all areas' rows, or of everyone's. */
struct area_feed {
	struct row_feed feed; /* first */
	const struct row_store *store; /* NULL: each area has a file of its own */
	const struct source *source;
	uint32_t owner;
};

struct batch {
	/* options */
	const char *out;
	const char *workers; /* as typed */
	const char *date;
	bool resume;
	bool verify;
	struct produce produce;
	struct pipeline_options pipeline;
	unsigned n_worker;
	const char *options; /* those that change what is made, as text */

	const struct surroundings *around;
	struct arena arena;
	struct diags *diags;
	struct library library;
	struct library_trees trees;
	struct fonts *fonts;
	const char *dir; /* DIR/<job id> */

	/* what is read */
	struct job_list list;
	const struct job *specimen; /* the job as it is for the first area that it can be read for: its sources are those of all */
	struct row_store **store; /* [specimen->n_source] */
	size_t n_lost; /* rows that no area has */

	/* what is made */
	struct state old; /* as far as it still holds */
	bool marks_changed; /* sizes or times of old are others than batch.json says: it is written again */
	struct state now;
	const struct state_area **kept; /* [list.n_area] NULL: to be made */
	size_t *task; /* [n_task] areas to be made */
	size_t n_task;
	struct bar bar;
	FILE *journal;
	struct map told; /* findings that were told, by their text */
	size_t n_done, n_kept, n_failed, n_finding, n_fault;

	struct map hashes; /* path -> hash */
	struct state_input *hash; /* [n_hash] */
	size_t n_hash;
	size_t cap_hash;
};

/* ---- batchread.c ---- */

/* The job, and its list of areas. */
bool batch_read_job(struct batch *, const char *path);
bool batch_read_list(struct batch *);
/* The sources, each file once; what every area needs of templates. */
bool batch_read_sources(struct batch *);
void batch_close_sources(struct batch *);
/* One area's feeds, by the order of the job's sources: NULL where it has a file of its own. */
const struct row_feed *const *batch_feeds(const struct batch *, size_t area, struct arena *);
const char *batch_area_dir(const struct batch *, const struct list_area *, struct arena *);

/* ---- batchkey.c ---- */

/* Whether only rows of it are inputs of an area, by its name in manifests. */
bool batch_is_partial(const struct batch *, const char *name);
/* The checksum of the rows that an area has of such a file; NULL after an error. */
const char *batch_part_sha256(const struct batch *, const char *name, size_t area, struct arena *, struct diags *);
/* The key of an area that uses these, in order. */
const char *batch_key(const struct batch *, const struct state_input *used, size_t n, struct arena *);

/* Whether an input of the old state is not what it was; marks and checksums are those of now then. */
bool batch_inputs_changed(struct batch *);
/* Whether each area of the old state is there as it was made. */
bool batch_all_hold(struct batch *);
/* Which areas need not be made again. */
bool batch_choose(struct batch *);

/* ---- batchwork.c ---- */

/* Size, time and checksum of a file that many areas use: found out once, before there are workers or in each. */
const struct state_input *batch_hash(struct batch *, const char *path, struct arena *, struct diags *);
void batch_work(void *ctx, size_t task, struct buf *result);

/* ---- batchdone.c ---- */

bool batch_done(void *ctx, size_t task, const struct pool_result *);
/* Those that were made and those that were kept, in the order of the list. */
void batch_gather(struct batch *);

#endif
