/* program: another program run, with its arguments as they are (no shell), and what it said.
 *
 * Limits: PROGRAM_SAYS_MAX of each of its outputs, what is beyond is dropped; PROGRAM_SECONDS, then it is killed
 * Signals: it has a process group of its own, and no signal blocked: what the terminal sends to this program does not reach it
 * Owner:  program_clear gives back the texts
 */
#ifndef BATCH_PROGRAM_H
#define BATCH_PROGRAM_H

#include "base/buf.h"
#include "base/diag.h"

enum { PROGRAM_SAYS_MAX = 4 << 20, PROGRAM_SECONDS = 120 };

struct program_said {
	struct buf out; /* its text is never NULL */
	struct buf err;
	int code; /* 0 to 255; 128 + the signal that killed it */
};

/* argv ends with NULL; argv[0] is looked for in PATH. without: variables that are taken out of its environment; NULL: none. False where
 * it could not be started: *why is errno then. */
bool program_run(const char *const argv[], const char *const *without, struct program_said *, int *why);
void program_clear(struct program_said *);

#endif
