/* work: what the files of compute share while one table is made, and what its names mean
 * afterwards. Only for compute.
 *
 * Shape:  the template is read into columns, checks and wishes for rows; then leaves are collected
 * from the sources, put into order, and the cells are filled column by column, each after those it
 * is computed from Owner:  the arena; the work lives as long as the table, since table->env.ctx is
 * the work
 */
#ifndef COMPUTE_WORK_H
#define COMPUTE_WORK_H

#include "base/map.h"
#include "compute/audit.h"
#include "compute/table.h"

#include <stdint.h>

#define NOT_THERE SIZE_MAX

enum {
	N_ROLE = SOURCE_PLAN + 1,
	N_VIEW = VIEW_SHOWN + 1,
};

enum total_rule { TOTAL_DEFAULT, TOTAL_SUM, TOTAL_VALUE, TOTAL_NONE };
enum row_order { ORDER_SOURCE, ORDER_LABEL, ORDER_COLUMN };
enum row_groups { GROUPS_NONE, GROUPS_PARENT, GROUPS_FIELD };
enum check_on { CHECK_ROWS, CHECK_TOTAL, CHECK_ALL };

/* What the template says of a column and is needed only here. */
struct column_work {
	const struct node *node;
	enum total_rule total;
	bool find_decimals; /* as many as the source has, at most that many: */
	int most_decimals;
	bool of_previous; /* computed from figures of the year before */
	enum { UNVISITED, OPEN, ORDERED } visit;
};

struct check {
	const struct node *node;
	const struct expr *that;
	enum severity severity;
	enum check_on on;
	const char *message;
	const char *rule;
};

/* The rows of a source that have one key, in the order of the source. */
struct row_index {
	struct map first; /* key -> row */
	size_t *next;	  /* [n_row] or NOT_THERE */
};

struct group {
	const char *key;
	const char *label;
	const char *folded;
	size_t rank;
	const struct data_row *left_out; /* of the previous source: an area of the group that went to no row; or NULL */
};

/* What kept a figure of the year before from a row. */
struct previous_fault {
	bool lost;		    /* an area it was made of is not in the source */
	const struct field *merged; /* it was made of several, or of parts, and such a field is not added up; or NULL */
};

/* A row of the previous source, and how much of it an area took over. */
struct leaf_part {
	const char *name; /* what the area then is found by */
	const char *shown; /* for messages */
	bool known;		    /* the source has the area */
	const struct data_row *row; /* NULL: the source does not have it */
	struct figure weight;
};

/* What a row of kind ROW_AREA is made of. */
struct leaf {
	const char *key;
	const char *match; /* what its rows in the sources are found by */
	const char *label;
	const char *folded; /* label; ORDER_LABEL only */
	const struct data_row
		*row[N_ROLE];	    /* by enum source_role; NULL: the source has no such row */
	bool several[N_ROLE];	    /* it has more than one for the period: none is taken */
	bool moved; /* by the crosswalk, all that it was became other areas */
	struct leaf_part *part;	    /* [n_part] of the previous source; rows="area" only */
	size_t n_part;
	const struct data_row *any; /* a row of the current source */
	struct group *group;
	size_t position;
	struct figure sort_figure; /* ORDER_COLUMN */
	const char *sort_text;	   /* the same of columns that are texts, folded */
};

struct named_row {
	size_t row;
	bool several; /* the name is not unique */
};

/* A rule of the audit: a figure against others of its row, or against another table. */
struct rule {
	const struct node *node;
	const struct rule_kind *kind;
	enum severity severity;
	const struct expr *subject; /* the figure the rule speaks of; "covers" has none */
	const struct expr **plus;   /* [n_plus] */
	size_t n_plus;
	const struct expr **minus; /* [n_minus] */
	size_t n_minus;
	bool idle; /* the job has no source of the role it speaks of */
};

struct work {
	const struct model *model;
	const struct job *job;
	struct arena *a;
	struct audit *audit; /* NULL: nothing is checked */
	struct table *table;
	const struct node *root;
	const struct data *data[N_ROLE]; /* by enum source_role, or NULL */
	bool has_month;

	struct column_work *column; /* [table->n_column] */
	size_t *fill_order;	    /* [table->n_column] */
	struct symbol *symbol;	    /* those of the table */
	size_t *symbol_field;	    /* [n_named] field behind a name, or NOT_THERE */
	size_t n_named;		    /* columns, then fields that are no column; constants follow */
	struct check *check;
	size_t n_check;
	size_t cap_check;
	struct rule *rule;
	size_t n_rule;
	size_t cap_rule;

	bool by_area;	  /* rows="area" */
	bool only_months; /* nothing else names the rows of the dataset */
	enum rounding rounding;
	enum row_order order;
	size_t order_column;
	bool descending;
	enum row_groups groups;
	size_t group_field;
	const struct expr *where; /* which leaves are rows; or NULL: all */
	bool where_of_fields;	  /* it was asked when they were collected */
	const struct node *subtotal; /* or NULL */
	const struct node *total;    /* or NULL */
	bool total_first;
	bool groups_last; /* their rows stand behind all leaves */

	struct row_index index[N_ROLE];
	struct map previous_names; /* names and codes of areas -> a row of the previous source */
	/* of the previous source: the first whose area went to no row; the first of those whose group is not known; or NULL */
	const struct data_row *left_out;
	const struct data_row *left_out_anywhere;
	const struct data_row *asked_left_out; /* the one that a total was asked for in vain */
	struct previous_fault *previous_fault; /* [n_leaf] of figures that were asked for */
	struct leaf *leaf; /* [n_leaf] in the order of the table */
	size_t n_leaf;
	size_t cap_leaf;
	struct group **group; /* [n_group] */
	size_t n_group;
	const struct leaf **row_leaf; /* [table->n_row] NULL for groups and the total */
	bool has_names;		      /* the rows are named below */
	struct map keys;	      /* -> named */
	struct map labels;	      /* -> named */
	struct map area_names;	      /* of rows of areas (model/areanames.h) -> named */
	struct named_row *named;
	size_t n_named_row;
	size_t cap_named_row;
	struct figure
		*total_figure; /* [N_VIEW * n_field] of fields that no column shows, once known */
	bool *total_known;
	const struct leaf *several; /* a leaf that was asked for a field its source has several rows
				       of, or NULL */
};

/* ---- label.c ---- */

/* As label_text; `{group}` stands for group unless that is NULL. */
const char *label_of_group(const struct node *, const char *attribute, const struct job *,
	const char *group, struct arena *, struct diags *);

/* ---- tabletemplate.c, tablecolumn.c, symbols.c: the template ---- */

/* Everything of the file that needs no expression. */
bool template_read(struct work *, const char *name, struct library *, struct diags *);
/* Columns of an element, with those of its groups; level 0 is <table>. */
void columns_read(
	struct work *, const struct node *, const char **label, size_t level, struct diags *);
/* Errors for every element and text in it. */
void refuse_children(const struct node *, struct diags *);
enum rounding read_rounding(const struct node *, enum rounding otherwise, struct diags *);
size_t find_column(const struct table *, const char *id);  /* or NOT_THERE */
size_t find_field(const struct dataset *, const char *id); /* or NOT_THERE */

/* Indicators and checks: names, units, what is computed first. */
bool symbols_read(struct work *, struct diags *);
/* [n_column] the column and all that it is computed from. */
const bool *columns_behind(const struct work *, size_t column);

/* ---- rows.c, rowplace.c ---- */

/* What the group of a row is found by. */
const char *group_key(const struct work *, const struct data_row *, struct arena *);
bool rows_collect(struct work *, struct diags *);
/* Leaves of one group come together in every order. ORDER_COLUMN: by what rows_take_values() has taken. */
void rows_sort(struct work *, enum row_order);
/* Keeps of the cells that are filled those of the column that orders the rows. */
void rows_take_values(struct work *);
/* Drops the leaves that `where` does not hold for. */
bool rows_filter(struct work *, struct diags *);
/* table->row, leaf and env for the leaves in their order; cells are empty. */
bool rows_place(struct work *, struct diags *);
/* The row of that month; NULL too when there are several, which sets *ambiguous. first may be
 * NOT_THERE. */
const struct data_row *index_row(const struct row_index *, const struct data *, size_t first,
	unsigned month, bool *ambiguous);
bool work_find_row(void *ctx, const char *key, size_t *row);

/* ---- groupwhole.c ---- */

/* from="DATASET" of <subtotal>. Errors "source", "unknown-name": none of the job; it does not have the field of the groups. */
void whole_read(struct work *, const struct node *subtotal, struct diags *);
/* The row of that dataset that has the group's text in the field of the groups; NULL: none, or several. */
const struct data_row *whole_find(const struct work *, const char *label);
/* What it says in a field or text column of a group's row, and of which field that is; NULL: nothing, the row is made of its leaves. */
const struct datum *whole_datum(const struct table *, size_t row, const struct column *, const struct field **);

/* ---- previous.c ---- */

/* The rows of the previous source that an area was made of. */
void previous_find(struct work *, struct leaf *, unsigned month, struct diags *);
/* When all leaves are known; groups are those of the table by their key. */
void previous_end(struct work *, const struct map *groups);
/* Whether an area went to none of the rows of a total: that of the others is not the one of the year before. */
bool previous_left_out(struct work *, size_t row);
/* previous.x in the row of a leaf. */
bool previous_figure(struct work *, const struct leaf *, size_t field, struct figure *, struct diags *);
/* Areas whose previous figures were asked for in vain. */
void previous_warn(const struct work *, struct diags *);

/* ---- cells.c, lookup.c ---- */

/* only: [n_column] which columns; NULL: all. */
bool cells_fill(struct work *, const bool *only, struct diags *);
bool work_lookup(void *ctx, const struct symbol *, enum expr_view, size_t row, struct value *,
	struct diags *);
/* Exact sum; missing unless all are there, or with skip unless any is. */
bool figures_sum(const struct figure *, size_t n, bool skip, struct origin at, struct arena *,
	struct cell_value *sum, struct diags *);
const char *datum_text(const struct datum *, enum field_type, struct arena *);

/* ---- allocate.c ---- */

/* The leaves of a column that shares out a whole. */
bool shares_fill(struct work *, size_t i_column, struct diags *);

/* ---- checks.c, asserted.c, rules.c, crossrules.c, reasons.c: only with an audit ---- */

void checks_run(struct work *, struct diags *);
void asserted_compare(struct work *, struct diags *);

/* Whether the element is a rule of the audit; it is then taken, its expressions are read later. */
bool rule_take(struct work *, const struct node *, struct diags *);
void rules_read(struct work *, struct diags *);
void rules_run(struct work *, struct diags *);
/* Rules about another table, when all are computed. */
void cross_rules_run(struct work *, const struct tables *, struct library *, struct diags *);

/* The first source cell of the figure, else the row, else the table. */
struct origin row_place(const struct work *, const struct figure *, size_t row);
/* "poverty-targets/khu phố 5/rate_end" */
const char *cell_path(const struct work *, size_t row, const char *name);
/* "Khu phố 5, Tỷ lệ (%)" */
const char *cell_subject(const struct work *, size_t row, const char *name);

#endif
