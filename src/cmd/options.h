/* options: a command's options as a table, which also makes its help.
 *
 * Errors: "usage": an unknown option (with a suggestion), a missing or a surplus value
 */
#ifndef CMD_OPTIONS_H
#define CMD_OPTIONS_H

#include "base/diag.h"

struct option {
	const char *name;  /* "-o", "--only" */
	const char *value; /* as --help names it: "DIR"; NULL: a switch */
	const char *what;  /* one line for --help */
	size_t offset;	   /* of a const char * (or of a bool, for a switch) in the struct the options are stored in */
};

/* An array of them ends with a row without name. */

/* Takes these options out of argv wherever they stand before "--" and leaves the rest; *argc is what is left. */
bool options_take(int *argc, char *argv[], const struct option *, void *into, struct diags *);

/* The same, but every option must be known. What is left are the arguments; "--" is taken too. */
bool options_read(int *argc, char *argv[], const struct option *, void *into, struct diags *);

void options_help(const struct option *, FILE *);

#endif
