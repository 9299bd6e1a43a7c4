/* slurm: what Slurm's programs are told and what they say. Nothing is run here.
 *
 * Source: sbatch(1), squeue(1) of Slurm 22.05; what they print is taken as far as it is as they say there, the rest is passed over
 */
#ifndef BATCH_SLURM_H
#define BATCH_SLURM_H

#include "base/diag.h"

enum {
	SLURM_ID_MAX = 24, /* [bytes] of "1234567" */
	SLURM_OPTIONS_MAX = 64, /* for sbatch */
};

/* The script of each task: /bin/sh SCRIPT FOLDER N COMMAND... makes part SLURM_ARRAY_TASK_ID of N, with "merge" for N it runs the command
 * alone. How the command ended is left in FOLDER/<part or merge>.code. */
extern const char slurm_script[];

/* "--mem=4G": whole words, so that none can be taken for the script or for an option of this program. Error "usage". */
bool slurm_option(const char *word, struct diags *);

/* The job that `sbatch --parsable` says: "1234\n". */
bool slurm_submitted(const char *said, char id[SLURM_ID_MAX]);

/* '%' stands for something in names of files. */
const char *slurm_path(const char *path, struct arena *);

enum slurm_state {
	SLURM_GONE,   /* not in the queue any more */
	SLURM_WAITS,
	SLURM_RUNS,
	SLURM_ENDED,
	SLURM_STUCK, /* waits for what never comes */
};

/* Of `squeue --array --format=%i|%T|%r`, the state of a job or of a task "1234_5" of an array. */
enum slurm_state slurm_state_of(const char *said, const char *id);

#endif
