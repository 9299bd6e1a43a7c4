/* job: one document to issue, as job.xml says it.
 *
 * Owner:  the arena
 * Errors: all of the file in one run, each with its line and column; hrefs that leave the job's folder are refused
 */
#ifndef MODEL_JOB_H
#define MODEL_JOB_H

#include "base/date.h"
#include "base/node.h"
#include "base/ratio.h"
#include "base/rows.h"
#include "model/library.h"

/* What a number in a column of rates is: 5.13 or 0.0513 of 5,13%. */
enum source_rates { RATES_UNSAID, RATES_PERCENT, RATES_FRACTION };

/* What rows are whose figures are the sums of others, though no word or ordinal says so (sumrows.h). */
enum source_sums { SUMS_UNSAID, SUMS_DATA, SUMS_GROUPS };

enum {
	DATA_HEADER_ROWS_MAX = 4,
	DATA_HEADER_SAID_MAX = DATA_HEADER_ROWS_MAX + 2, /* with those of units and of column numbers below it */
	DATA_HEADER_WITHIN = 40, /* rows in which a header is looked for */
};

enum { SOURCE_LEVEL_MAX = 9 };

enum source_role { SOURCE_CURRENT, SOURCE_PREVIOUS, SOURCE_PLAN };

struct source {
	const char *id;
	const char *dataset; /* template name */
	const char *reg;     /* register="...": dataset of the file's rows, over which the fields are counted; or NULL */
	unsigned level;	     /* of the areas that they are counted for: 1 right below the job's own, 2 below these */
	const char *path;    /* inside the job's folder, to open; NULL: not there, see job_read_planned */
	const char *shown;   /* job's path with href, for messages */
	const char *href;    /* as in the job: for the manifest */
	enum source_role role;
	const char *rows;
	const char *sheet;
	const char *encoding;
	bool decimal_said;  /* else the numbers of each column show it */
	bool decimal_point; /* decimal=".": 12.5 is a number */
	bool repeats;	    /* several rows may speak of one key: returns, which correct each other */
	bool spares;	    /* what is wrong with a row is its own fault, and none of the file: a list of areas */
	bool own_areas;	    /* areas="own": names of its areas are right, even if they are near to those of other sources */
	enum source_rates rates;
	enum source_sums sums;
	unsigned header_first; /* <header rows="3-5"/>: rows of the sheet, lines of the file; 0: not said */
	unsigned header_last;
	struct origin header_at;
	const char *by;	    /* of a job for each area of a list: header text of the column that says whose a row is; NULL: all are everyone's */
	struct origin by_at;
	const char *totals; /* of a summary: table whose totals are the rows, one for each area below; or NULL */
	const char *list;   /* of a summary: the list of the areas below, each with what came of it; or NULL */
	const struct row_feed *feed; /* its rows, read before; NULL: they are in the file */
	const struct reg_part *counted; /* of a register: its rows, counted before; NULL: they are in the file */
	int period_year;    /* what {period} in header names stands for: its own, else the job's, of the previous source the one before */
	struct origin at;
};

/* What areas reported month by month: see returns.h. */
struct job_returns {
	struct source source; /* what all its files have in common; href may have a '*' (filematch.h), path is NULL */
	unsigned month;	      /* of all of them; 0: not said */
	const char *received; /* "2024-05-03" or "2024-05-03T14:30", or NULL */
	struct origin href_at;
	struct origin month_at;
	struct origin received_at;
};

/* The rows of a file of returns. */
struct returned_feed {
	const char *path;
	const struct row_feed *feed; /* NULL: there are none */
};

struct reg_part; /* register.h */

struct signer {
	const char *authority; /* "TM. ỦY BAN NHÂN DÂN" */
	const char *title;     /* lines "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH" */
	const char *name;
};

/* A signature that building puts into the plan, or telling of its progress into the brief. */
struct job_sign {
	const char *field; /* "signer" */
	const char *level; /* "b" "t" "lt" "lta" */
	struct origin at;
};

/* What <record> says of the document for the archive: an attribute of it or of a <to> in it. */
struct record_word {
	const char *attribute; /* "organ-id" */
	size_t to;	       /* 0: of <record>; else of its to-th <to>, from 1 */
	const char *text;
	struct origin at;
};

/* A finding of the audit that somebody answers for. */
struct waiver {
	const char *rule;
	const char *place;
	const char *reason;
	const char *name;
	struct date until; /* the last day it holds */
	struct origin at;
};

struct period {
	int year;
	int month; /* 1-12: its last one; or 0: the whole year */
	int first_month; /* 1-12 where it is of several months; or 0: it is the one month */
};

struct job {
	const char *id;	  /* [a-z0-9-]+: also the folder of the results */
	const char *path; /* job.xml as given */
	const char *dir;
	struct origin at;
	struct period period;
	enum rounding rounding;
	const char *agency;	 /* "Ủy ban nhân dân phường Bắc Sơn" */
	const char *parent;	 /* cơ quan chủ quản trực tiếp, or NULL */
	const char *agency_head; /* the two bold lines, "ỦY BAN NHÂN DÂN\nPHƯỜNG BẮC SƠN" */
	const char *area;	 /* "phường Bắc Sơn" */
	const char *contact;	 /* whom to ask about the figures, or NULL: the agency */
	const char *number;	 /* as printed: "05", "66"; "" when blank */
	const char *symbol;	 /* "KH-UBND" */
	const char *place;	 /* "Bắc Sơn" */
	struct date date;
	struct source *source;
	size_t n_source;
	const char *plan_path; /* plan.xml of the job, to open; NULL: plan_template */
	const char *plan_shown;
	const char *plan_template; /* name in templates/plans */
	bool plan_varies;	   /* each area of a list has a plan.xml of its own */
	const char *const *workbook; /* table names, NULL-terminated */
	const struct origin *workbook_at; /* [names] where each stands */
	const char *form;	   /* style of the page: name in templates/forms, "nd30" by default */
	struct job_returns *returns; /* [n_returns]; building passes them over */
	size_t n_returns;
	const struct returned_feed *returned; /* [n_returned] rows of files of returns that were read before */
	size_t n_returned;
	const char *progress; /* name in templates/progress, or NULL */
	const char *progress_list; /* of a summary: the list of areas whose progress is added up; or NULL */
	const char *const *kept; /* [n_kept] what was kept of the progress of each of these; an area's NULL: it could not be made */
	size_t n_kept;
	const struct node *progress_node; /* the element, for the targets in it; or NULL */
	struct signer *signer;
	size_t n_signer;
	struct job_sign *sign; /* [n_sign] in the order in which they are made */
	size_t n_sign;
	struct job_sign *brief_sign; /* [n_brief_sign] the same of the brief of its progress */
	size_t n_brief_sign;
	bool has_audit;
	enum severity audit_severity; /* of a difference that no rule says another for */
	struct waiver *waiver;
	size_t n_waiver;
	struct record_word *record; /* [n_record] */
	size_t n_record;
};

enum { LIST_SUMMARIES_MAX = 4 }; /* <summary> of a job for each area of a list (joblist.h) */

/* What manifests call what came of the areas that a summary is over. */
#define JOB_BELOW "batch.json"

/* Datasets that a job's <audit published="..."> and <crosswalk> name by themselves. */
#define DATASET_PUBLISHED "published"
#define DATASET_CROSSWALK "crosswalk"

const char *period_kind(const struct period *); /* "month" "quarter" "half" "year", or "months": of any other length */
int period_part(const struct period *);		/* which of its kind in the year: 2 of a second quarter; 1 of a year */

int period_last(const struct period *);		/* 1-12: its last month */
int period_months(const struct period *);	/* 1-12: how many it has */
struct period period_next(const struct period *);	/* of the same length, behind it */
struct date period_end(const struct period *);		/* the day after it */
bool period_is_before(const struct period *, const struct period *); /* May before June; also March before the quarter that ends with it */

struct date job_period_end(const struct job *); /* the day after its period */

/* Where the workbook names the table, else the job itself. */
struct origin job_table_place(const struct job *, const char *table);

/* NULL after errors. Adds job.xml to the library's used files and its templates/ to the library's front. */
const struct job *job_read(const char *path, struct library *, struct arena *, struct diags *);

/* The same before its figures are there: files that it names may be missing, and their paths are NULL then. */
const struct job *job_read_planned(const char *path, struct library *, struct arena *, struct diags *);

/* A job for each area of a list (joblist.h), as it is for one of them. */
struct job_instance {
	const struct node *root; /* job.xml, filled in */
	const struct row_feed *const *feed; /* [n_feed] by the order of the job's sources; NULL: the source's file is read */
	const struct reg_part *const *counted; /* [n_feed] the same of registers, or NULL */
	size_t n_feed;
	bool plan_varies;
	const struct returned_feed *returned; /* [n_returned] */
	size_t n_returned;
	const char *below; /* of a summary: the list of the areas below, for messages; else NULL */
	const char *const *kept; /* [n_kept] of their progress, see struct job */
	size_t n_kept;
};

/* path: of the job.xml that it was filled in from. */
const struct job *job_read_instance(const char *path, const struct job_instance *, struct library *, struct arena *, struct diags *);

#endif
