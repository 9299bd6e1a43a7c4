/* jobreader: a job while it is read; what the files that read its elements share. */
#ifndef MODEL_JOBREADER_H
#define MODEL_JOBREADER_H

#include "base/map.h"
#include "model/job.h"

enum { JOB_RETURNS_MAX = 64 };

struct job_reader {
	struct job *job;
	struct library *library;
	struct arena *arena;
	struct diags *diags;
	struct map ids;	 /* of sources */
	size_t cap_source;
	size_t cap_returns;
	size_t cap_signer;
	size_t cap_sign;
	size_t cap_brief_sign;
	size_t cap_waiver;
	size_t cap_record;
	const struct job_instance *instance; /* or NULL: the job is one document */
	bool may_lack; /* the files that it names need not be there yet */
	bool ok;
};

extern const char job_space[]; /* of its elements */

/* Attributes, trimmed and in one line: one that must be there and say something, NULL after an error; one that need not be. */
const char *job_need_text(struct job_reader *, const struct node *, const char *name);
const char *job_optional_text(struct job_reader *, const struct node *, const char *name); /* or NULL; also where it is empty */
const char *job_lines_of(const char *, struct arena *); /* trimmed, those divided by '|' divided by newlines */
int job_read_choice(struct job_reader *, const struct node *, const char *attribute, const char *const *word); /* which; the first if unsaid */
bool job_is_name(const char *);
void job_check_attributes(struct job_reader *, const struct node *, const char *const *allowed);

/* jobsource.c. The file that an attribute names, inside the job's folder. */
bool job_find_file(struct job_reader *, const struct node *, const char *attribute, const char *href, const char **path);
void job_find_source(struct job_reader *, const struct node *, const char *attribute, struct source *);
/* id and period of the root. */
void job_read_head(struct job_reader *, const struct node *root);

/* <header> among the children, which the caller checks. */
void job_read_list_header(struct job_reader *, const struct node *, struct source *);

/* by="...", which is for jobs that are one document for each area of a list. */
void job_read_by(struct job_reader *, const struct node *, struct source *);

/* What a <source> says of its numbers, and its <header>. */
void job_read_numbers(struct job_reader *, const struct node *, struct source *);
void job_read_source_children(struct job_reader *, const struct node *, struct source *);

void job_read_source(struct job_reader *, const struct node *);
void job_read_crosswalk(struct job_reader *, const struct node *);
/* A source of which an element says the file alone. */
void job_read_own_source(struct job_reader *, const struct node *, const char *attribute, const char *dataset);

/* jobparts.c */
void job_read_audit(struct job_reader *, const struct node *);
void job_read_plan(struct job_reader *, const struct node *);
void job_read_workbook(struct job_reader *, const struct node *);
void job_read_form(struct job_reader *, const struct node *);
void job_read_signer(struct job_reader *, const struct node *);
void job_read_sign(struct job_reader *, const struct node *);
void job_read_record(struct job_reader *, const struct node *);

/* jobreturns.c: <returns> and <progress>. */
void job_read_returns(struct job_reader *, const struct node *);
void job_read_progress(struct job_reader *, const struct node *);

#endif
