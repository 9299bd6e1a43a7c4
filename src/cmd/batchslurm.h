/* batchslurm: what batchslurm.c (what is handed to Slurm, and how it ends), batchfollow.c (until all has ended) and batchtold.c (what
 * they have said) share.
 *
 * Files: DIR/<job id>/.slurm/ has the script, what each part said (K.out, K.err) and how it ended (K.code), and the numbers of
 *        the jobs; it goes when all is well. It is locked as long as a run follows its parts
 */
#ifndef CMD_BATCHSLURM_H
#define CMD_BATCHSLURM_H

#include "batch/slurm.h"
#include "cmd/batchrun.h"

enum {
	SLURM_TRIES = 3,	  /* of a part: handed in again when it has failed */
	SLURM_POLL_SECONDS = 1,
	SLURM_GONE_POLLS = 5,	  /* without a word of how it ended: the folder may be seen late */
	SLURM_SILENT_POLLS = 300, /* without an answer of squeue */
};

#define SLURM_JOBS "jobs"

enum cluster_state { CLUSTER_UNDER_WAY, CLUSTER_DONE, CLUSTER_FAILED };

/* A part, or what joins them. */
struct cluster_task {
	const char *name; /* "1".. or "merge": of its files */
	char id[SLURM_ID_MAX * 2]; /* as squeue says it */
	unsigned tries;
	enum cluster_state state;
	int code; /* of the last try; -1: it was not told */
	unsigned n_gone;
	size_t n_area;
	size_t n_seen; /* lines of its journal */
	long read;     /* [bytes] of it */
};

struct cluster {
	struct batch *b;
	const char *job;     /* job.xml */
	const char *program; /* this one */
	const char *here;    /* folder that paths are from */
	const char *folder;
	int lock; /* on it; -1: not taken */
	const char *script;
	struct cluster_task *part; /* [n_part] */
	unsigned n_part;
	struct cluster_task merge;
	bool merge_waits; /* it was handed in with the parts */
	char array[SLURM_ID_MAX]; /* the job of the first try */
	unsigned n_silent;
};

/* All parts, and what joins them; or one of them again. */
bool cluster_submit(struct cluster *);
bool cluster_submit_part(struct cluster *, unsigned k);
bool cluster_submit_merge(struct cluster *);
void cluster_cancel(struct cluster *, const char *id); /* NULL: all that is under way */
/* How it ended, if it has: 0 and 1 are done. */
bool cluster_code(const struct cluster *, const struct cluster_task *, int *code);

/* NAME.END in the folder. */
const char *cluster_file(const struct cluster *, const char *name, const char *end, struct arena *);

/* ---- batchtold.c ---- */

/* What all have said, once they have ended. False where what joined them has failed without an error that can be told. */
bool cluster_tell(struct cluster *);

/* ---- batchfollow.c ---- */

/* Whether none of these jobs, a number on each line, is in the queue; else a fault "busy". */
bool cluster_has_ended(const struct cluster *, const char *jobs);
/* Until all has ended. False after a fault. */
bool cluster_follow(struct cluster *);

#endif
