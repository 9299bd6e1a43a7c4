/* diag: findings. The only error channel: a function that can fail returns bool and takes struct diags * last; false
 * means that it added at least one error or fault. Nothing but main prints.
 *
 * Errors: over DIAGS_PER_FILE findings of one file are counted, not kept (one note says so)
 * Owner:  struct diags owns its texts; origins' file and sheet names are copied
 * Language: fmt is English and is the key of the catalogue; arguments keep their order in every language
 */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include "base/arena.h"
#include "base/origin.h"

#include <stdbool.h>
#include <stdio.h>

enum { DIAGS_PER_FILE = 100 };

enum severity {
	DIAG_NOTE,
	DIAG_WARNING,
	DIAG_ERROR, /* the input is wrong: exit 1 */
	DIAG_FAULT, /* the machine failed (I/O): exit 3; printed as an error */
};

struct finding {
	enum severity severity;
	struct origin at;
	const char *rule; /* short stable id: "range"; for tests, --json and waivers */
	const char *message;
	const char *found, *expected; /* figures that should be equal, where it is about such; or NULL */
};

struct catalog;

struct diags {
	struct arena arena;
	struct finding *finding;
	size_t n_finding;
	size_t cap;
	size_t n_error; /* errors and faults added, kept or not */
	size_t n_fault;
	const struct catalog *catalog; /* borrowed; NULL: English */
	struct diags_file *file;       /* counts for each file */
	struct diags *also; /* borrowed: is told the same, in its own language; or NULL */
	bool is_last_kept;  /* the finding added last is the last of those kept */
	bool is_personal;   /* what is read is of persons: diag_quoted */
	bool quiet; /* counts and keeps nothing: for trials whose findings nobody reads */
};

/* All zero is an empty list. */
void diags_clear(struct diags *);

/* Both always return false, so that callers write `return diag_error(...)`. */
bool diag_error(struct diags *, struct origin at, const char *rule, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
bool diag_fault(struct diags *, struct origin at, const char *rule, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
void diag_warning(struct diags *, struct origin at, const char *rule, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
void diag_note(struct diags *, struct origin at, const char *rule, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
/* A note of one place more of the finding before, of the same file: shown where that is. Not counted; how many there are is bounded by who
 * adds them. */
void diag_place(struct diags *, struct origin at, const char *rule, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
/* For a severity that comes from a template. */
void diag_add(struct diags *, enum severity, struct origin at, const char *rule, const char *fmt, ...)
	__attribute__((format(printf, 5, 6)));

/* Of the finding added last: the figure as it is and as it should be, which its message says too. */
void diag_compared(struct diags *, const char *found, const char *expected);

/* Whether a further finding of that file is only counted: then nothing need be found out for it that takes long. */
bool diags_are_full(const struct diags *, const char *file);

const char *severity_name(enum severity); /* "note" "warning" "error", a fault as "error" */

/* A text of the program that is shown to people but is no finding (labels, hints), in the language of the findings. */
const char *diag_say(const struct diags *, const char *english);

/* What a message may say of a text that stands in a file: the text, or "..." where the file is of persons. */
const char *diag_quoted(const struct diags *, const char *text);

/* `FILE[SHEET]:ROW:COL: error: MESSAGE [rule]`, of a sheet with `(cell D42)` behind the message, or one JSON line; parts that
 * are not known are left out or null. */
void diags_print(const struct diags *, FILE *);
void diags_print_json(const struct diags *, FILE *);

/* 3 if the machine failed, else 1 if there is an error, else 0. */
int diags_exit_code(const struct diags *);

/* `FILE[SHEET]:ROW:COL` in the arena. */
const char *origin_text(struct origin, struct arena *);

/* Words as a list for a message, in the arena: "a, b, c"; those behind the LISTED_MAX first are "...". */
enum { LISTED_MAX = 12 };
const char *word_list(const char *const *word, size_t n_word, struct arena *);

/* The candidate nearest to word by edit distance, or NULL when none is near (at most a third of its letters away). */
const char *suggest(const char *word, const char *const *candidate, size_t n_candidate);

#endif
