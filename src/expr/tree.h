/* tree: what the files of expr share: lexemes, the checked tree, and its units. Nothing outside of expr includes it.
 *
 * Shape:  operators of one precedence are one node with n operands (a - b + c), so that the depth of the tree is bound
 *         by that of the brackets and not by the number of operators
 * Owner:  the arena of expr_parse; read-only after it
 */
#ifndef EXPR_TREE_H
#define EXPR_TREE_H

#include "expr/expr.h"

enum lex_kind {
	LEX_END,
	LEX_NUMBER,
	LEX_TEXT, /* s, n: what is between the quotes */
	LEX_NAME,
	LEX_PLUS,
	LEX_MINUS,
	LEX_TIMES,
	LEX_OVER,
	LEX_OPEN,
	LEX_CLOSE,
	LEX_COMMA,
	LEX_DOT,
	LEX_EQUAL,
	LEX_UNEQUAL,
	LEX_LESS,
	LEX_LESS_EQUAL,
	LEX_GREATER,
	LEX_GREATER_EQUAL,
	LEX_AND,
	LEX_OR,
	LEX_NOT,
	LEX_OPEN_TEXT, /* a text without its closing quote */
	LEX_UNKNOWN,   /* a character that means nothing */
};

struct lexeme {
	enum lex_kind kind;
	const char *s;
	size_t n;
	size_t offset; /* [bytes] */
};

/* The lexeme at or behind offset; its end is written to *end. */
struct lexeme lex(const char *text, size_t n, size_t offset, size_t *end);

enum {
	UNIT_FACTORS_MAX = 8,
	UNIT_POWER_MAX = 8,
};

struct unit_factor {
	const char *name; /* not terminated */
	size_t n_name;
	int power; /* not 0 */
};

/* A product of base units; none: a pure number. */
struct unit {
	struct unit_factor factor[UNIT_FACTORS_MAX]; /* [n_factor], sorted */
	size_t n_factor;
	bool any; /* of literals and counts only: takes the unit that is needed */
};

/* "đồng/tháng"; NULL, "", "1", "%" and "điểm %" are pure. A text of too many parts counts as one name. Keeps slices of
 * the text. */
struct unit unit_parse(const char *text);
bool unit_fits(const struct unit *a, const struct unit *b);
/* a * b, or a / b; false (no finding) for a unit of too many parts. */
bool unit_combine(const struct unit *a, const struct unit *b, bool inverse, struct unit *product);
const char *unit_text(const struct unit *, struct arena *); /* "đồng*tháng", "1/hộ", "" */

enum tree_kind {
	TREE_NUMBER,
	TREE_TEXT,
	TREE_NAME, /* symbol, view */
	TREE_NEGATE,
	TREE_ADD,      /* n operands; inverse: subtracted */
	TREE_MULTIPLY, /* n operands; inverse: divided by */
	TREE_COMPARE,  /* compare */
	TREE_NOT,
	TREE_AND, /* n operands, as OR */
	TREE_OR,
	TREE_IF,    /* condition, then, else */
	TREE_ROUND, /* decimals */
	TREE_MIN,
	TREE_MAX,
	TREE_ABS,
	TREE_CEIL, /* the least whole number that is not below it */
	TREE_KNOWN,
	TREE_SUM,
	TREE_COUNT,
	TREE_TOTAL,
	TREE_AT,      /* key, x */
	TREE_UNKNOWN, /* a function that there is not; never in a checked tree */
};

struct operand {
	struct tree *tree;
	size_t offset; /* of the operator before it, or of its function */
	bool inverse;
};

struct tree {
	enum tree_kind kind;
	size_t offset; /* [bytes] of its first character */
	enum expr_type type;
	struct unit *unit; /* NULL until it is checked, and where that failed */
	struct operand *operand; /* [n_operand] */
	size_t n_operand;
	struct ratio number;
	const char *text; /* TREE_TEXT; name as written of TREE_NAME and functions */
	size_t text_offset;
	const struct symbol *symbol;
	enum expr_view view;
	enum lex_kind compare;
	int decimals;
	struct origin at; /* of TREE_AT, for keys that are not found */
	struct known *known; /* TREE_SUM, TREE_COUNT; the only part that evaluating changes */
};

/* What sum() or count() came to in an environment. */
struct known {
	const void *same; /* of struct expr_env; NULL: nothing is known */
	bool failed;	  /* an error was reported */
	struct value value;
};

struct expr {
	const struct tree *root;
	const char *source;
	const char *unit;
	struct origin at;
};

/* A function of the language; the last one has no name. */
struct function {
	const char *name;
	enum tree_kind kind;
	enum expr_view view; /* TREE_NAME: what it shows of the name in it */
	size_t least;	     /* arguments */
	size_t most;
};

const struct function *expr_functions(void);

/* Whether it is sum(x) of a column whose total leaves missing rows out: then it is total(x). */
bool tree_is_total(const struct tree *);

/* What parsing and checking need; check.c fills in the rest of a parsed tree. */
struct reading {
	const char *text;
	size_t n;
	struct expr_place place;
	const struct symbols *symbols;
	struct arena *arena;
	struct diags *diags;
};

struct origin reading_origin(const struct reading *, size_t offset);
struct tree *tree_parse(const struct reading *);		       /* NULL after one error */
/* Reports all it finds. */
bool tree_check(const struct reading *, struct tree *, enum expr_type want);

#endif
