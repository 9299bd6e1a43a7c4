/* library: where templates are found: the job's templates/, then --templates DIR, then the installed
 * share/kehoach/templates, then the repository's templates/. */
#ifndef MODEL_LIBRARY_H
#define MODEL_LIBRARY_H

#include "base/diag.h"
#include "base/map.h"
#include "base/node.h"

enum { LIBRARY_DIRS_MAX = 4 };

struct library_file {
	const char *path;     /* to open */
	const char *shown;    /* as messages name it: "templates/tables/x.xml", or a path through the job's folder as given */
	const char *manifest; /* as the manifest names it: "templates/tables/x.xml", or relative to the job's folder */
};

/* Is told of each file that a library uses, before it is read. */
struct library_watch {
	void (*use)(struct library_watch *, const char *path);
};

/* Trees of files that several jobs of one process read: each is parsed once. */
struct library_trees {
	struct arena *arena; /* lives longer than the libraries that use it */
	struct map path;     /* "ROOT PATH" -> tree */
	const struct node **tree; /* [n_tree] */
	size_t n_tree;
	size_t cap;
	struct library_watch *watch; /* or NULL */
};

struct library {
	const char *dir[LIBRARY_DIRS_MAX]; /* searched in this order */
	const char *shown[LIBRARY_DIRS_MAX];
	size_t n_dir;
	bool has_job_dir; /* dir[0] is the job's own: links may not leave the job's folder */
	struct arena *arena;
	struct library_trees *trees; /* or NULL: each file is read anew */
	struct library_file *used; /* [n_used] every file that was opened, for the manifest; each path once */
	size_t n_used;
	size_t cap;
	struct map paths;   /* of them */
	const struct row_words *row_words; /* rowkinds.h, once they were read */
	struct map missing; /* "KIND/NAME" of those that were not found -> near */
	const char **near;  /* [n_near] the name that may be meant, or NULL */
	size_t n_near;
	size_t cap_near;
};

void library_init(struct library *, struct arena *);
void library_add(struct library *, const char *dir, const char *shown); /* a folder that is not there is left out */
const char *const *library_names(const struct library *, const char *kind, size_t *n); /* of all templates of a kind, sorted */
void library_add_job(struct library *, const char *dir); /* in front of all others: the job's own templates/ */
/* Note an input for the manifest under that name; a path that is there already keeps the name it has. */
void library_use(struct library *, const char *path, const char *manifest);

/* NAME is [a-z0-9-]+. kind is the folder: "datasets", "tables", "plans", "forms". Errors "name" (bad letters) and "template"
 * (not found, with a suggestion) at the place given. What is found is noted as used. */
bool library_find(struct library *, const char *kind, const char *name, struct origin at, struct library_file *,
	struct diags *);
/* The same for a file that is no XML and that the program itself asks for: "color/srgb.icc". */
bool library_find_data(struct library *, const char *inside, struct origin at, struct library_file *, struct diags *);

/* Where such a file is, which is not noted, for what may not be used at all; NULL: nowhere. */
const char *library_look(const struct library *, const char *inside, struct arena *);

void library_trees_init(struct library_trees *, struct arena *);
/* The file's tree, whose root must be `name` in `space`; shared where the library has trees, else of the arena. NULL after errors. */
const struct node *library_tree(struct library *, const struct library_file *, const char *name, const char *space, struct arena *,
	struct diags *);

#endif
