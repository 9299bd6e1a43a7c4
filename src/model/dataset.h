/* dataset: what the figures of one kind are: typed fields with the header texts they are known by, and a key.
 *
 * Shape:  a dataset whose fields have a <count>, <sum> or <distinct> may also be read from a register (register.h): another dataset
 *         whose rows are households or persons
 * Source: templates/datasets/NAME.xml; C knows types, never a name such as "poor households"
 */
#ifndef MODEL_DATASET_H
#define MODEL_DATASET_H

#include "base/node.h"
#include "model/library.h"

enum field_type {
	FIELD_COUNT, /* whole, not negative */
	FIELD_MONEY, /* not negative unless signed="yes" */
	FIELD_RATE,  /* any decimal number; "%" signs in a cell are allowed */
	FIELD_NUMBER,
	FIELD_TEXT,
	FIELD_FLAG,  /* x, có / không, 1 / 0 */
	FIELD_DATE,
	FIELD_AREA,  /* name of an area */
	FIELD_MONTH, /* 1-12 or YYYY-MM */
	FIELD_WORD,  /* one of the field's words */
};

/* A word of a field of words: expressions know it by its id. */
struct word_value {
	const char *id;
	const char *const *name; /* [n_name] as cells have it, folded; the id is one of them */
	size_t n_name;
	const char *label; /* the first name as written */
};

enum count_kind { COUNT_ROWS, COUNT_SUM, COUNT_DISTINCT };

/* How a field of areas comes of the rows of a register: <count>, <sum>, <distinct>. */
struct count_rule {
	enum count_kind kind;
	const char *from;  /* dataset of the register */
	const char *of;	   /* field of it that is summed, or whose different texts are counted; or NULL */
	const char *where; /* NULL: every row */
	const struct node *node;
};

/* What must hold of each row of a register. */
struct row_check {
	const char *that;
	const char *message;
	const struct node *node;
};

struct field {
	const char *id;
	enum field_type type;
	const char *unit;	   /* "" where there is none */
	const char *const *name;   /* [n_name] header texts, folded; levels joined by " > "; the id is one of them */
	size_t n_name;
	const char *label;	   /* the first name as written, for messages; {period} not filled in */
	bool required;		   /* the column must be there */
	bool expected;		   /* a file without the column is a warning, and so is an empty cell of a return: figures are missing */
	bool needed;		   /* no cell of it may be empty */
	bool key;
	bool may_be_negative;	   /* signed="yes" */
	bool has_time;		   /* time="yes": a date that may have hours and minutes, "2024-05-03T14:30" */
	bool is_cumulative;	   /* cumulative="yes": of returns (returns.h), a sum since the year began */
	const struct word_value *value; /* [n_value] of FIELD_WORD */
	size_t n_value;
	const char *blank;	   /* what an empty cell of a register stands for: id of a word, "yes", "no"; or NULL */
	unsigned most;		   /* of a count in a register: conditions may name it; 0: not said */
	const struct count_rule *rule; /* [n_rule] */
	size_t n_rule;
	struct origin at;
};

struct dataset {
	const char *id;
	const char *title;
	const struct field *field; /* [n_field] */
	size_t n_field;
	size_t label;		   /* field that names a row: the area, else the first text */
	const char *total_label;   /* the first of them as written, or NULL */
	const char *const *total;  /* folded labels of total rows ("tổng cộng"), NULL-terminated: asserted figures, not data */
	const struct row_check *check; /* [n_check] */
	size_t n_check;
	struct origin at;
};

const struct dataset *dataset_read(struct library *, const char *name, struct origin at, struct arena *, struct diags *);
const struct field *dataset_field(const struct dataset *, const char *id); /* or NULL */
const struct word_value *field_word(const struct field *, const char *folded); /* or NULL */
const char *const *field_words(const struct field *, struct arena *); /* its words as written, NULL-terminated */
const char *field_type_name(enum field_type);
bool field_is_number(enum field_type);
bool field_is_summed(enum field_type); /* as numbers are, but for rates */

/* What a sheet of it is called in a workbook for all datasets: the id, as far as the name of a sheet may go. */
enum { SHEET_NAME_MAX = 31 };
const char *dataset_sheet(const struct dataset *, struct arena *);

#endif
