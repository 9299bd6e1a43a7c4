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
	size_t cap_waiver;
	size_t cap_record;
	bool may_lack; /* the files that it names need not be there yet */
	bool ok;
};

/* Attributes, trimmed and in one line: one that must be there and say something, NULL after an error; one that need not be. */
const char *job_need_text(struct job_reader *, const struct node *, const char *name);
const char *job_optional_text(struct job_reader *, const struct node *, const char *name); /* or NULL; also where it is empty */
bool job_is_name(const char *);
void job_check_attributes(struct job_reader *, const struct node *, const char *const *allowed);

/* What a <source> says of its numbers, and its <header>. */
void job_read_numbers(struct job_reader *, const struct node *, struct source *);
void job_read_source_children(struct job_reader *, const struct node *, struct source *);

/* jobreturns.c: <returns> and <progress>. */
void job_read_returns(struct job_reader *, const struct node *);
void job_read_progress(struct job_reader *, const struct node *);

#endif
