/* library: where templates are found: the job's templates/, then --templates DIR, then the installed
 * share/kehoach/templates, then the repository's templates/. */
#ifndef MODEL_LIBRARY_H
#define MODEL_LIBRARY_H

#include "base/diag.h"
#include "base/node.h"

enum { LIBRARY_DIRS_MAX = 4 };

struct library_file {
	const char *path;
	const char *shown; /* as the manifest and messages name it: "templates/tables/x.xml", or the job's own path */
};

struct library {
	const char *dir[LIBRARY_DIRS_MAX]; /* searched in this order */
	const char *shown[LIBRARY_DIRS_MAX];
	size_t n_dir;
	struct arena *arena;
	struct library_file *used; /* [n_used] every file that was opened, for the manifest; each once */
	size_t n_used;
	size_t cap;
};

void library_init(struct library *, struct arena *);
void library_add(struct library *, const char *dir, const char *shown); /* a folder that is not there is left out */
void library_use(struct library *, const char *path, const char *shown); /* note an input for the manifest */

/* NAME is [a-z0-9-]+. kind is the folder: "datasets", "tables", "plans", "forms". Errors "name" (bad letters) and "template"
 * (not found, with a suggestion) at the place given. */
bool library_find(struct library *, const char *kind, const char *name, struct origin at, struct library_file *,
	struct diags *);

#endif
