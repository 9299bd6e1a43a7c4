/* cmd: the sub-commands. cmd.c has the table of all; main, --help and the tests walk it.
 *
 * Errors: run returns the exit code: 0 done, 1 the input is wrong, 2 the command line is wrong, 3 the machine failed
 */
#ifndef CMD_CMD_H
#define CMD_CMD_H

#include "base/catalog.h"
#include "base/buf.h"
#include "cmd/options.h"

#include <stdint.h>

enum exit_code { EXIT_DONE = 0, EXIT_INPUT = 1, EXIT_USAGE = 2, EXIT_MACHINE = 3 };

/* What main knows before a command runs. */
struct surroundings {
	const char *templates_dir[3]; /* --templates, the installed, the repository's; NULL: not there */
	const char *fonts_dir;	      /* --fonts, or NULL */
	bool json;		      /* --json */
	struct buf *out;	      /* what a command has to say beside its findings; main prints it */
	bool (*put_out)(struct buf *); /* prints now what is there so far, and empties it; false: it cannot be written */
	int64_t now;		      /* [s] since 1970 UTC: the only clock; for signatures, never for plans */
	struct catalogs *catalogs;    /* of messages; NULL: no message is told in another language than the findings */
	FILE *terminal;		      /* for a progress bar; NULL: nobody watches */
};

struct command {
	const char *name;	     /* as typed */
	const char *args;	     /* for --help: "JOB.xml..." */
	const char *what;	     /* one line */
	const struct option *option; /* its own, beside those of every command */
	int (*run)(int argc, char *argv[], const struct surroundings *, struct diags *);
};

extern const struct command command_batch;
extern const struct command command_build;
extern const struct command command_check;
extern const struct command command_diff;
extern const struct command command_explain;
extern const struct command command_form;
extern const struct command command_lint;
extern const struct command command_new;
extern const struct command command_progress;
extern const struct command command_sign;
extern const struct command command_verify;

extern const struct command *const commands[]; /* NULL-terminated */
const struct command *command_find(const char *name);

#endif
