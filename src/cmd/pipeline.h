/* pipeline: one job through all stages up to pages, with every finding of every stage that could run. Writes nothing.
 *
 * Owner:  the arena; words of the pages belong to the fonts
 * Errors: those of the stages; false after any
 */
#ifndef CMD_PIPELINE_H
#define CMD_PIPELINE_H

#include "cmd/cmd.h"
#include "compose/compose.h"
#include "layout/pages.h"

struct registers;

struct pipeline_options {
	const struct date *date; /* overrides the document's date; or NULL */
	bool draft;
	bool returns; /* of the months are looked at too, where a document is made; it does not hold them */
	bool unchecked; /* no checks of templates, no audit */
	struct period period; /* overrides the job's, where it has a year */
	struct arena *figures; /* for data and tables; NULL: with all else. A document needs them for its facts and places alone */
	struct arena *cells;   /* of the returns, which is cleared when progress is made of them; NULL: with the figures, kept */
	struct arena *tables;  /* of progress, and what stands in the rows they are made of; NULL: with the figures */
	bool strict; /* rows of registers with faults stop the job */
	unsigned n_thread; /* that count the rows of a register; 0: one */
	struct buf *kept; /* of progress: what is to be kept of it for those above is put there; or NULL */
	const struct job_instance *instance; /* the job for one area of a list; NULL: what the path holds */
	struct library_trees *trees; /* of many jobs; or NULL */
};

/* --date as typed (NULL: not given) into *date and the options; an error "usage" when it is no day. */
bool pipeline_date(const char *typed, struct date *date, struct pipeline_options *, struct diags *);

/* -j as typed (NULL: not given) into the options; an error "usage" when it is no number from 1 to SCAN_THREADS_MAX. */
bool pipeline_threads(const char *typed, struct pipeline_options *, struct diags *);

struct made {
	const struct job *job;
	const struct plan *plan;
	struct model model;
	bool has_model; /* its sources are read and joined */
	struct audit *audit; /* NULL: unchecked */
	struct library library; /* knows every file that was read */
	struct tables tables;
	const struct document *document;
	struct pages *file; /* [n_file]: plan.pdf, then appendix-N.pdf */
	size_t n_file;
};

/* What a command does with each of its jobs. The arena is the job's own and is cleared behind it. */
typedef void job_visit(void *ctx, const char *path, struct fonts *, struct arena *, struct diags *);

/* Opens the fonts and visits the jobs named by the arguments, all of them; the exit code. */
int pipeline_each_job(int argc, char *argv[], const struct surroundings *, job_visit *, void *ctx, struct diags *);

/* The job alone, as it is before its figures are there (see job_read_planned): for commands that read only what they need. */
bool pipeline_job(const char *path, const struct surroundings *, struct arena *, struct made *, struct diags *);

/* Folders of templates, and the trees of those read before (or NULL). */
void pipeline_library(struct library *, const struct surroundings *, struct library_trees *, struct arena *);

/* The rows of a source, from its feed or its file, as they are. Who is told of rows that cannot be read; or NULL. */
bool pipeline_rows(const struct source *, const struct dataset *, struct row_sink *, struct row_faults *, struct arena *, struct diags *);

/* A source whose rows are counted, from its file. */
bool pipeline_register(const struct source *, const struct dataset *, struct registers *, struct library *, struct arena *, struct data *,
	struct diags *);

/* One source of such a job, whose file is there: its typed rows. */
bool pipeline_source(const struct source *, const struct dataset *, struct library *, struct arena *, struct data *, struct diags *);

/* Up to the tables: what needs no text. */
bool pipeline_tables(const char *path, const struct pipeline_options *, const struct surroundings *, struct arena *,
	struct made *, struct diags *);

/* Up to the document: what does not depend on a page. */
bool pipeline_document(const char *path, const struct pipeline_options *, const struct surroundings *, struct arena *,
	struct made *, struct diags *);

/* All of it. */
bool pipeline_run(const char *path, const struct pipeline_options *, const struct surroundings *, struct fonts *,
	struct arena *, struct made *, struct diags *);

#endif
