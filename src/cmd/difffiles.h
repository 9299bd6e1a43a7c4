/* difffiles: which figures.json lie in a folder of results, at any depth, and the names of their areas.
 *
 * Source:  figures.json, figures-PERIOD.json; names from batch.json. Hidden folders (unfinished results) are not looked into, links to
 *          folders not followed
 *          What batch.json says could not be made, or does not list, is older than it and is left out: a warning "stale", a note "areas"
 * Errors:  "file": a folder that cannot be read, or has no such file; "limit": too deep, too many
 * Owner:   the arena
 */
#ifndef CMD_DIFFFILES_H
#define CMD_DIFFFILES_H

#include "batch/figures.h"

struct figures_file {
	const char *inside; /* its path within the folder: "91/90001/figures-2026-05.json" */
	const char *area;   /* the folder of it: "91/90001"; "" is the folder itself */
	const char *period; /* "2026-05"; "" of a plan */
};

struct figures_files {
	const char *root;
	const struct figures_file *file; /* [n] by their paths */
	size_t n;
};

/* names: those of its areas are added. */
bool figures_files_read(const char *root, struct arena *, struct figures_files *, struct kept_names *names, struct diags *);

#endif
