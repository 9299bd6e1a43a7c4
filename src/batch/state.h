/* state: what a batch made and of what, as batch.json keeps it; a later run makes only what is not so any more.
 *
 * Shape:  {"job","program","options","lost","figures":[label],"shown","index":{"key","files":[as inputs]},
 *         "inputs":[{"path","size","mtime","sha256"}],"uses":[[input]],
 *         "areas":[{"code","parent","name","parent_name","state","key","uses","manifest","outputs":[[name,size,mtime]],
 *         "figures":[text],"values":[exact],"findings","signed":{"sha256","size","mtime","complete"}}]}; paths as manifests have them,
 *         mtimes in ns since 1970; one line for each area. A journal (batch.part) has the same lines by themselves, each written when its area was done, with "inputs" of what
 *         it used: what a run that was stopped has done
 * Part:   the state of a part has a member "part" (statepart.h) and its own areas only
 * Signed: the signed form of the area's document, whoever signed it and when; none where it is not signed. It is no result: nothing depends
 *         on it, and its bytes are those of a time
 * Key:    checksum of all that the files of an area depend on; see cmd/batchkey.c
 * Check:  the last member, "check", is a checksum of all in front of it, in the file as in each line of a journal: one that was edited
 *         or damaged is not believed
 * Hostile: a file that is not as this program writes it is as good as none, and a warning "state" says so
 * Owner:  the arena
 */
#ifndef BATCH_STATE_H
#define BATCH_STATE_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/map.h"
#include "batch/statepart.h"

#include <stdint.h>

#define STATE_NAME "batch.json"
#define JOURNAL_NAME "batch.part"

enum { STATE_PAGES = 2 };

/* What tells that a file was changed. */
struct file_mark {
	uint64_t size;
	int64_t mtime; /* [ns] since 1970 */
};

bool file_mark_of(const char *path, struct file_mark *); /* false: no regular file */
bool file_mark_same(struct file_mark, struct file_mark);

struct state_input {
	const char *path; /* as manifests have it */
	struct file_mark mark;
	const char *sha256;
};

struct state_output {
	const char *name;
	struct file_mark mark;
};

/* The signed form of a document. */
struct state_signed {
	const char *sha256; /* NULL: nothing is known of any */
	struct file_mark mark;
	bool complete; /* it has all signatures that the job asks for */
};

/* What is found of it, to be told. */
enum seal_news {
	SEAL_AS_IT_WAS, /* or none is there, or it was signed once more */
	SEAL_BAD, /* it is no signed form of the document, or damaged */
	SEAL_GONE,
};

enum area_state {
	AREA_UNKNOWN, /* nothing was made of it */
	AREA_DONE,
	AREA_FAILED,
};

struct state_area {
	const char *code;
	const char *parent;
	const char *name;
	const char *parent_name;
	enum area_state state;
	const char *key;
	const char *manifest; /* sha256 of manifest.json */
	size_t uses; /* which of the state's; of those that are done */
	struct state_output *output; /* [n_output] */
	size_t n_output;
	const char *const *figure; /* [n_figure of the state] as printed */
	const char *const *value;  /* [n_figure] the same exactly: "25.5" or "1/3"; "" where there is none */
	uint32_t n_finding;
	struct state_signed seal;
	enum seal_news seal_news; /* not in the file */
	bool elsewhere; /* of another part: it is not written */
};

/* A list of inputs that areas have in common. */
struct state_uses {
	const uint32_t *input; /* [n_input] */
	size_t n_input;
};

struct state {
	struct arena *arena;
	const char *job;
	const char *program;
	const char *options;
	struct state_part part; /* which part it is of a batch in parts */
	size_t n_lost; /* rows of sources that no area has */
	const char *const *figure; /* [n_figure] labels */
	size_t n_figure;
	size_t n_shown; /* the first of them that the index shows; the others are added up by summaries */
	const char *index_key; /* of what the pages of the index are made of, beside the areas */
	struct state_input page[STATE_PAGES]; /* [n_page] of the index; 0: they are to be written */
	size_t n_page;
	struct state_input *input; /* [n_input] */
	size_t n_input;
	size_t cap_input;
	struct map inputs; /* path -> input */
	struct state_uses *uses; /* [n_uses] */
	size_t n_uses;
	size_t cap_uses;
	struct map use_lists; /* "1 2 3" -> uses */
	struct state_area *area; /* [n_area] */
	size_t n_area;
	size_t cap_area;
};

void state_init(struct state *, struct arena *);

/* Which input has the path; it is added, or changed to be as given. */
uint32_t state_input(struct state *, struct state_input);
/* Which list of inputs has these. */
size_t state_uses(struct state *, const uint32_t *input, size_t n);

/* False where there is none that can be used. */
bool state_read(const char *path, struct state *, struct diags *);
bool state_write(const struct state *, const char *path, struct diags *);

/* The journal's lines, as far as they are whole, into the state: later ones replace earlier ones of an area. */
void state_read_journal(const char *path, struct state *);
/* One line of it. */
void state_put_journal(const struct state *, const struct state_area *, struct buf *);

/* Whether what lies in the folder is what the area's manifest, a file in it, lists, and the manifest what it was; all is read. */
bool state_area_holds(const struct state_area *, const char *dir, const char *manifest);

#endif
