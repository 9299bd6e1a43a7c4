/* secret: a password or a PIN. It comes from a file or the terminal, never from the command line or the environment, and
 * stands in no message.
 *
 * Owner:  secret_close wipes and frees the memory, which is kept out of the swap where the system allows it
 * Errors: "secret": no such line, too long, not one line, no terminal; a file that others may read is a warning. A signal that ends the program while it asks does so when the terminal
 *         is as it was
 */
#ifndef SEAL_SECRET_H
#define SEAL_SECRET_H

#include "base/diag.h"

enum { SECRET_MAX = 1024 }; /* [bytes] */

/* All zero is no secret. */
struct secret {
	char *text; /* NUL-terminated; NULL: none */
	size_t n;
};

/* From now on the process leaves no memory to others: no core file, and no debugger of the same user. Before a key or a secret is read. */
void secret_guard(void);

/* A warning where others than the owner may read or change the regular file of that name, which holds a private key. */
void secret_check_rights(const char *path, struct diags *);

/* The only line of a file, without its end of line (LF or CRLF). An empty file is the empty password. */
bool secret_read(const char *path, struct secret *, struct diags *);
/* Asks on the controlling terminal with echo off. */
bool secret_ask(const char *prompt, struct secret *, struct diags *);
void secret_close(struct secret *);

#endif
