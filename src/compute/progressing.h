/* progressing: what the files of progress share while its data are made. Only for compute.
 *
 * Shape:  areas are numbers 0 .. n_area - 1 in the plan's order, and n_area is all of them together; months are 1 to 12
 */
#ifndef COMPUTE_PROGRESSING_H
#define COMPUTE_PROGRESSING_H

#include "base/map.h"
#include "compute/progress.h"

/* The targets of an indicator as the plan has them. */
struct goal {
	bool found;		/* a table of the plan has it */
	const struct target *target; /* found: which */
	struct figure *year;	/* [n_area + 1] */
	size_t n_part;	     /* quarters or months of a year that it is phased by; 0: a straight line */
	struct figure *part; /* [(n_area + 1) * n_part] */
	struct figure *to_date; /* [(n_area + 1) * PROGRESS_MONTHS] as areas below planned it, in the place of parts; or NULL */
	const size_t *with;  /* [n_with] indicators that it is phased as; what they do not have of it is a straight line */
	size_t n_with;
	size_t n_termed, n_unsaid; /* rows of the plan that a <term> says the quarters of, and those that none does, where some are said */
};

/* Quarters of which some rows of a target are: a <term>. */
struct term {
	const struct expr *of; /* which rows; NULL: all */
	int64_t first, last;
	struct figure said[2]; /* where the plan says so */
	bool said_somewhere;
};

struct terms {
	struct term *term; /* [n] the first one of a row counts */
	size_t n;
	size_t cap;
};

/* An indicator's expression, and the fields of a return that it is of. */
struct followed {
	const struct indicator *indicator;
	const struct expr *value;
	const size_t *field; /* [n_field] */
	size_t n_field;
	struct figure *all; /* [PROGRESS_MONTHS * n_field] sums over the areas whose return of the month has all of the fields */
	struct goal goal;
};

struct progressing {
	const struct progress_input *input;
	const struct progress_template *template;
	const struct job *job;
	struct arena *a;
	struct arena *own; /* for what nothing refers to that is made of it */
	struct diags *d;
	const struct returns *returns;
	size_t n_area;	  /* of the returns */
	struct map index; /* area key -> its number */
	const struct progress_kept *const *below; /* [n_area] what is known of areas that do not report themselves; an area's NULL: it
						     could not be made; NULL: they report */
	bool has_spans;	  /* some figures are of several months together: what they are of must lie in what is summed */
	unsigned first, last;	     /* months of the period; figures to date are of 1 .. last */
	struct symbols symbols;	     /* fields of the returns, then bases, then constants of the job */
	const struct field **field;  /* [n_field] behind the first of them */
	size_t n_field;
	struct followed *base;	     /* [template->n_base] */
	struct followed *indicator;  /* [template->n_indicator] */
	const struct expr **status;  /* [template->n_status] NULL: always */
};

/* ---- progresssheet.c ---- */

/* fill="RRGGBB" and ink="RRGGBB" of a <status>. Errors "value"; "contrast": the letters would hardly be read. */
void status_look_read(const struct node *, struct progress_status *, struct diags *);
/* A <sheet>. */
void sheet_read(const struct node *, struct arena *, struct progress_sheet *, struct diags *);
/* Names, and that every table is one of the template's. */
void sheets_check(const struct progress_template *, struct arena *, struct diags *);

const char *const *names_split(const char *list, struct arena *); /* "a b" or NULL; NULL-terminated */

/* ---- progress.c ---- */

/* Areas, months, sums, targets: all that rows are made of. */
bool progress_prepare(const struct progress_input *, struct arena *, struct arena *own, struct progressing *, struct diags *);

/* ---- progresstarget.c ---- */

/* "quarters" or "months", which names the columns of a year's parts; NULL: the target is not phased. */
const char *phasing_attribute(const struct node *target, size_t *n_part);
/* part of `of` equal ones. */
bool goal_share(const struct progressing *, struct figure whole, int64_t part, int64_t of, struct figure *);
/* What the indicators that it is phased as do not have of the year's plan. */
bool goal_rest(const struct progressing *, const struct goal *, size_t area, struct figure *);
bool goal_find(struct progressing *, const struct indicator *, struct goal *);
/* What is planned up to the end of a month. */
bool goal_to_date(const struct progressing *, const struct goal *, size_t area, unsigned month, struct figure *);

/* ---- progressterm.c ---- */

/* Whether the condition (NULL: none) is true in a row. */
bool row_holds(const struct progressing *, const struct table *, const struct expr *where, size_t row, bool *holds);
/* The <term>s of a target over the table that the plan says something of. Errors "value" at the cell: it is no quarter, or the first
 * is behind the last. */
bool terms_read(struct progressing *, const struct node *target, const struct table *, struct terms *);
/* The year's figure of a row by quarters: equal in those of its term, else in all. */
bool terms_phase(const struct progressing *, const struct terms *, const struct table *, size_t row, struct figure year,
	struct figure *quarter, bool *has_term);

/* ---- progresssum.c ---- */

/* Symbols, expressions, sums over the areas. */
bool sums_prepare(struct progressing *);
/* The indicator's figure over some months: of what is known; missing where nothing is. */
bool sums_value(struct progressing *, const struct followed *, size_t area, unsigned first, unsigned last, struct figure *);
/* What a symbol means over some months of an area, or of all areas, for an indicator, whose fields count where all of them are known; for
 * none (NULL): of one area only, each field by itself. */
bool sums_symbol(struct progressing *, const struct followed *, size_t area, unsigned first, unsigned last, const struct symbol *,
	struct value *);
/* The month from which on the figures are that the area has of a month, for all fields of the indicator; 0: it lacks one. Of areas that
 * report themselves. */
unsigned sums_since(const struct progressing *, const struct followed *, size_t area, unsigned month);
/* The figure of the i-th of the indicator's fields as it was reported. */
struct figure sums_figure(const struct progressing *, const struct followed *, size_t area, unsigned month, size_t i);
/* Whether the plan gives areas their own parts of it. */
bool sums_is_shared_out(const struct progressing *, const struct followed *);
/* Whether the area's return of the month has all fields of the indicator. */
bool sums_is_reported(const struct progressing *, const struct followed *, size_t area, unsigned month);
/* Returns of some months that a sum over them is known of; of all areas: those of each. */
size_t sums_known(const struct progressing *, const struct followed *, size_t area, unsigned first, unsigned last);
/* How many there should be of these months. */
size_t sums_due(const struct progressing *, size_t area, unsigned first, unsigned last);
/* Whether all of them are known. */
bool sums_complete(const struct progressing *, const struct followed *, size_t area, unsigned first, unsigned last);
/* Whether the plan or any return to date has a figure of it. */
bool sums_speak_of(struct progressing *, const struct followed *, bool *);
/* Months to date that an area's figure is known for; of all areas: how many have it for all of them. */
size_t sums_reported(const struct progressing *, const struct followed *, size_t area);
/* Months to date that an area's figure is not known for; of all areas: how many do not have it for all of them, of those that have a plan of
 * their own where some have. */
size_t sums_awaited(const struct progressing *, const struct followed *, size_t area);
/* 1 where the area's returns of the period are there; of all areas: how many have them. */
size_t sums_returned(const struct progressing *, size_t area);
/* Areas whose return of the month is there, and those whose return has all fields of the indicator, of no month before the first. */
size_t sums_areas_returned(const struct progressing *, unsigned month);
size_t sums_areas_known(const struct progressing *, const struct followed *, unsigned first, unsigned month);
/* Whether anything is known of it, also of a part of an area. */
bool sums_is_known(const struct progressing *, const struct followed *, unsigned first, unsigned month);
/* Returns of the period that are there, of areas below those of their own areas. */
size_t sums_returns(const struct progressing *, size_t area);
/* Months of the period before, which is as long; false in the first of a year. */
bool period_before(const struct progressing *, unsigned *first, unsigned *last);

/* ---- progressmeasure.c ---- */

enum { MEASURES_MAX = 28 };

/* What a row speaks of, and what is known of it so far. */
struct subject {
	struct progressing *p;
	const struct followed *followed;
	size_t area;
	const char *series; /* of "progress-months"; else NULL */
	struct datum known[MEASURES_MAX];
	bool is_known[MEASURES_MAX];
	const struct progress_status *status; /* has_status: of the row; NULL: none */
	bool has_status;
};

/* What a field of that name holds: its name is looked up once for all rows. */
struct measured {
	size_t measure; /* MEASURES_MAX: none */
	unsigned month; /* of a series, where the field is of one; 0: it is not */
};

/* Reads the conditions of statuses. */
bool measures_prepare(struct progressing *);
struct measured measured_of(const char *field);
/* What stands in the field; missing where none has it. */
bool subject_datum(struct subject *, struct measured, struct datum *);
/* 5 for "m05", where mark is 'm'; 0: it is no month. */
unsigned progress_month_of_field(const char *field, char mark);

/* ---- progressreturns.c ---- */

/* What came of one area of one month that is due. */
struct arrival {
	size_t n, due;	 /* returns: one, or of an area below those of its own areas */
	const char *day; /* on which the first return came, "2024-06-03", or the last of several first ones; NULL: nobody says */
	size_t n_late;	   /* also of those that did not come and are overdue */
	int64_t late_days; /* [days] behind the due day; 0: in time, or nobody says */
};

struct arrival arrival_of(const struct progressing *, size_t area, unsigned month);

/* Of each area: its returns; how many rows. */
size_t returns_rows(struct progressing *, const struct dataset *, struct data_row **);
/* Of each figure of the period's returns that later ones changed. */
size_t corrections_rows(struct progressing *, const struct dataset *, struct data_row **);

/* ---- progresscheck.c ---- */

/* False after an error in a condition; what does not hold goes to the audit. */
bool returns_check(struct progressing *);

/* ---- progressdated.c ---- */

/* Warning "date": returns that are used were received after the day of the report. */
void returns_check_date(const struct progressing *);

/* ---- progressplan.c ---- */

/* Of each indicator of the template. */
bool plans_make(struct progressing *, const struct indicator_plan **);

/* ---- progressdata.c ---- */

bool progress_data(struct progressing *, struct library *, struct arena *cells, struct model *derived);

#endif
