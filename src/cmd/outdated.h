/* outdated: signed files whose plain file a run replaces. A signature is never thrown away: such a file gets a name of its own.
 *
 * NAME.signed.pdf is up to date where it begins with the bytes of the NAME.pdf that is about to take its place; else it becomes
 * NAME.signed.1a2b3c4d.pdf, by the first digits of its SHA-256, and a warning "signed" tells it. Those of other runs' files stay.
 * Where the run has signed NAME.pdf itself, its signed file takes the place of an older one, unless that has signatures that it has not (a
 * seal, say, that was put on afterwards), or of other certificates, or is damaged, so that nobody knows what it was
 * Errors: faults "io"
 */
#ifndef CMD_OUTDATED_H
#define CMD_OUTDATED_H

#include "cmd/staging.h"

/* Whether one file begins with all of another, and how many bytes it has behind that: none where nobody signed it. */
bool outdated_begins(const char *path, const char *plain, size_t *n_more);
/* Whether NAME.signed.pdf of the folder is NAME.pdf among the staging's files with more behind it. */
bool outdated_is_current(const struct staging *, const char *name);

/* Before the staging's files are renamed. */
bool outdated_set_aside(const struct staging *, struct diags *);

#endif
