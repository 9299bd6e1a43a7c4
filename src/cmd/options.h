/* options: a command's options as a table.
 *
 * Errors: "usage": an unknown option (with a suggestion), a missing value
 */
#ifndef CMD_OPTIONS_H
#define CMD_OPTIONS_H

#include "base/diag.h"

struct option {
	const char *name;   /* "-o", "--only" */
	const char **value; /* takes a value, stored here; or NULL */
	bool *set;	    /* a switch; or NULL */
};

/* Takes the options out of argv; what is left over is argument[0 .. *n_argument), in the same array. "--" ends options. */
bool options_read(int argc, char *argv[], const struct option *, size_t n_option, size_t *n_argument, struct diags *);

#endif
