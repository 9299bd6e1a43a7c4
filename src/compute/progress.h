/* progress: how far a plan is: what its areas report month by month, held against its targets.
 *
 * Shape:  templates/progress/NAME.xml says which indicators are followed, by which expression over the fields of a month's
 *         return, and in which table of the plan the targets stand; the result is data like that of a source, which ordinary
 *         tables are made of: a row for each indicator and area ("progress"), for each indicator ("progress-totals"), for each
 *         indicator's done and planned figures by month ("progress-months"), for each area's returns ("progress-returns"), for
 *         each figure that a later return changed ("progress-corrections"); their datasets in templates/datasets/ list what
 *         is asked for, see progressmeasure.c for the names
 * Units:  those of the indicator; a target to date is exact, a share of a month's or quarter's
 * Errors: those of templates and expressions
 * Above:  areas need not report themselves: where input.below has what was kept of the progress of each (progresskept.h), their
 *         figures are those. An area's figure of a month is whole then where each of its own areas has reported it
 * Missing: a return that did not come is no zero: sums are over what is known, "reported" of "due" says over how much
 * Owner:  the arena
 */
#ifndef COMPUTE_PROGRESS_H
#define COMPUTE_PROGRESS_H

#include "compute/audit.h"
#include "compute/table.h"
#include "model/returns.h"

enum {
	PROGRESS_MONTHS = 12,
	PROGRESS_QUARTERS = 4,
	PROGRESS_INDICATORS_MAX = 200,
	PROGRESS_TARGETS_MAX = 16, /* of an indicator: tables that it may stand in */
	PROGRESS_SHEETS_MAX = 60,  /* of the workbook */
	TAB_NAME_MAX = 31,	   /* [units of UTF-16] that spreadsheet programs allow */
};

/* Where the target of a year stands. */
struct target {
	const char *table; /* of the plan */
	const struct node *node;
};

/* What is followed, or (base) what shares are taken of: it does not change in the year. */
struct indicator {
	const char *id;
	const char *label;
	const char *group; /* "poverty" "support" "money" */
	const char *unit;
	const char *value; /* expression over the fields of a return and over bases; NULL: a base */
	bool by_area;	   /* kept for areas too; else only for all of them */
	bool adds;	   /* plans of areas add up to that of the area above; else (a rate) its own plan alone says it */
	bool headline;
	bool is_ceiling; /* less="better": its target is not to be exceeded */
	const struct target *target; /* [n_target] the first whose table the plan has */
	size_t n_target;
	const struct node *node;
};

/* How far something is, in a word: the first whose condition holds. */
struct progress_status {
	const char *id;
	const char *word;
	const char *when; /* over the figures of a row; NULL: always */
	bool has_look;
	uint32_t fill, ink; /* has_look: 0xRRGGBB of the cell and of its letters; they are told from each other */
	const struct node *node;
};

/* A sheet of the workbook. */
struct progress_sheet {
	const char *name;	   /* on its tab */
	const char *const *tables; /* one below the other, NULL-terminated */
	const char *is;		   /* what else it is of: "remarks" "sources" "policy" "meanings" "findings" "charts"; NULL: of tables */
	bool brief;	/* head, text and charts of the brief stand around them */
	bool one_page;	/* printed on one, upright */
	bool filters;
	const struct node *node;
};

/* What must hold of every area's return of every month. */
struct progress_check {
	const char *that; /* condition over the fields of a return, upto() of them, and bases */
	enum severity severity;
	const char *message;
	const char *rule;
	const struct node *node;
};

struct progress_template {
	const char *name;
	const char *over;	   /* dataset of the returns */
	const char *const *tables; /* tables that are made of its data, NULL-terminated */
	const char *brief;	   /* plan text of one page: templates/plans */
	int due_day;		   /* of the month behind: returns that come later are late; 0: nobody says */
	const struct indicator *base; /* [n_base] */
	size_t n_base;
	const struct indicator *indicator; /* [n_indicator] in the order of the file */
	size_t n_indicator;
	const struct progress_status *status; /* [n_status] */
	size_t n_status;
	const struct progress_sheet *sheet; /* [n_sheet] in the order of the file */
	size_t n_sheet;
	const struct progress_check *check; /* [n_check] */
	size_t n_check;
	const struct node *root;
};

/* 5 for the field "m05", where mark is 'm'; 0: it is of no month. */
unsigned progress_month_of_field(const char *field, char mark);

/* With the targets that the job's own <progress> has, which come first. */
const struct progress_template *progress_read(const struct job *, const char *name, struct library *, struct arena *,
	struct diags *);

struct progress_input {
	const struct progress_template *template;
	const struct model *model;   /* of the plan's sources and of the returns */
	const struct tables *tables; /* of the plan */
	const struct returns *returns; /* of the template's dataset */
	struct audit *audit; /* what the template's checks find goes there; NULL: nothing is checked */
	struct date date; /* of the report; no day: nobody says */
	const char *const *below; /* [returns->n_area] what was kept of the progress of each area, an area's NULL: it could not be
				     made; NULL: areas report themselves */
	struct buf *kept; /* what is to be kept of it for those above is put there; or NULL */
};

/* The day that returns which did not come are overdue at: the report's, else when those of the last month are due. year 0: nobody says when
 * returns are due. */
struct date progress_overdue_day(const struct progress_input *);

struct explanation; /* explain.h */

/* What figures are explained from, prepared once for any number of cells. NULL after an error. */
struct progress_explainer;
struct progress_explainer *progress_explainer_new(const struct progress_input *, struct arena *, struct diags *);

/* Corrects what table_explain says of a cell over data of progress_derive, made from the same input: of which months and fields a
 * figure is summed, of which target it is a part. */
void progress_explain(const struct progress_explainer *, const struct table *, size_t row, size_t column, struct arena *,
	struct explanation *);

/* What a year's plan is divided over its months by. */
enum phasing {
	PHASED_LINE, /* equal parts in all months */
	PHASED_MONTHS,
	PHASED_QUARTERS,
	PHASED_TERMS,	    /* equal parts in the quarters between which the plan says that it is done */
	PHASED_TERMS_REST,  /* the same, and a line where the plan says nothing of the kind */
	PHASED_JOINTLY,     /* as the indicators that are its parts */
	PHASED_JOINTLY_REST, /* the same, and a line of what they do not have of it */
	PHASED_BELOW, /* as each of the areas that it is the sum of */
	PHASINGS,
};

/* Of an indicator. */
struct indicator_plan {
	bool is_told; /* the plan or any return to date has a figure of it; else no row speaks of it */
	const struct target *target; /* that its plan is made of; NULL: it has none, or it is the sum of those of the areas below */
	enum phasing phasing; /* of that */
};

/* The model with the figures of progress, at the period of the job (of its model), as further data. cells: where what stands in
 * their rows goes, but for its places. plans: [n_indicator] of the template's. */
bool progress_derive(const struct progress_input *, struct library *, struct arena *, struct arena *cells, struct model *derived,
	const struct indicator_plan **plans, struct diags *);

/* Returns of the months up to the last that are there, and those that should be. */
void progress_count_returns(const struct progress_input *, unsigned last, size_t *n, size_t *due);

#endif
