/* audit: what was found when the figures of a job were checked: by the rules of its tables, against what its sources assert,
 * and against what was published.
 *
 * Shape:  a list in the order found; each finding is a finding of diags too, at the severity it came to
 * Severity: that of the rule, else of the job's <audit>, else a warning; one that a waiver holds for is a note
 * Waivers: one holds for one finding. Whether it does is known when all findings are: those that one may hold for are reported then
 * Reasons: only what is proved: computing it that way gives the printed text
 * Owner:  the arena
 */
#ifndef COMPUTE_AUDIT_H
#define COMPUTE_AUDIT_H

#include "base/map.h"
#include "base/ratio.h"
#include "model/job.h"

#include <stdint.h>

/* How a printed figure can have come about. */
enum audit_why {
	WHY_ROUNDING,	 /* words[0]: the rounding that gives it */
	WHY_OTHER_ROW,	 /* words[0]: the row that has it */
	WHY_DIFFERENCE,	 /* words: two rounded figures whose difference it is */
	WHY_WITHOUT_ROW, /* words[0]: the row that the total leaves out */
	WHY_PARTS,	 /* words[0]: the sum of the parts as printed, which the total is not */
	WHY_PARTS_FIT,	 /* the parts as printed add up to it */
	WHY_OTHER_PLACE, /* words: another place, and what it states of the same figure */
	WHY_NOT_COVERED, /* words[0]: an area that no row has */
	WHY_COVERED_TWICE, /* words: an area, and the other row that has it */
	WHY_NO_AREA,	 /* words[0]: what is no area of the table */
	WHY_NEAR_AREA,	 /* words: the same, and the area that may be meant */
	WHY_SEVERAL,	 /* words[0]: what to write instead of several numbers, if it is right */
	WHY_FOREIGN,	 /* words[0]: the same of a number that is not written as Vietnamese texts write it */
	WHY_UNREADABLE,	 /* words[0]: words that are not read, words[1]: what to write instead, if it is right */
	WHY_UNIT,	 /* words: the unit of the text, and that of the figure */
	WHY_NO_UNIT,	 /* words[0]: the unit of the text; that of the figure is not known */
	WHY_WORDS,	 /* words[0]: what the words beside the digits say */
	WHY_COMPARED,	 /* words: both sides of the condition that does not hold */
	WHY_SOURCE,	 /* words[0]: where the source says it too */
};

enum {
	AUDIT_WORDS = 2,
	AUDIT_REASONS = 4,
	AUDIT_FINDINGS_MAX = 2000, /* that are kept; further ones are reported and counted */
	AUDIT_EXPLAINED_MAX = 200,  /* that reasons are looked for */
};

struct audit_reason {
	enum audit_why why;
	const char *words[AUDIT_WORDS];
};

struct audit_finding {
	const char *rule; /* "published", "asserted", "adds-up", "check", ... */
	enum severity severity;
	struct origin at;
	const char *place;    /* for waivers: "II.2/Tỷ lệ giảm (phường Bắc Sơn)"; "poverty-targets/khu phố 5/rate_end" */
	const char *where;    /* of what was published: its place in the document, "II.2"; else NULL */
	const char *subject;  /* "Khu phố 5, Tỷ lệ (%)" */
	const char *printed;  /* as printed, or NULL */
	const char *computed; /* the same, computed; or NULL */
	const char *message;  /* of a rule of a template, in its words; or NULL */
	struct audit_reason reason[AUDIT_REASONS]; /* [n_reason] */
	size_t n_reason;
	const struct waiver *waiver; /* that holds, or NULL */
	bool may_be_waived;	     /* not reported yet */
};

/* What a waiver was found to be for. */
struct waiver_use {
	size_t n_exact;	 /* findings at its place */
	size_t n_within; /* findings whose place it begins, up to a '/' */
	size_t exact;	 /* the first of them in audit.finding */
	size_t within;
};

/* What waivers are for. */
enum audit_scope {
	AUDIT_PLAN = 1,	   /* its sources, tables and text */
	AUDIT_RETURNS = 2, /* monthly returns */
};

struct audit {
	const struct job *job;
	unsigned scope; /* enum audit_scope: what is looked at as a whole, so that a waiver may be said to be of no use */
	struct arena *arena;
	struct audit_finding *finding; /* [n_finding] */
	size_t n_finding;
	size_t cap;
	size_t n_more;	/* that were found and are not kept */
	size_t n_error; /* errors among all of them */
	struct map seen;   /* a place is told once by each rule: tables over one dataset see the same cells */
	struct waiver_use *use; /* [job->n_waiver] */
	const char **rule; /* [n_rule] that there are, of the program and of checks */
	size_t n_rule;
	size_t cap_rule;
};

void audit_init(struct audit *, const struct job *, struct arena *);

/* "rule" at an element of a template may say severity="..."; else the job's. */
enum severity audit_severity(const struct audit *, const struct node *, struct diags *);

/* A rule of a check, which waivers may name. */
void audit_rule_add(struct audit *, const char *rule);

/* Adds the finding, and reports it unless a waiver may hold for it; nothing where this rule spoke of the place already. */
void audit_add(struct audit *, struct audit_finding, struct diags *);

/* "1.528,5": as a document shows it. */
const char *audit_number(struct ratio, int decimals, enum rounding, struct arena *);
/* The same with all its decimals; two where they never end. */
const char *audit_exact(struct ratio, struct arena *);
/* The same, but as many as tell it from the other figure. */
const char *audit_apart(struct ratio, struct ratio other, struct arena *);

void audit_reason_add(struct audit_finding *, enum audit_why, const char *first, const char *second);

/* Reasons why `printed` with so many decimals stands where `computed` should: the roundings beside `how`. */
void audit_explain_rounding(struct audit_finding *, struct ratio computed, const char *printed, int decimals, enum rounding how,
	struct arena *);

/* The difference of two figures that were rounded first, as printed or to one decimal more. */
void audit_explain_difference(struct audit_finding *, struct ratio left, struct ratio right, const char *printed, int decimals,
	enum rounding how, struct arena *);

/* Reports what may have been waived: when all findings are known, or when there will be no more after an error. */
void audit_settle(struct audit *, struct diags *);

/* The same, and waivers that no finding needed, those that hold no more, and findings that are not kept: notes. */
void audit_end(struct audit *, struct diags *);

/* ---- waive.c: only for audit.c ---- */

/* Counts the waivers that the finding is at the place of. Whether one of them may hold for it. */
bool waivers_match(struct audit *, const struct audit_finding *, size_t i_finding);
/* Gives findings the waivers that hold for them. */
void waivers_hold(struct audit *);
/* Notes for those that hold for none. */
void waivers_report(const struct audit *, struct diags *);

#endif
