/* pool: forked workers that do tasks one after another, each task on its own: what one of them breaks, the others do not notice.
 *
 * Order:  tasks are handed out from the first to the last, each to the next worker that is free; what came of them is told in the same
 *         order, however many workers there are
 * Killed: the task of a worker that a signal killed, or that ended by itself, is done once more by another worker; the second time
 *         it has failed
 * Signals: SIGINT, SIGTERM and SIGHUP: tasks that are under way are finished, no others are begun; at a second one workers are killed
 * Errors: faults "io" (no worker can be made), "stopped" (a signal)
 */
#ifndef BATCH_POOL_H
#define BATCH_POOL_H

#include "base/buf.h"
#include "base/diag.h"

enum { POOL_WORKERS_MAX = 256 };

struct pool_result {
	const char *bytes; /* [n] as the worker put them */
	size_t n;
	int signal; /* that killed its worker both times; or 0 */
	int code;   /* that its worker ended with by itself, both times; or 0 */
};

struct pool_work {
	size_t n_task;
	unsigned n_worker; /* 1 to POOL_WORKERS_MAX */
	void *ctx;
	/* In a worker: task by task. */
	void (*work)(void *ctx, size_t task, struct buf *result);
	/* In the parent, in the order of the tasks; false: no further task is begun, and none is told. */
	bool (*done)(void *ctx, size_t task, const struct pool_result *);
};

/* True if all tasks were done, well or not, and told. */
bool pool_run(const struct pool_work *, struct diags *);

#endif
