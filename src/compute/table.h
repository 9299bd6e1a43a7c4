/* table: what is computed for the rows and columns of one form.
 *
 * Shape:  cell[i_row * n_column + i_column], in the order of the template's columns and of the rows it asks for; rows are
 *         leaves in groups, each group's row after or before its leaves as the template says, the total row last or first
 * Units:  as each column says; rates in %, not fractions
 * Errors: a missing input gives FIGURE_MISSING, not an error; division by zero FIGURE_NOT_APPLICABLE; checks of the
 *         template and asserted figures of the sources become findings ("check", "asserted")
 * Owner:  the arena passed in
 * Source: each template names the act or form it comes from
 */
#ifndef COMPUTE_TABLE_H
#define COMPUTE_TABLE_H

#include "expr/expr.h"
#include "model/data.h"

enum {
	TABLE_COLUMNS_MAX = 256,
	TABLE_HEADER_MAX = 4, /* levels */
};

enum column_kind {
	COLUMN_ORDINAL,	  /* 1, 2, 3: leaves are counted; "I", "II" for groups */
	COLUMN_LABEL,	  /* the row's label: area, source, month */
	COLUMN_FIELD,	  /* a number of the dataset */
	COLUMN_INDICATOR, /* computed by an expression */
	COLUMN_SHARE,	  /* its row's share of a whole: allocation */
	COLUMN_TEXT,	  /* a text, date or flag of the dataset */
	COLUMN_WORDS,	  /* a text that an expression chooses: a status */
};

enum allocation_mode {
	ALLOCATE_LARGEST_REMAINDER, /* whole shares that add up to the whole */
	ALLOCATE_PROPORTIONAL,	    /* exact shares */
	ALLOCATE_GIVEN,		    /* the source's own column, which must add up to the whole */
};

/* A whole shared out over the rows. */
struct allocation {
	enum allocation_mode mode;
	const struct expr *whole; /* in the total row */
	const struct expr *by;	  /* weights, in each row; NULL: ALLOCATE_GIVEN */
};

struct column {
	const char *id;
	enum column_kind kind;
	const char *const *label; /* [n_label] header path from the top, with {period} filled in */
	size_t n_label;
	const char *unit;
	int decimals;		/* shown; 0 for counts */
	bool own_decimals;	/* decimals="own": each cell shows as many as it has, at most that many */
	int pad;		/* least digits of whole numbers, 0: none ("05" is pad 2) */
	bool is_centred;	/* align="centre": its texts stand in the middle */
	int total_pad;		/* the same in total and group rows: pad, unless total-pad says otherwise */
	enum rounding rounding; /* of the column, else of the table, else of the job */
	bool skip_missing;	/* missing="skip": totals leave missing rows out and say how many they have */
	bool hidden;		/* computed, not printed (hidden="yes") */
	bool may_be_na;
	bool summed;		/* totals add it up (fields; whole indicators marked total="sum"); else computed anew */
	bool no_total;		/* total="none": nothing stands in total and group rows */
	size_t field;		/* COLUMN_FIELD, COLUMN_TEXT, given shares: of the dataset */
	const struct expr *expr; /* COLUMN_INDICATOR, COLUMN_WORDS; COLUMN_LABEL whose rows have other texts than their labels */
	struct allocation share; /* COLUMN_SHARE */
	bool free_range;	 /* range="free": a rate that may leave 0 to 100 */
	struct origin at;
};

enum row_kind { ROW_AREA, ROW_GROUP, ROW_TOTAL };

struct table_row {
	enum row_kind kind;
	unsigned ordinal; /* of leaves 1..; of groups 1.. */
	const char *key; /* area key, key field's value, "total", "group:KEY" */
	const char *label;
	const struct data_row *row; /* leaves only */
	const struct data_row *whole; /* groups that another dataset speaks of: its row in table->whole; else NULL */
	size_t first_leaf;	    /* groups and total: their leaves are leaf[first_leaf .. first_leaf + n_leaf) */
	size_t n_leaf;
};

struct cell_value {
	struct figure figure;
	const char *text; /* COLUMN_LABEL, COLUMN_TEXT, COLUMN_ORDINAL, COLUMN_WORDS */
	unsigned skipped; /* totals of skip_missing columns: leaves that were missing, of n_leaf */
	bool apart; /* of a group that another dataset speaks of: the figure is no sum of the leaves, though the column is summed */
};

struct table {
	const char *id;
	const char *title;     /* with {period} filled in */
	const char *unit_line; /* "Đơn vị tính: hộ", or NULL */
	const struct dataset *dataset;
	const struct data *data;
	const struct data *whole; /* <subtotal from="...">: what rows of groups say; or NULL */
	struct column *column; /* [n_column] */
	size_t n_column;
	struct table_row *row; /* [n_row] */
	size_t n_row;
	const size_t *leaf; /* [n_leaf] rows of kind ROW_AREA, in order */
	size_t n_leaf;
	bool has_total;
	size_t total; /* row of the total, printed or not: total(x) always works */
	bool total_printed;
	bool groups_last; /* rows of groups stand behind all leaves, which so are one block */
	struct cell_value *cell;
	struct symbols symbols;		/* the names expressions over this table may use: columns, then constants */
	struct expr_env env;		/* and what they mean; ctx is the table's own */
	bool numbered_columns;		/* a row of column numbers and formulas below the header */
	const struct node *template;	/* root element, for places */
	struct origin at;
};

/* A constant the job gives every expression: period, month, and the plan's defines. */
struct constant {
	const char *name;
	const char *unit;
	struct figure figure;
};

struct tables {
	const struct table *const *table; /* [n_table] in the order asked for */
	size_t n_table;
};

struct audit;
struct audit_finding;

/* Reads and computes the templates named (each once). What their checks and rules find goes to the audit (NULL: nothing is
 * checked), which knows of its own errors; false after any other. */
bool compute(const struct model *, struct library *, const char *const *name, size_t n_name, struct audit *, struct arena *,
	struct tables *, struct diags *);

/* Header path of a column, "A > B". */
const char *column_name(const struct column *, struct arena *);
bool column_is_number(const struct column *); /* field, indicator or share */

const struct table *tables_find(const struct tables *, const char *id);		 /* or NULL */
/* "poverty-targets/khu phố 5/rate_end": how a finding names a cell. */
const char *table_cell_path(const struct table *, size_t row, const char *name, struct arena *);
/* Reasons why a cell is printed (that text, those decimals) otherwise than it is computed. */
void table_explain_cell(const struct table *, size_t row, size_t column, const char *printed, int decimals,
	struct audit_finding *, struct arena *);
const struct cell_value *table_cell(const struct table *, size_t row, size_t column);
bool table_find_row(const struct table *, const char *key_or_label, size_t *row); /* false too when a label is not unique */

/* `{period}`, `{period - 1}` in labels and titles; only constants of the job. NULL after an error. */
const char *label_text(const struct node *, const char *attribute, const struct job *, struct arena *, struct diags *);

/* Order of two folded texts: by the Vietnamese alphabet, then by tones; numbers inside by their value. */
int label_compare(const char *a, const char *b);

/* The constants of a job: period, month, the texts agency and locality, thousand, million and billion of money. */
struct symbols job_symbols(const struct job *, struct arena *);
bool job_lookup(const struct job *, const struct symbol *, struct value *);

#endif
