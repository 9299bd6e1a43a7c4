/* registering: what the files of a register share: register.c (expressions and what can stand in a column), registergroups.c (which
 * counter a row goes to), registerhead.c (header and plan), registersink.c (rows), registerrepeats.c (rows that repeat others),
 * registerrows.c and registerdistinct.c (areas), registershare.c and registertexts.c (for many jobs), registerfindings.c. Nobody else includes it. */
#ifndef MODEL_REGISTERING_H
#define MODEL_REGISTERING_H

#include "expr/expr.h"
#include "model/areajoin.h"
#include "model/matcher.h"
#include "model/register.h"
#include "model/rowkinds.h"

enum {
	REG_EXPRS_MAX = 256,
	REG_NAMES_MAX = 8,	   /* columns that one condition names */
	REG_COMBINATIONS_MAX = 1 << 16, /* of what can stand in the columns of one condition */
	REG_ROW_SHIFT = 32,	   /* where no lines are asked for: bits of a place below the row */
	REG_LANES_LEAST = 3,	   /* flags that are worth being counted side by side */
};

enum outcome { OUTCOME_FALSE, OUTCOME_TRUE, OUTCOME_MISSING };

/* A field of the register's dataset. */
struct reg_field {
	size_t n_value;	  /* what can stand in a cell, with "missing" at last if may_miss; 0: no condition may name it */
	bool may_miss;
	bool is_named;	  /* by a condition */
	bool is_missed;	  /* by one that cannot be told without it */
	unsigned *class_of; /* [n_value] values that no condition tells apart are one class */
	size_t *sample;	  /* [n_class] one of each */
	size_t n_class;
	unsigned n_bit;
	unsigned shift;
	bool is_placed;	  /* it has its bits */
	int number;	  /* as struct tally_column has them */
	int distinct;
	bool is_key;
	bool is_single;
};

/* A condition, and what is counted where it holds. */
struct reg_expr {
	const struct expr *expr; /* NULL: always */
	const struct count_rule *rule; /* NULL: a check */
	size_t field;	  /* of the dataset of areas; of a check: which */
	enum outcome counts; /* OUTCOME_MISSING: in how many rows it cannot be told */
	size_t name[REG_NAMES_MAX]; /* [n_name] fields of the register, in order */
	size_t n_name;
	bool may_miss;
	unsigned char *truth; /* by values: the last name's change first */
	size_t n_truth;
	bool is_grouped;
	enum tally_kind kind;
	int which;
	size_t *cell; /* [n_cell] counters that it is the sum of */
	size_t n_cell;
	size_t cap_cell;
	size_t *missing; /* [n_missing] counters of rows for which it is not known */
	size_t n_missing;
	size_t cap_missing;
};

struct register_faults {
	struct row_faults faults; /* first */
	struct reg *reg;
};

struct register_sink {
	struct row_sink sink; /* first */
	struct reg *reg;
};

struct reg {
	struct register_sink head;
	struct register_sink rows;
	struct register_sink back;
	struct register_faults faults;
	bool is_back; /* rows are taken back: their faults were told */
	const struct source *source;
	const struct dataset *areas;
	const struct dataset *dataset; /* of the rows */
	struct register_options options;
	struct arena *arena;
	struct arena pending_arena; /* rows that are looked at for the header: cleared once it is found */
	struct matcher matcher;

	size_t by; /* field that says whose a row is, where the source is divided; else SIZE_MAX */
	const size_t *part; /* [n_part] keys that are the area's, in order; NULL: all are */
	size_t n_part;
	size_t owner;	    /* whose part it is */
	struct hashlog **texts; /* [n_distinct] different texts by whose their keys are, once it is divided; else NULL */

	struct reg_field *field; /* [dataset->n_field] */
	struct reg_expr *expr; /* [n_expr] rules first, then those of what cannot be told, then checks */
	size_t n_expr;
	size_t cap_expr;
	unsigned n_bit;
	size_t n_distinct_cell[TALLY_DISTINCT_MAX]; /* counts of each column's different texts */

	struct row *pending;
	size_t n_pending;
	size_t cap_pending;
	bool begun;
	bool named; /* cells have names */
	bool has_header;
	const char *sheet;
	unsigned header_row; /* the last one */
	unsigned first_line; /* behind it; of text files */
	unsigned *column_of; /* [n_field] 0: not there */
	const char **header; /* [n_field] text of the column as written */
	struct map names;    /* of XML -> field */
	uint64_t n_seen;     /* rows below the header so far */
	struct tally_text *cell; /* [n_column] of the row at hand */
	const char **head_text; /* [n_head][n_column] texts of its rows, and of the one that numbers columns, folded; "" where none is */
	size_t n_head;
	unsigned last_col;   /* of the header of a sheet, else UINT_MAX */
	struct library *library;
	struct row_words words;
	size_t *place_of;   /* [n_field] column of the plan, or SIZE_MAX */

	struct tally_plan plan;
	struct tally_column *column;
	size_t *field_of; /* [n_column] */
	struct tally_group *group;
	struct tally tally;
	bool has_tally;
	const uint64_t *taken_back; /* [n_back] */
	size_t n_back;
	size_t i_back;

	bool has_faults;
	struct register_again again;
};

/* registerrows.c */
const char *reg_key_part(const struct tally_key *, size_t n, struct arena *); /* the n-th text of a key; NULL: it is empty */
void reg_fill(struct reg *, struct data *); /* what is known of the data before there are areas */

/* registershare.c: the dataset with the column that the source is divided by as a field, where it is none. */
void reg_add_by(struct reg *);

/* registertexts.c: of a register that is divided the texts whose different ones are counted. owner [n_key]: whose a key is, or SIZE_MAX;
 * rank [n_key]: which of his it is. Each text's keys go into the owner's checksum [n_owner], but nothing of the text. */
bool reg_divide_texts(struct reg *, const size_t *owner, const size_t *rank, uint64_t *sum, struct diags *);
/* Those of the reg->owner, and perhaps of others, as hashlog_part has them: of each key and counter once. */
bool reg_own_texts(const struct reg *, int which, struct hash_record **, size_t *n, struct diags *);

/* register.c: what the values of its fields make of a condition. value [n_field] */
bool reg_eval(const struct reg *, const struct reg_expr *, const size_t *value, enum outcome *, struct diags *);

/* registergroups.c: classes, bits and groups; column of fields are not known yet. */
bool reg_group(struct reg *, struct diags *);

/* registersink.c: which field's text it is: its code. */
unsigned reg_code(const void *reg, size_t column, const char *text, size_t n);

/* registerhead.c: the field of a name, or FIELD_NONE; the last column of a row that something stands in. */
size_t reg_named_field(struct reg *, const char *name);
unsigned reg_last_column(const struct row *);

/* registersink.c: whether nothing that is looked at stands in the row, or it is a total, or the header again. */
bool reg_is_none(const void *reg, const struct tally_text *cell);

/* registerfindings.c */
struct origin reg_place(const struct reg *, uint64_t row, unsigned col);
bool reg_fits(const struct reg *, struct diags *); /* its limits */
bool reg_find(struct reg *, struct diags *); /* all but areas and rows that repeat others */
bool reg_find_repeated(struct reg *, struct diags *);
bool reg_find_missed(const struct reg *, struct diags *); /* empty cells for which figures are missing */
bool reg_find_lost(struct reg *, const size_t *key, size_t n_key, uint64_t n_row, struct diags *);
/* Keys of no area, in the order first met, and their rows. */
struct reg_lost {
	size_t *key; /* [n] */
	size_t n;
	uint64_t n_row;
};

bool reg_find_areas(struct reg *, const struct reg_lost *, struct diags *);
bool reg_find_near(struct reg *, const struct reg_lost *, struct diags *); /* codes that differ by zeros in front */
bool reg_find_unclear(struct reg *, const struct reg_lost *, struct diags *); /* names that several areas have */
bool reg_find_bare(const struct reg *, const struct reg_lost *, struct diags *); /* names that differ by the word in front */
void reg_find_empty(const struct reg *, const struct area *const *area, size_t n, struct diags *); /* areas without rows */

#endif
